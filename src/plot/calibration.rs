//! A reliability diagram: how often things happened that were forecast with a given probability (Murphy & Winkler 1977).

use super::frame::{MARGIN, begin, horizontal_grid, vertical_grid};
use super::picture::{Anchor, Face, Picture};
use super::scale::{Scale, ticks};
use super::spread::spread;

/// A reliability diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// The bins, by rising forecast.
    pub bins: Vec<CalibrationBin>,
}

/// The forecasts of about the same probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationBin {
    /// Their mean probability, 0 to 1.
    pub forecast: f64,
    /// The share of them that happened, 0 to 1.
    pub observed: f64,
    /// The lower and the upper end of an interval around that share.
    pub interval: [f64; 2],
    /// How many there are.
    pub count: u64,
}

/// Draws a reliability diagram, about square: a dot a bin (its area by count), whiskers for the intervals, the line of
/// perfect calibration, and the counts in a row above.
pub fn calibration(data: &Calibration, width: f64) -> Picture {
    let (mut picture, top) = begin(width, &data.title, &data.note, &data.description);
    let left = MARGIN + 40.0;
    let side = (width - left - MARGIN - 20.0).min(440.0);
    let top = top + 34.0;
    let percent = ticks(0.0, 100.0, 5);
    let across = Scale {
        values: (0.0, 100.0),
        pixels: (left, left + side),
    };
    let up = Scale {
        values: (0.0, 100.0),
        pixels: (top + side, top),
    };
    horizontal_grid(&mut picture, up, &percent, (left, left + side), "%");
    vertical_grid(&mut picture, across, &percent, (top, top + side), "%");
    picture.path(&[(left, top + side), (left + side, top)], "whisker dashed");
    counts(&mut picture, &data.bins, across, top);
    let most = data
        .bins
        .iter()
        .map(|bin| bin.count)
        .max()
        .unwrap_or(1)
        .max(1);
    for bin in &data.bins {
        let (x, y) = (across.at(bin.forecast * 100.0), up.at(bin.observed * 100.0));
        picture.open(&format!(
            "{} forecasts of {:.1}% on average: {:.1}% happened (interval {:.1}% to {:.1}%)",
            bin.count,
            bin.forecast * 100.0,
            bin.observed * 100.0,
            bin.interval[0] * 100.0,
            bin.interval[1] * 100.0
        ));
        let [low, high] = bin.interval.map(|end| up.at(end * 100.0));
        picture.path(&[(x, low), (x, high)], "whisker");
        let radius = 3.0 + 6.0 * (bin.count as f64 / most as f64).sqrt();
        picture.circle(x, y, radius, "mark");
        picture.close();
    }
    let middle = left + side / 2.0;
    picture.text(
        middle,
        top + side + 32.0,
        Anchor::Middle,
        Face::Soft,
        "forecast probability (left: how often it happened)",
    );
    picture.set_height(top + side + 32.0 + MARGIN);
    picture
}

/// The number of forecasts in each bin, in a row above the diagram.
fn counts(picture: &mut Picture, bins: &[CalibrationBin], across: Scale, top: f64) {
    let left = MARGIN;
    picture.text(
        left,
        top - 24.0,
        Anchor::Start,
        Face::Small,
        "number of forecasts:",
    );
    let words: Vec<String> = bins.iter().map(|bin| bin.count.to_string()).collect();
    let gap = words
        .iter()
        .map(|word| Face::Small.width(word))
        .fold(0.0, f64::max)
        + 4.0;
    let wanted: Vec<f64> = bins
        .iter()
        .map(|bin| across.at(bin.forecast * 100.0))
        .collect();
    let placed = spread(&wanted, gap, across.pixels.0, across.pixels.1);
    for ((word, to), from) in words.iter().zip(placed).zip(wanted) {
        picture.path(&[(to, top - 7.0), (from, top)], "line");
        picture.text(to, top - 9.0, Anchor::Middle, Face::Small, word);
    }
}
