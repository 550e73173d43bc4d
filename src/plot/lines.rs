//! Lines over a row of moments, each with its name and last value beside its end, moved apart so that none overlaps.

use super::frame::{MARGIN, begin, horizontal_grid};
use super::picture::{Anchor, Face, Picture};
use super::scale::{Scale, ticks};
use super::spread::spread;
use super::text;
use super::theme::SERIES;

/// A picture of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// The unit of the values, such as `%`.
    pub unit: String,
    /// The moments from left to right: a short name of each.
    pub moments: Vec<String>,
    /// The lines; the first ones have a colour of their own, those beyond [`SERIES`] share the colour of the grid.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub label: String,
    /// The same in a few letters, for narrow pictures.
    pub short: String,
    /// Its value at each moment, in the unit of the picture.
    pub values: Vec<f64>,
    /// Its last value as it is printed.
    pub text: String,
}

impl Line {
    fn words(&self, short: bool) -> String {
        let name = if short { &self.short } else { &self.label };
        format!("{name} {}", self.text)
    }

    fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }
}

/// The least distance of a name below the axis from the left edge.
const EDGE: f64 = 4.0;

/// The least distance between the base lines of two labels.
const LABEL: f64 = 15.0;

/// Draws lines at a natural width. Every line with a colour of its own is labelled at its end.
pub fn lines(data: &Lines, width: f64) -> Picture {
    let (mut picture, top) = begin(width, &data.title, &data.note, &data.description);
    let top = top + 8.0;
    let short = width < 500.0;
    let named = &data.lines[..data.lines.len().min(SERIES)];
    let words: Vec<String> = named.iter().map(|line| line.words(short)).collect();
    let labels = text::widest(words.iter().map(String::as_str), 12.0) * 1.08 + 26.0;
    let all = data
        .lines
        .iter()
        .flat_map(|line| line.values.iter().copied());
    let ticks = ticks(0.0, all.fold(0.0, f64::max), 5);
    let left = MARGIN + 34.0;
    let right = width - MARGIN - labels;
    let bottom = top
        + (0.42 * width)
            .max(LABEL * (named.len() as f64 + 2.0))
            .max(180.0);
    let scale = Scale {
        values: (0.0, ticks[ticks.len() - 1]),
        pixels: (bottom, top),
    };
    horizontal_grid(&mut picture, scale, &ticks, (left, right), &data.unit);
    let lowest = moment_labels(&mut picture, &data.moments, (left, right), bottom);
    // The most important line is drawn last, on top of the others.
    for (index, line) in data.lines.iter().enumerate().rev() {
        let class = if index < SERIES {
            format!("series s{index}")
        } else {
            "line".to_owned()
        };
        let points: Vec<(f64, f64)> = line
            .values
            .iter()
            .enumerate()
            .map(|(moment, value)| {
                (
                    place(data.moments.len(), (left, right), moment),
                    scale.at(*value),
                )
            })
            .collect();
        picture.open(&line.words(false));
        picture.path(&points, &class);
        if let (true, Some((x, y))) = (index < SERIES, points.last()) {
            picture.circle(*x, *y, 3.0, &format!("f{index}"));
        }
        picture.close();
    }
    label_ends(&mut picture, named, &words, scale, right);
    picture.set_height(lowest + MARGIN);
    picture
}

/// Where a moment stands.
fn place(moments: usize, (left, right): (f64, f64), moment: usize) -> f64 {
    left + (right - left) * moment as f64 / moments.saturating_sub(1).max(1) as f64
}

/// Writes the names of the moments below the axis, in as many rows as they need; gives the lower edge.
fn moment_labels(picture: &mut Picture, moments: &[String], span: (f64, f64), bottom: f64) -> f64 {
    let mut row_ends: Vec<f64> = Vec::new();
    for (index, moment) in moments.iter().enumerate() {
        let x = place(moments.len(), span, index);
        let width = Face::Small.width(moment);
        // A name that would begin beyond the edge begins at the edge.
        let (left, at, anchor) = if x - width / 2.0 < EDGE {
            (EDGE, EDGE, Anchor::Start)
        } else {
            (x - width / 2.0, x, Anchor::Middle)
        };
        let free = row_ends.iter().position(|end| end + 4.0 <= left);
        let row = free.unwrap_or(row_ends.len());
        if row == row_ends.len() {
            row_ends.push(0.0);
        }
        row_ends[row] = left + width;
        let baseline = bottom + 16.0 + 13.0 * row as f64;
        picture.path(&[(x, bottom), (x, baseline - 10.0)], "line");
        picture.text(at, baseline, anchor, Face::Small, moment);
    }
    bottom + 6.0 + 13.0 * row_ends.len() as f64
}

/// Writes each line's name beside its end, with a thin connection where the label had to move.
fn label_ends(picture: &mut Picture, named: &[Line], words: &[String], scale: Scale, right: f64) {
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by(|a, b| named[*b].last().total_cmp(&named[*a].last()));
    let wanted: Vec<f64> = order
        .iter()
        .map(|line| scale.at(named[*line].last()))
        .collect();
    let placed = spread(&wanted, LABEL, scale.pixels.1, scale.pixels.0);
    for ((line, from), to) in order.into_iter().zip(wanted).zip(placed) {
        picture.path(&[(right + 5.0, from), (right + 18.0, to)], "line");
        picture.text(
            right + 22.0,
            to + 4.0,
            Anchor::Start,
            Face::Series(line),
            &words[line],
        );
    }
}
