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
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct AboutForm {
    /// The version of this JSON: 2.
    format: u32,
    /// The program and its version.
    program: String,
    /// What was forecast.
    tournament: TournamentForm,
    /// The moment, as `--as-of` takes it.
    as_of: String,
    /// How the odds were obtained.
    method: &'static str,
    /// Simulated tournaments; where something is given, those in which it came true.
    sims: u64,
    /// The seed of the random streams.
    seed: u64,
    /// The goal model in words.
    model: String,
    /// What is taken for granted, in words.
    conditions: Vec<String>,
}

/// The lines above a text: the cup, the moment, the model, the method, what is taken for granted and remarks.
pub(super) fn lines(about: &CupAbout<'_>) -> String {
    lines_with(about, &[])
}

/// The same with more lines about the method.
pub(super) fn lines_with(about: &CupAbout<'_>, more: &[String]) -> String {
    let known = about.outlook.really_known();
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
    lines.extend(more.iter().cloned());
    let conditions = about.outlook.conditions();
    lines.extend(conditions.iter().map(|one| hanging("what if  ", one, LINE)));
    let notes = about.notes.iter();
    lines.extend(notes.map(|note| hanging("note     ", note, LINE)));
    lines.join("\n") + "\n"
}

impl CupAbout<'_> {
    /// Where only runs count in which what is given came true: of how many.
    pub(super) fn of_all(&self, all: u64) -> Vec<String> {
        let some = self.runs < all;
        let all = grouped(all);
        let line = format!("         those of {all} in which what is given came true");
        some.then_some(line).into_iter().collect()
    }

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
            conditions: self.outlook.conditions(),
        }
    }
}
