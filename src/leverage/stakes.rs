//! What is at stake for every club: the title, the group, each seed that is looked at.

use std::ops::Range;

/// What a club may win or miss through a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prize {
    /// The title.
    Title,
    /// The first place of its group.
    Group,
    /// This seed, counted from 0.
    Seed(usize),
}

/// One number for each club and prize: odds, swings or standard errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Stakes {
    clubs: usize,
    /// The seeds looked at, counted from 0.
    seeds: Range<usize>,
    /// Titles of all clubs, then group wins, then seeds club by club.
    values: Vec<f64>,
}

impl Stakes {
    /// Zeros for so many clubs and these seeds, counted from 0.
    pub fn zero(clubs: usize, seeds: Range<usize>) -> Self {
        Self {
            clubs,
            values: vec![0.0; clubs * (2 + seeds.len())],
            seeds,
        }
    }

    /// The numbers of a single prize by club. It takes the place of the title, and there are no others.
    pub(super) fn single(values: Vec<f64>) -> Self {
        Self {
            clubs: values.len(),
            seeds: 0..0,
            values,
        }
    }

    /// Zeros of the same shape.
    pub(super) fn emptied(&self) -> Self {
        Self {
            clubs: self.clubs,
            seeds: self.seeds(),
            values: vec![0.0; self.values.len()],
        }
    }

    /// The seeds looked at, counted from 0.
    pub fn seeds(&self) -> Range<usize> {
        self.seeds.clone()
    }

    /// The number of clubs.
    pub fn clubs(&self) -> usize {
        self.clubs
    }

    /// The number for a prize of a club (`ClubId::index`).
    ///
    /// # Panics
    /// For a seed that is not looked at.
    pub fn of(&self, prize: Prize, club: usize) -> f64 {
        match prize {
            Prize::Title => self.title(club),
            Prize::Group => self.group_win(club),
            Prize::Seed(seed) => self.seed(club)[seed - self.seeds.start],
        }
    }

    /// The number for the title of a club (`ClubId::index`).
    pub fn title(&self, club: usize) -> f64 {
        self.values[club]
    }

    /// The number for winning its group.
    pub fn group_win(&self, club: usize) -> f64 {
        self.values[self.clubs + club]
    }

    /// The numbers for each seed looked at, the first seed first.
    pub fn seed(&self, club: usize) -> &[f64] {
        let start = 2 * self.clubs + club * self.seeds.len();
        &self.values[start..start + self.seeds.len()]
    }

    /// The largest number for a title.
    pub fn largest_title(&self) -> f64 {
        self.values[..self.clubs]
            .iter()
            .copied()
            .fold(0.0, f64::max)
    }

    pub(super) fn title_mut(&mut self, club: usize) -> &mut f64 {
        &mut self.values[club]
    }

    pub(super) fn group_win_mut(&mut self, club: usize) -> &mut f64 {
        &mut self.values[self.clubs + club]
    }

    pub(super) fn seed_mut(&mut self, club: usize) -> &mut [f64] {
        let start = 2 * self.clubs + club * self.seeds.len();
        &mut self.values[start..start + self.seeds.len()]
    }

    /// Adds to the number for a seed, if it is looked at.
    pub(super) fn add_seed(&mut self, club: usize, seed: usize, value: f64) {
        if self.seeds.contains(&seed) {
            let at = seed - self.seeds.start;
            self.seed_mut(club)[at] += value;
        }
    }

    /// Every number, always in the same order.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// Every number, to be changed.
    pub(super) fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }
}
