//! What is known already: results that read as text until somebody opens them, and the slider of moments.

use super::driver::key;
use super::{Visit, command_line, titles, titles_of, visit};
use serde_json::json;

#[test]
fn a_known_result_reads_as_text_and_opens_when_it_is_selected() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!("{address}#edition=ccl-2013-14&as_of=md4"));
    let shown = |key: &str, part: &str| {
        let script = format!(
            "return document.querySelector(\"[data-key='{key}'] {part}\").offsetParent !== null"
        );
        browser.run(&script) == json!(true)
    };
    let focused = || browser.run("return document.activeElement.getAttribute('aria-label')");
    // Toluca won 3-1 on matchday 1; the match of matchday 6 is open.
    assert!(shown("TOL-CAL", ".result") && !shown("TOL-CAL", "input"));
    assert!(shown("TOL-COM", "input") && !shown("TOL-COM", ".result"));
    let known = browser.text("[data-key='TOL-CAL'] .result");

    // A click opens it; what is left as it was closes again, with Escape or when the focus leaves it.
    browser.click("[data-key='TOL-CAL'] .result");
    assert!(shown("TOL-CAL", "input") && !shown("TOL-CAL", ".result"));
    assert_eq!(focused(), json!("Goals of Toluca, matchday 1"));
    browser.press(&[key::ESCAPE], None);
    assert!(shown("TOL-CAL", ".result"));
    let label = format!("{known}, Toluca – Caledonia AIA, matchday 1: change it");
    assert_eq!(focused(), json!(label));
    browser.press(&[key::ENTER], None);
    assert!(shown("TOL-CAL", "input"));
    browser.press(&[key::TAB, key::TAB], None);
    assert!(shown("TOL-CAL", ".result"));
    assert_eq!(browser.text("#chips"), "");

    // The keyboard alone: open, type, and the odds are those of the command line.
    browser.run("document.querySelector(\"[data-key='TOL-CAL'] .result\").focus()");
    browser.press(&[" "], None);
    browser.press(&["0", key::TAB, "4"], None);
    browser.settle();
    assert_eq!(browser.text("#chips li"), "TOL-CAL 0-4 ×");
    let options = ["--fix", "TOL-CAL 0-4"];
    assert_eq!(titles(&browser), titles_of(&command_line("md4", &options)));
    let really = known.replace(" : ", ":");
    assert_eq!(
        browser.text("[data-key='TOL-CAL'] .tag"),
        format!("yours, really {really}")
    );
    // Taken back it is text again, and the focus is still there.
    browser.press(&[key::ESCAPE], None);
    browser.settle();
    assert!(shown("TOL-CAL", ".result"));
    assert_eq!(browser.text("[data-key='TOL-CAL'] .result"), known);
    assert_eq!(focused(), json!(label));

    // A click on + and − of an opened result counts from what is known.
    browser.click("[data-key='TOL-CAL'] .result");
    browser.click("[data-key='TOL-CAL'] .side:last-child .step:last-child");
    browser.settle();
    assert_eq!(browser.text("#chips li"), "TOL-CAL 3-2 ×");
}

#[test]
fn known_legs_read_as_text_too() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    // Every leg of the quarterfinals is known, one tie with extra time.
    browser.visit(&format!("{address}#edition=ccl-2013-14&as_of=qf"));
    let open = browser.run(
        "return [...document.querySelectorAll('[data-tie^=QF] .legs li:not([hidden])')] \
         .filter((line) => line.querySelector('input').offsetParent !== null).length",
    );
    assert_eq!(open, json!(0));
    browser.click("[data-tie=QF1] .legs li:nth-child(2) .result");
    browser.click("[data-tie=QF1] .legs li:nth-child(2) .side:first-child .step:last-child");
    browser.settle();
    let chip = browser.text("#chips li");
    assert!(chip.starts_with("qf TOL-SJ "), "{chip}");
}

#[test]
fn the_slider_names_and_dates_its_moments() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    let words = || {
        let read_out =
            browser.run("return document.getElementById('moment').getAttribute('aria-valuetext')");
        assert_eq!(read_out, json!(browser.text("#moment-words")));
        browser.text("#moment-words")
    };
    assert_eq!(words(), "before the first match · 6 August 2013");
    browser.run("document.getElementById('moment').focus()");
    let step = |count: usize| {
        browser.press(&vec![key::RIGHT; count], None);
        browser.settle();
    };
    step(4);
    assert_eq!(words(), "after matchday 4 · 19 September 2013");
    step(3);
    assert_eq!(words(), "after leg 1 of the quarterfinal · 12 March 2014");
    // Moments on the slider are its stops, with their names.
    let stops = browser.run("return document.querySelectorAll('#moments option').length - 1");
    assert_eq!(
        stops,
        browser.run("return Number(document.getElementById('moment').max)")
    );

    // Moments that a link names are said as well, and have their place on the slider.
    for (as_of, said, before, after) in [
        (
            "2013-08-25",
            "after the matches of 25 August 2013",
            Some("md2"),
            "md3",
        ),
        (
            "2013-07-01",
            "after the matches of 1 July 2013",
            Some("start"),
            "md1",
        ),
        ("now", "with every result in the file", None, ""),
        (
            "qf-leg2",
            "after the quarterfinal · 20 March 2014",
            Some("qf"),
            "sf-leg1",
        ),
    ] {
        browser.visit(&format!("{address}#edition=ccl-2013-14&as_of={as_of}"));
        assert_eq!(words(), said);
        if let Some(before) = before {
            for (press, wanted) in [(key::LEFT, before), (key::RIGHT, after)] {
                browser.visit(&format!("{address}#edition=ccl-2013-14&as_of={as_of}"));
                browser.run("document.getElementById('moment').focus()");
                browser.press(&[press], None);
                browser.settle();
                let hash = browser.run("return location.hash");
                assert_eq!(hash, json!(format!("#edition=ccl-2013-14&as_of={wanted}")));
            }
        }
    }
}
