//! What stands above the answer to any question about a cup: as of when, from which model, with how many runs.

use super::document::{FORMAT, TournamentForm, program, tournament};
use crate::outlook::Outlook;
use crate::report::fold::hanging;
use crate::report::grouped;
use serde::Serialize;

/// The width of the lines above an answer.
const LINE: usize = 80;

/// What an answer about a cup rests on.
#[derive(Clone, Copy)]
pub struct CupAbout<'a> {
    /// The cup as of the moment, and the goal model.
    pub outlook: &'a Outlook,
    /// The number of simulated tournaments.
    pub runs: u64,
    /// The seed of the random streams.
    pub seed: u64,
    /// Remarks.
    pub notes: &'a [String],
}

/// The first keys of a JSON answer, the same as those of a forecast.
#[derive(Debug, Serialize)]
pub(super) struct AboutForm {
    format: u32,
    program: String,
    tournament: TournamentForm,
    as_of: String,
    method: &'static str,
    sims: u64,
    seed: u64,
    model: String,
}

/// The lines above a text: the cup, the moment, the model, the method and remarks.
pub(super) fn lines(about: &CupAbout<'_>) -> String {
    let known = about.outlook.known();
    let (tables, ties) = known.known_matches();
    let mut lines = vec![
        format!("{} {}", known.competition(), known.edition()),
        format!(
            "as of    {} ({} matches known)",
            known.instant_words(about.outlook.instant()),
            tables + ties
        ),
        hanging("model    ", about.outlook.model_words(), LINE),
        format!(
            "method   {} simulated tournaments, seed {}",
            grouped(about.runs),
            about.seed
        ),
    ];
    let notes = about.notes.iter();
    lines.extend(notes.map(|note| hanging("note     ", note, LINE)));
    lines.join("\n") + "\n"
}

impl CupAbout<'_> {
    /// The same for JSON.
    pub(super) fn form(&self) -> AboutForm {
        AboutForm {
            format: FORMAT,
            program: program(),
            tournament: tournament(self.outlook.known()),
            as_of: self.outlook.as_of(),
            method: "simulated",
            sims: self.runs,
            seed: self.seed,
            model: self.outlook.model_words().to_owned(),
        }
    }
}
