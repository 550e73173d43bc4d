//! A timeline as a chart in text: a line a club, a bar a moment.

use crate::ids::ClubId;
use crate::odds::Chance;
use crate::report::fold::folded;
use crate::report::forecast_text::method_words;
use crate::report::number::{open_percent, percent};
use crate::timeline::{Point, Quantity};
use crate::tournament::Tournament;

/// Bars from the lowest to the highest.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A club whose odds never reach this gets no line.
const WORTH_A_LINE: f64 = 0.01;

/// The columns beside the bars and the name: start, end and peak with a space before each.
const NUMBERS_WIDTH: usize = 23;

/// The chart of each quantity in lines of at most `width` columns.
pub fn text(
    tournament: &Tournament,
    points: &[Point],
    quantities: &[Quantity],
    width: usize,
) -> String {
    let mut text = format!("{} {}\n", tournament.competition, tournament.edition);
    if let Some(point) = points.first() {
        text.push_str(&format!(
            "method   {}\nmodel    {}, fitted at each moment, blind to what came later\n",
            method_words(point.forecast.method),
            point.forecast.model.name
        ));
    }
    let keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    text.push_str(&scale(&keys, width));
    let names: Vec<&str> = tournament
        .clubs
        .iter()
        .map(|club| club.name.as_str())
        .collect();
    for quantity in quantities {
        let history = |club: ClubId| {
            let forecasts = points.iter().map(|point| &point.forecast);
            let chances = forecasts.map(|forecast| forecast.chance(|odds| quantity.of(odds, club)));
            chances.collect()
        };
        let followed = Followed {
            words: &quantity.words(tournament),
            keys: &keys,
            names: &names,
            values: tournament.club_ids().map(history).collect(),
        };
        text.push('\n');
        text.push_str(&chart(&followed, width));
    }
    text
}

/// What the bars mean, and which moments they stand for.
pub(in crate::report) fn scale(keys: &[&str], width: usize) -> String {
    let moments = folded(&keys.join(" "), width.saturating_sub(9));
    format!(
        "bars     the square root of the odds from 0 to 100%, so that small ones show\nmoments  {}\n",
        moments.join("\n         ")
    )
}

/// Odds that are followed over moments.
pub(in crate::report) struct Followed<'a> {
    /// Odds of what, such as `wins the title`.
    pub(in crate::report) words: &'a str,
    /// The short names of the moments.
    pub(in crate::report) keys: &'a [&'a str],
    /// The names of the clubs.
    pub(in crate::report) names: &'a [&'a str],
    /// By club: the chance at each moment.
    pub(in crate::report) values: Vec<Vec<Chance>>,
}

/// The chart of one quantity: the clubs by their highest odds.
pub(in crate::report) fn chart(followed: &Followed<'_>, width: usize) -> String {
    let peak = |values: &[Chance]| {
        let values = values.iter().map(|chance| chance.probability);
        values.fold(0.0, f64::max)
    };
    let mut clubs: Vec<(&str, &Vec<Chance>)> = followed
        .names
        .iter()
        .copied()
        .zip(&followed.values)
        .collect();
    clubs.sort_by(|(_, one), (_, other)| peak(other).total_cmp(&peak(one)));
    let (shown, hidden): (Vec<_>, Vec<_>) = clubs
        .into_iter()
        .partition(|(_, values)| peak(values) >= WORTH_A_LINE);
    let moments = followed.keys.len();
    let longest_key = followed.keys.iter().map(|key| key.len()).max();
    let space = width.saturating_sub(NUMBERS_WIDTH + longest_key.unwrap_or(0));
    // A bar is two characters wide where there is room, so that it is easier to see.
    let thick = if moments * 2 + 10 <= space { 2 } else { 1 };
    let bars_width = moments * thick;
    let names = shown.iter().map(|(name, _)| name.chars().count());
    let longest = names
        .chain([followed.words.chars().count()])
        .max()
        .unwrap_or(0);
    let name_width = longest.min(space.saturating_sub(bars_width)).max(8);
    let mut text = format!(
        "{} {:>6} {:bars_width$} {:>6} {:>6}\n",
        fitted(followed.words, name_width),
        followed.keys.first().copied().unwrap_or_default(),
        "",
        "end",
        "peak"
    );
    for (name, values) in &shown {
        // Of several highest moments the earliest is named, which is the last one met from behind.
        let from_behind = followed.keys.iter().zip(values.iter()).rev();
        let highest = from_behind
            .max_by(|(_, one), (_, other)| one.probability.total_cmp(&other.probability));
        text.push_str(&format!(
            "{} {:>6} {} {:>6} {:>6} {}\n",
            fitted(name, name_width),
            odds(values.first()),
            bars(values, thick),
            odds(values.last()),
            odds(highest.map(|(_, chance)| chance)),
            highest.map_or("", |(key, _)| key),
        ));
    }
    if !hidden.is_empty() {
        text.push_str(&format!(
            "and {} that never reached {}\n",
            hidden.len(),
            open_percent(WORTH_A_LINE)
        ));
    }
    text
}

/// A bar a moment; a dot where the odds are nil, as results and rules have it.
fn bars(values: &[Chance], thick: usize) -> String {
    let bar = |chance: &Chance| {
        let character = if *chance == Chance::settled(false) {
            '·'
        } else {
            let level = (chance.probability.sqrt() * BARS.len() as f64) as usize;
            BARS[level.min(BARS.len() - 1)]
        };
        std::iter::repeat_n(character, thick)
    };
    values.iter().flat_map(bar).collect()
}

/// The odds of a club at a moment; 0% and 100% only where that was settled then.
fn odds(chance: Option<&Chance>) -> String {
    chance.map_or_else(String::new, |chance| percent(*chance))
}

/// A text in exactly so many columns, cut with an ellipsis where it is longer.
fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:<width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}
