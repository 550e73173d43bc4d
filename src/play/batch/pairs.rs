//! Where two batches on the same luck differ: what a what-if needs to know beyond the counts of each.

use super::plan::{CLUBS, Plan};
use super::{Batch, LANES, Lane, order_bits};
use crate::ids::ClubId;
use crate::play::Event;
use crate::play::ties::Source;

/// Which of two batches something happened in, and not in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Only {
    /// In the first only.
    First,
    /// In the second only.
    Second,
}

/// How often something happened in one of two batches only. Clubs are positions counted over all groups.
#[derive(Debug, Clone)]
pub(crate) struct PairCounts {
    /// Per group, by the bits of its order in the first batch and then in the second.
    orders: Vec<[[u64; 8]; 8]>,
    /// `[seed][club]`, for each of the two.
    seeds: [Vec<Vec<u64>>; 2],
    /// `[round][club]`, for each of the two.
    rounds: [Vec<Vec<u64>>; 2],
    /// `[club]`, for each of the two.
    titles: [Vec<u64>; 2],
}

/// A set of clubs in every lane, 64 positions to a word.
type Sets = Vec<[u64; LANES]>;

impl PairCounts {
    /// All counters at zero.
    pub(crate) fn new(plan: &Plan) -> Self {
        let rows = |count: usize| vec![vec![0; plan.clubs.len()]; count];
        Self {
            orders: vec![[[0; 8]; 8]; plan.groups.len()],
            seeds: [rows(plan.groups.len()), rows(plan.groups.len())],
            rounds: [rows(plan.rounds.len()), rows(plan.rounds.len())],
            titles: [vec![0; plan.clubs.len()], vec![0; plan.clubs.len()]],
        }
    }

    /// Counts where two batches differ, lanes that are wild in either left out.
    pub(crate) fn add(&mut self, plans: [&Plan; 2], batches: [&Batch; 2]) {
        let wild = batches.iter().flat_map(|batch| &batch.wild);
        let tame = !wild.fold(0u64, |lanes, lane| lanes | 1 << lane);
        let [first, second] = batches;
        for (counts, (one, other)) in
            (self.orders.iter_mut()).zip(first.orders.iter().zip(&second.orders))
        {
            for lane in lanes_of(tame) {
                counts[one[lane] as usize & 7][other[lane] as usize & 7] += 1;
            }
        }
        let [only_first, only_second] = &mut self.seeds;
        for (seed, (one, other)) in first.seeds.iter().zip(&second.seeds).enumerate() {
            for lane in lanes_of(tame & differing(one, other)) {
                only_first[seed][one[lane] as usize] += 1;
                only_second[seed][other[lane] as usize] += 1;
            }
        }
        for round in 0..self.rounds[0].len() {
            let sets = [0, 1].map(|which| playing(plans[which], batches[which], round));
            let [one, other] = &sets;
            let [only_first, only_second] = &mut self.rounds;
            for (word, (one, other)) in one.iter().zip(other).enumerate() {
                for lane in lanes_of(tame) {
                    for club in lanes_of(one[lane] & !other[lane]) {
                        only_first[round][64 * word + club] += 1;
                    }
                    for club in lanes_of(other[lane] & !one[lane]) {
                        only_second[round][64 * word + club] += 1;
                    }
                }
            }
        }
        if let (Some(one), Some(other)) = (first.winners.last(), second.winners.last()) {
            for lane in lanes_of(tame & differing(one, other)) {
                self.titles[0][one[lane] as usize] += 1;
                self.titles[1][other[lane] as usize] += 1;
            }
        }
    }

    /// Tells every place, seed, round and title that was counted in one of the two only.
    pub(crate) fn each(&self, plan: &Plan, tell: &mut dyn FnMut(Only, Event, ClubId, u64)) {
        for (group, counts) in self.orders.iter().enumerate() {
            for (one, row) in counts.iter().enumerate() {
                for (other, count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                    let orders = [order_bits::CLUBS[one], order_bits::CLUBS[other]];
                    for place in (0..CLUBS).filter(|place| orders[0][*place] != orders[1][*place]) {
                        for (only, order) in [Only::First, Only::Second].into_iter().zip(orders) {
                            let club = plan.clubs[group * CLUBS + usize::from(order[place])];
                            tell(only, Event::Place(place), club, *count);
                        }
                    }
                }
            }
        }
        for (which, only) in [Only::First, Only::Second].into_iter().enumerate() {
            for (position, club) in plan.clubs.iter().enumerate() {
                for (seed, row) in self.seeds[which].iter().enumerate() {
                    tell(only, Event::Seed(seed), *club, row[position]);
                }
                for (round, row) in self.rounds[which].iter().enumerate() {
                    tell(only, Event::Round(round), *club, row[position]);
                }
                tell(only, Event::Title, *club, self.titles[which][position]);
            }
        }
    }
}

/// The lanes in which two lists differ.
fn differing(one: &Lane<u32>, other: &Lane<u32>) -> u64 {
    let mut lanes = 0;
    for lane in 0..LANES {
        lanes |= u64::from(one[lane] != other[lane]) << lane;
    }
    lanes
}

/// The positions of the bits that are set, the lowest first.
fn lanes_of(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let position = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (position < 64).then_some(position)
    })
}

/// The clubs that play in a round.
fn playing(plan: &Plan, batch: &Batch, round: usize) -> Sets {
    let mut sets = vec![[0; LANES]; plan.clubs.len().div_ceil(64)];
    for tie in plan.ties.iter().filter(|tie| tie.round == round) {
        for side in tie.sides {
            let clubs = match side {
                Source::Seed(seed) => &batch.seeds[seed],
                Source::Winner(tie) => &batch.winners[tie],
            };
            for (word, set) in sets.iter_mut().enumerate() {
                for lane in 0..LANES {
                    let here = u64::from(clubs[lane] / 64 == word as u32);
                    set[lane] |= here << (clubs[lane] % 64);
                }
            }
        }
    }
    sets
}
