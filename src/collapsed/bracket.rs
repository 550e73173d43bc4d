//! The bracket as a list of ties, each with the seeds that can come to it and the exact odds of every pairing.

use super::run::{LANES, Lane};
use crate::exact::Unsupported;
use crate::exact::bracket::TieOdds;
use crate::ids::{ClubId, RoundId, TieId};
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
    pub(super) host: Option<bool>,
    /// Whether both sides are seeds.
    pub(super) opening: bool,
    /// Whether both sides are seeds, and so few clubs can come to it that it is quicker to count who meets whom.
    pub(super) counted: bool,
}

impl BracketTie {
    /// The two seeds of a tie between seeds.
    #[inline(always)]
    pub(super) fn seeds(&self) -> [usize; 2] {
        [self.entrants[0][0], self.entrants[1][0]]
    }
}

/// Pairings that a table of odds has room for: two positions of at most 8 bits, and who is at home last.
const PAIRINGS: usize = 1 << 17;

/// Bits of a position with which pairs of positions are few enough to be counted.
const COUNTED_BITS: u32 = 7;

/// Units of a probability in a table for draws.
const WHOLE: f64 = 2_147_483_648.0;

/// The odds of the pairings of one round: that the first of two clubs wins.
#[derive(Debug, Clone)]
struct RoundOdds {
    /// As probabilities.
    chances: Box<[f32; PAIRINGS]>,
    /// In units of 2^-31.
    thresholds: Box<[u32; PAIRINGS]>,
}

/// The bracket.
#[derive(Debug, Clone)]
pub(super) struct Bracket {
    pub(super) ties: Vec<BracketTie>,
    /// For each seed (from 0) what winning its first, second, ... tie leads to.
    pub(super) rewards: Vec<Vec<Reward>>,
    /// For each seed the round it starts in.
    pub(super) starts: Vec<usize>,
    /// Bits of a position in an index of the tables.
    row_bits: u32,
    rounds: Vec<RoundOdds>,
}

impl Bracket {
    /// The bracket of a playbook whose exact tie odds are wanted for these clubs, which stand in the order of their
    /// positions; those that cannot come to it are `None`.
    pub(super) fn new(playbook: &Playbook, clubs: &[Option<ClubId>]) -> Result<Self, Unsupported> {
        let groups = playbook.groups.len();
        let row_bits = clubs.len().next_power_of_two().trailing_zeros();
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
            let opening = tie.sides.iter().all(|side| matches!(side, Side::Seed(_)));
            ties.push(BracketTie {
                sides: tie.sides,
                opening,
                counted: opening && row_bits <= COUNTED_BITS,
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
        let active: Vec<ClubId> = clubs.iter().copied().flatten().collect();
        let odds = TieOdds::new(playbook, &active);
        let rounds = (0..playbook.rounds.len()).map(RoundId::new);
        Ok(Self {
            ties,
            rewards,
            starts: starts.ok_or_else(odd_bracket)?,
            rounds: rounds
                .map(|round| RoundOdds::new(&odds, round, clubs, row_bits))
                .collect(),
            row_bits,
        })
    }

    /// The most ties on the way of a seed to the title.
    pub(super) fn steps(&self) -> usize {
        self.rewards.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The ties in which it is counted who meets whom.
    pub(super) fn counted(&self) -> impl Iterator<Item = &BracketTie> {
        self.ties.iter().filter(|tie| tie.counted)
    }

    /// Where the odds of a pairing stand: of two seeds in a tie, given the positions of both.
    #[inline(always)]
    pub(super) fn pairing(
        &self,
        tie: &BracketTie,
        [one, other]: [usize; 2],
        [first, second]: [u32; 2],
    ) -> u32 {
        let half = u32::from(!tie.host.unwrap_or(one < other)) << 16;
        half | first << self.row_bits | second
    }

    /// How many pairs of positions there are.
    pub(super) fn meetings(&self) -> usize {
        1 << (2 * self.row_bits)
    }

    /// The two positions of a pairing as one number less than [`Self::meetings`].
    #[inline(always)]
    pub(super) fn meeting(&self, pairing: u32) -> usize {
        pairing as usize & (self.meetings() - 1)
    }

    /// [`Self::pairing`] in every lane.
    #[inline(always)]
    pub(super) fn pairings(
        &self,
        tie: &BracketTie,
        seeds: [usize; 2],
        [first, second]: [&Lane<u32>; 2],
        pairings: &mut Lane<u32>,
    ) {
        for lane in 0..LANES {
            pairings[lane] = self.pairing(tie, seeds, [first[lane], second[lane]]);
        }
    }

    /// In every lane the probability that the first of two seeds wins a tie, given their pairing.
    #[inline(always)]
    pub(super) fn chances(&self, tie: &BracketTie, pairings: &Lane<u32>, chances: &mut Lane<f32>) {
        let table = &self.rounds[tie.round].chances;
        for lane in 0..LANES {
            chances[lane] = table[pairings[lane] as usize % PAIRINGS];
        }
    }

    /// The probability that the first of two seeds wins a tie, given their pairing.
    pub(super) fn chance(&self, tie: &BracketTie, pairing: u32) -> f32 {
        self.rounds[tie.round].chances[pairing as usize]
    }

    /// In every lane the probability that the first of two entrants wins a tie, in units of 2^-31. An entrant is its
    /// seed (from 0), and in the lowest 8 bits its position.
    #[inline(always)]
    pub(super) fn thresholds(
        &self,
        tie: &BracketTie,
        [first, second]: [&Lane<u32>; 2],
        thresholds: &mut Lane<u32>,
    ) {
        let table = &self.rounds[tie.round].thresholds;
        let mut at = [0; LANES];
        for lane in 0..LANES {
            let second_hosts = match tie.host {
                Some(first_hosts) => u32::from(!first_hosts),
                None => u32::from(first[lane] > second[lane]),
            };
            at[lane] =
                second_hosts << 16 | (first[lane] & 255) << self.row_bits | second[lane] & 255;
        }
        for lane in 0..LANES {
            thresholds[lane] = table[at[lane] as usize % PAIRINGS];
        }
    }
}

impl RoundOdds {
    /// The odds of all pairings of one round.
    fn new(odds: &TieOdds, round: RoundId, clubs: &[Option<ClubId>], row_bits: u32) -> Self {
        let mut table = Self {
            chances: zeros(),
            thresholds: zeros(),
        };
        for (first, one) in clubs.iter().enumerate() {
            for (second, other) in clubs.iter().enumerate() {
                let (Some(one), Some(other)) = (*one, *other) else {
                    continue;
                };
                if one == other {
                    continue;
                }
                let at = first << row_bits | second;
                let first_hosts = odds.host_wins(round, one, other);
                let second_hosts = 1.0 - odds.host_wins(round, other, one);
                for (at, chance) in [(at, first_hosts), (1 << 16 | at, second_hosts)] {
                    table.chances[at] = chance as f32;
                    table.thresholds[at] = (chance * WHOLE).round() as u32;
                }
            }
        }
        table
    }
}

/// A large array of zeros, of which untouched pages take no memory.
#[expect(
    clippy::unnecessary_box_returns,
    reason = "a megabyte does not belong on the stack"
)]
pub(super) fn zeros<T: Clone + Default, const N: usize>() -> Box<[T; N]> {
    let boxed = vec![T::default(); N].into_boxed_slice();
    boxed
        .try_into()
        .unwrap_or_else(|_| unreachable!("its length is N"))
}

fn odd_bracket() -> Unsupported {
    Unsupported {
        what: "a bracket in which seeds or winners do not each go one way".to_owned(),
    }
}
