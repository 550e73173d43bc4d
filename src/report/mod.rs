//! Results as people and programs read them: text, JSON and CSV, one file a report.
//!
//! Everything here is a pure function from results to text. The serialized forms are defined here, apart
//! from the types the program computes with, so that formats stay stable.

pub mod about;
pub mod ask;
pub mod backtest;
pub mod before_draw;
pub mod bench;
pub mod cup;
pub mod document;
pub mod draw;
pub mod draw_text;
pub mod fit;
mod fold;
pub mod forecast_csv;
pub mod forecast_json;
pub mod forecast_table;
pub mod forecast_text;
pub mod html;
pub mod intervals_text;
pub mod leverage;
pub mod list;
pub mod markdown;
mod number;
pub mod paths;
pub mod rates;
pub mod replay;
mod rows;
pub mod scenarios;
pub mod sections;
pub mod table;
pub mod terminal;
pub mod timeline;
pub mod verify;
pub mod what_if;

pub use number::{grouped, percent, percentage_points};
