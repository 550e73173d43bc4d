//! Criteria in words: what `tiebreakers` and `across` of a file say.

use crate::format::{By, Criterion, Figure, Level};

/// Reads one criterion; `numbers` are the facts that every club has a number for. Words that are no figure stand for
/// something outside the goals.
///
/// # Errors
/// What is wrong with it, and what to write.
pub(super) fn parse(text: &str, numbers: &[String]) -> Result<Criterion, String> {
    let text = text.trim();
    if let Some((level, rest)) = text.split_once(" level:") {
        let only = match level.trim() {
            "two" => Level::Two,
            "three" => Level::ThreeOrMore,
            other => {
                return Err(format!(
                    "`{other} level` means nothing; write `two level:` or `three level:`"
                ));
            }
        };
        let inner = parse(rest, numbers)?;
        return Ok(Criterion {
            only: Some(only),
            ..inner
        });
    }
    for (start, again) in [("head-to-head once:", false), ("head-to-head:", true)] {
        if let Some(list) = text.strip_prefix(start) {
            let figures = figures(list)?;
            return Ok(Criterion::of(By::Among { figures, again }));
        }
    }
    if let Some(figure) = Figure::parse(text) {
        return Ok(Criterion::figure(figure));
    }
    if let Some(words) = text.strip_prefix("opponents' ") {
        let figure = Figure::parse(words).ok_or_else(|| no_figure(words))?;
        return Ok(Criterion::of(By::Opponents(figure)));
    }
    let fact = [("higher ", true), ("lower ", false)];
    for (start, high) in fact {
        if let Some(name) = text.strip_prefix(start) {
            let known = numbers.iter().any(|known| known == name);
            return Ok(Criterion::of(if known {
                By::Fact {
                    name: name.to_owned(),
                    high,
                }
            } else {
                By::Outside(name.to_owned())
            }));
        }
    }
    match text {
        "shoot-out in the last match" => Ok(Criterion::of(By::LastMatch)),
        "order of the list" => Ok(Criterion::of(By::Entrant)),
        "" => Err("a criterion is empty".to_owned()),
        words
            if words
                .to_lowercase()
                .replace([' ', '-'], "")
                .starts_with("headtohead")
                || words == "h2h" =>
        {
            Err(format!(
                "`{words}` is no criterion; head-to-head is a block, such as `head-to-head: points, goal difference, goals`"
            ))
        }
        words if looks_like_a_figure(words) => Err(no_figure(words)),
        words => Ok(Criterion::of(By::Outside(words.to_owned()))),
    }
}

/// Reads a whole list and sees to it that it ends in lots.
///
/// # Errors
/// What is wrong with one of them, by position.
pub(super) fn parse_all<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    numbers: &[String],
) -> Result<Vec<Criterion>, (usize, String)> {
    let mut criteria = Vec::new();
    for (position, text) in texts.into_iter().enumerate() {
        criteria.push(parse(text, numbers).map_err(|why| (position, why))?);
    }
    let ends = criteria
        .last()
        .is_some_and(|last| matches!(last.by, By::Outside(_) | By::Entrant) && last.only.is_none());
    let drawn =
        matches!(criteria.last(), Some(Criterion { by: By::Outside(name), .. }) if name == "lots");
    if !ends || !drawn {
        criteria.push(Criterion::lots());
    }
    Ok(criteria)
}

fn figures(list: &str) -> Result<Vec<Figure>, String> {
    list.split(',')
        .map(|words| {
            let words = words.trim();
            Figure::parse(words).ok_or_else(|| no_figure(words))
        })
        .collect()
}

fn no_figure(words: &str) -> String {
    let all: Vec<&str> = Figure::ALL.iter().map(|figure| figure.words()).collect();
    match crate::diagnostic::nearest(words, all.iter().copied()) {
        Some(near) => format!("`{words}` is no figure; did you mean `{near}`?"),
        None => format!("`{words}` is no figure; there are {}", all.join(", ")),
    }
}

/// Whether words that are no figure were probably meant as one.
fn looks_like_a_figure(words: &str) -> bool {
    let all = Figure::ALL.iter().map(|figure| figure.words());
    let of_figures = [
        "goal",
        "point",
        "win",
        "away",
        "difference",
        "head",
        "level",
        "place",
        "score",
        "match",
    ];
    let lower = words.to_lowercase();
    crate::diagnostic::nearest(words, all).is_some()
        || of_figures.iter().any(|word| {
            lower
                .split(|c: char| !c.is_alphabetic())
                .any(|one| one.trim_end_matches('s') == *word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_criteria_say_the_same() {
        for text in [
            "points",
            "goal difference",
            "head-to-head: points, goal difference, goals",
            "head-to-head once: points",
            "two level: head-to-head: points",
            "three level: goal difference",
            "opponents' goals",
            "shoot-out in the last match",
            "order of the list",
            "conduct",
            "lots",
        ] {
            let criterion = parse(text, &[]).expect("a criterion");
            assert_eq!(criterion.to_string(), text);
        }
        let numbers = ["coefficient".to_owned()];
        let by = |text| parse(text, &numbers).expect("a criterion").by;
        assert!(matches!(
            by("higher coefficient"),
            By::Fact { high: true, .. }
        ));
        assert!(matches!(by("lower ranking"), By::Outside(_)));
    }

    #[test]
    fn misspelt_figures_are_no_lots() {
        let why = parse("goal diference", &[]).expect_err("no criterion");
        assert!(why.contains("goal difference"), "{why}");
        assert!(parse("head-to-head points", &[]).is_err());
        assert!(parse("four level: goals", &[]).is_err());
    }

    #[test]
    fn a_list_ends_in_lots() {
        let list = parse_all(["goals", "conduct"], &[]).expect("criteria");
        assert_eq!(list.last(), Some(&Criterion::lots()));
        assert_eq!(list.len(), 3);
        assert_eq!(
            parse_all(["goals", "lots"], &[]).expect("criteria").len(),
            2
        );
    }
}
