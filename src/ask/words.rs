//! Splits a question into words with their places.

use crate::diagnostic::{Located, Span};
use crate::tournament::plain_name;

/// Words that help a person and mean nothing.
const FILLERS: [&str; 7] = ["the", "is", "are", "its", "their", "be", "a"];

/// The words of a question, in lower case without accents, where they stand. Parentheses and commas are words of
/// their own; words without a meaning are left out.
pub(super) fn words(text: &str) -> Vec<Located<String>> {
    let mut found: Vec<Located<String>> = Vec::new();
    let mut start = None;
    let mut push = |span: Span| {
        let word = plain_name(&text[span.clone()]);
        if !word.is_empty() && !FILLERS.contains(&word.as_str()) {
            found.push(Located::new(word, span));
        }
    };
    for (at, character) in text.char_indices() {
        let alone = matches!(character, '(' | ')' | ',' | '?');
        if character.is_whitespace() || alone {
            if let Some(start) = start.take() {
                push(start..at);
            }
            if alone && character != '?' {
                push(at..at + character.len_utf8());
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        push(start..text.len());
    }
    found
}
