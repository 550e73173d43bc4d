//! What results and rules settle: what is certain and what is impossible whatever the open matches end with.
//!
//! No model has a say here. The groups are gone through result by result (`group`), seeds and bracket by what that
//! leaves possible. What counts as possible may, in involved cases, be impossible after all; what counts as impossible
//! or certain is so without doubt.

mod bracket;
mod group;
mod ranking;
mod seeds;
mod span;
#[cfg(test)]
mod tests;

use crate::ids::{ClubId, RoundId, TieId};
use crate::odds::Odds;
use crate::playbook::{Playbook, ScoreId};
use crate::tournament::{Goals, MatchResult, SecondLegHost};
use bracket::{Draw, TieFates};
pub use group::GroupFates;
use group::sole_score;
use rayon::prelude::*;
use seeds::Seeds;

/// What is known, or assumed, of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// It ends like this.
    Known(Goals),
    /// Only the result: by as many goals as you like.
    Ended(MatchResult),
    /// Nothing.
    Open,
}

/// Whether something happens or not, if that is settled.
pub type Verdict = Option<bool>;

/// What is settled in a tournament, and what can still happen.
#[derive(Debug, Clone)]
pub struct Settled<'a> {
    playbook: &'a Playbook,
    groups: Vec<GroupFates>,
    /// For each club its group and its position in it.
    members: Vec<(usize, usize)>,
    seeds: Seeds,
    ties: Vec<TieFates>,
    /// For each seed the ties that it goes through as long as it wins.
    roads: Vec<Vec<usize>>,
}

/// What a number of possible things means for one of them: certain if there is no other, impossible if it is none.
fn verdict(can: bool, can_otherwise: bool) -> Verdict {
    match (can, can_otherwise) {
        (false, _) => Some(false),
        (true, false) => Some(true),
        (true, true) => None,
    }
}

impl<'a> Settled<'a> {
    /// What is settled in what a playbook leaves to be played.
    pub fn of(playbook: &'a Playbook) -> Self {
        let groups: Vec<GroupFates> = playbook
            .groups
            .par_iter()
            .map(|plan| GroupFates::of(playbook, plan))
            .collect();
        let seeds = Seeds::of(playbook, &groups);
        let mut members = vec![(0, 0); playbook.clubs];
        for (number, group) in playbook.groups.iter().enumerate() {
            for (position, club) in group.clubs.iter().enumerate() {
                members[club.index()] = (number, position);
            }
        }
        let draw = Draw {
            playbook,
            seeds: &seeds,
        };
        let ties = draw.ties();
        let roads = (0..groups.len()).map(|seed| draw.road(seed)).collect();
        Self {
            playbook,
            groups,
            members,
            seeds,
            ties,
            roads,
        }
    }

    /// Everything a forecast speaks of.
    pub fn odds(&self) -> Odds<Verdict> {
        let clubs = || (0..self.playbook.clubs).map(ClubId::new);
        let rounds = || (0..self.playbook.rounds.len()).map(RoundId::new);
        Odds {
            place: clubs()
                .map(|club| {
                    let size = self.playbook.groups[self.members[club.index()].0]
                        .clubs
                        .len();
                    (0..size).map(|place| self.place(club, place)).collect()
                })
                .collect(),
            seed: clubs()
                .map(|club| {
                    (0..self.groups.len())
                        .map(|seed| self.seed(club, seed))
                        .collect()
                })
                .collect(),
            round: clubs()
                .map(|club| rounds().map(|round| self.plays(club, round)).collect())
                .collect(),
            title: clubs().map(|club| self.title(club)).collect(),
        }
    }

    /// How a group can end.
    pub fn group(&self, group: usize) -> &GroupFates {
        &self.groups[group]
    }

    /// How a group can end if some of its matches (by their number in it) end like this.
    pub fn group_given(&self, group: usize, given: &[(usize, Score)]) -> GroupFates {
        GroupFates::given(self.playbook, &self.playbook.groups[group], given)
    }

    /// The group of a club and its position in it.
    pub fn member(&self, club: ClubId) -> (usize, usize) {
        self.members[club.index()]
    }

    /// How many places there are in the group of a club.
    pub fn places(&self, club: ClubId) -> usize {
        self.playbook.groups[self.members[club.index()].0]
            .clubs
            .len()
    }

    /// The group of a group match, and its number in it, by its position among all group matches.
    ///
    /// # Panics
    /// If there are not so many matches.
    pub fn group_match(&self, at: usize) -> (usize, usize) {
        let mut number = at;
        for (group, plan) in self.playbook.groups.iter().enumerate() {
            if number < plan.matches.len() {
                return (group, number);
            }
            number -= plan.matches.len();
        }
        panic!("there is no group match {at}");
    }

    /// The score of a match that is known.
    pub fn known_score(&self, score: ScoreId) -> Option<Goals> {
        sole_score(self.playbook.score(score))
    }

    /// The round of a tie.
    pub fn round_of(&self, tie: TieId) -> RoundId {
        self.playbook.ties[tie.index()].round
    }

    /// Whether a club can win a tie.
    pub fn can_win(&self, club: ClubId, tie: TieId) -> bool {
        self.ties[tie.index()].wins[club.index()]
    }

    /// Whether a club can lose a tie.
    pub fn can_lose(&self, club: ClubId, tie: TieId) -> bool {
        self.ties[tie.index()].loses[club.index()]
    }

    /// Whether the first of two seeds (counted from 0) is at home in the last leg of a tie.
    pub fn first_hosts(&self, tie: TieId, first: usize, second: usize) -> bool {
        match self.playbook.ties[tie.index()].second_leg_host {
            SecondLegHost::HigherSeed => first < second,
            SecondLegHost::Side(side) => {
                self.ties[tie.index()].seeds[usize::from(side)].contains(&first)
            }
        }
    }

    /// Whether nothing about a round is open any more: who meets whom, and every goal.
    pub fn is_over(&self, round: RoundId) -> bool {
        let draw = Draw {
            playbook: self.playbook,
            seeds: &self.seeds,
        };
        let ties = self.ties.iter().zip(&self.playbook.ties);
        let mut of_round = ties.filter(|(_, tie)| tie.round == round);
        of_round.all(|(fates, tie)| draw.is_over(fates, tie))
    }

    /// Whether a club can go on as a seed, counted from 0.
    pub fn can_seed(&self, club: ClubId, seed: usize) -> bool {
        self.seeds.can[club.index()][seed]
    }

    /// Whether two clubs of two groups can have these seeds together.
    pub fn can_seed_both(&self, one: (ClubId, usize), other: (ClubId, usize)) -> bool {
        let pair = [one, other].map(|(club, seed)| (club.index(), seed));
        self.seeds.can_both(pair[0], pair[1])
    }

    /// The ties that a seed (counted from 0) goes through as long as it wins, in order.
    pub fn road(&self, seed: usize) -> impl Iterator<Item = TieId> {
        self.roads[seed].iter().copied().map(TieId::new)
    }

    /// Whether two clubs are in one group.
    pub fn share_a_group(&self, one: ClubId, other: ClubId) -> bool {
        self.members[one.index()].0 == self.members[other.index()].0
    }

    /// Finishes its group in a place, counted from 0.
    pub fn place(&self, club: ClubId, place: usize) -> Verdict {
        let (group, position) = self.members[club.index()];
        let fates = &self.groups[group];
        let size = self.playbook.groups[group].clubs.len();
        let another = (0..size).any(|other| other != place && fates.can(position, other));
        verdict(fates.can(position, place), another)
    }

    /// Goes on as a seed, counted from 0.
    pub fn seed(&self, club: ClubId, seed: usize) -> Verdict {
        let can = &self.seeds.can[club.index()];
        let another = (0..can.len()).any(|other| other != seed && can[other]);
        let alone = self.seeds.can.iter().filter(|seeds| seeds[seed]).count() == 1;
        let wins = self.place(club, 0) == Some(true);
        verdict(can[seed], !alone && (another || !wins))
    }

    /// Is seeded at all: wins its group.
    pub fn seeded(&self, club: ClubId) -> Verdict {
        self.place(club, 0)
    }

    /// Plays in a knockout round.
    pub fn plays(&self, club: ClubId, round: RoundId) -> Verdict {
        self.comes_to(
            club,
            |tie| tie.round == round.index(),
            |tie| tie.sides.iter().any(|side| side[club.index()]),
        )
    }

    /// Wins its tie of a round.
    pub fn wins(&self, club: ClubId, round: RoundId) -> Verdict {
        let mine = || self.ties.iter().filter(|tie| tie.round == round.index());
        let can = mine().any(|tie| tie.wins[club.index()]);
        let loses = mine().any(|tie| tie.loses[club.index()]);
        let sure = self.plays(club, round) == Some(true) && !loses;
        let alone = mine().any(|tie| is_only(&tie.wins, club));
        verdict(can, !sure && !alone)
    }

    /// Wins the cup.
    pub fn title(&self, club: ClubId) -> Verdict {
        let last = RoundId::new(self.playbook.rounds.len().saturating_sub(1));
        self.wins(club, last)
    }

    /// Stands on a side of a tie.
    pub fn stands(&self, club: ClubId, tie: TieId, side: usize) -> Verdict {
        let side = &self.ties[tie.index()].sides[side];
        verdict(side[club.index()], !is_only(side, club))
    }

    /// Meets another club in a round.
    pub fn meets(&self, round: RoundId, club: ClubId, other: ClubId) -> Verdict {
        let rivals = self.rivals(round, club);
        let sure = self.plays(club, round) == Some(true);
        verdict(rivals.contains(&other), !sure || rivals.len() > 1)
    }

    /// Wins against another club if the two meet in a round.
    pub fn beats(&self, round: RoundId, club: ClubId, other: ClubId) -> Verdict {
        let [wins, loses] = self.outcomes(round, club, other);
        verdict(wins, loses)
    }

    /// Collects so many points in its group matches.
    pub fn points(&self, club: ClubId, points: i32) -> Verdict {
        let (group, position) = self.members[club.index()];
        let possible = &self.groups[group].points[position];
        verdict(possible.contains(&points), possible.len() > 1)
    }

    /// The clubs that a club can meet in a round.
    fn rivals(&self, round: RoundId, club: ClubId) -> Vec<ClubId> {
        let all = (0..self.playbook.clubs).map(ClubId::new);
        all.filter(|other| self.outcomes(round, club, *other).contains(&true))
            .collect()
    }

    /// Whether a club can win a tie of a round against another, and whether it can lose it.
    pub fn outcomes(&self, round: RoundId, club: ClubId, other: ClubId) -> [bool; 2] {
        let mut found = [false; 2];
        let draw = Draw {
            playbook: self.playbook,
            seeds: &self.seeds,
        };
        for (fates, tie) in self.ties.iter().zip(&self.playbook.ties) {
            if tie.round != round {
                continue;
            }
            for own in 0..2 {
                let mut pair = [club.index(), other.index()];
                if own == 1 {
                    pair.reverse();
                }
                let stand = (0..2).all(|side| fates.sides[side][pair[side]]);
                if stand {
                    let can = draw.outcomes(tie, &fates.seeds, pair);
                    found[0] |= can[own];
                    found[1] |= can[1 - own];
                }
            }
        }
        found
    }

    /// Whether a club comes to a tie of a kind: certain if it wins its group and every seed it can get leads there
    /// without a tie that it can lose, or if it is the only one that can stand in some place there.
    fn comes_to(
        &self,
        club: ClubId,
        is_there: impl Fn(&TieFates) -> bool,
        stands: impl Fn(&TieFates) -> bool,
    ) -> Verdict {
        let index = club.index();
        let there = || self.ties.iter().filter(|tie| is_there(tie));
        let can = there().any(&stands);
        let alone = there()
            .flat_map(|tie| &tie.sides)
            .any(|side| is_only(side, club));
        let leads_there = |seed: usize| {
            for &tie in &self.roads[seed] {
                let tie = &self.ties[tie];
                if is_there(tie) {
                    return true;
                }
                if tie.loses[index] {
                    return false;
                }
            }
            false
        };
        let mut seeds = self.seeds.can[index].iter().enumerate();
        let sure =
            self.place(club, 0) == Some(true) && seeds.all(|(seed, can)| !can || leads_there(seed));
        verdict(can, !alone && !sure)
    }
}

/// Whether a club is the only one in a set.
fn is_only(set: &[bool], club: ClubId) -> bool {
    set[club.index()] && set.iter().filter(|can| **can).count() == 1
}
