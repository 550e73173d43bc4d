//! What a batch of runs says: sums whose spread over batches gives every standard error.

use super::stakes::Stakes;
use crate::ids::ClubId;
use std::ops::Range;

/// Sums over one batch of runs. Of each run there is the probability of every event given what the run has
/// settled; where runs are played out to the end, that is 0 or 1.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    /// How many runs.
    pub(super) runs: u64,
    /// The stakes, as often as there are ways to estimate them; each match names the one that shares its luck.
    /// The first is the one straight from the runs.
    pub(super) bases: Vec<Stakes>,
    /// For each match which of the bases it is compared with, and its three results.
    pub(super) matches: Vec<(usize, [Joint; 3])>,
}

/// A result of a match together with everything at stake.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    /// The probability of the result.
    pub(super) probability: f64,
    /// The probability of the result and of the event, for each event.
    pub(super) stakes: Stakes,
}

impl Joint {
    /// Nothing yet.
    pub(super) fn zero(clubs: usize, seeds: Range<usize>) -> Self {
        Self {
            probability: 0.0,
            stakes: Stakes::zero(clubs, seeds),
        }
    }

    /// Adds a run with these seeds in which the result has a probability, and the result and each seed's title have these.
    pub(super) fn add(&mut self, probability: f64, title: &[f64], seeds: &[ClubId]) {
        self.probability += probability;
        for (seed, club) in seeds.iter().enumerate() {
            *self.stakes.title_mut(club.index()) += title[seed];
            *self.stakes.group_win_mut(club.index()) += probability;
            self.stakes.add_seed(club.index(), seed, probability);
        }
    }
}

/// The most batches. The relative uncertainty of a standard error is `1 / sqrt(2 * (batches - 1))`, 9 percent.
const MOST_BATCHES: usize = 64;

/// The fewest batches: 18 percent.
const FEWEST_BATCHES: usize = 16;

/// Numbers that all batches may hold together before there are fewer of them: 256 MB.
const MOST_NUMBERS: usize = 1 << 25;

/// How many batches there are, where each holds so many numbers.
pub(super) fn batches(numbers: usize) -> usize {
    (MOST_NUMBERS / numbers.max(1)).clamp(FEWEST_BATCHES, MOST_BATCHES)
}

/// The runs of each batch, for a cup of so many clubs with so many matches to play. Every match has three results and what they
/// are compared with.
pub(super) fn portions(
    runs: u64,
    matches: usize,
    clubs: usize,
    seeds: &Range<usize>,
) -> Vec<Range<u64>> {
    let numbers = (4 * matches + 1) * clubs * (2 + seeds.len());
    let batches = batches(numbers) as u64;
    let start = |batch: u64| (u128::from(runs) * u128::from(batch) / u128::from(batches)) as u64;
    (0..batches)
        .map(|batch| start(batch)..start(batch + 1))
        .collect()
}
