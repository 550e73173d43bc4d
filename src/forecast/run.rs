//! Makes a forecast: compiles the playbook, simulates as much as was asked for, and says what came out.

use super::precise::precise;
use super::{Forecast, Method, ModelNote, Way, WhatIf};
use crate::conditions::Conditions;
use crate::exact::group::GroupOutcome;
use crate::exact::{self, Unsupported};
use crate::goals::GoalModel;
use crate::odds::Odds;
use crate::play::Engine;
use crate::playbook::{Playbook, compile};
use crate::simulate::{Threads, simulate_paired, simulate_range};
use crate::tally::{PairedTally, Tally};
use crate::tournament::{Moment, Tournament};
use std::collections::BTreeMap;
use std::ops::Range;

/// Everything a forecast depends on.
pub struct Request<'a> {
    /// The tournament with the results known by the moment, and no later ones ([`Tournament::as_of`]).
    pub known: &'a Tournament,
    /// The moment.
    pub moment: Moment,
    /// Where the rates come from.
    pub model: &'a dyn GoalModel,
    /// The same in words.
    pub note: ModelNote,
    /// What is taken for granted on top of the known results.
    pub conditions: &'a Conditions,
    /// How much to simulate.
    pub effort: Effort,
    /// The seed of the random streams.
    pub seed: u64,
    /// How many threads; `None` for one a core. The forecast is the same for any number.
    pub threads: Threads,
}

/// How much to simulate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effort {
    /// This many tournaments.
    Runs(u64),
    /// As many as it takes until every standard error is below this probability.
    Precision(f64),
}

impl Effort {
    /// How many tournaments are simulated where every figure is a share of them, whose standard error is at most
    /// `0.5 / sqrt(runs)`.
    pub fn runs_for_shares(self) -> u64 {
        match self {
            Self::Runs(runs) => runs,
            Self::Precision(precision) => (0.25 / precision.powi(2)).ceil() as u64,
        }
    }

    /// What a forecast says that can only be simulated match by match: where a precision left the choice, that it took it.
    pub(super) fn match_by_match(self) -> Option<Way> {
        match self {
            Self::Runs(_) => None,
            Self::Precision(_) => Some(Way::MatchByMatch),
        }
    }
}

/// Is told how far a simulation has come; called from any thread.
pub trait Progress: Sync {
    /// How many runs there will be, as far as is known by now.
    fn expect(&self, runs: u64);
    /// So many more runs are done.
    fn done(&self, runs: u64);
}

/// Nobody watches.
pub struct Unwatched;

impl Progress for Unwatched {
    fn expect(&self, _: u64) {}
    fn done(&self, _: u64) {}
}

/// Runs of the first look when a precision is asked for, from which the rest is planned.
const FIRST_LOOK: u64 = 1 << 16;

/// Makes a forecast by simulating so many tournaments match by match; or where a precision is asked for, in the
/// cheapest way that reaches it, which the forecast's method names.
pub fn simulated(request: &Request<'_>, progress: &dyn Progress) -> Forecast {
    match request.effort {
        Effort::Runs(_) => match_by_match(request, progress),
        Effort::Precision(precision) => precise(request, precision, progress),
    }
}

/// Makes a forecast from whole tournaments. With conditions, the same luck is also played without them, so that the
/// change is known much better than either forecast.
pub(super) fn match_by_match(request: &Request<'_>, progress: &dyn Progress) -> Forecast {
    let playbook = request.playbook(request.conditions);
    let played = Engine::new(&playbook);
    let baseline =
        (!request.conditions.is_empty()).then(|| request.playbook(&Conditions::default()));
    let (odds, standard_errors, runs, what_if) = if let Some(baseline) = &baseline {
        let plain = Engine::new(baseline);
        let pair = run(
            request.effort,
            progress,
            |runs| {
                simulate_paired(&played, &plain, runs, request.seed, request.threads, &|n| {
                    progress.done(n);
                })
            },
            PairedTally::merge,
            largest_error,
        );
        let what_if = request.what_if(&pair);
        (
            pair.first.odds(),
            pair.first.standard_errors(),
            pair.runs(),
            Some(what_if),
        )
    } else {
        let tally = run(
            request.effort,
            progress,
            |runs| {
                simulate_range(&played, runs, request.seed, request.threads, &|n| {
                    progress.done(n);
                })
            },
            Tally::merge,
            |tally| tally.standard_errors().largest(),
        );
        (tally.odds(), tally.standard_errors(), tally.runs(), None)
    };
    let forecast = Forecast {
        as_of: request.moment,
        method: Method::Simulated {
            runs,
            seed: request.seed,
            way: request.effort.match_by_match(),
        },
        model: request.note.clone(),
        odds,
        standard_errors,
        winner_points: None,
        what_if,
        parameters: None,
    };
    forecast.settled_by(&playbook, baseline.as_ref())
}

/// Makes a forecast without random numbers, off by about `tolerance` at most. The effort, the seed and the
/// number of threads of the request are not used.
///
/// # Errors
/// A tournament of a kind that the exact solver does not cover; it can still be simulated.
pub fn exactly(request: &Request<'_>, tolerance: f64) -> Result<Forecast, Unsupported> {
    let playbook = request.playbook(request.conditions);
    let solution = exact::solve(&playbook, tolerance)?;
    let nothing = solution.odds.zip_with(&solution.odds, |_, _| 0.0);
    let plain = (!request.conditions.is_empty()).then(|| request.playbook(&Conditions::default()));
    let what_if = match &plain {
        None => None,
        Some(plain) => {
            let baseline = exact::solve(plain, tolerance)?.odds;
            Some(WhatIf {
                fixes: request.fixes(),
                change: solution
                    .odds
                    .zip_with(&baseline, |with, without| with - without),
                baseline,
                baseline_standard_errors: nothing.clone(),
                change_standard_errors: nothing.clone(),
            })
        }
    };
    let forecast = Forecast {
        as_of: request.moment,
        method: Method::Exact {
            tolerance,
            lost_mass: solution.lost_mass,
        },
        model: request.note.clone(),
        odds: solution.odds,
        standard_errors: nothing,
        winner_points: Some(winner_points(&solution.groups, playbook.clubs)),
        what_if,
        parameters: None,
    };
    Ok(forecast.settled_by(&playbook, plain.as_ref()))
}

/// For each club the points with which it can win its group, and how likely.
fn winner_points(groups: &[GroupOutcome], clubs: usize) -> Vec<BTreeMap<i32, f64>> {
    let mut points = vec![BTreeMap::new(); clubs];
    for group in groups {
        for (club, with) in group.clubs.iter().zip(&group.points) {
            points[club.index()].clone_from(with);
        }
    }
    points
}

impl Request<'_> {
    /// What is taken for granted, in words.
    pub(super) fn fixes(&self) -> Vec<String> {
        self.conditions.words(self.known)
    }

    /// The playbook of what is left, under conditions.
    pub fn playbook(&self, conditions: &Conditions) -> Playbook {
        compile(self.known, self.model, conditions)
    }

    fn what_if(&self, pair: &PairedTally) -> WhatIf {
        WhatIf {
            fixes: self.fixes(),
            baseline: pair.second.odds(),
            baseline_standard_errors: pair.second.standard_errors(),
            change: pair.differences(),
            change_standard_errors: pair.standard_errors(),
        }
    }
}

/// The largest of all standard errors that a what-if reports.
fn largest_error(pair: &PairedTally) -> f64 {
    let each: [Odds; 2] = [pair.first.standard_errors(), pair.standard_errors()];
    each.iter().map(Odds::largest).fold(0.0, f64::max)
}

/// Simulates as much as was asked for, in one go or in growing ones.
pub(super) fn run<T>(
    effort: Effort,
    progress: &dyn Progress,
    simulate: impl Fn(Range<u64>) -> T,
    merge: impl Fn(&mut T, T),
    largest_error: impl Fn(&T) -> f64,
) -> T {
    let precision = match effort {
        Effort::Runs(runs) => {
            progress.expect(runs);
            return simulate(0..runs);
        }
        Effort::Precision(precision) => precision,
    };
    let mut done = FIRST_LOOK;
    let mut tally = simulate(0..done);
    loop {
        let error = largest_error(&tally);
        if error < precision {
            return tally;
        }
        // Errors fall with the square root of the runs; a little more than that spares a third look.
        let needed = done as f64 * (error / precision).powi(2) * 1.01;
        let next = (needed as u64).max(done + FIRST_LOOK);
        progress.expect(next);
        merge(&mut tally, simulate(done..next));
        done = next;
    }
}
