//! What a batch of runs says: sums whose spread over batches gives every standard error.

use super::stakes::Stakes;
use crate::ids::ClubId;

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
    pub(super) fn zero(clubs: usize, seeds: usize) -> Self {
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
            self.stakes.seed_mut(club.index())[seed] += probability;
        }
    }
}

/// The number of batches. The relative uncertainty of a standard error is `1 / sqrt(2 * (batches - 1))`, 9 percent.
pub(super) const BATCHES: u64 = 64;

/// Which runs belong to a batch.
pub(super) fn runs_of(batch: u64, runs: u64) -> std::ops::Range<u64> {
    let start = |batch: u64| (u128::from(runs) * u128::from(batch) / u128::from(BATCHES)) as u64;
    start(batch)..start(batch + 1)
}
