//! Scenarios for programs: JSON in full, and CSV with a row a statement.

use super::{ScenarioReport, status_word};
use crate::report::about::to_json;
use crate::report::rows::Rows;
use crate::scenarios::{ClubScenario, answer, statement_words};
use serde::Serialize;

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    as_of: String,
    method: &'static str,
    model: &'a str,
    clubs: Vec<ClubPart<'a>>,
}

#[derive(Serialize)]
struct ClubPart<'a> {
    code: &'a str,
    name: &'a str,
    group: &'a str,
    points: i32,
    matches_left: u32,
    group_matches_left: u32,
    status: &'static str,
    in_own_hands: bool,
    /// Points that suffice; null if none do.
    magic_number: Option<u32>,
    /// The chance to collect them; null if there is no such number.
    magic_number_probability: Option<f64>,
    group_place_1: f64,
    /// All statements in one sentence; null if there are none.
    suffices: Option<String>,
    /// Null while too many matches are left for short statements.
    statements: Option<Vec<StatementPart>>,
}

#[derive(Serialize)]
struct StatementPart {
    words: String,
    /// Among how many clubs lots then decide; null if they do not.
    lots: Option<u32>,
    probability: f64,
}

fn club_part<'a>(report: &'a ScenarioReport<'_>, scenario: &ClubScenario) -> ClubPart<'a> {
    let tournament = report.tournament;
    let club = tournament.club(scenario.club);
    let statements = scenario.statements.as_ref().map(|statements| {
        let parts = statements.iter().map(|statement| StatementPart {
            words: statement_words(tournament, scenario.club, statement),
            lots: statement.lots,
            probability: statement.probability,
        });
        parts.collect()
    });
    ClubPart {
        code: &club.code,
        name: &club.name,
        group: &tournament.group(scenario.group).name,
        points: scenario.points,
        matches_left: scenario.own_left,
        group_matches_left: scenario.group_left,
        status: status_word(scenario.status),
        in_own_hands: scenario.in_own_hands,
        magic_number: scenario.magic_number,
        magic_number_probability: scenario.magic_number_probability,
        group_place_1: scenario.probability,
        suffices: answer(tournament, scenario),
        statements,
    }
}

/// The scenarios as a JSON document that ends in a newline.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(report: &ScenarioReport<'_>) -> String {
    let clubs = report.scenarios.iter();
    let document = Document {
        tournament: &report.tournament.id,
        as_of: report.moment.key(report.tournament),
        method: "exact",
        model: &report.model.name,
        clubs: clubs.map(|scenario| club_part(report, scenario)).collect(),
    };
    to_json(&document)
}

/// The scenarios as CSV: a row a statement, and a row with an empty statement for a club without any. The
/// columns about the club are the same in all its rows.
pub fn csv(report: &ScenarioReport<'_>) -> String {
    let header = [
        "code",
        "name",
        "group",
        "points",
        "matches_left",
        "status",
        "in_own_hands",
        "magic_number",
        "magic_number_probability",
        "group_place_1",
        "statement",
        "probability",
    ];
    let mut table = Rows::new(header);
    for scenario in report.scenarios {
        let club = club_part(report, scenario);
        let about = [
            club.code.to_owned(),
            club.name.to_owned(),
            club.group.to_owned(),
            club.points.to_string(),
            club.matches_left.to_string(),
            club.status.to_owned(),
            club.in_own_hands.to_string(),
            club.magic_number
                .map(|points| points.to_string())
                .unwrap_or_default(),
            club.magic_number_probability
                .map(|chance| chance.to_string())
                .unwrap_or_default(),
            club.group_place_1.to_string(),
        ];
        let told = club.statements.unwrap_or_default();
        let mut rows: Vec<[String; 2]> = told
            .into_iter()
            .map(|statement| [statement.words, statement.probability.to_string()])
            .collect();
        if rows.is_empty() {
            rows.push([String::new(), String::new()]);
        }
        for row in rows {
            let record = about.iter().cloned().chain(row);
            table.push(record);
        }
    }
    table.finish()
}
