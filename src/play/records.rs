//! Records: what a club has won and scored in the group stage, packed into one integer.
//!
//! The six figures stand side by side in 64 bits, and one addition a match updates them all. They stand in
//! the order of the seeding criteria, the first one topmost, so that comparing two masked integers compares two
//! records by the whole list. The goal difference is kept above zero by a constant; with at most
//! [`MOST_MATCHES`] matches of at most 255 goals no figure can run into its neighbour.

use crate::tournament::{Goals, Points, SeedingCriterion};

/// The most matches a club may play in its group.
pub(crate) const MOST_MATCHES: usize = 15;

/// What the goal difference of a record without matches looks like: more than 255 goals in each match.
const ZERO_DIFFERENCE: u64 = 1 << 12;

/// A figure of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Points,
    GoalDifference,
    Goals,
    AwayGoals,
    Wins,
    AwayWins,
}

impl Figure {
    const ALL: [Self; 6] = [
        Self::Points,
        Self::GoalDifference,
        Self::Goals,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
    ];

    /// Bits that hold the figure over [`MOST_MATCHES`] matches; 62 in all.
    fn bits(self) -> u32 {
        match self {
            Self::Points | Self::Goals | Self::AwayGoals => 12,
            Self::GoalDifference => 13,
            Self::Wins => 7,
            Self::AwayWins => 6,
        }
    }

    /// The figure a seeding criterion looks at; lots look at none.
    pub(crate) fn of(criterion: SeedingCriterion) -> Option<Self> {
        match criterion {
            SeedingCriterion::Points => Some(Self::Points),
            SeedingCriterion::GoalDifference => Some(Self::GoalDifference),
            SeedingCriterion::Goals => Some(Self::Goals),
            SeedingCriterion::AwayGoals => Some(Self::AwayGoals),
            SeedingCriterion::Wins => Some(Self::Wins),
            SeedingCriterion::AwayWins => Some(Self::AwayWins),
            SeedingCriterion::Lots => None,
        }
    }
}

/// A packed record; only its [`Layout`] can read it.
pub(crate) type Record = u64;

/// Where the figures stand in a record.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    points: Points,
    /// The lowest bit of each figure, indexed by `Figure as usize`.
    shifts: [u32; 6],
    /// The bits that the seeding criteria look at.
    mask: Record,
    /// The points every club starts from, so that none falls below zero where points are taken away.
    reserve: u32,
}

impl Layout {
    /// The layout for these points and this order of seeding.
    pub(crate) fn new(points: Points, seeding: &[SeedingCriterion]) -> Self {
        let mut order: Vec<Figure> = Vec::new();
        let listed = seeding.iter().map_while(|criterion| Figure::of(*criterion));
        for figure in listed {
            if !order.contains(&figure) {
                order.push(figure);
            }
        }
        let looked_at = order.len();
        order.extend(
            Figure::ALL
                .into_iter()
                .filter(|figure| !listed_in(*figure, seeding)),
        );
        let mut shifts = [0; 6];
        let mut top = 64;
        let mut mask = 0;
        for (position, figure) in order.into_iter().enumerate() {
            top -= figure.bits();
            shifts[figure as usize] = top;
            if position < looked_at {
                mask |= ((1 << figure.bits()) - 1) << top;
            }
        }
        Self {
            points,
            shifts,
            mask,
            reserve: 0,
        }
    }

    /// The same with room for so many points to be taken from a club. Beside it there is room for [`MOST_MATCHES`] wins of 255
    /// points each.
    pub(crate) fn with_reserve(self, reserve: u8) -> Self {
        Self {
            reserve: u32::from(reserve),
            ..self
        }
    }

    /// The record of a club that has not played.
    pub(crate) fn start(&self) -> Record {
        (ZERO_DIFFERENCE << self.shifts[Figure::GoalDifference as usize])
            + (u64::from(self.reserve) << self.shifts[Figure::Points as usize])
    }

    /// The record of a club that has not played and from which points are taken, no more than the reserve.
    pub(crate) fn start_less(&self, deducted: u8) -> Record {
        self.start() - (u64::from(deducted) << self.shifts[Figure::Points as usize])
    }

    /// The points of a record, less those taken away.
    pub(crate) fn points(&self, record: Record) -> i32 {
        self.figure(record, Figure::Points) as i32 - self.reserve as i32
    }

    /// What a match adds to the records of the home and the away club.
    #[inline]
    pub(crate) fn of_match(&self, goals: Goals) -> [Record; 2] {
        let (home, away) = (u64::from(goals.home), u64::from(goals.away));
        let (home_won, away_won) = (u64::from(home > away), u64::from(away > home));
        let level = 1 - home_won - away_won;
        let points = self.points;
        let points_of = |won: u64, lost: u64| {
            won * u64::from(points.win)
                + level * u64::from(points.draw)
                + lost * u64::from(points.loss)
        };
        let at = |figure: Figure, value: u64| value << self.shifts[figure as usize];
        // A negative difference borrows from the figures above it and pays back when the sum is taken.
        let host = at(Figure::Points, points_of(home_won, away_won))
            .wrapping_add(at(Figure::GoalDifference, home.wrapping_sub(away)))
            .wrapping_add(at(Figure::Goals, home))
            .wrapping_add(at(Figure::Wins, home_won));
        let guest = at(Figure::Points, points_of(away_won, home_won))
            .wrapping_add(at(Figure::GoalDifference, away.wrapping_sub(home)))
            .wrapping_add(at(Figure::Goals, away))
            .wrapping_add(at(Figure::AwayGoals, away))
            .wrapping_add(at(Figure::Wins, away_won))
            .wrapping_add(at(Figure::AwayWins, away_won));
        [host, guest]
    }

    /// One figure of a record. Points and goal difference are shifted by constants, the same for all records.
    #[inline]
    pub(crate) fn figure(&self, record: Record, figure: Figure) -> u32 {
        (record >> self.shifts[figure as usize]) as u32 & ((1 << figure.bits()) - 1)
    }

    /// The goal difference of a record.
    pub(crate) fn goal_difference(&self, record: Record) -> i32 {
        self.figure(record, Figure::GoalDifference) as i32 - ZERO_DIFFERENCE as i32
    }

    /// The part of a record that seeding looks at: of two clubs, the one with the larger is seeded higher,
    /// and equal ones draw lots.
    #[inline]
    pub(crate) fn seeding_key(&self, record: Record) -> u64 {
        record & self.mask
    }
}

/// Whether seeding looks at a figure, before lots end the list.
fn listed_in(figure: Figure, seeding: &[SeedingCriterion]) -> bool {
    let mut listed = seeding.iter().map_while(|criterion| Figure::of(*criterion));
    listed.any(|other| other == figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use SeedingCriterion as By;

    const POINTS: Points = Points {
        win: 3,
        draw: 1,
        loss: 0,
    };

    #[test]
    fn figures_of_a_record_add_up() {
        // At home 2-1 and 0-0, away 1-3 and 4-0: two wins (one away), a draw, a defeat; 7-4 goals, 5 of them away.
        let layout = Layout::new(POINTS, &SeedingCriterion::ALL);
        let goals = |home, away| Goals { home, away };
        let record = layout
            .start()
            .wrapping_add(layout.of_match(goals(2, 1))[0])
            .wrapping_add(layout.of_match(goals(0, 0))[0])
            .wrapping_add(layout.of_match(goals(3, 1))[1])
            .wrapping_add(layout.of_match(goals(0, 4))[1]);
        assert_eq!(layout.figure(record, Figure::Points), 7);
        assert_eq!(layout.goal_difference(record), 3);
        assert_eq!(layout.figure(record, Figure::Goals), 7);
        assert_eq!(layout.figure(record, Figure::AwayGoals), 5);
        assert_eq!(layout.figure(record, Figure::Wins), 2);
        assert_eq!(layout.figure(record, Figure::AwayWins), 1);
    }

    #[test]
    fn the_seeding_order_is_the_order_of_the_keys() {
        // A 5-0 at home has the better goal difference, a 1-0 away the better away goals.
        let goals = |home, away| Goals { home, away };
        let keys = |seeding: &[SeedingCriterion]| {
            let layout = Layout::new(POINTS, seeding);
            let big = layout.start().wrapping_add(layout.of_match(goals(5, 0))[0]);
            let away = layout.start().wrapping_add(layout.of_match(goals(0, 1))[1]);
            (layout.seeding_key(big), layout.seeding_key(away))
        };
        let (big, away) = keys(&[By::Points, By::GoalDifference, By::AwayGoals, By::Lots]);
        assert!(big > away);
        let (big, away) = keys(&[By::Points, By::AwayGoals, By::GoalDifference, By::Lots]);
        assert!(big < away);
        let (big, away) = keys(&[By::Points, By::Lots, By::GoalDifference]);
        assert_eq!(big, away);
    }

    #[test]
    fn the_longest_and_wildest_group_stage_fits() {
        let layout = Layout::new(POINTS, &SeedingCriterion::ALL);
        let rout = Goals { home: 0, away: 255 };
        let (mut best, mut worst) = (layout.start(), layout.start());
        for _ in 0..MOST_MATCHES {
            let [home, away] = layout.of_match(rout);
            best = best.wrapping_add(away);
            worst = worst.wrapping_add(home);
        }
        assert_eq!(layout.figure(best, Figure::Points), 45);
        assert_eq!(layout.figure(best, Figure::AwayGoals), 15 * 255);
        assert_eq!(layout.goal_difference(best), 15 * 255);
        assert_eq!(layout.figure(worst, Figure::Points), 0);
        assert_eq!(layout.goal_difference(worst), -15 * 255);
        let dear = Points { win: 255, ..POINTS };
        let layout = Layout::new(dear, &SeedingCriterion::ALL).with_reserve(255);
        let [_, win] = layout.of_match(rout);
        let best = (0..MOST_MATCHES).fold(layout.start(), |record, _| record.wrapping_add(win));
        assert_eq!(layout.points(best), 15 * 255);
        assert_eq!(layout.goal_difference(best), 15 * 255);
        assert_eq!(layout.points(layout.start_less(255)), -255);
        assert_eq!(layout.goal_difference(layout.start_less(255)), 0);
    }
}
