//! The rules of a cup spelt out, stage by stage: what its named rules stand for.

use super::tables::step_word;
use crate::cup::Cup;
use crate::format::{Criterion, Procedure, Rules, Side, Tie, Unit};
use std::fmt::Write;

/// The rules of every stage that is shown, as text.
pub fn text(cup: &Cup) -> String {
    let format = cup.format();
    let mut out = String::new();
    for stage in format.stage_ids() {
        let about = format.stage(stage);
        let Some((_, unit)) = format.units_of(stage).next() else {
            continue;
        };
        let units = format.units_of(stage).count();
        let kind = match (&unit.rules, units) {
            (Rules::Table(_), 1) => format!("a table of {}", unit.size()),
            (Rules::Table(_), _) => format!("{units} tables of {}", unit.size()),
            (Rules::Tie(_), 1) => "one tie".to_owned(),
            (Rules::Tie(_), _) => format!("{units} ties"),
            (Rules::Order(_), _) => format!("an order of {}", unit.size()),
            (Rules::Draw(_), _) => format!("a draw of {}", unit.size()),
            (Rules::Assign(_), _) => format!("an allocation of {}", unit.size()),
        };
        let _ = writeln!(out, "\n{} ({}): {kind}", about.name, about.key);
        out += &of_unit(cup, unit);
    }
    out
}

fn of_unit(cup: &Cup, unit: &Unit) -> String {
    let mut out = String::new();
    let mut line = |words: String| {
        let _ = writeln!(out, "  {words}");
    };
    match &unit.rules {
        Rules::Table(table) => {
            let points = &table.points;
            line(format!(
                "points: {}-{}-{}",
                points.win, points.draw, points.loss
            ));
            if let Some((winner, loser)) = points.shoot_out {
                line(format!(
                    "a drawn match goes to a shoot-out: {winner} and {loser} points"
                ));
            }
            line(format!("ranked by: {}", list(&table.rank)));
            if let Some(carry) = &table.carry {
                let from = &cup.format().stage(carry.from).name;
                line(format!("counts what was played in the {from}"));
            }
        }
        Rules::Tie(tie) => {
            line(legs(tie));
            let steps: Vec<&str> = tie.decide.iter().map(|step| step_word(*step)).collect();
            line(format!("decided by: {}", steps.join(", ")));
        }
        Rules::Order(order) => line(format!("ranked by: {}", list(&order.by))),
        Rules::Draw(draw) => line(
            match draw.procedure {
                Procedure::Sequential(_) => "drawn ball by ball",
                Procedure::Uniform => "drawn evenly over all valid outcomes",
            }
            .to_owned(),
        ),
        Rules::Assign(assign) => line(format!("by a table of {} rows", assign.rows.len())),
    }
    out
}

fn list(criteria: &[Criterion]) -> String {
    let words: Vec<String> = criteria.iter().map(ToString::to_string).collect();
    words.join("; ")
}

fn legs(tie: &Tie) -> String {
    let at = |side: &Side| match side {
        Side::First => "at the first side",
        Side::Second => "at the second side",
        Side::Nobody => "on neutral ground",
    };
    let places: Vec<&str> = tie.legs.iter().map(at).collect();
    if tie.is_series() {
        format!("a series of {}: {}", tie.legs.len(), places.join(", "))
    } else {
        format!("played {}", places.join(", then "))
    }
}
