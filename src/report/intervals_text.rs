//! The interval of every probability over draws of the model's parameters, as text.

use super::number::percent;
use crate::forecast::{Forecast, ParameterIntervals};
use crate::ids::ClubId;
use crate::odds::{Chance, Odds};
use crate::tournament::Tournament;

/// The width of a cell: a space before `<0.1->99.9%`.
const CELL: usize = 12;

/// The width of club names, so that four cells more make 72 columns.
const NAME: usize = 24;

/// A line for each of some clubs: the intervals of playing in each round and of winning the cup. Empty for a forecast
/// without draws.
pub fn table(tournament: &Tournament, forecast: &Forecast, clubs: &[ClubId]) -> String {
    let Some(parameters) = &forecast.parameters else {
        return String::new();
    };
    let rounds = &tournament.bracket.rounds;
    let shorts = rounds.iter().map(|round| round.short.as_str());
    let titles = shorts
        .chain(["title"])
        .map(|title| format!("{title:>CELL$}"));
    let titles = titles.collect::<Vec<_>>().concat();
    let mut text = format!("\n{}\n{:<NAME$}{titles}\n", heading(parameters), "club");
    for club in clubs {
        let name: String = tournament.club(*club).name.chars().take(NAME).collect();
        let cells = (0..rounds.len())
            .map(|round| cell(forecast, parameters, |odds| odds.round[club.index()][round]));
        let title = cell(forecast, parameters, |odds| odds.title[club.index()]);
        let cells: String = cells.chain([title]).collect();
        text += &format!("{name:<NAME$}{cells}\n");
    }
    text
}

/// One club: a line for each place, seed and round, and for the cup. Empty for a forecast without draws.
pub fn club(tournament: &Tournament, forecast: &Forecast, club: ClubId) -> String {
    let Some(parameters) = &forecast.parameters else {
        return String::new();
    };
    let index = club.index();
    let line = |name: &str, of: &dyn Fn(&Odds) -> f64| {
        format!("  {name:<14}{}\n", cell(forecast, parameters, of))
    };
    let mut text = format!("\n{}\n", heading(parameters));
    for place in 0..parameters.low.place[index].len() {
        text += &line(&format!("place {}", place + 1), &|odds| {
            odds.place[index][place]
        });
    }
    for seed in 0..parameters.low.seed[index].len() {
        text += &line(&format!("seed {}", seed + 1), &|odds| {
            odds.seed[index][seed]
        });
    }
    for (round, about) in tournament.bracket.rounds.iter().enumerate() {
        text += &line(&about.name, &|odds| odds.round[index][round]);
    }
    text + &line("wins the cup", &|odds| odds.title[index])
}

fn heading(parameters: &ParameterIntervals) -> String {
    format!(
        "5-95% of each probability, over {} draws of the model's parameters",
        parameters.draws
    )
}

/// The interval of a probability, such as `9.1-52.3%`; one number where both ends read alike.
pub(super) fn interval(
    forecast: &Forecast,
    parameters: &ParameterIntervals,
    of: impl Fn(&Odds) -> f64,
) -> String {
    let settled = Some(forecast.chance(&of)).filter(|chance| chance.is_settled());
    let [low, high] = [&parameters.low, &parameters.high].map(|end| {
        let share = Chance::of_share(of(end), parameters.runs_per_draw);
        percent(settled.unwrap_or(share))
    });
    if low == high {
        return high;
    }
    format!("{}-{high}", low.trim_end_matches('%'))
}

/// An interval, right-aligned.
fn cell(forecast: &Forecast, parameters: &ParameterIntervals, of: impl Fn(&Odds) -> f64) -> String {
    format!("{:>CELL$}", interval(forecast, parameters, of))
}
