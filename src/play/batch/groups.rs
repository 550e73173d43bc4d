//! The group stage of a batch: scorelines, records, orders and seeds, all lanes at once.

use super::plan::{CLUBS, MATCHES, Plan, narrow};
use super::{Batch, LANES, Lane, Luck, order_bits};
use crate::play::luck::MATCHES_A_WORD;
use crate::play::ranking::GroupTable;
use crate::play::score_tables::{ESCAPE, Table, decode, encode};
use crate::play::{Engine, GroupSetup};
use crate::tournament::Goals;

/// A record of 29 bits for each club of a group.
type Records = [Lane<u32>; CLUBS];

/// Plays all groups.
#[inline(always)]
pub(super) fn play(engine: &Engine, plan: &Plan, luck: &mut Luck, batch: &mut Batch) {
    let mut words = [[0; LANES]; 2];
    for (index, group) in engine.groups.iter().enumerate() {
        for position in 0..MATCHES {
            let number = group.first_match + position;
            let part = number % MATCHES_A_WORD;
            if part == 0 {
                let [low, high] = &mut words;
                luck.streams.next(low, high);
            }
            let table = engine.tables.table(group.tables[position]);
            let codes = &mut batch.codes[position];
            let half = &words[part / 2];
            let escaped = if part % 2 == 0 {
                draw::<0>(table, half, codes)
            } else {
                draw::<16>(table, half, codes)
            };
            if escaped {
                catch_escapes(engine, luck, batch, group, position);
            }
        }
        let mut records = [[0; LANES]; CLUBS];
        let mut open = [0; LANES];
        let any_open = rank(plan, index, batch, &mut records, &mut open);
        if any_open {
            settle(engine, luck, batch, index, &open);
        }
        make_keys(plan, index, batch, &records);
    }
}

/// Draws a match in every lane from 16 bits of a half word, starting at bit `SHIFT`. Says whether any draw escaped.
#[inline(always)]
fn draw<const SHIFT: u32>(table: &Table, half: &Lane<u32>, codes: &mut Lane<u32>) -> bool {
    let mut entries = [0; LANES];
    for lane in 0..LANES {
        entries[lane] = table[(half[lane] << (16 - SHIFT) >> 26) as usize];
    }
    choose::<SHIFT>(&entries, half, codes)
}

/// Chooses between the two codes of each lane's entry. Says whether any is the escape.
#[inline(always)]
pub(super) fn choose<const SHIFT: u32>(
    entries: &Lane<u32>,
    half: &Lane<u32>,
    codes: &mut Lane<u32>,
) -> bool {
    let mut escaped = 0;
    for lane in 0..LANES {
        let entry = entries[lane];
        let within = (half[lane] >> SHIFT & 1023) as i32;
        let first = within < (entry >> 16) as i32;
        let code = if first { entry & 255 } else { entry >> 8 & 255 };
        codes[lane] = code;
        escaped |= u32::from(code == u32::from(ESCAPE));
    }
    escaped != 0
}

/// Replaces the codes of draws that escaped.
#[cold]
#[inline(never)]
fn catch_escapes(
    engine: &Engine,
    luck: &Luck,
    batch: &mut Batch,
    group: &GroupSetup,
    position: usize,
) {
    let event = engine.events.group_match(group.first_match + position);
    for lane in 0..LANES {
        if batch.codes[position][lane] == u32::from(ESCAPE) {
            let goals = engine
                .tables
                .escape(group.tables[position], luck.rare(lane, event));
            match encode(goals) {
                Some(code) => batch.codes[position][lane] = u32::from(code),
                None => batch.mark_wild(lane),
            }
        }
    }
}

/// What the two matches of a pair add to the records of its clubs, and how they compare head to head.
struct PairFigures {
    first: u32,
    second: u32,
    /// Above zero if the first is ahead on head-to-head points, goal difference, away goals.
    head_to_head: i32,
}

/// The figures of a pair from the codes of its matches: with the first club at home, and with the second.
#[inline(always)]
fn pair_figures(plan: &Plan, at_home: u32, away: u32) -> PairFigures {
    let (home_1, away_1) = ((at_home >> 4) as i32, (at_home & 15) as i32);
    let (home_2, away_2) = ((away >> 4) as i32, (away & 15) as i32);
    let (margin_1, margin_2) = (home_1 - away_1, away_2 - home_2);
    let [won_1, won_2] = [margin_1 > 0, margin_2 > 0].map(u32::from);
    let [lost_1, lost_2] = [margin_1 < 0, margin_2 < 0].map(u32::from);
    let (won, lost) = (won_1 + won_2, lost_1 + lost_2);
    let draw = u32::from(plan.points.draw);
    let for_win = u32::from(plan.points.win).wrapping_sub(draw) << narrow::POINTS;
    let for_loss = u32::from(plan.points.loss).wrapping_sub(draw) << narrow::POINTS;
    let difference = margin_1 + margin_2;
    // What differs in sign is added modulo 2^32: borrows are paid back in the sum.
    let figures = |won: u32, lost: u32, difference: i32, goals: i32, away: i32, away_won: u32| {
        (2 * draw << narrow::POINTS)
            .wrapping_add(for_win.wrapping_add(1 << narrow::WINS).wrapping_mul(won))
            .wrapping_add(for_loss.wrapping_mul(lost))
            .wrapping_add((difference << narrow::DIFFERENCE) as u32)
            .wrapping_add((goals << narrow::GOALS) as u32)
            .wrapping_add((away << narrow::AWAY_GOALS) as u32)
            .wrapping_add(away_won << narrow::AWAY_WINS)
    };
    PairFigures {
        first: figures(won, lost, difference, home_1 + away_2, away_2, won_2),
        second: figures(lost, won, -difference, away_1 + home_2, away_1, lost_1),
        head_to_head: ((won as i32 - lost as i32) << 16) + (difference << 8) + away_2 - away_1,
    }
}

/// Ranks a group in every lane. Sets `open` where lots or other tiebreakers than the standard ones
/// have to decide, and says whether that is so anywhere.
#[inline(always)]
fn rank(
    plan: &Plan,
    index: usize,
    batch: &mut Batch,
    records: &mut Records,
    open: &mut Lane<u32>,
) -> bool {
    let [pair_01, pair_02, pair_12] = plan.groups[index].pairs;
    let codes = &batch.codes;
    let [codes_01, codes_10] = [&codes[pair_01.0], &codes[pair_01.1]];
    let [codes_02, codes_20] = [&codes[pair_02.0], &codes[pair_02.1]];
    let [codes_12, codes_21] = [&codes[pair_12.0], &codes[pair_12.1]];
    let [records_0, records_1, records_2] = records;
    let orders = &mut batch.orders[index];
    let standard = plan.standard_tiebreakers;
    let start = narrow::ZERO_DIFFERENCE << narrow::DIFFERENCE;
    let mut any_open = 0;
    for lane in 0..LANES {
        let one = pair_figures(plan, codes_01[lane], codes_10[lane]);
        let two = pair_figures(plan, codes_02[lane], codes_20[lane]);
        let three = pair_figures(plan, codes_12[lane], codes_21[lane]);
        let record_0 = start.wrapping_add(one.first).wrapping_add(two.first);
        let record_1 = start.wrapping_add(one.second).wrapping_add(three.first);
        let record_2 = start.wrapping_add(two.second).wrapping_add(three.second);
        records_0[lane] = record_0;
        records_1[lane] = record_1;
        records_2[lane] = record_2;
        let points = [record_0, record_1, record_2].map(|record| record >> narrow::POINTS);
        let all_level = points[0] == points[1] && points[1] == points[2];
        // Among three level clubs head-to-head counts all matches: goal difference, then away goals.
        let three_way = [record_0, record_1, record_2].map(|record| {
            let difference = record >> narrow::DIFFERENCE & 127;
            (difference << 5 | (record >> narrow::AWAY_GOALS & 31)) as i32
        });
        // Points, goal difference, goals and away goals: what all matches say.
        let overall =
            [record_0, record_1, record_2].map(|record| (record >> narrow::AWAY_GOALS) as i32);
        let lead = |a: usize, b: usize, other: usize, head_to_head: i32| {
            let level = points[a] == points[b];
            let by_three = three_way[a] - three_way[b];
            let pair_counts = !all_level | (three_way[other] != three_way[a]);
            let by_pair = if pair_counts { head_to_head } else { 0 };
            let by_rules = if all_level & (by_three != 0) {
                by_three
            } else {
                by_pair
            };
            if level & (by_rules != 0) {
                by_rules
            } else {
                overall[a] - overall[b]
            }
        };
        let lead_01 = lead(0, 1, 2, one.head_to_head);
        let lead_02 = lead(0, 2, 1, two.head_to_head);
        let lead_12 = lead(1, 2, 0, three.head_to_head);
        orders[lane] = u32::from(lead_01 > 0) * order_bits::ZERO_ONE
            + u32::from(lead_02 > 0) * order_bits::ZERO_TWO
            + u32::from(lead_12 > 0) * order_bits::ONE_TWO;
        let undecided = (lead_01 == 0) | (lead_02 == 0) | (lead_12 == 0);
        let level = (points[0] == points[1]) | (points[0] == points[2]) | (points[1] == points[2]);
        let is_open = u32::from(undecided | (level & !standard));
        open[lane] = is_open;
        any_open |= is_open;
    }
    any_open != 0
}

/// Ranks a group as the slower engine does, in the lanes that are open.
#[cold]
#[inline(never)]
fn settle(engine: &Engine, luck: &Luck, batch: &mut Batch, index: usize, open: &Lane<u32>) {
    let group = &engine.groups[index];
    for lane in (0..LANES).filter(|lane| open[*lane] != 0) {
        let mut goals = [Goals { home: 0, away: 0 }; MATCHES];
        for (goals, codes) in goals.iter_mut().zip(&batch.codes) {
            *goals = decode(codes[lane] as u8);
        }
        let records = engine.records(group, &goals);
        let table = GroupTable {
            clubs: &group.clubs,
            matches: &group.matches,
            goals: &goals,
            records: &records,
            layout: &engine.layout,
            tiebreakers: &engine.tiebreakers,
        };
        let mut order = [0; CLUBS];
        table.rank(&mut order, &luck.lots(engine, lane));
        batch.orders[index][lane] = order_bits::of(&order);
    }
}

/// Makes the keys by which the winners of a group are seeded.
#[inline(always)]
fn make_keys(plan: &Plan, index: usize, batch: &mut Batch, records: &Records) {
    let [records_0, records_1, records_2] = records;
    let orders = &batch.orders[index];
    let mut winning = [0; LANES];
    let mut position = [0; LANES];
    for lane in 0..LANES {
        let bits = orders[lane];
        let zero = bits & (order_bits::ZERO_ONE | order_bits::ZERO_TWO)
            == order_bits::ZERO_ONE | order_bits::ZERO_TWO;
        let one = bits & (order_bits::ZERO_ONE | order_bits::ONE_TWO) == order_bits::ONE_TWO;
        let not_zero = if one {
            records_1[lane]
        } else {
            records_2[lane]
        };
        winning[lane] = if zero { records_0[lane] } else { not_zero };
        let local = if one { 1 } else { 2 };
        position[lane] = (index * CLUBS) as u32 + if zero { 0 } else { local };
    }
    if let Some(fields) = &plan.seeding {
        for record in &mut winning {
            let from = *record;
            *record = fields.iter().fold(0, |key, (shift, width, to)| {
                key | (from >> shift & ((1 << width) - 1)) << to
            });
        }
    }
    let keys = &mut batch.keys[index];
    for lane in 0..LANES {
        keys[lane] = i64::from(winning[lane]) << 8 | i64::from(position[lane]);
    }
}

/// Seeds the group winners in every lane.
#[inline(always)]
pub(super) fn seed(engine: &Engine, plan: &Plan, luck: &Luck, batch: &mut Batch) {
    for (one, other) in &plan.network {
        let (one, other) = (usize::from(*one), usize::from(*other));
        let (before, after) = batch.keys.split_at_mut(other);
        let (high, low) = (&mut before[one], &mut after[0]);
        for lane in 0..LANES {
            let (a, b) = (high[lane], low[lane]);
            let swap = b > a;
            high[lane] = if swap { b } else { a };
            low[lane] = if swap { a } else { b };
        }
    }
    for (seeds, keys) in batch.seeds.iter_mut().zip(&batch.keys) {
        for lane in 0..LANES {
            seeds[lane] = keys[lane] as u32 & 255;
        }
    }
    let mut level = [0; LANES];
    let mut any_level = 0;
    for pair in batch.keys.windows(2) {
        for lane in 0..LANES {
            let equal = u32::from(pair[0][lane] >> 8 == pair[1][lane] >> 8);
            level[lane] |= equal;
            any_level |= equal;
        }
    }
    if any_level != 0 {
        draw_lots(engine, plan, luck, batch, &level);
    }
}

/// Draws lots among winners with equal records.
#[cold]
#[inline(never)]
fn draw_lots(engine: &Engine, plan: &Plan, luck: &Luck, batch: &mut Batch, level: &Lane<u32>) {
    let mut block = Vec::with_capacity(plan.groups.len());
    for lane in (0..LANES).filter(|lane| level[*lane] != 0) {
        let lots = luck.lots(engine, lane);
        let figures = |seed: usize| batch.keys[seed][lane] >> 8;
        let mut start = 0;
        while start < plan.groups.len() {
            let mut end = start + 1;
            while end < plan.groups.len() && figures(end) == figures(start) {
                end += 1;
            }
            if end - start > 1 {
                let position = |seed: usize| batch.seeds[seed][lane] as usize;
                block.clear();
                block.extend(
                    (start..end).map(|seed| (plan.clubs[position(seed)], position(seed) as u32)),
                );
                lots.order_seeds(&mut block, |(club, _)| club);
                for (seed, (_, position)) in (start..end).zip(&block) {
                    batch.seeds[seed][lane] = *position;
                }
            }
            start = end;
        }
    }
}
