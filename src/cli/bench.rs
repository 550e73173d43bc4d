//! `cupcast bench`: how fast this machine answers, in every way there is.

use super::Failure;
use super::model::ModelArgs;
use super::output::{self, Format, OutputArgs};
use super::setting::{TournamentArgs, WhenFinished};
use crate::bench;
use crate::plot::WIDE;
use crate::report;
use clap::Args;
use std::path::PathBuf;

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
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Also draw how the cost of a match grows with the cup, as SVG into this file
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
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
    if args.output.format == Format::Csv {
        return Err(Failure::input(
            "bench has no CSV form; use --format text or json",
        ));
    }
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let (model, _) = args.model.open(&setting)?;
    let start = setting.full.as_of(crate::tournament::Moment::Start);
    let report = bench::run(&start, &model, args.seconds);
    if let Some(file) = &args.plot {
        let picture = report::bench::picture(&report, WIDE);
        output::write_file(file, &picture.standalone())?;
    }
    let text = if args.json || args.output.format == Format::Json {
        report::bench::json(&report)
    } else {
        report::bench::text(&report)
    };
    args.output.write(&text)
}
