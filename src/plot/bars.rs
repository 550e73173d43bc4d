//! Horizontal bars with their values printed, whiskers for the error, and a tick for a value to compare with.

use super::frame::{MARGIN, begin, vertical_grid};
use super::picture::{Anchor, Face, Picture};
use super::scale::{Scale, ticks};
use super::text;

/// A picture of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// The unit of the values, such as `%`; written behind the values of the axis.
    pub unit: String,
    /// The bars from above to below.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length, in the unit of the picture; not negative.
    pub value: f64,
    /// The whisker reaches this far to both sides; none for 0, or where there is a value to compare with.
    pub error: f64,
    /// A value to compare with, drawn as a tick.
    pub baseline: Option<f64>,
    /// The value as it is printed.
    pub text: String,
    /// What is shown when one points at it.
    pub hint: String,
}

/// Draws bars at a natural width. Labels stand beside their bars, or above them where they would take too much of the width.
pub fn bars(data: &Bars, width: f64) -> Picture {
    let (mut picture, top) = begin(width, &data.title, &data.note, &data.description);
    let labels = text::widest(data.bars.iter().map(|bar| bar.label.as_str()), 12.0) + 10.0;
    let above = labels > 0.42 * width;
    let left = MARGIN + if above { 0.0 } else { labels };
    let values = data.bars.iter().map(|bar| bar.text.as_str());
    let right = width - MARGIN - text::widest(values, 12.0) * 1.08 - 8.0;
    let pitch = if above { 36.0 } else { 22.0 };
    let bottom = top + pitch * data.bars.len() as f64;
    let reach = |bar: &Bar| (bar.value + bar.error).max(bar.baseline.unwrap_or(0.0));
    let most = data.bars.iter().map(reach).fold(0.0, f64::max);
    let ticks = ticks(0.0, most, if width < 500.0 { 3 } else { 5 });
    let scale = Scale {
        values: (0.0, ticks[ticks.len() - 1]),
        pixels: (left, right),
    };
    vertical_grid(&mut picture, scale, &ticks, (top, bottom), &data.unit);
    for (index, bar) in data.bars.iter().enumerate() {
        let lowest = top + pitch * (index + 1) as f64;
        row(&mut picture, bar, scale, lowest, above);
    }
    picture.set_height(bottom + 26.0);
    picture
}

/// Draws one bar whose row ends at `lowest`.
fn row(picture: &mut Picture, bar: &Bar, scale: Scale, lowest: f64, above: bool) {
    let (y, height) = (lowest - 18.0, 14.0);
    let baseline = y + 11.0;
    picture.open(&bar.hint);
    if above {
        picture.text(MARGIN, y - 4.0, Anchor::Start, Face::Plain, &bar.label);
    } else {
        let x = scale.pixels.0 - 8.0;
        picture.text(x, baseline, Anchor::End, Face::Plain, &bar.label);
    }
    let (from, to) = (scale.at(0.0), scale.at(bar.value));
    picture.rect(from, y, to - from, height, "mark");
    let mut end = to;
    // A whisker that is hardly a pixel long would only be dirt on the bar's end.
    if bar.baseline.is_none() && scale.at(bar.error) - scale.at(0.0) >= 1.5 {
        let (low, high) = (
            scale.at(bar.value - bar.error),
            scale.at(bar.value + bar.error),
        );
        let middle = y + height / 2.0;
        picture.path(&[(low, middle), (high, middle)], "whisker");
        end = high;
    }
    if let Some(baseline) = bar.baseline {
        let x = scale.at(baseline);
        picture.path(&[(x, y - 2.0), (x, y + height + 2.0)], "series s1");
        end = end.max(x);
    }
    picture.text(end + 6.0, baseline, Anchor::Start, Face::Strong, &bar.text);
    picture.close();
}
