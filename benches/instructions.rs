//! Work for `.ci/instructions` to count: does so much of one kind and ends.
//!
//! `instructions WAY AMOUNT`, with WAY one of those in [`WAYS`]. The amount is a number of tournaments of 24 clubs; of `exact-groups`
//! and `exact` a number of solutions. Those two and the collapsed ways stand after matchday 4. Under `cargo bench` it does a little each
//! way and measures nothing.

use cupcast::bench::cups::{Strengths, cup, played_until};
use cupcast::collapsed::{Knockout, Sampler};
use cupcast::conditions::Conditions;
use cupcast::exact;
use cupcast::play::{Engine, Player};
use cupcast::playbook::{Playbook, compile};
use cupcast::simulate::on_threads;
use cupcast::tournament::Goals;
use std::hint::black_box;
use std::num::NonZeroUsize;

/// The ways, each with the little that `cargo bench` does.
const WAYS: [(&str, u64); 7] = [
    ("batch", 256),
    ("portable", 256),
    ("single", 256),
    ("collapsed", 1),
    ("rao-blackwell", 1),
    ("exact-groups", 1),
    ("exact", 1),
];

/// What groups may lose.
const TOLERANCE: f64 = 1e-5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // One thread: how work is shared out would be counted, too.
    on_threads(NonZeroUsize::new(1), || match arguments.as_slice() {
        [way, amount] if amount.parse::<u64>().is_ok() => work(way, amount.parse().unwrap_or(0)),
        _ => {
            for (way, little) in WAYS {
                work(way, little);
            }
        }
    });
}

fn work(way: &str, amount: u64) {
    let start = playbook(0);
    match way {
        "batch" => Player::new(&Engine::new(&start)).play(1, 0..amount, |outcome| {
            black_box(outcome);
        }),
        "portable" => Player::portable(&Engine::new(&start)).play(1, 0..amount, |outcome| {
            black_box(outcome);
        }),
        "single" => {
            let engine = Engine::new(&start);
            let mut outcome = engine.outcome();
            for run in 0..amount {
                engine.play(1, run, &mut outcome);
                black_box(&outcome);
            }
        }
        "collapsed" => sample(amount, Knockout::Sampled),
        "rao-blackwell" => sample(amount, Knockout::Expected),
        "exact-groups" => {
            let late = playbook(4);
            for _ in 0..amount {
                black_box(exact::group_stage(&late, TOLERANCE).is_ok());
            }
        }
        "exact" => {
            let late = playbook(4);
            for _ in 0..amount {
                black_box(exact::solve(&late, 1e-3).is_ok());
            }
        }
        other => panic!("`{other}` is no way; write one of {WAYS:?}"),
    }
}

fn sample(runs: u64, knockout: Knockout) {
    let sampler = Sampler::new(&playbook(4), TOLERANCE).expect("a supported cup");
    black_box(sampler.run(0..runs, 1, knockout, None));
}

/// A cup of 24 clubs after a matchday, every match having ended 2-1.
fn playbook(matchday: u8) -> Playbook {
    let tournament = played_until(cup(8), matchday, Goals { home: 2, away: 1 });
    let model = Strengths::like_2013_14(24);
    compile(&tournament, &model, &Conditions::default())
}
