//! What the program says to wrong input: the place, the fact, the way out, exit code 2, and nothing half written.

use super::command::{cupcast, refusal, stdout};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Each wrong input with something that its message has to say.
#[test]
fn wrong_arguments_are_explained() {
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["forecast", "ccl-2013-15"],
            &["ccl-2013-15", "ccl-2013-14", ".toml"],
        ),
        (
            &["forecast", "models/ccl/history/2008-09.toml"],
            &["past edition", "ccl-2013-14"],
        ),
        (
            &["forecast", "no-such-file.toml"],
            &["cannot read", "no-such-file.toml"],
        ),
        (
            &["forecast", "--as-of", "md9"],
            &["md9", "md1", "groups", "qf", "2013-08-21"],
        ),
        (&["forecast", "--as-of", "2013-02-30"], &["2013-02-30"]),
        (&["forecast", "--sims", "0"], &["at least one"]),
        (&["forecast", "--sims", "many"], &["many", "10M"]),
        (&["forecast", "--precision", "0pp"], &["above zero"]),
        (&["forecast", "--threads", "0"], &["number of threads"]),
        (
            &["forecast", "--sims", "10", "--precision", "1pp"],
            &["cannot be used with"],
        ),
        (&["forecast", "--fix", "TOL"], &["TOL-CAL 2-1"]),
        (&["forecast", "--fix", "TOL-CAL 2-1-0"], &["TOL-CAL 2-1-0"]),
        (
            &["forecast", "--fix", "TOL-CAL 2-77"],
            &["more than 30 goals"],
        ),
        (&["forecast", "--fix", "TOL-CALEDONIA 2-1x"], &["2-1x"]),
        (
            &["forecast", "--fix", "Tolucca-CAL 2-1"],
            &["Tolucca", "Toluca (TOL)"],
        ),
        (
            &["forecast", "--fix", "TOL-TOL 2-1"],
            &["does not play itself"],
        ),
        (
            &["forecast", "--fix", "TOL-CA 2-1"],
            &["which round", "qf (quarterfinal)", "TOL-CA 2-1"],
        ),
        (
            &["forecast", "--fix", "qf TOL-CAL 2-1"],
            &["both in group 6"],
        ),
        (
            &["forecast", "--fix", "TOL-CAL 2-1 pens 5-4"],
            &["no shoot-out"],
        ),
        (
            &["forecast", "--fix", "qf TOL-SJ 2-1 aet 1-1"],
            &["less than 2-1"],
        ),
        (
            &["forecast", "--fix", "qf TOL-SJ 1-1 pens 4-4"],
            &["has a winner"],
        ),
        (
            &["forecast", "--fix", "qf leg 1 TOL-SJ 1-1 aet 2-1"],
            &["after leg 2 only"],
        ),
        (&["forecast", "--fix", "qf leg 3 TOL-SJ 1-1"], &["no leg 3"]),
        (
            &[
                "forecast",
                "--fix",
                "TOL-CAL 2-1",
                "--fix",
                "Toluca-Caledonia AIA 1-1",
            ],
            &["already"],
        ),
        (
            &["forecast", "--as-of", "groups", "--fix", "qf TOL-CA 1-0"],
            &["cannot meet in the quarterfinal, but in the final"],
        ),
        (
            &["forecast", "--as-of", "groups", "--fix", "TOL-AME 1-0"],
            &["Toluca and América cannot meet in the knockout stage any more"],
        ),
        (&["replay", "--run", "-1"], &["-1"]),
        (&["list", "--format", "csv"], &["text, json"]),
        (&["frobnicate"], &["frobnicate"]),
    ];
    for (arguments, facts) in cases {
        let message = refusal(arguments);
        for fact in *facts {
            assert!(
                message.contains(fact),
                "cupcast {arguments:?} should say `{fact}`:\n{message}"
            );
        }
    }
}

#[test]
fn check_says_what_is_sound_and_what_is_not() {
    let good = stdout(&["check", "models/ccl/2013-14.toml"]);
    assert!(
        good.contains("sound") && good.contains("24 clubs"),
        "{good}"
    );
    let bad = refusal(&["check", "tests/bad/unknown-club.toml"]);
    assert!(
        bad.contains("tests/bad/unknown-club.toml:") && bad.contains('^'),
        "{bad}"
    );
}

/// Earlier editions are part of what a file says: they are opened too.
#[test]
fn check_opens_the_history() {
    assert_eq!(
        stdout(&["check", "models/ccl/history/2008-09.toml"]),
        "models/ccl/history/2008-09.toml: sound. The past edition 2008-09: 24 clubs, 77 matches\n"
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("history");
    std::fs::create_dir_all(&folder).expect("a test folder");
    let cup = std::fs::read_to_string("models/tiny/two-groups.toml").expect("a tiny cup");
    let named = "edition = \"2020\"\nhistory = [\"ccl-2012-14\", \"old.toml\"]";
    let path = folder.join("cup.toml");
    std::fs::write(&path, cup.replacen("edition = \"2020\"", named, 1)).expect("a file");
    std::fs::write(folder.join("old.toml"), "format = 1\n[history]\n").expect("a file");
    let file = path.to_str().expect("a path");
    let told = refusal(&["check", file]).replace(file, "cup.toml");
    assert_eq!(
        told,
        "\
error: there is no tournament `ccl-2012-14`
  --> cup.toml:10:12
   |
10 | history = [\"ccl-2012-14\", \"old.toml\"]
   |            ^^^^^^^^^^^^^
   |
   = help: did you mean `ccl-2012-13`? write one of ccl-2008-09, ccl-2009-10, ccl-2010-11, ccl-2011-12, ccl-2012-13, ccl-2013-14, or a path to a .toml file

error: `old.toml` has mistakes of its own
  --> cup.toml:10:27
   |
10 | history = [\"ccl-2012-14\", \"old.toml\"]
   |                           ^^^^^^^^^^ line 1: there are no clubs
   |
   = help: correct that file first: `cupcast check` names all its mistakes
"
    );
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("output");
    std::fs::create_dir_all(&folder).expect("a test folder");
    let path = folder.join("forecast.json");
    let file = path.to_str().expect("a path");
    let arguments = ["forecast", "--sims", "1000", "--format", "json"];
    let printed = stdout(&arguments);
    assert_eq!(stdout(&[&arguments[..], &["--output", file]].concat()), "");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), printed);
    refusal(&["forecast", "--as-of", "never", "--output", file]);
    assert_eq!(
        std::fs::read_to_string(&path).expect("the file"),
        printed,
        "nothing is lost"
    );
    let nowhere = folder.join("missing").join("forecast.json");
    let output = cupcast(&[
        "forecast",
        "--sims",
        "10",
        "--output",
        nowhere.to_str().expect("a path"),
    ]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "a folder that is not there is no mistake of the input"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write"));
    let left: Vec<_> = std::fs::read_dir(&folder).expect("the folder").collect();
    assert_eq!(left.len(), 1, "no temporary file stays behind");
}

#[test]
fn a_file_in_another_encoding_is_refused_in_place() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("encodings");
    std::fs::create_dir_all(&folder).expect("a test folder");
    let path = folder.join("latin.toml");
    std::fs::write(&path, b"format = 1\n# Am\xe9rica\n").expect("a file");
    let path = path.to_str().expect("a path");
    assert_eq!(
        refusal(&["check", path]),
        format!("error: {path}:2:5: this is not UTF-8; save the file as UTF-8\n")
    );
}

/// A link stays a link to the file that was written, and what is no plain file is not replaced by one.
#[cfg(unix)]
#[test]
fn a_link_or_a_device_is_written_to_and_not_replaced() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("links");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a test folder");
    let (file, link) = (folder.join("rates.csv"), folder.join("latest.csv"));
    std::fs::write(&file, "old").expect("a file");
    std::os::unix::fs::symlink("rates.csv", &link).expect("a link");
    let arguments = ["rates", "--format", "csv", "--output"];
    let path = link.to_str().expect("a path");
    assert_eq!(stdout(&[&arguments[..], &[path]].concat()), "");
    assert!(link.is_symlink());
    let written = std::fs::read_to_string(&file).expect("the file");
    assert_eq!(written.lines().count(), 553);
    let printed = stdout(&[&arguments[..], &["/dev/stdout"]].concat());
    assert_eq!(printed, written);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .args(["rates", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
