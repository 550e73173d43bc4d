//! Decides a tie: legs in order, then step after step until one separates the two.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "callers iterate by reference"
)]

use super::run::{LegPlay, MOST_LEGS, TiePlay};
use super::walk::Referee;
use crate::format::{Side, Step, Tie};
use crate::ids::{ClubId, UnitId};

/// Plays a tie as far as the referee knows it.
pub(crate) fn play(
    unit: UnitId,
    rules: &Tie,
    clubs: [ClubId; 2],
    referee: &mut impl Referee,
) -> TiePlay {
    let mut tie = TiePlay::open(clubs);
    if rules.is_series() {
        play_series(unit, rules, &mut tie, referee);
    } else {
        play_legs(unit, rules, &mut tie, referee);
    }
    tie
}

/// All legs count together.
fn play_legs(unit: UnitId, rules: &Tie, tie: &mut TiePlay, referee: &mut impl Referee) {
    let mut complete = true;
    for (leg, home) in rules.legs.iter().enumerate().take(MOST_LEGS) {
        let (home, goals) = referee.leg(unit, leg, tie.clubs, *home);
        match goals {
            Leg::Played(goals) => {
                tie.legs[leg] = Some(LegPlay {
                    home,
                    goals,
                    extra_time: None,
                    shoot_out: None,
                });
            }
            Leg::Open => complete = false,
            Leg::Void => {}
        }
    }
    if !complete {
        return;
    }
    let last = rules.legs.len() - 1;
    for step in &rules.decide {
        let lead = match step {
            Step::Goals => sum(tie, |leg| lead(leg.goals) + leg.extra_time.map_or(0, lead)),
            Step::AwayGoals => sum(tie, away_lead),
            Step::Points => sum(tie, |leg| points_lead(leg.goals)),
            Step::Wins => sum(tie, |leg| lead(leg.goals).signum()),
            Step::First => 1,
            Step::ExtraTime => {
                let Some(played) = &mut tie.legs[last] else {
                    continue;
                };
                let Some(extra) = referee.extra_time(unit, last, tie.clubs, played.home) else {
                    return;
                };
                played.extra_time = Some(extra);
                lead(extra)
            }
            Step::ShootOut => {
                let home = tie.legs[last].map_or(Side::Nobody, |leg| leg.home);
                let Some(first_won) = referee.shoot_out(unit, last, tie.clubs, home) else {
                    return;
                };
                if let Some(played) = &mut tie.legs[last] {
                    played.shoot_out = Some(first_won);
                }
                if first_won { 1 } else { -1 }
            }
        };
        if lead != 0 {
            tie.decided = Some(*step);
            tie.first_won = lead > 0;
            return;
        }
    }
}

/// Each match is decided on its own; the tie is over once one of the two cannot be caught.
fn play_series(unit: UnitId, rules: &Tie, tie: &mut TiePlay, referee: &mut impl Referee) {
    let needed = rules.legs.len() / 2 + 1;
    let mut wins = [0, 0];
    for (number, home) in rules.legs.iter().enumerate().take(MOST_LEGS) {
        let (home, goals) = referee.leg(unit, number, tie.clubs, *home);
        let Leg::Played(goals) = goals else {
            if goals == Leg::Void {
                continue;
            }
            return;
        };
        let mut leg = LegPlay {
            home,
            goals,
            extra_time: None,
            shoot_out: None,
        };
        let mut ahead = lead(goals);
        for step in &rules.decide {
            if ahead != 0 {
                break;
            }
            match step {
                Step::ExtraTime => {
                    leg.extra_time = referee.extra_time(unit, number, tie.clubs, home);
                    ahead = leg.extra_time.map_or(0, lead);
                }
                Step::ShootOut => {
                    leg.shoot_out = referee.shoot_out(unit, number, tie.clubs, home);
                    ahead = leg.shoot_out.map_or(0, |first| if first { 1 } else { -1 });
                }
                Step::First => ahead = 1,
                _ => {}
            }
        }
        tie.legs[number] = Some(leg);
        match ahead.signum() {
            1 => wins[0] += 1,
            -1 => wins[1] += 1,
            _ => return,
        }
        if wins.contains(&needed) {
            tie.decided = Some(Step::Wins);
            tie.first_won = wins[0] == needed;
            return;
        }
    }
}

/// What a referee says of a leg; goals of the first entrant first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leg {
    /// It was played.
    Played([u8; 2]),
    /// It is still to be played.
    Open,
    /// It was cancelled.
    Void,
}

fn sum(tie: &TiePlay, of: impl Fn(&LegPlay) -> i32) -> i32 {
    tie.legs.iter().flatten().map(of).sum()
}

fn lead(goals: [u8; 2]) -> i32 {
    i32::from(goals[0]) - i32::from(goals[1])
}

/// The first entrant's goals away from home less the second's. On neutral ground there are none.
fn away_lead(leg: &LegPlay) -> i32 {
    let extra = leg.extra_time.unwrap_or([0, 0]);
    match leg.home {
        Side::First => -i32::from(leg.goals[1]) - i32::from(extra[1]),
        Side::Second => i32::from(leg.goals[0]) + i32::from(extra[0]),
        Side::Nobody => 0,
    }
}

/// Three points for a win, one each for a draw.
fn points_lead(goals: [u8; 2]) -> i32 {
    3 * lead(goals).signum()
}
