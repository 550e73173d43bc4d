//! The choice of instructions: work that is compiled twice, for any machine of this architecture and for AVX2.
//!
//! This is the only file with `unsafe` code. Both versions of a [`Work`] are one source, inlined into two functions, so
//! they cannot disagree but by a compiler's mistake; tests compare them all the same.
#![expect(
    unsafe_code,
    reason = "a function compiled for AVX2 may only be called where AVX2 was detected, which the compiler cannot see"
)]

/// Which instructions do a [`Work`].
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

/// Something worth compiling twice. `run` and all that should profit have to be `#[inline(always)]`: what is not inlined
/// into the AVX2 version is compiled without AVX2.
pub(crate) trait Work {
    /// Does it.
    fn run(self);
}

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

    /// Does some work.
    #[inline]
    pub(crate) fn run(self, work: impl Work) {
        match self {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a `Detected` is made in `best` alone, after the three features were found.
            Self::Avx2(_) => unsafe { run_avx2(work) },
            _ => work.run(),
        }
    }
}

/// [`Work::run`], compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn run_avx2(work: impl Work) {
    work.run();
}
