//! Scenarios and draws of cups of format 2, as the program prints them.

use super::command::{json, refusal, stdout};

#[test]
fn a_team_hears_what_it_needs() {
    // Group E after matchday 2: Spain 4 points, Japan and Costa Rica 3, Germany 1; Japan plays Spain.
    let question = ["scenarios", "world-cup-2022", "Japan", "--as-of", "md2"];
    let text = stdout(&question);
    assert!(text.contains("win against Spain\n"), "{text}");
    assert!(
        text.contains("draw against Spain and Costa Rica and Germany draw"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let told = json(&[&question[..], &["--format", "json"]].concat());
    assert_eq!(
        (&told["format"], &told["as_of"]),
        (&2.into(), &"md2".into())
    );
    let table = &told["tables"][0];
    assert_eq!((&table["unit"], &table["places"]), (&"E".into(), &2.into()));
    let japan = &table["clubs"][0];
    assert_eq!(
        (&japan["code"], &japan["status"], &japan["points_enough"]),
        (&"JPN".into(), &"open".into(), &3.into())
    );
}

#[test]
fn what_is_no_question_about_a_table_is_refused() {
    let refused = refusal(&["scenarios", "world-cup-2022", "E", "--as-of", "group"]);
    assert!(refused.contains("no table"), "{refused}");
    let refused = refusal(&["scenarios", "world-cup-2022", "E", "--place", "4"]);
    assert!(refused.contains("write 1 to 3"), "{refused}");
    assert!(refusal(&["draw", "world-cup-2022"]).contains("nothing is drawn"));
}

#[test]
fn a_draw_is_followed_ball_by_ball() {
    let drawn = json(&[
        "draw",
        "ucl-2018-19",
        "--club",
        "AFC Ajax",
        "--format",
        "json",
    ]);
    let first = &drawn["draws"][0];
    assert_eq!(
        (&first["as_of"], &first["method"]),
        (&"group".into(), &"exact".into())
    );
    let pairs = first["pairs"].as_array().expect("pairs");
    let city = pairs
        .iter()
        .find(|pair| pair["club"] == "MCI" || pair["other"] == "MCI")
        .expect("they may meet");
    // 20.8 % ball by ball, 20.0 % over all valid outcomes.
    let chance = |key: &str| city[key].as_f64().expect("a number");
    assert!((chance("probability") - 0.208).abs() < 5e-4, "{city}");
    assert!((chance("evenly") - 0.2).abs() < 5e-4, "{city}");
}
