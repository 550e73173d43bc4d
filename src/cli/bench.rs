//! `cupcast bench`: how fast this machine plays tournaments.

use super::Failure;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentArgs, WhenFinished};
use crate::bench;
use clap::Args;

/// Arguments of `cupcast bench`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast bench\n  \
    cupcast bench --seconds 30 --format json")]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// About how long to measure, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    seconds: f64,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads a number of seconds to measure for.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.1..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("write a number of seconds from 0.1 to 3600".to_owned()),
    }
}

/// Measures, always from before the first match: the plain ways know nothing of results.
pub(crate) fn run(args: &BenchArgs) -> Result<(), Failure> {
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let (model, _) = args.model.open(&setting)?;
    let start = setting.full.as_of(crate::tournament::Moment::Start);
    let report = bench::run(&start, &model, args.seconds);
    let text = match args.output.format {
        Format::Text => report.text(),
        Format::Json => {
            let text = serde_json::to_string_pretty(&report);
            text.expect("plain numbers and strings serialize") + "\n"
        }
        Format::Csv => {
            return Err(Failure::input(
                "bench has no CSV form; use --format text or json",
            ));
        }
    };
    args.output.write(&text)
}
