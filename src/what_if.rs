//! Scenarios side by side: forecasts under several what-ifs, all on the luck of one baseline.

mod cups;

pub use cups::{Beside, CupComparison, Shift, compare_cups};

use crate::conditions::Conditions;
use crate::exact::Unsupported;
use crate::forecast::{Effort, Forecast, Progress, Request, exactly, simulated};

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

/// Runs of the first look when a precision is asked for, from which the rest is planned.
const FIRST_LOOK: u64 = 1 << 16;

/// Simulates the baseline and every scenario match by match over the same random numbers: run `k` of each has the same
/// luck, so that a change is known better than either forecast. The conditions of the request are not used. A precision
/// is asked of all odds and changes, and all forecasts have as many runs as the one that needs most.
pub fn compare(
    request: &Request<'_>,
    scenarios: &[Scenario],
    progress: &dyn Progress,
) -> Comparison {
    let precision = match request.effort {
        Effort::Runs(runs) => return play(request, scenarios, runs, progress),
        Effort::Precision(precision) => precision,
    };
    let mut runs = FIRST_LOOK;
    loop {
        let comparison = play(request, scenarios, runs, progress);
        let error = comparison.largest_error();
        if error < precision {
            return comparison;
        }
        // Errors fall with the square root of the runs; a little more than that spares a third look.
        let needed = runs as f64 * (error / precision).powi(2) * 1.02;
        runs = (needed as u64).max(runs + FIRST_LOOK);
    }
}

/// All forecasts with so many runs.
fn play(
    request: &Request<'_>,
    scenarios: &[Scenario],
    runs: u64,
    progress: &dyn Progress,
) -> Comparison {
    let whole = Whole {
        progress,
        forecasts: scenarios.len() as u64 + 1,
    };
    let play =
        |conditions: &Conditions| simulated(&with(request, conditions, Effort::Runs(runs)), &whole);
    let scenarios = scenarios.iter();
    Comparison {
        baseline: play(&Conditions::default()),
        scenarios: scenarios
            .map(|scenario| play(&scenario.conditions))
            .collect(),
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

impl Comparison {
    /// The largest standard error of all odds and changes.
    fn largest_error(&self) -> f64 {
        let changes = self.scenarios.iter().filter_map(|one| one.what_if.as_ref());
        let changes = changes.map(|what_if| what_if.change_standard_errors.largest());
        let all = self.scenarios.iter().chain([&self.baseline]);
        let odds = all.map(|forecast| forecast.standard_errors.largest());
        changes.chain(odds).fold(0.0, f64::max)
    }
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
