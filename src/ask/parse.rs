//! Reads questions: a small language over clubs, places, seeds, rounds, meetings and scores.

use super::cursor::{PREDICATES, Parsed, Parser, Subjects, fail};
use super::words::words;
use super::{Event, Question};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::tournament::{Goals, MatchResult, Tournament};
use std::ops::RangeInclusive;

/// The most words of a question, and the most parentheses within one another.
const MOST_WORDS: usize = 1000;
const DEEPEST: usize = 50;

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
  (CA or TOL champion) and not TIJ in the final given LA wins its group
What results, rules and logic settle is said to be certain or impossible; the rest are shares of simulated tournaments.";

/// Reads a question.
///
/// # Errors
/// Words that are no question, each message pointing at the word.
///
/// # Panics
/// Never: a list of one message is not empty.
pub fn parse(text: &str, tournament: &Tournament) -> Result<Question, Diagnostics> {
    let words = words(text);
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
        words: &words,
        next: 0,
        end: text.len(),
        tournament,
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
        let mut negated = false;
        while self.take(&["not"]) {
            negated = !negated;
        }
        let event = self.positive()?;
        Ok(if negated {
            Event::Not(Box::new(event))
        } else {
            event
        })
    }

    /// An event without a `not` before it.
    fn positive(&mut self) -> Parsed<Event> {
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
        self.no_predicate()
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
            return fail(span, "there is no such match", help);
        };
        Ok(Some(match (score, result) {
            (Some(goals), _) => Event::GroupScore(at, goals),
            (None, result) => Event::GroupResult(at, result.unwrap_or(MatchResult::Draw)),
        }))
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
}
