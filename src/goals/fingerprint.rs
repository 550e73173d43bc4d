//! Tells whether a model was fitted to the same data.

use crate::tournament::{Edition, MatchStage};

/// A fingerprint of all the data a model is fitted to: FNV-1a (Fowler, Noll & Vo) over every club and match.
/// It tells other data, not forged data.
pub fn fingerprint(history: &[Edition], current: &Edition) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for edition in history.iter().chain([current]) {
        add(&edition.name);
        add(if edition.pots_comparable {
            "comparable"
        } else {
            ""
        });
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
    format!("{hash:016x}")
}
