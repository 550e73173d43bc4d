//! `cupcast fit`: fits a goal model, prints what it found, and saves it.

use super::Failure;
use super::cup;
use super::file::OutputFile;
use super::form::{Form, Format, chosen};
use super::model::ModelArgs;
use super::output;
use super::setting::{TournamentArgs, WhenFinished};
use crate::goals::{SavedModel, fingerprint};
use crate::report::fit::{self, FitReport};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Arguments of `cupcast fit`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast fit\n  \
    cupcast fit --as-of md4 --output model.json\n  \
    cupcast forecast --as-of md4 --fitted model.json")]
pub(crate) struct FitArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    #[command(flatten)]
    model: ModelArgs,
    /// The form of the report on stdout
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Save the fitted model to this JSON file, for `--fitted`, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The form of a saved model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SavedForm {
    Json,
}

impl Form for SavedForm {
    const USUAL: Self = Self::Json;

    fn endings(self) -> &'static [&'static str] {
        &["json"]
    }
}

/// Fits the model, saves it if asked to, and prints the report.
pub(crate) fn run(args: &FitArgs) -> Result<(), Failure> {
    if args.model.rates.is_some() {
        let message = "there is nothing to fit in a table of rates; `cupcast rates` prints it";
        return Err(Failure::input(message));
    }
    if let Some(found) = cup::find(args.tournament.name())? {
        if args.output.is_some() {
            let message = "a cup of format 2 is fitted whenever it is asked, so there is nothing to save; leave --output out, or \
                           save what a forecast uses with `cupcast rates --format csv`";
            return Err(Failure::input(message));
        }
        return cup::fit(&found, &args.tournament, &args.model, args.format);
    }
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let file = args.output.as_deref().map(|path| {
        chosen(None::<SavedForm>, Some(path))?;
        OutputFile::open(path, &setting.files_with(args.model.files()))
    });
    let file = file.transpose()?;
    let model = args.model.fit(&setting)?;
    let current = setting.known.to_edition();
    let fingerprint = fingerprint(&setting.history, &current);
    let as_of = setting.moment.key(&setting.full);
    let moment = setting.moment_words();
    let report = FitReport {
        tournament: &setting.known,
        as_of: &as_of,
        moment: &moment,
        model: &model,
        fingerprint: &fingerprint,
    };
    let text = match args.format {
        Format::Text => fit::text(&report),
        Format::Json => fit::json(&report),
        Format::Csv => fit::csv(&report),
    };
    if let Some(file) = file {
        let saved = SavedModel {
            tournament: current.id,
            as_of: as_of.clone(),
            fingerprint: fingerprint.clone(),
            model: model.clone(),
        };
        file.write(saved.to_json().as_bytes())?;
    }
    output::print(args.format.shown(&text, false).as_bytes())
}
