//! Reads a past edition: clubs with what was known of them, and matches, without the rules they were played by.

use super::Heading;
use super::clubs::Clubs;
use super::entry::Entry;
use super::rules::each_once;
use super::walk::{Problems, Table};
use crate::diagnostic::Diagnostic;
use crate::ids::ClubId;
use crate::tournament::{DatedMatch, Edition, MatchStage};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of a past edition.
pub(super) const KEYS: [&str; 4] = ["format", "history", "club", "schedule"];

const HEADING_KEYS: [&str; 5] = ["id", "competition", "edition", "pots", "pots_comparable"];

const MATCH_KEYS: [&str; 12] = [
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
    "awarded",
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
    let pots = match (&table, &comparable) {
        (Some(table), Some(comparable)) => {
            let pots = read_pots(table, comparable.value, &clubs, problems);
            if comparable.value { pots } else { Vec::new() }
        }
        _ => Vec::new(),
    };
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
    let read = entries.filter_map(|entry| Some((read_match(&entry, problems)?, entry)));
    let lines: Vec<(DatedMatch, Entry<'_>)> = read.collect();
    check_once(&lines, &clubs, problems);
    let played = lines.into_iter().filter(|(_, entry)| !entry.awarded);
    let heading = heading?;
    comparable?;
    Some(Edition {
        id: heading.id,
        competition: heading.competition,
        name: heading.edition,
        pots,
        matches: played.map(|(played, _)| played).collect(),
        clubs: clubs.list,
    })
}

/// The pots, those of the strongest clubs first. Where they are to be compared and the file does not say their order, it
/// has to follow from their names.
fn read_pots(
    table: &Table<'_>,
    comparable: bool,
    clubs: &Clubs,
    problems: &Problems,
) -> Vec<String> {
    let named = || clubs.list.iter().map(|club| club.pot.as_ref());
    if table.has("pots") {
        let pots = each_once(table.list::<String>("pots"), problems);
        for (pot, place) in named().zip(&clubs.pots) {
            if let (Some(pot), Some(place)) = (pot, place)
                && !pots.contains(pot)
            {
                problems.add(
                    Diagnostic::error(place.clone(), format!("there is no pot `{pot}`"))
                        .help(format!("the pots are {}", pots.join(", "))),
                );
            }
        }
        return pots;
    }
    let pots: BTreeSet<&String> = named().flatten().collect();
    let letters = ('A'..='Z').map(String::from);
    if comparable && !letters.take(pots.len()).eq(pots.iter().copied().cloned()) {
        problems.add(
            Diagnostic::error(
                table.place_of("pots_comparable"),
                "which pot is that of the strongest clubs does not follow from the names",
            )
            .help(
                "add `pots = [...]`, the names of the pots with those of the strongest clubs first",
            ),
        );
    }
    pots.into_iter().cloned().collect()
}

/// Every match counts once: two clubs play each other once a day, once a matchday of their group, and once a leg of a round.
fn check_once(lines: &[(DatedMatch, Entry<'_>)], clubs: &Clubs, problems: &Problems) {
    let pair = |played: &DatedMatch| {
        let (home, away) = (played.home, played.away);
        [home.min(away), home.max(away)]
    };
    let mut days: BTreeMap<(Date, [ClubId; 2]), usize> = BTreeMap::new();
    let mut places: BTreeMap<(String, u8, [ClubId; 2]), usize> = BTreeMap::new();
    for (index, (played, entry)) in lines.iter().enumerate() {
        let (part, number, of_what) = match &played.stage {
            MatchStage::Group { group, matchday } => (
                format!("group {group}"),
                *matchday,
                format!("on matchday {matchday}"),
            ),
            MatchStage::Knockout { round, leg, .. } => (
                format!("round {round}"),
                *leg,
                format!("in leg {leg} of the {round}"),
            ),
        };
        let same_day = *days.entry((played.date, pair(played))).or_insert(index);
        let same_place = *places.entry((part, number, pair(played))).or_insert(index);
        let Some(first) = [same_day, same_place]
            .into_iter()
            .find(|first| *first != index)
        else {
            continue;
        };
        let when = if same_day == first {
            format!("on {}", played.date)
        } else {
            of_what
        };
        let code = |id| clubs.code(id);
        problems.add(
            Diagnostic::error(
                entry.span(),
                format!(
                    "{} against {} {when} is there twice",
                    code(played.home),
                    code(played.away)
                ),
            )
            .label("a second time")
            .related(lines[first].1.span(), "the first time")
            .help(
                "every match counts once: drop one of the two, or correct its clubs, date or stage",
            ),
        );
    }
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
