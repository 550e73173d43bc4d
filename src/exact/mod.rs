//! Exact answers: the odds of everything a simulator estimates, computed without random numbers.

pub mod bracket;
mod canvas;
pub mod group;
mod job;
mod kernel;
mod ladder;
mod leader;
mod pair;
mod program;
mod quadrature;
pub mod record;
mod rivals;
mod seeds;
mod spectrum;
#[cfg(test)]
mod tests;
mod three_way;
pub mod tie;
mod title;
mod windows;

use crate::odds::Odds;
use crate::playbook::{Playbook, ScoreId};
use crate::tournament::SeedingCriterion;
use group::{Budget, GroupOutcome};
use ladder::Rung;
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
    /// The probability dropped, of winners in all groups together or of places in one: no figure is off by more than this.
    pub lost_mass: f64,
    /// All winners' records, sorted.
    rungs: Vec<Rung>,
}

/// A tournament, solved.
#[derive(Debug, Clone)]
pub struct Solution {
    /// The odds of every club.
    pub odds: Odds,
    /// The group stage in more detail: winners' records and points.
    pub groups: Vec<GroupOutcome>,
    /// The probability dropped, of winners in all groups together or of places in one: no figure is off by more than this because of it.
    pub lost_mass: f64,
    /// An estimate of the probability that seeds were put into a wrong order; only rounds after the
    /// first and titles feel it, and far less than by this much.
    pub misordered: f64,
}

/// The most goal counts of a side in a group match. The work and the memory grow with about the third power of it: at
/// 8 expected goals of every side (38 goal counts) a forecast takes 30 s and 0.9 GB, at 10 several times as much.
const MOST_GOALS: usize = 40;

/// Solves the group stage: places, winners' records and seeds, at most about `tolerance` of probability dropped.
///
/// # Errors
/// If the groups or the rules are of a kind that the solver does not know.
pub fn group_stage(playbook: &Playbook, tolerance: f64) -> Result<GroupStage, Unsupported> {
    check_groups(playbook)?;
    let budget = Budget {
        winners: tolerance / playbook.groups.len() as f64,
        // Last places lose about half of what they may, and no more than one group's counts.
        last: 1.5 * tolerance,
    };
    let groups = playbook
        .groups
        .par_iter()
        .map(|plan| group::solve(playbook, plan, budget))
        .collect::<Result<Vec<_>, _>>()?;
    let rungs = ladder::ladder(&groups, &playbook.lots)?;
    let seed = seeds::seed_odds(&rungs, playbook.clubs, groups.len());
    Ok(GroupStage {
        seed,
        lost_mass: lost_mass(&groups),
        groups,
        rungs,
    })
}

/// Refuses groups and seedings that the solver does not know, before any work on them.
pub(crate) fn check_groups(playbook: &Playbook) -> Result<(), Unsupported> {
    if playbook.seeding.first() == Some(&SeedingCriterion::Lots) {
        return Err(Unsupported::new("brackets drawn at random"));
    }
    let mut open = playbook.groups.iter().flat_map(|group| &group.matches);
    let is_long = |score: ScoreId| {
        let (home, away) = playbook.scores[score.index()].shape();
        home.max(away) > MOST_GOALS
    };
    if open.any(|planned| is_long(planned.score)) {
        return Err(Unsupported::new(
            "matches with more than about 8 expected goals of a side",
        ));
    }
    let mut groups = playbook.groups.iter();
    groups.try_for_each(|plan| group::check(playbook, plan))
}

/// By how much any figure may be off.
fn lost_mass(groups: &[GroupOutcome]) -> f64 {
    let places = groups.iter().map(|group| group.lost_mass);
    let winners: f64 = groups.iter().map(|group| group.lost_winners).sum();
    places.fold(winners, f64::max)
}

/// Solves a tournament: places, seeds, rounds and titles without random numbers, off by about `tolerance` at most.
///
/// # Errors
/// If the groups, the rules or the bracket are of a kind that the solver does not know; simulation
/// is always possible.
pub fn solve(playbook: &Playbook, tolerance: f64) -> Result<Solution, Unsupported> {
    solve_with(
        playbook,
        tolerance,
        title::Accuracy::for_tolerance(tolerance),
    )
}

/// Solves a tournament with a chosen way of sweeping.
fn solve_with(
    playbook: &Playbook,
    tolerance: f64,
    accuracy: title::Accuracy,
) -> Result<Solution, Unsupported> {
    check_groups(playbook)?;
    title::check(playbook)?;
    let stage = group_stage(playbook, tolerance)?;
    let knockout = title::solve(
        playbook,
        &stage.groups,
        &stage.rungs,
        &stage.seed,
        &accuracy,
    )?;
    let mut place = vec![Vec::new(); playbook.clubs];
    for group in &stage.groups {
        for (club, places) in group.clubs.iter().zip(&group.places) {
            place[club.index()] = places.to_vec();
        }
    }
    let odds = Odds {
        place,
        seed: stage.seed,
        round: knockout.round,
        title: knockout.title,
    };
    Ok(Solution {
        // Sums of rounded terms can end a hair above 1.
        odds: odds.zip_with(&odds, |probability, _| probability.clamp(0.0, 1.0)),
        groups: stage.groups,
        lost_mass: stage.lost_mass,
        misordered: knockout.misordered,
    })
}
