//! What is settled in tiny tables, against the obvious slow twin: every scoreline of every open match, ranked as it is.

use crate::cup::Cup;
use crate::ids::UnitId;
use crate::open;
use crate::rng::{Purpose, SeedKey};
use crate::state::{Reach, Run, State};
use crate::tournament::{Goals, Score};
use rand::Rng;

const RULES: [&str; 6] = [
    "\"goal difference\", \"goals\", \"head-to-head: points, goal difference, goals\"",
    "\"head-to-head: points, goal difference, goals\", \"goal difference\", \"goals\"",
    "\"head-to-head once: points, goals\", \"wins\", \"goals\"",
    "\"two level: head-to-head: points\", \"three level: head-to-head: points, goal difference, goals\", \"goal difference\"",
    "\"head-to-head: points, goal difference, goals\", \"goal difference\", \"goals\", \"shoot-out in the last match\", \"cards\"",
    "\"away goals\", \"opponents' points\", \"goals against\", \"higher coefficient\"",
];

/// A table of three or four with so many matches open and random low scores.
fn cup(rules: &str, points: &str, clubs: usize, open: usize, seed: u64) -> Cup {
    let names = &["A", "B", "C", "D"][..clubs];
    let mut stream = SeedKey::new(seed, Purpose::Tournament).run(0).stream();
    let rounds: &[[usize; 2]] = if clubs == 4 {
        &[[0, 1], [2, 3], [2, 0], [3, 1], [0, 3], [1, 2]]
    } else {
        &[[0, 1], [1, 2], [2, 0]]
    };
    let mut matches = String::new();
    for (number, pair) in rounds.iter().enumerate() {
        let [home, away] = pair.map(|club| names[club]);
        let day = number / (clubs / 2) + 1;
        let goals = [stream.next_u64() % 3, stream.next_u64() % 3];
        let kicks = if goals[0] == goals[1] && points.contains("shoot_out") {
            ", penalties = \"4-2\""
        } else {
            ""
        };
        let score = if number + open >= rounds.len() {
            String::new()
        } else {
            format!(", score = \"{}-{}\"{kicks}", goals[0], goals[1])
        };
        matches +=
            &format!("{{ matchday = {day}, home = \"{home}\", away = \"{away}\"{score} }},\n");
    }
    let facts: Vec<String> = names
        .iter()
        .map(|name| {
            format!(
                "\"{name}\" = {{ coefficient = {} }}\n",
                stream.next_u64() % 3
            )
        })
        .collect();
    let text = format!(
        "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[rules]\n{points}\n\
         tiebreakers = [{rules}]\n[clubs]\n{}[[stage]]\nkey = \"x\"\nname = \"x\"\ntable = {names:?}\n\
         [schedule]\nmatches = [\n{matches}]\n",
        facts.concat()
    );
    let read = open::read("cup.toml", &text, &|file| Err(file.to_owned()));
    read.unwrap_or_else(|found| panic!("{found}"))
}

/// Who stood where after any scoreline up to so many goals, those that nothing separates at all their places.
fn twin(cup: &Cup, most: u8, open: usize, kicks: bool) -> Vec<Vec<bool>> {
    let unit = cup.format().unit(UnitId(0));
    let mut seen = vec![vec![false; unit.size()]; unit.size()];
    let open_ones = cup.matches().iter().enumerate();
    let open_ones = open_ones.filter(|(_, game)| game.score.is_none());
    let matches: Vec<usize> = open_ones.map(|(at, _)| at).collect();
    assert_eq!(matches.len(), open);
    let size = usize::from(most) + 1;
    let scores = size * size * if kicks { 2 } else { 1 };
    for ending in 0..scores.pow(open as u32) {
        let mut cup = cup.clone();
        let mut rest = ending;
        for game in &matches {
            let score = rest % scores;
            let [home, away] = [score % size, score / size % size].map(|goals| goals as u8);
            let first_won = score / size / size == 0;
            rest /= scores;
            let penalties = (home == away).then_some(Goals {
                home: if first_won { 4 } else { 2 },
                away: 3,
            });
            cup.matches[*game].score = Some(Score {
                ninety: Goals { home, away },
                after_extra_time: None,
                penalties,
            });
        }
        let state = State::of(&cup);
        for (rank, place) in unit.outputs().enumerate() {
            let start = state.run.level_with[place.index()];
            for (other, at) in unit.outputs().enumerate() {
                let level = start != Run::ALONE && state.run.level_with[at.index()] == start;
                if other == rank || level {
                    seen[rank][state.run.places[at.index()].index()] = true;
                }
            }
        }
    }
    seen
}

#[test]
fn what_is_called_impossible_never_happens() {
    let usual = "points = { win = 3, draw = 1, loss = 0 }";
    let shoot_outs = "points = { win = 3, draw = 1, loss = 0, shoot_out = [2, 1] }";
    let (mut tight, mut all) = (0, 0);
    for (number, rules) in RULES.iter().enumerate() {
        for seed in 0..6 {
            let points = if seed == 5 { shoot_outs } else { usual };
            let (clubs, open, most) =
                [(4, 2, 3), (3, 2, 3), (4, 1, 6), (3, 1, 6)][seed as usize % 4];
            let cup = cup(rules, points, clubs, open, 10 * number as u64 + seed);
            let state = State::of(&cup);
            let reach = Reach::of(&cup, &state);
            let kicks = seed == 5 || rules.contains("shoot-out");
            let seen = twin(&cup, most, open, kicks);
            let unit = cup.format().unit(UnitId(0));
            for (rank, place) in unit.outputs().enumerate() {
                for club in cup.club_ids() {
                    let can = reach.can(place, club);
                    let happens = seen[rank][club.index()];
                    assert!(
                        can || !happens,
                        "{rules} seed {seed}: {} at {rank} happens",
                        cup.club(club).name
                    );
                    tight += usize::from(can == happens);
                    all += 1;
                }
            }
        }
    }
    // It says nearly all that there is to say.
    assert!(tight * 100 >= all * 97, "{tight} of {all}");
}

#[test]
fn a_decided_match_between_two_level_clubs_settles_their_order() {
    // A beat B, both have 6 points at most and A has them: level on points, A stays ahead head-to-head whatever the goals.
    // A 2-0 B, A-C 1-0, B-D open, C-D open ... A 6, B 3 after two matches each; B can only draw level.
    let text = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n[rules]\n\
        tiebreakers = [\"head-to-head: points\", \"goal difference\"]\n[[stage]]\nkey = \"x\"\nname = \"x\"\n\
        table = [\"A\", \"B\", \"C\", \"D\"]\n[schedule]\nmatches = [\n\
        { matchday = 1, home = \"A\", away = \"B\", score = \"1-0\" },\n\
        { matchday = 1, home = \"C\", away = \"D\", score = \"1-1\" },\n\
        { matchday = 2, home = \"A\", away = \"C\", score = \"1-0\" },\n\
        { matchday = 2, home = \"B\", away = \"D\", score = \"5-0\" },\n\
        { matchday = 3, home = \"A\", away = \"D\" },\n{ matchday = 3, home = \"B\", away = \"C\" },\n]\n";
    let read = open::read("cup.toml", text, &|file| Err(file.to_owned()));
    let cup = read.unwrap_or_else(|found| panic!("{found}"));
    let reach = Reach::of(&cup, &State::of(&cup));
    let unit = cup.format().unit(UnitId(0));
    let [a, b] = [0, 1].map(crate::ids::ClubId::new);
    // B has 3 points, A 6: at best level, and A won between them. Goal difference (+5 against +2) does not matter.
    assert!(!reach.can(unit.output(0), b) && !reach.can(unit.output(1), a));
    assert!(reach.can(unit.output(0), a));
}
