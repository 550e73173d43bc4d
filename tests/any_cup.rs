//! Cups as a stranger writes them from `models/README.md` alone: they read, stand and come out as their rules say.

use cupcast::format::Figure;
use cupcast::format::Side::{First, Second};
use cupcast::open::{self, PRESETS};
use cupcast::state::State;
use cupcast::{Cup, CupError};
use std::fs;
use std::path::{Path, PathBuf};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).expect("a readable file")
}

/// A cup out of an example with a schedule added.
fn example(name: &str, lines: &[&str]) -> Cup {
    let schedule = if lines.is_empty() {
        String::new()
    } else {
        format!("\n[schedule]\nmatches = [\n{}\n]\n", lines.join(",\n"))
    };
    let whole = text(&format!("models/examples/{name}.toml")) + &schedule;
    read(&whole)
}

fn read(text: &str) -> Cup {
    open::read("a cup", text, &|file| Err(format!("no {file}")))
        .unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// A line of the schedule: `league A-B 1-0`.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let [stage, clubs, score] = words.as_slice() else {
        panic!("`{text}` is no line");
    };
    let (home, away) = clubs.split_once('-').expect("two clubs");
    format!("{{ stage = \"{stage}\", home = \"{home}\", away = \"{away}\", score = \"{score}\" }}")
}

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| line(text)).collect()
}

/// The name of the club at a place of a unit.
fn at(cup: &Cup, unit: &str, place: usize) -> String {
    let state = State::of(cup);
    let unit = cup.format().unit(
        cup.format()
            .unit_named(unit)
            .unwrap_or_else(|| panic!("no unit {unit}")),
    );
    let club = state.run.club_at(unit.output(place - 1));
    club.map_or("open".to_owned(), |club| cup.club(club).name.clone())
}

#[test]
fn every_example_is_sound_and_can_be_forecast() {
    let mut seen = 0;
    for entry in fs::read_dir(path("models/examples")).expect("the folder") {
        let file = entry.expect("a file").path();
        if file.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = file.to_str().expect("a plain path");
        let cup = Cup::open(name).unwrap_or_else(|wrong| panic!("{wrong}"));
        let odds = cup
            .as_of("now")
            .expect("a moment")
            .runs(300)
            .forecast()
            .expect("a forecast");
        let titles: f64 = cup
            .clubs()
            .iter()
            .map(|club| {
                odds.chance("title", &club.name)
                    .expect("a chance")
                    .probability
            })
            .sum();
        assert!((titles - 1.0).abs() < 1e-9, "{name}: {titles} titles");
        seen += 1;
    }
    assert!(seen >= 9, "{seen} examples");
}

#[test]
fn the_readme_shows_the_examples_and_names_every_rule() {
    let readme = text("models/README.md");
    for name in [
        "village-cup.toml",
        "league-of-ten.toml",
        "league-of-ten.csv",
        "world-cup.toml",
    ] {
        let file = text(&format!("models/examples/{name}"));
        assert!(
            readme.contains(&file),
            "models/README.md shows {name} as it is"
        );
    }
    for preset in PRESETS {
        assert!(
            readme.contains(&format!("`{}`", preset.name)),
            "{}",
            preset.name
        );
    }
    for figure in Figure::ALL {
        assert!(
            readme.contains(&format!("`{}`", figure.words())),
            "{}",
            figure.words()
        );
    }
    for entry in fs::read_dir(path("models/examples")).expect("the folder") {
        let name = entry.expect("a file").file_name();
        assert!(
            readme.contains(&format!("(examples/{})", name.display())),
            "{}",
            name.display()
        );
    }
}

/// The split counts the three rounds before it, and head-to-head looks at them too.
#[test]
fn a_split_league_carries_what_went_before() {
    // The three of the upper half beat the others, and win, lose and draw among themselves: all have the same points, and Airth,
    // Brae, Crail stand in this order by two goals more, and one more, against Doune.
    let mut first = Vec::new();
    for (top, goals) in [("Airth", 3), ("Brae", 2), ("Crail", 1)] {
        first.push(format!("first {top}-Doune {goals}-0"));
        first.extend([
            format!("first Doune-{top} 0-1"),
            format!("first {top}-Doune 1-0"),
        ]);
        for low in ["Errol", "Fyvie"] {
            first.extend([
                format!("first {top}-{low} 1-0"),
                format!("first {low}-{top} 0-1"),
            ]);
            first.push(format!("first {top}-{low} 1-0"));
        }
    }
    for (one, other) in [("Airth", "Brae"), ("Brae", "Crail"), ("Crail", "Airth")] {
        first.extend([
            format!("first {one}-{other} 1-0"),
            format!("first {other}-{one} 1-1"),
        ]);
        first.push(format!("first {one}-{other} 0-0"));
    }
    for (one, other) in [("Doune", "Errol"), ("Errol", "Fyvie"), ("Doune", "Fyvie")] {
        first.extend((0..3).map(|_| format!("first {one}-{other} 1-0")));
    }
    // Each wins once more; with what went before the differences are +3 for Crail, +1 for Brae and -1 for Airth.
    let split = [
        "split Airth-Brae 1-0",
        "split Brae-Crail 1-0",
        "split Crail-Airth 4-0",
    ];
    let all: Vec<&str> = first.iter().map(String::as_str).chain(split).collect();
    let lines = lines(&all);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let cup = example("split-league", &lines);
    assert_eq!(
        [1, 2, 3].map(|place| at(&cup, "Top", place)),
        ["Crail", "Brae", "Airth"].map(str::to_owned)
    );
    let state = State::of(&cup);
    let top = cup
        .format()
        .unit(cup.format().unit_named("Top").expect("a table"));
    let played: Vec<u16> = (0..3)
        .map(|entrant| state.run.record(top.first_out, entrant).played())
        .collect();
    assert_eq!(
        played,
        [17, 17, 17],
        "15 matches before the split and two after it"
    );
}

/// Whoever wins both leagues is champion without a final; the last two play only if they are level.
#[test]
fn ties_with_a_condition_are_played_only_then() {
    let both = [
        "opening Avon-Brent 1-0",
        "opening Avon-Clyde 1-0",
        "opening Avon-Dart 1-0",
        "opening Brent-Clyde 1-0",
        "opening Brent-Dart 1-0",
        "opening Clyde-Dart 1-0",
        "closing Avon-Brent 1-0",
        "closing Avon-Clyde 1-0",
        "closing Avon-Dart 1-0",
        "closing Brent-Clyde 1-0",
        "closing Brent-Dart 1-0",
        "closing Clyde-Dart 1-0",
    ];
    let with = |texts: &[&str]| {
        let lines = lines(texts);
        example(
            "champion-of-champions",
            &lines.iter().map(String::as_str).collect::<Vec<_>>(),
        )
    };
    let cup = with(&both);
    assert_eq!(at(&cup, "FINAL-1", 1), "Avon");
    assert_eq!(at(&cup, "DECIDER-1", 2), "Dart");
    // Brent wins the closing league; Clyde and Dart draw there, so that they have a point each.
    let mut apart = both;
    (apart[6], apart[11]) = ("closing Avon-Brent 0-1", "closing Clyde-Dart 0-0");
    let cup = with(&apart);
    assert_eq!(at(&cup, "FINAL-1", 1), "open");
    assert_eq!(at(&cup, "DECIDER-1", 1), "open");
    let odds = cup
        .as_of("now")
        .expect("a moment")
        .runs(2_000)
        .forecast()
        .expect("a forecast");
    let title = |club: &str| odds.chance("title", club).expect("a chance").probability;
    assert!((title("Avon") + title("Brent") - 1.0).abs() < 1e-9);
    assert!(odds.chance("down", "Clyde").expect("a chance").probability > 0.2);
}

/// The final is a best of seven, two at home, three away, two at home.
#[test]
fn a_series_is_played_where_the_file_says() {
    let cup = example("second-chances", &[]);
    let last = cup.format().units().last().expect("a final");
    let cupcast::format::Rules::Tie(tie) = &last.rules else {
        panic!("a tie")
    };
    assert_eq!(
        tie.legs,
        [First, First, Second, Second, Second, First, First]
    );
    assert!(tie.is_series());
}

/// By the table of the file a third of C meets the winner of A if thirds of A and C go on: C's is the only row with it.
#[test]
fn a_file_may_write_its_own_table_of_thirds() {
    let group = |clubs: [&str; 3], score: &str| {
        let [one, other, last] = clubs;
        [
            format!("group {one}-{other} 1-0"),
            format!("group {one}-{last} 1-0"),
            format!("group {other}-{last} {score}"),
        ]
    };
    let groups = [
        group(["Anegada", "Barbuda", "Culebra"], "1-0"),
        group(["Desirade", "Eleuthera", "Faial"], "5-0"),
        group(["Gozo", "Hydra", "Islay"], "2-1"),
        group(["Jura", "Kos", "Lundy"], "4-0"),
    ];
    let texts: Vec<&str> = groups.iter().flatten().map(String::as_str).collect();
    let lines = lines(&texts);
    let cup = example(
        "thirds",
        &lines.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    // Culebra 0-2, Faial 0-6, Islay 1-3, Lundy 0-5: level on points and, for A and C, on goal difference.
    assert_eq!(
        [1, 2].map(|place| at(&cup, "thirds", place)),
        ["Islay", "Culebra"].map(str::to_owned)
    );
    let state = State::of(&cup);
    let tie = |key: &str| {
        let tie = state.run.tie(cup.format().unit_named(key).expect("a tie"));
        tie.clubs.map(|club| cup.club(club).name.clone())
    };
    assert_eq!(tie("R10-1"), ["Anegada", "Islay"].map(str::to_owned));
    assert_eq!(tie("R10-2"), ["Desirade", "Culebra"].map(str::to_owned));
}

/// Double elimination: the loser of the upper final has a second chance, and the title is won in the grand final.
#[test]
fn losers_have_a_second_chance() {
    let cup = read(
        "format = 2\n[tournament]\nid = \"d\"\ncompetition = \"D\"\nedition = \"1\"\n[rules]\ndecide = [\"shoot-out\"]\n\
         [[stage]]\nkey = \"u1\"\nname = \"upper round\"\nties = [\"Ash - Box\", \"Cob v Dun\"]\n\
         [[stage]]\nkey = \"l1\"\nname = \"lower round\"\nties = [\"L U1-1 - L U1-2\"]\n\
         [[stage]]\nkey = \"u2\"\nname = \"upper final\"\nties = [\"W U1-1 - W U1-2\"]\n\
         [[stage]]\nkey = \"l2\"\nname = \"lower final\"\nties = [\"L U2-1 - W L1-1\"]\n\
         [[stage]]\nkey = \"gf\"\nname = \"grand final\"\nties = [\"W U2-1 - W L2-1\"]\n\
         [[stage]]\nname = \"match for third place\"\nties = [\"L L2-1 - L L1-1\"]\n\
         [schedule]\nmatches = [\n\
         { home = \"Ash\", away = \"Box\", score = \"0-1\" },\n{ home = \"Cob\", away = \"Dun\", score = \"2-0\" },\n\
         { home = \"Ash\", away = \"Dun\", score = \"1-0\" },\n{ home = \"Box\", away = \"Cob\", score = \"1-0\" },\n\
         { home = \"Cob\", away = \"Ash\", score = \"0-3\" },\n{ stage = \"gf\", home = \"Box\", away = \"Ash\", score = \"0-1\" },\n]\n",
    );
    assert_eq!(at(&cup, "GF-1", 1), "Ash");
    // The title is that of the grand final, although the match for third place comes after it.
    let odds = cup
        .as_of("now")
        .expect("a moment")
        .runs(100)
        .forecast()
        .expect("a forecast");
    assert!(odds.chance("title", "Ash").expect("a chance").probability >= 1.0);
}

/// Of two legs with the better rank written first, the second is at its ground; whoever beats a seed is written in its place.
#[test]
fn the_rank_of_a_seed_is_inherited() {
    let cup = example("league-phase", &[]);
    let format = cup.format();
    let semifinal = format.unit(format.unit_named("SF-1").expect("a tie"));
    let quarterfinal = format.unit(format.unit_named("QF-1").expect("a tie"));
    assert_eq!(semifinal.entrants[0], quarterfinal.output(0));
    let cupcast::format::Rules::Tie(tie) = &semifinal.rules else {
        panic!("a tie")
    };
    assert_eq!(tie.legs, [Second, First]);
}

#[test]
fn the_front_door_opens_and_names_what_is_not_there() {
    let open = |name: &str| {
        Cup::open(name)
            .map(|cup| cup.id().to_owned())
            .map_err(|why| why.to_string())
    };
    assert_eq!(open("euro-2024"), Ok("euro-2024".to_owned()));
    assert!(open("euro-1999").is_err_and(|why| why.contains("euro-2024")));
    let cup = Cup::open("euro-2024").expect("a bundled cup");
    assert!(matches!(cup.as_of("md9"), Err(CupError::Moment(_))));
    let odds = cup
        .as_of("md2")
        .expect("a moment")
        .runs(200)
        .seed(3)
        .forecast()
        .expect("a forecast");
    assert_eq!(odds.as_of(), "md2");
    let wrong =
        |found: Result<cupcast::Chance, CupError>| found.expect_err("no such thing").to_string();
    assert!(wrong(odds.chance("titel", "Spain")).contains("title"));
    assert!(wrong(odds.chance("title", "Spian")).contains("Spain"));
    assert!(wrong(odds.place("Z", 1, "Spain")).contains("thirds"));
    assert!(wrong(odds.place("A", 5, "Germany")).contains("1 to 4"));
    let again = cup
        .as_of("md2")
        .expect("a moment")
        .runs(200)
        .seed(3)
        .forecast()
        .expect("a forecast");
    assert_eq!(
        odds.chance("title", "ESP").expect("a chance"),
        again.chance("title", "Spain").expect("a chance")
    );
    let sure = cup
        .as_of("md2")
        .expect("a moment")
        .fix("final ESP-ENG 2-1")
        .runs(200)
        .forecast();
    assert!(sure.is_ok());
    // A finished cup is looked back at from its start.
    assert_eq!(cup.forecast().expect("a forecast").as_of(), "start");
}

/// Cups of format 1 come through the same door, with the goal model that the command line takes: 31.8% there, from a million runs.
#[test]
fn cups_of_format_1_come_through_the_same_door() {
    let cup = Cup::open("ccl-2013-14").expect("a bundled cup");
    let odds = cup
        .as_of("md4")
        .expect("a moment")
        .runs(4_000)
        .forecast()
        .expect("a forecast");
    let toluca = odds.chance("title", "Toluca").expect("a chance");
    let known = 31.8 / 100.0;
    let error = f64::sqrt(known * (1.0 - known) / 4_000.0);
    assert!(
        (toluca.probability - known).abs() < 4.0 * error,
        "{toluca:?}, 4,000 runs, seed 1"
    );
    assert!(Cup::open("models/tiny/two-groups.toml").is_ok());
}
