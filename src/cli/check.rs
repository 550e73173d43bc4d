//! `cupcast check`: reads a tournament file and prints every mistake in it.

use super::setting::open_even_before_draw;
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
    let tournament = open_even_before_draw(&args.file)?;
    let about = format!(
        "{}: sound. {} {}: {} clubs, {} groups",
        args.file,
        tournament.competition,
        tournament.edition,
        tournament.clubs.len(),
        tournament.groups.len(),
    );
    let (matches, legs) = tournament.known_matches();
    output::print(&if tournament.awaits_draw() {
        format!("{about} still to be drawn\n")
    } else {
        let all = tournament.fixtures.len();
        format!("{about}, {all} group matches ({matches} played), {legs} knockout legs played\n")
    })
}
