//! What `cupcast leverage` prints, on real editions and as text, JSON and CSV.

use super::command::{json, refusal, stdout};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// The entry of a club in a list of objects with a code.
fn club<'a>(list: &'a Value, code: &str) -> &'a Value {
    let mut found = list
        .as_array()
        .expect("a list")
        .iter()
        .filter(|entry| entry["code"] == code);
    found.next().expect("the club is listed")
}

#[test]
fn the_last_leg_of_2014_decides_everything() {
    // Cruz Azul 0-0 Toluca in the first leg; the second is at Toluca. A home win makes Toluca champion, an away win
    // Cruz Azul, and a draw with goals Cruz Azul, on away goals.
    let found = json(&["leverage", "--as-of", "final-leg1", "--format", "json"]);
    let fixtures = found["fixtures"].as_array().expect("fixtures");
    assert_eq!(fixtures.len(), 1);
    let last = &fixtures[0];
    assert_eq!(
        (last["home"].as_str(), last["away"].as_str()),
        (Some("Toluca"), Some("Cruz Azul"))
    );
    assert!(
        number(&last["leverage_standard_error"]) < 1e-12,
        "nothing is left to luck"
    );
    let odds = number(&club(&found["clubs"], "CA")["title"]);
    let mut expected = 0.0;
    for (result, title) in
        last["results"]
            .as_array()
            .expect("results")
            .iter()
            .zip([Some(0.0), None, Some(1.0)])
    {
        let swing = number(&club(&result["clubs"], "CA")["swing"]["title"]);
        if let Some(title) = title {
            assert!((odds + swing - title).abs() < 1e-9, "{odds} {swing}");
        } else {
            assert!(
                odds + swing > 0.6,
                "most draws have goals: {}",
                odds + swing
            );
        }
        // What one of two finalists gains the other loses.
        expected += number(&result["probability"]) * 2.0 * swing.abs();
    }
    assert!((number(&last["leverage"]) - expected).abs() < 1e-9);
}

#[test]
fn title_odds_are_those_of_the_exact_forecast() {
    let found = json(&[
        "leverage", "--as-of", "md4", "--sims", "48000", "--format", "json",
    ]);
    let exact = json(&["forecast", "--as-of", "md4", "--exact", "--format", "json"]);
    assert_eq!(
        found["fixtures"].as_array().map(Vec::len),
        Some(16 + 14),
        "two matches a group and 14 legs"
    );
    for entry in exact["clubs"].as_array().expect("clubs") {
        let code = entry["code"].as_str().expect("a code");
        let mine = number(&club(&found["clubs"], code)["title"]);
        // A thousand of the runs are integrated over 16 matches; 0.4 points is over 4 standard errors of the mean.
        assert!(
            (mine - number(&entry["title"])).abs() < 0.004,
            "{code} {mine} {}",
            entry["title"]
        );
        let seeds = club(&found["clubs"], code)["seed"]
            .as_array()
            .expect("seeds")
            .iter();
        for (mine, exact) in seeds.zip(entry["seed"].as_array().expect("seeds")) {
            assert!(
                (number(mine) - number(exact)).abs() < 2e-4,
                "seeds are exact"
            );
        }
    }
}

#[test]
fn the_text_fits_and_says_what_it_means() {
    let text = stdout(&[
        "leverage", "--as-of", "md5", "--sims", "6400", "--club", "Toluca", "--top", "5",
    ]);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    for words in ["change", "Lahvička 2015", "and 17 more matches", "TOL"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn the_odds_of_a_group_and_of_a_seed_can_be_shown() {
    // Toluca has 9 points after matchday 4 and Comunicaciones 3: only their match can still cost Toluca the group.
    let text = stdout(&[
        "leverage",
        "--as-of",
        "md4",
        "--sims",
        "6400",
        "--club",
        "TOL",
        "--quantity",
        "group",
        "--top",
        "40",
    ]);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert!(text.contains("change the odds to win its group"), "{text}");
    let own = text.lines().find(|line| line.starts_with("Toluca - COM"));
    let own = own.expect("the match of the two");
    // A group is solved exactly for every result, so that there is no error.
    assert!(
        own.ends_with("±0.00") && own.contains("TOL") && !own.contains('~'),
        "{own}"
    );
    let other = text.lines().find(|line| line.starts_with("Herediano - CA"));
    assert!(
        other
            .expect("a match of another group")
            .ends_with("0      0      0 ±0.00")
    );
    let text = stdout(&[
        "leverage",
        "--as-of",
        "md5",
        "--sims",
        "3200",
        "--quantity",
        "seed 2",
    ]);
    assert!(text.contains("whose odds to be seed 2"), "{text}");
    assert!(refusal(&["leverage", "--quantity", "seed 9"]).contains("the seeds are 1 to 8"));
    assert!(refusal(&["leverage", "--quantity", "cup"]).contains("title, group, or a seed"));
}

#[test]
fn nothing_hangs_on_a_cup_that_is_over() {
    let text = stdout(&["leverage", "--as-of", "final", "--sims", "64"]);
    assert!(
        text.ends_with("\nno match is left to be played\n"),
        "{text}"
    );
}

#[test]
fn threads_do_not_show_in_csv() {
    let one = [
        "leverage",
        "--as-of",
        "md5",
        "--sims",
        "3200",
        "--format",
        "csv",
        "--threads",
        "1",
    ];
    let text = stdout(&one);
    let mut two = one;
    two[8] = "2";
    assert_eq!(text, stdout(&two));
    // 8 group matches and 14 legs, three results, 24 clubs, and a header.
    assert_eq!(text.lines().count(), 22 * 3 * 24 + 1);
}

#[test]
fn an_unknown_club_is_refused() {
    assert!(refusal(&["leverage", "--club", "Tolucca"]).contains("Toluca (TOL)"));
}
