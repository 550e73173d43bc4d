//! What-ifs of cups of any format: the same conditions as people write them, resolved against the graph.
//!
//! A [`WhatIf`] is plain data. [`WhatIf::applied`] makes the cup what it is under it, as far as rules and results go;
//! the engine does the rest (clubs that have left, grounds, strengths, results wherever two clubs meet).

mod ground;
mod read;
mod rules;
#[cfg(test)]
mod tests;
mod words;

pub use ground::Ground;
pub use rules::final_of;

use super::{Departure, FactChange, Manner, RuleChange, StrengthChange};
use crate::cup::{Cup, Match, Outcome, Standing, Supposed};
use crate::format::{Rules, Side};
use crate::ids::{ClubId, UnitId};
use crate::state::{First, Premises};

/// Everything that is taken for granted about a cup, on top of what is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WhatIf {
    /// Results of single matches.
    pub results: Vec<Supposed>,
    /// Clubs that are given to come first in their tables, or not to.
    pub firsts: Vec<First>,
    /// Clubs that are out.
    pub departures: Vec<Departure>,
    /// Clubs that are stronger or weaker than the goal model says.
    pub strengths: Vec<StrengthChange>,
    /// Facts about clubs that the goal model looks at.
    pub facts: Vec<FactChange>,
    /// Matches on neutral ground.
    pub grounds: Vec<Ground>,
    /// Other rules than those of the file.
    pub rules: Vec<RuleChange>,
}

impl WhatIf {
    /// Whether nothing is taken for granted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What holds besides results.
    pub fn premises(&self) -> Premises {
        Premises {
            gone: self.departures.iter().map(|one| one.club).collect(),
            firsts: self.firsts.clone(),
        }
    }

    /// How a club leaves, if it does.
    pub fn departure(&self, club: ClubId) -> Option<Manner> {
        let found = self.departures.iter().find(|one| one.club == club);
        found.map(|departure| departure.manner)
    }

    /// The cup as it was known, with its rules and results as they are under the what-if. What is supposed wherever two
    /// clubs may meet is entered only where they have met.
    #[must_use]
    pub fn applied(&self, known: &Cup) -> Cup {
        let mut cup = known.clone();
        for rule in &self.rules {
            rules::apply(*rule, &mut cup);
        }
        for supposed in &self.results {
            enter(&mut cup, supposed);
        }
        cup
    }
}

/// Puts a supposed result in the place of a known one; one without a score leaves the match open.
fn enter(cup: &mut Cup, supposed: &Supposed) {
    let format = cup.format.clone();
    for game in &mut cup.matches {
        let unit = format.unit(game.unit);
        if supposed.stage.is_some_and(|stage| stage != unit.stage) {
            continue;
        }
        let listed = || {
            let club = |side: u16| format.club_at(*unit.entrants.get(usize::from(side))?);
            let sides = game.sides.map(club);
            Some([sides[0]?, sides[1]?])
        };
        let (clubs, is_table) = match unit.rules {
            Rules::Table(_) => (game.clubs.or_else(listed), true),
            _ => (game.clubs, false),
        };
        let Some(turned) = clubs.and_then(|clubs| speaks_of(supposed, clubs, game.home, is_table))
        else {
            continue;
        };
        let outcome = if turned {
            supposed.outcome.turned()
        } else {
            supposed.outcome
        };
        match outcome {
            Outcome::Score(score) => {
                game.score = Some(score);
                game.clubs = clubs;
            }
            Outcome::Result(_) => game.score = None,
        }
        game.standing = Standing::Played;
    }
}

/// Whether a supposed result is about a match with these clubs, and if so whether the sides are turned.
fn speaks_of(supposed: &Supposed, clubs: [ClubId; 2], home: Side, is_table: bool) -> Option<bool> {
    let turned = [clubs[1], clubs[0]];
    if clubs == supposed.clubs && (is_table || home != Side::Second) {
        Some(false)
    } else if turned == supposed.clubs && !is_table && home != Side::First {
        Some(true)
    } else {
        None
    }
}

/// The match of a table between clubs that are on its list, the first listed first.
fn listed_match<'a>(
    cup: &'a Cup,
    clubs: [ClubId; 2],
    mut stage: impl FnMut(UnitId) -> bool + 'a,
) -> Option<&'a Match> {
    cup.matches().iter().find(|game| {
        let unit = cup.format().unit(game.unit);
        let club = |side: u16| {
            let place = *unit.entrants.get(usize::from(side))?;
            cup.format().club_at(place)
        };
        stage(game.unit)
            && matches!(unit.rules, Rules::Table(_))
            && game.sides.map(club) == clubs.map(Some)
    })
}
