//! The group stage of a batch: scorelines, records and orders, all lanes at once.

use super::plan::{CLUBS, MATCHES, Plan, narrow};
use super::{Batch, LANES, Lane, Luck, order_bits, seeding};
use crate::instructions::Vectors;
use crate::play::luck::MATCHES_A_WORD;
use crate::play::ranking::GroupTable;
use crate::play::score_tables::{ESCAPE, Table, decode, encode};
use crate::play::{Engine, GroupSetup};
use crate::tournament::Goals;

/// A narrow record for each club of a group.
pub(super) type Records = [Lane<u32>; CLUBS];

/// Plays all groups, two at a time: their twelve matches use three words of luck.
#[inline(always)]
pub(super) fn play(
    vectors: impl Vectors,
    engine: &Engine,
    plan: &Plan,
    luck: &mut Luck,
    batch: &mut Batch,
) {
    let mut words = [[[0; LANES]; 2]; 2 * MATCHES / MATCHES_A_WORD];
    for (pair, groups) in engine.groups.as_chunks::<2>().0.iter().enumerate() {
        luck.streams.next(&mut words);
        // All loads come first: a vector that is read soon after its lanes were written has to wait for them.
        for (member, group) in groups.iter().enumerate() {
            for position in 0..MATCHES {
                let table = engine.tables.table(group.tables[position]);
                let (half, upper) = luck_of(member, position);
                let entries = &mut batch.codes[member][position];
                if upper {
                    look_up::<16>(vectors, table, &words[half.0][half.1], entries);
                } else {
                    look_up::<0>(vectors, table, &words[half.0][half.1], entries);
                }
            }
        }
        for (member, group) in groups.iter().enumerate() {
            for position in 0..MATCHES {
                let (half, upper) = luck_of(member, position);
                let codes = &mut batch.codes[member][position];
                let escaped = if upper {
                    choose::<16>(&words[half.0][half.1], codes)
                } else {
                    choose::<0>(&words[half.0][half.1], codes)
                };
                if escaped {
                    catch_escapes(engine, luck, batch, group, [member, position]);
                }
            }
            let index = 2 * pair + member;
            let mut records = [[0; LANES]; CLUBS];
            let mut open = [0; LANES];
            let any_open = rank(plan, index, batch, &mut records, &mut open);
            if any_open {
                settle(engine, luck, batch, index, &open);
            }
            seeding::make_keys(plan, index, batch, &records);
            if let Some(kept) = &mut batch.kept {
                kept.keep_group(index, &batch.codes[member]);
            }
        }
    }
}

/// Where a match of two groups finds its luck: the word and its half, and whether it is the upper 16 bits of that half.
#[inline(always)]
fn luck_of(member: usize, position: usize) -> ((usize, usize), bool) {
    let number = member * MATCHES + position;
    let part = number % MATCHES_A_WORD;
    ((number / MATCHES_A_WORD, part / 2), part % 2 == 1)
}

/// Loads the entry of a table in every lane by the 16 bits at `SHIFT`.
#[inline(always)]
fn look_up<const SHIFT: u32>(
    vectors: impl Vectors,
    table: &Table,
    half: &Lane<u32>,
    entries: &mut Lane<u32>,
) {
    for lane in 0..LANES {
        entries[lane] = half[lane] << (16 - SHIFT) >> 26;
    }
    vectors.look_up(table, entries);
}

/// Turns each lane's entry into one of its two codes. Says whether any is the escape.
#[inline(always)]
pub(super) fn choose<const SHIFT: u32>(half: &Lane<u32>, codes: &mut Lane<u32>) -> bool {
    let mut largest = 0;
    for lane in 0..LANES {
        let entry = codes[lane];
        let within = (half[lane] >> SHIFT & 1023) as i32;
        let other = within >= (entry >> 16) as i32;
        let code = entry >> (8 * u32::from(other)) & 255;
        codes[lane] = code;
        largest = code.max(largest);
    }
    // The escape is the largest code there is.
    largest == u32::from(ESCAPE)
}

/// Replaces the codes of draws that escaped.
#[cold]
#[inline(never)]
fn catch_escapes(
    engine: &Engine,
    luck: &Luck,
    batch: &mut Batch,
    group: &GroupSetup,
    [member, position]: [usize; 2],
) {
    let event = engine.events.group_match(group.first_match + position);
    for lane in 0..LANES {
        if batch.codes[member][position][lane] == u32::from(ESCAPE) {
            let goals = engine
                .tables
                .escape(group.tables[position], luck.rare(lane, event));
            match encode(goals) {
                Some(code) => batch.codes[member][position][lane] = u32::from(code),
                None => batch.mark_wild(lane),
            }
        }
    }
}

/// What the two matches of a pair add to the records of its clubs, and how they compare head to head.
struct PairFigures {
    first: i32,
    second: i32,
    /// Above zero if the first is ahead on head-to-head points, goal difference, away goals.
    head_to_head: i32,
}

/// The figures of a pair from the codes of its matches: with the first club at home, and with the second.
#[inline(always)]
fn pair_figures(plan: &Plan, at_home: u32, away: u32) -> PairFigures {
    let (home_1, away_1) = ((at_home >> 4) as i32, (at_home & 15) as i32);
    let (home_2, away_2) = ((away >> 4) as i32, (away & 15) as i32);
    let (margin_1, margin_2) = (home_1 - away_1, away_2 - home_2);
    let mask = |yes: bool| -i32::from(yes);
    let (won_1, won_2) = (mask(margin_1 > 0), mask(margin_2 > 0));
    let (lost_1, lost_2) = (mask(margin_1 < 0), mask(margin_2 < 0));
    let draw = i32::from(plan.points.draw);
    let win = ((i32::from(plan.points.win) - draw) << narrow::POINTS) + (1 << narrow::WINS);
    let away_win = win + (1 << narrow::AWAY_WINS);
    let loss = (i32::from(plan.points.loss) - draw) << narrow::POINTS;
    let two_draws = (2 * draw) << narrow::POINTS;
    let difference = margin_1 + margin_2;
    let shifted = difference << narrow::DIFFERENCE;
    // Sums stay below 2^31, and what is below zero on the way is so for good.
    let first = two_draws
        + (won_1 & win)
        + (won_2 & away_win)
        + ((lost_1 & loss) + (lost_2 & loss))
        + shifted
        + ((home_1 + away_2) << narrow::GOALS)
        + (away_2 << narrow::AWAY_GOALS);
    let second =
        two_draws + (lost_1 & away_win) + (lost_2 & win) + ((won_1 & loss) + (won_2 & loss))
            - shifted
            + ((away_1 + home_2) << narrow::GOALS)
            + (away_1 << narrow::AWAY_GOALS);
    let more_won = lost_1 + lost_2 - won_1 - won_2;
    PairFigures {
        first,
        second,
        head_to_head: (more_won << 16) + (difference << 8) + away_2 - away_1,
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
    let codes = &batch.codes[index % 2];
    let [codes_01, codes_10] = [&codes[pair_01.0], &codes[pair_01.1]];
    let [codes_02, codes_20] = [&codes[pair_02.0], &codes[pair_02.1]];
    let [codes_12, codes_21] = [&codes[pair_12.0], &codes[pair_12.1]];
    let [records_0, records_1, records_2] = records;
    let orders = &mut batch.orders[index];
    let standard = plan.standard_tiebreakers;
    let start = (narrow::ZERO_DIFFERENCE << narrow::DIFFERENCE) as i32;
    let mut any_open = 0;
    for lane in 0..LANES {
        let one = pair_figures(plan, codes_01[lane], codes_10[lane]);
        let two = pair_figures(plan, codes_02[lane], codes_20[lane]);
        let three = pair_figures(plan, codes_12[lane], codes_21[lane]);
        let members = [
            start + one.first + two.first,
            start + one.second + three.first,
            start + two.second + three.second,
        ];
        let [record_0, record_1, record_2] = members;
        records_0[lane] = record_0 as u32;
        records_1[lane] = record_1 as u32;
        records_2[lane] = record_2 as u32;
        let points = members.map(|record| record >> narrow::POINTS);
        let all_level = (points[0] == points[1]) & (points[1] == points[2]);
        // Among three level clubs head-to-head counts all matches: goal difference, then away goals.
        let three_way = members.map(|record| record & narrow::THREE_WAY);
        // Points, goal difference, goals and away goals: what all matches say.
        let overall = members.map(|record| record >> narrow::AWAY_GOALS);
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
        for (goals, codes) in goals.iter_mut().zip(&batch.codes[index % 2]) {
            *goals = decode(codes[lane] as u8);
        }
        let records = engine.records(group, &goals);
        let table = GroupTable {
            clubs: &group.clubs,
            matches: &group.matches,
            struck: 0,
            goals: &goals,
            records: &records,
            layout: &engine.layout,
            tiebreakers: &engine.tiebreakers,
        };
        let mut order = [0; CLUBS];
        let lots = table.rank(&mut order, &luck.lots(engine, lane));
        batch.orders[index][lane] = order_bits::of(&order);
        if let Some(kept) = batch.kept.as_mut().filter(|_| lots) {
            kept.keep_group_lots(index, lane);
        }
    }
}
