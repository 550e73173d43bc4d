//! What one club has done in a set of matches, and the figures the criteria compare.

use crate::ids::ClubId;
use crate::tournament::{Goals, Points};

/// A played group match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupMatch {
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// The goals after 90 minutes.
    pub goals: Goals,
}

impl GroupMatch {
    /// Whether both clubs are in a list.
    pub fn is_between(&self, clubs: &[ClubId]) -> bool {
        clubs.contains(&self.home) && clubs.contains(&self.away)
    }
}

/// The results of one club in a set of matches, added up: a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The club.
    pub club: ClubId,
    /// Matches played.
    pub played: u32,
    /// Matches won.
    pub won: u32,
    /// Matches drawn.
    pub drawn: u32,
    /// Matches lost.
    pub lost: u32,
    /// Goals scored.
    pub goals_for: u32,
    /// Goals conceded.
    pub goals_against: u32,
    /// Goals scored away from home.
    pub away_goals: u32,
    /// Matches won away from home.
    pub away_wins: u32,
    /// Points, less those deducted: below zero if more were taken than won.
    pub points: i32,
    /// Points taken from the club by decisions.
    pub deducted: u32,
}

impl Record {
    /// Adds up the matches of one club; matches of others in the list are passed over.
    pub fn of<'a>(
        club: ClubId,
        matches: impl IntoIterator<Item = &'a GroupMatch>,
        points: Points,
    ) -> Self {
        let mut record = Self {
            club,
            played: 0,
            won: 0,
            drawn: 0,
            lost: 0,
            goals_for: 0,
            goals_against: 0,
            away_goals: 0,
            away_wins: 0,
            points: 0,
            deducted: 0,
        };
        for game in matches {
            if game.home == club {
                record.add(game.goals.home, game.goals.away, false, points);
            } else if game.away == club {
                record.add(game.goals.away, game.goals.home, true, points);
            }
        }
        record
    }

    /// The record with points taken away.
    #[must_use]
    pub fn less(self, deducted: u32) -> Self {
        Self {
            points: self.points - deducted as i32,
            deducted: self.deducted + deducted,
            ..self
        }
    }

    /// Counts one match with the goals `scored` and `conceded` by the club.
    fn add(&mut self, scored: u8, conceded: u8, away: bool, points: Points) {
        self.played += 1;
        self.goals_for += u32::from(scored);
        self.goals_against += u32::from(conceded);
        if away {
            self.away_goals += u32::from(scored);
        }
        match scored.cmp(&conceded) {
            std::cmp::Ordering::Greater => {
                self.won += 1;
                self.away_wins += u32::from(away);
                self.points += i32::from(points.win);
            }
            std::cmp::Ordering::Equal => {
                self.drawn += 1;
                self.points += i32::from(points.draw);
            }
            std::cmp::Ordering::Less => {
                self.lost += 1;
                self.points += i32::from(points.loss);
            }
        }
    }

    /// Goals scored minus goals conceded.
    pub fn goal_difference(&self) -> i64 {
        i64::from(self.goals_for) - i64::from(self.goals_against)
    }
}

/// A figure that a criterion compares; the larger is the better.
pub(crate) type Figure = fn(&Record) -> i64;

/// Points.
pub(crate) fn points(record: &Record) -> i64 {
    i64::from(record.points)
}

/// Goals scored minus goals conceded.
pub(crate) fn goal_difference(record: &Record) -> i64 {
    record.goal_difference()
}

/// Goals scored.
pub(crate) fn goals(record: &Record) -> i64 {
    i64::from(record.goals_for)
}

/// Goals scored away from home.
pub(crate) fn away_goals(record: &Record) -> i64 {
    i64::from(record.away_goals)
}

/// Matches won.
pub(crate) fn wins(record: &Record) -> i64 {
    i64::from(record.won)
}

/// Matches won away from home.
pub(crate) fn away_wins(record: &Record) -> i64 {
    i64::from(record.away_wins)
}
