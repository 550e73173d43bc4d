//! `cupcast bench`: how fast this machine answers, in every way there is.

use super::Failure;
use super::cup;
use super::file::OutputFile;
use super::form::{TextOrJson, chosen};
use super::model::ModelArgs;
use super::output::OutputArgs;
use super::picture::Look;
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
    cupcast bench --seconds 30 --format json\n  \
    cupcast bench world-cup-2022")]
pub(crate) struct BenchArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// About how long to measure, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    seconds: f64,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    output: OutputArgs<TextOrJson>,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Also draw how the cost of a match grows with the cup, as SVG or PNG into this file
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
    if let Some(found) = cup::find(args.tournament.name())? {
        if args.plot.is_some() {
            let message =
                "--plot draws made-up cups of format 1; leave it out for a cup of format 2";
            return Err(Failure::input(message));
        }
        let asked = args.json.then_some(TextOrJson::Json);
        return cup::bench(
            &found,
            &args.model,
            args.seconds,
            &args.output.in_form(asked),
        );
    }
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let inputs = setting.files_with(args.model.files());
    let asked = args.json.then_some(TextOrJson::Json);
    let output = args.output.in_form(asked).open(&inputs)?;
    let plot = match args.plot.as_deref() {
        Some(path) => Some((chosen(None, Some(path))?, OutputFile::open(path, &inputs)?)),
        None => None,
    };
    if let (Some(text), Some((_, plot))) = (output.file(), &plot)
        && text.is(plot)
    {
        return Err(Failure::input(
            "--plot and --output name one file; name two",
        ));
    }
    let (model, _) = args.model.open(&setting)?;
    let start = setting.full.as_of(crate::tournament::Moment::Start);
    let report = bench::run(&start, &model, args.seconds);
    if let Some((format, file)) = plot {
        let picture = report::bench::picture(&report, WIDE);
        file.write(&Look::default().render(&picture, format)?)?;
    }
    output.write(&match output.format {
        TextOrJson::Text => report::bench::text(&report),
        TextOrJson::Json => report::bench::json(&report),
    })
}
