//! Numbers as people read them: percentages that are honest at the ends, counts with separators.

use crate::forecast::Method;
use crate::odds::clear_of_zero;

/// How sure it is that a probability of 0 or 1 is meant to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It follows from the results and the rules.
    Certain,
    /// It was merely never (or always) seen.
    Estimated,
}

/// A probability as a percentage with one decimal, at most six characters. An estimate never
/// prints as 0% or 100%: it becomes `<0.1%` or `>99.9%`.
pub fn percent(probability: f64, certainty: Certainty) -> String {
    if certainty == Certainty::Certain && probability <= 0.0 {
        return "0%".to_owned();
    }
    if certainty == Certainty::Certain && probability >= 1.0 {
        return "100%".to_owned();
    }
    if probability < 0.000_5 {
        "<0.1%".to_owned()
    } else if probability >= 0.999_5 {
        ">99.9%".to_owned()
    } else {
        format!("{:.1}%", probability * 100.0)
    }
}

/// A difference of probabilities in percentage points with sign, such as `+1.24`.
pub fn percentage_points(difference: f64) -> String {
    format!("{:+.2}", difference * 100.0)
}

/// A tolerance in percentage points, such as `0.0001`, without the dust that counting in binary leaves behind.
pub(crate) fn tolerance_points(tolerance: f64) -> String {
    let rounded = format!("{:.3e}", tolerance * 100.0).parse();
    rounded.unwrap_or(tolerance * 100.0).to_string()
}

/// A change of a probability in percentage points with its standard error, such as `+1.24 ±0.03`; `~0 ±0.03` if it is
/// within two standard errors of zero. An exact one stands alone, and is `~0` if both forecasts being off by the
/// tolerance could make it.
pub(crate) fn change(difference: f64, standard_error: f64, method: Method) -> String {
    let (error, plus_minus) = match method {
        Method::Exact { tolerance, .. } => (tolerance, String::new()),
        Method::Simulated { .. } => (standard_error, format!(" ±{:.2}", standard_error * 100.0)),
    };
    let clear = clear_of_zero(difference, error).map(percentage_points);
    clear.unwrap_or_else(|| "~0".to_owned()) + &plus_minus
}

/// A standard error in percentage points, such as ` ± 0.05`; nothing where there is no error.
pub(super) fn plus_minus(error: f64) -> String {
    let points = error * 100.0;
    if points <= 0.0 {
        String::new()
    } else if points < 0.005 {
        " ± <0.01".to_owned()
    } else if points < 0.995 {
        format!(" ± {points:.2}")
    } else {
        format!(" ± {points:.1}")
    }
}

/// A count with separators between thousands: `1,000,000`.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_honest_at_the_ends() {
        let cases = [
            (0.0, Certainty::Certain, "0%"),
            (0.0, Certainty::Estimated, "<0.1%"),
            (0.000_49, Certainty::Certain, "<0.1%"),
            (0.000_5, Certainty::Estimated, "0.1%"),
            (0.283_21, Certainty::Estimated, "28.3%"),
            (0.999_49, Certainty::Estimated, "99.9%"),
            (0.999_5, Certainty::Estimated, ">99.9%"),
            (1.0, Certainty::Estimated, ">99.9%"),
            (1.0, Certainty::Certain, "100%"),
        ];
        for (probability, certainty, expected) in cases {
            assert_eq!(
                percent(probability, certainty),
                expected,
                "{probability} {certainty:?}"
            );
        }
    }

    #[test]
    fn a_change_that_may_be_luck_is_shown_as_such() {
        let simulated = Method::Simulated {
            runs: 1000,
            seed: 1,
            way: None,
        };
        let exact = Method::Exact {
            tolerance: 1e-5,
            lost_mass: 0.0,
        };
        let cases = [
            (0.0124, 0.0003, simulated, "+1.24 ±0.03"),
            (-0.0124, 0.0061, simulated, "-1.24 ±0.61"),
            (0.0124, 0.0063, simulated, "~0 ±0.63"),
            (0.0, 0.0, simulated, "~0 ±0.00"),
            (0.000_03, 0.0, exact, "+0.00"),
            (0.000_02, 0.0, exact, "~0"),
            (-0.2, 0.0, exact, "-20.00"),
        ];
        for (difference, error, method, expected) in cases {
            assert_eq!(change(difference, error, method), expected);
        }
    }

    #[test]
    fn a_tolerance_is_printed_as_it_was_given() {
        for (tolerance, expected) in [(1e-5, "0.001"), (1e-6, "0.0001"), (0.000_123, "0.0123")] {
            assert_eq!(tolerance_points(tolerance), expected);
        }
    }

    #[test]
    fn an_error_is_printed_with_as_many_decimals_as_it_deserves() {
        let cases = [
            (0.0, ""),
            (0.000_02, " ± <0.01"),
            (0.000_5, " ± 0.05"),
            (0.000_949, " ± 0.09"),
            (0.001, " ± 0.10"),
            (0.012, " ± 1.2"),
        ];
        for (error, expected) in cases {
            assert_eq!(plus_minus(error), expected, "{error}");
        }
    }

    #[test]
    fn counts_have_separators() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_000_000, "1,000,000"),
        ];
        for (count, expected) in cases {
            assert_eq!(grouped(count), expected);
        }
    }
}
