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
