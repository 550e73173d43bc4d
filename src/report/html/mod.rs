//! A report as one HTML file: no network, light and dark, for wide screens, phones and paper, every picture with its table.

use super::document::{Cell, Column, Document, PicturePair, Section, Table};
use crate::plot::{escape, theme};
use std::fmt::Write;

/// The style of the page; the colours of pictures and cells come from [`theme`].
const STYLE: &str = include_str!("style.css");

/// What is added for reports of cups of any format, which begin with a lead.
const CUP_STYLE: &str = include_str!("cup.css");

/// The whole file.
pub fn render(document: &Document) -> String {
    let title = escape(&document.title);
    let subtitle = escape(&document.subtitle);
    let link = |part: &Section| {
        format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            part.id,
            escape(&part.title)
        )
    };
    let links: Vec<String> = document.sections.iter().map(link).collect();
    let links = links.concat();
    let sections: String = document.sections.iter().map(section).collect();
    let lead = document.lead.iter();
    let lead = lead.map(|words| format!("<p class=\"lead\">{}</p>\n", escape(words)));
    let lead: String = lead.collect();
    let more_style = if lead.is_empty() { "" } else { CUP_STYLE };
    // The policy says for the browser what is true anyway: the file loads nothing and runs nothing.
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}: {subtitle}</title>\n<style>\n{STYLE}{more_style}{}\n{}\n</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the report</a>\n\
         <header>\n<h1>{title}</h1>\n{lead}<p>{subtitle}</p>\n</header>\n\
         <nav aria-label=\"Sections\">\n<ul>\n{links}</ul>\n</nav>\n<main id=\"main\">\n{sections}</main>\n</body>\n</html>\n",
        theme::style_sheet(theme::Theme::OfReader),
        theme::table_style_sheet(),
    )
}

fn section(part: &Section) -> String {
    let paragraphs = part
        .text
        .iter()
        .map(|words| format!("<p>{}</p>\n", escape(words)));
    let text = paragraphs.collect::<Vec<_>>().concat();
    let picture = part
        .picture
        .as_ref()
        .map_or(String::new(), |pair| figure(&part.id, pair));
    let tables: String = part.tables.iter().map(|one| table(one, &part.id)).collect();
    let folds = part.picture.as_ref().is_some_and(|pair| pair.folds_tables);
    let tables = if folds && !part.tables.is_empty() {
        let count = if part.tables.len() == 1 {
            "table"
        } else {
            "tables"
        };
        format!("<details>\n<summary>The numbers as {count}</summary>\n{tables}</details>\n")
    } else {
        tables
    };
    format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h2 id=\"{id}-heading\">{}</h2>\n{text}{picture}{tables}</section>\n",
        escape(&part.title),
        id = part.id,
    )
}

/// Both widths of a picture; the style shows one of them and hides the other from screen readers too.
fn figure(id: &str, pair: &PicturePair) -> String {
    format!(
        "<figure>\n<div class=\"wide\">\n{}</div>\n<div class=\"phone\">\n{}</div>\n</figure>\n",
        pair.wide.inline(&format!("{id}-wide")),
        pair.phone.inline(&format!("{id}-phone"))
    )
}

/// A table that scrolls inside its own frame, by keyboard too, where it is wider than the page.
fn table(table: &Table, id: &str) -> String {
    let head: String = table.columns.iter().map(heading).collect();
    let rows: String = table
        .rows
        .iter()
        .map(|cells| row(&table.columns, cells))
        .collect();
    let caption = escape(&table.caption);
    format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table class=\"{id}\">\n\
         <caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

fn heading(column: &Column) -> String {
    format!(
        "<th scope=\"col\"{}>{}</th>",
        class(column, None),
        escape(&column.title)
    )
}

fn row(columns: &[Column], cells: &[Cell]) -> String {
    let mut html = String::from("<tr>");
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        let text = escape(&cell.text);
        if index == 0 {
            write!(html, "<th scope=\"row\">{text}</th>").expect("memory can be written");
        } else {
            write!(html, "<td{}>{text}</td>", class(column, cell.heat))
                .expect("memory can be written");
        }
    }
    html + "</tr>\n"
}

fn class(column: &Column, heat: Option<f64>) -> String {
    let heat = heat.map(|value| format!("h{}", theme::heat_step(value)));
    let number = column.numeric.then(|| "number".to_owned());
    let classes: Vec<String> = number.into_iter().chain(heat).collect();
    if classes.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", classes.join(" "))
    }
}
