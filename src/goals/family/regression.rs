//! The posterior mode of the family: two Poisson rates a match, which share a sum and differ by a gap.

use super::dense::Dense;

/// The search stops when half the squared Newton decrement, an estimate of what is still to gain, is below this.
const ENOUGH: f64 = 1e-12;

/// A factor that was made where no more than this was to gain is as good as that at the mode.
const NEAR: f64 = 1e-4;

/// More steps than any regression with proper priors takes.
const MOST_STEPS: usize = 100;

/// A linear form in the coefficients: their positions, and by what each counts.
pub(super) type Linear = Vec<(usize, f64)>;

/// A match: the logarithms of its rates are `sum + gap` and `sum - gap`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) sum: Linear,
    pub(super) gap: Linear,
    pub(super) goals: [f64; 2],
    pub(super) weight: f64,
}

/// Matches, and the normal priors of the coefficients by center and precision (inverse variance).
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub(super) rows: &'a [Row],
    pub(super) center: &'a [f64],
    pub(super) precision: &'a [f64],
}

/// The posterior around its mode.
#[derive(Debug, Clone)]
pub(super) struct Mode {
    pub(super) coefficients: Vec<f64>,
    /// The factor of the negative Hessian of the log posterior, at the mode or so near that nobody sees the difference.
    pub(super) factor: Dense,
    /// The log posterior at the mode without its constant.
    pub(super) value: f64,
}

fn at(form: &Linear, coefficients: &[f64]) -> f64 {
    let terms = form.iter();
    terms
        .map(|(index, value)| coefficients[*index] * value)
        .sum()
}

/// Adds `weight * left right'` and its mirror image.
fn add_product(hessian: &mut Dense, left: &Linear, right: &Linear, weight: f64) {
    for (one, by) in left {
        for (other, and) in right {
            // What stands on the diagonal is its own mirror image.
            let images = if one == other { 2.0 } else { 1.0 };
            hessian.add(*one, *other, images * weight * by * and);
        }
    }
}

/// Adds `weight * form form'`.
fn add_square(hessian: &mut Dense, form: &Linear, weight: f64) {
    for (place, (one, by)) in form.iter().enumerate() {
        for (other, and) in &form[..=place] {
            hessian.add(*one, *other, weight * by * and);
        }
    }
}

impl Row {
    /// The expected goals of both sides.
    fn rates(&self, coefficients: &[f64]) -> [f64; 2] {
        let (sum, gap) = (at(&self.sum, coefficients), at(&self.gap, coefficients));
        [(sum + gap).exp(), (sum - gap).exp()]
    }
}

impl Problem<'_> {
    /// The log posterior without its constant.
    pub(super) fn value(&self, coefficients: &[f64]) -> f64 {
        let rows = self.rows.iter().map(|row| {
            let (sum, gap) = (at(&row.sum, coefficients), at(&row.gap, coefficients));
            let [first, second] = row.goals;
            let gained = first * (sum + gap) + second * (sum - gap);
            row.weight * (gained - (sum + gap).exp() - (sum - gap).exp())
        });
        let priors = coefficients.iter().zip(self.center).zip(self.precision);
        let penalty = priors.map(|((value, center), precision)| {
            0.5 * precision * (value - center) * (value - center)
        });
        rows.sum::<f64>() - penalty.sum::<f64>()
    }

    fn gradient(&self, coefficients: &[f64]) -> Vec<f64> {
        let priors = coefficients.iter().zip(self.center).zip(self.precision);
        let mut gradient: Vec<f64> = priors
            .map(|((value, center), precision)| precision * (center - value))
            .collect();
        for row in self.rows {
            let [first, second] = row.rates(coefficients);
            let (over, under) = (row.goals[0] - first, row.goals[1] - second);
            for (index, by) in &row.sum {
                gradient[*index] += row.weight * (over + under) * by;
            }
            for (index, by) in &row.gap {
                gradient[*index] += row.weight * (over - under) * by;
            }
        }
        gradient
    }

    /// The negative Hessian of the log posterior.
    fn hessian(&self, coefficients: &[f64]) -> Dense {
        let mut hessian = Dense::zeros(coefficients.len());
        for (index, precision) in self.precision.iter().enumerate() {
            hessian.add(index, index, *precision);
        }
        for row in self.rows {
            let [first, second] = row.rates(coefficients);
            let both = row.weight * (first + second);
            add_square(&mut hessian, &row.sum, both);
            add_square(&mut hessian, &row.gap, both);
            add_product(
                &mut hessian,
                &row.sum,
                &row.gap,
                row.weight * (first - second),
            );
        }
        hessian
    }

    /// The mode by Newton's method from a starting point. A factor costs far more than a step, so it is kept as long as
    /// steps with it bring the mode nearer fast (a chord method); steps that would lose are halved. `None`: there is no
    /// mode, which proper priors leave to numbers beyond all football.
    pub(super) fn mode(&self, start: Vec<f64>) -> Option<Mode> {
        let mut coefficients = start;
        let mut value = self.value(&coefficients);
        let mut factor = self.hessian(&coefficients).factor().ok()?;
        let mut fresh = true;
        let mut before = f64::INFINITY;
        // What was still to gain where the factor was made.
        let mut made_at = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            let mut direction = self.gradient(&coefficients);
            factor.solve_lower(&mut direction);
            let mut decrement: f64 = direction.iter().map(|part| part * part).sum();
            if !fresh && decrement > 0.05 * before && decrement / 2.0 >= ENOUGH {
                factor = self.hessian(&coefficients).factor().ok()?;
                direction = self.gradient(&coefficients);
                factor.solve_lower(&mut direction);
                decrement = direction.iter().map(|part| part * part).sum();
                made_at = decrement / 2.0;
            }
            before = decrement;
            factor.solve_upper(&mut direction);
            let step = |length: f64| -> Vec<f64> {
                let pairs = coefficients.iter().zip(&direction);
                pairs.map(|(value, part)| value + length * part).collect()
            };
            if decrement / 2.0 < ENOUGH {
                let coefficients = step(1.0);
                let value = self.value(&coefficients);
                if made_at > NEAR && !fresh {
                    factor = self.hessian(&coefficients).factor().ok()?;
                }
                return Some(Mode {
                    coefficients,
                    factor,
                    value,
                });
            }
            let lengths = (0..40).map(|halvings| 0.5f64.powi(halvings));
            let better = lengths.map(step).find_map(|candidate| {
                let reached = self.value(&candidate);
                // Near the mode the gain drowns in rounding: a full step is right there.
                let enough = reached >= value - 1e-9 * value.abs().max(1.0) && decrement < 1e-6;
                (reached > value || enough).then_some((candidate, reached))
            });
            (coefficients, value) = better?;
            fresh = false;
        }
        None
    }

    /// The logarithm of the marginal likelihood by Laplace's method around a mode, but for what no prior changes.
    pub(super) fn log_marginal_likelihood(&self, mode: &Mode) -> f64 {
        let log_prior: f64 = self.precision.iter().map(|precision| precision.ln()).sum();
        mode.value + 0.5 * log_prior - 0.5 * mode.factor.log_determinant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> impl Strategy<Value = Linear> {
        let values = [-1.0..1.0f64, -1.0..1.0, -1.0..1.0, -1.0..1.0];
        values.prop_map(|values| values.into_iter().enumerate().collect())
    }

    fn row() -> impl Strategy<Value = Row> {
        (form(), form(), 0..6u8, 0..6u8, 0.1..1.0f64).prop_map(|(sum, gap, one, other, weight)| {
            Row {
                sum,
                gap,
                goals: [f64::from(one), f64::from(other)],
                weight,
            }
        })
    }

    proptest! {
        #[test]
        fn gradient_and_hessian_are_those_of_finite_differences(
            rows in prop::collection::vec(row(), 1..20),
            point in prop::collection::vec(-0.5..0.5f64, 4),
        ) {
            let problem = Problem { rows: &rows, center: &[0.3, 0.0, 0.1, -0.5], precision: &[1.0, 4.0, 2.0, 0.25] };
            let moved = |index: usize, by: f64| {
                let mut point = point.clone();
                point[index] += by;
                point
            };
            let h = 1e-5;
            let gradient = problem.gradient(&point);
            for (row, found) in gradient.iter().enumerate() {
                let slope = (problem.value(&moved(row, h)) - problem.value(&moved(row, -h))) / (2.0 * h);
                prop_assert!((slope - found).abs() < 1e-5 * (1.0 + slope.abs()));
            }
            // A Newton step by the Hessian of finite differences has to meet the gradient.
            let mut twin = Dense::zeros(4);
            for row in 0..4 {
                for column in 0..=row {
                    let up = problem.gradient(&moved(row, h))[column];
                    let down = problem.gradient(&moved(row, -h))[column];
                    twin.add(row, column, -(up - down) / (2.0 * h));
                }
            }
            let solve = |matrix: Dense| {
                let mut x = gradient.clone();
                let factor = matrix.factor().expect("proper priors");
                factor.solve_lower(&mut x);
                factor.solve_upper(&mut x);
                x
            };
            for (one, other) in solve(problem.hessian(&point)).iter().zip(solve(twin)) {
                prop_assert!((one - other).abs() < 1e-4 * (1.0 + one.abs()), "{one} {other}");
            }
        }

        #[test]
        fn the_gradient_is_zero_at_the_mode(
            rows in prop::collection::vec(row(), 0..20),
            start in prop::collection::vec(-3.0..3.0f64, 4),
        ) {
            let problem = Problem { rows: &rows, center: &[0.3, 0.0, 0.0, -0.5], precision: &[1.0; 4] };
            let mode = problem.mode(start).expect("proper priors make a mode");
            for slope in problem.gradient(&mode.coefficients) {
                prop_assert!(slope.abs() < 1e-5, "{slope}");
            }
        }
    }
}
