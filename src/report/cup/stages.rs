//! The stages of a cup as sections of a report, each by its kind: tables, orders and ties.

use super::bands::{Band, bands};
use super::games::{Game, score_words};
use super::lead::capitalised;
use super::material::{CupMaterial, chance_cell};
use super::tables::{place_words, record_of, step_word};
use crate::format::{Rules, StageKind, Unit};
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::odds::Chance;
use crate::report::document::{Cell, Column, Section, Table};

/// The section of a stage; none for what is only a step between stages.
pub(super) fn section(
    material: &CupMaterial<'_>,
    games: &[Game],
    stage: StageId,
) -> Option<Section> {
    let format = material.forecast.cup.format();
    if !format.stage(stage).shown {
        return None;
    }
    let units = || format.units_of(stage);
    let (text, tables) = match format.kind(stage) {
        StageKind::Tables => (
            "The chance of each place in percent (✓ is certain, – cannot be), then what is known so far.",
            units().map(|(_, unit)| standings(material, unit)).collect(),
        ),
        StageKind::Order => (
            "A ranking across the tables. The chance of each place in percent, counting runs in which the club is in it.",
            units().map(|(_, unit)| standings(material, unit)).collect(),
        ),
        StageKind::Ties => (
            "The chance to play in each tie and to go on, in percent, and results so far.",
            vec![ties(material, games, stage)],
        ),
        StageKind::Draw | StageKind::Assign => return None,
    };
    Some(Section {
        id: format!("stage-{}", stage.index()).into(),
        title: capitalised(&format.stage(stage).name).into(),
        text: vec![text.to_owned()],
        picture: None,
        tables,
    })
}

/// A table or an order: the clubs as they stand, the chance of each band of places, and the record so far.
fn standings(material: &CupMaterial<'_>, unit: &Unit) -> Table {
    let format = material.forecast.cup.format();
    let bands = bands(format, unit);
    let is_large = unit.size() > 8;
    let mut columns = vec![Column::words("club")];
    columns.extend(bands.iter().map(|band| Column::numbers(&band.title())));
    columns.extend(["pts", "+/−", "P"].map(Column::numbers));
    if is_large {
        columns.extend(["W", "D", "L"].map(Column::numbers));
    }
    let clubs = clubs_in_order(material, unit);
    let rows = clubs
        .into_iter()
        .map(|club| standings_row(material, unit, &bands, club, is_large));
    Table {
        caption: capitalised(&unit.name),
        columns,
        rows: rows.collect(),
    }
}

/// The clubs of a unit: as they stand where anything was played, and by their mean place before; then whoever else may
/// come to it.
fn clubs_in_order(material: &CupMaterial<'_>, unit: &Unit) -> Vec<ClubId> {
    let run = &material.state.run;
    let standing: Vec<ClubId> = unit
        .outputs()
        .filter_map(|place| run.standing_at(place))
        .collect();
    let has_played = |club: &ClubId| {
        record_of(material.state, unit, *club).is_some_and(|record| record.played() > 0)
    };
    let begun = standing.iter().any(has_played);
    let mut others: Vec<ClubId> = material
        .forecast
        .cup
        .club_ids()
        .filter(|club| !(begun && standing.contains(club)))
        .filter(|club| material.mean_place(unit, *club).is_finite())
        .collect();
    let share = |club: ClubId| {
        let outs: Vec<PlaceId> = unit.outputs().collect();
        (material.chance_at(&outs, club).probability * 100.0).round()
    };
    others.sort_by(|a, b| {
        let likelier = share(*b).total_cmp(&share(*a));
        likelier.then(
            material
                .mean_place(unit, *a)
                .total_cmp(&material.mean_place(unit, *b)),
        )
    });
    let first = if begun { standing } else { Vec::new() };
    first.into_iter().chain(others).collect()
}

fn standings_row(
    material: &CupMaterial<'_>,
    unit: &Unit,
    bands: &[Band],
    club: ClubId,
    is_large: bool,
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![material.name(club).into()];
    let chances = bands
        .iter()
        .map(|band| material.chance_in(unit, &band.places, club));
    cells.extend(chances.map(chance_cell));
    let Some(record) = record_of(material.state, unit, club) else {
        let count = if is_large { 6 } else { 3 };
        cells.extend((0..count).map(|_| Cell::from("")));
        return cells;
    };
    let difference = match record.difference() {
        0 => "0".to_owned(),
        other => format!("{other:+}").replace('-', "−"),
    };
    cells.push(record.points.to_string().into());
    cells.push(difference.into());
    cells.push(record.played().to_string().into());
    if is_large {
        let counts = [record.won, record.drawn, record.lost];
        cells.extend(counts.map(|count| Cell::from(count.to_string())));
    }
    cells
}

/// How many clubs are listed for a side of a tie that is not known.
const CANDIDATES: usize = 3;

/// The ties of a stage: for each side whoever may stand there, and who goes on.
fn ties(material: &CupMaterial<'_>, games: &[Game], stage: StageId) -> Table {
    let format = material.forecast.cup.format();
    let rows = format
        .units_of(stage)
        .flat_map(|(id, unit)| tie_rows(material, games, id, unit));
    let mut rows: Vec<Vec<Cell>> = rows.collect();
    let mut columns = vec![
        Column::words("club"),
        Column::words("tie"),
        Column::numbers("plays"),
        Column::numbers("goes on"),
        Column::words("result"),
    ];
    let says_nothing = |row: &Vec<Cell>| row.last().is_none_or(|cell| cell.text.is_empty());
    if rows.iter().all(says_nothing) {
        columns.pop();
        for row in &mut rows {
            row.pop();
        }
    }
    Table {
        caption: "Who plays, and who goes on".to_owned(),
        columns,
        rows,
    }
}

fn tie_rows(material: &CupMaterial<'_>, games: &[Game], id: UnitId, unit: &Unit) -> Vec<Vec<Cell>> {
    let Rules::Tie(_) = &unit.rules else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (side, place) in unit.entrants.iter().enumerate() {
        let standing = material.standing(*place);
        let left = standing.len().saturating_sub(CANDIDATES);
        for (club, plays) in standing.iter().take(CANDIDATES) {
            rows.push(vec![
                material.name(*club).into(),
                unit.key.as_str().into(),
                chance_cell(*plays),
                chance_cell(goes_on(material, unit, *club)),
                results(material, games, id, *club, side).into(),
            ]);
        }
        if left > 0 {
            let words = format!(
                "{} more: {}",
                left,
                place_words(material.forecast.cup, *place)
            );
            rows.push(vec![
                words.into(),
                unit.key.as_str().into(),
                "".into(),
                "".into(),
                "".into(),
            ]);
        }
    }
    rows
}

/// The chance of a club to win a tie.
fn goes_on(material: &CupMaterial<'_>, unit: &Unit, club: ClubId) -> Chance {
    material.chance_in(unit, &[unit.output(0)], club)
}

/// The legs of a tie in the row of its first club, and what decided it in the row of its winner.
fn results(
    material: &CupMaterial<'_>,
    games: &[Game],
    id: UnitId,
    club: ClubId,
    side: usize,
) -> String {
    let tie = material.state.run.tie(id);
    let mut parts = Vec::new();
    if side == 0 {
        let played = games.iter().filter(|game| game.unit == id);
        parts.extend(played.filter_map(|game| {
            let score = score_words(game.score?);
            let [home, away] = game
                .clubs
                .map(|club| &material.forecast.cup.club(club).code);
            Some(format!("{home} {score} {away}"))
        }));
    }
    if let (Some(winner), Some(step)) = (tie.winner(), tie.decided)
        && winner == club
    {
        parts.push(format!("goes on by {}", step_word(step)));
    }
    parts.join("; ")
}
