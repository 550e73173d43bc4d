//! The three results of a match, and score distributions given one of them.

use crate::goals::JointScores;
use crate::tournament::Goals;

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

/// The probability of each result.
pub(super) fn probabilities(scores: &JointScores) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for (goals, probability) in scores.iter() {
        sums[MatchResult::of(goals) as usize] += probability;
    }
    sums
}

/// The distribution given a result; `None` for a result that cannot be.
pub(super) fn given(scores: &JointScores, result: MatchResult) -> Option<JointScores> {
    let (home, away) = scores.shape();
    let keep = |(goals, probability)| {
        if MatchResult::of(goals) == result {
            probability
        } else {
            0.0
        }
    };
    let weights: Vec<f64> = scores.iter().map(keep).collect();
    let possible = weights.iter().any(|weight| *weight > 0.0);
    possible.then(|| JointScores::from_table(home, away, weights))
}
