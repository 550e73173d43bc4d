//! Batches: many runs side by side, the fast path for groups of three.
//!
//! A batch plays [`LANES`] neighbouring runs at once in structures of arrays: every step is a loop over lanes
//! without branches, which the compiler turns into vector instructions. Only loads from score tables and
//! pairings stay scalar. What is rare is patched up lane by lane: draws that escape their table, lots,
//! tiebreakers other than the standard ones, extra time. All luck is that of [`Engine::play`], and so is
//! every outcome: the tests compare them run by run.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined into the version of a batch for wide vectors is compiled without them"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "a loop over lanes that indexes several arrays is the form that is turned into vector instructions"
)]
#![expect(
    clippy::needless_bitwise_bool,
    reason = "a lazy operator is a branch, and a loop with branches is not vectorised"
)]

mod bracket;
mod counts;
mod dispatch;
mod groups;
mod kept;
mod pairs;
mod plan;
mod seeding;
#[cfg(test)]
mod tests;

use super::Engine;
use super::luck::Lots;
pub(crate) use crate::instructions::Instructions;
use crate::instructions::Vectors;
use crate::rng::{LaneStreams, SeedKey};
pub(crate) use counts::{BatchCounts, Event};
use kept::Kept;
pub(crate) use pairs::{Only, PairCounts};
pub(crate) use plan::Plan;

/// Runs side by side. More hide the mispredicted branches of rare paths; fewer leave more of the first-level cache
/// to the score tables. Measured on a Zen 2: 135 ns a tournament with 64, 161 ns with 32.
pub(crate) const LANES: usize = 64;

/// A value for each lane.
pub(crate) type Lane<T> = [T; LANES];

/// The order of a group's three clubs as three bits: club 0 before club 1, 0 before 2, 1 before 2.
pub(crate) mod order_bits {
    pub(crate) const ZERO_ONE: u32 = 4;
    pub(crate) const ZERO_TWO: u32 = 2;
    pub(crate) const ONE_TWO: u32 = 1;

    /// The clubs in order, for each value of the bits; two of the eight say nothing possible.
    pub(crate) const CLUBS: [[u8; 3]; 8] = [
        [2, 1, 0],
        [1, 2, 0],
        [0, 0, 0],
        [1, 0, 2],
        [2, 0, 1],
        [0, 0, 0],
        [0, 2, 1],
        [0, 1, 2],
    ];

    /// The bits of an order.
    pub(crate) fn of(order: &[u8]) -> u32 {
        let clubs = CLUBS.iter().position(|clubs| clubs == order);
        clubs.expect("an order of three clubs is one of six") as u32
    }
}

/// The one value or the other. Written with masks because the compiler turns a plain choice between two loads into a
/// load from a chosen address, which keeps a loop from being vectorised.
#[inline(always)]
fn blend(first: bool, one: u32, other: u32) -> u32 {
    let mask = u32::from(first).wrapping_neg();
    other ^ ((one ^ other) & mask)
}

/// The state of a batch, used again and again.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    /// The order of each group, as [`order_bits`].
    pub(crate) orders: Vec<Lane<u32>>,
    /// The clubs by seed, the first seed first, as positions counted over all groups.
    pub(crate) seeds: Vec<Lane<u32>>,
    /// The winner of each tie, as a position counted over all groups.
    pub(crate) winners: Vec<Lane<u32>>,
    /// The seed of each tie's winner, counted from 0.
    winner_seeds: Vec<Lane<u32>>,
    /// Lanes whose goals do not fit the narrow figures of a batch: they have to be played one by one.
    pub(crate) wild: Vec<usize>,
    /// The scoreline codes of the two groups at hand.
    codes: [[Lane<u32>; plan::MATCHES]; 2],
    /// What group winners are sorted by, where it fits 32 bits.
    short_keys: Vec<Lane<u32>>,
    /// What group winners are sorted by, where it does not.
    long_keys: Vec<Lane<i64>>,
    /// Every scoreline, if single outcomes are asked for.
    kept: Option<Kept>,
}

impl Batch {
    /// Room for one batch of this plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let list = |length| vec![[0; LANES]; length];
        Self {
            orders: list(plan.groups.len()),
            seeds: list(plan.groups.len()),
            winners: list(plan.ties.len()),
            winner_seeds: list(plan.ties.len()),
            wild: Vec::with_capacity(LANES),
            codes: [[[0; LANES]; plan::MATCHES]; 2],
            short_keys: list(plan.groups.len()),
            long_keys: vec![[0; LANES]; plan.groups.len()],
            kept: None,
        }
    }

    /// Room for one batch of this plan that keeps all it takes to tell single outcomes.
    pub(crate) fn keeping(plan: &Plan) -> Self {
        Self {
            kept: Some(Kept::new(plan)),
            ..Self::new(plan)
        }
    }

    /// Notes that a lane has to be played again on its own.
    #[cold]
    fn mark_wild(&mut self, lane: usize) {
        if !self.wild.contains(&lane) {
            self.wild.push(lane);
        }
    }
}

/// The luck of a batch.
struct Luck {
    seed: SeedKey,
    first: u64,
    streams: LaneStreams<LANES>,
}

impl Luck {
    /// The lots of one lane.
    fn lots<'a>(&self, engine: &'a Engine, lane: usize) -> Lots<'a> {
        Lots {
            key: self.seed.run(self.first.wrapping_add(lane as u64)),
            events: engine.events,
            known: &engine.known_lots,
        }
    }

    /// The luck of a rare event in one lane.
    fn rare(&self, lane: usize, event: u64) -> u64 {
        self.seed
            .run(self.first.wrapping_add(lane as u64))
            .rare(event)
    }
}

/// Plays the runs from `first` on, one a lane, and counts what became of them where that is asked for.
#[inline(always)]
fn play_and_count(
    vectors: impl Vectors,
    engine: &Engine,
    plan: &Plan,
    seed: SeedKey,
    first: u64,
    batch: &mut Batch,
    counts: Option<&mut BatchCounts>,
) {
    play(vectors, engine, plan, seed, first, batch);
    if let Some(counts) = counts {
        counts.add(batch);
    }
}

/// Plays the runs from `first` on, one a lane.
#[inline(always)]
fn play(
    vectors: impl Vectors,
    engine: &Engine,
    plan: &Plan,
    seed: SeedKey,
    first: u64,
    batch: &mut Batch,
) {
    let mut luck = Luck {
        seed,
        first,
        streams: LaneStreams::new(seed, first),
    };
    batch.wild.clear();
    if let Some(kept) = &mut batch.kept {
        kept.start();
    }
    groups::play(vectors, engine, plan, &mut luck, batch);
    leave_out_given(engine, batch);
    seeding::play(engine, plan, &luck, batch);
    bracket::play(engine, plan, &mut luck, batch);
}

/// Leaves lanes in which a club has won a group that may not to the engine, which plays such a group again.
#[inline(always)]
fn leave_out_given(engine: &Engine, batch: &mut Batch) {
    for (index, group) in engine.groups.iter().enumerate() {
        let Some(given) = &group.given else { continue };
        for lane in 0..LANES {
            let order = order_bits::CLUBS[batch.orders[index][lane] as usize];
            if !given.allows(order[0]) {
                batch.mark_wild(lane);
            }
        }
    }
}
