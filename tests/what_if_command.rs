//! `cupcast what-if` and the options of a what-if from outside: files, tables, JSON, CSV and refusals.

use super::command::{json, refusal, stdout};
use cupcast::conditions::file::WhatIfFile;
use cupcast::conditions::{ItemKind, RuleChange};
use cupcast::tournament::{Moment, bundled};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a readable file")
}

/// Writes a what-if file into the test folder and gives its path.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the test folder can be written");
    path.to_str().expect("a path").to_owned()
}

const WEAKER: &str = "models/what-if/toluca-weaker.toml";
const NO_AWAY_GOALS: &str = "models/what-if/no-away-goals.toml";

#[test]
fn scenarios_stand_side_by_side_with_the_baseline() {
    let arguments = ["what-if", "--as-of", "md4", "--sims", "20000", "--top", "3"];
    let text = stdout(&[&arguments[..], &[WEAKER, NO_AWAY_GOALS]].concat());
    for line in [
        "as of    after matchday 4 (32 group matches and 0 knockout legs known)",
        "method   20,000 simulated tournaments, seed 1",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let legend = "\
A  Toluca weaker
   Toluca weaker by 0.2 (log goals)
B  no away goals
   away goals do not count

wins the title
";
    assert!(text.contains(legend), "{text}");
    assert!(
        text.contains("~0 is within two standard errors of zero"),
        "{text}"
    );
    assert!(text.contains("... and 21 more clubs; see --top"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let toluca = text
        .lines()
        .find(|line| line.starts_with("Toluca  "))
        .expect("a row");
    // The baseline, then odds, change and error of either scenario.
    assert_eq!(toluca.split_whitespace().count(), 8, "{toluca}");
    assert!(
        toluca.contains(" -1"),
        "Toluca loses more than ten points: {toluca}"
    );
}

#[test]
fn many_scenarios_are_shown_in_several_tables() {
    let files = [WEAKER, NO_AWAY_GOALS, WEAKER, NO_AWAY_GOALS];
    let text = stdout(
        &[
            &[
                "what-if",
                "--sims",
                "2000",
                "--quantity",
                "title",
                "--quantity",
                "group",
            ][..],
            &files,
        ]
        .concat(),
    );
    assert_eq!(text.matches("wins the title\n").count(), 2, "{text}");
    assert_eq!(text.matches("wins its group\n").count(), 2, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

fn find<'a>(answer: &'a Value, scenario: usize, club: &str, quantity: &str) -> &'a Value {
    let rows = answer["scenarios"][scenario]["odds"]
        .as_array()
        .expect("rows");
    let wanted = |row: &&Value| row["club"] == club && row["quantity"] == quantity;
    rows.iter().find(wanted).expect("a row")
}

/// A scenario is the forecast with the same options, and its baseline the forecast without; for any number of threads.
#[test]
fn json_and_csv_say_what_single_forecasts_say() {
    let common = ["--as-of", "md4", "--sims", "20000", "--format"];
    let compare = [
        "what-if",
        WEAKER,
        NO_AWAY_GOALS,
        "--quantity",
        "title",
        "--quantity",
        "final",
    ];
    let answer = json(&[&compare[..], &common, &["json"]].concat());
    let again = json(&[&compare[..], &common, &["json", "--threads", "1"]].concat());
    assert_eq!(answer, again);
    assert_eq!(answer["scenarios"][0]["name"], "baseline");
    assert_eq!(answer["scenarios"][1]["name"], "Toluca weaker");
    assert_eq!(
        answer["scenarios"][1]["what_if"][0],
        "Toluca weaker by 0.2 (log goals)"
    );
    assert_eq!(answer["sims"], 20000);
    let forecast = json(
        &[
            &["forecast", "--strength", "TOL=-0.2"][..],
            &common,
            &["json"],
        ]
        .concat(),
    );
    for club in forecast["clubs"].as_array().expect("clubs") {
        let code = club["code"].as_str().expect("a code");
        for quantity in ["title", "final"] {
            let row = find(&answer, 1, code, quantity);
            assert_eq!(row["probability"], club[quantity]);
            assert_eq!(row["baseline"], club["baseline"][quantity]);
            assert_eq!(row["change"], club["change"][quantity]);
            assert_eq!(
                row["change_standard_error"],
                club["change_standard_error"][quantity]
            );
            assert_eq!(
                find(&answer, 0, code, quantity)["probability"],
                row["baseline"]
            );
        }
    }
    assert_eq!(find(&answer, 1, "TOL", "title")["clear"], true);
    let csv = stdout(&[&compare[..], &common, &["csv"]].concat());
    assert!(csv.starts_with("scenario,club,quantity,probability,standard_error,baseline,change,change_standard_error,clear\n"));
    assert_eq!(csv.lines().count(), 1 + 3 * 24 * 2);
}

/// After the groups all is exact quickly; nothing comes with an error then.
#[test]
fn exact_scenarios_have_no_noise() {
    let text = stdout(&[
        "what-if",
        "--as-of",
        "groups",
        "--exact",
        NO_AWAY_GOALS,
        "--top",
        "2",
    ]);
    assert!(
        text.contains("method   exact, without random numbers"),
        "{text}"
    );
    assert!(!text.contains('±'), "{text}");
    let message = refusal(&[
        "what-if",
        "--as-of",
        "md4",
        "--exact",
        "models/what-if/toluca-withdraws.toml",
        NO_AWAY_GOALS,
    ]);
    let expected = "error: models/what-if/toluca-withdraws.toml: exact answers do not cover clubs that have left, and winners of \
                    groups that are given; leave out --exact to simulate\n";
    assert_eq!(message, expected);
}

#[test]
fn every_what_if_file_of_the_project_can_be_used() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/what-if");
    let full = bundled::open("ccl-2013-14").expect("a bundled edition");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.to_str().expect("a path");
        let file = WhatIfFile::read(name, &text(name)).unwrap_or_else(|wrong| panic!("{wrong}"));
        let moment = file
            .as_of
            .as_ref()
            .map_or("md4", |moment| moment.value.as_str());
        let known = full.as_of(Moment::parse(moment, &full).expect("a moment"));
        file.conditions(&known)
            .unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(file.title.is_some(), "{name} has a title");
        files += 1;
    }
    assert!(files >= 7, "{files} files");
    let text = stdout(&[
        "forecast",
        "--sims",
        "200",
        "--what-if",
        "models/what-if/everything.toml",
    ]);
    assert!(
        text.contains("after matchday 3"),
        "the file names the moment: {text}"
    );
    assert_eq!(text.matches("what if ").count(), 17, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn the_readme_of_the_models_describes_every_key_rule_and_option() {
    let readme = text("models/README.md");
    for rule in RuleChange::ALL {
        assert!(
            readme.contains(&format!("`{}`", rule.word())),
            "{}",
            rule.word()
        );
    }
    for kind in ItemKind::ALL {
        assert!(
            readme.contains(&format!("`--{}", kind.option())),
            "{}",
            kind.option()
        );
    }
    let everything = text("models/what-if/everything.toml");
    let example = everything
        .split_once('\n')
        .expect("a remark and the rest")
        .1;
    assert!(readme.contains(example), "the README shows everything.toml");
}

#[test]
fn files_have_to_go_together() {
    let early = file("early.toml", "format = 1\nas_of = \"md1\"\n");
    let late = file("late.toml", "format = 1\nas_of = \"md4\"\n");
    let message = refusal(&["what-if", &early, &late]);
    let expected = format!(
        "error: this what-if is about `md4`, but another file is about `md1`
 --> {late}:2:9
  |
2 | as_of = \"md4\"
  |         ^^^^^
  |
  = help: name one on the command line, or leave the key out of the file\n"
    );
    assert_eq!(message, expected);
    let text = stdout(&["what-if", &early, &late, "--as-of", "md2", "--sims", "200"]);
    assert!(
        text.contains("after matchday 2") && text.contains("nothing taken for granted"),
        "{text}"
    );
    let message = refusal(&["forecast", "ccl-2012-13", "--what-if", WEAKER]);
    assert!(
        message.contains("this what-if is about `ccl-2013-14`, but this is about `ccl-2012-13`"),
        "{message}"
    );
    let message = refusal(&["what-if", "nowhere.toml"]);
    assert!(
        message.starts_with("error: cannot read nowhere.toml: "),
        "{message}"
    );
}

#[test]
fn conditions_without_effect_or_chance_are_refused() {
    let message = refusal(&["forecast", "--as-of", "groups", "--wins-group", "COM"]);
    let expected = "error: given that Comunicaciones wins group 6: that cannot happen any more, or hardly ever (never in 100000 \
                    attempts); leave it out, or fix results that bring it about\n";
    assert_eq!(message, expected);
    let message = refusal(&["forecast", "--model", "association", "--pot", "TOL=A"]);
    let expected = "error: Toluca in pot A, not B: the goal model takes no account of the pot, so nothing would change; use another \
                    model, or change the strength itself with --strength\n";
    assert_eq!(message, expected);
    let message = refusal(&[
        "forecast",
        "--wins-group",
        "TOL",
        "--wins-group",
        "COM",
        "--rule",
        "x",
    ]);
    assert_eq!(message.lines().count(), 2, "{message}");
}

/// The other questions heed what-ifs too.
#[test]
fn other_commands_take_the_same_options() {
    let sheet = stdout(&["replay", "--as-of", "md4", "--annul", "TOL"]);
    let toluca = sheet
        .lines()
        .find(|line| line.contains("Toluca") && line.contains(" 0"))
        .expect("a row");
    assert!(toluca.contains("Toluca"), "{sheet}");
    let answer = json(&[
        "ask",
        "--as-of",
        "md4",
        "--wins-group",
        "COM",
        "--sims",
        "2000",
        "--format",
        "json",
        "COM wins its group",
    ]);
    let found = answer["answers"][0]["probability"].as_f64();
    assert_eq!(found, Some(1.0), "{answer}");
    let leverage = stdout(&[
        "leverage",
        "--as-of",
        "md4",
        "--withdraw",
        "TOL",
        "--sims",
        "2000",
        "--top",
        "40",
    ]);
    assert!(
        !leverage.contains("Toluca - Comunicaciones"),
        "a forfeited match has no leverage: {leverage}"
    );
    let single = stdout(&[
        "leverage",
        "--as-of",
        "sf",
        "--rule",
        "single-leg-final",
        "--sims",
        "2000",
    ]);
    assert!(
        single.contains("F ") && !single.contains("F leg"),
        "{single}"
    );
}

/// All odds and changes are as sure as was asked, from runs that the scenarios share with the baseline.
#[test]
fn a_precision_is_kept_by_all_scenarios() {
    let answer = json(&[
        "what-if",
        WEAKER,
        NO_AWAY_GOALS,
        "--precision",
        "0.5pp",
        "--format",
        "json",
    ]);
    assert!(
        answer["sims"].as_u64() >= Some(65_536),
        "{}",
        answer["sims"]
    );
    for scenario in answer["scenarios"].as_array().expect("scenarios") {
        for row in scenario["odds"].as_array().expect("rows") {
            for error in ["standard_error", "change_standard_error"] {
                assert!(row[error].as_f64() < Some(0.005), "{row}");
            }
        }
    }
}
