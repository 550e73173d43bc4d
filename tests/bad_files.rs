//! Every broken file in `tests/bad` gives exactly the message that stands next to it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test main bad_files` writes the messages anew: read the difference.

use cupcast::tournament::file;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    files
}

/// The messages about a broken file, which messages call by its name alone.
fn messages(path: &Path) -> String {
    let name = path.file_name().expect("a file").to_string_lossy();
    let text = fs::read_to_string(path).expect("a readable file");
    match file::read(&name, &text) {
        Ok(_) => panic!("{name} is broken, but was read without a complaint"),
        Err(diagnostics) => diagnostics.to_string(),
    }
}

#[test]
fn every_broken_file_gives_its_whole_message() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let files = toml_files(&folder("tests/bad"));
    assert!(files.len() >= 25, "only {} broken files", files.len());
    let mut differences = Vec::new();
    for path in files {
        let found = messages(&path);
        let expected = path.with_extension("txt");
        if update {
            fs::write(&expected, &found).expect("a writable file");
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if found != wanted {
            differences.push(format!(
                "{}:\n{found}\n--- instead of\n{wanted}",
                path.display()
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn every_tiny_cup_can_be_read_without_warnings() {
    for path in toml_files(&folder("models/tiny")) {
        let text = fs::read_to_string(&path).expect("a readable file");
        match file::read_with_sources(&path.display().to_string(), &text) {
            Ok(reading) => assert_eq!(reading.warnings, None, "{}", path.display()),
            Err(diagnostics) => panic!("{diagnostics}"),
        }
    }
}

#[test]
fn a_text_nested_without_end_is_refused() {
    for opening in ["[", "{a=", "[{a="] {
        let text = format!("format = {}", opening.repeat(50_000));
        let diagnostics = file::read("deep.toml", &text).expect_err("this is not TOML");
        assert!(!diagnostics.to_string().is_empty());
    }
}

/// Valid files of every kind, as starting points for damage.
fn valid_files() -> Vec<String> {
    let mut folders = vec![folder("models/tiny"), folder("models/ccl/history")];
    folders.push(folder("models/ccl"));
    let files = folders.iter().flat_map(|folder| toml_files(folder));
    files
        .map(|path| fs::read_to_string(path).expect("a readable file"))
        .collect()
}

/// One act of damage to a text: replace, drop or repeat some bytes, or cut the rest off.
#[derive(Debug, Clone)]
enum Damage {
    Replace(prop::sample::Index, u8),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Truncate(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    // Printable bytes are likelier to leave TOML that can be read than bytes of any kind.
    let byte = prop_oneof![4 => 32u8..127, 1 => any::<u8>()];
    prop_oneof![
        6 => (index(), byte).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        3 => (index(), 1usize..80).prop_map(|(at, length)| Damage::Remove(at, length)),
        3 => (index(), 1usize..80).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => index().prop_map(Damage::Truncate),
    ]
}

fn apply(text: &mut Vec<u8>, damage: &Damage) {
    if text.is_empty() {
        return;
    }
    match damage {
        Damage::Replace(at, byte) => {
            let at = at.index(text.len());
            text[at] = *byte;
        }
        Damage::Remove(at, length) => {
            let at = at.index(text.len());
            text.drain(at..(at + length).min(text.len()));
        }
        Damage::Repeat(at, length) => {
            let at = at.index(text.len());
            let copy = text[at..(at + length).min(text.len())].to_vec();
            text.splice(at..at, copy);
        }
        Damage::Truncate(at) => text.truncate(at.index(text.len())),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to a file, reading it ends in a tournament or in messages that can be printed.
    #[test]
    fn damaged_files_are_refused_or_read_but_never_crash(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let files = valid_files();
        let mut bytes = which.get(&files).clone().into_bytes();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        let text = String::from_utf8_lossy(&bytes);
        let outcomes = [
            file::read("damaged.toml", &text).err(),
            file::read_edition("damaged.toml", &text).err(),
        ];
        for diagnostics in outcomes.into_iter().flatten() {
            prop_assert!(diagnostics.has_errors());
            for coloured in [false, true] {
                prop_assert!(!diagnostics.render(coloured).is_empty());
            }
        }
    }

    /// What is read in spite of damage is whole: every id of it can be followed.
    #[test]
    fn damaged_files_that_can_be_read_are_whole(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..2),
    ) {
        let files = valid_files();
        let mut bytes = which.get(&files).clone().into_bytes();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        if let Ok(tournament) = file::read("damaged.toml", &String::from_utf8_lossy(&bytes)) {
            for club in tournament.club_ids() {
                let group = tournament.group_of(club);
                prop_assert_eq!(tournament.group(group).clubs.len(), 3);
                prop_assert_eq!(tournament.fixtures_of(group).count(), 6);
            }
            prop_assert_eq!(tournament.bracket.ties.len() + 1, tournament.groups.len());
            let edition = tournament.to_edition();
            let (group_matches, legs) = tournament.known_matches();
            prop_assert_eq!(edition.matches.len(), group_matches + legs);
        }
    }
}
