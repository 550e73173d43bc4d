//! A forecast as a table for people: what was assumed, then a row a club, the likeliest champion first.

use super::number::{Certainty, grouped, percent, percentage_points};
use super::terminal;
use crate::forecast::{Forecast, Headline, Method, ParameterIntervals, WhatIf};
use crate::ids::ClubId;
use crate::odds::Odds;
use crate::tournament::Tournament;
use std::cmp::Ordering;

/// How the table is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width to fill at most, in characters.
    pub width: usize,
    /// The clubs it shows, in this order.
    pub clubs: Vec<ClubId>,
    /// The columns of odds it shows, by the names of [`Layout::column_names`]; all of them if there are none here.
    pub columns: Vec<String>,
    /// Whether bars of the title odds fill what the columns leave of the width.
    pub bars: bool,
    /// Whether the odds have the colour of their probability.
    pub colours: bool,
}

impl Layout {
    /// Every club and column, without bars and colours: for pipes and files.
    pub fn plain(tournament: &Tournament, forecast: &Forecast, width: usize) -> Self {
        Self {
            width,
            clubs: in_order(tournament, forecast),
            columns: Vec::new(),
            bars: false,
            colours: false,
        }
    }

    /// The names of the columns of odds: `1st`, `seed`, the rounds by their short names, `title`.
    pub fn column_names(tournament: &Tournament) -> Vec<String> {
        let rounds = tournament
            .bracket
            .rounds
            .iter()
            .map(|round| round.short.clone());
        ["1st".to_owned(), "seed".to_owned()]
            .into_iter()
            .chain(rounds)
            .chain(["title".to_owned()])
            .collect()
    }

    fn shows(&self, name: &str) -> bool {
        self.columns.is_empty() || self.columns.iter().any(|column| column == name)
    }
}

/// A column of odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OddsColumn {
    /// Wins its group.
    First,
    /// The mean seed position.
    Seed,
    /// Plays in this round.
    Round(usize),
    /// Wins the cup.
    Title,
}

/// The columns of odds that are shown, with their titles.
fn odds_columns(tournament: &Tournament, layout: &Layout) -> Vec<(OddsColumn, String)> {
    let rounds = tournament.bracket.rounds.iter().enumerate();
    let rounds = rounds
        .filter(|(_, round)| layout.shows(&round.short))
        .map(|(index, round)| (OddsColumn::Round(index), short_title(&round.name)));
    let named = |column, name: &str| layout.shows(name).then(|| (column, name.to_owned()));
    named(OddsColumn::First, "1st")
        .into_iter()
        .chain(named(OddsColumn::Seed, "seed"))
        .chain(rounds)
        .chain(named(OddsColumn::Title, "title"))
        .collect()
}

/// Width of a column of percentages, the space before it included.
const PERCENT_WIDTH: usize = 7;
/// Width of the change column, its error included, and the space before it.
const CHANGE_WIDTH: usize = 14;
/// Width of the column of intervals, as wide as ` >99.9->99.9%`, and the space before it.
const INTERVAL_WIDTH: usize = 14;
/// Below this many characters a bar tells nothing, and above the other it only fills the screen.
const LEAST_BAR: usize = 8;
const MOST_BAR: usize = 40;

/// The text before the table: what was assumed. `took` is the time in words, such as `0.4 s`,
/// where it belongs into the text.
pub fn heading(
    tournament: &Tournament,
    forecast: &Forecast,
    notes: &[String],
    took: Option<&str>,
) -> String {
    let mut lines = vec![
        format!("{} {}", tournament.competition, tournament.edition),
        format!(
            "as of    {} ({} group matches and {} knockout legs known)",
            forecast.as_of.words(tournament),
            tournament.known_matches().0,
            tournament.known_matches().1
        ),
        format!(
            "model    {}, fitted to {} matches of {} editions",
            forecast.model.name, forecast.model.matches, forecast.model.editions
        ),
        format!(
            "method   {}{}",
            method_words(forecast.method),
            took.map(|took| format!(", {took}")).unwrap_or_default()
        ),
        format!(
            "error    {}{}",
            error_words(forecast),
            match (&forecast.parameters, forecast.method) {
                (Some(_), Method::Simulated { .. }) => ", Monte Carlo alone",
                _ => "",
            }
        ),
    ];
    if let Some(parameters) = &forecast.parameters {
        lines.push(format!("interval {}", interval_words(parameters)));
    }
    if let Some(what_if) = &forecast.what_if {
        lines.extend(what_if.fixes.iter().map(|fix| format!("what if  {fix}")));
    }
    lines.extend(notes.iter().map(|note| format!("note     {note}")));
    lines.join("\n") + "\n"
}

/// How the odds were obtained, such as `1,000,000 simulated tournaments, seed 1`.
pub fn method_words(method: Method) -> String {
    match method {
        Method::Simulated { runs, seed } => {
            format!("{} simulated tournaments, seed {seed}", grouped(runs))
        }
        Method::Exact { .. } => "exact, without random numbers".to_owned(),
    }
}

/// How far the odds can be off by arithmetic alone.
pub fn error_words(forecast: &Forecast) -> String {
    match forecast.method {
        Method::Simulated { .. } => format!(
            "largest standard error {:.3} percentage points",
            forecast.standard_errors.largest() * 100.0
        ),
        Method::Exact {
            tolerance,
            lost_mass,
        } => format!(
            "at most about {} percentage points (probability left out: {lost_mass:.1e})",
            tolerance * 100.0
        ),
    }
}

/// What the intervals are, and what the odds beside them stand for.
fn interval_words(parameters: &ParameterIntervals) -> String {
    let draws = grouped(parameters.draws);
    let odds = match parameters.headline {
        Headline::Mode => "the odds are those of the likeliest",
        Headline::Draws => "the odds are their average",
    };
    format!(
        "5-95% over {draws} draws of the model's parameters ({} runs each); {odds}",
        grouped(parameters.runs_per_draw)
    )
}

/// The table: a row for each club of the layout.
pub fn table(tournament: &Tournament, forecast: &Forecast, layout: &Layout) -> String {
    let odds_columns = odds_columns(tournament, layout);
    let change = forecast.what_if.as_ref();
    let shown = layout.shows("title");
    let intervals = forecast.parameters.as_ref().filter(|_| shown);
    let fixed = odds_columns.len() * PERCENT_WIDTH
        + intervals.map_or(0, |_| INTERVAL_WIDTH)
        + change.map_or(0, |_| CHANGE_WIDTH);
    let names = NameColumns::fit(tournament, layout.width.saturating_sub(fixed));
    let room = layout
        .width
        .saturating_sub(fixed + names.width() + 2)
        .min(MOST_BAR);
    let mut text = names.line("club", "association", "grp");
    for (_, title) in &odds_columns {
        text.push_str(&right(title, PERCENT_WIDTH));
    }
    if intervals.is_some() {
        text.push_str(&right("5-95%", INTERVAL_WIDTH));
    }
    if change.is_some() {
        text.push_str(&right("change, pp", CHANGE_WIDTH));
    }
    text.push('\n');
    let highest = forecast
        .odds
        .title
        .iter()
        .copied()
        .fold(f64::MIN_POSITIVE, f64::max);
    for id in &layout.clubs {
        text.push_str(&row(
            tournament,
            forecast,
            *id,
            &names,
            (&odds_columns, layout.colours),
        ));
        if let Some(parameters) = intervals {
            text.push_str(&interval_cell(parameters, *id));
        }
        if let Some(what_if) = change {
            text.push_str(&change_cell(what_if, *id));
        }
        if layout.bars && room >= LEAST_BAR {
            let title = forecast.odds.title[id.index()];
            let drawn =
                terminal::paint(&terminal::bar(title / highest, room), title, layout.colours);
            text.push_str(format!("  {drawn}").trim_end());
        }
        text.push('\n');
    }
    text
}

/// Clubs by title odds, ties broken by the rounds before, backwards.
pub fn in_order(tournament: &Tournament, forecast: &Forecast) -> Vec<ClubId> {
    let key = |id: &ClubId| -> Vec<f64> {
        let index = id.index();
        let rounds = forecast.odds.round[index].iter().rev().copied();
        [forecast.odds.title[index]]
            .into_iter()
            .chain(rounds)
            .collect()
    };
    let mut clubs: Vec<ClubId> = tournament.club_ids().collect();
    clubs.sort_by(|a, b| {
        let pairs = key(b).into_iter().zip(key(a));
        let differing = pairs
            .map(|(b, a)| b.total_cmp(&a))
            .find(|order| order.is_ne());
        differing.unwrap_or(Ordering::Equal)
    });
    clubs
}

fn row(
    tournament: &Tournament,
    forecast: &Forecast,
    id: ClubId,
    names: &NameColumns,
    (odds_columns, colours): (&[(OddsColumn, String)], bool),
) -> String {
    let club = tournament.club(id);
    let index = id.index();
    let odds = &forecast.odds;
    let group = &tournament.group(tournament.group_of(id)).name;
    let cell = |probability: f64, level: usize| {
        let sure = if forecast.settled[index][level] {
            Certainty::Certain
        } else {
            Certainty::Estimated
        };
        let text = right(&percent(probability, sure), PERCENT_WIDTH);
        terminal::paint(&text, probability, colours)
    };
    let mut text = names.line(&club.name, &club.association, group);
    for (column, _) in odds_columns {
        text.push_str(&match *column {
            OddsColumn::First => cell(odds.place[index][0], 0),
            OddsColumn::Seed => right(&expected_seed(&odds.seed[index]), PERCENT_WIDTH),
            OddsColumn::Round(round) => cell(odds.round[index][round], round),
            OddsColumn::Title => cell(odds.title[index], tournament.bracket.rounds.len()),
        });
    }
    text
}

/// The mean seed position over the runs in which the club is seeded at all, or a dash.
fn expected_seed(seeds: &[f64]) -> String {
    let seeded: f64 = seeds.iter().sum();
    if seeded <= 0.0 {
        return "-".to_owned();
    }
    let expected: f64 = seeds
        .iter()
        .enumerate()
        .map(|(index, p)| (index + 1) as f64 * p)
        .sum::<f64>()
        / seeded;
    format!("{expected:.1}")
}

/// The interval of the title odds, such as `9.1-52.3%`.
fn interval_cell(parameters: &ParameterIntervals, id: ClubId) -> String {
    let end = |odds: &Odds| percent(odds.title[id.index()], Certainty::Estimated);
    let (low, high) = (end(&parameters.low), end(&parameters.high));
    right(
        &format!("{}-{high}", low.trim_end_matches('%')),
        INTERVAL_WIDTH,
    )
}

fn change_cell(what_if: &WhatIf, id: ClubId) -> String {
    let change = what_if.change.title[id.index()];
    let error = what_if.change_standard_errors.title[id.index()];
    right(
        &format!("{} ±{:.2}", percentage_points(change), error * 100.0),
        CHANGE_WIDTH,
    )
}

/// The widths of the columns that hold words.
struct NameColumns {
    club: usize,
    association: usize,
    group: usize,
}

impl NameColumns {
    /// As wide as the longest words, or as the space allows: club names are cut last.
    fn fit(tournament: &Tournament, space: usize) -> Self {
        let longest = |lengths: &mut dyn Iterator<Item = usize>, title: usize| {
            lengths.max().unwrap_or(0).max(title)
        };
        let club = longest(
            &mut tournament
                .clubs
                .iter()
                .map(|club| club.name.chars().count()),
            4,
        );
        let association = longest(
            &mut tournament
                .clubs
                .iter()
                .map(|club| club.association.chars().count()),
            11,
        );
        let group = longest(
            &mut tournament
                .groups
                .iter()
                .map(|group| group.name.chars().count()),
            3,
        );
        let words = space.saturating_sub(group + 2);
        let club = club.min(words.saturating_sub(4)).max(8);
        let association = association.min(words.saturating_sub(club));
        Self {
            club,
            association,
            group,
        }
    }

    /// The width of [`NameColumns::line`].
    fn width(&self) -> usize {
        self.line("", "", "").chars().count()
    }

    fn line(&self, club: &str, association: &str, group: &str) -> String {
        let club = left(club, self.club);
        let group = right(group, self.group);
        if self.association < 8 {
            return format!("{club} {group}");
        }
        format!("{club} {} {group}", left(association, self.association))
    }
}

/// The column title of a round: `QF`, `SF`, `final`, or its name cut to fit.
fn short_title(name: &str) -> String {
    match name {
        "quarterfinal" => "QF".to_owned(),
        "semifinal" => "SF".to_owned(),
        other => cut(other, PERCENT_WIDTH - 1),
    }
}

fn right(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

fn left(text: &str, width: usize) -> String {
    format!("{:<width$}", cut(text, width))
}

/// A text cut to a width, with an ellipsis where something is missing.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
