//! Every sample output in `results/` is what its command prints today, byte for byte.

use super::command::cupcast;
use std::fs;
use std::path::Path;

/// The rows of the tables in a folder's README: (file, command).
fn listed(readme: &str) -> Vec<(String, String)> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect()
    };
    let rows = readme.lines().filter(|line| line.starts_with("| `"));
    rows.map(cells)
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect()
}

#[test]
fn every_result_is_rebuilt_by_its_command() {
    rebuild("results", 20);
    rebuild("results/backtest", 2);
}

/// Runs every command of a folder's README, at least so many, and compares.
fn rebuild(name: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let readme = fs::read_to_string(folder.join("README.md")).expect("the folder's README.md");
    let listed = listed(&readme);
    assert!(listed.len() >= least, "the list is read: {listed:?}");
    for (file, command) in &listed {
        let words = quoted_words(command);
        let mut words = words.iter().map(String::as_str);
        assert_eq!(words.next(), Some("cupcast"), "{command}");
        let mut arguments: Vec<&str> = words.collect();
        let at = arguments
            .iter()
            .position(|word| *word == "--output")
            .expect("an --output");
        assert_eq!(arguments[at + 1], format!("{name}/{file}"), "{command}");
        let target =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}/{file}").replace('/', "-"));
        let target = target.to_str().expect("a path").to_owned();
        arguments[at + 1] = &target;
        let output = cupcast(&arguments);
        assert!(
            output.status.success(),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let rebuilt = fs::read(&target).expect("the rebuilt file");
        let kept = fs::read(folder.join(file)).expect("the kept file");
        assert!(
            rebuilt == kept,
            "{name}/{file} is not what `{command}` makes today"
        );
    }
}

#[test]
fn no_result_is_without_a_command() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("results");
    let readme = fs::read_to_string(folder.join("README.md")).expect("results/README.md");
    for entry in fs::read_dir(&folder).expect("the folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != "README.md" && entry.path().is_file() {
            assert!(
                readme.contains(&format!("`{name}`")),
                "results/README.md does not name {name}"
            );
        }
    }
}

/// Splits a command line at spaces outside single quotes.
fn quoted_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("one word at least").push(other),
        }
    }
    words
}
