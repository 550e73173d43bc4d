//! The section that says how a report was made, so that anybody can make it again.

use super::Material;
use crate::report::document::{Cell, Column, Section, Table};
use crate::report::forecast_text::{error_words, method_words};
use crate::report::number::grouped;

/// A table of what the forecast rests on, the version and the command.
pub fn section(material: &Material<'_>) -> Section {
    let (tournament, forecast) = (material.tournament, material.forecast);
    let (groups, legs) = tournament.known_matches();
    let mut facts = vec![
        (
            "edition",
            format!(
                "{} {} ({})",
                tournament.competition, tournament.edition, tournament.id
            ),
        ),
        ("as of", forecast.as_of.words(tournament)),
        (
            "known results",
            format!("{groups} group matches, {legs} knockout legs"),
        ),
        ("model", forecast.model.words()),
        ("method", method_words(forecast.method)),
        ("error", error_words(forecast)),
    ];
    if let Some(slots) = material.slots {
        facts.push((
            "bracket",
            format!("{} simulated tournaments", grouped(slots.runs)),
        ));
    }
    if let Some(what_if) = &forecast.what_if {
        facts.extend(
            what_if
                .fixes
                .iter()
                .map(|fix| ("taken for granted", fix.clone())),
        );
    }
    let text = "The same command gives the same file, byte for byte. Percentages say what the model believes; their standard \
                errors are those of the simulation alone.";
    of_facts(facts, material.command, text)
}

/// The section of these facts, the version and the command.
pub(in crate::report) fn of_facts(
    mut facts: Vec<(&'static str, String)>,
    command: &str,
    text: &str,
) -> Section {
    facts.push(("version", format!("cupcast {}", env!("CARGO_PKG_VERSION"))));
    facts.push(("command", command.to_owned()));
    let rows = facts
        .into_iter()
        .map(|(name, value)| -> Vec<Cell> { vec![name.into(), value.into()] });
    Section {
        id: "making".into(),
        title: "How this was made".into(),
        text: vec![text.to_owned()],
        picture: None,
        tables: vec![Table {
            caption: "What the forecast rests on".to_owned(),
            columns: vec![Column::words("what"), Column::words("how")],
            rows: rows.collect(),
        }],
    }
}
