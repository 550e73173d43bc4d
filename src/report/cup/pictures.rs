//! The pictures of a cup of any format: bars of title odds, the places of tables and orders as heat maps, and lines.

use super::lead::{capitalised, favourites};
use super::material::{CupMaterial, chance_words};
use crate::format::{StageKind, Unit};
use crate::ids::{ClubId, StageId};
use crate::odds::Chance;
use crate::plot::{Bar, Bars, HeatCell, HeatMap, HeatRow, Picture, bars, heat_map};
use crate::report::number::{grouped, percent, plus_minus};
use crate::report::sections::timeline;

/// Clubs below this chance share the last bar (the table has them all).
const WORTH_A_BAR: f64 = 0.005;

/// The most clubs with a bar of their own.
const MOST_BARS: usize = 16;

/// Tables of more places than this are drawn without numbers in their cells.
const NUMBERED: usize = 24;

/// Where it was worked out, for the end of a note.
fn source(material: &CupMaterial<'_>) -> String {
    format!(
        "{} simulated tournaments; {}",
        grouped(material.forecast.tally.runs()),
        material.forecast.about.outlook.model_words()
    )
}

/// Bars of the title odds, with the finding as their title.
pub fn title_odds(material: &CupMaterial<'_>, width: f64) -> Picture {
    let ranking = material.forecast.ranking();
    let is_worth = |club: &ClubId| material.title_chance(*club).probability >= WORTH_A_BAR;
    let worth: Vec<ClubId> = ranking
        .iter()
        .copied()
        .filter(is_worth)
        .take(MOST_BARS)
        .collect();
    let rest: Vec<ClubId> = ranking
        .into_iter()
        .filter(|club| !worth.contains(club))
        .collect();
    let mut rows: Vec<Bar> = worth.iter().map(|club| bar(material, *club)).collect();
    rows.extend(others(material, &rest));
    let data = Bars {
        title: capitalised(&favourites(material)),
        note: format!(
            "Chance to win the title. {}. {}.",
            material.heading(),
            source(material)
        ),
        description: format!("Bars of title odds: {}.", favourites(material)),
        unit: "%".to_owned(),
        bars: rows,
    };
    bars(&data, width)
}

fn bar(material: &CupMaterial<'_>, club: ClubId) -> Bar {
    let chance = material.title_chance(club);
    let name = material.name(club);
    Bar {
        label: name.to_owned(),
        value: chance.probability * 100.0,
        error: chance.standard_error * 100.0,
        baseline: None,
        text: percent(chance),
        hint: format!(
            "{name} wins the title: {}{}",
            percent(chance),
            plus_minus(chance.standard_error)
        ),
    }
}

/// The bar of all who have none of their own; nothing where none of them can win.
fn others(material: &CupMaterial<'_>, rest: &[ClubId]) -> Option<Bar> {
    let chances = rest
        .iter()
        .map(|club| (*club, material.title_chance(*club)));
    let open: Vec<(ClubId, Chance)> = chances
        .filter(|(_, chance)| *chance != Chance::settled(false))
        .collect();
    let together: f64 = open.iter().map(|(_, chance)| chance.probability).sum();
    let names: Vec<&str> = open.iter().map(|(club, _)| material.name(*club)).collect();
    let label = match names.as_slice() {
        [] => return None,
        [only] => (*only).to_owned(),
        several => format!("{} others", several.len()),
    };
    Some(Bar {
        label,
        value: together * 100.0,
        error: 0.0,
        baseline: None,
        text: percent(Chance::of_share(together, material.forecast.tally.runs())),
        hint: names.join(", "),
    })
}

/// Lines of title odds from moment to moment; nothing without a timeline.
pub fn title_lines(material: &CupMaterial<'_>, width: f64) -> Option<Picture> {
    let clubs = material.forecast.cup.clubs();
    let data = material.timeline?;
    Some(timeline::picture_of(clubs, &material.cup(), data, width))
}

/// The places of the tables of the first stage of them, club by club; nothing without tables.
pub fn places(material: &CupMaterial<'_>, width: f64) -> Option<Picture> {
    let stage = material.stages(StageKind::Tables).next()?;
    Some(places_of(material, stage, width))
}

/// The places of the first order that is shown; nothing without one.
pub fn order(material: &CupMaterial<'_>, width: f64) -> Option<Picture> {
    let stage = material.stages(StageKind::Order).next()?;
    Some(places_of(material, stage, width))
}

/// The places of a stage as a heat map.
pub(super) fn places_of(material: &CupMaterial<'_>, stage: StageId, width: f64) -> Picture {
    let format = material.forecast.cup.format();
    let units: Vec<&Unit> = format.units_of(stage).map(|(_, unit)| unit).collect();
    let columns = units.iter().map(|unit| unit.size()).max().unwrap_or(0);
    let numbered = columns <= if width < 500.0 { 8 } else { NUMBERED };
    let rows = units.iter().flat_map(|unit| {
        let clubs = by_mean_place(material, unit);
        clubs
            .into_iter()
            .map(|club| row(material, unit, club, columns, numbered))
    });
    let name = &format.stage(stage).name;
    let data = HeatMap {
        title: format!("{}: where each club may finish", capitalised(name)),
        note: format!(
            "Chance of each place in percent. {}. {}.",
            material.heading(),
            source(material)
        ),
        description: format!("A table of clubs and places of the {name}, coloured by probability."),
        columns_title: "place".to_owned(),
        columns: (1..=columns)
            .map(|place| column(place, columns, width))
            .collect(),
        rows: rows.collect(),
    };
    heat_map(&data, width)
}

/// The name of a column: where they are many, not each has one.
fn column(place: usize, columns: usize, width: f64) -> String {
    let every = if columns as f64 * 22.0 > width - 150.0 {
        4
    } else {
        1
    };
    if place == 1 || place.is_multiple_of(every) {
        place.to_string()
    } else {
        String::new()
    }
}

fn by_mean_place(material: &CupMaterial<'_>, unit: &Unit) -> Vec<ClubId> {
    let clubs = material.forecast.cup.club_ids();
    let mut clubs: Vec<(ClubId, f64)> = clubs
        .map(|club| (club, material.mean_place(unit, club)))
        .filter(|(_, mean)| mean.is_finite())
        .collect();
    clubs.sort_by(|a, b| a.1.total_cmp(&b.1));
    clubs.into_iter().map(|(club, _)| club).collect()
}

fn row(
    material: &CupMaterial<'_>,
    unit: &Unit,
    club: ClubId,
    columns: usize,
    numbered: bool,
) -> HeatRow {
    let cell = |rank: usize| {
        let chance = if rank < unit.size() {
            material.chance_in(unit, &[unit.output(rank)], club)
        } else {
            Chance::settled(false)
        };
        let words = chance_words(chance);
        HeatCell {
            value: chance.probability,
            text: if numbered && chance.probability >= 0.005 {
                words
            } else {
                String::new()
            },
            hint: format!(
                "{}, place {} of {}: {}",
                material.name(club),
                rank + 1,
                unit.name,
                percent(chance)
            ),
        }
    };
    HeatRow {
        label: material.name(club).to_owned(),
        short: material.forecast.cup.club(club).code.clone(),
        cells: (0..columns).map(cell).collect(),
    }
}
