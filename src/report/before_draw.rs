//! The forecast from before the draw for people: the odds, and how lucky each club's real draw was.

use super::about::fit;
use super::forecast_text::{error_words, in_order};
use super::number::{Certainty, grouped, percent, percentage_points};
use crate::draw::DrawnBy;
use crate::forecast::{BeforeDraw, Method};
use crate::ids::ClubId;
use crate::tournament::Tournament;
use std::fmt::Write;

/// The width of the columns of pot, odds and luck.
const NUMBERS_WIDTH: usize = 50;

/// How the table is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The width to fill at most, in characters.
    pub width: usize,
    /// How many clubs at most.
    pub most: usize,
    /// How long it took, in words, where that belongs into the text.
    pub took: Option<&'a str>,
}

/// What was assumed, then a row a club, the likeliest champion first.
pub fn text(tournament: &Tournament, before: &BeforeDraw, shown: Shown<'_>) -> String {
    let mut text = heading(tournament, before, shown.took) + "\n";
    let longest = tournament
        .clubs
        .iter()
        .map(|club| club.name.chars().count());
    let names = longest.max().unwrap_or(0).max(8);
    let names = names.min(shown.width.saturating_sub(NUMBERS_WIDTH)).max(8);
    text.push_str(&format!(
        "{} {:<3}{:>7}{:>13}{:>7}{:>6}{:>13}\n",
        fit("club", names),
        "pot",
        "1st",
        "luck, pp",
        "final",
        "title",
        "luck, pp"
    ));
    let clubs = in_order(tournament, &before.forecast);
    for club in clubs.into_iter().take(shown.most) {
        text.push_str(&row(tournament, before, club, names));
    }
    text.push_str(FOOTER);
    text
}

/// What the columns mean.
const FOOTER: &str = "
luck  the odds given the real draw minus those before it;
      ~ is within two standard errors of zero
";

/// The lines above the table.
fn heading(tournament: &Tournament, before: &BeforeDraw, took: Option<&str>) -> String {
    let forecast = &before.forecast;
    let seed = match forecast.method {
        Method::Simulated { seed, .. } => format!(", seed {seed}"),
        Method::Exact { .. } => String::new(),
    };
    let took = took.map(|took| format!(", {took}")).unwrap_or_default();
    let by = match before.by {
        DrawnBy::Sequential => "pot by pot, each club to the first group without a dead end",
        DrawnBy::Uniform => "every valid draw equally likely",
    };
    let lines = [
        format!("{} {}", tournament.competition, tournament.edition),
        format!("as of    {}", forecast.as_of.words(tournament)),
        format!("draw     {}: {by}", before.by.word()),
        format!(
            "model    {}, fitted to {} matches of {} editions",
            forecast.model.name, forecast.model.matches, forecast.model.editions
        ),
        format!(
            "method   {} random draws, {} simulated tournaments each{seed}{took}",
            grouped(before.draws),
            before.runs_per_draw
        ),
        format!("error    {}, clustered by draw", error_words(forecast)),
    ];
    lines.join("\n") + "\n"
}

fn row(tournament: &Tournament, before: &BeforeDraw, id: ClubId, names: usize) -> String {
    let club = tournament.club(id);
    let odds = &before.forecast.odds;
    let index = id.index();
    let cell = |odds: f64| percent(odds, Certainty::Estimated);
    let real = &before.real;
    let mut line = format!(
        "{} {:<3}",
        fit(&club.name, names),
        club.pot.as_deref().unwrap_or("-")
    );
    let parts = [
        format!("{:>7}", cell(odds.place[index][0])),
        format!(
            "{:>13}",
            luck(
                real.luck.place[index][0],
                real.luck_standard_errors.place[index][0]
            )
        ),
        format!(
            "{:>7}",
            odds.round[index]
                .last()
                .map_or_else(String::new, |p| cell(*p))
        ),
        format!("{:>6}", cell(odds.title[index])),
        format!(
            "{:>13}",
            luck(
                real.luck.title[index],
                real.luck_standard_errors.title[index]
            )
        ),
    ];
    for part in parts {
        write!(line, "{part}").expect("memory can be written");
    }
    line + "\n"
}

/// A difference with its standard error; a tilde marks what may be chance.
fn luck(difference: f64, error: f64) -> String {
    let mark = if difference.abs() <= 2.0 * error {
        "~"
    } else {
        ""
    };
    format!(
        "{mark}{} ±{:.2}",
        percentage_points(difference),
        error * 100.0
    )
}
