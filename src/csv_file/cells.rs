//! Lines and cells of a CSV text, each with its place.

use crate::diagnostic::{Diagnostic, Span};

/// What stands between two commas, without the spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Its place in the file.
    pub span: Span,
}

/// The lines that say something, each with its place.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut end = 0;
    let all = text.split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        start..start + line.trim_end().len()
    });
    all.filter(|line| {
        let said = text[line.clone()].trim_start();
        !said.is_empty() && !said.starts_with('#')
    })
}

/// The cells of a line. What stands in quotes may hold commas, and quotes that are doubled.
pub(super) fn cells(text: &str, line: Span) -> Result<Vec<Cell>, Diagnostic> {
    let mut cells = Vec::new();
    let mut start = line.start;
    loop {
        let rest = &text[start..line.end];
        let blank = rest.len() - rest.trim_start().len();
        let quoted = rest[blank..].starts_with('"');
        let length = if quoted {
            let inside = blank + 1;
            let mut from = inside;
            let end = loop {
                let Some(at) = rest[from..].find('"').map(|at| from + at) else {
                    let message = "a quote is opened and not closed in its line";
                    let place = start + blank..line.end;
                    return Err(Diagnostic::error(place, message).help("close it with `\"`"));
                };
                if rest[at + 1..].starts_with('"') {
                    from = at + 2;
                } else {
                    break at;
                }
            };
            let after = rest[end + 1..]
                .find(',')
                .map_or(rest.len(), |at| end + 1 + at);
            if !rest[end + 1..after].trim().is_empty() {
                let place = start + end + 1..start + after;
                let message = "text stands behind a closed quote";
                return Err(Diagnostic::error(place, message).help("put all of the cell in quotes"));
            }
            cells.push(Cell {
                text: rest[inside..end].replace("\"\"", "\"").trim().to_owned(),
                span: start + inside..start + end,
            });
            after
        } else {
            let length = rest.find(',').unwrap_or(rest.len());
            let said = rest[..length].trim();
            let from = start + blank.min(length);
            cells.push(Cell {
                text: said.to_owned(),
                span: from..from + said.len(),
            });
            length
        };
        if start + length >= line.end {
            return Ok(cells);
        }
        start += length + 1;
    }
}
