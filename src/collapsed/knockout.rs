//! The bracket of 64 runs side by side: drawn, or with the chance of every seed to win each of its ties.

use super::bracket::{Bracket, zeros};
use super::run::{LANES, Lane};
use super::strata::Strata;
use crate::rng::LaneStreams;
use crate::tournament::Side;

/// Counters by position. Neighbouring lanes count in two banks, so that one need not wait for the other.
type Row<T> = Box<[[T; 2]; 256]>;

/// Ties drawn in many runs: how often each club was each seed, and each entrant won each tie. Whole numbers.
#[derive(Debug)]
pub(super) struct Drawn {
    runs: u64,
    /// Per seed, by position.
    seeds: Vec<Row<u64>>,
    /// Per tie, by the winner: its seed times 256 plus its position.
    wins: Vec<Vec<[u64; 2]>>,
    /// The winner of each tie: its seed, and in the lowest 8 bits its position.
    winners: Vec<Lane<u32>>,
}

impl Drawn {
    pub(super) fn new(bracket: &Bracket) -> Self {
        Self {
            runs: 0,
            seeds: bracket.starts.iter().map(|_| zeros()).collect(),
            wins: vec![vec![[0; 2]; bracket.starts.len() * 256]; bracket.ties.len()],
            winners: vec![[0; LANES]; bracket.ties.len()],
        }
    }

    /// Draws all ties, given the positions of the seeds.
    #[inline(always)]
    pub(super) fn play(
        &mut self,
        bracket: &Bracket,
        streams: &mut LaneStreams<LANES>,
        seeds: &[Lane<u32>],
    ) {
        self.runs += LANES as u64;
        for (counts, positions) in self.seeds.iter_mut().zip(seeds) {
            for (lane, position) in positions.iter().enumerate() {
                counts[usize::from(*position as u8)][lane % 2] += 1;
            }
        }
        let mut words = [[[0; LANES]; 2]; 4];
        for (index, tie) in bracket.ties.iter().enumerate() {
            // Each half of a word serves one tie.
            if index % 8 == 0 {
                streams.next(&mut words);
            }
            let luck = &words[index % 8 / 2][index % 2];
            let [first, second] = tie.sides.map(|side| self.entrants(side, seeds));
            let mut thresholds = [0; LANES];
            bracket.thresholds(tie, [&first, &second], &mut thresholds);
            let winners = &mut self.winners[index];
            for lane in 0..LANES {
                let first_won = u32::from(luck[lane] >> 1 < thresholds[lane]).wrapping_neg();
                winners[lane] = second[lane] ^ ((first[lane] ^ second[lane]) & first_won);
            }
            let counts = &mut self.wins[index];
            for (lane, winner) in winners.iter().enumerate() {
                counts[*winner as usize][lane % 2] += 1;
            }
        }
    }

    /// The entrants on a side of a tie.
    #[inline(always)]
    fn entrants(&self, side: Side, seeds: &[Lane<u32>]) -> Lane<u32> {
        match side {
            Side::Winner(tie) => self.winners[tie.index()],
            Side::Seed(seed) => {
                let seed = usize::from(seed) - 1;
                let mut entrants = seeds[seed];
                for entrant in &mut entrants {
                    *entrant |= (seed as u32) << 8;
                }
                entrants
            }
        }
    }

    /// Hands everything over to the strata.
    pub(super) fn hand_over(self, bracket: &Bracket, strata: &mut Strata) {
        strata.runs += self.runs;
        let mut step = vec![0; self.seeds.len()];
        for (tie, wins) in bracket.ties.iter().zip(&self.wins) {
            for &seed in tie.entrants.iter().flatten() {
                let positions = self.seeds[seed].iter().zip(&wins[seed * 256..]);
                for (position, (count, won)) in positions.enumerate() {
                    let [count, won] = [count, won].map(|banks| banks[0] + banks[1]);
                    if count > 0 {
                        strata.add_drawn(seed, position, step[seed], count, won);
                    }
                }
                step[seed] += 1;
            }
        }
    }
}

/// How much of the bracket is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The ties between two seeds.
    Opening,
    /// All ties.
    All,
}

/// One stratum and step: runs, the sum of the chances, the sum of their squares; padded to a vector.
type Sums = [f64; 4];

/// How often each two clubs met in a tie between two seeds, by [`Bracket::meeting`].
type Meetings = Vec<[u64; 2]>;

/// Chances computed in many runs.
#[derive(Debug)]
pub(super) struct Expected {
    steps: usize,
    /// `[seed * steps + step]`, by position, of the ties that are not counted: those of a portion of the runs, added in floating
    /// point and always in the same order.
    sums: Vec<Row<Sums>>,
    /// By tie that is counted: between two seeds all that matters is who met.
    meetings: Vec<Meetings>,
    /// `[seed]`: the chance to have come this far.
    reach: Vec<Lane<f32>>,
    through: Vec<Lane<f32>>,
    step: Vec<usize>,
}

impl Expected {
    pub(super) fn new(bracket: &Bracket) -> Self {
        let seeds = bracket.starts.len();
        Self {
            steps: bracket.steps(),
            sums: (0..seeds * bracket.steps()).map(|_| zeros()).collect(),
            meetings: bracket
                .counted()
                .map(|_| vec![[0; 2]; bracket.meetings()])
                .collect(),
            reach: vec![[0.0; LANES]; seeds],
            through: vec![[0.0; LANES]; seeds],
            step: vec![0; seeds],
        }
    }

    /// Adds the chance of each seed to win each of its ties.
    #[inline(always)]
    pub(super) fn play(&mut self, bracket: &Bracket, depth: Depth, seeds: &[Lane<u32>]) {
        self.reach.fill([1.0; LANES]);
        self.step.fill(0);
        let (mut wins, mut losses) = ([0.0; LANES], [0.0; LANES]);
        for (opening, meetings) in bracket.counted().zip(&mut self.meetings) {
            let entrants = opening.seeds();
            let mut pairings = [0; LANES];
            bracket.pairings(
                opening,
                entrants,
                entrants.map(|seed| &seeds[seed]),
                &mut pairings,
            );
            for (lane, pairing) in pairings.iter().enumerate() {
                meetings[bracket.meeting(*pairing)][lane % 2] += 1;
            }
            if depth == Depth::Opening {
                continue;
            }
            bracket.chances(opening, &pairings, &mut wins);
            let [one, other] = entrants;
            self.reach[one] = wins;
            self.reach[other] = wins.map(|chance| 1.0 - chance);
            self.step[one] += 1;
            self.step[other] += 1;
        }
        for tie in bracket.ties.iter().filter(|tie| !tie.counted) {
            if !tie.opening && depth == Depth::Opening {
                continue;
            }
            let [firsts, seconds] = &tie.entrants;
            for seed in firsts.iter().chain(seconds) {
                self.through[*seed] = [0.0; LANES];
            }
            for &one in firsts {
                for &other in seconds {
                    let positions = [&seeds[one], &seeds[other]];
                    let mut pairings = [0; LANES];
                    bracket.pairings(tie, [one, other], positions, &mut pairings);
                    bracket.chances(tie, &pairings, &mut wins);
                    let (first, second) = (&self.reach[one], &self.reach[other]);
                    for lane in 0..LANES {
                        let meet = first[lane] * second[lane];
                        wins[lane] *= meet;
                        losses[lane] = meet - wins[lane];
                    }
                    for (seed, parts) in [(one, &wins), (other, &losses)] {
                        let through = &mut self.through[seed];
                        for lane in 0..LANES {
                            through[lane] += parts[lane];
                        }
                    }
                }
            }
            for &seed in firsts.iter().chain(seconds) {
                let chances = &self.through[seed];
                self.reach[seed] = *chances;
                let sums = &mut self.sums[seed * self.steps + self.step[seed]];
                let positions = &seeds[seed];
                for lane in 0..LANES {
                    let chance = f64::from(chances[lane]);
                    let row = &mut sums[usize::from(positions[lane] as u8)][lane % 2];
                    let parts = [1.0, chance, chance * chance, 0.0];
                    *row = std::array::from_fn(|part| row[part] + parts[part]);
                }
                self.step[seed] += 1;
            }
        }
    }

    /// Hands over to the strata what is known of ties that are counted.
    pub(super) fn hand_over_meetings(self, bracket: &Bracket, strata: &mut Strata) {
        for (opening, meetings) in bracket.counted().zip(&self.meetings) {
            let [one, other] = opening.seeds();
            for first in 0..strata.positions {
                for second in 0..strata.positions {
                    let positions = [first as u32, second as u32];
                    let pairing = bracket.pairing(opening, [one, other], positions);
                    let count = meetings[bracket.meeting(pairing)].iter().sum::<u64>();
                    if count > 0 {
                        let chance = bracket.chance(opening, pairing);
                        strata.add_met(one, first, count, chance);
                        strata.add_met(other, second, count, 1.0 - chance);
                    }
                }
            }
        }
    }

    /// Hands the sums of all other ties over to the strata and starts anew.
    pub(super) fn hand_over_sums(&mut self, strata: &mut Strata) {
        for (index, rows) in self.sums.iter_mut().enumerate() {
            let (seed, step) = (index / self.steps, index % self.steps);
            for (position, banks) in rows[..strata.positions].iter_mut().enumerate() {
                for sums in banks.iter_mut().filter(|sums| sums[0] > 0.0) {
                    strata.add_chances(seed, position, step, *sums);
                    *sums = Sums::default();
                }
            }
        }
    }
}
