//! What stands above the answer to any question: the cup, as of when, from which model, with how many runs.

use super::fold::hanging;
use super::number::grouped;
use crate::forecast::ModelNote;
use crate::tournament::{Moment, Tournament};
use crate::visible;
use serde::Serialize;

/// What an answer rests on.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The tournament with what was known.
    pub tournament: &'a Tournament,
    /// As of when.
    pub moment: Moment,
    /// Which goal model gave the rates.
    pub model: &'a ModelNote,
    /// What was taken for granted, in words.
    pub fixes: &'a [String],
    /// The number of simulated tournaments.
    pub runs: u64,
    /// The seed of the random streams.
    pub seed: u64,
    /// How the answer was obtained, as JSON names it.
    pub method: &'a str,
    /// Remarks.
    pub notes: &'a [String],
}

/// The width of the lines above an answer.
const LINE: usize = 80;

impl About<'_> {
    /// The lines above a text; `how` says what was done with the simulated tournaments.
    pub(super) fn lines(&self, how: &str) -> String {
        let tournament = self.tournament;
        let (groups, legs) = tournament.known_matches();
        let mut lines = vec![
            format!("{} {}", tournament.competition, tournament.edition),
            format!(
                "as of    {} ({groups} group matches and {legs} knockout legs known)",
                self.moment.words(tournament),
            ),
            format!("model    {}", visible::in_line(&self.model.words())),
            format!(
                "method   {} simulated tournaments, seed {}",
                grouped(self.runs),
                self.seed
            ),
        ];
        if !how.is_empty() {
            lines.push(format!("         {how}"));
        }
        let fixes = self.fixes.iter();
        lines.extend(fixes.map(|fix| hanging("what if  ", fix, LINE)));
        lines.extend(self.notes.iter().map(|note| format!("note     {note}")));
        lines.join("\n") + "\n"
    }

    /// The same for JSON.
    pub(super) fn json(&self) -> AboutJson<'_> {
        AboutJson {
            tournament: TournamentJson {
                id: &self.tournament.id,
                competition: &self.tournament.competition,
                edition: &self.tournament.edition,
            },
            as_of: self.moment.key(self.tournament),
            method: self.method,
            sims: self.runs,
            seed: self.seed,
            model: ModelJson {
                name: &self.model.name,
                matches: self.model.matches,
                editions: self.model.editions,
            },
            fixes: self.fixes,
        }
    }
}

/// The first keys of a JSON answer, the same as those of a forecast.
#[derive(Debug, Serialize)]
pub(super) struct AboutJson<'a> {
    tournament: TournamentJson<'a>,
    as_of: String,
    method: &'a str,
    sims: u64,
    seed: u64,
    model: ModelJson<'a>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    fixes: &'a [String],
}

#[derive(Debug, Serialize)]
struct TournamentJson<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
}

#[derive(Debug, Serialize)]
struct ModelJson<'a> {
    name: &'a str,
    matches: usize,
    editions: usize,
}

/// A document as indented JSON that ends in a newline.
///
/// # Panics
/// If a map in it has keys that are no texts, which no form of ours has.
pub(crate) fn to_json(document: &(impl Serialize + ?Sized)) -> String {
    let text = serde_json::to_string_pretty(document);
    text.expect("plain numbers and strings serialize") + "\n"
}

/// A text cut to a width with an ellipsis, and filled with spaces.
pub(super) fn fit(text: &str, width: usize) -> String {
    let short: String = if text.chars().count() > width {
        let kept: String = text.chars().take(width.saturating_sub(1)).collect();
        format!("{}…", kept.trim_end())
    } else {
        text.to_owned()
    };
    format!("{short:<width$}")
}
