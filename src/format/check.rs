//! What holds for every format: each unit sorts clubs that are there, once, by rules that always end.

use super::{Assign, By, Criterion, Draw, Format, Milestone, Rules, Unit};
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
    /// What to do instead.
    pub way_out: String,
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
            let mut say = |fact: String, way_out: &str| {
                found.push(FormatError {
                    unit: Some(id),
                    fact,
                    way_out: way_out.to_owned(),
                });
            };
            for entrant in &unit.entrants {
                let name = &unit.name;
                if *entrant >= unit.first_out {
                    say(
                        format!("{name} takes a club from a place that is not there yet"),
                        "units are played in order: move it behind the unit that the club comes from",
                    );
                } else if !taken.insert(*entrant) {
                    let from = self.source(*entrant);
                    let place = from.map_or("a club".to_owned(), |(unit, rank)| {
                        self.unit(unit).place_words(rank)
                    });
                    let first = self.fed_by(*entrant).map(|(unit, _)| self.unit(unit));
                    let by = first.map_or("another unit", |unit| unit.name.as_str());
                    say(
                        format!("{name} takes {place}, whom {by} has taken already"),
                        "a place leads to one unit only: name the place that the club has reached by then, or correct one of the two",
                    );
                }
            }
            if let Some((fact, way_out)) = self.fault_of_rules(unit) {
                say(fact, &way_out);
            }
        }
        for milestone in &self.milestones {
            if let Some(fact) = self.fault_of_milestone(milestone) {
                found.push(FormatError {
                    unit: None,
                    fact,
                    way_out: "a club is counted once: leave out the places that it may reach later"
                        .to_owned(),
                });
            }
        }
        found
    }

    fn fault_of_rules(&self, unit: &Unit) -> Option<(String, String)> {
        let name = &unit.name;
        let fault = |fact: String, way_out: &str| Some((fact, way_out.to_owned()));
        match &unit.rules {
            Rules::Table(_) if unit.size() < 2 => fault(
                format!("{name} has {} clubs", unit.size()),
                "a table has two clubs or more",
            ),
            Rules::Table(table) => fault_of_ranking(name, &table.rank),
            Rules::Tie(_) if unit.size() != 2 => fault(
                format!("{name} is a tie of {} clubs", unit.size()),
                "a tie has two sides",
            ),
            Rules::Tie(tie) if tie.legs.is_empty() => {
                fault(format!("{name} has no legs"), "a tie has one leg or more")
            }
            Rules::Tie(tie) => {
                let last = tie.decide.last();
                let ends = matches!(last, Some(super::Step::ShootOut | super::Step::First));
                if ends {
                    return None;
                }
                fault(
                    format!("{name} may end without a winner"),
                    "its last step has to be a shoot-out, or that the first side goes on",
                )
            }
            Rules::Order(order) => fault_of_ranking(name, &order.by),
            Rules::Draw(draw) => fault_of_draw(unit, draw),
            Rules::Assign(assign) => self.fault_of_assignment(unit, assign),
        }
    }

    fn fault_of_assignment(&self, unit: &Unit, assign: &Assign) -> Option<(String, String)> {
        let name = &unit.name;
        let tables = self.units_of(assign.from).count();
        let sound = assign.rows.iter().all(|(set, row)| {
            let of_row = row.iter().fold(0u64, |bits, table| bits | 1 << table);
            of_row == *set && row.len() == unit.size() && set.count_ones() as usize == unit.size()
        });
        let expected = binomial(tables, unit.size());
        let fact = if !sound {
            format!("{name}: a row does not place every table of its set once")
        } else if assign.rows.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            format!("{name}: a set of tables has two rows")
        } else if assign.rows.len() as u128 != expected {
            let rows = assign.rows.len();
            let size = unit.size();
            format!("{name}: {rows} rows for the {expected} sets of {size} out of {tables} tables")
        } else {
            return None;
        };
        Some((fact, "write one row for each set of tables".to_owned()))
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
fn fault_of_ranking(name: &str, by: &[Criterion]) -> Option<(String, String)> {
    let last = by.last().filter(|last| last.only.is_none());
    let ends = last.is_some_and(|last| {
        matches!(
            last.by,
            By::Outside(_) | By::Entrant | By::Place { first: None, .. }
        )
    });
    (!ends).then(|| {
        let fact = format!("{name}: the ranking may end with clubs level");
        (fact, "put lots at its end".to_owned())
    })
}

fn fault_of_draw(unit: &Unit, draw: &Draw) -> Option<(String, String)> {
    let name = &unit.name;
    let mut entrants: Vec<u16> = draw.pots.iter().flatten().copied().collect();
    entrants.sort_unstable();
    let all = (0..unit.size() as u16).collect::<Vec<u16>>();
    if entrants != all {
        let fact = format!("{name}: some club stands in no pot, or in two");
        return Some((fact, "put every club into one pot".to_owned()));
    }
    for (number, pot) in draw.pots.iter().enumerate() {
        let seats = draw
            .seats
            .iter()
            .filter(|seat| usize::from(**seat) == number)
            .count();
        if seats != pot.len() {
            let fact = format!(
                "{name}: pot {} has {} clubs for {seats} seats",
                number + 1,
                pot.len()
            );
            return Some((fact, "pots and seats have to be as many".to_owned()));
        }
    }
    let covers = draw
        .apart
        .iter()
        .all(|apart| apart.bins.len() == unit.size());
    (!covers).then(|| {
        let fact = format!("{name}: a constraint does not cover all seats");
        (fact, "give a bin to every seat".to_owned())
    })
}

fn binomial(n: usize, k: usize) -> u128 {
    if k > n {
        return 0;
    }
    (0..k.min(n - k)).fold(1, |product, step| {
        product * (n - step) as u128 / (step + 1) as u128
    })
}
