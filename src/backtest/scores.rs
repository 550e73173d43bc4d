//! Scoring rules for one match: smaller is better, and only the true probabilities are best on average.

use crate::goals::JointScores;
use crate::tournament::Goals;

/// The result of a match after 90 minutes, seen from the home side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The home side won.
    Home,
    /// Both sides scored alike.
    Draw,
    /// The away side won.
    Away,
}

impl Outcome {
    /// All outcomes, in the order of [`OutcomeProbabilities`].
    pub const ALL: [Self; 3] = [Self::Home, Self::Draw, Self::Away];

    /// The outcome of a scoreline.
    pub fn of(goals: Goals) -> Self {
        match goals.margin().signum() {
            1 => Self::Home,
            0 => Self::Draw,
            _ => Self::Away,
        }
    }

    /// The position in [`Outcome::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The word people use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Home => "home win",
            Self::Draw => "draw",
            Self::Away => "away win",
        }
    }
}

/// Probabilities of a home win, a draw and an away win; they add up to 1.
pub type OutcomeProbabilities = [f64; 3];

/// The outcome probabilities of a score distribution.
pub(super) fn outcome_probabilities(scores: &JointScores) -> OutcomeProbabilities {
    let mut probabilities = [0.0; 3];
    for (goals, probability) in scores.iter() {
        probabilities[Outcome::of(goals).index()] += probability;
    }
    probabilities
}

/// The scores of one forecast match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MatchScore {
    /// Ranked probability score of (home, draw, away), from 0 to 1 (Epstein 1969; Constantinou & Fenton 2012).
    pub ranked_probability: f64,
    /// Minus the logarithm of the probability of the outcome, in nats (Good 1952).
    pub outcome_log_loss: f64,
    /// Squared errors of the three probabilities added up, from 0 to 2 (Brier 1950).
    pub brier: f64,
    /// Minus the logarithm of the probability of the very scoreline, in nats; `None` where a forecast
    /// has outcomes only, as bookmakers' odds have.
    pub scoreline_log_loss: Option<f64>,
}

impl MatchScore {
    /// Names of the scores, in the order of [`MatchScore::values`].
    pub const NAMES: [&str; 4] = ["RPS", "1X2 log loss", "Brier", "scoreline log loss"];

    /// Scores outcome probabilities and, where it is known, the probability of the scoreline.
    pub fn new(
        probabilities: OutcomeProbabilities,
        scoreline: Option<f64>,
        outcome: Outcome,
    ) -> Self {
        Self {
            ranked_probability: ranked_probability_score(&probabilities, outcome.index()),
            outcome_log_loss: -probabilities[outcome.index()].ln(),
            brier: brier_score(&probabilities, outcome.index()),
            scoreline_log_loss: scoreline.map(|probability| -probability.ln()),
        }
    }

    /// The four scores; not a number where there is no scoreline forecast.
    pub fn values(&self) -> [f64; 4] {
        [
            self.ranked_probability,
            self.outcome_log_loss,
            self.brier,
            self.scoreline_log_loss.unwrap_or(f64::NAN),
        ]
    }
}

/// The ranked probability score of ordered categories: the squared differences of the cumulated
/// probabilities from what happened, added up and divided by the number of categories less one.
pub(super) fn ranked_probability_score(probabilities: &[f64], happened: usize) -> f64 {
    let mut cumulated = 0.0;
    let mut total = 0.0;
    for (index, probability) in probabilities[..probabilities.len() - 1].iter().enumerate() {
        cumulated += probability;
        let truth = f64::from(u8::from(happened <= index));
        total += (cumulated - truth).powi(2);
    }
    total / (probabilities.len() - 1) as f64
}

/// The Brier score of categories: squared errors added up.
pub(super) fn brier_score(probabilities: &[f64], happened: usize) -> f64 {
    let errors = probabilities
        .iter()
        .enumerate()
        .map(|(index, probability)| {
            let truth = f64::from(u8::from(happened == index));
            (probability - truth).powi(2)
        });
    errors.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        // 0.5, 0.3, 0.2 and a draw: RPS (0.5^2 + 0.2^2) / 2 = 0.145; Brier 0.25 + 0.49 + 0.04 = 0.78.
        let score = MatchScore::new([0.5, 0.3, 0.2], Some(0.125), Outcome::Draw);
        assert!((score.ranked_probability - 0.145).abs() < 1e-12);
        assert!((score.brier - 0.78).abs() < 1e-12);
        assert!((score.outcome_log_loss + 0.3f64.ln()).abs() < 1e-12);
        assert!((score.scoreline_log_loss.expect("given") - 8f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn constantinou_and_fenton_examples() {
        // Constantinou & Fenton 2012, table 3: matches 1 to 5, forecasts and the RPS they print.
        let cases = [
            ([1.0, 0.0, 0.0], Outcome::Home, 0.0),
            ([0.9, 0.1, 0.0], Outcome::Home, 0.005),
            ([0.8, 0.1, 0.1], Outcome::Home, 0.025),
            ([0.5, 0.25, 0.25], Outcome::Home, 0.156_25),
            ([0.35, 0.3, 0.35], Outcome::Draw, 0.1225),
            ([0.6, 0.3, 0.1], Outcome::Draw, 0.185),
            ([0.6, 0.25, 0.15], Outcome::Home, 0.091_25),
            ([0.57, 0.33, 0.1], Outcome::Home, 0.097_45),
        ];
        for (probabilities, outcome, expected) in cases {
            let found = ranked_probability_score(&probabilities, outcome.index());
            assert!(
                (found - expected).abs() < 1e-12,
                "{probabilities:?}: {found}"
            );
        }
    }

    #[test]
    fn the_truth_scores_best_on_average() {
        // Expected scores under the truth (0.5, 0.3, 0.2) are worse for every other forecast tried.
        let truth = [0.5, 0.3, 0.2];
        let expected = |forecast: [f64; 3]| {
            let mut sums = [0.0; 3];
            for outcome in Outcome::ALL {
                let values = MatchScore::new(forecast, None, outcome).values();
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += truth[outcome.index()] * value;
                }
            }
            sums
        };
        let best = expected(truth);
        for forecast in [
            [0.4, 0.4, 0.2],
            [0.6, 0.2, 0.2],
            [0.5, 0.2, 0.3],
            [0.34, 0.33, 0.33],
        ] {
            for (worse, best) in expected(forecast).into_iter().zip(best) {
                assert!(worse > best);
            }
        }
    }
}
