//! What the README and the pages of the guide show is what the program prints: their commands are run, line by line, and so is
//! their Python.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

const PAGES: [&str; 4] = [
    "README.md",
    "src/guide/analysts.md",
    "src/guide/organisers.md",
    "src/guide/engineers.md",
];

/// The blocks of a page that begin with this line.
fn blocks<'a>(page: &'a str, fence: &str) -> Vec<&'a str> {
    let begin = format!("\n```{fence}\n");
    let opened = page.split(begin.as_str()).skip(1);
    opened
        .map(|rest| rest.split("\n```").next().expect("an end of the block"))
        .collect()
}

/// Runs a line of the shell in a folder, with `cupcast` on the search path; what it prints on stdout.
fn run(line: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_cupcast"));
    let own = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", format!("{own}:{path}"))
        .env_remove("COLUMNS")
        .output()
        .expect("a shell");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{line}` failed:\n{errors}");
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

/// Asserts that the lines shown are those printed, in order, where `...` stands for any lines.
fn compare(line: &str, shown: &[&str], printed: &str) {
    let mut rest = printed.lines();
    let mut gap = false;
    for expected in shown {
        if *expected == "..." {
            gap = true;
            continue;
        }
        let found = if gap {
            rest.any(|one| one == *expected)
        } else {
            rest.next() == Some(*expected)
        };
        assert!(
            found,
            "`{line}` does not print:\n{expected}\nbut:\n{printed}"
        );
        gap = false;
    }
    assert!(
        gap || rest.next().is_none(),
        "`{line}` prints more:\n{printed}"
    );
}

/// A Python that has pandas: the one that `.ci/run` makes, or that of the machine.
fn python_with_pandas() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pandas/bin/python3");
    [own, PathBuf::from("python3")].into_iter().find(|python| {
        let tried = Command::new(python).args(["-c", "import pandas"]).output();
        tried.is_ok_and(|output| output.status.success())
    })
}

/// Runs a snippet, up to the end of its block, on the files that the commands before it have written, and compares what it prints
/// with the block of text that follows. Its last line, which draws, is left out.
fn check_python(snippet: &str, folder: &Path) {
    let Some(python) = python_with_pandas() else {
        eprintln!(
            "skipped: no pandas; `python3 -m venv target/pandas && target/pandas/bin/pip install pandas` puts it there"
        );
        return;
    };
    let (code, rest) = snippet.split_once("\n```").expect("an end of the block");
    let code: Vec<&str> = code
        .lines()
        .filter(|line| !line.contains(".plot("))
        .collect();
    let output = Command::new(python)
        .args(["-c", &code.join("\n")])
        .current_dir(folder)
        .output()
        .expect("it has just run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let shown: Vec<&str> = blocks(rest, "text")[0].lines().map(str::trim_end).collect();
    let printed = String::from_utf8(output.stdout).expect("text is UTF-8");
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    assert_eq!(shown, printed, "the snippet prints something else");
}

/// A folder as the pages assume it: that of the project, with a tournament file of one's own.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    symlink(models, folder.path().join("models")).expect("a link");
    fs::copy(
        folder.path().join("models/tiny/two-groups.toml"),
        folder.path().join("my-cup.toml"),
    )
    .expect("a copy");
    folder
}

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).expect("the page")
}

#[test]
fn pages_show_real_output() {
    for name in PAGES {
        let page = page(name);
        let folder = desk();
        let mut commands = 0;
        for block in blocks(&page, "text") {
            for session in format!("\n{block}").split("\n$ ").skip(1) {
                let mut lines = session.lines();
                let line = lines.next().expect("a command");
                let shown: Vec<&str> = lines.collect();
                compare(line, &shown, &run(line, folder.path()));
                commands += 1;
            }
        }
        assert!(commands >= 2, "{name}: {commands} commands");
        for snippet in page.split("\n```python\n").skip(1) {
            check_python(snippet, folder.path());
        }
    }
    let start = page("results/ccl-2013-14-start.txt");
    assert!(page("README.md").contains(start.trim_end()));
}

#[test]
fn pages_name_options_that_exist() {
    let folder = desk();
    let mut commands = 0;
    for name in PAGES {
        let page = page(name);
        let lines = blocks(&page, "sh").into_iter().flat_map(str::lines);
        for line in lines.filter(|line| line.starts_with("cupcast")) {
            let command = line.split(['#', '>']).next().unwrap_or(line).trim();
            let help = run(&format!("{command} --help"), folder.path());
            assert!(help.contains("Usage: cupcast"), "{line}");
            commands += 1;
        }
    }
    assert!(commands >= 20, "{commands} commands");
}
