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
    text.push_str("bars     the square root of the odds from 0 to 100%, so that small ones show\n");
    let keys: Vec<&str> = points.iter().map(|point| point.key.as_str()).collect();
    let moments = folded(&keys.join(" "), width.saturating_sub(9));
    text.push_str(&format!("moments  {}\n", moments.join("\n         ")));
    for quantity in quantities {
        text.push('\n');
        text.push_str(&chart(tournament, points, *quantity, width));
    }
    text
}

/// The chart of one quantity: the clubs by their highest odds.
fn chart(tournament: &Tournament, points: &[Point], quantity: Quantity, width: usize) -> String {
    let history = |club: ClubId| -> Vec<Chance> {
        let forecasts = points.iter().map(|point| &point.forecast);
        forecasts
            .map(|forecast| forecast.chance(|odds| quantity.of(odds, club)))
            .collect()
    };
    let peak = |values: &[Chance]| {
        let values = values.iter().map(|chance| chance.probability);
        values.fold(0.0, f64::max)
    };
    let mut clubs: Vec<(ClubId, Vec<Chance>)> = tournament
        .club_ids()
        .map(|club| (club, history(club)))
        .collect();
    clubs.sort_by(|(_, one), (_, other)| peak(other).total_cmp(&peak(one)));
    let (shown, hidden): (Vec<_>, Vec<_>) = clubs
        .into_iter()
        .partition(|(_, values)| peak(values) >= WORTH_A_LINE);
    let names = shown
        .iter()
        .map(|(club, _)| tournament.club(*club).name.chars().count());
    let keys = points.iter().map(|point| point.key.len());
    let space = width.saturating_sub(NUMBERS_WIDTH + keys.max().unwrap_or(0));
    // A bar is two characters wide where there is room, so that it is easier to see.
    let thick = if points.len() * 2 + 10 <= space { 2 } else { 1 };
    let bars_width = points.len() * thick;
    let words = quantity.words(tournament);
    let longest = names.chain([words.chars().count()]).max().unwrap_or(0);
    let name_width = longest.min(space.saturating_sub(bars_width)).max(8);
    let mut text = format!(
        "{} {:>6} {:bars_width$} {:>6} {:>6}\n",
        fitted(&words, name_width),
        points.first().map_or("", |point| point.key.as_str()),
        "",
        "end",
        "peak"
    );
    for (club, values) in &shown {
        // Of several highest moments the earliest is named, which is the last one met from behind.
        let from_behind = points.iter().zip(values).rev();
        let highest = from_behind
            .max_by(|(_, one), (_, other)| one.probability.total_cmp(&other.probability));
        let highest = highest.map(|(point, _)| point);
        text.push_str(&format!(
            "{} {:>6} {} {:>6} {:>6} {}\n",
            fitted(&tournament.club(*club).name, name_width),
            odds(points.first(), quantity, *club),
            bars(values, thick),
            odds(points.last(), quantity, *club),
            odds(highest, quantity, *club),
            highest.map_or("", |point| point.key.as_str()),
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
fn odds(point: Option<&Point>, quantity: Quantity, club: ClubId) -> String {
    let Some(Point { forecast, .. }) = point else {
        return String::new();
    };
    percent(forecast.chance(|odds| quantity.of(odds, club)))
}

/// A text in exactly so many columns, cut with an ellipsis where it is longer.
fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:<width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}
