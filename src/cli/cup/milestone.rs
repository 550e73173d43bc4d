//! Milestones of a cup as people name them on the command line.

use crate::cli::Failure;
use crate::cup::Cup;

/// The milestone with a key, by its position; `group` means winning one, as in format 1.
pub(super) fn named(cup: &Cup, text: &str) -> Result<usize, Failure> {
    let wanted = text.trim().to_lowercase();
    let at = |key: &str| position(cup, key);
    let found = at(&wanted).or_else(|| (wanted == "group").then(|| at("first")).flatten());
    found.ok_or_else(|| {
        let milestones = cup.format().milestones().iter();
        let keys: Vec<&str> = milestones.map(|milestone| milestone.key.as_str()).collect();
        Failure::input(format!(
            "`{text}` is no milestone of {}; write one of {}",
            cup.id(),
            keys.join(", ")
        ))
    })
}

/// What is followed when nobody says: the title, and winning a group or finishing first.
pub(super) fn usual(cup: &Cup) -> Vec<usize> {
    let title = position(cup, "title").or_else(|| cup.format().milestones().len().checked_sub(1));
    title.into_iter().chain(position(cup, "first")).collect()
}

fn position(cup: &Cup, key: &str) -> Option<usize> {
    let mut milestones = cup.format().milestones().iter();
    milestones.position(|milestone| milestone.key.to_lowercase() == key)
}
