//! Runs the program as a user does, and makes changed copies of the bundled tournament for it.

use cupcast::tournament::{Moment, bundled};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Runs `cupcast` with these arguments in the project's folder, without a terminal.
pub(crate) fn cupcast(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// What `cupcast` prints on stdout; it has to succeed.
pub(crate) fn stdout(arguments: &[&str]) -> String {
    let output = cupcast(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cupcast {arguments:?} failed:\n{errors}"
    );
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

/// What `cupcast` prints on stdout for a terminal of so many columns.
pub(crate) fn printed_in(columns: usize, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", columns.to_string())
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "cupcast {arguments:?} failed");
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

/// The same in the usual width, read as JSON.
pub(crate) fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(arguments)).expect("JSON")
}

/// What `cupcast` says on stderr when it refuses an input with exit code 2 and no output.
pub(crate) fn refusal(arguments: &[&str]) -> String {
    let output = cupcast(arguments);
    let errors = String::from_utf8(output.stderr).expect("text is UTF-8");
    assert_eq!(
        output.status.code(),
        Some(2),
        "cupcast {arguments:?}:\n{errors}"
    );
    assert!(output.stdout.is_empty(), "nothing on stdout");
    errors
}

/// A file like the bundled 2013-14 edition in which every result after a moment is another: group matches
/// end 7-0, and the knockout stage is not played.
pub(crate) fn with_results_changed_after(moment: &str) -> PathBuf {
    let full = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let known = full.as_of(Moment::parse(moment, &full).expect("a moment"));
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let fixtures = full.fixtures.iter().zip(&known.fixtures);
    let changed: Vec<String> = fixtures
        .filter(|(_, known)| known.result.is_none())
        .map(|(fixture, _)| {
            let code = |id| &full.club(id).code;
            format!(
                "home = \"{}\", away = \"{}\"",
                code(fixture.home),
                code(fixture.away)
            )
        })
        .collect();
    let known_legs = known.known_matches().1;
    let mut legs = 0;
    let lines = text.lines().filter_map(|line| {
        if line.contains("{ tie = ") {
            legs += 1;
            let dates = &known.bracket.ties;
            let played = dates
                .iter()
                .flat_map(|tie| &tie.legs)
                .filter_map(|leg| leg.played)
                .any(|leg| {
                    let code = |id| &full.club(id).code;
                    line.contains(&format!(
                        "home = \"{}\", away = \"{}\"",
                        code(leg.home),
                        code(leg.away)
                    ))
                });
            return played.then(|| line.to_owned());
        }
        if changed.iter().any(|pair| line.contains(pair.as_str())) {
            let at = line.find("score = ").expect("a played match");
            return Some(format!("{}score = \"7-0\" }},", &line[..at]));
        }
        Some(line.to_owned())
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    assert!(legs == 14 && known_legs <= legs, "the file has all legs");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("changed-after-{moment}.toml"));
    std::fs::write(&path, text).expect("the test folder can be written");
    path
}
