//! How many points a club needs: course by course of the open matches where these are few, else by what all can still get.

use super::super::fate::Status;
use crate::state::{Ending, OpenTable};
use crate::tournament::MatchResult;
use std::collections::BTreeMap;

/// The most courses times clubs that are gone through.
const MOST_RANKED: u64 = 240_000;

/// More goals than anything else can make up for.
const HUGE: i32 = 100_000;

/// What is certain of a club, and how many points it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fate {
    pub(super) status: Status,
    pub(super) in_own_hands: bool,
    pub(super) enough: Option<u32>,
    pub(super) needed: Option<u32>,
}

/// What is certain of every club of a table, for several numbers of places.
#[derive(Debug)]
pub(super) struct Gains {
    /// By club, then by number of places.
    fates: Vec<Vec<Fate>>,
}

/// How courses end in which a club gets the same points.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    through: u64,
    out: u64,
    all: u64,
}

impl Gains {
    pub(super) fn of(table: &OpenTable<'_>, numbers: &[usize]) -> Self {
        let size = table.clubs().len();
        let few = table
            .courses()
            .and_then(|courses| courses.checked_mul(size as u64))
            .is_some_and(|ranked| ranked <= MOST_RANKED);
        let fates = if few {
            by_courses(table, numbers)
        } else {
            let of_club = |entrant: usize| {
                let fates = numbers
                    .iter()
                    .map(|places| by_bounds(table, entrant, *places));
                fates.collect()
            };
            (0..size).map(of_club).collect()
        };
        Self { fates }
    }

    pub(super) fn fate(&self, entrant: usize, number: usize) -> Fate {
        self.fates[entrant][number]
    }
}

/// Goes through all courses once for all clubs.
fn by_courses(table: &OpenTable<'_>, numbers: &[usize]) -> Vec<Vec<Fate>> {
    let size = table.clubs().len();
    let mut counts: Vec<Vec<BTreeMap<i32, Count>>> =
        vec![vec![BTreeMap::new(); numbers.len()]; size];
    table.each_course(&mut |course| {
        let points = table.points(course);
        for (entrant, placing) in table.places(course).into_iter().enumerate() {
            let gained = points[entrant] - table.record(entrant).points;
            for (count, places) in counts[entrant].iter_mut().zip(numbers) {
                let count = count.entry(gained).or_default();
                count.all += 1;
                count.through += u64::from(placing.last < *places);
                count.out += u64::from(placing.first >= *places);
            }
        }
    });
    let of_club = |(entrant, counts): (usize, Vec<BTreeMap<i32, Count>>)| {
        let fates = counts.iter().zip(numbers);
        fates
            .map(|(counts, places)| Fate {
                in_own_hands: in_own_hands(table, entrant, *places),
                ..fate(counts)
            })
            .collect()
    };
    counts.into_iter().enumerate().map(of_club).collect()
}

/// What the courses say, those with the fewest points for the club first.
fn fate(counts: &BTreeMap<i32, Count>) -> Fate {
    let all = |is: &dyn Fn(&Count) -> bool| counts.values().all(is);
    let status = if all(&|count| count.through == count.all) {
        Status::Clinched
    } else if all(&|count| count.out == count.all) {
        Status::Eliminated
    } else {
        Status::Open
    };
    let mut enough = None;
    for (gained, count) in counts.iter().rev() {
        if count.through < count.all {
            break;
        }
        enough = Some(*gained);
    }
    let needed = counts.iter().find(|(_, count)| count.out < count.all);
    let points = |gained: i32| u32::try_from(gained).unwrap_or(0);
    Fate {
        status,
        in_own_hands: false,
        enough: enough.map(points),
        needed: needed.map(|(gained, _)| points(*gained)),
    }
}

/// Whether a club that wins all its matches by more goals than anybody can make up for goes through whatever the others do.
fn in_own_hands(table: &OpenTable<'_>, entrant: usize, places: usize) -> bool {
    let mut always = true;
    let wins = |side: usize| match side {
        0 => (MatchResult::HomeWin, Ending::score([HUGE, 0])),
        _ => (MatchResult::AwayWin, Ending::score([0, HUGE])),
    };
    table.each_course(&mut |course| {
        let mut won = course.to_vec();
        for (ending, fixture) in won.iter_mut().zip(table.open()) {
            if let Some(side) = fixture
                .sides
                .iter()
                .position(|one| usize::from(*one) == entrant)
            {
                let (result, huge) = wins(side);
                if ending.outcome() != result {
                    return;
                }
                *ending = huge;
            }
        }
        always = always && table.places(&won)[entrant].last < places;
    });
    always
}

/// What points alone say: who can still come level with the club, and who is past it already.
fn by_bounds(table: &OpenTable<'_>, entrant: usize, places: usize) -> Fate {
    let [low, high] = table.bounds(entrant);
    let others: Vec<[i32; 2]> = (0..table.clubs().len())
        .filter(|other| *other != entrant)
        .map(|other| table.bounds(other))
        .collect();
    let suffices = |total: i32| others.iter().filter(|[_, most]| *most >= total).count() < places;
    let is_possible =
        |total: i32| others.iter().filter(|[least, _]| *least > total).count() < places;
    let now = table.record(entrant).points;
    let points = |total: i32| u32::try_from(total - now).unwrap_or(0);
    let enough = (low..=high).find(|total| suffices(*total)).map(points);
    let needed = (low..=high).find(|total| is_possible(*total)).map(points);
    Fate {
        status: if suffices(low) {
            Status::Clinched
        } else if needed.is_none() {
            Status::Eliminated
        } else {
            Status::Open
        },
        in_own_hands: enough.is_some(),
        enough,
        needed,
    }
}
