//! What holds for every format: each unit sorts clubs that are there, once, by rules that always end.

use super::{By, Criterion, Draw, Format, Milestone, Rules, Unit};
use crate::ids::{PlaceId, StageId, UnitId};
use std::collections::BTreeSet;

/// Why units do not make a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fact}")]
pub struct FormatError {
    /// The unit it is about, if it is about one.
    pub unit: Option<UnitId>,
    /// What is wrong.
    pub fact: String,
}

impl Format {
    /// Everything that is wrong: places that are not there yet or feed two units, ties that have not two entrants,
    /// rankings that may end without a decision, draws and allocations that do not fit their entrants, milestones
    /// whose places do not exclude one another.
    pub(super) fn check(&self) -> Vec<FormatError> {
        let mut found = Vec::new();
        let mut taken = BTreeSet::new();
        for id in self.unit_ids() {
            let unit = self.unit(id);
            let mut say = |fact: String| {
                found.push(FormatError {
                    unit: Some(id),
                    fact,
                });
            };
            for entrant in &unit.entrants {
                if *entrant >= unit.first_out {
                    say(format!(
                        "{} takes a club from a place that is not there yet",
                        unit.name
                    ));
                } else if !taken.insert(*entrant) {
                    say(format!(
                        "{} takes a club that another unit has taken",
                        unit.name
                    ));
                }
            }
            if let Some(fact) = self.fault_of_rules(unit) {
                say(fact);
            }
        }
        for milestone in &self.milestones {
            if let Some(fact) = self.fault_of_milestone(milestone) {
                found.push(FormatError { unit: None, fact });
            }
        }
        found
    }

    fn fault_of_rules(&self, unit: &Unit) -> Option<String> {
        let name = &unit.name;
        match &unit.rules {
            Rules::Table(table) => {
                if unit.size() < 2 {
                    return Some(format!("{name} has fewer than two clubs"));
                }
                fault_of_ranking(&table.rank).map(|fault| format!("{name}: {fault}"))
            }
            Rules::Tie(tie) => {
                if unit.size() != 2 {
                    return Some(format!(
                        "{name} is a tie of {} clubs, not of two",
                        unit.size()
                    ));
                }
                if tie.legs.is_empty() {
                    return Some(format!("{name} has no legs"));
                }
                let ends = matches!(
                    tie.decide.last(),
                    Some(super::Step::ShootOut | super::Step::First)
                );
                (!ends).then(|| {
                    format!("{name} may end without a winner: its last step has to be a shoot-out, or that the first goes on")
                })
            }
            Rules::Order(order) => {
                fault_of_ranking(&order.by).map(|fault| format!("{name}: {fault}"))
            }
            Rules::Draw(draw) => fault_of_draw(unit, draw),
            Rules::Assign(assign) => {
                let tables = self.units_of(assign.from).count();
                let sound = assign.rows.iter().all(|(set, row)| {
                    let of_row = row.iter().fold(0u64, |bits, table| bits | 1 << table);
                    of_row == *set
                        && row.len() == unit.size()
                        && set.count_ones() as usize == unit.size()
                });
                let expected = binomial(tables, unit.size());
                if !sound {
                    Some(format!(
                        "{name}: a row does not place every table of its set once"
                    ))
                } else if assign.rows.len() != expected {
                    Some(format!(
                        "{name}: {} rows for {expected} sets of {} out of {tables} tables",
                        assign.rows.len(),
                        unit.size()
                    ))
                } else {
                    None
                }
            }
        }
    }

    /// Places exclude one another if no club can stand in two of them: no place is an ancestor of another, and they
    /// carry different wires.
    fn fault_of_milestone(&self, milestone: &Milestone) -> Option<String> {
        let places: BTreeSet<PlaceId> = milestone.places.iter().copied().collect();
        if places.len() < milestone.places.len() {
            return Some(format!("{} counts a place twice", milestone.words));
        }
        let mut reached = vec![false; self.places()];
        for unit in &self.units {
            let from_counted = unit
                .entrants
                .iter()
                .any(|place| reached[place.index()] || places.contains(place));
            if from_counted {
                for out in unit.outputs() {
                    reached[out.index()] = true;
                }
            }
        }
        // A wire that leaves a counted place may carry a club that was counted, unless the unit was entered by others too.
        let twice = milestone
            .places
            .iter()
            .any(|place| reached[place.index()] && self.surely_counted(*place, &places));
        twice.then(|| format!("{}: a club may stand in two of its places", milestone.words))
    }

    /// Whether every club that can come to a place has stood in one of these before.
    fn surely_counted(&self, place: PlaceId, counted: &BTreeSet<PlaceId>) -> bool {
        let Some((unit, _)) = self.source(place) else {
            return false;
        };
        self.unit(unit)
            .entrants
            .iter()
            .all(|from| counted.contains(from) || self.surely_counted(*from, counted))
    }

    /// The stage of the last unit, whose first place is the title where no milestone says otherwise.
    pub fn last_stage(&self) -> Option<StageId> {
        self.units.last().map(|unit| unit.stage)
    }
}

/// A list of criteria has to end in something that always separates.
fn fault_of_ranking(by: &[Criterion]) -> Option<String> {
    let last = by.last().filter(|last| last.only.is_none());
    let ends = last.is_some_and(|last| {
        matches!(
            last.by,
            By::Outside(_) | By::Entrant | By::Place { first: None, .. }
        )
    });
    (!ends).then(|| "the ranking may end with clubs level: lots have to come last".to_owned())
}

fn fault_of_draw(unit: &Unit, draw: &Draw) -> Option<String> {
    let name = &unit.name;
    let mut entrants: Vec<u16> = draw.pots.iter().flatten().copied().collect();
    entrants.sort_unstable();
    let all = (0..unit.size() as u16).collect::<Vec<u16>>();
    if entrants != all {
        return Some(format!("{name}: every club stands in one pot"));
    }
    for (number, pot) in draw.pots.iter().enumerate() {
        let seats = draw
            .seats
            .iter()
            .filter(|seat| usize::from(**seat) == number)
            .count();
        if seats != pot.len() {
            return Some(format!(
                "{name}: pot {} has {} clubs for {seats} seats",
                number + 1,
                pot.len()
            ));
        }
    }
    let covers = draw
        .apart
        .iter()
        .all(|apart| apart.bins.len() == unit.size());
    (!covers).then(|| format!("{name}: a constraint does not cover all seats"))
}

fn binomial(n: usize, k: usize) -> usize {
    if k > n {
        return 0;
    }
    (0..k).fold(1, |product, step| product * (n - step) / (step + 1))
}
