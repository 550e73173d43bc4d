//! What `cupcast paths` prints.

use super::command::{json, refusal, stdout};

#[test]
fn once_the_groups_are_over_the_road_is_clear() {
    // Toluca is seed 1 and meets seed 8, San Jose, in the quarterfinal; the seed list is certain.
    let road = json(&[
        "paths", "TOL", "--as-of", "groups", "--sims", "20000", "--format", "json",
    ]);
    let first = &road["rounds"][0];
    assert_eq!(first["plays"], 1.0);
    assert_eq!(first["opponents"].as_array().map(Vec::len), Some(1));
    assert_eq!(first["opponents"][0]["code"], "SJ");
    assert_eq!(road["seed_lists"].as_array().map(Vec::len), Some(1));
    assert_eq!(road["seed_lists"][0]["probability"], 1.0);
    // 12 points, 15 goals to 4.
    assert_eq!(road["points"][12], 1.0);
    assert_eq!(road["goals_for"]["mean"], 15.0);
    assert_eq!(road["goals_against"]["mean"], 4.0);
}

#[test]
fn text_and_csv_tell_the_same_road() {
    let text = stdout(&["paths", "Cruz Azul", "--sims", "20000"]);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    for words in [
        "Cruz Azul (CA): the group stage",
        "quarterfinal: plays",
        "likeliest finals",
        "likeliest seed lists",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let csv = stdout(&["paths", "CA", "--sims", "20000", "--format", "csv"]);
    for kind in [
        "points,",
        "plays,",
        "wins,",
        "meets,",
        "final,",
        "seed list,",
        "bracket,",
    ] {
        assert!(csv.lines().any(|line| line.starts_with(kind)), "{kind}");
    }
}

#[test]
fn an_unknown_club_is_refused() {
    assert!(refusal(&["paths", "Tolucca"]).contains("Toluca (TOL)"));
}
