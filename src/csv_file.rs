//! CSV files that people give: columns by name, cells with their places, and every mistake of form where it stands.

mod cells;

pub use cells::Cell;

use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use crate::text_file::{self, Kind, ReadError, Wanted};
use cells::{cells, lines};
use std::path::Path;

/// Why a CSV file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// It cannot be read, or is no text.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// What it says is wrong.
    #[error(transparent)]
    Invalid(#[from] Diagnostics),
}

/// A CSV file: a line that names its columns, and rows of as many cells. Blank lines and lines that begin with `#` are
/// left out.
#[derive(Debug)]
pub struct CsvFile {
    name: String,
    text: String,
    header: Vec<Cell>,
    rows: Vec<Row>,
}

/// A line below the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the file.
    pub span: Span,
    cells: Vec<Cell>,
}

/// The columns that a file may have.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Those that have to be there.
    pub needed: &'a [&'a str],
    /// Those that may be left out.
    pub optional: &'a [&'a str],
}

/// The position of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column(usize);

impl Row {
    /// The cell in a column.
    pub fn cell(&self, column: Column) -> &Cell {
        &self.cells[column.0]
    }
}

impl CsvFile {
    /// Opens a file with these columns.
    ///
    /// # Errors
    /// A file that cannot be read or is of another form.
    pub fn open(path: &Path, columns: Columns<'_>) -> Result<Self, CsvError> {
        let text = text_file::read(path)?;
        Ok(Self::read(&path.display().to_string(), &text, columns)?)
    }

    /// Reads a text with these columns.
    ///
    /// # Errors
    /// Semicolons or tabs for commas; unknown, missing and doubled columns; rows of another length; no rows at all.
    pub fn read(name: &str, text: &str, columns: Columns<'_>) -> Result<Self, Diagnostics> {
        let mut problems: Vec<Diagnostic> = stranger(text).into_iter().collect();
        let mut lines = lines(text);
        let header = match lines.next() {
            Some(line) if problems.is_empty() => read_header(text, line, columns, &mut problems),
            Some(_) => Vec::new(),
            None => {
                let message = "the file is empty";
                let help = format!("begin with the line `{}`", columns.needed.join(","));
                problems.push(Diagnostic::error(0..0, message).help(help));
                Vec::new()
            }
        };
        let mut rows = Vec::new();
        // A wrong first line makes nonsense of all others.
        if problems.is_empty() {
            for line in lines {
                match read_row(text, line, &header) {
                    Ok(row) => rows.push(row),
                    Err(problem) => problems.push(problem),
                }
            }
            if rows.is_empty() && problems.is_empty() {
                let message = "there is nothing below the line that names the columns";
                let place = header[0].span.start..header[header.len() - 1].span.end;
                problems.push(Diagnostic::error(place, message).help("add a line for each"));
            }
        }
        match Diagnostics::new(name, text, problems) {
            Some(problems) => Err(problems),
            None => Ok(Self {
                name: name.to_owned(),
                text: text.to_owned(),
                header,
                rows,
            }),
        }
    }

    /// The rows, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The place of a column's name, if the file has it.
    pub fn heading(&self, name: &str) -> Option<&Cell> {
        self.header.iter().find(|cell| cell.text == name)
    }

    /// An optional column, if the file has it.
    pub fn find(&self, name: &str) -> Option<Column> {
        let mut header = self.header.iter();
        header.position(|cell| cell.text == name).map(Column)
    }

    /// A column that is needed.
    ///
    /// # Panics
    /// If it was not among those that the file was read with.
    pub fn column(&self, name: &str) -> Column {
        self.find(name)
            .expect("a file without a needed column is not read")
    }

    /// Mistakes in this file as one error; `Ok` if there are none.
    ///
    /// # Errors
    /// The mistakes.
    pub fn judge(&self, problems: Vec<Diagnostic>) -> Result<(), Diagnostics> {
        Diagnostics::new(&self.name, &self.text, problems).map_or(Ok(()), Err)
    }
}

/// A number within a range.
///
/// # Errors
/// The cell, if what stands there is none.
pub fn number(cell: &Cell, range: std::ops::RangeInclusive<f64>) -> Result<f64, Diagnostic> {
    let found = cell.text.parse::<f64>().ok();
    found
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let message = format!(
                "`{}` is no number from {} to {}",
                cell.text,
                range.start(),
                range.end()
            );
            Diagnostic::error(cell.span.clone(), message)
                .help("write a number with a point, such as 1.5")
        })
}

/// A text that is plainly no CSV: what it is instead.
fn stranger(text: &str) -> Option<Diagnostic> {
    let kind = Kind::of_text(text, Wanted::Csv)?;
    let is_csv = matches!(kind, Kind::Empty | Kind::Csv(_));
    (!is_csv).then(|| {
        let message = format!("this is {kind}, not {}", Wanted::Csv);
        Diagnostic::error(0..text.len(), message).help(kind.help(Wanted::Csv))
    })
}

/// The names of the columns.
fn read_header(
    text: &str,
    line: Span,
    columns: Columns<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Cell> {
    let said = &text[line.clone()];
    if !said.contains(',') {
        let other = [(';', "semicolons"), ('\t', "tabs")];
        if let Some((_, word)) = other.into_iter().find(|(sign, _)| said.contains(*sign)) {
            let message = format!("{word} stand between the columns");
            let help = "save the file with commas between the columns and points in the numbers (semicolons and decimal \
                        commas are not read)";
            problems.push(Diagnostic::error(line, message).help(help));
            return Vec::new();
        }
    }
    let header = match cells(text, line.clone()) {
        Ok(header) => header,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let known: Vec<&str> = columns
        .needed
        .iter()
        .chain(columns.optional)
        .copied()
        .collect();
    let there = |name: &str| header.iter().any(|cell| cell.text == name);
    for (index, cell) in header.iter().enumerate() {
        if let Some(first) = header[..index].iter().find(|other| other.text == cell.text) {
            let message = format!("the column `{}` is there twice", cell.text);
            let problem = Diagnostic::error(cell.span.clone(), message).help("leave one out");
            problems.push(problem.related(first.span.clone(), "the first"));
        } else if !known.contains(&cell.text.as_str()) {
            let missing = known.iter().copied().filter(|name| !there(name));
            let help = match nearest(&cell.text, missing) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("leave it out; the columns are {}", known.join(", ")),
            };
            let message = format!("there is no column `{}` in such a file", cell.text);
            problems.push(Diagnostic::error(cell.span.clone(), message).help(help));
        }
    }
    let missing: Vec<&str> = columns
        .needed
        .iter()
        .copied()
        .filter(|name| !there(name))
        .collect();
    // A misspelt column has been named already.
    if !missing.is_empty() && problems.is_empty() {
        let message = format!("the column `{}` is missing", missing.join("`, `"));
        let help = format!(
            "the first line has to name the columns {}",
            columns.needed.join(", ")
        );
        problems.push(Diagnostic::error(line, message).help(help));
    }
    header
}

/// A line of as many cells as there are columns.
fn read_row(text: &str, line: Span, header: &[Cell]) -> Result<Row, Diagnostic> {
    let cells = cells(text, line.clone())?;
    if cells.len() != header.len() {
        let cells_found = match cells.len() {
            1 => "1 cell".to_owned(),
            number => format!("{number} cells"),
        };
        let message = format!("{cells_found} where there are {} columns", header.len());
        let help = "write a cell for each column, a point in numbers, and quotes around what has a comma in it";
        return Err(Diagnostic::error(line, message).help(help));
    }
    Ok(Row { span: line, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns<'_> = Columns {
        needed: &["club", "elo"],
        optional: &["edition"],
    };

    fn read(text: &str) -> Result<CsvFile, String> {
        CsvFile::read("ratings.csv", text, COLUMNS).map_err(|problems| problems.to_string())
    }

    #[test]
    fn cells_are_found_by_column_and_know_their_place() {
        let text = "# ratings\n\nclub, elo\r\n\"Real, \"\"B\"\"\" , 1.5\n# more\nTolucá,2\n";
        let file = read(text).expect("nothing is wrong with it");
        let rows: Vec<[&Cell; 2]> = file
            .rows()
            .iter()
            .map(|row| ["club", "elo"].map(|name| row.cell(file.column(name))))
            .collect();
        let texts: Vec<[&str; 2]> = rows
            .iter()
            .map(|row| row.map(|cell| cell.text.as_str()))
            .collect();
        assert_eq!(texts, [["Real, \"B\"", "1.5"], ["Tolucá", "2"]]);
        assert_eq!(&text[rows[1][0].span.clone()], "Tolucá");
        assert_eq!(&text[rows[0][1].span.clone()], "1.5");
        assert_eq!(file.find("edition"), None);
        let empty = read("club,elo,edition\nTOL,1,\n").expect("an empty cell is a cell");
        assert_eq!(empty.rows()[0].cell(empty.column("edition")).text, "");
    }

    #[test]
    fn mistakes_of_form_are_shown_in_place() {
        let cases = [
            ("", "the file is empty", ":1:1"),
            ("# nothing\n\n", "the file is empty", ":1:1"),
            ("club,elo\n", "there is nothing below", ":1:1"),
            (
                "club;elo\nTOL;1,5\n",
                "semicolons stand between the columns",
                ":1:1",
            ),
            (
                "club\telo\nTOL\t1.5\n",
                "tabs stand between the columns",
                ":1:1",
            ),
            (
                "club,elo,edtion\nTOL,1,x\n",
                "did you mean `edition`?",
                ":1:10",
            ),
            (
                "club,elo,power\nTOL,1,2\n",
                "leave it out; the columns are club, elo, edition",
                ":1:10",
            ),
            (
                "club,elo,elo\nTOL,1,2\n",
                "the column `elo` is there twice",
                ":1:10",
            ),
            (
                "club,edition\nTOL,1\n",
                "the column `elo` is missing",
                ":1:1",
            ),
            (
                "club,elo\n\nTOL,1,5\n",
                "3 cells where there are 2 columns",
                ":3:1",
            ),
            (
                "club,elo\nTOL\n",
                "1 cell where there are 2 columns",
                ":2:1",
            ),
            ("club,elo\n\"TOL,1\n", "a quote is opened", ":2:1"),
            (
                "club,elo\n\"TOL\"x,1\n",
                "text stands behind a closed quote",
                ":2:6",
            ),
        ];
        for (text, message, place) in cases {
            let found = read(text).expect_err("there is a mistake");
            assert!(found.contains(message), "{message}:\n{found}");
            assert!(
                found.contains(&format!("ratings.csv{place}\n")),
                "{place}:\n{found}"
            );
            assert_eq!(
                found.matches("error:").count(),
                1,
                "one cause, one message:\n{found}"
            );
        }
    }

    #[test]
    fn numbers_have_a_range() {
        let cell = |text: &str| Cell {
            text: text.to_owned(),
            span: 0..text.len(),
        };
        assert_eq!(number(&cell("1.5"), 1.0..=2.0), Ok(1.5));
        for text in ["", "x", "0.5", "2.5", "nan", "inf", "1,5", "1e999"] {
            let problem = number(&cell(text), 1.0..=2.0).expect_err("it is none");
            assert_eq!(
                problem.message,
                format!("`{text}` is no number from 1 to 2")
            );
        }
    }
}
