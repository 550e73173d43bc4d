//! Breaks texts into lines that fit.

/// A text in lines of at most so many columns, broken between words.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Room for a line of a heading behind its word: 80 columns less nine.
const HEADING_ROOM: usize = 71;

/// The lines of a heading that say what is taken for granted.
pub(super) fn what_if_lines(conditions: &[String]) -> impl Iterator<Item = String> {
    conditions.iter().map(|words| {
        format!(
            "what if  {}",
            wrapped(words, HEADING_ROOM).join("\n         ")
        )
    })
}
