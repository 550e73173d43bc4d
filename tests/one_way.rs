//! One way to name the tournament in every command, and words that can mean one thing only.

use super::command::{cupcast, json, refusal, stdout};

const CUP: &str = "models/tiny/two-groups.toml";

#[test]
fn every_command_takes_the_tournament_as_a_word_and_as_an_option() {
    let commands: &[&[&str]] = &[
        &["table"],
        &["rates", "--format", "csv"],
        &["forecast", "--format", "csv", "--sims", "100"],
        &[
            "draw",
            "--format",
            "csv",
            "--sims",
            "100",
            "--procedure",
            "sequential",
        ],
    ];
    for command in commands {
        let with = |words: &[&str]| stdout(&[command, words].concat());
        let expected = with(&["ccl-2012-13"]);
        let ways = [
            &["-t", "ccl-2012-13"][..],
            &["--tournament", "ccl-2012-13"],
            &["CCL-2012-13"],
        ];
        for words in ways {
            assert_eq!(with(words), expected, "{command:?} {words:?}");
        }
    }
    let asked: &[(&[&str], &[&str])] = &[
        (
            &["paths", "--format", "csv", "--sims", "100"],
            &["Seattle Sounders"],
        ),
        (
            &["ask", "--format", "csv", "--sims", "100"],
            &["SEA champion"],
        ),
        (&["scenarios", "--as-of", "md5"], &["SEA"]),
    ];
    for (command, words) in asked {
        let with = |words: &[&[&str]]| stdout(&[*command, &words.concat()].concat());
        let expected = with(&[&["-t", "ccl-2012-13"], words]);
        assert_eq!(with(&[words, &["ccl-2012-13"]]), expected, "{command:?}");
        assert_eq!(with(&[&["ccl-2012-13"], words]), expected, "{command:?}");
    }
    assert!(stdout(&["paths", CUP, "Ants", "--sims", "100"]).contains("Ants"));
    assert!(stdout(&["check", "-t", CUP]).contains("sound"));
}

#[test]
fn a_tournament_that_is_not_one_or_two_are_explained() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["paths", "ccl-2013-15", "TOL"],
            "did you mean `ccl-2013-14`?",
        ),
        (
            &["paths", "TOL", "no-such.toml"],
            "cannot read no-such.toml",
        ),
        (&["paths", "ccl-2012-13", CUP, "ANT"], "are two tournaments"),
        (&["paths", "ccl-2012-13"], "name a club"),
        (&["ask", "ccl-2012-13"], "there is no question"),
        (
            &["scenarios", "-t", CUP, "ccl-2012-13"],
            "are two tournaments",
        ),
        (
            &["forecast", "ccl-2012-13", "-t", CUP],
            "cannot be used with",
        ),
        (&["what-if", "ccl-2012-13"], "there is no what-if file"),
        (&["check"], "FILE"),
    ];
    for (arguments, fact) in cases {
        let message = refusal(arguments);
        assert!(
            message.contains(fact),
            "{arguments:?} should say `{fact}`:\n{message}"
        );
    }
}

#[test]
fn amounts_and_moments_are_read_as_people_write_them() {
    let forecast = |words: &[&str]| stdout(&[&["forecast", "--format", "csv"], words].concat());
    let thousand = forecast(&["--as-of", "md4", "--sims", "1000"]);
    for (moment, sims) in [
        ("MD4", "1e3"),
        ("matchday 4", "1k"),
        ("after matchday 4", "1,000"),
    ] {
        assert_eq!(
            forecast(&["--as-of", moment, "--sims", sims]),
            thousand,
            "{moment} {sims}"
        );
    }
    let day = stdout(&["table", "--as-of", "2013-09-18"]);
    for date in ["2013-9-18", "18 Sep 2013", "18/9/2013"] {
        assert_eq!(stdout(&["table", "--as-of", date]), day, "{date}");
    }
    assert!(refusal(&["table", "--as-of", "4/9/2013"]).contains("2013-09-04 or 2013-04-09"));
    let wrong = cupcast(&["forecast", "--sims", "1,000k"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("can mean two numbers"));
}

/// A club of several words needs no quotes where a club alone is wanted.
#[test]
fn a_name_of_several_words_needs_no_quotes() {
    let quoted = stdout(&["scenarios", "Cruz Azul", "--as-of", "md5"]);
    assert_eq!(
        stdout(&["scenarios", "Cruz", "Azul", "--as-of", "md5"]),
        quoted
    );
}

#[test]
fn a_list_says_what_can_be_named() {
    let all = stdout(&["list"]);
    assert!(
        all.contains("ccl-2013-14") && all.contains("ccl-2008-09"),
        "{all}"
    );
    let one = stdout(&["list", "ccl-2012-13"]);
    for named in [
        "md4",
        "qf-leg1",
        "after leg 1 of the quarterfinal",
        "SEA",
        "Seattle Sounders",
    ] {
        assert!(one.contains(named), "{named}: {one}");
    }
    let names = json(&["list", CUP, "--format", "json"]);
    assert_eq!(names["clubs"][0]["code"], "ANT");
    assert_eq!(names["moments"][0]["key"], "start");
    assert!(refusal(&["list", "--format", "csv"]).contains("possible values: text, json"));
}
