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

#[derive(Serialize)]
struct Row<'a> {
    moment: &'a str,
    date: String,
    club: &'a str,
    quantity: String,
    probability: f64,
    standard_error: f64,
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
                date: point.date.to_string(),
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
    let header = [
        "moment",
        "date",
        "club",
        "quantity",
        "probability",
        "standard_error",
    ];
    let mut table = Rows::new(header);
    for row in rows(tournament, points, quantities) {
        let record = [
            row.moment,
            &row.date,
            row.club,
            &row.quantity,
            &figure(row.probability),
            &figure(row.standard_error),
        ];
        table.push(record);
    }
    table.finish()
}
