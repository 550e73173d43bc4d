//! A cup with more rounds and longer names than the bundled ones: what a page has to find room for.

use cupcast::tournament::{Tournament, file};
use std::fmt::Write;

/// Names to try a table with: long ones, some of one long word; a group each, with two clubs beside it.
const NAMES: [&str; 16] = [
    "Borussia Mönchengladbach",
    "Wolverhampton Wanderers",
    "Llanfairpwllgwyngyll",
    "Tromsø",
    "Žalgiris",
    "Hapoel Be'er Sheva",
    "Sporting San Miguelito",
    "Comunicaciones",
    "Queen of the South",
    "Grasshopper Club Zürich",
    "Ajax",
    "Inverness Caledonian Thistle",
    "Universidad Católica",
    "Paris",
    "Dinamo București",
    "Lokomotiv Plovdiv",
];

const HEAD: &str = r#"
format = 1

[tournament]
id = "wide-cup"
competition = "Wide Cup"
edition = "2020"

[rules]
points = { win = 3, draw = 1, loss = 0 }
matches_per_pairing = 2
advance = 1
tiebreakers = [
  "head-to-head points", "head-to-head goal difference", "head-to-head away goals", "reapply head-to-head",
  "goal difference", "goals", "away goals", "lots",
]
seeding = ["points", "goal difference", "goals", "away goals", "wins", "away wins", "lots"]
"#;

/// The cup: sixteen groups of three, four rounds, nothing played yet.
pub(super) fn wide_cup() -> Tournament {
    let text = format!("{HEAD}{}{}{}", rounds(), clubs_and_groups(), matches());
    file::read("wide-cup.toml", &text).expect("the cup is sound")
}

fn rounds() -> String {
    let mut text = String::new();
    let mut sides: Vec<String> = (1..=16).map(|seed| format!("seed {seed}")).collect();
    for (name, short) in [
        ("round of sixteen", "r16"),
        ("quarterfinal", "qf"),
        ("semifinal", "sf"),
        ("final", "final"),
    ] {
        let ties = sides.len() / 2;
        write!(
            text,
            "[[round]]\nname = {name:?}\nshort = {short:?}\nlegs = 2\naway_goals = true\nextra_time = true\nties = [\n"
        )
        .unwrap();
        let named: Vec<String> = (1..=ties)
            .map(|tie| format!("{}-{tie}", short.to_uppercase()))
            .collect();
        for (index, tie) in named.iter().enumerate() {
            let (one, other) = (&sides[index], &sides[sides.len() - 1 - index]);
            writeln!(text, "  {{ name = {tie:?}, sides = [{one:?}, {other:?}], second_leg_host = \"higher seed\" }},").unwrap();
        }
        text.push_str("]\n");
        sides = named.iter().map(|tie| format!("winner {tie}")).collect();
    }
    text
}

/// The code of a club: its group by a letter, and its place in it.
fn code(group: usize, place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(group).expect("sixteen groups"));
    format!("{letter}{letter}{place}")
}

fn clubs_and_groups() -> String {
    let mut text = String::new();
    for (group, name) in NAMES.iter().enumerate() {
        for (place, kind) in ["", " Reserves", " Old Boys"].iter().enumerate() {
            let code = code(group, place);
            write!(
                text,
                "[[club]]\ncode = {code:?}\nname = \"{name}{kind}\"\nassociation = \"A{place}\"\nbest_finish = \"none\"\n"
            )
            .unwrap();
        }
    }
    for group in 0..NAMES.len() {
        let codes: Vec<String> = (0..3).map(|place| code(group, place)).collect();
        writeln!(
            text,
            "[[group]]\nname = \"{}\"\nclubs = {codes:?}",
            group + 1
        )
        .unwrap();
    }
    text
}

fn matches() -> String {
    let mut text = "[schedule]\nmatches = [\n".to_owned();
    for group in 0..NAMES.len() {
        for (day, (home, away)) in [(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)]
            .into_iter()
            .enumerate()
        {
            let (home, away) = (code(group, home), code(group, away));
            let (name, day) = (group + 1, day + 1);
            writeln!(
                text,
                "  {{ group = \"{name}\", matchday = {day}, date = 2020-08-0{day}, home = {home:?}, away = {away:?} }},"
            )
            .unwrap();
        }
    }
    text + "]\n"
}
