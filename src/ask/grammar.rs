//! The grammar of questions, whatever they speak of: events joined by and, or, not and parentheses, given another event.

use super::Question;
use super::cursor::{Joined, Parsed, Parser, Speech, Subjects, fail};
use crate::diagnostic::{Diagnostic, Diagnostics, Located};
use crate::tournament::{Goals, MatchResult};
use std::ops::RangeInclusive;

/// The most words of a question, and the most parentheses within one another.
const MOST_WORDS: usize = 1000;
const DEEPEST: usize = 50;

/// Reads a question out of its words.
///
/// # Errors
/// Words that are no question, each message pointing at the word.
pub(super) fn read<L: Speech>(
    text: &str,
    words: &[Located<String>],
    language: &L,
) -> Result<Question<L::Event>, Diagnostics> {
    if let Some(beyond) = words.get(MOST_WORDS) {
        let fact = format!(
            "a question has {MOST_WORDS} words at most, this one {}",
            words.len()
        );
        // The beginning is enough to know it again.
        let shown: String = text[..beyond.span.start].chars().take(60).collect();
        let diagnostic = Diagnostic::error(0..shown.len(), fact).help("ask several questions");
        return Err(one(&shown, diagnostic));
    }
    let mut parser = Parser {
        words,
        next: 0,
        end: text.len(),
        language,
        subjects: Subjects::default(),
        depth: 0,
    };
    parser
        .question(text)
        .map_err(|diagnostic| one(text, *diagnostic))
}

/// A single message about a question.
fn one(text: &str, diagnostic: Diagnostic) -> Diagnostics {
    Diagnostics::new("question", text, vec![diagnostic]).expect("the list has an entry")
}

impl<L: Speech> Parser<'_, L> {
    fn question(&mut self, text: &str) -> Parsed<Question<L::Event>> {
        let event = self.either()?;
        let given = if self.take(&["given", "if"]) {
            self.subjects = Subjects::default();
            Some(self.either()?)
        } else {
            None
        };
        if let Some(word) = self.peek_word() {
            let help = "join events with `and`, `or` or `given`";
            return fail(
                word.span.clone(),
                "the question goes on where it could end",
                help,
            );
        }
        Ok(Question {
            text: text.to_owned(),
            event,
            given,
        })
    }

    fn either(&mut self) -> Parsed<L::Event> {
        let mut events = vec![self.both()?];
        while self.take(&["or"]) {
            events.push(self.both()?);
        }
        Ok(if events.len() == 1 {
            events.remove(0)
        } else {
            Joined::any(events)
        })
    }

    fn both(&mut self) -> Parsed<L::Event> {
        let mut events = vec![self.single()?];
        while self.take(&["and", "but"]) {
            events.push(self.single()?);
        }
        Ok(if events.len() == 1 {
            events.remove(0)
        } else {
            Joined::all(events)
        })
    }

    fn single(&mut self) -> Parsed<L::Event> {
        let mut negated = false;
        while self.take(&["not"]) {
            negated = !negated;
        }
        let event = self.positive()?;
        Ok(if negated { event.not() } else { event })
    }

    /// An event without a `not` before it.
    fn positive(&mut self) -> Parsed<L::Event> {
        if self.peek() != Some("(") {
            return self.statement();
        }
        // A parenthesis opens an event, or a list of clubs as in `(CA or TOL) champion`.
        let start = self.next;
        self.next += 1;
        if let Ok(clubs) = self.clubs()
            && self.take(&[")"])
        {
            self.subjects = clubs;
            return L::predicate(self);
        }
        self.next = start;
        if self.depth == DEEPEST {
            let fact = format!("more than {DEEPEST} parentheses stand within one another");
            return fail(self.here(), &fact, "leave out those that say nothing");
        }
        self.next += 1;
        self.depth += 1;
        let event = self.either()?;
        self.depth -= 1;
        if self.take(&[")"]) {
            Ok(event)
        } else {
            fail(self.here(), "a parenthesis is not closed", "write `)`")
        }
    }

    fn statement(&mut self) -> Parsed<L::Event> {
        if let Some(event) = L::of_no_club(self)? {
            return Ok(event);
        }
        let continues = self
            .peek()
            .is_some_and(|word| self.language.is_predicate(word));
        if !continues || self.subjects.clubs.is_empty() {
            self.subjects = self.clubs()?;
        }
        L::predicate(self)
    }

    /// Clubs joined by `and`, `or` or commas.
    fn clubs(&mut self) -> Parsed<Subjects> {
        if let Some(together) = L::together(self)? {
            return Ok(together);
        }
        let mut clubs = vec![self.club()?];
        let mut any = false;
        loop {
            let back = self.next;
            let joined_by_or = self.peek() == Some("or");
            if !self.take(&["and", "or", ","]) {
                break;
            }
            let Ok(club) = self.club() else {
                self.next = back;
                break;
            };
            clubs.push(club);
            any |= joined_by_or;
        }
        Ok(Subjects {
            clubs,
            any,
            ..Subjects::default()
        })
    }

    /// `over 2`, `under 3`, `exactly 2`.
    pub(super) fn bounds(&mut self) -> Parsed<RangeInclusive<u32>> {
        let word = self.peek().unwrap_or_default().to_owned();
        self.expect(&["over", "under", "exactly"])?;
        let span = self.here();
        // `over 2.5` is how people bet; it means the same as `over 2`, and `under 2.5` the same as `under 3`.
        let number = self.peek().and_then(|word| word.parse::<f64>().ok());
        let number = number.filter(|number| (0.0..1000.0).contains(number));
        let Some(number) = number else {
            return fail(
                span,
                "a number of goals should stand here",
                "write for example `over 2`",
            );
        };
        self.next += 1;
        match word.as_str() {
            "over" => Ok(number.floor() as u32 + 1..=u32::MAX),
            "under" if number > 0.0 => Ok(0..=number.ceil() as u32 - 1),
            "exactly" if number.fract() == 0.0 => Ok(number as u32..=number as u32),
            _ => fail(
                span,
                "no number of goals is that",
                "write a whole number above 0",
            ),
        }
    }

    pub(super) fn result(&mut self) -> Parsed<MatchResult> {
        if self.take(&["draw", "drawn"]) {
            return Ok(MatchResult::Draw);
        }
        let home = self.peek() == Some("home");
        self.expect(&["home", "away", "draw"])?;
        self.expect(&["win"])?;
        Ok(if home {
            MatchResult::HomeWin
        } else {
            MatchResult::AwayWin
        })
    }

    /// A score, or a result in words.
    pub(super) fn outcome(&mut self) -> Parsed<(Option<Goals>, Option<MatchResult>)> {
        let score = self.peek().and_then(|word| word.parse::<Goals>().ok());
        if score.is_some() {
            self.next += 1;
            return Ok((score, None));
        }
        Ok((None, Some(self.result()?)))
    }
}
