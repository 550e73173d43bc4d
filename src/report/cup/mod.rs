//! Results of cups of any format as people and programs read them.

mod about;
mod ask;
mod bands;
pub mod bench;
mod document;
pub mod draw;
mod fit;
mod forecast;
mod games;
mod lead;
pub mod leverage;
mod material;
mod page;
pub mod paths;
mod pictures;
mod replay;
mod rules;
pub mod scenarios;
mod stages;
mod tables;
pub mod timeline;
mod tree;
mod what_if;

pub use about::CupAbout;
pub use ask::{AskDocument, document as ask_document, text as ask_text};
pub use document::{ForecastDocument, TableDocument, forecast_document, table_document};
pub use fit::{CupFit, csv as fit_csv, json as fit_json, text as fit_text};
pub use forecast::{CupForecast, csv as forecast_csv, text as forecast_text};
#[cfg(feature = "serve")]
pub(crate) use games::turned;
pub use games::{Game, MatchOdds, games, score_words};
pub use material::CupMaterial;
pub use page::document as page;
pub use pictures::{
    order as order_picture, places as places_picture, title_lines as title_lines_picture,
    title_odds as title_odds_picture,
};
pub use replay::text as replay_text;
pub use rules::text as rules_text;
pub use tables::{csv as table_csv, text as table_text};
pub use tree::{picture as bracket_picture, place_label};
pub use what_if::{CupScenarios, WhatIfDocument};

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
