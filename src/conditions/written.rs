//! Takes a written result apart: where its scores stand, and which clubs, round and leg the words around them name.

use super::parse::{FixError, form, impossible};
use crate::ids::{ClubId, RoundId};
use crate::tournament::{ClubError, DASHES, Goals, Score, ScoreError, Tournament};
use std::ops::Range;

/// One way to understand a written result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// The round, if it is named.
    pub(super) round: Option<RoundId>,
    /// The leg, if it is named.
    pub(super) leg: Option<u8>,
    /// The home club and the away club.
    pub(super) clubs: (ClubId, ClubId),
    /// The result.
    pub(super) score: Score,
}

/// What people write before the score after extra time.
const EXTRA_TIME: [&str; 4] = ["after extra time", "a.e.t.", "a.e.t", "aet"];

/// What people write before the score of a shoot-out.
const PENALTIES: [&str; 5] = ["on penalties", "penalties", "pens.", "pens", "pen"];

/// What people write between two clubs besides a dash.
const BETWEEN: [&str; 6] = [" v ", " v. ", " vs ", " vs. ", " x ", " against "];

/// Two numbers with a dash or colon between them, and where they stand.
struct Numbers {
    place: Range<usize>,
    goals: Result<Goals, ScoreError>,
}

/// Every way to understand a text: the score may stand behind the clubs, between them or before them.
///
/// # Errors
/// If there is none: what comes nearest to being wrong with it.
pub(super) fn readings(text: &str, tournament: &Tournament) -> Result<Vec<Reading>, FixError> {
    let score_error = |source| FixError::Score {
        fix: text.to_owned(),
        source,
    };
    let (rest, penalties) = take_labelled(text, &PENALTIES).map_err(score_error)?;
    let (rest, after_extra_time) = take_labelled(&rest, &EXTRA_TIME).map_err(score_error)?;
    let mut found: Vec<Reading> = Vec::new();
    let mut wrong: Option<FixError> = None;
    for (words, ninety) in around_scores(&rest) {
        let ninety = match ninety {
            Ok(ninety) => ninety,
            Err(source) => {
                wrong.get_or_insert(score_error(source));
                continue;
            }
        };
        let score = Score {
            ninety,
            after_extra_time,
            penalties,
        };
        for Heading {
            round,
            leg,
            rest: first,
        } in with_heading(&words[0], text, tournament)?
        {
            let pairs = match words.get(1) {
                Some(away) => of_names(first, away, tournament),
                None => club_pairs(first, tournament),
            };
            match pairs {
                Ok(pairs) => found.extend(pairs.into_iter().map(|clubs| Reading {
                    round,
                    leg,
                    clubs,
                    score,
                })),
                Err(source) => {
                    let fix = text.to_owned();
                    let error =
                        source.map_or_else(|| form(text), |source| FixError::Club { fix, source });
                    // What is left when a round has been taken off comes nearest to the clubs.
                    if round.is_some() || leg.is_some() || wrong.is_none() {
                        wrong = Some(error);
                    }
                }
            }
        }
    }
    let mut distinct: Vec<Reading> = Vec::new();
    for reading in found {
        if !distinct.contains(&reading) {
            distinct.push(reading);
        }
    }
    if distinct.is_empty() {
        return Err(wrong.unwrap_or_else(|| form(text)));
    }
    Ok(distinct)
}

/// Takes `LABEL H-A` out of a text, wherever it stands.
fn take_labelled(text: &str, labels: &[&str]) -> Result<(String, Option<Goals>), ScoreError> {
    for numbers in numbers(text) {
        let before = text[..numbers.place.start].trim_end_matches([' ', ':']);
        let lower = before.to_ascii_lowercase();
        let label = labels.iter().find(|label| lower.ends_with(*label));
        let Some(start) = label.map(|label| before.len() - label.len()) else {
            continue;
        };
        if before[..start].ends_with(char::is_alphanumeric) {
            continue;
        }
        let after = text[numbers.place.end..].trim_start_matches([')', ' ', ',', ';']);
        let before = before[..start].trim_end_matches(['(', ' ', ',', ';']);
        return Ok((
            format!("{before} {after}").trim().to_owned(),
            Some(numbers.goals?),
        ));
    }
    Ok((text.trim().to_owned(), None))
}

/// The words on both sides of each score, one text where all stand on one side; `TOL 2 CAL 1` has its score apart.
fn around_scores(text: &str) -> Vec<(Vec<String>, Result<Goals, ScoreError>)> {
    let bare = |text: &str| text.trim_matches([' ', ',', ':', ';', '\t']).to_owned();
    let mut found: Vec<(Vec<String>, Result<Goals, ScoreError>)> = Vec::new();
    // The last numbers first: they are the score, whatever numbers the names of the clubs have.
    for numbers in numbers(text).into_iter().rev() {
        let sides = [
            bare(&text[..numbers.place.start]),
            bare(&text[numbers.place.end..]),
        ];
        let words: Vec<String> = sides.into_iter().filter(|side| !side.is_empty()).collect();
        if !words.is_empty() {
            found.push((words, numbers.goals));
        }
    }
    found.extend(
        scores_apart(text).map(|([home, away], goals)| (vec![bare(&home), bare(&away)], Ok(goals))),
    );
    found
}

/// `HOME 2 AWAY 1`, at every number that may be the first.
fn scores_apart(text: &str) -> impl Iterator<Item = ([String; 2], Goals)> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(',').to_owned())
        .collect();
    let goals = |word: &String| {
        word.parse::<u8>()
            .ok()
            .filter(|goals| *goals <= Goals::MOST)
    };
    let last = words.last().and_then(goals);
    let middle = 1..words.len().saturating_sub(2);
    middle.filter_map(move |at| {
        let goals = Goals {
            home: goals(&words[at])?,
            away: last?,
        };
        let names = [&words[..at], &words[at + 1..words.len() - 1]];
        Some((names.map(|part| part.join(" ")), goals))
    })
}

/// Every two numbers with a dash or colon between them that stand apart from other words.
fn numbers(text: &str) -> Vec<Numbers> {
    let mut found = Vec::new();
    let separators = text
        .char_indices()
        .filter(|(_, c)| *c == ':' || DASHES.contains(c));
    for (at, separator) in separators {
        let before = text[..at].trim_end_matches(' ');
        let after = text[at + separator.len_utf8()..].trim_start_matches(' ');
        let is_digit = |c: char| c.is_ascii_digit();
        let start = before.trim_end_matches(is_digit).len();
        let end = text.len() - after.trim_start_matches(is_digit).len();
        let (home, away) = (&before[start..], &text[text.len() - after.len()..end]);
        let apart = !text[..start].ends_with(char::is_alphanumeric)
            && !text[end..].starts_with(char::is_alphanumeric);
        if apart && (1..=3).contains(&home.len()) && (1..=3).contains(&away.len()) {
            found.push(Numbers {
                place: start..end,
                goals: format!("{home}-{away}").parse(),
            });
        }
    }
    found
}

/// The round and the leg that a text begins with, and what is left of it.
struct Heading<'a> {
    round: Option<RoundId>,
    leg: Option<u8>,
    rest: &'a str,
}

/// The text as it is, and without the round and the leg that it begins with, if it does.
fn with_heading<'a>(
    words: &'a str,
    whole: &str,
    tournament: &Tournament,
) -> Result<Vec<Heading<'a>>, FixError> {
    let mut found = vec![Heading {
        round: None,
        leg: None,
        rest: words,
    }];
    let rounds = rounds_before(words, tournament).into_iter();
    let rounds = rounds.map(|(rest, round)| (rest, Some(round)));
    for (rest, round) in rounds.chain([(words, None)]) {
        let (rest, leg) = take_leg(rest, whole)?;
        if round.is_some() || leg.is_some() {
            found.push(Heading { round, leg, rest });
        }
    }
    Ok(found)
}

/// Takes the short form or the name of a round off the front of a text, if it is there.
pub(super) fn take_round<'a>(text: &'a str, tournament: &Tournament) -> (&'a str, Option<RoundId>) {
    match rounds_before(text, tournament).into_iter().next() {
        Some((rest, round)) => (rest, Some(round)),
        None => (text, None),
    }
}

/// What is left of a text behind each name of a round that it begins with.
fn rounds_before<'a>(text: &'a str, tournament: &Tournament) -> Vec<(&'a str, RoundId)> {
    let bracket = &tournament.bracket;
    let named = bracket.round_ids().flat_map(|id| {
        let round = bracket.round(id);
        [&round.name, &round.short].map(|name| (behind_name(text, name), id))
    });
    named.filter_map(|(rest, id)| Some((rest?, id))).collect()
}

/// What stands behind a name at the front of a text, whatever its case, spaces and hyphens and whether it is plural.
fn behind_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    for wanted in name.chars().filter(|c| c.is_alphanumeric()) {
        let mut left = rest.chars();
        let next = left.by_ref().find(|c| !matches!(c, ' ' | '-'))?;
        if !next.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        rest = left.as_str();
    }
    let end = rest
        .strip_prefix(['s', 'S'])
        .filter(|plural| plural.starts_with([' ', ':']));
    let rest = end.unwrap_or(rest);
    rest.starts_with([' ', ':', '\t'])
        .then(|| rest.trim_start_matches([' ', ':', ',', '\t']))
}

/// Takes `leg N`, `leg1` or `first leg` off the front of a text, if it is there.
fn take_leg<'a>(text: &'a str, whole: &str) -> Result<(&'a str, Option<u8>), FixError> {
    let lower = text.to_ascii_lowercase();
    let rest = |length: usize| text[length..].trim_start_matches([' ', ':', ',']);
    for (words, leg) in [
        ("first leg", 1),
        ("1st leg", 1),
        ("second leg", 2),
        ("2nd leg", 2),
    ] {
        if lower.starts_with(words) && lower[words.len()..].starts_with([' ', ':', ',']) {
            return Ok((rest(words.len()), Some(leg)));
        }
    }
    let Some(after) = lower.strip_prefix("leg") else {
        return Ok((text, None));
    };
    let number = after.trim_start();
    let digits = number.len()
        - number
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (number, behind) = number.split_at(digits);
    if number.is_empty() || !behind.starts_with([' ', ':', ',']) {
        return Ok((text, None));
    }
    match number {
        "1" => Ok((rest(text.len() - behind.len()), Some(1))),
        "2" => Ok((rest(text.len() - behind.len()), Some(2))),
        other => Err(impossible(
            whole,
            format!("a tie has no leg {other}, only leg 1 and leg 2"),
        )),
    }
}

/// The home and away club of two names.
fn of_names(
    home: &str,
    away: &str,
    tournament: &Tournament,
) -> Result<Vec<(ClubId, ClubId)>, Option<ClubError>> {
    let home = tournament.find_club(home)?;
    Ok(vec![(home, tournament.find_club(away)?)])
}

/// Every two clubs that a text such as `HOME-AWAY` or `HOME v AWAY` may name.
///
/// # Errors
/// The first name that is none if there are no two clubs, or nothing if nothing stands between two names.
pub(super) fn club_pairs(
    text: &str,
    tournament: &Tournament,
) -> Result<Vec<(ClubId, ClubId)>, Option<ClubError>> {
    let lower = text.to_ascii_lowercase();
    let dashes = text.match_indices(DASHES);
    let words = BETWEEN.iter().flat_map(|word| lower.match_indices(word));
    let mut first_error = None;
    let mut found = Vec::new();
    for (at, between) in dashes.chain(words) {
        match of_names(&text[..at], &text[at + between.len()..], tournament) {
            Ok(pairs) => {
                for pair in pairs {
                    if !found.contains(&pair) {
                        found.push(pair);
                    }
                }
            }
            Err(error) => first_error = first_error.or(error),
        }
    }
    if found.is_empty() {
        Err(first_error)
    } else {
        Ok(found)
    }
}
