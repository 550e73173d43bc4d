//! Runs: draws a winner a group, seeds them and goes through the bracket, 64 runs side by side.

use super::Knockout;
use super::bracket::Bracket;
use super::groups::GroupDraw;
use super::knockout::{Depth, Drawn, Expected};
use super::strata::Strata;
use crate::exact::{self, GroupStage, Unsupported};
use crate::ids::ClubId;
use crate::instructions::{Instructions, Vectors, Work};
use crate::playbook::Playbook;
use crate::rng::{LaneStreams, Purpose, SeedKey};
use crate::threads::{Threads, on_threads};
use rayon::prelude::*;
use std::ops::Range;

/// Runs that are drawn side by side.
pub const LANES: usize = 64;

/// A value for each lane.
pub(super) type Lane<T> = [T; LANES];

/// Runs that share 64 streams of luck, and whose sums are added in floating point, always in the same order, before they
/// become whole numbers.
pub const PORTION: u64 = 256 * LANES as u64;

/// Of so many batches one looks at the whole bracket when chances are computed, the others only at ties between two
/// seeds: these need the most runs, and the later ties are several times as dear.
const WHOLE_EVERY: u64 = 2;

/// A tournament with its groups collapsed.
#[derive(Debug, Clone)]
pub struct Sampler {
    pub(super) stage: GroupStage,
    pub(super) bracket: Bracket,
    pub(super) clubs: usize,
    pub(super) rounds: usize,
    groups: GroupDraw,
    instructions: Instructions,
}

impl Sampler {
    /// Solves the groups exactly, at most about `tolerance` of probability dropped, and prepares the draws.
    ///
    /// # Errors
    /// If the groups, the rules or the bracket are of a kind that the exact solver does not know, or there are
    /// more than 64 groups.
    pub fn new(playbook: &Playbook, tolerance: f64) -> Result<Self, Unsupported> {
        let stage = exact::group_stage(playbook, tolerance)?;
        if stage.groups.len() > 64 {
            return Err(Unsupported {
                what: "more than 64 groups".to_owned(),
            });
        }
        let possible = |(club, records): (&ClubId, &Vec<_>)| (!records.is_empty()).then_some(*club);
        let active: Vec<Option<ClubId>> = stage
            .groups
            .iter()
            .flat_map(|group| group.clubs.iter().zip(&group.winners))
            .map(possible)
            .collect();
        Ok(Self {
            bracket: Bracket::new(playbook, &active)?,
            clubs: playbook.clubs,
            rounds: playbook.rounds.len(),
            groups: GroupDraw::new(&stage, &playbook.lots),
            instructions: Instructions::best(),
            stage,
        })
    }

    /// The same with no instructions but those that every machine of this architecture has: slower, and the same bytes.
    #[must_use]
    pub fn portable(self) -> Self {
        Self {
            instructions: Instructions::Portable,
            ..self
        }
    }

    /// The same with tables that know only points and goal difference, so that much is left to the second draw.
    #[cfg(test)]
    pub(super) fn hiding_figures(self, playbook: &Playbook) -> Self {
        Self {
            groups: GroupDraw::with_entries(&self.stage, &playbook.lots, 1),
            ..self
        }
    }

    /// The group stage, solved.
    pub fn group_stage(&self) -> &GroupStage {
        &self.stage
    }

    /// The number of clubs that can be drawn, those that cannot win their group included.
    fn positions(&self) -> usize {
        self.groups.groups() * 3
    }

    /// Plays the runs with these numbers, `None` meaning one thread a core. Portions of runs are never split, so
    /// the numbers are rounded outwards to whole portions of [`PORTION`] runs; what was found is the same, bit by bit,
    /// for any number of threads.
    ///
    /// # Panics
    /// If the threads cannot be started.
    pub fn run(&self, runs: Range<u64>, seed: u64, knockout: Knockout, threads: Threads) -> Strata {
        let key = SeedKey::new(seed, Purpose::Collapsed);
        let portions = runs.start / PORTION..runs.end.div_ceil(PORTION);
        let nothing = || Strata::new(&self.bracket, self.positions());
        let work = || {
            portions
                .into_par_iter()
                .fold(
                    || Worker::new(self, knockout),
                    |mut worker, portion| {
                        worker.play(self, key, portion);
                        worker
                    },
                )
                .map(|worker| worker.finish(self))
                .reduce(nothing, |mut one, other| {
                    one.merge(&other);
                    one
                })
        };
        on_threads(threads, work)
    }
}

/// What one thread has played.
struct Worker {
    seeds: Vec<Lane<u32>>,
    knockout: Bookkeeping,
    strata: Strata,
}

/// The bracket's side of it.
enum Bookkeeping {
    Drawn(Drawn),
    Expected(Expected),
}

impl Worker {
    fn new(sampler: &Sampler, knockout: Knockout) -> Self {
        Self {
            seeds: vec![[0; LANES]; sampler.groups.groups()],
            knockout: match knockout {
                Knockout::Sampled => Bookkeeping::Drawn(Drawn::new(&sampler.bracket)),
                Knockout::Expected => Bookkeeping::Expected(Expected::new(&sampler.bracket)),
            },
            strata: Strata::new(&sampler.bracket, sampler.positions()),
        }
    }

    fn play(&mut self, sampler: &Sampler, key: SeedKey, portion: u64) {
        sampler.instructions.run(Portion {
            sampler,
            key,
            first: portion * PORTION,
            seeds: &mut self.seeds,
            knockout: &mut self.knockout,
        });
        if let Bookkeeping::Expected(expected) = &mut self.knockout {
            self.strata.runs += PORTION;
            expected.hand_over_sums(&mut self.strata);
        }
    }

    fn finish(mut self, sampler: &Sampler) -> Strata {
        match self.knockout {
            Bookkeeping::Drawn(drawn) => drawn.hand_over(&sampler.bracket, &mut self.strata),
            Bookkeeping::Expected(expected) => {
                expected.hand_over_meetings(&sampler.bracket, &mut self.strata);
            }
        }
        self.strata
    }
}

/// The runs of a portion.
struct Portion<'a> {
    sampler: &'a Sampler,
    key: SeedKey,
    first: u64,
    seeds: &'a mut [Lane<u32>],
    knockout: &'a mut Bookkeeping,
}

impl Work for Portion<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: impl Vectors) {
        let Self { sampler, key, .. } = self;
        let mut streams = LaneStreams::<LANES>::new(key, self.first);
        for batch in 0..PORTION / LANES as u64 {
            let first = self.first + batch * LANES as u64;
            let key_of = |lane| key.run(first + lane as u64);
            sampler.groups.draw(&mut streams, self.seeds, key_of);
            match self.knockout {
                Bookkeeping::Drawn(drawn) => {
                    drawn.play(&sampler.bracket, &mut streams, self.seeds);
                }
                Bookkeeping::Expected(expected) => {
                    let depth = if batch % WHOLE_EVERY == 0 {
                        Depth::All
                    } else {
                        Depth::Opening
                    };
                    expected.play(&sampler.bracket, depth, self.seeds);
                }
            }
        }
    }
}
