//! Reads a what-if file: the same conditions as the options of the command line, with every mistake in its place.
//!
//! The format is described in models/README.md.

use super::Conditions;
use super::item::{ConditionError, Item, ItemError, ItemKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Span};
use crate::tournament::Tournament;
use crate::tournament::file::walk::{Problems, Table};
use crate::tournament::file::{finish, read_document};
use toml::de::{DeTable, DeValue};

/// Lists of texts by their key.
const LISTS: [(&str, ItemKind); 8] = [
    ("fixes", ItemKind::Fix),
    ("wins_group", ItemKind::WinsGroup),
    ("not_wins_group", ItemKind::NotWinsGroup),
    ("eliminate", ItemKind::Eliminate),
    ("withdraw", ItemKind::Withdraw),
    ("annul", ItemKind::Annul),
    ("neutral", ItemKind::Neutral),
    ("rules", ItemKind::Rule),
];

/// Tables from clubs to values by their key.
const TABLES: [(&str, ItemKind, &str); 3] = [
    (
        "strength",
        ItemKind::Strength,
        "a number such as -0.2, or a club in quotes",
    ),
    ("pot", ItemKind::Pot, "a pot in quotes"),
    ("best_finish", ItemKind::BestFinish, "a finish in quotes"),
];

const KEYS: [&str; 16] = [
    "format",
    "title",
    "tournament",
    "as_of",
    "fixes",
    "wins_group",
    "not_wins_group",
    "eliminate",
    "withdraw",
    "annul",
    "neutral",
    "home_advantage",
    "rules",
    "strength",
    "pot",
    "best_finish",
];

/// A what-if file as it is written: no club or match in it has been looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIfFile {
    /// What messages call the file.
    pub name: String,
    /// Its whole text, which the places below point into.
    pub text: String,
    /// What the what-if is called; the name of the file if it has no title.
    pub title: Option<String>,
    /// The tournament it was written for, if it says so.
    pub tournament: Option<Located<String>>,
    /// The moment it was written for, if it says so.
    pub as_of: Option<Located<String>>,
    /// The conditions, each with its place.
    pub items: Vec<Located<Item>>,
}

impl WhatIfFile {
    /// Reads a what-if file; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with its form.
    pub fn read(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let problems = Problems::default();
        let read = |document: &Table<'_>, problems: &Problems| {
            Some(Self {
                name: name.to_owned(),
                text: text.to_owned(),
                title: document.optional("title").map(|title| title.value),
                tournament: document.optional("tournament"),
                as_of: document.optional("as_of"),
                items: items(document, problems),
            })
        };
        let found = read_document(text, &KEYS, &problems, read);
        finish(name, text, found, problems).map(|(file, _)| file)
    }

    /// The conditions it sets for a tournament.
    ///
    /// # Errors
    /// Every condition that cannot be understood or cannot be, in its place.
    pub fn conditions(&self, tournament: &Tournament) -> Result<Conditions, Diagnostics> {
        let items: Vec<Item> = self.items.iter().map(|item| item.value.clone()).collect();
        Conditions::read(&items, tournament).map_err(|errors| self.mistakes(&errors, 0))
    }

    /// Mistakes in items of this file, of which the first has the number `first` in the list that was read.
    ///
    /// # Panics
    /// If there are none, or if one belongs to no item of this file.
    pub fn mistakes(&self, errors: &[ItemError], first: usize) -> Diagnostics {
        let list = errors.iter().map(|error| {
            let span = self.items[error.item - first].span.clone();
            mistake(span, &error.error)
        });
        Diagnostics::new(&self.name, &self.text, list.collect()).expect("at least one mistake")
    }

    /// One mistake at a place of this file.
    ///
    /// # Panics
    /// Never: one mistake is at least one.
    pub fn mistake(&self, span: Span, message: impl Into<String>, help: &str) -> Diagnostics {
        let found = Diagnostic::error(span, message).help(help);
        Diagnostics::new(&self.name, &self.text, vec![found]).expect("one mistake")
    }
}

/// A message as a fact and, behind the semicolon, a way out.
fn mistake(span: Span, error: &ConditionError) -> Diagnostic {
    let message = error.to_string();
    match message.rsplit_once("; ") {
        Some((fact, way_out)) => Diagnostic::error(span, fact).help(way_out),
        None => Diagnostic::error(span, message),
    }
}

/// Every condition of the document, in the order of the file.
fn items(document: &Table<'_>, problems: &Problems) -> Vec<Located<Item>> {
    let mut items = Vec::new();
    for (key, kind) in LISTS {
        let list = document.list::<String>(key).into_iter();
        items.extend(list.map(|text| text.map(|text| Item { kind, text })));
    }
    for (key, kind, wanted) in TABLES {
        let Some(table) = document.optional::<&DeTable<'_>>(key) else {
            continue;
        };
        for (club, value) in table.value {
            let written = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Float(number) if kind == ItemKind::Strength => number.as_str().to_owned(),
                DeValue::Integer(number) if kind == ItemKind::Strength => {
                    number.as_str().to_owned()
                }
                _ => {
                    let message = format!("`{}` has to be {wanted}", club.get_ref());
                    problems.add(Diagnostic::error(value.span(), message));
                    continue;
                }
            };
            let text = format!("{}={written}", club.get_ref());
            items.push(Located::new(
                Item { kind, text },
                club.span().start..value.span().end,
            ));
        }
    }
    if let Some(home) = document.optional::<bool>("home_advantage")
        && !home.value
    {
        items.push(home.map(|_| Item {
            kind: ItemKind::NoHomeAdvantage,
            text: "home_advantage = false".to_owned(),
        }));
    }
    items.sort_by_key(|item| item.span.start);
    items
}
