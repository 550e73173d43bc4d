//! Where the probabilities of a club's records are added up: dense planes of (home goals, away goals).

use super::pair::{Cell, RESULT_PAIRS, ResultPair, Slice, Spot};

/// Something on which the probabilities of a club's records are added up.
pub(super) trait Surface {
    /// Turns to where two slices add up.
    fn choose(&mut self, first: &Slice, second: &Slice);

    /// Adds the convolution of two slices with the given probabilities of their spots, times a factor.
    fn stamp(
        &mut self,
        first: &Slice,
        first_masses: &[f64],
        second: &Slice,
        second_masses: &[f64],
        factor: f64,
    );

    /// Adds one spot combined with a slice, with a weight for each number of the slice's away goals from `least` on.
    fn stamp_weighted(&mut self, spot: &Spot, other: &Slice, weights: &[f64], least: i32);

    /// Adds one combination of two cells.
    fn dot(&mut self, first: &Cell, second: &Cell, mass: f64);
}

/// The sum of all probabilities, for those who do not ask for records.
#[derive(Debug, Default)]
pub(super) struct Total(pub(super) f64);

impl Surface for Total {
    fn choose(&mut self, _: &Slice, _: &Slice) {}

    fn stamp(
        &mut self,
        _: &Slice,
        first_masses: &[f64],
        _: &Slice,
        second_masses: &[f64],
        factor: f64,
    ) {
        let sum = |masses: &[f64]| masses.iter().sum::<f64>();
        self.0 += factor * sum(first_masses) * sum(second_masses);
    }

    fn stamp_weighted(&mut self, _: &Spot, other: &Slice, weights: &[f64], least: i32) {
        for row in &other.rows {
            let masses = &other.masses[row.first_spot..row.first_spot + row.len];
            let weights = &weights[(row.away - least) as usize..][..row.len];
            let products = masses.iter().zip(weights);
            self.0 += products.map(|(mass, weight)| mass * weight).sum::<f64>();
        }
    }

    fn dot(&mut self, _: &Cell, _: &Cell, mass: f64) {
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
    /// The keys of the blocks' planes.
    planes: Vec<PlaneKey>,
    /// Own away goals of the first column.
    least_away: i32,
    /// The size of a plane: home goal counts, away goal counts.
    shape: (usize, usize),
    /// Plane by plane, row by row.
    masses: Vec<f64>,
    /// Where the chosen plane begins.
    chosen: usize,
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
    /// Planes for everything that two tables of the same club can add up to.
    pub(super) fn new(own: [&[Slice]; 2], worth: &[ResultPair; RESULT_PAIRS]) -> Self {
        let mut canvas = Self::empty(own);
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
            canvas.planes.extend((least..=most).map(|margin| PlaneKey {
                points,
                wins,
                away_wins,
                margin,
            }));
        }
        for (first, second, outcome) in used {
            let block = blocks.iter().find(|(known, _)| *known == outcome);
            canvas.blocks[first][second] = block.expect("every outcome got its planes above").1;
        }
        canvas.masses = vec![0.0; canvas.planes.len() * canvas.shape.0 * canvas.shape.1];
        canvas
    }

    fn empty(own: [&[Slice]; 2]) -> Self {
        let ranges = own.map(|table| {
            let spots = || table.iter().flat_map(|slice| &slice.spots);
            let home = spots().map(|spot| spot.home).max().unwrap_or(0);
            let least = spots().map(|spot| spot.away).min().unwrap_or(0);
            let most = spots().map(|spot| spot.away).max().unwrap_or(0);
            (home, least, most)
        });
        let home = (ranges[0].0 + ranges[1].0 + 1) as usize;
        let least_away = ranges[0].1 + ranges[1].1;
        let away = (ranges[0].2 + ranges[1].2 - least_away + 1) as usize;
        Self {
            blocks: Default::default(),
            planes: Vec::new(),
            least_away,
            shape: (home, away),
            masses: Vec::new(),
            chosen: 0,
        }
    }

    /// Where a combination of home and away goals lies on the chosen plane.
    fn at(&self, home: i32, away: i32) -> usize {
        self.chosen + home as usize * self.shape.1 + (away - self.least_away) as usize
    }

    /// Every combination with its probability: what its plane stands for, home goals, away goals.
    pub(super) fn records(&self) -> impl Iterator<Item = (PlaneKey, i32, i32, f64)> {
        let (home, away) = self.shape;
        let planes = self
            .planes
            .iter()
            .zip(self.masses.chunks_exact(home * away));
        planes.flat_map(move |(key, plane)| {
            plane.iter().enumerate().map(move |(index, mass)| {
                let away_goals = (index % away) as i32 + self.least_away;
                (*key, (index / away) as i32, away_goals, *mass)
            })
        })
    }
}

impl Surface for Canvas {
    fn choose(&mut self, first: &Slice, second: &Slice) {
        let block = self.blocks[first.results][second.results];
        let plane = block.first + (first.margin + second.margin - block.least_margin) as usize;
        self.chosen = plane * self.shape.0 * self.shape.1;
    }

    fn stamp(
        &mut self,
        first: &Slice,
        first_masses: &[f64],
        second: &Slice,
        second_masses: &[f64],
        factor: f64,
    ) {
        for (spot, mass) in first.spots.iter().zip(first_masses) {
            let scale = mass * factor;
            for row in &second.rows {
                let at = self.at(spot.home + row.home, spot.away + row.away);
                let source = &second_masses[row.first_spot..row.first_spot + row.len];
                let target = &mut self.masses[at..at + row.len];
                for (sum, value) in target.iter_mut().zip(source) {
                    *sum += scale * value;
                }
            }
        }
    }

    fn stamp_weighted(&mut self, spot: &Spot, other: &Slice, weights: &[f64], least: i32) {
        for row in &other.rows {
            let at = self.at(spot.home + row.home, spot.away + row.away);
            let source = &other.masses[row.first_spot..row.first_spot + row.len];
            let weights = &weights[(row.away - least) as usize..][..row.len];
            let target = &mut self.masses[at..at + row.len];
            for ((sum, value), weight) in target.iter_mut().zip(source).zip(weights) {
                *sum += weight * value;
            }
        }
    }

    fn dot(&mut self, first: &Cell, second: &Cell, mass: f64) {
        let at = self.at(first.home + second.home, first.away + second.away);
        self.masses[at] += mass;
    }
}
