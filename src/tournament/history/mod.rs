//! Checks what a tournament names as its history: every edition and match once, oldest first, all before the tournament
//! begins, and clubs that can be told apart.

mod facts;

pub use facts::fill_in;

use super::{Ambiguity, Edition, Links, Tournament};
use crate::diagnostic::Severity;
use crate::ids::ClubId;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What of a tournament file a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An earlier edition, by its position in `history`.
    Edition(usize),
    /// A club of the tournament.
    Club(ClubId),
}

/// Something wrong or odd about a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How bad it is.
    pub severity: Severity,
    /// Where it belongs.
    pub place: Place,
    /// The fact, as a sentence without a full stop.
    pub message: String,
    /// A short text for the place itself.
    pub label: String,
    /// The way out.
    pub help: String,
}

impl Remark {
    fn error(place: Place, message: String, label: String, help: &str) -> Self {
        Self {
            severity: Severity::Error,
            place,
            message,
            label,
            help: help.to_owned(),
        }
    }

    fn warning(place: Place, message: String, label: String, help: &str) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(place, message, label, help)
        }
    }
}

/// Everything that is wrong or odd about the editions a tournament names as its history, `history` in the order of
/// `Tournament::history`.
///
/// Each edition gets one mistake at most, and the facts of clubs are compared only where the editions are right.
pub fn check(tournament: &Tournament, history: &[Edition]) -> Vec<Remark> {
    let current = tournament.to_edition();
    let all: Vec<&Edition> = history.iter().chain([&current]).collect();
    let links = match Links::new(&all) {
        Ok(links) => links,
        Err(ambiguity) => {
            let mut remarks = misplaced(tournament, &all, None);
            // Clubs of an edition that does not belong here may clash with anybody's.
            if remarks.is_empty() {
                remarks.push(ambiguous(&all, &ambiguity));
            }
            return remarks;
        }
    };
    let mut remarks = misplaced(tournament, &all, Some(&links));
    if remarks.is_empty() {
        remarks.extend(late_matches(tournament, history));
        remarks.extend(facts::check(tournament, &all, &links));
    }
    remarks
}

/// The mistake of each edition that cannot stand where it does; the last of `all` is the tournament's own.
fn misplaced(tournament: &Tournament, all: &[&Edition], links: Option<&Links>) -> Vec<Remark> {
    let begins = tournament.begins();
    let mut owners: BTreeMap<Meeting, usize> = links
        .filter(|_| !tournament.awaits_draw())
        .map(|links| own_meetings(tournament, links, all.len() - 1))
        .unwrap_or_default();
    let history = 0..all.len() - 1;
    let found = history.filter_map(|position| {
        let fault = own_history(tournament, all, position)
            .or_else(|| twice(tournament, all, position))
            .or_else(|| shared(tournament, all, position, links?, &mut owners))
            .or_else(|| too_late(tournament, all, position, begins))
            .or_else(|| out_of_order(tournament, all, position));
        fault.map(|(message, label, help)| {
            Remark::error(Place::Edition(position), message, label, help)
        })
    });
    found.collect()
}

/// A message, the label of its place, and the way out.
type Fault = (String, String, &'static str);

/// The tournament named as its own history, or another edition under its id.
fn own_history(tournament: &Tournament, all: &[&Edition], position: usize) -> Option<Fault> {
    let (past, current) = (all[position], all[all.len() - 1]);
    past.is_same_edition(current).then(|| {
        let name = &tournament.history[position];
        if !past.is_called_alike(current) {
            let message = format!("`{name}` has the id `{}` of this tournament", past.id);
            return (
                message,
                "the same id".to_owned(),
                "give each edition an id of its own",
            );
        }
        (
            format!("`{name}` is this tournament, which cannot be part of its own history"),
            format!("{} {}", past.competition, past.name),
            "take it out of `history`: the results in this file are known anyway",
        )
    })
}

/// An edition that is named before.
fn twice(tournament: &Tournament, all: &[&Edition], position: usize) -> Option<Fault> {
    let past = all[position];
    let earlier = all[..position]
        .iter()
        .position(|other| other.is_same_edition(past))?;
    let (name, first) = (&tournament.history[position], &tournament.history[earlier]);
    let help = "every match counts once: take one of the two out of `history`";
    Some(if !all[earlier].is_called_alike(past) {
        let message = format!("`{name}` has the id `{}`, which `{first}` has too", past.id);
        (
            message,
            "the same id".to_owned(),
            "give each edition an id of its own, or take one of the two out of `history`",
        )
    } else if name == first {
        (
            format!("`{name}` is named twice"),
            "the second time".to_owned(),
            help,
        )
    } else {
        let message = format!("`{name}` is the edition that `{first}` is");
        (
            message,
            format!("{} {} again", past.competition, past.name),
            help,
        )
    })
}

/// Two clubs on a day: they play each other once, whoever is written first.
type Meeting = (Date, usize, usize);

fn meeting(links: &Links, edition: usize, date: Date, clubs: [ClubId; 2]) -> Meeting {
    let [a, b] = clubs.map(|club| links.number(edition, club));
    (date, a.min(b), a.max(b))
}

/// The matches of the tournament itself, played or not.
fn own_meetings(
    tournament: &Tournament,
    links: &Links,
    current: usize,
) -> BTreeMap<Meeting, usize> {
    let groups = tournament.fixtures.iter();
    let groups = groups.map(|fixture| (fixture.date, [fixture.home, fixture.away]));
    let legs = tournament.bracket.ties.iter().flat_map(|tie| &tie.legs);
    let legs = legs.filter_map(|leg| {
        let played = leg.played?;
        Some((leg.date?, [played.home, played.away]))
    });
    let meetings = groups.chain(legs);
    meetings
        .map(|(date, clubs)| (meeting(links, current, date, clubs), current))
        .collect()
}

/// An edition with matches that an earlier one, or the tournament, has too; notes its own in `owners`.
fn shared(
    tournament: &Tournament,
    all: &[&Edition],
    position: usize,
    links: &Links,
    owners: &mut BTreeMap<Meeting, usize>,
) -> Option<Fault> {
    let past = all[position];
    let mut again = Vec::new();
    for played in &past.matches {
        let key = meeting(links, position, played.date, [played.home, played.away]);
        match owners.get(&key) {
            Some(owner) if *owner != position => again.push((*owner, played)),
            _ => {
                owners.insert(key, position);
            }
        }
    }
    let (owner, sample) = again.first()?;
    let club = |id: ClubId| &past.clubs[id.index()].name;
    let whose = if *owner + 1 == all.len() {
        "this tournament".to_owned()
    } else {
        format!("`{}`", tournament.history[*owner])
    };
    let count = again.iter().filter(|(other, _)| other == owner).count();
    let what = if count == 1 {
        "a match".to_owned()
    } else {
        format!("{count} matches")
    };
    Some((
        format!(
            "`{}` has {what} that {whose} has too",
            tournament.history[position]
        ),
        format!(
            "such as {} - {} on {}",
            club(sample.home),
            club(sample.away),
            sample.date
        ),
        "every match counts once: take one of the two out of `history`, or the matches out of one of the files",
    ))
}

/// An edition that begins when the tournament has begun.
fn too_late(
    tournament: &Tournament,
    all: &[&Edition],
    position: usize,
    begins: Option<Date>,
) -> Option<Fault> {
    let (first, begins) = (all[position].first_day()?, begins?);
    (first >= begins).then(|| {
        let name = &tournament.history[position];
        (
            format!(
                "`{name}` is no earlier edition: it begins on {first}, this tournament on {begins}"
            ),
            "later than the tournament".to_owned(),
            "take it out of `history`: what came later cannot be known before",
        )
    })
}

/// An edition that begins before the one named before it.
fn out_of_order(tournament: &Tournament, all: &[&Edition], position: usize) -> Option<Fault> {
    let first = all[position].first_day()?;
    let mut earlier = all[..position].iter().enumerate().rev();
    let (before, day) = earlier.find_map(|(index, past)| Some((index, past.first_day()?)))?;
    (first < day).then(|| {
        let (name, before) = (&tournament.history[position], &tournament.history[before]);
        (
            format!("`{name}` began on {first}, before `{before}`, which began on {day}"),
            "out of order".to_owned(),
            "name earlier editions oldest first",
        )
    })
}

/// Editions that began before the tournament and went on beside it.
fn late_matches(tournament: &Tournament, history: &[Edition]) -> Vec<Remark> {
    let Some(begins) = tournament.begins() else {
        return Vec::new();
    };
    let late = history.iter().enumerate().filter_map(|(position, past)| {
        let number = past.matches.iter().filter(|played| played.date >= begins).count();
        (number > 0).then(|| {
            let name = &tournament.history[position];
            let what = if number == 1 {
                format!("a match of `{name}` was")
            } else {
                format!("{number} matches of `{name}` were")
            };
            Remark::warning(
                Place::Edition(position),
                format!("{what} played after this tournament began on {begins}"),
                format!("the last on {}", past.last_day().unwrap_or(begins)),
                "a forecast learns only matches up to its own moment; correct the dates if these are earlier",
            )
        })
    });
    late.collect()
}

/// Names that make one club of two, at the club of the tournament that has to do with it, if there is one.
fn ambiguous(all: &[&Edition], found: &Ambiguity) -> Remark {
    let current = all.len() - 1;
    let (edition, rivals) = found.rivals;
    let (other, between) = found.between;
    let [first, second] = rivals.map(|club| all[edition].clubs[club.index()].name.as_str());
    let place = if other == current {
        Place::Club(between)
    } else if edition == current {
        Place::Club(rivals[1])
    } else {
        Place::Edition(edition.max(other))
    };
    let third = &all[other].clubs[between.index()].name;
    Remark::error(
        place,
        format!(
            "`{third}` ({}) can be {first} or {second} of {}",
            all[other].name, all[edition].name
        ),
        "linked to two clubs by names and aliases".to_owned(),
        "drop the alias that belongs to the other club, or write the full name in both files",
    )
}
