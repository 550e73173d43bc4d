//! The words of a question one by one: clubs, rounds, seeds and matches as they are named, and what to say of a wrong one.

use super::Event;
use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::ids::{ClubId, RoundId};
use crate::tournament::{Tournament, either, plain_name};
use std::ops::RangeInclusive;

/// The clubs a statement is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Subjects {
    pub(super) clubs: Vec<ClubId>,
    /// Whether one of them is enough.
    pub(super) any: bool,
}

impl Subjects {
    /// The event for each club, joined.
    pub(super) fn each(&self, event: impl Fn(ClubId) -> Event) -> Event {
        let mut events: Vec<Event> = self.clubs.iter().map(|club| event(*club)).collect();
        match (events.len(), self.any) {
            (1, _) => events.remove(0),
            (_, true) => Event::Any(events),
            (_, false) => Event::All(events),
        }
    }
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
pub(super) struct Parser<'a> {
    pub(super) words: &'a [Located<String>],
    /// The word to be read next.
    pub(super) next: usize,
    /// Where the text ends.
    pub(super) end: usize,
    pub(super) tournament: &'a Tournament,
    /// What the latest statement was about.
    pub(super) subjects: Subjects,
    /// How many parentheses are open.
    pub(super) depth: usize,
}

/// The longest name of a club, in words.
pub(super) const LONGEST_NAME: usize = 5;

/// Words that begin a statement about a club.
pub(super) const PREDICATES: [&str; 17] = [
    "champion",
    "champions",
    "wins",
    "win",
    "reaches",
    "reach",
    "in",
    "out",
    "seed",
    "seeded",
    "first",
    "second",
    "third",
    "fourth",
    "meets",
    "meet",
    "beats",
];

impl Parser<'_> {
    /// A club: the longest name that fits.
    pub(super) fn club(&mut self) -> Parsed<ClubId> {
        let rest = &self.words[self.next..];
        for length in (1..=rest.len().min(LONGEST_NAME)).rev() {
            let name: Vec<&str> = rest[..length]
                .iter()
                .map(|word| word.value.as_str())
                .collect();
            if let Ok(club) = self.tournament.find_club(&name.join(" ")) {
                self.next += length;
                return Ok(club);
            }
        }
        let span = self.here();
        let help = match rest.first() {
            Some(word) => match self.tournament.find_club(&word.value) {
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
                    self.tournament.find_club(&text[..at]),
                    self.tournament.find_club(&text[at + dash.len()..]),
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

    /// A round by its name (singular or plural) or short form.
    pub(super) fn round(&mut self) -> Parsed<RoundId> {
        let rest = &self.words[self.next..];
        for length in (1..=rest.len().min(3)).rev() {
            let text: Vec<&str> = rest[..length]
                .iter()
                .map(|word| word.value.as_str())
                .collect();
            let text = text.join(" ");
            let found = self.tournament.bracket.round_ids().find(|id| {
                let round = self.tournament.bracket.round(*id);
                let name = plain_name(&round.name);
                text == name || text == round.short || text.strip_suffix('s') == Some(&name)
            });
            if let Some(round) = found {
                self.next += length;
                return Ok(round);
            }
        }
        let rounds = self.tournament.bracket.rounds.iter();
        let names: Vec<String> = rounds.map(|round| format!("`{}`", round.name)).collect();
        let fact = "a round should stand here";
        fail(self.here(), fact, &format!("write {}", either(&names)))
    }

    pub(super) fn seeds(&mut self) -> Parsed<RangeInclusive<usize>> {
        let most = self.tournament.groups.len();
        let read = |text: &str| {
            text.parse::<usize>()
                .ok()
                .filter(|seed| (1..=most).contains(seed))
        };
        let word = self.peek().unwrap_or_default();
        let range = match word.split_once(['-', '–']) {
            Some((low, high)) => read(low).zip(read(high)),
            None => read(word).map(|seed| (seed, seed)),
        };
        let Some((low, high)) = range.filter(|(low, high)| low <= high) else {
            let help = format!(
                "seeds go from 1 to {most}; write for example `seed 1` or `seed 1-{}`",
                most / 2
            );
            return fail(self.here(), "a seed should stand here", &help);
        };
        self.next += 1;
        Ok(low..=high)
    }

    pub(super) fn last_round(&self) -> RoundId {
        RoundId::new(self.tournament.bracket.rounds.len() - 1)
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

    pub(super) fn no_predicate<T>(&self) -> Parsed<T> {
        let Some(word) = self.peek() else {
            let help = "say something of it, such as `champion`, `wins its group`, `in the final`";
            return fail(self.here(), "the question ends after a club", help);
        };
        let fact = format!("`{word}` is nothing that can be said of a club");
        let help = nearest(word, PREDICATES).map_or_else(
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
