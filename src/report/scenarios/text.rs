//! Scenarios for people: a line a club, or all about one club.

use super::ScenarioReport;
use crate::odds::Chance;
use crate::report::fold::folded;
use crate::report::number::{open_percent, percent};
use crate::scenarios::{ClubScenario, MOST_MATCHES_TOLD, Status, statement_words};

/// Width of a percentage in a list.
const PERCENT_WIDTH: usize = 6;

/// What was assumed, above any scenario.
fn heading(report: &ScenarioReport<'_>, notes: &[String]) -> String {
    let tournament = report.tournament;
    let mut lines = vec![
        format!("{} {}", tournament.competition, tournament.edition),
        format!(
            "as of    {} ({} group matches known)",
            report.moment.words(tournament),
            tournament.known_matches().0
        ),
        format!("model    {}", report.model.words()),
        "method   exact; what is clinched or eliminated follows from the rules alone".to_owned(),
    ];
    lines.extend(notes.iter().map(|note| format!("note     {note}")));
    lines.join("\n") + "\n"
}

/// A line a club, group by group: points, what is certain, what suffices, and the odds.
pub fn overview(report: &ScenarioReport<'_>, notes: &[String], width: usize) -> String {
    let names = report
        .scenarios
        .iter()
        .map(|scenario| report.name(scenario.club));
    let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
    let name_width = longest.min(width.saturating_sub(58)).max(8);
    let mut text = heading(report, notes);
    for group in report
        .scenarios
        .chunk_by(|one, other| one.group == other.group)
    {
        let name = format!("Group {}", report.tournament.group(group[0].group).name);
        text.push_str(&format!(
            "\n{} points left     1st  what is settled\n",
            fitted(&name, name_width)
        ));
        for scenario in group {
            text.push_str(&format!(
                "{} {:>6} {:>4} {:>7}  {}\n",
                fitted(report.name(scenario.club), name_width),
                scenario.points,
                scenario.own_left,
                odds(scenario),
                settled(scenario),
            ));
        }
    }
    text
}

/// All about one club: how it stands, what suffices, and how likely each way is.
pub fn of_club(
    report: &ScenarioReport<'_>,
    scenario: &ClubScenario,
    notes: &[String],
    width: usize,
) -> String {
    let tournament = report.tournament;
    let group = &tournament.group(scenario.group).name;
    let mut text = heading(report, notes);
    text.push_str(&format!(
        "\n{} (group {group}): {}\n",
        report.name(scenario.club),
        settled(scenario)
    ));
    text.push_str(&format!("points   {}\n", count(scenario.points, "point")));
    let fixtures = tournament
        .fixtures_of(scenario.group)
        .filter(|(_, fixture)| fixture.result.is_none());
    for (_, fixture) in fixtures {
        let own = [fixture.home, fixture.away].contains(&scenario.club);
        text.push_str(&format!(
            "{}{} {} - {}, matchday {}\n",
            if own { "plays    " } else { "others   " },
            fixture.date,
            report.name(fixture.home),
            report.name(fixture.away),
            fixture.matchday,
        ));
    }
    if let (Some(points @ 1..), Some(chance)) =
        (scenario.magic_number, scenario.magic_number_probability)
    {
        text.push_str(&format!(
            "magic    {}, which it collects with {}\n",
            count(points, "point"),
            open_percent(chance)
        ));
    }
    text.push_str(&format!("first    {} in all\n", odds(scenario)));
    match &scenario.statements {
        Some(statements) if !statements.is_empty() => {
            text.push_str("\nEach of these suffices:\n");
            for statement in statements {
                let chance = open_percent(statement.probability);
                let words = statement_words(tournament, scenario.club, statement);
                let words = folded(&words, width.saturating_sub(PERCENT_WIDTH + 2));
                let indent = format!("\n{}", " ".repeat(PERCENT_WIDTH + 2));
                text.push_str(&format!("{chance:>PERCENT_WIDTH$}  {}\n", words.join(&indent)));
            }
        }
        Some(_) => {}
        None => text.push_str(&format!(
            "\nWhat suffices is told result by result once at most {MOST_MATCHES_TOLD} matches of the group are left.\n"
        )),
    }
    text
}

/// What is settled about a club, in words that end a line.
fn settled(scenario: &ClubScenario) -> String {
    let enough = match scenario.magic_number {
        Some(0) | None => None,
        Some(points) => Some(format!(
            "{} {}",
            count(points, "point"),
            if points == 1 { "suffices" } else { "suffice" }
        )),
    };
    match (scenario.status, scenario.in_own_hands, enough) {
        (Status::Clinched, ..) => "has won the group".to_owned(),
        (Status::Eliminated, ..) => "cannot win the group".to_owned(),
        (Status::Open, true, Some(enough)) => format!("in its own hands: {enough}"),
        (Status::Open, true, None) => "in its own hands, by enough goals".to_owned(),
        (Status::Open, false, _) if scenario.own_left == 0 => {
            "has to wait for the others".to_owned()
        }
        (Status::Open, false, _) => "needs help from others".to_owned(),
    }
}

/// The chance to win the group; 0% and 100% only where that is certain.
fn odds(scenario: &ClubScenario) -> String {
    match scenario.status {
        Status::Open => open_percent(scenario.probability),
        Status::Clinched => percent(Chance::settled(true)),
        Status::Eliminated => percent(Chance::settled(false)),
    }
}

fn count(number: impl Into<i64>, what: &str) -> String {
    let number = number.into();
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// A text in exactly so many columns, cut with an ellipsis where it is longer.
fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:<width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}
