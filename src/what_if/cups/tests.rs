//! Changes against the baseline on tiny cups whose answers are known.

use super::*;
use crate::conditions::{Item, ItemKind, WhatIf};
use crate::cup::{Cup, Instant};

/// Three clubs that meet once: the three matches are equal chances, for the ratings are.
fn cup() -> Cup {
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n\
        [clubs]\nA = { rating = 1500 }\nB = { rating = 1500 }\nC = { rating = 1500 }\n\
        [[stage]]\nkey = \"l\"\nname = \"league\"\ntable = [\"A\", \"B\", \"C\"]\n\
        [milestones]\ntitle = { words = \"wins\", places = [\"l 1\"] }\n\
        second = { words = \"is second\", places = [\"l 2\"] }\n";
    crate::open::read("t", text, &|file| Err(file.to_owned())).expect("a sound file")
}

fn under(cup: &Cup, items: &[(ItemKind, &str)]) -> Outlook {
    let items: Vec<Item> = items
        .iter()
        .map(|(kind, text)| Item::new(*kind, text))
        .collect();
    let what_if = WhatIf::read(&items, cup).expect("good conditions");
    let outlook = Outlook::new(cup, Instant::Start).expect("a model");
    outlook.under(what_if).expect("something that can be")
}

const RUNS: Runs = Runs {
    runs: 20_000,
    seed: 5,
    threads: None,
};

#[test]
fn what_is_not_touched_does_not_change_at_all() {
    let cup = cup();
    let outlooks = [under(&cup, &[]), under(&cup, &[(ItemKind::WinsGroup, "A")])];
    let found = compare_cups(&outlooks, RUNS, &|_| ()).expect("scenarios");
    let title = &cup.format().milestones()[0];
    for club in cup.club_ids() {
        let same = found.shift(0, 0, title, club);
        assert_eq!((same.change, same.standard_error), (0.0, 0.0));
    }
    // Given that A comes first, it does: the change is 1 less the baseline, whose error is all there is.
    let baseline = found.baseline.reached(title, ClubId(0)) as f64 / 20_000.0;
    let given = found.shift(1, 0, title, ClubId(0));
    assert!((given.change - (1.0 - baseline)).abs() < 1e-12);
    let error = (baseline * (1.0 - baseline) / 20_000.0).sqrt();
    assert!((given.standard_error - error).abs() < 1e-9);
    assert_eq!(
        found.scenarios[1].tally.runs(),
        found.baseline.reached(title, ClubId(0))
    );
}

/// B and C are alike, so that given A's first place each of them is second in half of the runs.
#[test]
fn what_is_given_leaves_the_others_as_they_were() {
    let cup = cup();
    let outlooks = [under(
        &cup,
        &[(ItemKind::WinsGroup, "A"), (ItemKind::NoHomeAdvantage, "")],
    )];
    let found = compare_cups(&outlooks, RUNS, &|_| ()).expect("scenarios");
    let second = &cup.format().milestones()[1];
    let tally = &found.scenarios[0].tally;
    let share = tally.reached(second, ClubId(1)) as f64 / tally.runs() as f64;
    let error = (0.25 / tally.runs() as f64).sqrt();
    assert!(
        (share - 0.5).abs() < 4.0 * error,
        "{share}, {} runs, seed 5",
        tally.runs()
    );
}
