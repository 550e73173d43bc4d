//! A tournament as the rules alone see it: what is open can end with any score, however unlikely.

use crate::goals::JointScores;
use crate::playbook::{GroupPlan, Playbook, ScoreId};

/// Goals of one side are fewer than this: more than any known result and any fix may have, so that whatever can be
/// turned round at all can be turned round.
const GOALS: usize = 32;

/// The same playbook, with every scoreline of every open match equally likely: an event has probability zero (or one)
/// in it if and only if results and rules exclude it (or leave nothing else).
///
/// In a group, scorelines stop a little beyond what any known figure can make good ([`reach`]), for the sake of speed.
pub(super) fn with_any_score(playbook: &Playbook) -> Playbook {
    let mut scores = vec![every_score(GOALS)];
    let new_ids: Vec<ScoreId> = playbook
        .scores
        .iter()
        .map(|table| {
            if is_open(table) {
                return ScoreId(0);
            }
            scores.push(table.clone());
            ScoreId(scores.len() as u32 - 1)
        })
        .collect();
    let renumber = |id: &mut ScoreId| *id = new_ids[id.index()];
    let mut open = Playbook {
        scores: Vec::new(),
        ..playbook.clone()
    };
    for (group, plan) in open.groups.iter_mut().zip(&playbook.groups) {
        let of_group = ScoreId(scores.len() as u32);
        scores.push(every_score(reach(playbook, plan)));
        for game in &mut group.matches {
            renumber(&mut game.score);
            if game.score == ScoreId(0) {
                game.score = of_group;
            }
        }
    }
    for pairings in &mut open.pairings {
        let legs = pairings.first_leg.iter_mut();
        let legs = legs.chain(&mut pairings.last_leg);
        legs.chain(&mut pairings.extra_time).for_each(renumber);
    }
    open.scores = scores;
    open
}

/// All scorelines with fewer goals of either side, equally likely.
fn every_score(goals: usize) -> JointScores {
    JointScores::from_table(goals, goals, vec![1.0; goals * goals])
}

/// How many goals of a side it takes (plus one) to turn round whatever the known results of a group leave open: more
/// than two clubs differ by in any figure, and more than any match has, by the few goals that other open matches
/// need to end as they have to.
fn reach(playbook: &Playbook, group: &GroupPlan) -> usize {
    let mut figures = vec![[0i32; 3]; group.clubs.len()];
    let mut most = 0;
    for game in &group.matches {
        let table = playbook.score(game.score);
        if is_open(table) {
            continue;
        }
        let mut possible = table.iter().filter(|(_, probability)| *probability > 0.0);
        let (goals, _) = possible.next().expect("a closed match has a scoreline");
        let (home, away) = (i32::from(goals.home), i32::from(goals.away));
        most = most.max(home).max(away);
        let sides = [
            (game.home, home - away, home, 0),
            (game.away, away - home, away, away),
        ];
        for (club, difference, scored, scored_away) in sides {
            let sums = &mut figures[usize::from(club)];
            *sums = [
                sums[0] + difference,
                sums[1] + scored,
                sums[2] + scored_away,
            ];
        }
    }
    for figure in 0..3 {
        let values = || figures.iter().map(|sums| sums[figure]);
        let (least, largest) = (values().min(), values().max());
        most = most.max(largest.unwrap_or(0) - least.unwrap_or(0));
    }
    (most as usize + 2 * group.matches.len()).min(GOALS)
}

/// Whether more than one scoreline is possible.
fn is_open(table: &JointScores) -> bool {
    let possible = table.iter().filter(|(_, probability)| *probability > 0.0);
    possible.take(2).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::Conditions;
    use crate::exact::group::{self, Budget};
    use crate::goals::{GoalModel, Occasion, Rates};
    use crate::ids::ClubId;
    use crate::playbook::compile;
    use crate::tournament::{Moment, bundled};

    /// All clubs are equally strong.
    struct Even;

    impl GoalModel for Even {
        fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
            Rates::nearest(1.2, 1.2)
        }
    }

    /// More goals than the reach make nothing possible, or impossible, in any group of both editions.
    #[test]
    fn the_reach_of_a_group_is_far_enough() {
        let mut compared = 0;
        for name in ["ccl-2013-14", "ccl-2012-13"] {
            let full = bundled::open(name).expect("a bundled edition");
            for matchday in 3..=5 {
                let known = full.as_of(Moment::Matchday(matchday));
                let playbook = compile(&known, &Even, &Conditions::default());
                let near = with_any_score(&playbook);
                let mut far = near.clone();
                for table in &mut far.scores {
                    if is_open(table) {
                        *table = every_score(GOALS);
                    }
                }
                for plan in &near.groups {
                    let near =
                        group::solve(&near, plan, Budget::even(1e-11)).expect("a group of three");
                    let far =
                        group::solve(&far, plan, Budget::even(1e-11)).expect("a group of three");
                    for (near, far) in near
                        .places
                        .iter()
                        .flatten()
                        .zip(far.places.iter().flatten())
                    {
                        let nothing = |p: f64| (p < 1e-9, p > 1.0 - 1e-9);
                        assert_eq!(nothing(*near), nothing(*far), "{name} matchday {matchday}");
                        compared += 1;
                    }
                }
            }
        }
        assert_eq!(compared, 2 * 3 * 8 * 9);
    }
}
