//! Whether what is forecast with 30% happens three times in ten.

use super::statistics::clustered_mean;

/// Forecasts of about the same probability, and how often they came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityBin {
    /// The lower and the upper end of the bin.
    pub bounds: [f64; 2],
    /// How many forecasts are in it.
    pub count: usize,
    /// Their mean probability.
    pub forecast: f64,
    /// The share that came true.
    pub observed: f64,
    /// A 95% interval around the share (Wilson 1927).
    pub interval: [f64; 2],
}

/// How reliable the forecasts of one event are.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The bins that hold any forecast, from small to large probabilities.
    pub bins: Vec<ReliabilityBin>,
    /// The slope of what happened on the forecast, both as log odds (Cox 1958): 1 is perfect, below 1 the
    /// forecasts are too bold; `None` where the events leave no finite slope.
    pub slope: Option<f64>,
    /// The standard error of the slope, clustered by group or tie.
    pub slope_error: f64,
    /// The intercept of the same regression: 0 is perfect, below 0 the event is rarer than forecast.
    pub intercept: f64,
    /// The standard error of the intercept.
    pub intercept_error: f64,
}

impl Calibration {
    /// The 95% interval of the slope, by its standard error; `None` where there is no slope.
    pub fn slope_interval(&self) -> Option<[f64; 2]> {
        let half = crate::goals::NORMAL_95 * self.slope_error;
        self.slope.map(|slope| [slope - half, slope + half])
    }
}

/// The number of bins of a reliability table.
const BINS: usize = 10;

/// Reliability of forecasts of an event: (cluster, probability, whether it happened).
pub fn calibrate(forecasts: &[(String, f64, bool)]) -> Calibration {
    let bins = (0..BINS).filter_map(|index| {
        let bounds = [index as f64 / BINS as f64, (index + 1) as f64 / BINS as f64];
        let inside: Vec<_> = forecasts
            .iter()
            .filter(|(_, probability, _)| {
                ((probability * BINS as f64) as usize).min(BINS - 1) == index
            })
            .collect();
        let count = inside.len();
        let happened = inside.iter().filter(|(_, _, happened)| *happened).count();
        let mean = clustered_mean(inside.iter().map(|(_, probability, _)| ((), *probability)));
        (count > 0).then(|| ReliabilityBin {
            bounds,
            count,
            forecast: mean.value,
            observed: happened as f64 / count as f64,
            interval: wilson_interval(happened, count),
        })
    });
    let bins = bins.collect();
    let Some((coefficients, errors)) = logistic_regression(forecasts) else {
        return Calibration {
            bins,
            slope: None,
            slope_error: f64::NAN,
            intercept: f64::NAN,
            intercept_error: f64::NAN,
        };
    };
    Calibration {
        bins,
        slope: Some(coefficients[1]),
        slope_error: errors[1],
        intercept: coefficients[0],
        intercept_error: errors[0],
    }
}

/// The score interval of a share (Wilson 1927), 95%.
fn wilson_interval(happened: usize, count: usize) -> [f64; 2] {
    let (share, number) = (happened as f64 / count as f64, count as f64);
    let z2 = crate::goals::NORMAL_95.powi(2);
    let center = (share + z2 / (2.0 * number)) / (1.0 + z2 / number);
    let variance = share * (1.0 - share) / number + z2 / (4.0 * number * number);
    let half = z2.sqrt() * variance.sqrt() / (1.0 + z2 / number);
    [(center - half).max(0.0), (center + half).min(1.0)]
}

/// Intercept and slope of a logistic regression on the log odds of the forecast, by Newton's method, with
/// standard errors from the sandwich of clusters (Liang & Zeger 1986).
fn logistic_regression(forecasts: &[(String, f64, bool)]) -> Option<([f64; 2], [f64; 2])> {
    let log_odds = |probability: f64| (probability / (1.0 - probability)).ln();
    let mut coefficients = [0.0, 1.0];
    for _ in 0..50 {
        let (gradient, information) = derivatives(forecasts, coefficients, log_odds);
        let step = solve(information, gradient)?;
        coefficients = [coefficients[0] + step[0], coefficients[1] + step[1]];
        if !coefficients.iter().all(|value| value.abs() < 50.0) {
            return None;
        }
        if step[0].abs() + step[1].abs() < 1e-10 {
            let errors = sandwich(forecasts, coefficients, log_odds, information)?;
            return Some((coefficients, errors));
        }
    }
    None
}

/// Gradient and information of the log likelihood; the information as its entries (0,0), (0,1), (1,1).
fn derivatives(
    forecasts: &[(String, f64, bool)],
    [intercept, slope]: [f64; 2],
    log_odds: impl Fn(f64) -> f64,
) -> ([f64; 2], [f64; 3]) {
    let mut gradient = [0.0; 2];
    let mut information = [0.0; 3];
    for (_, probability, happened) in forecasts {
        let x = log_odds(*probability);
        let fitted = 1.0 / (1.0 + (-intercept - slope * x).exp());
        let residual = f64::from(u8::from(*happened)) - fitted;
        let weight = fitted * (1.0 - fitted);
        gradient = [gradient[0] + residual, gradient[1] + residual * x];
        information = [
            information[0] + weight,
            information[1] + weight * x,
            information[2] + weight * x * x,
        ];
    }
    (gradient, information)
}

/// The solution of a symmetric system of two equations; `None` if it has none.
fn solve(matrix: [f64; 3], right: [f64; 2]) -> Option<[f64; 2]> {
    let [first, cross, second] = matrix;
    let determinant = first * second - cross * cross;
    (determinant > 1e-12).then(|| {
        [
            (second * right[0] - cross * right[1]) / determinant,
            (first * right[1] - cross * right[0]) / determinant,
        ]
    })
}

/// Standard errors that allow for dependence within clusters.
fn sandwich(
    forecasts: &[(String, f64, bool)],
    [intercept, slope]: [f64; 2],
    log_odds: impl Fn(f64) -> f64,
    information: [f64; 3],
) -> Option<[f64; 2]> {
    let mut ordered: Vec<&(String, f64, bool)> = forecasts.iter().collect();
    ordered.sort_by(|a, b| a.0.cmp(&b.0));
    let mut squares = [0.0; 2];
    let mut clusters = 0.0;
    for cluster in ordered.chunk_by(|a, b| a.0 == b.0) {
        let mut sums = [0.0; 2];
        for (_, probability, happened) in cluster {
            let x = log_odds(*probability);
            let fitted = 1.0 / (1.0 + (-intercept - slope * x).exp());
            let residual = f64::from(u8::from(*happened)) - fitted;
            sums = [sums[0] + residual, sums[1] + residual * x];
        }
        // The cluster's influence on both coefficients.
        let influence = solve(information, sums)?;
        squares = [
            squares[0] + influence[0].powi(2),
            squares[1] + influence[1].powi(2),
        ];
        clusters += 1.0;
    }
    let factor = clusters / (clusters - 1.0);
    Some(squares.map(|square| (factor * square).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `happened` of `count` forecasts of one probability come true, each in a cluster of its own.
    fn forecasts(groups: &[(f64, usize, usize)]) -> Vec<(String, f64, bool)> {
        let mut all = Vec::new();
        for &(probability, happened, count) in groups {
            for index in 0..count {
                all.push((format!("{}", all.len()), probability, index < happened));
            }
        }
        all
    }

    #[test]
    fn perfect_forecasts_have_slope_one() {
        let calibration = calibrate(&forecasts(&[
            (0.25, 25, 100),
            (0.5, 50, 100),
            (0.75, 75, 100),
        ]));
        assert!((calibration.slope.expect("finite") - 1.0).abs() < 1e-9);
        assert!(calibration.intercept.abs() < 1e-9);
        let bins: Vec<usize> = calibration.bins.iter().map(|bin| bin.count).collect();
        assert_eq!(bins, [100, 100, 100]);
        assert!((calibration.bins[0].observed - 0.25).abs() < 1e-12);
        // Information at the truth: sums of p(1-p) x^2 = 2 * 100 * 0.1875 * ln(3)^2 and no cross term; with
        // single clusters of these frequencies the sandwich is the inverse information but for 300/299.
        let model_error = (2.0 * 100.0 * 0.1875 * 3f64.ln().powi(2)).powf(-0.5);
        let expected = model_error * (300.0f64 / 299.0).sqrt();
        assert!((calibration.slope_error - expected).abs() < 1e-9);
    }

    #[test]
    fn bold_forecasts_have_a_smaller_slope() {
        // Truth 1/3 and 2/3 (log odds ln 2), said 1/5 and 4/5 (log odds ln 4): slope ln 2 / ln 4 = 0.5.
        let calibration = calibrate(&forecasts(&[(0.2, 30, 90), (0.8, 60, 90)]));
        assert!((calibration.slope.expect("finite") - 0.5).abs() < 1e-9);
    }

    #[test]
    fn events_that_always_happen_have_no_slope() {
        let calibration = calibrate(&forecasts(&[(0.2, 10, 10), (0.8, 10, 10)]));
        assert_eq!(calibration.slope, None);
    }

    #[test]
    fn wilson_by_hand() {
        // 5 of 10: center 0.5, half width z sqrt(0.025 + z^2/400) / (1 + z^2/10) = 0.263407.
        let [low, high] = wilson_interval(5, 10);
        assert!((high - 0.5 - 0.263_407).abs() < 1e-6 && (0.5 - low - 0.263_407).abs() < 1e-6);
    }
}
