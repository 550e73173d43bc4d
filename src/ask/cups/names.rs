//! The names that a format itself has: stages, tables, milestones, associations.

use crate::ask::cursor::{Parsed, Parser, fail};
use crate::ask::words::words;
use crate::cup::Cup;
use crate::diagnostic::nearest;
use crate::format::Rules;
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::tournament::{either, plain_name};

/// Words of a question about a cup that mean nothing; `a` may be the name of a group.
pub(super) const FILLERS: [&str; 6] = ["the", "is", "are", "its", "their", "be"];

/// The words of a name as a question has them.
fn as_words(name: &str) -> Vec<String> {
    let words = words(name, &FILLERS).into_iter();
    words.map(|word| word.value).collect()
}

impl Parser<'_, Cup> {
    /// Goes past a name, if it comes next.
    pub(super) fn take_name(&mut self, name: &str) -> bool {
        let name = as_words(name);
        let rest = &self.words[self.next..];
        let fits = !name.is_empty()
            && rest.len() >= name.len()
            && rest
                .iter()
                .zip(&name)
                .enumerate()
                .all(|(number, (word, wanted))| {
                    let plural = number + 1 == name.len() && word.value == format!("{wanted}s");
                    word.value == *wanted || plural
                });
        if fits {
            self.next += name.len();
        }
        fits
    }

    /// A stage by its name or key, the longest name first.
    pub(super) fn take_stage(&mut self) -> Option<StageId> {
        let format = self.language.format();
        let mut names: Vec<(String, StageId)> = format
            .stage_ids()
            .filter(|id| format.stage(*id).shown)
            .flat_map(|id| {
                let stage = format.stage(id);
                [(stage.name.clone(), id), (stage.key.clone(), id)]
            })
            .collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(as_words(name).len()));
        let found = names.into_iter().find(|(name, _)| self.take_name(name));
        found.map(|(_, stage)| stage)
    }

    /// A stage, which has to come next.
    pub(super) fn stage(&mut self) -> Parsed<StageId> {
        match self.take_stage() {
            Some(stage) => Ok(stage),
            None => self.no_name("a stage should stand here", &self.stage_names()),
        }
    }

    pub(super) fn stage_names(&self) -> Vec<String> {
        let stages = self.language.format().stages().iter();
        let shown = stages.filter(|stage| stage.shown);
        shown.map(|stage| stage.name.clone()).collect()
    }

    /// Says that a name was expected, and which there are.
    pub(super) fn no_name<T>(&self, fact: &str, names: &[String]) -> Parsed<T> {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let near = self
            .peek()
            .and_then(|word| nearest(word, names.iter().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean `{near}`? write {}", either(&quoted)),
            None => format!("write {}", either(&quoted)),
        };
        fail(self.here(), fact, &help)
    }

    /// A milestone by what it is in words, such as `is relegated`, or by its key; its places.
    pub(super) fn take_milestone(&mut self, by_words: bool) -> Option<Vec<PlaceId>> {
        let cup = self.language;
        let mut milestones: Vec<_> = cup.format().milestones().iter().collect();
        milestones.sort_by_key(|one| std::cmp::Reverse(as_words(&one.words).len()));
        let found = milestones.into_iter().find(|milestone| {
            by_words && self.take_name(&milestone.words) || self.take_name(&milestone.key)
        });
        found.map(|milestone| milestone.places.clone())
    }

    /// A milestone with this key.
    pub(super) fn milestone(&self, key: &str) -> Option<Vec<PlaceId>> {
        let mut milestones = self.language.format().milestones().iter();
        let found = milestones.find(|milestone| milestone.key == key);
        found.map(|milestone| milestone.places.clone())
    }

    /// The tables or orders that are named next: `group F`, `its group`, a stage; without a name the first tables.
    pub(super) fn tables(&mut self) -> Parsed<Vec<UnitId>> {
        let format = self.language.format();
        let is_table = |id: &UnitId| matches!(format.unit(*id).rules, Rules::Table(_));
        let named = self.take(&["in", "of"]);
        let back = self.next;
        let unit = format.unit_ids().find(|id| {
            let unit = format.unit(*id);
            let ranks = matches!(unit.rules, Rules::Table(_) | Rules::Order(_));
            let grouped = format!("group {}", unit.key);
            ranks && (self.take_name(&unit.name) || self.take_name(&grouped))
        });
        if let Some(unit) = unit {
            return Ok(vec![unit]);
        }
        let first = format.unit_ids().find(is_table);
        let first = first.map(|id| format.unit(id).stage);
        let stage = if self.take(&["group", "table", "groups"]) {
            if self.peek().is_some_and(|word| word.chars().count() <= 2)
                && !self.peek().is_some_and(|word| ["or", "("].contains(&word))
            {
                let names = format.unit_ids().filter(is_table);
                let names: Vec<String> = names.map(|id| format.unit(id).name.clone()).collect();
                return self.no_name("no group is called so", &names);
            }
            first
        } else if named {
            self.next = back;
            Some(self.stage()?)
        } else {
            first
        };
        let ranks =
            |id: &UnitId| matches!(format.unit(*id).rules, Rules::Table(_) | Rules::Order(_));
        let units: Vec<UnitId> = stage
            .into_iter()
            .flat_map(|stage| format.units_of(stage).map(|(id, _)| id))
            .filter(ranks)
            .collect();
        if units.is_empty() {
            let help = "places are those of a table or an order, such as a group or the seeds";
            return fail(self.here(), "there is no table to be ranked in", help);
        }
        Ok(units)
    }

    /// Every place where clubs enter a stage.
    pub(super) fn entrants(&self, stage: StageId) -> Vec<PlaceId> {
        let units = self.language.format().units_of(stage);
        units.flat_map(|(_, unit)| unit.entrants.clone()).collect()
    }

    /// The ties of a stage, or of all.
    pub(super) fn ties(&self, stage: Option<StageId>) -> Vec<UnitId> {
        let format = self.language.format();
        let ties = format.unit_ids().filter(|id| {
            let unit = format.unit(*id);
            matches!(unit.rules, Rules::Tie(_)) && stage.is_none_or(|stage| stage == unit.stage)
        });
        ties.collect()
    }

    /// The clubs of an association, a confederation, a conference or whatever the file tells of clubs in words.
    pub(super) fn take_association(&mut self) -> Option<Vec<ClubId>> {
        let cup = self.language;
        let kinds = ["association", "zone"].into_iter();
        let kinds = kinds.chain(cup.words.keys().map(String::as_str));
        let mut names: Vec<(String, Vec<ClubId>)> = Vec::new();
        for kind in kinds {
            for club in cup.club_ids() {
                let Some(word) = cup.word(kind, club) else {
                    continue;
                };
                let word = plain_name(word);
                match names.iter_mut().find(|(name, _)| *name == word) {
                    Some((_, clubs)) if !clubs.contains(&club) => clubs.push(club),
                    Some(_) => {}
                    None => names.push((word, vec![club])),
                }
            }
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(as_words(name).len()));
        let found = names.into_iter().find(|(name, _)| self.take_name(name));
        found.map(|(_, clubs)| clubs)
    }

    pub(super) fn associations(&self) -> Vec<String> {
        let clubs = self.language.clubs().iter();
        let mut names: Vec<String> = clubs.map(|club| club.association.clone()).collect();
        names.sort();
        names.dedup();
        names.retain(|name| !name.is_empty());
        names
    }
}
