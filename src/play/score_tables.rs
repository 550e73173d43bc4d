//! Score tables: draws a scoreline from 16 random bits, exactly.
//!
//! Each score distribution becomes an alias table (Walker 1977; Vose 1991) of [`COLUMNS`] columns in whole
//! units of 2^-16, built with integers only. What whole units cannot say, the tail of unlikely scorelines
//! and the fractions of all others, is gathered in one outcome, [`ESCAPE`]: a few draws in ten thousand
//! escape, and then 64 bits of the run's rare luck choose by the fractions that were left. Both steps
//! together reproduce the distribution to the rounding of floats: to within a total variation of 1e-14.

use crate::goals::JointScores;
use crate::tournament::Goals;

/// Columns of an alias table: 6 of the 16 bits choose the column, 10 choose within it.
pub(crate) const COLUMNS: usize = 64;

/// Bits that choose within a column.
const WITHIN: u32 = 10;

/// Units of probability in a column.
const CAPACITY: u32 = 1 << WITHIN;

/// Units of probability in a table.
const UNITS: u32 = 1 << 16;

/// The code of "none of these". All other codes are scorelines: home goals in the upper four bits, away goals in
/// the lower four.
pub(crate) const ESCAPE: u8 = 0xff;

/// The most goals of one side that a code can hold.
const MOST_CODED: u8 = 15;

/// The scoreline that a code stands for, unless it is [`ESCAPE`].
pub(crate) fn decode(code: u8) -> Goals {
    Goals {
        home: code >> 4,
        away: code & 15,
    }
}

/// The code of a scoreline, if it has one.
pub(crate) fn encode(goals: Goals) -> Option<u8> {
    let fits = goals.home <= MOST_CODED && goals.away <= MOST_CODED;
    let code = goals.home << 4 | (goals.away & 15);
    (fits && code != ESCAPE).then_some(code)
}

/// The columns of one alias table: the first code in bits 0-7, the other in bits 8-15, the units of the first
/// from bit 16 on.
pub(crate) type Table = [u32; COLUMNS];

/// Alias tables and tails of all score distributions of a playbook.
#[derive(Debug, Clone)]
pub(crate) struct ScoreTables {
    /// One alias table each.
    columns: Vec<Table>,
    /// Per table, what an escape leads to.
    tails: Vec<Tail>,
    /// The tails' cumulative probabilities, one list after the other, in units of 2^-64.
    ends: Vec<u64>,
}

/// Where a tail stands, and what its scorelines are.
#[derive(Debug, Clone, Copy)]
struct Tail {
    /// Its first entry in `ends`.
    start: u32,
    /// How many entries it has; entry `k` is the scoreline `k / away` to `k % away`.
    length: u32,
    /// Away goal counts in a row.
    away: u32,
}

impl ScoreTables {
    /// Tables of all these distributions, in their order.
    pub(crate) fn new(scores: &[JointScores]) -> Self {
        let mut tables = Self {
            columns: Vec::with_capacity(scores.len()),
            tails: Vec::with_capacity(scores.len()),
            ends: Vec::new(),
        };
        for distribution in scores {
            tables.push(distribution);
        }
        tables
    }

    /// The scoreline that 16 bits of luck (the upper 16 are not looked at) and, if they escape, `rare` lead to.
    #[inline]
    pub(crate) fn draw(&self, table: u32, bits: u32, rare: impl FnOnce() -> u64) -> Goals {
        let code = self.code(table, bits);
        if code == ESCAPE {
            self.escape(table, rare())
        } else {
            decode(code)
        }
    }

    /// The code that 16 bits of luck lead to.
    #[inline]
    pub(crate) fn code(&self, table: u32, bits: u32) -> u8 {
        let column = (bits >> WITHIN) as usize % COLUMNS;
        let entry = self.columns[table as usize][column];
        let shift = if bits % CAPACITY < entry >> 16 { 0 } else { 8 };
        (entry >> shift) as u8
    }

    /// The columns of one table.
    #[inline]
    pub(crate) fn table(&self, table: u32) -> &Table {
        &self.columns[table as usize]
    }

    /// The scoreline of a draw that escaped.
    #[cold]
    pub(crate) fn escape(&self, table: u32, rare: u64) -> Goals {
        let tail = self.tails[table as usize];
        let start = tail.start as usize;
        let ends = &self.ends[start..start + tail.length as usize];
        let cell = ends.partition_point(|end| *end <= rare).min(ends.len() - 1);
        Goals {
            home: (cell / tail.away as usize) as u8,
            away: (cell % tail.away as usize) as u8,
        }
    }

    /// Adds the table of one distribution.
    fn push(&mut self, scores: &JointScores) {
        let cells: Vec<(Goals, f64)> = scores.iter().collect();
        let mut outcomes = coded_units(&cells);
        let coded: u32 = outcomes.iter().map(|(_, units, _)| units).sum();
        let escaping = UNITS - coded;
        let mut left: Vec<f64> = cells.iter().map(|(_, p)| p * f64::from(UNITS)).collect();
        for (_, units, cell) in &outcomes {
            left[*cell] = (left[*cell] - f64::from(*units)).max(0.0);
        }
        outcomes.push((ESCAPE, escaping, cells.len()));
        self.columns.push(alias_columns(&outcomes));
        let start = u32::try_from(self.ends.len()).expect("tails of all tables fit 2^32 entries");
        if escaping > 0 {
            self.ends.extend(cumulative(&left));
        }
        self.tails.push(Tail {
            start,
            length: (self.ends.len() - start as usize) as u32,
            away: scores.shape().1 as u32,
        });
    }
}

/// The scorelines that get a code of their own, with their whole units and their cell: the likeliest 63.
fn coded_units(cells: &[(Goals, f64)]) -> Vec<(u8, u32, usize)> {
    let mut outcomes: Vec<(u8, u32, usize)> = cells
        .iter()
        .enumerate()
        .filter_map(|(cell, (goals, p))| {
            let units = (p * f64::from(UNITS)) as u32;
            let code = encode(*goals)?;
            (units > 0).then_some((code, units, cell))
        })
        .collect();
    if outcomes.len() >= COLUMNS {
        outcomes.sort_by_key(|(_, units, cell)| (std::cmp::Reverse(*units), *cell));
        outcomes.truncate(COLUMNS - 1);
    }
    outcomes
}

/// Vose's construction in whole units: every column holds [`CAPACITY`] units of at most two outcomes.
fn alias_columns(outcomes: &[(u8, u32, usize)]) -> Table {
    let mut columns = [0; COLUMNS];
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for (code, units, _) in outcomes {
        let list = if *units < CAPACITY {
            &mut small
        } else {
            &mut large
        };
        list.push((*code, *units));
    }
    for column in &mut columns {
        // With no small outcome left a column is filled by a large one alone.
        let (code, units) = small.pop().unwrap_or((0, 0));
        let (other, stock) = large.pop().expect(
            "the units still to be placed fill the open columns exactly, so not all are small",
        );
        *column = u32::from(code) | u32::from(other) << 8 | units << 16;
        let rest = stock - (CAPACITY - units);
        let list = if rest < CAPACITY {
            &mut small
        } else {
            &mut large
        };
        if rest > 0 {
            list.push((other, rest));
        }
    }
    columns
}

/// The running sum of weights, scaled to 2^64, up to the last weight above zero.
fn cumulative(weights: &[f64]) -> Vec<u64> {
    let total: f64 = weights.iter().sum();
    let length = weights
        .iter()
        .rposition(|weight| *weight > 0.0)
        .map_or(0, |last| last + 1);
    let scale = 2f64.powi(64) / total;
    let mut below = 0.0;
    weights[..length]
        .iter()
        .map(|weight| {
            below += weight;
            // A float to integer cast stops at the largest integer, which the last entry means.
            (below * scale) as u64
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::Rates;
    use proptest::prelude::*;

    /// The distribution a table really draws from, read off its columns and its tail.
    fn reconstruct(tables: &ScoreTables, table: u32, shape: (usize, usize)) -> Vec<f64> {
        let mut mass = vec![0.0; shape.0 * shape.1];
        let mut escaping = 0.0;
        for bits in 0..UNITS {
            match tables.code(table, bits) {
                ESCAPE => escaping += 1.0 / f64::from(UNITS),
                code => {
                    let goals = decode(code);
                    mass[usize::from(goals.home) * shape.1 + usize::from(goals.away)] +=
                        1.0 / f64::from(UNITS);
                }
            }
        }
        let tail = tables.tails[table as usize];
        let mut below = 0.0;
        for (cell, mass) in mass.iter_mut().enumerate().take(tail.length as usize) {
            let end = if cell + 1 == tail.length as usize {
                1.0
            } else {
                tables.ends[tail.start as usize + cell] as f64 / 2f64.powi(64)
            };
            *mass += escaping * (end - below);
            below = end;
        }
        mass
    }

    /// The most that rounding may leave between a distribution and its table.
    const ROUNDING: f64 = 1e-14;

    /// The total variation between a distribution and its table.
    fn variation(scores: &JointScores) -> f64 {
        let tables = ScoreTables::new(std::slice::from_ref(scores));
        let mass = reconstruct(&tables, 0, scores.shape());
        let distance: f64 = scores
            .iter()
            .zip(&mass)
            .map(|((_, p), q)| (p - q).abs())
            .sum();
        distance / 2.0
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_table_draws_from_its_distribution(home in 0.0..6.0f64, away in 0.0..6.0f64) {
            let scores = JointScores::independent_poisson(Rates::nearest(home, away));
            let variation = variation(&scores);
            prop_assert!(variation < ROUNDING, "{variation}");
        }

        #[test]
        fn a_table_of_any_weights_draws_from_them(weights in prop::collection::vec(0.0..1.0f64, 20 * 18)) {
            // Flat tables have more scorelines than columns and goals beyond the codes.
            prop_assume!(weights.iter().sum::<f64>() > 0.0);
            let scores = JointScores::from_table(20, 18, weights);
            let variation = variation(&scores);
            prop_assert!(variation < ROUNDING, "{variation}");
        }
    }

    #[test]
    fn a_known_score_is_always_drawn() {
        for goals in [(0, 0), (2, 1), (15, 14), (15, 15), (16, 0), (30, 30)] {
            let goals = Goals {
                home: goals.0,
                away: goals.1,
            };
            let tables = ScoreTables::new(&[JointScores::certain(goals)]);
            for bits in (0..UNITS).step_by(97) {
                assert_eq!(tables.draw(0, bits, || 0), goals);
                assert_eq!(tables.draw(0, bits, || u64::MAX), goals);
            }
        }
    }

    #[test]
    fn escapes_are_rare_at_the_rates_of_real_matches() {
        let scores = JointScores::independent_poisson(Rates::nearest(2.8, 0.7));
        let tables = ScoreTables::new(&[scores]);
        let escapes = (0..UNITS)
            .filter(|bits| tables.code(0, *bits) == ESCAPE)
            .count();
        assert!(escapes < 60, "{escapes} of 65536 draws escape");
    }
}
