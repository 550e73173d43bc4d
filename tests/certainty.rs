//! 0% and 100% stand where results and rules settle it, in every output, and nowhere else; runs claim what they can show.

use super::command::{json, refusal, stdout};
use cupcast::tournament::bundled;
use serde_json::Value;

/// Every number of a forecast in JSON with its standard error: (probability, error).
fn numbers(club: &Value) -> Vec<(f64, f64)> {
    let errors = &club["standard_error"];
    let number = |value: &Value| value.as_f64().expect("a number");
    let mut found = Vec::new();
    for key in ["group_place", "seed"] {
        let lists = [&club[key], &errors[key]].map(|list| list.as_array().expect("a list"));
        found.extend(
            lists[0]
                .iter()
                .zip(lists[1])
                .map(|(p, e)| (number(p), number(e))),
        );
    }
    for key in ["quarterfinal", "semifinal", "final", "title"] {
        found.push((number(&club[key]), number(&errors[key])));
    }
    found
}

fn all_numbers(arguments: &[&str]) -> Vec<(f64, f64)> {
    let forecast = json(&[&["forecast", "--format", "json"], arguments].concat());
    let clubs = forecast["clubs"].as_array().expect("clubs").clone();
    clubs.iter().flat_map(numbers).collect()
}

/// Whether a text has a percentage that is no more than a bound, such as `>99.9%` or `<0.1%`.
fn has_bound(text: &str) -> bool {
    text.contains("<0") || text.contains(">9")
}

#[test]
fn at_the_end_everything_is_certain_in_every_output() {
    // Cruz Azul won the cup of 2013-14 as seed 3 after winning group 3; Toluca was seed 1 and lost the final.
    let end = ["--as-of", "now", "--sims", "2000"];
    let show = |command: &[&str]| stdout(&[command, &end[..]].concat());
    let club = show(&["forecast", "--club", "Cruz Azul"]);
    for line in [
        "place 1          100%",
        "place 2            0%",
        "wins the cup     100%",
    ] {
        assert!(club.contains(line), "{line}: {club}");
    }
    assert!(
        club.contains("Toluca 100%"),
        "the opponent of the final: {club}"
    );
    for text in [
        club,
        show(&["forecast"]),
        show(&["forecast", "--bracket"]),
        show(&["forecast", "--intervals"]),
        show(&["paths", "Cruz Azul"]),
        show(&["paths", "Herediano"]),
        show(&["ask", "CA champion", "TOL champion", "final TOL-CA 1-1"]),
    ] {
        assert!(!has_bound(&text), "{text}");
    }
    let at_most_certain = |(p, e): &(f64, f64)| (*p == 0.0 || *p == 1.0) && *e == 0.0;
    assert!(all_numbers(&end).iter().all(at_most_certain));
    let exact = ["--as-of", "now", "--exact"];
    assert!(all_numbers(&exact).iter().all(at_most_certain));
}

#[test]
fn what_a_hundred_runs_never_saw_is_below_three_percent() {
    let few = ["--as-of", "md4", "--sims", "100"];
    for (probability, error) in all_numbers(&few) {
        let binomial = (probability * (1.0 - probability) / 100.0).sqrt();
        let expected = if binomial > 0.0 { binomial } else { 0.015 };
        assert!(
            (error - expected).abs() < 1e-12 || binomial == 0.0 && error == 0.0,
            "{probability} ± {error}"
        );
    }
    let text = stdout(&[&["forecast"], &few[..]].concat());
    assert!(text.contains("<3%") && !text.contains("<0.1%"), "{text}");
    let club = stdout(&[&["forecast", "--club", "TOL"], &few[..]].concat());
    assert!(!club.contains("<0.1%"), "{club}");
    // What the exact answer gives a chance is settled by nobody; what the rules exclude has none there either.
    let exact = all_numbers(&["--as-of", "md4", "--exact"]);
    for ((probability, error), (truth, _)) in all_numbers(&few).into_iter().zip(exact) {
        if error == 0.0 {
            assert_eq!(probability, truth);
        }
    }
}

#[test]
fn zero_has_no_sign_in_a_csv() {
    let csv = stdout(&["forecast", "--exact", "--as-of", "md4", "--format", "csv"]);
    assert!(!csv.contains(",-0,") && !csv.contains("-0\n"), "{csv}");
}

#[test]
fn a_cup_with_goal_difference_first_knows_what_is_settled() {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let start = text.find("\ntiebreakers").expect("a list of tiebreakers");
    let end = start + text[start..].find(']').expect("its end");
    let list = "\ntiebreakers = [\"goal difference\", \"goals\", \"lots\"";
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("difference-first.toml");
    std::fs::write(&path, [&text[..start], list, &text[end..]].concat()).expect("a file");
    let path = path.to_str().expect("a plain path");
    // After the last matchday every group is settled; after the one before, many places are.
    let known = stdout(&[
        "forecast",
        path,
        "--as-of",
        "md6",
        "--sims",
        "1000",
        "--columns",
        "1st",
    ]);
    assert!(!has_bound(&known), "{known}");
    let early = all_numbers(&[path, "--as-of", "md5", "--sims", "1000"]);
    let settled = early.iter().filter(|(_, error)| *error == 0.0).count();
    assert!(settled > 24, "{settled}");
}

#[test]
fn logic_says_what_is_impossible_and_what_is_certain() {
    let impossible = [
        "TOL champion and CA champion",
        "TOL seed 1 and TOL seed 2",
        "TOL seed 1 and CA seed 1",
        "TOL first and TOL out in the group",
        "TOL first and TOL second",
        "TOL first and CAL first",
        "TOL champion and not TOL in the final",
        "TOL champion and TOL out in the semifinal",
        "TOL champion and not TOL first",
        "TOL in the final and TOL out in the quarterfinal",
        "TOL beats CA in the final and CA champion",
        "TOL meets CA in the semifinal and TOL and CA in the final",
        "TOL meets CAL in the final",
        "TOL-CAL 2-1 and TOL-CAL draw",
        "TOL-CAL 2-1 and TOL-CAL 3-1",
        "not final goes to extra time and final goes to penalties",
        "total goals in the final over 3 and total goals in the final under 3",
        "final TOL-CA 9-0 and final CA-TOL 0-1 and CA champion",
        "TOL and CAL and CA and TIJ champion",
        "TOL champion given TOL out in the group",
        "not (TOL first or TOL second or TOL third)",
    ];
    let certain = [
        "TOL champion or not TOL champion",
        "TOL first or TOL second or TOL third",
        "not (TOL champion and CA champion)",
        "TOL or CAL or COM wins its group",
        "TOL in the final given TOL champion",
        "TOL-CAL home win or TOL-CAL draw or TOL-CAL away win",
        "final TOL-CA home win or final TOL-CA draw or final TOL-CA away win given TOL meets CA in the final",
    ];
    let open = [
        "TOL champion",
        "TOL first and CA first",
        "TOL seed 1 and CA seed 2",
        "TOL meets CA in the final and TOL champion",
        "TOL-CAL 9-9",
    ];
    let ask = |questions: &[&str]| {
        let options = ["--as-of", "start", "--sims", "500", "--format", "json"];
        let found = json(&[&["ask"], questions, &options[..]].concat());
        found["answers"].as_array().expect("answers").clone()
    };
    for (questions, ruling, probability) in [
        (&impossible[..], "impossible", Some(0.0)),
        (&certain[..], "certain", Some(1.0)),
        (&open[..], "open", None),
    ] {
        for answer in ask(questions) {
            assert_eq!(answer["ruling"], ruling, "{answer}");
            if let Some(probability) = probability {
                assert_eq!(answer["probability"], probability, "{answer}");
                assert_eq!(answer["standard_error"], 0.0, "{answer}");
            }
        }
    }
    // Before the final of 2014 nobody else is left.
    let sure = "TOL or CA champion";
    let options = ["--as-of", "sf", "--sims", "500", "--format", "json"];
    let found = json(
        &[
            &["ask", sure, "TOL out in the final or TOL champion"],
            &options[..],
        ]
        .concat(),
    );
    for answer in found["answers"].as_array().expect("answers") {
        assert_eq!(answer["ruling"], "certain", "{answer}");
    }
    let never = "TOL champion given TOL champion and CA champion";
    let answer = &ask(&[never])[0];
    assert_eq!(answer["ruling"], "given impossible");
    assert_eq!(answer["probability"], Value::Null);
    let text = stdout(&["ask", never, "--sims", "500"]);
    assert!(text.contains("what is given cannot happen"), "{text}");
}

#[test]
fn long_and_deep_questions_are_refused_in_a_few_lines() {
    for (question, fact) in [
        ("not ".repeat(20_000) + "TOL champion", "1000 words at most"),
        (
            "(".repeat(5000) + "TOL champion" + &")".repeat(5000),
            "1000 words at most",
        ),
        (
            "(".repeat(200) + "TOL champion" + &")".repeat(200),
            "more than 50 parentheses",
        ),
    ] {
        let message = refusal(&["ask", &question, "--sims", "100"]);
        assert!(message.contains(fact), "{message}");
        assert!(message.len() < 2000, "{message}");
    }
    // Within the limits, nothing is wrong with them.
    let question = [
        "not ".repeat(900),
        "(".repeat(40),
        "TOL champion".into(),
        ")".repeat(40),
    ];
    stdout(&["ask", &question.concat(), "--sims", "100"]);
}

#[test]
fn leverage_is_ranked_by_what_is_asked() {
    let changes = |options: &[&str]| -> Vec<f64> {
        let arguments = [
            "leverage", "--as-of", "md4", "--sims", "3200", "--top", "40",
        ];
        let text = stdout(&[&arguments[..], options].concat());
        let rows = text.lines().filter(|line| line.contains('±'));
        let change = |line: &str| {
            let after = line.rsplit('%').next().expect("three results");
            after
                .split_whitespace()
                .next()
                .and_then(|number| number.parse().ok())
        };
        rows.filter_map(change).collect()
    };
    for options in [
        &[][..],
        &["--quantity", "group"],
        &["--quantity", "seed 1"],
        &["--club", "TIJ"],
        &["--quantity", "group", "--club", "Toluca"],
    ] {
        let found = changes(options);
        assert!(found.len() > 20, "{options:?}: {found:?}");
        assert!(
            found.is_sorted_by(|one, next| one >= next),
            "{options:?}: {found:?}"
        );
    }
    // A knockout leg moves nobody's odds to win a group.
    let groups = changes(&["--quantity", "group"]);
    assert!(
        groups.first() > Some(&1.0) && groups.last() == Some(&0.0),
        "{groups:?}"
    );
}
