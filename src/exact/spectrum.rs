//! Convolutions of many small planes by their discrete Fourier transforms.
//!
//! A plane holds a number for each count of home and of away goals. The transform of a convolution is the
//! product of the transforms, so that sums of many convolutions cost one product each and one
//! transform back. Planes are so small that transforms are plain sums over a table of angles.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined into the version for wide vectors is compiled without them"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "a loop over lanes that indexes several arrays is the form that is turned into vector instructions"
)]

use super::pair::Slice;
use crate::instructions::{Instructions, Vectors, Work};

/// The transforms of planes of one size. Angles are whole turns divided by the number of goal counts; as planes
/// are real, half of the frequencies of away goals say everything.
#[derive(Debug, Clone)]
pub(super) struct Transform {
    /// Home goal counts, and frequencies of home goals.
    home: Angles,
    /// Away goal counts.
    away: Angles,
    /// Frequencies of away goals.
    frequencies: usize,
    instructions: Instructions,
}

/// Cosines and sines: row `k` holds those of `k * j` parts of a turn for every count `j`, and zeros up to whole blocks.
#[derive(Debug, Clone)]
struct Angles {
    count: usize,
    rows: Vec<AngleRow>,
}

/// Cosines and sines in blocks.
#[derive(Debug, Clone)]
struct AngleRow {
    re: Vec<[f64; BLOCK]>,
    im: Vec<[f64; BLOCK]>,
}

/// Real and imaginary parts of a list of numbers.
#[derive(Debug, Clone)]
struct Complex {
    re: Vec<f64>,
    im: Vec<f64>,
}

impl Complex {
    fn zeros(length: usize) -> Self {
        Self {
            re: vec![0.0; length],
            im: vec![0.0; length],
        }
    }
}

/// Lists that vectors run over have a multiple of so many numbers.
const BLOCK: usize = 8;

impl Angles {
    fn new(count: usize) -> Self {
        let angle =
            |k: usize, j: usize| std::f64::consts::TAU * ((k * j) % count) as f64 / count as f64;
        let row = |k: usize| {
            let blocks = count.div_ceil(BLOCK);
            let mut row = AngleRow {
                re: vec![[0.0; BLOCK]; blocks],
                im: vec![[0.0; BLOCK]; blocks],
            };
            for j in 0..count {
                let (sine, cosine) = angle(k, j).sin_cos();
                row.re[j / BLOCK][j % BLOCK] = cosine;
                row.im[j / BLOCK][j % BLOCK] = sine;
            }
            row
        };
        Self {
            count,
            rows: (0..count).map(row).collect(),
        }
    }

    /// The length of a row with its zeros.
    fn padded(&self) -> usize {
        self.count.next_multiple_of(BLOCK)
    }
}

/// A convolution of two transformed planes to be added to a sum, times a factor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Product {
    /// The positions of the slices in either table.
    pub(super) planes: [usize; 2],
    /// The factor.
    pub(super) factor: f64,
}

impl Product {
    /// The slices that are convolved.
    pub(super) fn of<'a>(&self, own: [&'a [Slice]; 2]) -> [&'a Slice; 2] {
        let [first, second] = self.planes;
        [&own[0][first], &own[1][second]]
    }
}

/// Transformed planes of one size, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Spectra(Complex);

impl Transform {
    /// For planes of so many counts of home and away goals. Sums that go beyond begin again at the least count.
    pub(super) fn new(home: usize, away: usize) -> Self {
        Self {
            home: Angles::new(home),
            away: Angles::new(away),
            frequencies: away / 2 + 1,
            instructions: Instructions::best(),
        }
    }

    /// How many complex numbers a transformed plane has.
    pub(super) fn len(&self) -> usize {
        self.frequencies * self.home.count
    }

    /// Transforms the masses of those slices of a table that are wanted, goals counted from the least in the table on.
    pub(super) fn spectra(&self, slices: &[Slice], wanted: &[bool]) -> Spectra {
        let spots = || slices.iter().flat_map(|slice| &slice.spots);
        let least = [
            spots().map(|spot| spot.home).min().unwrap_or(0),
            spots().map(|spot| spot.away).min().unwrap_or(0),
        ];
        let mut spectra = Complex::zeros(slices.len() * self.len());
        self.instructions.run(Forward {
            transform: self,
            slices,
            wanted,
            least,
            spectra: &mut spectra,
        });
        Spectra(spectra)
    }

    /// Adds a sum of convolutions to a plane; what is less than `floor` is taken for a rounding error and left out.
    pub(super) fn convolve(
        &self,
        spectra: &[Spectra; 2],
        products: &[Product],
        floor: f64,
        scratch: &mut Scratch,
        plane: &mut [f64],
    ) {
        self.instructions.run(Convolve {
            transform: self,
            spectra,
            products,
            floor,
            scratch,
            plane,
        });
    }

    /// Work space for [`Self::convolve`].
    pub(super) fn scratch(&self) -> Scratch {
        Scratch {
            sum: Complex::zeros(self.len()),
            half: Complex::zeros(self.frequencies * self.home.padded()),
        }
    }
}

/// Work space.
#[derive(Debug, Clone)]
pub(super) struct Scratch {
    /// The transform of the sum.
    sum: Complex,
    /// By frequency of away goals and number of home goals.
    half: Complex,
}

/// `sums += factor * values`.
#[inline(always)]
fn add(sums: &mut [f64], values: &[[f64; BLOCK]], factor: f64) {
    for (sums, values) in sums.as_chunks_mut::<BLOCK>().0.iter_mut().zip(values) {
        for lane in 0..BLOCK {
            sums[lane] += factor * values[lane];
        }
    }
}

/// Adds the four products of a number's parts with cosines and sines: real times cosine, imaginary times sine, imaginary times cosine,
/// real times sine.
#[inline(always)]
fn turn(
    parts: &mut [[f64; BLOCK]; 4],
    re: f64,
    im: f64,
    cosines: &[f64; BLOCK],
    sines: &[f64; BLOCK],
) {
    for lane in 0..BLOCK {
        parts[0][lane] += re * cosines[lane];
        parts[1][lane] += im * sines[lane];
        parts[2][lane] += im * cosines[lane];
        parts[3][lane] += re * sines[lane];
    }
}

/// The work of [`Transform::spectra`].
struct Forward<'a> {
    transform: &'a Transform,
    slices: &'a [Slice],
    wanted: &'a [bool],
    least: [i32; 2],
    spectra: &'a mut Complex,
}

impl Work for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: impl Vectors) {
        let Transform {
            home,
            away,
            frequencies,
            ..
        } = self.transform;
        let padded = frequencies.next_multiple_of(BLOCK).min(away.padded());
        // By number of home goals and frequency of away goals.
        let mut half = Complex::zeros(home.count * padded);
        let wanted = |slice: &&Slice| self.wanted[slice.index];
        for slice in self.slices.iter().filter(wanted) {
            half.re.fill(0.0);
            half.im.fill(0.0);
            let mut most = 0;
            for (spot, mass) in slice.spots.iter().zip(&slice.masses) {
                let goals = (spot.home - self.least[0]) as usize % home.count;
                let angles = &away.rows[(spot.away - self.least[1]) as usize % away.count];
                most = most.max(goals);
                let at = goals * padded;
                add(&mut half.re[at..at + padded], &angles.re, *mass);
                add(&mut half.im[at..at + padded], &angles.im, -mass);
            }
            for frequency in 0..*frequencies {
                let at = slice.index * self.transform.len() + frequency * home.count;
                for block in 0..home.padded() / BLOCK {
                    let mut parts = [[0.0; BLOCK]; 4];
                    for (goals, angles) in home.rows[..=most].iter().enumerate() {
                        let re = half.re[goals * padded + frequency];
                        let im = half.im[goals * padded + frequency];
                        turn(&mut parts, re, im, &angles.re[block], &angles.im[block]);
                    }
                    // Times the cosine less the imaginary unit times the sine.
                    let lanes = BLOCK.min(home.count - block * BLOCK);
                    let at = at + block * BLOCK;
                    for lane in 0..lanes {
                        self.spectra.re[at + lane] = parts[0][lane] + parts[1][lane];
                        self.spectra.im[at + lane] = parts[2][lane] - parts[3][lane];
                    }
                }
            }
        }
    }
}

/// The work of [`Transform::convolve`].
struct Convolve<'a> {
    transform: &'a Transform,
    spectra: &'a [Spectra; 2],
    products: &'a [Product],
    floor: f64,
    scratch: &'a mut Scratch,
    plane: &'a mut [f64],
}

impl Convolve<'_> {
    /// The transform of the sum.
    #[inline(always)]
    fn multiply(&mut self) {
        let length = self.transform.len();
        let sum = &mut self.scratch.sum;
        sum.re.fill(0.0);
        sum.im.fill(0.0);
        for product in self.products {
            let parts = [0, 1].map(|which| {
                let at = product.planes[which] * length;
                let Spectra(spectra) = &self.spectra[which];
                (&spectra.re[at..at + length], &spectra.im[at..at + length])
            });
            let [(one_re, one_im), (other_re, other_im)] = parts;
            let sums = sum.re.iter_mut().zip(&mut sum.im);
            let ones = one_re.iter().zip(one_im);
            let others = other_re.iter().zip(other_im);
            for (((re, im), (a, b)), (c, d)) in sums.zip(ones).zip(others) {
                *re += product.factor * (a * c - b * d);
                *im += product.factor * (a * d + b * c);
            }
        }
    }

    /// Home goals back from their frequencies.
    #[inline(always)]
    fn back_to_home_goals(&mut self) {
        let home = &self.transform.home;
        let Scratch { sum, half, .. } = &mut *self.scratch;
        for frequency in 0..self.transform.frequencies {
            let numbers = frequency * home.count..(frequency + 1) * home.count;
            let (re, im) = (&sum.re[numbers.clone()], &sum.im[numbers]);
            for block in 0..home.padded() / BLOCK {
                let mut parts = [[0.0; BLOCK]; 4];
                for ((re, im), angles) in re.iter().zip(im).zip(&home.rows) {
                    turn(&mut parts, *re, *im, &angles.re[block], &angles.im[block]);
                }
                let at = frequency * home.padded() + block * BLOCK;
                for lane in 0..BLOCK {
                    half.re[at + lane] = parts[0][lane] - parts[1][lane];
                    half.im[at + lane] = parts[2][lane] + parts[3][lane];
                }
            }
        }
    }

    /// Away goals back from their frequencies, and onto the plane.
    #[inline(always)]
    fn back_to_away_goals(&mut self) {
        let Transform {
            home,
            away,
            frequencies,
            ..
        } = self.transform;
        let half = &self.scratch.half;
        let scale = 1.0 / (home.count * away.count) as f64;
        for (goals, sums) in self.plane.chunks_exact_mut(away.count).enumerate() {
            for (block, sums) in sums.chunks_mut(BLOCK).enumerate() {
                let mut parts = [[0.0; BLOCK]; 2];
                for (frequency, angles) in away.rows[..*frequencies].iter().enumerate() {
                    // All but the lowest frequency, and the highest of an even number, stand for two.
                    let single = frequency == 0 || 2 * frequency == away.count;
                    let factor = if single { scale } else { 2.0 * scale };
                    let at = frequency * home.padded() + goals;
                    let (re, im) = (factor * half.re[at], factor * half.im[at]);
                    let (cosines, sines) = (&angles.re[block], &angles.im[block]);
                    for lane in 0..BLOCK {
                        parts[0][lane] += re * cosines[lane];
                        parts[1][lane] += im * sines[lane];
                    }
                }
                for (lane, sum) in sums.iter_mut().enumerate() {
                    let value = parts[0][lane] - parts[1][lane];
                    *sum += if value < self.floor { 0.0 } else { value };
                }
            }
        }
    }
}

impl Work for Convolve<'_> {
    type Output = ();

    #[inline(always)]
    fn run(mut self, _: impl Vectors) {
        self.multiply();
        self.back_to_home_goals();
        self.back_to_away_goals();
    }
}
