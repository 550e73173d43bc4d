//! What is no longer open: the events that the known results and the rules have settled, for or against a club.

use crate::exact;
use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook};

/// With more matches of a group to play than this, nothing about it is settled: every club can still win
/// two matches and lose the rest.
const FEW_MATCHES: usize = 3;

/// A probability this near to 0 or 1 is one: scorelines beyond the tables of the playbook weigh less.
const NOTHING: f64 = 1e-10;

/// `settled[club][level]`: whether it is settled that the club does or does not play in knockout round
/// `level`, and at the last level (the number of rounds) whether it wins the title.
pub fn settled(playbook: &Playbook) -> Vec<Vec<bool>> {
    let rounds = playbook.rounds.len();
    let open = |group: &GroupPlan| {
        let matches = group.matches.iter();
        matches
            .filter(|game| !is_known(playbook, game.score.index()))
            .count()
    };
    if playbook.groups.iter().all(|group| open(group) == 0)
        && let Ok(solution) = exact::solve(playbook, NOTHING)
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
        let Ok(outcome) = exact::group::solve(playbook, group, NOTHING) else {
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

/// Whether a score distribution has all its mass on one scoreline.
fn is_known(playbook: &Playbook, score: usize) -> bool {
    playbook.scores[score]
        .iter()
        .filter(|(_, probability)| *probability > 0.0)
        .count()
        == 1
}
