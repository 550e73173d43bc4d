//! What-ifs and questions about cups of any format, as a user asks them.

use super::command::{json, refusal, stdout};
use std::fs;

#[test]
fn a_forecast_under_a_what_if_says_so_and_shows_the_change() {
    let options = [
        "forecast",
        "world-cup-2022",
        "--as-of",
        "md2",
        "--sims",
        "200",
    ];
    let asked = ["--wins-group", "Croatia", "--strength", "Spain=-0.3"];
    let text = stdout(&[&options[..], &asked[..]].concat());
    assert!(
        text.contains("what if  given that Croatia wins group F"),
        "{text}"
    );
    assert!(
        text.contains("what if  Spain weaker by 0.3 (log goals)"),
        "{text}"
    );
    assert!(
        text.contains("came true in") && text.contains("change, pp"),
        "{text}"
    );
    let found = json(&[&options[..], &asked[..], &["--format", "json"]].concat());
    assert_eq!(
        found["conditions"],
        serde_json::json!([
            "given that Croatia wins group F",
            "Spain weaker by 0.3 (log goals)"
        ])
    );
    let clubs = found["clubs"].as_array().expect("clubs");
    let croatia = clubs.iter().find(|club| club["name"] == "Croatia");
    assert_eq!(croatia.expect("a club")["milestones"]["first"], 1.0);
    let sims = found["sims"].as_u64().expect("a number");
    assert!(
        0 < sims && sims < 200,
        "only runs in which it came true count: {sims}"
    );
}

#[test]
fn what_if_files_are_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let about = "format = 1\ntournament = \"world-cup-2022\"\nas_of = \"md2\"\n";
    let out = file(
        "out.toml",
        &format!("{about}title = \"Brazil out\"\neliminate = [\"BRA\"]\n"),
    );
    let same = file("same.toml", &format!("{about}neutral = [\"final\"]\n"));
    let asked = ["what-if", &out, &same, "--sims", "200"];
    let text = stdout(&asked);
    assert!(
        text.contains("A  Brazil out") && text.contains("B  same"),
        "{text}"
    );
    let found = json(&[&asked[..], &["--format", "json"]].concat());
    let scenarios = found["scenarios"].as_array().expect("scenarios");
    assert_eq!(scenarios.len(), 3);
    for row in scenarios[1]["odds"].as_array().expect("odds") {
        if row["club"] == "BRA" {
            assert_eq!(row["probability"], 0.0);
        }
    }
    // The final is on neutral ground already: nothing changes, in any run.
    for row in scenarios[2]["odds"].as_array().expect("odds") {
        assert_eq!(row["change"], 0.0);
        assert_eq!(row["change_standard_error"], 0.0);
    }
    let bad = file("bad.toml", &format!("{about}eliminate = [\"Brasil\"]\n"));
    let refused = refusal(&["what-if", &bad]);
    assert!(
        refused.contains("bad.toml:4:") && refused.contains("Brazil (BRA)"),
        "{refused}"
    );
}

#[test]
fn questions_agree_with_the_forecast_of_the_same_seed() {
    let options = [
        "world-cup-2022",
        "--as-of",
        "md2",
        "--sims",
        "300",
        "--format",
        "json",
    ];
    let asked = [
        "ask",
        "Spain reaches sf",
        "Brazil champion",
        "Qatar wins its group",
    ];
    let found = json(&[&asked[..], &options[..]].concat());
    let forecast = json(&[&["forecast"], &options[..]].concat());
    let clubs = forecast["clubs"].as_array().expect("clubs");
    let odds = |name: &str, key: &str| {
        let club = clubs.iter().find(|club| club["name"] == name);
        club.expect("a club")["milestones"][key].clone()
    };
    let answers = found["answers"].as_array().expect("answers");
    assert_eq!(answers[0]["probability"], odds("Spain", "sf"));
    assert_eq!(answers[1]["probability"], odds("Brazil", "title"));
    assert_eq!(answers[2]["probability"], odds("Qatar", "first"));
    assert_eq!(answers[2]["ruling"], "impossible");
    let refused = refusal(&["ask", "world-cup-2022", "Brazil reaches the semifinls"]);
    assert!(refused.contains("did you mean `semifinals`?"), "{refused}");
}
