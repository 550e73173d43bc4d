//! Scenarios side by side: forecasts under several what-ifs, all on the luck of one baseline.

use crate::conditions::Conditions;
use crate::exact::Unsupported;
use crate::forecast::{Effort, Forecast, Method, Progress, Request, exactly, simulated};

/// A what-if with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// What is taken for granted in it.
    pub conditions: Conditions,
}

/// Forecasts under several what-ifs, and the one they are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The forecast with nothing taken for granted.
    pub baseline: Forecast,
    /// The forecast of each scenario, in the order given: the same as [`simulated`] or [`exactly`] makes of it, with
    /// its change against the baseline. A scenario without conditions has none.
    pub scenarios: Vec<Forecast>,
}

/// Simulates the baseline and every scenario over the same random numbers: run `k` of each has the same luck, so that
/// a change is known better than either forecast. The conditions of the request are not used. A precision is asked of
/// all of them, and then all have as many runs as the one that needs most.
pub fn compare(
    request: &Request<'_>,
    scenarios: &[Scenario],
    progress: &dyn Progress,
) -> Comparison {
    let nothing = Conditions::default();
    let all = || {
        let conditions = scenarios.iter().map(|scenario| &scenario.conditions);
        [&nothing].into_iter().chain(conditions)
    };
    let whole = Whole {
        progress,
        forecasts: scenarios.len() as u64 + 1,
    };
    let play = |conditions, effort| simulated(&with(request, conditions, effort), &whole);
    let mut forecasts: Vec<Forecast> = all()
        .map(|conditions| play(conditions, request.effort))
        .collect();
    let most = forecasts.iter().map(runs).max().unwrap_or(0);
    for (forecast, conditions) in forecasts.iter_mut().zip(all()) {
        if runs(forecast) < most {
            *forecast = play(conditions, Effort::Runs(most));
        }
    }
    let scenarios = forecasts.split_off(1);
    Comparison {
        baseline: forecasts.remove(0),
        scenarios,
    }
}

/// The same without random numbers, each probability off by about `tolerance` at most.
///
/// # Errors
/// The first scenario of a kind that the exact solver does not cover, by its number, or `None` for the tournament
/// itself.
pub fn compare_exactly(
    request: &Request<'_>,
    scenarios: &[Scenario],
    tolerance: f64,
) -> Result<Comparison, (Option<usize>, Unsupported)> {
    let solve =
        |conditions: &Conditions| exactly(&with(request, conditions, request.effort), tolerance);
    let solved = scenarios
        .iter()
        .enumerate()
        .map(|(index, scenario)| solve(&scenario.conditions).map_err(|error| (Some(index), error)));
    let scenarios = solved.collect::<Result<_, _>>()?;
    Ok(Comparison {
        scenarios,
        baseline: solve(&Conditions::default()).map_err(|error| (None, error))?,
    })
}

/// Tells of several forecasts as of one.
struct Whole<'a> {
    progress: &'a dyn Progress,
    forecasts: u64,
}

impl Progress for Whole<'_> {
    fn expect(&self, runs: u64) {
        self.progress.expect(runs * self.forecasts);
    }

    fn done(&self, runs: u64) {
        self.progress.done(runs);
    }
}

/// The request with other conditions and effort.
fn with<'a>(request: &Request<'a>, conditions: &'a Conditions, effort: Effort) -> Request<'a> {
    Request {
        known: request.known,
        moment: request.moment,
        model: request.model,
        note: request.note.clone(),
        conditions,
        effort,
        seed: request.seed,
        threads: request.threads,
    }
}

/// The number of simulated tournaments.
fn runs(forecast: &Forecast) -> u64 {
    match forecast.method {
        Method::Simulated { runs, .. } => runs,
        Method::Exact { .. } => 0,
    }
}
