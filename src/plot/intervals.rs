//! Dots with intervals, one below the other, such as the ratings of clubs.

use super::frame::{MARGIN, begin, vertical_grid};
use super::picture::{Anchor, Face, Picture};
use super::scale::{Scale, ticks};
use super::text;

/// A picture of dots with intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// The rows from above to below.
    pub rows: Vec<Interval>,
}

/// One dot with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// What it stands for.
    pub label: String,
    /// The estimate.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
    /// The estimate and its interval as they are printed.
    pub text: String,
}

/// The height of a row.
const PITCH: f64 = 21.0;

/// Draws intervals at a natural width, the numbers in a column of their own at the right (left out, but for pointing, on
/// narrow pictures: the label and the number share a line above the interval there).
pub fn intervals(data: &Intervals, width: f64) -> Picture {
    let (mut picture, top) = begin(width, &data.title, &data.note, &data.description);
    let labels = text::widest(data.rows.iter().map(|row| row.label.as_str()), 12.0) + 14.0;
    let numbers = text::widest(data.rows.iter().map(|row| row.text.as_str()), 12.0) + 14.0;
    let above = labels + numbers > 0.55 * width;
    let (left, right) = if above {
        (MARGIN + 14.0, width - MARGIN - 14.0)
    } else {
        (MARGIN + labels + 8.0, width - MARGIN - numbers - 8.0)
    };
    let pitch = if above { 34.0 } else { PITCH };
    let bottom = top + pitch * data.rows.len() as f64 + 4.0;
    let low = data.rows.iter().map(|row| row.low).fold(0.0, f64::min);
    let high = data.rows.iter().map(|row| row.high).fold(0.0, f64::max);
    let ticks = ticks(low, high, if width < 500.0 { 4 } else { 6 });
    let scale = Scale {
        values: (ticks[0], ticks[ticks.len() - 1]),
        pixels: (left, right),
    };
    vertical_grid(&mut picture, scale, &ticks, (top, bottom), "");
    let zero = scale.at(0.0);
    picture.path(&[(zero, top), (zero, bottom)], "whisker dashed");
    for (index, row) in data.rows.iter().enumerate() {
        let lowest = top + pitch * (index + 1) as f64;
        let (middle, baseline) = if above {
            (lowest - 7.0, lowest - 17.0)
        } else {
            (lowest - 9.0, lowest - 5.0)
        };
        picture.open(&format!("{}: {}", row.label, row.text));
        let label = if above {
            (MARGIN, Anchor::Start)
        } else {
            (left - 16.0, Anchor::End)
        };
        picture.text(label.0, baseline, label.1, Face::Plain, &row.label);
        picture.text(
            width - MARGIN,
            baseline,
            Anchor::End,
            Face::Plain,
            &row.text,
        );
        picture.path(
            &[(scale.at(row.low), middle), (scale.at(row.high), middle)],
            "whisker",
        );
        picture.circle(scale.at(row.value), middle, 4.0, "mark");
        picture.close();
    }
    picture.set_height(bottom + 26.0);
    picture
}
