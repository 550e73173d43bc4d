//! What may be reached: what a file asks for, or what its format suggests.

use super::clubs::in_file_order;
use super::stages::Making;
use crate::diagnostic::Diagnostic;
use crate::format::{Rules, Unit};
use crate::ids::PlaceId;
use crate::tournament::file::walk::Table;
use toml::de::DeTable;

impl Making<'_> {
    /// Adds the milestones of a file: those of `[milestones]`, or the usual ones.
    pub(super) fn add_milestones(&mut self, document: &Table<'_>) {
        if let Some(named) = document.optional::<&DeTable<'_>>("milestones") {
            for (key, value) in in_file_order(named.value) {
                let Some(table) = value.get_ref().as_table() else {
                    self.problems.add(
                        Diagnostic::error(value.span(), "a milestone has to be a table").help(
                            "such as { words = \"wins the title\", places = [\"league 1\"] }",
                        ),
                    );
                    continue;
                };
                let whole = crate::diagnostic::Located::new(table, value.span());
                let table = Table::open(&whole, "a milestone", &["words", "places"], self.problems);
                let words = table.required::<String>("words", "words = \"wins the title\"");
                let places = self
                    .places(&table.required_list::<String>("places", "places = [\"league 1-4\"]"));
                if let Some(words) = words {
                    self.builder
                        .milestone(key.get_ref().as_ref(), &words.value, places);
                }
            }
            return;
        }
        self.add_usual();
    }

    /// Winning a group, playing in each stage of ties that only gets smaller, and the title.
    fn add_usual(&mut self) {
        let units: Vec<Unit> = self.builder.units().to_vec();
        let tables: Vec<&Unit> = units
            .iter()
            .filter(|unit| matches!(unit.rules, Rules::Table(_)))
            .collect();
        if let Some(stage) = tables.first().map(|unit| unit.stage) {
            let of_stage = tables.iter().filter(|unit| unit.stage == stage);
            let firsts: Vec<PlaceId> = of_stage.map(|unit| unit.output(0)).collect();
            let is_last = units.last().is_some_and(|last| last.stage == stage);
            if !is_last || firsts.len() > 1 {
                let words = if firsts.len() > 1 {
                    "wins its group"
                } else {
                    "finishes first"
                };
                self.builder.milestone("first", words, firsts);
            }
        }
        let reached = std::mem::take(&mut self.reached);
        for (stage, places) in &reached {
            let loses_before = places.iter().any(|place| self.is_a_loser(*place));
            if !loses_before {
                let stage = self.builder.stages()[stage.index()].clone();
                let words = format!("plays in the {}", stage.name);
                self.builder.milestone(&stage.key, &words, places.clone());
            }
        }
        self.reached = reached;
        if let Some(last) = self.deciding(&units) {
            self.builder
                .milestone("title", "wins the title", vec![last.output(0)]);
        }
    }

    /// The unit that decides the title: the last one that losers do not enter, such as the final and not the match for
    /// third place after it.
    fn deciding<'u>(&self, units: &'u [Unit]) -> Option<&'u Unit> {
        let of_losers = |unit: &Unit| {
            let sides = self.written_sides(unit);
            !sides.is_empty() && sides.iter().all(|place| self.is_a_loser(*place))
        };
        let plays = |unit: &&Unit| !matches!(unit.rules, Rules::Draw(_) | Rules::Assign(_));
        let last = units
            .iter()
            .rev()
            .filter(plays)
            .find(|unit| !of_losers(unit));
        last.or(units.last())
    }

    /// Where the clubs of a unit come from, orders in front of it (who is at home) left aside.
    fn written_sides(&self, unit: &Unit) -> Vec<PlaceId> {
        let units = self.builder.units();
        let from = |place: &PlaceId| {
            let maker = units
                .iter()
                .find(|maker| maker.outputs().any(|out| out == *place));
            match maker {
                Some(maker)
                    if matches!(maker.rules, Rules::Order(_) | Rules::Draw(_))
                        && maker.size() == 2 =>
                {
                    maker.entrants.clone()
                }
                _ => vec![*place],
            }
        };
        unit.entrants.iter().flat_map(from).collect()
    }

    /// Whether a place is the loser's of a tie.
    fn is_a_loser(&self, place: PlaceId) -> bool {
        let mut ties = self.builder.units().iter();
        ties.any(|unit| matches!(unit.rules, Rules::Tie(_)) && unit.output(1) == place)
    }
}
