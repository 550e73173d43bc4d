//! What no number may do: every border has its range, says it, and lets nothing through that a forecast cannot be made of.

use super::command::{cupcast, json, refusal, stdout};
use std::path::PathBuf;

/// A file of these bytes in a folder of this test.
fn file(name: &str, bytes: &[u8]) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ranges");
    std::fs::create_dir_all(&folder).expect("a test folder");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the test folder can be written");
    path.to_str().expect("a path").to_owned()
}

/// The rates of 2013-14 with every number this one.
fn even_rates(name: &str, goals: &str) -> String {
    let rates = stdout(&["rates", "--format", "csv"]);
    let lines = rates.lines().enumerate().map(|(index, line)| {
        let cells: Vec<&str> = line.split(',').collect();
        if index == 0 {
            line.to_owned()
        } else {
            format!("{},{},{goals},{goals},{goals},{goals}", cells[0], cells[1])
        }
    });
    file(name, lines.collect::<Vec<_>>().join("\n").as_bytes())
}

#[test]
fn changed_strengths_stay_within_what_a_match_could_have() {
    let most = even_rates("rates-30.csv", "30");
    let simulate = ["forecast", "--sims", "100", "--rates", &most];
    let odds = json(&[&simulate[..], &["--format", "json"]].concat());
    assert!(odds["clubs"].is_array(), "the highest rates can be played");
    let said = refusal(
        &[
            &simulate[..],
            &["--strength", "TOL=3", "--strength", "CA=-3"],
        ]
        .concat(),
    );
    for part in [
        "Toluca stronger by 3",
        "Tijuana at home to Toluca would have",
        "expected goals; a side's rate lies between 0.0001 and 30",
        "make the changes smaller",
    ] {
        assert!(said.contains(part), "`{part}` is missing in {said}");
    }
    // The same holds for draws of the parameters: what they make of a strength is held at the bounds.
    let usual = ["forecast", "--sims", "100", "--parameters", "draws=20"];
    stdout(&[&usual[..], &["--strength", "TOL=1.2"]].concat());
    let exact = ["forecast", "--exact", "--rates", &most];
    let said = refusal(&exact);
    assert!(said.contains("more than about 8 expected goals"), "{said}");
    let beyond = even_rates("rates-31.csv", "31");
    let said = refusal(&["forecast", "--rates", &beyond]);
    assert!(
        said.contains("`31` is no number from 0.0001 to 30"),
        "{said}"
    );
}

/// A cup of its own without earlier editions: one warning, rates of football in general, intervals without a crash.
#[test]
fn a_cup_without_a_history_rests_on_football_in_general() {
    let cup = "models/tiny/two-groups.toml";
    for more in [&["--intervals"][..], &["--parameters", "draws=20"], &[]] {
        let run = cupcast(&[&["forecast", cup, "--sims", "1000"][..], more].concat());
        let told = String::from_utf8(run.stderr).expect("text is UTF-8");
        assert!(run.status.success(), "{told}");
        assert_eq!(told.matches("warning").count(), 1, "{told}");
        assert!(told.contains("no earlier edition to learn from"), "{told}");
        let text = String::from_utf8(run.stdout).expect("text is UTF-8");
        assert!(!text.contains("NaN"), "{text}");
    }
    let rates = stdout(&["rates", cup, "--format", "csv"]);
    let first = rates.lines().nth(1).expect("a pairing");
    let goals: Vec<f64> = first
        .split(',')
        .skip(2)
        .map(|cell| cell.parse().expect("a number"))
        .collect();
    assert!(
        (goals[0] - 1.905).abs() < 0.001 && (goals[1] - 1.111).abs() < 0.001,
        "{first}"
    );
}

#[test]
fn a_precision_has_a_range() {
    for (option, words) in [
        (
            ["--exact", "--tolerance", "300%"],
            "the coarsest precision is 10pp",
        ),
        (["--exact", "--tolerance", "0"], "a precision is above zero"),
        (
            ["--exact", "--tolerance", "1e-9"],
            "the finest precision is 0.00001pp",
        ),
        (
            ["--sims=10", "--precision", "20pp"],
            "the coarsest precision is 10pp",
        ),
    ] {
        let said = refusal(&[&["forecast"][..], &option].concat());
        assert!(said.contains(words), "{option:?}: {said}");
    }
}

#[test]
fn every_text_input_says_that_it_is_not_utf_8() {
    let text: Vec<u8> = "format = 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let path = file("utf16", &[&[0xff, 0xfe][..], &text].concat());
    let cases: [&[&str]; 8] = [
        &["check", &path],
        &["forecast", &path],
        &["fit", "--model", &path],
        &["fit", "--fitted", &path],
        &["rates", "--rates", &path],
        &["forecast", "--what-if", &path],
        &["backtest", "--models", &path],
        &["backtest", "--odds", &path],
    ];
    for arguments in cases {
        let said = refusal(arguments);
        assert!(said.contains("UTF-16"), "{arguments:?}: {said}");
    }
}

#[cfg(unix)]
mod the_machine {
    use std::process::{Command, Output};

    /// Runs the program from a shell line, in which it is called `cupcast`.
    fn shell(line: &str) -> Output {
        let line = line.replace("cupcast", env!("CARGO_BIN_EXE_cupcast"));
        let mut shell = Command::new("sh");
        let shell = shell
            .args(["-c", &line])
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        shell.output().expect("there is a shell")
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_stderr_changes_no_exit_code() {
        for (arguments, code) in [
            ("forecast --as-of garbage", 2),
            ("forecast models/tiny/two-groups.toml --sims 10", 0),
            ("check no-such-file.toml", 2),
            ("forecast --sims 10 --format csv", 0),
            ("forecast --no-such-option", 2),
        ] {
            let full = shell(&format!("cupcast {arguments} 2>/dev/full"));
            assert_eq!(full.status.code(), Some(code), "{arguments}");
            let closed = shell(&format!("cupcast {arguments} 2>&-"));
            assert_eq!(closed.status.code(), Some(code), "{arguments}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn more_threads_than_the_system_starts_are_a_failure_of_the_machine() {
        for command in [
            "forecast --sims 1000",
            "ask 'TOL champion' --sims 1000",
            "verify --sims 1000",
        ] {
            let run = shell(&format!(
                "ulimit -v 2097152; cupcast {command} --threads 1024"
            ));
            let said = String::from_utf8_lossy(&run.stderr);
            assert_eq!(run.status.code(), Some(1), "{command}: {said}");
            assert!(
                said.contains("the system does not start 1024 threads"),
                "{said}"
            );
            assert!(run.stdout.is_empty(), "{command}");
        }
    }
}
