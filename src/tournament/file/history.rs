//! Reads a past edition: clubs with what was known of them, and matches, without the rules they were played by.

use super::Heading;
use super::clubs::Clubs;
use super::entry::Entry;
use super::walk::{Problems, Table};
use crate::diagnostic::Diagnostic;
use crate::tournament::{DatedMatch, Edition, MatchStage};

/// The keys of a past edition.
pub(super) const KEYS: [&str; 4] = ["format", "history", "club", "schedule"];

const HEADING_KEYS: [&str; 4] = ["id", "competition", "edition", "pots_comparable"];

const MATCH_KEYS: [&str; 11] = [
    "group",
    "matchday",
    "round",
    "leg",
    "legs",
    "date",
    "home",
    "away",
    "score",
    "after_extra_time",
    "penalties",
];

/// Reads a whole document.
pub(super) fn read(document: &Table<'_>, problems: &Problems) -> Option<Edition> {
    if !document.has("history") {
        problems.add(
            Diagnostic::error(document.span(), "this file has no `[history]`")
                .help("add `[history]` with id, competition, edition and pots_comparable"),
        );
        return None;
    }
    let table = document.table("history", "[history]", &HEADING_KEYS);
    let heading = table
        .as_ref()
        .and_then(|table| Heading::read(table, problems));
    let comparable = table.as_ref().and_then(|table| {
        let example = "`pots_comparable = true` if the pots mean what later editions mean by them, else false";
        table.required::<bool>("pots_comparable", example)
    });
    let clubs = Clubs::read(document, problems);
    let schedule = document.table("schedule", "[schedule]", &["matches"]);
    if !document.has("schedule") {
        problems.add(
            Diagnostic::error(document.span(), "there is no schedule")
                .help("add `[schedule]` with `matches = [...]`"),
        );
    }
    let entries = schedule.iter().flat_map(|table| {
        if !table.has("matches") {
            table.required::<String>("matches", "`matches = [...]`");
        }
        Entry::read_all(table, &MATCH_KEYS, &clubs, problems)
    });
    let matches = entries
        .filter_map(|entry| read_match(&entry, problems))
        .collect();
    let heading = heading?;
    Some(Edition {
        id: heading.id,
        name: heading.edition,
        pots_comparable: comparable?.value,
        clubs: clubs.list,
        matches,
    })
}

fn read_match(entry: &Entry<'_>, problems: &Problems) -> Option<DatedMatch> {
    let before = problems.count();
    entry.require(
        &["home", "away", "score"],
        "a match of a past edition",
        problems,
    );
    let stage = if entry.has("group") {
        let help =
            "a match is of a group (`group`, `matchday`) or of a round (`round`, `leg`, `legs`)";
        let why = "a group match is of no knockout round and ends after 90 minutes";
        let keys = ["round", "leg", "legs", "after_extra_time", "penalties"];
        entry.refuse(&keys, why, help, problems);
        entry.require(&["matchday"], "a group match", problems);
        group_stage(entry)
    } else {
        entry.refuse(
            &["matchday"],
            "a knockout match has no matchday",
            "drop it",
            problems,
        );
        entry.require(&["round", "leg", "legs"], "a knockout match", problems);
        knockout_stage(entry, problems)
    };
    if problems.count() > before {
        return None;
    }
    Some(DatedMatch {
        date: entry.date.as_ref()?.value,
        stage: stage?,
        home: entry.home.as_ref()?.value,
        away: entry.away.as_ref()?.value,
        goals: entry.score.as_ref()?.value,
    })
}

fn group_stage(entry: &Entry<'_>) -> Option<MatchStage> {
    Some(MatchStage::Group {
        group: entry.group.as_ref()?.value.clone(),
        matchday: entry.matchday.as_ref()?.value,
    })
}

fn knockout_stage(entry: &Entry<'_>, problems: &Problems) -> Option<MatchStage> {
    let (leg, legs) = (entry.leg.as_ref()?, entry.legs.as_ref()?);
    if !(1..=2).contains(&legs.value) || !(1..=legs.value).contains(&leg.value) {
        problems.add(
            Diagnostic::error(
                leg.span.clone(),
                format!("there is no leg {} of {}", leg.value, legs.value),
            )
            .help("a tie has one leg or two"),
        );
    }
    Some(MatchStage::Knockout {
        round: entry.round.as_ref()?.value.clone(),
        leg: leg.value,
        legs: legs.value,
    })
}
