//! Runs: draws a winner a group, seeds them and goes through the bracket, 64 runs side by side.

use super::Knockout;
use super::alias::Alias;
use super::bracket::Bracket;
use super::network::merge_exchange;
use super::strata::Strata;
use crate::exact::{self, GroupStage, Unsupported};
use crate::ids::ClubId;
use crate::playbook::Playbook;
use crate::rng::{LaneStreams, Purpose, SeedKey};
use crate::tournament::Side;
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::ops::Range;

/// Runs that are drawn side by side.
pub const LANES: usize = 64;

/// Runs whose sums are added in floating point, always in the same order, before they become whole numbers.
const PORTION: u64 = 64 * LANES as u64;

/// Bits of a drawn key below the rank of the record: the club's position in its group.
const LOCAL: u32 = 2;

/// A tournament with its groups collapsed.
#[derive(Debug, Clone)]
pub struct Sampler {
    pub(super) stage: GroupStage,
    pub(super) bracket: Bracket,
    clubs: usize,
    rounds: usize,
    tables: Vec<Alias>,
    /// `[group * 4 + position]`: the club.
    club_at: Vec<u8>,
    network: Vec<(usize, usize)>,
}

/// The luck and the seeds of 64 runs.
struct Batch {
    keys: Vec<[u64; LANES]>,
    /// `[tie]`: the seed that won it, in every lane.
    winners: Vec<[u8; LANES]>,
    /// Of one lane: the club of each seed, and the chance of each seed to have come as far as its latest tie.
    seeds: Vec<usize>,
    reach: Vec<f64>,
    through: Vec<f64>,
    step: Vec<usize>,
    /// The portion's sums, in the layout of [`Strata`].
    sums: Vec<f64>,
}

impl Sampler {
    /// Solves the groups exactly, at most about `tolerance` of probability dropped, and prepares the draws.
    ///
    /// # Errors
    /// If the groups, the rules or the bracket are of a kind that the exact solver does not know, or there are
    /// more than 64 groups.
    pub fn new(playbook: &Playbook, tolerance: f64) -> Result<Self, Unsupported> {
        let stage = exact::group_stage(playbook, tolerance)?;
        if stage.groups.len() > 64 || playbook.clubs > 255 {
            return Err(Unsupported {
                what: "more than 64 groups".to_owned(),
            });
        }
        let mut club_at = Vec::with_capacity(stage.groups.len() * 4);
        for group in &stage.groups {
            club_at.extend(group.clubs.iter().map(|club| club.index() as u8));
            club_at.push(0);
        }
        let possible = |(club, records): (&ClubId, &Vec<_>)| (!records.is_empty()).then_some(*club);
        let active: Vec<ClubId> = stage
            .groups
            .iter()
            .flat_map(|group| group.clubs.iter().zip(&group.winners))
            .filter_map(possible)
            .collect();
        Ok(Self {
            bracket: Bracket::new(playbook, &active)?,
            clubs: playbook.clubs,
            rounds: playbook.rounds.len(),
            tables: tables(&stage, &playbook.lots),
            club_at,
            network: merge_exchange(stage.groups.len()),
            stage,
        })
    }

    /// The group stage, solved.
    pub fn group_stage(&self) -> &GroupStage {
        &self.stage
    }

    pub(super) fn clubs(&self) -> usize {
        self.clubs
    }

    pub(super) fn rounds(&self) -> usize {
        self.rounds
    }

    /// Plays the runs with these numbers, `None` meaning one thread a core. Portions of runs are never split, so
    /// the numbers are rounded outwards to whole portions of 4,096; what was found is the same, bit by bit, for any
    /// number of threads.
    ///
    /// # Panics
    /// If the threads cannot be started.
    pub fn run(
        &self,
        runs: Range<u64>,
        seed: u64,
        knockout: Knockout,
        threads: Option<NonZeroUsize>,
    ) -> Strata {
        let key = SeedKey::new(seed, Purpose::Collapsed);
        let portions = runs.start / PORTION..runs.end.div_ceil(PORTION);
        let empty = || Strata::new(&self.bracket, self.clubs);
        let work = || {
            portions
                .into_par_iter()
                .fold(
                    || (empty(), self.batch()),
                    |(mut strata, mut batch), portion| {
                        for first in (0..PORTION).step_by(LANES) {
                            self.play(key, portion * PORTION + first, knockout, &mut batch);
                        }
                        strata.take(PORTION, &mut batch.sums);
                        (strata, batch)
                    },
                )
                .map(|(strata, _)| strata)
                .reduce(empty, |mut one, other| {
                    one.merge(&other);
                    one
                })
        };
        match threads {
            None => work(),
            Some(threads) => rayon::ThreadPoolBuilder::new()
                .num_threads(threads.get())
                .build()
                .expect("the system lets a few threads start")
                .install(work),
        }
    }

    fn batch(&self) -> Batch {
        let groups = self.tables.len();
        let strata = Strata::new(&self.bracket, self.clubs);
        Batch {
            keys: vec![[0; LANES]; groups],
            winners: vec![[0; LANES]; self.bracket.ties.len()],
            seeds: vec![0; groups],
            reach: vec![0.0; groups],
            through: vec![0.0; groups],
            step: vec![0; groups],
            sums: vec![0.0; groups * self.clubs * strata.width()],
        }
    }

    /// Plays 64 runs.
    fn play(&self, key: SeedKey, first: u64, knockout: Knockout, batch: &mut Batch) {
        let mut streams = LaneStreams::<LANES>::new(key, first);
        self.draw_seeds(&mut streams, batch);
        if knockout == Knockout::Sampled {
            self.draw_ties(&mut streams, batch);
        }
        for lane in 0..LANES {
            let width = batch.sums.len() / (self.tables.len() * self.clubs);
            for (seed, keys) in batch.keys.iter().rev().enumerate() {
                batch.seeds[seed] = usize::from(self.club_at[(keys[lane] & 255) as usize]);
                batch.sums[(seed * self.clubs + batch.seeds[seed]) * width] += 1.0;
            }
            batch.step.fill(0);
            match knockout {
                Knockout::Sampled => self.add_winners(lane, width, batch),
                Knockout::Expected => self.add_chances(width, batch),
            }
        }
    }

    /// Draws a winner a group, with lots, and sorts them in every lane, the worst first.
    fn draw_seeds(&self, streams: &mut LaneStreams<LANES>, batch: &mut Batch) {
        let mut words = [[[0; LANES]; 2]; 3];
        for (pair, tables) in self.tables.chunks(2).enumerate() {
            streams.next(&mut words);
            let [lots, draws @ ..] = &words;
            for (half, table) in tables.iter().enumerate() {
                let group = pair * 2 + half;
                let keys = &mut batch.keys[group];
                for lane in 0..LANES {
                    let drawn = table.draw(draws[half][0][lane], draws[half][1][lane]);
                    let (rank, local) = (u64::from(drawn >> LOCAL), drawn & 3);
                    keys[lane] = rank << 40
                        | u64::from(lots[half][lane]) << 8
                        | u64::from((group as u32) << LOCAL | local);
                }
            }
        }
        for (low, high) in &self.network {
            let (before, after) = batch.keys.split_at_mut(*high);
            let (one, other) = (&mut before[*low], &mut after[0]);
            for lane in 0..LANES {
                let (a, b) = (one[lane], other[lane]);
                one[lane] = a.min(b);
                other[lane] = a.max(b);
            }
        }
    }

    /// Draws the winner of every tie in every lane.
    fn draw_ties(&self, streams: &mut LaneStreams<LANES>, batch: &mut Batch) {
        let mut words = [[[0; LANES]; 2]; 1];
        let groups = self.tables.len();
        for (index, tie) in self.bracket.ties.iter().enumerate() {
            if index % 2 == 0 {
                streams.next(&mut words);
            }
            let luck = &words[0][index % 2];
            for (lane, luck) in luck.iter().enumerate() {
                let entrant = |side: Side| {
                    let seed = match side {
                        Side::Seed(seed) => usize::from(seed) - 1,
                        Side::Winner(earlier) => usize::from(batch.winners[earlier.index()][lane]),
                    };
                    let position = batch.keys[groups - 1 - seed][lane] & 255;
                    (seed, usize::from(self.club_at[position as usize]))
                };
                let [one, other] = tie.sides.map(entrant);
                let odds = self.bracket.first_wins(tie, one, other);
                let won = f64::from(*luck) < odds * 4_294_967_296.0;
                batch.winners[index][lane] = (if won { one.0 } else { other.0 }) as u8;
            }
        }
    }

    /// Counts the ties that the seeds of a lane have won.
    fn add_winners(&self, lane: usize, width: usize, batch: &mut Batch) {
        for winners in &batch.winners {
            let seed = usize::from(winners[lane]);
            let at = (seed * self.clubs + batch.seeds[seed]) * width + 1 + 2 * batch.step[seed];
            batch.sums[at] += 1.0;
            batch.sums[at + 1] += 1.0;
            batch.step[seed] += 1;
        }
    }

    /// Adds the chance of each seed to win each of its ties.
    fn add_chances(&self, width: usize, batch: &mut Batch) {
        batch.reach.fill(1.0);
        for tie in &self.bracket.ties {
            let [firsts, seconds] = &tie.entrants;
            for seed in firsts.iter().chain(seconds) {
                batch.through[*seed] = 0.0;
            }
            for &one in firsts {
                for &other in seconds {
                    let wins = self.bracket.first_wins(
                        tie,
                        (one, batch.seeds[one]),
                        (other, batch.seeds[other]),
                    );
                    let meet = batch.reach[one] * batch.reach[other];
                    batch.through[one] += meet * wins;
                    batch.through[other] += meet * (1.0 - wins);
                }
            }
            for &seed in firsts.iter().chain(seconds) {
                let chance = batch.through[seed];
                batch.reach[seed] = chance;
                let at = (seed * self.clubs + batch.seeds[seed]) * width + 1 + 2 * batch.step[seed];
                batch.sums[at] += chance;
                batch.sums[at + 1] += chance * chance;
                batch.step[seed] += 1;
            }
        }
    }
}

/// The draw of each group: keys are the rank of the record among all groups' records (the greater the better;
/// level winners share it), then the winner's position in its group.
fn tables(stage: &GroupStage, lots: &[Option<u16>]) -> Vec<Alias> {
    let mut ways = Vec::new();
    for (group, outcome) in stage.groups.iter().enumerate() {
        for (local, records) in outcome.winners.iter().enumerate() {
            let lot = lots[outcome.clubs[local].index()];
            ways.extend(
                records
                    .iter()
                    .filter(|(_, mass)| *mass > 0.0)
                    .map(|&(record, mass)| (record, lot, group, local as u32, mass)),
            );
        }
    }
    ways.sort_unstable_by_key(|way| (way.0, way.2, way.3));
    let mut weighted = vec![Vec::new(); stage.groups.len()];
    let mut rank = 0;
    for level in ways.chunk_by_mut(|a, b| a.0 == b.0) {
        rank += 1;
        // The exact group stage has made sure that real lots are known of all who may be level across groups, or of none.
        let settled = level.iter().all(|way| way.1.is_some());
        if settled {
            level.sort_by_key(|way| std::cmp::Reverse(way.1));
        }
        for &(_, _, group, local, mass) in level.iter() {
            rank += u32::from(settled);
            weighted[group].push((rank << LOCAL | local, mass));
        }
    }
    weighted.iter().map(|list| Alias::new(list)).collect()
}
