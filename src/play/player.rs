//! A player: plays ranges of runs the quickest way there is and counts what became of every club.

use super::batch::{Batch, BatchCounts, Event, Instructions, LANES};
use super::{Engine, Outcome};
use crate::ids::ClubId;
use crate::rng::{Purpose, SeedKey};
use std::ops::Range;

/// Plays many runs of one engine. Each thread has its own.
#[derive(Debug, Clone)]
pub struct Player<'a> {
    engine: &'a Engine,
    instructions: Instructions,
    /// The state and the counts of batches, if the engine has a plan for them.
    batch: Option<(Batch, BatchCounts)>,
    outcome: Outcome,
}

impl<'a> Player<'a> {
    /// A player with the best instructions this machine has.
    pub fn new(engine: &'a Engine) -> Self {
        Self::with(engine, Instructions::best())
    }

    /// A player that uses no instructions but those that every machine of this architecture has. It gives the
    /// same outcomes, more slowly.
    pub fn portable(engine: &'a Engine) -> Self {
        Self::with(engine, Instructions::Portable)
    }

    fn with(engine: &'a Engine, instructions: Instructions) -> Self {
        let room = |plan| (Batch::new(plan), BatchCounts::new(plan));
        Self {
            engine,
            instructions,
            batch: engine.plan.as_ref().map(room),
            outcome: engine.outcome(),
        }
    }

    /// Plays runs; those that no batch can play are shown to `single`, all others are counted until
    /// `Player::counted` tells of them.
    pub fn play(&mut self, seed: u64, runs: Range<u64>, mut single: impl FnMut(&Outcome)) {
        let key = SeedKey::new(seed, Purpose::Tournament);
        let mut next = runs.start;
        if let (Some((batch, counts)), Some(plan)) = (&mut self.batch, &self.engine.plan) {
            while runs.end.saturating_sub(next) >= LANES as u64 {
                self.instructions
                    .play(self.engine, plan, key, next, batch, counts);
                for lane in &batch.wild {
                    let run = key.run(next + *lane as u64);
                    self.engine.play_key(run, &mut self.outcome);
                    single(&self.outcome);
                }
                next += LANES as u64;
            }
        }
        for run in next..runs.end {
            self.engine.play_key(key.run(run), &mut self.outcome);
            single(&self.outcome);
        }
    }

    /// Tells how often everything was counted that was not shown on its own.
    pub(crate) fn counted(&self, tell: &mut dyn FnMut(Event, ClubId, u64)) {
        if let (Some((_, counts)), Some(plan)) = (&self.batch, &self.engine.plan) {
            counts.each(plan, tell);
        }
    }
}
