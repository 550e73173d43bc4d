//! A whole file of format 2: names, rules, stages, facts, results.

use super::bind;
use super::clubs::Clubs;
use super::past;
use super::references::Names;
use super::results::{self, Row};
use super::rules::{self, RuleSheet};
use super::stages::{self, Making};
use crate::cup::{Adjustment, Cup, Past, Ranked};
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::format::Builder;
use crate::ids::{ClubId, StageId};
use crate::text_file::Wanted;
use crate::tournament::file::walk::{Problems, Table};
use crate::tournament::file::{finish, read_document};
use jiff::civil::Date;
use std::collections::BTreeMap;

const KEYS: [&str; 10] = [
    "format",
    "tournament",
    "rules",
    "clubs",
    "stage",
    "milestones",
    "held",
    "ranked",
    "adjustment",
    "schedule",
];

/// Reads a file that stands beside another: what messages call it, and its text.
pub type Sibling<'a> = &'a dyn Fn(&str) -> Result<(String, String), String>;

/// Everything of a file but its results.
struct Draft {
    cup: Cup,
    rows: Vec<Row>,
    results: Vec<(String, Span)>,
    history: Vec<(String, Span)>,
    making: bind::Open,
    clubs: Clubs,
}

/// Reads a cup; `name` is what messages call the file, `sibling` reads results that stand beside it.
///
/// # Errors
/// Everything that is wrong with the file, or, if that is sound, with its results.
pub fn read(name: &str, text: &str, sibling: Sibling<'_>) -> Result<Cup, Diagnostics> {
    let problems = Problems::default();
    let found = read_document(text, Wanted::Tournament, 2, &KEYS, &problems, read_cup);
    let (mut draft, _) = finish(name, text, found, problems)?;
    let problems = Problems::default();
    draft.cup.past = read_history(&draft.history, sibling, &problems)?;
    finish(name, text, Some(()), problems)?;
    let mut bound = bind::Binding::new(draft.cup, draft.making);
    let problems = Problems::default();
    for (file, span) in &draft.results {
        match sibling(file) {
            Ok((called, table)) => {
                let problems = Problems::default();
                let rows = results::read_csv(&table, &draft.clubs, &problems);
                bound.enter(rows, &problems);
                finish(&called, &table, Some(()), problems)?;
            }
            Err(why) => problems.add(Diagnostic::error(span.clone(), why)),
        }
    }
    bound.enter(draft.rows, &problems);
    let cup = bound.finish(&problems);
    finish(name, text, Some(cup), problems).map(|(cup, _)| cup)
}

#[expect(clippy::too_many_lines, reason = "a form is read from top to bottom")]
fn read_cup(document: &Table<'_>, problems: &Problems) -> Option<Draft> {
    let keys = [
        "id",
        "competition",
        "edition",
        "rules",
        "hosts",
        "results",
        "history",
        "kind",
    ];
    let heading = document.table("tournament", "[tournament]", &keys);
    let Some(heading) = heading else {
        problems.add(
            Diagnostic::error(document.span(), "there is no tournament")
                .help("add [tournament] with id, competition and edition"),
        );
        return None;
    };
    let id = heading.required::<String>("id", "a short name such as `id = \"world-cup-2022\"`");
    let competition = heading.required::<String>("competition", "`competition = \"...\"`");
    let edition =
        heading.required::<String>("edition", "the edition, such as `edition = \"2022\"`");
    let nations = match heading.text("kind") {
        Some("nations") => true,
        None | Some("clubs") => false,
        Some(other) => {
            problems.add(
                Diagnostic::error(
                    heading.place_of("kind"),
                    format!("`{other}` is no kind of team"),
                )
                .help("write \"nations\" or \"clubs\""),
            );
            false
        }
    };
    let tables = document.tables("stage", "a [[stage]]", &stages::KEYS);
    let mut clubs = Clubs::read(document, nations, problems);
    let keys = stages::keys_to_come(&tables);
    for name in stages::named_clubs(&tables, &keys) {
        clubs.meet(&name);
    }
    clubs.finish();
    if tables.is_empty() {
        problems.add(
            Diagnostic::error(document.span(), "there are no stages").help(
                "add a [[stage]] for the groups and one for each round; see models/README.md",
            ),
        );
    }
    let numbers = clubs.complete_numbers();
    let name = heading.optional::<String>("rules");
    let own = document.table("rules", "[rules]", &rules::KEYS);
    let sheet = RuleSheet::read(name.as_ref(), own.as_ref(), &numbers, problems);
    let mut making = Making {
        builder: Builder::new(clubs.list.len()),
        names: Names::default(),
        clubs: &clubs,
        numbers,
        sheet: &sheet,
        problems,
        round_robins: Vec::new(),
        draws: BTreeMap::new(),
        group_draws: Vec::new(),
        thirds: BTreeMap::new(),
        thirds_broken: false,
        spans: Vec::new(),
        taken: BTreeMap::new(),
        reached: Vec::new(),
        made_numbers: BTreeMap::new(),
    };
    making.read(&tables);
    let rows = results::read_schedule(document, &clubs, problems);
    if problems.errors() > 0 {
        return None;
    }
    making.add_milestones(document);
    let mut held = making.read_held(document);
    held.append(&mut making.group_draws);
    let open = bind::Open {
        held,
        round_robins: making.round_robins,
        draws: making.draws,
    };
    let (builder, made, spans) = (making.builder, making.made_numbers, making.spans);
    let format = match builder.finish() {
        Ok(format) => format,
        Err(faults) => {
            for fault in faults {
                let written = fault.unit.and_then(|unit| spans.get(unit.index()));
                let place = written.cloned();
                let place = place.unwrap_or_else(|| document.place_of("stage"));
                problems.add(Diagnostic::error(place, fault.fact).help(fault.way_out));
            }
            return None;
        }
    };
    let texts = |key: &str| -> Vec<String> {
        heading
            .list::<String>(key)
            .into_iter()
            .map(|item| item.value)
            .collect()
    };
    let results = read_results_names(&heading);
    let history: Vec<(String, Span)> = heading
        .list::<String>("history")
        .into_iter()
        .map(|item| (item.value, item.span))
        .collect();
    let mut cup = Cup {
        id: id?.value,
        competition: competition?.value,
        edition: edition?.value,
        clubs: clubs.list.clone(),
        numbers: clubs.numbers.clone(),
        words: clubs.words.clone(),
        format,
        matches: Vec::new(),
        facts: crate::cup::Facts::default(),
        hosts: texts("hosts"),
        history: history.iter().map(|(name, _)| name.clone()).collect(),
        past: Vec::new(),
        pots: Vec::new(),
    };
    cup.numbers.extend(made);
    read_facts(document, &mut cup, &clubs, problems);
    Some(Draft {
        cup,
        rows,
        results,
        history,
        making: open,
        clubs,
    })
}

/// The matches of the editions that `history` names: bundled cups, or results in CSV files.
fn read_history(
    named: &[(String, Span)],
    sibling: Sibling<'_>,
    problems: &Problems,
) -> Result<Vec<Past>, Diagnostics> {
    let mut past = Vec::new();
    for (name, span) in named {
        let is_file = std::path::Path::new(name)
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if !is_file {
            match past::bundled(name) {
                Some(matches) => past.extend(matches),
                None => problems.add(
                    Diagnostic::error(span.clone(), format!("there is no bundled cup `{name}`"))
                        .help("name a bundled cup, or a CSV file of results such as \"2022.csv\""),
                ),
            }
            continue;
        }
        match sibling(name) {
            Ok((called, text)) => past.extend(past::read(&called, &text)?),
            Err(why) => problems.add(Diagnostic::error(span.clone(), why)),
        }
    }
    Ok(past)
}

/// `results = "a.csv"` or `results = ["a.csv", "b.csv"]`.
fn read_results_names(heading: &Table<'_>) -> Vec<(String, Span)> {
    match heading.text("results") {
        Some(file) => vec![(file.to_owned(), heading.place_of("results"))],
        None => heading
            .list::<String>("results")
            .into_iter()
            .map(|file| (file.value, file.span))
            .collect(),
    }
}

/// `[[ranked]]` and `[[adjustment]]`.
fn read_facts(document: &Table<'_>, cup: &mut Cup, clubs: &Clubs, problems: &Problems) {
    let find = |name: &crate::diagnostic::Located<String>| -> Option<ClubId> {
        let found = clubs.find(&name.value);
        if found.is_none() {
            let near = clubs.nearest(&name.value).unwrap_or("a club of the file");
            problems.add(
                Diagnostic::error(
                    name.span.clone(),
                    format!("there is no club `{}`", name.value),
                )
                .help(format!("did you mean {near}?")),
            );
        }
        found
    };
    let date = |table: &Table<'_>| table.optional::<Date>("date").map(|date| date.value);
    for table in document.tables("ranked", "a [[ranked]]", &["clubs", "by", "date"]) {
        let named = table.required_list::<String>("clubs", "the clubs in their order");
        cup.facts.ranked.push(Ranked {
            clubs: named.iter().filter_map(find).collect(),
            by: table.optional::<String>("by").map(|by| by.value),
            date: date(&table),
        });
    }
    let keys = [
        "club",
        "points",
        "goals_for",
        "goals_against",
        "date",
        "stage",
        "reason",
    ];
    for table in document.tables("adjustment", "an [[adjustment]]", &keys) {
        let club = table.required::<String>("club", "the club, such as club = \"Everton\"");
        let number = |key: &str| {
            table
                .optional::<f64>(key)
                .map_or(0, |number| number.value as i32)
        };
        let stage = match table.optional::<String>("stage") {
            Some(key) => {
                let found = cup.format.stage_named(&key.value);
                if found.is_none() {
                    problems.add(Diagnostic::error(
                        key.span,
                        format!("there is no stage `{}`", key.value),
                    ));
                }
                found
            }
            None => first_tables(cup),
        };
        let _ = table.optional::<String>("reason");
        let (Some(club), Some(stage)) = (club.as_ref().and_then(find), stage) else {
            continue;
        };
        cup.facts.adjustments.push(Adjustment {
            stage,
            club,
            points: number("points"),
            goals_for: number("goals_for"),
            goals_against: number("goals_against"),
            date: date(&table),
        });
    }
}

/// The first stage of tables.
fn first_tables(cup: &Cup) -> Option<StageId> {
    let mut units = cup.format.units().iter();
    let table = units.find(|unit| matches!(unit.rules, crate::format::Rules::Table(_)));
    table.map(|unit| unit.stage)
}
