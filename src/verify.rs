//! The simulator and the exact solver as each other's judge: every quantity of a forecast obtained both ways.

use crate::exact::{self, Unsupported};
use crate::ids::{ClubId, RoundId};
use crate::odds::Odds;
use crate::play::Engine;
use crate::playbook::Playbook;
use crate::settled::{Settled, Verdict};
use crate::simulate::{Threads, simulate};
use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, Normal};

/// Beyond so many standard errors a deviation is called a disagreement.
pub const LIMIT: f64 = 4.0;

/// Deviations beyond so many standard errors are counted.
pub const THRESHOLDS: [f64; 3] = [2.0, 3.0, LIMIT];

/// With more than this many runs on either side expected, the binomial distribution is taken as normal.
const MANY: f64 = 10_000.0;

/// What may become of a club.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// It finishes its group in this place, counted from 0.
    Place(usize),
    /// It goes on as this seed, counted from 0.
    Seed(usize),
    /// It plays in this round.
    Round(RoundId),
    /// It wins the final.
    Title,
}

/// One probability, obtained both ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The club.
    pub club: ClubId,
    /// What becomes of it.
    pub quantity: Quantity,
    /// The probability by the solver.
    pub exact: f64,
    /// The share of simulated tournaments.
    pub simulated: f64,
    /// Whether results and rules settle it.
    pub settled: Verdict,
    /// How far apart they are beyond what the solver may be off, in standard errors of the simulation, with the
    /// sign of simulated minus exact. (For rare events: the normal deviate that is as unlikely.)
    pub deviation: f64,
}

/// All comparisons.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// Every quantity, club by club.
    pub comparisons: Vec<Comparison>,
    /// How many of them are open: neither impossible nor certain.
    pub open: usize,
    /// The number of simulated tournaments.
    pub runs: u64,
    /// The error that was asked of the solver at most, as a probability.
    pub tolerance: f64,
    /// The probability that the solver left out.
    pub lost_mass: f64,
}

impl Verification {
    /// How many comparisons deviate by more than so many standard errors.
    pub fn beyond(&self, threshold: f64) -> usize {
        let all = self.comparisons.iter();
        all.filter(|it| it.deviation.abs() > threshold).count()
    }

    /// How many would by chance alone, if the two agree.
    pub fn expected_beyond(&self, threshold: f64) -> f64 {
        self.open as f64 * 2.0 * standard_normal().sf(threshold)
    }

    /// The comparison that deviates most, if there is any.
    pub fn largest(&self) -> Option<&Comparison> {
        let all = self.comparisons.iter();
        all.max_by(|a, b| a.deviation.abs().total_cmp(&b.deviation.abs()))
    }

    /// The deviation that the largest of so many independent comparisons exceeds with probability one half.
    pub fn expected_largest(&self) -> f64 {
        let each = 0.5_f64.powf(1.0 / self.open.max(1) as f64);
        standard_normal().inverse_cdf(f64::midpoint(1.0, each))
    }

    /// Whether every comparison stays within [`LIMIT`] standard errors.
    pub fn agrees(&self) -> bool {
        self.beyond(LIMIT) == 0
    }
}

/// Solves and simulates a tournament and compares all quantities. The solver is asked for an error below
/// `tolerance`, a probability.
///
/// # Errors
/// If the tournament is of a kind that the exact solver does not cover.
pub fn verify(
    playbook: &Playbook,
    tolerance: f64,
    runs: u64,
    seed: u64,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Verification, Unsupported> {
    let solution = exact::solve(playbook, tolerance)?;
    let tally = simulate(&Engine::new(playbook), runs, seed, threads, progress);
    let deviations = solution.odds.zip_with(&tally.odds(), |exact, simulated| {
        deviation(exact, simulated, runs, tolerance)
    });
    let [exact, simulated, deviations] = [&solution.odds, &tally.odds(), &deviations].map(named);
    let settled = named(&Settled::of(playbook).odds());
    let numbers = exact.iter().zip(&simulated).zip(&deviations).zip(&settled);
    let comparisons: Vec<Comparison> = numbers
        .map(|(((exact, simulated), deviation), settled)| Comparison {
            club: exact.0,
            quantity: exact.1,
            exact: exact.2,
            simulated: simulated.2,
            settled: settled.2,
            deviation: deviation.2,
        })
        .collect();
    let is_open = |it: &&Comparison| {
        let settled = |p: f64| p <= tolerance || p >= 1.0 - tolerance;
        !(settled(it.exact) && settled(it.simulated))
    };
    Ok(Verification {
        open: comparisons.iter().filter(is_open).count(),
        comparisons,
        runs,
        tolerance,
        lost_mass: solution.lost_mass,
    })
}

/// The numbers of odds with their names.
fn named<T: Copy>(odds: &Odds<T>) -> Vec<(ClubId, Quantity, T)> {
    let mut list = Vec::new();
    for club in 0..odds.title.len() {
        let mut add = |quantity, value: T| list.push((ClubId::new(club), quantity, value));
        for (place, value) in odds.place[club].iter().enumerate() {
            add(Quantity::Place(place), *value);
        }
        for (seed, value) in odds.seed[club].iter().enumerate() {
            add(Quantity::Seed(seed), *value);
        }
        for (round, value) in odds.round[club].iter().enumerate() {
            add(Quantity::Round(RoundId::new(round)), *value);
        }
        add(Quantity::Title, odds.title[club]);
    }
    list
}

/// How far a share of runs is from a probability that may itself be off by `tolerance`, in standard errors.
///
/// The standard error is the one that the probability implies, `sqrt(p (1 - p) / runs)`, so that what never
/// happened is judged as well. Where few runs are expected the binomial distribution is skewed, and the
/// deviation is the normal one that is as unlikely as what was seen or anything further out.
pub fn deviation(exact: f64, simulated: f64, runs: u64, tolerance: f64) -> f64 {
    let n = runs as f64;
    let gap = simulated - exact;
    if gap.abs() <= tolerance {
        return 0.0;
    }
    let sign = gap.signum();
    // The probability within the solver's error that explains the share best.
    let p = (exact + sign * tolerance).clamp(0.0, 1.0);
    if n * p * (1.0 - p) > MANY {
        return (simulated - p) / (p * (1.0 - p) / n).sqrt();
    }
    let count = (simulated * n).round() as u64;
    let Ok(binomial) = Binomial::new(p, runs) else {
        return 0.0;
    };
    let tail = if sign > 0.0 {
        binomial.sf(count - 1)
    } else {
        binomial.cdf(count)
    };
    // Beyond what a float can tell from nothing.
    let tail = tail.clamp(1e-300, 0.5);
    -sign * standard_normal().inverse_cdf(tail)
}

/// The standard normal distribution.
fn standard_normal() -> Normal {
    Normal::standard()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 5e-3, "{value} {expected}");
    }

    #[test]
    fn common_events_deviate_by_their_standard_error() {
        // p = 1/2 in a million runs: a standard error of 0.0005.
        close(deviation(0.5, 0.501, 1_000_000, 0.0), 2.0);
        close(deviation(0.5, 0.4985, 1_000_000, 0.0), -3.0);
        // What the solver may be off is taken away first.
        close(deviation(0.5, 0.501, 1_000_000, 0.0005), 1.0);
        close(deviation(0.5, 0.5004, 1_000_000, 0.0005), 0.0);
    }

    #[test]
    fn rare_events_deviate_by_how_unlikely_they_are() {
        // One expected, five or more seen: 1 - e^-1 (1 + 1 + 1/2 + 1/6 + 1/24) = 0.366%, which is 2.68 deviations.
        close(deviation(1e-6, 5e-6, 1_000_000, 0.0), 2.68);
        // Ten expected, none seen: e^-10 = 4.54e-5, which is 3.91 deviations.
        close(deviation(1e-5, 0.0, 1_000_000, 0.0), -3.91);
        // What cannot happen must not.
        assert!(deviation(0.0, 1e-5, 1_000_000, 1e-9) > LIMIT);
        assert!(deviation(1.0, 0.999, 1_000_000, 1e-9) < -LIMIT);
        assert_eq!(deviation(0.0, 0.0, 1_000_000, 1e-9), 0.0);
    }

    #[test]
    fn chance_is_told_apart_from_disagreement() {
        let verification = Verification {
            comparisons: Vec::new(),
            open: 1000,
            runs: 1,
            tolerance: 1e-6,
            lost_mass: 0.0,
        };
        // Two-sided normal tails: 4.55%, 0.27%, 0.0063%.
        close(verification.expected_beyond(2.0), 45.5);
        close(verification.expected_beyond(3.0), 2.7);
        close(verification.expected_beyond(4.0), 0.063);
        // The median of the largest of a thousand: 2 (1 - Phi(z)) = 1 - 0.5^(1/1000), z = 3.39.
        close(verification.expected_largest(), 3.392);
    }
}
