//! Numbers as people read them: percentages that are honest at the ends, counts with separators.

use crate::forecast::Method;
use crate::odds::{Chance, clear_of_zero};

/// Where a percentage with one decimal would read 0 or 100.
const HARDLY: f64 = 0.000_5;

/// A chance as a percentage with one decimal, at most six characters. Only what results and rules settle reads 0% or
/// 100%. What rounds to that is given as a bound that the runs can claim: `<3%` after no hit in 100 runs, `<0.1%` after
/// none in 10,000, `>99.9%` for nearly always.
pub fn percent(chance: Chance) -> String {
    let probability = chance.probability;
    if probability < HARDLY {
        if chance.is_settled() {
            return "0%".to_owned();
        }
        return format!("<{}%", bound(chance.at_most()));
    }
    if probability >= 1.0 - HARDLY {
        if chance.is_settled() {
            return "100%".to_owned();
        }
        let least = format!("{:.1}", 100.0 - bound(1.0 - chance.at_least()));
        return format!(">{}%", least.trim_end_matches(".0"));
    }
    format!("{:.1}%", probability * 100.0)
}

/// A small probability in percent, rounded up to one decimal, 0.1 at least.
fn bound(probability: f64) -> f64 {
    // What counting in binary adds is no reason to round up.
    let tenths = (probability * 1000.0 - 1e-9).ceil();
    tenths.max(1.0) / 10.0
}

/// The percentage of a probability that a model gives to something that can go either way.
pub(crate) fn open_percent(probability: f64) -> String {
    percent(Chance::exact(probability, f64::MIN_POSITIVE))
}

/// A number in full precision, as CSV has it; zero has no sign.
pub(crate) fn figure(value: f64) -> String {
    (value + 0.0).to_string()
}

/// A number with its sign and so many decimals; what rounds to zero has none.
pub(crate) fn with_sign(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text[1..].chars().all(|c| matches!(c, '0' | '.')) {
        return text[1..].to_owned();
    }
    text
}

/// A difference of probabilities in percentage points with sign, such as `+1.24`.
pub fn percentage_points(difference: f64) -> String {
    with_sign(difference * 100.0, 2)
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
        let many = 1_000_000;
        let cases = [
            (Chance::settled(false), "0%"),
            (Chance::settled(true), "100%"),
            (Chance::of_hits(0, many), "<0.1%"),
            (Chance::of_hits(499, many), "<0.1%"),
            (Chance::of_hits(500, many), "0.1%"),
            (Chance::of_hits(283_210, many), "28.3%"),
            (Chance::of_hits(999_490, many), "99.9%"),
            (Chance::of_hits(999_500, many), ">99.9%"),
            (Chance::of_hits(many, many), ">99.9%"),
            (Chance::exact(0.0, 1e-5), "<0.1%"),
            (Chance::exact(1.0, 1e-5), ">99.9%"),
            (Chance::exact(0.000_2, 0.01), "<1.1%"),
        ];
        for (chance, expected) in cases {
            assert_eq!(percent(chance), expected, "{chance:?}");
        }
    }

    #[test]
    fn nothing_is_claimed_that_the_runs_cannot_show() {
        let cases = [
            (0, 1, "<100%"),
            (1, 1, ">0%"),
            (0, 7, "<42.9%"),
            (0, 100, "<3%"),
            (100, 100, ">97%"),
            (0, 1000, "<0.3%"),
            (1000, 1000, ">99.7%"),
            // One hit of 3,000 is 0.03%, but up to 4.74 of them are no surprise.
            (1, 3000, "<0.2%"),
            (2999, 3000, ">99.8%"),
            (0, 20_000, "<0.1%"),
        ];
        for (hits, runs, expected) in cases {
            assert_eq!(
                percent(Chance::of_hits(hits, runs)),
                expected,
                "{hits} of {runs}"
            );
        }
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(figure(-0.0), "0");
        assert_eq!(percentage_points(-0.000_01), "0.00");
        assert_eq!(percentage_points(-0.000_1), "-0.01");
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
            (0.000_03, 0.0, exact, "0.00"),
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
