//! Roads, timelines, leverage and single runs of cups of format 2, as the program prints them.

use super::command::{json, refusal, stdout};

fn fits(text: &str) {
    let wide = text.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None, "{text}");
}

#[test]
fn the_road_of_a_team_through_a_world_cup() {
    // Before the quarterfinals Brazil had beaten South Korea and was to meet Croatia.
    let road = json(&[
        "paths",
        "world-cup-2022",
        "Brazil",
        "--as-of",
        "r16",
        "--sims",
        "200",
        "--format",
        "json",
    ]);
    assert_eq!(road["format"], 2);
    assert_eq!(road["club"], "BRA");
    let stage = |key: &str| {
        let mut stages = road["stages"].as_array().expect("stages").iter();
        stages.find(|stage| stage["key"] == key).expect("a stage")
    };
    assert_eq!(stage("group")["places"][0], 1.0);
    assert_eq!(stage("group")["expected_points"]["mean"], 6.0);
    let r16 = &stage("r16")["opponents"][0];
    assert_eq!(
        (&r16["code"], &r16["beats_if_met"]),
        (&"KOR".into(), &1.0.into())
    );
    let qf = stage("qf");
    assert_eq!(
        (&qf["plays"], &qf["opponents"][0]["code"]),
        (&1.0.into(), &"CRO".into())
    );
    let text = stdout(&["paths", "world-cup-2022", "Brazil", "--sims", "200"]);
    fits(&text);
    assert!(text.contains("the road of Brazil (BRA)") && text.contains("likeliest finals"));
    assert!(refusal(&["paths", "world-cup-2022", "Brasil"]).contains("did you mean Brazil"));
}

#[test]
fn the_timeline_of_a_cup_follows_its_milestones() {
    // Two matches are known, the first of each of four clubs, so there are two moments.
    let village = "models/examples/village-cup.toml";
    let found = json(&["timeline", village, "--sims", "100", "--format", "json"]);
    let moments = found["moments"].as_array().expect("moments");
    let keys: Vec<&str> = moments
        .iter()
        .filter_map(|one| one["moment"].as_str())
        .collect();
    assert_eq!(keys, ["start", "md1"]);
    assert_eq!(moments[1]["date"], "2027-05-01");
    // Two moments, the title and the first place of a group, eight clubs.
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(2 * 2 * 8));
    let asked = ["timeline", village, "--sims", "100", "--quantity", "final"];
    let text = stdout(&asked);
    fits(&text);
    assert!(text.contains("plays in the final"), "{text}");
    let refused = refusal(&["timeline", village, "--quantity", "cup"]);
    assert!(refused.contains("write one of first, "), "{refused}");
}

#[test]
fn the_leverage_of_a_world_cup_counts_its_open_matches() {
    let found = json(&[
        "leverage",
        "world-cup-2022",
        "--as-of",
        "md2",
        "--sims",
        "300",
        "--format",
        "json",
    ]);
    // Two matches of each of the eight groups; no tie has its clubs yet.
    let matches = found["matches"].as_array().expect("matches");
    assert_eq!(matches.len(), 16);
    for one in matches {
        let results = one["results"].as_array().expect("results");
        let sum: f64 = results
            .iter()
            .filter_map(|result| result["probability"].as_f64())
            .sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
    let text = stdout(&[
        "leverage",
        "world-cup-2022",
        "--as-of",
        "qf",
        "--sims",
        "300",
        "--quantity",
        "final",
        "--club",
        "ARG",
    ]);
    fits(&text);
    // Two semifinals are left whose clubs are known.
    assert!(
        text.contains("Argentina - Croatia") || text.contains("ARG"),
        "{text}"
    );
    assert!(!text.contains("more matches"));
}

#[test]
fn one_run_of_a_cup_is_told_again() {
    let told = |run: &str| stdout(&["replay", "world-cup-2022", "--as-of", "md2", "--run", run]);
    let text = told("3");
    assert_eq!(text, told("3"));
    assert_ne!(text, told("4"));
    for words in [
        "simulated tournament number 3 of seed 1",
        "group A",
        "round of 16",
        "Champion: ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // What was known is as it was: Argentina lost to Saudi Arabia.
    assert!(text.contains("Argentina 1-2 Saudi Arabia"), "{text}");
}

#[test]
fn the_bench_of_a_cup_says_how_its_stages_are_played() {
    let found = json(&["bench", "ucl-2018-19", "--seconds", "0.1", "--json"]);
    assert!(found["nanoseconds"].as_f64().is_some_and(|cost| cost > 0.0));
    // 96 matches of the groups, 14 two-legged ties and a final.
    assert_eq!(found["matches"], 96 + 28 + 1);
    let stages = found["stages"].as_array().expect("stages");
    let ways: Vec<&str> = stages
        .iter()
        .filter_map(|one| one["way"].as_str())
        .collect();
    for way in ["match by match", "drawn ball by ball", "leg by leg"] {
        assert!(
            ways.iter().any(|found| found.starts_with(way)),
            "{way}: {ways:?}"
        );
    }
    let text = stdout(&["bench", "ucl-2018-19", "--seconds", "0.1"]);
    fits(&text);
}

#[test]
fn a_precision_sets_how_many_tournaments_are_played() {
    // Every figure is a share: its standard error is below 0.5 / sqrt(400) = 2.5 points.
    let found = json(&[
        "paths",
        "world-cup-2022",
        "ARG",
        "--as-of",
        "sf",
        "--precision",
        "2.5pp",
        "--format",
        "json",
    ]);
    assert_eq!(found["sims"], 400);
}
