//! The section and picture of seed positions: which club goes on as which seed.

use super::{Material, brief, odds_cell};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::plot::{HeatCell, HeatMap, HeatRow, Picture, heat_map};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::report::number::percent;

/// The seed positions there are.
fn positions(material: &Material<'_>) -> usize {
    let lists = material.forecast.odds.seed.iter();
    lists.map(Vec::len).max().unwrap_or(0)
}

/// The clubs by chance of being seeded at all, then by better seeds.
fn order(material: &Material<'_>) -> Vec<ClubId> {
    let seeds = &material.forecast.odds.seed;
    let strength = |club: &ClubId| -> f64 {
        let list = &seeds[club.index()];
        let count = list.len() as f64;
        list.iter()
            .enumerate()
            .map(|(seed, odds)| odds * (1.0 + (count - seed as f64) / (100.0 * count)))
            .sum()
    };
    let mut clubs: Vec<ClubId> = material.tournament.club_ids().collect();
    clubs.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    clubs
}

/// A heat map of clubs and seeds; clubs that are never seeded are left to the table.
pub fn picture(material: &Material<'_>, width: f64) -> Picture {
    let seeds = &material.forecast.odds.seed;
    let seeded: Vec<ClubId> = order(material)
        .into_iter()
        .filter(|club| seeds[club.index()].iter().any(|odds| *odds >= 0.000_5))
        .collect();
    let left_out = if seeded.len() < material.tournament.clubs.len() {
        " Clubs below 0.1% everywhere are left out."
    } else {
        ""
    };
    let data = HeatMap {
        title: "Who goes on as which seed".to_owned(),
        note: format!(
            "{}. Chance in percent that the club wins its group and takes the seed; blank: it cannot happen.{}",
            material.heading(),
            left_out
        ),
        description: describe(material),
        columns_title: "seed".to_owned(),
        columns: (1..=positions(material))
            .map(|seed| seed.to_string())
            .collect(),
        rows: seeded.iter().map(|club| row(material, *club)).collect(),
    };
    heat_map(&data, width)
}

fn row(material: &Material<'_>, club: ClubId) -> HeatRow {
    let cell = |seed: usize| {
        let chance = chance(material, club, seed);
        HeatCell {
            value: chance.probability,
            text: brief(chance),
            hint: format!(
                "{} is seed {}: {}",
                material.name(club),
                seed + 1,
                percent(chance)
            ),
        }
    };
    HeatRow {
        label: material.name(club).to_owned(),
        short: material.tournament.club(club).code.clone(),
        cells: (0..positions(material)).map(cell).collect(),
    }
}

/// The chance that a club is a seed, counted from 0.
fn chance(material: &Material<'_>, club: ClubId, seed: usize) -> Chance {
    material
        .forecast
        .chance(|odds| odds.seed[club.index()][seed])
}

fn describe(material: &Material<'_>) -> String {
    let seeds = &material.forecast.odds.seed;
    let likeliest = (0..positions(material)).filter_map(|seed| {
        let best = material
            .tournament
            .club_ids()
            .max_by(|a, b| seeds[a.index()][seed].total_cmp(&seeds[b.index()][seed]))?;
        let odds = percent(chance(material, best, seed));
        Some(format!("seed {}: {} {odds}", seed + 1, material.name(best)))
    });
    format!(
        "A table of clubs and seeds, coloured by probability. The likeliest club of each: {}.",
        likeliest.collect::<Vec<_>>().join("; ")
    )
}

/// The picture, and the table of all clubs.
pub fn section(material: &Material<'_>) -> Section {
    let mut columns = vec![Column::words("club")];
    columns.extend((1..=positions(material)).map(|seed| Column::numbers(&format!("seed {seed}"))));
    columns.push(Column::numbers("any seed"));
    let rows = order(material).into_iter().map(|club| {
        let mut cells: Vec<Cell> = vec![material.name(club).into()];
        let seeds = 0..positions(material);
        cells.extend(seeds.map(|seed| odds_cell(chance(material, club, seed))));
        // Whoever wins its group is seeded.
        let any = material.forecast.chance(|odds| odds.place[club.index()][0]);
        cells.push(odds_cell(any));
        cells
    });
    let table = Table {
        caption: "Chance of each seed".to_owned(),
        columns,
        rows: rows.collect(),
    };
    Section {
        id: "seeds".into(),
        title: "Seed positions".into(),
        text: Vec::new(),
        picture: Some(PicturePair::draw(|width| picture(material, width))),
        tables: vec![table],
    }
}
