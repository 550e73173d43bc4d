//! A forecast as a table for people: a row a club, the likeliest champion first, as much of it as the width allows.

use super::intervals_text::interval;
use super::number::{change, percent};
use super::terminal;
use crate::forecast::{Forecast, Method, ParameterIntervals, WhatIf};
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
    /// The columns of odds it shows, by the names of [`Layout::column_names`]; if there are none here, all of them, or
    /// those that a narrow table has room for.
    pub columns: Vec<String>,
    /// Whether the odds have the colour of their probability.
    pub colours: bool,
}

impl Layout {
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
enum Kind {
    /// Wins its group.
    First,
    /// The mean seed position.
    Seed,
    /// Plays in this round.
    Round(usize),
    /// Wins the cup.
    Title,
}

/// A column of odds with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OddsColumn {
    kind: Kind,
    title: String,
}

impl OddsColumn {
    fn width(&self) -> usize {
        match self.kind {
            Kind::Seed => SEED_WIDTH,
            _ => PERCENT_WIDTH,
        }
    }
}

/// Width of a column of percentages, the space before it included.
const PERCENT_WIDTH: usize = 7;
/// Width of the column of mean seeds, and the space before it.
const SEED_WIDTH: usize = 5;
/// Width of the column of standard errors of the title odds, such as `±0.05`, and the space before it.
const ERROR_WIDTH: usize = 6;
/// Width of the change column, its error included, and the space before it.
const CHANGE_WIDTH: usize = 14;
/// Width of the column of intervals, as wide as ` >99.9->99.9%`, and the space before it.
const INTERVAL_WIDTH: usize = 14;
/// Below this many characters a bar tells nothing, and above the other it only fills the screen.
const LEAST_BAR: usize = 8;
const MOST_BAR: usize = 40;
/// Columns are left out before the names of clubs get fewer characters than this.
const LEAST_CLUB: usize = 16;

/// What a table shows and how wide.
struct Plan<'a> {
    odds: Vec<OddsColumn>,
    /// Whether the title odds stand with their standard error.
    errors: bool,
    intervals: Option<&'a ParameterIntervals>,
    change: Option<&'a WhatIf>,
    names: NameColumns,
    /// The characters of the longest bar; none where there is no room for bars.
    bar: Option<usize>,
}

impl<'a> Plan<'a> {
    fn new(tournament: &Tournament, forecast: &'a Forecast, layout: &Layout) -> Self {
        let title = layout.shows("title");
        let intervals = forecast.parameters.as_ref().filter(|_| title);
        let change = forecast.what_if.as_ref();
        // Intervals and changes speak of uncertainty themselves.
        let errors = title
            && intervals.is_none()
            && change.is_none()
            && matches!(forecast.method, Method::Simulated { .. });
        let beside = usize::from(errors) * ERROR_WIDTH
            + intervals.map_or(0, |_| INTERVAL_WIDTH)
            + change.map_or(0, |_| CHANGE_WIDTH);
        let mut odds = odds_columns(tournament, layout);
        let needed =
            |odds: &[OddsColumn]| beside + odds.iter().map(OddsColumn::width).sum::<usize>();
        if layout.columns.is_empty() {
            let space = layout
                .width
                .saturating_sub(LEAST_CLUB + 1 + group_width(tournament));
            for least_telling in [Kind::Seed, Kind::First, Kind::Round(0), Kind::Round(1)] {
                if needed(&odds) > space {
                    odds.retain(|column| column.kind != least_telling);
                }
            }
        }
        let space = layout.width.saturating_sub(needed(&odds));
        // Bars are worth more than the ends of long words, but not a whole column.
        let beside_bars = NameColumns::fit(tournament, space.saturating_sub(LEAST_BAR + 2));
        let names = if beside_bars.association > 0 {
            beside_bars
        } else {
            NameColumns::fit(tournament, space)
        };
        let used = names.width() + needed(&odds) + 2;
        let room = layout.width.saturating_sub(used).min(MOST_BAR);
        Self {
            odds,
            errors,
            intervals,
            change,
            names,
            bar: (title && room >= LEAST_BAR).then_some(room),
        }
    }

    fn header(&self) -> String {
        let association = if self.names.association < 11 {
            "assoc."
        } else {
            "association"
        };
        let mut text = self.names.line("club", association, "gr");
        for column in &self.odds {
            text.push_str(&right(&column.title, column.width()));
        }
        if self.errors {
            text.push_str(&right("± se", ERROR_WIDTH));
        }
        if self.intervals.is_some() {
            text.push_str(&right("5-95%", INTERVAL_WIDTH));
        }
        if self.change.is_some() {
            text.push_str(&right("change, pp", CHANGE_WIDTH));
        }
        text
    }
}

/// The columns of odds that were asked for.
fn odds_columns(tournament: &Tournament, layout: &Layout) -> Vec<OddsColumn> {
    let rounds = tournament.bracket.rounds.iter().enumerate();
    let rounds = rounds
        .filter(|(_, round)| layout.shows(&round.short))
        .map(|(index, round)| (Kind::Round(index), short_title(&round.name)));
    let named = |kind, name: &str| layout.shows(name).then(|| (kind, name.to_owned()));
    named(Kind::First, "1st")
        .into_iter()
        .chain(named(Kind::Seed, "seed"))
        .chain(rounds)
        .chain(named(Kind::Title, "title"))
        .map(|(kind, title)| OddsColumn { kind, title })
        .collect()
}

/// The table: a row for each club of the layout.
pub fn table(tournament: &Tournament, forecast: &Forecast, layout: &Layout) -> String {
    let plan = Plan::new(tournament, forecast, layout);
    let highest = forecast.odds.title.iter().copied();
    let highest = highest.fold(f64::MIN_POSITIVE, f64::max);
    let mut text = plan.header() + "\n";
    for id in &layout.clubs {
        let mut line = row(tournament, forecast, *id, &plan, layout.colours);
        if let Some(room) = plan.bar {
            let title = forecast.odds.title[id.index()];
            let drawn = terminal::bar(title / highest, room);
            line.push_str("  ");
            line.push_str(&terminal::paint(&drawn, title, layout.colours));
        }
        text.push_str(line.trim_end());
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

/// A row without its bar.
fn row(
    tournament: &Tournament,
    forecast: &Forecast,
    id: ClubId,
    plan: &Plan<'_>,
    colours: bool,
) -> String {
    let club = tournament.club(id);
    let index = id.index();
    let group = &tournament.group(tournament.group_of(id)).name;
    let cell = |of: &dyn Fn(&Odds) -> f64| {
        let chance = forecast.chance(of);
        let text = right(&percent(chance), PERCENT_WIDTH);
        terminal::paint(&text, chance.probability, colours)
    };
    let mut text = plan.names.line(&club.name, &club.association, group);
    for column in &plan.odds {
        text.push_str(&match column.kind {
            Kind::First => cell(&|odds| odds.place[index][0]),
            Kind::Seed => right(&expected_seed(&forecast.odds.seed[index]), SEED_WIDTH),
            Kind::Round(round) => cell(&|odds| odds.round[index][round]),
            Kind::Title => cell(&|odds| odds.title[index]),
        });
    }
    if plan.errors {
        text.push_str(&error_cell(forecast.standard_errors.title[index]));
    }
    if let Some(parameters) = plan.intervals {
        text.push_str(&interval_cell(forecast, parameters, id));
    }
    if let Some(what_if) = plan.change {
        text.push_str(&change_cell(what_if, forecast.method, id));
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

/// A standard error in percentage points, such as `±0.05`, never rounded to nothing; blank where there is none.
fn error_cell(error: f64) -> String {
    let points = error * 100.0;
    let words = if points <= 0.0 {
        String::new()
    } else if points < 9.995 {
        format!("±{:.2}", points.max(0.01))
    } else {
        format!("±{points:.1}")
    };
    right(&words, ERROR_WIDTH)
}

/// The interval of the title odds, such as `9.1-52.3%`.
fn interval_cell(forecast: &Forecast, parameters: &ParameterIntervals, id: ClubId) -> String {
    let words = interval(forecast, parameters, |odds| odds.title[id.index()]);
    right(&words, INTERVAL_WIDTH)
}

fn change_cell(what_if: &WhatIf, method: Method, id: ClubId) -> String {
    let by = what_if.change.title[id.index()];
    let error = what_if.change_standard_errors.title[id.index()];
    right(&change(by, error, method), CHANGE_WIDTH)
}

/// The widths of the columns that hold words.
struct NameColumns {
    club: usize,
    /// 0 where there is no room for it.
    association: usize,
    group: usize,
}

/// Associations shorter than this are left out altogether; longer ones may be cut to it.
const LEAST_ASSOCIATION: usize = 10;
/// Names of clubs are cut to this many characters before the association goes.
const FAIR_CLUB: usize = 20;

fn group_width(tournament: &Tournament) -> usize {
    longest(tournament.groups.iter().map(|group| group.name.as_str())).max(2)
}

fn longest<'a>(words: impl Iterator<Item = &'a str>) -> usize {
    words.map(|word| word.chars().count()).max().unwrap_or(0)
}

impl NameColumns {
    /// As wide as the longest words, or as the space allows: associations are cut first, then clubs, then associations
    /// are left out.
    fn fit(tournament: &Tournament, space: usize) -> Self {
        let clubs = tournament.clubs.iter();
        let club = longest(clubs.clone().map(|club| club.name.as_str())).max(8);
        let association = longest(clubs.map(|club| club.association.as_str())).max(11);
        let group = group_width(tournament);
        let words = space.saturating_sub(group + 2);
        if words < club.min(FAIR_CLUB) + LEAST_ASSOCIATION {
            return Self {
                club: club.min(words + 1).max(8),
                association: 0,
                group,
            };
        }
        let club = club.min(words - LEAST_ASSOCIATION);
        Self {
            club,
            association: association.min(words - club),
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
        if self.association == 0 {
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

#[cfg(test)]
mod tests {
    use super::error_cell;

    #[test]
    fn no_error_reads_smaller_than_it_is() {
        let cases = [
            (0.0, "      "),
            (0.000_01, " ±0.01"),
            (0.000_512, " ±0.05"),
            (0.12, " ±12.0"),
        ];
        for (error, expected) in cases {
            assert_eq!(error_cell(error), expected, "{error}");
        }
    }
}
