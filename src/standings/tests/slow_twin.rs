//! A slow twin of the ranking, written pair by pair from the definition, on random results and lists.

use super::{CCL, clubs, rules};
use crate::ids::ClubId;
use crate::standings::{GroupMatch, Lots, Standings, Verdict};
use crate::tournament::Goals;
use crate::tournament::GroupCriterion::{
    self, AwayGoals, AwayWins, GoalDifference, HeadToHeadAwayGoals, HeadToHeadGoalDifference,
    HeadToHeadGoals, HeadToHeadPoints, ReapplyHeadToHead, Wins,
};
use proptest::prelude::*;

/// The slow twin: whether `one` is ranked above `other`, followed through the list for this pair alone,
/// with the set of clubs still level beside them worked out anew by filtering at each step.
fn is_above(
    one: ClubId,
    other: ClubId,
    clubs: &[ClubId],
    matches: &[GroupMatch],
    tiebreakers: &[GroupCriterion],
) -> Option<bool> {
    let count = |club: ClubId, among: &[ClubId], value: &dyn Fn(i64, i64, bool) -> i64| -> i64 {
        let mut sum = 0;
        for game in matches {
            let (home, away) = (i64::from(game.goals.home), i64::from(game.goals.away));
            if among.contains(&game.home) && among.contains(&game.away) {
                sum += if game.home == club {
                    value(home, away, false)
                } else {
                    0
                };
                sum += if game.away == club {
                    value(away, home, true)
                } else {
                    0
                };
            }
        }
        sum
    };
    let points = |f: i64, a: i64, _: bool| match f - a {
        1.. => 3,
        0 => 1,
        _ => 0,
    };
    let difference = |f: i64, a: i64, _: bool| f - a;
    let scored = |f: i64, _: i64, _: bool| f;
    let scored_away = |f: i64, _: i64, away: bool| if away { f } else { 0 };
    let won = |f: i64, a: i64, _: bool| i64::from(f > a);
    let won_away = |f: i64, a: i64, away: bool| i64::from(away && f > a);

    let mut level: Vec<ClubId> = clubs.to_vec();
    let mut round: Option<Vec<ClubId>> = None;
    let mut todo: Vec<Option<GroupCriterion>> = vec![None]; // None: points
    todo.extend(tiebreakers.iter().map(|criterion| Some(*criterion)));
    let mut position = 0;
    loop {
        let criterion = todo[position];
        if criterion.is_some_and(GroupCriterion::is_head_to_head) && round.is_none() {
            round = Some(level.clone());
        }
        let among = round.clone().unwrap_or_default();
        let figure: Box<dyn Fn(ClubId) -> i64> = match criterion {
            None => Box::new(|club| count(club, clubs, &points)),
            Some(HeadToHeadPoints) => Box::new(|club| count(club, &among, &points)),
            Some(HeadToHeadGoalDifference) => Box::new(|club| count(club, &among, &difference)),
            Some(HeadToHeadGoals) => Box::new(|club| count(club, &among, &scored)),
            Some(HeadToHeadAwayGoals) => Box::new(|club| count(club, &among, &scored_away)),
            Some(GoalDifference) => Box::new(|club| count(club, clubs, &difference)),
            Some(GroupCriterion::Goals) => Box::new(|club| count(club, clubs, &scored)),
            Some(AwayGoals) => Box::new(|club| count(club, clubs, &scored_away)),
            Some(Wins) => Box::new(|club| count(club, clubs, &won)),
            Some(AwayWins) => Box::new(|club| count(club, clubs, &won_away)),
            Some(ReapplyHeadToHead) => {
                if round
                    .as_ref()
                    .is_some_and(|before| level.len() < before.len())
                {
                    round = Some(level.clone());
                    let first = todo
                        .iter()
                        .position(|it| it.is_some_and(GroupCriterion::is_head_to_head));
                    position = first.expect("there was a round");
                } else {
                    position += 1;
                }
                continue;
            }
            Some(GroupCriterion::Lots) => return None,
        };
        if figure(one) != figure(other) {
            return Some(figure(one) > figure(other));
        }
        level.retain(|club| figure(*club) == figure(one));
        position += 1;
    }
}

/// All orders of the clubs in which everyone is above those it has to be above.
fn valid_orders(
    clubs: &[ClubId],
    matches: &[GroupMatch],
    tiebreakers: &[GroupCriterion],
) -> Vec<Vec<ClubId>> {
    let mut orders = vec![Vec::new()];
    for _ in clubs {
        orders = orders
            .iter()
            .flat_map(|order: &Vec<ClubId>| {
                let rest = clubs.iter().filter(|club| !order.contains(club));
                rest.map(|club| order.iter().copied().chain([*club]).collect())
                    .collect::<Vec<Vec<ClubId>>>()
            })
            .collect();
    }
    orders.retain(|order| {
        (0..order.len()).all(|above| {
            (above + 1..order.len()).all(|below| {
                is_above(order[above], order[below], clubs, matches, tiebreakers) != Some(false)
            })
        })
    });
    orders
}

/// A double round robin of 3 or 4 clubs with few goals, so that ties are common, some matches unplayed.
fn any_group() -> impl Strategy<Value = (Vec<ClubId>, Vec<GroupMatch>)> {
    (3u16..=4).prop_flat_map(|size| {
        let pairs: Vec<(u16, u16)> = (0..size)
            .flat_map(|home| (0..size).map(move |away| (home, away)))
            .filter(|(home, away)| home != away)
            .collect();
        let score = proptest::option::weighted(0.9, (0u8..=2, 0u8..=2));
        proptest::collection::vec(score, pairs.len()).prop_map(move |scores| {
            let played = pairs
                .iter()
                .zip(&scores)
                .filter_map(|((home, away), score)| {
                    let (home, away) = (ClubId(*home), ClubId(*away));
                    score.map(|(h, a)| GroupMatch {
                        home,
                        away,
                        goals: Goals { home: h, away: a },
                    })
                });
            (clubs(size), played.collect())
        })
    })
}

/// Any list of distinct criteria that ends in lots.
fn any_list() -> impl Strategy<Value = Vec<GroupCriterion>> {
    let all = GroupCriterion::ALL
        .into_iter()
        .filter(|it| *it != GroupCriterion::Lots);
    let all: Vec<_> = all.collect();
    let count = all.len();
    proptest::sample::subsequence(all, 0..=count)
        .prop_shuffle()
        .prop_map(|mut list| {
            list.push(GroupCriterion::Lots);
            list
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_the_slow_twin((clubs, matches) in any_group(), list in prop_oneof![Just(CCL.to_vec()), any_list()]) {
        let valid = valid_orders(&clubs, &matches, &list);
        let table = Standings::of(&clubs, &matches, &rules(&list), &mut Lots::Known(&[]));
        prop_assert!(valid.contains(&table.order()), "{:?} is none of {:?}", table.order(), valid);

        // There are as many valid orders as ways to order the sets that nothing separates.
        let ways: usize = table.level.iter().map(|set| (1..=set.len()).product::<usize>()).product();
        prop_assert_eq!(valid.len(), ways);

        // Whatever the lots, the order is a valid one, and nothing is left level.
        let mut backwards = |level: &[ClubId]| level.iter().rev().copied().collect();
        let drawn = Standings::of(&clubs, &matches, &rules(&list), &mut Lots::Drawn(&mut backwards));
        prop_assert!(valid.contains(&drawn.order()));
        prop_assert!(drawn.level.is_empty());
    }

    #[test]
    fn explains_every_pair_level_on_points((clubs, matches) in any_group()) {
        let table = Standings::of(&clubs, &matches, &rules(&CCL), &mut Lots::Known(&[]));
        let mut pairs = Vec::new();
        for (index, better) in table.rows.iter().enumerate() {
            for worse in &table.rows[index + 1..] {
                if better.points == worse.points {
                    pairs.push((better.club, worse.club));
                }
            }
        }
        let explained: Vec<_> = table.separations.iter().map(|it| (it.better, it.worse)).collect();
        prop_assert_eq!(explained, pairs);
        for separation in &table.separations {
            let (last, before) = separation.steps.split_last().expect("at least one comparison");
            prop_assert!(before.iter().all(|step| step.better == step.worse));
            match separation.verdict {
                Verdict::Figures => prop_assert!(last.better > last.worse),
                Verdict::Lots | Verdict::Level => prop_assert_eq!(last.better, last.worse),
            }
        }
    }
}
