//! A world: how far the clubs of a question get, and how its matches end; and whether an event is true in it.

use super::Event;
use crate::ids::{ClubId, RoundId, TieId};
use crate::settled::{Score, Settled};
use crate::tournament::{Goals, MatchResult};

/// How far a club gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It ends its group in a place, counted from 0, that is not the first.
    Out(usize),
    /// It wins its group, is a seed (counted from 0), and wins so many ties on its road.
    On { seed: usize, wins: usize },
}

impl Fate {
    /// The place in the group, counted from 0.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Out(place) => place,
            Self::On { .. } => 0,
        }
    }
}

/// A tie in which two clubs meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) tie: TieId,
    /// Whether the first of the two wins it.
    pub(super) first_wins: bool,
    /// Whether the first of the two is at home in the last leg.
    pub(super) first_hosts: bool,
}

/// What has been assumed so far; what is missing is open.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) fates: Vec<(ClubId, Fate)>,
    /// Group matches by their position in an outcome.
    pub(super) matches: Vec<(usize, Score)>,
    /// Knockout legs by home and away club; `None` if it is not played.
    pub(super) legs: Vec<((ClubId, ClubId), Option<Score>)>,
    /// Statements about whole rounds.
    pub(super) rounds: Vec<(Event, bool)>,
}

fn found<K: PartialEq, V: Clone>(list: &[(K, V)], key: &K) -> Option<V> {
    let entry = list.iter().find(|(known, _)| known == key);
    entry.map(|(_, value)| value.clone())
}

/// Whether all of some statements are true: one that is false settles it, one that is unknown leaves it open.
pub(super) fn all(statements: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_known = true;
    for statement in statements {
        match statement {
            Some(false) => return Some(false),
            Some(true) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(true)
}

impl World {
    pub(super) fn fate(&self, club: ClubId) -> Option<Fate> {
        found(&self.fates, &club)
    }

    /// The fates of two clubs, if both are assumed.
    fn fates_of(&self, one: ClubId, other: ClubId) -> Option<[Fate; 2]> {
        Some([self.fate(one)?, self.fate(other)?])
    }

    /// The tie in which two clubs meet, if they do in this world.
    pub(super) fn meeting(
        &self,
        settled: &Settled<'_>,
        one: ClubId,
        other: ClubId,
    ) -> Option<Meeting> {
        let [one, other] = self.fates_of(one, other)?;
        meeting(settled, one, other)
    }

    /// Whether an event is true, as far as the world is known.
    pub(super) fn truth(&self, settled: &Settled<'_>, event: &Event) -> Option<bool> {
        let ties = |club: ClubId| -> Option<(Vec<TieId>, usize)> {
            Some(match self.fate(club)? {
                Fate::Out(_) => (Vec::new(), 0),
                Fate::On { seed, wins } => (settled.road(seed).collect(), wins),
            })
        };
        // The number of the tie of a round on the road of a club.
        let at = |road: &[TieId], round: RoundId| {
            road.iter().position(|tie| settled.round_of(*tie) == round)
        };
        let in_round = |tie: TieId, round: Option<RoundId>| {
            round.is_none_or(|round| settled.round_of(tie) == round)
        };
        match *event {
            Event::Place(club, place) => Some(self.fate(club)?.place() + 1 == place),
            Event::Seed(club, ref seeds) => Some(match self.fate(club)? {
                Fate::On { seed, .. } => seeds.contains(&(seed + 1)),
                Fate::Out(_) => false,
            }),
            Event::OutInGroup(club) => Some(self.fate(club)?.place() > 0),
            Event::Reaches(club, round) => {
                let (road, wins) = ties(club)?;
                Some(at(&road, round).is_some_and(|at| at <= wins))
            }
            Event::Wins(club, round) => {
                let (road, wins) = ties(club)?;
                Some(at(&road, round).is_some_and(|at| at < wins))
            }
            Event::OutIn(club, round) => {
                let (road, wins) = ties(club)?;
                Some(at(&road, round).is_some_and(|at| at == wins))
            }
            Event::Meet(one, other, round) => {
                let [one, other] = self.fates_of(one, other)?;
                let met = meeting(settled, one, other);
                Some(met.is_some_and(|it| in_round(it.tie, round)))
            }
            Event::Beats(winner, loser, round) => {
                let [winner, loser] = self.fates_of(winner, loser)?;
                let met = meeting(settled, winner, loser);
                Some(met.is_some_and(|it| it.first_wins && in_round(it.tie, round)))
            }
            Event::GroupScore(at, goals) => Some(is_score(found(&self.matches, &at)?, goals)),
            Event::GroupResult(at, result) => Some(is_result(found(&self.matches, &at)?, result)),
            Event::LegScore(home, away, round, goals) => {
                self.leg(settled, home, away, round, |score| is_score(score, goals))
            }
            Event::LegResult(home, away, round, result) => {
                self.leg(settled, home, away, round, |score| is_result(score, result))
            }
            Event::Goals(..) | Event::ExtraTime(_) | Event::ShootOut(_) => {
                found(&self.rounds, event)
            }
            Event::Not(ref event) => self.truth(settled, event).map(|truth| !truth),
            Event::All(ref events) => all(events.iter().map(|event| self.truth(settled, event))),
            Event::Any(ref events) => {
                let each = events.iter().map(|event| self.truth(settled, event));
                all(each.map(|truth| truth.map(|truth| !truth))).map(|none| !none)
            }
        }
    }

    /// Whether a leg between two clubs, in a round or in any, ended in some way.
    fn leg(
        &self,
        settled: &Settled<'_>,
        home: ClubId,
        away: ClubId,
        round: Option<RoundId>,
        ended: impl Fn(Score) -> bool,
    ) -> Option<bool> {
        let [one, other] = self.fates_of(home, away)?;
        let Some(met) = meeting(settled, one, other) else {
            return Some(false);
        };
        if round.is_some_and(|round| settled.round_of(met.tie) != round) {
            return Some(false);
        }
        Some(found(&self.legs, &(home, away))?.is_some_and(ended))
    }
}

fn is_score(score: Score, goals: Goals) -> bool {
    // A score of which only the result is said is one that nobody asks about.
    score == Score::Known(goals)
}

fn is_result(score: Score, result: MatchResult) -> bool {
    match score {
        Score::Known(goals) => MatchResult::of(goals) == result,
        Score::Ended(ended) => ended == result,
        Score::Open => false,
    }
}

/// The tie in which two clubs of these fates meet.
pub(super) fn meeting(settled: &Settled<'_>, one: Fate, other: Fate) -> Option<Meeting> {
    let (
        Fate::On { seed, wins },
        Fate::On {
            seed: its,
            wins: its_wins,
        },
    ) = (one, other)
    else {
        return None;
    };
    let [road, its_road]: [Vec<TieId>; 2] = [seed, its].map(|seed| settled.road(seed).collect());
    let at = road.iter().position(|tie| its_road.contains(tie))?;
    let its_at = its_road.iter().position(|tie| *tie == road[at])?;
    (wins >= at && its_wins >= its_at).then(|| Meeting {
        tie: road[at],
        first_wins: wins > at,
        first_hosts: settled.first_hosts(road[at], seed, its),
    })
}
