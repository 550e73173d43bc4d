//! Random streams: the only file that names a generator.
//!
//! Every simulated tournament has a key, made from the seed, a purpose and its number. The key opens two
//! independent sources: a [`Stream`] that is read in a fixed order (every match has its own bits, used or
//! not), and [`RunKey::rare`], which gives the luck of rare events by their number. So a rare event never
//! shifts the luck of anything else, and any single tournament can be replayed on its own.

use rand::SeedableRng;

/// The generator of a stream: xoshiro256++ (Blackman & Vigna 2021), the same on every platform.
pub type Stream = rand::rngs::Xoshiro256PlusPlus;

/// What a stream is for: streams of different purposes share no luck even at the same seed and index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Simulated tournaments.
    Tournament,
    /// Draws of the groups.
    Draw,
    /// Draws of model parameters.
    Parameters,
    /// Resampling, for standard errors.
    Resampling,
    /// Tournaments with collapsed groups.
    Collapsed,
}

impl Purpose {
    /// A fixed odd number for each purpose; changing one changes every result.
    fn constant(self) -> u64 {
        match self {
            Self::Tournament => 0x546f_7572_6e61_6d01,
            Self::Draw => 0x4472_6177_5f5f_5f03,
            Self::Parameters => 0x5061_7261_6d65_7405,
            Self::Resampling => 0x5265_7361_6d70_6c07,
            Self::Collapsed => 0x436f_6c6c_6170_7309,
        }
    }
}

/// The increment of `SplitMix64`: 2^64 over the golden ratio, made odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Sets the luck of rare events apart from the state that a stream starts from.
const RARE: u64 = 0x7261_7265_2065_7665;

/// The first and the second multiplier of [`mix`].
const MIX_FACTORS: [u64; 2] = [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];

/// The finaliser of `SplitMix64` (Steele, Lea & Flood 2014; Stafford's variant 13): a bijection of 64 bits in
/// which every output bit depends on every input bit.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(MIX_FACTORS[0]);
    bits = (bits ^ (bits >> 27)).wrapping_mul(MIX_FACTORS[1]);
    bits ^ (bits >> 31)
}

/// The part of a run's key that all runs of one seed and purpose have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedKey(u64);

impl SeedKey {
    /// The common part of the keys of all streams with this seed and purpose.
    pub fn new(seed: u64, purpose: Purpose) -> Self {
        Self(mix(mix(seed.wrapping_add(GOLDEN)) ^ purpose.constant()))
    }

    /// The key of stream number `index`. Different indices always give different keys.
    pub fn run(self, index: u64) -> RunKey {
        RunKey(mix(self.0.wrapping_add(index.wrapping_mul(GOLDEN))))
    }
}

/// The key of one run, from which all its luck follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunKey(u64);

impl RunKey {
    /// The stream of this run, at its beginning: its state is the first four outputs of `SplitMix64`.
    pub fn stream(self) -> Stream {
        Stream::seed_from_u64(self.0)
    }

    /// A stream of its own for something that has to be drawn again, by the number of the event.
    pub fn again(self, event: u64) -> Stream {
        Stream::seed_from_u64(self.rare(event))
    }

    /// The luck of rare event number `event` of this run: output number `event` of a `SplitMix64` sequence of its own.
    pub fn rare(self, event: u64) -> u64 {
        mix(mix(self.0 ^ RARE).wrapping_add(event.wrapping_add(1).wrapping_mul(GOLDEN)))
    }
}

/// Streams of neighbouring runs, advanced side by side: lane `l` gives the very bits of run `first + l`.
///
/// The arithmetic is that of [`Stream`], written over arrays so that the compiler turns it into vector
/// instructions.
#[derive(Debug, Clone)]
pub(crate) struct LaneStreams<const LANES: usize> {
    state: [[u64; LANES]; 4],
}

#[expect(
    clippy::inline_always,
    reason = "what is not inlined into code compiled for wide vectors is compiled without them"
)]
impl<const LANES: usize> LaneStreams<LANES> {
    /// The streams of the runs from `first` on, each at its beginning.
    #[inline(always)]
    pub(crate) fn new(seed: SeedKey, first: u64) -> Self {
        let mut state = [[0; LANES]; 4];
        for lane in 0..LANES {
            let index = first.wrapping_add(lane as u64);
            let key = mix(seed.0.wrapping_add(index.wrapping_mul(GOLDEN)));
            for (step, word) in state.iter_mut().enumerate() {
                word[lane] = mix(key.wrapping_add((step as u64 + 1).wrapping_mul(GOLDEN)));
            }
        }
        Self { state }
    }

    /// The next words of every lane, each in its lower and its upper half. Several at once are quicker than one by
    /// one: the state is loaded and stored only once.
    #[inline(always)]
    pub(crate) fn next<const WORDS: usize>(&mut self, words: &mut [[[u32; LANES]; 2]; WORDS]) {
        let [s0, s1, s2, s3] = &mut self.state;
        for lane in 0..LANES {
            let (mut a, mut b, mut c, mut d) = (s0[lane], s1[lane], s2[lane], s3[lane]);
            for [low, high] in words.iter_mut() {
                let word = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
                let shifted = b << 17;
                c ^= a;
                d ^= b;
                b ^= c;
                a ^= d;
                c ^= shifted;
                d = d.rotate_left(45);
                low[lane] = word as u32;
                high[lane] = (word >> 32) as u32;
            }
            (s0[lane], s1[lane], s2[lane], s3[lane]) = (a, b, c, d);
        }
    }
}

/// The stream of luck for a seed, a purpose and an index such as the number of the simulated tournament.
pub fn stream(seed: u64, purpose: Purpose, index: u64) -> Stream {
    SeedKey::new(seed, purpose).run(index).stream()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn a_stream_starts_from_the_first_four_outputs_of_splitmix() {
        let key = SeedKey::new(5, Purpose::Tournament).run(9);
        let state = [1u64, 2, 3, 4].map(|step| mix(key.0.wrapping_add(step.wrapping_mul(GOLDEN))));
        let mut bytes = [0; 32];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(state) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        let mut expected = Stream::from_seed(bytes);
        let mut actual = key.stream();
        for _ in 0..10 {
            assert_eq!(actual.next_u64(), expected.next_u64());
        }
    }

    #[test]
    fn lanes_give_the_bits_of_their_runs() {
        let seed = SeedKey::new(77, Purpose::Tournament);
        let mut lanes = LaneStreams::<8>::new(seed, u64::MAX - 3);
        let mut single: Vec<Stream> = (0..8)
            .map(|lane| seed.run((u64::MAX - 3).wrapping_add(lane)).stream())
            .collect();
        let mut words = [[[0; 8]; 2]; 3];
        for _ in 0..50 {
            lanes.next(&mut words);
            for [low, high] in &words {
                for (lane, stream) in single.iter_mut().enumerate() {
                    let word = u64::from(high[lane]) << 32 | u64::from(low[lane]);
                    assert_eq!(word, stream.next_u64());
                }
            }
        }
    }

    #[test]
    fn seeds_purposes_and_indices_each_change_the_stream() {
        let first = |seed, purpose, index| stream(seed, purpose, index).next_u64();
        let base = first(1, Purpose::Tournament, 0);
        assert_eq!(base, first(1, Purpose::Tournament, 0));
        assert_ne!(base, first(2, Purpose::Tournament, 0));
        assert_ne!(base, first(1, Purpose::Draw, 0));
        assert_ne!(base, first(1, Purpose::Tournament, 1));
    }

    #[test]
    fn bits_of_neighbouring_runs_are_even() {
        // Of n = 20,000 first words at seed 3 each bit is set about half the time: 4 standard errors are 283.
        let mut set = [0u32; 64];
        for index in 0..20_000 {
            let word = stream(3, Purpose::Tournament, index).next_u64();
            for (bit, count) in set.iter_mut().enumerate() {
                *count += (word >> bit & 1) as u32;
            }
        }
        assert!(
            set.iter().all(|count| count.abs_diff(10_000) < 283),
            "{set:?}"
        );
    }
}
