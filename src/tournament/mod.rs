//! A tournament as plain data: clubs, groups, fixtures, rules and bracket, as a file describes them.
//!
//! A [`Tournament`] that came out of [`mod@file`] is valid by construction: every id points somewhere, every
//! group has all its fixtures, every seed meets somebody, and every tiebreaker list ends in a decision.
//! Nothing here knows about probabilities or random numbers.

pub mod bundled;
mod club;
mod deduction;
mod edition;
pub mod file;
pub mod history;
mod knockout_bracket;
mod links;
mod lookup;
mod match_result;
mod moment;
mod moment_text;
mod rules;
mod score;

pub use club::{BestFinish, Club};
pub use deduction::Deduction;
pub use edition::{DatedMatch, Edition, MatchStage, known_by};
pub use knockout_bracket::{Bracket, Leg, PlayedLeg, Round, SecondLegHost, Side, Tie};
pub use links::{Ambiguity, Links};
pub use lookup::{ClubError, either, find_club, plain_name};
pub use match_result::MatchResult;
pub use moment::Moment;
pub use moment_text::MomentError;
pub use rules::{DrawConstraint, DrawRules, GroupCriterion, Points, Rules, SeedingCriterion};
pub(crate) use score::DASHES;
pub use score::{Goals, Score, ScoreError};

use crate::ids::{ClubId, FixtureId, GroupId};
use jiff::civil::Date;

/// One edition of a competition: who plays, whom, when, under which rules, and what is known so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Tournament {
    /// Short name used on the command line, such as `ccl-2013-14`.
    pub id: String,
    /// Full name of the competition, such as `CONCACAF Champions League`.
    pub competition: String,
    /// The edition, such as `2013-14`.
    pub edition: String,
    /// All clubs, in file order; indexed by [`ClubId`].
    pub clubs: Vec<Club>,
    /// All groups, in file order; indexed by [`GroupId`].
    pub groups: Vec<Group>,
    /// All group matches, in file order; indexed by [`FixtureId`].
    pub fixtures: Vec<GroupFixture>,
    /// The knockout stage.
    pub bracket: Bracket,
    /// Points, tiebreakers and seeding criteria.
    pub rules: Rules,
    /// How the groups were drawn, where the file says so.
    pub draw: Option<DrawRules>,
    /// How lots fell in reality, where any were drawn: a club listed earlier beats one listed later.
    pub lots: Vec<ClubId>,
    /// Points taken from clubs by decisions, in file order.
    pub deductions: Vec<Deduction>,
    /// Earlier editions to train a goal model on: bundled names or file paths, oldest first.
    pub history: Vec<String>,
}

/// A group: a name and its clubs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name people use, such as `1` or `A`.
    pub name: String,
    /// The clubs of the group, in file order.
    pub clubs: Vec<ClubId>,
}

/// A group match, played or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFixture {
    /// The group it belongs to.
    pub group: GroupId,
    /// The matchday, counted from 1.
    pub matchday: u8,
    /// The day it is (or was) played.
    pub date: Date,
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// The result, if it is known.
    pub result: Option<Goals>,
    /// Whether the result was awarded rather than played: it counts in the table, and teaches no goal model.
    pub awarded: bool,
}

impl Tournament {
    /// The club behind an id.
    pub fn club(&self, id: ClubId) -> &Club {
        &self.clubs[id.index()]
    }

    /// The group behind an id.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// The group match behind an id.
    pub fn fixture(&self, id: FixtureId) -> &GroupFixture {
        &self.fixtures[id.index()]
    }

    /// All club ids, in file order.
    pub fn club_ids(&self) -> impl Iterator<Item = ClubId> + use<> {
        (0..self.clubs.len()).map(ClubId::new)
    }

    /// All group ids, in file order.
    pub fn group_ids(&self) -> impl Iterator<Item = GroupId> + use<> {
        (0..self.groups.len()).map(GroupId::new)
    }

    /// The matches of one group with their ids, in file order.
    pub fn fixtures_of(&self, group: GroupId) -> impl Iterator<Item = (FixtureId, &GroupFixture)> {
        self.fixtures
            .iter()
            .enumerate()
            .filter(move |(_, fixture)| fixture.group == group)
            .map(|(index, fixture)| (FixtureId::new(index), fixture))
    }

    /// The group a club plays in.
    ///
    /// # Panics
    /// Never for a tournament that was read from a file: every club is in one group.
    pub fn group_of(&self, club: ClubId) -> GroupId {
        let index = self
            .groups
            .iter()
            .position(|group| group.clubs.contains(&club))
            .expect("every club of a valid tournament is in one group");
        GroupId::new(index)
    }

    /// Whether the groups are still to be drawn: see [`DrawRules::pending`].
    pub fn awaits_draw(&self) -> bool {
        self.draw.as_ref().is_some_and(|draw| draw.pending)
    }

    /// Whether every group match has a result.
    pub fn groups_are_over(&self) -> bool {
        self.fixtures.iter().all(|fixture| fixture.result.is_some())
    }

    /// Whether the last tie (the final) has its last leg played, so that nothing is left to forecast.
    pub fn is_finished(&self) -> bool {
        let last = self.bracket.ties.last();
        last.and_then(|tie| tie.legs.last())
            .is_some_and(|leg| leg.played.is_some())
    }

    /// How many matches have a known result: (group matches, knockout legs).
    pub fn known_matches(&self) -> (usize, usize) {
        let groups = self
            .fixtures
            .iter()
            .filter(|fixture| fixture.result.is_some())
            .count();
        let legs = self.bracket.ties.iter().flat_map(|tie| &tie.legs);
        (groups, legs.filter(|leg| leg.played.is_some()).count())
    }
}
