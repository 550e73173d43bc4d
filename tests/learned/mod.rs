//! What a model learns and from when: nothing twice, nothing from later, clubs known by any of their names, and no result
//! that was not played.

mod moment;
mod names;
mod once;
mod pots;

use super::command::{cupcast, json, refusal};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A model in which every club has a strength of its own.
const CLUB_MODEL: &str = "format = 1\nname = \"clubs\"\n[[term]]\nkind = \"level\"\nsd = 3.0\n[[term]]\nkind = \"club\"\nsd = 1.0\n";

/// The tiny cup of 2020, which begins on 4 August, with something written below its edition.
fn cup(below: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/tiny/two-groups.toml");
    let text = fs::read_to_string(path).expect("a tiny cup");
    text.replacen(
        "edition = \"2020\"",
        &format!("edition = \"2020\"\n{below}"),
        1,
    )
}

/// The lines of matches between the two clubs of a past edition.
fn lines(year: i16) -> Vec<String> {
    let line = |(index, month): (usize, i16)| {
        let (home, away, score) = if index % 2 == 0 {
            ("ONE", "TWO", "6-0")
        } else {
            ("TWO", "ONE", "0-6")
        };
        format!(
            "  {{ group = \"A\", matchday = {}, date = {year}-{month:02}-01, home = \"{home}\", away = \"{away}\", score = \"{score}\" }},\n",
            index + 1
        )
    };
    (2..=7).enumerate().map(line).collect()
}

/// A past edition in which a club wins six matches 6-0 against `Others`, on the first days of February to July.
fn past_of(id: &str, edition: &str, club: &str, matches: &str) -> String {
    format!(
        "format = 1\n\n[history]\nid = \"{id}\"\ncompetition = \"Tiny Cup\"\nedition = \"{edition}\"\npots_comparable = false\n\n\
         [[club]]\ncode = \"ONE\"\n{club}\nassociation = \"North\"\nbest_finish = \"none\"\n\n\
         [[club]]\ncode = \"TWO\"\nname = \"Others\"\nassociation = \"South\"\nbest_finish = \"none\"\n\n\
         [schedule]\nmatches = [\n{matches}]\n"
    )
}

fn past(year: i16) -> String {
    past_of(
        &format!("tiny-{year}"),
        &year.to_string(),
        "name = \"Ants\"",
        &lines(year).concat(),
    )
}

/// A folder with some files in it, besides the model of clubs.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files.iter().chain([&("clubs-model.toml", CLUB_MODEL)]) {
        fs::write(folder.path().join(name), text).expect("it can be written to");
    }
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// The expected goals of Ants at home to Bees.
fn rates_of(cup: &str, more: &[&str]) -> [f64; 2] {
    let found = json(&[&["rates", cup, "--format", "json"], more].concat());
    let pairs = found["pairings"].as_array().expect("rates");
    let pair = pairs
        .iter()
        .find(|pair| pair["home"] == "ANT" && pair["away"] == "BEE");
    let pair = pair.expect("every pair is there");
    ["home_goals", "away_goals"].map(|key| pair[key].as_f64().expect("a number"))
}

/// The mistakes of `check` on a cup with this history, beside files `2018.toml` and `2019.toml` and some others.
fn mistake(history: &str, more: &[(&str, &str)]) -> String {
    let (old, new, cup) = (
        past(2018),
        past(2019),
        cup(&format!("history = [{history}]")),
    );
    let files = [
        &[
            ("2018.toml", old.as_str()),
            ("2019.toml", &new),
            ("cup.toml", &cup),
        ],
        more,
    ]
    .concat();
    let folder = folder(&files);
    let told = refusal(&["check", &path(&folder, "cup.toml")]);
    assert!(told.contains("cup.toml:10:"), "at its line:\n{told}");
    // What `check` refuses no other command takes.
    assert_eq!(refusal(&["rates", &path(&folder, "cup.toml")]), told);
    told
}

/// What `check` says on stderr of a sound cup with this edition before it.
fn warnings(cup: &str, past: &str) -> String {
    let folder = folder(&[("cup.toml", cup), ("2019.toml", past)]);
    let found = cupcast(&["check", &path(&folder, "cup.toml")]);
    let told = String::from_utf8(found.stderr).expect("text is UTF-8");
    assert!(found.status.success(), "{told}");
    told
}

/// The tiny cup with pots of these names, the first that of Ants and Dogs, and results.
fn with_pots(id: &str, year: i16, pots: [&str; 3], comparable: &str, played: bool) -> String {
    let mut text = cup("")
        .replace("tiny-two-groups", id)
        .replace("\"2020\"", &format!("\"{year}\""))
        .replace("date = 2020", &format!("date = {year}"));
    for (index, name) in ["Ants", "Bees", "Cats", "Dogs", "Elks", "Foxes"]
        .iter()
        .enumerate()
    {
        let line = format!("name = \"{name}\"");
        text = text.replace(&line, &format!("{line}\npot = \"{}\"", pots[index % 3]));
    }
    if played {
        let group = ["5-0", "3-1", "0-2", "1-2", "1-1"];
        // The last match makes Ants the first seed.
        let scores = [&group[..], &["4-0"], &group, &["3-0"]].concat();
        let mut number = 0;
        let lines = text.lines().map(|line| {
            let Some(start) = line
                .strip_suffix(" },")
                .filter(|line| line.contains("matchday"))
            else {
                return line.to_owned();
            };
            number += 1;
            format!("{start}, score = \"{}\" }},", scores[number - 1])
        });
        text = lines.collect::<Vec<_>>().join("\n") + "\n";
    }
    format!("{text}\n[draw]\npots = {pots:?}\n{comparable}")
}
