//! How an open match may end: its result, and as much of its goals as is supposed.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "points are handed on by reference everywhere"
)]

use super::record::Record;
use crate::format::{Side, TablePoints};
use crate::tournament::MatchResult;

/// More goals than any comparison can turn on.
pub(super) const BOUNDLESS: i64 = i64::MAX / 64;

/// The whole numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Span {
    pub(super) const ANY: Self = Self {
        low: -BOUNDLESS,
        high: BOUNDLESS,
    };

    pub(super) const fn exactly(number: i64) -> Self {
        Self {
            low: number,
            high: number,
        }
    }

    pub(super) const fn from(low: i64) -> Self {
        Self {
            low,
            high: BOUNDLESS,
        }
    }

    pub(super) fn is_exact(self) -> bool {
        self.low == self.high
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            low: (self.low + other.low).max(-BOUNDLESS),
            high: (self.high + other.high).min(BOUNDLESS),
        }
    }

    pub(super) fn negated(self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }
}

/// How an open match ends, as far as it is supposed; seen from the side listed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    pub(super) result: MatchResult,
    /// Whether the side listed first wins the shoot-out after a drawn match.
    pub(super) shoot_out: Option<bool>,
    pub(super) margin: Span,
    pub(super) goals: [Span; 2],
}

impl Ending {
    /// A result, by whatever score.
    pub fn result(result: MatchResult) -> Self {
        let (margin, goals) = match result {
            MatchResult::HomeWin => (Span::from(1), [Span::from(1), Span::from(0)]),
            MatchResult::Draw => (Span::exactly(0), [Span::from(0); 2]),
            MatchResult::AwayWin => (Span::from(1).negated(), [Span::from(0), Span::from(1)]),
        };
        Self {
            result,
            shoot_out: None,
            margin,
            goals,
        }
    }

    /// A margin of the side listed first, by whatever score.
    pub fn margin(margin: i32) -> Self {
        let margin = i64::from(margin);
        Self {
            result: result_of(margin),
            shoot_out: None,
            margin: Span::exactly(margin),
            goals: [Span::from(margin.max(0)), Span::from((-margin).max(0))],
        }
    }

    /// A score, the goals of the side listed first first.
    pub fn score([first, second]: [i32; 2]) -> Self {
        let (first, second) = (i64::from(first), i64::from(second));
        Self {
            result: result_of(first - second),
            shoot_out: None,
            margin: Span::exactly(first - second),
            goals: [Span::exactly(first), Span::exactly(second)],
        }
    }

    /// Every result that a match of a table can have, its shoot-out included where drawn matches go to one.
    pub fn results(points: &TablePoints) -> Vec<Self> {
        MatchResult::ALL
            .into_iter()
            .flat_map(|result| Self::result(result).with_shoot_outs(points))
            .collect()
    }

    /// The same with every way a shoot-out may end, where there is one.
    pub fn with_shoot_outs(self, points: &TablePoints) -> Vec<Self> {
        if self.result != MatchResult::Draw || points.shoot_out.is_none() {
            return vec![self];
        }
        let with = |first_won| Self {
            shoot_out: Some(first_won),
            ..self
        };
        vec![with(true), with(false)]
    }

    /// The result.
    pub fn outcome(&self) -> MatchResult {
        self.result
    }

    /// The points of the side listed first (0) or second (1).
    pub fn gained(&self, side: usize, points: TablePoints) -> i32 {
        let mut record = Record::default();
        self.count(&mut record, side, Side::Nobody, &points);
        record.points
    }

    /// Adds what is certain to a side's record: the result, not the goals.
    pub(super) fn count(&self, record: &mut Record, side: usize, home: Side, points: &TablePoints) {
        let away = match home {
            Side::First => side == 1,
            Side::Second => side == 0,
            Side::Nobody => false,
        };
        let score: [u8; 2] = match self.result {
            MatchResult::HomeWin => [1, 0],
            MatchResult::Draw => [0, 0],
            MatchResult::AwayWin => [0, 1],
        };
        let shoot_out = self.shoot_out.map(|first_won| first_won == (side == 0));
        record.add(score[side], score[1 - side], away, points, shoot_out);
        record.goals_for -= i32::from(score[side]);
        record.goals_against -= i32::from(score[1 - side]);
        if away {
            record.away_goals -= i32::from(score[side]);
        }
    }

    /// The margin of a side, its goals and those it concedes.
    pub(super) fn spans(&self, side: usize) -> [Span; 3] {
        let margin = if side == 0 {
            self.margin
        } else {
            self.margin.negated()
        };
        [margin, self.goals[side], self.goals[1 - side]]
    }
}

fn result_of(margin: i64) -> MatchResult {
    match margin.signum() {
        1 => MatchResult::HomeWin,
        0 => MatchResult::Draw,
        _ => MatchResult::AwayWin,
    }
}
