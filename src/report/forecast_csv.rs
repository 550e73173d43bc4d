//! A forecast as CSV: a row a club in file order, a column a probability, then its standard errors.

use super::number::figure;
use super::rows::Rows;
use crate::forecast::{BeforeDraw, Forecast};
use crate::ids::ClubId;
use crate::odds::Odds;
use crate::tournament::Tournament;

/// The forecast as CSV with a header row. With fixed results, columns `change_*` and `change_se_*` follow;
/// with intervals over the model's parameters, columns `low_*` and `high_*` (5% and 95%).
pub fn render(tournament: &Tournament, forecast: &Forecast) -> String {
    let mut parts: Vec<(&str, &Odds)> =
        vec![("", &forecast.odds), ("se_", &forecast.standard_errors)];
    if let Some(what_if) = &forecast.what_if {
        parts.push(("change_", &what_if.change));
        parts.push(("change_se_", &what_if.change_standard_errors));
    }
    if let Some(parameters) = &forecast.parameters {
        parts.push(("low_", &parameters.low));
        parts.push(("high_", &parameters.high));
    }
    let group = |id| tournament.group(tournament.group_of(id)).name.clone();
    table(tournament, &parts, group)
}

/// The forecast from before the draw as CSV: no group, and columns `real_draw_*`, `real_draw_se_*`, `luck_*` and
/// `luck_se_*` for the odds given the real draw (where there is one) and their difference.
pub fn render_before_draw(tournament: &Tournament, before: &BeforeDraw) -> String {
    let forecast = &before.forecast;
    let mut parts = vec![("", &forecast.odds), ("se_", &forecast.standard_errors)];
    if let Some(real) = &before.real {
        parts.push(("real_draw_", &real.odds));
        parts.push(("real_draw_se_", &real.standard_errors));
        parts.push(("luck_", &real.luck));
        parts.push(("luck_se_", &real.luck_standard_errors));
    }
    table(tournament, &parts, |_| String::new())
}

/// A row a club: its facts, then the numbers of each part.
fn table(
    tournament: &Tournament,
    parts: &[(&str, &Odds)],
    group: impl Fn(ClubId) -> String,
) -> String {
    let facts = ["code", "name", "association", "group", "pot", "best_finish"];
    let columns = parts.iter().flat_map(|(prefix, odds)| {
        column_names(tournament, odds)
            .into_iter()
            .map(move |name| format!("{prefix}{name}"))
    });
    let header = facts.iter().map(ToString::to_string).chain(columns);
    let mut rows = Rows::new(header);
    for id in tournament.club_ids() {
        let club = tournament.club(id);
        let facts = [
            club.code.clone(),
            club.name.clone(),
            club.association.clone(),
            group(id),
            club.pot.clone().unwrap_or_default(),
            club.best_finish.to_string(),
        ];
        let numbers = parts.iter().flat_map(|(_, odds)| row(odds, id.index()));
        rows.push(facts.into_iter().chain(numbers.map(figure)));
    }
    rows.finish()
}

fn column_names(tournament: &Tournament, odds: &Odds) -> Vec<String> {
    let places = odds.place.iter().map(Vec::len).max().unwrap_or(0);
    let seeds = odds.seed.iter().map(Vec::len).max().unwrap_or(0);
    let rounds = tournament
        .bracket
        .rounds
        .iter()
        .map(|round| round.name.replace(' ', "_"));
    (1..=places)
        .map(|place| format!("group_place_{place}"))
        .chain((1..=seeds).map(|seed| format!("seed_{seed}")))
        .chain(rounds)
        .chain(["title".to_owned()])
        .collect()
}

fn row(odds: &Odds, club: usize) -> Vec<f64> {
    [&odds.place[club], &odds.seed[club], &odds.round[club]]
        .into_iter()
        .flatten()
        .copied()
        .chain([odds.title[club]])
        .collect()
}
