//! Counts where clubs come out over many runs, on all cores.

use super::compile::CupEngine;
use crate::format::Milestone;
use crate::ids::{ClubId, PlaceId};
use crate::rng::{Purpose, SeedKey};
use rayon::prelude::*;

/// Runs in a batch: what one thread does at a stretch.
const BATCH: u64 = 512;

/// How often each club stood at each place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CupTally {
    clubs: usize,
    runs: u64,
    /// Place by place, club by club.
    counts: Vec<u64>,
}

impl CupTally {
    fn new(clubs: usize, places: usize) -> Self {
        Self {
            clubs,
            runs: 0,
            counts: vec![0; clubs * places],
        }
    }

    /// The number of runs.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// In how many runs a club stood at a place.
    pub fn count(&self, place: PlaceId, club: ClubId) -> u64 {
        self.counts[place.index() * self.clubs + club.index()]
    }

    /// In how many runs a club reached a milestone.
    pub fn reached(&self, milestone: &Milestone, club: ClubId) -> u64 {
        milestone
            .places
            .iter()
            .map(|place| self.count(*place, club))
            .sum()
    }

    fn see(&mut self, places: &[ClubId]) {
        self.runs += 1;
        for (place, club) in places.iter().enumerate().skip(self.clubs) {
            self.counts[place * self.clubs + club.index()] += 1;
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.runs += other.runs;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self
    }
}

/// Plays runs `0..runs` at a seed on so many threads (all cores if none are named) and counts; `progress` hears of runs
/// that are done.
pub fn simulate(
    engine: &CupEngine,
    runs: u64,
    seed: u64,
    threads: Option<usize>,
    progress: &(impl Fn(u64) + Sync),
) -> CupTally {
    let key = SeedKey::new(seed, Purpose::Tournament);
    let (clubs, places) = (engine.clubs(), engine.cup().format().places());
    let count = || {
        (0..runs.div_ceil(BATCH))
            .into_par_iter()
            .fold(
                || (CupTally::new(clubs, places), engine.run()),
                |(mut tally, mut run), batch| {
                    let first = batch * BATCH;
                    let last = (first + BATCH).min(runs);
                    for number in first..last {
                        engine.play(key.run(number), &mut run);
                        tally.see(&run.places);
                    }
                    progress(last - first);
                    (tally, run)
                },
            )
            .map(|(tally, _)| tally)
            .reduce(|| CupTally::new(clubs, places), CupTally::merge)
    };
    let pool = threads.and_then(|threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .ok()
    });
    match pool {
        Some(pool) => pool.install(count),
        None => count(),
    }
}
