//! Cholesky factors of dense symmetric matrices: where every team meets teams of all others, rows begin with no zeros.

/// How many products are added up side by side, so that none waits for the one before.
const LANES: usize = 8;

/// A symmetric matrix by its lower triangle, row by row; or the factor L of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dense {
    size: usize,
    values: Vec<f64>,
}

/// The row that the rows before it add up to, so that there is no factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotPositiveDefinite(pub(super) usize);

/// Where a row of a triangle begins.
fn start(row: usize) -> usize {
    row * (row + 1) / 2
}

/// The inner product of two rows of one length.
fn inner(left: &[f64], right: &[f64]) -> f64 {
    let (lefts, rights) = (left.chunks_exact(LANES), right.chunks_exact(LANES));
    let rest: f64 = lefts
        .remainder()
        .iter()
        .zip(rights.remainder())
        .map(|(a, b)| a * b)
        .sum();
    let mut sums = [0.0; LANES];
    for (a, b) in lefts.zip(rights) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    rest + sums.iter().sum::<f64>()
}

impl Dense {
    /// A matrix of zeros.
    pub(super) fn zeros(size: usize) -> Self {
        Self {
            size,
            values: vec![0.0; start(size)],
        }
    }

    /// How many rows it has.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.values[start(row)..=start(row) + row]
    }

    /// Adds to an entry; both orders of its indices mean the same one.
    pub(super) fn add(&mut self, one: usize, other: usize, value: f64) {
        let (row, column) = (one.max(other), one.min(other));
        self.values[start(row) + column] += value;
    }

    /// The factor L with L L' = the matrix.
    pub(super) fn factor(mut self) -> Result<Self, NotPositiveDefinite> {
        for row in 0..self.size {
            let (before, rest) = self.values.split_at_mut(start(row));
            let current = &mut rest[..=row];
            let original = current[row];
            for column in 0..row {
                let other = &before[start(column)..=start(column) + column];
                let known = inner(&current[..column], &other[..column]);
                current[column] = (current[column] - known) / other[column];
            }
            let pivot = original - inner(&current[..row], &current[..row]);
            // A pivot that has lost all its digits belongs to a column the others add up to.
            if pivot.is_nan() || pivot <= 1e-12 * original.abs() {
                return Err(NotPositiveDefinite(row));
            }
            current[row] = pivot.sqrt();
        }
        Ok(self)
    }

    /// For a factor L: turns `b` into the solution of L x = b.
    pub(super) fn solve_lower(&self, b: &mut [f64]) {
        for row in 0..self.size {
            let left = self.row(row);
            b[row] = (b[row] - inner(&left[..row], &b[..row])) / left[row];
        }
    }

    /// For a factor L: turns `b` into the solution of L' x = b.
    pub(super) fn solve_upper(&self, b: &mut [f64]) {
        for row in (0..self.size).rev() {
            let left = self.row(row);
            let (known, rest) = b.split_at_mut(row);
            rest[0] /= left[row];
            for (value, factor) in known.iter_mut().zip(left) {
                *value -= factor * rest[0];
            }
        }
    }

    /// For a factor L: the logarithm of the determinant of L L'.
    pub(super) fn log_determinant(&self) -> f64 {
        let diagonal = (0..self.size).map(|row| self.row(row)[row].ln());
        2.0 * diagonal.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_factor_gives_its_matrix_back(
            columns in prop::collection::vec(prop::collection::vec(-2.0..2.0f64, 19), 19),
            right in prop::collection::vec(-5.0..5.0f64, 19),
        ) {
            // A A' + I is positive definite whatever A is.
            let entry = |row: usize, column: usize| -> f64 {
                let sum: f64 = (0..19).map(|k| columns[row][k] * columns[column][k]).sum();
                sum + f64::from(u8::from(row == column))
            };
            let mut matrix = Dense::zeros(19);
            for row in 0..19 {
                for column in 0..=row {
                    matrix.add(column, row, entry(row, column));
                }
            }
            let factor = matrix.factor().expect("positive definite");
            let mut determinant = 0.0;
            for row in 0..19 {
                determinant += 2.0 * factor.row(row)[row].ln();
                for column in 0..=row {
                    let product = (0..=column).map(|k| factor.row(row)[k] * factor.row(column)[k]);
                    prop_assert!((product.sum::<f64>() - entry(row, column)).abs() < 1e-9);
                }
            }
            prop_assert!((factor.log_determinant() - determinant).abs() < 1e-12);
            let mut x = right.clone();
            factor.solve_lower(&mut x);
            factor.solve_upper(&mut x);
            for (row, wanted) in right.iter().enumerate() {
                let product: f64 = (0..19).map(|k| entry(row, k) * x[k]).sum();
                prop_assert!((product - wanted).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn names_the_row_that_adds_nothing() {
        // [[1, 2], [2, 4]]: the second row is twice the first.
        let mut matrix = Dense::zeros(2);
        for (row, column, value) in [(0, 0, 1.0), (1, 0, 2.0), (1, 1, 4.0)] {
            matrix.add(row, column, value);
        }
        assert_eq!(matrix.factor(), Err(NotPositiveDefinite(1)));
    }
}
