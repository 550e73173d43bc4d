//! What all pictures share: a heading, a note in wrapped lines, and the ticks of an axis.

use super::picture::{Anchor, Face, Picture};
use super::scale::{Scale, decimals};
use super::text;

/// The empty edge around a picture.
pub(super) const MARGIN: f64 = 12.0;

/// Begins a picture with its title and note at the top; also says where the drawing goes on below them.
pub(super) fn begin(width: f64, title: &str, note: &str, description: &str) -> (Picture, f64) {
    let mut picture = Picture::new(width, title, description);
    let room = width - 2.0 * MARGIN;
    let mut bottom = MARGIN;
    for line in text::wrap(title, Face::Heading.size() * 1.08, room) {
        bottom += 20.0;
        picture.text(MARGIN, bottom - 5.0, Anchor::Start, Face::Heading, &line);
    }
    for line in text::wrap(note, Face::Soft.size(), room) {
        bottom += 16.0;
        picture.text(MARGIN, bottom - 4.0, Anchor::Start, Face::Soft, &line);
    }
    (picture, bottom + 8.0)
}

/// Vertical grid lines with their values in a row below, in `unit` (such as `%`).
pub(super) fn vertical_grid(
    picture: &mut Picture,
    scale: Scale,
    ticks: &[f64],
    (top, bottom): (f64, f64),
    unit: &str,
) {
    let decimals = decimals(ticks);
    for tick in ticks {
        let x = scale.at(*tick);
        picture.path(&[(x, top), (x, bottom)], "line");
        let words = format!("{tick:.decimals$}{unit}").replace('-', "−");
        picture.text(x, bottom + 16.0, Anchor::Middle, Face::Small, &words);
    }
}

/// Horizontal grid lines with their values to the left.
pub(super) fn horizontal_grid(
    picture: &mut Picture,
    scale: Scale,
    ticks: &[f64],
    (left, right): (f64, f64),
    unit: &str,
) {
    let decimals = decimals(ticks);
    for tick in ticks {
        let y = scale.at(*tick);
        picture.path(&[(left, y), (right, y)], "line");
        let words = format!("{tick:.decimals$}{unit}").replace('-', "−");
        picture.text(left - 6.0, y + 4.0, Anchor::End, Face::Small, &words);
    }
}
