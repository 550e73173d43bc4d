//! Reads points, tiebreakers, seeding criteria and the rules of the draw.

use super::clubs::Clubs;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, nearest};
use crate::tournament::{
    DrawConstraint, DrawRules, GroupCriterion, Points, Rules, SeedingCriterion,
};

const KEYS: [&str; 5] = [
    "points",
    "matches_per_pairing",
    "advance",
    "tiebreakers",
    "seeding",
];
const DRAW_KEYS: [&str; 4] = ["date", "pots", "pots_comparable", "constraints"];

/// The most points a win may be worth: tables of figures further on are sized by it.
const MOST_POINTS: u8 = 9;

/// Reads `[rules]`.
pub(super) fn read(document: &Table<'_>, problems: &Problems) -> Option<Rules> {
    let Some(table) = document.table("rules", "[rules]", &KEYS) else {
        if !document.has("rules") {
            problems.add(
                Diagnostic::error(document.span(), "there are no rules")
                    .label("no `[rules]` in this file")
                    .help(format!("add `[rules]` with {}", KEYS.join(", "))),
            );
        }
        return None;
    };
    let points = points(&table, problems);
    let pairing = "a double round robin, two matches for each pair of clubs,";
    only_supported(&table, "matches_per_pairing", 2, pairing, problems);
    let advance = only_supported(
        &table,
        "advance",
        1,
        "one club of each group going on",
        problems,
    );
    let group_tiebreakers = tiebreakers(&table, problems);
    let seeding = seeding(&table, problems);
    Some(Rules {
        points: points?,
        advance: advance?,
        group_tiebreakers,
        seeding,
    })
}

/// Reads a number of which one value only is supported: any other means a format nobody has built yet.
fn only_supported(
    table: &Table<'_>,
    key: &str,
    supported: u8,
    what: &str,
    problems: &Problems,
) -> Option<u8> {
    let found = table.required::<u8>(key, &format!("`{key} = {supported}`"))?;
    if found.value != supported {
        let message = format!("`{key} = {}` is not supported yet", found.value);
        problems.add(
            Diagnostic::error(found.span, message)
                .help(format!("only {what} is supported now: write {supported}")),
        );
    }
    Some(found.value)
}

fn points(table: &Table<'_>, problems: &Problems) -> Option<Points> {
    if !table.has("points") {
        table.required::<u8>("points", "`points = { win = 3, draw = 1, loss = 0 }`");
        return None;
    }
    let inner = table.table("points", "points", &["win", "draw", "loss"])?;
    let win = inner.required::<u8>("win", "`win = 3`");
    let draw = inner.required::<u8>("draw", "`draw = 1`");
    let loss = inner.required::<u8>("loss", "`loss = 0`");
    let points = Points {
        win: win?.value,
        draw: draw?.value,
        loss: loss?.value,
    };
    let ordered = points.win > points.draw && points.draw >= points.loss;
    if !ordered || points.win > MOST_POINTS {
        problems.add(
            Diagnostic::error(inner.span(), "these points make no sense").help(format!(
                "a win has to be worth more than a draw, a draw no less than a defeat, and none more than {MOST_POINTS}"
            )),
        );
    }
    Some(points)
}

/// Reads a list of criteria in words: each one known, none twice, lots at the end and only there.
fn criteria<C: Copy + PartialEq>(
    table: &Table<'_>,
    key: &str,
    all: &[(&'static str, C)],
    problems: &Problems,
) -> Vec<Located<C>> {
    if !table.has(key) {
        table.required::<String>(key, &format!("`{key} = [..., \"lots\"]`"));
        return Vec::new();
    }
    let written = table.list::<String>(key);
    let mut criteria: Vec<Located<C>> = Vec::new();
    let mut unknown = false;
    for word in &written {
        let Some((_, criterion)) = all.iter().find(|(words, _)| *words == word.value) else {
            unknown = true;
            let words = all.iter().map(|(words, _)| *words);
            let help = match nearest(&word.value, words.clone()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("write one of {}", words.collect::<Vec<_>>().join(", ")),
            };
            problems.add(
                Diagnostic::error(
                    word.span.clone(),
                    format!("`{}` is no criterion of {key}", word.value),
                )
                .label("unknown criterion")
                .help(help),
            );
            continue;
        };
        if let Some(first) = criteria.iter().find(|earlier| earlier.value == *criterion) {
            problems.add(
                Diagnostic::error(
                    word.span.clone(),
                    format!("`{}` is there twice", word.value),
                )
                .label("cannot decide anything here")
                .related(first.span.clone(), "first used here")
                .help("drop one of the two"),
            );
        }
        criteria.push(Located::new(*criterion, word.span.clone()));
    }
    if !unknown {
        check_lots(table, key, &written, problems);
    }
    criteria
}

/// Only a drawing of lots always decides, so it has to end the list.
fn check_lots(table: &Table<'_>, key: &str, written: &[Located<String>], problems: &Problems) {
    let lots = written.iter().position(|word| word.value == "lots");
    match (lots, written.last()) {
        (Some(at), Some(_)) if at + 1 == written.len() => {}
        (Some(at), _) => problems.add(
            Diagnostic::error(
                written[at + 1].span.clone(),
                format!("`{}` comes after lots", written[at + 1].value),
            )
            .label("never reached")
            .related(written[at].span.clone(), "lots always decide")
            .help("let \"lots\" stand at the end of the list"),
        ),
        (None, last) => {
            let place = last.map_or_else(|| table.place_of(key), |word| word.span.clone());
            problems.add(
                Diagnostic::error(place, format!("`{key}` can leave clubs level"))
                    .label("nothing decides after this")
                    .help("add \"lots\" at the end of the list"),
            );
        }
    }
}

fn tiebreakers(table: &Table<'_>, problems: &Problems) -> Vec<GroupCriterion> {
    let all = GroupCriterion::ALL.map(|criterion| (criterion.words(), criterion));
    let list = criteria(table, "tiebreakers", &all, problems);
    let reapply = list
        .iter()
        .position(|found| found.value == GroupCriterion::ReapplyHeadToHead);
    if let Some(at) = reapply {
        let earlier = &list[..at];
        if !earlier.iter().any(|found| found.value.is_head_to_head()) {
            problems.add(
                Diagnostic::error(list[at].span.clone(), "there is nothing to reapply here")
                    .label("no head-to-head criterion before this")
                    .help(
                        "let it follow the head-to-head criteria, such as \"head-to-head points\"",
                    ),
            );
        }
    }
    list.into_iter().map(|found| found.value).collect()
}

fn seeding(table: &Table<'_>, problems: &Problems) -> Vec<SeedingCriterion> {
    let all = SeedingCriterion::ALL.map(|criterion| (criterion.words(), criterion));
    let list = criteria(table, "seeding", &all, problems);
    list.into_iter().map(|found| found.value).collect()
}

/// Reads `[draw]`, which may be missing.
pub(super) fn read_draw(
    document: &Table<'_>,
    clubs: &Clubs,
    problems: &Problems,
) -> Option<Located<DrawRules>> {
    let table = document.table("draw", "[draw]", &DRAW_KEYS)?;
    let date = table.optional("date").map(|date| date.value);
    let example = "the pots in order, such as `pots = [\"A\", \"B\", \"C\"]`";
    let pots = each_once(table.required_list::<String>("pots", example), problems);
    let keys = ["kind", "exempt", "associations"];
    let constraints = table
        .tables("constraints", "a draw constraint", &keys)
        .iter()
        .filter_map(|constraint| read_constraint(constraint, clubs, problems))
        .collect();
    let rules = DrawRules {
        date,
        pots,
        pots_comparable: table
            .optional::<bool>("pots_comparable")
            .is_none_or(|comparable| comparable.value),
        constraints,
        pending: !document.has("group"),
    };
    Some(Located::new(rules, table.span()))
}

/// The names of pots, in their order; one that is there twice is reported.
pub(super) fn each_once(written: Vec<Located<String>>, problems: &Problems) -> Vec<String> {
    let mut pots: Vec<String> = Vec::new();
    for pot in written {
        if pots.contains(&pot.value) {
            problems.add(
                Diagnostic::error(pot.span, format!("pot `{}` is there twice", pot.value))
                    .help("name each pot once"),
            );
        } else {
            pots.push(pot.value);
        }
    }
    pots
}

fn read_constraint(
    table: &Table<'_>,
    clubs: &Clubs,
    problems: &Problems,
) -> Option<DrawConstraint> {
    const KINDS: [&str; 2] = ["apart by association", "exactly one of"];
    let kind = table.required::<String>(
        "kind",
        "`kind = \"apart by association\"` or `kind = \"exactly one of\"`",
    )?;
    match kind.value.as_str() {
        "apart by association" => {
            not_with(table, "associations", &kind.value, problems);
            let exempt = table.list::<String>("exempt");
            let exempt = exempt.iter().filter_map(|code| clubs.find(code, problems));
            Some(DrawConstraint::ApartByAssociation {
                exempt: exempt.collect(),
            })
        }
        "exactly one of" => {
            not_with(table, "exempt", &kind.value, problems);
            let written =
                table.required_list::<String>("associations", "`associations = [\"Mexico\"]`");
            for association in &written {
                check_association(association, clubs, problems);
            }
            Some(DrawConstraint::ExactlyOneOf {
                associations: written.into_iter().map(|found| found.value).collect(),
            })
        }
        other => {
            let help = match nearest(other, KINDS) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("write one of {}", KINDS.join(", ")),
            };
            problems.add(
                Diagnostic::error(
                    kind.span,
                    format!("`{other}` is no kind of draw constraint"),
                )
                .help(help),
            );
            None
        }
    }
}

/// Reports a key that belongs to another kind of constraint.
fn not_with(table: &Table<'_>, key: &str, kind: &str, problems: &Problems) {
    if table.has(key) {
        problems.add(
            Diagnostic::error(
                table.place_of(key),
                format!("`{key}` means nothing with the kind \"{kind}\""),
            )
            .help("drop it"),
        );
    }
}

fn check_association(association: &Located<String>, clubs: &Clubs, problems: &Problems) {
    let known = || clubs.list.iter().map(|club| club.association.as_str());
    if known().any(|name| name == association.value) {
        return;
    }
    let help = match nearest(&association.value, known()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write the association as the clubs do".to_owned(),
    };
    problems.add(
        Diagnostic::error(
            association.span.clone(),
            format!("no club is of the association `{}`", association.value),
        )
        .label("unknown association")
        .help(help),
    );
}
