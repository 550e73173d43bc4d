//! Where results go: forms by the ending of a file, files that are safe from the program, pictures as pixels, quiet signals.

use crate::command::{cupcast, refusal, stdout};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const TINY: &str = "models/tiny/two-groups.toml";

/// So many tournaments would take days: whoever refuses at once has not begun to play them.
const ENDLESS: &str = "100G";

/// A folder for one test.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// The path of a file in it, as a word of the command line.
    fn path(&self, name: &str) -> String {
        let path = self.0.path().join(name);
        path.to_str().expect("a plain path").to_owned()
    }

    /// Writes a file into it.
    fn put(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).expect("the folder can be written");
        path
    }

    /// The names of what is in it.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn tiny() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(TINY)).expect("the tiny cup")
}

#[test]
fn the_form_follows_the_ending_of_the_file() {
    let desk = Desk::new();
    let cases: [(&[&str], &str, &str); 12] = [
        (
            &["forecast", TINY, "--sims", "100"],
            "a.csv",
            "code,name,association,",
        ),
        (&["forecast", TINY, "--sims", "100"], "a.JSON", "{\n"),
        (
            &["forecast", TINY, "--sims", "100"],
            "a.txt",
            "Tiny Cup 2020\n",
        ),
        (&["forecast", TINY, "--sims", "100"], "a", "Tiny Cup 2020\n"),
        (
            &["forecast", TINY, "--sims", "100", "--format", "csv"],
            "a.csv.tmp",
            "code,name,",
        ),
        (&["rates", TINY], "r.csv", "home,away,"),
        (&["table", TINY], "t.csv", "group,place,"),
        (
            &["scenarios", "--as-of", "md5"],
            "s.csv",
            "code,name,group,",
        ),
        (
            &["report", TINY, "--sims", "100"],
            "r.md",
            "# Tiny Cup 2020",
        ),
        (
            &["report", TINY, "--sims", "100"],
            "r.htm",
            "<!doctype html>",
        ),
        (
            &["plot", "title-odds", TINY, "--sims", "100"],
            "p.svg",
            "<svg ",
        ),
        (
            &["ask", "TOL champion", "--sims", "100"],
            "q.csv",
            "question,",
        ),
    ];
    for (words, name, beginning) in cases {
        let path = desk.path(name);
        assert_eq!(
            stdout(&[words, &["--output", &path]].concat()),
            "",
            "{name}"
        );
        let text = fs::read_to_string(&path).expect("the file");
        assert!(text.starts_with(beginning), "{words:?} {name}: {text}");
    }
}

#[test]
fn what_cannot_be_written_in_a_form_is_refused_by_name() {
    let desk = Desk::new();
    let cases: [(&[&str], &str, &str); 10] = [
        (&["forecast"], "odds.docx", "cannot write .docx files"),
        (
            &["forecast"],
            "odds.html",
            "`cupcast report` writes .html and .md",
        ),
        (
            &["timeline"],
            "t.png",
            "`cupcast plot` writes .svg and .png",
        ),
        (
            &["report"],
            "r.pdf",
            "cannot write .pdf files; name a file that ends in .html or .md",
        ),
        (
            &["plot", "seeds"],
            "s.jpg",
            "name a file that ends in .svg or .png",
        ),
        (&["bench"], "b.csv", "cannot write .csv files"),
        (&["fit"], "model.toml", "name a file that ends in .json"),
        (
            &["forecast", "--format", "csv"],
            "o.json",
            "--format csv contradicts the ending .json",
        ),
        (
            &["plot", "seeds", "--format", "svg"],
            "s.png",
            "--format svg contradicts",
        ),
        (
            &["report", "--format", "md"],
            "r.html",
            "--format md contradicts the ending .html",
        ),
    ];
    for (words, name, expected) in cases {
        let said = refusal(&[words, &["--output", &desk.path(name)]].concat());
        assert!(said.contains(expected), "{said}");
    }
    let said = refusal(&["bench", "--plot", &desk.path("b.pdf")]);
    assert!(said.contains("cannot write .pdf files"), "{said}");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_table_is_a_csv_too() {
    let table = stdout(&["table", "--as-of", "groups", "--format", "csv"]);
    let mut lines = table.lines();
    assert_eq!(
        lines.next(),
        Some(
            "group,place,level,code,name,played,won,drawn,lost,goals_for,goals_against,goal_difference,\
             away_goals,away_wins,points,seed,seed_level,seed_settled"
        )
    );
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), 24);
    // The published table of group 6: Toluca first with four wins, 15-4 goals and the first seed.
    let toluca = rows.iter().find(|row| row.contains(",Toluca,"));
    assert_eq!(
        toluca.copied(),
        Some("6,1,false,TOL,Toluca,4,4,0,0,15,4,11,7,2,12,1,false,true")
    );
    let seedless = rows.iter().filter(|row| row.ends_with(",,,")).count();
    assert_eq!(seedless, 16);
}

/// Asserts that a command refuses to write over what it reads, at once and without touching it.
fn assert_kept(words: &[&str], path: &str) {
    let before = fs::read(path).expect("the file");
    let said = refusal(&[words, &["--output", path]].concat());
    let expected = "would replace a file that this command reads";
    assert!(said.contains(expected), "{words:?}: {said}");
    assert_eq!(fs::read(path).expect("the file"), before, "{words:?}");
}

#[test]
fn an_output_that_is_an_input_is_refused_before_the_work() {
    let desk = Desk::new();
    let past = desk.put(
        "past",
        "format = 1\n[history]\nid = \"tiny-2019\"\ncompetition = \"Tiny Cup\"\nedition = \"2019\"\n\
         pots_comparable = false\n\
         [[club]]\ncode = \"ANT\"\nname = \"Ants\"\nassociation = \"North\"\nbest_finish = \"none\"\n\
         [[club]]\ncode = \"BEE\"\nname = \"Bees\"\nassociation = \"South\"\nbest_finish = \"none\"\n\
         [schedule]\nmatches = [\n{ group = \"A\", matchday = 1, date = 2019-08-01, home = \"ANT\", away = \"BEE\", \
         score = \"2-1\" },\n]\n",
    );
    let text = tiny().replace(
        "edition = \"2020\"\n",
        "edition = \"2020\"\nhistory = [\"past\"]\n",
    );
    let cup = desk.put("cup", &text);
    let model = desk.put(
        "model.toml",
        "format = 1\nname = \"mine\"\n[[term]]\nkind = \"column\"\nfile = \"power\"\ncolumn = \"power\"\nsd = 0.5\n",
    );
    let power = desk.put(
        "power",
        "club,power\nAnts,1\nBees,2\nCats,3\nDogs,4\nElks,5\nFoxes,6\n",
    );
    let what_if = desk.put("what-if", "format = 1\nfixes = [\"ANT-BEE 2-1\"]\n");
    let rates = desk.put("rates", &stdout(&["rates", TINY, "--format", "csv"]));
    let fitted = desk.path("fitted");
    stdout(&["fit", "--output", &fitted]);
    let odds = desk.path("odds");
    fs::copy("models/goal-models/odds-example.csv", &odds).expect("a copy");
    let soft = desk.path("soft");
    symlink("cup", &soft).expect("a link");
    let hard = desk.path("hard");
    fs::hard_link(&cup, &hard).expect("a link");
    let roundabout =
        desk.path("./../") + "/" + desk.0.path().file_name().unwrap().to_str().unwrap() + "/cup";
    for path in [&cup, &soft, &hard, &roundabout, &past] {
        assert_kept(&["forecast", &cup, "--sims", ENDLESS], path);
    }
    let forecast = ["forecast", &cup, "--sims", ENDLESS];
    assert_kept(
        &[&forecast[..], &["--what-if", &what_if]].concat(),
        &what_if,
    );
    assert_kept(&[&forecast[..], &["--rates", &rates]].concat(), &rates);
    assert_kept(
        &[
            "forecast", "--fitted", &fitted, "--as-of", "start", "--sims", ENDLESS,
        ],
        &fitted,
    );
    let compared = ["what-if", "--tournament", &cup, "--sims", ENDLESS, &what_if];
    assert_kept(&compared, &what_if);
    assert_kept(&compared, &cup);
    for command in ["rates", "leverage", "report", "timeline"] {
        assert_kept(&[command, &cup], &cup);
        assert_kept(&[command, &cup], &past);
    }
    assert_kept(&["table", &cup], &cup);
    assert_kept(&["draw", &cup], &cup);
    assert_kept(&["plot", "seeds", &cup], &cup);
    assert_kept(&["ask", "ANT champion", "--tournament", &cup], &cup);
    assert_kept(&["backtest", "--odds", &odds], &odds);
    // The model and its ratings have endings of their own that no result has, but for CSV.
    fs::rename(&power, desk.path("power.csv")).expect("another name");
    let text = fs::read_to_string(&model).expect("the model");
    let model = desk.put(
        "model.toml",
        &text.replace("\"power\"\nc", "\"power.csv\"\nc"),
    );
    let power = desk.path("power.csv");
    assert_kept(&["rates", TINY, "--model", &model], &power);
}

#[test]
fn what_cannot_be_written_is_refused_before_the_work() {
    let desk = Desk::new();
    let plain = desk.put("plain", "");
    fs::create_dir(desk.path("folder.csv")).expect("a folder");
    for (path, fact) in [
        (desk.path("missing/odds.csv"), "No such file"),
        (desk.path("folder.csv"), "it is a folder"),
        (desk.path("new.csv/"), "it is a folder"),
        (plain + "/odds.csv", "Not a directory"),
        (desk.path(&"x".repeat(300)), "File name too long"),
    ] {
        let output = cupcast(&["forecast", "--sims", ENDLESS, "--output", &path]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{path}: {errors}");
        assert!(
            errors.contains("cannot write") && errors.contains(fact),
            "{errors}"
        );
    }
    assert_eq!(desk.names(), ["folder.csv", "plain"]);
}

/// The permissions of a file that a shell with a mask had written.
fn mode_after(mask: &str, path: &str) -> u32 {
    let program = env!("CARGO_BIN_EXE_cupcast");
    let line = format!("umask {mask}; exec '{program}' table '{TINY}' --output '{path}'");
    let status = Command::new("sh")
        .args(["-c", &line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.expect("a shell").success());
    fs::metadata(path).expect("the file").permissions().mode() & 0o777
}

#[test]
fn a_new_file_heeds_the_mask_and_a_replaced_one_keeps_its_permissions() {
    let desk = Desk::new();
    assert_eq!(mode_after("027", &desk.path("a.txt")), 0o640);
    assert_eq!(mode_after("000", &desk.path("b.txt")), 0o666);
    let kept = desk.put("c.txt", "old");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o604)).expect("permissions");
    assert_eq!(mode_after("077", &kept), 0o604);
    symlink("new.txt", desk.path("link.txt")).expect("a link");
    assert_eq!(mode_after("022", &desk.path("link.txt")), 0o644);
    assert!(Path::new(&desk.path("link.txt")).is_symlink());
    assert_eq!(
        desk.names(),
        ["a.txt", "b.txt", "c.txt", "link.txt", "new.txt"]
    );
}

#[test]
fn a_signal_ends_the_program_and_leaves_nothing_behind() {
    const SIGNALS: [(&str, i32); 2] = [("INT", 2), ("TERM", 15)];
    for (name, number) in SIGNALS {
        let desk = Desk::new();
        let mut child = Command::new(env!("CARGO_BIN_EXE_cupcast"))
            .args(["forecast", "--sims", ENDLESS, "--threads", "1", "--output"])
            .arg(desk.path("odds.json"))
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(700));
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.expect("`kill` is everywhere").success());
        let status = child.wait().expect("the program ends");
        assert_eq!(status.signal(), Some(number), "{name}: {status}");
        assert_eq!(desk.names(), [""; 0], "{name}");
    }
}

#[test]
fn text_is_the_same_bytes_and_the_time_goes_to_stderr() {
    for words in [
        &["forecast", "--sims", "10k"][..],
        &["forecast", "--before-draw", "--sims", "1k"],
        &["paths", "TOL", "--sims", "1k"],
        &["ask", "TOL champion", "--sims", "1k"],
        &["leverage", "--as-of", "md5", "--sims", "1k"],
        &[
            "what-if",
            "models/what-if/no-away-goals.toml",
            "--sims",
            "1k",
        ],
    ] {
        let once = cupcast(words);
        let again = cupcast(&[words, &["--threads", "1"]].concat());
        assert_eq!(once.stdout, again.stdout, "{words:?}");
        let said = String::from_utf8_lossy(&once.stderr);
        assert!(
            said.lines().any(|line| line.starts_with("took ")),
            "{words:?}: {said}"
        );
    }
}

/// What a command prints on a terminal of a kind, with one more variable set; nothing where no terminal can be made.
fn on_a_terminal(kind: &str, variable: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_cupcast");
    let line =
        format!("'{program}' forecast '{TINY}' --sims 1k --top 2; '{program}' check no.toml");
    let output = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("TERM", kind)
        .env_remove("NO_COLOR")
        .env(variable, "1")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.contains("Tiny Cup").then_some(text)
}

#[test]
fn a_dumb_terminal_and_a_user_who_wants_none_get_no_colours() {
    let Some(coloured) = on_a_terminal("xterm", "CUPCAST_NOTHING") else {
        eprintln!("skipped: `script`, which makes terminals, is not installed");
        return;
    };
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    for (kind, variable) in [("dumb", "CUPCAST_NOTHING"), ("xterm", "NO_COLOR")] {
        let plain = on_a_terminal(kind, variable).expect("a terminal as before");
        assert!(!plain.contains('\u{1b}'), "{kind} {variable}: {plain}");
    }
}

#[test]
fn no_text_of_a_user_reaches_a_terminal_unescaped() {
    let hostile = "a\u{1b}[2Jb\u{9b}31m\u{202e}c\u{200b}";
    let desk = Desk::new();
    let path = desk.path(hostile);
    fs::write(&path, stdout(&["rates", TINY, "--format", "csv"])).expect("a file");
    for words in [
        &[hostile][..],
        &["forecast", "--as-of", hostile],
        &["forecast", "--club", hostile],
        &["forecast", "--fix", hostile],
        &["forecast", "--sims", hostile],
        &["forecast", &format!("--{hostile}")],
        &["ask", hostile],
        &["check", &path],
        &["forecast", "--what-if", &path],
        &["forecast", "--model", &path],
        &["forecast", "--fitted", &path],
        &["rates", TINY, "--rates", &path],
        &["rates", TINY, "--rates", &path, "--format", "json"],
        &["forecast", TINY, "--rates", &path, "--sims", "100"],
        &[
            "forecast", TINY, "--rates", &path, "--sims", "100", "--format", "json",
        ],
        &[
            "ask",
            "ANT champion",
            "--tournament",
            TINY,
            "--rates",
            &path,
            "--sims",
            "100",
        ],
        &["report", TINY, "--rates", &path, "--sims", "100"],
        &[
            "report", TINY, "--rates", &path, "--sims", "100", "--format", "md",
        ],
        &["forecast", "--output", &(path.clone() + "/x.csv")],
    ] {
        let output = cupcast(words);
        for bytes in [output.stdout, output.stderr] {
            let text = String::from_utf8(bytes).expect("text is UTF-8");
            let hidden = ['\u{1b}', '\u{9b}', '\u{202e}', '\u{200b}'];
            assert!(!text.contains(hidden), "{words:?}: {text:?}");
        }
    }
}

#[test]
fn names_are_harmless_in_every_form() {
    let desk = Desk::new();
    let text = tiny()
        .replace("\"Ants\"", "\"=HYPERLINK(\\\"x\\\")\"")
        .replace("\"Bees\"", "\"@SUM(1|2)\"")
        .replace("\"Cats\"", "\"+1\"")
        .replace("\"Dogs\"", "\"-x <b>&amp;\"")
        .replace("\"Tiny Cup\"", "\"=1 | *Cup* <i>\"");
    let cup = desk.put("cup.toml", &text);
    let forecast = stdout(&["forecast", &cup, "--sims", "100", "--format", "csv"]);
    for name in [
        "\"'=HYPERLINK(\"\"x\"\")\"",
        "'@SUM(1|2)",
        "'+1",
        "'-x <b>&amp;",
    ] {
        assert!(forecast.contains(&format!(",{name},")), "{forecast}");
    }
    let table = stdout(&["table", &cup, "--format", "csv"]);
    assert!(table.contains(",'@SUM(1|2),"), "{table}");
    let markdown = stdout(&["report", &cup, "--sims", "100", "--format", "md"]);
    assert!(
        markdown.starts_with("# =1 \\| \\*Cup\\* &lt;i> 2020\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("@SUM(1\\|2)") && !markdown.contains("@SUM(1|2)"),
        "{markdown}"
    );
    for words in [
        &["report"][..],
        &["plot", "title-odds"],
        &["plot", "bracket"],
    ] {
        let page = stdout(&[words, &[&cup, "--sims", "100"]].concat());
        assert!(
            page.contains("&lt;b&gt;&amp;amp;") && !page.contains("<b>"),
            "{page}"
        );
    }
}

/// The width, the height and the bytes of a PNG.
fn png(words: &[&str]) -> (u32, u32, Vec<u8>) {
    let output = cupcast(words);
    assert!(
        output.status.success(),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let bytes = output.stdout;
    assert!(
        bytes.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        "{words:?}"
    );
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20), bytes)
}

#[test]
fn a_picture_is_drawn_in_pixels_too() {
    let plot = ["plot", "title-odds", TINY, "--sims", "100"];
    let (width, height, light) = png(&[&plot[..], &["--format", "png"]].concat());
    assert_eq!(width, 1440);
    let desk = Desk::new();
    let path = desk.path("odds.png");
    stdout(&[&plot[..], &["--output", &path]].concat());
    assert_eq!(
        fs::read(&path).expect("the file"),
        light,
        "the same bytes in a file"
    );
    let dark = ["--format", "png", "--theme", "dark", "--width", "720"];
    let (width, half, dark) = png(&[&plot[..], &dark].concat());
    assert_eq!((width, half), (720, height / 2));
    assert_ne!(light, dark);
    let svg = stdout(&[&plot[..], &["--theme", "dark", "--width", "1000"]].concat());
    assert!(
        svg.contains(" width=\"1000\" ") && svg.contains("viewBox=\"0 0 720 "),
        "{svg}"
    );
    assert!(!svg.contains("prefers-color-scheme"), "one theme alone");
    for kind in [
        "seeds",
        "bracket",
        "timeline",
        "leverage",
        "calibration",
        "ratings",
    ] {
        png(&[
            "plot", kind, "--as-of", "md5", "--sims", "100", "--format", "png", "--phone",
        ]);
    }
}

#[test]
fn a_message_that_cannot_be_written_changes_no_exit_code() {
    let full = || fs::File::options().write(true).open("/dev/full");
    let Ok(_) = full() else {
        eprintln!("skipped: there is no /dev/full here");
        return;
    };
    for (words, code) in [
        (&["forecast", "--as-of", "garbage"][..], 2),
        (&["forecast", TINY, "--sims", "100"], 0),
        (&["nonsense"], 2),
    ] {
        let status = Command::new(env!("CARGO_BIN_EXE_cupcast"))
            .args(words)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(full().expect("as before"))
            .status();
        assert_eq!(
            status.expect("the program starts").code(),
            Some(code),
            "{words:?}"
        );
    }
}
