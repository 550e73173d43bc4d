//! The clubs of a file: `[clubs]`, one line a club, or whoever the stages name.

use crate::diagnostic::{Diagnostic, Located, nearest};
use crate::ids::ClubId;
use crate::tournament::file::walk::{Problems, Table};
use crate::tournament::{BestFinish, Club, plain_name};
use std::borrow::Cow;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The clubs, found by any of their names, and what the file tells of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Clubs {
    pub(super) list: Vec<Club>,
    pub(super) numbers: BTreeMap<String, Vec<Option<f64>>>,
    pub(super) words: BTreeMap<String, Vec<Option<String>>>,
    by_name: BTreeMap<String, ClubId>,
    /// Whether the file lists its clubs, so that any other name is a mistake.
    listed: bool,
    /// Whether clubs are national teams, whose association is their own name.
    pub(super) nations: bool,
}

impl Clubs {
    /// Reads `[clubs]`, if it is there.
    pub(super) fn read(document: &Table<'_>, nations: bool, problems: &Problems) -> Self {
        let mut clubs = Self {
            nations,
            ..Self::default()
        };
        let Some(table) = document.optional::<&DeTable<'_>>("clubs") else {
            return clubs;
        };
        clubs.listed = true;
        for (name, facts) in in_file_order(table.value) {
            let span = name.span();
            let mut club = clubs.blank(name.get_ref().as_ref());
            let index = clubs.list.len();
            if let Some(facts) = facts.get_ref().as_table() {
                for (key, value) in facts {
                    let value = Located::new(value.get_ref(), value.span());
                    clubs.fact(index, &mut club, key.get_ref().as_ref(), &value, problems);
                }
            } else {
                problems.add(
                    Diagnostic::error(facts.span(), format!("`{}` has to be a table", name.get_ref()))
                        .help("such as { code = \"TOL\", association = \"Mexico\" }, or {} if nothing is known"),
                );
            }
            let only_named = Club {
                code: String::new(),
                aliases: Vec::new(),
                ..club.clone()
            };
            if let Err(why) = clubs.add(club) {
                problems.add(
                    Diagnostic::error(span, why)
                        .help("give each club names, a code and aliases of its own"),
                );
                // It is there all the same, so that its name is no second mistake further down.
                let _ = clubs.add(only_named);
            }
        }
        clubs
    }

    fn blank(&self, name: &str) -> Club {
        Club {
            code: String::new(),
            name: name.to_owned(),
            aliases: Vec::new(),
            association: if self.nations {
                name.to_owned()
            } else {
                String::new()
            },
            zone: None,
            pot: None,
            berth: None,
            appearances: None,
            last_appearance: None,
            best_finish: BestFinish::None,
        }
    }

    /// Takes over one fact of a club.
    fn fact(
        &mut self,
        index: usize,
        club: &mut Club,
        key: &str,
        value: &Located<&DeValue<'_>>,
        problems: &Problems,
    ) {
        let text = value.value.as_str().map(str::to_owned);
        let number = match value.value {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let wrong = |wanted: &str| {
            problems.add(Diagnostic::error(
                value.span.clone(),
                format!("`{key}` of {} has to be {wanted}", club.name),
            ));
        };
        match (key, text, number) {
            ("code", Some(code), _) => club.code = code,
            ("association", Some(association), _) => club.association = association,
            ("zone", Some(zone), _) => club.zone = Some(zone),
            ("pot", Some(pot), _) => club.pot = Some(pot),
            ("pot", None, Some(pot)) => club.pot = Some(pot.to_string()),
            ("berth", Some(berth), _) => club.berth = Some(berth),
            ("last_appearance", Some(edition), _) => club.last_appearance = Some(edition),
            ("appearances", _, Some(number)) if number >= 0.0 => {
                club.appearances = Some(number as u32);
            }
            ("best_finish", Some(words), _) => match words.parse() {
                Ok(finish) => club.best_finish = finish,
                Err(()) => wrong(
                    "one of none, preliminary, group, quarterfinal, semifinal, runner-up, champion",
                ),
            },
            ("aliases", None, None) => match value.value.as_array() {
                Some(list) => {
                    let names = list.iter().filter_map(|name| name.get_ref().as_str());
                    club.aliases = names.map(str::to_owned).collect();
                }
                None => wrong("a list of names"),
            },
            ("code" | "association" | "zone" | "berth" | "last_appearance" | "best_finish", ..) => {
                wrong("a text in quotes");
            }
            ("appearances", ..) => wrong("a whole number"),
            (_, Some(text), _) => put(&mut self.words, key, index, text),
            (_, None, Some(number)) if number.is_finite() => {
                put(&mut self.numbers, key, index, number);
            }
            _ => wrong("a text in quotes or a number"),
        }
    }

    /// Adds a club that the stages name.
    pub(super) fn meet(&mut self, name: &str) -> Option<ClubId> {
        if let Some(known) = self.find(name) {
            return Some(known);
        }
        if self.listed {
            return None;
        }
        let club = self.blank(name);
        self.add(club).ok()
    }

    /// Adds a club; its code is made from its name if it has none.
    fn add(&mut self, mut club: Club) -> Result<ClubId, String> {
        if club.code.is_empty() {
            club.code = self.free_code(&club.name);
        }
        let id = ClubId::new(self.list.len());
        let names = club.aliases.iter().chain([&club.name, &club.code]);
        let names: Vec<String> = names.map(|name| plain_name(name)).collect();
        for name in &names {
            if let Some(other) = self.by_name.get(name).filter(|other| **other != id) {
                return Err(format!(
                    "`{name}` is a name of {} and of {}",
                    self.list[other.index()].name,
                    club.name
                ));
            }
        }
        for name in names {
            self.by_name.insert(name, id);
        }
        self.list.push(club);
        Ok(id)
    }

    /// Three letters of a name that are no other club's code.
    fn free_code(&self, name: &str) -> String {
        let letters: Vec<char> = plain_name(name)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let is_free = |code: &str| !self.by_name.contains_key(&plain_name(code));
        let start: String = letters.iter().take(2).collect();
        let thirds = letters
            .iter()
            .skip(2)
            .map(|letter| format!("{start}{letter}"));
        let numbered = (1..).map(|number| format!("{start}{number}"));
        let mut codes = thirds.chain(numbered);
        codes
            .find(|code| is_free(code))
            .expect("there are numbers enough")
    }

    /// The club with a code, name or alias.
    pub(super) fn find(&self, name: &str) -> Option<ClubId> {
        self.by_name.get(&plain_name(name)).copied()
    }

    /// The name most like one that is not there.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.list.iter().map(|club| club.name.as_str()))
    }

    /// Facts that every club has a number for.
    pub(super) fn complete_numbers(&self) -> Vec<String> {
        let all = self.list.len();
        let complete = self
            .numbers
            .iter()
            .filter(|(_, values)| values.len() == all && values.iter().all(Option::is_some));
        complete.map(|(name, _)| name.clone()).collect()
    }

    /// Makes the lists of facts as long as that of the clubs, and gives clubs without an association their own name.
    pub(super) fn finish(&mut self) {
        for values in self.numbers.values_mut() {
            values.resize(self.list.len(), None);
        }
        for values in self.words.values_mut() {
            values.resize(self.list.len(), None);
        }
    }
}

/// The entries of a table in the order in which they are written.
pub(super) fn in_file_order<'a>(
    table: &'a DeTable<'a>,
) -> Vec<(&'a Spanned<Cow<'a, str>>, &'a Spanned<DeValue<'a>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

fn put<T: Clone>(facts: &mut BTreeMap<String, Vec<Option<T>>>, key: &str, index: usize, value: T) {
    let values = facts.entry(key.to_owned()).or_default();
    values.resize(values.len().max(index + 1), None);
    values[index] = Some(value);
}
