//! The words of a question one by one: clubs, rounds, seeds and matches as they are named, and what to say of a wrong one.

use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::ids::ClubId;
use crate::tournament::{ClubError, either};

/// Events that others are made of.
pub(super) trait Joined: Sized {
    /// It does not happen.
    fn not(self) -> Self;
    /// All of them happen.
    fn all(events: Vec<Self>) -> Self;
    /// At least one of them happens.
    fn any(events: Vec<Self>) -> Self;
}

/// What questions about a tournament may speak of.
pub(super) trait Speech: Sized {
    /// What they are made of.
    type Event: Joined;

    /// The club with a code, name or alias.
    fn find_club(&self, text: &str) -> Result<ClubId, ClubError>;

    /// Clubs that are named together, such as those of an association, if such a name comes next.
    fn together(_: &mut Parser<'_, Self>) -> Parsed<Option<Subjects>> {
        Ok(None)
    }

    /// Whether a word begins something that is said of a club.
    fn is_predicate(&self, word: &str) -> bool;

    /// A statement about no club, if one comes next: about a round, or a match.
    fn of_no_club(parser: &mut Parser<'_, Self>) -> Parsed<Option<Self::Event>>;

    /// What is said of the clubs that were named last.
    fn predicate(parser: &mut Parser<'_, Self>) -> Parsed<Self::Event>;
}

/// The clubs a statement is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Subjects {
    pub(super) clubs: Vec<ClubId>,
    /// Whether one of them is enough.
    pub(super) any: bool,
    /// Whether it is said of none of them.
    pub(super) none: bool,
    /// How many of them it is said of at least, if that is said.
    pub(super) least: Option<usize>,
}

impl Subjects {
    /// The event for each club, joined.
    pub(super) fn each<E: Joined + Clone>(&self, event: impl Fn(ClubId) -> E) -> E {
        let mut events: Vec<E> = self.clubs.iter().map(|club| event(*club)).collect();
        if let Some(least) = self.least {
            return E::any(choices(&events, least).into_iter().map(E::all).collect());
        }
        let joined = match (events.len(), self.any || self.none) {
            (1, _) => events.remove(0),
            (_, true) => E::any(events),
            (_, false) => E::all(events),
        };
        if self.none { joined.not() } else { joined }
    }
}

/// Every choice of so many of a list.
fn choices<T: Clone>(list: &[T], count: usize) -> Vec<Vec<T>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let Some((first, rest)) = list.split_first() else {
        return Vec::new();
    };
    let with = choices(rest, count - 1).into_iter().map(|mut chosen| {
        chosen.insert(0, first.clone());
        chosen
    });
    with.chain(choices(rest, count)).collect()
}

/// What was read, or what is wrong and where.
pub(super) type Parsed<T> = Result<T, Box<Diagnostic>>;

/// Says what is wrong at a place, and what to write instead if that can be said.
pub(super) fn fail<T>(span: Span, fact: &str, help: &str) -> Parsed<T> {
    let diagnostic = Diagnostic::error(span, fact);
    Err(Box::new(if help.is_empty() {
        diagnostic
    } else {
        diagnostic.help(help)
    }))
}

/// A question that has been read up to some word.
pub(super) struct Parser<'a, L> {
    pub(super) words: &'a [Located<String>],
    /// The word to be read next.
    pub(super) next: usize,
    /// Where the text ends.
    pub(super) end: usize,
    /// What it speaks of.
    pub(super) language: &'a L,
    /// What the latest statement was about.
    pub(super) subjects: Subjects,
    /// How many parentheses are open.
    pub(super) depth: usize,
}

/// The longest name of a club, in words.
pub(super) const LONGEST_NAME: usize = 5;

impl<L: Speech> Parser<'_, L> {
    /// A club: the longest name that fits.
    pub(super) fn club(&mut self) -> Parsed<ClubId> {
        let rest = &self.words[self.next..];
        for length in (1..=rest.len().min(LONGEST_NAME)).rev() {
            let name: Vec<&str> = rest[..length]
                .iter()
                .map(|word| word.value.as_str())
                .collect();
            if let Ok(club) = self.language.find_club(&name.join(" ")) {
                self.next += length;
                return Ok(club);
            }
        }
        let span = self.here();
        let help = match rest.first() {
            Some(word) => match self.language.find_club(&word.value) {
                Err(error) => error.to_string(),
                Ok(_) => String::new(),
            },
            None => "a statement begins with a club: its code, name or alias".to_owned(),
        };
        let fact = rest.first().map_or(
            "the question ends where a club should stand".to_owned(),
            |word| format!("`{}` is no club", word.value),
        );
        fail(span, &fact, &help)
    }

    /// `HOME-AWAY`, with or without spaces around the dash.
    pub(super) fn pairing(&mut self) -> Option<(ClubId, ClubId)> {
        let rest = &self.words[self.next..];
        let most = rest.len().min(2 * LONGEST_NAME + 1);
        for length in (1..=most).rev() {
            let text: Vec<&str> = rest[..length]
                .iter()
                .map(|word| word.value.as_str())
                .collect();
            let text = text.join(" ");
            for (at, dash) in text.match_indices(['-', '–']) {
                let sides = (
                    self.language.find_club(&text[..at]),
                    self.language.find_club(&text[at + dash.len()..]),
                );
                if let (Ok(home), Ok(away)) = sides
                    && home != away
                {
                    self.next += length;
                    return Some((home, away));
                }
            }
        }
        None
    }

    pub(super) fn peek_word(&self) -> Option<&Located<String>> {
        self.words.get(self.next)
    }

    pub(super) fn peek(&self) -> Option<&str> {
        self.peek_word().map(|word| word.value.as_str())
    }

    /// Goes past one of these words, if it comes next.
    pub(super) fn take(&mut self, choices: &[&str]) -> bool {
        let found = self.peek().is_some_and(|word| choices.contains(&word));
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, choices: &[&str]) -> Parsed<()> {
        if self.take(choices) {
            return Ok(());
        }
        let quoted: Vec<String> = choices.iter().map(|word| format!("`{word}`")).collect();
        let fact = format!("{} should stand here", either(&quoted));
        fail(
            self.here(),
            &fact,
            "see `cupcast ask --help` for all that can be asked",
        )
    }

    /// Says that nothing can be said so of a club; `choices` begin what can.
    pub(super) fn no_predicate<T>(&self, choices: &[&str]) -> Parsed<T> {
        let Some(word) = self.peek() else {
            let help = "say something of it, such as `champion`, `wins its group`, `in the final`";
            return fail(self.here(), "the question ends after a club", help);
        };
        let fact = format!("`{word}` is nothing that can be said of a club");
        let help = nearest(word, choices.iter().copied()).map_or_else(
            || "see `cupcast ask --help` for all that can be asked".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        fail(self.here(), &fact, &help)
    }

    /// The place of the next word, or the end.
    pub(super) fn here(&self) -> Span {
        self.peek_word()
            .map_or(self.end..self.end, |word| word.span.clone())
    }

    /// From a word to the one before the next.
    pub(super) fn span_from(&self, first: usize) -> Span {
        self.words[first].span.start..self.words[self.next - 1].span.end
    }
}
