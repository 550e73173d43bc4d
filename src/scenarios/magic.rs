//! How likely a club is to collect so many points in its remaining group matches.

use super::position::Position;
use crate::ids::GroupId;
use crate::playbook::Playbook;

/// The probability that the club at a position collects at least so many points in its open matches: the distribution of its
/// points, match by match.
pub(super) fn chance(
    position: &Position<'_>,
    playbook: &Playbook,
    group: GroupId,
    club: usize,
    points: u32,
) -> f64 {
    let plan = &playbook.groups[group.index()];
    let rules = position.rules.points;
    // By points so far; what is more than enough is counted as enough.
    let enough = points as usize;
    let mut so_far = vec![0.0; enough + 1];
    so_far[0] = 1.0;
    for open in position.open.iter().filter(|open| open.involves(club)) {
        let [mut won, mut drawn, mut lost] = [0.0; 3];
        for (goals, p) in playbook.score(plan.matches[open.index].score).iter() {
            let margin = i32::from(goals.home) - i32::from(goals.away);
            let margin = if open.pair[0] == club {
                margin
            } else {
                -margin
            };
            *match margin.signum() {
                1 => &mut won,
                0 => &mut drawn,
                _ => &mut lost,
            } += p;
        }
        let mut after = vec![0.0; enough + 1];
        for (before, p) in so_far.iter().enumerate() {
            let results = [(rules.win, won), (rules.draw, drawn), (rules.loss, lost)];
            for (gain, chance) in results {
                after[(before + usize::from(gain)).min(enough)] += p * chance;
            }
        }
        so_far = after;
    }
    so_far[enough]
}
