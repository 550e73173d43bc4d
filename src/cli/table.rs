//! `cupcast table`: group tables, seed list and bracket as they stand.

use super::Failure;
use super::cup;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentArgs, WhenFinished};
use crate::report::table;
use clap::Args;

/// Arguments of `cupcast table`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast table\n  \
    cupcast table --as-of groups --explain\n  \
    cupcast table ccl-2012-13 --output tables.csv")]
pub(crate) struct TableArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// Say for every pair of clubs level on points which criterion separated them, with the figures
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the tournament as it stands at the moment; without one, with every result in the file.
pub(crate) fn run(args: &TableArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.tournament.name())? {
        return cup::table(&found, &args.tournament, args.explain, &args.output);
    }
    let setting = args.tournament.open(WhenFinished::AsItEnded)?;
    let output = args.output.open(&setting.files)?;
    let text = match output.format {
        Format::Text => table::text(&setting.known, args.explain, output.width() as u16),
        Format::Json => {
            let report = table::json(&setting.known);
            let text = serde_json::to_string_pretty(&report);
            text.expect("plain numbers and strings serialize") + "\n"
        }
        Format::Csv => table::csv(&setting.known),
    };
    output.write(&text)
}
