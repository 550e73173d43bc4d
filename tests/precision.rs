//! A forecast to a precision: the way it takes, and that its errors are what it says.

use super::command::{cupcast, json, stdout};
use serde_json::Value;

/// Every number under these keys of a club, in a fixed order.
fn numbers(part: &Value) -> Vec<f64> {
    let keys = [
        "group_place",
        "seed",
        "quarterfinal",
        "semifinal",
        "final",
        "title",
    ];
    let lists = keys.map(|key| match &part[key] {
        Value::Array(list) => list.clone(),
        other => vec![other.clone()],
    });
    let all = lists.concat();
    all.iter()
        .map(|value| value.as_f64().expect("a number"))
        .collect()
}

/// All numbers of a part of all clubs; the clubs themselves if the part has no name.
fn all(forecast: &Value, part: &str) -> Vec<f64> {
    let clubs = forecast["clubs"].as_array().expect("clubs");
    let of = |club| {
        if part.is_empty() {
            numbers(club)
        } else {
            numbers(&club[part])
        }
    };
    clubs.iter().flat_map(of).collect()
}

fn largest(list: &[f64]) -> f64 {
    list.iter().copied().fold(0.0, f64::max)
}

fn forecast(arguments: &[&str]) -> Value {
    json(&[&["forecast", "--format", "json"], arguments].concat())
}

#[test]
fn fine_precisions_collapse_the_groups() {
    let found = forecast(&["--as-of", "md4", "--precision", "0.02pp", "--seed", "5"]);
    assert_eq!(found["method"], "simulated");
    assert_eq!(found["estimator"], "collapsed groups, post-stratified");
    assert!(found["lost_mass"].as_f64().expect("a number") < 2e-4);
    let errors = all(&found, "standard_error");
    assert!(largest(&errors) < 2e-4, "{}", largest(&errors));
    assert!(largest(&errors) > 1e-4, "no more runs than needed");
    for club in found["clubs"].as_array().expect("clubs") {
        let exact = ["group_place", "seed"].map(|key| club["standard_error"][key].clone());
        let zeros = exact
            .iter()
            .flat_map(|list| list.as_array().expect("a list"));
        assert!(zeros.clone().count() == 11 && zeros.clone().all(|error| *error == 0.0));
    }
    // Seed 5: within 5 standard errors of the exact answer, whose own error is below 1e-5; hundreds are compared.
    let exact = forecast(&["--as-of", "md4", "--exact", "--tolerance", "0.001pp"]);
    for ((one, other), error) in all(&found, "").iter().zip(all(&exact, "")).zip(&errors) {
        assert!(
            (one - other).abs() < 5.0 * error + 2e-5,
            "{one} {other} {error}"
        );
    }
}

#[test]
fn the_way_is_said_in_words_and_shows_in_no_other_way() {
    let arguments = ["forecast", "--as-of", "md4", "--precision", "0.03pp"];
    let text = stdout(&arguments);
    assert!(
        text.contains(" runs with collapsed groups, post-stratified, seed 1"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let rough = stdout(&["forecast", "--precision", "0.5pp"]);
    assert!(
        rough.contains(" simulated tournaments, match by match, seed 1"),
        "{rough}"
    );
    let plain = stdout(&["forecast", "--sims", "1000"]);
    assert!(
        plain.contains("1,000 simulated tournaments, seed 1"),
        "{plain}"
    );
    let usual = forecast(&["--sims", "1000"]);
    assert!(usual.get("estimator").is_none() && usual.get("lost_mass").is_none());
}

#[test]
fn after_the_groups_a_precision_is_exact() {
    let found = forecast(&["--as-of", "groups", "--precision", "0.01pp"]);
    assert_eq!(found["method"], "exact");
    assert!(found["tolerance"].as_f64().expect("a number") < 1e-4);
    assert_eq!(largest(&all(&found, "standard_error")), 0.0);
}

#[test]
fn a_what_if_to_a_precision_says_how_sure_the_change_is() {
    let fix = "TOL-COM 0-2";
    let found = forecast(&["--as-of", "md4", "--precision", "0.02pp", "--fix", fix]);
    assert_eq!(found["estimator"], "collapsed groups, post-stratified");
    let errors = all(&found, "change_standard_error");
    assert!(largest(&errors) < 2e-4, "{}", largest(&errors));
    let exact = forecast(&[
        "--as-of",
        "md4",
        "--exact",
        "--tolerance",
        "0.001pp",
        "--fix",
        fix,
    ]);
    // Seed 1: within 5 standard errors, since hundreds are compared.
    let changes = all(&found, "change").into_iter().zip(all(&exact, "change"));
    for ((one, other), error) in changes.zip(&errors) {
        assert!(
            (one - other).abs() < 5.0 * error + 4e-5,
            "{one} {other} {error}"
        );
    }
}

#[test]
fn threads_do_not_show_in_a_precision() {
    let of = |threads| {
        let output = cupcast(&[
            "forecast",
            "--as-of",
            "md4",
            "--precision",
            "0.03pp",
            "--format",
            "json",
            "--threads",
            threads,
        ]);
        assert!(output.status.success());
        output.stdout
    };
    assert!(of("1") == of("3"));
}
