//! What-ifs: everything that is taken for granted or changed, whatever really happened or may happen.
//!
//! [`Conditions`] are plain data. [`Conditions::read`] makes them of what people write, as options or in a
//! what-if file ([`file`](mod@file)); `playbook::compile` is where they take effect. Each kind is one of three things:
//! something *made so* (fixes, departures, strengths, facts, neutral grounds), other *rules*, or something *given*
//! (group winners): then all that goes with it changes too, as in any conditional probability.

pub mod cup;
mod departure;
pub mod file;
mod fix;
mod given;
mod ground;
mod item;
mod meeting;
mod parse;
mod possible;
mod rules;
mod strength;
#[cfg(test)]
mod tests;
mod written;

pub use cup::WhatIf;
pub use departure::{Departure, Manner};
pub use fix::Fix;
pub use given::GroupWin;
pub use ground::{Grounds, NeutralGround};
pub use item::{ConditionError, Item, ItemError, ItemKind};
pub use parse::FixError;
pub use rules::RuleChange;
pub use strength::{Fact, FactChange, Strength, StrengthChange};

use crate::ids::{ClubId, FixtureId, GroupId};
use crate::tournament::Tournament;
use std::borrow::Cow;

/// Everything a what-if run takes for granted, on top of the known results.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conditions {
    /// Results of single matches; no two of the same match.
    pub fixes: Vec<Fix>,
    /// Clubs that are given to win their groups, or not to; no two of the same club.
    pub group_wins: Vec<GroupWin>,
    /// Clubs that are out; no two of the same club.
    pub departures: Vec<Departure>,
    /// Clubs that are stronger or weaker than the goal model says.
    pub strengths: Vec<StrengthChange>,
    /// Facts about clubs that the goal model looks at.
    pub facts: Vec<FactChange>,
    /// Matches on neutral ground.
    pub grounds: Vec<NeutralGround>,
    /// Other rules than those of the file; they hold for the whole tournament, known results included.
    pub rules: Vec<RuleChange>,
}

impl Conditions {
    /// Whether nothing is taken for granted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Everything in words, one line each.
    pub fn words(&self, tournament: &Tournament) -> Vec<String> {
        let ruled = self.under_rules(tournament);
        let fixes = self.fixes.iter().map(|fix| fix.words(&ruled));
        let wins = self.group_wins.iter().map(|win| win.words(tournament));
        let departures = self.departures.iter();
        let departures = departures.map(|departure| departure.words(self, tournament));
        let clubs = tournament.clubs.as_slice();
        let strengths = self.strengths.iter().map(|change| change.words(clubs));
        let facts = self.facts.iter().map(|change| change.words(clubs));
        let grounds = self.grounds.iter().map(|ground| ground.words(tournament));
        let rules = self.rules.iter().map(|rule| rule.words(tournament));
        fixes
            .chain(wins)
            .chain(departures)
            .chain(strengths)
            .chain(facts)
            .chain(grounds)
            .chain(rules)
            .collect()
    }

    /// The tournament under the changed rules: with other points, tiebreakers, seeding, rounds and hosts, and
    /// the same results. What else is taken for granted is not entered.
    pub fn under_rules<'a>(&self, tournament: &'a Tournament) -> Cow<'a, Tournament> {
        if self.rules.is_empty() {
            return Cow::Borrowed(tournament);
        }
        let mut changed = tournament.clone();
        for rule in &self.rules {
            rule.apply(&mut changed);
        }
        Cow::Owned(changed)
    }

    /// The result a fix gives a group match.
    pub fn fixed_goals(&self, id: FixtureId) -> Option<crate::tournament::Goals> {
        self.fixes.iter().find_map(|fix| match fix {
            Fix::Group { fixture, goals } if *fixture == id => Some(*goals),
            _ => None,
        })
    }

    /// How a club leaves the tournament, if it does.
    pub fn departure(&self, club: ClubId) -> Option<Manner> {
        let found = self.departures.iter().find(|one| one.club == club);
        found.map(|departure| departure.manner)
    }

    /// Whether every match of a group has a result, known or fixed: then the group stands as it ended, also if
    /// one of its clubs leaves afterwards.
    pub fn group_is_over(&self, tournament: &Tournament, group: GroupId) -> bool {
        tournament
            .fixtures_of(group)
            .all(|(id, fixture)| fixture.result.is_some() || self.fixed_goals(id).is_some())
    }

    /// Whether a group match is still to be played: it has no result, known or fixed, and is neither forfeited nor struck.
    pub fn needs_playing(&self, tournament: &Tournament, id: FixtureId) -> bool {
        let fixture = tournament.fixture(id);
        let stays = |club: ClubId| {
            let manner = self.departure(club);
            manner.is_none_or(|manner| manner == Manner::Eliminated)
        };
        let open = fixture.result.is_none() && self.fixed_goals(id).is_none();
        open && stays(fixture.home) && stays(fixture.away)
    }

    /// Whether a club leaves while its group is being played, so that it is placed last in it.
    pub fn is_placed_last(&self, tournament: &Tournament, club: ClubId) -> bool {
        self.departure(club).is_some() && !self.group_is_over(tournament, tournament.group_of(club))
    }

    /// Whether the known order of the groups and seeds may not be what the bracket starts from.
    fn groups_may_change(&self) -> bool {
        let fixed = self
            .fixes
            .iter()
            .any(|fix| matches!(fix, Fix::Group { .. }));
        fixed || self.rules.contains(&RuleChange::RandomBracket)
    }
}
