//! Pictures as SVG, and as PNG for those who need pixels: pure functions from plain data (labels, values and the words to print) to a [`Picture`].
//!
//! Nothing here knows football, forecasts or files: whoever asks for a picture says which numbers it holds and
//! how they read. The same data always gives the same bytes.
//!
//! Why a small room of our own instead of a crate: `plotters` is no longer kept; `charming` and `plotly` carry a
//! JavaScript engine; `charts-rs` is kept, but it fixes one colour theme in the file, writes neither `title` nor
//! `desc` for screen readers, does not spread labels, and has no bracket. What is left for us is rectangles, lines
//! and text, which SVG says in a line each.
//!
//! What every picture promises: a `title` and a `desc` and `role="img"`; light and dark by the reader's own
//! setting (plain classes that a media query overrides, since viewers that do not know CSS variables would paint
//! everything black); colours of one hue that differ in lightness, or the palette of Okabe and Ito (2008) beside a
//! direct label; no text below 11 px at its natural size; and no two texts on top of each other (which
//! [`Picture::text_boxes`] lets a test check).

mod bars;
mod bracket;
mod calibration;
mod frame;
mod heat_map;
mod intervals;
mod lines;
mod picture;
#[cfg(feature = "cli")]
pub mod png;
mod scale;
mod spread;
mod text;
pub mod theme;

pub use bars::{Bar, Bars, bars};
pub use bracket::{BracketData, Candidate, Slot, TieBox, bracket};
pub use calibration::{Calibration, CalibrationBin, calibration};
pub use heat_map::{HeatCell, HeatMap, HeatRow, heat_map};
pub use intervals::{Interval, Intervals, intervals};
pub use lines::{Line, Lines, lines};
pub use picture::{Picture, TextBox, escape};
pub use theme::Theme;

/// The natural width of a picture on a page, in CSS pixels.
pub const WIDE: f64 = 720.0;

/// The natural width of a picture on a phone 390 pixels wide, its margins taken off.
pub const PHONE: f64 = 358.0;

#[cfg(test)]
mod tests;
