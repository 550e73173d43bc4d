//! What a tournament is: a graph of units, each of which takes some clubs and gives the same clubs back in order.
//!
//! **Places are the wires.** Places `0..clubs` are the clubs themselves, and each unit's outputs get the next numbers. A
//! group table, a tie, an ordering of winners, a draw, an allocation table: all are such sorters. A simulated run is one
//! array from place to club, and odds are one matrix of places by clubs.
//!
//! A [`Format`] is valid by construction: see [`Builder::finish`]. Nothing here knows about results, dates or
//! probabilities.

mod builder;
mod check;
mod criterion;
mod rules;

pub use builder::Builder;
pub use check::FormatError;
pub use criterion::{By, Criterion, Figure, Level};
pub use rules::{
    Apart, ApartBy, Assign, Carry, Condition, Draw, Order, Procedure, Rules, Side, Step, Table,
    TablePoints, Tie,
};

use crate::ids::{ClubId, PlaceId, StageId, UnitId};

/// The shape of a tournament: its stages, their units, and what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    clubs: usize,
    stages: Vec<Stage>,
    units: Vec<Unit>,
    milestones: Vec<Milestone>,
}

/// A part of a tournament that people have a name for, such as the group stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Short and unique, such as `group` or `r16`.
    pub key: String,
    /// In words, such as `round of 16`.
    pub name: String,
    /// Whether it is shown as a part of its own. An order that only says who is at home in a tie is not.
    pub shown: bool,
}

/// A unit: it takes clubs from places and gives the same clubs back in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Short and unique, such as `A` or `R16-3`.
    pub key: String,
    /// In words, such as `group A`.
    pub name: String,
    /// The stage it belongs to.
    pub stage: StageId,
    /// Where its clubs come from, in order: entrant 0 first.
    pub entrants: Vec<PlaceId>,
    /// Its first output; it has as many outputs as entrants.
    pub first_out: PlaceId,
    /// How it orders its clubs.
    pub rules: Rules,
}

/// Something that a club may reach: it stands in one of some places, which exclude one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Short and unique, such as `qf` or `title`.
    pub key: String,
    /// In words, such as `plays in the quarterfinals`.
    pub words: String,
    /// The places.
    pub places: Vec<PlaceId>,
}

impl Unit {
    /// How many clubs it takes and gives back.
    pub fn size(&self) -> usize {
        self.entrants.len()
    }

    /// The place of an output, 0 the first.
    pub fn output(&self, rank: usize) -> PlaceId {
        debug_assert!(rank < self.size());
        PlaceId::new(self.first_out.index() + rank)
    }

    /// An output in words, such as `the winner of SF-1` or `place 2 of group A`.
    pub fn place_words(&self, rank: usize) -> String {
        match (&self.rules, rank) {
            (Rules::Tie(_), 0) => format!("the winner of {}", self.key),
            (Rules::Tie(_), _) => format!("the loser of {}", self.key),
            _ => format!("place {} of {}", rank + 1, self.name),
        }
    }

    /// All its outputs, the first first.
    pub fn outputs(&self) -> impl DoubleEndedIterator<Item = PlaceId> + use<> {
        let first = self.first_out.index();
        (first..first + self.entrants.len()).map(PlaceId::new)
    }
}

impl Format {
    /// The number of clubs.
    pub fn clubs(&self) -> usize {
        self.clubs
    }

    /// The number of places: the clubs and every output.
    pub fn places(&self) -> usize {
        self.units
            .last()
            .map_or(self.clubs, |last| last.first_out.index() + last.size())
    }

    /// The stages in the order of play.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The stage behind an id.
    pub fn stage(&self, id: StageId) -> &Stage {
        &self.stages[id.index()]
    }

    /// The stage with a key.
    pub fn stage_named(&self, key: &str) -> Option<StageId> {
        let index = self.stages.iter().position(|stage| stage.key == key);
        index.map(StageId::new)
    }

    /// All stage ids in the order of play.
    pub fn stage_ids(&self) -> impl Iterator<Item = StageId> + use<> {
        (0..self.stages.len()).map(StageId::new)
    }

    /// The units; what feeds one stands before it.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit behind an id.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// The unit with a key.
    pub fn unit_named(&self, key: &str) -> Option<UnitId> {
        let index = self.units.iter().position(|unit| unit.key == key);
        index.map(UnitId::new)
    }

    /// All unit ids, in order.
    pub fn unit_ids(&self) -> impl DoubleEndedIterator<Item = UnitId> + use<> {
        (0..self.units.len()).map(UnitId::new)
    }

    /// The same graph with some units under other rules; a unit stays of its kind.
    pub(crate) fn change_rules(&mut self, mut change: impl FnMut(UnitId, &mut Rules)) {
        for (index, unit) in self.units.iter_mut().enumerate() {
            change(UnitId::new(index), &mut unit.rules);
        }
    }

    /// The units of a stage with their ids.
    pub fn units_of(&self, stage: StageId) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.unit_ids()
            .map(|id| (id, self.unit(id)))
            .filter(move |(_, unit)| unit.stage == stage)
    }

    /// What may be reached, in the order in which it is shown.
    pub fn milestones(&self) -> &[Milestone] {
        &self.milestones
    }

    /// The unit that a place is an output of, and which (0 the first); `None` for the clubs themselves.
    pub fn source(&self, place: PlaceId) -> Option<(UnitId, usize)> {
        if place.index() < self.clubs {
            return None;
        }
        let after = self
            .units
            .partition_point(|unit| unit.first_out.index() <= place.index());
        let unit = after.checked_sub(1)?;
        Some((
            UnitId::new(unit),
            place.index() - self.units[unit].first_out.index(),
        ))
    }

    /// The club that a place is, if it is one.
    pub fn club_at(&self, place: PlaceId) -> Option<ClubId> {
        (place.index() < self.clubs).then(|| ClubId::new(place.index()))
    }

    /// The unit a place feeds and the number of the entrant there; `None` for a place where clubs stay.
    pub fn fed_by(&self, place: PlaceId) -> Option<(UnitId, usize)> {
        self.unit_ids().find_map(|id| {
            let entrants = &self.unit(id).entrants;
            let entrant = entrants.iter().position(|from| *from == place)?;
            Some((id, entrant))
        })
    }
}

/// What a stage is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StageKind {
    /// Tables.
    Tables,
    /// Ties.
    Ties,
    /// An order without matches.
    Order,
    /// A draw.
    Draw,
    /// An allocation.
    Assign,
}

impl Format {
    /// What a stage is made of: the kind of its first unit.
    pub fn kind(&self, stage: StageId) -> StageKind {
        let first = self.units_of(stage).next();
        match first.map(|(_, unit)| &unit.rules) {
            Some(Rules::Table(_)) => StageKind::Tables,
            Some(Rules::Tie(_)) => StageKind::Ties,
            Some(Rules::Draw(_)) => StageKind::Draw,
            Some(Rules::Assign(_)) => StageKind::Assign,
            Some(Rules::Order(_)) | None => StageKind::Order,
        }
    }
}
