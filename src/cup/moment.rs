//! Moments of a cup: a stage, a matchday, a leg or a day, after which nothing is known.

use super::{Cup, Facts};
use crate::format::Rules;
use crate::ids::StageId;
use jiff::civil::Date;

/// A moment from which the rest of a cup is forecast: everything up to its end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instant {
    /// Before the first match.
    Start,
    /// After this matchday (of a stage of tables) or leg (of a stage of ties), counted from 1.
    Part(StageId, u16),
    /// After a stage.
    Stage(StageId),
    /// After the last match of a day.
    Date(Date),
    /// Everything in the file is known.
    Now,
}

/// Why a text names no moment of a cup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no moment of {cup}; write one of {choices}, or a date such as 2022-11-25")]
pub struct InstantError {
    /// What was written.
    pub found: String,
    /// The cup it was meant for.
    pub cup: String,
    /// The moments there are.
    pub choices: String,
}

impl Cup {
    /// Every moment with a name, in order of time, with that name: `start`, `md1`, `group`, `qf-leg1`, `qf`, ...
    pub fn instants(&self) -> Vec<(Instant, String)> {
        let mut all = vec![(Instant::Start, "start".to_owned())];
        let mut tables_before = false;
        for id in self.format.stage_ids() {
            let stage = self.format.stage(id);
            let plays = self
                .format
                .units_of(id)
                .any(|(_, unit)| matches!(unit.rules, Rules::Table(_) | Rules::Tie(_)));
            if !plays {
                continue;
            }
            let is_table = self
                .format
                .units_of(id)
                .any(|(_, unit)| matches!(unit.rules, Rules::Table(_)));
            for part in 1..self.parts(id) {
                let key = match (is_table, tables_before) {
                    (true, false) => format!("md{part}"),
                    (true, true) => format!("{}-md{part}", stage.key),
                    (false, _) => format!("{}-leg{part}", stage.key),
                };
                all.push((Instant::Part(id, part), key));
            }
            tables_before |= is_table;
            all.push((Instant::Stage(id), stage.key.clone()));
        }
        all
    }

    /// A moment as the command line calls it: its name, a date, or `now`.
    pub fn instant_key(&self, instant: Instant) -> String {
        let named = self.instants().into_iter().find(|(one, _)| *one == instant);
        match (named, instant) {
            (Some((_, key)), _) => key,
            (None, Instant::Date(date)) => date.to_string(),
            (None, _) => "now".to_owned(),
        }
    }

    /// How many matchdays or legs a stage has.
    fn parts(&self, stage: StageId) -> u16 {
        let of_stage = |game: &&super::Match| self.format.unit(game.unit).stage == stage;
        let listed = self.matches.iter().filter(of_stage).map(|game| game.number);
        let legs = self
            .format
            .units_of(stage)
            .filter_map(|(_, unit)| match &unit.rules {
                Rules::Tie(tie) => Some(tie.legs.len() as u16),
                _ => None,
            });
        listed.chain(legs).max().unwrap_or(1)
    }

    /// The moment that a text names.
    ///
    /// # Errors
    /// A text that names none; the message lists those there are.
    pub fn instant(&self, text: &str) -> Result<Instant, InstantError> {
        let wanted = text.trim().to_lowercase();
        if wanted == "now" {
            return Ok(Instant::Now);
        }
        if let Ok(date) = wanted.parse::<Date>() {
            return Ok(Instant::Date(date));
        }
        let all = self.instants();
        let singular = wanted.trim_end_matches('s');
        let found = all
            .iter()
            .find(|(_, key)| key.to_lowercase() == wanted || key == singular);
        found
            .map(|(instant, _)| *instant)
            .ok_or_else(|| InstantError {
                found: text.to_owned(),
                cup: self.id.clone(),
                choices: all
                    .iter()
                    .map(|(_, key)| key.as_str())
                    .chain(["now"])
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }

    /// A moment in words, such as `after matchday 2 of the group stage`.
    pub fn instant_words(&self, instant: Instant) -> String {
        match instant {
            Instant::Start => "before the first match".to_owned(),
            Instant::Part(stage, part) => {
                let of = self.format.stage(stage);
                let is_table = self
                    .format
                    .units_of(stage)
                    .any(|(_, unit)| matches!(unit.rules, Rules::Table(_)));
                let word = if is_table { "matchday" } else { "leg" };
                format!("after {word} {part} of the {}", of.name)
            }
            Instant::Stage(stage) => format!("after the {}", self.format.stage(stage).name),
            Instant::Date(date) => format!("after the matches of {date}"),
            Instant::Now => "with all results known".to_owned(),
        }
    }

    /// The cup as it was known at a moment: later results and facts are taken out.
    #[must_use]
    pub fn known_at(&self, instant: Instant) -> Self {
        let mut known = self.clone();
        let knows = |game: &super::Match| {
            let stage = self.format.unit(game.unit).stage;
            match instant {
                Instant::Start => false,
                Instant::Part(last, part) => stage < last || stage == last && game.number <= part,
                Instant::Stage(last) => stage <= last,
                Instant::Date(day) => game.date.is_some_and(|date| date <= day),
                Instant::Now => true,
            }
        };
        let day = match instant {
            Instant::Start => None,
            Instant::Date(day) => Some(day),
            Instant::Now => Some(Date::MAX),
            _ => {
                let played = self
                    .matches
                    .iter()
                    .filter(|game| game.is_settled() && knows(game));
                played.filter_map(|game| game.date).max()
            }
        };
        for (game, full) in known.matches.iter_mut().zip(&self.matches) {
            if !knows(full) {
                game.score = None;
                game.clubs = None;
                game.standing = super::Standing::Played;
            }
        }
        known.facts = self.facts.known_on(day);
        known
    }
}

impl Facts {
    /// The facts that were known at the end of a day; those without a date always were.
    fn known_on(&self, day: Option<Date>) -> Self {
        let known = |date: Option<Date>| date.is_none_or(|date| day.is_some_and(|day| date <= day));
        Self {
            held: self
                .held
                .iter()
                .filter(|fact| known(fact.date))
                .cloned()
                .collect(),
            ranked: self
                .ranked
                .iter()
                .filter(|fact| known(fact.date))
                .cloned()
                .collect(),
            adjustments: self
                .adjustments
                .iter()
                .filter(|fact| known(fact.date))
                .cloned()
                .collect(),
        }
    }
}
