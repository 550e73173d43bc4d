//! How goals fall around their expectation: independent Poisson and its three usual rivals, each with at most one number of its own.

use super::golden_section::largest;
use super::score::poisson;
use super::{JointScores, Rates};
use crate::tournament::Goals;
use statrs::function::gamma::ln_gamma;

/// The score distribution a specification asks for; `None` for its number means: estimate it from the
/// training matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DistributionChoice {
    /// Independent Poisson goals of both sides.
    IndependentPoisson,
    /// Dixon and Coles, with rho.
    DixonColes(Option<f64>),
    /// Bivariate Poisson, with the shared part.
    BivariatePoisson(Option<f64>),
    /// Independent negative binomial goals, with the dispersion.
    NegativeBinomial(Option<f64>),
}

/// A score distribution with its number known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ScoreDistribution {
    /// Independent Poisson goals of both sides (Maher 1982).
    IndependentPoisson,
    /// Independent Poisson goals with the four lowest scorelines made more or less likely (Dixon & Coles
    /// 1997, section 4.1); both sides' goals stay Poisson. Where rho would make a probability negative the
    /// nearest possible value is used.
    DixonColes {
        /// Below zero: more 0-0 and 1-1; above zero: fewer.
        rho: f64,
    },
    /// Both sides' goals share a Poisson part, so that they are correlated (Karlis & Ntzoufras 2003); here
    /// the shared part is a share of the smaller rate, so that it shrinks with the length of play.
    BivariatePoisson {
        /// The share of the smaller rate that is common to both sides, from 0 to below 1.
        shared: f64,
    },
    /// Independent negative binomial goals: variance = rate + dispersion * rate^2 (Reep et al. 1971).
    NegativeBinomial {
        /// The dispersion; 0 is Poisson.
        dispersion: f64,
    },
}

impl DistributionChoice {
    /// The word a specification uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::IndependentPoisson => "independent-poisson",
            Self::DixonColes(_) => "dixon-coles",
            Self::BivariatePoisson(_) => "bivariate-poisson",
            Self::NegativeBinomial(_) => "negative-binomial",
        }
    }

    /// The word for its number, if it has one.
    pub fn number_word(self) -> Option<&'static str> {
        match self {
            Self::IndependentPoisson => None,
            Self::DixonColes(_) => Some("rho"),
            Self::BivariatePoisson(_) => Some("shared"),
            Self::NegativeBinomial(_) => Some("dispersion"),
        }
    }

    /// The smallest and the largest value of its number.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::IndependentPoisson => (0.0, 0.0),
            Self::DixonColes(_) => (-0.5, 0.5),
            Self::BivariatePoisson(_) => (0.0, 0.95),
            Self::NegativeBinomial(_) => (0.0, 1.0),
        }
    }

    /// The same distribution with a number; `None` if the number is out of its range.
    pub fn with_number(self, number: f64) -> Option<Self> {
        let (low, high) = self.range();
        (number >= low && number <= high).then_some(match self {
            Self::IndependentPoisson => self,
            Self::DixonColes(_) => Self::DixonColes(Some(number)),
            Self::BivariatePoisson(_) => Self::BivariatePoisson(Some(number)),
            Self::NegativeBinomial(_) => Self::NegativeBinomial(Some(number)),
        })
    }

    /// The distribution with its number: the given one, or the most likely one for these matches at
    /// their fitted rates (weights beside). The rates are fitted as Poisson means whatever the
    /// distribution, which is consistent for any distribution with those means (Gourieroux, Monfort &
    /// Trognon 1984).
    pub(super) fn settle(self, matches: &[(Rates, Goals, f64)]) -> ScoreDistribution {
        let (low, high) = self.range();
        let likeliest = |with: fn(f64) -> ScoreDistribution| {
            if matches.is_empty() {
                // Nothing to learn from: the value that makes it independent Poisson.
                return with(0.0);
            }
            let log_likelihood = |number: f64| -> f64 {
                let distribution = with(number);
                let terms = matches.iter().map(|(rates, goals, weight)| {
                    weight * distribution.log_probability(*rates, *goals)
                });
                terms.sum()
            };
            with(largest(low, high, 1e-7, log_likelihood))
        };
        match self {
            Self::IndependentPoisson => ScoreDistribution::IndependentPoisson,
            Self::DixonColes(number) => {
                let with = |rho| ScoreDistribution::DixonColes { rho };
                number.map_or_else(|| likeliest(with), with)
            }
            Self::BivariatePoisson(number) => {
                let with = |shared| ScoreDistribution::BivariatePoisson { shared };
                number.map_or_else(|| likeliest(with), with)
            }
            Self::NegativeBinomial(number) => {
                let with = |dispersion| ScoreDistribution::NegativeBinomial { dispersion };
                number.map_or_else(|| likeliest(with), with)
            }
        }
    }
}

impl ScoreDistribution {
    /// The choice it came from, with its number.
    pub fn choice(self) -> DistributionChoice {
        match self {
            Self::IndependentPoisson => DistributionChoice::IndependentPoisson,
            Self::DixonColes { rho } => DistributionChoice::DixonColes(Some(rho)),
            Self::BivariatePoisson { shared } => DistributionChoice::BivariatePoisson(Some(shared)),
            Self::NegativeBinomial { dispersion } => {
                DistributionChoice::NegativeBinomial(Some(dispersion))
            }
        }
    }

    /// Its number, if it has one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::IndependentPoisson => None,
            Self::DixonColes { rho: number }
            | Self::BivariatePoisson { shared: number }
            | Self::NegativeBinomial { dispersion: number } => Some(number),
        }
    }

    /// The table of scoreline probabilities at given rates.
    pub fn scores(self, rates: Rates) -> JointScores {
        match self {
            Self::IndependentPoisson => JointScores::independent_poisson(rates),
            Self::DixonColes { .. } | Self::BivariatePoisson { .. } => {
                let (home, away) = (poisson(rates.home).len(), poisson(rates.away).len());
                self.table(rates, home.max(2), away.max(2))
            }
            Self::NegativeBinomial { dispersion } => {
                let home = negative_binomial_length(rates.home.get(), dispersion);
                let away = negative_binomial_length(rates.away.get(), dispersion);
                self.table(rates, home, away)
            }
        }
    }

    /// A table of the given size, entry by entry from the formula.
    fn table(self, rates: Rates, home: usize, away: usize) -> JointScores {
        let entries = (0..home).flat_map(|x| (0..away).map(move |y| (x, y)));
        let weights = entries.map(|(x, y)| {
            let goals = Goals {
                home: x as u8,
                away: y as u8,
            };
            self.log_probability(rates, goals).exp()
        });
        JointScores::from_table(home, away, weights.collect())
    }

    /// The logarithm of the probability of one scoreline, in nats.
    pub fn log_probability(self, rates: Rates, goals: Goals) -> f64 {
        let (home, away) = (f64::from(goals.home), f64::from(goals.away));
        let [home_rate, away_rate] = [rates.home.get(), rates.away.get()];
        match self {
            Self::IndependentPoisson => log_poisson(home_rate, home) + log_poisson(away_rate, away),
            Self::DixonColes { rho } => {
                let independent = log_poisson(home_rate, home) + log_poisson(away_rate, away);
                independent + dixon_coles_factor(rates, goals, rho).ln()
            }
            Self::BivariatePoisson { shared } => log_bivariate_poisson(rates, goals, shared),
            Self::NegativeBinomial { dispersion } => {
                log_negative_binomial(home_rate, home, dispersion)
                    + log_negative_binomial(away_rate, away, dispersion)
            }
        }
    }
}

/// The logarithm of a Poisson probability; a rate of zero allows no goal.
pub(super) fn log_poisson(rate: f64, goals: f64) -> f64 {
    if goals == 0.0 {
        -rate
    } else {
        goals * rate.ln() - rate - ln_gamma(goals + 1.0)
    }
}

/// By how much a scoreline is likelier than independent (tau of Dixon & Coles 1997, equation 4.2), with
/// rho held inside the bounds that keep every probability from being negative.
fn dixon_coles_factor(rates: Rates, goals: Goals, rho: f64) -> f64 {
    let [home, away] = [rates.home.get(), rates.away.get()];
    let lowest = (-1.0 / home).max(-1.0 / away);
    let highest = (1.0 / (home * away)).min(1.0);
    let rho = rho.max(lowest).min(highest);
    let factor = match (goals.home, goals.away) {
        (0, 0) => 1.0 - home * away * rho,
        (0, 1) => 1.0 + home * rho,
        (1, 0) => 1.0 + away * rho,
        (1, 1) => 1.0 - rho,
        _ => 1.0,
    };
    // At a bound rounding could end below zero.
    factor.max(0.0)
}

/// The logarithm of a bivariate Poisson probability (Karlis & Ntzoufras 2003, equation 1).
fn log_bivariate_poisson(rates: Rates, goals: Goals, shared: f64) -> f64 {
    let [home_rate, away_rate] = [rates.home.get(), rates.away.get()];
    let common = shared * home_rate.min(away_rate);
    let both = 0..=goals.home.min(goals.away);
    let terms = both.map(|k| {
        let (x, y, k) = (
            f64::from(goals.home - k),
            f64::from(goals.away - k),
            f64::from(k),
        );
        let own = log_poisson(home_rate - common, x) + log_poisson(away_rate - common, y);
        (own + log_poisson(common, k)).exp()
    });
    terms.sum::<f64>().ln()
}

/// The logarithm of a negative binomial probability by mean and dispersion.
fn log_negative_binomial(rate: f64, goals: f64, dispersion: f64) -> f64 {
    // Below this the gamma functions would lose more digits than the distribution differs from Poisson.
    if dispersion < 1e-6 {
        return log_poisson(rate, goals);
    }
    let size = 1.0 / dispersion;
    let counts = ln_gamma(goals + size) - ln_gamma(size) - ln_gamma(goals + 1.0);
    let none = size * (size / (size + rate)).ln();
    if goals == 0.0 {
        none
    } else {
        counts + none + goals * (rate / (size + rate)).ln()
    }
}

/// How many goal counts hold all but the lost mass of a negative binomial distribution.
fn negative_binomial_length(rate: f64, dispersion: f64) -> usize {
    let mut below = 0.0;
    let mut goals = 0u8;
    while below < 1.0 - JointScores::LOST_MASS && goals < 200 {
        let term = log_negative_binomial(rate, f64::from(goals), dispersion).exp();
        if f64::from(goals) > rate && term < JointScores::LOST_MASS * 1e-2 {
            break;
        }
        below += term;
        goals += 1;
    }
    usize::from(goals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Mean and variance of each side's goals and their covariance.
    fn moments(scores: &JointScores) -> [f64; 5] {
        let mean = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
            let goals = scores.iter();
            goals
                .map(|(goals, p)| p * of(f64::from(goals.home), f64::from(goals.away)))
                .sum()
        };
        let (home, away) = (mean(&|x, _| x), mean(&|_, y| y));
        [
            home,
            away,
            mean(&|x, _| (x - home).powi(2)),
            mean(&|_, y| (y - away).powi(2)),
            mean(&|x, y| (x - home) * (y - away)),
        ]
    }

    fn assert_close(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance,
            "{found} is not {expected} within {tolerance}"
        );
    }

    proptest! {
        #[test]
        fn every_distribution_has_its_means_variances_and_covariance(
            home in 0.05..5.0f64, away in 0.05..5.0f64,
            rho in -0.15..0.15f64, shared in 0.0..0.9f64, dispersion in 0.0..0.5f64,
        ) {
            let rates = Rates::nearest(home, away);
            let poisson = [home, away, home, away, 0.0];
            let common = shared * home.min(away);
            let over = |rate: f64| rate + dispersion * rate * rate;
            // Of Dixon-Coles only the marginals are fixed; its covariance is -rho home away exp(-home - away),
            // from the four changed scorelines.
            let held = rho.max(-1.0 / home.max(away)).min((1.0 / (home * away)).min(1.0));
            let covariance = -held * home * away * (-home - away).exp();
            let cases = [
                (ScoreDistribution::IndependentPoisson, poisson),
                (ScoreDistribution::DixonColes { rho }, [home, away, home, away, covariance]),
                (ScoreDistribution::BivariatePoisson { shared }, [home, away, home, away, common]),
                (ScoreDistribution::NegativeBinomial { dispersion }, [home, away, over(home), over(away), 0.0]),
            ];
            for (distribution, expected) in cases {
                let scores = distribution.scores(rates);
                let total: f64 = scores.iter().map(|(_, p)| p).sum();
                prop_assert!((total - 1.0).abs() < 1e-12);
                for (found, expected) in moments(&scores).into_iter().zip(expected) {
                    prop_assert!((found - expected).abs() < 1e-8, "{distribution:?}: {found} for {expected}");
                }
                for (goals, p) in scores.iter().filter(|(_, p)| *p > 1e-12) {
                    let direct = distribution.log_probability(rates, goals).exp();
                    prop_assert!((direct - p).abs() < 1e-11, "{distribution:?} {goals}");
                }
            }
        }
    }

    #[test]
    fn dixon_coles_by_hand() {
        // Rates 1 and 1, rho -0.1: independent 0-0 has exp(-2); the factor is 1 + 0.1, and 1-0 loses a tenth.
        let scores = ScoreDistribution::DixonColes { rho: -0.1 }.scores(Rates::nearest(1.0, 1.0));
        let independent = (-2.0f64).exp();
        assert_close(scores.probability(0, 0), 1.1 * independent, 1e-12);
        assert_close(scores.probability(1, 0), 0.9 * independent, 1e-12);
        assert_close(scores.probability(0, 1), 0.9 * independent, 1e-12);
        assert_close(scores.probability(1, 1), 1.1 * independent, 1e-12);
        assert_close(scores.probability(2, 0), 0.5 * independent, 1e-12);
    }

    #[test]
    fn the_nearest_possible_rho_is_used() {
        // At rates 3 and 1 a rho of -0.5 would make 0-1 negative (1 - 1.5): -1/3 makes it just impossible.
        let scores = ScoreDistribution::DixonColes { rho: -0.5 }.scores(Rates::nearest(3.0, 1.0));
        assert_close(scores.probability(0, 1), 0.0, 1e-15);
    }

    #[test]
    fn a_number_is_estimated_where_none_is_given() {
        // Every match ends 1-1 at rates 1 and 1: the shared part that makes it likeliest is the largest allowed,
        // and a given number stays as it is.
        let rates = Rates::nearest(1.0, 1.0);
        let matches = vec![(rates, Goals { home: 1, away: 1 }, 1.0); 10];
        let shared = DistributionChoice::BivariatePoisson(None)
            .settle(&matches)
            .number();
        assert_close(shared.expect("it has a number"), 0.95, 1e-5);
        let kept = DistributionChoice::DixonColes(Some(0.03)).settle(&matches);
        assert_eq!(kept, ScoreDistribution::DixonColes { rho: 0.03 });
        let nothing = DistributionChoice::NegativeBinomial(None).settle(&[]);
        assert_eq!(
            nothing,
            ScoreDistribution::NegativeBinomial { dispersion: 0.0 }
        );
    }
}
