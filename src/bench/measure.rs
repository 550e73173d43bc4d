//! Measures every way of playing a tournament on this machine, in a few seconds.
//!
//! A speed is that of the quickest of many short slices: other programs only ever make a slice slower, so the
//! quickest one says most about the code. Scaling over threads is measured the same way in longer slices.

use super::cups::{Strengths, cup};
use super::plain::{CopyFree, Plain, SeedKey};
use crate::conditions::Conditions;
use crate::exact;
use crate::goals::GoalModel;
use crate::play::{Engine, Player};
use crate::playbook::{Playbook, compile};
use crate::rng::{Purpose, stream};
use crate::simulate::simulate;
use crate::tournament::Tournament;
use serde::Serialize;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// All that was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What was played.
    pub tournament: String,
    /// Group matches and knockout legs of one tournament.
    pub matches: usize,
    /// Each way on one core, the plain way first.
    pub one_core: Vec<Speed>,
    /// The match-by-match engine on 1, 2, ... threads.
    pub threads: Vec<Scaling>,
    /// The exact solver on all cores, in seconds to an error of 1e-5; missing where it does not cover the format.
    pub exact_seconds: Option<f64>,
    /// Made-up cups of growing size on one core.
    pub cups: Vec<CupCost>,
    /// The most memory the process has used so far, in bytes; missing where the system does not tell.
    pub peak_memory: Option<u64>,
}

/// The speed of one way of playing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speed {
    /// Which way.
    pub way: String,
    /// Nanoseconds a tournament.
    pub nanoseconds: f64,
    /// Tournaments a second.
    pub tournaments_per_second: f64,
    /// Matches a second.
    pub matches_per_second: f64,
    /// How many times as fast as the plain way.
    pub times_plain: f64,
}

/// The engine on several threads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scaling {
    /// How many threads.
    pub threads: usize,
    /// Tournaments a second, all threads together.
    pub tournaments_per_second: f64,
    /// The share of perfect scaling: this speed over that of one thread times the threads.
    pub efficiency: f64,
}

/// What a made-up cup costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CupCost {
    /// Its clubs, in groups of three.
    pub clubs: usize,
    /// Its matches, extra time not counted.
    pub matches: usize,
    /// Nanoseconds a tournament on one core.
    pub nanoseconds: f64,
    /// Nanoseconds a match on one core.
    pub nanoseconds_per_match: f64,
    /// Milliseconds from the tournament to an engine that is ready.
    pub start_milliseconds: f64,
}

/// Measures everything for a tournament of groups of three with nothing played, spending about
/// `seconds` in all.
pub fn run(tournament: &Tournament, model: &dyn GoalModel, seconds: f64) -> Report {
    let part = Duration::from_secs_f64(seconds / 12.0);
    let playbook = compile(tournament, model, &Conditions::default());
    let engine = Engine::new(&playbook);
    let matches = engine.group_matches() + engine.knockout_matches();
    let speeds = one_core(tournament, model, &engine, part);
    let plain = speeds[0].1;
    Report {
        tournament: format!("{} {}", tournament.competition, tournament.edition),
        matches,
        one_core: speeds
            .into_iter()
            .map(|(way, nanoseconds)| Speed {
                way: way.to_owned(),
                nanoseconds,
                tournaments_per_second: 1e9 / nanoseconds,
                matches_per_second: 1e9 / nanoseconds * matches as f64,
                times_plain: plain / nanoseconds,
            })
            .collect(),
        threads: over_threads(&engine, part),
        exact_seconds: exact_seconds(&playbook),
        cups: [8, 16, 32, 64]
            .map(|groups| cup_cost(groups, part))
            .to_vec(),
        peak_memory: peak_memory(),
    }
}

/// Nanoseconds a tournament of every way on one core.
fn one_core(
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
            "plain",
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
        ("match by match", Player::new(engine)),
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

/// The engine on 1, 2, 4, ... threads up to all cores.
fn over_threads(engine: &Engine, part: Duration) -> Vec<Scaling> {
    const RUNS: u64 = 400_000;
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let powers = (0..usize::BITS).map(|power| 1 << power);
    let mut counts: Vec<usize> = powers.take_while(|threads| *threads < cores).collect();
    counts.push(cores);
    let mut list: Vec<Scaling> = Vec::new();
    for threads in counts {
        let nanoseconds = quickest(1, part, |_| {
            black_box(simulate(
                engine,
                RUNS,
                1,
                NonZeroUsize::new(threads),
                &|_| (),
            ));
        });
        let speed = RUNS as f64 * 1e9 / nanoseconds;
        let one = list
            .first()
            .map_or(speed, |first| first.tournaments_per_second);
        list.push(Scaling {
            threads,
            tournaments_per_second: speed,
            efficiency: speed / (one * threads as f64),
        });
    }
    list
}

/// Seconds that the exact solver takes to an error of 1e-5.
fn exact_seconds(playbook: &Playbook) -> Option<f64> {
    let start = Instant::now();
    let solution = exact::solve(playbook, 1e-5);
    let seconds = start.elapsed().as_secs_f64();
    solution.is_ok().then_some(seconds)
}

/// What a made-up cup of this many groups costs.
fn cup_cost(groups: usize, part: Duration) -> CupCost {
    let clubs = groups * 3;
    let tournament = cup(groups);
    let start = Instant::now();
    let playbook = compile(
        &tournament,
        &Strengths::like_2013_14(clubs),
        &Conditions::default(),
    );
    let engine = Engine::new(&playbook);
    let start_milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let matches = engine.group_matches() + engine.knockout_matches();
    let nanoseconds = player_speed(&mut Player::new(&engine), part / 4);
    CupCost {
        clubs,
        matches,
        nanoseconds,
        nanoseconds_per_match: nanoseconds / matches as f64,
        start_milliseconds,
    }
}

/// Nanoseconds of one call in the quickest slice of `calls` calls, over a stretch of time. Each call is told
/// its number.
fn quickest(calls: u64, part: Duration, mut work: impl FnMut(u64)) -> f64 {
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

/// The peak of resident memory, from the process's status where the system keeps one.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

impl Report {
    /// The report as a table for people.
    pub fn text(&self) -> String {
        let mut lines = vec![
            format!("{}: {} matches a tournament", self.tournament, self.matches),
            String::new(),
            format!(
                "{:<31} {:>8} {:>14} {:>13} {:>8}",
                "one core", "ns", "tournaments/s", "matches/s", "x plain"
            ),
        ];
        for speed in &self.one_core {
            lines.push(format!(
                "{:<31} {:>8.0} {:>13.2}M {:>12.0}M {:>8.1}",
                speed.way,
                speed.nanoseconds,
                speed.tournaments_per_second / 1e6,
                speed.matches_per_second / 1e6,
                speed.times_plain
            ));
        }
        lines.push(String::new());
        lines.push(format!(
            "{:<31} {:>8} {:>14} {:>13}",
            "match by match", "threads", "tournaments/s", "efficiency"
        ));
        for scaling in &self.threads {
            lines.push(format!(
                "{:<31} {:>8} {:>13.2}M {:>13.2}",
                "",
                scaling.threads,
                scaling.tournaments_per_second / 1e6,
                scaling.efficiency
            ));
        }
        if let Some(seconds) = self.exact_seconds {
            lines.push(String::new());
            lines.push(format!("exact, all cores, to 1e-5: {seconds:.2} s"));
        }
        lines.push(String::new());
        lines.push(format!(
            "{:<31} {:>8} {:>14} {:>13} {:>8}",
            "made-up cups, one core", "matches", "ns", "ns/match", "start ms"
        ));
        for cup in &self.cups {
            lines.push(format!(
                "{:<31} {:>8} {:>14.0} {:>13.2} {:>8.1}",
                format!("{} clubs", cup.clubs),
                cup.matches,
                cup.nanoseconds,
                cup.nanoseconds_per_match,
                cup.start_milliseconds
            ));
        }
        if let Some(bytes) = self.peak_memory {
            lines.push(String::new());
            lines.push(format!("peak memory: {:.0} MB", bytes as f64 / 1e6));
        }
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_every_way_and_every_cup() {
        // No figure is checked: the test says what is measured, not how fast the machine is.
        let report = run(&cup(2), &Strengths::like_2013_14(6), 0.01);
        assert_eq!(report.matches, 12 + 2);
        assert_eq!(report.one_core.len(), 5);
        assert!((report.one_core[0].times_plain - 1.0).abs() < 1e-12);
        assert_eq!(report.threads[0].threads, 1);
        assert!((report.threads[0].efficiency - 1.0).abs() < 1e-12);
        let clubs: Vec<usize> = report.cups.iter().map(|cup| cup.clubs).collect();
        assert_eq!(clubs, [24, 48, 96, 192]);
        // 192 clubs: 64 groups of 6 matches and 63 ties of 2 legs.
        assert_eq!(report.cups[3].matches, 384 + 126);
        let text = report.text();
        assert!(text.contains("match by match, portable") && text.contains("192 clubs"));
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    }
}
