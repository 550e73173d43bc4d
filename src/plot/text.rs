//! How wide a text will be, without knowing the reader's font: an estimate on the wide side, and what follows from it.

/// The width of a text in pixels at a font size, for the widest font of the system stack in common use (`DejaVu Sans`;
/// its advance widths rounded up to a few classes), so that a layout made with it has room in the others.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The advance width of a character in units of the font size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '·' => 0.34,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | '-' | '!' | '"' => 0.42,
        '<' | '>' | '+' | '=' | '±' | '−' | '→' => 0.84,
        // Han, Kana and Hangul fill a square; the other wide letters nearly do.
        'm'
        | 'w'
        | 'M'
        | 'W'
        | '@'
        | '%'
        | '…'
        | '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' => 1.0,
        'A'..='Z' => 0.75,
        _ => 0.64,
    }
}

/// The text, or as much of it as fits with an ellipsis behind it.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        let longer = format!("{kept}{character}…");
        if width(&longer, size) > room {
            break;
        }
        kept.push(character);
    }
    format!("{}…", kept.trim_end())
}

/// The text in lines, broken at spaces; a single word that is too long has a line of its own.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The width of the widest of some texts; 0 for none.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>, size: f64) -> f64 {
    texts
        .into_iter()
        .map(|text| width(text, size))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_left_alone_and_another_ends_in_an_ellipsis() {
        assert_eq!(fit("Toluca", 12.0, 100.0), "Toluca");
        let cut = fit("Sporting Kansas City", 12.0, 100.0);
        assert_eq!(cut, "Sporting Kan…");
        assert!(width(&cut, 12.0) <= 100.0);
    }

    #[test]
    fn lines_break_at_spaces_and_hold_every_word() {
        let text = "one two three four five six seven";
        let lines = wrap(text, 12.0, 90.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| width(line, 12.0) <= 90.0));
        assert_eq!(wrap("incomprehensibilities", 12.0, 20.0).len(), 1);
        assert!(wrap("", 12.0, 20.0).is_empty());
    }
}
