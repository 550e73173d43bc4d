//! Counts where clubs come out over many runs, on all cores.

use super::compile::CupEngine;
use crate::format::Milestone;
use crate::ids::{ClubId, PlaceId};
use crate::rng::{Purpose, SeedKey};
use crate::state::Run;
use rayon::prelude::*;

/// Runs in a batch: what one thread does at a stretch.
const BATCH: u64 = 512;

/// How much is simulated, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Simulated tournaments.
    pub runs: u64,
    /// The seed of the random streams: the same seed gives the same counts for any number of threads.
    pub seed: u64,
    /// Threads; all cores if none are named.
    pub threads: Option<usize>,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            runs: 100_000,
            seed: 1,
            threads: None,
        }
    }
}

/// Sees simulated tournaments and counts what it is for. Counts are integers, so that the order of merging cannot show.
pub trait Observer: Send {
    /// Sees the run of this number.
    fn see(&mut self, number: u64, run: &Run);

    /// Adds what another has seen.
    #[must_use]
    fn merge(self, other: Self) -> Self;
}

/// How often each club stood at each place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CupTally {
    clubs: usize,
    runs: u64,
    /// Place by place, club by club.
    counts: Vec<u64>,
}

impl CupTally {
    /// Counters of so many clubs and places.
    pub fn new(clubs: usize, places: usize) -> Self {
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
}

impl Observer for CupTally {
    fn see(&mut self, _: u64, run: &Run) {
        self.runs += 1;
        for (place, club) in run.places.iter().enumerate().skip(self.clubs) {
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

/// Plays run number `number` at this seed once more.
pub fn replay(engine: &CupEngine, seed: u64, number: u64) -> Run {
    let mut run = engine.run();
    engine.play(
        SeedKey::new(seed, Purpose::Tournament).run(number),
        &mut run,
    );
    run
}

/// Plays runs `0..runs` at a seed before observers: each batch of runs is seen by one, and all are merged in the end, so
/// that the result is the same for any number of threads. Runs in which what is given does not come true are not seen:
/// so observers count those that they see. `progress` hears of runs that are done.
pub fn observe<O: Observer>(
    engine: &CupEngine,
    Runs {
        runs,
        seed,
        threads,
    }: Runs,
    progress: &(impl Fn(u64) + Sync),
    new: &(impl Fn() -> O + Sync),
) -> O {
    let key = SeedKey::new(seed, Purpose::Tournament);
    let watch = || {
        (0..runs.div_ceil(BATCH))
            .into_par_iter()
            .fold(
                || (new(), engine.run()),
                |(mut observer, mut run), batch| {
                    let first = batch * BATCH;
                    let last = (first + BATCH).min(runs);
                    for number in first..last {
                        engine.play(key.run(number), &mut run);
                        if engine.admits(&run) {
                            observer.see(number, &run);
                        }
                    }
                    progress(last - first);
                    (observer, run)
                },
            )
            .map(|(observer, _)| observer)
            .reduce(new, O::merge)
    };
    let pool = threads.and_then(|threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .ok()
    });
    match pool {
        Some(pool) => pool.install(watch),
        None => watch(),
    }
}
