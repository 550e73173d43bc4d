//! Who can still come through the bracket: who can stand on each side of each tie, and who can win and lose it.

use super::group::sole_score;
use super::seeds::Seeds;
use crate::ids::{ClubId, RoundId, TieId};
use crate::playbook::{Playbook, ScoreId};
use crate::tournament::{Goals, SecondLegHost, Side, Tie};

/// What can become of one tie.
#[derive(Debug, Clone)]
pub(super) struct TieFates {
    /// The round it belongs to.
    pub(super) round: usize,
    /// The seeds (counted from 0) that lead to each side.
    pub(super) seeds: [Vec<usize>; 2],
    /// For each side the clubs that can stand on it.
    pub(super) sides: [Vec<bool>; 2],
    /// The clubs that can win it, and those that can lose it.
    pub(super) wins: Vec<bool>,
    pub(super) loses: Vec<bool>,
}

/// Everything that decides who can meet whom and who can win.
pub(super) struct Draw<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) seeds: &'a Seeds,
}

impl Draw<'_> {
    /// The fates of all ties, in order.
    pub(super) fn ties(&self) -> Vec<TieFates> {
        let mut done: Vec<TieFates> = Vec::with_capacity(self.playbook.ties.len());
        for tie in &self.playbook.ties {
            let clubs = self.playbook.clubs;
            let seeds = tie.sides.map(|side| match side {
                Side::Seed(seed) => vec![usize::from(seed) - 1],
                Side::Winner(earlier) => done[earlier.index()].seeds.concat(),
            });
            let sides = tie.sides.map(|side| match side {
                Side::Seed(seed) => {
                    let can = self.seeds.can.iter();
                    can.map(|seeds| seeds[usize::from(seed) - 1]).collect()
                }
                Side::Winner(earlier) => done[earlier.index()].wins.clone(),
            });
            let mut fates = TieFates {
                round: tie.round.index(),
                seeds,
                sides,
                wins: vec![false; clubs],
                loses: vec![false; clubs],
            };
            for one in (0..clubs).filter(|club| fates.sides[0][*club]) {
                for other in (0..clubs).filter(|club| fates.sides[1][*club]) {
                    let [first, second] = self.outcomes(tie, &fates.seeds, [one, other]);
                    for (winner, loser, can) in [(one, other, first), (other, one, second)] {
                        fates.wins[winner] |= can;
                        fates.loses[loser] |= can;
                    }
                }
            }
            done.push(fates);
        }
        done
    }

    /// Whether the club of the first side can win its tie against that of the second, and the other way round; neither
    /// if they cannot meet in it.
    pub(super) fn outcomes(
        &self,
        tie: &Tie,
        seeds: &[Vec<usize>; 2],
        [one, other]: [usize; 2],
    ) -> [bool; 2] {
        let clubs = [one, other].map(ClubId::new);
        let mut found = [false; 2];
        for host in self.hosts(tie, seeds, [one, other]) {
            let [host_can, guest_can] = self.can_win(tie.round, clubs[host], clubs[1 - host]);
            found[host] |= host_can;
            found[1 - host] |= guest_can;
        }
        found
    }

    /// The sides that can be at home in the last leg when these two clubs meet in a tie; none if they cannot meet.
    fn hosts(&self, tie: &Tie, seeds: &[Vec<usize>; 2], [one, other]: [usize; 2]) -> Vec<usize> {
        let mut hosts = Vec::new();
        if one == other {
            return hosts;
        }
        for &mine in &seeds[0] {
            for &its in &seeds[1] {
                let host = match tie.second_leg_host {
                    SecondLegHost::Side(side) => usize::from(side),
                    SecondLegHost::HigherSeed => usize::from(mine > its),
                };
                let known = hosts.contains(&host);
                if !known && self.seeds.can_both((one, mine), (other, its)) {
                    hosts.push(host);
                }
                if hosts.len() == 2 {
                    return hosts;
                }
            }
        }
        hosts
    }

    /// Whether the host of the last leg can win a tie, and whether the guest can.
    fn can_win(&self, round: RoundId, host: ClubId, guest: ClubId) -> [bool; 2] {
        let rules = &self.playbook.rounds[round.index()];
        let pairings = self.playbook.pairing(round);
        let at = pairings.at(host, guest);
        let score = |id: ScoreId| sole_score(self.playbook.score(id));
        let first = (rules.legs > 1).then(|| score(pairings.first_leg[pairings.at(guest, host)]));
        let nothing = Goals { home: 0, away: 0 };
        // Whatever stood before a leg, it can end so that either goes on.
        let (Some(first), Some(last)) =
            (first.unwrap_or(Some(nothing)), score(pairings.last_leg[at]))
        else {
            return [true; 2];
        };
        let aggregate = last.margin() - first.margin();
        let by_away_goals = if rules.away_goals && rules.legs > 1 {
            i32::from(first.away) - i32::from(last.away)
        } else {
            0
        };
        let level_after = [aggregate, by_away_goals];
        if let Some(decisive) = level_after.into_iter().find(|lead| *lead != 0) {
            return [decisive > 0, decisive < 0];
        }
        if rules.extra_time {
            match score(pairings.extra_time[at]) {
                None => return [true; 2],
                Some(goals) if goals.margin() != 0 => {
                    return [goals.margin() > 0, goals.margin() < 0];
                }
                Some(_) => {}
            }
        }
        let host_wins = pairings.shoot_out[at];
        [host_wins > 0.0, host_wins < 1.0]
    }

    /// Whether nothing about a tie is open: who meets, and every goal.
    pub(super) fn is_over(&self, fates: &TieFates, tie: &Tie) -> bool {
        let alone = |side: &Vec<bool>| {
            let mut able = side.iter().enumerate().filter(|(_, can)| **can);
            able.next()
                .filter(|_| able.next().is_none())
                .map(|(club, _)| club)
        };
        let (Some(one), Some(other)) = (alone(&fates.sides[0]), alone(&fates.sides[1])) else {
            return false;
        };
        let hosts = self.hosts(tie, &fates.seeds, [one, other]);
        let pairings = self.playbook.pairing(tie.round);
        let clubs = [one, other].map(ClubId::new);
        let is_known = |id: ScoreId| sole_score(self.playbook.score(id)).is_some();
        hosts.len() == 1
            && hosts.iter().all(|host| {
                let (host, guest) = (clubs[*host], clubs[1 - *host]);
                let at = pairings.at(host, guest);
                let first =
                    tie.legs.len() < 2 || is_known(pairings.first_leg[pairings.at(guest, host)]);
                let [host_can, guest_can] = self.can_win(tie.round, host, guest);
                first && is_known(pairings.last_leg[at]) && host_can != guest_can
            })
    }

    /// The ties that a seed goes through as long as it wins, in order.
    pub(super) fn road(&self, seed: usize) -> Vec<usize> {
        let mut road = Vec::new();
        for (number, tie) in self.playbook.ties.iter().enumerate() {
            let last = road.last().copied();
            let comes = |side: &Side| match *side {
                Side::Seed(of) => usize::from(of) == seed + 1,
                Side::Winner(TieId(earlier)) => last == Some(usize::from(earlier)),
            };
            if tie.sides.iter().any(comes) {
                road.push(number);
            }
        }
        road
    }
}
