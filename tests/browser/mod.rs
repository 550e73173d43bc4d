//! Tests the page in a real browser, where one is installed: what a person does, and what they see.

mod driver;
mod known;
mod links;
mod looks;
mod wide_cup;

use assert_cmd::Command;
use cupcast::conditions::file::WhatIfFile;
use cupcast::diagnostic::Located;
use cupcast::odds::Chance;
use cupcast::report::percent;
use cupcast::serve::{Desk, Limits, Shelf, serve};
use cupcast::tournament::bundled;
use driver::{Browser, key};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

/// One browser at a time is enough for a small machine.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A browser and the address of a server.
struct Visit {
    browser: Browser,
    address: String,
    _turn: MutexGuard<'static, ()>,
}

/// Starts a server on a free port and opens a browser; `None` where there is no browser.
fn visit() -> Option<Visit> {
    let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let browser = Browser::open()?;
    let shelves = ["ccl-2013-14", "ccl-2012-13"].map(|name| {
        let tournament = bundled::open(name).unwrap();
        let history = bundled::open_history(&tournament, None).unwrap();
        Shelf {
            tournament,
            history,
        }
    });
    let wide = Shelf {
        tournament: wide_cup::wide_cup(),
        history: Vec::new(),
    };
    let shelves = shelves.into_iter().chain([wide]).collect();
    let desk = Arc::new(Desk::new(shelves, Limits::default()));
    let (told, address) = mpsc::channel();
    // The server ends with the test program.
    std::thread::spawn(move || serve(desk, 0, |address| told.send(address).unwrap()));
    let address = address.recv().unwrap();
    Some(Visit {
        browser,
        address: format!("http://{address}/"),
        _turn: turn,
    })
}

/// The odds the command line gives, 100,000 runs at seed 1 as on the page.
fn command_line(as_of: &str, options: &[&str]) -> Value {
    let mut command = Command::cargo_bin("cupcast").unwrap();
    command.args([
        "forecast",
        "ccl-2013-14",
        "--as-of",
        as_of,
        "--sims",
        "100000",
    ]);
    command.args(["--seed", "1", "--format", "json"]);
    command.args(options);
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The chance of the title of every club as the page shows it, by code in order.
fn titles(browser: &Browser) -> Vec<(String, String)> {
    let script = "return [...document.querySelectorAll('#odds-table tbody tr')].map((row) => \
                  [row.dataset.club, row.cells[row.cells.length - 1].firstChild.textContent.trim()])";
    let rows: Vec<(String, String)> = serde_json::from_value(browser.run(script)).unwrap();
    let mut rows = rows;
    rows.sort();
    rows
}

/// The same from a document of the command line.
fn titles_of(document: &Value) -> Vec<(String, String)> {
    let clubs = document["clubs"].as_array().unwrap().iter();
    let mut rows: Vec<_> = clubs
        .map(|club| {
            let code = club["code"].as_str().unwrap().to_owned();
            // The page has the words of the command line.
            let number = |value: &Value| value.as_f64().unwrap();
            let error = number(&club["standard_error"]["title"]);
            let chance = Chance::estimate(number(&club["title"]), error);
            (code, percent(chance))
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_score_that_is_clicked_moves_the_odds_to_those_of_the_command_line() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!("{address}#edition=ccl-2013-14&as_of=md1"));
    assert_eq!(titles(&browser), titles_of(&command_line("md1", &[])));
    assert_eq!(browser.text("#chips"), "");

    // Cruz Azul at home to Herediano: three more for the guests, and a fourth.
    let field = "[data-key='CA-HER'] .side:last-child .step:last-child";
    for _ in 0..4 {
        browser.click(field);
    }
    browser.settle();
    let with_fix = titles(&browser);
    assert_eq!(
        with_fix,
        titles_of(&command_line("md1", &["--fix", "CA-HER 0-4"]))
    );
    assert_eq!(browser.text("#chips li"), "CA-HER 0-4 ×");
    let change = browser.text("tr[data-club=CA] td:last-child .change");
    assert!(change.starts_with('−'), "{change}");

    // Four times undone, the odds are those of the beginning; redone, those with the fix.
    for _ in 0..4 {
        browser.click("#undo");
    }
    browser.settle();
    assert_eq!(titles(&browser), titles_of(&command_line("md1", &[])));
    assert_eq!(
        browser.run("return document.getElementById('undo').disabled"),
        json!(true)
    );
    for _ in 0..4 {
        browser.click("#redo");
    }
    browser.settle();
    assert_eq!(titles(&browser), with_fix);
    browser.click("#reset");
    browser.settle();
    assert_eq!(titles(&browser), titles_of(&command_line("md1", &[])));
}

#[test]
fn the_shared_address_holds_the_whole_what_if() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    browser.click("[data-key='TOL-CAL'] .side:last-child .step:last-child");
    browser.click("#rules-menu summary");
    browser.click("#away-goals");
    browser.settle();
    let before = titles(&browser);
    let shared = browser.run("return location.href");
    let shared = shared.as_str().unwrap();
    assert!(
        shared.ends_with("#edition=ccl-2013-14&as_of=start&fix=TOL-CAL+0-1&away_goals=false"),
        "{shared}"
    );

    browser.visit(shared);
    assert_eq!(titles(&browser), before);
    assert_eq!(browser.text("#chips"), "TOL-CAL 0-1 ×\nno away goals ×");
    let value = "return [...document.querySelectorAll(\"[data-key='TOL-CAL'] input\")].map((input) => input.value).join(':')";
    assert_eq!(browser.run(value), json!("0:1"));
    assert_eq!(
        browser.run("return document.getElementById('away-goals').checked"),
        json!(false)
    );

    // Another edition begins afresh.
    browser.run("const pick = document.getElementById('edition'); pick.value = 'ccl-2012-13'; pick.dispatchEvent(new Event('change'))");
    browser.wait("return location.hash === '#edition=ccl-2012-13&as_of=start'");
    browser.settle();
    assert_eq!(browser.text("#chips"), "");
}

#[test]
fn everything_can_be_done_with_the_keyboard() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    // Tab reaches every control in turn; from the slider on the arrows choose the moment.
    let focused = "return document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent";
    let reach = |wanted: &str| {
        for _ in 0..400 {
            if browser.run(focused) == json!(wanted) {
                return;
            }
            browser.press(&[key::TAB], None);
        }
        panic!("Tab never came to {wanted}");
    };
    reach("moment");
    browser.press(&[key::RIGHT, key::RIGHT], None);
    browser.settle();
    assert_eq!(
        browser.text("#moment-words"),
        "after matchday 2 · 22 August 2013"
    );

    // A number is typed, another stepped.
    reach("Goals of Toluca, matchday 6");
    browser.press(&["2", key::TAB, key::UP, key::UP, key::UP], None);
    browser.settle();
    let hash = browser.run("return location.hash");
    assert!(hash.as_str().unwrap().contains("fix=TOL-COM+2-3"), "{hash}");
    browser.press(&[key::DOWN], None);
    browser.settle();
    assert!(
        browser
            .run("return location.hash")
            .as_str()
            .unwrap()
            .contains("fix=TOL-COM+2-2")
    );
    // The focus stays where it was, and Escape takes the score back.
    assert_eq!(
        browser.run(focused),
        json!("Goals of Comunicaciones, matchday 6")
    );
    browser.press(&[key::ESCAPE], None);
    browser.settle();
    assert_eq!(browser.text("#chips"), "");
    browser.press(&["z"], Some(key::CONTROL));
    browser.settle();
    assert_eq!(browser.text("#chips"), "TOL-COM 2-2 ×");

    // In the table of odds the arrows go from number to number, and each explains itself.
    browser.run("document.querySelector('#odds-table [tabindex=\"0\"]').focus()");
    browser.press(&[key::DOWN, key::RIGHT, key::RIGHT], None);
    let explanation = browser.text("#explanation");
    assert!(
        explanation.contains("plays in the quarterfinal in")
            && explanation.contains("Without your what-if"),
        "{explanation}"
    );
    let described = "return document.activeElement.getAttribute('aria-describedby')";
    assert_eq!(browser.run(described), json!("explanation"));
    // Enter on a column's title sorts by it.
    browser.press(&[key::UP, key::ENTER], None);
    let sorted = "return document.querySelector('#odds-table [aria-sort]').textContent";
    assert_eq!(browser.run(sorted), json!("QF"));
}

#[test]
fn a_tie_can_be_played_to_the_end() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!("{address}#edition=ccl-2013-14&as_of=qf-leg1"));
    let tie = "[data-tie=QF1]";
    let hidden = |line: u32| {
        let script =
            format!("return document.querySelector('{tie} .legs li:nth-child({line})').hidden");
        browser.run(&script)
    };
    // San Jose - Toluca ended 1-1. The second leg ends 1-1 as well: extra time, then penalties.
    assert_eq!(
        (hidden(2), hidden(3), hidden(4)),
        (json!(false), json!(true), json!(true))
    );
    let step = |line: u32, side: &str, button: &str| {
        browser.click(&format!(
            "{tie} .legs li:nth-child({line}) .side:{side}-child .step:{button}-child"
        ));
        browser.settle();
    };
    step(2, "first", "last");
    step(2, "last", "last");
    assert_eq!((hidden(3), hidden(4)), (json!(false), json!(true)));
    // The first − of an open score says that there were no (more) goals.
    step(3, "last", "first");
    assert_eq!(hidden(4), json!(false));
    step(4, "last", "last");
    assert_eq!(
        browser.text("#chips li"),
        "qf TOL-SJ 1-1 aet 1-1 pens 0-1 ×"
    );
    assert!(
        browser
            .text("[data-tie=SF1] .side-line")
            .contains("San Jose")
    );
    assert_eq!(
        browser.text(&format!("{tie} .outcome")),
        "San Jose Earthquakes win on penalties."
    );
    assert_eq!(
        titles(&browser),
        titles_of(&command_line(
            "qf-leg1",
            &["--fix", "qf TOL-SJ 1-1 aet 1-1 pens 0-1"]
        ))
    );
    // A change of the 90 minutes takes extra time and penalties with it.
    step(2, "last", "last");
    assert_eq!(browser.text("#chips li"), "qf TOL-SJ 1-2 ×");
    assert_eq!(hidden(3), json!(true));
}

#[test]
fn the_matches_that_matter_are_marked() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!("{address}#edition=ccl-2013-14&as_of=md4"));
    browser.wait("return document.body.dataset.weighed === location.hash");
    // The answer of `cupcast leverage --as-of md4`: of the group matches this one moves most.
    assert_eq!(
        browser.text("#foremost button"),
        "Herediano – Cruz Azul",
        "the foremost match whose score can be set"
    );
    let mark = browser.text("[data-key='HER-CA'] .weight");
    let moves: f64 = mark.parse().unwrap();
    assert!((moves - 7.45).abs() < 1.0, "{moves}");
    // Places of the bracket that are open say who may stand there, and each mark explains itself.
    let seed = browser.text("[data-tie=QF1] .side-line");
    assert!(seed.starts_with("Seed 1\nToluca\u{a0}61"), "{seed}");
    browser.click("#foremost button");
    let focused = "return document.activeElement.getAttribute('aria-label')";
    assert_eq!(
        browser.run(focused),
        json!("Goals of Herediano, matchday 6")
    );
    browser
        .run("document.querySelector(\"[data-key='HER-CA'] .weight\").focus({focusVisible: true})");
    let explanation = browser.text("#explanation");
    assert!(
        explanation.contains("Most for Cruz Azul: home win −"),
        "{explanation}"
    );
    // Once it is set it no longer hangs on anything.
    browser.run("document.querySelector(\"[data-key='HER-CA'] .step:last-child\").click()");
    browser.settle();
    browser.wait("return document.body.dataset.weighed === location.hash");
    assert_eq!(
        browser.run("return document.querySelector(\"[data-key='HER-CA'] .weight\").hidden"),
        json!(true)
    );
}

#[test]
fn a_meeting_that_is_not_settled_can_be_supposed() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    // The form stands below the bracket, which grows while it learns who may stand where.
    browser.wait("return document.body.dataset.placed === location.hash");
    browser.run(
        "for (const [id, value] of [['suppose-round', 'final'], ['suppose-home', 'TOL'], ['suppose-away', 'CA']]) \
         document.getElementById(id).value = value",
    );
    browser.click("#suppose .side .step:last-child");
    browser.click("#suppose button[type=submit]");
    browser.settle();
    assert_eq!(browser.text("#chips li"), "final TOL-CA 1-0 ×");
    assert_eq!(
        titles(&browser),
        titles_of(&command_line("start", &["--fix", "final TOL-CA 1-0"]))
    );
    browser.click("#chips li button");
    browser.settle();
    assert_eq!(browser.text("#chips"), "");
}

#[test]
fn a_result_that_cannot_be_is_explained() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    browser.run("location.hash = '#edition=ccl-2013-14&as_of=start&fix=TOL-XYZ+1-0'");
    browser.wait("return !document.getElementById('alarm').hidden");
    let text = browser.text("#alarm-text");
    assert!(text.contains("no club is called `XYZ`"), "{text}");
    assert_eq!(browser.text("#chips li"), "TOL-XYZ 1-0 ×");
    browser.click("#chips li button");
    browser.settle();
    assert_eq!(
        browser.run("return document.getElementById('alarm').hidden"),
        json!(true)
    );
}

#[test]
fn downloads_are_what_the_command_line_gives() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!(
        "{address}#edition=ccl-2013-14&as_of=md2&fix=TOL-CAL+0-3&away_goals=false"
    ));
    let folder = json!({"behavior": "allow", "downloadPath": browser.downloads()});
    browser.tools("Browser.setDownloadBehavior", &folder);
    let download = |kind: &str, file: &str| {
        browser.click("#download-menu summary");
        browser.click(&format!("[data-download={kind}]"));
        let path = browser.downloads().join(file);
        for _ in 0..2000 {
            if let Ok(text) = std::fs::read_to_string(&path) {
                return text;
            }
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
        panic!("{file} never came");
    };
    let json_text = download("json", "ccl-2013-14-md2.json");
    let document: Value = serde_json::from_str(&json_text).unwrap();
    let options = ["--fix", "TOL-CAL 0-3", "--rule", "no-away-goals"];
    assert_eq!(document, command_line("md2", &options));
    let csv_text = download("csv", "ccl-2013-14-md2.csv");
    assert!(csv_text.starts_with("code,name,") && csv_text.lines().count() == 25);
    let what_if = download("what-if", "ccl-2013-14-md2-what-if.toml");
    let what_if = WhatIfFile::read("what-if.toml", &what_if).unwrap();
    let place = |located: Option<Located<String>>| located.map(|found| found.value);
    assert_eq!(place(what_if.tournament).as_deref(), Some("ccl-2013-14"));
    assert_eq!(place(what_if.as_of).as_deref(), Some("md2"));
    let items: Vec<&str> = what_if
        .items
        .iter()
        .map(|item| item.value.text.as_str())
        .collect();
    assert_eq!(items, ["TOL-CAL 0-3", "no-away-goals"]);
}
