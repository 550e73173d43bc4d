//! The state of a cup as text and CSV: tables, orders and ties, stage by stage.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "callers iterate by reference"
)]

use super::forecast::pad;
use crate::cup::Cup;
use crate::format::{Rules, StageKind, Step, Unit};
use crate::ids::{ClubId, StageId, UnitId};
use crate::report::rows::Rows;
use crate::state::{Record, State, TiePlay};
use std::fmt::Write;

/// Everything as it stands; `explain` adds what separated clubs that were level.
pub fn text(cup: &Cup, state: &State, heading: &str, explain: bool) -> String {
    let heading = format!("{} {}\n{heading}\n", cup.competition(), cup.edition());
    heading
        + &stages(cup, state, |id, _| {
            if explain {
                reasons(cup, state, id)
            } else {
                String::new()
            }
        })
}

/// Every stage that is shown, with more below each table.
pub(super) fn stages(cup: &Cup, state: &State, below: impl Fn(UnitId, &Unit) -> String) -> String {
    let mut out = String::new();
    let format = cup.format();
    for stage in format
        .stage_ids()
        .filter(|stage| format.stage(*stage).shown)
    {
        match format.kind(stage) {
            StageKind::Tables | StageKind::Order => {
                for (id, unit) in format.units_of(stage) {
                    out += &table(cup, state, id, unit);
                    out += &below(id, unit);
                }
            }
            StageKind::Ties => out += &ties(cup, state, stage),
            StageKind::Draw | StageKind::Assign => {}
        }
    }
    out
}

/// The name of a club, or nobody.
fn name(cup: &Cup, club: Option<ClubId>) -> &str {
    club.map_or("-", |club| cup.club(club).name.as_str())
}

/// The record of a club in a unit.
pub(super) fn record_of<'a>(state: &'a State, unit: &Unit, club: ClubId) -> Option<&'a Record> {
    let mut entrants = unit.entrants.iter();
    let entrant = entrants.position(|place| state.run.standing_at(*place) == Some(club))?;
    Some(state.run.record(unit.first_out, entrant))
}

/// A table or order with the record of everybody in it.
pub(super) fn table(cup: &Cup, state: &State, _: UnitId, unit: &Unit) -> String {
    let longest = cup
        .clubs()
        .iter()
        .map(|club| club.name.chars().count())
        .max();
    let width = longest.unwrap_or(4).clamp(12, 30);
    let mut out = format!(
        "\n{}\n    {}  P  W  D  L  goals    +/-  pts\n",
        unit.name,
        pad("", width)
    );
    for (rank, place) in unit.outputs().enumerate() {
        let club = state.run.standing_at(place);
        let Some(record) = club.and_then(|club| record_of(state, unit, club)) else {
            let _ = writeln!(out, "{:>3} -", rank + 1);
            continue;
        };
        let goals = format!("{}-{}", record.goals_for, record.goals_against);
        let _ = writeln!(
            out,
            "{:>3} {} {:>2} {:>2} {:>2} {:>2}  {goals:<7} {:>+4} {:>4}",
            rank + 1,
            pad(name(cup, club), width),
            record.played(),
            record.won,
            record.drawn,
            record.lost,
            record.difference(),
            record.points
        );
    }
    out
}

/// What separated clubs of a unit that were level on the first criterion.
fn reasons(cup: &Cup, state: &State, id: UnitId) -> String {
    let mut out = String::new();
    let first = match &cup.format().unit(id).rules {
        Rules::Table(table) => table.rank.first(),
        Rules::Order(order) => order.by.first(),
        _ => None,
    };
    for reason in state.reasons.iter().filter(|reason| reason.unit == id) {
        if Some(&reason.by) == first {
            continue;
        }
        let mut clubs = reason
            .clubs
            .iter()
            .map(|club| cup.club(*club).name.as_str());
        let parts: Vec<String> = reason
            .parts
            .iter()
            .map(|part| clubs.by_ref().take(*part).collect::<Vec<_>>().join(" and "))
            .collect();
        let _ = writeln!(out, "    {} by {}", parts.join(" above "), reason.by);
    }
    out
}

/// The ties of a stage, a line each.
pub(super) fn ties(cup: &Cup, state: &State, stage: StageId) -> String {
    let format = cup.format();
    let mut out = format!("\n{}\n", format.stage(stage).name);
    for (id, unit) in format.units_of(stage) {
        let tie = state.run.tie(id);
        let sides: Vec<String> = unit
            .entrants
            .iter()
            .map(|place| match state.run.club_at(*place) {
                Some(club) => cup.club(club).name.clone(),
                None => place_words(cup, *place),
            })
            .collect();
        let legs: Vec<String> = tie.legs.iter().flatten().map(leg_words).collect();
        let _ = write!(out, "  {:<8} {}", unit.key, sides.join(" - "));
        if !legs.is_empty() {
            let _ = write!(out, "  {}", legs.join(", "));
        }
        if let (Some(winner), Some(step)) = (tie.winner(), tie.decided) {
            let _ = write!(out, "  {} ({})", cup.club(winner).name, step_word(step));
        }
        out.push('\n');
    }
    out
}

/// A place whose club is not known: `1A`, `winner of R16-1`.
pub(super) fn place_words(cup: &Cup, place: crate::ids::PlaceId) -> String {
    let format = cup.format();
    let Some((id, rank)) = format.source(place) else {
        return "-".to_owned();
    };
    let unit = format.unit(id);
    match (&unit.rules, rank) {
        (Rules::Tie(_), 0) => format!("winner of {}", unit.key),
        (Rules::Tie(_), _) => format!("loser of {}", unit.key),
        (Rules::Table(_), _) if unit.key.chars().count() < 3 => format!("{}{}", rank + 1, unit.key),
        (Rules::Draw(_), _) => {
            let from: Vec<String> = unit
                .entrants
                .iter()
                .map(|place| place_words(cup, *place))
                .collect();
            if from.len() == 2 {
                from.join(" or ")
            } else {
                "to be drawn".to_owned()
            }
        }
        (Rules::Order(_), _) if !format.stage(unit.stage).shown && unit.size() == 2 => {
            let from: Vec<String> = unit
                .entrants
                .iter()
                .map(|place| place_words(cup, *place))
                .collect();
            from.join(" or ")
        }
        (Rules::Assign(_), _) => "a best third".to_owned(),
        _ => format!("{} {}", unit.key, rank + 1),
    }
}

fn leg_words(leg: &crate::state::LegPlay) -> String {
    let [first, second] = leg.goals;
    let mut words = format!("{first}-{second}");
    if let Some([one, other]) = leg.extra_time {
        words = format!("{}-{} a.e.t.", first + one, second + other);
    }
    if let Some(first_won) = leg.shoot_out {
        words += if first_won {
            " (first side on penalties)"
        } else {
            " (second side on penalties)"
        };
    }
    words
}

/// What decided a tie, in a word.
pub(super) fn step_word(step: Step) -> &'static str {
    match step {
        Step::Goals => "goals",
        Step::AwayGoals => "away goals",
        Step::ExtraTime => "extra time",
        Step::ShootOut => "shoot-out",
        Step::First => "better seed",
        Step::Points => "points",
        Step::Wins => "wins",
    }
}

/// Every row of every table, order and tie as CSV.
pub fn csv(cup: &Cup, state: &State) -> String {
    let header = [
        "stage",
        "unit",
        "place",
        "code",
        "name",
        "played",
        "won",
        "drawn",
        "lost",
        "goals_for",
        "goals_against",
        "points",
        "decided_by",
    ];
    let mut rows = Rows::new(header);
    let format = cup.format();
    for stage in format
        .stage_ids()
        .filter(|stage| format.stage(*stage).shown)
    {
        for (id, unit) in format.units_of(stage) {
            for (rank, place) in unit.outputs().enumerate() {
                let Some(club) = state.run.standing_at(place) else {
                    continue;
                };
                let record = record_of(state, unit, club).copied().unwrap_or_default();
                let tie: &TiePlay = state.run.tie(id);
                let decided = matches!(unit.rules, Rules::Tie(_))
                    .then_some(tie.decided)
                    .flatten();
                let about = cup.club(club);
                let row = [
                    format.stage(stage).key.clone(),
                    unit.key.clone(),
                    (rank + 1).to_string(),
                    about.code.clone(),
                    about.name.clone(),
                    record.played().to_string(),
                    record.won.to_string(),
                    record.drawn.to_string(),
                    record.lost.to_string(),
                    record.goals_for.to_string(),
                    record.goals_against.to_string(),
                    record.points.to_string(),
                    decided.map_or("", step_word).to_owned(),
                ];
                rows.push(row);
            }
        }
    }
    rows.finish()
}
