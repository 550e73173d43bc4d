//! Reads a tournament, or a past edition, from TOML, with every mistake reported at once and in place.
//!
//! Reading goes from the ground up (clubs, rules, groups, rounds, schedule), and what depends on a part with
//! mistakes in it is not judged: one mistake gives one message. The format is described in models/README.md.

mod clubs;
mod deductions;
mod entry;
mod groups;
mod history;
mod legs;
mod planned;
mod rounds;
mod rules;
mod schedule;
mod shape;
#[cfg(test)]
mod tests;
mod tie_end;
pub(crate) mod walk;

use super::{Edition, Goals, Tournament};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Span};
use crate::ids::{ClubId, FixtureId, TieId};
use crate::text_file::{Kind, Wanted};
use clubs::Clubs;
use groups::Groups;
use rounds::Rounds;
use schedule::{Context, Schedule};
use toml::de::DeTable;
use walk::{Problems, Table};

/// The number of the format this program reads.
const FORMAT: u32 = 1;

/// The most characters of a tournament's short name.
const MOST_OF_ID: usize = 60;

const KEYS: [&str; 10] = [
    "format",
    "tournament",
    "rules",
    "draw",
    "round",
    "club",
    "group",
    "schedule",
    "deduction",
    "history",
];

/// A tournament that was read, where its matches stand in the file, and what is odd about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What messages call the file.
    pub name: String,
    /// The text of the file, which the places below point into.
    pub text: String,
    /// The tournament.
    pub tournament: Tournament,
    /// Where its matches stand.
    pub sources: Sources,
    /// Warnings; `None` if there are none.
    pub warnings: Option<Diagnostics>,
}

/// Where the matches of a tournament stand in its file, for messages about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    history: Vec<Span>,
    clubs: Vec<Span>,
    fixtures: Vec<Span>,
    legs: Vec<Vec<Option<Span>>>,
}

impl Sources {
    /// Where each earlier edition is named, in the order of `Tournament::history`.
    pub fn history(&self) -> &[Span] {
        &self.history
    }

    /// Where a club stands.
    pub fn club(&self, id: ClubId) -> Span {
        self.clubs[id.index()].clone()
    }

    /// Where a group match stands.
    pub fn fixture(&self, id: FixtureId) -> Span {
        self.fixtures[id.index()].clone()
    }

    /// Where a leg of a tie (counted from 1) stands, if the file has a line for it.
    pub fn leg(&self, tie: TieId, leg: u8) -> Option<Span> {
        let index = usize::from(leg).checked_sub(1)?;
        self.legs.get(tie.index())?.get(index)?.clone()
    }
}

/// Reads a tournament; `name` is what messages call the file.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read(name: &str, text: &str) -> Result<Tournament, Diagnostics> {
    read_with_sources(name, text).map(|reading| reading.tournament)
}

/// Reads a tournament with the places of its matches and with warnings.
///
/// # Errors
/// Everything that is wrong with the file, warnings included.
pub fn read_with_sources(name: &str, text: &str) -> Result<Reading, Diagnostics> {
    Draft::read(name, text).finish(Vec::new())
}

/// A tournament file as far as it could be read, with the mistakes found so far: what a later check finds joins them,
/// so that all are told at once.
#[derive(Debug)]
pub struct Draft {
    name: String,
    text: String,
    found: Option<(Tournament, Sources)>,
    /// Whether rules, groups, rounds and schedule are free of mistakes, whatever else is wrong.
    results_sound: bool,
    problems: Problems,
}

impl Draft {
    /// Reads a tournament; `name` is what messages call the file.
    pub fn read(name: &str, text: &str) -> Self {
        let problems = Problems::default();
        let mut results_sound = false;
        let found = read_document(
            text,
            Wanted::Tournament,
            FORMAT,
            &KEYS,
            &problems,
            |document, problems| read_tournament(document, problems, &mut results_sound),
        );
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            found,
            results_sound,
            problems,
        }
    }

    /// The tournament, whatever is wrong with it, and where its parts stand.
    pub fn found(&self) -> Option<(&Tournament, &Sources)> {
        let found = self.found.as_ref();
        found.map(|(tournament, sources)| (tournament, sources))
    }

    /// The tournament and where its matches stand, if its results can be judged whatever else is wrong.
    pub fn with_results(&self) -> Option<(&Tournament, &Sources)> {
        self.found().filter(|_| self.results_sound)
    }

    /// Whether nothing is wrong with the file so far.
    pub fn is_sound(&self) -> bool {
        self.found.is_some() && self.problems.errors() == 0
    }

    /// The tournament, if neither reading nor a later check found a mistake.
    ///
    /// # Errors
    /// Everything that is wrong with the file, warnings included.
    pub fn finish(self, found_later: Vec<Diagnostic>) -> Result<Reading, Diagnostics> {
        for problem in found_later {
            self.problems.add(problem);
        }
        let found = finish(&self.name, &self.text, self.found, self.problems);
        found.map(|((tournament, sources), warnings)| Reading {
            name: self.name,
            text: self.text,
            tournament,
            sources,
            warnings,
        })
    }
}

/// Reads a past edition, in the history form.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_edition(name: &str, text: &str) -> Result<Edition, Diagnostics> {
    let problems = Problems::default();
    let found = read_document(
        text,
        Wanted::PastEdition,
        FORMAT,
        &history::KEYS,
        &problems,
        history::read,
    );
    finish(name, text, found, problems).map(|(edition, _)| edition)
}

/// Whether a file is a past edition in the history form rather than a tournament.
pub fn is_edition(text: &str) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    let has = |key| document.get_ref().contains_key(key);
    has("history") && !has("tournament")
}

/// Parses the text and hands the document on; a text that is not TOML, or is meant for something else, goes no further.
pub(crate) fn read_document<T>(
    text: &str,
    wanted: Wanted,
    format: u32,
    keys: &[&str],
    problems: &Problems,
    read: impl FnOnce(&Table<'_>, &Problems) -> Option<T>,
) -> Option<T> {
    if let Some(kind) = Kind::of_text(text, wanted) {
        problems.add(something_else(kind, wanted, text));
        return None;
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        problems.add(syntax_error(error, text));
    }
    // A date that is no day is a mistake like any other; after any other error the text may mean anything.
    if !errors.iter().all(is_impossible_day) {
        return None;
    }
    let has = |key: &str| document.get_ref().contains_key(key);
    if let Some(kind) = Kind::of_keys(has, wanted) {
        problems.add(something_else(kind, wanted, text));
        return None;
    }
    let whole = Located::new(document.get_ref(), 0..0);
    let table = Table::open(&whole, "the file", keys, problems);
    check_format(&table, format, problems).then(|| read(&table, problems))?
}

/// A text that is plainly something else than what was wanted: its first line, what it is, and what to do.
pub(crate) fn something_else(kind: Kind, wanted: Wanted, text: &str) -> Diagnostic {
    let mut start = 0;
    let says_nothing = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    for line in text.split_inclusive('\n').take_while(says_nothing) {
        start += line.len();
    }
    let message = match kind {
        Kind::Empty => format!("this file is empty, not {wanted}"),
        kind => format!("this is {kind}, not {wanted}"),
    };
    Diagnostic::error(start..text.len(), message).help(kind.help(wanted))
}

/// How the TOML parser begins what it says of a date that is no day.
const IMPOSSIBLE_DAY: &str = "invalid date, ";

fn is_impossible_day(error: &toml::de::Error) -> bool {
    error.message().starts_with(IMPOSSIBLE_DAY)
}

/// What the TOML parser did not understand.
fn syntax_error(error: &toml::de::Error, text: &str) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let written = text.get(span.clone()).unwrap_or_default();
    if written.parse::<Goals>().is_ok() {
        return Diagnostic::error(span, "a score has to be a text in quotes")
            .help(format!("write \"{written}\""));
    }
    match error.message().strip_prefix(IMPOSSIBLE_DAY) {
        Some(why) => Diagnostic::error(span, "there is no such day")
            .label(why)
            .help("write year, month and day, such as 2013-08-06"),
        None => Diagnostic::error(span, format!("this is not TOML: {}", error.message())).help(
            "texts stand in quotes, dates and numbers do not; see models/README.md for examples",
        ),
    }
}

/// Whether the file is of the format this program knows. If it is of another, nothing else is said about it.
fn check_format(document: &Table<'_>, wanted: u32, problems: &Problems) -> bool {
    let Some(format) =
        document.required::<u32>("format", &format!("`format = {wanted}` as the first line"))
    else {
        return true;
    };
    if format.value == wanted {
        return true;
    }
    problems.add(if format.value > FORMAT {
        Diagnostic::error(
            format.span,
            format!("format {} was written for a newer cupcast", format.value),
        )
        .help(format!("this one reads format {FORMAT}: get the newer one"))
    } else {
        Diagnostic::error(format.span, "there is no format 0")
            .help(format!("write `format = {FORMAT}`"))
    });
    false
}

/// Either what was read, with warnings, or everything that was wrong.
pub(crate) fn finish<T>(
    name: &str,
    text: &str,
    found: Option<T>,
    problems: Problems,
) -> Result<(T, Option<Diagnostics>), Diagnostics> {
    let diagnostics = Diagnostics::new(name, text, problems.into_list());
    match (found, diagnostics) {
        (Some(found), None) => Ok((found, None)),
        (Some(found), Some(warnings)) if !warnings.has_errors() => Ok((found, Some(warnings))),
        (_, Some(errors)) => Err(errors),
        (None, None) => unreachable!("what cannot be read is always reported"),
    }
}

/// Names of an edition: the part that tournaments and past editions share.
struct Heading {
    id: String,
    competition: String,
    edition: String,
}

impl Heading {
    fn read(table: &Table<'_>, problems: &Problems) -> Option<Self> {
        let id = table.required::<String>("id", "a short name such as `id = \"ccl-2014-15\"`");
        let competition = table.required::<String>("competition", "`competition = \"...\"`");
        let edition =
            table.required::<String>("edition", "the edition, such as `edition = \"2014-15\"`");
        for name in competition.iter().chain(&edition) {
            clubs::check_name(name, problems);
        }
        let id = id?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.value.is_empty() || id.value.len() > MOST_OF_ID || !id.value.bytes().all(plain) {
            problems.add(
                Diagnostic::error(id.span, format!("`{}` cannot be a short name", id.value))
                    .help("use small plain letters, digits and dashes, such as \"ccl-2014-15\", and at most 60 of them"),
            );
        }
        Some(Self {
            id: id.value,
            competition: competition?.value,
            edition: edition?.value,
        })
    }
}

/// Reads a whole document; `results_sound` becomes whether its results can be judged.
fn read_tournament(
    document: &Table<'_>,
    problems: &Problems,
    results_sound: &mut bool,
) -> Option<(Tournament, Sources)> {
    let heading_keys = ["id", "competition", "edition", "history", "pots_comparable"];
    let table = document.table("tournament", "[tournament]", &heading_keys);
    if !document.has("tournament") {
        let is_past = document.has("history");
        let help = if is_past {
            "this is a past edition: it can be the `history` of a tournament, but not be forecast"
        } else {
            "add `[tournament]` with id, competition and edition"
        };
        problems.add(
            Diagnostic::error(document.span(), "there is no tournament")
                .label("no `[tournament]` in this file")
                .help(help),
        );
        if is_past {
            return None;
        }
    } else if document.has("history") {
        problems.add(
            Diagnostic::error(
                document.place_of("history"),
                "`[history]` heads a past edition, not a tournament",
            )
            .help("write earlier editions as `history = [...]` in `[tournament]`"),
        );
    }
    let heading = table
        .as_ref()
        .and_then(|table| Heading::read(table, problems));
    if let Some(table) = table.as_ref().filter(|table| table.has("pots_comparable")) {
        problems.add(
            Diagnostic::error(
                table.place_of("pots_comparable"),
                "the pots of a tournament are those of `[draw]`",
            )
            .help("write `pots_comparable` in `[draw]`"),
        );
    }
    let history = table
        .iter()
        .flat_map(|table| table.list::<String>("history"));
    let (history, history_places) = history.map(|name| (name.value, name.span)).unzip();
    let clubs = Clubs::read(document, problems);
    let before_rules = problems.errors();
    let rules = rules::read(document, problems);
    let rules_sound = problems.errors() == before_rules;
    let before = problems.count();
    let draw = rules::read_draw(document, &clubs, problems);
    let draw_sound = problems.count() == before;
    let pots_sound = draw_sound
        && (draw.as_ref()).is_some_and(|draw| groups::check_pots(&draw.value, &clubs, problems));
    let groups = match &draw {
        Some(draw) if draw.value.pending && pots_sound => Groups::stand_in(draw, &clubs, problems),
        Some(draw) if draw.value.pending => Groups::none(),
        _ => Groups::read(document, &clubs, problems),
    };
    if let (Some(draw), true) = (&draw, pots_sound && document.has("group")) {
        groups::check_draw(draw, &clubs, &groups, problems);
    }
    let qualified = groups.sound.then_some(groups.list.len());
    let before_rounds = problems.errors();
    let rounds = Rounds::read(document, qualified, problems);
    let context = Context {
        clubs: &clubs,
        groups: &groups,
        rounds: &rounds,
        pending: draw.as_ref().is_some_and(|draw| draw.value.pending),
        draw_date: draw.as_ref().and_then(|draw| draw.value.date),
        problems,
    };
    let schedule = Schedule::read(document, &context);
    let (bracket, legs) = legs::fill(&schedule, &context);
    let deductions = deductions::read(document, &clubs, problems);
    let rest_sound = groups.sound && problems.errors() == before_rounds;
    *results_sound = rules_sound && rest_sound;
    let heading = heading?;
    let sources = Sources {
        history: history_places,
        clubs: clubs.places,
        fixtures: schedule.places,
        legs,
    };
    let tournament = Tournament {
        id: heading.id,
        competition: heading.competition,
        edition: heading.edition,
        clubs: clubs.list,
        groups: groups.list,
        fixtures: schedule.fixtures,
        bracket,
        rules: rules?,
        draw: draw.map(|draw| draw.value),
        lots: schedule.lots,
        deductions,
        history,
    };
    Some((tournament, sources))
}
