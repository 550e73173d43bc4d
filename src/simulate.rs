//! Many runs on all cores: the only file that mentions rayon in the simulator's line.

use crate::play::{Engine, Outcome};
use crate::tally::{PairedTally, Tally};
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::ops::Range;

/// Runs that one thread plays in one go: long enough to hide the cost of handing it out (about a microsecond),
/// short enough to keep threads equally busy and progress moving.
const PORTION: u64 = 4096;

/// How many threads to use: `None` for one a core.
pub type Threads = Option<NonZeroUsize>;

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
    fold(
        runs,
        threads,
        progress,
        || (Tally::new(engine), engine.outcome()),
        |(tally, outcome), run| {
            engine.play(seed, run, outcome);
            tally.add(engine, outcome);
        },
        |(mut one, outcome), (other, _)| {
            one.merge(other);
            (one, outcome)
        },
    )
    .0
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
        || {
            (
                PairedTally::new(first, second),
                first.outcome(),
                second.outcome(),
            )
        },
        |(tally, one, other), run| {
            first.play(seed, run, one);
            second.play(seed, run, other);
            tally.add(first, one, other);
        },
        |(mut tally, one, other), (more, ..)| {
            tally.merge(more);
            (tally, one, other)
        },
    )
    .0
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
        || (new(), engine.outcome()),
        |(state, outcome), run| {
            engine.play(seed, run, outcome);
            visit(state, outcome);
        },
        |(one, outcome), (other, _)| (merge(one, other), outcome),
    )
    .0
}

/// Portions of runs over threads, folded and merged.
fn fold<T: Send>(
    runs: Range<u64>,
    threads: Threads,
    progress: &(dyn Fn(u64) + Sync),
    new: impl Fn() -> T + Sync,
    step: impl Fn(&mut T, u64) + Sync,
    merge: impl Fn(T, T) -> T + Sync,
) -> T {
    let portions = runs.end.saturating_sub(runs.start).div_ceil(PORTION);
    let work = || {
        (0..portions)
            .into_par_iter()
            .fold(&new, |mut state, portion| {
                let start = runs.start + portion * PORTION;
                let end = runs.end.min(start + PORTION);
                for run in start..end {
                    step(&mut state, run);
                }
                progress(end - start);
                state
            })
            .reduce(&new, &merge)
    };
    match threads {
        None => work(),
        Some(count) => rayon::ThreadPoolBuilder::new()
            .num_threads(count.get())
            .build()
            .expect("the system starts as many threads as were asked for")
            .install(work),
    }
}
