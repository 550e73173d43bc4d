//! The bracket as a list of ties, each with the seeds that can come to it and the exact odds of every pairing.

use crate::exact::Unsupported;
use crate::exact::bracket::TieOdds;
use crate::ids::{ClubId, TieId};
use crate::playbook::Playbook;
use crate::tournament::{SecondLegHost, Side};

/// What winning a tie leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reward {
    /// Playing in this round.
    Round(usize),
    /// The title.
    Title,
}

/// A tie.
#[derive(Debug, Clone)]
pub(super) struct BracketTie {
    pub(super) sides: [Side; 2],
    /// The seeds (from 0) that can come to each side.
    pub(super) entrants: [Vec<usize>; 2],
    /// The round of the tie.
    pub(super) round: usize,
    /// Whether the second leg is at the first side's: always, never, or if it is the better seed.
    host: Option<bool>,
}

/// The bracket.
#[derive(Debug, Clone)]
pub(super) struct Bracket {
    pub(super) ties: Vec<BracketTie>,
    /// For each seed (from 0) what winning its first, second, ... tie leads to.
    pub(super) rewards: Vec<Vec<Reward>>,
    /// For each seed the round it starts in.
    pub(super) starts: Vec<usize>,
    clubs: usize,
    /// `[round][host * clubs + guest]`: the host of the last leg wins.
    host_wins: Vec<Vec<f64>>,
}

impl Bracket {
    /// The bracket of a playbook whose exact tie odds are wanted for these clubs.
    pub(super) fn new(playbook: &Playbook, clubs: &[ClubId]) -> Result<Self, Unsupported> {
        let groups = playbook.groups.len();
        let mut ties: Vec<BracketTie> = Vec::with_capacity(playbook.ties.len());
        let mut next: Vec<Option<usize>> = vec![None; playbook.ties.len()];
        let mut rewards = vec![Vec::new(); groups];
        let mut starts: Vec<Option<usize>> = vec![None; groups];
        for (index, tie) in playbook.ties.iter().enumerate() {
            let mut entrants = [Vec::new(), Vec::new()];
            for (side, list) in tie.sides.iter().zip(&mut entrants) {
                match *side {
                    Side::Seed(seed) => {
                        let seed = usize::from(seed).wrapping_sub(1);
                        let start = starts.get_mut(seed).ok_or_else(odd_bracket)?;
                        if start.replace(tie.round.index()).is_some() {
                            return Err(odd_bracket());
                        }
                        list.push(seed);
                    }
                    Side::Winner(TieId(earlier)) => {
                        let earlier = usize::from(earlier);
                        let before = ties.get(earlier).ok_or_else(odd_bracket)?;
                        if next[earlier].replace(index).is_some() {
                            return Err(odd_bracket());
                        }
                        list.extend(before.entrants.iter().flatten());
                        for seed in list.iter() {
                            rewards[*seed].push(Reward::Round(tie.round.index()));
                        }
                    }
                }
            }
            ties.push(BracketTie {
                sides: tie.sides,
                entrants,
                round: tie.round.index(),
                host: match tie.second_leg_host {
                    SecondLegHost::Side(side) => Some(side == 0),
                    SecondLegHost::HigherSeed => None,
                },
            });
        }
        // Only the final may lead nowhere.
        let ends = next.iter().filter(|tie| tie.is_none()).count();
        if ends != 1 || next.last() != Some(&None) {
            return Err(odd_bracket());
        }
        for list in &mut rewards {
            list.push(Reward::Title);
        }
        let starts: Option<Vec<usize>> = starts.into_iter().collect();
        let odds = TieOdds::new(playbook, clubs);
        Ok(Self {
            ties,
            rewards,
            starts: starts.ok_or_else(odd_bracket)?,
            clubs: playbook.clubs,
            host_wins: table(playbook, &odds, clubs),
        })
    }

    /// The probability that the first of two entrants of a tie wins it; each is a seed (from 0) and a club.
    #[inline]
    pub(super) fn first_wins(
        &self,
        tie: &BracketTie,
        (seed, club): (usize, usize),
        (other_seed, other): (usize, usize),
    ) -> f64 {
        let table = &self.host_wins[tie.round];
        if tie.host.unwrap_or(seed < other_seed) {
            table[club * self.clubs + other]
        } else {
            1.0 - table[other * self.clubs + club]
        }
    }
}

/// The odds of all pairings, round by round.
fn table(playbook: &Playbook, odds: &TieOdds, clubs: &[ClubId]) -> Vec<Vec<f64>> {
    let count = playbook.clubs;
    let rounds = 0..playbook.rounds.len();
    rounds
        .map(|round| {
            let mut table = vec![0.0; count * count];
            for &host in clubs {
                for &guest in clubs.iter().filter(|guest| **guest != host) {
                    table[host.index() * count + guest.index()] =
                        odds.host_wins(crate::ids::RoundId::new(round), host, guest);
                }
            }
            table
        })
        .collect()
}

fn odd_bracket() -> Unsupported {
    Unsupported {
        what: "a bracket in which seeds or winners do not each go one way".to_owned(),
    }
}
