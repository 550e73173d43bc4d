//! A tournament as the rules alone see it: what is open can end with any score, however unlikely.

use crate::goals::JointScores;
use crate::playbook::{Playbook, ScoreId};

/// Goals of one side are fewer than this: more than any known result and any fix may have, so that whatever can be
/// turned round at all can be turned round.
const GOALS: usize = 32;

/// The same playbook, with every scoreline of every open match equally likely: an event has probability zero (or one)
/// in it if and only if results and rules exclude it (or leave nothing else).
pub(super) fn with_any_score(playbook: &Playbook) -> Playbook {
    let any = JointScores::from_table(GOALS, GOALS, vec![1.0; GOALS * GOALS]);
    let mut scores = vec![any];
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
    for group in &mut open.groups {
        for game in &mut group.matches {
            renumber(&mut game.score);
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

/// Whether more than one scoreline is possible.
fn is_open(table: &JointScores) -> bool {
    let possible = table.iter().filter(|(_, probability)| *probability > 0.0);
    possible.take(2).count() > 1
}
