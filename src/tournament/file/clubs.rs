//! Reads the clubs, and finds a club by its code wherever a file names one.

use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::ids::ClubId;
use crate::tournament::plain_name;
use crate::tournament::{BestFinish, Club};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name, in characters: tables and pictures have no room for a longer one.
const LONGEST_NAME: usize = 100;

const KEYS: [&str; 10] = [
    "code",
    "name",
    "aliases",
    "association",
    "zone",
    "pot",
    "berth",
    "appearances",
    "last_appearance",
    "best_finish",
];

/// The clubs of a file and where each stands.
pub(super) struct Clubs {
    /// The clubs; indexed by [`ClubId`].
    pub(super) list: Vec<Club>,
    /// Where the code of each stands, or the club where it has none.
    pub(super) places: Vec<Span>,
    /// Where the pot of each stands, where it has one.
    pub(super) pots: Vec<Option<Span>>,
    /// Whether every club has a code of its own.
    pub(super) codes_sound: bool,
    /// The codes that groups name. If some club has no code of its own, one of these that is not found may be
    /// that club's, and is not reported.
    named_by_groups: BTreeSet<String>,
}

impl Clubs {
    /// Reads the `[[club]]` tables of a document.
    pub(super) fn read(document: &Table<'_>, problems: &Problems) -> Self {
        let mut clubs = Self {
            list: Vec::new(),
            places: Vec::new(),
            pots: Vec::new(),
            codes_sound: true,
            named_by_groups: BTreeSet::new(),
        };
        let named = document.texts_within("group", "clubs");
        clubs.named_by_groups = named.into_iter().map(str::to_owned).collect();
        let mut names = Names::default();
        for table in document.tables("club", "a club", &KEYS) {
            clubs.read_one(&table, &mut names, problems);
        }
        if clubs.list.is_empty() && !document.has("club") {
            problems.add(
                Diagnostic::error(document.span(), "there are no clubs")
                    .label("no `[[club]]` in this file")
                    .help("add a `[[club]]` with `code`, `name`, `association` and `best_finish` for each club"),
            );
        }
        clubs
    }

    fn read_one(&mut self, table: &Table<'_>, names: &mut Names, problems: &Problems) {
        let before = problems.count();
        let code = table.required::<String>("code", "a short code such as `code = \"TOL\"`");
        if let Some(code) = &code {
            check_code(code, problems);
            names.add(self.list.len(), code, problems);
        }
        self.codes_sound &= problems.count() == before;
        let name = table.required::<String>("name", "the club's name, such as `name = \"Toluca\"`");
        let aliases = table.list::<String>("aliases");
        for text in name.iter().chain(&aliases) {
            check_name(text, problems);
            names.add(self.list.len(), text, problems);
        }
        let association = table.required::<String>(
            "association",
            "the national association, such as `association = \"Mexico\"`",
        );
        let pot = table.optional::<String>("pot");
        for text in association.iter().chain(&pot) {
            check_name(text, problems);
        }
        let text = |key| {
            let found = table.optional::<String>(key)?;
            check_name(&found, problems);
            Some(found.value)
        };
        let appearances = table.optional::<u32>("appearances");
        if let Some(number) = appearances.as_ref().filter(|number| number.value == 0) {
            problems.add(
                Diagnostic::error(
                    number.span.clone(),
                    "a club that takes part has at least one appearance",
                )
                .help("count this edition too: write 1 for a club that never took part before"),
            );
        }
        let place = code
            .as_ref()
            .map_or_else(|| table.span(), |code| code.span.clone());
        self.places.push(place);
        self.pots.push(pot.as_ref().map(|pot| pot.span.clone()));
        self.list.push(Club {
            code: code.map(|code| code.value).unwrap_or_default(),
            name: name.map(|name| name.value).unwrap_or_default(),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            association: association.map(|found| found.value).unwrap_or_default(),
            zone: text("zone"),
            pot: pot.map(|pot| pot.value),
            berth: text("berth"),
            appearances: appearances.map(|number| number.value),
            last_appearance: text("last_appearance"),
            best_finish: best_finish(table, problems),
        });
    }

    /// The club with a code; an unknown one is reported, with the nearest there is.
    pub(super) fn find(&self, code: &Located<String>, problems: &Problems) -> Option<ClubId> {
        let found = self.list.iter().position(|club| club.code == code.value);
        if found.is_none() && !self.may_be_a_broken_code(&code.value) {
            problems.add(
                Diagnostic::error(
                    code.span.clone(),
                    format!("no club has the code `{}`", code.value),
                )
                .label("unknown club")
                .help(self.suggestion(&code.value)),
            );
        }
        found.map(ClubId::new)
    }

    /// Whether a code that no club has may belong to a club whose code is broken: any may where no group
    /// says which clubs there are.
    fn may_be_a_broken_code(&self, code: &str) -> bool {
        let possible = self.named_by_groups.is_empty() || self.named_by_groups.contains(code);
        possible && !self.codes_sound
    }

    /// The code of a club.
    pub(super) fn code(&self, id: ClubId) -> &str {
        &self.list[id.index()].code
    }

    /// Which club was probably meant.
    fn suggestion(&self, written: &str) -> String {
        let names = |club: &'_ Club| -> Vec<String> {
            [club.code.clone(), club.name.clone()]
                .into_iter()
                .chain(club.aliases.iter().cloned())
                .collect()
        };
        let all: Vec<(String, &Club)> = self
            .list
            .iter()
            .flat_map(|club| names(club).into_iter().map(move |name| (name, club)))
            .collect();
        let near = nearest(written, all.iter().map(|(name, _)| name.as_str()));
        let club = near.and_then(|near| all.iter().find(|(name, _)| name == near));
        match club {
            Some((name, club)) if name.to_lowercase() == written.to_lowercase() => {
                format!("clubs are named by their code: write `{}`", club.code)
            }
            Some((_, club)) => format!("did you mean `{}` ({})?", club.code, club.name),
            None => {
                let codes: Vec<&str> = self.list.iter().map(|club| club.code.as_str()).collect();
                format!("the codes are {}", codes.join(", "))
            }
        }
    }
}

fn best_finish(table: &Table<'_>, problems: &Problems) -> BestFinish {
    let words = BestFinish::ALL.map(BestFinish::word);
    let example = "how far the club got in earlier editions, such as `best_finish = \"none\"`";
    let Some(written) = table.required::<String>("best_finish", example) else {
        return BestFinish::None;
    };
    written.value.parse().unwrap_or_else(|()| {
        let help = match nearest(&written.value, words) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("write one of {}", words.join(", ")),
        };
        problems.add(
            Diagnostic::error(
                written.span,
                format!("`{}` is no best finish", written.value),
            )
            .help(help),
        );
        BestFinish::None
    })
}

fn check_code(code: &Located<String>, problems: &Problems) {
    let plain = code
        .value
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !plain || !(2..=4).contains(&code.value.len()) {
        problems.add(
            Diagnostic::error(code.span.clone(), format!("`{}` is no code", code.value))
                .help("a code is two to four plain capital letters or digits, so that it can be typed anywhere"),
        );
    }
}

/// A name has to be something that fits a table, and must not end or begin with a space nobody sees.
pub(super) fn check_name(name: &Located<String>, problems: &Problems) {
    if name.value.trim().is_empty() || name.value.trim() != name.value {
        problems.add(
            Diagnostic::error(
                name.span.clone(),
                "a name is empty or has a space at its end",
            )
            .help("write the name without spaces around it"),
        );
    }
    let length = name.value.chars().count();
    if length > LONGEST_NAME {
        problems.add(
            Diagnostic::error(name.span.clone(), format!("a name has {length} characters"))
                .help(format!("write at most {LONGEST_NAME}")),
        );
    }
}

/// Everything a club can be called by, so that no word means two clubs.
#[derive(Default)]
struct Names(BTreeMap<String, (usize, Span)>);

impl Names {
    /// Notes what a club (by its number in the file) is called. Saying the same name twice does no harm.
    fn add(&mut self, club: usize, name: &Located<String>, problems: &Problems) {
        let (owner, first) = self
            .0
            .entry(plain_name(&name.value))
            .or_insert_with(|| (club, name.span.clone()));
        if *owner != club {
            problems.add(
                Diagnostic::error(name.span.clone(), format!("`{}` is taken already", name.value))
                    .label("used again")
                    .related(first.clone(), "first used here")
                    .help("codes, names and aliases must each belong to one club only (case and accents make no difference): change or drop one"),
            );
        }
    }
}
