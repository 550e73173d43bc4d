//! The two matches between two clubs of a group, tabulated by everything that can matter to a ranking.
//!
//! A table is seen from one of the clubs ("own") against its rival, either the right way round or
//! reversed. Reversed, every number is negated, so that "ranked last" becomes "ranked first" and one
//! algorithm answers both. Only the reversed table forgets how goals split into home and away: nobody
//! asks for the record of a club that finishes last. The same is left out where only places are wanted.

use crate::goals::JointScores;
use crate::tournament::{Goals, Points};

/// Which way round a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// As it is: the best club is first.
    Best,
    /// As it is, for those who want to know who is first, but not with which record.
    BestPlaceOnly,
    /// With every number negated: the worst club is first.
    Worst,
}

impl Direction {
    /// 1 or -1.
    pub(super) fn sign(self) -> i32 {
        match self {
            Self::Best | Self::BestPlaceOnly => 1,
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

/// One way the two matches can end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// The pair of results: 3 * home + away, each 0 for a win, 1 a draw, 2 a defeat.
    pub(super) results: usize,
    /// Who is ahead in these two matches alone (points, goal difference, away goals): 1 own, -1 the rival, 0 level.
    pub(super) ahead: i32,
    /// Own goals minus the rival's.
    pub(super) margin: i32,
    /// Own goals at home; 0 in a reversed table.
    pub(super) home: i32,
    /// Own goals away.
    pub(super) away: i32,
    /// The rival's goals away.
    pub(super) rival_away: i32,
    /// Own goals in both matches.
    pub(super) goals: i32,
    /// The probability.
    pub(super) mass: f64,
}

/// All cells of one pair of results, one head-to-head order and one margin.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    /// The pair of results, as in [`Cell::results`].
    pub(super) results: usize,
    /// Who is ahead head-to-head, as in [`Cell::ahead`].
    pub(super) ahead: i32,
    /// The margin.
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

impl Slice {
    /// Adds up sorted cells of one slice.
    fn new(cells: Vec<Cell>) -> Self {
        let first = cells[0];
        let (mut spots, mut masses): (Vec<Spot>, Vec<f64>) = (Vec::new(), Vec::new());
        for (index, cell) in cells.iter().enumerate() {
            match spots.last_mut() {
                Some(spot) if (spot.home, spot.away) == (cell.home, cell.away) => {}
                _ => {
                    spots.push(Spot {
                        home: cell.home,
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
            results: first.results,
            ahead: first.ahead,
            margin: first.margin,
            mass: cells.iter().map(|cell| cell.mass).sum(),
            cells,
            spots,
            masses,
            rows,
        }
    }

    /// The least and the most own away goals.
    pub(super) fn away_range(&self) -> (i32, i32) {
        let least = self.rows.iter().map(|row| row.away).min();
        let most = self.rows.iter().map(|row| row.away + row.len as i32 - 1);
        (least.unwrap_or(0), most.max().unwrap_or(0))
    }

    /// The cells of the spot at an index.
    pub(super) fn cells_of(&self, spot: usize) -> &[Cell] {
        let end = self
            .spots
            .get(spot + 1)
            .map_or(self.cells.len(), |next| next.first_cell);
        &self.cells[self.spots[spot].first_cell..end]
    }
}

/// The scorelines of a match worth keeping: the least likely ones are dropped, at most `budget` of probability together.
pub(super) fn likely_scorelines(scores: &JointScores, budget: f64) -> Vec<(Goals, f64)> {
    let cutoff = cutoff(scores.iter().map(|(_, p)| p).collect(), budget);
    scores.iter().filter(|(_, p)| *p > cutoff).collect()
}

/// The largest of the probabilities such that all up to it add up to `budget` at most, or 0.
fn cutoff(mut probabilities: Vec<f64>, budget: f64) -> f64 {
    probabilities.sort_unstable_by(f64::total_cmp);
    let (mut cutoff, mut sum) = (0.0, 0.0);
    for level in probabilities.chunk_by(|a, b| a == b) {
        sum += level[0] * level.len() as f64;
        if sum > budget {
            break;
        }
        cutoff = level[0];
    }
    cutoff
}

/// The table of the two matches between a club and its rival.
///
/// `at_home` and `at_rival` are the scorelines of the matches on either ground (home side first in
/// both), and at most `budget` of probability is dropped.
pub(super) fn tabulate(
    at_home: &[(Goals, f64)],
    at_rival: &[(Goals, f64)],
    budget: f64,
    points: Points,
    direction: Direction,
) -> Vec<Slice> {
    let worth = result_pairs(points, direction);
    let products = at_home
        .iter()
        .flat_map(|(_, p)| at_rival.iter().map(move |(_, q)| p * q));
    let cutoff = cutoff(products.collect(), budget);
    let sign = direction.sign();
    let mut cells = Vec::new();
    for &(home_match, p) in at_home {
        for &(away_match, q) in at_rival {
            let mass = p * q;
            if mass <= cutoff {
                continue;
            }
            let results = 3 * result(home_match.home, home_match.away)
                + result(away_match.away, away_match.home);
            let home = i32::from(home_match.home);
            let away = sign * i32::from(away_match.away);
            let rival_away = sign * i32::from(home_match.away);
            let goals = sign * home + away;
            let margin = goals - sign * i32::from(away_match.home) - rival_away;
            let ahead = (worth[results].own_points)
                .cmp(&worth[results].rival_points)
                .then(margin.cmp(&0))
                .then(away.cmp(&rival_away)) as i32;
            cells.push(Cell {
                results,
                ahead,
                margin,
                home: if direction == Direction::Best {
                    home
                } else {
                    0
                },
                away,
                rival_away,
                goals,
                mass,
            });
        }
    }
    // One number compares faster than seven; goals are single bytes, and so is twice their sum but for its sign.
    let packed = |figures: [i32; 5]| {
        let figures = figures.into_iter();
        figures.fold(0, |packed, figure| packed << 11 | (figure + 1024) as u64)
    };
    cells.sort_unstable_by_key(|cell| {
        let class = (3 * cell.results) as u64 + (cell.ahead + 1) as u64;
        let figures = [
            cell.margin,
            cell.home,
            cell.away,
            cell.rival_away,
            cell.goals,
        ];
        class << 55 | packed(figures)
    });
    cells
        .chunk_by(|a, b| (a.results, a.ahead, a.margin) == (b.results, b.ahead, b.margin))
        .map(|slice| Slice::new(slice.to_vec()))
        .collect()
}
