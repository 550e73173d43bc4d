//! `cupcast rates`: the expected goals of every pairing, exactly as a forecast uses them.

use super::Failure;
use super::cup;
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
    if let Some(found) = cup::find(args.tournament.name())? {
        return cup::rates(&found, &args.tournament, &args.model, &args.output);
    }
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let output = args.output.open(&setting.files_with(args.model.files()))?;
    let (model, note) = args.model.open(&setting)?;
    let as_of = setting.moment.key(&setting.full);
    let of = rates::Of {
        id: &setting.known.id,
        clubs: &setting.known.clubs,
        as_of: &as_of,
        name: &note.name,
        model: &model,
    };
    let text = match output.format {
        Format::Text => {
            let known = &setting.known;
            let title = format!(
                "{} {}, {}",
                known.competition,
                known.edition,
                setting.moment_words()
            );
            rates::text(&of, &title)
        }
        Format::Json => rates::json(&of),
        Format::Csv => rates::csv(&of),
    };
    output.write(&text)
}
