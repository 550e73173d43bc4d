//! Results of cups of any format as people and programs read them.

mod about;
pub mod bench;
mod document;
pub mod draw;
mod forecast;
pub mod leverage;
pub mod paths;
mod replay;
mod rules;
pub mod scenarios;
mod tables;
pub mod timeline;

pub use about::CupAbout;
pub use document::{ForecastDocument, TableDocument, forecast_document, table_document};
pub use forecast::{CupForecast, csv as forecast_csv, text as forecast_text};
pub use replay::text as replay_text;
pub use rules::text as rules_text;
pub use tables::{csv as table_csv, text as table_text};

use crate::format::{Format, Rules, StageKind};
use crate::ids::StageId;

/// What JSON calls the kind of a stage.
pub(crate) fn kind_word(format: &Format, stage: StageId) -> &'static str {
    match format.kind(stage) {
        StageKind::Tables => "table",
        StageKind::Ties => "ties",
        StageKind::Order => "order",
        StageKind::Draw => "draw",
        StageKind::Assign => "assign",
    }
}

/// Whether places in the units of a stage are worth a number: in a table or an order.
pub(crate) fn has_places(format: &Format, stage: StageId) -> bool {
    format.stage(stage).shown
        && format
            .units_of(stage)
            .all(|(_, unit)| matches!(unit.rules, Rules::Table(_) | Rules::Order(_)))
}
