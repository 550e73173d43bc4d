//! Players: they play ranges of runs the quickest way there is, and count or show what came out.

use super::batch::{Batch, BatchCounts, Event, Instructions, LANES, Only, PairCounts, Plan};
use super::{Engine, Outcome};
use crate::ids::ClubId;
use crate::rng::{Purpose, SeedKey};
use std::ops::Range;

/// Plays many runs of one engine and counts what became of every club. Each thread has its own.
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
                    .play(self.engine, plan, key, next, batch, Some(counts));
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

/// Plays many runs of one engine and shows the outcome of every one. Each thread has its own.
#[derive(Debug, Clone)]
pub struct Narrator<'a> {
    engine: &'a Engine,
    instructions: Instructions,
    /// The state of batches, if the engine has a plan for them.
    batch: Option<Batch>,
    outcome: Outcome,
}

impl<'a> Narrator<'a> {
    /// A narrator with the best instructions this machine has.
    pub fn new(engine: &'a Engine) -> Self {
        Self {
            engine,
            instructions: Instructions::best(),
            batch: engine.plan.as_ref().map(Batch::keeping),
            outcome: engine.outcome(),
        }
    }

    /// Plays runs and shows their outcomes in order.
    pub fn play(&mut self, seed: u64, runs: Range<u64>, mut show: impl FnMut(&Outcome)) {
        let key = SeedKey::new(seed, Purpose::Tournament);
        let mut next = runs.start;
        if let (Some(batch), Some(plan)) = (&mut self.batch, &self.engine.plan) {
            while runs.end.saturating_sub(next) >= LANES as u64 {
                self.instructions
                    .play(self.engine, plan, key, next, batch, None);
                for lane in 0..LANES {
                    if batch.wild.contains(&lane) {
                        let run = key.run(next + lane as u64);
                        self.engine.play_key(run, &mut self.outcome);
                    } else {
                        batch.fill(plan, lane, &mut self.outcome);
                    }
                    show(&self.outcome);
                }
                next += LANES as u64;
            }
        }
        for run in next..runs.end {
            self.engine.play_key(key.run(run), &mut self.outcome);
            show(&self.outcome);
        }
    }
}

/// Plays many runs of two engines of one tournament over the same luck, and counts what became of every club
/// in each and in one of them only. Each thread has its own.
#[derive(Debug, Clone)]
pub(crate) struct PairPlayer<'a> {
    engines: [&'a Engine; 2],
    instructions: Instructions,
    batch: Option<PairBatch<'a>>,
    outcomes: [Outcome; 2],
}

/// The state and the counts of batches of two engines.
#[derive(Debug, Clone)]
struct PairBatch<'a> {
    plans: [&'a Plan; 2],
    batches: [Batch; 2],
    counts: [BatchCounts; 2],
    differences: PairCounts,
}

impl<'a> PairPlayer<'a> {
    /// A player of these two.
    pub(crate) fn new(first: &'a Engine, second: &'a Engine) -> Self {
        let batch = match (&first.plan, &second.plan) {
            (Some(one), Some(other)) if one.clubs == other.clubs => Some(PairBatch {
                plans: [one, other],
                batches: [Batch::new(one), Batch::new(other)],
                counts: [BatchCounts::new(one), BatchCounts::new(other)],
                differences: PairCounts::new(one),
            }),
            _ => None,
        };
        Self {
            engines: [first, second],
            instructions: Instructions::best(),
            batch,
            outcomes: [first.outcome(), second.outcome()],
        }
    }

    /// Plays runs; those that no batch can play are shown to `single`, all others are counted until
    /// `counted` and `differing` tell of them.
    pub(crate) fn play(
        &mut self,
        seed: u64,
        runs: Range<u64>,
        mut single: impl FnMut(&Outcome, &Outcome),
    ) {
        let key = SeedKey::new(seed, Purpose::Tournament);
        let [one, other] = &mut self.outcomes;
        let [first, second] = self.engines;
        let mut play_single = |run: u64| {
            first.play_key(key.run(run), one);
            second.play_key(key.run(run), other);
            single(one, other);
        };
        let mut next = runs.start;
        if let Some(pair) = &mut self.batch {
            while runs.end.saturating_sub(next) >= LANES as u64 {
                pair.play(self.engines, self.instructions, key, next);
                for lane in pair.wild() {
                    play_single(next + lane as u64);
                }
                next += LANES as u64;
            }
        }
        for run in next..runs.end {
            play_single(run);
        }
    }

    /// Tells how often everything was counted in the first or the second that was not shown on its own.
    pub(crate) fn counted(&self, which: Only, tell: &mut dyn FnMut(Event, ClubId, u64)) {
        if let Some(pair) = &self.batch {
            pair.counts[which as usize].each(pair.plans[which as usize], tell);
        }
    }

    /// Tells how often everything was counted in one of the two only.
    pub(crate) fn differing(&self, tell: &mut dyn FnMut(Only, Event, ClubId, u64)) {
        if let Some(pair) = &self.batch {
            pair.differences.each(pair.plans[0], tell);
        }
    }
}

impl PairBatch<'_> {
    /// Plays one batch of each and counts the lanes that neither finds wild.
    fn play(
        &mut self,
        engines: [&Engine; 2],
        instructions: Instructions,
        key: SeedKey,
        first: u64,
    ) {
        for ((engine, plan), batch) in engines.iter().zip(self.plans).zip(&mut self.batches) {
            instructions.play(engine, plan, key, first, batch, None);
        }
        let wild = self.wild();
        for (batch, counts) in self.batches.iter_mut().zip(&mut self.counts) {
            batch.wild.clone_from(&wild);
            counts.add(batch);
        }
        let [one, other] = &self.batches;
        self.differences.add(self.plans, [one, other]);
    }

    /// The lanes that are wild in either.
    fn wild(&self) -> Vec<usize> {
        let [one, other] = &self.batches;
        let mut wild = one.wild.clone();
        wild.extend(other.wild.iter().filter(|lane| !one.wild.contains(lane)));
        wild
    }
}
