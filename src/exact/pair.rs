//! The two matches between two clubs of a group, tabulated by everything that can matter to a ranking.
//!
//! A table is seen from one of the clubs ("own") against its rival, either the right way round or
//! reversed. Reversed, every number is negated, so that "ranked last" becomes "ranked first" and one
//! algorithm answers both.

use crate::goals::JointScores;
use crate::tournament::{Goals, Points};
use std::collections::BTreeMap;
use std::ops::Range;

/// Which way round a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// As it is: the best club is first.
    Best,
    /// With every number negated: the worst club is first.
    Worst,
}

impl Direction {
    /// 1 or -1.
    pub(super) fn sign(self) -> i32 {
        match self {
            Self::Best => 1,
            Self::Worst => -1,
        }
    }
}

/// How many pairs of results two matches can have: win, draw or defeat at home, times the same away.
pub(super) const RESULT_PAIRS: usize = 9;

/// What a pair of results is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ResultPair {
    /// Own points of both matches.
    pub(super) own_points: i32,
    /// The rival's points of both matches.
    pub(super) rival_points: i32,
    /// Own wins, 0 to 2.
    pub(super) wins: u8,
    /// Own wins away from home, 0 or 1.
    pub(super) away_wins: u8,
}

/// Every pair of results in the order of [`Slice::results`], points negated if reversed.
pub(super) fn result_pairs(points: Points, direction: Direction) -> [ResultPair; RESULT_PAIRS] {
    let worth = [points.win, points.draw, points.loss].map(i32::from);
    std::array::from_fn(|results| {
        let (home, away) = (results / 3, results % 3);
        ResultPair {
            own_points: direction.sign() * (worth[home] + worth[away]),
            rival_points: direction.sign() * (worth[2 - home] + worth[2 - away]),
            wins: u8::from(home == 0) + u8::from(away == 0),
            away_wins: u8::from(away == 0),
        }
    })
}

/// 0 for a win of the side with the first count, 1 for a draw, 2 for a defeat.
fn result(own: u8, rival: u8) -> usize {
    match own.cmp(&rival) {
        std::cmp::Ordering::Greater => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Less => 2,
    }
}

/// One way the two matches can end, within a slice. Own goals at home are `goals - away`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// Own goals in both matches.
    pub(super) goals: i32,
    /// Own goals away.
    pub(super) away: i32,
    /// The rival's goals away.
    pub(super) rival_away: i32,
    /// The probability.
    pub(super) mass: f64,
}

/// All cells of one pair of results, one head-to-head order and one margin.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    /// The position of the slice in its table.
    pub(super) index: usize,
    /// The pair of results: 3 * home + away, each 0 for a win, 1 a draw, 2 a defeat.
    pub(super) results: usize,
    /// Who is ahead in these two matches alone (points, goal difference, away goals): 1 own, -1 the rival, 0 level.
    pub(super) ahead: i32,
    /// Own goals minus the rival's.
    pub(super) margin: i32,
    /// The probability of all cells.
    pub(super) mass: f64,
    /// The cells, sorted by own home goals, then own away goals.
    pub(super) cells: Vec<Cell>,
    /// The cells gathered by (own home goals, own away goals), in that order.
    pub(super) spots: Vec<Spot>,
    /// The probability of each spot.
    pub(super) masses: Vec<f64>,
    /// The spots once more as runs of neighbouring away goals.
    pub(super) rows: Vec<Row>,
    /// By own away goals.
    pub(super) by_away: Histogram,
    /// By own away goals minus the rival's.
    pub(super) by_lead: Histogram,
}

/// Probabilities of consecutive numbers.
#[derive(Debug, Clone)]
pub(super) struct Histogram {
    /// The first number.
    pub(super) least: i32,
    /// The probability of each.
    pub(super) masses: Vec<f64>,
}

impl Histogram {
    /// Of numbers with their probabilities.
    pub(super) fn new(numbers: impl Iterator<Item = (i32, f64)> + Clone) -> Self {
        let least = numbers.clone().map(|(number, _)| number).min().unwrap_or(0);
        let most = numbers.clone().map(|(number, _)| number).max();
        let mut masses = vec![0.0; (most.unwrap_or(least) - least + 1) as usize];
        for (number, mass) in numbers {
            masses[(number - least) as usize] += mass;
        }
        Self { least, masses }
    }
}

/// All cells of a slice with the same own goals.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// Own goals at home.
    pub(super) home: i32,
    /// Own goals away.
    pub(super) away: i32,
    /// Where the cells begin in [`Slice::cells`]; they end where those of the next spot begin.
    pub(super) first_cell: usize,
}

impl Spot {
    /// Own goals in both matches.
    pub(super) fn goals(&self) -> i32 {
        self.home + self.away
    }
}

/// Spots with the same home goals and consecutive away goals.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Own goals at home.
    pub(super) home: i32,
    /// Own goals away of the first spot.
    pub(super) away: i32,
    /// Where the spots begin in [`Slice::spots`].
    pub(super) first_spot: usize,
    /// How many spots there are.
    pub(super) len: usize,
}

/// What all cells of a slice have in common.
#[derive(Debug, Clone, Copy)]
struct SliceKey {
    results: usize,
    ahead: i32,
    margin: i32,
}

impl Slice {
    /// Adds up sorted cells of one slice.
    fn new(index: usize, key: SliceKey, cells: Vec<Cell>) -> Self {
        let (mut spots, mut masses): (Vec<Spot>, Vec<f64>) = (Vec::new(), Vec::new());
        for (index, cell) in cells.iter().enumerate() {
            let home = cell.goals - cell.away;
            match spots.last_mut() {
                Some(spot) if (spot.home, spot.away) == (home, cell.away) => {}
                _ => {
                    spots.push(Spot {
                        home,
                        away: cell.away,
                        first_cell: index,
                    });
                    masses.push(0.0);
                }
            }
            masses[spots.len() - 1] += cell.mass;
        }
        let mut rows: Vec<Row> = Vec::new();
        for (index, spot) in spots.iter().enumerate() {
            match rows.last_mut() {
                Some(row) if row.home == spot.home && row.away + row.len as i32 == spot.away => {
                    row.len += 1;
                }
                _ => rows.push(Row {
                    home: spot.home,
                    away: spot.away,
                    first_spot: index,
                    len: 1,
                }),
            }
        }
        Self {
            index,
            results: key.results,
            ahead: key.ahead,
            margin: key.margin,
            mass: cells.iter().map(|cell| cell.mass).sum(),
            by_away: Histogram::new(cells.iter().map(|cell| (cell.away, cell.mass))),
            by_lead: Histogram::new(
                (cells.iter()).map(|cell| (cell.away - cell.rival_away, cell.mass)),
            ),
            cells,
            spots,
            masses,
            rows,
        }
    }

    /// The cells of the spot at an index.
    pub(super) fn cells_of(&self, spot: usize) -> &[Cell] {
        &self.cells[self.range_of(spot)]
    }

    /// Where the cells of the spot at an index are.
    pub(super) fn range_of(&self, spot: usize) -> Range<usize> {
        let next = self.spots.get(spot + 1);
        let end = next.map_or(self.cells.len(), |next| next.first_cell);
        self.spots[spot].first_cell..end
    }
}

/// The scorelines of a match worth keeping: the least likely ones are dropped, at most `budget` of probability together.
pub(super) fn likely_scorelines(scores: &JointScores, budget: f64) -> Vec<(Goals, f64)> {
    let cutoff = cutoff(scores.iter().map(|(_, p)| p).collect(), budget);
    scores.iter().filter(|(_, p)| *p > cutoff).collect()
}

/// A number such that all probabilities up to it add up to `budget` at most, and hardly a greater one would do.
fn cutoff(mut probabilities: Vec<f64>, budget: f64) -> f64 {
    let (mut cutoff, mut left) = (0.0, budget);
    let mut open = &mut probabilities[..];
    while !open.is_empty() {
        let (below, middle, above) = open.select_nth_unstable_by(open.len() / 2, f64::total_cmp);
        let sum = below.iter().sum::<f64>() + *middle;
        if sum <= left {
            left -= sum;
            cutoff = *middle;
            open = above;
        } else {
            open = below;
        }
    }
    // Where only some of several equal ones would fit, none of them is dropped.
    let equal = probabilities.iter().filter(|p| **p == cutoff).count();
    if equal > 1 && cutoff > 0.0 {
        cutoff.next_down()
    } else {
        cutoff
    }
}

/// Combinations of scorelines of two matches are worth keeping if they are likelier than this: at most `budget` of probability is dropped.
pub(super) fn pair_cutoff(one: &[(Goals, f64)], other: &[(Goals, f64)], budget: f64) -> f64 {
    let products = one
        .iter()
        .flat_map(|(_, p)| other.iter().map(move |(_, q)| p * q));
    cutoff(products.collect(), budget)
}

/// The table of the two matches between a club and its rival.
///
/// `at_home` and `at_rival` are the scorelines of the matches on either ground (home side first in
/// both). Combinations must be likelier than the cutoff.
pub(super) fn tabulate(
    at_home: &[(Goals, f64)],
    at_rival: &[(Goals, f64)],
    cutoff: f64,
    points: Points,
    direction: Direction,
) -> Vec<Slice> {
    let worth = result_pairs(points, direction);
    let sign = direction.sign();
    // The cells of a slice come in the order of own goals at home, then away.
    let at_home = grouped(at_home, |goals| sign * i32::from(goals.home));
    let at_rival = grouped(at_rival, |goals| sign * i32::from(goals.away));
    let mut cells = Vec::new();
    for (home, home_matches) in &at_home {
        for (away, away_matches) in &at_rival {
            let likeliest = away_matches.iter().map(|(_, q)| *q).fold(0.0, f64::max);
            for &(home_match, p) in home_matches {
                if p * likeliest <= cutoff {
                    continue;
                }
                let rival_away = sign * i32::from(home_match.away);
                for &(away_match, q) in away_matches {
                    let mass = p * q;
                    if mass <= cutoff {
                        continue;
                    }
                    let results = 3 * result(home_match.home, home_match.away)
                        + result(away_match.away, away_match.home);
                    let margin = home + away - sign * i32::from(away_match.home) - rival_away;
                    let ahead = (worth[results].own_points)
                        .cmp(&worth[results].rival_points)
                        .then(margin.cmp(&0))
                        .then(away.cmp(&rival_away)) as i32;
                    let key = SliceKey {
                        results,
                        ahead,
                        margin,
                    };
                    let cell = Cell {
                        goals: home + away,
                        away: *away,
                        rival_away,
                        mass,
                    };
                    cells.push((key, cell));
                }
            }
        }
    }
    sliced(&cells)
}

/// Scorelines by a number, the least first.
fn grouped(
    scores: &[(Goals, f64)],
    number: impl Fn(&Goals) -> i32,
) -> BTreeMap<i32, Vec<(Goals, f64)>> {
    let mut groups: BTreeMap<i32, Vec<(Goals, f64)>> = BTreeMap::new();
    for score in scores {
        groups.entry(number(&score.0)).or_default().push(*score);
    }
    groups
}

/// The slices of cells, by pair of results, order head to head and margin. Within a slice cells keep their order.
fn sliced(cells: &[(SliceKey, Cell)]) -> Vec<Slice> {
    let margins = || cells.iter().map(|(key, _)| key.margin);
    let least = margins().min().unwrap_or(0);
    let width = margins()
        .max()
        .map_or(0, |most| (most - least + 1) as usize);
    let bucket = |key: &SliceKey| {
        let class = 3 * key.results + (key.ahead + 1) as usize;
        class * width + (key.margin - least) as usize
    };
    let (sorted, starts) = bucketed(cells, 3 * RESULT_PAIRS * width, |(key, _)| bucket(key));
    let mut slices = Vec::new();
    for ends in starts.windows(2).filter(|ends| ends[0] < ends[1]) {
        let members = &sorted[ends[0]..ends[1]];
        let cells = members.iter().map(|(_, cell)| *cell).collect();
        slices.push(Slice::new(slices.len(), members[0].0, cells));
    }
    slices
}

/// Items sorted by their buckets, in their order within each; and where each bucket begins, with one more at the end.
pub(super) fn bucketed<T: Copy>(
    items: &[T],
    buckets: usize,
    bucket: impl Fn(&T) -> usize,
) -> (Vec<T>, Vec<usize>) {
    let mut starts = vec![0; buckets + 1];
    for item in items {
        starts[bucket(item)] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut sorted = items.to_vec();
    for item in items.iter().rev() {
        // Each bucket is filled from its end, which is its start once it is full.
        let start = &mut starts[bucket(item)];
        *start -= 1;
        sorted[*start] = *item;
    }
    (sorted, starts)
}
