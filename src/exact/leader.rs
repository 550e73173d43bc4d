//! The probability that a club is first in its group, spread over its own records.
//!
//! The club's two pairs of matches are convolved slice by slice. The weight of a combination is the
//! probability, over the matches between its two rivals, that the club is first. Mostly it is one
//! number for two whole slices: it is settled by points, by head-to-head, or (three clubs level on
//! points) by an interval of the rivals' margin. Level head-to-heads and margins at an end of that
//! interval are looked at cell by cell.

use super::canvas::Surface;
use super::pair::{Cell, RESULT_PAIRS, ResultPair, Slice};
use super::rivals::{AtMargin, Rivals};
use std::cell::OnceCell;

/// The share of the club in a drawing of lots among clubs that are level on everything.
#[derive(Debug, Clone, Copy)]
pub(super) struct LotShares {
    /// Against the first or the second rival alone.
    pub(super) two: [f64; 2],
    /// Against both.
    pub(super) three: f64,
}

/// A club, its two rivals and the tables of their matches.
pub(super) struct Contest<'a> {
    /// The club against its first and its second rival.
    pub(super) own: [&'a [Slice]; 2],
    /// The first rival against the second, and the second against the first.
    pub(super) rivals: [&'a [Slice]; 2],
    /// What pairs of results are worth (negated in reversed tables).
    pub(super) worth: [ResultPair; RESULT_PAIRS],
    /// Shares in lots.
    pub(super) lots: LotShares,
    /// Combinations of less probability than this are skipped.
    pub(super) cutoff: f64,
}

/// Which results of the rivals leave the club where on points; a bit for each pair of results.
#[derive(Debug, Clone, Copy, Default)]
struct PointsVerdict {
    /// The club alone has most points.
    alone: u16,
    /// The club is level with rival k, the other is behind; seen from rival k.
    level_with: [u16; 2],
    /// All three are level; seen from either rival.
    all_level: [u16; 2],
}

/// The rivals' matches by set of results, built when first asked for.
struct RivalViews<'a> {
    tables: [&'a [Slice]; 2],
    /// The probability of each pair of results, seen from either rival.
    masses: [[f64; RESULT_PAIRS]; 2],
    views: [Vec<OnceCell<Rivals<'a>>>; 2],
}

impl<'a> RivalViews<'a> {
    fn new(tables: [&'a [Slice]; 2]) -> Self {
        let empty = || (0..1 << RESULT_PAIRS).map(|_| OnceCell::new()).collect();
        let masses = tables.map(|table| {
            let mut masses = [0.0; RESULT_PAIRS];
            for slice in table {
                masses[slice.results] += slice.mass;
            }
            masses
        });
        Self {
            tables,
            masses,
            views: [empty(), empty()],
        }
    }

    /// The probability of the results in the set, seen from rival `from`.
    fn mass(&self, from: usize, results: u16) -> f64 {
        let masses = self.masses[from].iter().enumerate();
        let wanted = masses.filter(|(pair, _)| results >> pair & 1 == 1);
        wanted.map(|(_, mass)| mass).sum()
    }

    /// The rivals' matches with results in the set, seen from rival `from`.
    fn get(&self, from: usize, results: u16) -> &Rivals<'a> {
        self.views[from][usize::from(results)]
            .get_or_init(|| Rivals::new(self.tables[from], results))
    }
}

impl Contest<'_> {
    /// Adds P(first, own record) to the canvas.
    pub(super) fn paint(&self, canvas: &mut impl Surface) {
        let verdicts = self.points_verdicts();
        let views = RivalViews::new(self.rivals);
        for first in self.own[0] {
            for second in self.own[1] {
                if first.mass * second.mass < self.cutoff {
                    continue;
                }
                canvas.choose(first, second);
                let verdict = verdicts[first.results][second.results];
                self.paint_slices([first, second], verdict, &views, canvas);
            }
        }
    }

    /// The verdicts on points for every two pairs of own results.
    fn points_verdicts(&self) -> [[PointsVerdict; RESULT_PAIRS]; RESULT_PAIRS] {
        let mut verdicts = [[PointsVerdict::default(); RESULT_PAIRS]; RESULT_PAIRS];
        for (first, row) in verdicts.iter_mut().enumerate() {
            for (second, verdict) in row.iter_mut().enumerate() {
                let mine = [self.worth[first], self.worth[second]];
                let own = mine[0].own_points + mine[1].own_points;
                for (results, theirs) in self.worth.iter().enumerate() {
                    let bit = 1 << results;
                    for from in 0..2 {
                        let this = mine[from].rival_points + theirs.own_points;
                        let other = mine[1 - from].rival_points + theirs.rival_points;
                        if this == own && other == own {
                            verdict.all_level[from] |= bit;
                        } else if this == own && other < own {
                            verdict.level_with[from] |= bit;
                        } else if from == 0 && this < own && other < own {
                            verdict.alone |= bit;
                        }
                    }
                }
            }
        }
        verdicts
    }

    /// Adds everything two slices contribute.
    fn paint_slices(
        &self,
        own: [&Slice; 2],
        verdict: PointsVerdict,
        views: &RivalViews<'_>,
        canvas: &mut impl Surface,
    ) {
        let mut constant = views.mass(0, verdict.alone);
        for (rival, slice) in own.iter().enumerate() {
            if slice.ahead > 0 {
                constant += views.mass(rival, verdict.level_with[rival]);
            }
        }
        // With all three level on points, the club is ahead of rival k on goal difference if that
        // rival's margin over the other is less than this.
        let limit = [0, 1].map(|k: usize| 2 * own[k].margin + own[1 - k].margin);
        let three = verdict.all_level[0] != 0;
        if three && -limit[1] < limit[0] {
            let rivals = views.get(0, verdict.all_level[0]);
            constant += rivals.margin_below(limit[0]) - rivals.margin_below(1 - limit[1]);
        }
        if own[0].mass * own[1].mass * constant > self.cutoff {
            canvas.stamp(own[0], &own[0].masses, own[1], &own[1].masses, constant);
        }
        for rival in 0..2 {
            let boundary = if three && -limit[1] < limit[0] {
                views
                    .get(rival, verdict.all_level[rival])
                    .at_margin(limit[rival])
            } else {
                None
            };
            if own[rival].ahead == 0 {
                let level = views.get(rival, verdict.level_with[rival]);
                self.paint_level_pair(own, rival, level, boundary, canvas);
            } else if let Some(boundary) = boundary {
                self.paint_level_margin(own, rival, boundary, canvas);
            }
        }
        if three && -limit[1] == limit[0] {
            let rivals = views.get(0, verdict.all_level[0]);
            if let Some(rivals) = rivals.at_margin(limit[0]) {
                self.paint_all_level(own, rivals, canvas);
            }
        }
    }

    /// The club and one rival are level head-to-head (so their goals against each other are alike):
    /// what the club did against the other rival decides, cell by cell.
    fn paint_level_pair(
        &self,
        own: [&Slice; 2],
        rival: usize,
        level: &Rivals,
        boundary: Option<&AtMargin>,
        canvas: &mut impl Surface,
    ) {
        let other = own[1 - rival];
        let chance = level.mass() + boundary.map_or(0.0, AtMargin::mass);
        if own[rival].mass * other.mass * chance < self.cutoff {
            return;
        }
        let mut masses = vec![0.0; other.spots.len()];
        let mut any = false;
        for (spot, mass) in masses.iter_mut().enumerate() {
            for cell in other.cells_of(spot) {
                let mut weight = level.margin_below(cell.margin);
                let lots = self.lots.two[rival];
                if let Some(rivals) = level.at_margin(cell.margin) {
                    let (below, equal) = rivals.goals_below(cell.goals, cell.away);
                    weight += below + equal * lots;
                }
                if let Some(rivals) = boundary {
                    weight += rivals.first_below(cell.away);
                    weight += share(
                        rivals.with_first(cell.away, i32::MAX / 2),
                        |theirs| cell.goals.cmp(&theirs.goals),
                        lots,
                    );
                }
                *mass += cell.mass * weight;
                any |= weight > 0.0;
            }
        }
        if any {
            canvas.stamp(own[rival], &own[rival].masses, other, &masses, 1.0);
        }
    }

    /// All three are level on points, the club and one rival (not the other) on goal difference:
    /// away goals decide, and then the matches between the two, in which somebody is ahead.
    fn paint_level_margin(
        &self,
        own: [&Slice; 2],
        rival: usize,
        boundary: &AtMargin,
        canvas: &mut impl Surface,
    ) {
        let (slice, other) = (own[rival], own[1 - rival]);
        if slice.mass * other.mass * boundary.mass() < self.cutoff {
            return;
        }
        let (least, most) = other.away_range();
        let mut weights = vec![0.0; (most - least + 1) as usize];
        let inclusive = i32::from(slice.ahead > 0);
        for (index, spot) in slice.spots.iter().enumerate() {
            weights.fill(0.0);
            for cell in slice.cells_of(index) {
                let needed = cell.away - cell.rival_away + inclusive;
                for (weight, away) in weights.iter_mut().zip(least..) {
                    *weight += cell.mass * boundary.first_below(needed + away);
                }
            }
            canvas.stamp_weighted(spot, other, &weights, least);
        }
    }

    /// All three are level on points and goal difference.
    fn paint_all_level(&self, own: [&Slice; 2], rivals: &AtMargin, canvas: &mut impl Surface) {
        let least = self.cutoff / rivals.mass();
        for first in &own[0].cells {
            for second in &own[1].cells {
                let mass = first.mass * second.mass;
                if mass < least {
                    continue;
                }
                let weight = self.share_all_level([first, second], rivals);
                if weight > 0.0 {
                    canvas.dot(first, second, mass * weight);
                }
            }
        }
    }

    /// The probability of being first among three clubs level on points and goal difference: away
    /// goals decide; two that are still level look at the matches between them; then goals, then lots.
    fn share_all_level(&self, own: [&Cell; 2], rivals: &AtMargin) -> f64 {
        let away = own[0].away + own[1].away;
        let needed = own.map(|cell| away - cell.rival_away);
        let inclusive = own.map(|cell| i32::from(cell.ahead > 0));
        let goals = own[0].goals + own[1].goals;
        let their_goals = |theirs: &Cell| {
            [
                own[0].goals - own[0].margin + theirs.goals,
                own[1].goals - own[1].margin + theirs.goals - theirs.margin,
            ]
        };
        let mut weight = rivals.both_below(needed[0] + inclusive[0], needed[1] + inclusive[1]);
        let corner = rivals.with_both(needed[0], needed[1]);
        if inclusive == [1, 1] {
            weight -= corner.iter().map(|cell| cell.mass).sum::<f64>();
        }
        for theirs in corner {
            let goals_of_rivals = their_goals(theirs);
            let level = goals_of_rivals.map(|of_rival| goals == of_rival);
            let share = match level {
                _ if goals_of_rivals.iter().any(|of_rival| *of_rival > goals) => 0.0,
                [true, true] => self.lots.three,
                [true, false] => self.lots.two[0],
                [false, true] => self.lots.two[1],
                [false, false] => 1.0,
            };
            weight += theirs.mass * share;
        }
        if own[0].ahead == 0 {
            let cells = rivals.with_first(needed[0], needed[1]);
            let order = |theirs: &Cell| goals.cmp(&their_goals(theirs)[0]);
            weight += share(cells, order, self.lots.two[0]);
        }
        if own[1].ahead == 0 {
            let level = rivals.cells().iter();
            weight += level
                .filter(|theirs| theirs.rival_away == needed[1] && theirs.away < needed[0])
                .map(|theirs| match goals.cmp(&their_goals(theirs)[1]) {
                    std::cmp::Ordering::Greater => theirs.mass,
                    std::cmp::Ordering::Equal => theirs.mass * self.lots.two[1],
                    std::cmp::Ordering::Less => 0.0,
                })
                .sum::<f64>();
        }
        weight
    }
}

/// The probability of the cells that leave the club ahead, counting those that leave it level by its share in the lots.
fn share(cells: &[Cell], order: impl Fn(&Cell) -> std::cmp::Ordering, lots: f64) -> f64 {
    let weigh = |cell: &Cell| match order(cell) {
        std::cmp::Ordering::Greater => cell.mass,
        std::cmp::Ordering::Equal => cell.mass * lots,
        std::cmp::Ordering::Less => 0.0,
    };
    cells.iter().map(weigh).sum()
}
