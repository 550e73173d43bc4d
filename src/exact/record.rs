//! A group winner's record as one number, such that the better record is the greater number.

use crate::tournament::SeedingCriterion;

/// What the group stage of a club looks like to the seeding criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feats {
    /// Points.
    pub points: i32,
    /// Goal difference.
    pub goal_difference: i32,
    /// Goals scored.
    pub goals: i32,
    /// Goals scored away from home.
    pub away_goals: i32,
    /// Matches won.
    pub wins: i32,
    /// Matches won away from home.
    pub away_wins: i32,
}

/// A record under a list of seeding criteria: compares as the criteria do, lots apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record(pub u64);

impl Record {
    /// The bits of one criterion.
    pub(crate) const BITS: u32 = 10;
    /// What is added to every figure, so that goal differences are not negative.
    const OFFSET: i32 = 1 << (Self::BITS - 1);

    /// Packs the figures the criteria look at, the first criterion into the highest bits.
    pub fn new(feats: &Feats, criteria: &[SeedingCriterion]) -> Self {
        let mut packed = 0;
        for criterion in criteria {
            let figure = match criterion {
                SeedingCriterion::Points => feats.points,
                SeedingCriterion::GoalDifference => feats.goal_difference,
                SeedingCriterion::Goals => feats.goals,
                SeedingCriterion::AwayGoals => feats.away_goals,
                SeedingCriterion::Wins => feats.wins,
                SeedingCriterion::AwayWins => feats.away_wins,
                SeedingCriterion::Lots => continue,
            };
            let field = (figure + Self::OFFSET).clamp(0, 2 * Self::OFFSET - 1);
            packed = packed << Self::BITS | field as u64;
        }
        Self(packed)
    }
}
