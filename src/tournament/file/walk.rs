//! Walks a parsed TOML document: takes values out by key and type, and notes every mistake on the way.

use super::planned;
use crate::diagnostic::{Diagnostic, Located, Severity, Span, nearest};
use crate::visible;
use jiff::civil::Date;
use std::cell::{Cell, RefCell};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The most clubs, groups, matches and so on that are read: ids stay small, and no cup has as many.
const MOST_TABLES: usize = 2_000;

/// The longest text that is read, in characters: no name or path is longer.
const MOST_CHARACTERS: usize = 1_000;

/// The mistakes found so far. It is shared by everything that reads one file, so that reading can go on.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    /// Places that were found to be wrong and had been noted before, when the text was parsed.
    again: Cell<usize>,
}

impl Problems {
    /// Notes a mistake.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        self.list.borrow_mut().push(diagnostic);
    }

    /// Meets a mistake that was noted when the text was parsed: it counts, but is not told twice.
    fn meet_again(&self) {
        self.again.set(self.again.get() + 1);
    }

    /// How often something was found to be wrong so far.
    pub(crate) fn count(&self) -> usize {
        self.list.borrow().len() + self.again.get()
    }

    /// How often something was found to be wrong so far, warnings left out.
    pub(crate) fn errors(&self) -> usize {
        let list = self.list.borrow();
        let errors = list
            .iter()
            .filter(|noted| noted.severity == Severity::Error);
        errors.count() + self.again.get()
    }

    /// All of them.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_inner()
    }
}

/// A table of the document: takes out values by key. The keys it may have are given when it is opened, so
/// that any other key is reported.
#[derive(Debug, Clone)]
pub(crate) struct Table<'a> {
    /// The keys and values.
    entries: &'a DeTable<'a>,
    /// What the table is, with its article, as messages call it.
    what: &'static str,
    /// Where the table begins.
    span: Span,
    problems: &'a Problems,
}

/// A type that a TOML value can be read as.
pub(crate) trait Readable<'a>: Sized {
    /// What has to be written, such as `a text in quotes`.
    const WANTED: &'static str;

    /// The value, or `None` if it is of another type.
    fn from_toml(value: &'a DeValue<'a>) -> Option<Self>;
}

impl<'a> Readable<'a> for String {
    const WANTED: &'static str = "a text in quotes";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<'a> Readable<'a> for f64 {
    const WANTED: &'static str = "a number, without quotes";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        let written = match value {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return None,
        };
        let number = written.replace('_', "").parse::<Self>().ok()?;
        number.is_finite().then_some(number)
    }
}

impl<'a> Readable<'a> for bool {
    const WANTED: &'static str = "true or false, without quotes";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        value.as_bool()
    }
}

impl<'a> Readable<'a> for u32 {
    const WANTED: &'static str = "a whole number from 0 on, without quotes";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        let number = value.as_integer()?;
        Self::from_str_radix(number.as_str(), number.radix()).ok()
    }
}

impl<'a> Readable<'a> for u8 {
    const WANTED: &'static str = "a whole number from 0 to 255, without quotes";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        u32::from_toml(value)?.try_into().ok()
    }
}

impl<'a> Readable<'a> for Date {
    const WANTED: &'static str = "a date such as 2013-08-06, without quotes and without a time";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        let written = value.as_datetime()?;
        let date = written.date?;
        if written.time.is_some() || written.offset.is_some() {
            return None;
        }
        let year = i16::try_from(date.year).ok()?;
        Self::new(
            year,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok()
    }
}

impl<'a> Readable<'a> for &'a DeTable<'a> {
    const WANTED: &'static str = "a table of keys and values, such as { key = \"value\" }";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        value.as_table()
    }
}

impl<'a> Readable<'a> for &'a DeArray<'a> {
    const WANTED: &'static str = "a list in square brackets";

    fn from_toml(value: &'a DeValue<'a>) -> Option<Self> {
        value.as_array()
    }
}

/// Reads one value, noting it if it is of another type.
fn read<'a, T: Readable<'a>>(
    problems: &Problems,
    name: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Option<Located<T>> {
    let found = T::from_toml(value.get_ref());
    if is_impossible_day(value.get_ref()) {
        problems.meet_again();
    } else if found.is_none() {
        problems.add(
            Diagnostic::error(value.span(), format!("`{name}` has to be {}", T::WANTED))
                .label(format!("this is {}", kind(value.get_ref()))),
        );
    }
    if found.is_some()
        && let Some(problem) = value
            .get_ref()
            .as_str()
            .and_then(|text| unfit(name, text, value.span()))
    {
        problems.add(problem);
        return None;
    }
    found.map(|found| Located::new(found, value.span()))
}

/// What is wrong with a text whatever it is for: it has to be one that can be seen, printed and typed again.
fn unfit(name: &str, text: &str, span: Span) -> Option<Diagnostic> {
    if let Some(hidden) = text
        .chars()
        .find(|character| visible::is_hidden(*character))
    {
        let message = format!("`{name}` holds a character that cannot be seen");
        let problem = Diagnostic::error(span, message)
            .label(format!("U+{:04X} is in this text", u32::from(hidden)))
            .help("write it in one line, without control characters and marks of the direction of writing");
        return Some(problem);
    }
    let length = text.chars().count();
    (length > MOST_CHARACTERS).then(|| {
        Diagnostic::error(span, format!("`{name}` has {length} characters"))
            .help(format!("write at most {MOST_CHARACTERS}"))
    })
}

/// What is wrong with the texts of a document, wherever in it they stand.
pub(crate) fn unfit_texts(table: &DeTable<'_>) -> Vec<Diagnostic> {
    let found = table
        .iter()
        .flat_map(|(key, value)| unfit_within(key.get_ref(), value));
    found.collect()
}

fn unfit_within(name: &str, value: &Spanned<DeValue<'_>>) -> Vec<Diagnostic> {
    match value.get_ref() {
        DeValue::String(text) => unfit(name, text, value.span()).into_iter().collect(),
        DeValue::Array(items) => items
            .iter()
            .flat_map(|item| unfit_within(name, item))
            .collect(),
        DeValue::Table(table) => unfit_texts(table),
        _ => Vec::new(),
    }
}

/// Whether a value is what the parser leaves of a date that is no day.
fn is_impossible_day(value: &DeValue<'_>) -> bool {
    let parts = value.as_datetime();
    parts.is_some_and(|day| day.date.is_none() && day.time.is_none() && day.offset.is_none())
}

/// The type of a value in words.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

impl<'a> Table<'a> {
    /// Opens a table, reporting every key it should not have.
    pub(crate) fn open(
        table: &Located<&'a DeTable<'a>>,
        what: &'static str,
        keys: &[&str],
        problems: &'a Problems,
    ) -> Self {
        for (key, _) in table.value {
            let written = key.get_ref().as_ref();
            if keys.contains(&written) || planned::refuse_key(what, written, key.span(), problems) {
                continue;
            }
            let help = match nearest(written, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it may have: {}", keys.join(", ")),
            };
            problems.add(
                Diagnostic::error(key.span(), format!("{what} has no key `{written}`"))
                    .label("unknown key")
                    .help(help),
            );
        }
        Self {
            entries: table.value,
            what,
            span: table.span.clone(),
            problems,
        }
    }

    /// Where the table begins.
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries.get(key)
    }

    /// Where the value of a key stands; where the table begins if it is missing.
    pub(crate) fn place_of(&self, key: &str) -> Span {
        self.value(key).map_or_else(|| self.span(), Spanned::span)
    }

    /// Whether the key is there, with whatever value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// The value of a key that may be missing.
    pub(crate) fn optional<T: Readable<'a>>(&self, key: &str) -> Option<Located<T>> {
        read(self.problems, key, self.value(key)?)
    }

    /// The value of a key that has to be there; `example` shows what to write where it is missing.
    pub(crate) fn required<T: Readable<'a>>(&self, key: &str, example: &str) -> Option<Located<T>> {
        if !self.has(key) {
            let message = format!("{} needs the key `{key}`", self.what);
            self.problems.add(
                Diagnostic::error(self.span(), message)
                    .label(format!("`{key}` is missing"))
                    .help(format!("add {example}")),
            );
        }
        self.optional(key)
    }

    /// The items of a list that has to be there, each of one type.
    pub(crate) fn required_list<T: Readable<'a>>(
        &self,
        key: &str,
        example: &str,
    ) -> Vec<Located<T>> {
        if !self.has(key) {
            self.required::<&DeArray<'a>>(key, example);
        }
        self.list(key)
    }

    /// The items of a list, each of one type; nothing for a key that is missing.
    pub(crate) fn list<T: Readable<'a>>(&self, key: &str) -> Vec<Located<T>> {
        let Some(array) = self.optional::<&DeArray<'a>>(key) else {
            return Vec::new();
        };
        let name = format!("{key}[...]");
        array
            .value
            .iter()
            .filter_map(|item| read(self.problems, &name, item))
            .collect()
    }

    /// The tables of a list of tables, opened; nothing for a key that is missing.
    pub(crate) fn tables(&self, key: &str, what: &'static str, keys: &[&str]) -> Vec<Self> {
        let tables: Vec<Located<&'a DeTable<'a>>> = self.list(key);
        if tables.len() > MOST_TABLES {
            self.problems.add(
                Diagnostic::error(
                    self.place_of(key),
                    format!("`{key}` is there {} times", tables.len()),
                )
                .help(format!("more than {MOST_TABLES} are not supported")),
            );
        }
        tables
            .iter()
            .take(MOST_TABLES)
            .map(|table| Self::open(table, what, keys, self.problems))
            .collect()
    }

    /// The value of a key, if it is a text; anything else is left for others to report.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value(key)?.get_ref().as_str()
    }

    /// The table of a key, if it is one; anything else is left for others to report.
    pub(crate) fn inner(&self, key: &str) -> Option<&'a DeTable<'a>> {
        self.value(key)?.get_ref().as_table()
    }

    /// The list of a key, if it is one; anything else is left for others to report.
    pub(crate) fn inner_list(&self, key: &str) -> Option<&'a DeArray<'a>> {
        self.value(key)?.get_ref().as_array()
    }

    /// Every text in the lists `inner` of the tables of a list; whatever else stands there is left for others to report.
    pub(crate) fn texts_within(&self, key: &str, inner: &str) -> Vec<&'a str> {
        let tables = self.value(key).and_then(|value| value.get_ref().as_array());
        let lists = tables.into_iter().flatten().filter_map(|table| {
            let list = table.get_ref().as_table()?.get(inner)?;
            list.get_ref().as_array()
        });
        lists
            .flatten()
            .filter_map(|item| item.get_ref().as_str())
            .collect()
    }

    /// The table of a key that may be missing, opened.
    pub(crate) fn table(&self, key: &str, what: &'static str, keys: &[&str]) -> Option<Self> {
        let table = self.optional(key)?;
        Some(Self::open(&table, what, keys, self.problems))
    }
}
