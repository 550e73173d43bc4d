//! What a cup itself tells a model of the family: the day of the forecast, its results so far, and facts about its clubs.

use super::material::{Facts, Played};
use crate::cup::{Cup, Instant, Standing};
use crate::format::Side;
use crate::ids::ClubId;
use crate::tournament::BestFinish;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Points of a unit of rating.
const POINTS: f64 = 400.0;

/// The rating of an average club, where words stand for ratings.
const AVERAGE: f64 = 1500.0;

/// What a club's `strength` may say, and the ratings that it stands for.
const WORDS: [(&str, f64); 5] = [
    ("very strong", AVERAGE + 300.0),
    ("strong", AVERAGE + 150.0),
    ("average", AVERAGE),
    ("weak", AVERAGE - 150.0),
    ("very weak", AVERAGE - 300.0),
];

/// The first day of which nothing is known: what a model learns from was played before it. `None`: no match has a date.
pub(super) fn forecast_day(known: &Cup, instant: Instant) -> Option<Date> {
    let after = |day: Date| day.checked_add(1.day()).unwrap_or(day);
    if let Instant::Date(day) = instant {
        return Some(after(day));
    }
    let results = known.matches().iter().filter(|game| game.score.is_some());
    let last = results.filter_map(|game| game.date).max();
    let dates = known.matches().iter().filter_map(|game| game.date);
    last.map(after).or(dates.min())
}

/// The results of a cup that were really played. Those without a date count as played on the eve of the forecast.
pub(super) fn results(
    known: &Cup,
    day: Date,
    number: impl Fn(ClubId) -> usize,
    facts: &[Facts],
) -> Vec<Played> {
    let eve = day.checked_sub(1.day()).unwrap_or(day);
    let played = known.matches().iter().filter_map(|game| {
        let score = game.score.filter(|_| game.standing == Standing::Played)?;
        let clubs = game.clubs?;
        let ground = match known.home_side(game.home, game.country.as_deref(), clubs) {
            Side::First => 1.0,
            Side::Second => -1.0,
            Side::Nobody => 0.0,
        };
        Some(Played {
            date: game.date.unwrap_or(eve).min(eve),
            teams: clubs.map(&number),
            ground,
            goals: [score.ninety.home, score.ninety.away],
            facts: clubs.map(|club| facts[club.index()]),
        })
    });
    played.collect()
}

/// The rating of each club: its number, or what its `strength` stands for.
pub(super) fn ratings(known: &Cup) -> Vec<Option<f64>> {
    let of = |club: ClubId| {
        let word = known.word("strength", club).map(str::to_lowercase);
        let meant = WORDS.iter().find(|(name, _)| word.as_deref() == Some(name));
        known
            .number("rating", club)
            .or(meant.map(|(_, rating)| *rating))
    };
    known.club_ids().map(of).collect()
}

/// Ratings in units of 400 points around their mean, on which no rate depends; a club without one counts as average.
pub(super) fn rating_facts(ratings: &[Option<f64>]) -> Vec<Facts> {
    let there = ratings.iter().flatten();
    let mean = there.clone().sum::<f64>() / there.count().max(1) as f64;
    let ratings = ratings
        .iter()
        .map(|rating| (rating.unwrap_or(mean) - mean) / POINTS);
    let facts = ratings.map(|rating| Facts {
        rating,
        ..Facts::default()
    });
    facts.collect()
}

/// Pots and best finishes: pots as steps above the middle one.
pub(super) fn seeding_facts(known: &Cup) -> Vec<Facts> {
    let pots: BTreeSet<&str> = known
        .clubs()
        .iter()
        .filter_map(|club| club.pot.as_deref())
        .collect();
    let middle = (pots.len().max(1) - 1) as f64 / 2.0;
    let of = |club: ClubId| {
        let club = known.club(club);
        let place = pots.iter().position(|pot| club.pot.as_deref() == Some(pot));
        Facts {
            best_finish: club.best_finish.level() / 5.0,
            rating: 0.0,
            pot: place.map_or(0.0, |place| middle - place as f64),
        }
    };
    known.club_ids().map(of).collect()
}

/// Whether the file says anything about pots or best finishes.
pub(super) fn has_seeding(known: &Cup) -> bool {
    let clubs = known.clubs().iter();
    clubs
        .clone()
        .any(|club| club.pot.is_some() || club.best_finish != BestFinish::None)
}

/// Names as a list that stops after a few.
pub(super) fn few(names: &[&str]) -> String {
    const MOST: usize = 5;
    let shown = names
        .iter()
        .take(MOST)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A number with commas between thousands.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}
