//! Measures every way of answering on this machine, in a few seconds.
//!
//! A speed is that of the quickest of many short slices: other programs only ever make a slice slower, so the
//! quickest one says most about the code. Scaling over threads is measured the same way in longer slices.

use super::cups::{Strengths, cup};
use super::plain::{CopyFree, Plain, SeedKey};
use super::precision::time_to_precision;
use super::{CupCost, ExactCost, Memory, Report, Scaling, Speed};
use crate::collapsed::{Knockout, PORTION, Sampler};
use crate::conditions::Conditions;
use crate::exact;
use crate::goals::GoalModel;
use crate::play::{Engine, Player};
use crate::playbook::{Playbook, compile};
use crate::rng::{Purpose, stream};
use crate::simulate::{on_threads, simulate};
use crate::tournament::Tournament;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// What the exact solver may be off by, and what collapsed groups may lose.
pub(super) const TOLERANCE: f64 = 1e-5;

/// The names of the ways.
pub(super) const PLAIN: &str = "plain";
pub(super) const MATCH_BY_MATCH: &str = "match by match";
pub(super) const DRAWN: &str = "collapsed, bracket drawn";
pub(super) const EXPECTED: &str = "collapsed, Rao-Blackwell";

/// Measures everything for a tournament of groups of three with nothing played, spending about
/// `seconds` in all and what the exact solver takes.
pub fn run(tournament: &Tournament, model: &dyn GoalModel, seconds: f64) -> Report {
    let part = Duration::from_secs_f64(seconds / 24.0);
    let playbook = compile(tournament, model, &Conditions::default());
    let engine = Engine::new(&playbook);
    // Before anything that needs more memory.
    let memory = memory(&engine);
    let one = NonZeroUsize::new(1);
    let (sampler, start) = timed(|| on_threads(one, || Sampler::new(&playbook, TOLERANCE).ok()));
    let matches = engine.group_matches() + engine.knockout_matches();
    let mut speeds = match_by_match(tournament, model, &engine, part);
    if let Some(sampler) = &sampler {
        for (way, knockout) in [(DRAWN, Knockout::Sampled), (EXPECTED, Knockout::Expected)] {
            speeds.push((way, sampler_speed(sampler, knockout, part)));
        }
    }
    let plain = speeds[0].1;
    let one_core: Vec<Speed> = speeds
        .into_iter()
        .map(|(way, nanoseconds)| Speed {
            way: way.to_owned(),
            same_job: way != DRAWN && way != EXPECTED,
            nanoseconds,
            tournaments_per_second: 1e9 / nanoseconds,
            matches_per_second: 1e9 / nanoseconds * matches as f64,
            times_plain: plain / nanoseconds,
        })
        .collect();
    let exact = exact_costs(&playbook);
    let precision = time_to_precision(&engine, sampler.as_ref(), start, &one_core, &exact);
    Report {
        tournament: format!("{} {}", tournament.competition, tournament.edition),
        matches,
        threads: over_threads(&engine, sampler.as_ref(), part),
        one_core,
        exact,
        precision,
        memory,
        cups: [8, 16, 32, 64]
            .map(|groups| cup_cost(groups, part / 4))
            .to_vec(),
    }
}

/// Nanoseconds a tournament of every way that draws all scorelines, on one core.
fn match_by_match(
    tournament: &Tournament,
    model: &dyn GoalModel,
    engine: &Engine,
    part: Duration,
) -> Vec<(&'static str, f64)> {
    let plain = Plain::new(tournament, model);
    let copy_free = CopyFree::new(tournament, model);
    let mut rng = stream(1, Purpose::Resampling, 0);
    let mut order = vec![0; tournament.clubs.len()];
    let mut seeds = vec![(SeedKey::default(), 0); tournament.groups.len()];
    let mut outcome = engine.outcome();
    let mut run = 0;
    let mut speeds = vec![
        (
            PLAIN,
            quickest(100, part, |_| {
                black_box(plain.play(&mut rng));
            }),
        ),
        (
            "plain, without copies",
            quickest(100, part, |_| {
                black_box(copy_free.play(&mut rng, &mut order, &mut seeds));
            }),
        ),
        (
            "match by match, one at a time",
            quickest(1_000, part, |_| {
                run += 1;
                engine.play(1, run, &mut outcome);
                black_box(&outcome);
            }),
        ),
    ];
    let players = [
        ("match by match, portable", Player::portable(engine)),
        (MATCH_BY_MATCH, Player::new(engine)),
    ];
    for (way, mut player) in players {
        speeds.push((way, player_speed(&mut player, part)));
    }
    speeds
}

/// Nanoseconds a tournament of a player.
fn player_speed(player: &mut Player<'_>, part: Duration) -> f64 {
    const RUNS: u64 = 6_400;
    let slice = quickest(1, part, |slice| {
        player.play(1, slice * RUNS..(slice + 1) * RUNS, |outcome| {
            black_box(outcome);
        });
    });
    slice / RUNS as f64
}

/// Nanoseconds a tournament with collapsed groups, on one core.
fn sampler_speed(sampler: &Sampler, knockout: Knockout, part: Duration) -> f64 {
    const RUNS: u64 = 4 * PORTION;
    let slice = on_threads(NonZeroUsize::new(1), || {
        quickest(1, part, |slice| {
            let runs = slice * RUNS..(slice + 1) * RUNS;
            black_box(sampler.run(runs, 1, knockout, None));
        })
    });
    slice / RUNS as f64
}

/// The quick ways on 1, 2, 4, ... threads up to all cores.
fn over_threads(engine: &Engine, sampler: Option<&Sampler>, part: Duration) -> Vec<Scaling> {
    const RUNS: u64 = 96 * PORTION;
    let mut list = scaling(MATCH_BY_MATCH, RUNS, part, &|| {
        black_box(simulate(engine, RUNS, 1, None, &|_| ()));
    });
    if let Some(sampler) = sampler {
        for (way, knockout) in [(DRAWN, Knockout::Sampled), (EXPECTED, Knockout::Expected)] {
            list.extend(scaling(way, RUNS, part, &|| {
                black_box(sampler.run(0..RUNS, 1, knockout, None));
            }));
        }
    }
    list
}

/// Numbers of threads: powers of two below the number of cores, and that number.
fn thread_counts() -> Vec<usize> {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let powers = (0..usize::BITS).map(|power| 1 << power);
    let below = powers.take_while(|threads| *threads < cores);
    below.chain([cores]).collect()
}

/// One way on more and more threads.
fn scaling(way: &str, runs: u64, part: Duration, play: &(dyn Fn() + Sync)) -> Vec<Scaling> {
    let mut one = None;
    let of = |threads| {
        let nanoseconds = on_threads(NonZeroUsize::new(threads), || quickest(1, part, |_| play()));
        let speed = runs as f64 * 1e9 / nanoseconds;
        let one = *one.get_or_insert(speed);
        Scaling {
            way: way.to_owned(),
            threads,
            tournaments_per_second: speed,
            efficiency: speed / (one * threads as f64),
        }
    };
    thread_counts().into_iter().map(of).collect()
}

/// What the exact solver takes on one core and on all; nothing if it does not cover the format.
fn exact_costs(playbook: &Playbook) -> Vec<ExactCost> {
    let mut costs = Vec::new();
    for threads in thread_counts() {
        let threads_asked = NonZeroUsize::new(threads);
        let (stage, groups_seconds) = timed(|| {
            on_threads(threads_asked, || {
                exact::group_stage(playbook, TOLERANCE).is_ok()
            })
        });
        let (solved, seconds) =
            timed(|| on_threads(threads_asked, || exact::solve(playbook, TOLERANCE).is_ok()));
        if stage && solved {
            costs.push(ExactCost {
                threads,
                tolerance: TOLERANCE,
                groups_seconds,
                seconds,
            });
        }
    }
    costs
}

/// What a made-up cup of this many groups costs.
fn cup_cost(groups: usize, part: Duration) -> CupCost {
    let clubs = groups * 3;
    let tournament = cup(groups);
    let model = Strengths::like_2013_14(clubs);
    let (engine, start) = timed(|| {
        let playbook = compile(&tournament, &model, &Conditions::default());
        Engine::new(&playbook)
    });
    let matches = engine.group_matches() + engine.knockout_matches();
    // Late, so that the groups of all sizes are solved in no time; a run is about as long as one from the start.
    let late = after_matchday_4(tournament, &engine);
    let late = compile(&late, &model, &Conditions::default());
    let sampler = Sampler::new(&late, TOLERANCE).ok();
    let collapsed = |knockout| {
        let sampler = sampler.as_ref()?;
        Some(sampler_speed(sampler, knockout, part))
    };
    CupCost {
        clubs,
        groups,
        rounds: engine.rounds(),
        matches,
        nanoseconds: player_speed(&mut Player::new(&engine), part),
        drawn_nanoseconds: collapsed(Knockout::Sampled),
        expected_nanoseconds: collapsed(Knockout::Expected),
        start_milliseconds: start * 1e3,
    }
}

/// A made-up cup with the first four matchdays of a run.
fn after_matchday_4(mut tournament: Tournament, engine: &Engine) -> Tournament {
    let mut outcome = engine.outcome();
    engine.play(1, 0, &mut outcome);
    // Both lists go group by group.
    for (fixture, goals) in tournament.fixtures.iter_mut().zip(outcome.goals) {
        fixture.result = (fixture.matchday <= 4).then_some(goals);
    }
    tournament
}

/// Peaks of memory after few and after many times as many runs.
fn memory(engine: &Engine) -> Vec<Memory> {
    let after = |runs| {
        black_box(simulate(engine, runs, 1, None, &|_| ()));
        let peak_bytes = peak_memory()?;
        Some(Memory { runs, peak_bytes })
    };
    [250_000, 5_000_000].into_iter().filter_map(after).collect()
}

/// The peak of resident memory, from the process's status where the system keeps one.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// What some work gives, and how many seconds it takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64())
}

/// Nanoseconds of one call in the quickest slice of `calls` calls, over a stretch of time. Each call is told
/// its number.
pub(super) fn quickest(calls: u64, part: Duration, mut work: impl FnMut(u64)) -> f64 {
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    let mut number = 0;
    while number == 0 || begin.elapsed() < part {
        let slice = Instant::now();
        for _ in 0..calls {
            work(number);
            number += 1;
        }
        best = best.min(slice.elapsed().as_secs_f64() * 1e9 / calls as f64);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_every_way_and_every_cup() {
        // No figure is checked: the test says what is measured, not how fast the machine is.
        let report = run(&cup(2), &Strengths::like_2013_14(6), 0.01);
        assert_eq!(report.matches, 12 + 2);
        let ways: Vec<&str> = report
            .one_core
            .iter()
            .map(|speed| speed.way.as_str())
            .collect();
        assert_eq!(ways.len(), 7);
        assert_eq!([ways[0], ways[4]], [PLAIN, MATCH_BY_MATCH]);
        assert!((report.one_core[0].times_plain - 1.0).abs() < 1e-12);
        let same_job = report.one_core.iter().filter(|speed| speed.same_job);
        assert_eq!(same_job.count(), 5);
        for way in [MATCH_BY_MATCH, DRAWN, EXPECTED] {
            let first = report.threads.iter().find(|row| row.way == way);
            let first = first.expect("every quick way is measured over threads");
            assert_eq!(first.threads, 1);
            assert!((first.efficiency - 1.0).abs() < 1e-12);
        }
        let clubs: Vec<usize> = report.cups.iter().map(|cup| cup.clubs).collect();
        assert_eq!(clubs, [24, 48, 96, 192]);
        assert_eq!(report.cups[0].rounds, 3);
        // 192 clubs: 64 groups of 6 matches and 63 ties of 2 legs.
        assert_eq!(report.cups[3].matches, 384 + 126);
        assert!(
            report
                .cups
                .iter()
                .all(|cup| cup.expected_nanoseconds.is_some())
        );
        assert_eq!(report.precision.len(), 7);
        // The fewest runs belong to the cleverest way.
        let runs = |way: usize| report.precision[way].table_runs.expect("a simulation");
        assert!(runs(0) > runs(3) && runs(3) > runs(5));
    }
}
