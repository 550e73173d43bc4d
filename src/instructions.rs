//! The choice of instructions: the same code compiled three times, for any machine, for AVX2 and for AVX-512.
//!
//! This is the only file with `unsafe` code. All versions of a piece of work are one source, inlined into several
//! functions, so they cannot disagree but by a compiler's mistake; tests compare them all the same.
#![expect(
    unsafe_code,
    reason = "a function compiled for wide vectors may only be called where these were detected, which the compiler cannot see"
)]
#![expect(
    clippy::inline_always,
    reason = "what is not inlined into the version for wide vectors is compiled without them"
)]

/// A piece of work that gains from wide vectors.
///
/// What implementations call must be marked `#[inline(always)]`, and so must they: whatever is not inlined
/// is compiled for any machine. Products and sums are not fused, so that every machine rounds alike.
pub(crate) trait Work {
    /// What comes out.
    type Output;

    /// Does it. What no compiler finds by itself, the vectors do.
    fn run(self, vectors: impl Vectors) -> Self::Output;
}

/// What the vectors of a machine do beyond what a compiler turns a loop into.
pub(crate) trait Vectors: Copy {
    /// Replaces every number, which must be less than 64, by the entry of the table that it points to.
    fn look_up<const N: usize>(self, table: &[u32; 64], numbers: &mut [u32; N]);
}

/// No more than loops.
#[derive(Debug, Clone, Copy)]
struct Loops;

impl Vectors for Loops {
    #[inline(always)]
    fn look_up<const N: usize>(self, table: &[u32; 64], numbers: &mut [u32; N]) {
        for number in numbers {
            *number = table[*number as usize % 64];
        }
    }
}

/// Whole tables in registers.
#[derive(Debug, Clone, Copy)]
#[cfg(target_arch = "x86_64")]
struct Permutations(Detected);

#[cfg(target_arch = "x86_64")]
impl Vectors for Permutations {
    #[inline(always)]
    fn look_up<const N: usize>(self, table: &[u32; 64], numbers: &mut [u32; N]) {
        let (vectors, rest) = numbers.as_chunks_mut::<16>();
        for vector in vectors {
            // SAFETY: `Instructions::run` makes `Permutations` only of a `Detected` of AVX-512.
            unsafe { permute(table, vector) };
        }
        for number in rest {
            *number = table[*number as usize % 64];
        }
    }
}

/// Sixteen numbers less than 64 replaced by the entries they point to: two instructions choose among 32 entries each.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx512f")]
fn permute(table: &[u32; 64], numbers: &mut [u32; 16]) {
    use std::arch::x86_64::{
        _mm512_loadu_si512, _mm512_mask_blend_epi32, _mm512_permutex2var_epi32, _mm512_set1_epi32,
        _mm512_storeu_si512, _mm512_test_epi32_mask,
    };
    let (quarters, _) = table.as_chunks::<16>();
    // SAFETY: sixteen numbers of 32 bits are one vector.
    let load = |from: &[u32; 16]| unsafe { _mm512_loadu_si512(from.as_ptr().cast()) };
    let which = load(numbers);
    let lower = _mm512_permutex2var_epi32(load(&quarters[0]), which, load(&quarters[1]));
    let upper = _mm512_permutex2var_epi32(load(&quarters[2]), which, load(&quarters[3]));
    let in_upper = _mm512_test_epi32_mask(which, _mm512_set1_epi32(32));
    let found = _mm512_mask_blend_epi32(in_upper, lower, upper);
    // SAFETY: as above.
    unsafe { _mm512_storeu_si512(numbers.as_mut_ptr().cast(), found) };
}

/// Which instructions do the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instructions {
    /// Those that every machine of this architecture has.
    Portable,
    /// AVX2 and BMI, detected at run time. The field keeps anyone else from saying so.
    Avx2(Detected),
    /// AVX-512 with the parts that all its machines for computing have, detected at run time.
    Avx512(Detected),
}

/// The proof that the features were found.
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
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512cd")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                return Self::Avx512(Detected(()));
            }
            return Self::Avx2(Detected(()));
        }
        Self::Portable
    }

    /// All that this machine has, the best last.
    #[cfg(test)]
    pub(crate) fn available() -> Vec<Self> {
        match Self::best() {
            Self::Portable => vec![Self::Portable],
            Self::Avx2(detected) => vec![Self::Portable, Self::Avx2(detected)],
            Self::Avx512(detected) => {
                vec![Self::Portable, Self::Avx2(detected), Self::Avx512(detected)]
            }
        }
    }

    /// Does a piece of work with these instructions.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: a `Detected` is made in `best` alone, after AVX2, BMI1 and BMI2 were found.
            Self::Avx2(_) => unsafe { with_avx2(work) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above, and `Avx512` is made only after the five parts of AVX-512 were found, too.
            Self::Avx512(detected) => unsafe { with_avx512(work, detected) },
            _ => work.run(Loops),
        }
    }
}

/// [`Work::run`], compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn with_avx2<W: Work>(work: W) -> W::Output {
    work.run(Loops)
}

/// [`Work::run`], compiled for AVX-512.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,avx512f,avx512bw,avx512cd,avx512dq,avx512vl")]
fn with_avx512<W: Work>(work: W, detected: Detected) -> W::Output {
    work.run(Permutations(detected))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks numbers up, a few more than fill vectors.
    struct LookUp([u32; 37]);

    impl Work for LookUp {
        type Output = [u32; 37];

        #[inline(always)]
        fn run(mut self, vectors: impl Vectors) -> [u32; 37] {
            let table = std::array::from_fn(|index| 1_000_000 + 17 * index as u32);
            vectors.look_up(&table, &mut self.0);
            self.0
        }
    }

    #[test]
    fn all_instructions_look_up_alike() {
        for shift in 0..64 {
            let numbers: [u32; 37] = std::array::from_fn(|lane| (5 * lane as u32 + shift) % 64);
            let expected = numbers.map(|number| 1_000_000 + 17 * number);
            for instructions in Instructions::available() {
                assert_eq!(
                    instructions.run(LookUp(numbers)),
                    expected,
                    "{instructions:?}"
                );
            }
        }
    }
}
