//! Leverage for any cup: whole tournaments are simulated and sorted by the results of each match.

use super::batch::{Batch, Joint, portions};
use super::stakes::Stakes;
use super::target::Target;
use crate::forecast::Progress;
use crate::ids::FixtureId;
use crate::play::{Engine, Narrator, Outcome};
use crate::playbook::Playbook;
use crate::tournament::MatchResult;
use rayon::prelude::*;
use std::ops::Range;

/// Progress is told every so many runs.
const TOLD: u64 = 64;

/// Sorts outcomes by the results of the remaining matches.
pub(super) struct Counter<'a> {
    playbook: &'a Playbook,
    targets: &'a [Target],
    /// Where the goals of each group match stand in an outcome; indexed by fixture.
    goals_at: Vec<usize>,
    /// The seeds looked at, counted from 0.
    watched: Range<usize>,
}

impl<'a> Counter<'a> {
    /// Makes ready to count.
    pub(super) fn new(
        playbook: &'a Playbook,
        targets: &'a [Target],
        fixtures: &[Vec<FixtureId>],
        watched: Range<usize>,
    ) -> Self {
        let mut goals_at = vec![0; fixtures.iter().map(Vec::len).sum()];
        for (position, fixture) in fixtures.iter().flatten().enumerate() {
            goals_at[fixture.index()] = position;
        }
        Self {
            playbook,
            targets,
            goals_at,
            watched,
        }
    }

    /// Plays so many runs in batches.
    pub(super) fn batches(
        &self,
        engine: &Engine,
        runs: u64,
        seed: u64,
        progress: &dyn Progress,
    ) -> Vec<Batch> {
        let (matches, clubs) = (self.targets.len(), self.playbook.clubs);
        let play = |runs: &Range<u64>| {
            let mut sums = self.nothing();
            Narrator::new(engine).play(seed, runs.clone(), |outcome| {
                self.count(outcome, &mut sums);
                if sums.runs.is_multiple_of(TOLD) {
                    progress.done(TOLD);
                }
            });
            progress.done(sums.runs % TOLD);
            sums
        };
        let portions = portions(runs, matches, clubs, &self.watched);
        portions.par_iter().map(play).collect()
    }

    fn nothing(&self) -> Batch {
        let clubs = self.playbook.clubs;
        let joint = || Joint::zero(clubs, self.watched.clone());
        Batch {
            runs: 0,
            bases: vec![Stakes::zero(clubs, self.watched.clone())],
            matches: self
                .targets
                .iter()
                .map(|_| (0, [joint(), joint(), joint()]))
                .collect(),
        }
    }

    fn count(&self, outcome: &Outcome, sums: &mut Batch) {
        sums.runs += 1;
        add(&mut sums.bases[0], outcome);
        for (target, (_, joints)) in self.targets.iter().zip(&mut sums.matches) {
            let goals = match *target {
                Target::Group(id) => outcome.goals[self.goals_at[id.index()]],
                Target::Leg { tie, leg } => {
                    let played = &outcome.ties[tie.index()];
                    let first = played.first_leg.filter(|_| leg == 0);
                    first.unwrap_or(played.last_leg)
                }
            };
            let joint = &mut joints[MatchResult::of(goals) as usize];
            joint.probability += 1.0;
            add(&mut joint.stakes, outcome);
        }
    }
}

/// Adds what became of one run.
fn add(stakes: &mut Stakes, outcome: &Outcome) {
    for (seed, club) in outcome.seeds.iter().enumerate() {
        stakes.add_seed(club.index(), seed, 1.0);
        *stakes.group_win_mut(club.index()) += 1.0;
    }
    if let Some(last) = outcome.ties.last() {
        *stakes.title_mut(last.winner().index()) += 1.0;
    }
}
