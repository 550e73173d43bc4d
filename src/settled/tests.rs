//! What is settled against two slow twins: the exact solver with every scoreline equally likely, and simulated runs.

use super::Settled;
use super::group::sole_score;
use crate::conditions::Conditions;
use crate::exact::group::{self, Budget};
use crate::goals::{GoalModel, JointScores, Occasion, Rates};
use crate::ids::ClubId;
use crate::play::Engine;
use crate::playbook::{Playbook, compile};
use crate::simulate::simulate;
use crate::standings::Standings;
use crate::tournament::{Deduction, GroupCriterion, Moment, SeedingCriterion, Tournament, bundled};

/// All clubs are equally strong, and many goals fall.
struct Even;

impl GoalModel for Even {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.6, 1.6)
    }
}

fn book(known: &Tournament) -> Playbook {
    compile(known, &Even, &Conditions::default())
}

fn editions() -> impl Iterator<Item = Tournament> {
    let names = ["ccl-2013-14", "ccl-2012-13"].into_iter();
    names.map(|name| bundled::open(name).expect("a bundled edition"))
}

/// An event has probability zero if every scoreline is equally likely if and only if results and rules exclude it.
#[test]
fn places_are_settled_as_the_exact_solver_says() {
    const GOALS: usize = 24;
    let mut compared = 0;
    for full in editions() {
        for matchday in 3..=6 {
            let known = full.as_of(Moment::Matchday(matchday));
            let playbook = book(&known);
            let settled = Settled::of(&playbook);
            let mut any_score = playbook.clone();
            for table in &mut any_score.scores {
                if sole_score(table).is_none() {
                    *table = JointScores::from_table(GOALS, GOALS, vec![1.0; GOALS * GOALS]);
                }
            }
            for plan in &any_score.groups {
                let solved = group::solve(&any_score, plan, Budget::even(1e-11));
                let solved = solved.expect("a group of three");
                for (club, places) in plan.clubs.iter().zip(solved.places) {
                    for (place, chance) in places.into_iter().enumerate() {
                        let expected = if chance < 1e-10 {
                            Some(false)
                        } else {
                            (chance > 1.0 - 1e-10).then_some(true)
                        };
                        assert_eq!(
                            settled.place(*club, place),
                            expected,
                            "{} matchday {matchday} {} place {place}: {chance}",
                            full.id,
                            full.club(*club).code
                        );
                        compared += 1;
                    }
                }
            }
        }
    }
    assert_eq!(compared, 2 * 4 * 8 * 9);
}

/// Checks every number of a forecast by 20,000 runs, seed 1: what came is not impossible, what did not always come is
/// not certain. Says how much is settled.
fn check(known: &Tournament, what: &str) -> usize {
    let playbook = book(known);
    let settled = Settled::of(&playbook);
    let tally = simulate(&Engine::new(&playbook), 20_000, 1, None, &|_| ());
    let verdicts = settled.odds();
    let fits = tally
        .odds()
        .zip_with(&verdicts, |share, verdict| match verdict {
            Some(true) => share >= 1.0,
            Some(false) => share <= 0.0,
            None => true,
        });
    assert!(fits.values().all(|fits| fits), "{what}: {fits:?}");
    verdicts.values().flatten().count()
}

/// The list of criteria in which goal difference comes first, as FIFA had it.
const GOAL_DIFFERENCE_FIRST: [GroupCriterion; 6] = [
    GroupCriterion::GoalDifference,
    GroupCriterion::Goals,
    GroupCriterion::HeadToHeadPoints,
    GroupCriterion::HeadToHeadGoalDifference,
    GroupCriterion::ReapplyHeadToHead,
    GroupCriterion::Lots,
];

#[test]
fn nothing_that_is_settled_is_contradicted_by_a_run() {
    for full in editions() {
        let mut before = 0;
        for moment in Moment::all(&full) {
            let known = full.as_of(moment);
            let count = check(&known, &format!("{} {moment:?}", full.id));
            assert!(count >= before, "what is settled stays so: {moment:?}");
            before = count;
            let mut other = known.clone();
            other.rules.group_tiebreakers = GOAL_DIFFERENCE_FIRST.to_vec();
            other.rules.seeding = vec![SeedingCriterion::Points, SeedingCriterion::Lots];
            check(&other, &format!("{} {moment:?} other rules", full.id));
        }
        // All is known at the end: 24 clubs with 3 places, 8 seeds, 3 rounds and the title.
        assert_eq!(before, 24 * (3 + 8 + 3 + 1), "{}", full.id);
    }
}

#[test]
fn points_deducted_settle_as_points_do() {
    for full in editions() {
        for matchday in 3..=6 {
            let mut known = full.as_of(Moment::Matchday(matchday));
            // Of each group the leader loses 4 points, which puts it behind others, and of every second one its last club 1.
            for group in known.group_ids() {
                let order = Standings::of_group(&known, group).order();
                let mut deduct = |club: ClubId, points: u8| {
                    let date = full.last_date();
                    known.deductions.push(Deduction {
                        club,
                        points,
                        date,
                        reason: None,
                    });
                };
                deduct(order[0], 4);
                if group.index() % 2 == 0 {
                    deduct(order[2], 1);
                }
            }
            check(
                &known,
                &format!("{} matchday {matchday} with deductions", full.id),
            );
        }
    }
}
