//! Leverage for any cup: whole tournaments are simulated and sorted by the results of each match.

use super::batch::{BATCHES, Batch, Joint, runs_of};
use super::stakes::Stakes;
use super::target::Target;
use crate::ids::FixtureId;
use crate::play::{Engine, Narrator, Outcome};
use crate::playbook::Playbook;
use crate::tournament::MatchResult;
use rayon::prelude::*;

/// Sorts outcomes by the results of the remaining matches.
pub(super) struct Counter<'a> {
    playbook: &'a Playbook,
    targets: &'a [Target],
    /// Where the goals of each group match stand in an outcome; indexed by fixture.
    goals_at: Vec<usize>,
}

impl<'a> Counter<'a> {
    /// Makes ready to count.
    pub(super) fn new(
        playbook: &'a Playbook,
        targets: &'a [Target],
        fixtures: &[Vec<FixtureId>],
    ) -> Self {
        let mut goals_at = vec![0; fixtures.iter().map(Vec::len).sum()];
        for (position, fixture) in fixtures.iter().flatten().enumerate() {
            goals_at[fixture.index()] = position;
        }
        Self {
            playbook,
            targets,
            goals_at,
        }
    }

    /// Plays so many runs in batches.
    pub(super) fn batches(&self, engine: &Engine, runs: u64, seed: u64) -> Vec<Batch> {
        let play = |batch| {
            let mut sums = self.nothing();
            Narrator::new(engine).play(seed, runs_of(batch, runs), |outcome| {
                self.count(outcome, &mut sums);
            });
            sums
        };
        (0..BATCHES).into_par_iter().map(play).collect()
    }

    fn nothing(&self) -> Batch {
        let (clubs, seeds) = (self.playbook.clubs, self.playbook.groups.len());
        let joint = || Joint::zero(clubs, seeds);
        Batch {
            runs: 0,
            bases: vec![Stakes::zero(clubs, seeds)],
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
        stakes.seed_mut(club.index())[seed] += 1.0;
        *stakes.group_win_mut(club.index()) += 1.0;
    }
    if let Some(last) = outcome.ties.last() {
        *stakes.title_mut(last.winner().index()) += 1.0;
    }
}
