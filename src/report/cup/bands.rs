//! Ranges of places that mean the same: who goes on to where, and what each place brings.

use crate::format::{Format, Milestone, StageKind, Unit};
use crate::ids::{PlaceId, StageId};
use std::collections::BTreeSet;

/// Units of at most so many clubs are shown place by place.
const SMALL: usize = 6;

/// Neighbouring places of a unit that are shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    /// The first place, counted from 1.
    pub(super) first: usize,
    /// The last place.
    pub(super) last: usize,
    /// The places.
    pub(super) places: Vec<PlaceId>,
    /// Whether the clubs that stand here go on.
    pub(super) goes_on: bool,
}

impl Band {
    /// `1`, or `9–24`.
    pub(super) fn title(&self) -> String {
        if self.first == self.last {
            self.first.to_string()
        } else {
            format!("{}–{}", self.first, self.last)
        }
    }
}

/// The bands of a unit. In a small table each place is one; else a new one begins where another stage or another
/// milestone is reached.
pub(super) fn bands(format: &Format, unit: &Unit) -> Vec<Band> {
    let is_order = format.kind(unit.stage) == StageKind::Order;
    let alone = unit.size() <= SMALL && !is_order;
    let mut bands: Vec<(Band, Meaning)> = Vec::new();
    for (rank, place) in unit.outputs().enumerate() {
        let meaning = Meaning::of(format, unit, place);
        match bands.last_mut() {
            Some((band, same)) if !alone && *same == meaning => {
                band.last = rank + 1;
                band.places.push(place);
            }
            _ => {
                let band = Band {
                    first: rank + 1,
                    last: rank + 1,
                    places: vec![place],
                    goes_on: !meaning.stages.is_empty(),
                };
                bands.push((band, meaning));
            }
        }
    }
    if bands.len() == 1 && unit.size() > 1 {
        return single(unit, &bands[0].0);
    }
    bands.into_iter().map(|(band, _)| band).collect()
}

/// Where all places mean the same, each is shown.
fn single(unit: &Unit, whole: &Band) -> Vec<Band> {
    let places = unit.outputs().enumerate();
    places
        .map(|(rank, place)| Band {
            first: rank + 1,
            last: rank + 1,
            places: vec![place],
            goes_on: whole.goes_on,
        })
        .collect()
}

/// What a place brings.
#[derive(PartialEq, Eq)]
struct Meaning {
    /// The stages of ties or tables that it leads to next.
    stages: BTreeSet<usize>,
    /// The milestones that it is itself.
    milestones: Vec<usize>,
}

impl Meaning {
    fn of(format: &Format, unit: &Unit, place: PlaceId) -> Self {
        let has = |milestone: &Milestone| milestone.places.contains(&place);
        let milestones = format.milestones().iter().enumerate();
        let mut stages = BTreeSet::new();
        follow(format, unit.stage, place, &mut stages);
        Self {
            milestones: milestones
                .filter(|(_, milestone)| has(milestone))
                .map(|(number, _)| number)
                .collect(),
            stages,
        }
    }
}

/// Finds the stages with matches that a place feeds, through draws, orders and allocations.
fn follow(format: &Format, from: StageId, place: PlaceId, stages: &mut BTreeSet<usize>) {
    let Some((id, entrant)) = format.fed_by(place) else {
        return;
    };
    let unit = format.unit(id);
    match format.kind(unit.stage) {
        StageKind::Tables | StageKind::Ties => {
            if unit.stage != from {
                stages.insert(unit.stage.index());
            }
        }
        // A ranking of thirds sends on its best; whether a third is among them is its own question.
        StageKind::Order if format.stage(unit.stage).shown => {
            stages.insert(unit.stage.index());
        }
        StageKind::Order if entrant < unit.size() && unit.size() > 2 => {
            follow(format, from, unit.output(entrant), stages);
        }
        _ => {
            for out in unit.outputs() {
                follow(format, from, out, stages);
            }
        }
    }
}
