//! Elo ratings over all known matches, as they stood before each of them (Elo 1978; Hvattum & Arntzen 2010 for football).

use crate::ids::ClubId;
use crate::tournament::{Edition, Links};

/// The rating of a club without a match.
const NEWCOMER: f64 = 1500.0;

/// The rating difference at which the stronger side is expected to score ten times as often as the weaker.
const SCALE: f64 = 400.0;

/// Ratings in units of 400 points around a newcomer's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EloRatings {
    /// For each edition and each of its matches: home and away rating before the match.
    pub(super) before: Vec<Vec<[f64; 2]>>,
    /// For each edition and each of its clubs: the rating after all known matches of all editions.
    pub(super) after: Vec<Vec<f64>>,
}

/// Plays through all matches in the order of their dates. Matches of one day are rated by the ratings
/// of the evening before, so that the order within a file cannot matter.
pub(super) fn rate(
    editions: &[&Edition],
    links: &Links,
    step: f64,
    home_advantage: f64,
) -> EloRatings {
    let mut order: Vec<(usize, usize)> = editions
        .iter()
        .enumerate()
        .flat_map(|(edition, data)| (0..data.matches.len()).map(move |index| (edition, index)))
        .collect();
    let date = |&(edition, index): &(usize, usize)| editions[edition].matches[index].date;
    order.sort_by_key(date);
    let mut points = vec![NEWCOMER; links.clubs()];
    let mut before: Vec<Vec<[f64; 2]>> = editions
        .iter()
        .map(|edition| vec![[0.0; 2]; edition.matches.len()])
        .collect();
    for day in order.chunk_by(|a, b| date(a) == date(b)) {
        let mut gains = Vec::new();
        for &(edition, index) in day {
            let played = &editions[edition].matches[index];
            let clubs = [played.home, played.away].map(|club| links.number(edition, club));
            let [home, away] = clubs.map(|club| points[club]);
            before[edition][index] = [home, away].map(|rating| (rating - NEWCOMER) / SCALE);
            let expected = 1.0 / (1.0 + 10f64.powf((away - home - home_advantage) / SCALE));
            let scored = match played.goals.margin().signum() {
                1 => 1.0,
                0 => 0.5,
                _ => 0.0,
            };
            gains.push((clubs, step * (scored - expected)));
        }
        for ([home, away], gain) in gains {
            points[home] += gain;
            points[away] -= gain;
        }
    }
    let rating = |edition: usize, club: usize| {
        let number = links.number(edition, ClubId::new(club));
        (points[number] - NEWCOMER) / SCALE
    };
    let after = editions.iter().enumerate().map(|(position, edition)| {
        let clubs = 0..edition.clubs.len();
        clubs.map(|club| rating(position, club)).collect()
    });
    let after = after.collect();
    EloRatings { before, after }
}
