//! What is no longer open: the events that the known results and the rules have settled, for or against a club.

use super::any_score::with_any_score;
use crate::exact::group::{self, Budget};
use crate::exact::solve;
use crate::ids::ClubId;
use crate::odds::Odds;
use crate::playbook::{GroupPlan, Playbook};

/// With more matches of a group to play than this, nothing about it is settled: every club can still win
/// two matches and lose the rest.
const FEW_MATCHES: usize = 3;

/// A probability this near to 0 or 1 is one where every scoreline is equally likely: three matches that all have to
/// end in one way out of a thousand, and lots, weigh more.
const NOTHING: f64 = 1e-11;

/// `settled[club][level]`: whether it is settled that the club does or does not play in knockout round
/// `level`, and at the last level (the number of rounds) whether it wins the title.
pub fn settled(playbook: &Playbook) -> Vec<Vec<bool>> {
    let playbook = &with_any_score(playbook);
    let rounds = playbook.rounds.len();
    let open = |group: &GroupPlan| playbook.open_matches(group);
    if playbook.groups.iter().all(|group| open(group) == 0)
        && let Ok(solution) = solve(playbook, NOTHING)
    {
        let odds = solution.odds;
        let levels = odds.round.into_iter().zip(odds.title);
        return levels
            .map(|(round, title)| round.into_iter().chain([title]).map(is_settled).collect())
            .collect();
    }
    let mut settled = vec![vec![false; rounds + 1]; playbook.clubs];
    for group in playbook.groups.iter().filter(|group| !group.is_plain()) {
        settle_by_conditions(&mut settled, group);
    }
    for group in playbook
        .groups
        .iter()
        .filter(|group| open(group) <= FEW_MATCHES)
    {
        let Ok(outcome) = group::solve(playbook, group, Budget::even(NOTHING)) else {
            continue;
        };
        for (club, places) in outcome.clubs.iter().zip(outcome.places) {
            settle(&mut settled, *club, places[0]);
        }
    }
    settled
}

/// What is given settles a group winner that has no rival left; who may not win, or has left, is out of all.
fn settle_by_conditions(settled: &mut [Vec<bool>], group: &GroupPlan) {
    let flags = group.placed_last.iter().zip(&group.may_win);
    let mut able = Vec::new();
    for (club, (placed_last, may_win)) in group.clubs.iter().zip(flags) {
        if *placed_last || !may_win {
            settle(settled, *club, 0.0);
        } else {
            able.push(*club);
        }
    }
    if let [only] = able.as_slice() {
        settle(settled, *only, 1.0);
    }
}

/// Makes what is settled 0 or 1 to the last digit, which the sums of the exact solver miss by a hair.
pub(super) fn round_settled(odds: &mut Odds, settled: &[Vec<bool>]) {
    let rows = odds.round.iter_mut().zip(&mut odds.title).zip(settled);
    for ((rounds, title), settled) in rows {
        for (probability, settled) in rounds.iter_mut().chain([title]).zip(settled) {
            if *settled {
                *probability = probability.round();
            }
        }
    }
}

/// A sure group winner is sure of the first round; a club that cannot win its group is out of all.
fn settle(settled: &mut [Vec<bool>], club: ClubId, wins_group: f64) {
    let levels = &mut settled[club.index()];
    if wins_group > 1.0 - NOTHING {
        levels[0] = true;
    } else if wins_group < NOTHING {
        levels.fill(true);
    }
}

fn is_settled(probability: f64) -> bool {
    !(NOTHING..=1.0 - NOTHING).contains(&probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_settled_is_rounded() {
        let mut odds = Odds {
            place: vec![vec![1.0]],
            seed: vec![vec![0.999_99]],
            round: vec![vec![0.999_99, 0.999_99]],
            title: vec![0.000_01],
        };
        round_settled(&mut odds, &[vec![true, false, true]]);
        assert_eq!(odds.round, [[1.0, 0.999_99]]);
        assert_eq!(odds.title, [0.0]);
        assert_eq!(odds.seed, [[0.999_99]]);
    }
}
