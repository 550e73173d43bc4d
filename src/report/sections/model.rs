//! The section of the goal model: what it was fitted to, and its coefficients with intervals.

use super::{Material, signed};
use crate::goals::{Coefficient, FittedModel};
use crate::report::document::{Cell, Column, Section, Table};

/// The coefficients; nothing without a fitted model.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let model = material.model?;
    let note = &material.forecast.model;
    let mut text = vec![format!(
        "Goals follow the model “{}”, fitted to {} matches of {} editions.",
        note.name, note.matches, note.editions
    )];
    text.extend(model.summary().warnings.iter().cloned());
    Some(Section {
        id: "model".into(),
        title: "The model".into(),
        text,
        picture: None,
        tables: coefficients(model, |count| count <= MOST_LEVELS)
            .into_iter()
            .collect(),
    })
}

/// Terms with more levels than this, such as one for each club, stand with the strengths of the clubs.
pub(super) const MOST_LEVELS: usize = 20;

/// The coefficients of the terms with as many levels as are `wanted`; nothing if there are none.
pub(super) fn coefficients(model: &FittedModel, wanted: impl Fn(usize) -> bool) -> Option<Table> {
    let all = model.coefficients();
    let levels = |term: &str| all.iter().filter(|one| one.term == term).count();
    let chosen = all.iter().filter(|one| wanted(levels(&one.term)));
    let rows: Vec<Vec<Cell>> = chosen.map(row).collect();
    (!rows.is_empty()).then(|| Table {
        caption: "Coefficients on the scale of the logarithm of goals, with 95% intervals"
            .to_owned(),
        columns: vec![
            Column::words("coefficient"),
            Column::numbers("estimate"),
            Column::numbers("from"),
            Column::numbers("to"),
        ],
        rows,
    })
}

fn row(coefficient: &Coefficient) -> Vec<Cell> {
    let [low, high] = coefficient.interval();
    let name = match &coefficient.level {
        Some(level) => format!("{}: {level}", coefficient.term),
        None => coefficient.term.clone(),
    };
    let number = |value: f64| Cell::from(signed(value, 3));
    vec![
        name.into(),
        number(coefficient.estimate),
        number(low),
        number(high),
    ]
}
