//! A timeline for programs: one row for every moment, quantity and club.

use crate::forecast::Method;
use crate::report::about::to_json;
use crate::report::number::figure;
use crate::report::rows::Rows;
use crate::timeline::{Point, Quantity};
use crate::tournament::Tournament;
use serde::Serialize;

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    moments: Vec<MomentPart<'a>>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct MomentPart<'a> {
    moment: &'a str,
    words: &'a str,
    date: String,
    method: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sims: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    model: &'a str,
    matches: usize,
}

/// A number of the timeline.
#[derive(Serialize)]
pub(in crate::report) struct Row<'a> {
    /// The moment by its short name.
    pub(in crate::report) moment: &'a str,
    /// Its day, if it has one.
    pub(in crate::report) date: Option<String>,
    /// The code of the club.
    pub(in crate::report) club: &'a str,
    /// The odds of what.
    pub(in crate::report) quantity: String,
    pub(in crate::report) probability: f64,
    pub(in crate::report) standard_error: f64,
}

/// Every row: moment by moment, quantity by quantity, clubs in file order.
fn rows<'a>(
    tournament: &'a Tournament,
    points: &'a [Point],
    quantities: &'a [Quantity],
) -> impl Iterator<Item = Row<'a>> {
    points.iter().flat_map(move |point| {
        quantities.iter().flat_map(move |quantity| {
            tournament.club_ids().map(move |club| Row {
                moment: &point.key,
                date: Some(point.date.to_string()),
                club: &tournament.club(club).code,
                quantity: quantity.key(tournament),
                probability: quantity.of(&point.forecast.odds, club),
                standard_error: quantity.of(&point.forecast.standard_errors, club),
            })
        })
    })
}

/// The timeline as a JSON document that ends in a newline.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(tournament: &Tournament, points: &[Point], quantities: &[Quantity]) -> String {
    let moments = points.iter().map(|point| {
        let (sims, seed) = match point.forecast.method {
            Method::Simulated { runs, seed, .. } => (Some(runs), Some(seed)),
            Method::Exact { .. } => (None, None),
        };
        MomentPart {
            moment: &point.key,
            words: &point.words,
            date: point.date.to_string(),
            method: point.forecast.method.word(),
            sims,
            seed,
            model: &point.forecast.model.name,
            matches: point.forecast.model.matches,
        }
    });
    let document = Document {
        tournament: &tournament.id,
        moments: moments.collect(),
        rows: rows(tournament, points, quantities).collect(),
    };
    to_json(&document)
}

/// The timeline as tidy CSV: moment, date, club, quantity, probability, standard error.
pub fn csv(tournament: &Tournament, points: &[Point], quantities: &[Quantity]) -> String {
    rows_csv(rows(tournament, points, quantities))
}

/// Rows as tidy CSV.
pub(in crate::report) fn rows_csv<'a>(rows: impl Iterator<Item = Row<'a>>) -> String {
    let header = [
        "moment",
        "date",
        "club",
        "quantity",
        "probability",
        "standard_error",
    ];
    let mut table = Rows::new(header);
    for row in rows {
        let record = [
            row.moment,
            row.date.as_deref().unwrap_or_default(),
            row.club,
            &row.quantity,
            &figure(row.probability),
            &figure(row.standard_error),
        ];
        table.push(record);
    }
    table.finish()
}
