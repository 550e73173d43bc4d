//! Score distributions given the result of the match.

use crate::goals::JointScores;
use crate::tournament::MatchResult;

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
