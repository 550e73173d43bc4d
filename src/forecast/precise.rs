//! The cheapest way to a precision: match by match, collapsed groups, or without random numbers.
//!
//! Which way is cheapest is told by the precision and by how much of the groups is open, never by the clock: the same request
//! takes the same way on every machine.

use super::run::{exactly, match_by_match, run};
use super::{Effort, Forecast, Method, Progress, Request, Way, WhatIf};
use crate::collapsed::{Estimate, Estimator, Knockout, PORTION, Sampler, Strata};
use crate::conditions::Conditions;
use crate::playbook::Playbook;
use crate::simulate::on_threads;

/// What solving one group exactly costs by the number of its open matches, in tournaments played match by match; measured on
/// the groups of 2013-14.
const GROUP_COST: [f64; 7] = [5e2, 1.5e3, 3.5e3, 1e4, 4e4, 1e5, 3e5];

/// Runs match by match for one run with collapsed groups to the same largest error.
const RUNS_SPARED: f64 = 10.0;

/// From so many runs with collapsed groups on, solving the bracket exactly is cheaper.
const EXACT_FROM: f64 = 8e6;

/// The share of a precision that exact answers may be off by.
const EXACT_SHARE: f64 = 0.1;

/// What-ifs and their baselines play different runs, so that their errors are independent.
const WHAT_IF_STRIDE: u64 = 1 << 40;

/// Makes a forecast of which every standard error is below `precision`.
pub(super) fn precise(request: &Request<'_>, precision: f64, progress: &dyn Progress) -> Forecast {
    let mut playbooks = vec![request.playbook(request.conditions)];
    if !request.conditions.is_empty() {
        playbooks.push(request.playbook(&Conditions::default()));
    }
    let exact = || {
        on_threads(request.threads, || {
            exactly(request, precision * EXACT_SHARE)
        })
        .ok()
    };
    let collapsed = || {
        let work = || collapsed(request, &playbooks, precision, progress);
        on_threads(request.threads, work)
    };
    let found = match cheapest(&playbooks, precision) {
        // The exact solver knows fewer brackets than collapsed groups do.
        Choice::Exact => exact().or_else(collapsed),
        Choice::Collapsed => collapsed(),
        Choice::MatchByMatch => None,
    };
    found.unwrap_or_else(|| match_by_match(request, progress))
}

/// A way, before it is known whether the format allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    MatchByMatch,
    Collapsed,
    Exact,
}

/// The way that should be cheapest for these tournaments together.
fn cheapest(playbooks: &[Playbook], precision: f64) -> Choice {
    let of = |playbook: &Playbook| -> Vec<usize> {
        let groups = playbook.groups.iter();
        groups.map(|group| playbook.open_matches(group)).collect()
    };
    let open: Vec<usize> = playbooks.iter().flat_map(of).collect();
    // Even odds need the most runs.
    let runs = 0.25 / precision.powi(2);
    let solving: f64 = open.iter().map(|open| GROUP_COST[*open.min(&6)]).sum();
    if open.iter().all(|open| *open == 0) {
        Choice::Exact
    } else if runs < solving {
        Choice::MatchByMatch
    } else if runs / RUNS_SPARED < EXACT_FROM {
        Choice::Collapsed
    } else {
        Choice::Exact
    }
}

/// With collapsed groups, if the format has an exact group stage.
fn collapsed(
    request: &Request<'_>,
    playbooks: &[Playbook],
    precision: f64,
    progress: &dyn Progress,
) -> Option<Forecast> {
    // The variance of a change is the sum of two.
    let share = precision / (playbooks.len() as f64).sqrt();
    let mut answers = Vec::new();
    for (number, playbook) in playbooks.iter().enumerate() {
        // What the groups drop may bound an error as large as the precision: what it did to any figure was a tenth of
        // that at most, so that it cannot be seen beside the standard error.
        let sampler = Sampler::new(playbook, precision).ok()?;
        let first = number as u64 * WHAT_IF_STRIDE;
        let strata = run(
            Effort::Precision(share),
            progress,
            |runs| {
                let [start, end] =
                    [runs.start, runs.end].map(|run| first + run.next_multiple_of(PORTION));
                let found = sampler.run(start..end, request.seed, Knockout::Expected, None);
                progress.done(found.runs());
                found
            },
            |mine: &mut Strata, more| mine.merge(&more),
            |strata| {
                let estimate = sampler.estimate(strata, Estimator::Stratified);
                estimate.standard_errors.largest()
            },
        );
        answers.push(Answer {
            estimate: sampler.estimate(&strata, Estimator::Stratified),
            runs: strata.runs(),
            lost_mass: sampler.group_stage().lost_mass,
        });
    }
    let what_if = answers.get(1).map(|baseline| {
        let (with, without) = (&answers[0].estimate, &baseline.estimate);
        let errors = |answer: &Estimate| answer.standard_errors.clone();
        WhatIf {
            fixes: request.fixes(),
            change: with.odds.zip_with(&without.odds, |a, b| a - b),
            baseline: without.odds.clone(),
            baseline_standard_errors: without.standard_errors.clone(),
            change_standard_errors: errors(with).zip_with(&errors(without), f64::hypot),
        }
    });
    let lost_mass = answers
        .iter()
        .map(|answer| answer.lost_mass)
        .fold(0.0, f64::max);
    let Answer { estimate, runs, .. } = answers.swap_remove(0);
    let forecast = Forecast {
        as_of: request.moment,
        method: Method::Simulated {
            runs,
            seed: request.seed,
            way: Some(Way::Collapsed { lost_mass }),
        },
        model: request.note.clone(),
        odds: estimate.odds,
        standard_errors: estimate.standard_errors,
        winner_points: None,
        what_if,
        parameters: None,
    };
    Some(forecast.settled_by(&playbooks[0], playbooks.get(1)))
}

/// What came out for one tournament.
struct Answer {
    estimate: Estimate,
    runs: u64,
    lost_mass: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cups::{Strengths, cup, played_until};
    use crate::playbook::compile;
    use crate::tournament::Goals;

    #[test]
    fn the_cheapest_way_depends_on_the_precision_and_on_what_is_open() {
        let after = |matchday| {
            let known = played_until(cup(8), matchday, Goals { home: 2, away: 1 });
            compile(&known, &Strengths::like_2013_14(24), &Conditions::default())
        };
        for (matchday, precision, expected) in [
            (0, 1e-3, Choice::MatchByMatch),
            (0, 1e-4, Choice::Collapsed),
            (0, 1e-5, Choice::Exact),
            (4, 5e-3, Choice::MatchByMatch),
            (4, 1e-3, Choice::Collapsed),
            (4, 1e-5, Choice::Exact),
            (6, 1e-2, Choice::Exact),
        ] {
            let choice = cheapest(&[after(matchday)], precision);
            assert_eq!(choice, expected, "matchday {matchday}, {precision}");
        }
        // A what-if has two group stages to solve.
        let both = [after(4), after(0)];
        assert_eq!(cheapest(&both, 5e-4), Choice::MatchByMatch);
    }
}
