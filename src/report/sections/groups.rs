//! The section of the groups: every group as it stands, with the odds of each place.

use super::{Material, odds_cell};
use crate::ids::GroupId;
use crate::report::document::{Cell, Column, Section, Table};
use crate::standings::{Record, Standings};

/// A table a group, the likeliest winner first: the chance of each place (which a phone shows without scrolling), then
/// the record so far.
pub fn section(material: &Material<'_>) -> Section {
    let groups = material.tournament.group_ids();
    Section {
        id: "groups".into(),
        title: "The groups".into(),
        text: ["The chance of each place, then what is known at the moment of the forecast: points, goals, matches played, won, drawn and lost."
            .to_owned()]
        .into_iter()
        .chain(material.tournament.deductions_in_words())
        .collect(),
        picture: None,
        tables: groups.map(|group| table(material, group)).collect(),
    }
}

fn table(material: &Material<'_>, group: GroupId) -> Table {
    let standings = Standings::of_group(material.tournament, group);
    let places = &material.forecast.odds.place;
    let mut records = standings.rows;
    let ahead = |record: &Record| &places[record.club.index()];
    records.sort_by(|a, b| {
        let first_difference = ahead(b).iter().zip(ahead(a)).map(|(b, a)| b.total_cmp(a));
        first_difference
            .into_iter()
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut columns = vec![Column::words("club")];
    columns.extend((1..=records.len()).map(|place| Column::numbers(&ordinal(place))));
    columns.extend(["points", "goals", "played", "won", "drawn", "lost"].map(Column::numbers));
    Table {
        caption: format!("Group {}", material.tournament.group(group).name),
        columns,
        rows: records.iter().map(|record| row(material, record)).collect(),
    }
}

fn row(material: &Material<'_>, record: &Record) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![material.name(record.club).into()];
    let club = record.club.index();
    let places = 0..material.forecast.odds.place[club].len();
    let chance = |place: usize| material.forecast.chance(|odds| odds.place[club][place]);
    cells.extend(places.map(|place| odds_cell(chance(place))));
    cells.push(record.points.to_string().into());
    cells.push(format!("{}–{}", record.goals_for, record.goals_against).into());
    let counts = [record.played, record.won, record.drawn, record.lost];
    cells.extend(counts.map(|count| Cell::from(count.to_string())));
    cells
}

/// `1st`, `2nd`, `3rd`, `4th` and so on.
fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn places_have_english_endings() {
        let words = [1, 2, 3, 4, 11, 12, 13, 21, 102].map(ordinal);
        let expected = [
            "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd",
        ];
        assert_eq!(words, expected);
    }
}
