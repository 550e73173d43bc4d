//! Who is on top after the last one or two matches of a group, for every pair of their scorelines.

use super::position::{OpenMatch, Position};
use super::score_set::{Bases, MatchResult, ScoreSet};
use super::sheet::{Clubs, Scoreline};
use crate::tournament::GroupCriterion;
use std::collections::BTreeMap;

/// Which scorelines of a match are told apart.
#[derive(Debug, Clone, Copy)]
struct Grid {
    /// Margins from `-reach` to `reach`.
    reach: i32,
    /// Goals of the side with fewer from 0 to `bases - 1`.
    bases: i32,
}

impl Grid {
    fn margins(self) -> std::ops::RangeInclusive<i32> {
        -self.reach..=self.reach
    }

    fn score(margin: i32, base: i32) -> Scoreline {
        [base + margin.max(0), base + (-margin).max(0)]
    }
}

/// Who is on top for two margins.
#[derive(Debug, Clone)]
enum Cell {
    /// The same clubs for any goals with these margins.
    Fixed(Clubs),
    /// By the goals of the weaker side in the first match (rows) and in the second.
    ByGoals(Vec<Clubs>),
}

/// Who is on top after the last one or two matches, seen from their order: for every scoreline of the
/// first match, what the second may end in.
///
/// Margins reach further than any comparison: those of the first match up to the largest distance in the
/// table and the likeliest scores, those of the second as much again, so that it can always answer the first.
#[derive(Debug)]
pub(super) struct Outlook {
    first: Grid,
    second: Grid,
    /// By margin of the first match, then of the second.
    cells: Vec<Cell>,
}

/// One kind of ending: the scorelines of the first match that leave the second the same, and those.
#[derive(Debug, Clone)]
pub(super) struct Class {
    /// Scorelines of the first match.
    pub(super) first: ScoreSet,
    /// Scorelines of the second match with which the end is as wanted.
    pub(super) second: ScoreSet,
}

impl Outlook {
    /// Plays out every pair of scorelines. `likely` is the number of goal counts that have a probability;
    /// without a second match its grid has a single scoreline.
    pub(super) fn new(
        position: &Position<'_>,
        first: OpenMatch,
        second: Option<OpenMatch>,
        likely: i32,
    ) -> Self {
        let distance = position.known.largest_distance();
        let reach = likely.max(distance + 2);
        let first_grid = Grid {
            reach,
            bases: reach,
        };
        let second_grid = match second {
            Some(_) => Grid {
                reach: 2 * reach + 1,
                bases: reach,
            },
            None => Grid { reach: 0, bases: 1 },
        };
        let mut sheet = position.known.clone();
        let mut top = |one: Scoreline, other: Scoreline| {
            sheet.add(first.pair, one);
            if let Some(second) = second {
                sheet.add(second.pair, other);
            }
            let top = position.top(&sheet);
            sheet.remove(first.pair, one);
            if let Some(second) = second {
                sheet.remove(second.pair, other);
            }
            top
        };
        let mut cells = Vec::new();
        for one in first_grid.margins() {
            for other in second_grid.margins() {
                let lowest = top(Grid::score(one, 0), Grid::score(other, 0));
                cells.push(if lowest.goals_compared {
                    let bases = (0..first_grid.bases)
                        .flat_map(|base| (0..second_grid.bases).map(move |next| (base, next)));
                    let by_goals =
                        bases.map(|(a, b)| top(Grid::score(one, a), Grid::score(other, b)).clubs);
                    Cell::ByGoals(by_goals.collect())
                } else {
                    // Results and margins alone decided, and they are the same for any goals.
                    Cell::Fixed(lowest.clubs)
                });
            }
        }
        Self {
            first: first_grid,
            second: second_grid,
            cells,
        }
    }

    fn row(&self, margin: i32) -> &[Cell] {
        let width = (2 * self.second.reach + 1) as usize;
        let row = (margin + self.first.reach) as usize;
        &self.cells[row * width..(row + 1) * width]
    }

    /// The scorelines of the second match with which a scoreline of the first ends as wanted.
    fn answers(&self, margin: i32, base: i32, wanted: &impl Fn(Clubs) -> bool) -> ScoreSet {
        let bases = self.second.bases as usize;
        let answer = |cell: &Cell| match cell {
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
    pub(super) fn classes(&self, wanted: impl Fn(Clubs) -> bool) -> Vec<Class> {
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

/// The criteria that take part in deciding whether a club is first when the two matches end in these
/// results, in the order of the rules: those that send it away, or the last rival.
pub(super) fn deciding_criteria(
    position: &Position<'_>,
    club: usize,
    matches: [(OpenMatch, MatchResult); 2],
) -> Vec<GroupCriterion> {
    let reach = position.known.largest_distance() + 2;
    let margins = |result| (-reach..=reach).filter(move |m| MatchResult::of_margin(*m) == result);
    let mut sheet = position.known.clone();
    let mut found = Vec::new();
    let [(first, one), (second, other)] = matches;
    for a in margins(one) {
        for b in margins(other) {
            for base in [0, 1, 2] {
                let scores = [Grid::score(a, base), Grid::score(b, 1)];
                sheet.add(first.pair, scores[0]);
                sheet.add(second.pair, scores[1]);
                sheet.top_explained(position.rules, |criterion, before, after| {
                    let had = before >> club & 1 == 1;
                    let settled = after >> club & 1 == 0 || after.is_power_of_two();
                    if had && settled && !found.contains(&criterion) {
                        found.push(criterion);
                    }
                });
                sheet.remove(first.pair, scores[0]);
                sheet.remove(second.pair, scores[1]);
            }
        }
    }
    let order = |criterion: &GroupCriterion| {
        let list = &position.rules.group_tiebreakers;
        list.iter().position(|listed| listed == criterion)
    };
    found.sort_by_key(order);
    found
}
