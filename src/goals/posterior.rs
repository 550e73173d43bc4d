//! The posterior mode of a penalised Poisson regression by Newton's method, and its Laplace approximation.

use super::cholesky::{Envelope, NotPositiveDefinite};
use super::design::Row;
use super::distribution::log_poisson;

/// Newton's method stops when half the squared Newton decrement, which estimates how much log posterior
/// there is still to gain, is below this (Boyd & Vandenberghe 2004, section 9.5.2). A tolerance on the
/// gradient would depend on the scale of the data and can fail to be met.
const ENOUGH: f64 = 1e-12;

/// Five to eight steps are usual; a regression that needs more than these has no finite mode.
const MOST_STEPS: usize = 60;

/// A coefficient without a prior that is farther from zero than this, a factor of three million in goals,
/// was on its way to infinity when rates too small to matter ended the search.
const FARTHEST: f64 = 15.0;

/// A penalised Poisson regression: rows, the center and the precision (inverse variance) of each coefficient's normal
/// prior, precision zero for no prior, and the envelope of the Hessian.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) rows: &'a [Row],
    pub(super) center: &'a [f64],
    pub(super) precision: &'a [f64],
    pub(super) envelope: &'a [usize],
}

/// The posterior around its mode.
#[derive(Debug, Clone)]
pub(super) struct Mode {
    /// The most likely coefficients.
    pub(super) coefficients: Vec<f64>,
    /// The factor L of the negative Hessian of the log posterior: L L' = X'WX + P.
    pub(super) factor: Envelope,
    /// The weighted log likelihood at the mode, in nats.
    pub(super) log_likelihood: f64,
    /// How many Newton steps it took.
    pub(super) steps: usize,
}

/// Why there is no mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoMode {
    /// This coefficient cannot be told from those before it.
    Collinear(usize),
    /// The log posterior grows without end.
    Endless,
}

impl Problem<'_> {
    /// The linear predictor of a row.
    fn predict(row: &Row, coefficients: &[f64]) -> f64 {
        let terms = row.predictor.iter();
        terms
            .map(|(index, value)| coefficients[*index] * value)
            .sum()
    }

    /// The weighted log likelihood, in nats.
    pub(super) fn log_likelihood(&self, coefficients: &[f64]) -> f64 {
        let rows = self.rows.iter();
        let terms = rows
            .map(|row| row.weight * log_poisson(Self::predict(row, coefficients).exp(), row.goals));
        terms.sum()
    }

    /// How far each coefficient is from the center of its prior, beside the prior's precision.
    fn off_center(&self, coefficients: &[f64]) -> impl Iterator<Item = (f64, f64)> {
        let values = coefficients.iter().zip(self.center).zip(self.precision);
        values.map(|((value, center), precision)| (value - center, *precision))
    }

    /// Half the penalty: t'Pt/2 of the distances t from the centers.
    fn penalty(&self, coefficients: &[f64]) -> f64 {
        let terms = self.off_center(coefficients);
        terms
            .map(|(distance, precision)| 0.5 * precision * distance * distance)
            .sum()
    }

    /// The log posterior without its constant.
    pub(super) fn value(&self, coefficients: &[f64]) -> f64 {
        self.log_likelihood(coefficients) - self.penalty(coefficients)
    }

    /// The gradient of the log posterior, and its negative Hessian X'WX + P.
    pub(super) fn derivatives(&self, coefficients: &[f64]) -> (Vec<f64>, Envelope) {
        let mut gradient: Vec<f64> = self
            .off_center(coefficients)
            .map(|(distance, precision)| -precision * distance)
            .collect();
        let mut hessian = Envelope::zeros(self.envelope.to_vec());
        for (index, precision) in self.precision.iter().enumerate() {
            hessian.add(index, index, *precision);
        }
        for row in self.rows {
            let mean = Self::predict(row, coefficients).exp();
            for (place, (index, value)) in row.predictor.iter().enumerate() {
                gradient[*index] += row.weight * (row.goals - mean) * value;
                let scaled = row.weight * mean * value;
                // The predictor is sorted, so what stands before is in the lower triangle.
                for (other, other_value) in &row.predictor[..=place] {
                    hessian.add(*index, *other, scaled * other_value);
                }
            }
        }
        (gradient, hessian)
    }

    /// The mode by Newton's method from a starting point; steps that would lose are halved.
    pub(super) fn mode(&self, start: Vec<f64>) -> Result<Mode, NoMode> {
        let mut coefficients = start;
        let mut value = self.value(&coefficients);
        for steps in 1..=MOST_STEPS {
            let (gradient, hessian) = self.derivatives(&coefficients);
            let factor = hessian
                .factor()
                .map_err(|NotPositiveDefinite(row)| NoMode::Collinear(row))?;
            let mut direction = gradient;
            factor.solve_lower(&mut direction);
            let decrement: f64 = direction.iter().map(|part| part * part).sum();
            factor.solve_upper(&mut direction);
            let step = |length: f64| -> Vec<f64> {
                let pairs = coefficients.iter().zip(&direction);
                pairs.map(|(value, part)| value + length * part).collect()
            };
            if decrement / 2.0 < ENOUGH {
                // One last step costs nothing and squares the remaining error.
                let coefficients = step(1.0);
                let mut free = coefficients.iter().zip(self.precision);
                if free.any(|(value, precision)| *precision == 0.0 && value.abs() > FARTHEST) {
                    return Err(NoMode::Endless);
                }
                let log_likelihood = self.log_likelihood(&coefficients);
                return Ok(Mode {
                    coefficients,
                    factor,
                    log_likelihood,
                    steps,
                });
            }
            let lengths = (0..40).map(|halvings| 0.5f64.powi(halvings));
            let better = lengths.map(step).find_map(|candidate| {
                let reached = self.value(&candidate);
                // Near the mode the gain drowns in rounding: a full step is right there.
                let enough = reached >= value - 1e-9 * value.abs().max(1.0) && decrement < 1e-6;
                (reached > value || enough).then_some((candidate, reached))
            });
            (coefficients, value) = better.ok_or(NoMode::Endless)?;
        }
        Err(NoMode::Endless)
    }

    /// The logarithm of the marginal likelihood of the rows by Laplace's method around a mode (Tierney &
    /// Kadane 1986): log likelihood - t'Pt/2 + log|P|/2 - log|X'WX + P|/2, where coefficients without a
    /// prior add nothing to log|P|.
    pub(super) fn log_marginal_likelihood(&self, mode: &Mode) -> f64 {
        let proper = self.precision.iter().filter(|precision| **precision > 0.0);
        let log_prior: f64 = proper.map(|precision| precision.ln()).sum();
        mode.log_likelihood - self.penalty(&mode.coefficients) + 0.5 * log_prior
            - 0.5 * mode.factor.log_determinant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A regression on four coefficients from plain numbers.
    fn rows(numbers: &[([f64; 4], u8, f64)]) -> Vec<Row> {
        let rows = numbers.iter().map(|(factors, goals, weight)| Row {
            predictor: factors.iter().copied().enumerate().collect(),
            goals: f64::from(*goals),
            weight: *weight,
        });
        rows.collect()
    }

    fn row() -> impl Strategy<Value = ([f64; 4], u8, f64)> {
        (
            [-1.0..1.0f64, -1.0..1.0, -1.0..1.0, -1.0..1.0],
            0..6u8,
            0.1..1.0f64,
        )
    }

    proptest! {
        #[test]
        fn gradient_and_hessian_are_those_of_finite_differences(
            numbers in prop::collection::vec(row(), 1..20),
            at in prop::collection::vec(-0.5..0.5f64, 4),
        ) {
            let rows = rows(&numbers);
            let precision = [1.0, 4.0, 0.0, 0.25];
            let problem = Problem { rows: &rows, center: &[0.3, 0.0, 0.0, -0.5], precision: &precision, envelope: &[0; 4] };
            let (gradient, hessian) = problem.derivatives(&at);
            let moved = |index: usize, by: f64| {
                let mut point = at.clone();
                point[index] += by;
                point
            };
            let h = 1e-5;
            for (row, found) in gradient.iter().enumerate() {
                let slope = (problem.value(&moved(row, h)) - problem.value(&moved(row, -h))) / (2.0 * h);
                prop_assert!((slope - found).abs() < 1e-6 * (1.0 + slope.abs()));
                for column in 0..=row {
                    let up = problem.derivatives(&moved(row, h)).0[column];
                    let down = problem.derivatives(&moved(row, -h)).0[column];
                    let curvature = -(up - down) / (2.0 * h);
                    prop_assert!((curvature - hessian.get(row, column)).abs() < 1e-6 * (1.0 + curvature.abs()));
                }
            }
        }

        #[test]
        fn the_gradient_is_zero_at_the_mode(
            numbers in prop::collection::vec(row(), 0..20),
            start in prop::collection::vec(-3.0..3.0f64, 4),
        ) {
            let rows = rows(&numbers);
            let problem = Problem { rows: &rows, center: &[0.3, 0.0, 0.0, -0.5], precision: &[1.0; 4], envelope: &[0; 4] };
            let mode = problem.mode(start).expect("a proper prior makes a mode");
            let (gradient, _) = problem.derivatives(&mode.coefficients);
            for slope in gradient {
                prop_assert!(slope.abs() < 1e-6, "{slope}");
            }
        }
    }

    #[test]
    fn the_mode_of_one_coefficient_is_the_logarithm_of_the_mean() {
        // Without a prior the most likely level of goals 0, 1, 2, 5 is ln 2, and the Hessian is their sum, 8.
        let goals = [0u8, 1, 2, 5];
        let rows: Vec<Row> = goals
            .iter()
            .map(|goals| Row {
                predictor: vec![(0, 1.0)],
                goals: f64::from(*goals),
                weight: 1.0,
            })
            .collect();
        let problem = Problem {
            rows: &rows,
            center: &[0.0],
            precision: &[0.0],
            envelope: &[0],
        };
        let mode = problem.mode(vec![0.0]).expect("the mean is above zero");
        assert!((mode.coefficients[0] - 2f64.ln()).abs() < 1e-12);
        assert!((mode.factor.get(0, 0) - 8f64.sqrt()).abs() < 1e-6);
        let none = Row {
            goals: 0.0,
            ..rows[0].clone()
        };
        let endless = Problem {
            rows: &[none.clone(), none],
            ..problem
        };
        // Without goals and without a prior, fewer expected goals are always likelier.
        assert!(endless.mode(vec![0.0]).is_err());
    }

    #[test]
    fn without_a_match_the_prior_is_all_there_is() {
        let problem = Problem {
            rows: &[],
            center: &[0.375],
            precision: &[25.0],
            envelope: &[0],
        };
        let mode = problem
            .mode(vec![0.0])
            .expect("a proper prior makes a mode");
        assert!((mode.coefficients[0] - 0.375).abs() < 1e-12);
        assert!((mode.factor.get(0, 0) - 5.0).abs() < 1e-12);
    }

    #[test]
    fn laplace_is_close_to_the_integral() {
        // One coefficient with prior sd 0.5 and 3 goals in 2 observations: the integral by the trapezium rule.
        let observations = [1.0, 2.0];
        let rows: Vec<Row> = observations
            .iter()
            .map(|goals| Row {
                predictor: vec![(0, 1.0)],
                goals: *goals,
                weight: 1.0,
            })
            .collect();
        let problem = Problem {
            rows: &rows,
            center: &[0.0],
            precision: &[4.0],
            envelope: &[0],
        };
        let mode = problem
            .mode(vec![0.0])
            .expect("a proper prior makes a mode");
        let step = 1e-3;
        let points = (-5000..=5000).map(|index| f64::from(index) * step);
        let density =
            points.map(|t| problem.value(&[t]).exp() * (4.0 / std::f64::consts::TAU).sqrt());
        let integral: f64 = density.sum::<f64>() * step;
        let laplace = problem.log_marginal_likelihood(&mode);
        // The next term of the expansion is of order 1/(observations' information + 4), here below 0.02.
        assert!(
            (laplace - integral.ln()).abs() < 0.02,
            "{laplace} {}",
            integral.ln()
        );
    }
}
