//! Scenarios in words: `win at Toluca`, `draw at Toluca and Comunicaciones do not beat Caledonia AIA by 3 or more`.

use super::{ClubScenario, MatchResult, Requirement, Span, Statement};
use crate::ids::{ClubId, FixtureId};
use crate::tournament::{Tournament, either};

/// Whoever knows what matches and clubs are called.
pub trait Naming {
    /// The clubs of a match, the home club (on neutral ground the one listed first) first.
    fn sides(&self, fixture: FixtureId) -> [ClubId; 2];

    /// The name of a club.
    fn club_name(&self, club: ClubId) -> &str;

    /// Whether a match has no home club.
    fn is_neutral(&self, fixture: FixtureId) -> bool;

    /// Being level on all that goals decide, and what decides then among so many clubs.
    fn lots_words(&self, level: u32) -> [String; 2];
}

impl Naming for Tournament {
    fn sides(&self, fixture: FixtureId) -> [ClubId; 2] {
        let fixture = self.fixture(fixture);
        [fixture.home, fixture.away]
    }

    fn club_name(&self, club: ClubId) -> &str {
        &self.club(club).name
    }

    fn is_neutral(&self, _: FixtureId) -> bool {
        false
    }

    fn lots_words(&self, level: u32) -> [String; 2] {
        [
            "finish level at the top on every criterion".to_owned(),
            format!("win the drawing of lots among {level}"),
        ]
    }
}

/// A statement about a club as an order to it: `draw at Toluca and Herediano beat Valencia`.
pub fn statement_words(names: &impl Naming, club: ClubId, statement: &Statement) -> String {
    let requirements = statement.requirements.iter();
    let told: Vec<Told> = requirements
        .map(|requirement| requirement_words(names, club, requirement))
        .collect();
    // Where one of several conditions has alternatives, it has to be clear where they end.
    let branches = told.len() > 1 && told.iter().any(|told| told.alternatives > 1);
    let mut parts: Vec<String> = told
        .into_iter()
        .map(|told| {
            if branches && told.alternatives > 1 {
                format!("either {}", told.words)
            } else {
                told.words
            }
        })
        .collect();
    if !statement.ahead_on.is_empty() {
        let criteria = either(&statement.ahead_on);
        parts.push(format!("come out ahead on {criteria}"));
    }
    if let Some(level) = statement.lots {
        let [being_level, deciding] = names.lots_words(level);
        if parts.is_empty() {
            parts.push(being_level);
        }
        parts.push(deciding);
    }
    parts.join(if branches { ", and " } else { " and " })
}

/// All that suffices in one sentence, such as `win at Toluca, or draw at Toluca and ...`; `None` where
/// nothing is left to say or too many matches are left to say it.
pub fn answer(tournament: &Tournament, scenario: &ClubScenario) -> Option<String> {
    let statements = scenario.statements.as_ref()?;
    let words = statements
        .iter()
        .map(|statement| statement_words(tournament, scenario.club, statement));
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", or "))
}

/// Who speaks of a match: the club itself, of one of its own, or somebody else.
enum Voice {
    /// `win at Toluca`: the place in words.
    Own(String),
    /// `Toluca beat Comunicaciones`: the home and the away club, and whether the ground is neutral.
    Others(String, String, bool),
}

/// What is said of a result, seen from the club (or the home club of others).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Win,
    Draw,
    Lose,
    NotWin,
    NotLose,
}

/// A verb with what belongs to it: ` by 2 or more`, ` 2-0`.
type Phrase = (Verb, String);

impl Voice {
    /// A verb with the ways in which it may come true.
    fn says(&self, verb: Verb, details: &[String]) -> String {
        let phrase = match (self, verb) {
            (Self::Own(place), Verb::Win) => format!("win {place}"),
            (Self::Own(place), Verb::Draw) => format!("draw {place}"),
            (Self::Own(place), Verb::Lose) => format!("lose {place}"),
            (Self::Own(place), Verb::NotWin) => format!("do not win {place}"),
            (Self::Own(place), Verb::NotLose) => format!("do not lose {place}"),
            (Self::Others(home, away, _), Verb::Win) => format!("{home} beat {away}"),
            (Self::Others(home, away, _), Verb::Draw) => format!("{home} and {away} draw"),
            (Self::Others(home, away, false), Verb::Lose) => format!("{away} win at {home}"),
            (Self::Others(home, away, true), Verb::Lose) => format!("{away} beat {home}"),
            (Self::Others(home, away, _), Verb::NotWin) => format!("{home} do not beat {away}"),
            (Self::Others(home, away, false), Verb::NotLose) => {
                format!("{away} do not win at {home}")
            }
            (Self::Others(home, away, true), Verb::NotLose) => {
                format!("{away} do not beat {home}")
            }
        };
        format!("{phrase}{}", details.join(" or"))
    }

    /// Whether the side that speaks of a defeat is the one that suffers it.
    fn is_own(&self) -> bool {
        matches!(self, Self::Own(_))
    }
}

/// What one match has to end in, in words.
struct Told {
    words: String,
    /// How many alternatives are listed.
    alternatives: usize,
}

/// The ways in which a match can end as required, the best result first.
fn requirement_words(names: &impl Naming, club: ClubId, requirement: &Requirement) -> Told {
    let [home, away] = names.sides(requirement.fixture);
    let neutral = names.is_neutral(requirement.fixture);
    let name = |id: ClubId| names.club_name(id).to_owned();
    let spans = requirement.scores.spans();
    let (voice, spans) = if home == club {
        (Voice::Own(format!("against {}", name(away))), spans)
    } else if away == club {
        let turned = spans.into_iter().rev().map(turned).collect();
        let place = if neutral { "against" } else { "at" };
        (Voice::Own(format!("{place} {}", name(home))), turned)
    } else {
        (Voice::Others(name(home), name(away), neutral), spans)
    };
    let phrases = spans.iter().rev().flat_map(|span| span_words(&voice, span));
    let phrases: Vec<Phrase> = phrases.collect();
    let words = phrases
        .chunk_by(|(one, _), (other, _)| one == other)
        .map(|same| {
            let details: Vec<String> = same.iter().map(|(_, detail)| detail.clone()).collect();
            voice.says(same[0].0, &details)
        });
    Told {
        words: words.collect::<Vec<_>>().join(" or "),
        alternatives: phrases.len(),
    }
}

/// A span seen from the away club.
fn turned(span: Span) -> Span {
    Span {
        from: span.to.map(|margin| -margin),
        to: span.from.map(|margin| -margin),
        goals: span.goals,
    }
}

fn span_words(voice: &Voice, span: &Span) -> Vec<Phrase> {
    let more = |margin: i32| format!(" by {margin} or more");
    if !span.goals.is_empty() {
        let margin = span.from.unwrap_or(0);
        let goals = span.goals.iter();
        return goals
            .map(|range| goals_words(voice, margin, *range))
            .collect();
    }
    match (span.from, span.to) {
        (None, None) => Vec::new(),
        (Some(1), None) => vec![(Verb::Win, String::new())],
        (Some(0), None) => vec![(Verb::NotLose, String::new())],
        (Some(from), None) if from > 0 => vec![(Verb::Win, more(from))],
        (Some(from), None) => vec![(Verb::NotLose, more(1 - from))],
        (None, Some(-1)) => vec![(Verb::Lose, String::new())],
        (None, Some(0)) => vec![(Verb::NotWin, String::new())],
        (None, Some(to)) if to < 0 => vec![(Verb::Lose, more(-to))],
        (None, Some(to)) => vec![(Verb::NotWin, more(to + 1))],
        (Some(from), Some(to)) => {
            let mut phrases = Vec::new();
            if to > 0 {
                phrases.push((Verb::Win, by(from.max(1), to)));
            }
            if from <= 0 && to >= 0 {
                phrases.push((Verb::Draw, String::new()));
            }
            if from < 0 {
                phrases.push((Verb::Lose, by(-to.min(-1), -from)));
            }
            phrases
        }
    }
}

/// A range of margins, both ends above zero.
fn by(from: i32, to: i32) -> String {
    match (from, to) {
        (from, to) if from == to => format!(" by exactly {to}"),
        (1, to) => format!(" by at most {to}"),
        (from, to) => format!(" by {from} to {to}"),
    }
}

/// A margin with a range of goals of the side with fewer.
fn goals_words(voice: &Voice, margin: i32, (from, to): (i32, Option<i32>)) -> Phrase {
    let result = MatchResult::of_margin(margin);
    // Of a defeat of the home club the others are told as of a win of the away club.
    let own_goals_are_fewer = result == MatchResult::AwayWin && voice.is_own();
    let score = |base: i32| {
        if own_goals_are_fewer {
            format!("{base}-{}", base - margin)
        } else {
            format!("{}-{base}", base + margin.abs())
        }
    };
    let verb = match result {
        MatchResult::HomeWin => Verb::Win,
        MatchResult::Draw => Verb::Draw,
        MatchResult::AwayWin => Verb::Lose,
    };
    let detail = match (result, to) {
        (_, Some(to)) if from == to => format!(" {}", score(from)),
        (MatchResult::Draw, None) => format!(" {} or higher", score(from)),
        (MatchResult::Draw, Some(to)) => format!(" {} to {}", score(from), score(to)),
        (_, to) => {
            let what = if own_goals_are_fewer {
                "scoring"
            } else {
                "conceding"
            };
            let range = match (from, to) {
                (from, None) => format!("{from} or more"),
                (0, Some(to)) => format!("at most {to}"),
                (from, Some(to)) => format!("{from} to {to}"),
            };
            format!(" by {} {what} {range}", margin.abs())
        }
    };
    (verb, detail)
}
