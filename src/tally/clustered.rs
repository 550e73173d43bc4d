//! Tallies of runs that come in clusters, such as the runs of one random draw, beside a baseline on the same luck.

use super::{Counts, Tally};
use crate::odds::{Odds, error_of_share};
use crate::play::Engine;

/// Two tallies over the same luck whose runs come in clusters of one size: in the first, the runs of a cluster have something
/// random in common (the groups of a draw), so that only clusters are independent; the second is played in the
/// same runs without it.
///
/// Everything is a sum over clusters of whole numbers, so that merging is addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusteredTally {
    clusters: u64,
    runs_per_cluster: u64,
    /// Sums over clusters of how often each event came in the first, and of the squares of that.
    first: Moments,
    /// The same of the second.
    second: Moments,
    /// Sums over clusters of the products of the two.
    products: Counts,
}

/// Sums of numbers and of their squares.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Moments {
    sums: Counts,
    squares: Counts,
}

impl Moments {
    fn new(engine: &Engine) -> Self {
        Self {
            sums: Counts::new(engine),
            squares: Counts::new(engine),
        }
    }

    fn add(&mut self, counts: &mut Counts) {
        let mine = self.sums.each().zip(self.squares.each());
        for ((sum, square), count) in mine.zip(counts.each()) {
            *sum += *count;
            *square += *count * *count;
        }
    }

    fn merge(&mut self, other: Self) {
        self.sums.merge(other.sums);
        self.squares.merge(other.squares);
    }
}

impl ClusteredTally {
    /// A tally of no clusters; both engines play the same tournament but for its groups.
    pub fn new(engine: &Engine, runs_per_cluster: u64) -> Self {
        Self {
            clusters: 0,
            runs_per_cluster,
            first: Moments::new(engine),
            second: Moments::new(engine),
            products: Counts::new(engine),
        }
    }

    /// Adds a cluster: the tallies of its runs with what they have in common, and without.
    pub fn add(&mut self, first: &mut Tally, second: &mut Tally) {
        self.clusters += 1;
        self.first.add(&mut first.counts);
        self.second.add(&mut second.counts);
        let pairs = first.counts.each().zip(second.counts.each());
        for (product, (one, other)) in self.products.each().zip(pairs) {
            *product += *one * *other;
        }
    }

    /// Adds the clusters of another tally of the same two tournaments.
    pub fn merge(&mut self, other: Self) {
        self.clusters += other.clusters;
        self.first.merge(other.first);
        self.second.merge(other.second);
        self.products.merge(other.products);
    }

    /// How many clusters were counted.
    pub fn clusters(&self) -> u64 {
        self.clusters
    }

    /// How many runs were counted in each of the two tournaments.
    pub fn runs(&self) -> u64 {
        self.clusters * self.runs_per_cluster
    }

    /// The share of runs of the first in which each event happened.
    pub fn odds(&self) -> Odds {
        self.first.sums.map(|count| self.share(count as f64))
    }

    /// The standard error of each of these shares, with the variance between clusters:
    /// `sqrt(sum (x_k - mean)^2 / (K (K - 1)))` over the shares `x_k` of `K` clusters (Cochran, Sampling
    /// Techniques, 1977, section 9.3). A share of nothing or all counts as one of so many clusters, see
    /// [`error_of_share`].
    pub fn standard_errors(&self) -> Odds {
        let sums = self.first.sums.map(|sum| sum as f64);
        let squares = self.first.squares.map(|square| square as f64);
        sums.zip_with(&squares, |sum, square| {
            let share = self.share(sum);
            if share <= 0.0 || share >= 1.0 {
                return error_of_share(share, self.clusters);
            }
            self.error(sum, square)
        })
    }

    /// The share of runs of the second in which each event happened.
    pub fn second_odds(&self) -> Odds {
        self.second.sums.map(|count| self.share(count as f64))
    }

    /// The standard error of each of these shares, whose runs are independent: see [`error_of_share`].
    pub fn second_standard_errors(&self) -> Odds {
        self.second
            .sums
            .map(|count| error_of_share(self.share(count as f64), self.runs()))
    }

    /// The odds of the second minus those of the first.
    pub fn differences(&self) -> Odds {
        self.second_odds()
            .zip_with(&self.odds(), |second, first| second - first)
    }

    /// The standard error of each difference, cluster by cluster as in [`ClusteredTally::standard_errors`].
    pub fn difference_standard_errors(&self) -> Odds {
        let exact = |counts: &Counts| counts.map(|count| count as f64);
        let sums = exact(&self.second.sums).zip_with(&exact(&self.first.sums), |b, a| b - a);
        let squares = exact(&self.first.squares)
            .zip_with(&exact(&self.second.squares), |a, b| a + b)
            .zip_with(&exact(&self.products), |both, product| both - 2.0 * product);
        sums.zip_with(&squares, |sum, square| self.error(sum, square))
    }

    fn share(&self, count: f64) -> f64 {
        count / self.runs().max(1) as f64
    }

    /// The standard error of a mean share from the sum over clusters of counts and of their squares; 0 for fewer than
    /// two clusters.
    fn error(&self, sum: f64, squares: f64) -> f64 {
        if self.clusters < 2 {
            return 0.0;
        }
        let clusters = self.clusters as f64;
        let spread = (squares - sum * sum / clusters).max(0.0);
        (spread / (clusters * (clusters - 1.0))).sqrt() / self.runs_per_cluster as f64
    }
}
