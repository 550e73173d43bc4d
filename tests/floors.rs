//! Keeps the house in order: a room uses only rooms on lower floors, and every file says what it is for.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by floor, from the ground up. `ARCHITECTURE.md` tells the same story in words.
const FLOORS: &[&[&str]] = &[
    &["visible"],
    &[
        "ids",
        "rng",
        "diagnostic",
        "instructions",
        "text_file",
        "threads",
    ],
    &["format", "tournament", "odds", "csv_file"],
    &["cup", "standings", "draw"],
    &["goals"],
    &["state", "seeding"],
    &["open", "knockout"],
    &["conditions", "consistency"],
    &["playbook"],
    &["play", "exact", "settled"],
    &["tally", "collapsed"],
    &["simulate"],
    &["forecast", "outlook", "slots"],
    &[
        "front",
        "backtest",
        "leverage",
        "timeline",
        "scenarios",
        "ask",
        "paths",
        "pairings",
        "bench",
        "verify",
        "what_if",
    ],
    &["plot"],
    &["report"],
    &["serve"],
    &["cli", "guide"],
];

/// Every Rust file below `folder`.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The room a source file belongs to: the first part of its path below `src`, without the ending.
fn room_of(file: &Path, src: &Path) -> String {
    let inside = file.strip_prefix(src).expect("a file below src");
    let first = inside.components().next().expect("a path has a first part");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The rooms a text mentions as `crate::room`, before its unit tests begin.
fn rooms_used(text: &str) -> Vec<String> {
    let product = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = product
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .filter(|room: &String| !room.is_empty() && room.chars().all(|c| !c.is_uppercase()))
        .collect()
}

#[test]
fn rooms_use_only_lower_floors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut mistakes = Vec::new();
    for file in rust_files(&src) {
        let room = room_of(&file, &src);
        if room == "lib" || room == "main" || file.ends_with("tests.rs") {
            continue;
        }
        let Some(floor) = floor_of(&room) else {
            mistakes.push(format!(
                "{}: the room `{room}` has no floor",
                file.display()
            ));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a readable source file");
        for used in rooms_used(&text).into_iter().filter(|used| *used != room) {
            match floor_of(&used) {
                Some(other) if other < floor => {}
                Some(other) => mistakes.push(format!(
                    "{}: `{room}` (floor {floor}) uses `{used}` (floor {other})",
                    file.display()
                )),
                None => mistakes.push(format!(
                    "{}: uses `{used}`, which has no floor",
                    file.display()
                )),
            }
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn every_file_opens_with_a_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "tests", "benches"] {
        if !root.join(folder).exists() {
            continue;
        }
        for file in rust_files(&root.join(folder)) {
            let text = fs::read_to_string(&file).expect("a readable source file");
            let first = text.lines().next().unwrap_or("");
            let opens = first.starts_with("//! ") || first.starts_with("#![doc");
            assert!(
                opens,
                "{} should open with a `//!` sentence",
                file.display()
            );
        }
    }
}
