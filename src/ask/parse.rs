//! Reads questions: a small language over clubs, places, seeds, rounds, meetings and scores.

use super::words::words;
use super::{Event, Question};
use crate::diagnostic::{Diagnostic, Diagnostics, Located, Span, nearest};
use crate::ids::{ClubId, RoundId};
use crate::tournament::MatchResult;
use crate::tournament::{Goals, Tournament, either, plain_name};
use std::ops::RangeInclusive;

/// The language, for `cupcast ask --help`.
pub const GRAMMAR: &str = "\
A question is an event, or an event given another:
  TOL champion                                TOL champion given CA out in the semifinal
Clubs are written as code, name or alias. What can be said of a club, or of several joined by and / or:
  TOL champion          TOL wins the title    TOL wins its group       TOL second in its group
  TOL is seed 1         TOL is seed 1-4       TOL reaches the final    CA and TOL in the final
  TOL wins the semifinal                      TOL out in the semifinal TOL out in the group
  TOL meets CA          TOL meets CA in the semifinal                  TOL beats CA in the final
A following statement without a club is about the same club: TOL wins its group and is seed 1.
Of a match (home club first; knockout legs after 90 minutes, wherever these two meet):
  TOL-CAL 2-1           TOL-CAL home win      TOL-CAL draw             SF CA-TIJ away win
Of a round (all its ties; goals with extra time, without shoot-outs):
  total goals in the final over 2             final goes to extra time semifinal goes to penalties
Events are joined by and, or, not and parentheses; not binds tighter than and, and tighter than or, and given comes last:
  (CA or TOL champion) and not TIJ in the final given LA wins its group";

/// Reads a question.
///
/// # Errors
/// Words that are no question, each message pointing at the word.
///
/// # Panics
/// Never: a question that cannot be read always has a message.
pub fn parse(text: &str, tournament: &Tournament) -> Result<Question, Diagnostics> {
    let words = words(text);
    let mut parser = Parser {
        words: &words,
        next: 0,
        end: text.len(),
        tournament,
        subjects: Subjects::default(),
    };
    parser.question(text).map_err(|diagnostic| {
        let list = vec![*diagnostic];
        Diagnostics::new("question", text, list).expect("the list has an entry")
    })
}

/// The clubs a statement is about.
#[derive(Debug, Clone, Default)]
struct Subjects {
    clubs: Vec<ClubId>,
    /// Whether one of them is enough.
    any: bool,
}

impl Subjects {
    /// The event for each club, joined.
    fn each(&self, event: impl Fn(ClubId) -> Event) -> Event {
        let mut events: Vec<Event> = self.clubs.iter().map(|club| event(*club)).collect();
        match (events.len(), self.any) {
            (1, _) => events.remove(0),
            (_, true) => Event::Any(events),
            (_, false) => Event::All(events),
        }
    }
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser<'a> {
    words: &'a [Located<String>],
    next: usize,
    end: usize,
    tournament: &'a Tournament,
    subjects: Subjects,
}

/// The longest name of a club, in words.
const LONGEST_NAME: usize = 5;

/// Words that begin a statement about a club.
const PREDICATES: [&str; 17] = [
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
    fn question(&mut self, text: &str) -> Parsed<Question> {
        let event = self.either()?;
        let given = if self.take(&["given", "if"]) {
            self.subjects = Subjects::default();
            Some(self.either()?)
        } else {
            None
        };
        if let Some(word) = self.peek_word() {
            let help = "join events with `and`, `or` or `given`";
            return Err(self.error(
                word.span.clone(),
                "the question goes on where it could end",
                help,
            ));
        }
        Ok(Question {
            text: text.to_owned(),
            event,
            given,
        })
    }

    fn either(&mut self) -> Parsed<Event> {
        let mut events = vec![self.both()?];
        while self.take(&["or"]) {
            events.push(self.both()?);
        }
        Ok(if events.len() == 1 {
            events.remove(0)
        } else {
            Event::Any(events)
        })
    }

    fn both(&mut self) -> Parsed<Event> {
        let mut events = vec![self.single()?];
        while self.take(&["and", "but"]) {
            events.push(self.single()?);
        }
        Ok(if events.len() == 1 {
            events.remove(0)
        } else {
            Event::All(events)
        })
    }

    fn single(&mut self) -> Parsed<Event> {
        if self.take(&["not"]) {
            return Ok(Event::Not(Box::new(self.single()?)));
        }
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
            return self.predicate();
        }
        self.next = start + 1;
        let event = self.either()?;
        if self.take(&[")"]) {
            Ok(event)
        } else {
            Err(self.error(self.here(), "a parenthesis is not closed", "write `)`"))
        }
    }

    fn statement(&mut self) -> Parsed<Event> {
        if let Some(event) = self.of_round()? {
            return Ok(event);
        }
        if let Some(event) = self.of_match()? {
            return Ok(event);
        }
        let continues = self.peek().is_some_and(|word| PREDICATES.contains(&word));
        if !continues || self.subjects.clubs.is_empty() {
            self.subjects = self.clubs()?;
        }
        self.predicate()
    }

    /// Clubs joined by `and`, `or` or commas.
    fn clubs(&mut self) -> Parsed<Subjects> {
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
        Ok(Subjects { clubs, any })
    }

    /// A club: the longest name that fits.
    fn club(&mut self) -> Parsed<ClubId> {
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
        Err(self.error(span, &fact, &help))
    }

    fn predicate(&mut self) -> Parsed<Event> {
        let subjects = self.subjects.clone();
        if self.take(&["champion", "champions"]) {
            let last = self.last_round();
            return Ok(subjects.each(|club| Event::Wins(club, last)));
        }
        for (place, word) in ["first", "second", "third", "fourth"]
            .into_iter()
            .enumerate()
        {
            if self.take(&[word]) {
                if self.take(&["in"]) {
                    self.expect(&["group"])?;
                }
                return Ok(subjects.each(|club| Event::Place(club, place + 1)));
            }
        }
        if self.take(&["wins", "win"]) {
            if self.take(&["group"]) {
                return Ok(subjects.each(|club| Event::Place(club, 1)));
            }
            let last = self.last_round();
            let round = if self.take(&["title", "cup"]) {
                last
            } else {
                self.round()?
            };
            return Ok(subjects.each(|club| Event::Wins(club, round)));
        }
        if self.take(&["reaches", "reach", "in"]) {
            let round = self.round()?;
            return Ok(subjects.each(|club| Event::Reaches(club, round)));
        }
        if self.take(&["out"]) {
            self.take(&["in"]);
            if self.take(&["group", "groups"]) {
                return Ok(subjects.each(Event::OutInGroup));
            }
            let round = self.round()?;
            return Ok(subjects.each(|club| Event::OutIn(club, round)));
        }
        if self.take(&["seed", "seeded"]) {
            let seeds = self.seeds()?;
            return Ok(subjects.each(|club| Event::Seed(club, seeds.clone())));
        }
        let beats = self.peek() == Some("beats");
        if self.take(&["meets", "meet", "beats", "beat"]) {
            let other = self.club()?;
            let round = if self.take(&["in"]) {
                Some(self.round()?)
            } else {
                None
            };
            return Ok(subjects.each(|club| {
                if beats {
                    Event::Beats(club, other, round)
                } else {
                    Event::Meet(club, other, round)
                }
            }));
        }
        Err(self.no_predicate())
    }

    /// A statement about a round.
    fn of_round(&mut self) -> Parsed<Option<Event>> {
        if self.take(&["total"]) {
            self.expect(&["goals"])?;
            self.expect(&["in"])?;
            let round = self.round()?;
            return Ok(Some(Event::Goals(round, self.bounds()?)));
        }
        let back = self.next;
        if let Ok(round) = self.round()
            && self.take(&["goes"])
        {
            self.expect(&["to"])?;
            if self.take(&["extra"]) {
                self.expect(&["time"])?;
                return Ok(Some(Event::ExtraTime(round)));
            }
            self.expect(&["penalties", "shoot-out"])?;
            return Ok(Some(Event::ShootOut(round)));
        }
        self.next = back;
        Ok(None)
    }

    /// `over 2`, `under 3`, `exactly 2`.
    fn bounds(&mut self) -> Parsed<RangeInclusive<u32>> {
        let word = self.peek().unwrap_or_default().to_owned();
        self.expect(&["over", "under", "exactly"])?;
        let span = self.here();
        // `over 2.5` is how people bet; it means the same as `over 2`, and `under 2.5` the same as `under 3`.
        let number = self.peek().and_then(|word| word.parse::<f64>().ok());
        let number = number.filter(|number| (0.0..1000.0).contains(number));
        let Some(number) = number else {
            return Err(self.error(
                span,
                "a number of goals should stand here",
                "write for example `over 2`",
            ));
        };
        self.next += 1;
        match word.as_str() {
            "over" => Ok(number.floor() as u32 + 1..=u32::MAX),
            "under" if number > 0.0 => Ok(0..=number.ceil() as u32 - 1),
            "exactly" if number.fract() == 0.0 => Ok(number as u32..=number as u32),
            _ => Err(self.error(
                span,
                "no number of goals is that",
                "write a whole number above 0",
            )),
        }
    }

    /// `[ROUND] HOME-AWAY` and a score or result, if that is what comes next.
    fn of_match(&mut self) -> Parsed<Option<Event>> {
        let back = self.next;
        let round = self.round().ok();
        let Some((home, away)) = self.pairing() else {
            self.next = back;
            return Ok(None);
        };
        let span = self.span_from(back);
        let score = self.peek().and_then(|word| word.parse::<Goals>().ok());
        if score.is_some() {
            self.next += 1;
        }
        let result = if score.is_some() {
            None
        } else {
            Some(self.result()?)
        };
        if self.tournament.group_of(home) != self.tournament.group_of(away) {
            return Ok(Some(match (score, result) {
                (Some(goals), _) => Event::LegScore(home, away, round, goals),
                (None, result) => {
                    Event::LegResult(home, away, round, result.unwrap_or(MatchResult::Draw))
                }
            }));
        }
        let mut fixtures = self
            .tournament
            .group_ids()
            .flat_map(|group| self.tournament.fixtures_of(group));
        let at = fixtures.position(|(_, fixture)| (fixture.home, fixture.away) == (home, away));
        let Some(at) = at.filter(|_| round.is_none()) else {
            let help = "clubs of one group meet in the group stage only: leave out the round";
            return Err(self.error(span, "there is no such match", help));
        };
        Ok(Some(match (score, result) {
            (Some(goals), _) => Event::GroupScore(at, goals),
            (None, result) => Event::GroupResult(at, result.unwrap_or(MatchResult::Draw)),
        }))
    }

    /// `HOME-AWAY`, with or without spaces around the dash.
    fn pairing(&mut self) -> Option<(ClubId, ClubId)> {
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

    fn result(&mut self) -> Parsed<MatchResult> {
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

    /// A round by its name (singular or plural) or short form.
    fn round(&mut self) -> Parsed<RoundId> {
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
        Err(self.error(self.here(), fact, &format!("write {}", either(&names))))
    }

    fn seeds(&mut self) -> Parsed<RangeInclusive<usize>> {
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
            return Err(self.error(self.here(), "a seed should stand here", &help));
        };
        self.next += 1;
        Ok(low..=high)
    }

    fn last_round(&self) -> RoundId {
        RoundId::new(self.tournament.bracket.rounds.len() - 1)
    }

    fn peek_word(&self) -> Option<&Located<String>> {
        self.words.get(self.next)
    }

    fn peek(&self) -> Option<&str> {
        self.peek_word().map(|word| word.value.as_str())
    }

    /// Goes past one of these words, if it comes next.
    fn take(&mut self, choices: &[&str]) -> bool {
        let found = self.peek().is_some_and(|word| choices.contains(&word));
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, choices: &[&str]) -> Parsed<()> {
        if self.take(choices) {
            return Ok(());
        }
        let quoted: Vec<String> = choices.iter().map(|word| format!("`{word}`")).collect();
        let fact = format!("{} should stand here", either(&quoted));
        Err(self.error(
            self.here(),
            &fact,
            "see `cupcast ask --help` for all that can be asked",
        ))
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "`Parsed` keeps its errors small"
    )]
    fn no_predicate(&self) -> Box<Diagnostic> {
        let Some(word) = self.peek() else {
            let help = "say something of it, such as `champion`, `wins its group`, `in the final`";
            return self.error(self.here(), "the question ends after a club", help);
        };
        let fact = format!("`{word}` is nothing that can be said of a club");
        let help = nearest(word, PREDICATES).map_or_else(
            || "see `cupcast ask --help` for all that can be asked".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.error(self.here(), &fact, &help)
    }

    /// The place of the next word, or the end.
    fn here(&self) -> Span {
        self.peek_word()
            .map_or(self.end..self.end, |word| word.span.clone())
    }

    /// From a word to the one before the next.
    fn span_from(&self, first: usize) -> Span {
        self.words[first].span.start..self.words[self.next - 1].span.end
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "`Parsed` keeps its errors small"
    )]
    #[expect(clippy::unused_self, reason = "it reads as the parser speaking")]
    fn error(&self, span: Span, fact: &str, help: &str) -> Box<Diagnostic> {
        let diagnostic = Diagnostic::error(span, fact);
        Box::new(if help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(help)
        })
    }
}
