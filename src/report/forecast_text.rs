//! The lines above a forecast for people: what was assumed, and how far the odds can be off.

use super::fold::hanging;
use super::number::{grouped, tolerance_points};
use crate::forecast::{Forecast, Headline, Method, ParameterIntervals, Way};
use crate::tournament::Tournament;
use crate::visible;

/// Width of the labels in front of what was assumed.
const LABEL_WIDTH: usize = 9;

/// The text before the table, in lines of at most `width` characters: what was assumed.
pub fn heading(
    tournament: &Tournament,
    forecast: &Forecast,
    notes: &[String],
    width: usize,
) -> String {
    let mut lines = vec![
        format!(
            "as of    {} ({} group matches and {} knockout legs known)",
            forecast.as_of.words(tournament),
            tournament.known_matches().0,
            tournament.known_matches().1
        ),
        format!("model    {}", forecast.model.words()),
        format!("method   {}", method_words(forecast.method)),
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
    let mut text = format!("{} {}\n", tournament.competition, tournament.edition);
    for line in lines {
        let line = visible::in_line(&line);
        let (label, words) = line.split_at(LABEL_WIDTH);
        text.push_str(&hanging(label, words, width));
        text.push('\n');
    }
    text
}

/// How the odds were obtained, such as `1,000,000 simulated tournaments, seed 1`.
pub fn method_words(method: Method) -> String {
    match method {
        Method::Simulated { runs, seed, way } => {
            let runs = grouped(runs);
            match way {
                None => format!("{runs} simulated tournaments, seed {seed}"),
                Some(way @ Way::MatchByMatch) => {
                    format!("{runs} simulated tournaments, {}, seed {seed}", way.words())
                }
                Some(way @ Way::Collapsed { .. }) => {
                    format!("{runs} runs with {}, seed {seed}", way.words())
                }
            }
        }
        Method::Exact { .. } => "exact, without random numbers".to_owned(),
    }
}

/// How far the odds can be off by arithmetic alone.
pub fn error_words(forecast: &Forecast) -> String {
    match forecast.method {
        Method::Simulated { way, .. } => {
            let error = forecast.standard_errors.largest() * 100.0;
            match way {
                Some(Way::Collapsed { lost_mass }) if forecast.parameters.is_none() => {
                    // A bound is rounded up.
                    let bound = (lost_mass * 1e5).ceil() / 1e3;
                    format!(
                        "largest standard error {error:.3} pp; places and seeds within {bound:.3} pp"
                    )
                }
                _ => format!("largest standard error {error:.3} percentage points"),
            }
        }
        Method::Exact {
            tolerance,
            lost_mass,
        } => format!(
            "at most about {} percentage points (probability left out: {lost_mass:.1e})",
            tolerance_points(tolerance)
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
