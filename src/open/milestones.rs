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
        if let Some(last) = units.last() {
            self.builder
                .milestone("title", "wins the title", vec![last.output(0)]);
        }
    }

    /// Whether a place is the loser's of a tie.
    fn is_a_loser(&self, place: PlaceId) -> bool {
        let mut ties = self.builder.units().iter();
        ties.any(|unit| matches!(unit.rules, Rules::Tie(_)) && unit.output(1) == place)
    }
}
