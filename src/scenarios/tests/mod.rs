//! Scenarios against the rules as they are written: standings by definition, and every scoreline tried.

mod known;
mod logic;
mod told;

use crate::goals::{GoalModel, Occasion, Rates};
use crate::ids::ClubId;
use crate::tournament::{Goals, GroupCriterion, Tournament, file};
use proptest::prelude::*;

/// A goal model by club number: the home club's rate grows with its number, the away club's falls.
struct ByNumber;

impl GoalModel for ByNumber {
    fn rates(&self, home: ClubId, away: ClubId, _: Occasion) -> Rates {
        Rates::nearest(
            1.4 + 0.1 * (home.index() % 5) as f64,
            1.3 - 0.1 * (away.index() % 5) as f64,
        )
    }
}

/// Everybody scores one goal a match on average.
struct OneEach;

impl GoalModel for OneEach {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }
}

/// The tiny cup of two groups, nothing played; the group with the clubs 0, 1, 2 comes first.
fn two_groups() -> Tournament {
    let text = include_str!("../../../models/tiny/two-groups.toml");
    file::read("two-groups.toml", text).expect("a sound file")
}

/// The tiny cup with one match left.
fn last_match() -> Tournament {
    let text = include_str!("../../../models/tiny/last-match.toml");
    file::read("last-match.toml", text).expect("a sound file")
}

/// The tiny cup with results of the first group; `None` leaves a match open.
fn with_results(results: &[Option<Goals>]) -> Tournament {
    let mut tournament = two_groups();
    for (fixture, result) in tournament.fixtures.iter_mut().zip(results) {
        fixture.result = *result;
    }
    tournament
}

/// A scoreline with at most so many goals a side.
fn scoreline(most: u8) -> impl Strategy<Value = Goals> {
    (0..=most, 0..=most).prop_map(|(home, away)| Goals { home, away })
}

/// Results of the six matches of a group of which `open` are not played, which ones by chance.
fn group_in_progress(
    most: u8,
    open: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Vec<Option<Goals>>> {
    let results = proptest::collection::vec(scoreline(most), 6);
    let order = Just((0..6usize).collect::<Vec<_>>()).prop_shuffle();
    (results, order, open).prop_map(|(results, order, open)| {
        let is_open = |index: usize| order[..open].contains(&index);
        let results = results.into_iter().enumerate();
        results
            .map(|(index, goals)| (!is_open(index)).then_some(goals))
            .collect()
    })
}

/// Any list of tiebreakers that ends in lots.
fn tiebreakers() -> impl Strategy<Value = Vec<GroupCriterion>> {
    let without_lots = GroupCriterion::ALL
        .into_iter()
        .filter(|criterion| *criterion != GroupCriterion::Lots)
        .collect::<Vec<_>>();
    let number = 0..=without_lots.len();
    (Just(without_lots).prop_shuffle(), number).prop_map(|(list, number)| {
        let mut list = list[..number].to_vec();
        let head_to_head = list
            .iter()
            .position(|criterion| criterion.is_head_to_head());
        let reapply = GroupCriterion::ReapplyHeadToHead;
        // A comparison can be applied again only after it was applied.
        list.retain({
            let kept = list.clone();
            move |criterion| {
                let at = kept.iter().position(|other| other == criterion);
                *criterion != reapply || head_to_head.is_some_and(|first| at > Some(first))
            }
        });
        list.push(GroupCriterion::Lots);
        list
    })
}
