//! `cupcast rates`: the expected goals of every pairing, exactly as a forecast uses them.

use super::Failure;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentArgs, WhenFinished};
use crate::report::rates;
use clap::Args;

/// Arguments of `cupcast rates`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast rates --output rates.csv\n  \
    cupcast rates --as-of md4 --model association")]
pub(crate) struct RatesArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Fits the model and prints its rates.
pub(crate) fn run(args: &RatesArgs) -> Result<(), Failure> {
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let output = args.output.open(&setting.files_with(args.model.files()))?;
    let (model, note) = args.model.open(&setting)?;
    let text = match output.format {
        Format::Text => rates::text(&setting.known, &setting.moment_words(), &note.name, &model),
        Format::Json => rates::json(
            &setting.known,
            &setting.moment.key(&setting.full),
            &note.name,
            &model,
        ),
        Format::Csv => rates::csv(&setting.known, &model),
    };
    output.write(&text)
}
