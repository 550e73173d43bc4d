//! Reads questions: a small language over clubs, places, seeds, rounds, meetings and scores.

use super::cursor::{Joined, Parsed, Parser, Speech, fail};
use super::words::{FILLERS, words};
use super::{Event, Question, grammar};
use crate::diagnostic::Diagnostics;
use crate::ids::{ClubId, RoundId};
use crate::tournament::{ClubError, MatchResult, Tournament, either, plain_name};
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
  (CA or TOL champion) and not TIJ in the final given LA wins its group
What results, rules and logic settle is said to be certain or impossible; the rest are shares of simulated tournaments.";

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

/// Reads a question.
///
/// # Errors
/// Words that are no question, each message pointing at the word.
pub fn parse(text: &str, tournament: &Tournament) -> Result<Question, Diagnostics> {
    grammar::read(text, &words(text, &FILLERS), tournament)
}

impl Joined for Event {
    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    fn all(events: Vec<Self>) -> Self {
        Self::All(events)
    }

    fn any(events: Vec<Self>) -> Self {
        Self::Any(events)
    }
}

impl Speech for Tournament {
    type Event = Event;

    fn find_club(&self, text: &str) -> Result<ClubId, ClubError> {
        Self::find_club(self, text)
    }

    fn is_predicate(&self, word: &str) -> bool {
        PREDICATES.contains(&word)
    }

    fn of_no_club(parser: &mut Parser<'_, Self>) -> Parsed<Option<Event>> {
        match parser.of_round()? {
            Some(event) => Ok(Some(event)),
            None => parser.of_match(),
        }
    }

    fn predicate(parser: &mut Parser<'_, Self>) -> Parsed<Event> {
        parser.predicate()
    }
}

impl Parser<'_, Tournament> {
    /// A round by its name (singular or plural) or short form.
    fn round(&mut self) -> Parsed<RoundId> {
        let rest = &self.words[self.next..];
        for length in (1..=rest.len().min(3)).rev() {
            let text: Vec<&str> = rest[..length]
                .iter()
                .map(|word| word.value.as_str())
                .collect();
            let text = text.join(" ");
            let found = self.language.bracket.round_ids().find(|id| {
                let round = self.language.bracket.round(*id);
                let name = plain_name(&round.name);
                text == name || text == round.short || text.strip_suffix('s') == Some(&name)
            });
            if let Some(round) = found {
                self.next += length;
                return Ok(round);
            }
        }
        let rounds = self.language.bracket.rounds.iter();
        let names: Vec<String> = rounds.map(|round| format!("`{}`", round.name)).collect();
        let fact = "a round should stand here";
        fail(self.here(), fact, &format!("write {}", either(&names)))
    }

    fn seeds(&mut self) -> Parsed<RangeInclusive<usize>> {
        let most = self.language.groups.len();
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

    fn last_round(&self) -> RoundId {
        RoundId::new(self.language.bracket.rounds.len() - 1)
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
        self.no_predicate(&PREDICATES)
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

    /// `[ROUND] HOME-AWAY` and a score or result, if that is what comes next.
    fn of_match(&mut self) -> Parsed<Option<Event>> {
        let back = self.next;
        let round = self.round().ok();
        let Some((home, away)) = self.pairing() else {
            self.next = back;
            return Ok(None);
        };
        let span = self.span_from(back);
        let (score, result) = self.outcome()?;
        if self.language.group_of(home) != self.language.group_of(away) {
            return Ok(Some(match (score, result) {
                (Some(goals), _) => Event::LegScore(home, away, round, goals),
                (None, result) => {
                    Event::LegResult(home, away, round, result.unwrap_or(MatchResult::Draw))
                }
            }));
        }
        let mut fixtures = self
            .language
            .group_ids()
            .flat_map(|group| self.language.fixtures_of(group));
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
}
