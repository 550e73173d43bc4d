//! The lines of results: out of a CSV beside the file, or of `[schedule]` in it.

use super::clubs::Clubs;
use crate::cup::Standing;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::format::Side;
use crate::ids::ClubId;
use crate::tournament::file::walk::{Problems, Table};
use crate::tournament::{Goals, Score};
use jiff::civil::Date;

/// The columns of a CSV, which are also the keys of a line of `[schedule]`.
pub(super) const COLUMNS: [&str; 14] = [
    "stage",
    "tie",
    "leg",
    "group",
    "matchday",
    "date",
    "home",
    "away",
    "score",
    "after_extra_time",
    "penalties",
    "country",
    "ground",
    "status",
];

/// A line: a match that was played, or that is to be.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) stage: Option<String>,
    pub(super) tie: Option<String>,
    pub(super) leg: Option<u16>,
    pub(super) group: Option<String>,
    pub(super) matchday: Option<u16>,
    pub(super) date: Option<Date>,
    /// The clubs, the one listed first first; nobody where they are not known yet.
    pub(super) clubs: Option<[ClubId; 2]>,
    pub(super) score: Option<Score>,
    pub(super) country: Option<String>,
    /// Who is at home, if it is not as usual.
    pub(super) ground: Option<Side>,
    pub(super) standing: Standing,
    pub(super) span: Span,
}

/// Reads the lines of a CSV.
pub(super) fn read_csv(text: &str, clubs: &Clubs, problems: &Problems) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    if !check_header(&header, text, problems) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            problems.add(Diagnostic::error(0..0, "this is no CSV that can be read"));
            break;
        };
        let start = record
            .position()
            .map_or(0, |at| at.byte() as usize)
            .min(text.len());
        let end = text[start..]
            .find(['\n', '\r'])
            .map_or(text.len(), |end| start + end);
        let span = start..end;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > header.len() {
            problems.add(Diagnostic::error(
                span,
                format!("{} values for {} columns", record.len(), header.len()),
            ));
            continue;
        }
        let value = |column: &str| {
            let at = header.iter().position(|name| name == column)?;
            let value = record.get(at)?;
            (!value.is_empty()).then(|| value.to_owned())
        };
        rows.extend(read_row(&value, &span, clubs, problems));
    }
    rows
}

fn check_header(header: &[String], text: &str, problems: &Problems) -> bool {
    let end = text.find('\n').unwrap_or(text.len());
    let mut sound = true;
    if let [only] = header
        && let Some(mark) = [';', '\t'].into_iter().find(|mark| only.contains(*mark))
    {
        let mark = if mark == ';' { "semicolons" } else { "tabs" };
        let fact = format!("the columns are separated by {mark}, not by commas");
        problems.add(
            Diagnostic::error(0..end, fact).help("save the file with a comma between columns"),
        );
        return false;
    }
    for (at, name) in header.iter().enumerate() {
        let fault = if !COLUMNS.contains(&name.as_str()) {
            Some(format!("there is no column `{name}`"))
        } else if header[..at].contains(name) {
            Some(format!("the column `{name}` is there twice"))
        } else {
            None
        };
        if let Some(fault) = fault {
            let help = match nearest(name, COLUMNS) {
                Some(near) if near != name => format!("did you mean `{near}`?"),
                _ => format!("there are {}", COLUMNS.join(", ")),
            };
            problems.add(Diagnostic::error(0..end, fault).help(help));
            sound = false;
        }
    }
    for needed in ["home", "away"] {
        if sound && !header.iter().any(|name| name == needed) {
            problems.add(
                Diagnostic::error(0..end, format!("the column `{needed}` is missing"))
                    .help("the first line names the columns, such as date,home,away,score"),
            );
            sound = false;
        }
    }
    sound
}

/// Reads the lines of `[schedule]`.
pub(super) fn read_schedule(document: &Table<'_>, clubs: &Clubs, problems: &Problems) -> Vec<Row> {
    let Some(schedule) = document.table("schedule", "[schedule]", &["matches"]) else {
        return Vec::new();
    };
    let lines = schedule.tables("matches", "a match", &COLUMNS);
    let rows = lines.iter().filter_map(|line| {
        let value = |column: &str| match column {
            "date" => line
                .optional::<Date>(column)
                .map(|date| date.value.to_string()),
            "leg" | "matchday" => line
                .optional::<u32>(column)
                .map(|number| number.value.to_string()),
            _ => line.optional::<String>(column).map(|text| text.value),
        };
        read_row(&value, &line.span(), clubs, problems)
    });
    rows.collect()
}

/// Reads one line, whatever it stands in.
#[expect(clippy::too_many_lines, reason = "a form is read from top to bottom")]
fn read_row(
    value: &dyn Fn(&str) -> Option<String>,
    span: &Span,
    clubs: &Clubs,
    problems: &Problems,
) -> Option<Row> {
    let fail = |fact: String, help: &str| {
        problems.add(Diagnostic::error(span.clone(), fact).help(help.to_owned()));
    };
    let club = |column: &str| -> Result<Option<ClubId>, ()> {
        let Some(name) = value(column) else {
            return Ok(None);
        };
        clubs.find(&name).map(Some).ok_or_else(|| {
            let help = match clubs.nearest(&name) {
                Some(near) => format!("did you mean {near}?"),
                None => "write a club of the file by name, code or alias".to_owned(),
            };
            fail(format!("there is no club `{name}`"), &help);
        })
    };
    let number = |column: &str| -> Option<u16> {
        let text = value(column)?;
        let number = text
            .parse::<u16>()
            .ok()
            .filter(|number| (1..=999).contains(number));
        if number.is_none() {
            fail(
                format!("`{text}` is no {column}"),
                "write a whole number from 1 on",
            );
        }
        number
    };
    let date = value("date").and_then(|text| {
        let date = text.parse::<Date>().ok();
        if date.is_none() {
            fail(
                format!("`{text}` is no date"),
                "write year, month and day, such as 2022-11-20",
            );
        }
        date
    });
    let (home, away) = (club("home"), club("away"));
    let named = match (home.ok()?, away.ok()?) {
        (Some(home), Some(away)) if home == away => {
            fail(
                "a club cannot play against itself".to_owned(),
                "name two clubs",
            );
            return None;
        }
        (Some(home), Some(away)) => Some([home, away]),
        (None, None) => None,
        _ => {
            fail(
                "one of the two clubs is missing".to_owned(),
                "name both, or neither where they are not known",
            );
            return None;
        }
    };
    let ground = match value("ground").as_deref() {
        None => None,
        Some("home") => Some(Side::First),
        Some("away") => Some(Side::Second),
        Some("neutral") => Some(Side::Nobody),
        Some(other) => {
            fail(
                format!("`{other}` is no ground"),
                "write home, away (the side named second is at home) or neutral",
            );
            None
        }
    };
    let standing = match value("status").as_deref() {
        None | Some("played") => Standing::Played,
        Some("awarded") => Standing::Awarded,
        Some("void") => Standing::Void,
        Some(other) => {
            fail(
                format!("`{other}` is no status"),
                "write awarded (a ruling gave the result) or void (it counts nowhere)",
            );
            Standing::Played
        }
    };
    let row = Row {
        stage: value("stage"),
        tie: value("tie"),
        leg: number("leg"),
        group: value("group"),
        matchday: number("matchday"),
        date,
        clubs: named,
        score: read_score(value, &fail),
        country: value("country"),
        ground,
        standing,
        span: span.clone(),
    };
    if row.score.is_some() && row.clubs.is_none() {
        fail(
            "a score without clubs".to_owned(),
            "name the clubs that played",
        );
        return None;
    }
    Some(row)
}

/// The score of a line; extra time and shoot-out need the score after 90 minutes.
fn read_score(
    value: &dyn Fn(&str) -> Option<String>,
    fail: &dyn Fn(String, &str),
) -> Option<Score> {
    let goals = |column: &str| -> Option<Goals> {
        let text = value(column)?;
        match text.parse::<Goals>() {
            Ok(goals) => Some(goals),
            Err(why) => {
                fail(why.to_string(), "write home and away goals, such as 2-1");
                None
            }
        }
    };
    let (after, penalties) = (goals("after_extra_time"), goals("penalties"));
    let Some(ninety) = goals("score") else {
        if after.is_some() || penalties.is_some() {
            fail(
                "extra time or a shoot-out without a score".to_owned(),
                "write the score after 90 minutes too",
            );
        }
        return None;
    };
    if let Some(after) = after
        && (after.home < ninety.home || after.away < ninety.away)
    {
        fail(
            format!("{after} after extra time is less than {ninety} after 90 minutes"),
            "after_extra_time is the full score after 120 minutes",
        );
    }
    if let Some(kicks) = penalties
        && kicks.home == kicks.away
    {
        fail(
            format!("a shoot-out cannot end {kicks}"),
            "write the goals of the shoot-out, such as 4-2",
        );
    }
    Some(Score {
        ninety,
        after_extra_time: after,
        penalties,
    })
}
