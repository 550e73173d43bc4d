//! Splits a question into words with their places.

use crate::diagnostic::{Located, Span};
use crate::tournament::plain_name;

/// Words that help a person and mean nothing.
pub(super) const FILLERS: [&str; 7] = ["the", "is", "are", "its", "their", "be", "a"];

/// The words of a question, in lower case without accents, where they stand. Parentheses and commas are words of
/// their own; words without a meaning are left out.
pub(super) fn words(text: &str, fillers: &[&str]) -> Vec<Located<String>> {
    let mut found: Vec<Located<String>> = Vec::new();
    let mut start = None;
    let mut push = |span: Span| {
        let word = plain_name(&text[span.clone()]);
        if !word.is_empty() && !fillers.contains(&word.as_str()) {
            found.push(Located::new(word, span));
        }
    };
    let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '≤' | '≥');
    let mut last = ' ';
    for (at, character) in text.char_indices() {
        // Signs of comparison are words of their own, with spaces around them or not.
        if let Some(first) = start
            && is_sign(character) != is_sign(last)
            && first < at
        {
            push(first..at);
            start = Some(at);
        }
        last = character;
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
