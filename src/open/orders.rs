//! Stages without matches: seeds, best thirds with their allocation, conferences.

use super::criteria;
use super::rules::{RuleSheet, read_criteria};
use super::stages::{Making, StageHead};
use super::tables;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::format::{Assign, By, Criterion, Order, Rules};
use crate::ids::{PlaceId, StageId, UnitId};
use crate::tournament::file::walk::Table;
use std::collections::BTreeSet;

impl Making<'_> {
    /// `order = { of = ["firsts group"], tiers = [8, 8] }`.
    pub(super) fn read_order(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let keys = ["of", "by", "counting", "tiers", "best"];
        let Some(order) = table.table("order", "`order`", &keys) else {
            return;
        };
        let entrants = self.places(&order.required_list::<String>("of", "of = [\"firsts group\"]"));
        let mut by = if order.has("by") {
            self.read_by(&order)
        } else {
            sheet.across.clone()
        };
        let tiers = order.list::<u32>("tiers");
        if !tiers.is_empty() {
            let sizes = tiers.iter().map(|size| size.value as u16).collect();
            by.insert(0, Criterion::of(By::Tier(sizes)));
        }
        let counting = if order.has("counting") {
            let named = order.list::<String>("counting");
            let stages = named.into_iter().filter_map(|key| {
                let found = self.names.find_stage(&key.value);
                let found = found.ok_or(format!("there is no stage `{}` before this", key.value));
                self.note(found, &key.span)
            });
            stages.collect()
        } else {
            self.stages_of(&entrants)
        };
        let rules = Rules::Order(Order {
            by,
            counting,
            best: order.optional::<u8>("best").map(|best| best.value),
        });
        let stage = self.add_stage(head);
        self.add_unit(stage, &head.key, &head.name, entrants, rules, &head.span);
    }

    /// Criteria, which may name the place in a unit: `place in league`.
    fn read_by(&self, table: &Table<'_>) -> Vec<Criterion> {
        let list = table.list::<String>("by");
        let names_place = list.iter().any(|item| item.value.starts_with("place "));
        if !names_place {
            return read_criteria(table, "by", &self.numbers, self.problems);
        }
        let read = list.iter().filter_map(|item| {
            let found = match item.value.strip_prefix("place ") {
                Some(rest) => self.place_in(rest),
                None => criteria::parse(&item.value, &self.numbers),
            };
            self.note(found, &item.span)
        });
        let mut by: Vec<Criterion> = read.collect();
        by.push(Criterion::lots());
        by
    }

    /// `in league`, or `among the first 1 in opening`: beyond these all are level.
    fn place_in(&self, text: &str) -> Result<Criterion, String> {
        let among = text.strip_prefix("among the first ");
        let (first, unit) = match among.and_then(|rest| rest.split_once(" in ")) {
            Some((number, unit)) => (number.trim().parse::<u16>().ok(), unit),
            None => (None, text.strip_prefix("in ").unwrap_or(text)),
        };
        if among.is_some() && first.is_none() {
            return Err(format!(
                "`place {text}` is no criterion; write `place in league` or `place among the first 1 in league`"
            ));
        }
        let of = self.names.find_unit(unit);
        let of = of.ok_or_else(|| format!("there is no unit `{unit}` before this stage"))?;
        Ok(Criterion::of(By::Place { of, first }))
    }

    /// The stages of the tables and ties that places come from.
    fn stages_of(&self, places: &[PlaceId]) -> Vec<StageId> {
        let stages: BTreeSet<StageId> = places
            .iter()
            .filter_map(|place| {
                let of = self.builder.units().iter().rev();
                let mut of = of.filter(|unit| unit.first_out <= *place);
                of.next()
                    .filter(|unit| matches!(unit.rules, Rules::Table(_) | Rules::Tie(_)))
                    .map(|unit| unit.stage)
            })
            .collect();
        stages.into_iter().collect()
    }

    /// `thirds = { place = 3, best = 8, table = "fifa-2026" }`.
    pub(super) fn read_thirds(&mut self, table: &Table<'_>, head: &StageHead, sheet: &RuleSheet) {
        let keys = ["place", "best", "table", "meet", "rows"];
        let Some(thirds) = table.table("thirds", "`thirds`", &keys) else {
            return;
        };
        let place = thirds
            .optional::<u8>("place")
            .map_or(3, |place| place.value);
        let Some(best) = thirds.required::<u8>("best", "how many go on, such as best = 4") else {
            return;
        };
        let Some(tables_stage) = self.last_tables() else {
            self.problems.add(Diagnostic::error(
                head.span.clone(),
                "there are no groups before this stage",
            ));
            return;
        };
        let of_stage = |unit: &&crate::format::Unit| {
            unit.stage == tables_stage && unit.size() >= usize::from(place.max(1))
        };
        let units: Vec<(String, PlaceId)> = self
            .builder
            .units()
            .iter()
            .filter(of_stage)
            .map(|unit| (unit.key.clone(), unit.output(usize::from(place.max(1)) - 1)))
            .collect();
        if usize::from(best.value) > units.len() || best.value == 0 {
            self.problems.add(Diagnostic::error(
                best.span,
                format!("{} of {} cannot go on", best.value, units.len()),
            ));
            return;
        }
        let groups: Vec<String> = units.iter().map(|(key, _)| key.clone()).collect();
        let entrants = units.into_iter().map(|(_, place)| place).collect();
        let rules = Rules::Order(Order {
            by: sheet.across.clone(),
            counting: vec![tables_stage],
            best: None,
        });
        let stage = self.add_stage(head);
        let ranked = self.add_unit(stage, &head.key, &head.name, entrants, rules, &head.span);
        let before = self.problems.count();
        let allocation = self.allocation(&thirds);
        self.thirds_broken |= self.problems.count() > before;
        if let Some((table, span)) = allocation {
            self.allocate(
                &table,
                &span,
                ranked,
                usize::from(best.value),
                tables_stage,
                &groups,
                head,
            );
        }
    }

    /// The allocation table that a file names or writes.
    fn allocation(&self, thirds: &Table<'_>) -> Option<(tables::Allocation, Span)> {
        if thirds.has("rows") || thirds.has("meet") {
            let meet = thirds.required_list::<String>(
                "meet",
                "the winners that meet a third, such as meet = [\"1A\", \"1B\"]",
            );
            let rows = thirds.required_list::<String>(
                "rows",
                "a row a set of groups, such as rows = [\"ABCD: C D A B\", ...]",
            );
            let winners = meet.into_iter().map(|winner| winner.value).collect();
            let table = tables::written(winners, rows.iter().map(|row| row.value.as_str()));
            return match table {
                Ok(table) => Some((table, thirds.place_of("rows"))),
                Err((row, why)) => {
                    let wrong = Diagnostic::error(rows[row].span.clone(), why);
                    self.problems.add(wrong.help(
                        "write the groups of the set, then for each of `meet` the group of its third: \"ABCD: C D A B\"",
                    ));
                    None
                }
            };
        }
        let name = thirds.optional::<String>("table")?;
        if name.value == "best" {
            return None;
        }
        let table = tables::find(&name.value);
        if table.is_none() {
            let help = match nearest(&name.value, tables::names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!(
                    "there are {}; or write your own as `meet` and `rows`",
                    tables::names().collect::<Vec<_>>().join(", ")
                ),
            };
            let wrong = format!("there is no allocation table `{}`", name.value);
            self.problems
                .add(Diagnostic::error(name.span.clone(), wrong).help(help));
        }
        Some((table?, name.span))
    }

    /// Sends the best thirds where an allocation table wants them.
    #[expect(
        clippy::too_many_arguments,
        reason = "a table, and where it stands among the stages"
    )]
    fn allocate(
        &mut self,
        table: &tables::Allocation,
        span: &Span,
        ranked: UnitId,
        best: usize,
        from: StageId,
        groups: &[String],
        head: &StageHead,
    ) {
        let number = |group: &str| groups.iter().position(|one| one == group);
        let rows: Option<Vec<(u64, Vec<u8>)>> = table
            .rows
            .iter()
            .map(|(_, row)| {
                let row: Option<Vec<u8>> = row
                    .iter()
                    .map(|group| number(group).map(|number| number as u8))
                    .collect();
                let row = row?;
                let set = row.iter().fold(0u64, |set, group| set | 1 << group);
                Some((set, row))
            })
            .collect();
        let Some(mut rows) = rows.filter(|_| table.columns.len() == best) else {
            self.thirds_broken = true;
            let fact = format!(
                "the table is for {} thirds of other groups than these",
                table.columns.len()
            );
            self.problems.add(Diagnostic::error(span.clone(), fact).help(format!(
                "{best} thirds of the groups {} go on here; name another table, or write it as `meet` and `rows`",
                groups.join(", ")
            )));
            return;
        };
        rows.sort_unstable();
        let before = StageHead {
            key: format!("{}-table", head.key),
            name: "allocation of thirds".to_owned(),
            shown: false,
            span: head.span.clone(),
        };
        let stage = self.add_stage(&before);
        let entrants = (0..best)
            .map(|rank| self.builder.output(ranked, rank))
            .collect();
        let rules = Rules::Assign(Assign { from, rows });
        let unit = self.add_unit(stage, &before.key, &before.name, entrants, rules, span);
        for (slot, column) in table.columns.iter().enumerate() {
            let place = self.builder.output(unit, slot);
            let groups = table.groups_of(slot).concat();
            self.thirds.insert(column.to_uppercase(), (place, groups));
        }
    }

    /// `conferences = { of = "league", fact = "conference", order = ["East", "West"] }`.
    #[expect(clippy::too_many_lines, reason = "a form is read from top to bottom")]
    pub(super) fn read_conferences(&mut self, table: &Table<'_>, head: &StageHead) {
        let keys = ["of", "fact", "order"];
        let Some(cut) = table.table("conferences", "`conferences`", &keys) else {
            return;
        };
        let of = cut.required::<String>("of", "the table, such as of = \"league\"");
        let fact =
            cut.required::<String>("fact", "a word of [clubs], such as fact = \"conference\"");
        let parts = cut.required_list::<String>("order", "order = [\"East\", \"West\"]");
        let (Some(of), Some(fact)) = (of, fact) else {
            return;
        };
        let Some(unit) = self.names.find_unit(&of.value) else {
            self.problems.add(Diagnostic::error(
                of.span,
                format!("there is no table `{}` before this stage", of.value),
            ));
            return;
        };
        let names: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        let words = self.clubs.words.get(&fact.value);
        let number_of = |club: usize| {
            let word = words?.get(club)?.as_deref()?;
            names.iter().position(|name| *name == word)
        };
        let numbers: Vec<Option<f64>> = (0..self.clubs.list.len())
            .map(|club| number_of(club).map(|number| number as f64))
            .collect();
        let entrants: Vec<PlaceId> = self.builder.unit_at(unit).outputs().collect();
        let members = self.builder.unit_at(unit).entrants.clone();
        let sizes: Vec<usize> = (0..names.len())
            .map(|part| {
                let of_part = |place: &&PlaceId| {
                    let club = place.index();
                    numbers
                        .get(club)
                        .is_some_and(|number| *number == Some(part as f64))
                };
                members.iter().filter(of_part).count()
            })
            .collect();
        if sizes.iter().sum::<usize>() != members.len() {
            self.problems.add(
                Diagnostic::error(
                    fact.span,
                    format!(
                        "not every club of `{}` has one of these as its `{}`",
                        of.value, fact.value
                    ),
                )
                .help(format!(
                    "write `{} = \"{}\"` for each in [clubs]",
                    fact.value,
                    names.join("\" or \"")
                )),
            );
            return;
        }
        let made = format!("{} order", fact.value);
        self.made_numbers.insert(made.clone(), numbers);
        let rules = Rules::Order(Order {
            by: vec![
                Criterion::of(By::Fact {
                    name: made,
                    high: false,
                }),
                Criterion::of(By::Place {
                    of: unit,
                    first: None,
                }),
            ],
            counting: vec![self.builder.unit_at(unit).stage],
            best: None,
        });
        let before = StageHead {
            key: format!("{}-cut", head.key),
            name: format!("{} by {}", of.value, fact.value),
            shown: false,
            span: head.span.clone(),
        };
        let stage = self.add_stage(&before);
        let whole = self.add_unit(
            stage,
            &before.key,
            &before.name,
            entrants,
            rules,
            &head.span,
        );
        let table_stage = self.builder.unit_at(unit).stage;
        let stage = self.add_stage(head);
        let mut first = 0;
        for (name, size) in names.iter().zip(sizes) {
            let part = (first..first + size).map(|rank| self.builder.output(whole, rank));
            let part = part.collect();
            let rules = Rules::Order(Order {
                by: vec![Criterion::of(By::Entrant)],
                counting: vec![table_stage],
                best: None,
            });
            self.add_unit(stage, name, name, part, rules, &head.span);
            first += size;
        }
    }
}
