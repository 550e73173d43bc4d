//! `cupcast fit` and the options that choose a goal model, as a user meets them.

use assert_cmd::Command;
use cupcast::goals::{self, SavedModel, Specification, fingerprint};
use cupcast::tournament::{Moment, bundled};
use std::path::Path;

/// The output of a command that has to succeed.
fn output(folder: &Path, arguments: &[&str]) -> String {
    let result = Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .current_dir(folder)
        .args(arguments)
        .assert()
        .success();
    String::from_utf8(result.get_output().stdout.clone()).expect("output is text")
}

/// What a command printed and how it ended.
fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cupcast"));
    let command = command.current_dir(folder).args(arguments);
    command.output().expect("the program starts")
}

/// The message of a command that has to be refused with exit code 2.
fn refusal(folder: &Path, arguments: &[&str]) -> String {
    let result = Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .current_dir(folder)
        .args(arguments)
        .assert()
        .code(2);
    String::from_utf8(result.get_output().stderr.clone()).expect("messages are text")
}

#[test]
fn the_report_fits_eighty_columns_and_names_what_was_fitted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = output(folder.path(), &["fit"]);
    let widest = text
        .lines()
        .skip_while(|line| !line.starts_with("coefficient"));
    assert!(
        widest.map(|line| line.chars().count()).max() <= Some(88),
        "{text}"
    );
    for line in [
        "matches   373 of earlier editions, 0 of this one; data ",
        "variance  standard deviation of association: 0.214, estimated on earlier editions",
        "level                                   0.315   0.036     0.245    0.385",
        "Cruz Azul                2.41 (1.93-3.03)  0.78 (0.61-0.99)   73.6% (59.2-84.2)",
    ] {
        assert!(text.contains(line), "`{line}` is missing in\n{text}");
    }
}

#[test]
fn the_report_as_json_and_csv_has_every_coefficient_and_club() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = output(
        folder.path(),
        &["fit", "--as-of", "md2", "--format", "json"],
    );
    let document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["data"]["training_matches"], 373);
    assert_eq!(document["data"]["current_matches"], 16);
    assert_eq!(document["as_of"], "md2");
    // Level, home, first leg, best finish, pot, 2 zones, 15 associations, 24 clubs in this edition.
    assert_eq!(document["coefficients"].as_array().map(Vec::len), Some(46));
    assert_eq!(document["clubs"].as_array().map(Vec::len), Some(24));
    let csv = output(folder.path(), &["fit", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 25);
    assert!(
        csv.starts_with("code,club,goals_for,goals_for_low,goals_for_high,"),
        "{csv}"
    );
}

#[test]
fn a_saved_model_gives_the_same_rates_to_the_last_digit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    output(path, &["fit", "--as-of", "md2", "--output", "model.json"]);
    let fitted = output(
        path,
        &[
            "rates",
            "--as-of",
            "md2",
            "--fitted",
            "model.json",
            "--format",
            "csv",
        ],
    );
    let fresh = output(path, &["rates", "--as-of", "md2", "--format", "csv"]);
    assert_eq!(fitted, fresh);
    // Those rates, given as a file, come out as they went in.
    std::fs::write(path.join("rates.csv"), &fresh).expect("it can be written");
    let given = output(path, &["rates", "--rates", "rates.csv", "--format", "csv"]);
    assert_eq!(given, fresh);

    let early = refusal(path, &["rates", "--as-of", "md1", "--fitted", "model.json"]);
    assert!(
        early.contains(
            "the model knows 16 matches of this edition, but only 8 are known after matchday 1"
        ),
        "{early}"
    );
    let other = refusal(path, &["rates", "ccl-2012-13", "--fitted", "model.json"]);
    assert!(
        other.contains("the model was fitted for ccl-2013-14, not for ccl-2012-13; fit again"),
        "{other}"
    );
    let saved = std::fs::read_to_string(path.join("model.json")).expect("it is there");
    let newer = saved.replacen("\"version\": 2", "\"version\": 99", 1);
    std::fs::write(path.join("newer.json"), newer).expect("it can be written");
    let newer = refusal(path, &["rates", "--fitted", "newer.json"]);
    assert!(
        newer.contains("saved in form 99, but this program reads forms up to 2"),
        "{newer}"
    );
    std::fs::write(path.join("else.json"), "{\"a\": 1}").expect("it can be written");
    let strange = refusal(path, &["rates", "--fitted", "else.json"]);
    assert!(
        strange.contains("this is no model saved by `cupcast fit --output`"),
        "{strange}"
    );
}

#[test]
fn a_saved_model_says_when_the_data_are_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    output(path, &["fit", "--as-of", "md2", "--output", "model.json"]);
    let text = bundled::text("ccl-2013-14").expect("it is bundled");
    let other = text.replacen(r#"score = "3-1""#, r#"score = "5-1""#, 1);
    std::fs::write(path.join("other.toml"), other).expect("it can be written");
    std::fs::write(path.join("same.toml"), text).expect("it can be written");
    let remark = |file: &str| {
        let arguments = ["rates", file, "--as-of", "md3", "--fitted", "model.json"];
        let run = run(path, &arguments);
        assert!(run.status.success());
        String::from_utf8(run.stderr).expect("text is UTF-8")
    };
    assert_eq!(remark("same.toml"), "");
    assert_eq!(
        remark("other.toml"),
        "warning: model.json: the data are not those the model was fitted to; fit again to use what is known now\n"
    );
}

#[test]
fn a_saved_model_that_knows_as_many_but_other_matches_is_refused() {
    let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
    let history = bundled::open_history(&tournament, None).expect("its history is bundled");
    let then = tournament.as_of(Moment::Matchday(2)).to_edition();
    let model = goals::fit(&Specification::default_model(), &history, &then);
    let saved = SavedModel {
        model: model.expect("it can be fitted"),
        tournament: then.id.clone(),
        as_of: "md2".to_owned(),
        fingerprint: fingerprint(&history, &then),
    };
    let mut current = tournament.as_of(Moment::Matchday(3)).to_edition();
    let judged = saved.is_of_these_data(&history, &then, &current, "after matchday 3");
    assert_eq!(judged, Ok(true));
    let first = then.matches[0].clone();
    current.matches.retain(|played| *played != first);
    let judged = saved.is_of_these_data(&history, &then, &current, "after 2013-08-09");
    assert_eq!(
        judged.expect_err("one is not known").to_string(),
        "the model knows the result of Árabe Unido - W Connection on 2013-08-08, which is not known \
         after 2013-08-09; a forecast must not know what came later: fit again with `--as-of`"
    );
}

/// What only the prior speaks of is said on stderr by every command that uses the model; a reference that is no club's zone is
/// refused where it stands.
#[test]
fn forecasts_pass_on_the_warnings_of_the_fit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let text = bundled::text("ccl-2013-14").expect("it is bundled");
    let text = text.replace(r#"association = "Haiti""#, r#"association = "Narnia""#);
    std::fs::write(path.join("cup.toml"), text).expect("it can be written");
    let model = include_str!("../models/goal-models/default.toml");
    std::fs::write(path.join("model.toml"), model).expect("it can be written");
    let misspelt = model.replace("Central American", "Central Amercian");
    std::fs::write(path.join("misspelt.toml"), misspelt).expect("it can be written");
    for command in [&["fit"][..], &["backtest", "--sims", "10"]] {
        let said = refusal(path, &[command, &["--model", "misspelt.toml"]].concat());
        for part in [
            "error: there is no zone `Central Amercian`",
            "misspelt.toml:36:13",
            "did you mean `Central American`?",
        ] {
            assert!(said.contains(part), "`{part}` is missing in\n{said}");
        }
    }
    let unseen = "warning: no known match tells of `association Narnia`: its effect is 0, as uncertain as its prior says\n";
    for command in [&["forecast", "--sims", "100"][..], &["rates"]] {
        let arguments = ["cup.toml", "--as-of", "start", "--model", "model.toml"];
        let run = run(path, &[command, &arguments].concat());
        assert!(run.status.success());
        let told = String::from_utf8(run.stderr).expect("text is UTF-8");
        assert_eq!(told, unseen, "{command:?}");
    }
}

/// Trained on one edition only, a model says so.
#[test]
fn a_forecast_counts_the_editions_it_learned_from() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let model = include_str!("../models/goal-models/home.toml");
    let model = model.replacen("format = 1", "format = 1\ntraining = [\"2012-13\"]", 1);
    std::fs::write(path.join("model.toml"), model).expect("it can be written");
    let arguments = ["forecast", "--sims", "100", "--model", "model.toml"];
    let text = output(path, &arguments);
    assert!(
        text.contains("model    home, fitted to 62 matches of 1 edition\n"),
        "{text}"
    );
}

#[test]
fn models_are_chosen_by_name_or_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = output(
        folder.path(),
        &["rates", "--model", "home", "--format", "csv"],
    );
    let first = home.lines().nth(1).expect("there are pairs");
    let numbers: Vec<&str> = first.split(',').skip(2).collect();
    assert!(
        home.lines()
            .skip(1)
            .all(|line| line.ends_with(&numbers.join(","))),
        "all clubs are alike"
    );
    let unknown = refusal(folder.path(), &["fit", "--model", "defualt"]);
    assert!(
        unknown.contains("there is no goal model `defualt`; did you mean `default`?"),
        "{unknown}"
    );
}

#[test]
fn other_data_have_another_fingerprint() {
    let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
    let history = bundled::open_history(&tournament, None).expect("its history is bundled");
    let of = |moment| fingerprint(&history, &tournament.as_of(moment).to_edition());
    assert_eq!(of(Moment::Matchday(1)), of(Moment::Matchday(1)));
    assert_ne!(of(Moment::Matchday(1)), of(Moment::Matchday(2)));
    assert_ne!(
        of(Moment::Start),
        fingerprint(&history[1..], &tournament.as_of(Moment::Start).to_edition())
    );
}
