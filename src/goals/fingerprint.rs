//! Tells whether a model was fitted to the same data.

use crate::tournament::{Edition, MatchStage};
use std::fmt;

/// FNV-1a (Fowler, Noll & Vo) over texts: it tells other texts, not forged ones.
pub(super) struct Hash(u64);

impl Hash {
    pub(super) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Goes on with a text.
    pub(super) fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// A fingerprint of all the data a model is fitted to, over every club and match.
pub fn fingerprint(history: &[Edition], current: &Edition) -> String {
    let mut hash = Hash::new();
    let mut add = |text: &str| hash.add(text);
    for edition in history.iter().chain([current]) {
        add(&edition.name);
        add(if edition.pots.is_empty() {
            ""
        } else {
            "comparable"
        });
        // Most pots are in the order of their names: only another order is worth a word.
        if !edition.pots.is_sorted() {
            add(&edition.pots.join(" > "));
        }
        for club in &edition.clubs {
            let facts = [&club.name, &club.association, club.best_finish.word()];
            let optional = [club.zone.as_deref(), club.pot.as_deref()];
            facts.into_iter().for_each(&mut add);
            for fact in optional {
                add(fact.unwrap_or("-"));
            }
            add(&club
                .appearances
                .map_or(String::new(), |number| number.to_string()));
        }
        for played in &edition.matches {
            let stage = match &played.stage {
                MatchStage::Group { group, matchday } => format!("{group} {matchday}"),
                MatchStage::Knockout { round, leg, legs } => format!("{round} {leg} of {legs}"),
            };
            add(&format!(
                "{} {stage} {} {} {}",
                played.date, played.home.0, played.away.0, played.goals
            ));
        }
    }
    hash.to_string()
}
