//! Where the probabilities of a club's records are added up: planes of (home goals, away goals).

use super::pair::{Histogram, RESULT_PAIRS, ResultPair, Slice, Spot};
use super::spectrum::{Product, Transform};

/// Something on which the probabilities of a club's records are added up.
pub(super) trait Surface {
    /// Turns to where two slices add up.
    fn choose(&mut self, first: &Slice, second: &Slice);

    /// Adds the convolution of the club's two slices, times a factor.
    fn stamp(&mut self, own: [&Slice; 2], factor: f64);

    /// Adds the convolution of a slice with another whose spots have other probabilities. Spots of the slice that are less likely than
    /// `least` may be skipped.
    fn stamp_reweighted(&mut self, slice: &Slice, other: &Slice, masses: &[f64], least: f64);

    /// Adds the convolution of a slice with another, each combination of cells times a chance: index 0 of the chances is for the least
    /// lead in away goals of the slice and the least away goals of the other, and for each more of either the index is one more. Spots
    /// of the slice that are less likely than `least` may be skipped.
    fn stamp_by_lead(&mut self, slice: &Slice, other: &Slice, chances: &[f64], least: f64);

    /// Adds one combination of two spots.
    fn dot(&mut self, spots: [&Spot; 2], mass: f64);
}

/// The sum of all probabilities, for those who do not ask for records.
#[derive(Debug, Default)]
pub(super) struct Total(pub(super) f64);

impl Surface for Total {
    fn choose(&mut self, _: &Slice, _: &Slice) {}

    fn stamp(&mut self, own: [&Slice; 2], factor: f64) {
        self.0 += factor * own[0].mass * own[1].mass;
    }

    fn stamp_reweighted(&mut self, slice: &Slice, _: &Slice, masses: &[f64], _: f64) {
        self.0 += slice.mass * masses.iter().sum::<f64>();
    }

    fn stamp_by_lead(&mut self, slice: &Slice, other: &Slice, chances: &[f64], _: f64) {
        for (lead, mass) in slice.by_lead.masses.iter().enumerate() {
            let chances = other.by_away.masses.iter().zip(&chances[lead..]);
            self.0 += mass * chances.map(|(mass, chance)| mass * chance).sum::<f64>();
        }
    }

    fn dot(&mut self, _: [&Spot; 2], mass: f64) {
        self.0 += mass;
    }
}

/// What a plane's records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PlaneKey {
    /// Points.
    pub(super) points: i32,
    /// Matches won.
    pub(super) wins: u8,
    /// Matches won away.
    pub(super) away_wins: u8,
    /// Goal difference.
    pub(super) margin: i32,
}

/// Planes of probabilities, one for each combination of points, wins, away wins and goal difference.
pub(super) struct Canvas {
    /// The index of the first plane of each two pairs of results; its planes follow by margin.
    blocks: [[Block; RESULT_PAIRS]; RESULT_PAIRS],
    /// The blocks' planes.
    planes: Vec<Plane>,
    frame: Frame,
    /// The chosen plane.
    chosen: usize,
    /// Work space: a weight for each number of away goals.
    weights: Vec<f64>,
}

/// One plane.
#[derive(Debug)]
struct Plane {
    key: PlaneKey,
    /// Row by row; empty until something is added.
    masses: Vec<f64>,
    /// The convolutions that are left for [`Canvas::finish`].
    products: Vec<Product>,
}

/// What the numbers of a plane stand for.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// Own home goals of the first row, own away goals of the first column.
    least: [i32; 2],
    /// Home goal counts, away goal counts.
    shape: (usize, usize),
}

impl Frame {
    /// Where a run of combinations of home and away goals begins, and how many of them lie on a plane.
    #[inline]
    fn place(&self, home: i32, away: i32, length: usize) -> Option<(usize, usize)> {
        let home = (home - self.least[0]) as usize;
        let away = (away - self.least[1]) as usize;
        let inside = home < self.shape.0 && away < self.shape.1;
        inside.then(|| (home * self.shape.1 + away, length.min(self.shape.1 - away)))
    }

    /// How many numbers a plane has.
    fn size(&self) -> usize {
        self.shape.0 * self.shape.1
    }
}

/// The planes of one outcome.
#[derive(Debug, Clone, Copy, Default)]
struct Block {
    /// The margin of the first plane.
    least_margin: i32,
    /// The index of the first plane.
    first: usize,
}

impl Canvas {
    /// Planes for everything that two tables of the same club can add up to, but for so many goals that all such together are
    /// less likely than `lost`.
    pub(super) fn new(own: [&[Slice]; 2], worth: &[ResultPair; RESULT_PAIRS], lost: f64) -> Self {
        let mut canvas = Self::empty(own, lost);
        let range = |table: &[Slice], results: usize| {
            let margins = table.iter().filter(|slice| slice.results == results);
            let margins = margins.map(|slice| slice.margin);
            Some((margins.clone().min()?, margins.max()?))
        };
        let mut outcomes: Vec<((i32, u8, u8), i32, i32)> = Vec::new();
        let mut used = Vec::new();
        for first in 0..RESULT_PAIRS {
            for second in 0..RESULT_PAIRS {
                let (Some(one), Some(two)) = (range(own[0], first), range(own[1], second)) else {
                    continue;
                };
                let outcome = (
                    worth[first].own_points + worth[second].own_points,
                    worth[first].wins + worth[second].wins,
                    worth[first].away_wins + worth[second].away_wins,
                );
                let (least, most) = (one.0 + two.0, one.1 + two.1);
                used.push((first, second, outcome));
                match outcomes.iter_mut().find(|(known, _, _)| *known == outcome) {
                    Some(known) => {
                        known.1 = known.1.min(least);
                        known.2 = known.2.max(most);
                    }
                    None => outcomes.push((outcome, least, most)),
                }
            }
        }
        let mut blocks = Vec::new();
        for ((points, wins, away_wins), least, most) in outcomes {
            let block = Block {
                least_margin: least,
                first: canvas.planes.len(),
            };
            blocks.push(((points, wins, away_wins), block));
            canvas.planes.extend((least..=most).map(|margin| Plane {
                key: PlaneKey {
                    points,
                    wins,
                    away_wins,
                    margin,
                },
                masses: Vec::new(),
                products: Vec::new(),
            }));
        }
        for (first, second, outcome) in used {
            let block = blocks.iter().find(|(known, _)| *known == outcome);
            canvas.blocks[first][second] = block.expect("every outcome got its planes above").1;
        }
        canvas
    }

    fn empty(own: [&[Slice]; 2], lost: f64) -> Self {
        let [first, second] = own.map(|table| {
            let spots = || {
                let slices = table.iter();
                slices.flat_map(|slice| slice.spots.iter().zip(&slice.masses))
            };
            [
                Histogram::new(spots().map(|(spot, mass)| (spot.home, *mass))),
                Histogram::new(spots().map(|(spot, mass)| (spot.away, *mass))),
            ]
        });
        let counts = [0, 1].map(|which| counts(&first[which], &second[which], lost));
        Self {
            blocks: Default::default(),
            planes: Vec::new(),
            frame: Frame {
                least: [0, 1].map(|which| first[which].least + second[which].least),
                shape: (counts[0], counts[1]),
            },
            chosen: 0,
            weights: Vec::new(),
        }
    }

    /// The numbers of the chosen plane.
    fn on_plane(&mut self) -> &mut [f64] {
        let masses = &mut self.planes[self.chosen].masses;
        if masses.is_empty() {
            masses.resize(self.frame.size(), 0.0);
        }
        masses
    }

    /// Adds the convolutions that were left.
    pub(super) fn finish(&mut self, own: [&[Slice]; 2]) {
        self.finish_small_planes(own);
        let products = || self.planes.iter().flat_map(|plane| &plane.products);
        if products().next().is_none() {
            return;
        }
        let (home, away) = self.frame.shape;
        let transform = Transform::new(home, away);
        let spectra = [0, 1].map(|which| {
            let mut wanted = vec![false; own[which].len()];
            for product in products() {
                wanted[product.planes[which]] = true;
            }
            transform.spectra(own[which], &wanted)
        });
        let mut scratch = transform.scratch();
        let unfinished = self.planes.iter_mut();
        for plane in unfinished.filter(|plane| !plane.products.is_empty()) {
            let mass = |product: &Product| {
                let [first, second] = product.of(own);
                product.factor * first.mass * second.mass
            };
            let floor = plane.products.iter().map(mass).sum::<f64>() * ROUNDING;
            plane.masses.resize(home * away, 0.0);
            let products = std::mem::take(&mut plane.products);
            transform.convolve(&spectra, &products, floor, &mut scratch, &mut plane.masses);
        }
    }

    /// Whether the convolutions of a plane are more work number by number than by transforms.
    fn worth_transforming(&self, plane: &Plane, own: [&[Slice]; 2]) -> bool {
        let work = |product: &Product| {
            let [first, second] = product.of(own);
            first.spots.len() * second.spots.len()
        };
        let work: usize = plane.products.iter().map(work).sum();
        work >= TRANSFORM_COST * self.frame.size()
    }

    /// Adds the convolutions of planes that are not worth a transform.
    fn finish_small_planes(&mut self, own: [&[Slice]; 2]) {
        let mut masses = Vec::new();
        for plane in 0..self.planes.len() {
            if self.worth_transforming(&self.planes[plane], own) {
                continue;
            }
            self.chosen = plane;
            for product in std::mem::take(&mut self.planes[plane].products) {
                let [first, second] = product.of(own);
                masses.clear();
                masses.extend(second.masses.iter().map(|mass| product.factor * mass));
                self.stamp_reweighted(first, second, &masses, 0.0);
            }
        }
    }

    /// How many planes [`Self::finish`] will transform.
    #[cfg(test)]
    pub(super) fn transforms(&self, own: [&[Slice]; 2]) -> usize {
        let planes = self.planes.iter();
        planes
            .filter(|plane| self.worth_transforming(plane, own))
            .count()
    }

    /// Tells every combination more likely than `least`: what its plane stands for, home goals, away goals, its probability. The best
    /// by points, goal difference, goals, away goals, wins and away wins comes first.
    pub(super) fn each_record(&self, least: f64, mut tell: impl FnMut(PlaneKey, i32, i32, f64)) {
        let Frame {
            shape: (home, away),
            least: first,
        } = self.frame;
        let planes = self.planes.iter();
        let mut likely: Vec<(&PlaneKey, &[f64])> = planes
            .map(|plane| (&plane.key, &*plane.masses))
            .filter(|(_, masses)| masses.iter().any(|mass| *mass > least))
            .collect();
        likely.sort_by_key(|(key, _)| {
            std::cmp::Reverse((key.points, key.margin, key.wins, key.away_wins))
        });
        let alike = likely.chunk_by(|(a, _), (b, _)| (a.points, a.margin) == (b.points, b.margin));
        for planes in alike {
            for goals in (0..home + away - 1).rev() {
                for column in (goals.saturating_sub(home - 1)..=goals.min(away - 1)).rev() {
                    let row = goals - column;
                    for (key, masses) in planes {
                        let mass = masses[row * away + column];
                        if mass > least {
                            let (home, away) = (row as i32 + first[0], column as i32 + first[1]);
                            tell(**key, home, away, mass);
                        }
                    }
                }
            }
        }
    }
}

/// How many counts a sum of two numbers needs, from the least on, so that no more than `lost` of probability lies above.
fn counts(first: &Histogram, second: &Histogram, lost: f64) -> usize {
    let mut above = 0.0;
    let mut counts = first.masses.len() + second.masses.len() - 1;
    while counts > 1 {
        let pairs = first.masses.iter().take(counts).enumerate();
        let pairs = pairs.filter_map(|(k, mass)| Some(mass * second.masses.get(counts - 1 - k)?));
        above += pairs.sum::<f64>();
        if above > lost {
            break;
        }
        counts -= 1;
    }
    counts
}

/// What the transform of a plane back costs, in products of two numbers for each of its numbers; measured.
const TRANSFORM_COST: usize = 8;

/// Of a sum by transforms, what is less than this share of its largest possible value is taken for a rounding error.
const ROUNDING: f64 = 1e-15;

impl Surface for Canvas {
    fn choose(&mut self, first: &Slice, second: &Slice) {
        let block = self.blocks[first.results][second.results];
        self.chosen = block.first + (first.margin + second.margin - block.least_margin) as usize;
    }

    fn stamp(&mut self, own: [&Slice; 2], factor: f64) {
        self.planes[self.chosen].products.push(Product {
            planes: own.map(|slice| slice.index),
            factor,
        });
    }

    fn stamp_reweighted(&mut self, slice: &Slice, other: &Slice, masses: &[f64], least: f64) {
        let frame = self.frame;
        let plane = self.on_plane();
        let spots = slice.spots.iter().zip(&slice.masses);
        for (spot, scale) in spots.filter(|(_, mass)| **mass >= least) {
            for row in &other.rows {
                let (home, away) = (spot.home + row.home, spot.away + row.away);
                let Some((at, length)) = frame.place(home, away, row.len) else {
                    continue;
                };
                let source = &masses[row.first_spot..row.first_spot + length];
                let target = &mut plane[at..at + length];
                for (sum, value) in target.iter_mut().zip(source) {
                    *sum += scale * value;
                }
            }
        }
    }

    fn stamp_by_lead(&mut self, slice: &Slice, other: &Slice, chances: &[f64], least: f64) {
        let mut weights = std::mem::take(&mut self.weights);
        let frame = self.frame;
        let plane = self.on_plane();
        for (index, spot) in slice.spots.iter().enumerate() {
            if slice.masses[index] < least {
                continue;
            }
            weights.clear();
            weights.resize(other.by_away.masses.len(), 0.0);
            for cell in slice.cells_of(index) {
                let lead = (cell.away - cell.rival_away - slice.by_lead.least) as usize;
                for (weight, chance) in weights.iter_mut().zip(&chances[lead..]) {
                    *weight += cell.mass * chance;
                }
            }
            for row in &other.rows {
                let (home, away) = (spot.home + row.home, spot.away + row.away);
                let Some((at, length)) = frame.place(home, away, row.len) else {
                    continue;
                };
                let source = &other.masses[row.first_spot..row.first_spot + length];
                let weights = &weights[(row.away - other.by_away.least) as usize..][..length];
                let target = &mut plane[at..at + length];
                for ((sum, value), weight) in target.iter_mut().zip(source).zip(weights) {
                    *sum += weight * value;
                }
            }
        }
        self.weights = weights;
    }

    fn dot(&mut self, [first, second]: [&Spot; 2], mass: f64) {
        let (home, away) = (first.home + second.home, first.away + second.away);
        if let Some((at, 1)) = self.frame.place(home, away, 1) {
            self.on_plane()[at] += mass;
        }
    }
}
