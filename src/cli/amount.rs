//! Reads amounts as people write them: `10M` runs, `1_000_000`, a precision of `0.05pp`.

use std::num::NonZeroUsize;

/// A count such as `20000`, `1_000_000`, `1,000,000`, `500k`, `10M` or `2.5M`; at least 1.
pub(crate) fn count(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no count; write for example 1000000, 1_000_000 or 10M");
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '_' | ','))
        .collect();
    let (digits, factor) = match plain.char_indices().last() {
        Some((at, 'k' | 'K')) => (&plain[..at], 1e3),
        Some((at, 'm' | 'M')) => (&plain[..at], 1e6),
        Some((at, 'g' | 'G' | 'b' | 'B')) => (&plain[..at], 1e9),
        _ => (plain.as_str(), 1.0),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Err(wrong());
    }
    let number = if digits.len() == plain.len() {
        digits.parse::<u64>().map_err(|_| wrong())?
    } else {
        let scaled = digits.parse::<f64>().map_err(|_| wrong())? * factor;
        if scaled.fract() != 0.0 || scaled > 1e15 {
            return Err(wrong());
        }
        scaled as u64
    };
    match number {
        0 => Err("at least one simulated tournament is needed".to_owned()),
        number if number > 1_000_000_000_000_000 => Err(format!(
            "{number} runs would take years; 10G (ten billion) is plenty"
        )),
        number => Ok(number),
    }
}

/// The finest precision that double arithmetic is sure of.
const FINEST: f64 = 1e-7;

/// The coarsest precision: 100 tournaments have a smaller error.
const COARSEST: f64 = 0.1;

/// A precision as a probability: `0.05pp` (percentage points) or a plain probability such as `0.0005`; from 0.00001pp to
/// 10pp.
pub(crate) fn precision(text: &str) -> Result<f64, String> {
    let wrong =
        || format!("`{text}` is no precision; write for example 0.05pp (percentage points)");
    let trimmed = text.trim();
    let (number, factor) = match trimmed
        .strip_suffix("pp")
        .or_else(|| trimmed.strip_suffix('%'))
    {
        Some(points) => (points.trim(), 0.01),
        None => (trimmed, 1.0),
    };
    let value = number.parse::<f64>().map_err(|_| wrong())? * factor;
    if !value.is_finite() || value <= 0.0 {
        return Err(format!(
            "`{text}`: a precision is above zero, such as 0.05pp"
        ));
    }
    if value < FINEST {
        return Err(format!(
            "`{text}` is too fine; the finest precision is 0.00001pp"
        ));
    }
    if value > COARSEST {
        return Err(format!(
            "`{text}` is too coarse to say anything; the coarsest precision is 10pp"
        ));
    }
    Ok(value)
}

/// A number of threads from 1 to 1024.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    match text.trim().parse::<NonZeroUsize>() {
        Ok(threads) if threads.get() <= 1024 => Ok(threads),
        _ => Err(format!(
            "`{text}` is no number of threads; write a number from 1 to 1024"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        let cases = [
            ("1", 1),
            ("1_000_000", 1_000_000),
            ("1,000", 1000),
            ("10M", 10_000_000),
        ];
        for (text, expected) in
            cases
                .into_iter()
                .chain([("2.5k", 2500), (" 3 ", 3), ("1G", 1_000_000_000)])
        {
            assert_eq!(count(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "0",
            "-1",
            "1.5",
            "ten",
            "1e6",
            "M",
            "99999999999999999999",
            "0.0001k",
            "1..2M",
        ] {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn precisions_are_percentage_points_or_probabilities() {
        let near = |text: &str, expected: f64| {
            let value = precision(text).expect("a precision");
            assert!((value - expected).abs() < 1e-15, "{text} gave {value}");
        };
        near("0.05pp", 0.0005);
        near("0.05 pp", 0.0005);
        near("1%", 0.01);
        near("0.0005", 0.0005);
        near("10pp", 0.1);
        for text in [
            "", "pp", "0pp", "-1pp", "inf", "nan", "1e-12", "300%", "10.1pp", "0.2",
        ] {
            assert!(precision(text).is_err(), "{text}");
        }
    }
}
