//! The probability that two clubs share a group, for every pair of clubs.

use super::Drawing;
use super::automaton::Kind;
use crate::ids::ClubId;
use crate::odds::error_of_share;

/// A symmetric table over pairs of clubs.
#[derive(Debug, Clone, PartialEq)]
pub struct PairOdds {
    clubs: usize,
    /// Row by row, indexed by [`ClubId`].
    values: Vec<f64>,
}

impl PairOdds {
    /// The table with zero for every pair of this many clubs.
    pub(super) fn zero(clubs: usize) -> Self {
        Self {
            clubs,
            values: vec![0.0; clubs * clubs],
        }
    }

    /// The table with a number for every pair of kinds of different pots, each kind given as its pot and
    /// its number within it: clubs of one kind are interchangeable under every procedure here.
    pub(super) fn from_kinds(
        drawing: &Drawing,
        value: impl Fn((usize, Kind), (usize, Kind)) -> f64,
    ) -> Self {
        let mut table = Self::zero(drawing.clubs());
        for (pot, clubs) in drawing.pots.iter().enumerate() {
            for (other_pot, others) in drawing.pots.iter().enumerate().skip(pot + 1) {
                let kinds = &drawing.automaton.layers[pot].kind_of;
                let other_kinds = &drawing.automaton.layers[other_pot].kind_of;
                for (club, kind) in clubs.iter().zip(kinds) {
                    for (other, other_kind) in others.iter().zip(other_kinds) {
                        let number = value((pot, *kind), (other_pot, *other_kind));
                        table.set(*club, *other, number);
                    }
                }
            }
        }
        table
    }

    /// The share of this many random draws in which two clubs share a group, for every pair; the sampler
    /// is given the number of the draw.
    pub fn simulated(
        clubs: usize,
        draws: u64,
        mut sample: impl FnMut(u64) -> Vec<Vec<ClubId>>,
    ) -> Self {
        let mut counts = vec![0_u64; clubs * clubs];
        for index in 0..draws {
            for group in sample(index) {
                for one in &group {
                    for other in &group {
                        counts[one.index() * clubs + other.index()] += 1;
                    }
                }
            }
        }
        let mut table = Self::zero(clubs);
        for (one, other) in table.pairs() {
            let together = counts[one.index() * clubs + other.index()];
            table.set(one, other, together as f64 / draws as f64);
        }
        table
    }

    /// The number of a pair; zero for a club and itself.
    pub fn get(&self, one: ClubId, other: ClubId) -> f64 {
        self.values[one.index() * self.clubs + other.index()]
    }

    /// Sets the number of a pair, whichever way round it is asked for.
    pub(super) fn set(&mut self, one: ClubId, other: ClubId, value: f64) {
        self.values[one.index() * self.clubs + other.index()] = value;
        self.values[other.index() * self.clubs + one.index()] = value;
    }

    /// Every pair of different clubs once, in file order.
    pub fn pairs(&self) -> impl Iterator<Item = (ClubId, ClubId)> + use<> {
        let clubs = self.clubs;
        (0..clubs).flat_map(move |one| {
            (one + 1..clubs).map(move |other| (ClubId::new(one), ClubId::new(other)))
        })
    }

    /// This table minus another: the bias of this procedure, if the other is the uniform distribution.
    ///
    /// # Panics
    /// If the tables are of different numbers of clubs.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        assert_eq!(self.clubs, other.clubs, "tables of the same clubs");
        let values = self.values.iter().zip(&other.values);
        Self {
            clubs: self.clubs,
            values: values.map(|(mine, theirs)| mine - theirs).collect(),
        }
    }

    /// The standard error of each number, if it is the share of this many independent random draws.
    #[must_use]
    pub fn standard_errors(&self, draws: u64) -> Self {
        let error = |share: &f64| error_of_share(*share, draws);
        Self {
            clubs: self.clubs,
            values: self.values.iter().map(error).collect(),
        }
    }

    /// The same numbers, but 0 for pairs that other odds rule out.
    #[must_use]
    pub fn where_possible(&self, odds: &Self) -> Self {
        let pairs = self.values.iter().zip(&odds.values);
        let kept = |(value, odds): (&f64, &f64)| if *odds <= 0.0 { 0.0 } else { *value };
        Self {
            clubs: self.clubs,
            values: pairs.map(kept).collect(),
        }
    }
}
