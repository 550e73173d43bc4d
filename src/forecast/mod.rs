//! A forecast: the odds of every club, how they were obtained, and how sure the arithmetic is of them.

mod before_draw;
mod certainty;
mod check;
mod parameters;
mod precise;
mod run;

pub use before_draw::{BeforeDraw, RealDraw, before_draw};
pub use check::{CheckError, check};
pub use parameters::{
    Draws, Headline, INTERVAL, ParameterIntervals, RUNS_PER_DRAW, averaged, with_intervals,
};
pub use run::{Effort, Progress, Request, Unwatched, exactly, simulated};

use crate::odds::Odds;
use crate::tournament::Moment;
use std::collections::BTreeMap;

/// The answer to "what will become of each club?", with everything needed to judge and repeat it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The moment whose knowledge it rests on.
    pub as_of: Moment,
    /// How the odds were obtained.
    pub method: Method,
    /// Which goal model gave the rates.
    pub model: ModelNote,
    /// The odds.
    pub odds: Odds,
    /// The standard error of each number of `odds`: Monte Carlo error alone, not that of the model. What results and
    /// rules settle is 0 or 1 with an error of 0, and nothing else is: a share of none or all of `n` runs has an error
    /// of `1.5 / n` ([`crate::odds::error_of_share`]).
    pub standard_errors: Odds,
    /// `winner_points[club]`: the points with which the club can win its group, and the probability of winning it with each;
    /// only of an exact answer.
    pub winner_points: Option<Vec<BTreeMap<i32, f64>>>,
    /// What the fixed results changed, if any were fixed.
    pub what_if: Option<WhatIf>,
    /// How far the model's own uncertainty reaches, if that was asked for.
    pub parameters: Option<ParameterIntervals>,
}

/// How odds were obtained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Without random numbers, by summing over all that can happen.
    Exact {
        /// The error that was asked for at most, as a probability.
        tolerance: f64,
        /// The probability that was left out on the way.
        lost_mass: f64,
    },
    /// By simulating tournaments.
    Simulated {
        /// The number of simulated tournaments.
        runs: u64,
        /// The seed of the random streams.
        seed: u64,
        /// How they were simulated, where a precision left the choice; otherwise match by match.
        way: Option<Way>,
    },
}

/// A way to simulate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Way {
    /// Every scoreline is drawn.
    MatchByMatch,
    /// Each group's winner and record is drawn at once from its exact distribution, the chances in the bracket are computed
    /// given the seeds, and averaged over the exact odds of the seeds ([`crate::collapsed`]). Group places and seeds
    /// are exact.
    Collapsed {
        /// The probability that the exact group stage left out: no figure is off by more because of it.
        lost_mass: f64,
    },
}

impl Way {
    /// The way in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::MatchByMatch => "match by match",
            Self::Collapsed { .. } => "collapsed groups, post-stratified",
        }
    }
}

/// Where the rates came from, in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelNote {
    /// The name of the model.
    pub name: String,
    /// The number of matches it was fitted to.
    pub matches: usize,
    /// The number of editions those matches belong to.
    pub editions: usize,
}

impl ModelNote {
    /// The note in words, such as `default, fitted to 373 matches of 5 editions`.
    pub fn words(&self) -> String {
        let counted = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        if self.matches == 0 {
            return format!("{}, fitted to no match", self.name);
        }
        let matches = counted(self.matches, "match", "matches");
        let editions = counted(self.editions, "edition", "editions");
        format!("{}, fitted to {matches} of {editions}", self.name)
    }
}

/// The effect of fixed results: the same forecast with and without them, on the same luck.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// What was taken for granted, in words.
    pub fixes: Vec<String>,
    /// The odds without it.
    pub baseline: Odds,
    /// Their standard errors.
    pub baseline_standard_errors: Odds,
    /// The odds with it minus those without.
    pub change: Odds,
    /// The standard error of each change; smaller than that of two separate forecasts, since both
    /// share their random numbers.
    pub change_standard_errors: Odds,
}

impl Method {
    /// The word a JSON forecast uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Simulated { .. } => "simulated",
            Self::Exact { .. } => "exact",
        }
    }
}
