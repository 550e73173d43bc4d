//! What a club achieved in its group in one run, as the seeding criteria see it.

use crate::exact::record::Feats;
use crate::ids::ClubId;
use crate::playbook::GroupPlan;
use crate::tournament::{Goals, Points};

/// The feats of a club from the goals of its group's matches, in the order of the plan.
pub(super) fn feats_of(club: ClubId, plan: &GroupPlan, goals: &[Goals], points: Points) -> Feats {
    let mut feats = Feats {
        points: 0,
        goal_difference: 0,
        goals: 0,
        away_goals: 0,
        wins: 0,
        away_wins: 0,
    };
    for (planned, goals) in plan.matches.iter().zip(goals) {
        let is_home = plan.clubs[usize::from(planned.home)] == club;
        if !is_home && plan.clubs[usize::from(planned.away)] != club {
            continue;
        }
        let (own, other) = if is_home {
            (goals.home, goals.away)
        } else {
            (goals.away, goals.home)
        };
        let worth = match own.cmp(&other) {
            std::cmp::Ordering::Greater => points.win,
            std::cmp::Ordering::Equal => points.draw,
            std::cmp::Ordering::Less => points.loss,
        };
        feats.points += i32::from(worth);
        feats.goal_difference += i32::from(own) - i32::from(other);
        feats.goals += i32::from(own);
        feats.wins += i32::from(own > other);
        if !is_home {
            feats.away_goals += i32::from(own);
            feats.away_wins += i32::from(own > other);
        }
    }
    feats
}
