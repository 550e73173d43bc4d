//! Earlier editions that a file names as its history: bundled cups by their names, others as CSV files of results.

use super::{find_bundled, open_bundled};
use crate::csv_file::{Columns, CsvFile, Row};
use crate::cup::{Past, PastRound};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::Side;
use crate::tournament::Goals;
use jiff::civil::Date;

/// What a file of earlier results may say. Results files of cups are such files.
const COLUMNS: Columns<'_> = Columns {
    needed: &["date", "home", "away"],
    optional: &[
        "edition",
        "season",
        "round",
        "stage",
        "group",
        "tie",
        "leg",
        "matchday",
        "score",
        "home_goals",
        "away_goals",
        "after_extra_time",
        "penalties",
        "country",
        "ground",
        "status",
        "neutral",
        "winner",
        "home_association",
        "away_association",
    ],
};

/// The matches of a bundled cup, if that is what a name means.
pub(super) fn bundled(name: &str) -> Option<Vec<Past>> {
    let cup = open_bundled(find_bundled(name)?);
    Some(cup.expect("the tests open every bundled cup").to_past())
}

/// Reads a file of earlier results; a line without a score has nothing to teach, nor has one that was not played.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Past>, Diagnostics> {
    let file = CsvFile::read(name, text, COLUMNS)?;
    let mut problems = Vec::new();
    let mut past = Vec::new();
    for row in file.rows() {
        match read_row(name, &file, row) {
            Ok(found) => past.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    file.judge(problems)?;
    Ok(past)
}

fn read_row(name: &str, file: &CsvFile, row: &Row) -> Result<Option<Past>, Diagnostic> {
    let cell = |column: &str| file.find(column).map(|column| row.cell(column));
    let text = |column: &str| {
        let cell = cell(column).filter(|cell| !cell.text.is_empty());
        cell.map(|cell| cell.text.clone())
    };
    let wrong = |column: &str, message: String, help: &str| {
        let span = cell(column).map_or(row.span.clone(), |cell| cell.span.clone());
        Diagnostic::error(span, message).help(help.to_owned())
    };
    let clubs = ["home", "away"].map(|column| text(column).unwrap_or_default());
    let goals = match (text("score"), text("home_goals"), text("away_goals")) {
        (Some(score), ..) => score,
        (None, Some(home), Some(away)) => format!("{home}-{away}"),
        _ => return Ok(None),
    };
    if text("status").is_some_and(|status| status != "played") {
        return Ok(None);
    }
    let column = if text("score").is_some() {
        "score"
    } else {
        "home_goals"
    };
    let goals = goals.parse::<Goals>().map_err(|error| {
        wrong(
            column,
            error.to_string(),
            "write goals after 90 minutes, such as 2-1",
        )
    })?;
    let date = text("date").unwrap_or_default();
    let date = date.parse::<Date>().map_err(|_| {
        wrong(
            "date",
            format!("`{date}` is no date"),
            "write it as 2022-11-20",
        )
    })?;
    if clubs[0] == clubs[1] || clubs.iter().any(String::is_empty) {
        return Err(wrong(
            "home",
            "a match needs two clubs".to_owned(),
            "name both",
        ));
    }
    let is_neutral = text("neutral")
        .is_some_and(|word| matches!(word.to_lowercase().as_str(), "1" | "true" | "yes"));
    let home = match text("ground").as_deref() {
        Some("neutral") => Side::Nobody,
        Some("away") => Side::Second,
        _ if is_neutral => Side::Nobody,
        _ => Side::First,
    };
    let winner =
        match text("winner") {
            None => None,
            Some(winner) => Some(clubs.iter().position(|club| *club == winner).ok_or_else(
                || {
                    wrong(
                        "winner",
                        format!("{winner} did not play"),
                        "name the home or the away club, or leave it empty",
                    )
                },
            )?),
        };
    let stem = std::path::Path::new(name).file_stem().unwrap_or_default();
    let edition = text("edition").or_else(|| text("season"));
    let round = text("round").or_else(|| text("stage")).unwrap_or_default();
    Ok(Some(Past {
        edition: edition.unwrap_or_else(|| stem.to_string_lossy().into_owned()),
        date,
        clubs,
        associations: ["home_association", "away_association"].map(text),
        goals,
        home,
        round: PastRound::of_words(&round),
        winner,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_in_either_form() {
        let text = "edition,round,date,home,away,score,neutral,winner\n\
                    2020,group,2020-05-01,Ape,Bee,2-1,,\n\
                    2020,final,2020-06-01,Ape,Bee,1-1,1,Bee\n\
                    2020,final,2020-07-01,Ape,Bee,,,\n";
        let past = read("old.csv", text).expect("nothing is wrong");
        assert_eq!(past.len(), 2);
        assert_eq!((past[0].home, past[0].champion()), (Side::First, None));
        assert_eq!((past[1].home, past[1].champion()), (Side::Nobody, Some(1)));
        let other = read(
            "2021.csv",
            "date,home,away,home_goals,away_goals\n2021-05-01,Ape,Bee,0,3\n",
        );
        let other = other.expect("nothing is wrong");
        assert_eq!(
            (other[0].edition.as_str(), other[0].goals.away),
            ("2021", 3)
        );
    }

    #[test]
    fn mistakes_are_shown_in_place() {
        for (line, message) in [
            ("2021-13-01,Ape,Bee,1-0", "is no date"),
            ("2021-05-01,Ape,Ape,1-0", "needs two clubs"),
            ("2021-05-01,Ape,Bee,x", "x"),
        ] {
            let text = format!("date,home,away,score\n{line}\n");
            let problems = read("old.csv", &text)
                .expect_err("something is wrong")
                .to_string();
            assert!(
                problems.contains(message) && problems.contains("old.csv:2"),
                "{problems}"
            );
        }
    }
}
