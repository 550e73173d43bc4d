//! Many runs on all cores.

mod clusters;

pub use crate::threads::{Threads, on_threads};
pub(crate) use clusters::{Cluster, RUNS as RUNS_PER_CLUSTER, simulate_clusters};

use crate::play::{Engine, Narrator, Outcome, PairPlayer, Player};
use crate::tally::{PairedTally, Tally};
use rayon::prelude::*;
use std::ops::Range;

/// Runs that one thread plays in one go: long enough to hide the cost of handing it out (about a microsecond),
/// short enough to keep threads equally busy and progress moving.
const PORTION: u64 = 4096;

/// Plays the first `runs` runs at this seed.
///
/// `progress` is told from time to time, on any thread, how many more runs are done. The tally is the same
/// for any number of threads.
pub fn simulate(
    engine: &Engine,
    runs: u64,
    seed: u64,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
) -> Tally {
    simulate_range(engine, 0..runs, seed, threads, progress)
}

/// Plays the runs with these numbers: to continue a simulation, or to share it between machines. Tallies of
/// ranges merge to the tally of the whole.
pub fn simulate_range(
    engine: &Engine,
    runs: Range<u64>,
    seed: u64,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
) -> Tally {
    let tally = |worker: Worker<'_>| {
        let mut tally = worker.singles;
        tally.add_counted(worker.batched, &worker.player);
        tally
    };
    fold(
        runs,
        threads,
        progress,
        || Worker {
            player: Player::new(engine),
            singles: Tally::new(engine),
            batched: 0,
        },
        |worker, runs| worker.play(engine, seed, runs),
        tally,
        |mut one, other| {
            one.merge(other);
            one
        },
        || Tally::new(engine),
    )
}

/// What one thread has played.
struct Worker<'a> {
    player: Player<'a>,
    /// The runs that were shown one by one.
    singles: Tally,
    /// How many runs the player has counted itself.
    batched: u64,
}

impl Worker<'_> {
    fn play(&mut self, engine: &Engine, seed: u64, runs: Range<u64>) {
        let before = self.singles.runs();
        let all = runs.end - runs.start;
        let singles = &mut self.singles;
        self.player
            .play(seed, runs, |outcome| singles.add(engine, outcome));
        self.batched += all - (self.singles.runs() - before);
    }
}

/// Plays the runs with these numbers in two tournaments over the same luck, such as a what-if and its baseline.
pub fn simulate_paired(
    first: &Engine,
    second: &Engine,
    runs: Range<u64>,
    seed: u64,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
) -> PairedTally {
    fold(
        runs,
        threads,
        progress,
        || Pair {
            player: PairPlayer::new(first, second),
            singles: PairedTally::new(first, second),
            batched: 0,
        },
        |pair, runs| pair.play(first, seed, runs),
        |mut pair| {
            pair.singles.add_counted(pair.batched, &pair.player);
            pair.singles
        },
        |mut one, other| {
            one.merge(other);
            one
        },
        || PairedTally::new(first, second),
    )
}

/// What one thread has played of two tournaments.
struct Pair<'a> {
    player: PairPlayer<'a>,
    /// The runs that were shown one by one.
    singles: PairedTally,
    /// How many runs the player has counted itself.
    batched: u64,
}

impl Pair<'_> {
    fn play(&mut self, first: &Engine, seed: u64, runs: Range<u64>) {
        let before = self.singles.runs();
        let all = runs.end - runs.start;
        let singles = &mut self.singles;
        self.player
            .play(seed, runs, |one, other| singles.add(first, one, other));
        self.batched += all - (self.singles.runs() - before);
    }
}

/// Plays runs and lets any accumulator look at every outcome. `merge` has to be commutative and associative:
/// portions of the runs come in any order.
pub fn simulate_with<T: Send>(
    engine: &Engine,
    runs: Range<u64>,
    seed: u64,
    threads: Threads,
    new: impl Fn() -> T + Sync,
    visit: impl Fn(&mut T, &Outcome) + Sync,
    merge: impl Fn(T, T) -> T + Sync,
) -> T {
    fold(
        runs,
        threads,
        &|_| (),
        || (new(), Narrator::new(engine)),
        |(state, narrator), runs| narrator.play(seed, runs, |outcome| visit(state, outcome)),
        |(state, _)| state,
        merge,
        &new,
    )
}

/// Portions of runs over threads: each thread's state is folded, finished and merged.
#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one fold, each a closure"
)]
fn fold<S: Send, T: Send>(
    runs: Range<u64>,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
    new: impl Fn() -> S + Sync,
    step: impl Fn(&mut S, Range<u64>) + Sync,
    finish: impl Fn(S) -> T + Sync,
    merge: impl Fn(T, T) -> T + Sync,
    nothing: impl Fn() -> T + Sync,
) -> T {
    let portions = runs.end.saturating_sub(runs.start).div_ceil(PORTION);
    let work = || {
        (0..portions)
            .into_par_iter()
            .fold(&new, |mut state, portion| {
                let start = runs.start + portion * PORTION;
                let end = runs.end.min(start + PORTION);
                step(&mut state, start..end);
                progress(end - start);
                state
            })
            .map(&finish)
            .reduce(&nothing, &merge)
    };
    on_threads(threads, work)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cups;
    use crate::conditions::Conditions;
    use crate::playbook::compile;
    use crate::tournament::Goals;

    /// A cup of so many groups, and the same one with a known result and stronger clubs.
    fn two_engines(groups: usize) -> [Engine; 2] {
        let model = cups::Strengths::like_2013_14(groups * 3);
        let stronger = cups::Strengths {
            level: model.level + 0.2,
            ..model.clone()
        };
        let changed = cups::played_until(cups::cup(groups), 1, Goals { home: 3, away: 1 });
        let engine = |tournament, model: &cups::Strengths| {
            Engine::new(&compile(tournament, model, &Conditions::default()))
        };
        [
            engine(&changed, &stronger),
            engine(&cups::cup(groups), &model),
        ]
    }

    #[test]
    fn paired_batches_count_what_paired_runs_do() {
        for groups in [2, 8, 64] {
            let [first, second] = two_engines(groups);
            let (runs, seed) = (100..3000, 5);
            let mut one_by_one = PairedTally::new(&first, &second);
            let (mut one, mut other) = (first.outcome(), second.outcome());
            for run in runs.clone() {
                first.play(seed, run, &mut one);
                second.play(seed, run, &mut other);
                one_by_one.add(&first, &one, &other);
            }
            let batched = simulate_paired(&first, &second, runs, seed, None, &|_| ());
            assert!(batched == one_by_one, "{groups} groups");
        }
    }

    #[test]
    fn every_outcome_is_shown_once() {
        let [_, engine] = two_engines(8);
        let champions = |outcome: &Outcome| outcome.ties.last().map(|tie| tie.winner().index());
        let visit = |counts: &mut Vec<u64>, outcome: &Outcome| {
            counts[champions(outcome).expect("a cup has a final")] += 1;
        };
        let add = |one: Vec<u64>, other: Vec<u64>| {
            let sums = one.iter().zip(other);
            sums.map(|(one, other)| one + other).collect()
        };
        let counts = simulate_with(&engine, 7..5000, 3, None, || vec![0; 24], visit, add);
        let mut one_by_one = vec![0; 24];
        let mut outcome = engine.outcome();
        for run in 7..5000 {
            engine.play(3, run, &mut outcome);
            visit(&mut one_by_one, &outcome);
        }
        assert_eq!(counts, one_by_one);
    }
}
