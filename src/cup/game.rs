//! One match, wherever it stands: in a table or in a tie, played or not.

use crate::format::Side;
use crate::ids::{ClubId, UnitId};
use crate::tournament::Score;
use jiff::civil::Date;

/// A match of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The unit it belongs to.
    pub unit: UnitId,
    /// The matchday in a table, the leg in a tie; counted from 1.
    pub number: u16,
    /// Its sides by number of entrant, the one listed first first.
    pub sides: [u16; 2],
    /// Who is at home: the side listed first, the other, or nobody.
    pub home: Side,
    /// The country it is played in, where the file says so: a host is at home there.
    pub country: Option<String>,
    /// The day it is (or was) played.
    pub date: Option<Date>,
    /// The clubs that really played it, in the order of `sides`. A result counts for them only.
    pub clubs: Option<[ClubId; 2]>,
    /// The score, the side listed first first.
    pub score: Option<Score>,
    /// How the result counts.
    pub standing: Standing,
}

/// How a result counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Standing {
    /// It was played.
    #[default]
    Played,
    /// A ruling gave it: tables count it, goal models do not learn from it.
    Awarded,
    /// It was cancelled: it counts nowhere, and will not be played.
    Void,
}

impl Match {
    /// A match that is to be played, without a day; `number` is its matchday or leg.
    pub fn open(unit: UnitId, number: u16, sides: [u16; 2], home: Side) -> Self {
        Self {
            unit,
            number,
            sides,
            home,
            country: None,
            date: None,
            clubs: None,
            score: None,
            standing: Standing::Played,
        }
    }

    /// Whether nothing is left to be played of it.
    pub fn is_settled(&self) -> bool {
        self.score.is_some() || self.standing == Standing::Void
    }
}
