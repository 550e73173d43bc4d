//! What the page looks like to everybody: no errors, no foreign requests, phones, both colour schemes, accessibility.

use super::driver::skipped;
use super::{Visit, visit};
use serde_json::{Value, json};

/// The states worth looking at: what the address says, and a script that brings the page there.
const STATES: [(&str, &str); 5] = [
    ("#edition=ccl-2013-14&as_of=start", ""),
    (
        "#edition=ccl-2013-14&as_of=md2&fix=TOL-CAL+0-3&fix=HER-CA+4-0&away_goals=false",
        "document.getElementById('rules-menu').open = true",
    ),
    (
        "#edition=ccl-2013-14&as_of=qf-leg1&fix=qf+TOL-SJ+1-1+aet+1-1+pens+3-4",
        "",
    ),
    (
        "#edition=ccl-2012-13&as_of=final",
        "document.getElementById('download-menu').open = true",
    ),
    (
        "#edition=ccl-2013-14&as_of=md4",
        "document.querySelector('#odds-table td').focus()",
    ),
];

#[test]
fn no_errors_and_no_request_to_anybody_else() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    for (hash, script) in STATES {
        browser.visit(&format!("{address}{hash}"));
        browser.run(script);
    }
    let console = browser.log("browser");
    assert!(console.is_empty(), "{console:?}");
    let mut count = 0;
    for entry in browser.log("performance") {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        if message["message"]["method"] != "Network.requestWillBeSent" {
            continue;
        }
        let request = &message["message"]["params"]["request"]["url"];
        let request = request.as_str().unwrap();
        let on_the_network = request.starts_with("http") || request.starts_with("ws");
        let own = !on_the_network || request.starts_with(&address);
        assert!(own, "{request}");
        count += 1;
    }
    assert!(count > 20, "{count} requests were seen");
}

/// The odds as the page shows them, in a cup of four rounds with long names too: at every width of a window nothing sticks
/// out of it, and in the table of odds every column is whole.
#[test]
fn the_table_of_odds_fits_at_every_width() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    let widths = [
        360, 375, 390, 412, 480, 599, 600, 768, 820, 999, 1000, 1024, 1100, 1180, 1280, 1366, 1440,
        1599, 1600, 1720, 1920,
    ];
    for hash in [
        "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&fix=TOL-COM+0-1",
        "#edition=wide-cup&as_of=start&fix=AA0-AA1+4-0",
    ] {
        browser.screen(1280, 900, "light");
        browser.visit(&format!("{address}{hash}"));
        for width in widths {
            browser.screen(width, 900, "light");
            browser.wait(&format!("return innerWidth === {width}"));
            // The table is fitted when the browser has told it its new room, before the next picture.
            browser.run("window.drawn = false; requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }))");
            browser.wait("return window.drawn");
            let wrong = browser.run(CUT);
            assert_eq!(wrong, json!([]), "{width} pixels, {hash}");
        }
    }
}

/// Whatever sticks out of the window, and the cells of the odds that are hidden or stick out of their box.
const CUT: &str = "
    const wrong = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) wrong.push(`the page by ${page.scrollWidth - page.clientWidth}`);
    const box = document.querySelector('#odds .scroll');
    const room = box.getBoundingClientRect().left + box.clientWidth;
    for (const cell of document.querySelectorAll('#odds-table :is(th, td)')) {
        const { width, right } = cell.getBoundingClientRect();
        if (width === 0 || right > room + 0.5 || cell.scrollWidth > cell.clientWidth + 1) wrong.push(cell.textContent);
    }
    return wrong;";

#[test]
fn nothing_is_wider_than_a_phone() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.screen(390, 844, "light");
    for (hash, script) in STATES {
        browser.visit(&format!("{address}{hash}"));
        browser.run(script);
        let width = browser.run("return document.documentElement.scrollWidth");
        assert_eq!(width, json!(390), "{hash}");
        // The table of odds shows the title without scrolling sideways.
        let script = "const table = document.querySelector('#odds .scroll'); return table.scrollWidth - table.clientWidth";
        assert_eq!(browser.run(script), json!(0), "{hash}");
    }
    // A score can be set with a finger: its buttons are not smaller than the 24 pixels of WCAG 2.2, 2.5.8.
    let small = browser.run(
        "return [...document.querySelectorAll('button, summary, select, input')] \
         .filter((control) => control.offsetParent !== null) \
         .filter((control) => { const { width, height } = control.getBoundingClientRect(); return width < 24 || height < 24; }) \
         .map((control) => control.outerHTML).filter((text) => !text.includes('checkbox'))",
    );
    assert_eq!(small, json!([]));
}

/// Every control has a name, every table its headings, and text stands out: by axe-core, which finds what
/// is wrong by WCAG 2.2 AA and its own best practices. It is looked for where `npm install --prefix
/// target/axe axe-core` puts it.
#[test]
fn everybody_can_use_it() {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/target/axe/node_modules/axe-core/axe.min.js"
    );
    let Ok(axe) = std::fs::read_to_string(script) else {
        skipped(
            "axe-core is not in target/axe; `npm install --prefix target/axe axe-core` puts it there",
        );
        return;
    };
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    for (width, scheme) in [
        (1280, "light"),
        (1280, "dark"),
        (390, "light"),
        (390, "dark"),
    ] {
        browser.screen(width, 900, scheme);
        for (hash, prepare) in STATES {
            browser.visit(&format!("{address}{hash}"));
            browser.run(prepare);
            browser.run(&format!("{axe}; window.found = null; axe.run().then((result) => {{ window.found = result.violations; }})"));
            browser.wait("return window.found !== null");
            let found = browser.run(
                "return window.found.map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.html).slice(0, 3).join(' | '))",
            );
            assert_eq!(found, json!([]), "{width} pixels, {scheme}, {hash}");
        }
    }
}

/// What needs no axe-core: every control has a name that assistive technology can say.
#[test]
fn every_control_has_a_name() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&address);
    browser.tools("Accessibility.enable", &json!({}));
    let tree = browser.tools("Accessibility.getFullAXTree", &json!({}));
    let roles = [
        "button",
        "spinbutton",
        "slider",
        "combobox",
        "checkbox",
        "link",
        "grid",
    ];
    let mut count = 0;
    for node in tree["nodes"].as_array().unwrap() {
        let role = node["role"]["value"].as_str().unwrap_or("");
        if node["ignored"] == json!(true) || !roles.contains(&role) {
            continue;
        }
        let name = node["name"]["value"].as_str().unwrap_or("");
        assert!(!name.trim().is_empty(), "a {role} has no name: {node}");
        count += 1;
    }
    assert!(count > 100, "{count} controls were seen");
}
