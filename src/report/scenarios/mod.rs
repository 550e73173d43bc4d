//! What it takes to win a group, as text, JSON and CSV.

mod programs;
mod text;

pub use programs::{csv, json};
pub use text::{of_club, overview};

use crate::forecast::ModelNote;
use crate::ids::ClubId;
use crate::scenarios::{ClubScenario, Status};
use crate::tournament::{Moment, Tournament};

/// Scenarios with everything needed to judge and repeat them.
#[derive(Debug, Clone, Copy)]
pub struct ScenarioReport<'a> {
    /// The tournament as of the moment.
    pub tournament: &'a Tournament,
    /// The moment.
    pub moment: Moment,
    /// Which goal model gave the probabilities.
    pub model: &'a ModelNote,
    /// The scenarios of the clubs in question, group by group.
    pub scenarios: &'a [ClubScenario],
}

impl ScenarioReport<'_> {
    fn name(&self, club: ClubId) -> &str {
        &self.tournament.club(club).name
    }
}

/// What is certain, in one word of the formats for programs.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Clinched => "clinched",
        Status::Eliminated => "eliminated",
        Status::Open => "open",
    }
}
