//! What came of comparing the simulator with the exact solver: text, JSON, CSV.

use super::about::{About, AboutJson, fit, to_json};
use super::number::{grouped, percent, tolerance_points, with_sign};
use super::rows::Rows;
use crate::odds::Chance;
use crate::tournament::Tournament;
use crate::verify::{Comparison, LIMIT, Quantity, THRESHOLDS, Verification};
use serde::Serialize;

/// How many comparisons the text shows.
const SHOWN: usize = 5;

/// The verdict, what chance would do, and the largest deviations.
pub fn text(about: &About<'_>, verification: &Verification) -> String {
    let how = format!(
        "and solved exactly, off by at most about {} percentage points",
        tolerance_points(verification.tolerance)
    );
    let mut text = about.lines(&how);
    text.push_str(&format!(
        "\n{} probabilities compared, {} of them open\n",
        grouped(verification.comparisons.len() as u64),
        grouped(verification.open as u64),
    ));
    for threshold in THRESHOLDS {
        text.push_str(&format!(
            "beyond {threshold} standard errors: {}, by chance about {}\n",
            verification.beyond(threshold),
            few(verification.expected_beyond(threshold)),
        ));
    }
    text.push_str(&format!(
        "largest deviation: {:.2} standard errors, by chance about {:.1}\n\n",
        verification.largest().map_or(0.0, |it| it.deviation.abs()),
        verification.expected_largest(),
    ));
    text.push_str(&table(about.tournament, verification));
    text.push('\n');
    text.push_str(&verdict(verification));
    text
}

/// A small expected number.
fn few(number: f64) -> String {
    if number < 1.0 {
        format!("{number:.2}")
    } else {
        format!("{number:.0}")
    }
}

fn table(tournament: &Tournament, verification: &Verification) -> String {
    let mut text = format!(
        "{:<24}{:<16}{:>9}{:>11}{:>12}\n",
        "largest deviations", "", "exact", "simulated", "std errors"
    );
    for it in worst(verification).into_iter().take(SHOWN) {
        let exact = Chance::exact(it.exact, verification.tolerance);
        let simulated = Chance::of_share(it.simulated, verification.runs);
        text.push_str(&format!(
            "{}{}{:>9}{:>11}{:>12}\n",
            fit(&tournament.club(it.club).name, 24),
            fit(&words(tournament, it.quantity), 16),
            percent(exact.unless(it.settled)),
            percent(simulated.unless(it.settled)),
            with_sign(it.deviation, 2),
        ));
    }
    text
}

fn verdict(verification: &Verification) -> String {
    if verification.agrees() {
        format!("They agree: nothing is beyond {LIMIT} standard errors.\n")
    } else {
        format!(
            "They disagree: {} beyond {LIMIT} standard errors. Another --seed tells chance from error.\n",
            verification.beyond(LIMIT)
        )
    }
}

/// The comparisons, the largest deviation first.
fn worst(verification: &Verification) -> Vec<&Comparison> {
    let mut all: Vec<&Comparison> = verification.comparisons.iter().collect();
    all.sort_by(|a, b| b.deviation.abs().total_cmp(&a.deviation.abs()));
    all
}

/// A quantity in words.
fn words(tournament: &Tournament, quantity: Quantity) -> String {
    match quantity {
        Quantity::Place(place) => format!("group place {}", place + 1),
        Quantity::Seed(seed) => format!("seed {}", seed + 1),
        Quantity::Round(round) => tournament.bracket.rounds[round.index()].name.clone(),
        Quantity::Title => "title".to_owned(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutJson<'a>,
    tolerance: f64,
    lost_mass: f64,
    agree: bool,
    compared: usize,
    open: usize,
    beyond: Vec<Beyond>,
    expected_largest: f64,
    comparisons: Vec<ComparisonJson<'a>>,
}

/// How many deviate by more than a number of standard errors.
#[derive(Serialize)]
struct Beyond {
    standard_errors: f64,
    count: usize,
    expected: f64,
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    club: &'a str,
    quantity: String,
    exact: f64,
    simulated: f64,
    deviation: f64,
}

impl<'a> ComparisonJson<'a> {
    fn new(tournament: &'a Tournament, it: &Comparison) -> Self {
        Self {
            club: &tournament.club(it.club).code,
            quantity: words(tournament, it.quantity),
            exact: it.exact,
            simulated: it.simulated,
            deviation: it.deviation,
        }
    }
}

/// Everything as JSON, the largest deviation first.
pub fn json(about: &About<'_>, verification: &Verification) -> String {
    let beyond = THRESHOLDS.map(|standard_errors| Beyond {
        standard_errors,
        count: verification.beyond(standard_errors),
        expected: verification.expected_beyond(standard_errors),
    });
    to_json(&Document {
        about: about.json(),
        tolerance: verification.tolerance,
        lost_mass: verification.lost_mass,
        agree: verification.agrees(),
        compared: verification.comparisons.len(),
        open: verification.open,
        beyond: beyond.into(),
        expected_largest: verification.expected_largest(),
        comparisons: worst(verification)
            .into_iter()
            .map(|it| ComparisonJson::new(about.tournament, it))
            .collect(),
    })
}

/// The comparisons as CSV, the largest deviation first.
pub fn csv(tournament: &Tournament, verification: &Verification) -> String {
    let mut rows = Rows::new(["club", "quantity", "exact", "simulated", "deviation"]);
    for it in worst(verification) {
        let row = ComparisonJson::new(tournament, it);
        let numbers = [row.exact, row.simulated, row.deviation].map(|number| number.to_string());
        let words = [row.club, row.quantity.as_str()];
        rows.push(words.into_iter().chain(numbers.iter().map(String::as_str)));
    }
    rows.finish()
}
