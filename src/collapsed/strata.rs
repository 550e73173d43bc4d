//! What the runs found, by club and seed: counts and sums that are the same in whatever order they are merged.

use super::bracket::Bracket;

/// Sums are kept in units of 2^-40: whole numbers add up to the same total in any order, and 2^88 of them
/// fit into 128 bits.
const UNIT: f64 = 1_099_511_627_776.0;

/// For each stratum (a club as a seed) and each of its ties the runs in which it was looked at, the sum of the
/// chances to win it and of their squares. Its size does not depend on the number of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strata {
    pub(super) runs: u64,
    /// Clubs, counted over all groups.
    pub(super) positions: usize,
    /// Ties on the longest way to the title.
    steps: usize,
    /// `[(seed * positions + position) * steps + step]`.
    found: Vec<[u128; 3]>,
}

/// What was found about one tie of one stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The runs in which it was looked at.
    pub(super) count: f64,
    /// The sum of the chances.
    pub(super) sum: f64,
    /// The sum of their squares.
    pub(super) squares: f64,
}

impl Strata {
    /// No runs.
    pub(super) fn new(bracket: &Bracket, positions: usize) -> Self {
        let steps = bracket.steps();
        Self {
            runs: 0,
            positions,
            steps,
            found: vec![[0; 3]; bracket.starts.len() * positions * steps],
        }
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many numbers are kept.
    #[cfg(test)]
    pub(super) fn numbers(&self) -> usize {
        self.found.len()
    }

    fn at(&self, seed: usize, position: usize, step: usize) -> usize {
        (seed * self.positions + position) * self.steps + step
    }

    /// Adds `count` runs, in `won` of which the tie was won.
    pub(super) fn add_drawn(
        &mut self,
        seed: usize,
        position: usize,
        step: usize,
        count: u64,
        won: u64,
    ) {
        let at = self.at(seed, position, step);
        for (sum, part) in self.found[at].iter_mut().zip([count, won, won]) {
            *sum += u128::from(part) << UNIT.log2() as u32;
        }
    }

    /// Adds `count` runs in which the first tie of a seed was won with this chance.
    pub(super) fn add_met(&mut self, seed: usize, position: usize, count: u64, chance: f32) {
        let chance = f64::from(chance);
        let at = self.at(seed, position, 0);
        for (sum, part) in self.found[at]
            .iter_mut()
            .zip([1.0, chance, chance * chance])
        {
            // Whole numbers: it does not matter how many runs come at once.
            *sum += u128::from((part * UNIT) as u64) * u128::from(count);
        }
    }

    /// Adds runs, the sum of their chances and of the squares, of fewer than 2^23 runs.
    pub(super) fn add_chances(
        &mut self,
        seed: usize,
        position: usize,
        step: usize,
        sums: [f64; 4],
    ) {
        let at = self.at(seed, position, step);
        for (sum, part) in self.found[at].iter_mut().zip(sums) {
            *sum += u128::from((part * UNIT) as u64);
        }
    }

    /// Adds other runs of the same tournament.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (sum, part) in self
            .found
            .iter_mut()
            .flatten()
            .zip(other.found.iter().flatten())
        {
            *sum += part;
        }
    }

    /// What was found about a tie.
    pub(super) fn found(&self, seed: usize, position: usize, step: usize) -> Found {
        let [count, sum, squares] =
            self.found[self.at(seed, position, step)].map(|sum| sum as f64 / UNIT);
        Found {
            count,
            sum,
            squares,
        }
    }

    /// The runs in which a tie of a seed was looked at, whichever club it was.
    pub(super) fn looked_at(&self, seed: usize, step: usize) -> f64 {
        let counts = (0..self.positions).map(|position| self.found(seed, position, step).count);
        counts.sum()
    }
}
