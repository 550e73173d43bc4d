//! The joint distribution of a scoreline: a dense table over (home goals, away goals).

use super::{Rate, Rates};
use crate::tournament::Goals;

/// Probabilities of scorelines, `home` rows by `away` columns from 0-0 on. They add up to 1: what lies
/// beyond the table (less than [`JointScores::LOST_MASS`]) is spread over the table in proportion.
#[derive(Debug, Clone, PartialEq)]
pub struct JointScores {
    /// Number of home goal counts in the table: 0 to `home - 1`.
    home: usize,
    /// Number of away goal counts in the table: 0 to `away - 1`.
    away: usize,
    /// Row by row: `probabilities[home_goals * away + away_goals]`.
    probabilities: Vec<f64>,
}

impl JointScores {
    /// The most probability that one side's truncated goal distribution may lose.
    pub const LOST_MASS: f64 = 1e-13;

    /// A known result: all the probability on one scoreline.
    pub fn certain(goals: Goals) -> Self {
        let (home, away) = (usize::from(goals.home) + 1, usize::from(goals.away) + 1);
        let mut probabilities = vec![0.0; home * away];
        probabilities[home * away - 1] = 1.0;
        Self {
            home,
            away,
            probabilities,
        }
    }

    /// Independent Poisson goals of both sides (Maher 1982).
    pub fn independent_poisson(rates: Rates) -> Self {
        let (home, away) = (poisson(rates.home), poisson(rates.away));
        let joint = home
            .iter()
            .flat_map(|p| away.iter().map(move |q| p * q))
            .collect();
        Self::from_table(home.len(), away.len(), joint)
    }

    /// A table of weights, row by row, scaled to add up to 1.
    ///
    /// # Panics
    /// If the table has not `home * away` entries, a negative one, or none above zero.
    pub fn from_table(home: usize, away: usize, mut weights: Vec<f64>) -> Self {
        assert_eq!(
            weights.len(),
            home * away,
            "a table of {home} by {away} scorelines"
        );
        assert!(
            weights.iter().all(|weight| *weight >= 0.0),
            "no negative probability"
        );
        let total: f64 = weights.iter().sum();
        assert!(total > 0.0, "some scoreline must be possible");
        for weight in &mut weights {
            *weight /= total;
        }
        Self {
            home,
            away,
            probabilities: weights,
        }
    }

    /// The size of the table: (home goal counts, away goal counts).
    pub fn shape(&self) -> (usize, usize) {
        (self.home, self.away)
    }

    /// The probability of a scoreline; zero beyond the table.
    pub fn probability(&self, home: usize, away: usize) -> f64 {
        if home < self.home && away < self.away {
            self.probabilities[home * self.away + away]
        } else {
            0.0
        }
    }

    /// Every scoreline of the table with its probability, row by row.
    pub fn iter(&self) -> impl Iterator<Item = (Goals, f64)> {
        self.probabilities.iter().enumerate().map(|(index, p)| {
            let (home, away) = (index / self.away, index % self.away);
            (
                Goals {
                    home: home as u8,
                    away: away as u8,
                },
                *p,
            )
        })
    }
}

/// Poisson probabilities of 0, 1, 2, ... goals, until less than the lost mass remains.
pub(super) fn poisson(rate: Rate) -> Vec<f64> {
    let rate = rate.get();
    let mut term = (-rate).exp();
    let mut probabilities = vec![term];
    let mut below = term;
    for goals in 1..200u32 {
        let past_mode = f64::from(goals) > rate;
        if past_mode && (1.0 - below < JointScores::LOST_MASS || term < JointScores::LOST_MASS) {
            break;
        }
        term *= rate / f64::from(goals);
        below += term;
        probabilities.push(term);
    }
    probabilities
}
