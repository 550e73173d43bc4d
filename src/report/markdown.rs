//! A report as Markdown (with the tables of GitHub), for README-like places: the same sections, without the pictures.

use super::document::{Cell, Column, Document, Section, Table};
use crate::visible;
use std::fmt::Write;

/// The whole text.
pub fn render(document: &Document) -> String {
    let sections: String = document.sections.iter().map(section).collect();
    let lead = document.lead.iter().map(|words| paragraph(words) + "\n\n");
    format!(
        "# {}\n\n{}{}\n{sections}",
        escape(&document.title),
        lead.collect::<String>(),
        paragraph(&document.subtitle)
    )
}

fn section(part: &Section) -> String {
    let mut text = format!("\n## {}\n", escape(&part.title));
    for words in &part.text {
        write!(text, "\n{}\n", paragraph(words)).expect("memory can be written");
    }
    for one in &part.tables {
        text.push_str(&table(one));
    }
    text
}

fn table(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let titles = table.columns.iter().map(|column| escape(&column.title));
    let rules = table.columns.iter().map(rule);
    let rows = table
        .rows
        .iter()
        .map(|row| line(row.iter().map(cell).collect()));
    format!(
        "\n**{}**\n\n{}{}{}",
        escape(&table.caption),
        line(titles.collect()),
        line(rules.collect()),
        rows.collect::<String>()
    )
}

fn rule(column: &Column) -> String {
    if column.numeric { "---:" } else { "---" }.to_owned()
}

fn cell(cell: &Cell) -> String {
    escape(&cell.text)
}

/// A paragraph, which what it begins with makes neither a quote nor a list nor a rule.
fn paragraph(words: &str) -> String {
    let safe = escape(words.trim_start());
    let rest = safe.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &safe[..safe.len() - rest.len()];
    let opening = if digits.is_empty() {
        ['>', '-', '+'].as_slice()
    } else {
        ['.', ')'].as_slice()
    };
    if rest.starts_with(opening) {
        format!("{digits}\\{rest}")
    } else {
        safe
    }
}

/// A text in which nothing means anything to Markdown, and that stays on one line.
fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    let words = words.replace(['\n', '\r'], " ");
    for character in visible::in_line(&words).chars() {
        match character {
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '~' | '$' => {
                safe.push('\\');
                safe.push(character);
            }
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_laid_out_and_its_signs_are_disarmed() {
        let document = Document {
            title: "A cup".to_owned(),
            subtitle: "before".to_owned(),
            lead: Vec::new(),
            sections: vec![Section {
                id: "odds".into(),
                title: "Odds".into(),
                text: vec!["Words.".to_owned(), "- 1. *x*\n\u{1b}".to_owned()],
                picture: None,
                tables: vec![Table {
                    caption: "All".to_owned(),
                    columns: vec![Column::words("club"), Column::numbers("title")],
                    rows: vec![vec!["A|B <i>".into(), Cell::odds("<0.1%", 0.0)]],
                }],
            }],
        };
        let expected = "# A cup\n\nbefore\n\n## Odds\n\nWords.\n\n\\- 1. \\*x\\* \\\\u{1b}\n\n**All**\n\n| club | title |\n| --- | ---: |\n\
                        | A\\|B &lt;i> | &lt;0.1% |\n";
        assert_eq!(render(&document), expected);
    }
}
