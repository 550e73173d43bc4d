//! Other rules than those of the file, as edits of the graph's units: their kinds and wires stay.

use super::super::item::wrong;
use super::super::{ConditionError, RuleChange};
use crate::cup::Cup;
use crate::format::{By, Criterion, Figure, Format, Order, Rules, Step, Tie};
use crate::ids::UnitId;

/// The tie whose winner has the title, if one decides it.
pub fn final_of(format: &Format) -> Option<UnitId> {
    let title = format
        .milestones()
        .iter()
        .find(|milestone| milestone.key == "title")?;
    let [place] = title.places.as_slice() else {
        return None;
    };
    let (unit, _) = format.source(*place)?;
    matches!(format.unit(unit).rules, Rules::Tie(_)).then_some(unit)
}

/// Changes the rules of a cup.
pub(super) fn apply(rule: RuleChange, cup: &mut Cup) {
    let last = final_of(&cup.format);
    if rule == RuleChange::SingleLegFinal
        && let Some(last) = last
    {
        play_last_leg_first(cup, last);
    }
    let drawn = seeding_orders(&cup.format);
    cup.format.change_rules(|id, rules| match (rule, rules) {
        (RuleChange::AwayGoals, Rules::Tie(tie)) => add_away_goals(tie),
        (RuleChange::NoAwayGoals, Rules::Tie(tie)) => {
            tie.decide.retain(|step| *step != Step::AwayGoals);
        }
        (RuleChange::ExtraTime, Rules::Tie(tie)) => add_extra_time(tie),
        (RuleChange::NoExtraTime, Rules::Tie(tie)) => {
            tie.decide.retain(|step| *step != Step::ExtraTime);
            // What counted once more after extra time counts once.
            tie.decide.dedup();
        }
        (RuleChange::SingleLegFinal, Rules::Tie(tie)) if Some(id) == last => {
            tie.legs.drain(..tie.legs.len() - 1);
            tie.decide.retain(|step| *step != Step::AwayGoals);
        }
        (RuleChange::TwoPoints, Rules::Table(table)) => {
            table.points.win = 2;
            table.points.draw = table.points.draw.min(1);
            table.points.loss = 0;
        }
        (RuleChange::GoalDifferenceFirst, Rules::Table(table)) => difference_first(&mut table.rank),
        (RuleChange::RandomBracket, Rules::Order(order)) if drawn.contains(&id) => {
            order.by = by_lots(order);
        }
        _ => {}
    });
}

fn add_away_goals(tie: &mut Tie) {
    let goals = tie.decide.iter().position(|step| *step == Step::Goals);
    if let Some(goals) = goals
        && tie.legs.len() == 2
        && !tie.has(Step::AwayGoals)
    {
        tie.decide.insert(goals + 1, Step::AwayGoals);
    }
}

fn add_extra_time(tie: &mut Tie) {
    let kicks = tie.decide.iter().position(|step| *step == Step::ShootOut);
    if let Some(kicks) = kicks
        && !tie.has(Step::ExtraTime)
    {
        tie.decide.insert(kicks, Step::ExtraTime);
    }
}

/// Goal difference and goals of all matches right behind points.
fn difference_first(rank: &mut Vec<Criterion>) {
    let first = [Figure::Difference, Figure::Goals].map(Criterion::figure);
    let is_points = |one: &Criterion| {
        let points = [Figure::Points, Figure::PointsPerMatch];
        points.map(By::Figure).contains(&one.by)
    };
    if !rank.iter().any(is_points) {
        return;
    }
    rank.retain(|criterion| !first.contains(criterion));
    if let Some(points) = rank.iter().position(is_points) {
        rank.splice(points + 1..=points, first);
    }
}

/// The orders that seed clubs into ties: all that come out of them go on.
fn seeding_orders(format: &Format) -> Vec<UnitId> {
    let seeds = format.unit_ids().filter(|id| {
        let unit = format.unit(*id);
        matches!(&unit.rules, Rules::Order(order) if !order.counting.is_empty())
            && unit.size() > 2
            && unit.outputs().all(|out| format.fed_by(out).is_some())
    });
    seeds.collect()
}

/// Lots, but firsts still stand before seconds.
fn by_lots(order: &Order) -> Vec<Criterion> {
    let tiers = order.by.iter().filter(|one| matches!(one.by, By::Tier(_)));
    tiers.cloned().chain([Criterion::lots()]).collect()
}

/// The last leg of the final becomes its only one; what was listed before it is never asked for.
fn play_last_leg_first(cup: &mut Cup, last: UnitId) {
    let legs = match &cup.format.unit(last).rules {
        Rules::Tie(tie) => tie.legs.len() as u16,
        _ => return,
    };
    for game in cup.matches.iter_mut().filter(|game| game.unit == last) {
        game.number = if game.number == legs {
            1
        } else {
            game.number + 1
        };
    }
}

/// Reads the word of a rule and refuses what makes no sense for the cup.
pub(super) fn parse(text: &str, cup: &Cup) -> Result<RuleChange, ConditionError> {
    let rule = RuleChange::named(text)?;
    let format = cup.format();
    let played = |unit: UnitId| cup.matches_of(unit).any(|(_, game)| game.score.is_some());
    let refuse = |fact: &str, way_out: &str| Err(wrong(text, fact.to_owned(), way_out));
    let earlier = "take an earlier moment with --as-of";
    match rule {
        RuleChange::HigherSeedHosts => {
            return refuse(
                "is not there for cups of format 2: who is at home in a tie is part of their graph",
                "write `home = \"better in ...\"` for the stage in a copy of the file",
            );
        }
        RuleChange::SingleLegFinal => match final_of(format) {
            None => {
                return refuse(
                    "needs a final, and no single tie decides this cup",
                    "leave it out",
                );
            }
            Some(last) if played(last) => {
                return refuse(
                    "comes too late: a leg of the final has been played",
                    earlier,
                );
            }
            Some(_) => {}
        },
        RuleChange::RandomBracket => {
            let seeds = seeding_orders(format);
            let Some(first) = seeds.first() else {
                return refuse(
                    "needs clubs that are seeded into ties by their records, and none are here",
                    "leave it out",
                );
            };
            let mut after = format.unit_ids().filter(|id| id > first);
            if after.any(played) {
                return refuse("comes too late: the knockout stage has begun", earlier);
            }
        }
        _ => {}
    }
    let mut changed = cup.clone();
    apply(rule, &mut changed);
    if changed == *cup {
        return refuse(
            "changes nothing: that is how this cup is played",
            "leave it out",
        );
    }
    Ok(rule)
}

/// In words.
pub(super) fn words(rule: RuleChange, cup: &Cup) -> String {
    let format = cup.format();
    match rule {
        RuleChange::SingleLegFinal => {
            let last = final_of(format).map(|unit| format.stage(format.unit(unit).stage));
            let name = last.map_or("final", |stage| &stage.name);
            format!("the {name} is a single match")
        }
        RuleChange::TwoPoints => {
            let win = format.units().iter().find_map(|unit| match &unit.rules {
                Rules::Table(table) => Some(table.points.win),
                _ => None,
            });
            format!("2 points for a win, not {}", win.unwrap_or(3))
        }
        other => other.plain_words().to_owned(),
    }
}
