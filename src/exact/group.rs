//! The exact outcome of a group: places of its clubs, and the winner's record.

use super::Unsupported;
use super::canvas::{Canvas, Total};
use super::leader::{Contest, LotShares};
use super::pair::{self, Direction, Slice};
use super::record::{Feats, Record};
use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook};
use crate::tournament::{Goals, GroupCriterion};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The group tiebreakers that the exact solver knows, in this order.
pub const TIEBREAKERS: [GroupCriterion; 8] = [
    GroupCriterion::HeadToHeadPoints,
    GroupCriterion::HeadToHeadGoalDifference,
    GroupCriterion::HeadToHeadAwayGoals,
    GroupCriterion::ReapplyHeadToHead,
    GroupCriterion::GoalDifference,
    GroupCriterion::Goals,
    GroupCriterion::AwayGoals,
    GroupCriterion::Lots,
];

/// The distribution of a group's outcome. Probabilities add up to 1: what was lost is spread in proportion.
#[derive(Debug, Clone)]
pub struct GroupOutcome {
    /// The clubs, in the order of the plan.
    pub clubs: [ClubId; 3],
    /// `places[club][k]`: the probability of place `k + 1`.
    pub places: [[f64; 3]; 3],
    /// For each club the records with which it can win the group, and the probability of winning with
    /// each; the best record first.
    pub winners: [Vec<(Record, f64)>; 3],
    /// For each club the probability of winning the group with a number of points.
    pub points: [BTreeMap<i32, f64>; 3],
    /// The probability that was dropped on the way to the winners: none of what follows from them is off by more than this.
    pub lost_winners: f64,
    /// The same of first and last places together: no place is off by more than this.
    pub lost_mass: f64,
}

/// The probability that may be dropped in a group.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Of winners and their records. What the groups of a cup lose adds up.
    pub winners: f64,
    /// Of last places. What one group loses concerns no other.
    pub last: f64,
}

impl Budget {
    /// As much of the one as of the other.
    pub const fn even(budget: f64) -> Self {
        Self {
            winners: budget,
            last: budget,
        }
    }
}

/// One of the six questions asked of a group: who, and at which end of the table.
struct Answer {
    total: f64,
    records: Vec<(Record, f64)>,
    points: BTreeMap<i32, f64>,
}

/// The outcome of one group; at most about what the budget allows is dropped.
///
/// # Errors
/// If the group or the tiebreakers are not of the kind the solver knows.
pub fn solve(
    playbook: &Playbook,
    group: &GroupPlan,
    budget: Budget,
) -> Result<GroupOutcome, Unsupported> {
    let clubs = supported(playbook, group)?;
    let matches = six_matches(playbook, group, budget.winners)?;
    let tables = [
        pair_tables(playbook, &matches, budget.winners, Direction::Best),
        pair_tables(playbook, &matches, budget.last, Direction::Worst),
    ];
    let answers: Vec<Answer> = (0..6)
        .into_par_iter()
        .map(|question| {
            let (club, direction, budget) = if question < 3 {
                (question, Direction::Best, budget.winners)
            } else {
                (question - 3, Direction::Worst, budget.last)
            };
            ask(
                playbook,
                clubs,
                &tables[question / 3],
                club,
                direction,
                budget,
            )
        })
        .collect();
    Ok(assemble(clubs, answers))
}

/// For each club of a group the records with which it can win it, and the probability of each, the best record first:
/// what [`solve`] says of the first place, at half its cost.
///
/// # Errors
/// If the group or the tiebreakers are not of the kind the solver knows.
pub fn winners(
    playbook: &Playbook,
    group: &GroupPlan,
    budget: f64,
) -> Result<[Vec<(Record, f64)>; 3], Unsupported> {
    let clubs = supported(playbook, group)?;
    let matches = six_matches(playbook, group, budget)?;
    let tables = pair_tables(playbook, &matches, budget, Direction::Best);
    let mut winners = [0, 1, 2].map(|club| {
        let answer = ask(playbook, clubs, &tables, club, Direction::Best, budget);
        answer.records
    });
    let total: f64 = winners.iter().flatten().map(|(_, mass)| mass).sum();
    for (_, mass) in winners.iter_mut().flatten() {
        *mass /= total;
    }
    Ok(winners)
}

/// The probability of each club, in the order of the plan, to win the group: several times faster than
/// [`solve`], which also tells with which record. At most about `budget` of probability is dropped; what was
/// lost is spread in proportion.
///
/// # Errors
/// If the group or the tiebreakers are not of the kind the solver knows.
pub fn winners_only(
    playbook: &Playbook,
    group: &GroupPlan,
    budget: f64,
) -> Result<[f64; 3], Unsupported> {
    let clubs = supported(playbook, group)?;
    let matches = six_matches(playbook, group, budget)?;
    let tables = pair_tables(playbook, &matches, budget, Direction::Best);
    let totals = [0, 1, 2].map(|club| {
        let contest = contest(playbook, clubs, &tables, club, Direction::Best, budget);
        let mut total = Total::default();
        contest.paint(&mut total);
        total.0
    });
    let all: f64 = totals.iter().sum();
    Ok(totals.map(|total| total / all))
}

/// Each club's two pairs of matches, with the next club of the group and with the one after. A fifth of the budget is for
/// scorelines (six matches), two fifths for combinations of two (three pairs).
fn pair_tables(
    playbook: &Playbook,
    matches: &SixMatches,
    budget: f64,
    direction: Direction,
) -> Vec<[Vec<Slice>; 2]> {
    // By the club that is in neither match.
    let cutoffs: [f64; 3] = std::array::from_fn(|left_out| {
        let (one, other) = ((left_out + 1) % 3, (left_out + 2) % 3);
        pair::pair_cutoff(&matches[one][other], &matches[other][one], budget / 7.5)
    });
    let table = |own: usize, rival: usize| {
        pair::tabulate(
            &matches[own][rival],
            &matches[rival][own],
            cutoffs[3 - own - rival],
            playbook.points,
            direction,
        )
    };
    (0..3)
        .map(|own| [table(own, (own + 1) % 3), table(own, (own + 2) % 3)])
        .collect()
}

/// Refuses a group of a kind that the solver does not know.
pub(super) fn check(playbook: &Playbook, group: &GroupPlan) -> Result<(), Unsupported> {
    supported(playbook, group)?;
    six_matches(playbook, group, 1.0)?;
    Ok(())
}

/// Checks that the group is of the supported kind, and gives its clubs.
fn supported(playbook: &Playbook, group: &GroupPlan) -> Result<[ClubId; 3], Unsupported> {
    if !group.is_plain() {
        return Err(Unsupported::new(
            "clubs that have left, and winners of groups that are given",
        ));
    }
    if playbook.has_deductions(group) {
        return Err(Unsupported::new("groups with points deducted"));
    }
    if playbook.tiebreakers != TIEBREAKERS {
        return Err(Unsupported::new(
            "group tiebreakers other than the standard list",
        ));
    }
    <[ClubId; 3]>::try_from(group.clubs.clone())
        .map_err(|_| Unsupported::new("groups that have not three clubs"))
}

/// The likely scorelines of the matches: `[home][away]`, by position in the group.
type SixMatches = [[Vec<(Goals, f64)>; 3]; 3];

/// Looks the six matches up.
fn six_matches(
    playbook: &Playbook,
    group: &GroupPlan,
    budget: f64,
) -> Result<SixMatches, Unsupported> {
    let mut matches = SixMatches::default();
    for planned in &group.matches {
        let scores = playbook.score(planned.score);
        let slot = &mut matches[usize::from(planned.home)][usize::from(planned.away)];
        if !slot.is_empty() {
            return Err(Unsupported::new(
                "groups in which two clubs meet on one ground twice",
            ));
        }
        *slot = pair::likely_scorelines(scores, budget / 30.0);
    }
    let complete =
        (0..3).all(|home| (0..3).all(|away| home == away || !matches[home][away].is_empty()));
    if complete {
        Ok(matches)
    } else {
        Err(Unsupported::new(
            "groups without a complete double round robin",
        ))
    }
}

/// The contest of the club at a position with its rivals for the first place, or the last if the direction is reversed.
fn contest<'a>(
    playbook: &Playbook,
    clubs: [ClubId; 3],
    tables: &'a [[Vec<Slice>; 2]],
    club: usize,
    direction: Direction,
    budget: f64,
) -> Contest<'a> {
    let (first, second) = ((club + 1) % 3, (club + 2) % 3);
    let lots = |rivals: &[usize]| {
        let of = |position: usize| playbook.lots[clubs[position].index()];
        let rivals: Vec<_> = rivals.iter().map(|rival| of(*rival)).collect();
        lot_share(of(club), &rivals, direction)
    };
    Contest {
        own: [&tables[club][0], &tables[club][1]],
        rivals: [&tables[first][0], &tables[second][1]],
        worth: pair::result_pairs(playbook.points, direction),
        lots: LotShares {
            two: [lots(&[first]), lots(&[second])],
            three: lots(&[first, second]),
        },
        cutoff: budget * 6e-6,
    }
}

/// P(the club at a position is first, or last if the direction is reversed); first places by record.
fn ask(
    playbook: &Playbook,
    clubs: [ClubId; 3],
    tables: &[[Vec<Slice>; 2]],
    club: usize,
    direction: Direction,
    budget: f64,
) -> Answer {
    let contest = contest(playbook, clubs, tables, club, direction, budget);
    if direction == Direction::Worst {
        let mut total = Total::default();
        contest.paint(&mut total);
        return Answer {
            total: total.0,
            records: Vec::new(),
            points: BTreeMap::new(),
        };
    }
    let mut canvas = Canvas::new(contest.own, &contest.worth, budget * 1e-2);
    contest.paint(&mut canvas);
    canvas.finish(contest.own);
    let mut answer = Answer {
        total: 0.0,
        records: Vec::new(),
        points: BTreeMap::new(),
    };
    let mut points: Vec<(i32, f64)> = Vec::new();
    // Records less likely than this are lost together with the combinations that were skipped.
    canvas.each_record(budget * 2e-5, |key, home, away, mass| {
        let feats = Feats {
            points: key.points,
            goal_difference: key.margin,
            goals: home + away,
            away_goals: away,
            wins: i32::from(key.wins),
            away_wins: i32::from(key.away_wins),
        };
        match points.last_mut() {
            Some((same, sum)) if *same == key.points => *sum += mass,
            _ => points.push((key.points, mass)),
        }
        let record = Record::new(&feats, &playbook.seeding);
        answer.records.push((record, mass));
    });
    answer.total = points.iter().map(|(_, mass)| mass).sum();
    answer.points = points.into_iter().collect();
    answer
        .records
        .sort_unstable_by_key(|(record, _)| std::cmp::Reverse(*record));
    answer.records.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    answer
}

/// The share of a club in a drawing of lots with its rivals, for the first or (reversed) the last
/// place. Clubs about which real lots were drawn keep that order among themselves, and whichever
/// places fall to them are shared out accordingly; all else is even.
fn lot_share(own: Option<u16>, rivals: &[Option<u16>], direction: Direction) -> f64 {
    let level = (rivals.len() + 1) as f64;
    let Some(own) = own else {
        return 1.0 / level;
    };
    let key = |lot: u16| direction.sign() * i32::from(lot);
    let drawn: Vec<u16> = rivals.iter().copied().flatten().collect();
    if drawn.iter().any(|rival| key(*rival) < key(own)) {
        0.0
    } else {
        (drawn.len() + 1) as f64 / level
    }
}

/// Puts the six answers together and spreads the lost mass.
fn assemble(clubs: [ClubId; 3], answers: Vec<Answer>) -> GroupOutcome {
    let total = |answers: &[Answer]| answers.iter().map(|answer| answer.total).sum::<f64>();
    let (first, last) = (total(&answers[..3]), total(&answers[3..]));
    let places = std::array::from_fn(|club| {
        let (best, worst) = (answers[club].total / first, answers[club + 3].total / last);
        [best, (1.0 - best - worst).max(0.0), worst]
    });
    let mut winners: [Vec<(Record, f64)>; 3] = Default::default();
    let mut points: [BTreeMap<i32, f64>; 3] = Default::default();
    for (club, answer) in answers.into_iter().take(3).enumerate() {
        winners[club] = answer.records;
        points[club] = answer.points;
        let masses = winners[club].iter_mut().map(|(_, mass)| mass);
        for mass in masses.chain(points[club].values_mut()) {
            *mass /= first;
        }
    }
    GroupOutcome {
        clubs,
        places,
        winners,
        points,
        lost_winners: (1.0 - first).abs(),
        // Second places carry what both ends have lost.
        lost_mass: (1.0 - first).abs() + (1.0 - last).abs(),
    }
}
