//! Words that models/README.md keeps for formats that are not supported yet, so that they are refused by name.

use super::walk::Problems;
use crate::diagnostic::{Diagnostic, Span};

/// Keys by the table they would stand in, and what there is instead.
const KEYS: [(&str, &str, &str); 5] = [
    (
        "the file",
        "league",
        "a league phase: only groups, each a double round robin, are supported now",
    ),
    (
        "[rules]",
        "best_placed",
        "best-placed clubs going on: only the winner of each group does now",
    ),
    (
        "a round",
        "before",
        "rounds before the groups: write down only the clubs that reached the groups",
    ),
    (
        "a match",
        "neutral",
        "neutral grounds: the club written first counts as the home club now",
    ),
    (
        "a tie",
        "neutral",
        "neutral grounds: one of the two clubs hosts the last leg now",
    ),
];

/// Notes a key that is kept for later; says whether it was one.
pub(super) fn refuse_key(what: &str, key: &str, span: Span, problems: &Problems) -> bool {
    let found = KEYS
        .iter()
        .find(|(table, kept, _)| *table == what && *kept == key);
    if let Some((_, _, instead)) = found {
        refuse(key, span, instead, problems);
    }
    found.is_some()
}

/// Notes a side of a tie that is kept for later, such as `runner-up A`; says whether it was one.
pub(super) fn refuse_side(side: &str, span: Span, problems: &Problems) -> bool {
    let is_place = ["runner-up", "second", "third", "best third"]
        .iter()
        .any(|place| side == *place || side.starts_with(&format!("{place} ")));
    let instead = match side {
        "bye" => "byes: every seed and every winner plays in the next round now",
        "drawn" => "drawn pairings: each tie names its two sides now",
        _ if is_place => {
            "clubs that did not win their group going on: write seeds of group winners"
        }
        _ => return false,
    };
    refuse(side, span, instead, problems);
    true
}

/// Notes a host that is kept for later; says whether it was one.
pub(super) fn refuse_host(host: &str, span: Span, problems: &Problems) -> bool {
    let is_kept = host == "neutral";
    if is_kept {
        let instead = "neutral grounds: one of the two sides hosts the last leg now";
        refuse(host, span, instead, problems);
    }
    is_kept
}

/// Notes a club of a group that a round before the groups would give; says whether it was one.
pub(super) fn refuse_club(code: &str, span: Span, problems: &Problems) -> bool {
    let is_kept = code.starts_with("winner ");
    if is_kept {
        let instead = "rounds before the groups: write down only the clubs that reached the groups";
        refuse(code, span, instead, problems);
    }
    is_kept
}

fn refuse(written: &str, span: Span, instead: &str, problems: &Problems) {
    problems.add(
        Diagnostic::error(span, format!("`{written}` is not supported yet"))
            .help(format!("this is kept for {instead}")),
    );
}
