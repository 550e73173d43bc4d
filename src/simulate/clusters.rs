//! Runs in clusters, each with groups of its own, beside the real groups on the same luck.

use super::{PORTION, Threads, fold};
use crate::play::{Engine, Player};
use crate::playbook::{GroupPlan, Playbook};
use crate::tally::{ClusteredTally, Tally};
use std::ops::Range;

/// How many runs a cluster has: as many as a batch plays side by side. Fewer would cost as much time, and more say less for
/// theirs, since the runs of one cluster share their groups.
pub(crate) const RUNS: u64 = 64;

// Portions of runs are whole clusters.
const _: () = assert!(PORTION.is_multiple_of(RUNS));

/// What clusters are played with.
#[derive(Clone, Copy)]
pub(crate) struct Cluster<'a> {
    /// The playbook of the real groups, with the scores of all others.
    pub(crate) playbook: &'a Playbook,
    /// The engine made of it.
    pub(crate) engine: &'a Engine,
    /// The seed of the runs.
    pub(crate) seed: u64,
}

/// Plays the clusters with these numbers. `new` makes what a thread needs to find groups, and `groups` writes those
/// of a cluster, from its number alone.
pub(crate) fn simulate_clusters<S: Send>(
    cluster: Cluster<'_>,
    numbers: Range<u64>,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
    new: impl Fn() -> S + Sync,
    groups: impl Fn(&mut S, u64, &mut Vec<GroupPlan>) + Sync,
) -> ClusteredTally {
    let Cluster {
        playbook,
        engine,
        seed,
    } = cluster;
    let nothing = || ClusteredTally::new(engine, RUNS);
    fold(
        numbers.start * RUNS..numbers.end * RUNS,
        threads,
        progress,
        || (nothing(), new(), engine.clone(), Vec::new()),
        |(tally, state, drawn, plans), portion| {
            for number in portion.start / RUNS..portion.end / RUNS {
                groups(state, number, plans);
                drawn.regroup(playbook, plans);
                let runs = number * RUNS..(number + 1) * RUNS;
                let [mut first, mut second] =
                    [&*drawn, engine].map(|engine| count(engine, seed, runs.clone()));
                tally.add(&mut first, &mut second);
            }
        },
        |(tally, ..)| tally,
        |mut one, other| {
            one.merge(other);
            one
        },
        nothing,
    )
}

/// The tally of these runs.
fn count(engine: &Engine, seed: u64, runs: Range<u64>) -> Tally {
    let mut tally = Tally::new(engine);
    let mut player = Player::new(engine);
    let all = runs.end - runs.start;
    player.play(seed, runs, |outcome| tally.add(engine, outcome));
    let batched = all - tally.runs();
    tally.add_counted(batched, &player);
    tally
}
