//! The forecast from before the draw, from outside: its three forms, and what it refuses.

use crate::command::{json, refusal, stdout};
use cupcast::tournament::bundled;
use std::path::PathBuf;

const SHORT: [&str; 6] = [
    "forecast",
    "--before-draw",
    "--sims",
    "64000",
    "--seed",
    "3",
];

#[test]
fn a_forecast_before_the_draw_knows_no_groups_and_tells_each_club_its_luck() {
    let before = json(&[&SHORT[..], &["--format", "json"]].concat());
    assert_eq!(before["as_of"], "draw");
    assert_eq!(before["method"], "simulated");
    assert_eq!(before["sims"], 64_000);
    assert_eq!(before["draw"]["procedure"], "sequential");
    assert_eq!(before["draw"]["draws"], 1000);
    assert_eq!(before["draw"]["sims_per_draw"], 64);
    // Nothing of this edition is known, whatever the file holds.
    assert_eq!(before["model"]["matches"], 373);
    let real = json(&[
        "forecast", "--as-of", "start", "--sims", "64000", "--seed", "3", "--format", "json",
    ]);
    let clubs = before["clubs"].as_array().expect("clubs");
    let mut champions = 0.0;
    for (club, start) in clubs.iter().zip(real["clubs"].as_array().expect("clubs")) {
        assert!(club["group"].is_null());
        assert_eq!(club["real_draw"]["group"], start["group"]);
        for event in ["title", "quarterfinal", "final"] {
            let number = |part: &serde_json::Value| part[event].as_f64().expect("a number");
            // The real groups play the runs of the ordinary forecast.
            let drawn = &club["real_draw"];
            assert!((number(drawn) - number(start)).abs() < 1e-12);
            let luck = number(drawn) - number(club);
            assert!((number(&drawn["luck"]) - luck).abs() < 1e-12);
            assert!(number(&drawn["luck_standard_error"]) < 0.01);
        }
        champions += club["title"].as_f64().expect("a number");
    }
    assert!((champions - 1.0).abs() < 1e-12, "{champions}");
}

#[test]
fn the_luck_of_the_real_draw_is_large_where_it_must_be() {
    // Olimpia of pot A was drawn without a Mexican club, while Herediano met Cruz Azul: 64,000 runs, seed 3, and the
    // differences are over 20 standard errors from zero.
    let before = json(&[&SHORT[..], &["--format", "json"]].concat());
    let luck = |code: &str| {
        let clubs = before["clubs"].as_array().expect("clubs");
        let club = clubs.iter().find(|club| club["code"] == code);
        let drawn = &club.expect("a club")["real_draw"];
        let of = |key: &str| drawn[key]["group_place"][0].as_f64().expect("a number");
        of("luck") / of("luck_standard_error")
    };
    assert!(luck("OLI") > 20.0 && luck("HER") < -20.0);
}

#[test]
fn the_table_fits_a_terminal_and_says_how_it_was_made() {
    for procedure in ["sequential", "uniform"] {
        let text = stdout(&[&SHORT[..], &["--procedure", procedure]].concat());
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        assert!(text.contains(&format!("draw     {procedure}: ")), "{text}");
        assert!(
            text.contains("1,000 random draws, 64 simulated tournaments each, seed 3"),
            "{text}"
        );
        assert!(text.contains("clustered by draw"), "{text}");
        assert!(text.contains("\nCruz Azul"), "{text}");
    }
    let csv = stdout(&[&SHORT[..], &["--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), 25);
    let header = csv.lines().next().expect("a header");
    for column in [
        ",title,",
        ",se_title,",
        ",real_draw_title,",
        ",luck_title,",
        ",luck_se_title",
    ] {
        assert!(header.contains(column), "{header}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let call =
        |threads| stdout(&[&SHORT[..], &["--format", "json", "--threads", threads]].concat());
    assert_eq!(call("1"), call("3"));
}

#[test]
fn what_makes_no_sense_before_the_draw_is_refused() {
    for (wrong, said) in [
        (&["--exact"][..], "--exact"),
        (&["--as-of", "md3"], "--as-of"),
        (&["--fix", "TOL-COM 1-0"], "--fix"),
        (&["--intervals"], "--intervals"),
        (&["--group", "1"], "--group"),
    ] {
        let message = refusal(&[&["forecast", "--before-draw"], wrong].concat());
        assert!(
            message.contains("cannot be used with") && message.contains(said),
            "{message}"
        );
    }
    let message = refusal(&["forecast", "--before-draw", "--strength", "TOL=-0.2"]);
    assert!(message.contains("takes nothing for granted"), "{message}");
    let message = refusal(&["forecast", "--procedure", "uniform"]);
    assert!(message.contains("--before-draw"), "{message}");
    let message = refusal(&["forecast", "models/tiny/two-groups.toml", "--before-draw"]);
    assert!(
        message.contains(
            "tiny-two-groups has no draw rules; add a [draw] section with pots and constraints"
        ),
        "{message}"
    );
}

/// The bundled edition as its file might have looked before the draw: pots and constraints, no groups, no matches.
fn undrawn_file(name: &str, change: impl Fn(String) -> String) -> String {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let (before, _) = text
        .split_once("[[group]]")
        .expect("groups after the clubs");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, change(before.to_owned())).expect("the test folder can be written");
    path.to_str().expect("a plain path").to_owned()
}

#[test]
fn a_file_without_groups_is_forecast_from_before_its_draw() {
    let path = undrawn_file("undrawn.toml", |text| text);
    let arguments = |file: &str| {
        let more = ["--format", "json"];
        let mut all: Vec<String> = SHORT.iter().chain(&more).map(ToString::to_string).collect();
        all.push(file.to_owned());
        json(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let [undrawn, drawn] = [arguments(&path), arguments("ccl-2013-14")];
    let clubs = undrawn["clubs"].as_array().expect("clubs");
    for (club, same) in clubs.iter().zip(drawn["clubs"].as_array().expect("clubs")) {
        assert!(club["group"].is_null() && club["real_draw"].is_null());
        // The same draws with other luck in the matches: 64,000 runs each, seed 3, within 4 standard errors.
        let [one, other] = [club, same].map(|club| club["title"].as_f64().expect("odds"));
        let [a, b] =
            [club, same].map(|club| club["standard_error"]["title"].as_f64().expect("an error"));
        assert!((one - other).abs() <= 4.0 * a.hypot(b) + 1e-9, "{club}");
    }
    let text = stdout(&[
        "forecast",
        &path,
        "--before-draw",
        "--sims",
        "6400",
        "--top",
        "3",
    ]);
    assert!(!text.contains("luck"), "{text}");
    assert!(stdout(&["check", &path]).ends_with("24 clubs, 8 groups still to be drawn\n"));
    let text = stdout(&["draw", &path]);
    assert!(
        text.contains("real draw   still to be held") && !text.contains('*'),
        "{text}"
    );
    assert!(text.contains("632,630,476,800 draws"), "{text}");
    let pairs = json(&["draw", &path, "--format", "json", "--club", "CA"]);
    assert!(pairs["pairs"][0]["same_group"].is_null() && pairs["real_draw_violations"].is_null());
}

#[test]
fn what_needs_groups_refuses_a_file_without_them() {
    let path = undrawn_file("undrawn-too.toml", |text| text);
    for command in [
        &["forecast", &path][..],
        &["timeline", &path],
        &["table", &path],
        &["leverage", &path],
        &["scenarios", "TOL", "--tournament", &path],
    ] {
        let message = refusal(command);
        assert!(
            message.contains("the groups of ccl-2013-14 are still to be drawn"),
            "{message}"
        );
    }
}

#[test]
fn a_draw_that_cannot_be_held_is_refused_with_its_reason() {
    let path = undrawn_file("undrawable.toml", |text| {
        text.replace("\"Canada\"", "\"United States\"")
    });
    for command in [&["forecast", &path, "--before-draw"][..], &["draw", &path]] {
        let message = refusal(command);
        assert!(
            message.contains("each of the 8 groups has to hold exactly one of the 9 clubs"),
            "{message}"
        );
    }
}
