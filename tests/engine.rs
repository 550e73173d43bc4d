//! Many runs: the same counts for any number of threads, portions that merge, and honest standard errors.

use cupcast::bench::cups::{Strengths, cup};
use cupcast::conditions::{Conditions, Fix};
use cupcast::ids::{ClubId, FixtureId};
use cupcast::play::{Engine, replay};
use cupcast::playbook::compile;
use cupcast::simulate::{simulate, simulate_paired, simulate_range, simulate_with};
use cupcast::tally::Tally;
use cupcast::tournament::bundled::open;
use cupcast::tournament::{Goals, Moment};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

fn engine(groups: usize, fixes: Vec<Fix>) -> Engine {
    let model = Strengths::like_2013_14(groups * 3);
    let conditions = Conditions {
        fixes,
        ..Conditions::default()
    };
    Engine::new(&compile(&cup(groups), &model, &conditions))
}

fn favourite_loses() -> Vec<Fix> {
    vec![Fix::Group {
        fixture: FixtureId(0),
        goals: Goals { home: 0, away: 3 },
    }]
}

#[test]
fn the_tally_is_the_same_for_any_number_of_threads_and_any_portions() {
    let engine = engine(8, Vec::new());
    let silent = |_| ();
    let whole = simulate(&engine, 10_000, 1, NonZeroUsize::new(1), &silent);
    for threads in [2, 8] {
        assert_eq!(
            whole,
            simulate(&engine, 10_000, 1, NonZeroUsize::new(threads), &silent)
        );
    }
    let mut parts = simulate_range(&engine, 0..3, 1, None, &silent);
    parts.merge(simulate_range(&engine, 4_999..10_000, 1, None, &silent));
    parts.merge(simulate_range(&engine, 3..4_999, 1, None, &silent));
    assert_eq!(whole, parts);
    assert_ne!(whole, simulate(&engine, 10_000, 2, None, &silent));
}

#[test]
fn progress_counts_every_run_once() {
    let engine = engine(2, Vec::new());
    let done = AtomicU64::new(0);
    let count = |runs| {
        done.fetch_add(runs, Ordering::Relaxed);
    };
    let tally = simulate(&engine, 12_345, 1, None, &count);
    assert_eq!((tally.runs(), done.into_inner()), (12_345, 12_345));
}

#[test]
fn odds_add_up() {
    let tally = simulate(&engine(4, Vec::new()), 5_000, 3, None, &|_| ());
    let odds = tally.odds();
    let sum = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>();
    for club in 0..12 {
        assert!((sum(&mut odds.place[club].iter().copied()) - 1.0).abs() < 1e-12);
        let seeded = sum(&mut odds.seed[club].iter().copied());
        assert!((seeded - odds.place[club][0]).abs() < 1e-12);
        assert!((seeded - odds.round[club][0]).abs() < 1e-12);
        assert!(
            odds.round[club][0] >= odds.round[club][1] && odds.round[club][1] >= odds.title[club]
        );
    }
    for (round, clubs) in [(0, 4.0), (1, 2.0)] {
        let total = sum(&mut odds.round.iter().map(|rounds| rounds[round]));
        assert!((total - clubs).abs() < 1e-12);
    }
    assert!((odds.title.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn a_paired_run_is_two_single_ones_of_common_luck() {
    let (fixed, plain) = (engine(8, favourite_loses()), engine(8, Vec::new()));
    let paired = simulate_paired(&fixed, &plain, 0..20_000, 5, None, &|_| ());
    assert_eq!(paired.first, simulate(&fixed, 20_000, 5, None, &|_| ()));
    assert_eq!(paired.second, simulate(&plain, 20_000, 5, None, &|_| ()));
    let errors = paired.standard_errors();
    let single = [&paired.first, &paired.second].map(|tally| tally.standard_errors().title[0]);
    assert!(
        errors.title[0] < single[0].hypot(single[1]),
        "common luck makes the difference surer than two runs of different luck"
    );
    assert!(paired.differences().title[0] < -4.0 * errors.title[0]);
    // Group 8 does not notice what happens in group 1.
    for club in 21..24 {
        assert_eq!(paired.differences().place[club], [0.0; 3]);
        assert_eq!(errors.place[club], [0.0; 3]);
    }
}

#[test]
fn the_error_of_a_difference_is_that_of_its_definition() {
    // The sample variance of the run-by-run difference of "club 3 plays in round 2", counted apart.
    let (fixed, plain) = (engine(8, favourite_loses()), engine(8, Vec::new()));
    let runs = 4_000;
    let paired = simulate_paired(&fixed, &plain, 0..runs, 6, None, &|_| ());
    let reaches = |engine: &Engine, run| {
        let mut outcome = engine.outcome();
        engine.play(6, run, &mut outcome);
        let semifinals = &outcome.ties[4..6];
        let plays = semifinals
            .iter()
            .any(|tie| tie.host.0 == 3 || tie.guest.0 == 3);
        f64::from(u8::from(plays))
    };
    let differences: Vec<f64> = (0..runs)
        .map(|run| reaches(&fixed, run) - reaches(&plain, run))
        .collect();
    let mean = differences.iter().sum::<f64>() / runs as f64;
    let variance = differences
        .iter()
        .map(|d| (d - mean) * (d - mean))
        .sum::<f64>()
        / runs as f64;
    assert!((paired.differences().round[3][1] - mean).abs() < 1e-12);
    let error = (variance / runs as f64).sqrt();
    assert!((paired.standard_errors().round[3][1] - error).abs() < 1e-12);
}

#[test]
fn any_accumulator_can_watch_the_runs() {
    let engine = engine(2, Vec::new());
    let goals = simulate_with(
        &engine,
        0..9_000,
        1,
        NonZeroUsize::new(2),
        || 0u64,
        |sum, outcome| {
            let goals = outcome
                .goals
                .iter()
                .map(|goals| u64::from(goals.home + goals.away));
            *sum += goals.sum::<u64>();
        },
        |one, other| one + other,
    );
    let mut outcome = engine.outcome();
    let slow: u64 = (0..9_000)
        .map(|run| {
            engine.play(1, run, &mut outcome);
            let goals = outcome
                .goals
                .iter()
                .map(|goals| u64::from(goals.home + goals.away));
            goals.sum::<u64>()
        })
        .sum();
    assert_eq!(goals, slow);
}

#[test]
fn what_is_known_is_what_is_played() {
    // With every result known, every run is the real edition: its seeds and its champion.
    let seeds_2013 = [
        "Toluca",
        "Cruz Azul",
        "Tijuana",
        "Árabe Unido",
        "Alajuelense",
        "LA Galaxy",
        "Sporting Kansas City",
        "San Jose Earthquakes",
    ];
    for (name, champion, seeds) in [
        ("ccl-2013-14", "Cruz Azul", Some(seeds_2013)),
        ("ccl-2012-13", "Monterrey", None),
    ] {
        let tournament = open(name).expect("bundled");
        let model = Strengths::like_2013_14(24);
        let engine = Engine::new(&compile(&tournament, &model, &Conditions::default()));
        for run in 0..20 {
            let sheet = replay(&engine, 8, run);
            let name = |club: ClubId| tournament.club(club).name.as_str();
            assert_eq!(name(sheet.champion), champion);
            if let Some(seeds) = seeds {
                let played: Vec<&str> = sheet.seeds.iter().map(|club| name(*club)).collect();
                assert_eq!(played, seeds);
            }
            for (tie, known) in sheet.ties.iter().zip(&tournament.bracket.ties) {
                for (leg, known) in tie.legs.iter().zip(&known.legs) {
                    let known = known.played.expect("every leg was played");
                    assert_eq!((leg.home, leg.away), (known.home, known.away));
                    assert_eq!(leg.ninety, known.score.ninety);
                    assert_eq!(leg.after_extra_time, known.score.after_extra_time);
                }
            }
        }
    }
}

#[test]
fn a_tally_is_the_sum_of_its_runs() {
    // Batches and single runs, standard rules and others: the tally counts what `Engine::play` does.
    for name in ["ccl-2013-14", "ccl-2012-13"] {
        let tournament = open(name).expect("bundled").as_of(Moment::Start);
        let model = Strengths::like_2013_14(24);
        let engine = Engine::new(&compile(&tournament, &model, &Conditions::default()));
        let mut outcome = engine.outcome();
        let mut slow = Tally::new(&engine);
        for run in 7..5_000 {
            engine.play(9, run, &mut outcome);
            slow.add(&engine, &outcome);
        }
        assert_eq!(slow, simulate_range(&engine, 7..5_000, 9, None, &|_| ()));
    }
}
