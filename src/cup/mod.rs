//! A cup of any format: its clubs, the graph of its units, its matches, and what is known of it, all as plain data.
//!
//! A [`Cup`] is one edition. Its [`Format`] says how clubs are sorted; the rest are facts, each with a date, so that a
//! moment can take later ones out: results, draws that were held, how clubs were ranked that only cards or lots
//! separate, points given or taken.

mod edition;
mod facts;
mod game;
mod moment;
mod past;
mod supposed;
mod undrawn;

pub use facts::{Adjustment, Facts, Held, Ranked};
pub use game::{Match, Standing};
pub use moment::{Instant, InstantError};
pub use past::{Past, PastRound};
pub use supposed::{Outcome, Supposed, SupposedError};

use crate::format::{Format, Rules, Side};
use crate::ids::{ClubId, UnitId};
use crate::tournament::{Club, ClubError, find_club};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One edition of a competition.
#[derive(Debug, Clone, PartialEq)]
pub struct Cup {
    pub(crate) id: String,
    pub(crate) competition: String,
    pub(crate) edition: String,
    pub(crate) clubs: Vec<Club>,
    /// Numbers known of each club before the edition, by name: `rating`, `coefficient`, `ranking`.
    pub(crate) numbers: BTreeMap<String, Vec<Option<f64>>>,
    /// Words known of each club before the edition, by name: `conference`, `confederation`.
    pub(crate) words: BTreeMap<String, Vec<Option<String>>>,
    pub(crate) format: Format,
    pub(crate) matches: Vec<Match>,
    pub(crate) facts: Facts,
    /// Associations that are at home where a match is played in their country.
    pub(crate) hosts: Vec<String>,
    /// Earlier editions to learn from, as the file names them.
    pub(crate) history: Vec<String>,
    /// Their matches.
    pub(crate) past: Vec<Past>,
    /// The pots, those of the strongest clubs first, where they rank clubs as those of earlier editions do; else none.
    pub(crate) pots: Vec<String>,
}

impl Cup {
    /// The short name of the command line, such as `world-cup-2022`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The full name of the competition.
    pub fn competition(&self) -> &str {
        &self.competition
    }

    /// The edition, such as `2022`.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// The clubs (or national teams); indexed by [`ClubId`].
    pub fn clubs(&self) -> &[Club] {
        &self.clubs
    }

    /// The club behind an id.
    pub fn club(&self, id: ClubId) -> &Club {
        &self.clubs[id.index()]
    }

    /// The club that a code, name or alias means.
    ///
    /// # Errors
    /// A text that names no club (the nearest names are suggested) or more than one.
    pub fn find_club(&self, text: &str) -> Result<ClubId, ClubError> {
        find_club(&self.clubs, text)
    }

    /// All club ids, in file order.
    pub fn club_ids(&self) -> impl Iterator<Item = ClubId> + use<> {
        (0..self.clubs.len()).map(ClubId::new)
    }

    /// The shape of the competition.
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// Every match that is on the list: those of tables all, those of ties as far as they are known or dated.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// The matches of one unit with their positions in [`Cup::matches`], in file order.
    pub fn matches_of(&self, unit: UnitId) -> impl Iterator<Item = (usize, &Match)> {
        let all = self.matches.iter().enumerate();
        all.filter(move |(_, game)| game.unit == unit)
    }

    /// What is known besides results.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// A number that is known of a club, such as its rating.
    pub fn number(&self, name: &str, club: ClubId) -> Option<f64> {
        *self.numbers.get(name)?.get(club.index())?
    }

    /// A word that is known of a club: its association, its pot, or whatever the file tells.
    pub fn word(&self, name: &str, club: ClubId) -> Option<&str> {
        match name {
            "association" => Some(self.club(club).association.as_str()),
            "pot" => self.club(club).pot.as_deref(),
            "zone" => self.club(club).zone.as_deref(),
            other => self.words.get(other)?.get(club.index())?.as_deref(),
        }
    }

    /// Associations that are at home in their own country.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Who is at home where `clubs` play: as the rules say, but a host is at home in its own country. Where no country is
    /// named, a single host's is meant.
    pub fn home_side(&self, home: Side, country: Option<&str>, clubs: [ClubId; 2]) -> Side {
        let only = match self.hosts.as_slice() {
            [only] => Some(only.as_str()),
            _ => None,
        };
        let Some(country) = country.or(only).filter(|_| home == Side::Nobody) else {
            return home;
        };
        let is_host = |club: ClubId| {
            let association = self.club(club).association.as_str();
            association == country && self.hosts.iter().any(|host| host == association)
        };
        match clubs.map(is_host) {
            [true, false] => Side::First,
            [false, true] => Side::Second,
            _ => Side::Nobody,
        }
    }

    /// Whether every match of the last unit has been played, so that nothing is left to forecast.
    pub fn is_finished(&self) -> bool {
        let Some(last) = self.format.unit_ids().next_back() else {
            return true;
        };
        match &self.format.unit(last).rules {
            Rules::Table(_) => self.matches_of(last).all(|(_, game)| game.is_settled()),
            Rules::Tie(_) => {
                self.matches_of(last).any(|(_, game)| game.is_settled()) && {
                    let mut legs = self.matches_of(last).collect::<Vec<_>>();
                    legs.sort_by_key(|(_, game)| game.number);
                    legs.last().is_some_and(|(_, game)| game.is_settled())
                }
            }
            _ => false,
        }
    }

    /// How many matches have a result: (in tables, in ties).
    pub fn known_matches(&self) -> (usize, usize) {
        let known = self.matches.iter().filter(|game| game.score.is_some());
        let (tables, ties): (Vec<&Match>, Vec<&Match>) =
            known.partition(|game| matches!(self.format.unit(game.unit).rules, Rules::Table(_)));
        (tables.len(), ties.len())
    }

    /// The date of the last match that has one.
    pub fn last_date(&self) -> Option<Date> {
        self.matches.iter().filter_map(|game| game.date).max()
    }
}
