//! The plan of a batch: which tournaments it can play, and their groups and pairings by position.

use crate::ids::ClubId;
use crate::play::Engine;
use crate::play::ties::{Host, Source};
use crate::playbook::Playbook;
use crate::tournament::{GroupCriterion, Points, SeedingCriterion};

/// Clubs in a group.
pub(crate) const CLUBS: usize = 3;

/// Matches in a group.
pub(crate) const MATCHES: usize = 6;

/// The standard tiebreakers, which have a form without branches.
const STANDARD: [GroupCriterion; 8] = [
    GroupCriterion::HeadToHeadPoints,
    GroupCriterion::HeadToHeadGoalDifference,
    GroupCriterion::HeadToHeadAwayGoals,
    GroupCriterion::ReapplyHeadToHead,
    GroupCriterion::GoalDifference,
    GroupCriterion::Goals,
    GroupCriterion::AwayGoals,
    GroupCriterion::Lots,
];

/// The pairs of a group: each plays two matches, with either at home.
pub(crate) const PAIRS: [(u8, u8); 3] = [(0, 1), (0, 2), (1, 2)];

/// The narrow record of a batch, in the order of the standard seeding list: 27 bits, or 29 if a win is worth more than
/// 3 points. Four matches of at most 15 goals a side fit, with at most 15 points for a win.
pub(crate) mod narrow {
    pub(crate) const AWAY_WINS: u32 = 0;
    pub(crate) const WINS: u32 = 2;
    pub(crate) const AWAY_GOALS: u32 = 5;
    pub(crate) const GOALS: u32 = 10;
    pub(crate) const DIFFERENCE: u32 = 16;
    pub(crate) const POINTS: u32 = 23;
    /// What is added to the goal difference so that it is never below zero.
    pub(crate) const ZERO_DIFFERENCE: u32 = 64;
    /// The bits of goal difference and away goals.
    pub(crate) const THREE_WAY: i32 = 127 << DIFFERENCE | 31 << AWAY_GOALS;
    /// The most points for a win.
    pub(crate) const MOST_POINTS: u8 = 15;
    /// The most points for a win that leave room for a club's group and place in 32 bits.
    pub(crate) const SHORT_POINTS: u8 = 3;
    /// Bits of a record if a win is worth no more than that.
    pub(crate) const SHORT_BITS: u32 = 27;
}

/// What a batch needs to know beyond the engine.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) groups: Vec<GroupPlan>,
    pub(crate) points: Points,
    /// Whether the tiebreakers are the standard ones; any other list is played lane by lane where clubs are level.
    pub(crate) standard_tiebreakers: bool,
    /// Whether a winner's record, group and position in it fit 32 bits.
    pub(crate) short_keys: bool,
    /// How the seeding key is put together from a narrow record, if not as it stands: (from bit, width, to bit).
    pub(crate) seeding: Option<Vec<(u32, u32, u32)>>,
    /// The comparisons that sort the group winners: after each, the first of the two is seeded higher.
    pub(crate) network: Vec<(u16, u16)>,
    pub(crate) rounds: Vec<RoundPlan>,
    pub(crate) ties: Vec<TiePlan>,
    /// Clubs by position, counted over all groups.
    pub(crate) clubs: Vec<ClubId>,
}

/// A group of three.
#[derive(Debug, Clone)]
pub(crate) struct GroupPlan {
    /// The matches of each pair of [`PAIRS`]: with the first club at home, and with the second.
    pub(crate) pairs: [(usize, usize); 3],
}

/// A knockout round, by position: each list has a row of `1 << row_bits` guests for every host.
#[derive(Debug, Clone)]
pub(crate) struct RoundPlan {
    pub(crate) first_leg: Vec<u32>,
    pub(crate) last_leg: Vec<u32>,
    pub(crate) extra_goals: Vec<u32>,
    pub(crate) shoot_out: Vec<f64>,
    pub(crate) row_bits: u32,
    pub(crate) two_legs: bool,
    pub(crate) away_goals: bool,
    pub(crate) extra_time: bool,
}

/// A tie.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TiePlan {
    pub(crate) round: usize,
    pub(crate) sides: [Source; 2],
    pub(crate) host: Host,
}

impl Plan {
    /// The plan of a tournament of groups of three that a batch can play, else nothing.
    pub(crate) fn new(playbook: &Playbook, engine: &Engine) -> Option<Self> {
        let points = playbook.points;
        let fits = points.win <= narrow::MOST_POINTS
            && points.win > points.loss
            && points.win >= points.draw
            && engine
                .groups
                .iter()
                .all(|group| group.struck == 0 && group.placed_last == 0)
            && playbook.deducted.iter().all(|points| *points == 0)
            && playbook.groups.len().is_power_of_two()
            && playbook.groups.len() > 1;
        if !fits {
            return None;
        }
        let groups: Option<Vec<GroupPlan>> = engine
            .groups
            .iter()
            .map(|group| {
                if group.clubs.len() != CLUBS || group.matches.len() != MATCHES {
                    return None;
                }
                let find = |home, away| group.matches.iter().position(|m| *m == (home, away));
                let pairs = PAIRS.map(|(one, other)| Some((find(one, other)?, find(other, one)?)));
                match pairs {
                    [Some(a), Some(b), Some(c)] => Some(GroupPlan { pairs: [a, b, c] }),
                    _ => None,
                }
            })
            .collect();
        let clubs: Vec<ClubId> = engine.groups().flatten().copied().collect();
        let rounds = (0..engine.rounds.len())
            .map(|round| RoundPlan::new(engine, round, &clubs))
            .collect();
        Some(Self {
            points,
            standard_tiebreakers: playbook.tiebreakers == STANDARD,
            short_keys: points.win <= narrow::SHORT_POINTS && playbook.groups.len() <= 8,
            seeding: seeding_fields(&playbook.seeding, points),
            network: sorting_network(playbook.groups.len()),
            rounds,
            ties: engine
                .ties
                .iter()
                .map(|tie| TiePlan {
                    round: tie.round,
                    sides: tie.sides,
                    host: tie.host,
                })
                .collect(),
            groups: groups?,
            clubs,
        })
    }
}

impl RoundPlan {
    /// The pairings of a round by position.
    fn new(engine: &Engine, round: usize, clubs: &[ClubId]) -> Self {
        let setup = &engine.rounds[round];
        let row_bits = clubs.len().next_power_of_two().trailing_zeros();
        let row = 1usize << row_bits;
        let mut plan = Self {
            first_leg: vec![0; clubs.len() * row],
            last_leg: vec![0; clubs.len() * row],
            extra_goals: vec![0; clubs.len() * row],
            shoot_out: vec![0.0; clubs.len() * row],
            row_bits,
            two_legs: setup.two_legs,
            away_goals: setup.away_goals,
            extra_time: setup.extra_time,
        };
        for (host_position, host) in clubs.iter().enumerate() {
            for (guest_position, guest) in clubs.iter().enumerate() {
                let (to, from) = (
                    host_position * row + guest_position,
                    setup.at(*host, *guest),
                );
                plan.first_leg[to] = setup.first_leg[from];
                plan.last_leg[to] = setup.last_leg[from];
                plan.extra_goals[to] = setup.extra_goals[from];
                plan.shoot_out[to] = setup.shoot_out[from];
            }
        }
        plan
    }
}

/// How a seeding key is put together: nothing for the standard list, in whose order narrow records stand.
fn seeding_fields(seeding: &[SeedingCriterion], points: Points) -> Option<Vec<(u32, u32, u32)>> {
    if *seeding == SeedingCriterion::ALL {
        return None;
    }
    let short = points.win <= narrow::SHORT_POINTS;
    let (point_bits, mut top) = if short {
        (4, narrow::SHORT_BITS)
    } else {
        (6, 32)
    };
    let mut fields: Vec<(u32, u32, u32)> = Vec::new();
    for criterion in seeding {
        let (from, width) = match criterion {
            SeedingCriterion::Points => (narrow::POINTS, point_bits),
            SeedingCriterion::GoalDifference => (narrow::DIFFERENCE, 7),
            SeedingCriterion::Goals => (narrow::GOALS, 6),
            SeedingCriterion::AwayGoals => (narrow::AWAY_GOALS, 5),
            SeedingCriterion::Wins => (narrow::WINS, 3),
            SeedingCriterion::AwayWins => (narrow::AWAY_WINS, 2),
            SeedingCriterion::Lots => break,
        };
        if fields.iter().all(|(other, ..)| *other != from) {
            top -= width;
            fields.push((from, width, top));
        }
    }
    Some(fields)
}

/// Batcher's odd-even merge sort (1968) of a power of two of items, as a list of comparisons: 19 for eight.
fn sorting_network(items: usize) -> Vec<(u16, u16)> {
    let mut network = Vec::new();
    let mut sorted = 1;
    while sorted < items {
        let mut distance = sorted;
        while distance >= 1 {
            for start in (distance % sorted..items - distance).step_by(2 * distance) {
                for offset in 0..distance {
                    let (one, other) = (start + offset, start + offset + distance);
                    if other < items && one / (2 * sorted) == other / (2 * sorted) {
                        network.push((one as u16, other as u16));
                    }
                }
            }
            distance /= 2;
        }
        sorted *= 2;
    }
    network
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_sorts_everything() {
        // The zero-one principle (Knuth): what sorts all sequences of zeros and ones sorts everything.
        for (items, comparisons) in [(2, 1), (4, 5), (8, 19), (16, 63)] {
            let network = sorting_network(items);
            assert_eq!(network.len(), comparisons);
            for mut bits in 0..1u32 << items {
                for (one, other) in &network {
                    if bits >> one & 1 < bits >> other & 1 {
                        bits ^= 1 << one | 1 << other;
                    }
                }
                assert_eq!(bits.trailing_ones() + bits.leading_zeros(), 32);
            }
        }
        let network = sorting_network(64);
        let mut state = 1u64;
        for _ in 0..200 {
            let mut values: Vec<u64> = (0..64)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    state >> 60
                })
                .collect();
            for (one, other) in &network {
                let (one, other) = (usize::from(*one), usize::from(*other));
                if values[one] < values[other] {
                    values.swap(one, other);
                }
            }
            assert!(values.is_sorted_by(|one, other| one >= other));
        }
    }
}
