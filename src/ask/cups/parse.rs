//! Reads questions about cups: what can be said of clubs, associations, meetings, points, scores and stages.

use super::CupEvent;
use super::names::FILLERS;
use crate::ask::cursor::{Parsed, Parser, Speech, Subjects, fail};
use crate::ask::words::words;
use crate::ask::{Question, grammar};
use crate::cup::{Cup, Outcome, Supposed};
use crate::diagnostic::Diagnostics;
use crate::format::{Figure, Rules};
use crate::ids::{ClubId, PlaceId, UnitId};
use crate::tournament::{ClubError, MatchResult, Score};
use std::ops::RangeInclusive;

/// What more can be asked of cups of format 2, for `cupcast ask --help`.
pub const CUP_GRAMMAR: &str = "\
Cups of format 2 answer in the words of their own format (see `cupcast list` and `cupcast check --show-rules`):
  Mexico champion            Spain reaches sf             Qatar wins its group        Croatia 2nd in group F
  Arsenal in the top 4       Everton relegated            Toluca is seed 1-4          Spain out in the group
  Qatar points >= 4          Italy has 9 points           Brazil meets Argentina in sf
  any club of Mexico in the final                         two clubs of England in the semifinals
  no club of Spain champion given Real Madrid out in the r16";

/// Words that begin what is said of a club.
const PREDICATES: [&str; 38] = [
    "champion",
    "champions",
    "wins",
    "win",
    "reaches",
    "reach",
    "in",
    "plays",
    "play",
    "out",
    "seed",
    "seeded",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "bottom",
    "top",
    "place",
    "placed",
    "finishes",
    "finish",
    "comes",
    "come",
    "meets",
    "meet",
    "beats",
    "beat",
    "points",
    "point",
    "goals",
    "has",
    "have",
    "gets",
    "get",
    "with",
    "loses",
];

/// Places in words, the first first.
const ORDINALS: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

/// Small numbers in words, from two on.
const NUMBERS: [&str; 5] = ["two", "three", "four", "five", "six"];

/// The most ways in which several of some clubs may be chosen.
const MOST_CHOICES: usize = 2_000;

/// Reads a question about a cup.
///
/// # Errors
/// Words that are no question, each message pointing at the word.
pub fn parse_cup(text: &str, cup: &Cup) -> Result<Question<CupEvent>, Diagnostics> {
    grammar::read(text, &words(text, &FILLERS), cup)
}

impl Speech for Cup {
    type Event = CupEvent;

    fn find_club(&self, text: &str) -> Result<ClubId, ClubError> {
        Self::find_club(self, text)
    }

    fn together(parser: &mut Parser<'_, Self>) -> Parsed<Option<Subjects>> {
        parser.together()
    }

    fn is_predicate(&self, word: &str) -> bool {
        let mut milestones = self.format().milestones().iter();
        PREDICATES.contains(&word)
            || place_number(word).is_some()
            || milestones.any(|milestone| {
                let first = words(&milestone.words, &FILLERS);
                milestone.key == word || first.first().is_some_and(|first| first.value == word)
            })
    }

    fn of_no_club(parser: &mut Parser<'_, Self>) -> Parsed<Option<CupEvent>> {
        match parser.of_stage()? {
            Some(event) => Ok(Some(event)),
            None => parser.of_match(),
        }
    }

    fn predicate(parser: &mut Parser<'_, Self>) -> Parsed<CupEvent> {
        parser.said_of_clubs()
    }
}

/// `1st`, `2nd`, `first`: the number of a place.
fn place_number(word: &str) -> Option<usize> {
    let named = ORDINALS.iter().position(|ordinal| *ordinal == word);
    let ending = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let end = &word[digits.len()..];
        ["st", "nd", "rd", "th"]
            .contains(&end)
            .then(|| digits.parse().ok())?
    };
    named
        .map(|at| at + 1)
        .or_else(|| ending(word))
        .filter(|number| *number > 0)
}

impl Parser<'_, Cup> {
    /// `any club of Mexico`, `two clubs of England`, `no club of Spain`, or an association alone.
    fn together(&mut self) -> Parsed<Option<Subjects>> {
        let back = self.next;
        self.take(&["at"]);
        self.take(&["least"]);
        let number = self.peek().and_then(|word| {
            let named = NUMBERS.iter().position(|number| *number == word);
            named.map(|at| at + 2).or_else(|| word.parse().ok())
        });
        let word = self.peek().unwrap_or_default().to_owned();
        let how = ["any", "a", "some", "no", "all", "every", "one"].contains(&word.as_str());
        if how || number.is_some() {
            self.next += 1;
            let clubs_said = self.take(&["club", "clubs", "team", "teams", "side", "sides"]);
            let of = self.take(&["of", "from"]);
            let clubs = if of {
                let Some(clubs) = self.take_association() else {
                    let names = self.associations();
                    return self.no_name("no club here is of that", &names);
                };
                clubs
            } else if clubs_said {
                self.language.club_ids().collect()
            } else {
                self.next = back;
                return Ok(None);
            };
            if let Some(least) = number.filter(|number| *number > 1) {
                let mut ways = 1usize;
                for step in 0..least.min(clubs.len()) {
                    ways = ways.saturating_mul(clubs.len() - step) / (step + 1);
                }
                if ways > MOST_CHOICES {
                    let help = "name fewer clubs, or ask about one of them at a time";
                    return fail(
                        self.here(),
                        "so many clubs can be chosen in too many ways",
                        help,
                    );
                }
            }
            return Ok(Some(Subjects {
                clubs,
                any: word != "all" && word != "every",
                none: word == "no",
                least: number.filter(|number| *number > 1),
            }));
        }
        self.next = back;
        let is_club = self.club().is_ok();
        self.next = back;
        if is_club {
            return Ok(None);
        }
        Ok(self.take_association().map(|clubs| Subjects {
            clubs,
            any: true,
            ..Subjects::default()
        }))
    }

    fn said_of_clubs(&mut self) -> Parsed<CupEvent> {
        let subjects = self.subjects.clone();
        let stands =
            |places: Vec<PlaceId>| subjects.each(|club| CupEvent::Stands(club, places.clone()));
        if self.take(&["champion", "champions"]) {
            return Ok(stands(self.title()?));
        }
        if let Some(event) = self.figure(&subjects)? {
            return Ok(event);
        }
        let back = self.next;
        if self.take(&["wins", "win"]) && self.peek() == Some("group") {
            let units = self.tables()?;
            return Ok(stands(self.ranked(&units, 1..=1)));
        }
        self.next = back;
        if let Some(places) = self.take_milestone(true) {
            return Ok(stands(places));
        }
        if self.take(&["wins", "win"]) {
            if self.take(&["title", "cup", "league"]) {
                return Ok(stands(self.title()?));
            }
            let stage = self.stage()?;
            return Ok(stands(self.outputs(stage, 0)));
        }
        if self.take(&["meets", "meet"]) {
            let (other, units) = self.meeting(true)?;
            return Ok(subjects.each(|club| CupEvent::Meet([club, other], units.clone())));
        }
        if self.take(&["beats", "beat"]) {
            let (other, units) = self.meeting(false)?;
            return Ok(subjects.each(|club| CupEvent::Beats([club, other], units.clone())));
        }
        if self.take(&["out"]) {
            return Ok(match self.out()? {
                Out::Loses(places) => stands(places),
                Out::StaysBehind(places) => subjects
                    .each(|club| CupEvent::Not(Box::new(CupEvent::Stands(club, places.clone())))),
            });
        }
        if self.take(&["loses", "lose"]) {
            let stage = self.stage()?;
            return Ok(stands(self.outputs(stage, 1)));
        }
        if let Some(places) = self.placed()? {
            return Ok(stands(places));
        }
        let reaches = self.take(&["reaches", "reach", "plays", "play"]);
        if self.take(&["in", "at"]) || reaches {
            if let Some(places) = self.placed()? {
                return Ok(stands(places));
            }
            if let Some(places) = self.take_milestone(false) {
                return Ok(stands(places));
            }
            let format = self.language.format();
            let group = format.unit_ids().find(|id| {
                let name = &format.unit(*id).name;
                matches!(format.unit(*id).rules, Rules::Table(_)) && self.take_name(name)
            });
            if let Some(group) = group {
                return Ok(stands(format.unit(group).entrants.clone()));
            }
            let stage = self.stage()?;
            return Ok(stands(self.entrants(stage)));
        }
        self.no_predicate(&PREDICATES)
    }

    /// The places of the title.
    fn title(&self) -> Parsed<Vec<PlaceId>> {
        if let Some(places) = self.milestone("title") {
            return Ok(places);
        }
        let keys = self.language.format().milestones().iter();
        let keys: Vec<String> = keys.map(|milestone| milestone.key.clone()).collect();
        self.no_name("this cup names no title", &keys)
    }

    /// The same output of every unit of a stage.
    fn outputs(&self, stage: crate::ids::StageId, rank: usize) -> Vec<PlaceId> {
        let units = self.language.format().units_of(stage);
        let long = units.filter(|(_, unit)| unit.size() > rank);
        long.map(|(_, unit)| unit.output(rank)).collect()
    }

    /// Places of units by rank, counted from 1.
    fn ranked(&self, units: &[UnitId], ranks: RangeInclusive<usize>) -> Vec<PlaceId> {
        let units = units.iter().map(|id| self.language.format().unit(*id));
        let places = units.flat_map(|unit| {
            unit.outputs()
                .enumerate()
                .filter(|(rank, _)| ranks.contains(&(rank + 1)))
                .map(|(_, place)| place)
                .collect::<Vec<_>>()
        });
        places.collect()
    }

    /// `2nd in group F`, `last in its group`, `in the top 4`, `place 3-5`, `seed 1`: where that is.
    fn placed(&mut self) -> Parsed<Option<Vec<PlaceId>>> {
        let back = self.next;
        self.take(&["finishes", "finish", "comes", "come", "ends", "ranked"]);
        if let Some(place) = self.peek().and_then(place_number) {
            let span = self.here();
            self.next += 1;
            self.take(&["place"]);
            let units = self.tables()?;
            let places = self.ranked(&units, place..=place);
            if places.is_empty() {
                return fail(
                    span,
                    "no table here has such a place",
                    "count from the first",
                );
            }
            return Ok(Some(places));
        }
        if self.take(&["last"]) {
            let units = self.tables()?;
            let units = units.iter().map(|id| self.language.format().unit(*id));
            return Ok(Some(
                units.map(|unit| unit.output(unit.size() - 1)).collect(),
            ));
        }
        let word = self.peek().unwrap_or_default().to_owned();
        if !self.take(&["top", "bottom", "place", "placed", "seed", "seeded"]) {
            self.next = back;
            return Ok(None);
        }
        let (low, high) = self.range()?;
        let format = self.language.format();
        let seeds = format.stage_named("seeds");
        if word.starts_with("seed") {
            let Some(seeds) = seeds else {
                let fact = "this cup has no order called `seeds`";
                return fail(self.here(), fact, "write `place 1 in` and the stage");
            };
            let units: Vec<UnitId> = format.units_of(seeds).map(|(id, _)| id).collect();
            return Ok(Some(self.ranked(&units, low..=high)));
        }
        let units = self.tables()?;
        Ok(Some(match word.as_str() {
            "top" => self.ranked(&units, 1..=high),
            "bottom" => {
                let units = units.iter().map(|id| format.unit(*id));
                let lasts = units.flat_map(|unit| unit.outputs().rev().take(high));
                lasts.collect()
            }
            _ => self.ranked(&units, low..=high),
        }))
    }

    /// `4` or `1-4`.
    fn range(&mut self) -> Parsed<(usize, usize)> {
        let word = self.peek().unwrap_or_default();
        let read = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
        let range = match word.split_once(['-', '–']) {
            Some((low, high)) => read(low).zip(read(high)),
            None => read(word).map(|number| (number, number)),
        };
        let Some((low, high)) = range.filter(|(low, high)| low <= high) else {
            return fail(
                self.here(),
                "a place should stand here",
                "write for example `4` or `1-4`",
            );
        };
        self.next += 1;
        Ok((low, high))
    }

    /// The other club, and where they may meet: in ties, and in tables if that counts as well.
    fn meeting(&mut self, in_tables: bool) -> Parsed<(ClubId, Vec<UnitId>)> {
        let other = self.club()?;
        let stage = if self.take(&["in", "at"]) {
            Some(self.stage()?)
        } else {
            None
        };
        let format = self.language.format();
        let tables = |stage| {
            let tables = format.units_of(stage);
            let tables = tables.filter(|(_, unit)| matches!(unit.rules, Rules::Table(_)));
            tables.map(|(id, _)| id).collect::<Vec<_>>()
        };
        let mut units = self.ties(stage);
        if let Some(stage) = stage.filter(|_| in_tables) {
            units.extend(tables(stage));
        }
        if units.is_empty() {
            let help = "name a stage of ties";
            return fail(self.here(), "nobody is put out there", help);
        }
        Ok((other, units))
    }

    /// Where a club is out: beaten in a tie, or left behind in a table.
    fn out(&mut self) -> Parsed<Out> {
        self.take(&["in", "of", "at"]);
        let format = self.language.format();
        let first = format
            .units()
            .iter()
            .find(|unit| matches!(unit.rules, Rules::Table(_)));
        let stage = if self.take(&["group", "groups"]) {
            self.take(&["stage"]);
            first.map(|unit| unit.stage)
        } else {
            Some(self.stage()?)
        };
        let Some(stage) = stage else {
            return fail(self.here(), "this cup has no groups", "name a stage");
        };
        let ties = self.ties(Some(stage));
        if !ties.is_empty() {
            return Ok(Out::Loses(self.outputs(stage, 1)));
        }
        let later = format.units().iter().filter(|unit| {
            unit.stage > stage && matches!(unit.rules, Rules::Table(_) | Rules::Tie(_))
        });
        Ok(Out::StaysBehind(
            later.flat_map(|unit| unit.entrants.clone()).collect(),
        ))
    }

    /// `points >= 4`, `has at least 4 points`, `goal difference > 0`.
    fn figure(&mut self, subjects: &Subjects) -> Parsed<Option<CupEvent>> {
        let back = self.next;
        self.take(&["has", "have", "gets", "get", "with"]);
        let (figure, range) = if let Some(figure) = self.take_figure() {
            (figure, self.compared()?)
        } else {
            let range = self.compared();
            let (Ok(range), Some(figure)) = (range, self.take_figure()) else {
                self.next = back;
                return Ok(None);
            };
            (figure, range)
        };
        let named = self.peek() == Some("in");
        let mut units = if named {
            self.tables()?
        } else {
            let here = self.next;
            let units = self.tables()?;
            self.next = here;
            units
        };
        units.retain(|id| matches!(self.language.format().unit(*id).rules, Rules::Table(_)));
        Ok(Some(subjects.each(|club| {
            CupEvent::Figure(club, units.clone(), figure, range.clone())
        })))
    }

    fn take_figure(&mut self) -> Option<Figure> {
        if self.take(&["points", "point"]) {
            return Some(Figure::Points);
        }
        let figures = [Figure::Difference, Figure::Goals];
        figures
            .into_iter()
            .find(|figure| self.take_name(figure.words()))
    }

    /// `>= 4`, `at least 4`, `over 3`, `4`.
    fn compared(&mut self) -> Parsed<RangeInclusive<i64>> {
        let most = i64::MAX;
        let how = if self.take(&[">=", "≥"]) {
            ">="
        } else if self.take(&["<=", "≤"]) {
            "<="
        } else if self.take(&[">", "over"]) {
            ">"
        } else if self.take(&["<", "under"]) {
            "<"
        } else if self.take(&["more", "fewer", "less"]) {
            let more = self.words[self.next - 1].value == "more";
            self.expect(&["than"])?;
            if more { ">" } else { "<" }
        } else if self.take(&["at"]) {
            let least = self.peek() == Some("least");
            self.expect(&["least", "most"])?;
            if least { ">=" } else { "<=" }
        } else {
            self.take(&["=", "==", "exactly"]);
            "="
        };
        let Some(number) = self.peek().and_then(|word| word.parse::<i64>().ok()) else {
            let help = "write for example `points >= 4`";
            return fail(self.here(), "a number should stand here", help);
        };
        self.next += 1;
        Ok(match how {
            ">=" => number..=most,
            "<=" => i64::MIN..=number,
            ">" => number.saturating_add(1)..=most,
            "<" => i64::MIN..=number.saturating_sub(1),
            _ => number..=number,
        })
    }

    /// A statement about a stage.
    fn of_stage(&mut self) -> Parsed<Option<CupEvent>> {
        if self.take(&["total"]) {
            self.expect(&["goals"])?;
            self.expect(&["in"])?;
            let stage = self.stage()?;
            return Ok(Some(CupEvent::Goals(stage, self.bounds()?)));
        }
        let back = self.next;
        if let Some(stage) = self.take_stage()
            && self.take(&["goes", "go"])
        {
            self.expect(&["to"])?;
            if self.take(&["extra"]) {
                self.expect(&["time"])?;
                return Ok(Some(CupEvent::ExtraTime(stage)));
            }
            self.expect(&["penalties", "shoot-out"])?;
            return Ok(Some(CupEvent::ShootOut(stage)));
        }
        self.next = back;
        Ok(None)
    }

    /// `[STAGE] HOME-AWAY` and a score or result, if that is what comes next.
    fn of_match(&mut self) -> Parsed<Option<CupEvent>> {
        let back = self.next;
        let stage = self.take_stage();
        let Some((home, away)) = self.pairing() else {
            self.next = back;
            return Ok(None);
        };
        let (score, result) = self.outcome()?;
        let outcome = match score {
            Some(ninety) => Outcome::Score(Score {
                ninety,
                after_extra_time: None,
                penalties: None,
            }),
            None => Outcome::Result(result.unwrap_or(MatchResult::Draw)),
        };
        let supposed = self.language.placed(Supposed {
            stage,
            clubs: [home, away],
            outcome,
        });
        Ok(Some(CupEvent::Match(supposed)))
    }
}

/// How a club is out.
enum Out {
    /// It comes to one of these places.
    Loses(Vec<PlaceId>),
    /// It comes to none of these.
    StaysBehind(Vec<PlaceId>),
}
