//! How many places of a table matter, and what for: where they lead, or what milestones say of them.

use crate::cup::Cup;
use crate::format::{Format, Milestone, Rules};
use crate::ids::{PlaceId, StageId, UnitId};

/// A number of places of a table that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many places, from the first on.
    pub places: usize,
    /// What they are worth, such as `plays in the round of 16`.
    pub words: String,
    /// What the next place may lead to, depending on other tables.
    pub perhaps: Option<String>,
}

impl Cut {
    /// A number of places that somebody asks for.
    pub fn of_places(cup: &Cup, unit: UnitId, places: usize) -> Self {
        let known = cuts(cup, unit).into_iter().find(|cut| cut.places == places);
        known.unwrap_or_else(|| Self {
            places,
            words: match places {
                1 => format!("comes first in {}", cup.format().unit(unit).name),
                _ => format!("comes among the first {places}"),
            },
            perhaps: None,
        })
    }
}

/// The numbers of places of a table that matter, the smallest first.
pub fn cuts(cup: &Cup, id: UnitId) -> Vec<Cut> {
    let format = cup.format();
    let unit = format.unit(id);
    let leads: Vec<Option<Lead>> = unit.outputs().map(|place| lead(format, place)).collect();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut from = 0;
    for part in leads.chunk_by(|one, other| one == other) {
        let Some(Lead {
            stage,
            certain: true,
        }) = part[0]
        else {
            break;
        };
        from += part.len();
        let next = leads.get(from).copied().flatten();
        let name = &format.stage(stage).name;
        cuts.push(Cut {
            places: from,
            words: if cuts.is_empty() {
                format!("goes on to the {name}")
            } else {
                format!("goes on, at least to the {name}")
            },
            perhaps: next.filter(|next| !next.certain).map(|next| {
                let name = &format.stage(next.stage).name;
                format!("place {} may do, too, for the {name}", from + 1)
            }),
        });
    }
    cuts.retain(|cut| cut.places < unit.size());
    if cuts.is_empty() && leads.iter().all(Option::is_none) {
        cuts = of_milestones(format, id);
    }
    cuts
}

/// Where a place leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lead {
    /// The next stage with matches.
    stage: StageId,
    /// Whether it leads there whatever else happens.
    certain: bool,
}

fn lead(format: &Format, place: PlaceId) -> Option<Lead> {
    let (id, _) = format.fed_by(place)?;
    let unit = format.unit(id);
    if matches!(unit.rules, Rules::Tie(_) | Rules::Table(_)) {
        return Some(Lead {
            stage: unit.stage,
            certain: true,
        });
    }
    let all: Vec<Option<Lead>> = unit.outputs().map(|out| lead(format, out)).collect();
    let some = all.iter().flatten();
    Some(Lead {
        stage: some.clone().map(|lead| lead.stage).min()?,
        certain: all.iter().all(|lead| lead.is_some_and(|lead| lead.certain)),
    })
}

/// Where no place leads on, as in a league: what milestones count.
fn of_milestones(format: &Format, id: UnitId) -> Vec<Cut> {
    let unit = format.unit(id);
    let mut cuts: Vec<Cut> = Vec::new();
    let mut add = |places: usize, words: String| {
        let known = cuts.iter().any(|cut| cut.places == places);
        if !known && (1..unit.size()).contains(&places) {
            cuts.push(Cut {
                places,
                words,
                perhaps: None,
            });
        }
    };
    for milestone in format.milestones() {
        let Some([first, last]) = ranks(format, id, milestone) else {
            continue;
        };
        match (first, last + 1 == unit.size()) {
            (0, _) => add(last + 1, milestone.words.clone()),
            (_, true) => add(first, format!("escapes this: {}", milestone.words)),
            _ => add(last + 1, format!("{}, or better", milestone.words)),
        }
    }
    cuts.sort_by_key(|cut| cut.places);
    cuts
}

/// The first and the last rank of a milestone's places, if they are neighbours in one table.
fn ranks(format: &Format, id: UnitId, milestone: &Milestone) -> Option<[usize; 2]> {
    let ranks: Option<Vec<usize>> = milestone
        .places
        .iter()
        .map(|place| {
            let (unit, rank) = format.source(*place)?;
            (unit == id).then_some(rank)
        })
        .collect();
    let mut ranks = ranks?;
    ranks.sort_unstable();
    let (first, last) = (*ranks.first()?, *ranks.last()?);
    (last - first + 1 == ranks.len()).then_some([first, last])
}
