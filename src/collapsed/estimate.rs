//! Estimates with standard errors from what the runs found.

use super::bracket::Reward;
use super::run::Sampler;
use super::strata::{Found, Strata};
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
        let mut place = vec![Vec::new(); self.clubs];
        let mut odds = Odds {
            place: place.clone(),
            round: vec![vec![0.0; self.rounds]; self.clubs],
            title: vec![0.0; self.clubs],
            seed: self.stage.seed.clone(),
        };
        for group in &self.stage.groups {
            for (club, places) in group.clubs.iter().zip(&group.places) {
                place[club.index()] = places.to_vec();
            }
        }
        odds.place = place;
        let mut errors = odds.zip_with(&odds, |_, _| 0.0);
        let clubs = self.stage.groups.iter().flat_map(|group| group.clubs);
        for (position, club) in clubs.enumerate() {
            let won = |reward| self.won(strata, estimator, (position, club.index()), reward);
            let club = club.index();
            for round in 0..self.rounds {
                let starts = self.bracket.starts.iter().zip(&self.stage.seed[club]);
                let starting: f64 = starts
                    .filter(|(start, _)| **start == round)
                    .map(|(_, weight)| weight)
                    .sum();
                let (value, variance) = won(Reward::Round(round));
                odds.round[club][round] = (starting + value).clamp(0.0, 1.0);
                errors.round[club][round] = variance.sqrt();
            }
            let (value, variance) = won(Reward::Title);
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
        (position, club): (usize, usize),
        reward: Reward,
    ) -> (f64, f64) {
        let ties: Vec<Tie> = self
            .bracket
            .rewards
            .iter()
            .enumerate()
            .filter_map(|(seed, rewards)| {
                let step = rewards.iter().position(|other| *other == reward)?;
                Some(Tie {
                    weight: self.stage.seed[club][seed],
                    runs: strata.looked_at(seed, step),
                    found: strata.found(seed, position, step),
                })
            })
            .collect();
        if estimator == Estimator::Mean {
            return mean(&ties);
        }
        let total = |figure: fn(&Found) -> f64| ties.iter().map(|tie| figure(&tie.found)).sum();
        let (count, sum): (f64, f64) = (total(|found| found.count), total(|found| found.sum));
        let overall = if count > 0.0 { sum / count } else { 0.5 };
        ties.iter().fold((0.0, 0.0), |(value, variance), tie| {
            let (mean, error) = tie.within(overall);
            let weight = tie.weight;
            (value + weight * mean, variance + weight * weight * error)
        })
    }
}

/// The mean over all runs, and its variance.
fn mean(ties: &[Tie]) -> (f64, f64) {
    let runs = ties
        .iter()
        .map(|tie| tie.runs)
        .fold(f64::INFINITY, f64::min);
    let over_runs = |figure: fn(&Found) -> f64| -> f64 {
        let ties = ties.iter().filter(|tie| tie.runs > 0.0);
        ties.map(|tie| figure(&tie.found) / tie.runs).sum()
    };
    let mean = over_runs(|found| found.sum);
    let variance = over_runs(|found| found.squares) - mean * mean;
    (mean, variance.max(0.0) / runs.max(1.0))
}

/// What was found about a club in one of the ties by which it can earn a reward.
struct Tie {
    /// The exact probability of its stratum.
    weight: f64,
    /// The runs in which the tie was looked at, whoever played it.
    runs: f64,
    found: Found,
}

impl Tie {
    /// The mean within the stratum and its variance. A stratum with fewer than two runs says nothing of its own
    /// spread: there the mean over all strata stands in, with the spread of a yes or no.
    fn within(&self, overall: f64) -> (f64, f64) {
        let Found {
            count,
            sum,
            squares,
        } = self.found;
        if count < 2.0 {
            return (overall, overall * (1.0 - overall));
        }
        let mean = sum / count;
        let spread = (squares / count - mean * mean).max(0.0);
        (mean, spread / (count - 1.0))
    }
}
