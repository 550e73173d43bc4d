//! Cups of any format: which there are, how one stands with results that are taken for granted, and its odds.

mod answers;
mod settle;
mod state;

pub(super) use answers::{forecast, rates, table};
pub(super) use state::{list, state};

use super::question::Question;
use crate::conditions::{Item, ItemKind, WhatIf};
use crate::cup::{Cup, Instant};
use crate::outlook::Outlook;
use crate::serve::desk::Desk;
use crate::serve::refusal::{Mistake, Part, Refusal};
use std::sync::Arc;

/// The moment that a text names; of no text, the start of a finished cup, else now.
fn instant(full: &Cup, as_of: Option<&str>) -> Result<Instant, Refusal> {
    match as_of {
        Some(text) => full
            .instant(text)
            .map_err(|error| Refusal::impossible(error.to_string()).blames(Part::AsOf, text)),
        None if full.is_finished() => Ok(Instant::Start),
        None => Ok(Instant::Now),
    }
}

/// A cup as of a moment with its model, nothing taken for granted yet.
fn outlook(desk: &Desk, full: &Cup, as_of: Option<&str>) -> Result<Arc<Outlook>, Refusal> {
    desk.outlook(full.id(), instant(full, as_of)?)
}

/// The same with what a question takes for granted.
fn supposing(desk: &Desk, full: &Cup, question: &Question) -> Result<Outlook, Refusal> {
    let most = desk.limits().most_fixes;
    if question.fixes.len() > most {
        let count = question.fixes.len();
        return Err(Refusal::impossible(format!(
            "{count} results are fixed, and the server takes at most {most}"
        )));
    }
    if question.changes_rules() {
        return Err(Refusal::impossible(
            "other `rules` are not there yet for cups of format 2; leave them out",
        ));
    }
    let outlook = outlook(desk, full, question.as_of.as_deref())?;
    let items: Vec<Item> = question
        .fixes
        .iter()
        .map(|fix| Item::new(ItemKind::Fix, fix))
        .collect();
    let what_if = WhatIf::read(&items, outlook.known()).map_err(|errors| {
        let mistakes = errors.into_iter().map(|error| Mistake {
            part: Part::Fixes,
            value: items[error.item].text.clone(),
            error: error.to_string(),
        });
        Refusal::of_mistakes(mistakes.collect())
    })?;
    Outlook::clone(&outlook)
        .under(what_if)
        .map_err(|error| Refusal::impossible(error.to_string()))
}
