//! Exact answers: the odds of everything a simulator estimates, computed without random numbers.

pub mod bracket;
mod canvas;
pub mod group;
mod ladder;
mod leader;
mod pair;
mod quadrature;
pub mod record;
mod rivals;
mod seeds;
#[cfg(test)]
mod tests;
pub mod tie;

use crate::playbook::Playbook;
use group::GroupOutcome;
use rayon::prelude::*;
use thiserror::Error;

/// A tournament of a kind that the exact solver does not know; it can still be simulated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("exact answers do not cover {what}")]
pub struct Unsupported {
    /// What is not covered, in words that fit after "does not cover".
    pub what: String,
}

impl Unsupported {
    fn new(what: &str) -> Self {
        Self {
            what: what.to_owned(),
        }
    }
}

/// The group stage, solved.
#[derive(Debug, Clone)]
pub struct GroupStage {
    /// The outcome of each group, in file order.
    pub groups: Vec<GroupOutcome>,
    /// `seed[club][k]`: the club goes on as seed `k + 1`.
    pub seed: Vec<Vec<f64>>,
    /// The probability dropped in all groups together: no figure is off by more than this.
    pub lost_mass: f64,
}

/// Solves the group stage: places, winners' records and seeds, at most about `tolerance` of probability dropped.
///
/// # Errors
/// If the groups or the rules are of a kind that the solver does not know.
pub fn group_stage(playbook: &Playbook, tolerance: f64) -> Result<GroupStage, Unsupported> {
    let budget = tolerance / playbook.groups.len() as f64;
    let groups = playbook
        .groups
        .par_iter()
        .map(|plan| group::solve(playbook, plan, budget))
        .collect::<Result<Vec<_>, _>>()?;
    let rungs = ladder::ladder(&groups, &playbook.lots)?;
    let seed = seeds::seed_odds(&rungs, playbook.clubs, groups.len());
    Ok(GroupStage {
        seed,
        lost_mass: groups.iter().map(|group| group.lost_mass).sum(),
        groups,
    })
}
