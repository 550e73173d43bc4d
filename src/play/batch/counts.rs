//! Counts of a batch: how often each group order, seed and tie winner came, ready to be turned into a tally.

use super::plan::{CLUBS, Plan};
use super::{Batch, LANES, order_bits};
use crate::ids::ClubId;
use crate::play::ties::Source;

/// A counter for each club: as many as a position of 8 bits can be, so that no bound has to be checked.
type Row = [u64; 256];

/// Counters of all batches so far. Clubs are positions counted over all groups.
#[derive(Debug, Clone)]
pub(crate) struct BatchCounts {
    /// Per group, by the bits of the order.
    orders: Vec<[u64; 8]>,
    /// Per seed and club; neighbouring lanes count in two banks, so that one need not wait for the other.
    seeds: [Vec<Row>; 2],
    /// Per tie and club that goes on, in two banks.
    winners: [Vec<Row>; 2],
}

impl BatchCounts {
    /// All counters at zero.
    pub(crate) fn new(plan: &Plan) -> Self {
        let zeros = |lists| vec![[0; 256]; lists];
        Self {
            orders: vec![[0; 8]; plan.groups.len()],
            seeds: [zeros(plan.groups.len()), zeros(plan.groups.len())],
            winners: [zeros(plan.ties.len()), zeros(plan.ties.len())],
        }
    }

    /// Counts a batch, its wild lanes left out.
    #[inline(always)]
    pub(crate) fn add(&mut self, batch: &Batch) {
        for (counts, orders) in self.orders.iter_mut().zip(&batch.orders) {
            for bits in 0..8 {
                let mut sum = 0u32;
                for lane in 0..LANES {
                    sum += u32::from(orders[lane] == bits);
                }
                counts[bits as usize] += u64::from(sum);
            }
        }
        for (counters, lists) in [
            (&mut self.seeds, &batch.seeds),
            (&mut self.winners, &batch.winners),
        ] {
            let [even, odd] = counters;
            for ((even, odd), list) in even.iter_mut().zip(odd).zip(lists) {
                for pair in list.as_chunks::<2>().0 {
                    even[usize::from(pair[0] as u8)] += 1;
                    odd[usize::from(pair[1] as u8)] += 1;
                }
            }
        }
        if !batch.wild.is_empty() {
            self.forget_wild(batch);
        }
    }

    /// Takes back what was counted of wild lanes.
    #[cold]
    fn forget_wild(&mut self, batch: &Batch) {
        for lane in &batch.wild {
            for (counts, orders) in self.orders.iter_mut().zip(&batch.orders) {
                counts[orders[*lane] as usize] -= 1;
            }
            let bank = lane % 2;
            for (seed, list) in batch.seeds.iter().enumerate() {
                self.seeds[bank][seed][list[*lane] as usize] -= 1;
            }
            for (tie, list) in batch.winners.iter().enumerate() {
                self.winners[bank][tie][list[*lane] as usize] -= 1;
            }
        }
    }

    /// Tells every place, seed, round and title that was counted.
    pub(crate) fn each(&self, plan: &Plan, tell: &mut dyn FnMut(Event, ClubId, u64)) {
        for (group, counts) in self.orders.iter().enumerate() {
            for (clubs, count) in order_bits::CLUBS.iter().zip(counts) {
                for (place, club) in clubs.iter().enumerate().filter(|_| *count > 0) {
                    let position = group * CLUBS + usize::from(*club);
                    tell(Event::Place(place), plan.clubs[position], *count);
                }
            }
        }
        let of = |banks: &[Vec<Row>; 2], list: usize, club: usize| {
            banks[0][list][club] + banks[1][list][club]
        };
        for (position, club) in plan.clubs.iter().enumerate() {
            for seed in 0..plan.groups.len() {
                tell(Event::Seed(seed), *club, of(&self.seeds, seed, position));
            }
            for tie in &plan.ties {
                for side in tie.sides {
                    let count = match side {
                        Source::Seed(seed) => of(&self.seeds, seed, position),
                        Source::Winner(tie) => of(&self.winners, tie, position),
                    };
                    tell(Event::Round(tie.round), *club, count);
                }
            }
            if let Some(last) = plan.ties.len().checked_sub(1) {
                tell(Event::Title, *club, of(&self.winners, last, position));
            }
        }
    }
}

/// Something that becomes of a club. Places, seeds and rounds count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Finishes its group in this place.
    Place(usize),
    /// Is this seed.
    Seed(usize),
    /// Plays in this round.
    Round(usize),
    /// Wins the final.
    Title,
}
