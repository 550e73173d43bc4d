//! What it takes to come among the first of a table, for people and programs.

use super::document::{FORMAT, TournamentForm, program, tournament};
use crate::cup::Cup;
use crate::ids::UnitId;
use crate::odds::Chance;
use crate::report::fold::hanging;
use crate::report::number::{open_percent, percent};
use crate::report::rows::Rows;
use crate::report::scenarios::status_word;
use crate::scenarios::Status;
use crate::scenarios::cup::{CupNames, CutScenarios, TableScenario, Told};
use crate::scenarios::{Statement, statement_words};
use crate::state::State;
use serde::Serialize;
use std::fmt::Write;

/// Scenarios with everything needed to judge and repeat them.
#[derive(Debug, Clone, Copy)]
pub struct CupScenarios<'a> {
    /// The cup as of the moment.
    pub cup: &'a Cup,
    /// How it stands.
    pub state: &'a State,
    /// The moment as the command line calls it, and in words.
    pub as_of: [&'a str; 2],
    /// Which goal model gave the probabilities.
    pub model: &'a str,
    /// The tables that were asked for, each with the numbers of places that matter.
    pub tables: &'a [CutScenarios],
    /// Whether one club was asked for.
    pub one_club: bool,
    /// Remarks.
    pub notes: &'a [String],
}

impl CupScenarios<'_> {
    fn names(&self, unit: UnitId) -> CupNames<'_> {
        CupNames {
            cup: self.cup,
            state: self.state,
            unit,
        }
    }

    fn words(&self, unit: UnitId, scenario: &TableScenario, statement: &Statement) -> String {
        statement_words(&self.names(unit), scenario.club, statement)
    }

    /// All that suffices in one sentence; nothing where nothing is told.
    fn answer(&self, unit: UnitId, scenario: &TableScenario) -> Option<String> {
        let statements = match &scenario.told {
            Told::ByGoals(statements) => statements,
            Told::ByResults { suffices, .. } => suffices,
            Told::ByPoints => return None,
        };
        let words = statements
            .iter()
            .map(|statement| self.words(unit, scenario, statement));
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(", or "))
    }
}

/// Width of a percentage in a list.
const PERCENT_WIDTH: usize = 6;

/// The scenarios as text.
pub fn text(report: &CupScenarios<'_>, width: usize) -> String {
    let cup = report.cup;
    let mut out = format!("{} {}\n", cup.competition(), cup.edition());
    let _ = writeln!(out, "as of    {}", report.as_of[1]);
    let _ = writeln!(out, "{}", hanging("model    ", report.model, width));
    out += "method   results and rules; the model only says how likely it is\n";
    for note in report.notes {
        let _ = writeln!(out, "{}", hanging("note     ", note, width));
    }
    for part in report.tables {
        out += &if report.one_club {
            part.clubs
                .iter()
                .map(|club| of_club(report, part, club, width))
                .collect()
        } else {
            overview(report, part, width)
        };
    }
    out
}

/// A line a club.
fn overview(report: &CupScenarios<'_>, part: &CutScenarios, width: usize) -> String {
    let cup = report.cup;
    let unit = cup.format().unit(part.unit);
    let names = part
        .clubs
        .iter()
        .map(|one| cup.club(one.club).name.chars().count());
    let name_width = names
        .max()
        .unwrap_or(0)
        .clamp(8, width.saturating_sub(58).max(8));
    let mut out = format!("\n{}: {}\n", capital(&unit.name), meaning(part));
    let _ = writeln!(
        out,
        "{} points left  chance  what is settled",
        " ".repeat(name_width)
    );
    for one in &part.clubs {
        let _ = writeln!(
            out,
            "{} {:>6} {:>4} {:>7}  {}",
            super::forecast::pad(&cup.club(one.club).name, name_width),
            one.points,
            one.own_left,
            odds(one),
            settled(one, part.cut.places),
        );
    }
    out
}

/// All about one club.
fn of_club(
    report: &CupScenarios<'_>,
    part: &CutScenarios,
    one: &TableScenario,
    width: usize,
) -> String {
    let cup = report.cup;
    let unit = cup.format().unit(part.unit);
    let name = &cup.club(one.club).name;
    let mut out = format!(
        "\n{}\n",
        hanging(
            "",
            &format!(
                "{name} ({}), {}: {}",
                unit.name,
                meaning(part),
                settled(one, part.cut.places)
            ),
            width
        )
    );
    let _ = writeln!(
        out,
        "points   {}, {} to play ({} in all)",
        one.points, one.own_left, part.left
    );
    if one.status == Status::Open {
        let _ = writeln!(out, "{}", hanging("needs    ", &points_needed(one), width));
    }
    if one.probability.is_some() {
        let _ = writeln!(out, "chance   {}", odds(one).trim());
    }
    out += &told(report, part, one, width);
    out
}

/// What must happen, as sentences.
fn told(
    report: &CupScenarios<'_>,
    part: &CutScenarios,
    one: &TableScenario,
    width: usize,
) -> String {
    let list = |title: &str, statements: &[Statement]| {
        if statements.is_empty() {
            return String::new();
        }
        let lines = statements.iter().map(|statement| {
            let words = report.words(part.unit, one, statement);
            let chance = open_percent(statement.probability);
            hanging(&format!("{chance:>PERCENT_WIDTH$}  "), &words, width) + "\n"
        });
        format!("\n{title}\n{}", lines.collect::<String>())
    };
    match &one.told {
        Told::ByPoints if one.status != Status::Open => String::new(),
        Told::ByPoints => {
            "\nWhat suffices is told result by result once fewer matches of the table are left.\n"
                .to_owned()
        }
        Told::ByGoals(statements) => list("Each of these suffices:", statements),
        Told::ByResults {
            suffices,
            rules_out,
        } => {
            list("Each of these suffices (they may overlap):", suffices)
                + &list("Each of these rules it out:", rules_out)
                + "\nAnything else depends on goals, or takes more matches to tell.\n"
        }
    }
}

/// The number of places and what they are worth.
fn meaning(part: &CutScenarios) -> String {
    let which = match part.cut.places {
        1 => "first place".to_owned(),
        places => format!("among the first {places}"),
    };
    let perhaps = part.cut.perhaps.iter().map(|words| format!("; {words}"));
    format!(
        "{which} ({}{})",
        part.cut.words,
        perhaps.collect::<String>()
    )
}

/// The points that suffice and those that are needed.
fn points_needed(one: &TableScenario) -> String {
    let least = match one.needed {
        Some(0) | None => "possible without a point more".to_owned(),
        Some(points) => format!("at least {}", count(points)),
    };
    match one.enough {
        Some(points) => format!("{least}; certain with {}", count(points)),
        None => format!("{least}; no number of points is enough by itself"),
    }
}

/// What is settled about a club, in words that end a line.
fn settled(one: &TableScenario, places: usize) -> String {
    let through = match places {
        1 => "is first".to_owned(),
        _ => "is through".to_owned(),
    };
    match (one.status, one.in_own_hands, one.enough) {
        (Status::Clinched, ..) => through,
        (Status::Eliminated, ..) => "cannot any more".to_owned(),
        (Status::Open, true, Some(points)) => {
            let suffice = if points == 1 { "suffices" } else { "suffice" };
            format!("in its own hands: {} {suffice}", count(points))
        }
        (Status::Open, true, None) => "in its own hands, by enough goals".to_owned(),
        (Status::Open, false, _) if one.own_left == 0 => "has to wait for the others".to_owned(),
        (Status::Open, false, _) => "needs help from others".to_owned(),
    }
}

fn odds(one: &TableScenario) -> String {
    match (one.status, one.probability) {
        (Status::Clinched, _) => percent(Chance::settled(true)),
        (Status::Eliminated, _) => percent(Chance::settled(false)),
        (Status::Open, Some(chance)) => open_percent(chance),
        (Status::Open, None) => "-".to_owned(),
    }
}

fn count(points: u32) -> String {
    format!("{points} point{}", if points == 1 { "" } else { "s" })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The scenarios of cups as JSON.
#[derive(Debug, Serialize)]
pub struct ScenariosDocument {
    format: u32,
    program: String,
    tournament: TournamentForm,
    as_of: String,
    method: &'static str,
    model: String,
    tables: Vec<TableForm>,
}

#[derive(Debug, Serialize)]
struct TableForm {
    stage: String,
    unit: String,
    name: String,
    /// How many places are meant.
    places: usize,
    /// What they are worth.
    words: String,
    /// What the next place may lead to, depending on other tables; null if nothing.
    perhaps: Option<String>,
    matches_left: usize,
    clubs: Vec<ClubForm>,
}

#[derive(Debug, Serialize)]
struct ClubForm {
    code: String,
    name: String,
    points: i32,
    matches_left: usize,
    status: &'static str,
    in_own_hands: bool,
    /// Points from here on that suffice; null if no number of points does.
    points_enough: Option<u32>,
    /// Points without which it cannot be; null if it cannot be at all.
    points_needed: Option<u32>,
    /// Null while too many matches are left for every scoreline to be gone through.
    probability: Option<f64>,
    /// All that suffices in one sentence; null if there is nothing to say, or too much.
    suffices: Option<String>,
    /// Whether the statements leave nothing out and exclude each other; else they may overlap and leave out what depends on goals.
    complete: bool,
    statements: Vec<StatementForm>,
    rules_out: Vec<StatementForm>,
}

#[derive(Debug, Serialize)]
struct StatementForm {
    words: String,
    /// Among how many clubs something outside the goals then decides; null if nothing does.
    lots: Option<u32>,
    probability: f64,
}

/// The JSON of scenarios.
pub fn document(report: &CupScenarios<'_>) -> ScenariosDocument {
    let cup = report.cup;
    let format = cup.format();
    let tables = report.tables.iter().map(|part| {
        let unit = format.unit(part.unit);
        TableForm {
            stage: format.stage(unit.stage).key.clone(),
            unit: unit.key.clone(),
            name: unit.name.clone(),
            places: part.cut.places,
            words: part.cut.words.clone(),
            perhaps: part.cut.perhaps.clone(),
            matches_left: part.left,
            clubs: part
                .clubs
                .iter()
                .map(|one| club_form(report, part.unit, one))
                .collect(),
        }
    });
    ScenariosDocument {
        format: FORMAT,
        program: program(),
        tournament: tournament(cup),
        as_of: report.as_of[0].to_owned(),
        method: "exact",
        model: report.model.to_owned(),
        tables: tables.collect(),
    }
}

fn club_form(report: &CupScenarios<'_>, unit: UnitId, one: &TableScenario) -> ClubForm {
    let club = report.cup.club(one.club);
    let forms = |statements: &[Statement]| {
        let forms = statements.iter().map(|statement| StatementForm {
            words: report.words(unit, one, statement),
            lots: statement.lots,
            probability: statement.probability,
        });
        forms.collect()
    };
    let (statements, rules_out) = match &one.told {
        Told::ByPoints => (Vec::new(), Vec::new()),
        Told::ByGoals(statements) => (forms(statements), Vec::new()),
        Told::ByResults {
            suffices,
            rules_out,
        } => (forms(suffices), forms(rules_out)),
    };
    ClubForm {
        code: club.code.clone(),
        name: club.name.clone(),
        points: one.points,
        matches_left: one.own_left,
        status: status_word(one.status),
        in_own_hands: one.in_own_hands,
        points_enough: one.enough,
        points_needed: one.needed,
        probability: one.probability,
        suffices: report.answer(unit, one),
        complete: matches!(one.told, Told::ByGoals(_)),
        statements,
        rules_out,
    }
}

/// The scenarios as CSV: a row a statement, and a row with an empty statement for a club without any.
pub fn csv(report: &CupScenarios<'_>) -> String {
    let header = [
        "stage",
        "unit",
        "places",
        "code",
        "name",
        "points",
        "matches_left",
        "status",
        "in_own_hands",
        "points_enough",
        "points_needed",
        "probability",
        "kind",
        "statement",
        "statement_probability",
    ];
    let mut rows = Rows::new(header);
    let optional = |number: Option<String>| number.unwrap_or_default();
    for table in document(report).tables {
        for club in table.clubs {
            let about = [
                table.stage.clone(),
                table.unit.clone(),
                table.places.to_string(),
                club.code,
                club.name,
                club.points.to_string(),
                club.matches_left.to_string(),
                club.status.to_owned(),
                club.in_own_hands.to_string(),
                optional(club.points_enough.map(|points| points.to_string())),
                optional(club.points_needed.map(|points| points.to_string())),
                optional(club.probability.map(|chance| chance.to_string())),
            ];
            let of_kind = |kind: &'static str, statements: Vec<StatementForm>| {
                statements
                    .into_iter()
                    .map(move |one| [kind.to_owned(), one.words, one.probability.to_string()])
            };
            let mut told: Vec<[String; 3]> = of_kind("suffices", club.statements)
                .chain(of_kind("rules out", club.rules_out))
                .collect();
            if told.is_empty() {
                told.push([const { String::new() }; 3]);
            }
            for row in told {
                rows.push(about.iter().cloned().chain(row));
            }
        }
    }
    rows.finish()
}
