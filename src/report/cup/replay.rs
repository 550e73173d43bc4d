//! One simulated run of a cup in words: every table with its matches, every tie, the champion.

use super::tables::stages;
use crate::cup::Cup;
use crate::format::{Rules, Unit};
use crate::ids::{ClubId, UnitId};
use crate::state::State;
use std::fmt::Write;

/// The run as text; `state` is how it came out, `heading` says which it is.
pub fn text(cup: &Cup, state: &State, heading: &str) -> String {
    let mut out = format!("{} {}: {heading}\n", cup.competition(), cup.edition());
    out += &stages(cup, state, |id, unit| matches(cup, state, id, unit));
    if let Some(champion) = champion(cup, state) {
        let _ = writeln!(out, "\nChampion: {}", cup.club(champion).name);
    }
    out
}

/// The matches of a table with their scores, matchday by matchday.
fn matches(cup: &Cup, state: &State, id: UnitId, unit: &Unit) -> String {
    let mut out = String::new();
    let mut listed: Vec<_> = cup.matches_of(id).collect();
    listed.sort_by_key(|(_, game)| game.number);
    for (index, game) in listed {
        let Some((goals, shoot_out)) = state.run.goals(index) else {
            continue;
        };
        let clubs = game
            .sides
            .map(|side| state.run.standing_at(unit.entrants[usize::from(side)]));
        let [home, away] = clubs.map(|club| club.map_or("-", |club| cup.club(club).name.as_str()));
        let _ = write!(out, "    md{:<3} {home} {goals} {away}", game.number);
        if let Some(first) = shoot_out {
            let winner = if first { home } else { away };
            let _ = write!(out, ", {winner} win the shoot-out");
        }
        out.push('\n');
    }
    out
}

/// Who reached the title, or whoever comes first in the last unit of a cup that has none.
fn champion(cup: &Cup, state: &State) -> Option<ClubId> {
    let format = cup.format();
    let mut milestones = format.milestones().iter();
    let title = milestones.find(|milestone| milestone.key == "title");
    let place = title.and_then(|title| title.places.first().copied());
    let last = format
        .units()
        .last()
        .filter(|unit| matches!(unit.rules, Rules::Tie(_) | Rules::Table(_)));
    let place = place.or_else(|| last.map(|unit| unit.output(0)))?;
    state.run.club_at(place)
}
