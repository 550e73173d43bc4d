//! Rankings and ties that are easily got wrong, with the right answers; each league is written as a file of format 2.

use super::*;
use crate::cup::Cup;
use crate::ids::ClubId;
use crate::open;

/// A cup of this text, whose results stand in it.
fn cup(text: &str) -> Cup {
    let read = open::read("cup.toml", text, &|file| Err(file.to_owned()));
    read.unwrap_or_else(|found| panic!("{found}"))
}

/// A single table of `A`, `B`, ... with these tiebreakers and results `A-B 1-0`, in the order in which they were played.
fn table(rules: &str, results: &[&str]) -> String {
    let mut matches = String::new();
    for (day, result) in results.iter().enumerate() {
        let mut words = result.split(' ');
        let (clubs, score) = (words.next().expect("clubs"), words.next().expect("a score"));
        let (home, away) = clubs.split_once('-').expect("two clubs");
        let penalties = words
            .next()
            .map_or(String::new(), |kicks| format!(", penalties = \"{kicks}\""));
        matches += &format!(
            "  {{ matchday = {}, home = \"{home}\", away = \"{away}\", score = \"{score}\"{penalties} }},\n",
            day / 2 + 1
        );
    }
    let mut clubs: Vec<&str> = results
        .iter()
        .flat_map(|result| result.split(' ').next().expect("clubs").split('-'))
        .collect();
    clubs.sort_unstable();
    clubs.dedup();
    let clubs: Vec<String> = clubs.iter().map(|club| format!("\"{club}\"")).collect();
    format!(
        "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[rules]\n{rules}\n\
         [[stage]]\nkey = \"league\"\nname = \"league\"\ntable = [{}]\n[schedule]\nmatches = [\n{matches}]\n",
        clubs.join(", ")
    )
}

/// The names of the clubs of a unit as they stand; `=` after those that nothing separates from the next.
fn order(cup: &Cup, unit: &str) -> String {
    let state = State::of(cup);
    let unit = cup
        .format()
        .unit(cup.format().unit_named(unit).expect("a unit"));
    let mut words = String::new();
    for place in unit.outputs() {
        let club = state.run.standing_at(place).expect("somebody stands there");
        words += &cup.club(club).name;
        if state.run.level_with[place.index()] != Run::ALONE {
            words += "=";
        }
    }
    words
}

const HEAD_TO_HEAD: &str = "tiebreakers = [\"head-to-head: points, goal difference, goals\", \"goal difference\", \"goals\"]";

#[test]
fn head_to_head_is_applied_again_to_those_still_level() {
    let results = [
        "A-B 1-0", "B-C 2-1", "C-A 2-1", "A-D 1-0", "B-D 5-0", "C-D 1-0",
    ];
    let once = HEAD_TO_HEAD.replace("head-to-head:", "head-to-head once:");
    let overall = "tiebreakers = [\"goal difference\", \"goals\"]";
    assert_eq!(
        order(&cup(&table(HEAD_TO_HEAD, &results)), "league"),
        "CABD"
    );
    assert_eq!(order(&cup(&table(&once, &results)), "league"), "CBAD");
    assert_eq!(order(&cup(&table(overall, &results)), "league"), "BCAD");
    let caf = "tiebreakers = [\"two level: head-to-head: points\", \
               \"three level: head-to-head: points, goal difference, goals\", \"goal difference\", \"goals\"]";
    assert_eq!(order(&cup(&table(caf, &results)), "league"), "CABD");
}

#[test]
fn a_shoot_out_decides_only_between_two_alone_on_their_points_in_the_last_match_of_both() {
    let rules = "tiebreakers = [\"head-to-head: points, goal difference, goals\", \"goal difference\", \"goals\", \
                 \"shoot-out in the last match\"]";
    // Three have five points: no shoot-out, though only A and B stay level.
    let three = [
        "A-C 1-1",
        "B-C 1-1",
        "A-D 1-0",
        "B-D 1-0",
        "C-D 1-0",
        "A-B 2-2 4-2",
    ];
    assert_eq!(order(&cup(&table(rules, &three)), "league"), "A=B=CD");
    // Two level in their last match: the shoot-out, for either.
    let two = [
        "A-C 2-0",
        "B-D 2-0",
        "A-D 1-0",
        "B-C 1-0",
        "C-D 1-0",
        "A-B 1-1 4-2",
    ];
    assert_eq!(order(&cup(&table(rules, &two)), "league"), "ABCD");
    let other = [
        "A-C 2-0",
        "B-D 2-0",
        "A-D 1-0",
        "B-C 1-0",
        "C-D 1-0",
        "A-B 1-1 2-4",
    ];
    assert_eq!(order(&cup(&table(rules, &other)), "league"), "BACD");
    // The same results with their match first: none.
    let first = [
        "A-B 1-1 4-2",
        "C-D 1-0",
        "A-C 2-0",
        "B-D 2-0",
        "A-D 1-0",
        "B-C 1-0",
    ];
    assert_eq!(order(&cup(&table(rules, &first)), "league"), "A=B=CD");
}

#[test]
fn shoot_outs_give_points_where_the_rules_say_so() {
    // The Leagues Cup: A and B draw, A wins the kicks: 2 points and 1. Both beat C: the match between them decides.
    let text = table(
        "points = { win = 3, draw = 1, loss = 0, shoot_out = [2, 1] }\ntiebreakers = [\"goals\"]",
        &["A-B 1-1 5-4", "B-C 3-0", "C-A 0-1"],
    );
    let cup = cup(&text);
    assert_eq!(order(&cup, "league"), "ABC");
    let state = State::of(&cup);
    let unit = cup
        .format()
        .unit(cup.format().unit_named("league").expect("a table"));
    let points: Vec<i32> = (0..3)
        .map(|entrant| state.run.record(unit.first_out, entrant).points)
        .collect();
    assert_eq!(points, [5, 4, 0]);
}

#[test]
fn what_is_decided_outside_the_goals_can_be_stated() {
    let results = [
        "A-B 1-1", "C-D 0-0", "A-C 1-0", "B-D 1-0", "A-D 1-0", "B-C 1-0",
    ];
    let level = table(HEAD_TO_HEAD, &results);
    assert_eq!(order(&cup(&level), "league"), "A=B=C=D=");
    let ruled = format!("{level}[[ranked]]\nclubs = [\"B\", \"A\"]\n");
    assert_eq!(order(&cup(&ruled), "league"), "BAC=D=");
}

#[test]
fn a_table_carries_matches_of_an_earlier_stage() {
    // The main round counts the match between A and B of the first round, not those against C and D.
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n\
        [[stage]]\nkey = \"first\"\nname = \"first round\"\n[stage.groups]\nX = [\"A\", \"B\", \"C\"]\nY = [\"E\", \"F\", \"G\"]\n\
        [[stage]]\nkey = \"main\"\nname = \"main round\"\ncarry = { from = \"first\", among = true }\ntable = [\"1X\", \"2X\", \"1Y\", \"2Y\"]\n\
        [schedule]\nmatches = [\n\
        { stage = \"first\", home = \"A\", away = \"B\", score = \"1-0\" },\n\
        { stage = \"first\", home = \"A\", away = \"C\", score = \"4-0\" },\n\
        { stage = \"first\", home = \"B\", away = \"C\", score = \"2-0\" },\n\
        { stage = \"first\", home = \"E\", away = \"F\", score = \"3-0\" },\n\
        { stage = \"first\", home = \"E\", away = \"G\", score = \"1-0\" },\n\
        { stage = \"first\", home = \"F\", away = \"G\", score = \"1-0\" },\n]\n";
    let cup = cup(text);
    let state = State::of(&cup);
    let unit = cup
        .format()
        .unit(cup.format().unit_named("main").expect("a table"));
    let of = |entrant: usize| {
        let record = state.run.record(unit.first_out, entrant);
        (
            record.points,
            record.goals_for,
            record.goals_against,
            record.played(),
        )
    };
    assert_eq!(
        [of(0), of(1), of(2), of(3)],
        [(3, 1, 0, 1), (0, 0, 1, 1), (3, 3, 0, 1), (0, 0, 3, 1)]
    );
}

/// A tie of two legs, `A` at home last, with these steps and legs (goals of the club at home first).
fn tie(decide: &str, legs: [&str; 2]) -> String {
    format!(
        "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[[stage]]\nkey = \"f\"\nname = \"final\"\n\
         legs = 2\ndecide = {decide}\nties = [\"A - B\"]\n[schedule]\nmatches = [\n\
         {{ home = \"B\", away = \"A\", {} }},\n{{ home = \"A\", away = \"B\", {} }},\n]\n",
        legs[0], legs[1]
    )
}

#[test]
fn ties_are_decided_step_by_step() {
    let concacaf = "[\"away goals\", \"extra time\", \"shoot-out\"]";
    let uefa = "[\"away goals\", \"extra time\", \"away goals\", \"shoot-out\"]";
    let cases = [
        (
            concacaf,
            ["score = \"1-0\"", "score = \"2-0\""],
            "A",
            "goals",
        ),
        (
            concacaf,
            ["score = \"1-1\"", "score = \"0-0\""],
            "A",
            "away goals",
        ),
        // Puerto Rico Islanders - Cruz Azul 2009: a goal in extra time is no away goal.
        (
            concacaf,
            [
                "score = \"2-0\"",
                "score = \"2-0\", after_extra_time = \"3-1\", penalties = \"4-2\"",
            ],
            "A",
            "shoot-out",
        ),
        (
            uefa,
            [
                "score = \"2-0\"",
                "score = \"2-0\", after_extra_time = \"3-1\"",
            ],
            "B",
            "away goals",
        ),
        (
            uefa,
            [
                "score = \"1-0\"",
                "score = \"1-0\", after_extra_time = \"2-0\"",
            ],
            "A",
            "extra time",
        ),
        // Liga MX: a level tie goes to the better seed, which is named first.
        (
            "[\"first\"]",
            ["score = \"3-0\"", "score = \"3-0\""],
            "A",
            "better seed",
        ),
        // Two points a win over two legs come before goals.
        (
            "[\"points\", \"shoot-out\"]",
            ["score = \"1-0\"", "score = \"5-0\", penalties = \"1-3\""],
            "A",
            "goals",
        ),
    ];
    for (decide, legs, winner, by) in cases {
        let cup = cup(&tie(decide, legs));
        let state = State::of(&cup);
        let play = state
            .run
            .tie(cup.format().unit_named("F-1").expect("a tie"));
        let won = play
            .winner()
            .map(|club: ClubId| cup.club(club).name.as_str());
        assert_eq!(won, Some(winner), "{decide} {legs:?}");
        let step = play.decided.expect("decided");
        let word = match step {
            crate::format::Step::First => "better seed",
            crate::format::Step::Goals => "goals",
            crate::format::Step::AwayGoals => "away goals",
            crate::format::Step::ExtraTime => "extra time",
            _ => "shoot-out",
        };
        assert_eq!(word, by, "{decide} {legs:?}");
    }
}

#[test]
fn a_series_is_over_when_one_cannot_be_caught() {
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[[stage]]\nkey = \"s\"\nname = \"series\"\n\
        legs = 3\ndecide = [\"shoot-out\"]\nties = [\"A - B\"]\n[schedule]\nmatches = [\n\
        { home = \"A\", away = \"B\", score = \"3-0\" },\n{ home = \"B\", away = \"A\", score = \"1-1\", penalties = \"7-8\" },\n]\n";
    let cup = cup(text);
    let state = State::of(&cup);
    let play = state
        .run
        .tie(cup.format().unit_named("S-1").expect("a series"));
    assert_eq!(play.winner(), Some(ClubId(0)));
    assert_eq!(play.legs.iter().flatten().count(), 2);
}

#[test]
fn facts_are_known_from_their_day_on() {
    let bundled = open::find_bundled("premier-league-2023-24").expect("a bundled league");
    let full = open::open_bundled(bundled).expect("a sound file");
    let everton = |day: &str| {
        let known = full.known_at(full.instant(day).expect("a day"));
        let facts = known.facts().adjustments.iter();
        let of_club = facts.filter(|fact| known.club(fact.club).name == "Everton");
        of_club.map(|fact| fact.points).sum::<i32>()
    };
    assert_eq!(
        ["2023-11-16", "2024-01-15", "2024-02-26", "2024-04-08"].map(everton),
        [0, -10, -6, -8]
    );
}
