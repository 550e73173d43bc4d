//! `cupcast check`: reads a tournament file and prints every mistake in it.

use super::setting::open_tournament;
use super::{Failure, output};
use clap::Args;

/// Arguments of `cupcast check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast check my-cup.toml\n  \
    cupcast check ccl-2013-14")]
pub(crate) struct CheckArgs {
    /// The tournament file (or the name of a bundled edition)
    file: String,
}

/// Reads the file; says so if it is sound, and what is odd about it.
pub(crate) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let tournament = open_tournament(&args.file)?;
    let (matches, legs) = tournament.known_matches();
    output::print(&format!(
        "{}: sound. {} {}: {} clubs, {} groups, {} group matches ({matches} played), {legs} knockout legs played\n",
        args.file,
        tournament.competition,
        tournament.edition,
        tournament.clubs.len(),
        tournament.groups.len(),
        tournament.fixtures.len(),
    ))
}
