//! Leverage: how much the odds of every club hang on each match that is still to be played.
//!
//! What a result would mean is read from one set of runs by conditioning on it, as Lahvička (2015) does for leagues
//! ("Using Monte Carlo simulation to calculate match importance: the case of English Premier League", Journal of
//! Sports Economics 16). That a match matters to a club as much as its odds differ between results is the measure
//! of Schilling (1994) and of Scarf & Shi (2008, "The importance of a match in a tournament", Computers & Operations
//! Research 35). One figure sums it up for a match, its *leverage*:
//!
//! `sum over results o of P(o) * sum over clubs c of |P(c wins the title given o) - P(c wins the title)|`,
//!
//! the change of all title odds that the match is expected to bring.

mod batch;
mod bracket;
mod cup;
mod feats;
mod integrated;
mod ladder;
mod legs;
mod sampled;
mod split;
mod stakes;
mod summary;
mod target;
#[cfg(test)]
mod tests;
mod workbench;

pub use cup::{CupLeverageEffort, CupTarget, cup_leverage};
pub use stakes::{Prize, Stakes};
pub use target::{Sides, Target, sides};

use crate::forecast::{Effort, Progress, Request, Unwatched};
use crate::odds::clear_of_zero;
use crate::play::Engine;
use crate::playbook::Playbook;
use crate::simulate::on_threads;
use crate::tournament::Tournament;
use integrated::Integrator;
use sampled::Counter;
use std::ops::Range;
use summary::summarise;

/// How much hangs on each remaining match.
#[derive(Debug, Clone, PartialEq)]
pub struct Leverage<T = Target> {
    /// How it was obtained.
    pub method: Method,
    /// The number of simulated tournaments.
    pub runs: u64,
    /// The odds before any of the matches: what the swings are measured from.
    pub odds: Stakes,
    /// The remaining matches, the most important first; equally important ones as in the file.
    pub fixtures: Vec<FixtureLeverage<T>>,
}

/// How leverage was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Each group in turn is solved exactly for every result of its matches, while the winners of the other groups are
    /// simulated; the knockout stage is solved exactly for the seeds of each run.
    Integrated,
    /// Whole tournaments are simulated, match by match, and sorted by the results of each match.
    Sampled,
}

impl Method {
    /// The word that JSON uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Integrated => "integrated",
            Self::Sampled => "sampled",
        }
    }
}

/// What hangs on one match.
#[derive(Debug, Clone, PartialEq)]
pub struct FixtureLeverage<T = Target> {
    /// The match.
    pub target: T,
    /// The expected absolute change of the title odds, summed over all clubs: a probability, so 0.01 is one percentage point.
    pub value: f64,
    /// The standard error of that figure; 0 if it is exact.
    pub standard_error: f64,
    /// What each result would mean: home win, draw, away win (after 90 minutes).
    pub results: [ResultSwings; 3],
}

/// What one result of a match would mean.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultSwings {
    /// The probability of the result.
    pub probability: f64,
    /// The odds given the result minus the odds before the match. All zero for a result that cannot be.
    pub swings: Stakes,
    /// The standard error of each swing.
    pub standard_errors: Stakes,
}

impl ResultSwings {
    /// The swing of a club's odds of a prize, or `None` if it is within two standard errors of zero.
    pub fn clear_swing(&self, prize: Prize, club: usize) -> Option<f64> {
        clear_of_zero(
            self.swings.of(prize, club),
            self.standard_errors.of(prize, club),
        )
    }
}

impl<T> FixtureLeverage<T> {
    /// The expected absolute change of one club's odds of a prize.
    pub fn of_club(&self, prize: Prize, club: usize) -> f64 {
        self.results
            .iter()
            .map(|result| result.probability * result.swings.of(prize, club).abs())
            .sum()
    }

    /// The expected absolute change of the odds of a prize: of one club, or summed over all.
    pub fn change(&self, prize: Prize, club: Option<usize>) -> f64 {
        let clubs = 0..self.results[0].swings.clubs();
        match (prize, club) {
            (_, Some(club)) => self.of_club(prize, club),
            (Prize::Title, None) => self.value,
            (_, None) => clubs.map(|club| self.of_club(prize, club)).sum(),
        }
    }

    /// The largest standard error of a club's swings.
    pub fn largest_error(&self, prize: Prize, club: usize) -> f64 {
        let errors = self.results.iter();
        let errors = errors.map(|result| result.standard_errors.of(prize, club));
        errors.fold(0.0, f64::max)
    }
}

impl<T> Leverage<T> {
    /// Puts the matches that change the odds of a prize most first, of one club or of all together; those that change
    /// them equally stay as they are.
    pub fn rank(&mut self, prize: Prize, club: Option<usize>) {
        // What is equal in theory may differ in its last digits.
        let weight = |fixture: &FixtureLeverage<T>| (fixture.change(prize, club) * 1e12).round();
        self.fixtures
            .sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    }

    /// The largest standard error of any swing of the odds of a prize.
    pub fn largest_error(&self, prize: Prize) -> f64 {
        let errors = self.fixtures.iter().flat_map(|fixture| {
            let clubs = 0..fixture.results[0].swings.clubs();
            clubs.map(move |club| fixture.largest_error(prize, club))
        });
        errors.fold(0.0, f64::max)
    }

    /// The largest standard error of any swing of title odds.
    pub fn largest_title_error(&self) -> f64 {
        let results = self.fixtures.iter().flat_map(|fixture| &fixture.results);
        let errors = results.map(|result| result.standard_errors.largest_title());
        errors.fold(0.0, f64::max)
    }
}

/// Runs of the first look when a precision is asked for, from which the rest is planned.
const FIRST_LOOK: u64 = 1 << 12;

/// The most groups of a cup in which every seed is looked at: what is counted grows with the cube of their number.
const MOST_GROUPS_WITH_SEEDS: usize = 16;

/// Every seed of a cup, counted from 0, as long as they are not too many to look at all; otherwise none.
pub fn all_seeds(known: &Tournament) -> Range<usize> {
    let groups = known.groups.len();
    if groups <= MOST_GROUPS_WITH_SEEDS {
        0..groups
    } else {
        0..0
    }
}

/// The leverage of every remaining match, under the rules that are taken for granted, with the odds of [`all_seeds`].
pub fn leverage(request: &Request<'_>) -> Leverage {
    leverage_of(request, all_seeds(request.known), &Unwatched)
}

/// The leverage of every remaining match, with the odds of these seeds (counted from 0): by the integrated method where the exact
/// solver knows the rules of the cup, otherwise from simulated tournaments alone. A precision is asked of the swings of title odds.
pub fn leverage_of(
    request: &Request<'_>,
    seeds: Range<usize>,
    progress: &dyn Progress,
) -> Leverage {
    let playbook = request.playbook(request.conditions);
    let known = request.conditions.under_rules(request.known);
    on_threads(request.threads, || {
        let targets = target::remaining(&known, request.conditions);
        let by_group = target::by_group(request.known);
        match Integrator::new(&playbook, &targets, &by_group, seeds.clone()) {
            Ok(integrator) => with_effort(request.effort, progress, |runs| {
                let batches = integrator.batches(runs, request.seed, progress);
                let seed = integrator.exact_seeds();
                summarise(Method::Integrated, &targets, &batches, seed)
            }),
            Err(_) => sampled(&playbook, &targets, request, seeds, progress),
        }
    })
}

/// The leverage of every remaining match from simulated tournaments alone: the obvious way, far noisier.
pub fn sampled_only(request: &Request<'_>) -> Leverage {
    let playbook = request.playbook(request.conditions);
    let known = request.conditions.under_rules(request.known);
    let targets = target::remaining(&known, request.conditions);
    let seeds = all_seeds(request.known);
    on_threads(request.threads, || {
        sampled(&playbook, &targets, request, seeds, &Unwatched)
    })
}

fn sampled(
    playbook: &Playbook,
    targets: &[Target],
    request: &Request<'_>,
    seeds: Range<usize>,
    progress: &dyn Progress,
) -> Leverage {
    let engine = Engine::new(playbook);
    let by_group = target::by_group(request.known);
    let counter = Counter::new(playbook, targets, &by_group, seeds);
    with_effort(request.effort, progress, |runs| {
        let batches = counter.batches(&engine, runs, request.seed, progress);
        summarise(Method::Sampled, targets, &batches, None)
    })
}

/// Simulates as much as was asked for. When a precision is asked for, a first look says how many runs it takes, and
/// then all are played in one go.
fn with_effort<T>(
    effort: Effort,
    progress: &dyn Progress,
    simulate: impl Fn(u64) -> Leverage<T>,
) -> Leverage<T> {
    let precision = match effort {
        Effort::Runs(runs) => {
            progress.expect(runs);
            return simulate(runs);
        }
        Effort::Precision(precision) => precision,
    };
    let mut runs = FIRST_LOOK;
    let mut in_all = 0;
    loop {
        in_all += runs;
        progress.expect(in_all);
        let leverage = simulate(runs);
        let error = leverage.largest_title_error();
        if error < precision {
            return leverage;
        }
        // Errors fall with the square root of the runs; their own uncertainty asks for some more.
        let needed = runs as f64 * (error / precision).powi(2) * 1.15;
        runs = (needed as u64).max(runs * 5 / 4);
    }
}
