//! What questions about cups mean, and what logic says of them.

use super::*;
use crate::ask::Ruling;
use crate::cup::Instant;
use crate::open;

fn cup(name: &str) -> Cup {
    let bundled = open::find_bundled(name).expect("a bundled cup");
    open::open_bundled(bundled).expect("a sound file")
}

/// The answers of 300 runs.
fn answers(name: &str, moment: &str, texts: &[&str]) -> Vec<(u64, u64, Ruling)> {
    let full = cup(name);
    let instant: Instant = full.instant(moment).expect("a moment");
    let outlook = Outlook::new(&full, instant).expect("a model");
    let questions: Vec<Question<CupEvent>> = texts
        .iter()
        .map(|text| parse_cup(text, outlook.known()).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let runs = Runs {
        runs: 300,
        seed: 1,
        threads: None,
    };
    let found = ask_cup(&outlook, &questions, runs, &|_| ());
    let found = found.answers.into_iter();
    found
        .map(|answer| (answer.given, answer.happened, answer.ruling))
        .collect()
}

#[test]
fn what_is_settled_or_cannot_be_together_is_said() {
    let certain = Ruling::Settled(true);
    let impossible = Ruling::Settled(false);
    let asked = [
        // Qatar had lost twice; France had six points and could not be third.
        ("Qatar reaches the round of 16", impossible),
        ("France in the round of 16", certain),
        (
            "Qatar last in its group or Qatar third in its group",
            certain,
        ),
        ("Qatar points >= 4", impossible),
        ("Qatar points <= 3", certain),
        ("France has at least 6 points", certain),
        ("Croatia 2nd in group C", impossible),
        ("Brazil champion and Spain champion", impossible),
        ("Croatia wins group F and Morocco wins group F", impossible),
        ("Brazil champion and not Brazil in the final", impossible),
        (
            "Brazil beats Spain in the final and Spain champion",
            impossible,
        ),
        ("Qatar-Ecuador 0-2", certain),
        ("Qatar-Ecuador home win", impossible),
        ("Ghana-Uruguay draw and Ghana-Uruguay home win", impossible),
        ("not Brazil out in the group", certain),
        ("any club of Brazil in the round of 16", certain),
        ("any club champion", certain),
        ("group stage goes to extra time", impossible),
        (
            "Qatar champion given Qatar reaches the final",
            Ruling::NeverGiven,
        ),
        ("Spain wins its group", Ruling::Open),
        ("Brazil meets Argentina in sf", Ruling::Open),
    ];
    let texts: Vec<&str> = asked.iter().map(|(text, _)| *text).collect();
    let found = answers("world-cup-2022", "md2", &texts);
    for ((text, ruling), (_, _, found)) in asked.iter().zip(found) {
        // An open question may have come out one way in all of so few runs.
        assert_eq!(found, *ruling, "{text}");
    }
}

#[test]
fn several_ways_to_say_one_thing_count_the_same() {
    for (name, moment, ways) in [
        (
            "world-cup-2022",
            "md2",
            vec![
                vec![
                    "Spain reaches sf",
                    "Spain in the semifinals",
                    "Spain plays in the semifinals",
                ],
                vec![
                    "Croatia 2nd in group F",
                    "Croatia second in its group",
                    "Croatia is second",
                ],
                vec![
                    "Spain wins the final",
                    "Spain champion",
                    "Spain wins the title",
                ],
                vec!["Qatar - Netherlands draw", "Netherlands-Qatar draw"],
            ],
        ),
        (
            "premier-league-2023-24",
            "md30",
            vec![
                vec![
                    "Everton relegated",
                    "Everton in the bottom 3",
                    "Everton place 18-20",
                ],
                vec![
                    "Arsenal champion",
                    "Arsenal comes first",
                    "Arsenal 1st in the league",
                ],
                vec![
                    "Arsenal points > 80",
                    "Arsenal has more than 80 points",
                    "Arsenal points>=81",
                ],
            ],
        ),
        (
            "champions-cup-2024",
            "start",
            vec![
                vec![
                    "any club of Mexico in the final",
                    "not no club of Mexico in the final",
                ],
                vec!["Mexico champion", "a club from Mexico champion"],
            ],
        ),
    ] {
        let texts: Vec<&str> = ways.iter().flatten().copied().collect();
        let mut found = answers(name, moment, &texts).into_iter();
        for way in ways {
            let counts: Vec<(u64, u64)> = found
                .by_ref()
                .take(way.len())
                .map(|(given, happened, _)| (given, happened))
                .collect();
            assert!(
                counts.iter().all(|one| *one == counts[0]),
                "{way:?}: {counts:?}"
            );
        }
    }
}

#[test]
fn unknown_names_are_told_what_there_is() {
    let cup = cup("world-cup-2022");
    for (text, fact) in [
        ("Brasil champion", "did you mean Brazil"),
        ("Brazil reaches the semifinls", "did you mean `semifinals`?"),
        ("Brazil 2nd in group Z", "no group is called so"),
        ("Brazil relegated", "nothing that can be said of a club"),
        ("Brazil is seed 1", "no order called `seeds`"),
        ("any club of Atlantis champion", "no club here is of that"),
        ("Brazil points >=", "a number should stand here"),
    ] {
        let mistakes = parse_cup(text, &cup).expect_err("a mistake").to_string();
        assert!(mistakes.contains(fact), "{text}: {mistakes}");
    }
}
