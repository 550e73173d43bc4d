//! How the last one or two matches of a table end for a club, for every pair of their scorelines.

use super::score_set::{Bases, MatchResult, ScoreSet};
use super::sheet::Scoreline;
use std::collections::BTreeMap;

/// A table that is over but for its last one or two matches, as statements are made from it: how each pair of their scorelines
/// ends for the club in question.
pub(super) trait Ends {
    /// What becomes of the club, or of all.
    type End: Copy + Ord;

    /// The largest distance that any comparison can turn on so far.
    fn largest_distance(&self) -> i32;

    /// The end after these margins (one for each match), if it is the same for any goals.
    fn by_margins(&mut self, margins: &[i32]) -> Option<Self::End>;

    /// The end after these scorelines.
    fn by_scores(&mut self, scores: &[Scoreline]) -> Self::End;

    /// What an end means for the club in question.
    fn verdict(&self, end: Self::End) -> Verdict;

    /// The criteria that decide when the two matches end in these results, in words.
    fn deciding(&mut self, results: [MatchResult; 2]) -> Vec<String>;
}

/// What becomes of the club in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It is among those that go on.
    In,
    /// It is level with others, and lots (or what else is not decided by goals) give some of them a place.
    Lots {
        /// How many are level.
        among: u32,
        /// How many places there are for them.
        places: u32,
    },
    /// It is not.
    Out,
}

/// Which scorelines of a match are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// Margins from `-reach` to `reach`.
    reach: i32,
    /// Goals of the side with fewer from 0 to `bases - 1`.
    bases: i32,
}

impl Grid {
    fn margins(self) -> std::ops::RangeInclusive<i32> {
        -self.reach..=self.reach
    }

    pub(super) fn score(margin: i32, base: i32) -> Scoreline {
        [base + margin.max(0), base + (-margin).max(0)]
    }
}

/// The end for two margins.
#[derive(Debug, Clone)]
enum Cell<E> {
    /// The same for any goals with these margins.
    Fixed(E),
    /// By the goals of the weaker side in the first match (rows) and in the second.
    ByGoals(Vec<E>),
}

/// How the last one or two matches end, seen from their order: for every scoreline of the
/// first match, what the second may end in.
///
/// Margins reach further than any comparison: those of the first match up to the largest distance in the
/// table and the likeliest scores, those of the second as much again, so that it can always answer the first.
#[derive(Debug)]
pub(super) struct Outlook<E> {
    first: Grid,
    second: Grid,
    /// By margin of the first match, then of the second.
    cells: Vec<Cell<E>>,
}

/// One kind of ending: the scorelines of the first match that leave the second the same, and those.
#[derive(Debug, Clone)]
pub(super) struct Class {
    /// Scorelines of the first match.
    pub(super) first: ScoreSet,
    /// Scorelines of the second match with which the end is as wanted.
    pub(super) second: ScoreSet,
}

impl<E: Copy + Ord> Outlook<E> {
    /// Plays out every pair of scorelines. `likely` is the number of goal counts that have a probability;
    /// without a second match its grid has a single scoreline.
    pub(super) fn new(ends: &mut impl Ends<End = E>, has_second: bool, likely: i32) -> Self {
        let reach = likely.max(ends.largest_distance() + 2);
        let first = Grid {
            reach,
            bases: reach,
        };
        let second = if has_second {
            Grid {
                reach: 2 * reach + 1,
                bases: reach,
            }
        } else {
            Grid { reach: 0, bases: 1 }
        };
        let matches = if has_second { 2 } else { 1 };
        let mut cells = Vec::new();
        for one in first.margins() {
            for other in second.margins() {
                // Where results and margins alone decide, they are the same for any goals.
                let fixed = ends.by_margins(&[one, other][..matches]);
                cells.push(fixed.map_or_else(
                    || {
                        let bases = (0..first.bases)
                            .flat_map(|base| (0..second.bases).map(move |next| (base, next)));
                        let by_goals = bases.map(|(a, b)| {
                            let scores = [Grid::score(one, a), Grid::score(other, b)];
                            ends.by_scores(&scores[..matches])
                        });
                        Cell::ByGoals(by_goals.collect())
                    },
                    Cell::Fixed,
                ));
            }
        }
        Self {
            first,
            second,
            cells,
        }
    }

    /// Every end there is, once.
    pub(super) fn ends(&self) -> std::collections::BTreeSet<E> {
        let of_cell = |cell: &Cell<E>| match cell {
            Cell::Fixed(end) => vec![*end],
            Cell::ByGoals(ends) => ends.clone(),
        };
        self.cells.iter().flat_map(of_cell).collect()
    }

    fn row(&self, margin: i32) -> &[Cell<E>] {
        let width = (2 * self.second.reach + 1) as usize;
        let row = (margin + self.first.reach) as usize;
        &self.cells[row * width..(row + 1) * width]
    }

    /// The scorelines of the second match with which a scoreline of the first ends as wanted.
    fn answers(&self, margin: i32, base: i32, wanted: &impl Fn(E) -> bool) -> ScoreSet {
        let bases = self.second.bases as usize;
        let answer = |cell: &Cell<E>| match cell {
            Cell::Fixed(top) if wanted(*top) => Bases::All,
            Cell::Fixed(_) => Bases::None,
            Cell::ByGoals(tops) => {
                let row = &tops[base as usize * bases..(base as usize + 1) * bases];
                Bases::of(row.iter().map(|top| wanted(*top)).collect())
            }
        };
        ScoreSet::new(self.row(margin).iter().map(answer).collect())
    }

    /// The scorelines of the first match, gathered by what the second has to end in; those that
    /// nothing can help are left out. Every pair of scorelines that ends as wanted is in one class.
    pub(super) fn classes(&self, wanted: impl Fn(E) -> bool) -> Vec<Class> {
        let margins = (2 * self.first.reach + 1) as usize;
        let mut classes: BTreeMap<ScoreSet, Vec<Vec<bool>>> = BTreeMap::new();
        for (index, margin) in self.first.margins().enumerate() {
            for base in 0..self.first.bases {
                let answers = self.answers(margin, base, &wanted);
                let marks = classes
                    .entry(answers)
                    .or_insert_with(|| vec![vec![false; self.first.bases as usize]; margins]);
                marks[index][base as usize] = true;
            }
        }
        let possible = classes
            .into_iter()
            .filter(|(answers, _)| !answers.is_empty());
        possible
            .map(|(second, marks)| Class {
                first: ScoreSet::new(marks.into_iter().map(Bases::of).collect()),
                second,
            })
            .collect()
    }
}
