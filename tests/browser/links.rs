//! What is in the address: links within the page, the browser's way back, and links that ask for what is not there.

use super::driver::{Browser, key};
use super::{Visit, titles, visit};
use serde_json::{Value, json};

const WHAT_IF: &str = "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&away_goals=false";

fn hash(browser: &Browser) -> String {
    let hash = browser.run("return location.hash");
    hash.as_str().unwrap().to_owned()
}

/// Follows a link as a finger or a click does, and waits until the page no longer scrolls.
fn follow(browser: &Browser, selector: &str) {
    browser.run("window.lastY = -1");
    browser.run(&format!("document.querySelector({selector:?}).click()"));
    browser.wait(
        "const still = window.lastY === scrollY; window.lastY = scrollY; return still && scrollY > 0",
    );
}

#[test]
fn links_within_the_page_scroll_and_leave_the_what_if_alone() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.screen(390, 844, "light");
    browser.visit(&format!("{address}{WHAT_IF}"));
    browser.wait("return document.body.dataset.weighed === location.hash");
    let before = titles(&browser);
    let entries = browser.run("return history.length");
    for part in ["groups", "bracket", "odds"] {
        follow(&browser, &format!(".jump a[href='#{part}']"));
        assert_eq!(hash(&browser), WHAT_IF, "{part}");
        assert_eq!(
            browser.run("return document.activeElement.id"),
            json!(part),
            "the focus goes along"
        );
        // The heading stands below the bar that stays, and in the upper part of the window.
        let place = format!(
            "const bar = document.querySelector('.jump').getBoundingClientRect().bottom; \
             const top = document.getElementById('{part}').getBoundingClientRect().top; return top >= bar && top < bar + 120"
        );
        browser.wait(&place);
    }
    assert_eq!(browser.run("return history.length"), entries);
    assert_eq!(titles(&browser), before);
    assert_eq!(browser.text("#chips"), "HER-CA 4-0 ×\nno away goals ×");

    // The link that comes first for the keyboard.
    browser.screen(1280, 900, "light");
    browser.visit(&format!("{address}{WHAT_IF}"));
    browser.press(&[key::TAB, key::ENTER], None);
    assert_eq!(
        browser.run("return document.activeElement.id"),
        json!("odds")
    );
    assert_eq!(hash(&browser), WHAT_IF);

    // Somebody writes it into the address, or opens the link in another tab.
    browser.run("location.hash = '#bracket'");
    browser.wait("return document.activeElement.id === 'bracket'");
    assert_eq!(hash(&browser), WHAT_IF);
    assert_eq!(titles(&browser), before);
    browser.visit(&format!("{address}#groups"));
    assert_eq!(hash(&browser), "#edition=ccl-2013-14&as_of=start");
    browser.wait("return document.activeElement.id === 'groups'");
}

#[test]
fn those_who_want_no_motion_are_not_scrolled_slowly() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.screen(390, 844, "light");
    let calm = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
    browser.tools("Emulation.setEmulatedMedia", &calm);
    browser.visit(&format!("{address}{WHAT_IF}"));
    let moved = browser.run(
        "document.querySelector(\".jump a[href='#bracket']\").click(); \
         return document.getElementById('bracket').getBoundingClientRect().top < 200",
    );
    assert_eq!(moved, json!(true), "at once");
}

#[test]
fn the_browser_goes_back_and_forward_through_what_was_shown() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    let start = "#edition=ccl-2013-14&as_of=start";
    browser.visit(&address);
    assert_eq!(hash(&browser), start);
    // Three steps of one score are one step back; another match and another edition are one each.
    for _ in 0..3 {
        browser.click("[data-key='TOL-CAL'] .side:last-child .step:last-child");
    }
    browser.click("[data-key='COM-TOL'] .side:last-child .step:last-child");
    browser.run("const pick = document.getElementById('edition'); pick.value = 'ccl-2012-13'; pick.dispatchEvent(new Event('change'))");
    let one = format!("{start}&fix=TOL-CAL+0-3");
    let two = format!("{one}&fix=COM-TOL+0-1");
    let other = "#edition=ccl-2012-13&as_of=start";
    let comes = |wanted: &str| {
        browser.wait(&format!("return location.hash === {wanted:?}"));
        browser.settle();
    };
    comes(other);
    for (way, wanted) in [
        ("back", two.as_str()),
        ("back", &one),
        ("back", start),
        ("forward", &one),
        ("forward", &two),
        ("forward", other),
        ("back", &two),
    ] {
        browser.run(&format!("history.{way}()"));
        comes(wanted);
    }
    assert_eq!(browser.text("#chips"), "TOL-CAL 0-3 ×\nCOM-TOL 0-1 ×");
    // The list of what can be undone went along: one step of it is one click.
    browser.click("#undo");
    comes(&one);
    browser.click("#undo");
    comes(&format!("{start}&fix=TOL-CAL+0-2"));
}

#[test]
fn what_is_reset_can_be_brought_back() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    browser.visit(&format!("{address}{WHAT_IF}"));
    let before = titles(&browser);
    let offered = "return !document.getElementById('bring-back').hidden";
    assert_eq!(browser.run(offered), json!(false));
    browser.click("#reset");
    browser.settle();
    assert_eq!(hash(&browser), "#edition=ccl-2013-14&as_of=md4");
    assert_eq!(browser.text("#bring-back"), "Bring back all 2");
    browser.click("#bring-back");
    browser.settle();
    assert_eq!(hash(&browser), WHAT_IF);
    assert_eq!(titles(&browser), before);
    assert_eq!(browser.run(offered), json!(false));

    // Another edition takes nothing away for good either.
    browser.run("const pick = document.getElementById('edition'); pick.value = 'ccl-2012-13'; pick.dispatchEvent(new Event('change'))");
    browser.wait("return location.hash.includes('2012-13')");
    browser.settle();
    browser.click("#undo");
    browser.settle();
    assert_eq!(hash(&browser), WHAT_IF);
    assert_eq!(titles(&browser), before);
}

/// A link that asks for what is not there: what the page says, and which button leads where.
struct BadLink {
    link: &'static str,
    says: &'static str,
    way: &'static str,
    leads: &'static str,
}

const BAD_LINKS: [BadLink; 9] = [
    BadLink {
        link: "#edition=ccl-2031&as_of=md4&fix=HER-CA+4-0",
        says: "There is no tournament `ccl-2031` here",
        way: "Open 2013-14 · CONCACAF Champions League",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md99&fix=HER-CA+4-0",
        says: "`md99` is no moment of ccl-2013-14",
        way: "Go to before the first match",
        leads: "#edition=ccl-2013-14&as_of=start&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=&fix=HER-CA+4-0",
        says: "`` is no moment of ccl-2013-14",
        way: "Go to before the first match",
        leads: "#edition=ccl-2013-14&as_of=start&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&fix=TOL-XYZ+1-0",
        says: "no club is called `XYZ`",
        way: "Leave out TOL-XYZ 1-0",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&fix=whatever",
        says: "`whatever`",
        way: "Leave out whatever",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&fix=HER-CA+3-0",
        says: "give one result a match",
        way: "Leave out HER-CA 3-0",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&away_goals=maybe",
        says: "The link says “away_goals=maybe”, which means nothing here",
        way: "Leave out away_goals=maybe",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0&asof=md5",
        says: "The link says “asof=md5”",
        way: "Leave out asof=md5",
        leads: "#edition=ccl-2013-14&as_of=md4&fix=HER-CA+4-0",
    },
    BadLink {
        link: "#nonsense",
        says: "The link says “nonsense”",
        way: "Leave out nonsense",
        leads: "#edition=ccl-2013-14&as_of=start",
    },
];

#[test]
fn links_to_what_is_not_there_say_so_and_offer_the_way_out() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    for BadLink {
        link,
        says,
        way,
        leads,
    } in BAD_LINKS
    {
        browser.open_page(&format!("{address}{link}"));
        browser.wait("return !document.getElementById('alarm').hidden");
        let said =
            format!("return document.getElementById('alarm-text').textContent.includes({says:?})");
        browser.wait(&said);
        // Nothing of the link is replaced before somebody chooses so.
        let kept = hash(&browser);
        let asked = link.trim_start_matches('#');
        assert!(kept.contains(asked), "{link}: {kept}");
        let ways: Value = browser.run(
            "return [...document.querySelectorAll('#alarm-ways button')].map((button) => button.textContent)",
        );
        let place = ways.as_array().unwrap().iter().position(|one| one == way);
        let place = place.unwrap_or_else(|| panic!("{link}: `{way}` is not among {ways}"));
        browser.click(&format!("#alarm-ways button:nth-child({})", place + 1));
        browser.wait(&format!("return location.hash === {leads:?}"));
        browser.settle();
        let quiet = browser.run("return document.getElementById('alarm').hidden");
        assert_eq!(quiet, json!(true), "{link}");
        assert!(!titles(&browser).is_empty());
        // And there is a way back to what the link asked for.
        browser.click("#undo");
        browser.wait("return !document.getElementById('alarm').hidden");
        assert_eq!(hash(&browser), kept, "{link}");
    }
}

#[test]
fn what_a_link_says_is_shown_as_text_and_quoted_for_a_shell() {
    let Some(Visit {
        browser, address, ..
    }) = visit()
    else {
        return;
    };
    let evil = "fix=%3Cimg+src=x+onerror=alert(1)%3E&%3Cb%3E=%3C/b%3E";
    browser.open_page(&format!("{address}#edition=ccl-2013-14&as_of=md4&{evil}"));
    browser.wait("return document.querySelectorAll('#alarm-ways button').length > 1");
    let made = "return document.querySelectorAll('.alarm img, .alarm b, .chips img').length";
    assert_eq!(browser.run(made), json!(0));
    assert_eq!(browser.text("#chips li"), "<img src=x onerror=alert(1)> ×");
    // There is no command for a what-if that cannot be, and what a command quotes stays one word.
    browser.wait("return !document.body.ariaBusy");
    browser.click("#download-menu summary");
    browser.click("[data-download=command]");
    browser.wait("return document.getElementById('status').textContent !== ''");
    assert_eq!(
        browser.text("#status"),
        "There are no odds of this what-if yet."
    );
    let module = "window.command = null; import('/download.js').then(({ toCommand }) => { window.command = toCommand( \
                  { edition: 'a b', asOf: \"x'; rm -rf y #\", fixes: new Map(), rules: {} }, { sims: 1, seed: 1, model: { name: 'default' } }); })";
    browser.run(module);
    browser.wait("return window.command !== null");
    assert_eq!(
        browser.run("return window.command"),
        json!("cupcast forecast 'a b' --as-of 'x'\\''; rm -rf y #' --sims 1 --seed 1")
    );
}
