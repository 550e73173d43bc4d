//! The knockout stages of a cup as a bracket: every tie that leads to the final, with whoever may stand in it.

use super::lead::whole;
use super::material::CupMaterial;
use super::tables::place_words;
use crate::cup::Cup;
use crate::format::{Format, Rules, StageKind};
use crate::ids::{PlaceId, StageId, UnitId};
use crate::odds::Chance;
use crate::plot::{BracketData, Candidate, Picture, Slot, TieBox, bracket};
use crate::state::TiePlay;

/// How many clubs a slot shows.
const SHOWN: usize = 3;

/// What a place of the bracket is called while its club is open: `1A`, `winner of QF-1`.
pub fn place_label(cup: &Cup, place: PlaceId) -> String {
    place_words(cup, place)
}

/// The bracket; nothing where fewer than two ties lead to the last one.
pub fn picture(material: &CupMaterial<'_>, width: f64) -> Option<Picture> {
    let format = material.forecast.cup.format();
    let stages: Vec<StageId> = material
        .stages(StageKind::Ties)
        .filter(|stage| !is_for_losers(format, *stage))
        .collect();
    let of_stages = format.unit_ids().filter(|id| {
        let unit = format.unit(*id);
        stages.contains(&unit.stage) && matches!(unit.rules, Rules::Tie(_))
    });
    let ties: Vec<UnitId> = of_stages.collect();
    let last = *ties.last().filter(|_| ties.len() > 1)?;
    let boxes: Vec<TieBox> = ties
        .iter()
        .map(|id| tie_box(material, &stages, &ties, *id))
        .collect();
    let champion = slot(material, "champion", format.unit(last).output(0));
    let played = boxes.iter().any(|tie| !tie.detail.is_empty());
    let data = BracketData {
        title: "The road to the final".to_owned(),
        note: format!(
            "{}. In each place the clubs that are likeliest to stand there, and how likely.{}",
            material.heading(),
            if played {
                " Scores give the goals of the club above first."
            } else {
                ""
            }
        ),
        description: describe(&boxes),
        rounds: stages
            .iter()
            .map(|stage| format.stage(*stage).name.clone())
            .collect(),
        ties: boxes,
        champion,
    };
    Some(bracket(&data, width))
}

/// Whether losers of ties play in a stage, such as in a match for the third place.
fn is_for_losers(format: &Format, stage: StageId) -> bool {
    let entrants = format
        .units_of(stage)
        .flat_map(|(_, unit)| &unit.entrants)
        .collect::<Vec<_>>();
    let is_loser = |place: &&PlaceId| {
        format
            .source(**place)
            .is_some_and(|(id, rank)| rank == 1 && matches!(format.unit(id).rules, Rules::Tie(_)))
    };
    !entrants.is_empty() && entrants.iter().all(is_loser)
}

fn tie_box(material: &CupMaterial<'_>, stages: &[StageId], ties: &[UnitId], id: UnitId) -> TieBox {
    let format = material.forecast.cup.format();
    let unit = format.unit(id);
    let side = |number: usize| {
        let place = unit.entrants[number];
        let label = place_words(material.forecast.cup, place);
        slot(material, &label, place)
    };
    let feeder = |number: usize| {
        let fed_by = feeder(format, unit.entrants[number])?;
        ties.iter().position(|tie| *tie == fed_by)
    };
    let round = stages.iter().position(|stage| *stage == unit.stage);
    let feeders = match [feeder(0), feeder(1)] {
        // A draw between two winners leads both lines to where one of them ends.
        [Some(one), Some(other)] if one == other => [Some(one), None],
        both => both,
    };
    TieBox {
        name: unit.key.clone(),
        detail: scores(material.state.run.tie(id)),
        round: round.unwrap_or(0),
        feeders,
        sides: [side(0), side(1)],
    }
}

/// The tie whose winner stands at a place, also through an order of two that only says who is at home.
fn feeder(format: &Format, place: PlaceId) -> Option<UnitId> {
    let (id, rank) = format.source(place)?;
    let unit = format.unit(id);
    match &unit.rules {
        Rules::Tie(_) => (rank == 0).then_some(id),
        Rules::Order(_) | Rules::Draw(_) if unit.size() == 2 => feeder(format, unit.entrants[rank]),
        _ => None,
    }
}

/// `1-1, 2-2 a.e.t., pens`: goals of the first entrant first.
fn scores(tie: &TiePlay) -> String {
    let legs = tie.legs.iter().flatten().map(|leg| {
        let [first, second] = leg.goals;
        let extra = leg.extra_time;
        let [more, less] = extra.unwrap_or([0, 0]);
        let mut words = format!("{}-{}", first + more, second + less);
        if extra.is_some() {
            words += " aet";
        }
        if leg.shoot_out.is_some() {
            words += " p";
        }
        words
    });
    legs.collect::<Vec<_>>().join(", ")
}

fn slot(material: &CupMaterial<'_>, label: &str, place: PlaceId) -> Slot {
    let candidates = material.standing(place).into_iter().take(SHOWN);
    Slot {
        label: label.to_owned(),
        candidates: candidates
            .map(|(club, chance)| Candidate {
                name: material.name(club).to_owned(),
                value: chance.probability,
                text: whole_or_nothing(chance),
            })
            .collect(),
    }
}

/// A chance in whole percent; nothing for who is known to stand there.
fn whole_or_nothing(chance: Chance) -> String {
    if chance == Chance::settled(true) {
        String::new()
    } else {
        whole(chance)
    }
}

fn describe(ties: &[TieBox]) -> String {
    let likeliest = |slot: &Slot| {
        let first = slot.candidates.first();
        first.map_or("nobody".to_owned(), |one| {
            format!("{} {}", one.name, one.text).trim_end().to_owned()
        })
    };
    let sentences = ties.iter().map(|tie| {
        let [one, other] = &tie.sides;
        format!(
            "{}: {} against {}",
            tie.name,
            likeliest(one),
            likeliest(other)
        )
    });
    let sentences: Vec<String> = sentences.collect();
    format!(
        "A tree of ties. The likeliest club on each side: {}.",
        sentences.join("; ")
    )
}
