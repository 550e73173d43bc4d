//! What a club has done in some matches: one record for tables, ties and seeds.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "callers iterate by reference"
)]

use crate::format::{Figure, TablePoints};
use std::cmp::Ordering;

/// A club's matches added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// Matches won.
    pub won: u16,
    /// Matches drawn.
    pub drawn: u16,
    /// Matches lost.
    pub lost: u16,
    /// Goals scored.
    pub goals_for: i32,
    /// Goals conceded.
    pub goals_against: i32,
    /// Goals scored away from home.
    pub away_goals: i32,
    /// Matches won away from home.
    pub away_wins: u16,
    /// Points, with what was given or taken.
    pub points: i32,
    /// Half a point, where carried points count half and an odd one was rounded up: the club stands behind others.
    pub rounded: u16,
}

impl Record {
    /// Matches played.
    pub fn played(&self) -> u16 {
        self.won + self.drawn + self.lost
    }

    /// Goals scored minus goals conceded.
    pub fn difference(&self) -> i32 {
        self.goals_for - self.goals_against
    }

    /// Counts one match; `shoot_out` says who won it where a drawn match went to one.
    #[inline]
    pub(crate) fn add(
        &mut self,
        scored: u8,
        conceded: u8,
        away: bool,
        points: &TablePoints,
        shoot_out: Option<bool>,
    ) {
        self.goals_for += i32::from(scored);
        self.goals_against += i32::from(conceded);
        if away {
            self.away_goals += i32::from(scored);
        }
        let gained = match scored.cmp(&conceded) {
            Ordering::Greater => {
                self.won += 1;
                self.away_wins += u16::from(away);
                points.win
            }
            Ordering::Less => {
                self.lost += 1;
                points.loss
            }
            Ordering::Equal => {
                self.drawn += 1;
                match (points.shoot_out, shoot_out) {
                    (Some((winner, _)), Some(true)) => winner,
                    (Some((_, loser)), Some(false)) => loser,
                    _ => points.draw,
                }
            }
        };
        self.points += i32::from(gained);
    }

    /// Adds another record.
    pub(crate) fn join(&mut self, other: &Self) {
        self.won += other.won;
        self.drawn += other.drawn;
        self.lost += other.lost;
        self.goals_for += other.goals_for;
        self.goals_against += other.goals_against;
        self.away_goals += other.away_goals;
        self.away_wins += other.away_wins;
        self.points += other.points;
        self.rounded += other.rounded;
    }

    /// A figure as a number of which more is better. What is counted a match is in units of 1/720,720 (so that every
    /// number of matches up to 16 divides it), and rounded beyond.
    #[inline]
    pub fn figure(&self, figure: Figure) -> i64 {
        let per_match = |value: i32| match i64::from(self.played()) {
            0 => 0,
            played => i64::from(value) * 720_720 / played,
        };
        match figure {
            Figure::Points => i64::from(self.points) * 2 - i64::from(self.rounded),
            Figure::Difference => i64::from(self.difference()),
            Figure::Goals => i64::from(self.goals_for),
            Figure::GoalsAgainst => -i64::from(self.goals_against),
            Figure::AwayGoals => i64::from(self.away_goals),
            Figure::Wins => i64::from(self.won),
            Figure::AwayWins => i64::from(self.away_wins),
            Figure::PointsPerMatch => per_match(self.points),
            Figure::DifferencePerMatch => per_match(self.difference()),
            Figure::GoalsPerMatch => per_match(self.goals_for),
            Figure::GoalAverage if self.goals_against == 0 => {
                i64::MAX / 2 + i64::from(self.goals_for)
            }
            Figure::GoalAverage => {
                i64::from(self.goals_for) * 1_000_000_000 / i64::from(self.goals_against)
            }
        }
    }
}
