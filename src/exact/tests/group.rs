//! One group against the enumeration of its six matches.

use super::cups::{TINY, Whim, cup, few_scores};
use crate::exact::group::{self, GroupOutcome};
use crate::exact::record::{Feats, Record};
use crate::playbook::Playbook;
use crate::tournament::{Goals, SecondLegHost};
use std::collections::BTreeMap;

type Scored = [[Goals; 3]; 3];

/// Points, goal difference, away goals, goals of a club over the matches among some clubs, and its feats over all.
fn feats(matches: &Scored, club: usize, among: &[usize]) -> Feats {
    let mut feats = Feats {
        points: 0,
        goal_difference: 0,
        goals: 0,
        away_goals: 0,
        wins: 0,
        away_wins: 0,
    };
    for &rival in among.iter().filter(|rival| **rival != club) {
        let (at_home, away) = (matches[club][rival], matches[rival][club]);
        for (own, theirs, is_away) in [
            (at_home.home, at_home.away, false),
            (away.away, away.home, true),
        ] {
            let (own, theirs) = (i32::from(own), i32::from(theirs));
            feats.points += [0, 1, 3][((own - theirs).signum() + 1) as usize];
            feats.goal_difference += own - theirs;
            feats.goals += own;
            feats.away_goals += if is_away { own } else { 0 };
            feats.wins += i32::from(own > theirs);
            feats.away_wins += i32::from(is_away && own > theirs);
        }
    }
    feats
}

/// Splits clubs into classes by a key, the greatest first.
fn classes<K: Ord + Clone>(clubs: &[usize], key: impl Fn(usize) -> K) -> Vec<Vec<usize>> {
    let mut by_key: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for club in clubs {
        by_key.entry(key(*club)).or_default().push(*club);
    }
    by_key.into_values().rev().collect()
}

/// The order of level clubs as the regulations tell it; clubs in one class need lots.
fn separate(matches: &Scored, level: &[usize]) -> Vec<Vec<usize>> {
    if level.len() == 1 {
        return vec![level.to_vec()];
    }
    let among_them = classes(level, |club| {
        let feats = feats(matches, club, level);
        (feats.points, feats.goal_difference, feats.away_goals)
    });
    if among_them.len() > 1 {
        let parts = among_them.iter();
        return parts.flat_map(|part| separate(matches, part)).collect();
    }
    classes(level, |club| {
        let feats = feats(matches, club, &[0, 1, 2]);
        (feats.goal_difference, feats.goals, feats.away_goals)
    })
}

/// Place probabilities and winners' records by enumeration of every scoreline of all six matches.
fn enumerate(playbook: &Playbook, index: usize) -> ([[f64; 3]; 3], [BTreeMap<Record, f64>; 3]) {
    let plan = &playbook.groups[index];
    let mut places = [[0.0; 3]; 3];
    let mut winners: [BTreeMap<Record, f64>; 3] = Default::default();
    let mut states: Vec<(Scored, f64)> = vec![([[Goals { home: 0, away: 0 }; 3]; 3], 1.0)];
    for planned in &plan.matches {
        let scores = playbook.score(planned.score);
        states = states
            .iter()
            .flat_map(|(matches, p)| {
                scores
                    .iter()
                    .filter(|(_, q)| *q > 0.0)
                    .map(move |(goals, q)| {
                        let mut next = *matches;
                        next[usize::from(planned.home)][usize::from(planned.away)] = goals;
                        (next, p * q)
                    })
            })
            .collect();
    }
    for (matches, p) in &states {
        let by_points = classes(&[0, 1, 2], |club| feats(matches, club, &[0, 1, 2]).points);
        let order: Vec<Vec<usize>> = by_points
            .iter()
            .flat_map(|level| separate(matches, level))
            .collect();
        let mut place = 0;
        for level in &order {
            let share = p / level.len() as f64;
            for club in level {
                for sum in &mut places[*club][place..place + level.len()] {
                    *sum += share;
                }
                if place == 0 {
                    let feats = feats(matches, *club, &[0, 1, 2]);
                    let record = Record::new(&feats, &playbook.seeding);
                    *winners[*club].entry(record).or_insert(0.0) += share;
                }
            }
            place += level.len();
        }
    }
    (places, winners)
}

fn check(playbook: &Playbook) -> GroupOutcome {
    let outcome = group::solve(playbook, &playbook.groups[0], TINY).expect("a standard group");
    let (places, winners) = enumerate(playbook, 0);
    for club in 0..3 {
        for (exact, slow) in outcome.places[club].iter().zip(places[club]) {
            assert!((exact - slow).abs() < 1e-12, "{club}: {exact} {slow}");
        }
        let records = &outcome.winners[club];
        assert!(records.is_sorted_by(|a, b| a.0 > b.0), "best first");
        for (record, mass) in records {
            let slow = winners[club].get(record).copied().unwrap_or(0.0);
            assert!((mass - slow).abs() < 1e-12, "{record:?}: {mass} {slow}");
        }
        let total: f64 = records.iter().map(|(_, mass)| mass).sum();
        assert!((total - places[club][0]).abs() < 1e-12);
    }
    outcome
}

#[test]
fn random_groups_agree_with_the_enumeration_of_their_matches() {
    let mut whim = Whim(20);
    for round in 0..60 {
        // Few scorelines with few goals make clubs level on everything often.
        let most = 1 + round % 3;
        let playbook = cup(
            1,
            SecondLegHost::HigherSeed,
            |_, _| few_scores(&mut whim, 5, most),
            || 0.5,
        );
        check(&playbook);
    }
}
