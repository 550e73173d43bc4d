//! Work for `.ci/instructions` to count: plays so many tournaments of 24 clubs in one way and ends.
//!
//! `instructions WAY TOURNAMENTS`, with WAY one of `batch`, `portable`, `single`. Under `cargo bench` it plays a few
//! each way and measures nothing.

use cupcast::bench::cups::{Strengths, cup};
use cupcast::conditions::Conditions;
use cupcast::play::{Engine, Player};
use cupcast::playbook::compile;
use std::hint::black_box;

fn main() {
    let model = Strengths::like_2013_14(24);
    let engine = Engine::new(&compile(&cup(8), &model, &Conditions::default()));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [way, runs] if runs.parse::<u64>().is_ok() => play(&engine, way, runs.parse().unwrap_or(0)),
        _ => {
            for way in ["batch", "portable", "single"] {
                play(&engine, way, 256);
            }
        }
    }
}

fn play(engine: &Engine, way: &str, runs: u64) {
    match way {
        "batch" => Player::new(engine).play(1, 0..runs, |outcome| {
            black_box(outcome);
        }),
        "portable" => Player::portable(engine).play(1, 0..runs, |outcome| {
            black_box(outcome);
        }),
        "single" => {
            let mut outcome = engine.outcome();
            for run in 0..runs {
                engine.play(1, run, &mut outcome);
                black_box(&outcome);
            }
        }
        other => panic!("`{other}` is no way of playing; write batch, portable or single"),
    }
}
