//! What a what-if settles besides results: who has left the cup, and who is given to come first in a table or not.

use super::State;
use crate::cup::Cup;
use crate::ids::{ClubId, UnitId};
use crate::state::Run;

/// What holds in every course of a cup under a what-if, besides its results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Premises {
    /// Clubs that have left: last wherever they are ranked from now on, and beaten in their next tie.
    pub gone: Vec<ClubId>,
    /// Who comes first in a table, or does not.
    pub firsts: Vec<First>,
}

/// A club that is given to come first in a table, or not to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First {
    /// The club.
    pub club: ClubId,
    /// The table.
    pub table: UnitId,
    /// Whether it comes first.
    pub is_first: bool,
}

impl First {
    /// Whether it is so in a run.
    pub fn holds(self, cup: &Cup, run: &Run) -> bool {
        let winner = run.standing_at(cup.format().unit(self.table).output(0));
        (winner == Some(self.club)) == self.is_first
    }
}

impl State {
    /// Whether a unit is over: its places are settled, or only something outside the goals separates clubs.
    pub fn is_over(&self, unit: UnitId) -> bool {
        let mut outs = self.course.format().unit(unit).outputs();
        outs.all(|out| {
            self.run.settled[out.index()] || self.run.level_with[out.index()] != Run::ALONE
        })
    }
}
