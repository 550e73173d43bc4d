//! What stands above any answer about a cup: the cup, as of when, from which model, what is supposed, how many runs.

use super::document::TournamentForm;
use crate::cup::{Cup, Instant};
use crate::outlook::Outlook;
use crate::report::about::hanging_line;
use crate::report::grouped;
use serde::Serialize;

/// The version of the JSON of cups.
pub(super) const FORMAT: u32 = 2;

/// What an answer about a cup rests on.
#[derive(Debug, Clone)]
pub struct CupAbout<'a> {
    /// The cup as it was known.
    pub cup: &'a Cup,
    /// As of when.
    pub instant: Instant,
    /// As of when as the command line calls it.
    pub as_of: String,
    /// The goal model in words.
    pub model: &'a str,
    /// What is taken for granted, a line each.
    pub conditions: Vec<String>,
    /// Simulated tournaments.
    pub runs: u64,
    /// Those of them in which what is given came true, if something is.
    pub given: Option<u64>,
    /// The seed of the random streams.
    pub seed: u64,
    /// Remarks.
    pub notes: &'a [String],
}

impl<'a> CupAbout<'a> {
    /// What an answer from so many runs of an outlook rests on.
    pub fn of(outlook: &'a Outlook, runs: u64, seed: u64, notes: &'a [String]) -> Self {
        Self {
            cup: outlook.really_known(),
            instant: outlook.instant(),
            as_of: outlook.as_of(),
            model: outlook.model_words(),
            conditions: outlook.conditions(),
            runs,
            given: None,
            seed,
            notes,
        }
    }

    /// The lines above a text; `more` stand before the conditions.
    pub fn lines(&self, more: &[String]) -> String {
        let cup = self.cup;
        let (tables, ties) = cup.known_matches();
        let mut lines = vec![
            format!("{} {}", cup.competition(), cup.edition()),
            format!(
                "as of    {} ({} matches known)",
                cup.instant_words(self.instant),
                tables + ties
            ),
            format!("model    {}", self.model),
            format!(
                "method   {} simulated tournaments, seed {}",
                grouped(self.runs),
                self.seed
            ),
        ];
        if let Some(given) = self.given {
            let given = grouped(given);
            lines.push(format!(
                "         what is given came true in {given} of them: those count"
            ));
        }
        lines.extend(more.iter().cloned());
        lines.extend(
            self.conditions
                .iter()
                .map(|one| hanging_line("what if  ", one)),
        );
        lines.extend(self.notes.iter().map(|note| format!("note     {note}")));
        lines.join("\n") + "\n"
    }

    /// The same as the beginning of a JSON document.
    pub(super) fn form(&self) -> AboutForm {
        AboutForm {
            format: FORMAT,
            program: format!("cupcast {}", env!("CARGO_PKG_VERSION")),
            tournament: TournamentForm::of(self.cup),
            as_of: self.as_of.clone(),
            method: "simulated",
            sims: self.given.unwrap_or(self.runs),
            seed: self.seed,
            model: self.model.to_owned(),
            conditions: self.conditions.clone(),
        }
    }
}

/// The beginning of every JSON document about the rest of a cup.
#[derive(Debug, Serialize)]
pub(super) struct AboutForm {
    format: u32,
    program: String,
    tournament: TournamentForm,
    as_of: String,
    method: &'static str,
    /// The runs that count: those in which what is given came true.
    sims: u64,
    seed: u64,
    model: String,
    conditions: Vec<String>,
}
