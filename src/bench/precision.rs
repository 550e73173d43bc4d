//! How long every way takes on one core until its answers are sure to 0.01 percentage points.

use super::measure::{DRAWN, EXPECTED, MATCH_BY_MATCH, PLAIN};
use super::{ExactCost, Speed, TimeToPrecision};
use crate::collapsed::{Estimator, Knockout, PORTION, Sampler};
use crate::odds::Odds;
use crate::play::Engine;
use crate::simulate::simulate;

/// The standard error that is asked for: 0.01 percentage points.
pub const PRECISION: f64 = 1e-4;

/// Runs from which the spread of one is told.
const RUNS: u64 = 16 * PORTION;

/// Every way from the start; `start` is the time to the exact group stage and its tables in seconds, on one core.
pub(super) fn time_to_precision(
    engine: &Engine,
    sampler: Option<&Sampler>,
    start: f64,
    speeds: &[Speed],
    exact: &[ExactCost],
) -> Vec<TimeToPrecision> {
    let of = |name: &str, way: &str, start: f64, odds: &Odds, errors: &Odds, runs: u64| {
        let speed = speeds.iter().find(|speed| speed.way == way);
        let nanoseconds = speed.map_or(f64::NAN, |speed| speed.nanoseconds);
        let needed = |error: f64| runs as f64 * (error / PRECISION).powi(2);
        let seconds = |runs: f64| start + runs * nanoseconds * 1e-9;
        let [title, table] = [favourite_error(odds, errors), table_error(errors)].map(needed);
        TimeToPrecision {
            way: name.to_owned(),
            title_runs: Some(title),
            title_seconds: seconds(title),
            table_runs: Some(table),
            table_seconds: seconds(table),
        }
    };
    let tally = simulate(engine, RUNS, 1, None, &|_| ());
    let (odds, errors) = (tally.odds(), tally.standard_errors());
    let mut list: Vec<TimeToPrecision> = [PLAIN, MATCH_BY_MATCH]
        .map(|way| of(way, way, 0.0, &odds, &errors, RUNS))
        .to_vec();
    for (way, knockout) in [(DRAWN, Knockout::Sampled), (EXPECTED, Knockout::Expected)] {
        let Some(sampler) = sampler else { continue };
        let strata = sampler.run(0..RUNS, 1, knockout, None);
        for (suffix, estimator) in [("", Estimator::Mean), (", strata", Estimator::Stratified)] {
            let found = sampler.estimate(&strata, estimator);
            let name = format!("{way}{suffix}");
            let (odds, errors) = (&found.odds, &found.standard_errors);
            list.push(of(&name, way, start, odds, errors, strata.runs()));
        }
    }
    // An error of 1e-5 at most is a tenth of what is asked for.
    list.extend(exact.first().map(|cost| TimeToPrecision {
        way: "exact, to 0.001pp".to_owned(),
        title_runs: None,
        title_seconds: cost.seconds,
        table_runs: None,
        table_seconds: cost.seconds,
    }));
    list
}

/// The standard error of the title odds of the favourite.
fn favourite_error(odds: &Odds, errors: &Odds) -> f64 {
    let pairs = odds.title.iter().zip(&errors.title);
    let favourite = pairs.max_by(|a, b| a.0.total_cmp(b.0));
    favourite.map_or(0.0, |(_, error)| *error)
}

/// The largest standard error of a probability in the table of a forecast: rounds and title.
fn table_error(errors: &Odds) -> f64 {
    let rounds = errors.round.iter().flatten().chain(&errors.title);
    rounds.copied().fold(0.0, f64::max)
}
