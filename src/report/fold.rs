//! Long lines folded between words, for narrow terminals.

/// A text in lines of at most `width` characters, broken between words (a longer word keeps its line to itself).
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
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

/// A label and a text beside it: what does not fit into `width` characters goes on below the text, not below the label.
pub(super) fn hanging(label: &str, text: &str, width: usize) -> String {
    let indent = label.chars().count();
    let lines = folded(text, width.saturating_sub(indent));
    label.to_owned() + &lines.join(&format!("\n{}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(folded("one two three", 7), ["one two", "three"]);
        assert_eq!(folded("one", 2), ["one"]);
        assert_eq!(
            hanging("note     ", "one two three", 16),
            "note     one two\n         three"
        );
    }
}
