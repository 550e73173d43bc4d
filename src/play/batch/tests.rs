//! Tests of batches: lane by lane they are the runs of the engine, whatever the rules and the instructions.

use super::*;
use crate::play::Outcome;
use crate::play::tests::any_cup;
use crate::rng::Purpose;
use crate::tournament::{Goals, Tournament};
use crate::{bench::cups, conditions::Conditions, playbook::compile};
use proptest::prelude::*;

/// What a batch says of one lane: group orders, seeds and tie winners.
fn lane_of(plan: &Plan, batch: &Batch, lane: usize) -> [Vec<crate::ids::ClubId>; 3] {
    let club = |list: &Lane<u32>| plan.clubs[list[lane] as usize];
    let orders = batch.orders.iter().enumerate().flat_map(|(group, orders)| {
        order_bits::CLUBS[orders[lane] as usize]
            .iter()
            .map(move |club| plan.clubs[group * plan::CLUBS + usize::from(*club)])
    });
    [
        orders.collect(),
        batch.seeds.iter().map(club).collect(),
        batch.winners.iter().map(club).collect(),
    ]
}

/// The same of a run of the engine.
fn run_of(outcome: &Outcome) -> [Vec<crate::ids::ClubId>; 3] {
    let winners = outcome.ties.iter().map(crate::play::TieOutcome::winner);
    [
        outcome.order.clone(),
        outcome.seeds.clone(),
        winners.collect(),
    ]
}

/// Plays batches with all kinds of instructions and every lane with the engine; counts the wild lanes.
fn compare(engine: &Engine, seed: u64, batches: u64) -> Result<usize, TestCaseError> {
    let plan = engine.plan.as_ref().expect("groups of three have a plan");
    let key = SeedKey::new(seed, Purpose::Tournament);
    let mut outcome = engine.outcome();
    let mut told = engine.outcome();
    let mut wild = 0;
    for batch_number in 0..batches {
        let first = batch_number * LANES as u64 + seed % 1000;
        for instructions in Instructions::available() {
            let mut batch = Batch::keeping(plan);
            let mut counts = BatchCounts::new(plan);
            instructions.play(engine, plan, key, first, &mut batch, Some(&mut counts));
            wild += batch.wild.len();
            for lane in (0..LANES).filter(|lane| !batch.wild.contains(lane)) {
                engine.play_key(key.run(first + lane as u64), &mut outcome);
                prop_assert_eq!(lane_of(plan, &batch, lane), run_of(&outcome));
                batch.fill(plan, lane, &mut told);
                prop_assert_eq!(&told, &outcome);
            }
        }
    }
    Ok(wild)
}

fn engine(tournament: &Tournament, model: &cups::Strengths) -> Engine {
    Engine::new(&compile(tournament, model, &Conditions::default()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn lanes_are_runs((tournament, model) in any_cup(), seed in 0..u64::MAX / 2) {
        compare(&engine(&tournament, &model), seed, 4)?;
    }
}

#[test]
fn lanes_are_runs_of_the_real_format() {
    for groups in [2, 8, 16, 64] {
        let tournament = cups::cup(groups);
        let model = cups::Strengths::like_2013_14(groups * 3);
        compare(&engine(&tournament, &model), 1, 40).expect("every lane is a run");
    }
}

#[test]
fn lanes_are_runs_when_nearly_everything_is_level() {
    // Hardly any goals: three clubs level, lots in groups and among seeds, shoot-outs.
    let model = cups::Strengths {
        level: -2.5,
        ..cups::Strengths::like_2013_14(24)
    };
    compare(&engine(&cups::cup(8), &model), 2, 40).expect("every lane is a run");
}

#[test]
fn goals_beyond_the_codes_make_a_lane_wild() {
    // A known 16-0 in the first group: no lane can hold it, and all are left to the engine.
    let tournament = cups::played_until(cups::cup(2), 1, Goals { home: 16, away: 0 });
    let engine = engine(&tournament, &cups::Strengths::like_2013_14(6));
    let wild = compare(&engine, 3, 1).expect("every other lane is a run");
    assert_eq!(wild, Instructions::available().len() * LANES);
}
