//! Probabilities of everything that can become of each club: the common form of simulated and exact answers.

mod chance;

pub use chance::{Chance, error_of_share};

/// For every club the probability of each group place, of each seed position, of playing in each
/// knockout round, and of the title. The same shape also carries standard errors, and what is settled.
///
/// The outer index is always the club (`ClubId::index`).
#[derive(Debug, Clone, PartialEq)]
pub struct Odds<T = f64> {
    /// `place[club][k]`: finishes its group in place `k + 1`; as many entries as its group has clubs.
    pub place: Vec<Vec<T>>,
    /// `seed[club][k]`: goes on from the group stage as seed `k + 1`.
    pub seed: Vec<Vec<T>>,
    /// `round[club][r]`: plays in knockout round `r` (`RoundId::index`).
    pub round: Vec<Vec<T>>,
    /// `title[club]`: wins the final.
    pub title: Vec<T>,
}

impl<T: Copy> Odds<T> {
    /// Every number, club by club: places, seeds, rounds, title.
    pub fn values(&self) -> impl Iterator<Item = T> {
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
    pub fn zip_with<U: Copy, V>(&self, other: &Odds<U>, combine: impl Fn(T, U) -> V) -> Odds<V> {
        let row = |left: &[T], right: &[U]| -> Vec<V> {
            assert_eq!(left.len(), right.len(), "odds of one shape");
            left.iter()
                .zip(right)
                .map(|(a, b)| combine(*a, *b))
                .collect()
        };
        let rows = |left: &[Vec<T>], right: &[Vec<U>]| -> Vec<Vec<V>> {
            assert_eq!(left.len(), right.len(), "odds of one shape");
            left.iter().zip(right).map(|(a, b)| row(a, b)).collect()
        };
        Odds {
            place: rows(&self.place, &other.place),
            seed: rows(&self.seed, &other.seed),
            round: rows(&self.round, &other.round),
            title: row(&self.title, &other.title),
        }
    }
}

impl Odds {
    /// The largest number of all, such as the largest standard error.
    pub fn largest(&self) -> f64 {
        self.values().fold(0.0, f64::max)
    }
}

/// A difference of two estimates, or `None` if it is within two standard errors of zero, so that it may be luck alone.
pub fn clear_of_zero(difference: f64, standard_error: f64) -> Option<f64> {
    (difference.abs() > 2.0 * standard_error).then_some(difference)
}
