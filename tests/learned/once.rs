//! Nothing is counted twice, be it a line, a match, an edition or a copy of one, and a history is in order.

use super::super::command::refusal;
use super::*;
use cupcast::tournament::file;

/// The mistakes of a past edition with these lines besides the six.
fn line_mistake(more: &str) -> Option<String> {
    let text = past_of(
        "tiny-2019",
        "2019",
        "name = \"Ants\"",
        &(lines(2019).concat() + more),
    );
    file::read_edition("2019.toml", &text)
        .err()
        .map(|told| told.to_string())
}

#[test]
fn a_match_counts_once_in_an_edition() {
    let line = |group: &str, date: &str, home: &str, away: &str| {
        format!(
            "  {{ {group}, date = {date}, home = \"{home}\", away = \"{away}\", score = \"1-0\" }},\n"
        )
    };
    for (twice, why) in [
        (
            line("group = \"A\", matchday = 1", "2019-02-01", "ONE", "TWO"),
            "on 2019-02-01",
        ),
        (
            line("group = \"A\", matchday = 9", "2019-02-01", "ONE", "TWO"),
            "on 2019-02-01",
        ),
        (
            line("group = \"A\", matchday = 9", "2019-02-01", "TWO", "ONE"),
            "on 2019-02-01",
        ),
        (
            line(
                "round = \"final\", leg = 1, legs = 1",
                "2019-07-01",
                "ONE",
                "TWO",
            ),
            "on 2019-07-01",
        ),
        (
            line("group = \"A\", matchday = 1", "2019-02-02", "ONE", "TWO"),
            "on matchday 1",
        ),
    ] {
        let told = line_mistake(&twice).expect("it is refused");
        assert!(
            told.contains("2019.toml:29:3") && told.contains(&format!("{why} is there twice")),
            "{told}"
        );
    }
    let leg = |date: &str| line("round = \"final\", leg = 1, legs = 2", date, "ONE", "TWO");
    let told = line_mistake(&(leg("2019-08-01") + &leg("2019-08-09"))).expect("it is refused");
    assert!(
        told.contains("in leg 1 of the final is there twice"),
        "{told}"
    );
    // Often is not twice.
    assert_eq!(
        line_mistake(&line(
            "group = \"A\", matchday = 7",
            "2019-08-01",
            "ONE",
            "TWO"
        )),
        None
    );

    let doubled = past_of(
        "tiny-2019",
        "2019",
        "name = \"Ants\"",
        &(lines(2019).concat() + &lines(2019)[0]),
    );
    let folder = folder(&[
        ("2019.toml", &doubled),
        ("cup.toml", &cup("history = [\"2019.toml\"]")),
    ]);
    for command in ["check", "rates", "forecast", "table", "backtest"] {
        let told = refusal(&[command, &path(&folder, "cup.toml")]);
        assert!(
            told.contains("line 29: ONE against TWO on 2019-02-01 is there twice"),
            "{told}"
        );
    }
}

#[test]
fn an_edition_counts_once_in_a_history() {
    let told = mistake("\"2019.toml\", \"2019.toml\"", &[]);
    assert!(told.contains("`2019.toml` is named twice"), "{told}");
    let told = mistake("\"2019.toml\", \"./2019.toml\"", &[]);
    assert!(
        told.contains("`./2019.toml` is the edition that `2019.toml` is"),
        "{told}"
    );
    let copy = past(2019);
    let told = mistake("\"2019.toml\", \"copy.toml\"", &[("copy.toml", &copy)]);
    assert!(
        told.contains("`copy.toml` is the edition that `2019.toml` is"),
        "{told}"
    );
    // Under another id, in other letters, or as another edition with the same matches.
    let copy = copy
        .replace("tiny-2019", "other")
        .replace("Tiny Cup", "TINY  CÚP");
    let told = mistake("\"2019.toml\", \"copy.toml\"", &[("copy.toml", &copy)]);
    assert!(
        told.contains("`copy.toml` is the edition that `2019.toml` is"),
        "{told}"
    );
    let copy = copy.replace("edition = \"2019\"", "edition = \"spring\"");
    let told = mistake("\"2019.toml\", \"copy.toml\"", &[("copy.toml", &copy)]);
    assert!(
        told.contains("`copy.toml` has 6 matches that `2019.toml` has too"),
        "{told}"
    );
    let told = mistake(
        "\"2018.toml\", \"copy.toml\"",
        &[("copy.toml", &past(2019).replace("tiny-2019", "tiny-2018"))],
    );
    assert!(
        told.contains("has the id `tiny-2018`, which `2018.toml` has too"),
        "{told}"
    );
    // One match in two editions, its clubs under other codes and the hosts confused.
    let one = "  { round = \"final\", leg = 1, legs = 1, date = 2018-07-01, home = \"ONE\", away = \"TWO\", score = \"3-3\" },\n";
    let swapped = past_of("x", "x", "name = \"ants\"", one);
    let told = mistake("\"2018.toml\", \"x.toml\"", &[("x.toml", &swapped)]);
    assert!(
        told.contains("`x.toml` has a match that `2018.toml` has too"),
        "{told}"
    );
    assert!(
        told.contains("such as ants - Others on 2018-07-01"),
        "{told}"
    );
}

#[test]
fn a_history_is_of_earlier_editions_oldest_first() {
    let told = mistake("\"2019.toml\", \"2018.toml\"", &[]);
    assert!(
        told.contains("`2018.toml` began on 2018-02-01, before `2019.toml`"),
        "{told}"
    );
    let told = mistake("\"2019.toml\", \"cup.toml\"", &[]);
    assert!(told.contains("`cup.toml` is this tournament"), "{told}");
    let copy = cup("")
        .replace("tiny-two-groups", "copy")
        .replace("\"2020\"", "\"2019 and more\"");
    let copy = copy.replacen("away = \"BEE\" }", "away = \"BEE\", score = \"3-0\" }", 1);
    let told = mistake("\"copy.toml\"", &[("copy.toml", &copy)]);
    assert!(
        told.contains("`copy.toml` has a match that this tournament has too"),
        "{told}"
    );
    let told = mistake("\"2021.toml\"", &[("2021.toml", &past(2021))]);
    assert!(
        told.contains("it begins on 2021-02-01, this tournament on 2020-08-04"),
        "{told}"
    );
    // The cup itself with results, under another name: its matches are these matches.
    let earlier = "  { round = \"final\", leg = 1, legs = 1, date = 2020-02-01, home = \"ONE\", away = \"TWO\", score = \"1-0\" },\n";
    let own = "  { group = \"X\", matchday = 1, date = 2020-08-04, home = \"ONE\", away = \"TWO\", score = \"6-0\" },\n";
    let copy =
        past_of("x", "x", "name = \"Ants\"", &(earlier.to_owned() + own)).replace("Others", "Bees");
    let told = mistake("\"x.toml\"", &[("x.toml", &copy)]);
    assert!(
        told.contains("`x.toml` has a match that this tournament has too"),
        "{told}"
    );
}
