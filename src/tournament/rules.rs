//! The regulations as data: points, tiebreakers, seeding criteria, draw constraints.

use crate::ids::ClubId;
use jiff::civil::Date;

/// The rules of the group stage and of seeding. The rules of ties stand with their rounds in the bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Points for a win, a draw and a defeat.
    pub points: Points,
    /// How many clubs of each group go on.
    pub advance: u8,
    /// How clubs level on points are ranked in a group, first criterion first; ends in lots.
    pub group_tiebreakers: Vec<GroupCriterion>,
    /// How the clubs that go on are seeded, first criterion first; ends in lots.
    pub seeding: Vec<SeedingCriterion>,
}

/// Points of one match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// Points of the winner.
    pub win: u8,
    /// Points of each club after a draw.
    pub draw: u8,
    /// Points of the loser.
    pub loss: u8,
}

/// One step of the order among clubs of a group that are level on points.
///
/// The head-to-head criteria count only the matches between the clubs that were level when the current
/// round of head-to-head comparison began; the others count all group matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupCriterion {
    /// Points in the matches between the clubs concerned.
    HeadToHeadPoints,
    /// Goal difference in the matches between the clubs concerned.
    HeadToHeadGoalDifference,
    /// Goals scored in the matches between the clubs concerned.
    HeadToHeadGoals,
    /// Goals scored away from home in the matches between the clubs concerned.
    HeadToHeadAwayGoals,
    /// Clubs still level, if they are fewer than before, are compared afresh on the head-to-head
    /// criteria above, counting only the matches between them.
    ReapplyHeadToHead,
    /// Goal difference in all group matches.
    GoalDifference,
    /// Goals scored in all group matches.
    Goals,
    /// Goals scored away from home in all group matches.
    AwayGoals,
    /// Matches won.
    Wins,
    /// Matches won away from home.
    AwayWins,
    /// Drawing of lots: a random order.
    Lots,
}

impl GroupCriterion {
    /// Every criterion.
    pub const ALL: [Self; 11] = [
        Self::HeadToHeadPoints,
        Self::HeadToHeadGoalDifference,
        Self::HeadToHeadGoals,
        Self::HeadToHeadAwayGoals,
        Self::ReapplyHeadToHead,
        Self::GoalDifference,
        Self::Goals,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
        Self::Lots,
    ];

    /// The words a tournament file and a table use.
    pub fn words(self) -> &'static str {
        match self {
            Self::HeadToHeadPoints => "head-to-head points",
            Self::HeadToHeadGoalDifference => "head-to-head goal difference",
            Self::HeadToHeadGoals => "head-to-head goals",
            Self::HeadToHeadAwayGoals => "head-to-head away goals",
            Self::ReapplyHeadToHead => "reapply head-to-head",
            Self::GoalDifference => "goal difference",
            Self::Goals => "goals",
            Self::AwayGoals => "away goals",
            Self::Wins => "wins",
            Self::AwayWins => "away wins",
            Self::Lots => "lots",
        }
    }

    /// Whether it counts only the matches between the clubs concerned.
    pub fn is_head_to_head(self) -> bool {
        matches!(
            self,
            Self::HeadToHeadPoints
                | Self::HeadToHeadGoalDifference
                | Self::HeadToHeadGoals
                | Self::HeadToHeadAwayGoals
        )
    }
}

/// One step of the order in which the clubs that go on are seeded, over all their group matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeedingCriterion {
    /// Points.
    Points,
    /// Goal difference.
    GoalDifference,
    /// Goals scored.
    Goals,
    /// Goals scored away from home.
    AwayGoals,
    /// Matches won.
    Wins,
    /// Matches won away from home.
    AwayWins,
    /// Drawing of lots: a random order.
    Lots,
}

impl SeedingCriterion {
    /// Every criterion.
    pub const ALL: [Self; 7] = [
        Self::Points,
        Self::GoalDifference,
        Self::Goals,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
        Self::Lots,
    ];

    /// The words a tournament file and a table use.
    pub fn words(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::GoalDifference => "goal difference",
            Self::Goals => "goals",
            Self::AwayGoals => "away goals",
            Self::Wins => "wins",
            Self::AwayWins => "away wins",
            Self::Lots => "lots",
        }
    }
}

/// How the groups were drawn: one club from each pot into each group, under constraints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRules {
    /// The day of the draw, where it is known.
    pub date: Option<Date>,
    /// The pots in the order in which they are drawn; each holds one club for each group.
    pub pots: Vec<String>,
    /// Whether the pots rank the clubs, the strongest first, as those of other editions do, so that a goal model may
    /// learn from them.
    pub pots_comparable: bool,
    /// What every group has to satisfy.
    pub constraints: Vec<DrawConstraint>,
    /// Whether the groups are still to be drawn. Those of the tournament are stand-ins then: one club of each pot in each,
    /// whatever the constraints say, with a double round robin. Only what integrates over draws may use them.
    pub pending: bool,
}

/// A condition that every group of a valid draw satisfies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawConstraint {
    /// No two clubs of one association in a group, except that an exempt club
    /// (a wildcard on a berth of another association) may join anybody.
    ApartByAssociation {
        /// The clubs that are exempt.
        exempt: Vec<ClubId>,
    },
    /// Every group holds exactly one club of these associations taken together.
    ExactlyOneOf {
        /// The names of the associations.
        associations: Vec<String>,
    },
}
