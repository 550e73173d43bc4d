//! The knockout stage of a batch: tie by tie, all lanes at once.

use super::groups::choose;
use super::plan::{Plan, RoundPlan};
use super::{Batch, LANES, Lane, Luck, blend};
use crate::play::Engine;
use crate::play::luck::TiePart;
use crate::play::score_tables::{ESCAPE, decode, encode};
use crate::play::ties::{Host, Source, shoot_out};
use crate::tournament::Goals;

/// The two sides of a tie, in every lane.
struct Sides {
    host: Lane<u32>,
    guest: Lane<u32>,
    host_seed: Lane<u32>,
    guest_seed: Lane<u32>,
}

/// Plays all ties.
#[inline(always)]
pub(super) fn play(engine: &Engine, plan: &Plan, luck: &mut Luck, batch: &mut Batch) {
    let mut words = [[[0; LANES]; 2]; WORDS_AT_ONCE];
    for index in 0..plan.ties.len() {
        if index % WORDS_AT_ONCE == 0 {
            luck.streams.next(&mut words);
        }
        let [low, high] = &words[index % WORDS_AT_ONCE];
        play_tie(engine, plan, luck, batch, index, low, high);
    }
}

/// How many words of luck are drawn at once; those left over after the final are of no use.
const WORDS_AT_ONCE: usize = 4;

/// Finds the club and the seed of a source in every lane.
#[inline(always)]
fn find(batch: &Batch, source: Source, clubs: &mut Lane<u32>, seeds: &mut Lane<u32>) {
    match source {
        Source::Seed(seed) => {
            *clubs = batch.seeds[seed];
            *seeds = [seed as u32; LANES];
        }
        Source::Winner(tie) => {
            *clubs = batch.winners[tie];
            *seeds = batch.winner_seeds[tie];
        }
    }
}

/// Who is at home in the last leg, and who is the guest.
#[inline(always)]
fn sides(plan: &Plan, batch: &Batch, index: usize) -> Sides {
    let tie = plan.ties[index];
    let mut sides = Sides {
        host: [0; LANES],
        guest: [0; LANES],
        host_seed: [0; LANES],
        guest_seed: [0; LANES],
    };
    let [first, second] = match tie.host {
        Host::Second => [tie.sides[1], tie.sides[0]],
        Host::First | Host::HigherSeed => tie.sides,
    };
    find(batch, first, &mut sides.host, &mut sides.host_seed);
    find(batch, second, &mut sides.guest, &mut sides.guest_seed);
    if tie.host == Host::HigherSeed {
        for lane in 0..LANES {
            let (host, guest) = (sides.host[lane], sides.guest[lane]);
            let (host_seed, guest_seed) = (sides.host_seed[lane], sides.guest_seed[lane]);
            let swap = guest_seed < host_seed;
            sides.host[lane] = blend(swap, guest, host);
            sides.guest[lane] = blend(swap, host, guest);
            sides.host_seed[lane] = blend(swap, guest_seed, host_seed);
            sides.guest_seed[lane] = blend(swap, host_seed, guest_seed);
        }
    }
    sides
}

/// Plays one tie.
#[inline(always)]
fn play_tie(
    engine: &Engine,
    plan: &Plan,
    luck: &Luck,
    batch: &mut Batch,
    index: usize,
    low: &Lane<u32>,
    high: &Lane<u32>,
) {
    let round = &plan.rounds[plan.ties[index].round];
    let sides = sides(plan, batch, index);
    let mut pairing = [0; LANES];
    let mut first_codes = [0; LANES];
    if round.two_legs {
        for lane in 0..LANES {
            pairing[lane] = sides.guest[lane] << round.row_bits | sides.host[lane];
        }
        let part = TiePart::FirstLeg;
        let escaped = draw::<0>(engine, &round.first_leg, &pairing, low, &mut first_codes);
        if escaped {
            catch_escapes(
                engine,
                luck,
                batch,
                index,
                part,
                &round.first_leg,
                &pairing,
                &mut first_codes,
            );
        }
    }
    for lane in 0..LANES {
        pairing[lane] = sides.host[lane] << round.row_bits | sides.guest[lane];
    }
    let mut last_codes = [0; LANES];
    let part = TiePart::LastLeg;
    if draw::<16>(engine, &round.last_leg, &pairing, low, &mut last_codes) {
        catch_escapes(
            engine,
            luck,
            batch,
            index,
            part,
            &round.last_leg,
            &pairing,
            &mut last_codes,
        );
    }
    if let Some(kept) = &mut batch.kept {
        let legs = [&first_codes, &last_codes];
        kept.keep_tie(index, [&sides.host, &sides.guest], legs);
    }
    let mut lead = [0; LANES];
    for lane in 0..LANES {
        let (first, last) = (first_codes[lane] as i32, last_codes[lane] as i32);
        let (guest_home, host_away) = (first >> 4, first & 15);
        let (host_home, guest_away) = (last >> 4, last & 15);
        let aggregate = host_home + host_away - guest_home - guest_away;
        let away = if round.two_legs & round.away_goals {
            host_away - guest_away
        } else {
            0
        };
        // Away goals count less than any goal of the aggregate: they are at most 15.
        lead[lane] = aggregate * 16 + away;
    }
    for lane in lanes_at_zero(&lead) {
        let beyond = beyond_ninety(
            engine,
            luck,
            round,
            index,
            lane,
            high[lane],
            pairing[lane] as usize,
        );
        lead[lane] = beyond.lead();
        if let Some(kept) = &mut batch.kept {
            kept.keep_beyond(index, lane, beyond.extra_time, beyond.shoot_out);
        }
    }
    let winners = &mut batch.winners[index];
    let seeds = &mut batch.winner_seeds[index];
    for lane in 0..LANES {
        let won = lead[lane] > 0;
        let (host, guest) = (sides.host[lane], sides.guest[lane]);
        let (host_seed, guest_seed) = (sides.host_seed[lane], sides.guest_seed[lane]);
        winners[lane] = blend(won, host, guest);
        seeds[lane] = blend(won, host_seed, guest_seed);
    }
}

/// The lanes in which a value is zero, lowest first.
#[inline(always)]
fn lanes_at_zero(values: &Lane<i32>) -> impl Iterator<Item = usize> + use<> {
    let mut flags = [0u8; LANES];
    for lane in 0..LANES {
        flags[lane] = u8::from(values[lane] == 0);
    }
    let mut mask = 0u64;
    for (chunk, bytes) in flags.as_chunks::<8>().0.iter().enumerate() {
        // The product moves the lowest bit of each byte to its own bit of the topmost byte.
        let bits = u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= bits << (8 * chunk);
    }
    std::iter::from_fn(move || {
        let lane = mask.trailing_zeros() as usize;
        mask &= mask.wrapping_sub(1);
        (lane < LANES).then_some(lane)
    })
}

/// Draws a leg in every lane from the 16 bits at `SHIFT`. Says whether any draw escaped.
#[inline(always)]
fn draw<const SHIFT: u32>(
    engine: &Engine,
    tables: &[u32],
    pairing: &Lane<u32>,
    half: &Lane<u32>,
    codes: &mut Lane<u32>,
) -> bool {
    for lane in 0..LANES {
        let table = engine.tables.table(tables[pairing[lane] as usize]);
        codes[lane] = table[(half[lane] << (16 - SHIFT) >> 26) as usize];
    }
    choose::<SHIFT>(half, codes)
}

/// Replaces the codes of draws that escaped.
#[cold]
#[inline(never)]
#[expect(
    clippy::too_many_arguments,
    reason = "a rare path cut out of a long function"
)]
fn catch_escapes(
    engine: &Engine,
    luck: &Luck,
    batch: &mut Batch,
    tie: usize,
    part: TiePart,
    tables: &[u32],
    pairing: &Lane<u32>,
    codes: &mut Lane<u32>,
) {
    let event = engine.events.tie(tie, part);
    for lane in 0..LANES {
        if codes[lane] == u32::from(ESCAPE) {
            let table = tables[pairing[lane] as usize];
            match encode(engine.tables.escape(table, luck.rare(lane, event))) {
                Some(code) => codes[lane] = u32::from(code),
                None => batch.mark_wild(lane),
            }
        }
    }
}

/// What came after the 90 minutes of the last leg.
struct Beyond {
    extra_time: Option<Goals>,
    shoot_out: Option<bool>,
}

impl Beyond {
    /// Above zero if the host wins.
    #[inline(always)]
    fn lead(&self) -> i32 {
        match (self.shoot_out, self.extra_time) {
            (Some(true), _) => 1,
            (Some(false), _) => -1,
            (None, extra_time) => extra_time.map_or(0, Goals::margin),
        }
    }
}

/// Extra time and shoot-out in one lane.
#[inline(always)]
fn beyond_ninety(
    engine: &Engine,
    luck: &Luck,
    round: &RoundPlan,
    tie: usize,
    lane: usize,
    high: u32,
    pairing: usize,
) -> Beyond {
    let mut extra_time = None;
    if round.extra_time {
        let code = engine
            .tables
            .code(round.extra_goals[pairing], high & 0xffff);
        let goals = if code == ESCAPE {
            let rare = luck.rare(lane, engine.events.tie(tie, TiePart::ExtraTime));
            engine.tables.escape(round.extra_goals[pairing], rare)
        } else {
            decode(code)
        };
        if goals.margin() != 0 {
            return Beyond {
                extra_time: Some(goals),
                shoot_out: None,
            };
        }
        extra_time = Some(goals);
    }
    let host_won = shoot_out(round.shoot_out[pairing], high >> 16, || {
        luck.rare(lane, engine.events.tie(tie, TiePart::ShootOut))
    });
    Beyond {
        extra_time,
        shoot_out: Some(host_won),
    }
}
