//! The two matches of a group that a club does not play itself, as far as they decide whether it is first.

use super::pair::{Cell, Slice, bucketed};
use std::cell::OnceCell;

/// The matches between two rivals, restricted to some pairs of results, seen from the first of them.
///
/// All probabilities here are joint with those results, not conditional on them.
#[derive(Debug)]
pub(super) struct Rivals<'a> {
    /// The margin that index 0 of every list stands for.
    least_margin: i32,
    /// `below[k]`: the margin is less than `least_margin + k`.
    below: Vec<f64>,
    /// By margin, the slices with it.
    slices: Vec<Vec<&'a Slice>>,
    /// By margin, what they hold, worked out when it is first asked for.
    at_margin: Vec<OnceCell<AtMargin>>,
}

/// All the ways to one margin.
#[derive(Debug)]
pub(super) struct AtMargin {
    /// The cells, sorted by away goals of the first rival, then of the second.
    cells: Vec<Cell>,
    /// The first count of away goals of (the first, the second) rival in the lists below.
    least: [i32; 2],
    /// How many counts there are of each.
    len: [usize; 2],
    /// Where the cells with away goals (`least[0] + i`, `least[1] + j`) begin, at `i * len[1] + j`; one more at the end.
    starts: Vec<usize>,
    /// The probability of the cells with these away goals, at `i * len[1] + j`.
    exactly: Vec<f64>,
    /// `below[i * (len[1] + 1) + j]`: the first rival's away goals are less than `least[0] + i`, and the second's less than `least[1] + j`.
    below: Vec<f64>,
    /// The goals of the first rival, worked out when first asked for.
    by_goals: OnceCell<ByGoals>,
}

/// What follows from the away goals of the first of two rivals.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarginRow<'a> {
    /// The first count of away goals of the second rival.
    least: i32,
    /// By that count, the probability of fewer.
    below: &'a [f64],
    /// By that count, the probability of exactly so many of both; empty if there is none.
    exactly: &'a [f64],
    /// By that count, where the cells with exactly so many of both begin.
    starts: &'a [usize],
}

impl MarginRow<'_> {
    /// The second rival has fewer away goals than `second`.
    #[inline]
    pub(super) fn second_below(&self, second: i32) -> f64 {
        let last = self.below.len() as i32 - 1;
        self.below[(second - self.least).clamp(0, last) as usize]
    }

    /// The second rival has exactly so many away goals, and the first as many as the row is for; and from where to where the cells are
    /// in which it is so.
    pub(super) fn with_second(&self, second: i32) -> (f64, (u32, u32)) {
        match usize::try_from(second - self.least) {
            Ok(j) if j < self.exactly.len() => {
                let ends = [self.starts[j], self.starts[j + 1]];
                (self.exactly[j], (ends[0] as u32, ends[1] as u32))
            }
            _ => (0.0, (0, 0)),
        }
    }
}

/// The goals of the first of two rivals, and of these the away goals.
#[derive(Debug)]
struct ByGoals {
    /// The first count of (goals, away goals).
    least: [i32; 2],
    /// How many counts of away goals there are.
    away: usize,
    /// By goals and then by away goals, the probability of all before; one more at the end.
    before: Vec<f64>,
}

impl ByGoals {
    fn new(cells: &[Cell]) -> Self {
        let (least_goals, goals) = range(cells, |cell| cell.goals);
        let (least_away, away) = range(cells, |cell| cell.away);
        let mut before = vec![0.0; goals * away + 1];
        for cell in cells {
            let row = (cell.goals - least_goals) as usize * away;
            before[row + (cell.away - least_away) as usize + 1] += cell.mass;
        }
        for index in 1..before.len() {
            before[index] += before[index - 1];
        }
        Self {
            least: [least_goals, least_away],
            away,
            before,
        }
    }

    /// Fewer goals than `goals`, or as many and fewer away than `away`.
    fn below(&self, goals: i32, away: i32) -> f64 {
        let away = (away - self.least[1]).clamp(0, self.away as i32);
        let index = (goals - self.least[0]).saturating_mul(self.away as i32);
        let last = self.before.len() as i32 - 1;
        self.before[index.saturating_add(away).clamp(0, last) as usize]
    }
}

/// The least of a number of every cell, and how many numbers there are up to the largest.
fn range(cells: &[Cell], number: impl Fn(&Cell) -> i32) -> (i32, usize) {
    let least = cells.iter().map(&number).min().unwrap_or(0);
    let most = cells.iter().map(&number).max().unwrap_or(least - 1);
    (least, (most - least + 1) as usize)
}

impl AtMargin {
    /// Of the cells of these slices, which must have one margin.
    fn new(slices: &[&Slice]) -> Self {
        let unsorted: Vec<Cell> = slices
            .iter()
            .flat_map(|slice| &slice.cells)
            .copied()
            .collect();
        let (first, first_len) = range(&unsorted, |cell| cell.away);
        let (second, second_len) = range(&unsorted, |cell| cell.rival_away);
        let corner = |cell: &Cell| {
            let i = (cell.away - first) as usize;
            i * second_len + (cell.rival_away - second) as usize
        };
        let (cells, starts) = bucketed(&unsorted, first_len * second_len, corner);
        let mut exactly = vec![0.0; first_len * second_len];
        for cell in &cells {
            exactly[corner(cell)] += cell.mass;
        }
        let row = second_len + 1;
        let mut below = vec![0.0; (first_len + 1) * row];
        for i in 0..first_len {
            let mut sum = 0.0;
            for j in 0..second_len {
                sum += exactly[i * second_len + j];
                below[(i + 1) * row + j + 1] = below[i * row + j + 1] + sum;
            }
        }
        Self {
            cells,
            least: [first, second],
            len: [first_len, second_len],
            starts,
            exactly,
            below,
            by_goals: OnceCell::new(),
        }
    }

    /// The first rival has fewer away goals than `first`.
    pub(super) fn first_below(&self, first: i32) -> f64 {
        let i = (first - self.least[0]).clamp(0, self.len[0] as i32) as usize;
        self.below[i * (self.len[1] + 1) + self.len[1]]
    }

    /// The cells in which the first rival has `first` away goals, and the second fewer than `second`.
    pub(super) fn with_first(&self, first: i32, second: i32) -> &[Cell] {
        let i = (first - self.least[0]) as usize;
        if first < self.least[0] || i >= self.len[0] {
            return &[];
        }
        let j = (second - self.least[1]).clamp(0, self.len[1] as i32) as usize;
        &self.cells[self.starts[i * self.len[1]]..self.starts[i * self.len[1] + j]]
    }

    /// The cells in which the second rival has `second` away goals, and the first fewer than `first`.
    pub(super) fn with_second(&self, first: i32, second: i32) -> impl Iterator<Item = &Cell> {
        let column = usize::try_from(second - self.least[1]).ok();
        let column = column.filter(|j| *j < self.len[1]);
        let rows = (first - self.least[0]).clamp(0, self.len[0] as i32) as usize;
        column.into_iter().flat_map(move |j| {
            (0..rows).flat_map(move |i| {
                let at = i * self.len[1] + j;
                &self.cells[self.starts[at]..self.starts[at + 1]]
            })
        })
    }

    /// What follows from the first rival's away goals: fewer than `first`, or also as many if `inclusive` is 1; and exactly `first`.
    pub(super) fn row(&self, first: i32, inclusive: i32) -> MarginRow<'_> {
        let i = (first + inclusive - self.least[0]).clamp(0, self.len[0] as i32) as usize;
        let width = self.len[1];
        let exactly = usize::try_from(first - self.least[0]).ok();
        let exactly = exactly.filter(|i| *i < self.len[0]);
        MarginRow {
            least: self.least[1],
            below: &self.below[i * (width + 1)..(i + 1) * (width + 1)],
            exactly: exactly.map_or(&[], |i| &self.exactly[i * width..(i + 1) * width]),
            starts: exactly.map_or(&[], |i| &self.starts[i * width..=(i + 1) * width]),
        }
    }

    /// Some of the cells, as [`MarginRow::with_second`] says.
    #[inline]
    pub(super) fn cells(&self, (start, end): (u32, u32)) -> &[Cell] {
        &self.cells[start as usize..end as usize]
    }

    /// The probabilities that the first rival has fewer goals than `goals` (or as many and fewer away), and exactly these.
    pub(super) fn goals_below(&self, goals: i32, away: i32) -> (f64, f64) {
        let by_goals = self.by_goals.get_or_init(|| ByGoals::new(&self.cells));
        let below = by_goals.below(goals, away);
        (below, by_goals.below(goals, away + 1) - below)
    }

    /// The probability of this margin.
    pub(super) fn mass(&self) -> f64 {
        self.below[self.below.len() - 1]
    }
}

impl<'a> Rivals<'a> {
    /// Those slices of a rivals' table whose results are in the set (a bit for each of the nine).
    pub(super) fn new(table: &'a [Slice], results: u16) -> Self {
        let wanted = || {
            let slices = table.iter();
            slices.filter(move |slice| results >> slice.results & 1 == 1)
        };
        let least_margin = wanted().map(|slice| slice.margin).min().unwrap_or(0);
        let most_margin = wanted().map(|slice| slice.margin).max().unwrap_or(-1);
        let mut slices = vec![Vec::new(); (most_margin - least_margin + 1) as usize];
        for slice in wanted() {
            slices[(slice.margin - least_margin) as usize].push(slice);
        }
        let mut below = vec![0.0];
        for margin in &slices {
            let mass: f64 = margin.iter().map(|slice| slice.mass).sum();
            below.push(below[below.len() - 1] + mass);
        }
        Self {
            least_margin,
            below,
            at_margin: slices.iter().map(|_| OnceCell::new()).collect(),
            slices,
        }
    }

    /// The probability of these results.
    pub(super) fn mass(&self) -> f64 {
        self.below[self.below.len() - 1]
    }

    /// The first rival's margin over the second is less than this.
    pub(super) fn margin_below(&self, margin: i32) -> f64 {
        let index = (margin - self.least_margin).clamp(0, self.slices.len() as i32);
        self.below[index as usize]
    }

    /// The ways to a margin, if there are any.
    pub(super) fn at_margin(&self, margin: i32) -> Option<&AtMargin> {
        let index = usize::try_from(margin - self.least_margin).ok()?;
        let slices = self.slices.get(index).filter(|slices| !slices.is_empty())?;
        Some(self.at_margin[index].get_or_init(|| AtMargin::new(slices)))
    }
}
