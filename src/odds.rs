//! Probabilities of everything that can become of each club: the common form of simulated and exact answers.

/// For every club the probability of each group place, of each seed position, of playing in each
/// knockout round, and of the title. The same shape also carries standard errors.
///
/// The outer index is always the club (`ClubId::index`).
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    /// `place[club][k]`: finishes its group in place `k + 1`; as many entries as its group has clubs.
    pub place: Vec<Vec<f64>>,
    /// `seed[club][k]`: goes on from the group stage as seed `k + 1`.
    pub seed: Vec<Vec<f64>>,
    /// `round[club][r]`: plays in knockout round `r` (`RoundId::index`).
    pub round: Vec<Vec<f64>>,
    /// `title[club]`: wins the final.
    pub title: Vec<f64>,
}

impl Odds {
    /// Every number, club by club: places, seeds, rounds, title.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        (0..self.title.len()).flat_map(|club| {
            let lists = [&self.place[club], &self.seed[club], &self.round[club]];
            lists
                .into_iter()
                .flatten()
                .copied()
                .chain([self.title[club]])
        })
    }

    /// The same shape with each number put through a function together with its twin in `other`.
    ///
    /// # Panics
    /// If the two have not the same shape.
    #[must_use]
    pub fn zip_with(&self, other: &Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        let row = |left: &[f64], right: &[f64]| -> Vec<f64> {
            assert_eq!(left.len(), right.len(), "odds of one shape");
            left.iter()
                .zip(right)
                .map(|(a, b)| combine(*a, *b))
                .collect()
        };
        let rows = |left: &[Vec<f64>], right: &[Vec<f64>]| -> Vec<Vec<f64>> {
            assert_eq!(left.len(), right.len(), "odds of one shape");
            left.iter().zip(right).map(|(a, b)| row(a, b)).collect()
        };
        Self {
            place: rows(&self.place, &other.place),
            seed: rows(&self.seed, &other.seed),
            round: rows(&self.round, &other.round),
            title: row(&self.title, &other.title),
        }
    }

    /// The largest number of all, such as the largest standard error.
    pub fn largest(&self) -> f64 {
        self.values().fold(0.0, f64::max)
    }
}

/// A difference of two estimates, or `None` if it is within two standard errors of zero, so that it may be luck alone.
pub fn clear_of_zero(difference: f64, standard_error: f64) -> Option<f64> {
    (difference.abs() > 2.0 * standard_error).then_some(difference)
}
