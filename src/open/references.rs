//! What the sides of ties and the members of groups are written as: clubs, places of units, winners and losers.

use super::clubs::Clubs;
use crate::format::{Builder, Rules};
use crate::ids::{PlaceId, StageId, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// The units so far by the names that a file calls them.
#[derive(Debug, Default)]
pub(super) struct Names {
    units: BTreeMap<String, UnitId>,
    stages: BTreeMap<String, StageId>,
    /// The ties of the last stage that had any; none for one with a mistake.
    last_ties: Vec<Option<UnitId>>,
    /// Units and stages with mistakes: nothing is said of what names them.
    broken: BTreeSet<String>,
}

impl Names {
    pub(super) fn unit(&mut self, key: &str, id: UnitId) -> bool {
        self.units.insert(key.to_lowercase(), id).is_none()
    }

    pub(super) fn stage(&mut self, key: &str, id: StageId) -> bool {
        self.stages.insert(key.to_lowercase(), id).is_none()
    }

    pub(super) fn ties(&mut self, ties: Vec<Option<UnitId>>) {
        self.last_ties = ties;
    }

    /// Notes that a unit or stage has a mistake.
    pub(super) fn broken(&mut self, key: &str) {
        self.broken.insert(key.to_lowercase());
    }

    /// Whether a reference hangs on a unit or stage with a mistake.
    fn hangs_on_a_mistake(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let after_word = text.split_once(' ').map(|(_, key)| key.to_owned());
        let before_word = text.rsplit_once(' ').map(|(key, _)| key.to_owned());
        let after_rank = rank_and_key(&text).map(|(_, key)| key);
        let keys = [after_word, before_word, after_rank];
        keys.into_iter()
            .flatten()
            .any(|key| self.broken.contains(&key))
    }

    pub(super) fn find_unit(&self, key: &str) -> Option<UnitId> {
        self.units.get(&key.trim().to_lowercase()).copied()
    }

    pub(super) fn find_stage(&self, key: &str) -> Option<StageId> {
        self.stages.get(&key.trim().to_lowercase()).copied()
    }

    /// The place that a reference means.
    pub(super) fn place(
        &self,
        text: &str,
        builder: &Builder,
        clubs: &Clubs,
    ) -> Result<PlaceId, String> {
        let text = text.trim();
        if self.hangs_on_a_mistake(text) {
            return Err(String::new());
        }
        if let Some(found) = self.winner_or_loser(text, builder) {
            return found;
        }
        if let Some((rank, key)) = rank_and_key(text).or_else(|| rank_in_words(text))
            && let Some(outputs) = self.outputs(&key, builder)
        {
            return nth(&outputs, rank, &key);
        }
        if let Some(club) = clubs.find(text) {
            return Ok(PlaceId::new(club.index()));
        }
        let near = clubs.nearest(text);
        Err(match near {
            Some(near) => format!("`{text}` is no club and no place; did you mean {near}?"),
            None if self.stages.contains_key(&text.to_lowercase()) => {
                format!("`{text}` is a whole stage; name a place, such as `1A` or `league 1`")
            }
            None => format!(
                "`{text}` is no club and no place; write a club, a place such as `1A` or `seeds 3`, or `W R16-1` for a winner (groups, orders and ties have to stand before they are named)"
            ),
        })
    }

    /// Every place that an item of a list means: one reference, or `firsts group`, `winners qf`, `league 1-8`.
    pub(super) fn places(
        &self,
        text: &str,
        builder: &Builder,
        clubs: &Clubs,
    ) -> Result<Vec<PlaceId>, String> {
        let text = text.trim();
        if self.hangs_on_a_mistake(text) {
            return Err(String::new());
        }
        let ranks = [
            ("firsts ", 0),
            ("winners ", 0),
            ("seconds ", 1),
            ("losers ", 1),
            ("thirds ", 2),
            ("fourths ", 3),
        ];
        for (word, rank) in ranks {
            let stage = text.strip_prefix(word).and_then(|key| self.find_stage(key));
            if let Some(stage) = stage {
                return Self::of_stage(stage, rank, builder, text);
            }
        }
        if let Some((key, range)) = text.rsplit_once(' ')
            && let Some((first, last)) = range.split_once('-')
            && let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>())
            && let Some(outputs) = self.outputs(key, builder)
        {
            if first < 1 || first > last || last > outputs.len() {
                return Err(format!("`{text}`: {key} has places 1 to {}", outputs.len()));
            }
            return Ok(outputs[first - 1..last].to_vec());
        }
        self.place(text, builder, clubs).map(|place| vec![place])
    }

    /// A place of this rank of every table or tie of a stage.
    fn of_stage(
        stage: StageId,
        rank: usize,
        builder: &Builder,
        text: &str,
    ) -> Result<Vec<PlaceId>, String> {
        let units = builder.units().iter().filter(|unit| {
            unit.stage == stage && matches!(unit.rules, Rules::Table(_) | Rules::Tie(_))
        });
        let places: Vec<PlaceId> = units
            .filter(|unit| rank < unit.size())
            .map(|unit| unit.output(rank))
            .collect();
        if places.is_empty() {
            return Err(format!(
                "`{text}`: the stage has no tables or ties of that many clubs"
            ));
        }
        Ok(places)
    }

    /// `W R16-1`, `L SF-2`, `W3`.
    fn winner_or_loser(&self, text: &str, builder: &Builder) -> Option<Result<PlaceId, String>> {
        let rank = match text.chars().next()? {
            'W' | 'w' => 0,
            'L' | 'l' => 1,
            _ => return None,
        };
        let rest = &text[1..];
        if let Ok(number) = rest.parse::<usize>() {
            let found = number.checked_sub(1).and_then(|at| self.last_ties.get(at));
            return Some(match found {
                Some(Some(unit)) => Ok(builder.unit_at(*unit).output(rank)),
                Some(None) => Err(String::new()),
                None => Err(format!(
                    "`{text}`: the stage of ties before this has {} ties",
                    self.last_ties.len()
                )),
            });
        }
        let key = rest.strip_prefix(' ').or_else(|| {
            let words = ["inner ", "oser "];
            words.iter().find_map(|word| rest.strip_prefix(word))
        })?;
        let unit = self.find_unit(key)?;
        let is_tie = matches!(builder.unit_at(unit).rules, Rules::Tie(_));
        is_tie.then(|| Ok(builder.unit_at(unit).output(rank)))
    }

    /// The outputs of a unit.
    fn outputs(&self, key: &str, builder: &Builder) -> Option<Vec<PlaceId>> {
        let unit = self.find_unit(key)?;
        Some(builder.unit_at(unit).outputs().collect())
    }
}

/// `1A`, `1 league`, `league 1`, `seed 3` (a unit called `seeds` may be named in the singular).
fn rank_and_key(text: &str) -> Option<(usize, String)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && digits < text.len() {
        let rank = text[..digits].parse().ok()?;
        return Some((rank, text[digits..].trim().to_owned()));
    }
    let (key, rank) = text.rsplit_once(' ')?;
    let rank = rank.parse().ok()?;
    let key = if key.eq_ignore_ascii_case("seed") {
        "seeds"
    } else {
        key
    };
    Some((rank, key.to_owned()))
}

/// `winner A`, `runner-up A`, `third A` as a rank and the key of a table.
fn rank_in_words(text: &str) -> Option<(usize, String)> {
    let (word, key) = text.split_once(' ')?;
    let rank = match word.to_lowercase().as_str() {
        "winner" | "first" => 1,
        "runner-up" | "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    };
    let key = key.trim();
    let of_group = key
        .strip_prefix("group ")
        .or_else(|| key.strip_prefix("Group "));
    Some((rank, of_group.unwrap_or(key).to_owned()))
}

fn nth(outputs: &[PlaceId], rank: usize, key: &str) -> Result<PlaceId, String> {
    let found = rank.checked_sub(1).and_then(|at| outputs.get(at));
    found
        .copied()
        .ok_or_else(|| format!("{key} has places 1 to {}, not {rank}", outputs.len()))
}

/// Whether a text is written as a place rather than as a club, if these are the keys of all units and stages.
pub(super) fn is_reference(text: &str, keys: &[String]) -> bool {
    let text = text.trim();
    let known = |key: &str| keys.iter().any(|one| one.eq_ignore_ascii_case(key.trim()));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = text.strip_prefix(['W', 'L'])
        && (is_number(rest) || rest.starts_with(' ') && known(rest))
    {
        return true;
    }
    if let Some((word, key)) = text.split_once(' ')
        && [
            "firsts", "seconds", "thirds", "fourths", "winners", "losers", "winner", "loser",
        ]
        .contains(&word)
        && known(key)
    {
        return true;
    }
    if let Some((key, range)) = text.rsplit_once(' ')
        && known(key)
        && range.split('-').all(is_number)
    {
        return true;
    }
    is_third_of(text)
        || rank_and_key(text).is_some_and(|(_, key)| known(&key))
        || rank_in_words(text).is_some_and(|(_, key)| known(&key))
        || is_meant_as_a_place(text)
}

/// The sides of a tie as it is written, with a dash or a `v` between.
pub(super) fn split_sides(text: &str) -> Vec<&str> {
    let between = [" - ", " – ", " v ", " vs "];
    let found = between.into_iter().find(|between| text.contains(between));
    let parts = text.split(found.unwrap_or(" - "));
    parts.map(str::trim).collect()
}

/// Whether a text that names no place was surely meant as one: `W QFF-1`, `1K`, `Winner 3`, `runner-up A`.
fn is_meant_as_a_place(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let is_group = |word: &str| word.len() == 1 || has_digit(word);
    match words.as_slice() {
        [one] => {
            let digits = one.bytes().take_while(u8::is_ascii_digit).count();
            let rest = one.len() - digits;
            digits == 1
                && (1..=2).contains(&rest)
                && one[digits..].bytes().all(|byte| byte.is_ascii_uppercase())
                || one.len() < 5
                    && one.starts_with(['W', 'L'])
                    && one.len() > 1
                    && one[1..].bytes().all(|byte| byte.is_ascii_digit())
        }
        [first, last] => {
            let first = first.to_lowercase();
            let meaning = [
                "w",
                "l",
                "winner",
                "winners",
                "loser",
                "losers",
                "runner-up",
                "first",
                "firsts",
                "second",
                "seconds",
                "third",
                "thirds",
                "seed",
            ];
            meaning.contains(&first.as_str()) && is_group(last)
                || first == "group" && is_group(last)
        }
        _ => false,
    }
}

/// Whether a side is a best third of some groups, such as `3ABCDF`.
pub(super) fn is_third_of(text: &str) -> bool {
    let groups = text.trim().strip_prefix('3');
    groups.is_some_and(|groups| {
        groups.len() > 1 && groups.bytes().all(|letter| letter.is_ascii_uppercase())
    })
}
