//! What a what-if of a cup takes for granted, in words.

use super::{WhatIf, rules};
use crate::conditions::{Departure, Manner};
use crate::cup::{Cup, Outcome, Supposed};
use crate::format::Rules;
use crate::ids::UnitId;
use crate::state::{First, State};

impl WhatIf {
    /// Everything in words, one line each.
    pub fn words(&self, known: &Cup) -> Vec<String> {
        let clubs = known.clubs();
        let results = self.results.iter().map(|one| result_words(*one, known));
        let firsts = self.firsts.iter().map(|one| first_words(*one, known));
        let state = State::of(&self.applied(known));
        let departures = self.departures.iter();
        let departures = departures.map(|one| departure_words(*one, known, &state));
        let strengths = self.strengths.iter().map(|change| change.words(clubs));
        let facts = self.facts.iter().map(|change| change.words(clubs));
        let grounds = self.grounds.iter().map(|ground| ground.words(known));
        let rules = self.rules.iter().map(|rule| rules::words(*rule, known));
        results
            .chain(firsts)
            .chain(departures)
            .chain(strengths)
            .chain(facts)
            .chain(grounds)
            .chain(rules)
            .collect()
    }
}

/// Such as `Qatar - Ecuador 1-0 (group stage), in place of the known 0-2`.
fn result_words(supposed: Supposed, known: &Cup) -> String {
    let [one, other] = supposed.clubs.map(|club| known.club(club).name.as_str());
    let outcome = match supposed.outcome {
        Outcome::Score(score) => score.to_string(),
        Outcome::Result(result) => result.words().to_owned(),
    };
    let format = known.format();
    let stage = supposed
        .stage
        .map(|stage| format.stage(stage).name.as_str());
    let place = stage.map(|name| format!(" ({name})")).unwrap_or_default();
    let here = |unit: UnitId| {
        let stage = format.unit(unit).stage;
        supposed.stage.is_none_or(|named| named == stage)
    };
    let mut played = known.matches().iter();
    let before = played
        .find(|game| here(game.unit) && game.clubs == Some(supposed.clubs) && game.score.is_some());
    let before = before
        .and_then(|game| game.score)
        .map(|score| format!(", in place of the known {score}"));
    format!(
        "{one} - {other} {outcome}{place}{}",
        before.unwrap_or_default()
    )
}

/// Such as `given that Qatar wins group A`, or `given that Arsenal comes first in the league`.
fn first_words(first: First, known: &Cup) -> String {
    let club = &known.club(first.club).name;
    let table = table_name(known, first.table);
    let verb = match (table.starts_with("group"), first.is_first) {
        (true, true) => "wins",
        (true, false) => "does not win",
        (false, true) => "comes first in the",
        (false, false) => "does not come first in the",
    };
    format!("given that {club} {verb} {table}")
}

fn table_name(known: &Cup, table: UnitId) -> String {
    let unit = known.format().unit(table);
    let stage = &known.format().stage(unit.stage).name;
    let alone = known.format().units_of(unit.stage).count() == 1;
    if alone {
        stage.clone()
    } else {
        unit.name.clone()
    }
}

/// Such as `Qatar withdraws: last in its group, matches left to it count 0-3`.
fn departure_words(departure: Departure, known: &Cup, state: &State) -> String {
    let name = &known.club(departure.club).name;
    let verb = match departure.manner {
        Manner::Eliminated => "is eliminated",
        Manner::Forfeited | Manner::Annulled => "withdraws",
    };
    let format = known.format();
    let table = format.unit_ids().find(|id| {
        let unit = format.unit(*id);
        let mut entrants = unit.entrants.iter();
        matches!(unit.rules, Rules::Table(_))
            && !state.is_over(*id)
            && entrants.any(|place| state.run.club_at(*place) == Some(departure.club))
    });
    let Some(table) = table else {
        return format!("{name} {verb}: its next opponent goes on");
    };
    let last = format!("last in {}", table_name(known, table));
    let open = state.course.fixtures[table.index()]
        .iter()
        .filter(|fixture| {
            let unit = format.unit(table);
            let mut sides = fixture.sides.iter();
            let plays = sides.any(|side| {
                state.run.club_at(unit.entrants[usize::from(*side)]) == Some(departure.club)
            });
            plays && state.run.goals(fixture.index).is_none()
        });
    match (departure.manner, open.count()) {
        (Manner::Eliminated, _) => format!("{name} {verb}: {last}, its results stand"),
        (Manner::Forfeited, 1) => format!("{name} {verb}: {last}, 1 match counts 0-3"),
        (Manner::Forfeited, left) => format!("{name} {verb}: {last}, {left} matches count 0-3"),
        (Manner::Annulled, _) => format!("{name} {verb}: {last}, all its matches are struck"),
    }
}
