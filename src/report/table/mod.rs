//! The tournament as it stands: group tables, seed list and bracket, as text and as data for programs and spreadsheets.

mod csv;
mod explain;
mod json;
mod text;
mod tie;

pub use csv::csv;
pub use explain::sentences;
pub use json::{TableReport, json};
pub use text::text;
