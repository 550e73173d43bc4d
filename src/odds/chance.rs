//! A chance with what is known of it: settled by the rules, a share of so many runs, or a sum over all that can happen.

/// How many standard errors make the bound of a share with no hit: two of `1.5 / n` are the `3 / n` of the rule of
/// three.
const BOUND: f64 = 2.0;

/// The one-sided 95% point of the standard normal distribution.
const NORMAL: f64 = 1.645;

/// A probability with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The probability, or its best estimate.
    pub probability: f64,
    /// The standard error that random numbers leave. A probability of 0 or 1 is meant to the letter if and only if this
    /// and the tolerance are 0.
    pub standard_error: f64,
    /// How far the probability may be off besides, because an exact answer leaves out what is too unlikely.
    pub tolerance: f64,
}

impl Chance {
    /// What results and rules settle.
    pub fn settled(happens: bool) -> Self {
        Self::estimate(f64::from(u8::from(happens)), 0.0)
    }

    /// An estimate with its standard error.
    pub fn estimate(probability: f64, standard_error: f64) -> Self {
        Self {
            probability,
            standard_error,
            tolerance: 0.0,
        }
    }

    /// The share of so many independent runs in which something happened.
    pub fn of_hits(hits: u64, runs: u64) -> Self {
        Self::of_share(hits as f64 / runs.max(1) as f64, runs)
    }

    /// The same from the share itself.
    pub fn of_share(share: f64, runs: u64) -> Self {
        Self::estimate(share, error_of_share(share, runs))
    }

    /// A sum over all that can happen, off by about the tolerance at most.
    pub fn exact(probability: f64, tolerance: f64) -> Self {
        Self {
            probability,
            standard_error: 0.0,
            tolerance,
        }
    }

    /// The same, unless it is settled.
    #[must_use]
    pub fn unless(self, settled: Option<bool>) -> Self {
        settled.map_or(self, Self::settled)
    }

    /// Whether results and rules settle it: then the probability is 0 or 1 to the letter.
    pub fn is_settled(self) -> bool {
        let nothing_is_open = self.standard_error <= 0.0 && self.tolerance <= 0.0;
        nothing_is_open && (self.probability <= 0.0 || self.probability >= 1.0)
    }

    /// The upper end of what the runs can claim at 95%: `3 / n` after no hit in `n` runs, and after few hits the bound
    /// of a Poisson number by Byar's approximation (Breslow & Day 1987, Statistical Methods in Cancer Research II).
    pub fn at_most(self) -> f64 {
        let Self {
            probability: p,
            standard_error: error,
            tolerance,
        } = self;
        let bound = if error <= 0.0 {
            p
        } else if p <= 0.0 {
            BOUND * error
        } else if p >= 0.5 {
            p + NORMAL * error
        } else {
            // As many hits as give this standard error; an estimate with less noise counts as more runs.
            let hits = (p / error).powi(2) * (1.0 - p);
            let next = hits + 1.0;
            let root = 1.0 - 1.0 / (9.0 * next) + NORMAL / (3.0 * next.sqrt());
            p * next * root.powi(3) / hits
        };
        (bound + tolerance).clamp(0.0, 1.0)
    }

    /// The lower end of the same.
    pub fn at_least(self) -> f64 {
        1.0 - self.otherwise().at_most()
    }

    /// The chance that it does not happen.
    #[must_use]
    pub fn otherwise(self) -> Self {
        Self {
            probability: 1.0 - self.probability,
            ..self
        }
    }
}

/// The standard error of a share of so many independent runs: `sqrt(p (1 - p) / n)` from the binomial distribution. A
/// share of nothing or all shows no spread, yet says no more than that the chance is below `3 / n` (or above
/// `1 - 3 / n`) at 95%: its error is half of that.
pub fn error_of_share(share: f64, runs: u64) -> f64 {
    let runs = runs.max(1) as f64;
    if share <= 0.0 || share >= 1.0 {
        return (3.0 / BOUND / runs).min(0.5);
    }
    (share * (1.0 - share) / runs).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hit_in_n_runs_means_below_three_in_n() {
        for runs in [10, 100, 20_000] {
            let never = Chance::of_hits(0, runs);
            assert!((never.at_most() - 3.0 / runs as f64).abs() < 1e-12);
            let always = Chance::of_hits(runs, runs);
            assert!((always.at_least() - (1.0 - 3.0 / runs as f64)).abs() < 1e-12);
            assert!(!never.is_settled() && !always.is_settled());
        }
        // From one run or two nothing can be claimed.
        assert_eq!(Chance::of_hits(0, 1).at_most(), 1.0);
        assert_eq!(Chance::of_hits(2, 2).at_least(), 0.0);
    }

    #[test]
    fn few_hits_are_bounded_as_a_poisson_number_is() {
        // The exact upper 95% points of a Poisson number after 1, 2, 5 and 20 hits, half the chi-square quantiles with
        // 4, 6, 12 and 42 degrees of freedom: 4.744, 6.296, 10.513, 29.062.
        let runs = 1_000_000;
        for (hits, expected) in [(1, 4.744), (2, 6.296), (5, 10.513), (20, 29.062)] {
            let found = Chance::of_hits(hits, runs).at_most() * runs as f64;
            assert!((found / expected - 1.0).abs() < 0.005, "{hits}: {found}");
        }
    }

    #[test]
    fn only_what_is_settled_is_meant_to_the_letter() {
        assert!(Chance::settled(true).is_settled());
        assert_eq!(Chance::settled(false).at_most(), 0.0);
        assert!(!Chance::exact(0.0, 1e-5).is_settled());
        assert!(!Chance::estimate(0.3, 0.0).is_settled());
        let open = Chance::of_hits(100, 100);
        assert_eq!(open.unless(None), open);
        assert_eq!(open.unless(Some(true)), Chance::settled(true));
    }
}
