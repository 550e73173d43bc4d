//! Estimates with standard errors from what the runs found.

use super::bracket::Reward;
use super::run::Sampler;
use super::strata::Strata;
use crate::odds::Odds;

/// How the runs become odds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Estimator {
    /// The mean over all runs.
    Mean,
    /// Post-stratified: for each club the mean over the runs in which it is seed k, weighted with the exact probability
    /// that it is seed k, added up over k (Holt & Smith 1979).
    Stratified,
}

/// Odds and their standard errors. Places, seeds and the round in which a seed starts are those of the
/// exact group stage, with no error but its tolerance.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The odds.
    pub odds: Odds,
    /// The standard error of each.
    pub standard_errors: Odds,
}

impl Sampler {
    /// The odds of every club from the runs of this sampler.
    pub fn estimate(&self, strata: &Strata, estimator: Estimator) -> Estimate {
        let clubs = self.clubs();
        let mut place = vec![Vec::new(); clubs];
        for group in &self.stage.groups {
            for (club, places) in group.clubs.iter().zip(&group.places) {
                place[club.index()] = places.to_vec();
            }
        }
        let seed = self.stage.seed.clone();
        let mut odds = Odds {
            place,
            round: vec![vec![0.0; self.rounds()]; clubs],
            title: vec![0.0; clubs],
            seed,
        };
        let mut errors = odds.zip_with(&odds, |_, _| 0.0);
        for club in 0..clubs {
            for round in 0..self.rounds() {
                let starts = self.bracket.starts.iter().zip(&self.stage.seed[club]);
                let starting: f64 = starts
                    .filter(|(start, _)| **start == round)
                    .map(|(_, weight)| weight)
                    .sum();
                let (value, variance) = self.won(strata, estimator, club, Reward::Round(round));
                odds.round[club][round] = (starting + value).clamp(0.0, 1.0);
                errors.round[club][round] = variance.sqrt();
            }
            let (value, variance) = self.won(strata, estimator, club, Reward::Title);
            odds.title[club] = value;
            errors.title[club] = variance.sqrt();
        }
        Estimate {
            odds,
            standard_errors: errors,
        }
    }

    /// The probability that a club earns a reward by winning a tie, and the variance of the estimate.
    fn won(
        &self,
        strata: &Strata,
        estimator: Estimator,
        club: usize,
        reward: Reward,
    ) -> (f64, f64) {
        let found: Vec<Found> = self
            .bracket
            .rewards
            .iter()
            .enumerate()
            .filter_map(|(seed, rewards)| {
                let step = rewards.iter().position(|other| *other == reward)?;
                let (sum, squares) = strata.sums(seed, club, step);
                Some(Found {
                    weight: self.stage.seed[club][seed],
                    count: strata.count(seed, club),
                    sum,
                    squares,
                })
            })
            .collect();
        let total = |figure: fn(&Found) -> f64| found.iter().map(figure).sum::<f64>();
        let sum = total(|stratum| stratum.sum);
        if estimator == Estimator::Mean {
            let runs = strata.runs() as f64;
            let mean = sum / runs;
            let variance = total(|stratum| stratum.squares) / runs - mean * mean;
            return (mean, variance.max(0.0) / runs);
        }
        let count = total(|stratum| stratum.count);
        let overall = if count > 0.0 { sum / count } else { 0.5 };
        found.iter().fold((0.0, 0.0), |(value, variance), stratum| {
            let (mean, error) = stratum.mean(overall);
            let weight = stratum.weight;
            (value + weight * mean, variance + weight * weight * error)
        })
    }
}

/// What was found in a stratum.
struct Found {
    /// Its exact probability.
    weight: f64,
    count: f64,
    sum: f64,
    squares: f64,
}

impl Found {
    /// The mean of a stratum and its variance. A stratum with fewer than two runs says nothing of its own
    /// spread: there the mean over all strata stands in, with the spread of a yes or no.
    fn mean(&self, overall: f64) -> (f64, f64) {
        if self.count < 2.0 {
            return (overall, overall * (1.0 - overall));
        }
        let mean = self.sum / self.count;
        let spread = (self.squares / self.count - mean * mean).max(0.0);
        (mean, spread / (self.count - 1.0))
    }
}
