//! The exact solver and the simulator judge each other on the real editions.

use cupcast::conditions::Conditions;
use cupcast::exact;
use cupcast::goals::{self, Specification};
use cupcast::play::Engine;
use cupcast::playbook::{self, Playbook};
use cupcast::simulate::simulate;
use cupcast::tournament::{Moment, bundled};

fn playbook_of(name: &str, moment: &str) -> Playbook {
    let full = bundled::open(name).expect("a bundled edition");
    let history = bundled::open_history(&full, None).expect("its history");
    let known = full.as_of(Moment::parse(moment, &full).expect("a moment"));
    let specification = Specification::default_model();
    let model = goals::fit(&specification, &history, &known.to_edition()).expect("a fit");
    playbook::compile(&known, &model, &Conditions::default())
}

/// How far off the exact answers may be: a fiftieth of the largest standard error of the simulation here.
const TOLERANCE: f64 = 1e-5;

/// Every number within 4 standard errors of a simulation: `runs` runs at seed 1.
fn agree(name: &str, moment: &str, runs: u64) {
    let playbook = playbook_of(name, moment);
    let solution = exact::solve(&playbook, TOLERANCE).expect("a format the solver knows");
    let tally = simulate(&Engine::new(&playbook), runs, 1, None, &|_| {});
    let n = runs as f64;
    for (p, simulated) in solution.odds.values().zip(tally.odds().values()) {
        // The error that the exact probability implies, so that rare events are judged fairly; an
        // event expected less than a few times in all runs may also happen once or twice.
        let error = (p * (1.0 - p) / n).sqrt();
        let slack = if p * n < 5.0 { 4.0 / n } else { 0.0 };
        assert!(
            (p - simulated).abs() <= 4.0 * error + slack + TOLERANCE,
            "{name} {moment}: {p} exact, {simulated} simulated, {runs} runs, seed 1"
        );
    }
}

#[test]
fn exact_and_simulated_odds_agree() {
    for (name, moment) in [
        ("ccl-2013-14", "start"),
        ("ccl-2013-14", "md3"),
        ("ccl-2013-14", "groups"),
        ("ccl-2013-14", "sf"),
        ("ccl-2012-13", "md4"),
    ] {
        agree(name, moment, 400_000);
    }
}

#[test]
fn once_everything_is_played_nothing_is_uncertain() {
    let solution = exact::solve(&playbook_of("ccl-2013-14", "now"), 1e-6).expect("the main format");
    let certain = |p: f64| p.abs() < 1e-12 || (p - 1.0).abs() < 1e-12;
    assert!(solution.odds.values().all(certain));
}
