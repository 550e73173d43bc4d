//! The knockout stage: rounds with their rules, ties with their sides and hosts, legs with their results.

use super::score::Score;
use crate::ids::{ClubId, RoundId, TieId};
use jiff::civil::Date;

/// The knockout stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// The rounds, earliest first; indexed by [`RoundId`]. The last is the final.
    pub rounds: Vec<Round>,
    /// The ties, each after those that feed it; indexed by [`TieId`]. The last is the final.
    pub ties: Vec<Tie>,
}

/// A knockout round and how its ties are decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The name people use, such as `quarterfinal`.
    pub name: String,
    /// The short form used for moments and fixes, such as `qf`; lower case, unique.
    pub short: String,
    /// Matches a tie: 1 or 2.
    pub legs: u8,
    /// Whether goals scored away decide a tie that is level on aggregate after the 90 minutes of
    /// the second leg (never again after extra time).
    pub away_goals: bool,
    /// Whether a tie that is still level goes to two times 15 minutes; the shoot-out follows in any case.
    pub extra_time: bool,
}

/// A pairing of the bracket: two sides, one of which goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The name people use, such as `QF1`.
    pub name: String,
    /// The round it belongs to.
    pub round: RoundId,
    /// Where its two clubs come from.
    pub sides: [Side; 2],
    /// Who is at home in the second leg (in a single leg: who is at home).
    pub second_leg_host: SecondLegHost,
    /// Its legs in order, as many as its round says.
    pub legs: Vec<Leg>,
}

/// Where a club of a tie comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The club seeded at this position, counted from 1.
    Seed(u8),
    /// The winner of an earlier tie.
    Winner(TieId),
}

/// Who is at home in the second leg of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondLegHost {
    /// The club of the first (0) or second (1) side.
    Side(u8),
    /// Whichever club has the better seed (the smaller number).
    HigherSeed,
}

/// One match of a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The day it is (or was) played, where it is known.
    pub date: Option<Date>,
    /// The result, if it is known.
    pub played: Option<PlayedLeg>,
}

/// A knockout leg that was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlayedLeg {
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// The score; extra time and shoot-out only in the last leg.
    pub score: Score,
    /// Whether the score was awarded rather than played: it counts in the tie, and teaches no goal model.
    pub awarded: bool,
}

impl Bracket {
    /// The round behind an id.
    pub fn round(&self, id: RoundId) -> &Round {
        &self.rounds[id.index()]
    }

    /// The tie behind an id.
    pub fn tie(&self, id: TieId) -> &Tie {
        &self.ties[id.index()]
    }

    /// The ties of one round with their ids, in bracket order.
    pub fn ties_of(&self, round: RoundId) -> impl Iterator<Item = (TieId, &Tie)> {
        self.ties
            .iter()
            .enumerate()
            .filter(move |(_, tie)| tie.round == round)
            .map(|(index, tie)| (TieId::new(index), tie))
    }

    /// All round ids, earliest first.
    pub fn round_ids(&self) -> impl Iterator<Item = RoundId> + use<> {
        (0..self.rounds.len()).map(RoundId::new)
    }
}
