//! What a fitted model thinks of each club, in goals and in its chance against an average club.

use super::design::Linear;
use super::fitted::{FittedModel, NORMAL_95};
use super::specification::TermKind;
use super::{GoalModel, Rates};
use crate::ids::ClubId;

/// A number with the ends of its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithInterval {
    /// At the posterior mode.
    pub estimate: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A club against an average club of its edition, on neutral ground, over 90 minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct ClubRating {
    /// The club.
    pub club: ClubId,
    /// Expected goals for.
    pub goals_for: WithInterval,
    /// Expected goals against.
    pub goals_against: WithInterval,
    /// The probability of winning.
    pub win: WithInterval,
}

impl FittedModel {
    /// Every club's rating, the most likely winner against an average club first.
    ///
    /// Intervals come from the posterior covariance of the logarithms of both rates; that of the winning
    /// probability by the delta method on its log odds.
    pub fn ratings(&self) -> Vec<ClubRating> {
        let number = self.forms.len() as f64;
        let average = |of: fn(&super::design::ClubForms) -> &Linear| -> Linear {
            let all = self.forms.iter().flat_map(|club| of(club).iter());
            all.map(|(index, value)| (*index, value / number)).collect()
        };
        let (attack, defence) = (average(|club| &club.attack), average(|club| &club.defence));
        let level = self.position(|kind| matches!(kind, TermKind::Level));
        let rate = |own: &Linear, other: &Linear| -> Linear {
            let level = level.iter().map(|index| (*index, 1.0));
            let other = other.iter().map(|(index, value)| (*index, -value));
            level.chain(own.iter().copied()).chain(other).collect()
        };
        let ratings = self.forms.iter().enumerate().map(|(index, club)| {
            let goals_for = rate(&club.attack, &defence);
            let goals_against = rate(&attack, &club.defence);
            self.rating(ClubId::new(index), &goals_for, &goals_against)
        });
        let mut ratings: Vec<ClubRating> = ratings.collect();
        ratings.sort_by(|a, b| {
            let by_chance = b.win.estimate.total_cmp(&a.win.estimate);
            by_chance.then(a.club.cmp(&b.club))
        });
        ratings
    }

    /// The rating of a club from the linear forms of the logarithms of both rates.
    fn rating(&self, club: ClubId, goals_for: &Linear, goals_against: &Linear) -> ClubRating {
        let value = |form: &Linear| -> f64 {
            form.iter()
                .map(|(index, factor)| factor * self.mode[*index])
                .sum()
        };
        let center = [value(goals_for), value(goals_against)];
        let variances = [
            self.covariance(goals_for, goals_for),
            self.covariance(goals_against, goals_against),
        ];
        let covariance = self.covariance(goals_for, goals_against);
        let around = |index: usize| {
            let half = NORMAL_95 * variances[index].sqrt();
            WithInterval {
                estimate: center[index].exp(),
                low: (center[index] - half).exp(),
                high: (center[index] + half).exp(),
            }
        };
        let log_odds = |logarithms: [f64; 2]| -> f64 {
            let [won, not_won] = self.chances(logarithms);
            (won / not_won).ln()
        };
        // A central difference: the error is of the order of the square of the step.
        let step = 1e-4;
        let slope = |index: usize| -> f64 {
            let mut moved = [center, center];
            moved[0][index] += step;
            moved[1][index] -= step;
            (log_odds(moved[0]) - log_odds(moved[1])) / (2.0 * step)
        };
        let [up, down] = [slope(0), slope(1)];
        let variance =
            up * up * variances[0] + down * down * variances[1] + 2.0 * up * down * covariance;
        let middle = log_odds(center);
        let chance = |log_odds: f64| 1.0 / (1.0 + (-log_odds).exp());
        let half = NORMAL_95 * variance.max(0.0).sqrt();
        ClubRating {
            club,
            goals_for: around(0),
            goals_against: around(1),
            win: WithInterval {
                estimate: chance(middle),
                low: chance(middle - half),
                high: chance(middle + half),
            },
        }
    }

    /// The probabilities of winning and of not winning, from the logarithms of both rates. Either may be too small to
    /// be told from 1 less the other.
    fn chances(&self, [goals_for, goals_against]: [f64; 2]) -> [f64; 2] {
        let scores = self.scores(Rates::nearest(goals_for.exp(), goals_against.exp()));
        let mut chances = [0.0; 2];
        for (goals, probability) in scores.iter() {
            chances[usize::from(goals.home <= goals.away)] += probability;
        }
        chances
    }
}
