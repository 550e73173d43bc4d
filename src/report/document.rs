//! A report before it has a format: sections of text, pictures and tables, which HTML and Markdown both render.

use crate::plot::{PHONE, Picture, WIDE};
use std::borrow::Cow;

/// A whole report.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// As of when, and from how much.
    pub subtitle: String,
    /// What it says, in a sentence or two, for whoever reads no further; may be empty.
    pub lead: Vec<String>,
    /// The parts, in reading order.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its address inside the page; unique, letters and dashes.
    pub id: Cow<'static, str>,
    /// Its heading.
    pub title: Cow<'static, str>,
    /// Paragraphs before everything else.
    pub text: Vec<String>,
    /// The picture in both natural widths.
    pub picture: Option<PicturePair>,
    /// The tables; those behind a picture hold all its numbers.
    pub tables: Vec<Table>,
}

/// A picture as it is shown on a page and on a phone.
#[derive(Debug, Clone, PartialEq)]
pub struct PicturePair {
    /// At [`WIDE`].
    pub wide: Picture,
    /// At [`PHONE`].
    pub phone: Picture,
    /// Whether the section's tables only hold the picture's numbers, and are folded away behind it.
    pub folds_tables: bool,
}

impl PicturePair {
    /// Draws at both widths, if there is anything to draw.
    pub fn draw_if(draw: impl Fn(f64) -> Option<Picture>) -> Option<Self> {
        Some(Self {
            wide: draw(WIDE)?,
            phone: draw(PHONE)?,
            folds_tables: true,
        })
    }

    /// Draws at both widths.
    pub fn draw(draw: impl Fn(f64) -> Picture) -> Self {
        Self {
            wide: draw(WIDE),
            phone: draw(PHONE),
            folds_tables: true,
        }
    }

    /// The same beside tables that stay open.
    #[must_use]
    pub fn beside_tables(self) -> Self {
        Self {
            folds_tables: false,
            ..self
        }
    }
}

/// A table with a caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Its columns from left to right; the first names the rows.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Whether it holds numbers, which stand to the right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            numeric: false,
        }
    }

    /// A column of numbers.
    pub fn numbers(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            numeric: true,
        }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What is printed.
    pub text: String,
    /// The probability that gives it a colour, where it has one.
    pub heat: Option<f64>,
}

impl Cell {
    /// A cell with a colour by its probability.
    pub fn odds(text: impl Into<String>, probability: f64) -> Self {
        Self {
            text: text.into(),
            heat: Some(probability),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            heat: None,
        }
    }
}
