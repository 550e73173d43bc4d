//! The draw of the groups: each group's winner and its record, sorted into seeds in 64 runs side by side.
//!
//! A record has up to six figures, and a million records are possible at the start: far too many for tables that stay in the
//! cache. The tables know only its first figures; where two winners are level on these (one run in ten at the start), their
//! full records are drawn too, given what is known of them, and lots if those are level as well.

use super::alias::{Alias, KEY_BITS};
use super::network::merge_exchange;
use super::run::{LANES, Lane};
use crate::exact::GroupStage;
use crate::exact::record::Record;
use crate::rng::{LaneStreams, RunKey};
use std::cmp::Reverse;

/// The most entries a group's table should have: at eight bytes each the tables of eight groups stay in a second-level
/// cache of a megabyte.
const MOST_ENTRIES: usize = 1 << 14;

/// The most ranks that keys of the tables can tell apart.
const MOST_RANKS: usize = 1 << (KEY_BITS - LOCAL);

/// Bits of a [`GroupDraw::rest`] that hold the figures the tables do not know: at most four.
const REST: u32 = 4 * Record::BITS;

/// Bits of a drawn key below the rank of the record: the club's position in its group.
const LOCAL: u32 = 2;

/// Bits of a sorted key below the rank of the record: the position of the club, counted over all groups.
const POSITION: u32 = 8;

/// How the groups are drawn.
#[derive(Debug, Clone)]
pub(super) struct GroupDraw {
    tables: Vec<Alias>,
    /// How many different first figures there are.
    ranks: usize,
    /// The bits of a record that the tables do not know.
    hidden: u32,
    /// `[position * ranks + rank]`: where the records of a club with these first figures begin in `rest`.
    first: Vec<u32>,
    /// The figures that the tables do not know in the lowest [`REST`] bits, and above them the probability, given the
    /// first figures, of this record and those before it, in units of 2^-24; all bits are set in the last.
    rest: Vec<u64>,
    /// By position, where real lots put the club.
    lots: Vec<Option<u16>>,
    network: Vec<(usize, usize)>,
}

impl GroupDraw {
    /// The draw of a solved group stage of at most 64 groups; `lots` are those of each club.
    pub(super) fn new(stage: &GroupStage, lots: &[Option<u16>]) -> Self {
        Self::with_entries(stage, lots, MOST_ENTRIES)
    }

    /// The same with so many entries a table at most, as far as that is possible.
    pub(super) fn with_entries(stage: &GroupStage, lots: &[Option<u16>], most: usize) -> Self {
        let winners = || stage.groups.iter().flat_map(|group| &group.winners);
        let (hidden, ranks) = ranks(&winners().map(Vec::as_slice), most * stage.groups.len());
        let mut first = vec![0; winners().count() * ranks.len()];
        let mut rest = Vec::new();
        let mut weighted = vec![Vec::new(); stage.groups.len()];
        for (position, records) in winners().enumerate() {
            let (group, local) = (position / 3, position % 3);
            let mut rank = ranks.len();
            for same in alike(records, hidden) {
                // Both lists go from the best to the worst.
                while rank > 0 && ranks[rank - 1] >= same[0].0.0 >> hidden {
                    rank -= 1;
                }
                let mass: f64 = same.iter().map(|(_, mass)| mass).sum();
                weighted[group].push(((rank as u32) << LOCAL | local as u32, mass));
                if hidden > 0 {
                    first[position * ranks.len() + rank] = rest.len() as u32;
                    add_rest(same, mass, hidden, &mut rest);
                }
            }
        }
        let clubs = stage.groups.iter().flat_map(|group| group.clubs);
        Self {
            tables: weighted.iter().map(|list| Alias::new(list)).collect(),
            ranks: ranks.len(),
            hidden,
            first,
            rest,
            lots: clubs.map(|club| lots[club.index()]).collect(),
            network: merge_exchange(stage.groups.len()),
        }
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.tables.len()
    }

    /// Draws the winner of every group in every lane and puts the positions of the winners in the order of their seeds.
    /// `key_of` tells the key of the run in a lane, for luck that is seldom needed.
    #[inline(always)]
    pub(super) fn draw(
        &self,
        streams: &mut LaneStreams<LANES>,
        seeds: &mut [Lane<u32>],
        key_of: impl Fn(usize) -> RunKey,
    ) {
        let mut words = [[[0; LANES]; 2]; 4];
        for (four, tables) in self.tables.chunks(4).enumerate() {
            streams.next(&mut words);
            for (place, table) in tables.iter().enumerate() {
                let group = four * 4 + place;
                let keys = &mut seeds[group];
                let [which, luck] = &words[place];
                table.draw(which, luck, keys);
                for key in keys {
                    let local = *key & ((1 << LOCAL) - 1);
                    *key = *key >> LOCAL << POSITION | (group as u32 * 3 + local);
                }
            }
        }
        for (one, other) in &self.network {
            let (before, after) = seeds.split_at_mut(*other);
            let (high, low) = (&mut before[*one], &mut after[0]);
            for lane in 0..LANES {
                let (a, b) = (high[lane], low[lane]);
                high[lane] = a.max(b);
                low[lane] = a.min(b);
            }
        }
        let mut level = [0; LANES];
        for pair in seeds.windows(2) {
            for lane in 0..LANES {
                let differing = pair[0][lane] ^ pair[1][lane];
                level[lane] |= u32::from(differing < 1 << POSITION);
            }
        }
        if level.iter().fold(0, |any, one| any | one) != 0 {
            for lane in (0..LANES).filter(|lane| level[*lane] != 0) {
                self.separate(seeds, lane, key_of(lane));
            }
        }
        for keys in seeds {
            for key in keys {
                *key &= (1 << POSITION) - 1;
            }
        }
    }

    /// Separates winners that are level on what the tables know, in one lane.
    #[cold]
    #[inline(never)]
    fn separate(&self, seeds: &mut [Lane<u32>], lane: usize, luck: RunKey) {
        let mut start = 0;
        while start + 1 < seeds.len() {
            let rank = seeds[start][lane] >> POSITION;
            let block = seeds[start..].iter();
            let length = block
                .take_while(|keys| keys[lane] >> POSITION == rank)
                .count();
            match &mut seeds[start..start + length] {
                [_] => {}
                [one, other] => {
                    let [a, b] = [one[lane], other[lane]];
                    let [first, second] = [a, b].map(|key| self.rest(key, luck));
                    if first < second {
                        (one[lane], other[lane]) = (b, a);
                    } else if first == second {
                        self.draw_lots(&mut [one, other], lane, luck);
                    }
                }
                block => self.draw_lots(&mut block.iter_mut().collect::<Vec<_>>(), lane, luck),
            }
            start += length;
        }
    }

    /// Orders winners that the tables leave level by the rest of their records, and then by lots.
    #[cold]
    fn draw_lots(&self, block: &mut [&mut Lane<u32>], lane: usize, luck: RunKey) {
        let ranked = |keys: &&mut Lane<u32>| {
            let key = keys[lane];
            let lot = luck.rare(u64::from(2 * position(key) + 1));
            (Reverse((self.rest(key, luck), lot)), key)
        };
        let mut order: Vec<_> = block.iter().map(ranked).collect();
        order.sort_unstable();
        // The exact group stage has made sure that real lots are known of all who may be level, or of none.
        let lot = |key: u32| self.lots[position(key) as usize];
        for level in order.chunk_by_mut(|a, b| a.0.0.0 == b.0.0.0) {
            if level.len() > 1 && level.iter().all(|(_, key)| lot(*key).is_some()) {
                level.sort_by_key(|(_, key)| lot(*key));
            }
        }
        for (keys, (_, key)) in block.iter_mut().zip(order) {
            keys[lane] = key;
        }
    }

    /// The figures of a winner that the tables do not know, drawn given those they do.
    #[inline]
    fn rest(&self, key: u32, luck: RunKey) -> u64 {
        if self.hidden == 0 {
            return 0;
        }
        let rank = (key >> POSITION) as usize;
        let mut at = self.first[position(key) as usize * self.ranks + rank] as usize;
        let drawn = luck.rare(u64::from(2 * position(key))) >> REST;
        while self.rest[at] >> REST < drawn {
            at += 1;
        }
        self.rest[at] & ((1 << REST) - 1)
    }
}

/// The position of a club in a key that is sorted.
#[inline(always)]
fn position(key: u32) -> u32 {
    key & ((1 << POSITION) - 1)
}

/// How many bits of the records the tables leave out, and the figures in the others, the worst first: the tables leave out
/// nothing, or whole figures from the last on until they are small enough.
fn ranks<'a>(
    winners: &(impl Iterator<Item = &'a [(Record, f64)]> + Clone),
    most: usize,
) -> (u32, Vec<u64>) {
    let figures = |hidden| {
        let all = winners
            .clone()
            .flat_map(move |records| alike(records, hidden));
        all.map(move |same| same[0].0.0 >> hidden)
    };
    let mut hidden = 0;
    loop {
        let last = hidden == REST;
        if last || figures(hidden).count() <= most {
            let mut ranks: Vec<u64> = figures(hidden).collect();
            ranks.sort_unstable();
            ranks.dedup();
            if last || ranks.len() <= MOST_RANKS {
                return (hidden, ranks);
            }
        }
        hidden += Record::BITS;
    }
}

/// The records, sorted, in portions that are alike in all but the hidden bits.
fn alike(records: &[(Record, f64)], hidden: u32) -> impl Iterator<Item = &[(Record, f64)]> {
    records.chunk_by(move |a, b| a.0.0 >> hidden == b.0.0 >> hidden)
}

/// Notes the hidden figures of some records that are alike in all others, and how likely they are among them.
fn add_rest(same: &[(Record, f64)], mass: f64, hidden: u32, rest: &mut Vec<u64>) {
    let whole = f64::from(1 << (64 - REST));
    let mut below = 0.0;
    for (record, part) in same {
        below += part;
        // Drawn numbers up to and including this one mean this record.
        let share = ((below / mass * whole).round() - 1.0).max(0.0) as u64;
        rest.push(share << REST | record.0 & ((1 << hidden) - 1));
    }
    if let Some(last) = rest.last_mut() {
        *last |= !((1 << REST) - 1);
    }
}
