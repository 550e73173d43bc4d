//! The engine by units against the engine of groups, seeds and brackets: the same luck has to give the same tournament.

use super::*;
use crate::conditions::Conditions;
use crate::cup::Cup;
use crate::goals::{self, Specification};
use crate::ids::ClubId;
use crate::play::Engine;
use crate::playbook;
use crate::rng::{Purpose, SeedKey};
use crate::tournament::{Moment, bundled};

#[test]
fn both_engines_play_the_same_tournaments() {
    for (name, moment) in [
        ("ccl-2013-14", "start"),
        ("ccl-2013-14", "md4"),
        ("ccl-2013-14", "qf-leg1"),
        ("ccl-2012-13", "groups"),
    ] {
        let full = bundled::open(name).expect("a bundled edition");
        let known = full.as_of(Moment::parse(moment, &full).expect("a moment"));
        let history = bundled::open_history(&full, None).expect("bundled editions");
        let specification = Specification::default_model();
        let model = goals::fit(&specification, &history, &known.to_edition()).expect("a fit");
        let old = Engine::new(&playbook::compile(&known, &model, &Conditions::default()));
        let cup = Cup::from(&known);
        let new = CupEngine::new(&cup, &model);
        let mut outcome = old.outcome();
        let mut run = new.run();
        for number in 0..3_000 {
            old.play(7, number, &mut outcome);
            new.play(SeedKey::new(7, Purpose::Tournament).run(number), &mut run);
            let format = cup.format();
            let order: Vec<ClubId> = format
                .units()
                .iter()
                .take(known.groups.len())
                .flat_map(crate::format::Unit::outputs)
                .map(|place| run.places[place.index()])
                .collect();
            assert_eq!(order, outcome.order, "{name} {moment}, run {number}");
            let seeds = format.unit(format.unit_named("seeds").expect("an order of winners"));
            let seeds: Vec<ClubId> = seeds
                .outputs()
                .map(|place| run.places[place.index()])
                .collect();
            assert_eq!(seeds, outcome.seeds, "{name} {moment}, run {number}");
            for (tie, played) in known.bracket.ties.iter().zip(&outcome.ties) {
                let unit = format.unit_named(&tie.name).expect("a tie");
                assert_eq!(
                    run.tie(unit).winner(),
                    Some(played.winner()),
                    "{name} {moment}, run {number}"
                );
            }
        }
    }
}

fn counted(engine: &CupEngine, runs: u64, seed: u64) -> CupTally {
    let runs = Runs {
        runs,
        seed,
        threads: None,
    };
    let places = engine.cup().format().places();
    observe(engine, runs, &|_| (), &|| {
        CupTally::new(engine.clubs(), places)
    })
}

/// The odds of a cup of two clubs on neutral ground, without and with extra time, against sums over all scores.
#[test]
fn tiny_cups_have_the_odds_that_sums_give() {
    let rates = crate::goals::rated(&[1700.0, 1500.0]);
    let one_match = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\nkind = \"nations\"\nrules = \"fifa-2022\"\n\
        [[stage]]\nkey = \"f\"\nname = \"final\"\nties = [\"A - B\"]\n";
    let cup =
        crate::open::read("t", one_match, &|file| Err(file.to_owned())).expect("a sound file");
    let engine = CupEngine::new(&cup, &rates);
    let runs = 400_000;
    let tally = counted(&engine, runs, 3);
    let neutral = crate::goals::GoalModel::neutral_rates(
        &rates,
        ClubId(0),
        ClubId(1),
        crate::goals::Occasion::LastLeg,
    );
    let share = |rates: crate::goals::Rates| {
        let scores = crate::goals::JointScores::independent_poisson(rates);
        let of = |sign: i32| -> f64 {
            scores
                .iter()
                .filter(|(goals, _)| goals.margin().signum() == sign)
                .map(|(_, p)| p)
                .sum()
        };
        (of(1), of(0))
    };
    let ((win, draw), (extra_win, extra_draw)) = (share(neutral), share(neutral.scaled(1.0 / 3.0)));
    let expected = win + draw * (extra_win + extra_draw / 2.0);
    let title = &cup.format().milestones()[cup.format().milestones().len() - 1];
    let seen = tally.reached(title, ClubId(0)) as f64 / runs as f64;
    let error = (expected * (1.0 - expected) / runs as f64).sqrt();
    assert!(
        (seen - expected).abs() < 4.0 * error,
        "{seen} against {expected}, {runs} runs, seed 3"
    );
}

/// Champions League 2018-19: before the draw of the round of 16 Manchester City met Ajax with 20.8% ball by ball
/// (the runner-up first, then a winner among those that leave a way to the end), not the 20.0% of an even choice among
/// the 3,694 valid outcomes.
#[test]
fn a_draw_ball_by_ball_is_not_even_over_its_outcomes() {
    let bundled = crate::open::find_bundled("ucl-2018-19").expect("a bundled cup");
    let full = crate::open::open_bundled(bundled).expect("a sound file");
    let known = full.known_at(full.instant("group").expect("a moment"));
    let ratings = vec![1500.0; known.clubs().len()];
    let engine = CupEngine::new(&known, &crate::goals::rated(&ratings));
    let club = |name: &str| {
        let found = known.club_ids().find(|id| known.club(*id).name == name);
        found.expect("a club of the cup")
    };
    let pair = [club("Manchester City"), club("AFC Ajax")];
    let (runs, mut met) = (20_000, 0);
    let mut run = engine.run();
    let stage = known.format().stage_named("r16").expect("a round");
    for number in 0..runs {
        engine.play(SeedKey::new(2, Purpose::Tournament).run(number), &mut run);
        met += known
            .format()
            .units_of(stage)
            .filter(|(id, _)| run.tie(*id).clubs.iter().all(|club| pair.contains(club)))
            .count();
    }
    let seen = met as f64 / runs as f64;
    let error = (0.208f64 * 0.792 / runs as f64).sqrt();
    assert!(
        (seen - 0.208).abs() < 4.0 * error,
        "{seen}, {runs} runs, seed 2"
    );
}

/// A result that is supposed without a score: the odds are those given that result.
#[test]
fn a_result_without_a_score_is_a_condition() {
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[[stage]]\nkey = \"l\"\nname = \"league\"\n\
        table = [\"A\", \"B\"]\n[milestones]\ntitle = { words = \"wins\", places = [\"l 1\"] }\n";
    let cup = crate::open::read("t", text, &|file| Err(file.to_owned())).expect("a sound file");
    let rates = crate::goals::rated(&[1500.0, 1500.0]);
    for (fix, title) in [
        ("A-B home win", 10_000),
        ("A-B away win", 0),
        ("A-B 0-2", 0),
    ] {
        let what_if = crate::conditions::WhatIf {
            results: vec![cup.suppose(fix).expect("a result")],
            ..Default::default()
        };
        let engine = CupEngine::under(&cup, &rates, &what_if);
        let tally = counted(&engine, 10_000, 1);
        assert_eq!(
            tally.reached(&cup.format().milestones()[0], ClubId(0)),
            title,
            "{fix}"
        );
    }
    assert!(cup.suppose("A-C 1-0").is_err() && cup.suppose("A 1-0").is_err());
}
