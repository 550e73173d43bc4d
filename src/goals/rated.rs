//! A goal model out of ratings alone: the difference of two Elo ratings moves both rates.

use super::{ScoreDistribution, Strengths};

/// The logarithm of the goals of a side against its equal on neutral ground.
const LEVEL: f64 = 0.14;

/// The home advantage, half of it on each side's rate.
const HOME: f64 = 0.40;

/// What 400 Elo points are worth on the logarithm of a rate.
const SLOPE: f64 = 0.65;

/// Points of one unit of strength.
const POINTS: f64 = 400.0;

/// The model of clubs with these Elo ratings. Its three numbers were estimated from internationals of 2014 to 2026; ratings
/// are taken relative to their mean, which no rate depends on.
pub fn rated(ratings: &[f64]) -> Strengths {
    let mean = ratings.iter().sum::<f64>() / ratings.len().max(1) as f64;
    let strengths: Vec<f64> = ratings
        .iter()
        .map(|rating| SLOPE * (rating - mean) / POINTS)
        .collect();
    Strengths {
        level: LEVEL,
        home: HOME,
        first_leg: 0.0,
        attack: strengths.clone(),
        defence: strengths,
        pot: None,
        best_finish: None,
        distribution: ScoreDistribution::IndependentPoisson,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::{GoalModel, Occasion};
    use crate::ids::ClubId;

    #[test]
    fn rates_follow_from_the_difference_of_ratings() {
        // 400 points apart on neutral ground: exp(0.14 +- 0.65). At home against an equal: exp(0.14 +- 0.2).
        let model = rated(&[2000.0, 1600.0, 2000.0]);
        let (strong, weak, equal) = (ClubId(0), ClubId(1), ClubId(2));
        let neutral = model.neutral_rates(strong, weak, Occasion::Group);
        assert!((neutral.home.get() - 0.79f64.exp()).abs() < 1e-12);
        assert!((neutral.away.get() - (-0.51f64).exp()).abs() < 1e-12);
        let home = model.rates(strong, equal, Occasion::Group);
        assert!((home.home.get() - 0.34f64.exp()).abs() < 1e-12);
        assert!((home.away.get() - (-0.06f64).exp()).abs() < 1e-12);
    }
}
