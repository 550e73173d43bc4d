//! What the program says to files that are plainly something else than what was wanted, and to floods of mistakes.

#![expect(clippy::format_collect, reason = "short texts of a test")]

use super::command::{refusal, stdout};
use std::path::PathBuf;

/// Writes a file of the test's own and gives its path.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wrong-files");
    std::fs::create_dir_all(&folder).expect("a test folder");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a file");
    path.to_str().expect("a path").to_owned()
}

fn tiny_cup() -> String {
    std::fs::read_to_string("models/tiny/two-groups.toml").expect("a tiny cup")
}

const FOOTBALL_TXT: &str = "\
= CONCACAF Champions League 2013/14

» Group 1 | Matchday 1
[Tue Aug/6]
  20.00  Olimpia   0-2 (0-1)  Houston
  22.00  Toluca    2-1        Caledonia
";

const GOAL_MODEL: &str = "format = 1\nname = \"mine\"\n[[term]]\nkind = \"level\"\nsd = 3.0\n";

const WHAT_IF: &str = "format = 1\nfixes = [\"TOL-CAL 2-1\"]\n";

/// Files of every kind, and what is said of them where a tournament is wanted.
fn strangers() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let wide = "format = 1\n".encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = wide.collect();
    let marked = [&[0xff, 0xfe][..], &wide].concat();
    vec![
        ("empty.toml", b"".to_vec(), "this file is empty"),
        (
            "blank.toml",
            b"\n  \n# nothing yet\n".to_vec(),
            "this file is empty",
        ),
        (
            "cl.txt",
            FOOTBALL_TXT.into(),
            "a match list in the football.txt format",
        ),
        (
            "results.csv",
            b"date,home,away,score\n2013-08-06,TOL,CAL,2-1\n".to_vec(),
            "a CSV, not",
        ),
        (
            "results2.csv",
            b"date;home;away\n2013-08-06;TOL;CAL\n".to_vec(),
            "a CSV with semicolons",
        ),
        (
            "results.tsv",
            b"home\taway\nTOL\tCAL\n".to_vec(),
            "a table with tabs",
        ),
        ("odds.json", b"{ \"clubs\": [1, 2] }\n".to_vec(), "JSON"),
        (
            "list.json",
            b"[\n  {\"club\": \"TOL\"}\n]\n".to_vec(),
            "JSON",
        ),
        (
            "page.html",
            b"<!DOCTYPE html>\n<html></html>\n".to_vec(),
            "a web page (HTML)",
        ),
        (
            "odds.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".to_vec(),
            "XML",
        ),
        (
            "cup.yaml",
            b"---\nname: Cup\nclubs:\n  - TOL\n".to_vec(),
            "YAML",
        ),
        (
            "notes.txt",
            b"Toluca play Caledonia on Tuesday.\nWho wins?\n".to_vec(),
            "plain text",
        ),
        ("model.toml", GOAL_MODEL.into(), "a goal model"),
        ("what-if.toml", WHAT_IF.into(), "a what-if"),
        ("wide.toml", marked, "this is UTF-16, not UTF-8"),
        ("wide-without-mark.toml", wide, "this is UTF-16, not UTF-8"),
        (
            "cup.xlsx",
            b"PK\x03\x04\x14\0\x06\0".to_vec(),
            "a compressed archive",
        ),
        (
            "cup.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(),
            "a spreadsheet",
        ),
        ("odds.png", b"\x89PNG\r\n\x1a\n".to_vec(), "a picture"),
        ("cup.pdf", b"%PDF-1.4\n".to_vec(), "a PDF"),
        ("noise.bin", b"abc\0def\x80".to_vec(), "binary data"),
    ]
}

#[test]
fn files_that_are_something_else_are_recognised_wherever_a_tournament_is_wanted() {
    for (name, bytes, fact) in strangers() {
        let path = file(name, bytes);
        for command in ["check", "forecast"] {
            let message = refusal(&[command, &path]);
            assert!(
                message.contains(fact) && message.contains(name),
                "{name}: {message}"
            );
            assert_eq!(
                message.matches("error: ").count(),
                1,
                "one message: {message}"
            );
            assert!(message.lines().count() < 9, "{message}");
        }
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let message = refusal(&["check", folder.to_str().expect("a path")]);
    assert!(
        message.contains("is a folder; name a file in it"),
        "{message}"
    );
}

#[test]
fn files_that_are_something_else_are_recognised_where_options_want_them() {
    let cup = "models/tiny/two-groups.toml";
    let model = file("a-model.toml", GOAL_MODEL);
    let what_if = file("a-what-if.toml", WHAT_IF);
    let list = file("a-list.txt", FOOTBALL_TXT);
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["forecast", "--what-if", cup],
            &["a tournament, not a what-if file", "--tournament"],
        ),
        (
            &["forecast", "--what-if", &model],
            &["a goal model, not a what-if file", "--model"],
        ),
        (
            &["forecast", "--what-if", &list],
            &["football.txt", "not a what-if file"],
        ),
        (&["what-if", cup], &["a tournament, not a what-if file"]),
        (
            &["forecast", "--model", cup],
            &["a tournament, not a goal model"],
        ),
        (
            &["forecast", "--model", &what_if],
            &["a what-if, not a goal model", "--what-if"],
        ),
        (
            &["forecast", "--model", &list],
            &["football.txt", "not a goal model"],
        ),
        (&["forecast", "--rates", cup], &["a tournament, not a CSV"]),
        (
            &["forecast", "--rates", &list],
            &["football.txt", "not a CSV"],
        ),
        (
            &["forecast", "--fitted", &model],
            &["a goal model, not a fitted model", "--model"],
        ),
        (
            &["forecast", "--fitted", cup],
            &["a tournament, not a fitted model", "--tournament"],
        ),
        (
            &["forecast", &model],
            &["a goal model, not a tournament", "--model"],
        ),
    ];
    for (arguments, facts) in cases {
        let message = refusal(arguments);
        for fact in *facts {
            assert!(
                message.contains(fact),
                "{arguments:?} should say `{fact}`:\n{message}"
            );
        }
        assert!(message.contains('^'), "a place: {message}");
    }
}

/// An earlier edition that is something else is named where the cup names it.
#[test]
fn a_history_that_is_something_else_is_said_at_its_place() {
    file("old.csv", "date,home,away,score\n2013-08-06,TOL,CAL,2-1\n");
    let named = "edition = \"2020\"\nhistory = [\"old.csv\"]";
    let path = file(
        "with-history.toml",
        tiny_cup().replacen("edition = \"2020\"", named, 1),
    );
    let message = refusal(&["check", &path]);
    assert!(
        message.contains("`old.csv`") && message.contains("a CSV"),
        "{message}"
    );
}

/// The mark that some editors put before a text is no part of it, and lines may end as on Windows.
#[test]
fn a_file_of_another_editor_is_read() {
    let path = file(
        "windows.toml",
        format!("\u{feff}{}", tiny_cup().replace('\n', "\r\n")),
    );
    assert!(stdout(&["check", &path]).contains("sound"));
}

#[test]
fn a_flood_of_mistakes_is_a_few_entries_with_counts() {
    let clubs: String = (0..4000)
        .map(|number| format!("[[club]]\ncode = \"{number}\"\nname = 5\n"))
        .collect();
    let path = file("flood.toml", format!("{}{clubs}", tiny_cup()));
    let message = refusal(&["check", &path]);
    assert!(message.lines().count() < 200, "{}", message.lines().count());
    let same = message.matches("error: `name` has to be a text in quotes");
    assert_eq!(same.count(), 1, "{message}");
    // Of 2,000 clubs that are read, six are sound, and three of the others are shown.
    assert!(
        message.contains("and 1,991 more like this (lines "),
        "{message}"
    );
    let unknown: String = (0..300)
        .map(|number| {
            format!(
                "  {{ group = \"X\", matchday = 1, date = 2020-08-04, home = \"Q{number}\", away = \"ANT\" }},\n"
            )
        })
        .collect();
    let cup = tiny_cup().replacen("matches = [\n", &format!("matches = [\n{unknown}"), 1);
    let message = refusal(&["check", &file("unknown.toml", cup)]);
    assert_eq!(
        message.matches("error: no club has the code").count(),
        10,
        "{message}"
    );
    assert!(message.contains("and 290 more like this"), "{message}");
}
