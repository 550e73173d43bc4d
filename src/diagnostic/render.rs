//! Prints what is wrong with a file: one entry a cause with its first places, and not more than fit a screen or two.

use super::{Diagnostic, Diagnostics, Severity, Span};
use crate::visible;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The most entries that are printed for a file.
const MOST_ENTRIES: usize = 50;

/// The most entries of one kind, such as several codes that no club has.
const MOST_OF_A_KIND: usize = 10;

/// The most places that are shown in one entry.
const MOST_PLACES: usize = 3;

/// The most lines that a count of further places names.
const MOST_LINES: usize = 8;

/// The longest message in characters; of a longer one the middle is left out.
const LONGEST_MESSAGE: usize = 600;

/// One cause with its places: every message of it says the same.
struct Entry<'a> {
    places: Vec<&'a Diagnostic>,
    /// Further places of this cause, or of causes of its kind, that are only counted.
    further: Vec<&'a Diagnostic>,
}

impl Diagnostics {
    /// The messages as text, each with its place (file, line, column), the line itself with a caret under what is
    /// wrong, and help; with terminal colours or without. Mistakes with one cause are one entry that shows the first
    /// places and counts the others, and of one kind of cause the first few are shown.
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let (entries, left_out) = self.entries();
        let mut messages: Vec<String> = entries
            .iter()
            .map(|entry| self.render_entry(&renderer, entry))
            .collect();
        if left_out > 0 {
            let text = format!(
                "{} more messages are not shown; see to these first",
                grouped(left_out)
            );
            messages.push(renderer.render(&[Group::with_title(Level::NOTE.primary_title(text))]));
        }
        messages.join("\n\n") + "\n"
    }

    /// What is printed, and how many messages are neither shown nor counted in it.
    fn entries(&self) -> (Vec<Entry<'_>>, usize) {
        let mut kinds: Vec<(Severity, String, Vec<Entry<'_>>)> = Vec::new();
        for found in self.list() {
            let kind = kind_of(&found.message);
            let known = kinds
                .iter()
                .position(|(severity, name, _)| *severity == found.severity && *name == kind);
            let known = known.unwrap_or_else(|| {
                kinds.push((found.severity, kind, Vec::new()));
                kinds.len() - 1
            });
            add(&mut kinds[known].2, found);
        }
        // Errors first where not all can be shown: they are what has to be mended.
        let mut chosen: Vec<Entry<'_>> = Vec::new();
        kinds.sort_by_key(|(severity, ..)| *severity);
        let mut left_out = 0;
        for entry in kinds.into_iter().flat_map(|(.., entries)| entries) {
            if chosen.len() < MOST_ENTRIES {
                chosen.push(entry);
            } else {
                left_out += entry.places.len() + entry.further.len();
            }
        }
        chosen.sort_by_key(|entry| (entry.places[0].span.start, entry.places[0].span.end));
        (chosen, left_out)
    }

    fn render_entry(&self, renderer: &Renderer, entry: &Entry<'_>) -> String {
        let first = entry.places[0];
        let level = match first.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let shown: Vec<(Span, AnnotationKind, String)> = self.shown(entry);
        let annotations = shown.iter().map(|(span, kind, label)| {
            let annotation = kind.span(span.clone());
            if label.is_empty() {
                annotation
            } else {
                annotation.label(label.as_str())
            }
        });
        let snippet = Snippet::source(self.text.as_str())
            .path(visible::in_line(&self.file))
            .annotations(annotations);
        let title = tidy(&first.message);
        let help = first.help.as_deref().map(tidy);
        let further = self.further(&entry.further);
        let mut group = level.primary_title(title.as_str()).element(snippet);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        if let Some(further) = &further {
            group = group.element(Level::NOTE.message(further.as_str()));
        }
        // The renderer shows most hidden characters of the lines it quotes, but not all of them.
        visible::in_colour(&renderer.render(&[group]))
    }

    /// The places of an entry with what stands under each.
    fn shown(&self, entry: &Entry<'_>) -> Vec<(Span, AnnotationKind, String)> {
        let places = entry.places.iter().flat_map(|found| {
            let primary = (&found.span, AnnotationKind::Primary, &found.label);
            let related = found.related.iter();
            let related = related.map(|place| (&place.span, AnnotationKind::Context, &place.value));
            [primary].into_iter().chain(related)
        });
        places
            .map(|(span, kind, label)| (self.clamp(span), kind, tidy(label)))
            .collect()
    }

    /// How many places are not shown, and the lines of the first of them.
    fn further(&self, further: &[&Diagnostic]) -> Option<String> {
        if further.is_empty() {
            return None;
        }
        let mut lines: Vec<usize> = further
            .iter()
            .take(MOST_LINES)
            .map(|found| self.line_and_column(found.span.start).0)
            .collect();
        lines.dedup();
        let word = if further.len() == 1 { "line" } else { "lines" };
        let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
        let and_so_on = if further.len() > MOST_LINES {
            ", ..."
        } else {
            ""
        };
        Some(format!(
            "and {} more like this ({word} {}{and_so_on})",
            grouped(further.len()),
            lines.join(", ")
        ))
    }

    /// The first line of a span, kept inside the text and on character boundaries: a caret under a whole
    /// table would hide what it points at.
    pub(super) fn clamp(&self, span: &Span) -> Span {
        let boundary = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.start);
        let end = boundary(span.end.max(start));
        let line = self.text[start..end].lines().next().unwrap_or("");
        start..start + line.trim_end().len()
    }
}

/// Adds a message to those of its kind: to the entry of its cause, or as a new one while there are few.
fn add<'a>(entries: &mut Vec<Entry<'a>>, found: &'a Diagnostic) {
    let known = entries.len();
    let same = entries.iter_mut().find(|entry| {
        let first = entry.places[0];
        // Two places with related ones could not be told apart in one quotation.
        first.message == found.message && first.help == found.help && first.related.is_empty()
    });
    match same {
        Some(entry) if entry.places.len() < MOST_PLACES && found.related.is_empty() => {
            entry.places.push(found);
        }
        Some(entry) => entry.further.push(found),
        None if known < MOST_OF_A_KIND => entries.push(Entry {
            places: vec![found],
            further: Vec::new(),
        }),
        None => {
            if let Some(last) = entries.last_mut() {
                last.further.push(found);
            }
        }
    }
}

/// A message without the words it quotes and without numbers: what messages of one kind have in common.
fn kind_of(message: &str) -> String {
    let mut kind = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index % 2 == 0 {
            kind.extend(part.chars().filter(|c| !c.is_ascii_digit()));
        } else {
            kind.push('`');
        }
    }
    kind
}

/// A text that can be printed: nothing in it is invisible, and it is not longer than can be read.
fn tidy(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST_MESSAGE {
        return visible::in_lines(text).into_owned();
    }
    let part = LONGEST_MESSAGE / 2;
    let beginning: String = text.chars().take(part).collect();
    let end: String = text.chars().skip(length - part).collect();
    visible::in_lines(&format!("{beginning} ... {end}")).into_owned()
}

/// A number with its thousands apart, as in `3,996`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(text: &str, list: Vec<Diagnostic>) -> String {
        Diagnostics::new("cup.toml", text, list)
            .expect("messages")
            .to_string()
    }

    /// A text of so many lines `x`, and the place of each.
    fn lines(number: usize) -> (String, Vec<Span>) {
        let places = (0..number).map(|line| 2 * line..2 * line + 1);
        ("x\n".repeat(number), places.collect())
    }

    #[test]
    fn one_cause_is_one_entry_with_its_first_places_and_a_count() {
        let (text, places) = lines(4000);
        let list = places.into_iter().map(|place| {
            Diagnostic::error(place, "`x` is wrong")
                .label("this")
                .help("write y")
        });
        let expected = "\
error: `x` is wrong
 --> cup.toml:1:1
  |
1 | x
  | ^ this
2 | x
  | ^ this
3 | x
  | ^ this
  |
  = help: write y
  = note: and 3,997 more like this (lines 4, 5, 6, 7, 8, 9, 10, 11, ...)
";
        assert_eq!(print(&text, list.collect()), expected);
    }

    #[test]
    fn of_one_kind_of_cause_the_first_are_shown() {
        let (text, places) = lines(40);
        let list = places.into_iter().enumerate().map(|(index, place)| {
            Diagnostic::error(place, format!("no club has the code `C{index}`"))
        });
        let printed = print(&text, list.collect());
        assert_eq!(printed.matches("error: ").count(), 10, "{printed}");
        assert!(
            printed.contains("and 30 more like this (lines 11, 12, 13, 14, 15, 16, 17, 18, ...)"),
            "{printed}"
        );
    }

    #[test]
    fn a_file_gets_at_most_fifty_entries_and_errors_come_before_warnings() {
        let (text, places) = lines(400);
        // Every message is of a kind of its own: what is told apart by letters, not by numbers or quotations.
        let name = |index: usize| -> String {
            let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
            [letter(index / 26), letter(index)].iter().collect()
        };
        let list = places.into_iter().enumerate().map(|(index, place)| {
            if index < 30 {
                Diagnostic::warning(place, format!("odd {}", name(index)))
            } else {
                Diagnostic::error(place, format!("wrong {}", name(index)))
            }
        });
        let printed = print(&text, list.collect());
        assert_eq!(printed.matches("error: ").count(), 50);
        assert_eq!(printed.matches("warning: ").count(), 0);
        assert!(printed.ends_with("note: 350 more messages are not shown; see to these first\n"));
    }

    #[test]
    fn what_is_quoted_cannot_command_a_terminal_and_has_an_end() {
        let text = format!("name = \"Red\u{1b}[31m{}\u{85}\u{202e}\"", "z".repeat(5000));
        let message = format!("`{text}` is no name");
        let printed = print(&text, vec![Diagnostic::error(0..4, message)]);
        assert!(
            !printed.chars().any(|c| c != '\n' && visible::is_hidden(c)),
            "{printed}"
        );
        assert!(printed.len() < 1500, "{}", printed.len());
        assert!(printed.contains("\\u{1b}[31m") && printed.contains("` is no name"));
    }
}
