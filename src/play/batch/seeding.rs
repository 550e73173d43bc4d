//! The seeding of a batch: the group winners of every lane, sorted by their records.

use super::groups::Records;
use super::plan::{CLUBS, Plan};
use super::{Batch, LANES, Lane, Luck, blend, order_bits};
use crate::play::Engine;

/// Bits of a short key below the record: three for the group, two for the club in it.
const SHORT: u32 = 5;

/// Bits of a long key below the record: the position counted over all groups.
const LONG: u32 = 8;

/// Makes the keys by which the winners of a group are seeded.
#[inline(always)]
pub(super) fn make_keys(plan: &Plan, index: usize, batch: &mut Batch, records: &Records) {
    let [records_0, records_1, records_2] = records;
    let orders = &batch.orders[index];
    let mut winning = [0; LANES];
    let mut local = [0; LANES];
    for lane in 0..LANES {
        let bits = orders[lane];
        let zero = bits & (order_bits::ZERO_ONE | order_bits::ZERO_TWO)
            == order_bits::ZERO_ONE | order_bits::ZERO_TWO;
        let one = bits & (order_bits::ZERO_ONE | order_bits::ONE_TWO) == order_bits::ONE_TWO;
        let (record_0, record_1, record_2) = (records_0[lane], records_1[lane], records_2[lane]);
        winning[lane] = blend(zero, record_0, blend(one, record_1, record_2));
        // Club 2, less two for club 0 and less one for club 1.
        local[lane] = 2 - 2 * u32::from(zero) - u32::from(one);
    }
    if let Some(fields) = &plan.seeding {
        for record in &mut winning {
            let from = *record;
            *record = fields.iter().fold(0, |key, (shift, width, to)| {
                key | (from >> shift & ((1 << width) - 1)) << to
            });
        }
    }
    if plan.short_keys {
        let keys = &mut batch.short_keys[index];
        for lane in 0..LANES {
            keys[lane] = winning[lane] << SHORT | (index as u32) << 2 | local[lane];
        }
    } else {
        let keys = &mut batch.long_keys[index];
        for lane in 0..LANES {
            let position = (index * CLUBS) as u32 + local[lane];
            keys[lane] = i64::from(winning[lane]) << LONG | i64::from(position);
        }
    }
}

/// Seeds the group winners in every lane.
#[inline(always)]
pub(super) fn play(engine: &Engine, plan: &Plan, luck: &Luck, batch: &mut Batch) {
    let mut level = [0; LANES];
    if plan.short_keys {
        sort(plan, &mut batch.short_keys);
        for (seeds, keys) in batch.seeds.iter_mut().zip(&batch.short_keys) {
            for lane in 0..LANES {
                let key = keys[lane];
                seeds[lane] = (key >> 2 & 7) * CLUBS as u32 + (key & 3);
            }
        }
        find_level(&batch.short_keys, |key| key >> SHORT, &mut level);
    } else {
        sort(plan, &mut batch.long_keys);
        for (seeds, keys) in batch.seeds.iter_mut().zip(&batch.long_keys) {
            for lane in 0..LANES {
                seeds[lane] = keys[lane] as u32 & 255;
            }
        }
        find_level(&batch.long_keys, |key| key >> LONG, &mut level);
    }
    if level.iter().fold(0, |any, one| any | one) != 0 {
        draw_lots(engine, plan, luck, batch, &level);
    }
}

/// Sorts the keys of every lane, the largest first.
#[inline(always)]
fn sort<K: Copy + Ord>(plan: &Plan, keys: &mut [Lane<K>]) {
    for (one, other) in &plan.network {
        let (one, other) = (usize::from(*one), usize::from(*other));
        let (before, after) = keys.split_at_mut(other);
        let (high, low) = (&mut before[one], &mut after[0]);
        for lane in 0..LANES {
            let (a, b) = (high[lane], low[lane]);
            high[lane] = a.max(b);
            low[lane] = a.min(b);
        }
    }
}

/// Marks the lanes in which two neighbouring seeds have the same record.
#[inline(always)]
fn find_level<K: Copy + Eq>(keys: &[Lane<K>], record: impl Fn(K) -> K, level: &mut Lane<u32>) {
    for pair in keys.windows(2) {
        for lane in 0..LANES {
            level[lane] |= u32::from(record(pair[0][lane]) == record(pair[1][lane]));
        }
    }
}

/// Draws lots among winners with equal records.
#[cold]
#[inline(never)]
fn draw_lots(engine: &Engine, plan: &Plan, luck: &Luck, batch: &mut Batch, level: &Lane<u32>) {
    let mut block = Vec::with_capacity(plan.groups.len());
    for lane in (0..LANES).filter(|lane| level[*lane] != 0) {
        let lots = luck.lots(engine, lane);
        if let Some(kept) = &mut batch.kept {
            kept.keep_seeding_lots(lane);
        }
        let figures = |seed: usize| {
            if plan.short_keys {
                i64::from(batch.short_keys[seed][lane] >> SHORT)
            } else {
                batch.long_keys[seed][lane] >> LONG
            }
        };
        let mut start = 0;
        while start < plan.groups.len() {
            let mut end = start + 1;
            while end < plan.groups.len() && figures(end) == figures(start) {
                end += 1;
            }
            if end - start > 1 {
                block.clear();
                block.extend((start..end).map(|seed| {
                    let position = batch.seeds[seed][lane];
                    (plan.clubs[position as usize], position)
                }));
                lots.order_seeds(&mut block, |(club, _)| club);
                for (seed, (_, position)) in (start..end).zip(&block) {
                    batch.seeds[seed][lane] = *position;
                }
            }
            start = end;
        }
    }
}
