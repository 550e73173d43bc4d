//! Linear scales with round ticks.

/// A linear map from values to positions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The least and the greatest value shown.
    pub(super) values: (f64, f64),
    /// Where they stand, in pixels.
    pub(super) pixels: (f64, f64),
}

impl Scale {
    /// Where a value stands; values outside stand at the end they lie beyond.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }
}

/// Round values that cover `low..=high` in about `count` steps: the first tick is at or below `low`, the last at or
/// above `high`. Steps are 1, 2 or 5 times a power of ten.
pub(super) fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let span = (high - low).max(1e-9);
    let rough = span / count.max(1) as f64;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last.max(first + 1))
        .map(|index| index as f64 * step)
        .collect()
}

/// The number of decimals that tells the ticks apart.
pub(super) fn decimals(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next();
    step.map_or(0, |step| {
        (-(step + 1e-12).log10().floor()).max(0.0) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        assert_eq!(ticks(0.0, 31.8, 4), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(ticks(0.0, 100.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(-0.7, 1.1, 4), [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5]);
        assert_eq!(ticks(0.0, 0.0, 4).len(), 2);
        assert_eq!(decimals(&[0.0, 0.5]), 1);
        assert_eq!(decimals(&[0.0, 20.0]), 0);
        assert_eq!(decimals(&[0.0, 0.05]), 2);
    }

    #[test]
    fn a_scale_keeps_what_lies_outside_at_its_ends() {
        let scale = Scale {
            values: (0.0, 10.0),
            pixels: (100.0, 200.0),
        };
        for (value, place) in [(5.0, 150.0), (-3.0, 100.0), (30.0, 200.0)] {
            assert!((scale.at(value) - place).abs() < 1e-9, "{value}");
        }
    }
}
