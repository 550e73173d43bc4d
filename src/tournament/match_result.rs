//! The result of a match: who won after 90 minutes.

use super::Goals;

/// The result of a match after 90 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchResult {
    /// The home club wins.
    HomeWin,
    /// Nobody wins.
    Draw,
    /// The away club wins.
    AwayWin,
}

impl MatchResult {
    /// All three, in the order in which they are reported.
    pub const ALL: [Self; 3] = [Self::HomeWin, Self::Draw, Self::AwayWin];

    /// The result of a scoreline.
    pub fn of(goals: Goals) -> Self {
        match goals.margin().signum() {
            1 => Self::HomeWin,
            0 => Self::Draw,
            _ => Self::AwayWin,
        }
    }

    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Self::HomeWin => "home win",
            Self::Draw => "draw",
            Self::AwayWin => "away win",
        }
    }
}
