//! What-ifs: results that are taken for granted, whatever really happened or may happen.

use crate::ids::{ClubId, FixtureId, RoundId};
use crate::tournament::{Goals, Score};

/// Everything a what-if run takes for granted, on top of the known results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// Results of single matches; no two of the same match.
    pub fixes: Vec<Fix>,
}

/// A match result that is taken for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    /// The result of a group match.
    Group {
        /// The match.
        fixture: FixtureId,
        /// Its goals.
        goals: Goals,
    },
    /// The result of a knockout match, which counts wherever these two clubs meet in this round.
    Leg {
        /// The round.
        round: RoundId,
        /// The home club.
        home: ClubId,
        /// The away club.
        away: ClubId,
        /// Which leg (counted from 1) it has to be for the fix to count; any leg if `None`.
        leg: Option<u8>,
        /// The score; with extra time or a shoot-out it counts in the last leg only.
        score: Score,
    },
}
