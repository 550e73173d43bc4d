//! A table whose cells are coloured by their probability, the numbers printed in them.

use super::frame::{MARGIN, begin};
use super::picture::{Anchor, Face, Picture};
use super::text;
use super::theme::{HEAT_FROM, HEAT_STEPS, heat_step};

/// A picture of coloured cells.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// What the columns are, such as `seed`.
    pub columns_title: String,
    /// The columns from left to right.
    pub columns: Vec<String>,
    /// The rows from above to below.
    pub rows: Vec<HeatRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// What it stands for.
    pub label: String,
    /// The same in a few letters, for narrow pictures.
    pub short: String,
    /// As many cells as the picture has columns.
    pub cells: Vec<HeatCell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// The probability that gives the colour, 0 to 1.
    pub value: f64,
    /// What is printed in the cell.
    pub text: String,
    /// What is shown when one points at it.
    pub hint: String,
}

/// The height of a row.
const PITCH: f64 = 21.0;

/// Draws a heat map at a natural width: with full labels, or with the short ones where cells would be too small for their numbers.
pub fn heat_map(data: &HeatMap, width: f64) -> Picture {
    let (mut picture, mut top) = begin(width, &data.title, &data.note, &data.description);
    let cells = data.rows.iter().flat_map(|row| &row.cells);
    let least = text::widest(cells.map(|cell| cell.text.as_str()), 12.0) + 4.0;
    let space = width - 2.0 * MARGIN;
    let columns = data.columns.len().max(1) as f64;
    let full = text::widest(data.rows.iter().map(|row| row.label.as_str()), 12.0) + 10.0;
    let brief = text::widest(data.rows.iter().map(|row| row.short.as_str()), 12.0) + 10.0;
    let short = (space - full) / columns < least.max(0.06 * width);
    let labels = if short { brief } else { full };
    let cell = ((space - labels) / columns).max(least);
    let left = MARGIN + labels;
    picture.widen(left + cell * columns + MARGIN);
    let middle = left + cell * columns / 2.0;
    picture.text(
        middle,
        top + 10.0,
        Anchor::Middle,
        Face::Small,
        &data.columns_title,
    );
    top += 16.0;
    for (index, column) in data.columns.iter().enumerate() {
        let x = left + cell * (index as f64 + 0.5);
        picture.text(x, top + 12.0, Anchor::Middle, Face::Strong, column);
    }
    top += 18.0;
    for (index, row) in data.rows.iter().enumerate() {
        let y = top + PITCH * index as f64;
        let label = if short { &row.short } else { &row.label };
        picture.text(left - 8.0, y + 14.5, Anchor::End, Face::Plain, label);
        for (column, content) in row.cells.iter().enumerate() {
            draw_cell(&mut picture, content, left + cell * column as f64, y, cell);
        }
    }
    let bottom = legend(&mut picture, top + PITCH * data.rows.len() as f64 + 10.0);
    picture.set_height(bottom + MARGIN);
    picture
}

fn draw_cell(picture: &mut Picture, content: &HeatCell, x: f64, y: f64, width: f64) {
    let step = heat_step(content.value);
    picture.open(&content.hint);
    picture.rect(x, y, width - 1.5, PITCH - 1.5, &format!("h{step}"));
    if !content.text.is_empty() {
        let x = x + (width - 1.5) / 2.0;
        picture.text(x, y + 14.5, Anchor::Middle, Face::On(step), &content.text);
    }
    picture.close();
}

/// The colour scale with the percentages at which its steps begin; gives the lower edge.
fn legend(picture: &mut Picture, top: f64) -> f64 {
    let width = (picture.size().0 - 2.0 * MARGIN).min(400.0) / HEAT_STEPS as f64;
    for (step, from) in HEAT_FROM.iter().enumerate() {
        let x = MARGIN + width * step as f64;
        picture.rect(x, top, width - 1.0, 10.0, &format!("h{step}"));
        let words = format!("{}%", (from * 100.0).round());
        picture.text(x, top + 23.0, Anchor::Start, Face::Small, &words);
    }
    top + 26.0
}
