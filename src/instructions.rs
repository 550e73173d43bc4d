//! The choice of instructions: the same code compiled twice, for any machine and for AVX2.
//!
//! This is the only file with `unsafe` code. The portable version and the AVX2 version of a piece of work are one source, inlined
//! into two functions, so they cannot disagree but by a compiler's mistake; tests compare them all the same.
#![expect(
    unsafe_code,
    reason = "a function compiled for AVX2 may only be called where AVX2 was detected, which the compiler cannot see"
)]

/// A piece of work that gains from wide vectors.
///
/// What implementations call must be marked `#[inline(always)]`, and so must they: whatever is not inlined
/// is compiled for any machine. Products and sums are not fused, so that every machine rounds alike.
pub(crate) trait Work {
    /// What comes out.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

/// Which instructions do the work.
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

    /// Does a piece of work with these instructions.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a `Detected` is made in `best` alone, after the three features were found.
            Self::Avx2(_) => unsafe { with_avx2(work) },
            _ => work.run(),
        }
    }
}

/// [`Work::run`], compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn with_avx2<W: Work>(work: W) -> W::Output {
    work.run()
}
