//! Every bundled cup comes out as in reality: tables, ties, winners, and what decided.

use super::*;
use crate::format::{Rules, Step};
use crate::state::State;

/// The rows of an expectation about one cup.
fn expected(text: &'static str, id: &str) -> Vec<Vec<&'static str>> {
    let rows = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<&str>>());
    rows.filter(|row| row[0] == id).collect()
}

fn open_all() -> Vec<Cup> {
    let mut cups = Vec::new();
    let mut mistakes = Vec::new();
    for bundled in BUNDLED {
        match open_bundled(bundled) {
            Ok(cup) => {
                assert_eq!(cup.id(), bundled.name);
                cups.push(cup);
            }
            Err(found) => mistakes.push(found.to_string()),
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    cups
}

#[test]
fn tables_end_as_they_did() {
    let text = include_str!("../../tests/expected/tables.csv");
    let mut wrong = Vec::new();
    for cup in open_all() {
        let rows = expected(text, cup.id());
        let state = State::of(&cup);
        for row in &rows {
            let [_, unit, place, name, points] = row.as_slice() else {
                panic!("a row of five");
            };
            let Some(id) = cup.format().unit_named(unit) else {
                wrong.push(format!("{}: no unit {unit}", cup.id()));
                continue;
            };
            let unit_of = cup.format().unit(id);
            let rank: usize = place.parse::<usize>().expect("a place") - 1;
            let found = state.run.standing_at(unit_of.output(rank));
            let called = found.map_or("nobody", |club| cup.club(club).name.as_str());
            let entrant = found.and_then(|club| {
                let mut entrants = unit_of.entrants.iter();
                entrants.position(|place| state.run.standing_at(*place) == Some(club))
            });
            let record = entrant.map(|entrant| state.run.record(unit_of.first_out, entrant));
            let has = record.map_or(0, |record| record.points);
            if called != *name || !points.is_empty() && has.to_string() != *points {
                wrong.push(format!(
                    "{} {unit} {place}: {name} {points}, found {called} {has}",
                    cup.id()
                ));
            }
        }
        if rows.is_empty() && !cup.id().starts_with("champions-cup") {
            wrong.push(format!("{}: nothing is expected of its tables", cup.id()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ties_end_as_they_did() {
    let text = include_str!("../../tests/expected/ties.csv");
    let mut wrong = Vec::new();
    for cup in open_all() {
        let rows = expected(text, cup.id());
        let state = State::of(&cup);
        let played = cup
            .format()
            .units()
            .iter()
            .filter(|unit| matches!(unit.rules, Rules::Tie(_)))
            .count();
        if rows.len() != played {
            wrong.push(format!(
                "{}: {} ties expected, {played} there",
                cup.id(),
                rows.len()
            ));
        }
        for row in &rows {
            let [_, stage, _, winner, loser, how] = row.as_slice() else {
                panic!("a row of six");
            };
            let stage_id = cup.format().stage_named(stage);
            let found = cup.format().unit_ids().find_map(|id| {
                let of_stage = Some(cup.format().unit(id).stage) == stage_id;
                let tie = state.run.tie(id);
                let first = tie.winner().filter(|_| of_stage)?;
                let second = tie.clubs.into_iter().find(|club| *club != first)?;
                let names = [first, second].map(|club| cup.club(club).name.as_str());
                (names == [*winner, *loser]).then_some(tie)
            });
            let decided = found
                .and_then(|tie| tie.decided)
                .map_or("not played so", |step| match step {
                    Step::Goals => "goals",
                    Step::AwayGoals => "away goals",
                    Step::ExtraTime => "extra time",
                    Step::ShootOut => "shoot-out",
                    Step::First => "first",
                    Step::Points => "points",
                    Step::Wins => "wins",
                });
            if decided != *how {
                wrong.push(format!(
                    "{} {stage}: {winner} - {loser} {how}, found {decided}",
                    cup.id()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The World Cup 2022 with its groups drawn from pots, under the limits of its draw.
fn world_cup_from_pots(with_groups: bool) -> String {
    let bundled = find_bundled("world-cup-2022").expect("a bundled cup");
    let cup = open_bundled(bundled).expect("a sound file");
    let pot = |number: &str| {
        let clubs = cup
            .club_ids()
            .filter(|club| cup.word("pot", *club) == Some(number));
        let names = clubs.map(|club| format!("\"{}\"", cup.club(club).name));
        format!("[{}]", names.collect::<Vec<_>>().join(", "))
    };
    let pots: Vec<String> = ["1", "2", "3", "4"].map(pot).to_vec();
    let draw = format!(
        "[stage.draw_groups]\npots = [{}]\nfixed = {{ A = \"Qatar\" }}\n\
         apart = [{{ fact = \"confederation\", most = 1, except = {{ UEFA = 2 }}, least = {{ UEFA = 1 }} }}]\n",
        pots.join(", ")
    );
    let groups = bundled.text.find("[stage.groups]").expect("groups");
    let after = groups
        + bundled.text[groups..]
            .find("\n\n")
            .expect("an end of the groups");
    let kept = if with_groups {
        &bundled.text[groups..after]
    } else {
        ""
    };
    format!(
        "{}{draw}{kept}{}",
        &bundled.text[..groups],
        &bundled.text[after..]
    )
}

#[test]
fn groups_drawn_from_pots_come_out_as_they_were_drawn() {
    let bundled = find_bundled("world-cup-2022").expect("a bundled cup");
    let results = |file: &str| Ok((file.to_owned(), bundled.results.to_owned()));
    let read = read("cup.toml", &world_cup_from_pots(true), &results);
    let cup = read.unwrap_or_else(|found| panic!("{found}"));
    let state = State::of(&cup);
    // Argentina, the champions, came first of group C.
    let group = cup
        .format()
        .unit(cup.format().unit_named("C").expect("a group"));
    let first = state.run.club_at(group.output(0)).expect("it is over");
    assert_eq!(cup.club(first).name, "Argentina");
    let title = cup.format().milestones().last().expect("a title").places[0];
    assert_eq!(state.run.club_at(title), Some(first));
    // Groups that break the limits are refused: Ecuador into Brazil's group makes two of CONMEBOL.
    let broken = world_cup_from_pots(true)
        .replace(
            "G = [\"Brazil\", \"Serbia\", \"Switzerland\", \"Cameroon\"]",
            "G = [\"Brazil\", \"Serbia\", \"Switzerland\", \"Ecuador\"]",
        )
        .replace(
            "A = [\"Qatar\", \"Ecuador\"",
            "A = [\"Qatar\", \"Cameroon\"",
        );
    let found = super::read("cup.toml", &broken, &results).expect_err("two of CONMEBOL");
    assert!(
        found.to_string().contains("breaks its own rules"),
        "{found}"
    );
}

#[test]
fn every_group_that_is_drawn_has_one_of_each_pot_and_keeps_the_limits() {
    use crate::goals::{GoalModel, Occasion, Rates};
    use crate::ids::ClubId;
    use crate::play::units::CupEngine;
    use crate::rng::{Purpose, SeedKey};
    struct OneEach;
    impl GoalModel for OneEach {
        fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
            Rates::nearest(1.0, 1.0)
        }
    }
    let text = world_cup_from_pots(false).replace("results = \"2022.csv\"\n", "");
    let read = read("cup.toml", &text, &|file| Err(file.to_owned()));
    let cup = read.unwrap_or_else(|found| panic!("{found}"));
    let engine = CupEngine::new(&cup, &OneEach);
    let mut run = engine.run();
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..100 {
        engine.play(SeedKey::new(1, Purpose::Tournament).run(number), &mut run);
        let stage = cup.format().stage_named("group").expect("groups");
        for (_, unit) in cup.format().units_of(stage) {
            let clubs: Vec<ClubId> = unit
                .entrants
                .iter()
                .map(|place| run.club_at(*place).expect("it was drawn"))
                .collect();
            let pots: Vec<_> = clubs.iter().map(|club| cup.word("pot", *club)).collect();
            assert_eq!(pots, [Some("1"), Some("2"), Some("3"), Some("4")]);
            let of = |word: &str| {
                let its = clubs.iter();
                its.filter(|club| cup.word("confederation", **club) == Some(word))
                    .count()
            };
            assert!((1..=2).contains(&of("UEFA")), "run {number}");
            for other in ["AFC", "CAF", "CONCACAF", "CONMEBOL", "OFC"] {
                assert!(of(other) <= 1, "run {number}: {other}");
            }
            let has_qatar = clubs.iter().any(|club| cup.club(*club).name == "Qatar");
            assert_eq!(has_qatar, unit.key == "A");
            seen.insert(clubs);
        }
    }
    assert!(seen.len() > 400, "draws differ: {}", seen.len());
}

/// A league whose lines name no matchday: after the n-th nobody has played more than n matches, and matches come in the
/// order of their dates.
#[test]
fn matchdays_of_a_league_are_counted_by_date() {
    let bundled = crate::open::find_bundled("premier-league-2023-24").expect("a bundled cup");
    let full = crate::open::open_bundled(bundled).expect("a sound file");
    let first = full.known_at(full.instant("md1").expect("a moment"));
    assert_eq!(first.known_matches(), (10, 0));
    let known = full.known_at(full.instant("md20").expect("a moment"));
    let played = known.matches().iter().filter(|game| game.score.is_some());
    let mut counts = vec![0; full.clubs().len()];
    for club in played.filter_map(|game| game.clubs).flatten() {
        counts[club.index()] += 1;
    }
    assert_eq!(counts.iter().max(), Some(&20));
    let august = known.matches().iter().filter(|game| {
        let day = game.date.expect("every match has a date");
        day < jiff::civil::date(2023, 9, 1)
    });
    assert!(august.clone().count() > 20 && august.clone().all(|game| game.score.is_some()));
}
