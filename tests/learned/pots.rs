//! What pots, awarded results and other tournaments of a history teach, and to whom.

use super::*;
use cupcast::tournament::file;

#[test]
fn pots_are_ranked_by_their_order_and_not_by_their_names() {
    let model = CLUB_MODEL.replace("club", "pot");
    let rates = |old: [&str; 3], new: [&str; 3], comparable: &str| {
        let past = with_pots("old", 2019, old, comparable, true);
        let cup = with_pots("new", 2020, new, "", false).replace(
            "edition = \"2020\"",
            "edition = \"2020\"\nhistory = [\"old.toml\"]",
        );
        let folder = folder(&[
            ("old.toml", &past),
            ("cup.toml", &cup),
            ("pots.toml", &model),
        ]);
        let model = path(&folder, "pots.toml");
        rates_of(
            &path(&folder, "cup.toml"),
            &["--as-of", "start", "--model", &model],
        )
    };
    let usual = rates(["A", "B", "C"], ["A", "B", "C"], "");
    assert!(usual[0] > usual[1] + 0.5, "{usual:?}");
    for (old, new) in [
        (["3", "2", "1"], ["A", "B", "C"]),
        (["A", "B", "C"], ["3", "2", "1"]),
        (["gold", "silver", "bronze"], ["Z", "Y", "X"]),
    ] {
        assert_eq!(rates(old, new, ""), usual, "{old:?} {new:?}");
    }
    // Pots that rank nobody teach nothing.
    let flat = rates(
        ["A", "B", "C"],
        ["A", "B", "C"],
        "pots_comparable = false\n",
    );
    assert!((flat[0] - flat[1]).abs() < 1e-9, "{flat:?}");
    assert_eq!(
        rates(["A", "B", "C"], ["A", "B", "C"], "pots_comparable = true\n"),
        usual
    );
}

#[test]
fn a_past_edition_says_the_order_of_its_pots_where_their_names_do_not() {
    let text = |pots: [&str; 2], heading: &str| {
        let text = past_of(
            "tiny-2019",
            "2019",
            &format!("name = \"Ants\"\npot = \"{}\"", pots[0]),
            &lines(2019).concat(),
        );
        let second = format!("name = \"Others\"\npot = \"{}\"", pots[1]);
        text.replace("name = \"Others\"", &second)
            .replace("pots_comparable = false", heading)
    };
    let read = |pots, heading| file::read_edition("2019.toml", &text(pots, heading));
    assert_eq!(
        read(["A", "B"], "pots_comparable = true")
            .expect("letters")
            .pots,
        ["A", "B"]
    );
    let told = read(["2", "1"], "pots_comparable = true")
        .expect_err("no order")
        .to_string();
    assert!(
        told.contains("2019.toml:7:19") && told.contains("add `pots = [...]`"),
        "{told}"
    );
    let said = "pots_comparable = true\npots = [\"2\", \"1\"]";
    assert_eq!(read(["2", "1"], said).expect("an order").pots, ["2", "1"]);
    let told = read(["2", "3"], said).expect_err("another pot").to_string();
    assert!(told.contains("there is no pot `3`"), "{told}");
    assert!(
        read(["2", "1"], "pots_comparable = false")
            .expect("no order")
            .pots
            .is_empty()
    );
    let wrong = cup("pots_comparable = false");
    let told = file::read("cup.toml", &wrong)
        .expect_err("it belongs elsewhere")
        .to_string();
    assert!(
        told.contains("write `pots_comparable` in `[draw]`"),
        "{told}"
    );
}

#[test]
fn an_awarded_result_counts_and_teaches_nothing() {
    let played = cup("").replacen("away = \"BEE\" }", "away = \"BEE\", score = \"3-0\" }", 1);
    let awarded = played.replace("score = \"3-0\" }", "score = \"3-0\", awarded = true }");
    let past = |more: &str| {
        let last = lines(2019)
            .last()
            .expect("six lines")
            .replace(" },", &format!("{more} }},"));
        past_of(
            "tiny-2019",
            "2019",
            "name = \"Ants\"",
            &(lines(2019)[..5].concat() + &last),
        )
    };
    let five = past_of(
        "tiny-2019",
        "2019",
        "name = \"Ants\"",
        &lines(2019)[..5].concat(),
    );
    let files = [
        ("nothing.toml", cup("history = [\"five.toml\"]")),
        (
            "awarded.toml",
            awarded.replace(
                "edition = \"2020\"",
                "edition = \"2020\"\nhistory = [\"past.toml\"]",
            ),
        ),
        ("past.toml", past(", awarded = true")),
        ("five.toml", five),
        ("played.toml", played),
    ];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let rates = |name: &str| rates_of(&path(&folder, name), &["--as-of", "now", "--model", "elo"]);
    assert_eq!(rates("awarded.toml"), rates("nothing.toml"));
    let table = |name: &str| {
        let table = json(&["table", &path(&folder, name), "--format", "json"]);
        table["groups"].clone()
    };
    assert_eq!(table("awarded.toml"), table("played.toml"));
    assert_ne!(table("awarded.toml"), table("nothing.toml"));
    let told = file::read(
        "cup.toml",
        &cup("").replacen("away = \"BEE\" }", "away = \"BEE\", awarded = true }", 1),
    );
    let told = told.expect_err("nothing to award").to_string();
    assert!(told.contains("this match has no score"), "{told}");
    // A leg of a tie, too.
    let whole = with_pots("new", 2020, ["A", "B", "C"], "", true);
    let leg = |awarded: &str| {
        let line = format!(
            "  {{ tie = \"F\", leg = 1, date = 2020-10-03, home = \"DOG\", away = \"ANT\", score = \"3-0\"{awarded} }},\n]\n\n[draw]"
        );
        file::read("cup.toml", &whole.replacen("]\n\n[draw]", &line, 1))
            .expect("it is sound")
            .to_edition()
            .matches
            .len()
    };
    assert_eq!(
        (leg(""), leg(", awarded = true"), leg(", awarded = false")),
        (13, 12, 13)
    );
}

#[test]
fn a_back_test_scores_every_tournament_or_says_why_not() {
    let old = with_pots("old", 2019, ["A", "B", "C"], "", true);
    let line = "  { tie = \"F\", leg = 1, date = 2019-10-03, home = \"DOG\", away = \"ANT\", score = \"3-0\" },\n  \
                  { tie = \"F\", leg = 2, date = 2019-10-09, home = \"ANT\", away = \"DOG\", score = \"1-1\" },\n]\n\n[draw]";
    let over = old.replacen("]\n\n[draw]", line, 1);
    let new = with_pots("new", 2020, ["A", "B", "C"], "", true);
    let new = new.replace(
        "edition = \"2020\"",
        "edition = \"2020\"\nhistory = [\"2018.toml\", \"old.toml\"]",
    );
    let folder = folder(&[
        ("2018.toml", &past(2018)),
        ("old.toml", &over),
        ("cup.toml", &new),
    ]);
    let output = cupcast(&[
        "backtest",
        &path(&folder, "cup.toml"),
        "--models",
        "home",
        "--sims",
        "100",
        "--format",
        "json",
    ]);
    let told = String::from_utf8(output.stderr).expect("text is UTF-8");
    assert!(output.status.success(), "{told}");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let scored = found["tournaments"].as_array().expect("tournaments").iter();
    let scored: Vec<&str> = scored
        .filter_map(|score| score["edition"].as_str())
        .collect();
    assert!(
        !scored.is_empty() && scored.iter().all(|edition| *edition == "2019"),
        "{scored:?}"
    );
    for (edition, why) in [
        (
            "2018",
            "its matches are not scored, as no edition comes before it",
        ),
        (
            "2018",
            "not scored as a whole, as a past edition has no rules and no bracket",
        ),
        ("2020", "not scored as a whole, as it is not over"),
    ] {
        assert!(
            told.contains(&format!("note: {edition}: {why}\n")),
            "{told}"
        );
    }
}
