//! The probability that a club is first in its group, spread over its own records.
//!
//! The club's two pairs of matches are convolved slice by slice. The weight of a combination is the
//! probability, over the matches between its two rivals, that the club is first. Mostly it is one
//! number for two whole slices: it is settled by points, by head-to-head, or (three clubs level on
//! points) by an interval of the rivals' margin. Level head-to-heads and margins at an end of that
//! interval are looked at cell by cell.

use super::canvas::Surface;
use super::pair::{Cell, RESULT_PAIRS, ResultPair, Slice, Spot};
use super::rivals::{AtMargin, Rivals};
use super::three_way::ThreeWay;
use std::cell::OnceCell;
use std::cmp::Ordering;

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
    views: [Vec<OnceCell<Rivals<'a>>>; 2],
}

impl<'a> RivalViews<'a> {
    fn new(tables: [&'a [Slice]; 2]) -> Self {
        let empty = || (0..1 << RESULT_PAIRS).map(|_| OnceCell::new()).collect();
        Self {
            tables,
            views: [empty(), empty()],
        }
    }

    /// The rivals' matches with results in the set, seen from rival `from`.
    fn get(&self, from: usize, results: u16) -> &Rivals<'a> {
        self.views[from][usize::from(results)]
            .get_or_init(|| Rivals::new(self.tables[from], results))
    }
}

/// What the rivals' matches have to bring for the club to be first, its own results given.
struct Chances<'v, 'a> {
    /// The probability that the club alone has most points.
    alone: f64,
    /// The results that leave it level with rival k alone, seen from that rival.
    level_with: [&'v Rivals<'a>; 2],
    /// The results that leave all three level, seen from either rival, if there are any.
    all_level: Option<[&'v Rivals<'a>; 2]>,
}

impl<'v, 'a> Chances<'v, 'a> {
    fn new(views: &'v RivalViews<'a>, verdict: PointsVerdict) -> Self {
        let seen = |results: [u16; 2]| [0, 1].map(|from| views.get(from, results[from]));
        Self {
            alone: views.get(0, verdict.alone).mass(),
            level_with: seen(verdict.level_with),
            all_level: (verdict.all_level[0] != 0).then(|| seen(verdict.all_level)),
        }
    }
}

impl Contest<'_> {
    /// Adds P(first, own record) to the canvas.
    pub(super) fn paint(&self, canvas: &mut impl Surface) {
        let verdicts = self.points_verdicts();
        let views = RivalViews::new(self.rivals);
        let same_results = |a: &Slice, b: &Slice| a.results == b.results;
        for firsts in self.own[0].chunk_by(same_results) {
            for seconds in self.own[1].chunk_by(same_results) {
                let verdict = verdicts[firsts[0].results][seconds[0].results];
                let chances = Chances::new(&views, verdict);
                for first in firsts {
                    for second in seconds {
                        if first.mass * second.mass >= self.cutoff {
                            canvas.choose(first, second);
                            self.paint_slices([first, second], &chances, canvas);
                        }
                    }
                }
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
    fn paint_slices(&self, own: [&Slice; 2], chances: &Chances<'_, '_>, canvas: &mut impl Surface) {
        let mut constant = chances.alone;
        for (slice, level) in own.iter().zip(chances.level_with) {
            if slice.ahead > 0 {
                constant += level.mass();
            }
        }
        // With all three level on points, the club is ahead of rival k on goal difference if that
        // rival's margin over the other is less than this.
        let limit = [0, 1].map(|k: usize| 2 * own[k].margin + own[1 - k].margin);
        // The same of both at once: an interval of the first rival's margin, which may be empty or a point.
        let interval = limit[0] + limit[1];
        let three = chances.all_level.filter(|_| interval >= 0);
        if let Some([rivals, _]) = three.filter(|_| interval > 0) {
            constant += rivals.margin_below(limit[0]) - rivals.margin_below(1 - limit[1]);
        }
        if own[0].mass * own[1].mass * constant > self.cutoff {
            canvas.stamp(own, constant);
        }
        for rival in 0..2 {
            let boundary = three
                .filter(|_| interval > 0)
                .and_then(|rivals| rivals[rival].at_margin(limit[rival]));
            if own[rival].ahead == 0 {
                let level = chances.level_with[rival];
                self.paint_level_pair(own, rival, level, boundary, canvas);
            } else if let Some(boundary) = boundary {
                self.paint_level_margin(own, rival, boundary, canvas);
            }
        }
        if let Some([rivals, _]) = three.filter(|_| interval == 0)
            && let Some(rivals) = rivals.at_margin(limit[0])
        {
            self.paint_all_level(own, rivals, limit[0], canvas);
        }
    }

    /// The club and one rival are level head-to-head (so their goals against each other are alike):
    /// what the club did against the other rival decides, spot by spot.
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
        let least = self.cutoff / (other.mass * chance);
        if own[rival].mass < least {
            return;
        }
        let lots = self.lots.two[rival];
        let settled = level.margin_below(other.margin);
        let level = level.at_margin(other.margin);
        let weight = |spot: &Spot| {
            let goals = spot.goals();
            let mut weight = settled;
            if let Some(rivals) = level {
                let (below, equal) = rivals.goals_below(goals, spot.away);
                weight += below + equal * lots;
            }
            if let Some(rivals) = boundary {
                weight += rivals.first_below(spot.away);
                let cells = rivals.with_first(spot.away, i32::MAX / 2).iter();
                weight += share(cells, |theirs| goals.cmp(&theirs.goals), lots);
            }
            weight
        };
        let spots = other.spots.iter().zip(&other.masses);
        let masses: Vec<f64> = spots.map(|(spot, mass)| mass * weight(spot)).collect();
        canvas.stamp_reweighted(own[rival], other, &masses, least);
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
        let least = self.cutoff / (other.mass * boundary.mass());
        if slice.mass < least {
            return;
        }
        let inclusive = i32::from(slice.ahead > 0);
        let least_lead = slice.by_lead.least + other.by_away.least;
        let count = slice.by_lead.masses.len() + other.by_away.masses.len() - 1;
        // By own away goals against both less the rival's against the club.
        let chances: Vec<f64> = (least_lead..)
            .take(count)
            .map(|lead| boundary.first_below(lead + inclusive))
            .collect();
        canvas.stamp_by_lead(slice, other, &chances, least);
    }

    /// All three are level on points and goal difference; the first rival's margin over the second is given.
    fn paint_all_level(
        &self,
        own: [&Slice; 2],
        rivals: &AtMargin,
        margin: i32,
        canvas: &mut impl Surface,
    ) {
        let three_way = ThreeWay::new(own, rivals, margin, self.lots, self.cutoff);
        three_way.each(|first, second, mass| {
            canvas.dot([&own[0].spots[first], &own[1].spots[second]], mass);
        });
    }
}

/// The probability of the cells that leave the club ahead, counting those that leave it level by its share in the lots.
pub(super) fn share<'c>(
    cells: impl Iterator<Item = &'c Cell>,
    order: impl Fn(&Cell) -> Ordering,
    lots: f64,
) -> f64 {
    let weigh = |cell: &Cell| match order(cell) {
        Ordering::Greater => cell.mass,
        Ordering::Equal => cell.mass * lots,
        Ordering::Less => 0.0,
    };
    cells.map(weigh).sum()
}
