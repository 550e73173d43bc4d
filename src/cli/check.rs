//! `cupcast check`: reads a tournament file and prints every mistake in it.

use super::setting::{MAIN_TOURNAMENT, tell_warnings};
use super::{Failure, cup, output};
use crate::consistency;
use crate::tournament::bundled::{self, OpenError};
use clap::Args;

/// Arguments of `cupcast check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast check my-cup.toml\n  \
    cupcast check ccl-2013-14\n  \
    cupcast check world-cup-2026 --show-rules")]
pub(crate) struct CheckArgs {
    /// The tournament file or past edition (or the name of a bundled one)
    #[arg(value_name = "FILE", required_unless_present = "option")]
    file: Option<String>,
    /// The same as an option, as every command takes it
    #[arg(
        long = "tournament",
        short = 't',
        value_name = "FILE",
        conflicts_with = "file"
    )]
    option: Option<String>,
    /// Spell the rules out, stage by stage: what the named rules of the file stand for (format 2)
    #[arg(long)]
    show_rules: bool,
}

/// Reads the file and the earlier editions it names; says so if it is sound, and what is odd about it.
pub(crate) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let written = args.file.as_deref().or(args.option.as_deref());
    let file = written.unwrap_or(MAIN_TOURNAMENT);
    if let Some(found) = cup::find(file)? {
        return output::print_text(&cup::check(&found.cup, file, args.show_rules));
    }
    let reading = match consistency::open(file) {
        Err(OpenError::NotATournament { .. }) => return past_edition(file),
        other => other?.reading,
    };
    tell_warnings(&reading);
    let tournament = reading.tournament;
    let about = format!(
        "{}: sound. {} {}: {} clubs, {} groups",
        file,
        tournament.competition,
        tournament.edition,
        tournament.clubs.len(),
        tournament.groups.len(),
    );
    let (matches, legs) = tournament.known_matches();
    output::print_text(&if tournament.awaits_draw() {
        format!("{about} still to be drawn\n")
    } else {
        let all = tournament.fixtures.len();
        format!("{about}, {all} group matches ({matches} played), {legs} knockout legs played\n")
    })
}

/// Reads a past edition, which has neither rules nor groups.
fn past_edition(file: &str) -> Result<(), Failure> {
    let edition = bundled::open_edition(file, None)?;
    output::print_text(&format!(
        "{file}: sound. The past edition {}: {} clubs, {} matches\n",
        edition.name,
        edition.clubs.len(),
        edition.matches.len(),
    ))
}
