//! The two matches of a group that a club does not play itself, as far as they decide whether it is first.

use super::pair::{Cell, Slice};
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
#[derive(Debug, Default)]
pub(super) struct AtMargin {
    /// The cells, sorted by away goals of the first rival, then of the second.
    cells: Vec<Cell>,
    /// The first count of away goals of (the first, the second) rival in the lists below.
    least: (i32, i32),
    /// How many counts there are of each.
    len: (usize, usize),
    /// Where the cells with away goals (`least.0 + i`, `least.1 + j`) begin, at `i * len.1 + j`; one more at the end.
    starts: Vec<usize>,
    /// The cells' (goals, away goals) of the first rival, ascending, with the probability of all before; worked out when first asked for.
    by_goals: OnceCell<Vec<(i32, i32, f64)>>,
    /// `below[i * (len.1 + 1) + j]`: the first rival's away goals are less than `least.0 + i`, and the second's less than `least.1 + j`.
    below: Vec<f64>,
}

impl AtMargin {
    fn new(mut cells: Vec<Cell>) -> Self {
        cells.sort_unstable_by_key(|cell| (cell.away, cell.rival_away, cell.goals));
        let bounds = |goals: fn(&Cell) -> i32| {
            let least = cells.iter().map(goals).min().unwrap_or(0);
            let most = cells.iter().map(goals).max().unwrap_or(-1);
            (least, (most - least + 1) as usize)
        };
        let (first, first_len) = bounds(|cell| cell.away);
        let (second, second_len) = bounds(|cell| cell.rival_away);
        let row = second_len + 1;
        let mut below = vec![0.0; (first_len + 1) * row];
        for cell in &cells {
            let at = ((cell.away - first) as usize + 1) * row;
            below[at + (cell.rival_away - second) as usize + 1] += cell.mass;
        }
        for i in 1..=first_len {
            for j in 1..row {
                below[i * row + j] += below[(i - 1) * row + j] + below[i * row + j - 1]
                    - below[(i - 1) * row + j - 1];
            }
        }
        let mut starts = vec![0; first_len * second_len + 1];
        for cell in &cells {
            let at =
                (cell.away - first) as usize * second_len + (cell.rival_away - second) as usize;
            starts[at + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self {
            starts,
            by_goals: OnceCell::new(),
            cells,
            least: (first, second),
            len: (first_len, second_len),
            below,
        }
    }

    /// The first rival has fewer away goals than `first` and the second fewer than `second`.
    pub(super) fn both_below(&self, first: i32, second: i32) -> f64 {
        let i = (first - self.least.0).clamp(0, self.len.0 as i32) as usize;
        let j = (second - self.least.1).clamp(0, self.len.1 as i32) as usize;
        self.below[i * (self.len.1 + 1) + j]
    }

    /// The first rival has fewer away goals than `first`.
    pub(super) fn first_below(&self, first: i32) -> f64 {
        self.both_below(first, i32::MAX / 2)
    }

    /// The cells in which the first rival has `first` away goals, and the second fewer than `second`.
    pub(super) fn with_first(&self, first: i32, second: i32) -> &[Cell] {
        let i = (first - self.least.0) as usize;
        if first < self.least.0 || i >= self.len.0 {
            return &[];
        }
        let j = (second - self.least.1).clamp(0, self.len.1 as i32) as usize;
        &self.cells[self.starts[i * self.len.1]..self.starts[i * self.len.1 + j]]
    }

    /// The cells in which the rivals have these away goals.
    pub(super) fn with_both(&self, first: i32, second: i32) -> &[Cell] {
        let (i, j) = (
            (first - self.least.0) as usize,
            (second - self.least.1) as usize,
        );
        let inside = first >= self.least.0 && second >= self.least.1;
        if !inside || i >= self.len.0 || j >= self.len.1 {
            return &[];
        }
        let at = i * self.len.1 + j;
        &self.cells[self.starts[at]..self.starts[at + 1]]
    }

    /// The probabilities that the first rival has fewer goals than `goals` (or as many and fewer away), and exactly these.
    pub(super) fn goals_below(&self, goals: i32, away: i32) -> (f64, f64) {
        let by_goals = self.by_goals.get_or_init(|| self.sorted_by_goals());
        let at = |goals: i32, away: i32| {
            let index = by_goals.partition_point(|cell| (cell.0, cell.1) < (goals, away));
            by_goals
                .get(index)
                .map_or_else(|| self.mass(), |cell| cell.2)
        };
        let below = at(goals, away);
        (below, at(goals, away + 1) - below)
    }

    fn sorted_by_goals(&self) -> Vec<(i32, i32, f64)> {
        let cells = self.cells.iter();
        let mut sorted: Vec<(i32, i32, f64)> = cells
            .map(|cell| (cell.goals, cell.away, cell.mass))
            .collect();
        sorted.sort_by_key(|cell| (cell.0, cell.1));
        let mut before = 0.0;
        for (_, _, mass) in &mut sorted {
            before += std::mem::replace(mass, before);
        }
        sorted
    }

    /// Every cell.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The probability of this margin.
    pub(super) fn mass(&self) -> f64 {
        self.both_below(i32::MAX / 2, i32::MAX / 2)
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
        let cells = || slices.iter().flat_map(|slice| &slice.cells).copied();
        Some(self.at_margin[index].get_or_init(|| AtMargin::new(cells().collect())))
    }
}
