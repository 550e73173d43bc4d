//! Reads amounts as people write them: `10M` runs, `1_000_000`, a precision of `0.05pp`.

use std::num::NonZeroUsize;

/// The most that can be counted: runs of years.
const MOST: u64 = 1_000_000_000_000_000;

/// What a number of thousands, millions and so on ends in, longer words first.
const UNITS: [(&str, f64); 9] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("k", 1e3),
    ("mio", 1e6),
    ("m", 1e6),
    ("bn", 1e9),
    ("g", 1e9),
    ("b", 1e9),
];

/// A count such as `20000`, `1_000_000`, `1,000,000`, `500k`, `10M`, `2.5M` or `1e6`; at least 1.
pub(crate) fn count(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no count; write for example 1000000, 1_000_000 or 10M");
    let plain = text.trim().to_ascii_lowercase();
    let unit = UNITS
        .iter()
        .find_map(|(word, factor)| Some((plain.strip_suffix(word)?.trim_end(), *factor)));
    let (digits, factor) = unit.unwrap_or((&plain, 1.0));
    let digits = without_separators(digits, text)?;
    let starts_well = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let mut characters = digits.chars();
    if !starts_well || !characters.all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | '+')) {
        return Err(wrong());
    }
    if let (Ok(number), true) = (digits.parse::<u64>(), factor == 1.0) {
        return in_range(number);
    }
    let number = digits.parse::<f64>().map_err(|_| wrong())? * factor;
    if number.is_finite() && number.fract() == 0.0 {
        return in_range(if number > MOST as f64 {
            MOST + 1
        } else {
            number as u64
        });
    }
    Err(wrong())
}

fn in_range(number: u64) -> Result<u64, String> {
    match number {
        0 => Err("at least one simulated tournament is needed".to_owned()),
        number if number > MOST => {
            Err("so many runs would take years; 10G (ten billion) is plenty".to_owned())
        }
        number => Ok(number),
    }
}

/// The digits of a number without what sets thousands apart. A comma or point that could as well begin a fraction is
/// refused where both would give a count.
fn without_separators(digits: &str, text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` is no count; write for example 1000000, 1_000_000 or 10M");
    let plain: String = digits
        .chars()
        .filter(|c| !matches!(c, '_' | ' ' | '\''))
        .collect();
    let separator = |c: char| matches!(c, ',' | '.');
    let groups: Vec<&str> = plain.split(separator).collect();
    let one_kind = !(plain.contains(',') && plain.contains('.'));
    let three_digits =
        |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let in_threes = groups[1..].iter().all(three_digits)
        && (1..=3).contains(&groups[0].len())
        && !groups[0].starts_with('0');
    let has_unit = digits.len() < text.trim().len();
    let comma = plain.contains(',');
    match groups.len() {
        1 => Ok(plain),
        // With a unit behind it `1,500k` may be a million and a half, or a thousand and a half.
        2 if in_threes && (has_unit || !comma) => Err(format!(
            "`{text}` can mean two numbers; write it without the {}",
            if comma { "comma" } else { "point" }
        )),
        2 if !comma => Ok(plain),
        2 if has_unit => Ok(plain.replace(',', ".")),
        _ if in_threes && one_kind => Ok(groups.concat()),
        _ => Err(wrong()),
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
            ("10 k", 10_000),
            ("1e6", 1_000_000),
            ("1E6", 1_000_000),
            ("2.5e5", 250_000),
            ("1e+3", 1000),
            ("1 000 000", 1_000_000),
            ("1'000'000", 1_000_000),
            ("1.000.000", 1_000_000),
            ("1,000,000", 1_000_000),
            ("1,5M", 1_500_000),
            ("2 million", 2_000_000),
            ("0.5m", 500_000),
            ("0.125M", 125_000),
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
            "M",
            "e6",
            "1e",
            "1e-3",
            "1e400",
            "1,5",
            "1,50,000",
            "1.000",
            "1,000k",
            "1.500k",
            "1,000.5",
            "1_000 x",
            "٣",
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
