//! The draw from outside: `cupcast draw`, its three forms, and what it says to constraints that cannot hold.

use crate::command::{cupcast, json, refusal, stdout};
use cupcast::draw::{Drawing, PairOdds, Procedure};
use cupcast::tournament::{Tournament, bundled};
use std::path::PathBuf;

/// Every probability as a share of 1 within rounding.
const ROUNDING: f64 = 1e-12;

fn editions() -> [Tournament; 2] {
    ["ccl-2013-14", "ccl-2012-13"].map(|name| bundled::open(name).expect("a bundled tournament"))
}

/// Each club has exactly one companion from each other pot, and none from its own.
fn check_sums(drawing: &Drawing, odds: &PairOdds) {
    for (index, pot) in drawing.pots().iter().enumerate() {
        for club in pot {
            for (other_index, others) in drawing.pots().iter().enumerate() {
                let sum: f64 = others.iter().map(|other| odds.get(*club, *other)).sum();
                let expected = if index == other_index { 0.0 } else { 1.0 };
                assert!((sum - expected).abs() < ROUNDING, "{club:?}: {sum}");
            }
        }
    }
}

#[test]
fn every_club_has_one_companion_from_each_other_pot() {
    for tournament in editions() {
        let drawing = Drawing::new(&tournament).expect("a possible draw");
        let odds = drawing
            .odds(Procedure::Both, None, 1)
            .expect("a small draw");
        check_sums(&drawing, &odds.uniform.expect("both were asked for"));
        let sequential = odds.sequential.expect("both were asked for");
        assert_eq!(sequential.simulated, None, "small enough to be exact");
        check_sums(&drawing, &sequential.pairs);
    }
}

#[test]
fn simulated_draws_agree_with_the_exact_odds() {
    // n = 50,000 draws, seed 3: every pair within 4 standard errors.
    for tournament in editions() {
        let drawing = Drawing::new(&tournament).expect("a possible draw");
        let exact = drawing.odds(Procedure::Sequential, None, 3);
        let exact = exact.expect("a small draw").sequential.expect("asked for");
        let simulated = drawing.odds(Procedure::Sequential, Some(50_000), 3);
        let simulated = simulated.expect("a small draw").sequential;
        let simulated = simulated.expect("asked for").pairs;
        let errors = exact.pairs.standard_errors(50_000);
        for (one, other) in exact.pairs.pairs() {
            let difference = simulated.get(one, other) - exact.pairs.get(one, other);
            assert!(
                difference.abs() <= 4.0 * errors.get(one, other) + ROUNDING,
                "{one:?} and {other:?}: {difference}"
            );
        }
    }
}

#[test]
fn the_text_counts_the_draws_and_fits_the_terminal() {
    let text = stdout(&["draw"]);
    assert!(
        text.contains("632,630,476,800 draws; 15,690,240 apart from the labels"),
        "{text}"
    );
    assert!(
        text.contains("real draw   satisfies every constraint"),
        "{text}"
    );
    let calls: [&[&str]; 5] = [
        &["draw"],
        &["draw", "ccl-2012-13", "--club", "Isidro Metapán"],
        &["draw", "--procedure", "uniform"],
        &["draw", "--procedure", "sequential", "--club", "SM"],
        &["draw", "--sims", "1000", "--seed", "12345678901234567890"],
    ];
    for arguments in calls {
        let text = stdout(arguments);
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(80), "{arguments:?}: {widest:?}\n{text}");
    }
}

#[test]
fn companions_are_listed_by_pot_with_the_real_ones_marked() {
    let text = stdout(&["draw", "--club", "toluca", "--procedure", "uniform"]);
    let table: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("Who"))
        .collect();
    // The four clubs of pot A from elsewhere are equally likely, and stay in file order.
    assert_eq!(
        table[..6],
        [
            "Who joins Toluca (TOL) of pot B",
            "pot    club                    uniform",
            "A      Herediano                 25.0%",
            "A      Olimpia                   25.0%",
            "A    * Comunicaciones            25.0%",
            "A      Árabe Unido               25.0%",
        ]
    );
    assert_eq!(
        table.iter().filter(|line| line.contains('*')).count(),
        3,
        "two and the legend"
    );
}

#[test]
fn json_and_csv_hold_every_pair() {
    let document = json(&["draw", "--format", "json"]);
    assert_eq!(document["valid_draws"], 632_630_476_800_u64);
    assert_eq!(document["valid_draws_without_labels"], 15_690_240_u64);
    assert_eq!(document["uniform"]["method"], "exact");
    assert_eq!(document["sequential"]["method"], "exact");
    assert_eq!(
        document["real_draw_violations"].as_array().map(Vec::len),
        Some(0)
    );
    let pairs = document["pairs"].as_array().expect("a list");
    assert_eq!(pairs.len(), 24 * 23 / 2);
    let together: Vec<_> = pairs
        .iter()
        .filter(|pair| pair["same_group"] == true)
        .collect();
    assert_eq!(together.len(), 8 * 3);
    for pair in pairs {
        let number = |key: &str| pair[key].as_f64().expect("a number");
        let bias = number("sequential") - number("uniform");
        assert!((number("bias") - bias).abs() < ROUNDING);
    }
    let table = stdout(&["draw", "--format", "csv"]);
    assert_eq!(table.lines().count(), pairs.len() + 1);
    assert_eq!(
        table.lines().next(),
        Some("club,other,same_group,uniform,sequential,standard_error,bias")
    );
    let of_one = json(&["draw", "--format", "json", "--club", "CA"]);
    assert_eq!(of_one["pairs"].as_array().map(Vec::len), Some(23));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let call = |seed| stdout(&["draw", "--sims", "2000", "--seed", seed, "--format", "json"]);
    assert_eq!(call("5"), call("5"));
    assert_ne!(call("5"), call("6"));
}

/// A copy of the bundled edition with one text in place of another.
fn changed(name: &str, from: &str, to: &str) -> PathBuf {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    assert!(text.contains(from), "the edition contains {from}");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text.replace(from, to)).expect("the test folder can be written");
    path
}

#[test]
fn nine_clubs_of_two_associations_for_eight_groups_are_refused() {
    let path = changed("nine.toml", "\"Canada\"", "\"United States\"");
    let message = refusal(&["draw", path.to_str().expect("a plain path")]);
    assert!(
        message.contains(
            "the draw of ccl-2013-14 is impossible: each of the 8 groups has to hold exactly one of \
             the 9 clubs of Mexico or United States ("
        ),
        "{message}"
    );
    assert!(message.contains("Montreal Impact (MTL)"), "{message}");
}

#[test]
fn a_draw_that_breaks_its_own_constraints_is_shown_as_such() {
    // With a second Honduran club, Real Esteli, the real group 2 of Olimpia would not have been allowed.
    let path = changed("honduran.toml", "\"Nicaragua\"", "\"Honduras\"");
    let text = stdout(&["draw", path.to_str().expect("a plain path")]);
    let real = text.lines().find(|line| line.starts_with("real draw"));
    assert_eq!(
        real,
        Some("real draw   group 2: Olimpia (OLI), Real Estelí (EST) are all of Honduras"),
        "{text}"
    );
}

#[test]
fn an_unknown_club_is_an_error_of_the_input() {
    let output = cupcast(&["draw", "--club", "Tolucca"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("no club is called `Tolucca`; did you mean Toluca (TOL)"),
        "{message}"
    );
}
