//! Reads a what-if file: the same conditions as the options of the command line, with every mistake in its place.
//!
//! The format is described in models/README.md.

use super::item::{ConditionError, Item, ItemError, ItemKind};
use super::{Conditions, WhatIf};
use crate::cup::Cup;
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Span};
use crate::text_file::Wanted;
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
        let found = read_document(text, Wanted::WhatIf, 1, &KEYS, &problems, read);
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

    /// The same for a cup of format 2.
    ///
    /// # Errors
    /// Every condition that cannot be understood or cannot be, in its place.
    pub fn what_if(&self, known: &Cup) -> Result<WhatIf, Diagnostics> {
        let items: Vec<Item> = self.items.iter().map(|item| item.value.clone()).collect();
        WhatIf::read(&items, known).map_err(|errors| self.mistakes(&errors, 0))
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

#[cfg(test)]
mod tests {
    use super::super::ItemKind as Kind;
    use super::*;
    use crate::tournament::{Moment, bundled};

    fn as_of(moment: &str) -> Tournament {
        let full = bundled::open("ccl-2013-14").expect("a bundled tournament");
        full.as_of(Moment::parse(moment, &full).expect("a moment"))
    }

    #[test]
    fn a_file_says_what_the_options_say() {
        let text = "\
format = 1
title = \"a long list\"
tournament = \"ccl-2013-14\"
as_of = \"md4\"
fixes = [\"TOL-COM 0-3\"]
wins_group = [\"LA\"]
not_wins_group = [\"HOU\"]
eliminate = [\"VAL\"]
withdraw = [\"OLI\"]
annul = [\"CAL\"]
neutral = [\"final\"]
home_advantage = false
rules = [\"no-away-goals\"]

[strength]
TOL = -0.2
\"Cruz Azul\" = \"Tijuana\"
TIJ = 1

[pot]
TIJ = \"C\"

[best_finish]
TIJ = \"champion\"
";
        let file = WhatIfFile::read("long.toml", text).expect("a good file");
        assert_eq!(file.title.as_deref(), Some("a long list"));
        let tournament = as_of("md4");
        let items = [
            (Kind::Fix, "TOL-COM 0-3"),
            (Kind::WinsGroup, "LA"),
            (Kind::NotWinsGroup, "HOU"),
            (Kind::Eliminate, "VAL"),
            (Kind::Withdraw, "OLI"),
            (Kind::Annul, "CAL"),
            (Kind::Neutral, "final"),
            (Kind::NoHomeAdvantage, ""),
            (Kind::Rule, "no-away-goals"),
            (Kind::Strength, "TOL=-0.2"),
            (Kind::Strength, "CA=TIJ"),
            (Kind::Strength, "TIJ=1"),
            (Kind::Pot, "TIJ=C"),
            (Kind::BestFinish, "TIJ=champion"),
        ]
        .map(|(kind, text)| Item {
            kind,
            text: text.to_owned(),
        });
        assert_eq!(
            file.conditions(&tournament),
            Ok(Conditions::read(&items, &tournament).expect("good items"))
        );
    }

    #[test]
    fn every_mistake_in_a_file_is_shown_in_its_place() {
        let text = "\
format = 1
as_of = 4
fixes = [\"TOL-COM\", 7]
wins_grup = [\"LA\"]
home_advantage = \"no\"

[strength]
TOL = true
";
        let mistakes = WhatIfFile::read("bad.toml", text).expect_err("a bad file");
        let expected = "\
error: `as_of` has to be a text in quotes
 --> bad.toml:2:9
  |
2 | as_of = 4
  |         ^ this is a number

error: `fixes[...]` has to be a text in quotes
 --> bad.toml:3:21
  |
3 | fixes = [\"TOL-COM\", 7]
  |                     ^ this is a number

error: the file has no key `wins_grup`
 --> bad.toml:4:1
  |
4 | wins_grup = [\"LA\"]
  | ^^^^^^^^^ unknown key
  |
  = help: did you mean `wins_group`?

error: `home_advantage` has to be true or false, without quotes
 --> bad.toml:5:18
  |
5 | home_advantage = \"no\"
  |                  ^^^^ this is a text

error: `TOL` has to be a number such as -0.2, or a club in quotes
 --> bad.toml:8:7
  |
8 | TOL = true
  |       ^^^^
";
        assert_eq!(mistakes.to_string(), expected);
    }

    #[test]
    fn every_condition_of_a_file_that_cannot_be_is_shown_in_its_place() {
        let text = "\
format = 1
fixes = [\"TOL-COM 0-3\", \"TOL-XYZ 1-0\"]
withdraw = [\"TOL\", \"Toluca\"]
rules = [\"no-away-goal\"]

[strength]
TOL = -0.2
\"Real Madrid\" = 0.5
";
        let file = WhatIfFile::read("bad.toml", text).expect("good in form");
        let mistakes = file.conditions(&as_of("md4")).expect_err("bad conditions");
        let expected = "\
error: in `TOL-XYZ 1-0`: no club is called `XYZ`
 --> bad.toml:2:25
  |
2 | fixes = [\"TOL-COM 0-3\", \"TOL-XYZ 1-0\"]
  |                         ^^^^^^^^^^^^^
  |
  = help: did you mean Tijuana (TIJ), Houston Dynamo (HOU) or Cruz Azul (CA)?

error: `Toluca` is about Toluca, which is out already
 --> bad.toml:3:20
  |
3 | withdraw = [\"TOL\", \"Toluca\"]
  |                    ^^^^^^^^
  |
  = help: leave one of the two out

error: `no-away-goal` is no rule that can be changed
 --> bad.toml:4:10
  |
4 | rules = [\"no-away-goal\"]
  |          ^^^^^^^^^^^^^^
  |
  = help: did you mean `no-away-goals`?

error: no club is called `Real Madrid`
 --> bad.toml:8:1
  |
8 | \"Real Madrid\" = 0.5
  | ^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean Alajuelense (ALA), Real Estelí (EST) or América (AME)?
";
        assert_eq!(mistakes.to_string(), expected);
    }
}
