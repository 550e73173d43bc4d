//! Finds where a function of one number is largest, by golden section (Kiefer 1953).

/// Where `value` is largest between `low` and `high`, to within `width`. The function should have one
/// hump; with several, one of them is found.
pub(super) fn largest(low: f64, high: f64, width: f64, mut value: impl FnMut(f64) -> f64) -> f64 {
    let shrink = (5f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (low, high);
    let mut left = high - shrink * (high - low);
    let mut right = low + shrink * (high - low);
    let (mut value_left, mut value_right) = (value(left), value(right));
    while high - low > width {
        if value_left >= value_right {
            high = right;
            (right, value_right) = (left, value_left);
            left = high - shrink * (high - low);
            value_left = value(left);
        } else {
            low = left;
            (left, value_left) = (right, value_right);
            right = low + shrink * (high - low);
            value_right = value(right);
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn finds_a_hump_inside_and_at_either_end() {
        let inside = largest(-2.0, 5.0, 1e-6, |x| -(x - 1.25).powi(2));
        assert!((inside - 1.25).abs() < 1e-6);
        assert!((largest(0.0, 1.0, 1e-6, |x| x) - 1.0).abs() < 1e-6);
        assert!(largest(0.0, 1.0, 1e-6, |x| -x).abs() < 1e-6);
    }
}
