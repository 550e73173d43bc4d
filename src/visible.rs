//! Characters that nobody sees but terminals, browsers and readers act on, and how they are shown instead.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character has no picture of its own but an effect: the controls (C0, DEL, C1), marks that turn the direction
/// of a text, those without any width, line separators, and what XML does not allow.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A name, a path or a value in one line: every hidden character, line ends too, as an escape such as `\u{1b}`.
pub fn in_line(text: &str) -> Cow<'_, str> {
    replaced(text, is_hidden, escape)
}

/// The same for a text of several lines, which keeps its line ends.
pub fn in_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c != '\n' && is_hidden(c), escape)
}

/// The same for a text with colours of our own: sequences that set colours stay.
pub fn in_colour(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut shown = in_lines(pieces.next().unwrap_or_default()).into_owned();
    for piece in pieces {
        let parameters = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let start = if parameters.starts_with('m') {
            "\u{1b}["
        } else {
            "\\u{1b}["
        };
        shown.push_str(start);
        shown.push_str(&in_lines(piece));
    }
    shown
}

/// JSON that is text already: what is hidden can only stand in its strings, where an escape means the same.
pub fn in_json(text: &str) -> Cow<'_, str> {
    replaced(
        text,
        |c| c != '\n' && is_hidden(c),
        |character, shown| {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(shown, "\\u{unit:04x}").expect("memory can be written");
            }
        },
    )
}

fn escape(character: char, shown: &mut String) {
    write!(shown, "\\u{{{:x}}}", u32::from(character)).expect("memory can be written");
}

/// The text with some characters written in another way.
fn replaced(
    text: &str,
    which: impl Fn(char) -> bool,
    write: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    if !text.contains(&which) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if which(character) {
            write(character, &mut shown);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_shown_and_letters_of_every_script_stay() {
        assert_eq!(
            in_line("a\u{1b}[31mb\n\u{7f}\u{9b}"),
            "a\\u{1b}[31mb\\u{a}\\u{7f}\\u{9b}"
        );
        assert_eq!(
            in_line("x\u{202e}y\u{200b}z\u{ffff}"),
            "x\\u{202e}y\\u{200b}z\\u{ffff}"
        );
        for plain in [
            "América",
            "Beşiktaş",
            "清水",
            "نساجی",
            "naïve — “so”, 3–1",
            "e\u{301}",
        ] {
            assert_eq!(in_line(plain), plain);
        }
        assert_eq!(in_lines("one\ntwo\t\r\n"), "one\ntwo\\u{9}\\u{d}\n");
    }

    #[test]
    fn colours_stay_where_they_are_ours() {
        let painted = "\u{1b}[1;38;5;166m60.0%\u{1b}[0m\n";
        assert_eq!(in_colour(painted), painted);
        assert_eq!(
            in_colour("a\u{1b}[2Jb\u{1b}]0;t\u{7}"),
            "a\\u{1b}[2Jb\\u{1b}]0;t\\u{7}"
        );
        assert_eq!(in_colour("\u{1b}["), "\\u{1b}[");
    }

    #[test]
    fn json_says_the_same_in_plain_sight() {
        let text = serde_json::to_string_pretty(&["a\u{1b}\u{9b}\u{202e}\u{e0001}é"]);
        let text = text.expect("a list of texts");
        let shown = in_json(&text);
        assert!(!shown.chars().any(|c| c != '\n' && is_hidden(c)), "{shown}");
        let back: Vec<String> = serde_json::from_str(&shown).expect("still JSON");
        assert_eq!(back, ["a\u{1b}\u{9b}\u{202e}\u{e0001}é"]);
    }
}
