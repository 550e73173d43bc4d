//! Pictures, reports, completions and the terminal's views, as a user asks for them.

use crate::command::{printed_in, refusal, stdout as printed};

#[test]
fn every_picture_is_one_svg_and_the_same_each_time() {
    for kind in [
        "title-odds",
        "seeds",
        "bracket",
        "timeline",
        "leverage",
        "ratings",
    ] {
        let args = [
            "plot", kind, "--as-of", "md4", "--sims", "2k", "--seed", "7",
        ];
        let picture = printed(&args);
        assert!(picture.starts_with("<svg xmlns="), "{kind}");
        assert!(picture.ends_with("</svg>\n"), "{kind}");
        assert!(picture.contains("Cruz Azul"), "{kind}");
        assert_eq!(picture, printed(&args), "{kind}");
        let mut one_thread = args.to_vec();
        one_thread.extend(["--threads", "1"]);
        assert_eq!(picture, printed(&one_thread), "{kind} on one thread");
    }
}

#[test]
fn a_picture_shows_the_numbers_of_the_forecast() {
    let csv = printed(&["forecast", "--sims", "2k", "--seed", "7", "--format", "csv"]);
    let picture = printed(&["plot", "title-odds", "--sims", "2k", "--seed", "7"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title == name)
            .expect("a column")
    };
    let (name, title) = (column("name"), column("title"));
    let mut compared = 0;
    for row in reader.records().map(|row| row.expect("a row")) {
        let odds: f64 = row[title].parse().expect("a number");
        if odds >= 0.01 {
            let expected = format!("{} wins the cup: {:.1}%", &row[name], odds * 100.0);
            assert!(picture.contains(&expected), "{expected}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "only {compared} clubs compared");
}

#[test]
fn a_report_is_one_file_that_asks_for_nothing() {
    let page = printed(&["report", "--sims", "2k", "--as-of", "md3"]);
    for part in [
        "title-odds",
        "groups",
        "seeds",
        "bracket",
        "timeline",
        "leverage",
        "model",
        "calibration",
        "making",
    ] {
        assert!(page.contains(&format!("<section id=\"{part}\"")), "{part}");
    }
    for outside in [
        "http://", "https://", "<script", "<link", "<img", "url(", "@import",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    // Ids are unique, and every address inside the page leads somewhere.
    let mut ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for rest in page.split("href=\"#").skip(1) {
        let target = rest.split('"').next().expect("an address ends");
        assert!(ids.contains(&target), "{target}");
    }
    // A table behind every picture, each with a caption and headings that say what they head.
    assert_eq!(
        page.matches("<figure>").count(),
        page.matches("<details>").count()
    );
    assert_eq!(
        page.matches("<table").count(),
        page.matches("<caption>").count()
    );
    assert!(page.matches("scope=\"row\"").count() > 24);
    assert!(page.contains("cupcast report ccl-2013-14 --as-of md3 --sims 2000 --seed 1"));
}

#[test]
fn the_command_in_a_report_makes_it_again() {
    let fix = "TOL-CAL 2-1";
    let page = printed(&["report", "--sims", "2k", "--format", "md", "--fix", fix]);
    let command = "cupcast report ccl-2013-14 --fix 'TOL-CAL 2-1' --sims 2000 --seed 1 --format md";
    assert!(page.contains(command), "{page}");
    let again = [
        "report",
        "ccl-2013-14",
        "--fix",
        fix,
        "--sims",
        "2000",
        "--seed",
        "1",
        "--format",
        "md",
    ];
    assert_eq!(page, printed(&again));
}

#[test]
fn the_command_in_a_report_names_the_model() {
    let page = printed(&[
        "report", "--sims", "200", "--as-of", "qf", "--model", "home",
    ]);
    let command = "cupcast report ccl-2013-14 --as-of qf --model home --sims 200 --seed 1";
    assert!(page.contains(command));
}

#[test]
fn a_picture_without_anything_to_show_says_why() {
    let said = refusal(&["plot", "leverage", "--as-of", "now"]);
    assert!(said.contains("no match is left to be played"), "{said}");
    let said = refusal(&[
        "plot",
        "timeline",
        "models/tiny/two-groups.toml",
        "--as-of",
        "start",
    ]);
    assert!(said.contains("one moment"), "{said}");
}

#[test]
fn the_reliability_of_a_model_is_drawn_with_its_counts() {
    let picture = printed(&["plot", "calibration", "--sims", "200"]);
    let default = printed(&["plot", "calibration", "--sims", "200", "--model", "home"]);
    assert!(picture.contains("Forecasts of home wins in past editions"));
    assert_ne!(picture, default, "another model is another diagram");
}

#[test]
fn a_known_bracket_is_printed_with_its_scores() {
    // The published results of 2013-14: Cruz Azul champion after 0-0 and 1-1.
    let tree = printed(&["forecast", "--as-of", "now", "--sims", "10", "--bracket"]);
    assert!(tree.contains("\n\nchampion: Cruz Azul\n"), "{tree}");
    assert!(tree.contains("winner of SF1: Toluca\n"), "{tree}");
    assert!(tree.contains("winner of SF2: Cruz Azul\n"), "{tree}");
    let picture = printed(&["plot", "bracket", "--as-of", "now", "--sims", "10"]);
    assert!(picture.contains(">1-1, 1-1, 5-4 p<"));
}

#[test]
fn the_table_can_be_narrowed_down() {
    let rows = |args: &[&str]| {
        let all = [&["forecast", "--sims", "2k"], args].concat();
        let text = printed(&all);
        let table = text
            .split("\n\n")
            .nth(1)
            .expect("a table below the heading")
            .to_owned();
        table.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&["--top", "3"]).len(), 3);
    assert_eq!(rows(&["--group", "1"]).len(), 3);
    assert_eq!(rows(&["--columns", "title"])[0].matches('%').count(), 1);
    let detail = printed(&["forecast", "--sims", "2k", "--club", "TOL"]);
    assert!(detail.contains("Toluca (TOL), Mexico"), "{detail}");
    assert!(
        detail.contains("seed 8") && detail.contains("wins the cup"),
        "{detail}"
    );
    let opponents = detail.split("likely opponents\n").nth(1);
    let opponents = opponents.expect("whom it may meet");
    assert!(opponents.starts_with("  quarterfinal    "), "{detail}");
    assert!(!detail.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn what_the_tournament_has_not_is_refused_before_anything_is_simulated() {
    let cases = [
        (
            &["--group", "9"][..],
            "there is no group `9`; the groups are 1, 2, 3, 4, 5, 6, 7, 8",
        ),
        (
            &["--columns", "titel"],
            "`titel` is no column; the columns are 1st, seed, qf, sf, final, title",
        ),
    ];
    for (args, message) in cases {
        let errors = refusal(&[&["forecast"], args].concat());
        assert!(errors.contains(message), "{errors}");
    }
}

#[test]
fn the_help_of_every_command_has_examples() {
    let commands = printed(&["--help"]);
    let list = commands.split("Commands:").nth(1).expect("a list");
    let list = list.split("Options:").next().expect("its end");
    let names = list.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| line.starts_with(char::is_alphabetic));
    let names: Vec<&str> = names.filter_map(|line| line.split(' ').next()).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names.iter().filter(|name| **name != "help") {
        let help = printed(&[name, "--help"]);
        let example = format!("Examples:\n  cupcast {name}");
        assert!(help.contains(&example), "{help}");
    }
}

#[test]
fn narrow_terminals_keep_what_matters_most() {
    let cases = [
        (
            60,
            "club             gr    1st     QF     SF  final  title  ± se\n",
        ),
        (40, "club              gr  final  title  ± se\n"),
    ];
    for (width, header) in cases {
        let text = printed_in(width, &["forecast", "--sims", "2k"]);
        assert!(text.contains(header), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= width),
            "{text}"
        );
    }
    let wide = printed_in(120, &["forecast", "--sims", "2k", "--top", "1"]);
    assert!(wide.trim_end().ends_with('█'), "a bar: {wide}");
}

#[test]
fn completions_and_manual_pages_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            printed(&["completions", shell]).contains("forecast"),
            "{shell}"
        );
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_str().expect("a plain path");
    printed(&["completions", "--man", path]);
    let page = std::fs::read_to_string(folder.path().join("cupcast-plot.1"));
    assert!(page.expect("a page a command").contains("title\\-odds"));
}
