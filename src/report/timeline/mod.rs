//! A timeline of odds, as a chart for the terminal and as tidy CSV and JSON.

mod programs;
mod text;

pub(super) use programs::{Row, rows_csv};
pub use programs::{csv, json};
pub use text::text;
pub(super) use text::{Followed, chart, scale};

use super::sections::timeline::{TimelineData, TimelineMoment};
use crate::timeline::Point;

/// The title odds of a timeline as reports and pictures want them.
pub fn title_data(points: &[Point]) -> TimelineData {
    let moments = points.iter().map(|point| TimelineMoment {
        key: point.key.clone(),
        words: point.words.clone(),
        title: (0..point.forecast.odds.title.len())
            .map(|club| point.forecast.chance(|odds| odds.title[club]))
            .collect(),
    });
    TimelineData {
        moments: moments.collect(),
    }
}
