//! Scenarios side by side as text, JSON and CSV.

use super::about::{fit, to_json};
use super::fold::folded;
use super::forecast_json::{Effort, ModelPart, TournamentPart};
use super::forecast_table::in_order;
use super::forecast_text::heading;
use super::number::{change, figure, percent};
use super::rows::Rows;
use crate::forecast::Forecast;
use crate::ids::ClubId;
use crate::odds::clear_of_zero;
use crate::timeline::Quantity;
use crate::tournament::Tournament;
use crate::visible;
use crate::what_if::Comparison;
use serde::Serialize;

/// What is compared, and how much of it a text shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The names of the scenarios, in the order of the comparison.
    pub names: &'a [String],
    /// The quantities.
    pub quantities: &'a [Quantity],
    /// The width to fill, at least 60.
    pub width: usize,
    /// How many clubs a table has at most, the likeliest champions of the baseline first.
    pub most: usize,
}

/// The width of the column of the baseline, the space before it included.
const BASELINE_WIDTH: usize = 9;

/// The width of the columns of a scenario: its odds and their change.
const SCENARIO_WIDTH: usize = 7 + 13;

/// The least room for the name of a club.
const LEAST_NAME: usize = 11;

/// The comparison as tables: what each scenario takes for granted, then for each quantity a row a club.
pub fn text(
    tournament: &Tournament,
    comparison: &Comparison,
    shown: &Shown<'_>,
    notes: &[String],
) -> String {
    let mut text = heading(tournament, &comparison.baseline, notes, shown.width);
    text.push('\n');
    for (index, (name, forecast)) in shown.names.iter().zip(&comparison.scenarios).enumerate() {
        let name = visible::in_line(name);
        text.push_str(&format!("{}  {name}\n", letter(index)));
        let words = forecast.what_if.as_ref().map(|what_if| &what_if.fixes);
        if words.is_none() {
            text.push_str("   nothing taken for granted: the baseline\n");
        }
        for line in words.into_iter().flatten() {
            for part in folded(line, shown.width - 3) {
                text.push_str(&format!("   {part}\n"));
            }
        }
    }
    let room = shown.width.saturating_sub(LEAST_NAME + BASELINE_WIDTH);
    let beside = (room / SCENARIO_WIDTH).max(1);
    let scenarios: Vec<usize> = (0..comparison.scenarios.len()).collect();
    for quantity in shown.quantities {
        for some in scenarios.chunks(beside) {
            text.push('\n');
            text.push_str(&table(tournament, comparison, shown, *quantity, some));
        }
    }
    text.push_str(
        "\nchange  against the baseline in percentage points, with its standard error; all\n        \
         play the same luck. ~0 is within two standard errors of zero\n",
    );
    text
}

/// The letter of a scenario: A to Z, then A1, B1 and so on.
fn letter(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// The table of one quantity for some of the scenarios.
fn table(
    tournament: &Tournament,
    comparison: &Comparison,
    shown: &Shown<'_>,
    quantity: Quantity,
    scenarios: &[usize],
) -> String {
    let longest = tournament
        .clubs
        .iter()
        .map(|club| club.name.chars().count());
    let columns = BASELINE_WIDTH + scenarios.len() * SCENARIO_WIDTH;
    let names = longest
        .max()
        .unwrap_or(0)
        .min(shown.width.saturating_sub(columns));
    let mut text = format!(
        "{}\n{}{:>BASELINE_WIDTH$}",
        quantity.words(tournament),
        fit("club", names),
        "baseline"
    );
    for index in scenarios {
        text.push_str(&format!("{:>7}{:>13}", letter(*index), "change, pp"));
    }
    text.push('\n');
    let clubs = in_order(tournament, &comparison.baseline);
    let hidden = clubs.len().saturating_sub(shown.most);
    for club in clubs.iter().take(shown.most) {
        text.push_str(&fit(&tournament.club(*club).name, names));
        let baseline = odds(&comparison.baseline, quantity, *club);
        text.push_str(&format!("{baseline:>BASELINE_WIDTH$}"));
        for index in scenarios {
            let forecast = &comparison.scenarios[*index];
            let odds = odds(forecast, quantity, *club);
            text.push_str(&format!(
                "{odds:>7}{:>13}",
                change_of(forecast, quantity, *club)
            ));
        }
        text.push('\n');
    }
    if hidden > 0 {
        text.push_str(&format!("... and {hidden} more clubs; see --top\n"));
    }
    text
}

/// The odds of a club as a percentage.
fn odds(forecast: &Forecast, quantity: Quantity, club: ClubId) -> String {
    percent(forecast.chance(|odds| quantity.of(odds, club)))
}

/// The change of a club's odds against the baseline; nothing for a scenario without conditions.
fn change_of(forecast: &Forecast, quantity: Quantity, club: ClubId) -> String {
    let of = |what_if: &crate::forecast::WhatIf| {
        let error = quantity.of(&what_if.change_standard_errors, club);
        change(quantity.of(&what_if.change, club), error, forecast.method)
    };
    forecast.what_if.as_ref().map_or_else(|| "-".to_owned(), of)
}

#[derive(Serialize)]
struct Document<'a> {
    tournament: TournamentPart<'a>,
    as_of: String,
    method: &'static str,
    #[serde(flatten)]
    effort: Effort,
    model: ModelPart<'a>,
    scenarios: Vec<ScenarioPart<'a>>,
}

#[derive(Serialize)]
struct ScenarioPart<'a> {
    name: &'a str,
    what_if: &'a [String],
    odds: Vec<Row>,
}

/// One quantity of one club in one scenario. The change is against the baseline, and clear if it is more than two
/// standard errors from zero.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) club: String,
    pub(super) quantity: String,
    pub(super) probability: f64,
    pub(super) standard_error: f64,
    pub(super) baseline: f64,
    pub(super) change: f64,
    pub(super) change_standard_error: f64,
    pub(super) clear: bool,
}

/// The rows of scenarios with their names as tidy CSV.
pub(super) fn rows_csv(scenarios: impl Iterator<Item = (String, Vec<Row>)>) -> String {
    let mut table = Rows::new([
        "scenario",
        "club",
        "quantity",
        "probability",
        "standard_error",
        "baseline",
        "change",
        "change_standard_error",
        "clear",
    ]);
    for (name, rows) in scenarios {
        for row in rows {
            let numbers = [
                row.probability,
                row.standard_error,
                row.baseline,
                row.change,
                row.change_standard_error,
            ];
            let words = [name.clone(), row.club, row.quantity];
            let record = words
                .into_iter()
                .chain(numbers.map(figure))
                .chain([row.clear.to_string()]);
            table.push(record);
        }
    }
    table.finish()
}

/// The rows of a scenario: quantity by quantity, clubs in file order.
fn rows(
    tournament: &Tournament,
    baseline: &Forecast,
    forecast: &Forecast,
    quantities: &[Quantity],
) -> Vec<Row> {
    let row = |quantity: Quantity, club: ClubId| {
        let what_if = forecast.what_if.as_ref();
        let change = what_if.map_or(0.0, |what_if| quantity.of(&what_if.change, club));
        let error = what_if.map_or(0.0, |what_if| {
            quantity.of(&what_if.change_standard_errors, club)
        });
        Row {
            club: tournament.club(club).code.clone(),
            quantity: quantity.key(tournament),
            probability: quantity.of(&forecast.odds, club),
            standard_error: quantity.of(&forecast.standard_errors, club),
            baseline: quantity.of(&baseline.odds, club),
            change,
            change_standard_error: error,
            clear: clear_of_zero(change, error).is_some(),
        }
    };
    let quantities = quantities.iter();
    let rows = quantities.flat_map(|quantity| {
        let clubs = tournament.club_ids();
        clubs.map(move |club| row(*quantity, club))
    });
    rows.collect()
}

/// Every scenario with its name, the baseline first.
fn named<'a>(
    comparison: &'a Comparison,
    shown: &'a Shown<'_>,
) -> impl Iterator<Item = (&'a str, &'a Forecast)> {
    let names = shown.names.iter().map(String::as_str);
    let scenarios = names.zip(&comparison.scenarios);
    [("baseline", &comparison.baseline)]
        .into_iter()
        .chain(scenarios)
}

/// The comparison as JSON: every scenario, quantity and club, as probabilities in full precision.
pub fn json(tournament: &Tournament, comparison: &Comparison, shown: &Shown<'_>) -> String {
    let baseline = &comparison.baseline;
    let scenarios = named(comparison, shown).map(|(name, forecast)| ScenarioPart {
        name,
        what_if: forecast
            .what_if
            .as_ref()
            .map_or(&[], |what_if| &what_if.fixes),
        odds: rows(tournament, baseline, forecast, shown.quantities),
    });
    to_json(&Document {
        tournament: TournamentPart::of(tournament),
        as_of: baseline.as_of.key(tournament),
        method: baseline.method.word(),
        effort: Effort::of(baseline.method),
        model: ModelPart::of(&baseline.model),
        scenarios: scenarios.collect(),
    })
}

/// The comparison as tidy CSV: a row for each scenario, quantity and club.
pub fn csv(tournament: &Tournament, comparison: &Comparison, shown: &Shown<'_>) -> String {
    let scenarios = named(comparison, shown).map(|(name, forecast)| {
        let rows = rows(tournament, &comparison.baseline, forecast, shown.quantities);
        (name.to_owned(), rows)
    });
    rows_csv(scenarios)
}
