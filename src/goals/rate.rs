//! Expected goals: a rate is a number that a football match could have, and nothing else.

/// Expected goals of one side over 90 minutes: finite, and from [`Rate::LEAST`] to [`Rate::MOST`].
///
/// Whatever becomes a rate (a fit, a draw from its posterior, a saved model, a user's table, a changed strength) does so
/// here, so that nothing after it has to ask whether a score distribution can be made of it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate(f64);

/// Why a number is no rate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{goals:.4} expected goals; a side's rate lies between {} and {}",
    Rate::LEAST,
    Rate::MOST
)]
pub struct RateError {
    /// The number.
    pub goals: f64,
}

impl Rate {
    /// The lowest rate: one goal in ten thousand matches.
    pub const LEAST: f64 = 1e-4;

    /// The highest rate: no side of a serious match was ever expected to score as often.
    pub const MOST: f64 = 30.0;

    /// A rate of so many goals.
    ///
    /// # Errors
    /// A number outside the range, or none at all.
    pub fn new(goals: f64) -> Result<Self, RateError> {
        if (Self::LEAST..=Self::MOST).contains(&goals) {
            Ok(Self(goals))
        } else {
            Err(RateError { goals })
        }
    }

    /// The rate nearest to so many goals; the lowest for what is not a number.
    pub fn nearest(goals: f64) -> Self {
        if goals.is_nan() {
            return Self(Self::LEAST);
        }
        Self(goals.clamp(Self::LEAST, Self::MOST))
    }

    /// The geometric mean of two rates, which is a rate.
    #[must_use]
    pub fn mean(self, other: Self) -> Self {
        Self::nearest((self.0 * other.0).sqrt())
    }

    /// The number of goals.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// Expected goals of the two sides over 90 minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Expected goals of the home club.
    pub home: Rate,
    /// Expected goals of the away club.
    pub away: Rate,
}

impl Rates {
    /// The rates of so many home and away goals.
    ///
    /// # Errors
    /// As [`Rate::new`].
    pub fn new(home: f64, away: f64) -> Result<Self, RateError> {
        Ok(Self {
            home: Rate::new(home)?,
            away: Rate::new(away)?,
        })
    }

    /// The rates nearest to so many home and away goals, as [`Rate::nearest`].
    pub fn nearest(home: f64, away: f64) -> Self {
        Self {
            home: Rate::nearest(home),
            away: Rate::nearest(away),
        }
    }

    /// The rates over another length of play: extra time is `scaled(1.0 / 3.0)`.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self::nearest(self.home.0 * factor, self.away.0 * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_match_could_have_is_a_rate() {
        for goals in [Rate::LEAST, 0.5, 1.0, Rate::MOST] {
            assert_eq!(Rate::new(goals).map(Rate::get), Ok(goals));
            assert_eq!(Rate::nearest(goals).get(), goals);
        }
        for goals in [
            0.0,
            -1.0,
            9e-5,
            30.001,
            f64::INFINITY,
            -f64::INFINITY,
            f64::NAN,
        ] {
            assert!(Rate::new(goals).is_err(), "{goals}");
            assert!(Rate::new(Rate::nearest(goals).get()).is_ok(), "{goals}");
        }
        let message = "602.5661 expected goals; a side's rate lies between 0.0001 and 30";
        assert_eq!(
            Rate::new(602.566_09).map_err(|error| error.to_string()),
            Err(message.to_owned())
        );
    }

    #[test]
    fn another_length_of_play_has_rates_too() {
        let third = Rates::nearest(1.5, 0.6).scaled(1.0 / 3.0);
        assert!((third.home.get() - 0.5).abs() < 1e-15 && (third.away.get() - 0.2).abs() < 1e-15);
        let lowest = Rates::nearest(Rate::LEAST, Rate::LEAST);
        assert_eq!(lowest.scaled(1.0 / 3.0), lowest);
    }
}
