//! Exact odds of the knockout stage once the seeds are known.

use super::Unsupported;
use super::tie::host_wins;
use crate::ids::{ClubId, RoundId, TieId};
use crate::playbook::Playbook;
use crate::tournament::{SecondLegHost, Side, Tie};

/// Who wins a tie of any round, for the clubs that can still get there.
#[derive(Debug, Clone)]
pub struct TieOdds {
    /// The number of clubs, which is the length of a row.
    clubs: usize,
    /// For each round `host_wins[host * clubs + guest]`: the host of the last leg goes on.
    host_wins: Vec<Vec<f64>>,
}

impl TieOdds {
    /// The odds of every pairing of the given clubs, in every round.
    pub fn new(playbook: &Playbook, clubs: &[ClubId]) -> Self {
        Self::by(playbook, clubs, |round, host, guest| {
            host_wins(playbook, round, host, guest)
        })
    }

    /// The same where `host_wins` says how a tie between two clubs in a round goes. It is asked once for rounds of the same rules
    /// in which the same can happen between any two clubs, as it mostly is in all but the final.
    pub(crate) fn by(
        playbook: &Playbook,
        clubs: &[ClubId],
        host_wins: impl Fn(RoundId, ClubId, ClubId) -> f64,
    ) -> Self {
        let count = playbook.clubs;
        let mut tables: Vec<Vec<f64>> = Vec::with_capacity(playbook.rounds.len());
        for round in 0..playbook.rounds.len() {
            if let Some(alike) = (0..round).find(|earlier| playbook.are_alike(*earlier, round)) {
                tables.push(tables[alike].clone());
                continue;
            }
            let mut table = vec![0.0; count * count];
            for &host in clubs {
                for &guest in clubs.iter().filter(|guest| **guest != host) {
                    table[host.index() * count + guest.index()] =
                        host_wins(RoundId::new(round), host, guest);
                }
            }
            tables.push(table);
        }
        Self {
            clubs: count,
            host_wins: tables,
        }
    }

    /// The odds of the pairings that can come about when the seeds are known, the best seed first.
    ///
    /// # Panics
    /// If the bracket names a seed that is not there.
    pub(super) fn of_seeds(playbook: &Playbook, seeds: &[ClubId]) -> Self {
        let count = playbook.clubs;
        let mut host_wins_of = vec![vec![0.0; count * count]; playbook.rounds.len()];
        let mut entrants: Vec<Vec<u8>> = Vec::with_capacity(playbook.ties.len());
        for tie in &playbook.ties {
            let [first, second] = tie.sides.map(|side| match side {
                Side::Seed(seed) => vec![seed],
                Side::Winner(TieId(earlier)) => entrants[usize::from(earlier)].clone(),
            });
            for one in &first {
                for two in &second {
                    let first_is_host = first_is_host(tie, *one, *two);
                    let (host, guest) = if first_is_host {
                        (one, two)
                    } else {
                        (two, one)
                    };
                    let [host, guest] = [host, guest].map(|seed| seeds[usize::from(*seed) - 1]);
                    host_wins_of[tie.round.index()][host.index() * count + guest.index()] =
                        host_wins(playbook, tie.round, host, guest);
                }
            }
            entrants.push([first, second].concat());
        }
        Self {
            clubs: count,
            host_wins: host_wins_of,
        }
    }

    /// The probability that the host of the last leg wins.
    pub fn host_wins(&self, round: RoundId, host: ClubId, guest: ClubId) -> f64 {
        self.host_wins[round.index()][host.index() * self.clubs + guest.index()]
    }

    /// The probability that the first of two clubs wins their tie, given the seed of each.
    pub fn first_wins(&self, tie: &Tie, first: (ClubId, u8), second: (ClubId, u8)) -> f64 {
        if first_is_host(tie, first.1, second.1) {
            self.host_wins(tie.round, first.0, second.0)
        } else {
            1.0 - self.host_wins(tie.round, second.0, first.0)
        }
    }
}

/// Whether the first of two seeds hosts the last leg of their tie.
fn first_is_host(tie: &Tie, first: u8, second: u8) -> bool {
    match tie.second_leg_host {
        SecondLegHost::Side(side) => side == 0,
        SecondLegHost::HigherSeed => first < second,
    }
}

/// Checks that every tie has its own two sides, that seeds 1 to `groups` each appear once, and that the last tie is the final.
pub(super) fn check(playbook: &Playbook) -> Result<(), Unsupported> {
    let groups = playbook.groups.len();
    let mut seeds = vec![0; groups];
    let mut winners = vec![0; playbook.ties.len()];
    let wrong = || Unsupported::new("a bracket in which seeds or winners do not each go one way");
    for (index, tie) in playbook.ties.iter().enumerate() {
        for side in tie.sides {
            let count = match side {
                Side::Seed(seed) => seeds.get_mut(usize::from(seed).wrapping_sub(1)),
                Side::Winner(earlier) if earlier.index() < index => {
                    winners.get_mut(earlier.index())
                }
                Side::Winner(_) => None,
            };
            *count.ok_or_else(wrong)? += 1;
        }
    }
    let finals = winners.pop();
    let each_once = seeds.iter().chain(&winners).all(|count| *count == 1);
    if each_once && finals == Some(0) && groups >= 2 {
        Ok(())
    } else {
        Err(wrong())
    }
}

/// What becomes of each seed: the odds of the knockout stage given who is seeded where.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedFates {
    /// `round[k][r]`: seed `k + 1` plays in round `r`.
    pub round: Vec<Vec<f64>>,
    /// `title[k]`: seed `k + 1` wins the final.
    pub title: Vec<f64>,
}

/// The odds of each seed; `seeds` are the clubs, the best seed first.
///
/// # Panics
/// If the bracket names a seed that is not there.
pub fn fates(playbook: &Playbook, odds: &TieOdds, seeds: &[ClubId]) -> SeedFates {
    let mut round = vec![vec![0.0; playbook.rounds.len()]; seeds.len()];
    let mut winners: Vec<Vec<(u8, f64)>> = Vec::with_capacity(playbook.ties.len());
    for tie in &playbook.ties {
        let [first, second] = tie.sides.map(|side| entrants(side, &winners));
        let club = |seed: u8| (seeds[usize::from(seed) - 1], seed);
        for &(seed, probability) in first.iter().chain(&second) {
            round[usize::from(seed) - 1][tie.round.index()] += probability;
        }
        let mut through: Vec<(u8, f64)> = Vec::with_capacity(first.len() + second.len());
        through.extend(first.iter().chain(&second).map(|(seed, _)| (*seed, 0.0)));
        for (i, &(one, p)) in first.iter().enumerate() {
            for (j, &(two, q)) in second.iter().enumerate() {
                let wins = odds.first_wins(tie, club(one), club(two));
                through[i].1 += p * q * wins;
                through[first.len() + j].1 += p * q * (1.0 - wins);
            }
        }
        winners.push(through);
    }
    let mut title = vec![0.0; seeds.len()];
    for &(seed, probability) in winners.last().into_iter().flatten() {
        title[usize::from(seed) - 1] = probability;
    }
    SeedFates { round, title }
}

/// Who can come from a side of a tie, with probabilities.
fn entrants(side: Side, winners: &[Vec<(u8, f64)>]) -> Vec<(u8, f64)> {
    match side {
        Side::Seed(seed) => vec![(seed, 1.0)],
        Side::Winner(TieId(tie)) => winners[usize::from(tie)].clone(),
    }
}
