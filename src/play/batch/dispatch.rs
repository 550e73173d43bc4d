//! A batch as a piece of work for the best instructions there are.

use super::{Batch, BatchCounts, Plan};
use crate::instructions::{Instructions, Vectors, Work};
use crate::play::Engine;
use crate::rng::SeedKey;

/// The arguments of [`super::play_and_count`].
struct PlayAndCount<'a> {
    engine: &'a Engine,
    plan: &'a Plan,
    seed: SeedKey,
    first: u64,
    batch: &'a mut Batch,
    counts: Option<&'a mut BatchCounts>,
}

impl Work for PlayAndCount<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, vectors: impl Vectors) {
        super::play_and_count(
            vectors,
            self.engine,
            self.plan,
            self.seed,
            self.first,
            self.batch,
            self.counts,
        );
    }
}

impl Instructions {
    /// Plays the runs from `first` on, one a lane, and counts what became of them where that is asked for.
    pub(crate) fn play(
        self,
        engine: &Engine,
        plan: &Plan,
        seed: SeedKey,
        first: u64,
        batch: &mut Batch,
        counts: Option<&mut BatchCounts>,
    ) {
        self.run(PlayAndCount {
            engine,
            plan,
            seed,
            first,
            batch,
            counts,
        });
    }
}
