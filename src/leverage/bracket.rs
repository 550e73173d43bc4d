//! The knockout stage solved for given seeds, as often as there are runs: no allocation, any tie may be replaced.

use crate::exact::bracket::TieOdds;
use crate::ids::ClubId;
use crate::tournament::{Side, Tie};

/// A bracket made ready to be solved. Seeds are counted from 0 here.
pub(super) struct BracketPlan<'a> {
    ties: &'a [Tie],
    /// For each tie the seeds that can come from either side.
    entrants: Vec<[Vec<u8>; 2]>,
    /// Every tie, in order.
    pub(super) all: Vec<usize>,
    /// For each tie those that its winner may still play in, in order.
    pub(super) after: Vec<Vec<usize>>,
    seeds: usize,
}

impl<'a> BracketPlan<'a> {
    /// Makes the ties of a bracket ready.
    pub(super) fn new(ties: &'a [Tie], seeds: usize) -> Self {
        let mut entrants: Vec<[Vec<u8>; 2]> = Vec::with_capacity(ties.len());
        for tie in ties {
            let next = tie.sides.map(|side| match side {
                Side::Seed(seed) => vec![seed - 1],
                Side::Winner(earlier) => entrants[earlier.index()].concat(),
            });
            entrants.push(next);
        }
        let after = (0..ties.len()).map(|tie| Self::fed_by(tie, ties)).collect();
        Self {
            ties,
            entrants,
            all: (0..ties.len()).collect(),
            after,
            seeds,
        }
    }

    /// The ties that the winner of a tie may still play in.
    fn fed_by(tie: usize, ties: &[Tie]) -> Vec<usize> {
        let mut fed = vec![tie];
        for (later, sides) in ties.iter().map(|tie| tie.sides).enumerate() {
            let comes =
                |side: Side| matches!(side, Side::Winner(from) if fed.contains(&from.index()));
            if sides.into_iter().any(comes) {
                fed.push(later);
            }
        }
        fed.split_off(1)
    }

    /// Room for the winners of every tie: `through[tie * seeds + seed]` is the probability that the seed wins the tie.
    pub(super) fn room(&self) -> Vec<f64> {
        vec![0.0; self.ties.len() * self.seeds]
    }

    /// The winners of a tie.
    pub(super) fn row(&self, tie: usize) -> std::ops::Range<usize> {
        tie * self.seeds..(tie + 1) * self.seeds
    }

    /// The probability of each seed to win the final.
    pub(super) fn title<'t>(&self, through: &'t [f64]) -> &'t [f64] {
        &through[self.row(self.ties.len() - 1)]
    }

    /// Solves these ties, given the winners of all others that feed them.
    pub(super) fn play_on(
        &self,
        which: &[usize],
        odds: &TieOdds,
        seeds: &[ClubId],
        through: &mut [f64],
    ) {
        for &tie in which {
            through[self.row(tie)].fill(0.0);
            let row = tie * self.seeds;
            self.meetings(tie, through, |through, one, two, probability| {
                let club = |seed: u8| (seeds[usize::from(seed)], seed + 1);
                let wins = odds.first_wins(&self.ties[tie], club(one), club(two));
                through[row + usize::from(one)] += probability * wins;
                through[row + usize::from(two)] += probability * (1.0 - wins);
            });
        }
    }

    /// Calls `each` with every pair of seeds that can meet in a tie and the probability that they do.
    pub(super) fn meetings(
        &self,
        tie: usize,
        through: &mut [f64],
        mut each: impl FnMut(&mut [f64], u8, u8, f64),
    ) {
        let chance = |through: &[f64], side: usize, seed: u8| match self.ties[tie].sides[side] {
            Side::Seed(_) => 1.0,
            Side::Winner(earlier) => through[earlier.index() * self.seeds + usize::from(seed)],
        };
        let [first, second] = &self.entrants[tie];
        for &one in first {
            let reaches = chance(through, 0, one);
            for &two in second {
                let probability = reaches * chance(through, 1, two);
                each(through, one, two, probability);
            }
        }
    }
}
