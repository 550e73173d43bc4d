//! What the runs found, by club and seed: counts and sums that are the same in whatever order they are merged.

use super::bracket::Bracket;

/// Sums are kept in units of 2^-40: whole numbers add up to the same total in any order, and 2^88 of them
/// fit into 128 bits.
const UNIT: f64 = 1_099_511_627_776.0;

/// For each stratum (a club as a seed) the runs that fell into it, and of each of its ties the sum of the chances
/// to win it and of their squares. Its size does not depend on the number of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strata {
    pub(super) runs: u64,
    pub(super) clubs: usize,
    /// Ties on the longest way to the title.
    pub(super) steps: usize,
    /// `[(seed * clubs + club) * (1 + 2 * steps)]`.
    sums: Vec<u128>,
}

impl Strata {
    /// No runs.
    pub(super) fn new(bracket: &Bracket, clubs: usize) -> Self {
        let steps = bracket.rewards.iter().map(Vec::len).max().unwrap_or(0);
        Self {
            runs: 0,
            clubs,
            steps,
            sums: vec![0; bracket.rewards.len() * clubs * (1 + 2 * steps)],
        }
    }

    /// Numbers of one stratum: its runs, then two for each tie.
    pub(super) fn width(&self) -> usize {
        1 + 2 * self.steps
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Adds the sums of a portion of runs, and clears them.
    pub(super) fn take(&mut self, runs: u64, portion: &mut [f64]) {
        self.runs += runs;
        for (sum, part) in self.sums.iter_mut().zip(portion) {
            *sum += (*part * UNIT) as u128;
            *part = 0.0;
        }
    }

    /// Adds other runs of the same tournament.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (sum, part) in self.sums.iter_mut().zip(&other.sums) {
            *sum += part;
        }
    }

    /// The runs in a stratum.
    pub(super) fn count(&self, seed: usize, club: usize) -> f64 {
        self.value(seed, club, 0)
    }

    /// The sum of the chances to win a tie, and the sum of their squares.
    pub(super) fn sums(&self, seed: usize, club: usize, step: usize) -> (f64, f64) {
        let at = 1 + 2 * step;
        (self.value(seed, club, at), self.value(seed, club, at + 1))
    }

    fn value(&self, seed: usize, club: usize, at: usize) -> f64 {
        self.sums[(seed * self.clubs + club) * self.width() + at] as f64 / UNIT
    }
}
