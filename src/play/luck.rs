//! Luck: which bits of a run belong to which match, and the drawing of lots.
//!
//! The stream of a run is read as 64-bit words in a fixed order. Each word serves four group matches, 16 bits
//! each from the lowest on, group by group in file order; then each tie has a word of its own: first leg, last leg,
//! extra time, shoot-out, 16 bits each from the lowest on. All bits are read whether they are needed or not.
//! What happens seldom (a draw that escapes its table, lots) takes its luck from `RunKey::rare`, by number:
//! matches first, then lots, club by club, then groups that are played again because their winner is given.

use crate::ids::ClubId;
use crate::rng::RunKey;

/// Group matches served by one word of the stream.
pub(crate) const MATCHES_A_WORD: usize = 4;

/// The parts of a tie's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TiePart {
    FirstLeg,
    LastLeg,
    ExtraTime,
    ShootOut,
}

impl TiePart {
    /// The 16 bits of this part.
    #[inline]
    pub(crate) fn bits(self, word: u64) -> u32 {
        (word >> (16 * self as u32)) as u32 & 0xffff
    }
}

/// The numbers of rare events.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Events {
    group_matches: u64,
    ties: u64,
    clubs: u64,
}

impl Events {
    /// The numbering for a tournament of this size.
    pub(crate) fn new(group_matches: usize, ties: usize, clubs: usize) -> Self {
        Self {
            group_matches: group_matches as u64,
            ties: ties as u64,
            clubs: clubs as u64,
        }
    }

    /// The draw of a group match escapes its table.
    #[inline]
    pub(crate) fn group_match(self, number: usize) -> u64 {
        debug_assert!((number as u64) < self.group_matches);
        number as u64
    }

    /// The draw of a part of a tie escapes its table.
    #[inline]
    pub(crate) fn tie(self, tie: usize, part: TiePart) -> u64 {
        debug_assert!((tie as u64) < self.ties);
        self.group_matches + 4 * tie as u64 + part as u64
    }

    /// A club draws a lot in its group.
    fn group_lot(self, club: ClubId) -> u64 {
        self.group_matches + 4 * self.ties + club.index() as u64
    }

    /// A club draws a lot for its seed.
    fn seeding_lot(self, club: ClubId) -> u64 {
        self.group_lot(club) + self.clubs
    }

    /// A group is played again.
    pub(crate) fn group_again(self, group: usize) -> u64 {
        self.seeding_lot(ClubId::new(0)) + self.clubs + group as u64
    }
}

/// The drawing of lots in one run: every club has a random number, and the larger wins. Clubs whose lots were
/// drawn in reality hand their numbers to one another so that they fall in that order.
pub(crate) struct Lots<'a> {
    /// The run.
    pub(crate) key: RunKey,
    /// How events are numbered.
    pub(crate) events: Events,
    /// For each club its position in the order that was really drawn.
    pub(crate) known: &'a [Option<u16>],
}

impl Lots<'_> {
    /// Orders level clubs of a group, given by position in it.
    #[cold]
    pub(crate) fn order_group(&self, block: &mut [u8], clubs: &[ClubId]) {
        let club_of = |member: u8| clubs[usize::from(member)];
        self.order(block, club_of, |club| self.events.group_lot(club));
    }

    /// Orders clubs that are level in seeding, given in any form that tells the club.
    #[cold]
    pub(crate) fn order_seeds<T: Copy>(&self, block: &mut [T], club_of: impl Fn(T) -> ClubId) {
        self.order(block, club_of, |club| self.events.seeding_lot(club));
    }

    /// Sorts by lot, the luckiest first.
    fn order<T: Copy>(
        &self,
        block: &mut [T],
        club_of: impl Fn(T) -> ClubId,
        event: impl Fn(ClubId) -> u64,
    ) {
        let known_of = |item: T| self.known[club_of(item).index()];
        block.sort_by_key(|item| std::cmp::Reverse(self.key.rare(event(club_of(*item)))));
        // The places that fell to clubs with a known order are theirs, in that order.
        let mut drawn: Vec<T> = block
            .iter()
            .copied()
            .filter(|item| known_of(*item).is_some())
            .collect();
        if drawn.len() > 1 {
            drawn.sort_by_key(|item| known_of(*item));
            let mut next = drawn.into_iter();
            for item in block {
                if known_of(*item).is_some()
                    && let Some(club) = next.next()
                {
                    *item = club;
                }
            }
        }
    }
}
