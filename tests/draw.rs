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
        text.contains("632,630,476,800 draws; 15,690,240 if labels do not matter"),
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

/// The bundled edition with one club taken for a club of another association.
fn with_association(club: &str, association: &str) -> Tournament {
    let mut tournament = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let club = tournament.find_club(club).expect("a club of the edition");
    association.clone_into(&mut tournament.clubs[club.index()].association);
    tournament
}

#[test]
fn nine_clubs_of_two_associations_for_eight_groups_are_refused() {
    let tournament = with_association("Montreal Impact", "United States");
    let error = Drawing::new(&tournament).expect_err("nine clubs for eight groups");
    assert_eq!(
        error.to_string(),
        "the draw of ccl-2013-14 is impossible: each of the 8 groups has to hold exactly one of the 9 clubs of \
         Mexico or United States (Tijuana (TIJ), Toluca (TOL), América (AME), Cruz Azul (CA), LA Galaxy (LA), \
         San Jose Earthquakes (SJ), Houston Dynamo (HOU), Sporting Kansas City (KC), Montreal Impact (MTL)); \
         exempt a club, move a club to another pot, or leave a constraint out"
    );
}

#[test]
fn a_file_whose_groups_its_constraints_forbid_is_refused() {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("nine-clubs.toml");
    let changed = text.replace("\"Canada\"", "\"United States\"");
    std::fs::write(&path, changed).expect("the test folder can be written");
    let message = refusal(&["draw", path.to_str().expect("a plain path")]);
    assert!(
        message.contains("the draw does not allow group `5`"),
        "{message}"
    );
    assert!(message.contains("two clubs of United States"), "{message}");
}

#[test]
fn a_real_draw_that_breaks_a_constraint_is_named() {
    // Were Real Esteli a second Honduran club, the real group 2 with Olimpia would not have been allowed.
    let tournament = with_association("Real Estelí", "Honduras");
    let drawing = Drawing::new(&tournament).expect("other draws are possible");
    let real = tournament.groups.iter().map(|group| group.clubs.clone());
    assert_eq!(
        drawing.violations(&tournament, &real.collect::<Vec<_>>()),
        ["group 2: Olimpia (OLI), Real Estelí (EST) are all of Honduras"]
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
