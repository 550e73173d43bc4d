//! The tournament as it stands, for spreadsheets: a row a club with its record and, for group winners, its seed.

use super::json::{Row, json};
use crate::report::rows::Rows;
use crate::tournament::Tournament;

/// The columns, in order.
const COLUMNS: [&str; 18] = [
    "group",
    "place",
    "level",
    "code",
    "name",
    "played",
    "won",
    "drawn",
    "lost",
    "goals_for",
    "goals_against",
    "goal_difference",
    "away_goals",
    "away_wins",
    "points",
    "seed",
    "seed_level",
    "seed_settled",
];

/// The group tables as CSV, group by group, the best club first. The columns of the seed are empty for clubs that are not
/// on the seed list as it stands.
pub fn csv(tournament: &Tournament) -> String {
    let report = json(tournament);
    let mut rows = Rows::new(COLUMNS);
    for club in report.groups.iter().flat_map(|group| &group.rows) {
        let seeds = report.seeds.rows.iter();
        let seed = seeds.clone().find(|seed| seed.code == club.code);
        let seed = seed.map_or([const { String::new() }; 3], |seed| {
            [
                seed.place.to_string(),
                seed.level.to_string(),
                report.seeds.settled.to_string(),
            ]
        });
        rows.push(record(club).into_iter().chain(seed));
    }
    rows.finish()
}

fn record(club: &Row) -> [String; 15] {
    [
        club.group.clone(),
        club.place.to_string(),
        club.level.to_string(),
        club.code.clone(),
        club.name.clone(),
        club.played.to_string(),
        club.won.to_string(),
        club.drawn.to_string(),
        club.lost.to_string(),
        club.goals_for.to_string(),
        club.goals_against.to_string(),
        club.goal_difference.to_string(),
        club.away_goals.to_string(),
        club.away_wins.to_string(),
        club.points.to_string(),
    ]
}
