//! The goal model that a cup gets: by what its file has, by name, by a table of rates, and what is refused.

use super::command::{cupcast, json, refusal, stdout};
use cupcast::cup::{Cup, Instant};
use cupcast::goals::{GoalModel, Occasion, default_for};
use cupcast::ids::ClubId;
use cupcast::open;

fn bundled(name: &str) -> Cup {
    let bundled = open::find_bundled(name).expect("it is bundled");
    open::open_bundled(bundled).expect("it is sound")
}

fn words(cup: &Cup, instant: Instant) -> String {
    let chosen = default_for(&cup.known_at(instant), instant).expect("it can be fitted");
    assert!(chosen.warnings.is_empty(), "{:?}", chosen.warnings);
    chosen.words
}

/// A cup of four clubs with these lines in `[tournament]` and these facts.
fn cup_of_four(heading: &str, facts: [&str; 4]) -> Cup {
    let clubs: Vec<String> = ["Ape", "Bee", "Cat", "Dog"]
        .iter()
        .zip(facts)
        .map(|(name, facts)| format!("\"{name}\" = {{ {facts} }}\n"))
        .collect();
    let clubs = clubs.concat();
    let text = format!(
        "format = 2\n[tournament]\nid = \"four\"\ncompetition = \"Four\"\nedition = \"1\"\n{heading}\n[clubs]\n{clubs}\
         [[stage]]\nname = \"group stage\"\nkey = \"group\"\n[stage.groups]\nA = [\"Ape\", \"Bee\", \"Cat\", \"Dog\"]\n"
    );
    let no_file = |name: &str| Err(format!("no file {name}"));
    open::read("four.toml", &text, &no_file).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn national_teams_rest_on_the_internationals_before_the_moment() {
    let cup = bundled("world-cup-2022");
    assert_eq!(
        words(&cup, Instant::Start),
        "national teams, fitted to 6,973 matches of 8 years"
    );
    // The 16 matches of the first matchday come in. Of the internationals those of the five days after 20 November 2014 are now
    // too old, and none but those of the cup were played in these days.
    let first = cup.instant("md1").expect("a moment");
    let known = cup.known_at(first);
    let later = default_for(&known, first).expect("it can be fitted");
    let before =
        default_for(&cup.known_at(Instant::Start), Instant::Start).expect("it can be fitted");
    let rates = |model: &dyn GoalModel| {
        model.neutral_rates(ClubId::new(8), ClubId::new(9), Occasion::Group)
    };
    // Argentina lost to Saudi Arabia: less is expected of it against them.
    assert_eq!(
        (cup.clubs()[8].name.as_str(), cup.clubs()[9].name.as_str()),
        ("Argentina", "Saudi Arabia")
    );
    assert!(rates(later.model.as_ref()).home < rates(before.model.as_ref()).home);
}

#[test]
fn what_is_not_known_at_the_moment_teaches_nothing() {
    // A file that ends after the first matchday knows as much as the whole file does then.
    let cup = bundled("euro-2024");
    let text = include_str!("../models/euro/2024.toml");
    let results = include_str!("../models/euro/2024.csv").lines();
    let early: Vec<&str> = results
        .enumerate()
        .filter(|(line, cells)| *line == 0 || cells.starts_with("group,,1,"))
        .map(|(_, cells)| cells)
        .collect();
    assert_eq!(early.len(), 13);
    let early = early.join("\n") + "\n";
    let other = open::read("2024.toml", text, &|name| {
        Ok((name.to_owned(), early.clone()))
    });
    let other = other.unwrap_or_else(|problems| panic!("{problems}"));
    let rates = |cup: &Cup, instant: Instant| {
        let chosen = default_for(&cup.known_at(instant), instant).expect("it can be fitted");
        let rates = chosen
            .model
            .rates(ClubId::new(0), ClubId::new(5), Occasion::Group);
        (rates.home.get(), rates.away.get(), chosen.words)
    };
    let first = cup.instant("md1").expect("a moment");
    assert_eq!(rates(&cup, first), rates(&other, Instant::Now));
}

#[test]
fn clubs_rest_on_earlier_editions_where_there_are_some() {
    let words = |name: &str| words(&bundled(name), Instant::Start);
    assert_eq!(
        words("premier-league-2023-24"),
        "clubs of a league, fitted to 1,899 matches of 5 earlier editions"
    );
    assert_eq!(
        words("mls-2023"),
        "clubs of a league, fitted to 2,098 matches of 5 earlier editions"
    );
    assert_eq!(
        words("ucl-2018-19"),
        "clubs of several associations, fitted to 875 matches of 7 earlier editions"
    );
}

#[test]
fn a_village_cup_rests_on_ratings_or_on_football_in_general() {
    let rated = cup_of_four(
        "",
        [
            "rating = 1900",
            "rating = 1500",
            "strength = \"strong\"",
            "strength = \"weak\"",
        ],
    );
    let chosen = default_for(&rated, Instant::Now).expect("nothing to fit");
    assert_eq!(chosen.words, "ratings of the file");
    let rates = chosen
        .model
        .neutral_rates(ClubId::new(0), ClubId::new(1), Occasion::Group);
    // 400 points: exp(0.14 + 0.65) and exp(0.14 - 0.65).
    assert!(
        (rates.home.get() - 0.79f64.exp()).abs() < 1e-9
            && (rates.away.get() + 0.0 - (-0.51f64).exp()).abs() < 1e-9
    );
    let words = chosen
        .model
        .neutral_rates(ClubId::new(2), ClubId::new(3), Occasion::Group);
    // 300 points between strong and weak.
    assert!((words.home.get() - (0.14 + 0.65 * 0.75f64).exp()).abs() < 1e-9);
    let nothing = cup_of_four("", [""; 4]);
    let chosen = default_for(&nothing, Instant::Now).expect("nothing to fit");
    assert_eq!(chosen.words, "football in general");
    assert_eq!(chosen.warnings.len(), 1);
}

#[test]
fn a_nation_that_nobody_knows_is_said_once() {
    let text = "format = 2\n[tournament]\nid = \"n\"\ncompetition = \"N\"\nedition = \"1\"\nkind = \"nations\"\n[[stage]]\nname = \"group stage\"\n\
                key = \"group\"\n[stage.groups]\nA = [\"Brazil\", \"Türkiye\", \"Korea Republic\", \"Atlantis\"]\n";
    let cup = open::read("n.toml", text, &|_| Err(String::new()))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let chosen = default_for(&cup, Instant::Now).expect("it can be fitted");
    assert!(
        chosen.words.starts_with("national teams, fitted to "),
        "{}",
        chosen.words
    );
    let [warning] = chosen.warnings.as_slice() else {
        panic!("{:?}", chosen.warnings)
    };
    assert!(warning.contains(": Atlantis;"), "{warning}");
}

#[test]
fn the_command_takes_a_model_by_name_or_a_table_of_rates() {
    let rates = ["rates", "euro-2024", "--format", "csv"];
    let by_name = cupcast(&[&rates[..], &["--model", "ratings"]].concat());
    assert!(by_name.status.success());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rates.csv");
    std::fs::write(&path, &by_name.stdout).expect("a file can be written");
    let path = path.to_str().expect("a plain path");
    let again = cupcast(&[&rates[..], &["--rates", path]].concat());
    assert_eq!(by_name.stdout, again.stdout);
    let default = cupcast(&rates);
    assert_ne!(by_name.stdout, default.stdout);
    for (option, value, message) in [
        ("--model", "elo", "is for tournaments of format 1"),
        ("--model", "nonsense", "there is no goal model `nonsense`"),
        ("--fitted", "saved.json", "--fitted"),
    ] {
        let refused = cupcast(&[&rates[..], &[option, value]].concat());
        assert_eq!(refused.status.code(), Some(2), "{option} {value}");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains(message), "{said}");
    }
}

#[test]
fn what_was_learned_is_printed() {
    let fit = json(&[
        "fit",
        "world-cup-2022",
        "--as-of",
        "start",
        "--format",
        "json",
    ]);
    assert_eq!(fit["matches"], 6973);
    let level = &fit["coefficients"][0];
    assert_eq!(level["term"], "level");
    // The study of the model printed 0.1067 (0.0190).
    for (key, printed) in [("estimate", 0.1067), ("standard_deviation", 0.0190)] {
        let found = level[key].as_f64().expect("a number");
        assert!((found - printed).abs() < 5e-5, "{key}: {found}");
    }
    assert_eq!(fit["clubs"][0]["name"], "Brazil");
    let text = stdout(&["fit", "premier-league-2023-24", "--as-of", "start"]);
    assert!(
        text.contains("clubs of a league, fitted to 1,899 matches"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let refused = refusal(&["fit", "world-cup-2022", "--output", "model.json"]);
    assert!(refused.contains("nothing to save"), "{refused}");
}

#[test]
fn without_enough_internationals_ratings_are_better() {
    assert_eq!(
        words(&bundled("world-cup-2014"), Instant::Start),
        "ratings of the file"
    );
}
