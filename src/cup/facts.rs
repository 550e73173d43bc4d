//! What is known of an edition besides results, each with the day from which it was known.

use crate::ids::{ClubId, StageId, UnitId};
use jiff::civil::Date;

/// What is known besides results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Outcomes of units that are known whatever the rules say.
    pub held: Vec<Held>,
    /// Orders of clubs that only something outside the goals separates.
    pub ranked: Vec<Ranked>,
    /// Points given or taken.
    pub adjustments: Vec<Adjustment>,
}

/// The outcome of a unit that is known: a draw that was held, a walkover, an order that broke its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The unit.
    pub unit: UnitId,
    /// Its entrants by number, the first output first. They are entrants and not clubs: the sides of a semifinal may be
    /// drawn before its clubs are known.
    pub order: Vec<u16>,
    /// The day it was known; none: from the start.
    pub date: Option<Date>,
}

/// How clubs were ranked that goals do not separate. It speaks only where they are level, so no what-if makes it wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The clubs, the first first.
    pub clubs: Vec<ClubId>,
    /// What separated them, such as `cards` or `lots`; none: whatever comes.
    pub by: Option<String>,
    /// The day it was known; none: with the last match.
    pub date: Option<Date>,
}

/// Points given to a club or taken from it in the tables of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The stage.
    pub stage: StageId,
    /// The club.
    pub club: ClubId,
    /// Points, negative where they are taken.
    pub points: i32,
    /// Goals scored, given or taken.
    pub goals_for: i32,
    /// Goals conceded, given or taken.
    pub goals_against: i32,
    /// The day of the ruling; none: from the start.
    pub date: Option<Date>,
}
