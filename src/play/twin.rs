//! The slow twin of the engine: a tournament played straight from the definition, with vectors, sorts and recursion.

use super::luck::{Events, Lots, TiePart};
use super::score_tables::ScoreTables;
use super::{Outcome, TieOutcome};
use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook, ScoreId};
use crate::rng::{Purpose, RunKey, SeedKey};
use crate::tournament::{Goals, GroupCriterion, SecondLegHost, SeedingCriterion, Side};
use rand::Rng;
use std::cmp::Ordering;

/// A tournament played straight from the definition: vectors, sorts and recursion. Only the score tables
/// are shared with the engine; they have their own twin.
pub(super) fn slow_twin(playbook: &Playbook, seed: u64, run: u64) -> Outcome {
    let key = SeedKey::new(seed, Purpose::Tournament).run(run);
    let mut stream = key.stream();
    let tables = ScoreTables::new(&playbook.scores);
    let matches: usize = playbook
        .groups
        .iter()
        .map(|group| group.matches.len())
        .sum();
    let events = Events::new(matches, playbook.ties.len(), playbook.clubs);
    let lots = Lots {
        key,
        events,
        known: &playbook.lots,
    };
    let words: Vec<u64> = (0..matches.div_ceil(4))
        .map(|_| stream.next_u64())
        .collect();
    let mut goals = Vec::new();
    let (mut order, mut group_lots, mut winners) = (Vec::new(), Vec::new(), Vec::new());
    for group in &playbook.groups {
        let mut played = Vec::new();
        for plan in &group.matches {
            let number = goals.len();
            let bits = (words[number / 4] >> (16 * (number % 4)) & 0xffff) as u32;
            let scored = tables.draw(plan.score.0, bits, || key.rare(number as u64));
            goals.push(scored);
            if plan.counts {
                played.push((plan.home, plan.away, scored));
            }
        }
        let everybody: Vec<u8> = (0..group.clubs.len() as u8).collect();
        let deducted = |club: u8| {
            let club = group.clubs[usize::from(club)];
            i32::from(playbook.deducted[club.index()])
        };
        let total = |club: u8| {
            let mut total = figures(playbook, &played, club, &everybody);
            total[0] -= deducted(club);
            total
        };
        let by_points = |club: u8| total(club)[0];
        let mut ranked = Vec::new();
        let mut drawn = false;
        for block in blocks(&everybody, by_points) {
            let block = if block.len() == 1 {
                block
            } else {
                slow_separate(playbook, group, &played, &block, 0, None, &lots, &mut drawn)
            };
            ranked.extend(block);
        }
        group_lots.push(drawn);
        let (left, mut staying): (Vec<u8>, Vec<u8>) = ranked
            .iter()
            .partition(|club| group.placed_last[usize::from(**club)]);
        staying.extend(left);
        let ranked = staying;
        let winner = group.clubs[usize::from(ranked[0])];
        winners.push((winner, total(ranked[0])));
        order.extend(ranked.iter().map(|club| group.clubs[usize::from(*club)]));
    }
    let (seeds, seeding_lots) = slow_seeds(playbook, &winners, &lots);
    let mut outcome = Outcome {
        goals,
        order,
        group_lots,
        seeds,
        seeding_lots,
        ties: Vec::new(),
    };
    for index in 0..playbook.ties.len() {
        let word = stream.next_u64();
        let tie = slow_tie(playbook, &tables, &outcome, index, word, key, events);
        outcome.ties.push(tie);
    }
    outcome
}

/// (points, goal difference, goals, away goals, wins, away wins) of a club in the matches between some clubs.
fn figures(playbook: &Playbook, played: &[(u8, u8, Goals)], club: u8, between: &[u8]) -> [i32; 6] {
    let mut sum = [0; 6];
    for (home, away, goals) in played {
        if !between.contains(home) || !between.contains(away) || (*home != club && *away != club) {
            continue;
        }
        let is_home = *home == club;
        let (own, other) = if is_home {
            (goals.home, goals.away)
        } else {
            (goals.away, goals.home)
        };
        let points = match own.cmp(&other) {
            Ordering::Greater => playbook.points.win,
            Ordering::Equal => playbook.points.draw,
            Ordering::Less => playbook.points.loss,
        };
        sum[0] += i32::from(points);
        sum[1] += i32::from(own) - i32::from(other);
        sum[2] += i32::from(own);
        sum[4] += i32::from(own > other);
        if !is_home {
            sum[3] += i32::from(own);
            sum[5] += i32::from(own > other);
        }
    }
    sum
}

/// Clubs in blocks of equal value, the largest value first.
fn blocks(clubs: &[u8], value: impl Fn(u8) -> i32) -> Vec<Vec<u8>> {
    let mut values: Vec<i32> = clubs.iter().map(|club| value(*club)).collect();
    values.sort_unstable();
    values.dedup();
    let block = |wanted: &i32| {
        clubs
            .iter()
            .copied()
            .filter(|club| value(*club) == *wanted)
            .collect()
    };
    values.iter().rev().map(block).collect()
}

#[expect(
    clippy::too_many_arguments,
    reason = "a test that carries all it knows down the recursion"
)]
fn slow_separate(
    playbook: &Playbook,
    group: &GroupPlan,
    played: &[(u8, u8, Goals)],
    block: &[u8],
    step: usize,
    concerned: Option<Vec<u8>>,
    lots: &Lots<'_>,
    drawn: &mut bool,
) -> Vec<u8> {
    use GroupCriterion as Criterion;
    let criterion = playbook.tiebreakers[step];
    if criterion == Criterion::Lots {
        *drawn = true;
        let mut block = block.to_vec();
        lots.order_group(&mut block, &group.clubs);
        return block;
    }
    if criterion == Criterion::ReapplyHeadToHead {
        return match concerned {
            Some(before) if before.len() > block.len() => {
                slow_separate(playbook, group, played, block, 0, None, lots, drawn)
            }
            _ => slow_separate(
                playbook,
                group,
                played,
                block,
                step + 1,
                concerned,
                lots,
                drawn,
            ),
        };
    }
    let everybody: Vec<u8> = (0..group.clubs.len() as u8).collect();
    let (between, concerned) = if criterion.is_head_to_head() {
        let between = concerned.unwrap_or_else(|| block.to_vec());
        (between.clone(), Some(between))
    } else {
        (everybody, concerned)
    };
    let position = match criterion {
        Criterion::HeadToHeadPoints => 0,
        Criterion::HeadToHeadGoalDifference | Criterion::GoalDifference => 1,
        Criterion::HeadToHeadGoals | Criterion::Goals => 2,
        Criterion::HeadToHeadAwayGoals | Criterion::AwayGoals => 3,
        Criterion::Wins => 4,
        _ => 5,
    };
    let mut ranked = Vec::new();
    for level in blocks(block, |club| {
        figures(playbook, played, club, &between)[position]
    }) {
        ranked.extend(if level.len() == 1 {
            level
        } else {
            slow_separate(
                playbook,
                group,
                played,
                &level,
                step + 1,
                concerned.clone(),
                lots,
                drawn,
            )
        });
    }
    ranked
}

fn slow_seeds(
    playbook: &Playbook,
    winners: &[(ClubId, [i32; 6])],
    lots: &Lots<'_>,
) -> (Vec<ClubId>, bool) {
    let list = |figures: &[i32; 6]| -> Vec<i32> {
        let looked_at = playbook
            .seeding
            .iter()
            .take_while(|c| **c != SeedingCriterion::Lots);
        looked_at
            .map(|criterion| figures[*criterion as usize])
            .collect()
    };
    let mut keyed: Vec<(Vec<i32>, ClubId)> = winners
        .iter()
        .map(|(club, figures)| (list(figures), *club))
        .collect();
    keyed.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut seeds = Vec::new();
    let mut drawn = false;
    for level in keyed.chunk_by(|one, other| one.0 == other.0) {
        let mut clubs: Vec<ClubId> = level.iter().map(|(_, club)| *club).collect();
        if clubs.len() > 1 {
            drawn = true;
            lots.order_seeds(&mut clubs, |club| club);
        }
        seeds.extend(clubs);
    }
    (seeds, drawn)
}

fn slow_tie(
    playbook: &Playbook,
    tables: &ScoreTables,
    outcome: &Outcome,
    index: usize,
    word: u64,
    key: RunKey,
    events: Events,
) -> TieOutcome {
    let tie = &playbook.ties[index];
    let round = &playbook.rounds[tie.round.index()];
    let pairings = playbook.pairing(tie.round);
    let [first, second] = tie.sides.map(|side| match side {
        Side::Seed(seed) => outcome.seeds[usize::from(seed) - 1],
        Side::Winner(tie) => outcome.ties[tie.index()].winner(),
    });
    let seed_of = |club| outcome.seeds.iter().position(|seed| *seed == club);
    let second_hosts = match tie.second_leg_host {
        SecondLegHost::Side(side) => side == 1,
        SecondLegHost::HigherSeed => seed_of(second) < seed_of(first),
    };
    let (host, guest) = if second_hosts {
        (second, first)
    } else {
        (first, second)
    };
    let part = |shift: u32, table: ScoreId, which: TiePart| {
        let bits = (word >> shift & 0xffff) as u32;
        tables.draw(table.0, bits, || key.rare(events.tie(index, which)))
    };
    let first_leg = (round.legs == 2).then(|| {
        part(
            0,
            pairings.first_leg[pairings.at(guest, host)],
            TiePart::FirstLeg,
        )
    });
    let at = pairings.at(host, guest);
    let last_leg = part(16, pairings.last_leg[at], TiePart::LastLeg);
    let host_goals = last_leg.home + first_leg.map_or(0, |leg| leg.away);
    let guest_goals = last_leg.away + first_leg.map_or(0, |leg| leg.home);
    let mut decision = host_goals.cmp(&guest_goals);
    if let Some(leg) = first_leg
        && round.away_goals
    {
        decision = decision.then(leg.away.cmp(&last_leg.away));
    }
    let mut extra_time = None;
    if decision == Ordering::Equal && round.extra_time {
        let extra = part(32, pairings.extra_time[at], TiePart::ExtraTime);
        extra_time = Some(extra);
        decision = extra.home.cmp(&extra.away);
    }
    // At an even shoot-out the lower half of the 16 bits is the host's.
    let shoot_out = (decision == Ordering::Equal).then_some(word >> 63 == 0);
    TieOutcome {
        host,
        guest,
        first_leg,
        last_leg,
        extra_time,
        shoot_out,
        host_won: decision == Ordering::Greater || shoot_out == Some(true),
    }
}
