//! The choice of instructions: the same code compiled twice, for any machine and for AVX2.
//!
//! This is the only file with `unsafe` code. The portable version and the AVX2 version are one source, inlined into
//! two functions, so they cannot disagree but by a compiler's mistake; a test compares them all the same.
#![expect(
    unsafe_code,
    reason = "a function compiled for AVX2 may only be called where AVX2 was detected, which the compiler cannot see"
)]

use super::{Batch, BatchCounts, Plan};
use crate::play::Engine;
use crate::rng::SeedKey;

/// Which instructions play a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instructions {
    /// Those that every machine of this architecture has.
    Portable,
    /// AVX2 and BMI, detected at run time. The field keeps anyone else from saying so.
    Avx2(Detected),
}

/// The proof that [`Instructions::best`] found AVX2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Detected(());

impl Instructions {
    /// The best that this machine has.
    pub(crate) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
        {
            return Self::Avx2(Detected(()));
        }
        Self::Portable
    }

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
        match self {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a `Detected` is made in `best` alone, after the three features were found.
            Self::Avx2(_) => unsafe { play_avx2(engine, plan, seed, first, batch, counts) },
            _ => super::play_and_count(engine, plan, seed, first, batch, counts),
        }
    }
}

/// [`super::play_and_count`], compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn play_avx2(
    engine: &Engine,
    plan: &Plan,
    seed: SeedKey,
    first: u64,
    batch: &mut Batch,
    counts: Option<&mut BatchCounts>,
) {
    super::play_and_count(engine, plan, seed, first, batch, counts);
}
