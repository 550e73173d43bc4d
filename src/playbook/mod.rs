//! The playbook: everything a simulator or solver needs to know about the rest of a tournament, in flat arrays.
//!
//! It is where rules, rates, known results and what-ifs meet. A known or fixed result is a score
//! distribution with all its mass on one scoreline, so that nothing downstream needs to know the difference.

mod changed_clubs;
mod changed_model;
mod compile;
mod legs;
mod open_groups;

pub use changed_clubs::{ChangedClubs, covariate};
pub use changed_model::check_rates;
pub use compile::compile;
pub use open_groups::OpenGroups;

use crate::goals::JointScores;
use crate::ids::{ClubId, RoundId};
use crate::tournament::{GroupCriterion, Points, Round, SeedingCriterion, Tie};

/// The rest of a tournament, ready to be played or solved.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// The number of clubs.
    pub clubs: usize,
    /// The groups, in file order.
    pub groups: Vec<GroupPlan>,
    /// Points of a win, a draw and a defeat in the group stage.
    pub points: Points,
    /// How clubs level on points are ranked.
    pub tiebreakers: Vec<GroupCriterion>,
    /// How the group winners are seeded.
    pub seeding: Vec<SeedingCriterion>,
    /// Where lots have been drawn in reality: for each club its position in that order (a club with a
    /// smaller number wins); `None` for clubs about which no lots were drawn.
    pub lots: Vec<Option<u16>>,
    /// The points taken from each club's total in its group by decisions.
    pub deducted: Vec<u8>,
    /// The knockout rounds and their rules, earliest first; indexed by [`RoundId`].
    pub rounds: Vec<Round>,
    /// The ties in the order in which they can be played; indexed by `TieId`. Their `legs` are not
    /// looked at: known results are in the pairings.
    pub ties: Vec<Tie>,
    /// Every distinct score distribution.
    pub scores: Vec<JointScores>,
    /// For each round, what happens when two clubs meet in it; indexed by [`RoundId`].
    pub pairings: Vec<Pairings>,
}

/// A score distribution: its position in `Playbook::scores`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScoreId(pub u32);

impl ScoreId {
    /// The position in the list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A group and its matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPlan {
    /// The clubs, in file order.
    pub clubs: Vec<ClubId>,
    /// The matches, in file order.
    pub matches: Vec<GroupMatchPlan>,
    /// For each club whether it is placed behind all others whatever the table says: it has left the tournament.
    pub placed_last: Vec<bool>,
    /// For each club whether it may win the group. Where some may not, the odds are those given that one of the others
    /// wins.
    pub may_win: Vec<bool>,
}

impl GroupPlan {
    /// A group in which every match counts, nobody has left and everybody may win.
    pub fn plain(clubs: Vec<ClubId>, matches: Vec<GroupMatchPlan>) -> Self {
        Self {
            placed_last: vec![false; clubs.len()],
            may_win: vec![true; clubs.len()],
            clubs,
            matches,
        }
    }

    /// Whether nothing but the scores of its matches decides the group: every match counts, nobody is placed last
    /// whatever happens, and everybody may win.
    pub fn is_plain(&self) -> bool {
        let all_count = self.matches.iter().all(|game| game.counts);
        let nobody_left = self.placed_last.iter().all(|left| !left);
        all_count && nobody_left && self.may_win.iter().all(|may| *may)
    }
}

/// A group match: who, by position in the group, and the distribution of its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupMatchPlan {
    /// The home club: its position in `GroupPlan::clubs`.
    pub home: u8,
    /// The away club: its position in `GroupPlan::clubs`.
    pub away: u8,
    /// The distribution of the score.
    pub score: ScoreId,
    /// Whether it counts in the table; a match that was struck does not.
    pub counts: bool,
}

/// What happens when two clubs meet in a knockout round, for every ordered pair (host, guest); each
/// list has `clubs * clubs` entries, the host's row first. The diagonal is never read.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairings {
    /// The number of clubs, which is the length of a row.
    pub clubs: usize,
    /// The score of the first leg when `host` is at home in it.
    pub first_leg: Vec<ScoreId>,
    /// The score of the last (second or only) leg when `host` is at home in it.
    pub last_leg: Vec<ScoreId>,
    /// The goals of extra time alone, played where the last leg was.
    pub extra_time: Vec<ScoreId>,
    /// The probability that the host of the last leg wins the shoot-out.
    pub shoot_out: Vec<f64>,
}

impl Pairings {
    /// The position of an ordered pair in each list.
    pub fn at(&self, host: ClubId, guest: ClubId) -> usize {
        host.index() * self.clubs + guest.index()
    }
}

impl Playbook {
    /// The score distribution behind an id.
    pub fn score(&self, id: ScoreId) -> &JointScores {
        &self.scores[id.index()]
    }

    /// How many matches of a group are open: their distributions have more than one possible scoreline.
    pub fn open_matches(&self, group: &GroupPlan) -> usize {
        let possible = |game: &&GroupMatchPlan| {
            let scores = self.score(game.score).iter();
            scores.filter(|(_, p)| *p > 0.0).nth(1).is_some()
        };
        group.matches.iter().filter(possible).count()
    }

    /// The same with one group and nothing after it.
    pub(crate) fn of_group(&self, group: &GroupPlan) -> Self {
        let mut scores = Vec::with_capacity(group.matches.len());
        let mut group = group.clone();
        for game in &mut group.matches {
            scores.push(self.score(game.score).clone());
            game.score = ScoreId((scores.len() - 1) as u32);
        }
        Self {
            clubs: self.clubs,
            groups: vec![group],
            points: self.points,
            tiebreakers: self.tiebreakers.clone(),
            seeding: self.seeding.clone(),
            lots: self.lots.clone(),
            deducted: self.deducted.clone(),
            rounds: Vec::new(),
            ties: Vec::new(),
            scores,
            pairings: Vec::new(),
        }
    }

    /// Whether a tie between any two clubs is the same in two rounds: by their rules, and by what can happen.
    pub fn are_alike(&self, one: usize, other: usize) -> bool {
        let rules = |round: usize| {
            let round = &self.rounds[round];
            (round.legs, round.away_goals, round.extra_time)
        };
        rules(one) == rules(other) && self.pairings[one] == self.pairings[other]
    }

    /// Whether points have been taken from a club of a group.
    pub fn has_deductions(&self, group: &GroupPlan) -> bool {
        let mut clubs = group.clubs.iter();
        clubs.any(|club| self.deducted[club.index()] > 0)
    }

    /// The pairings of a round.
    pub fn pairing(&self, round: RoundId) -> &Pairings {
        &self.pairings[round.index()]
    }
}
