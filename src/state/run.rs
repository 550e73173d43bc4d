//! How one walk through a cup came out: who stands where, with what record, and how every tie went.

use super::course::Course;
use super::record::Record;
use crate::format::{Side, Step};
use crate::ids::{ClubId, PlaceId, UnitId};
use crate::tournament::Goals;

/// The most legs of a tie.
pub(crate) const MOST_LEGS: usize = 7;

/// The outcome of a walk. It keeps its lengths, so that one can be used for run after run.
#[derive(Debug, Clone)]
pub struct Run {
    /// The club at each place; [`Run::NOBODY`] where that is open. Where a table is not over, its order so far.
    pub(crate) places: Vec<ClubId>,
    /// Whether the club at a place is final.
    pub(crate) settled: Vec<bool>,
    /// The first place of those that are level with a place in a ranking that is over; [`Run::ALONE`] elsewhere.
    pub(crate) level_with: Vec<u16>,
    /// The record of each entrant of each unit, by the output of the same number.
    pub(crate) records: Vec<Record>,
    /// The goals of each match of a table, by the cup's list, and who won its shoot-out (the side listed first?).
    pub(crate) goals: Vec<Option<(Goals, Option<bool>)>>,
    /// How each unit that is a tie went.
    pub(crate) ties: Vec<TiePlay>,
    /// By stage and club: one more than the output number of the entrant it was, 0 for none.
    pub(crate) entered: Vec<u32>,
    pub(crate) clubs: usize,
}

/// How a tie went so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TiePlay {
    /// The clubs: the first and the second entrant.
    pub clubs: [ClubId; 2],
    /// The legs that have a result.
    pub legs: [Option<LegPlay>; MOST_LEGS],
    /// What separated the two; `None` while the tie is open.
    pub decided: Option<Step>,
    /// Whether the first entrant goes on, once the tie is decided.
    pub first_won: bool,
    /// Whether it was played at all: see [`crate::format::Tie::when`].
    pub played: bool,
}

/// How a leg went; goals and shoot-out of the first entrant first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegPlay {
    /// Who was at home.
    pub home: Side,
    /// Goals after 90 minutes.
    pub goals: [u8; 2],
    /// Goals of extra time alone, where it was played.
    pub extra_time: Option<[u8; 2]>,
    /// Whether the first entrant won the shoot-out, where there was one.
    pub shoot_out: Option<bool>,
}

impl Run {
    /// Stands at a place that nobody holds yet.
    pub const NOBODY: ClubId = ClubId(u16::MAX);

    /// No place is level with it.
    pub(crate) const ALONE: u16 = u16::MAX;

    /// Room for a walk through this course.
    pub fn new(course: &Course, matches: usize) -> Self {
        let format = course.format();
        let (clubs, places) = (format.clubs(), format.places());
        let mut run = Self {
            places: vec![Self::NOBODY; places],
            settled: vec![false; places],
            level_with: vec![Self::ALONE; places],
            records: vec![Record::default(); places - clubs],
            goals: vec![None; matches],
            ties: vec![TiePlay::open([Self::NOBODY; 2]); format.units().len()],
            entered: vec![0; format.stages().len() * clubs],
            clubs,
        };
        for club in 0..clubs {
            run.places[club] = ClubId::new(club);
            run.settled[club] = true;
        }
        run
    }

    /// The club that stands at a place, if that is settled.
    pub fn club_at(&self, place: PlaceId) -> Option<ClubId> {
        self.settled[place.index()].then_some(self.places[place.index()])
    }

    /// The club that stands at a place for now.
    pub fn standing_at(&self, place: PlaceId) -> Option<ClubId> {
        let club = self.places[place.index()];
        (club != Self::NOBODY).then_some(club)
    }

    /// The record of an entrant of a unit whose first output this is.
    pub fn record(&self, first_out: PlaceId, entrant: usize) -> &Record {
        &self.records[first_out.index() - self.clubs + entrant]
    }

    /// How a tie went so far.
    pub fn tie(&self, unit: UnitId) -> &TiePlay {
        &self.ties[unit.index()]
    }

    /// The goals of a table's match and whether the side listed first won its shoot-out.
    pub fn goals(&self, index: usize) -> Option<(Goals, Option<bool>)> {
        self.goals[index]
    }
}

impl TiePlay {
    /// A tie of which nothing is played.
    pub(crate) fn open(clubs: [ClubId; 2]) -> Self {
        Self {
            clubs,
            legs: [None; MOST_LEGS],
            decided: None,
            first_won: false,
            played: true,
        }
    }

    /// The winner, once it is decided.
    pub fn winner(&self) -> Option<ClubId> {
        self.decided
            .map(|_| self.clubs[usize::from(!self.first_won)])
    }
}
