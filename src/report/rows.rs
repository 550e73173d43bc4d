//! CSV, row by row: every field is a number of ours or a text that no spreadsheet takes for a formula.

use crate::visible;
use std::borrow::Cow;

/// A growing CSV file.
pub(super) struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    /// A file that begins with the names of its columns.
    pub(super) fn new<I>(header: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let mut rows = Self(csv::Writer::from_writer(Vec::new()));
        rows.push(header);
        rows
    }

    /// Adds a row.
    pub(super) fn push<I>(&mut self, fields: I)
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let writer = &mut self.0;
        for field in fields {
            let field = harmless(field.as_ref());
            writer
                .write_field(field.as_bytes())
                .expect("memory can be written");
        }
        writer
            .write_record(None::<&[u8]>)
            .expect("memory can be written");
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("memory can be flushed");
        String::from_utf8(bytes).expect("every field was valid text")
    }
}

/// A field as it is written: hidden characters as escapes, an apostrophe before what a spreadsheet would read as a formula
/// (`=`, `+`, `@`, and `-` unless it begins a number; also in the full width of East Asian scripts), and no minus before zero.
fn harmless(field: &str) -> Cow<'_, str> {
    if field == "-0" {
        return Cow::Borrowed("0");
    }
    let number = || field.parse::<f64>().is_ok();
    let formula = match field.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => true,
        Some('-') => !number(),
        _ => false,
    };
    let shown = visible::in_line(field);
    if formula {
        Cow::Owned(format!("'{shown}"))
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let mut rows = Rows::new(["club", "change"]);
        for club in [
            "=HYPERLINK(\"x\",\"y\")",
            "@SUM(A1)",
            "+1",
            "-x",
            "\t=1",
            "＝1",
            "A \"B\", C",
            "é\u{1b}\n",
        ] {
            rows.push([club, "-0.5"]);
        }
        rows.push(["-1e-7", "-0"]);
        let expected = "club,change\n\
            \"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",-0.5\n\
            '@SUM(A1),-0.5\n\
            '+1,-0.5\n\
            '-x,-0.5\n\
            '\\u{9}=1,-0.5\n\
            '＝1,-0.5\n\
            \"A \"\"B\"\", C\",-0.5\n\
            é\\u{1b}\\u{a},-0.5\n\
            -1e-7,0\n";
        assert_eq!(rows.finish(), expected);
    }
}
