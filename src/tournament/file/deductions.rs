//! Reads the deductions of points.

use super::clubs::{self, Clubs};
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located};
use crate::tournament::Deduction;
use jiff::civil::Date;

const KEYS: [&str; 4] = ["club", "points", "date", "reason"];

/// The most points that can be taken from a club in all.
const MOST_POINTS: u32 = 99;

/// Reads the `[[deduction]]` tables of a document.
pub(super) fn read(document: &Table<'_>, clubs: &Clubs, problems: &Problems) -> Vec<Deduction> {
    let mut list: Vec<Deduction> = Vec::new();
    for table in document.tables("deduction", "a deduction", &KEYS) {
        let Some(deduction) = read_one(&table, clubs, problems) else {
            continue;
        };
        let doubled = list.iter().any(|other| {
            let same = |one: &Deduction| (one.club, one.date, one.points);
            same(other) == same(&deduction)
        });
        if doubled {
            problems.add(
                Diagnostic::error(table.span(), "this deduction is there twice").help(
                    "each decision is written once; two of one day are one with both their points",
                ),
            );
            continue;
        }
        list.push(deduction);
        let of_club = |one: &&Deduction| list.last().is_some_and(|last| last.club == one.club);
        let sum: u32 = list
            .iter()
            .filter(of_club)
            .map(|one| u32::from(one.points))
            .sum();
        if sum > MOST_POINTS {
            problems.add(
                Diagnostic::error(
                    table.place_of("points"),
                    format!("that makes {sum} points taken from one club"),
                )
                .help(format!("at most {MOST_POINTS} can be")),
            );
            list.pop();
        }
    }
    list
}

fn read_one(table: &Table<'_>, clubs: &Clubs, problems: &Problems) -> Option<Deduction> {
    let code = table.required::<String>("club", "the code of the club, such as `club = \"TOL\"`");
    let points = table.required::<u8>("points", "how many points were taken: `points = 3`");
    let date = table.required::<Date>(
        "date",
        "the day of the decision, such as `date = 2013-09-20`",
    );
    let reason = table.optional::<String>("reason");
    if let Some(reason) = &reason {
        clubs::check_name(reason, problems);
    }
    let points = points.filter(|points| !is_nothing(points, problems));
    let club = code.and_then(|code| clubs.find(&code, problems));
    Some(Deduction {
        club: club?,
        points: points?.value,
        date: date?.value,
        reason: reason.map(|reason| reason.value),
    })
}

/// Whether no points are taken, which is a mistake.
fn is_nothing(points: &Located<u8>, problems: &Problems) -> bool {
    let nothing = points.value == 0;
    if nothing {
        problems.add(
            Diagnostic::error(points.span.clone(), "a deduction of no points")
                .help("write how many points were taken, or leave the deduction out"),
        );
    }
    nothing
}
