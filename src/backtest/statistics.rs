//! Means with standard errors that allow for matches of one group or tie being alike.

/// A mean with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub value: f64,
    /// Its standard error; not a number for a single cluster.
    pub standard_error: f64,
    /// How many values it is the mean of.
    pub count: usize,
}

/// The mean of values, with a standard error that lets the values of one cluster depend on each other in
/// any way (Liang & Zeger 1986, with the factor G / (G - 1) for G clusters). Each value stands beside its cluster.
pub fn clustered_mean<K: Ord>(values: impl IntoIterator<Item = (K, f64)>) -> Estimate {
    let mut all: Vec<(K, f64)> = values.into_iter().collect();
    // The order within a cluster must not show in the last digit of a sum.
    all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let count = all.len();
    let value = all.iter().map(|(_, value)| value).sum::<f64>() / count as f64;
    let clusters = all.chunk_by(|a, b| a.0 == b.0);
    let sums: Vec<f64> = clusters
        .map(|cluster| cluster.iter().map(|(_, x)| x - value).sum())
        .collect();
    let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
    let number = sums.len() as f64;
    Estimate {
        value,
        standard_error: (number / (number - 1.0) * squares).sqrt() / count as f64,
        count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_values_have_the_usual_standard_error() {
        // 1, 2, 3, 6 have mean 3 and sample variance (4 + 1 + 0 + 9) / 3; the error is sqrt(14 / 3 / 4).
        let estimate = clustered_mean([(0, 1.0), (1, 2.0), (2, 3.0), (3, 6.0)]);
        assert!((estimate.value - 3.0).abs() < 1e-12);
        assert!((estimate.standard_error - (14.0f64 / 12.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn copies_in_a_cluster_add_nothing() {
        let single = clustered_mean([(0, 1.0), (1, 2.0), (2, 6.0)]);
        let threefold = clustered_mean(
            [(0, 1.0), (1, 2.0), (2, 6.0)]
                .iter()
                .flat_map(|value| [*value; 3]),
        );
        assert!((single.standard_error - threefold.standard_error).abs() < 1e-12);
    }
}
