//! The main job from outside: what `cupcast forecast` prints, as text, JSON and CSV.

use super::command::{cupcast, json, stdout, with_results_changed_after};
use cupcast::tournament::bundled;
use serde_json::Value;

/// The lines of the table: after the empty line that ends the heading, without the column titles.
fn rows(text: &str) -> Vec<&str> {
    let table = text
        .split("\n\n")
        .nth(1)
        .expect("a heading, an empty line, a table");
    table.lines().skip(1).collect()
}

fn sum(list: &Value) -> f64 {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|value| value.as_f64().expect("a number"))
        .sum()
}

#[test]
fn no_arguments_run_the_main_job() {
    let bare = stdout(&[]);
    let named = stdout(&["forecast", "ccl-2013-14"]);
    assert_eq!(rows(&bare), rows(&named));
    assert_eq!(rows(&bare).len(), 24, "a row a club");
    assert!(
        bare.lines().all(|line| line.chars().count() <= 80),
        "fits 80 columns:\n{bare}"
    );
    assert!(!bare.contains('\u{1b}'), "no colours in a pipe");
    for fact in [
        "2013-14",
        "before the first match",
        "default",
        "1,000,000",
        "seed 1",
        "standard error",
    ] {
        assert!(bare.contains(fact), "the heading says `{fact}`:\n{bare}");
    }
    let titles: Vec<f64> = rows(&bare)
        .iter()
        .map(|row| row.split_whitespace().rev().nth(1))
        .map(|cell| cell.expect("the title chance before its error"))
        .map(|text| {
            text.trim_matches(['<', '>', '%'])
                .parse()
                .expect("a percentage")
        })
        .collect();
    assert!(
        titles.is_sorted_by(|a, b| a >= b),
        "ordered by title odds: {titles:?}"
    );
    let certain = |cell: &str| cell == "0%" || cell == "100%";
    assert!(
        !bare.split_whitespace().any(certain),
        "nothing is certain before the start"
    );
}

#[test]
fn json_keeps_its_contract() {
    let forecast = json(&[
        "forecast", "--sims", "20000", "--seed", "7", "--format", "json",
    ]);
    assert_eq!(forecast["tournament"]["id"], "ccl-2013-14");
    assert_eq!(forecast["as_of"], "start");
    assert_eq!(forecast["method"], "simulated");
    assert_eq!(forecast["sims"], 20000);
    assert_eq!(forecast["seed"], 7);
    assert!(forecast["model"]["name"].is_string());
    let clubs = forecast["clubs"].as_array().expect("clubs");
    assert_eq!(clubs.len(), 24);
    assert_eq!(clubs[0]["code"], "TIJ", "clubs stand in file order");
    let mut totals = [0.0; 4];
    for club in clubs {
        assert_eq!(club["group_place"].as_array().map(Vec::len), Some(3));
        assert_eq!(club["seed"].as_array().map(Vec::len), Some(8));
        for key in ["name", "association", "group", "pot", "best_finish"] {
            assert!(club[key].is_string(), "{key}");
        }
        assert!((sum(&club["group_place"]) - 1.0).abs() < 1e-12);
        let winner = club["group_place"][0].as_f64().expect("a number");
        assert!(
            (sum(&club["seed"]) - winner).abs() < 1e-12,
            "winners are seeded"
        );
        for (total, key) in totals
            .iter_mut()
            .zip(["quarterfinal", "semifinal", "final", "title"])
        {
            *total += club[key].as_f64().expect("a number");
            let error = club["standard_error"][key]
                .as_f64()
                .expect("a standard error");
            let p = club[key].as_f64().expect("a number");
            // What never came is below 3 in 20,000: twice its error.
            let expected = if p == 0.0 {
                1.5 / 20000.0
            } else {
                (p * (1.0 - p) / 20000.0).sqrt()
            };
            assert!((error - expected).abs() < 1e-15, "{key}");
        }
        assert_eq!(
            club["standard_error"]["seed"].as_array().map(Vec::len),
            Some(8)
        );
    }
    for (total, expected) in totals.into_iter().zip([8.0, 4.0, 2.0, 1.0]) {
        assert!(
            (total - expected).abs() < 1e-9,
            "{total} clubs instead of {expected}"
        );
    }
}

#[test]
fn threads_do_not_show() {
    for format in ["json", "csv"] {
        let with = |threads: &str| {
            stdout(&[
                "forecast",
                "--sims",
                "30000",
                "--threads",
                threads,
                "--format",
                format,
            ])
        };
        let one = with("1");
        assert_eq!(one, with("2"));
        assert_eq!(one, with("8"));
    }
}

#[test]
fn later_results_cannot_matter() {
    let moments = ["start", "md3", "groups", "qf", "sf-leg1", "2013-09-18"];
    for moment in moments {
        let changed = with_results_changed_after(moment);
        let of = |tournament: &str| {
            stdout(&[
                "forecast", tournament, "--as-of", moment, "--sims", "5000", "--format", "json",
            ])
        };
        assert_eq!(
            of("ccl-2013-14"),
            of(changed.to_str().expect("a path")),
            "as of {moment}"
        );
        let rates = |tournament: &str| {
            stdout(&["rates", tournament, "--as-of", moment, "--format", "json"])
        };
        assert_eq!(
            rates("ccl-2013-14"),
            rates(changed.to_str().expect("a path")),
            "as of {moment}"
        );
    }
}

#[test]
fn known_results_make_known_winners() {
    let forecast = json(&[
        "forecast", "--as-of", "groups", "--sims", "2000", "--format", "json",
    ]);
    let seeds = ["TOL", "CA", "TIJ", "ARA", "ALA", "LA", "KC", "SJ"];
    for club in forecast["clubs"].as_array().expect("clubs") {
        let code = club["code"].as_str().expect("a code");
        let position = seeds.iter().position(|seed| *seed == code);
        let expected = if position.is_some() { 1.0 } else { 0.0 };
        assert_eq!(club["quarterfinal"].as_f64(), Some(expected), "{code}");
        if let Some(position) = position {
            assert_eq!(club["seed"][position].as_f64(), Some(1.0), "{code}");
        }
    }
    let finished = json(&[
        "forecast", "--as-of", "now", "--sims", "100", "--format", "json",
    ]);
    let champion = finished["clubs"]
        .as_array()
        .expect("clubs")
        .iter()
        .find(|club| club["title"] == 1.0);
    assert_eq!(champion.expect("a champion")["code"], "CA");
}

#[test]
fn a_fix_changes_the_odds_and_says_by_how_much() {
    let arguments = [
        "forecast",
        "--as-of",
        "md4",
        "--sims",
        "20000",
        "--fix",
        "Toluca - COM 0-9",
    ];
    let text = stdout(&arguments);
    assert!(
        text.contains("what if  Toluca - Comunicaciones 0-9 (group 6, matchday 6)"),
        "{text}"
    );
    assert!(text.contains("change, pp"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "fits 80 columns:\n{text}"
    );
    let forecast = json(&[&arguments[..], &["--format", "json"]].concat());
    let clubs = forecast["clubs"].as_array().expect("clubs");
    let toluca = clubs
        .iter()
        .find(|club| club["code"] == "TOL")
        .expect("Toluca");
    let change = toluca["change"]["title"].as_f64().expect("a change");
    let error = toluca["change_standard_error"]["title"]
        .as_f64()
        .expect("its error");
    assert!(
        change < -10.0 * error,
        "losing 0-9 hurts: {change} with error {error}"
    );
    let difference = toluca["title"]
        .as_f64()
        .zip(toluca["baseline"]["title"].as_f64());
    let (with, without) = difference.expect("both odds");
    assert!((with - without - change).abs() < 1e-12);
    let total: f64 = clubs
        .iter()
        .map(|club| club["change"]["title"].as_f64().expect("a change"))
        .sum();
    assert!(total.abs() < 1e-12, "what one wins the others lose");
}

#[test]
fn a_fix_over_a_known_result_says_so() {
    let text = stdout(&[
        "forecast",
        "--as-of",
        "md2",
        "--sims",
        "1000",
        "--fix",
        "TOL-CAL 0-1",
    ]);
    let unfolded = text.replace("\n         ", " ");
    assert!(unfolded.contains("in place of the known 3-1"), "{text}");
}

#[test]
fn a_precision_is_reached() {
    let forecast = json(&["forecast", "--precision", "0.1pp", "--format", "json"]);
    let largest = forecast["clubs"]
        .as_array()
        .expect("clubs")
        .iter()
        .flat_map(|club| {
            let errors = &club["standard_error"];
            let lists = [&errors["group_place"], &errors["seed"]];
            let in_lists = lists
                .into_iter()
                .flat_map(|list| list.as_array().expect("a list").clone());
            let keys = ["quarterfinal", "semifinal", "final", "title"];
            in_lists
                .chain(keys.map(|key| errors[key].clone()))
                .collect::<Vec<_>>()
        })
        .map(|error| error.as_f64().expect("a number"))
        .fold(0.0, f64::max);
    assert!(largest < 0.001, "largest standard error {largest}");
    assert!(largest > 0.0005, "no more runs than needed: {largest}");
}

#[test]
fn replays_are_the_runs_of_the_forecast() {
    let forecast = json(&[
        "forecast", "--sims", "40", "--seed", "5", "--format", "json",
    ]);
    let mut champions = std::collections::BTreeMap::new();
    let mut places = std::collections::BTreeMap::new();
    for run in 0..40 {
        let sheet = stdout(&["replay", "--seed", "5", "--run", &run.to_string()]);
        let champion = sheet
            .lines()
            .last()
            .and_then(|line| line.strip_prefix("Champion: "));
        *champions
            .entry(champion.expect("a champion").to_owned())
            .or_insert(0u32) += 1;
        assert!(
            sheet.lines().all(|line| line.chars().count() <= 80),
            "fits 80 columns:\n{sheet}"
        );
        assert_eq!(sheet.matches("\nGroup ").count(), 8, "{sheet}");
        // Table rows and seeds begin with their number: a table row has its points, a seed only a name.
        for line in sheet.lines().filter(|line| line.starts_with("  ")) {
            let Some((number, rest)) = line.trim_start().split_once("  ") else {
                continue;
            };
            let place: usize = number.parse().expect("a place or a seed");
            let name = rest.split("  ").next().expect("a name").to_owned();
            let is_row = rest.contains(" point");
            let kind = if is_row { "group_place" } else { "seed" };
            *places.entry((kind, name, place)).or_insert(0u32) += 1;
        }
    }
    for club in forecast["clubs"].as_array().expect("clubs") {
        let name = club["name"].as_str().expect("a name");
        let seen = f64::from(champions.get(name).copied().unwrap_or(0)) / 40.0;
        assert_eq!(club["title"].as_f64(), Some(seen), "{name}");
        for kind in ["group_place", "seed"] {
            let odds = club[kind].as_array().expect("a list");
            for (index, odds) in odds.iter().enumerate() {
                let key = (kind, name.to_owned(), index + 1);
                let seen = f64::from(places.get(&key).copied().unwrap_or(0)) / 40.0;
                assert_eq!(odds.as_f64(), Some(seen), "{key:?}");
            }
        }
    }
}

/// After 15-0 in the first leg of a final a comeback is likelier than nothing, if not by much: less than one in ten
/// thousand million, which no number of runs would show.
#[test]
fn what_is_merely_unbelievable_is_not_certain() {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let leg = r#"home = "CA", away = "TOL", score = "0-0""#;
    assert!(text.contains(leg));
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("fifteen.toml");
    std::fs::write(&path, text.replace(leg, &leg.replace("0-0", "15-0"))).expect("a file");
    let file = path.to_str().expect("a path");
    let arguments = ["--as-of", "final-leg1", "--sims", "1000", "--top", "2"];
    let text = stdout(&[&["forecast", file], &arguments[..]].concat());
    let ends: Vec<&str> = rows(&text)
        .iter()
        .map(|row| &row[row.len() - 13..])
        .collect();
    assert_eq!(ends, [">99.7% ±0.15", " <0.3% ±0.15"], "{text}");
}

/// A run in which every result is known is what really happened.
#[test]
fn a_replay_says_how_each_tie_was_decided() {
    let sheet = stdout(&["replay", "--as-of", "now"]);
    let knockout = &sheet[sheet.find("Quarterfinal").expect("a quarterfinal")..];
    assert_eq!(
        knockout,
        "\
Quarterfinal
QF1: Toluca go on, 2-2 on aggregate and a shoot-out
     San Jose Earthquakes 1-1 Toluca
     Toluca 1-1 San Jose Earthquakes,
       1-1 after extra time, Toluca win the shoot-out
QF2: Cruz Azul go on, 5-2 on aggregate
     Sporting Kansas City 1-0 Cruz Azul
     Cruz Azul 5-1 Sporting Kansas City
QF3: Tijuana go on, 4-3 on aggregate
     LA Galaxy 1-0 Tijuana
     Tijuana 4-2 LA Galaxy
QF4: Alajuelense go on, 2-0 on aggregate
     Alajuelense 0-0 Árabe Unido
     Árabe Unido 0-2 Alajuelense

Semifinal
SF1: Toluca go on, 3-0 on aggregate
     Alajuelense 0-1 Toluca
     Toluca 2-0 Alajuelense
SF2: Cruz Azul go on, 2-1 on aggregate
     Tijuana 1-0 Cruz Azul
     Cruz Azul 2-0 Tijuana

Final
F: Cruz Azul go on, 1-1 on aggregate and away goals
     Cruz Azul 0-0 Toluca
     Toluca 1-1 Cruz Azul

Champion: Cruz Azul
"
    );
    let third = "  3  W Connection               1-7   1 point\n";
    assert!(sheet.contains(third), "{sheet}");
}

#[test]
fn csv_has_a_row_a_club() {
    let text = stdout(&["forecast", "--sims", "1000", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(header.get(0), Some("code"));
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title == name)
            .expect("a column")
    };
    let title = column("title");
    column("se_title");
    column("seed_8");
    let records: Vec<_> = reader
        .records()
        .map(|record| record.expect("a row"))
        .collect();
    assert_eq!(records.len(), 24);
    let total: f64 = records
        .iter()
        .map(|row| row[title].parse::<f64>().expect("a number"))
        .sum();
    assert!((total - 1.0).abs() < 1e-9);
}

#[test]
fn usual_commands_take_any_file() {
    let output = cupcast(&["forecast", "models/tiny/two-groups.toml", "--sims", "1000"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_leg_needs_no_round_once_the_seeds_are_known() {
    let forecast = stdout(&[
        "forecast",
        "--as-of",
        "groups",
        "--sims",
        "1000",
        "--fix",
        "TOL-CA 1-0",
    ]);
    assert!(
        forecast.contains("Toluca - Cruz Azul 1-0 (final), wherever they meet there"),
        "{forecast}"
    );
    // A fix that changes a group opens the bracket again: then the round has to be said.
    let fixes = ["--fix", "TOL-COM 0-9", "--fix", "qf TOL-CA 1-0"];
    stdout(
        &[
            &["forecast", "--as-of", "groups", "--sims", "1000"][..],
            &fixes,
        ]
        .concat(),
    );
}
