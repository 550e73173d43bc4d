//! The section and picture of the bracket: who may stand where, tie by tie.

use super::{Material, odds_cell};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::plot::{BracketData, Candidate, Picture, Slot, TieBox, bracket};
use crate::report::document::{Column, PicturePair, Section, Table};
use crate::report::number::percent;
use crate::slots::SlotOdds;
use crate::tournament::{Side, Tie};

/// The bracket with the likeliest clubs of each slot; nothing if it was not counted who stands where.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let slots = material.slots?;
    let rounds = &material.tournament.bracket.rounds;
    let ties = &material.tournament.bracket.ties;
    let data = BracketData {
        title: "The bracket".to_owned(),
        note: format!(
            "{}. In each place the clubs that are likeliest to stand there, and how likely.{}",
            material.heading(),
            if ties.iter().any(|tie| !scores(tie).is_empty()) {
                " Scores give the goals of the home club first."
            } else {
                ""
            }
        ),
        description: describe(material, slots),
        rounds: rounds.iter().map(|round| round.name.clone()).collect(),
        ties: (0..ties.len())
            .map(|tie| tie_box(material, slots, tie))
            .collect(),
        champion: slot("champion", &titles(material), material),
    };
    Some(bracket(&data, width))
}

/// The chance of each club to win the cup.
fn titles(material: &Material<'_>) -> Vec<Chance> {
    let clubs = material.tournament.club_ids();
    let title = |club: ClubId| material.forecast.chance(|odds| odds.title[club.index()]);
    clubs.map(title).collect()
}

fn tie_box(material: &Material<'_>, slots: &SlotOdds, index: usize) -> TieBox {
    let tie = &material.tournament.bracket.ties[index];
    let feeder = |side: Side| match side {
        Side::Seed(_) => None,
        Side::Winner(tie) => Some(tie.index()),
    };
    let side = |number: usize| {
        let label = side_label(material, tie.sides[number]);
        slot(&label, &slots.sides[index][number], material)
    };
    TieBox {
        name: tie.name.clone(),
        detail: scores(tie),
        round: tie.round.index(),
        feeders: tie.sides.map(feeder),
        sides: [side(0), side(1)],
    }
}

/// `seed 1` or `winner of QF1`.
fn side_label(material: &Material<'_>, side: Side) -> String {
    match side {
        Side::Seed(seed) => format!("seed {seed}"),
        Side::Winner(tie) => format!("winner of {}", material.tournament.bracket.tie(tie).name),
    }
}

/// The scores of the legs that were played: `1-1, 1-1, 5-4 p`, home goals first.
fn scores(tie: &Tie) -> String {
    let played = tie.legs.iter().filter_map(|leg| leg.played);
    let legs = played.map(|leg| {
        let goals = leg.score.after_extra_time.unwrap_or(leg.score.ninety);
        match leg.score.penalties {
            Some(penalties) => format!("{goals}, {penalties} p"),
            None => goals.to_string(),
        }
    });
    legs.collect::<Vec<_>>().join(", ")
}

/// The clubs of a slot by falling odds, those that never stood there left out.
fn standing(odds: &[Chance]) -> Vec<(ClubId, Chance)> {
    let mut clubs: Vec<(ClubId, Chance)> = odds
        .iter()
        .enumerate()
        .filter(|(_, chance)| chance.probability > 0.0)
        .map(|(club, chance)| (ClubId::new(club), *chance))
        .collect();
    clubs.sort_by(|a, b| b.1.probability.total_cmp(&a.1.probability));
    clubs
}

/// Whoever stands in a slot for certain is printed without a figure.
fn slot(label: &str, odds: &[Chance], material: &Material<'_>) -> Slot {
    let standing = standing(odds);
    let candidate = |(club, chance): &(ClubId, Chance)| Candidate {
        name: material.name(*club).to_owned(),
        value: chance.probability,
        text: if chance.is_settled() {
            String::new()
        } else {
            percent(*chance)
        },
    };
    Slot {
        label: label.to_owned(),
        candidates: standing.iter().take(3).map(candidate).collect(),
    }
}

fn describe(material: &Material<'_>, slots: &SlotOdds) -> String {
    let ties = material.tournament.bracket.ties.iter().zip(&slots.sides);
    let sentences = ties.map(|(tie, sides)| {
        let likeliest = |odds: &[Chance]| {
            let first = standing(odds).first().copied();
            first.map_or("nobody".to_owned(), |(club, chance)| {
                format!("{} {}", material.name(club), percent(chance))
            })
        };
        format!(
            "{}: {} against {}",
            tie.name,
            likeliest(&sides[0]),
            likeliest(&sides[1])
        )
    });
    format!(
        "A tree of ties. The likeliest club on each side: {}.",
        sentences.collect::<Vec<_>>().join("; ")
    )
}

/// The picture and a table a tie with every club on each side.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let slots = material.slots?;
    let ties = material.tournament.bracket.ties.iter().zip(&slots.sides);
    Some(Section {
        id: "bracket".into(),
        title: "The bracket".into(),
        text: Vec::new(),
        picture: PicturePair::draw_if(|width| picture(material, width)),
        tables: ties
            .map(|(tie, sides)| table(material, tie, sides))
            .collect(),
    })
}

fn table(material: &Material<'_>, tie: &Tie, sides: &[Vec<Chance>; 2]) -> Table {
    let [first, second] = tie.sides.map(|side| side_label(material, side));
    let mut clubs: Vec<ClubId> = material.tournament.club_ids().collect();
    let either = |club: &ClubId| -> f64 {
        let both = sides.iter().map(|side| side[club.index()].probability);
        both.sum()
    };
    clubs.retain(|club| either(club) > 0.0);
    clubs.sort_by(|a, b| either(b).total_cmp(&either(a)));
    let rows = clubs.into_iter().map(|club| {
        let [one, other] = [0, 1].map(|side: usize| odds_cell(sides[side][club.index()]));
        vec![material.name(club).into(), one, other]
    });
    let name = [tie.name.as_str(), &scores(tie)].join(" ");
    Table {
        caption: format!("{}: who plays in it", name.trim_end()),
        columns: vec![
            Column::words("club"),
            Column::numbers(&first),
            Column::numbers(&second),
        ],
        rows: rows.collect(),
    }
}
