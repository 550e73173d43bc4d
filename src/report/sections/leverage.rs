//! The section and picture of leverage: what hangs on each remaining fixture.

use super::Material;
use crate::plot::{Bar, Bars, Picture, bars};
use crate::report::document::{Cell, Column, PicturePair, Section, Table};
use crate::report::number::plus_minus;

/// What hangs on a fixture.
#[derive(Debug, Clone, PartialEq)]
pub struct FixtureLeverage {
    /// When it is played, in words or as a date.
    pub when: String,
    /// The home club's name.
    pub home: String,
    /// The away club's name.
    pub away: String,
    /// The expected absolute change of the title odds that its result brings, summed over all clubs, as a probability.
    pub value: f64,
    /// The standard error of that figure; 0 if it is exact.
    pub standard_error: f64,
}

/// How many fixtures the picture shows; the table has them all.
const SHOWN: usize = 20;

/// Bars of leverage, the most important fixture first; nothing without the figures.
pub fn picture(material: &Material<'_>, width: f64) -> Option<Picture> {
    let fixtures = material.leverage?;
    let shown = fixtures.iter().take(SHOWN);
    let data = Bars {
        title: "What hangs on each match".to_owned(),
        note: format!(
            "{}. Expected change of the title odds through the result, summed over all clubs, in percentage points{}.",
            material.heading(),
            if fixtures.len() > SHOWN {
                format!("; the {SHOWN} most important matches")
            } else {
                String::new()
            }
        ),
        description: describe(fixtures),
        unit: String::new(),
        bars: shown.map(bar).collect(),
    };
    Some(bars(&data, width))
}

fn figure(fixture: &FixtureLeverage) -> String {
    format!(
        "{:.2}{}",
        fixture.value * 100.0,
        plus_minus(fixture.standard_error)
    )
}

fn bar(fixture: &FixtureLeverage) -> Bar {
    let text = figure(fixture);
    Bar {
        label: format!("{} – {}", fixture.home, fixture.away),
        value: fixture.value * 100.0,
        error: fixture.standard_error * 100.0,
        baseline: None,
        hint: format!(
            "{} – {}, {}: {text} percentage points",
            fixture.home, fixture.away, fixture.when
        ),
        text,
    }
}

fn describe(fixtures: &[FixtureLeverage]) -> String {
    let first = fixtures.iter().take(5).map(|fixture| {
        format!(
            "{} against {} {}",
            fixture.home,
            fixture.away,
            figure(fixture)
        )
    });
    format!(
        "Bars of leverage. The most important matches: {}.",
        first.collect::<Vec<_>>().join("; ")
    )
}

/// The picture and the table of all fixtures.
pub fn section(material: &Material<'_>) -> Option<Section> {
    let fixtures = material.leverage?;
    let rows = fixtures.iter().map(|fixture| -> Vec<Cell> {
        vec![
            format!("{} – {}", fixture.home, fixture.away).into(),
            fixture.when.as_str().into(),
            figure(fixture).into(),
        ]
    });
    Some(Section {
        id: "leverage".into(),
        title: "What hangs on each match".into(),
        text: Vec::new(),
        picture: PicturePair::draw_if(|width| picture(material, width)),
        tables: vec![Table {
            caption: "Leverage of the remaining matches".to_owned(),
            columns: vec![
                Column::words("match"),
                Column::words("when"),
                Column::numbers("change of title odds, pp"),
            ],
            rows: rows.collect(),
        }],
    })
}
