//! What is wrong with a file, where, and what to write instead; and how that prints.

mod render;

use std::fmt;
use std::ops::Range;

/// A stretch of a text, in bytes from its beginning.
pub type Span = Range<usize>;

/// A value and the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Located<T> {
    /// A value that stands at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located::new(change(self.value), self.span)
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but something in it is likely to be a mistake.
    Warning,
}

/// One mistake: a place, a fact and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The fact, in one sentence without a full stop: what is wrong with what was found.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What stands under the caret; may be empty.
    pub label: String,
    /// Other places that have to do with it, such as the first of two duplicates.
    pub related: Vec<Located<String>>,
    /// The way out: what to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at a place.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(span, message)
        }
    }

    /// The same with a remark under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with another place and a remark under it.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Located::new(label.into(), span));
        self
    }

    /// The same with a way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Everything that is wrong with one file, in the order of the file; at least one error or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    /// The name of the file, as messages show it.
    pub file: String,
    /// Its whole text, out of which messages quote.
    pub text: String,
    /// What is wrong, earliest place first.
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// What is wrong with a file; `None` if the list is empty.
    pub fn new(file: &str, text: &str, mut list: Vec<Diagnostic>) -> Option<Self> {
        if list.is_empty() {
            return None;
        }
        list.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
        list.dedup();
        Some(Self {
            file: file.to_owned(),
            text: text.to_owned(),
            list,
        })
    }

    /// All of them, earliest place first.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Whether the file cannot be used: at least one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The line and the column of a byte of the file, both counted from 1, columns in characters.
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..self.clamp(&(at..at)).start];
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

/// The candidate nearest to what was written, if one is near enough to be what was meant.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_lowercase();
    let allowed = (written.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&written, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= allowed && *distance < candidate.chars().count().max(2)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, diagnostic: Diagnostic) -> String {
        let list = vec![diagnostic];
        let diagnostics = Diagnostics::new("cup.toml", text, list).expect("one message");
        diagnostics.to_string()
    }

    #[test]
    fn a_message_is_a_place_a_fact_and_a_way_out() {
        let text = "a = 1\nadvence = 1\n";
        let found = Diagnostic::error(6..13, "[rules] has no key `advence`")
            .label("unknown key")
            .help("did you mean `advance`?");
        let expected = "\
error: [rules] has no key `advence`
 --> cup.toml:2:1
  |
2 | advence = 1
  | ^^^^^^^ unknown key
  |
  = help: did you mean `advance`?
";
        assert_eq!(one(text, found), expected);
    }

    #[test]
    fn columns_count_characters_and_a_span_of_many_lines_shows_its_first() {
        let text = "name = \"Árabe\" [\n\n]\n";
        let start = text.find('[').expect("it is there");
        let expected = "\
warning: odd
 --> cup.toml:1:16
  |
1 | name = \"Árabe\" [
  |                ^
";
        let found = one(text, Diagnostic::warning(start..text.len(), "odd"));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_character_still_prints() {
        for span in [9..100, 1..2, 0..0, 3..3, 100..200] {
            assert!(one("aÁ\nb", Diagnostic::error(span, "odd")).contains("odd"));
        }
        assert!(one("", Diagnostic::error(0..0, "empty")).contains("empty"));
    }

    #[test]
    fn messages_come_in_the_order_of_the_file_and_once() {
        let list = vec![
            Diagnostic::error(2..3, "second"),
            Diagnostic::warning(0..1, "first"),
            Diagnostic::error(2..3, "second"),
        ];
        let found = Diagnostics::new("cup.toml", "abcd", list).expect("messages");
        let messages: Vec<&str> = found
            .list()
            .iter()
            .map(|one| one.message.as_str())
            .collect();
        assert_eq!(messages, ["first", "second"]);
        assert_eq!(found.count(Severity::Error), 1);
        assert!(found.has_errors());
        assert_eq!(Diagnostics::new("cup.toml", "abcd", Vec::new()), None);
    }

    #[test]
    fn the_nearest_is_near_or_nothing() {
        let words = ["advance", "points", "seeding"];
        assert_eq!(nearest("advence", words), Some("advance"));
        assert_eq!(nearest("POINT", words), Some("points"));
        assert_eq!(nearest("colours", words), None);
        assert_eq!(nearest("", words), None);
    }
}
