//! The sections of a report, one file each: what a forecast and its companions say, as pictures, tables and sentences.
//!
//! Every section is a function of a [`Material`]. A section whose data are not there is left out.

pub mod bracket;
pub mod calibration;
pub mod groups;
pub mod leverage;
pub mod making;
pub mod model;
pub mod ratings;
pub mod seeds;
pub mod timeline;
pub mod title_odds;

use super::document::{Cell, Document, Section};
use super::number::percent;
use crate::backtest::Calibration;
use crate::forecast::Forecast;
use crate::goals::FittedModel;
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::slots::SlotOdds;
use crate::tournament::Tournament;
use leverage::FixtureLeverage;
use timeline::TimelineData;

/// Everything a report can draw on; the optional parts give their sections only if they are there.
pub struct Material<'a> {
    /// The tournament as it was known at the moment of the forecast.
    pub tournament: &'a Tournament,
    /// The forecast.
    pub forecast: &'a Forecast,
    /// Who stands where in the bracket.
    pub slots: Option<&'a SlotOdds>,
    /// The goal model behind the forecast.
    pub model: Option<&'a FittedModel>,
    /// How reliable the model was on past editions, and what was forecast there, such as `home wins`.
    pub calibration: Option<(&'a Calibration, &'a str)>,
    /// Title odds from moment to moment.
    pub timeline: Option<&'a TimelineData>,
    /// What hangs on each fixture, most important first.
    pub leverage: Option<&'a [FixtureLeverage]>,
    /// The command that makes this report again.
    pub command: &'a str,
}

impl Material<'_> {
    /// The name of a club.
    fn name(&self, club: ClubId) -> &str {
        &self.tournament.club(club).name
    }

    /// `CONCACAF Champions League 2013-14, before the first match`.
    fn heading(&self) -> String {
        format!(
            "{} {}, {}",
            self.tournament.competition,
            self.tournament.edition,
            self.forecast.as_of.words(self.tournament)
        )
    }
}

/// The whole report, in reading order.
pub fn document(material: &Material<'_>) -> Document {
    let sections: [Option<Section>; 10] = [
        Some(title_odds::section(material)),
        Some(groups::section(material)),
        Some(seeds::section(material)),
        bracket::section(material),
        timeline::section(material),
        leverage::section(material),
        model::section(material),
        ratings::section(material),
        calibration::section(material),
        Some(making::section(material)),
    ];
    Document {
        title: format!(
            "{} {}",
            material.tournament.competition, material.tournament.edition
        ),
        subtitle: format!(
            "Forecast {}",
            material.forecast.as_of.words(material.tournament)
        ),
        lead: Vec::new(),
        sections: sections.into_iter().flatten().collect(),
    }
}

/// A number with its sign and so many decimals, such as `+0.61` or `−0.04`; what rounds to zero has no sign.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text[1..].chars().all(|c| matches!(c, '0' | '.')) {
        text[1..].to_owned()
    } else {
        text.replace('-', "−")
    }
}

/// A chance in as few characters as tell enough, for cells: `32`, `4.7`, `<0.1`, `>99`, or nothing for what cannot
/// happen.
pub(in crate::report) fn brief(chance: Chance) -> String {
    let probability = chance.probability;
    if chance == Chance::settled(false) {
        String::new()
    } else if !(0.000_5..0.999_5).contains(&probability) {
        percent(chance)
            .trim_end_matches('%')
            .replace(">99.9", ">99")
    } else if probability < 0.099_5 {
        format!("{:.1}", probability * 100.0)
    } else if probability >= 0.995 {
        ">99".to_owned()
    } else {
        format!("{:.0}", probability * 100.0)
    }
}

/// A cell with a chance.
pub(in crate::report) fn odds_cell(chance: Chance) -> Cell {
    Cell::odds(percent(chance), chance.probability)
}

/// The sentence that explains the error figures.
fn error_note(material: &Material<'_>) -> &'static str {
    if material.forecast.standard_errors.largest() > 0.0 {
        " The figure after ± is one standard error of the simulation, not the doubt about the model."
    } else {
        ""
    }
}

#[cfg(test)]
mod tests;
