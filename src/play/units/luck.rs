//! The luck of a run as the referee of a cup: what is known comes out as it is, all else by random numbers.
//!
//! The stream of a run is read in the order of units: matches of tables share words, four to a word from the lowest bits
//! on; each tie begins a new word. All bits are read whether they are needed or not, so that a what-if and its baseline
//! share all other luck. What happens seldom takes its luck by number, apart from the stream.

use super::compile::{CupEngine, KnownLeg};
use crate::conditions::Manner;
use crate::format::{Draw, Rules, Side};
use crate::ids::{ClubId, UnitId};
use crate::rng::{RunKey, Stream};
use crate::state::draw::Ballot;
use crate::state::tie::Leg;
use crate::state::{Referee, Run};
use crate::tournament::Goals;
use rand::Rng;

/// Parts of 16 bits in a word.
const PARTS: usize = 4;

/// The most words of a tie: a series of seven.
const MOST_WORDS: usize = 6;

/// The luck of one run.
pub(super) struct Luck<'a> {
    engine: &'a CupEngine,
    key: RunKey,
    stream: Stream,
    /// The word that matches of tables are taken from, and how many parts of it are used.
    word: u64,
    used: usize,
    /// The words of the tie that is being played.
    tie: [u64; MOST_WORDS],
}

impl<'a> Luck<'a> {
    pub(super) fn new(engine: &'a CupEngine, key: RunKey) -> Self {
        Self {
            engine,
            key,
            stream: key.stream(),
            word: 0,
            used: PARTS,
            tie: [0; MOST_WORDS],
        }
    }

    /// The next 16 bits for a table's match.
    fn bits(&mut self) -> u32 {
        if self.used == PARTS {
            self.word = self.stream.next_u64();
            self.used = 0;
        }
        let bits = (self.word >> (16 * self.used)) as u32 & 0xffff;
        self.used += 1;
        bits
    }

    /// The bits of a part of the tie that is being played.
    fn part(&self, part: usize) -> u32 {
        (self.tie[part / PARTS] >> (16 * (part % PARTS))) as u32 & 0xffff
    }

    /// A scoreline from a part of the tie, the first entrant's goals first.
    fn score(&self, unit: UnitId, part: usize, (table, turned): (u32, bool)) -> [u8; 2] {
        let number = self.engine.numbers.tie[unit.index()] + part as u64;
        let goals = self
            .engine
            .tables
            .draw(table, self.part(part), || self.key.rare(number));
        if turned {
            [goals.away, goals.home]
        } else {
            [goals.home, goals.away]
        }
    }

    /// On whose ground a match counts for its goals: nobody's where it is moved to neutral ground.
    fn goals_at(&self, unit: UnitId, clubs: [ClubId; 2], home: Side) -> Side {
        let format = self.engine.course.format();
        let mut grounds = self.engine.grounds.iter();
        if grounds.any(|ground| ground.covers(format, unit, clubs)) {
            Side::Nobody
        } else {
            home
        }
    }

    /// The result of a match of a table that a club does not play because it has left.
    fn forfeit(&self, unit: UnitId, clubs: [ClubId; 2]) -> Option<Goals> {
        let leavers = &self.engine.leavers;
        let left = clubs.map(|club| leavers.manner_in(unit, club) == Some(Manner::Forfeited));
        (left != [false; 2]).then(|| Manner::forfeit(left[0]))
    }

    /// The table of two clubs on a ground, and whether its goals are those of the second first.
    fn table(&self, clubs: [ClubId; 2], home: Side, tables: [&[u32]; 2]) -> (u32, bool) {
        let pairings = &self.engine.pairings;
        let [first, second] = clubs;
        match home {
            Side::First => (tables[0][pairings.at(first, second)], false),
            Side::Second => (tables[0][pairings.at(second, first)], true),
            Side::Nobody => (tables[1][pairings.at(first, second)], false),
        }
    }

    /// The known result of a leg between these clubs, and whether the first entrant is listed first in it.
    fn known_leg(
        &self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<(&KnownLeg, bool)> {
        let stage = self.engine.course.format().unit(unit).stage;
        let turned = [clubs[1], clubs[0]];
        let known = self.engine.legs[stage.index()].iter();
        let mut known = known.filter(|known| {
            let here = match known.leg {
                Some(number) => number == leg,
                None if known.clubs == clubs => home != Side::Second,
                None => home != Side::First,
            };
            here && (known.clubs == clubs || known.clubs == turned)
        });
        known.next().map(|known| (known, known.clubs == clubs))
    }

    /// The table of a result that is supposed of these clubs without a score, and whether its goals are those of the
    /// second of `clubs` first.
    fn supposed(
        &self,
        unit: UnitId,
        occasion: usize,
        clubs: [ClubId; 2],
        (home, goals_at): (Side, Side),
    ) -> Option<(u32, bool)> {
        if self.engine.results.is_empty() {
            return None;
        }
        let stage = self.engine.course.format().unit(unit).stage;
        let turned = [clubs[1], clubs[0]];
        self.engine.results.iter().find_map(|result| {
            if result.stage.is_some_and(|named| named != stage) {
                return None;
            }
            let listed_first = result.clubs == clubs;
            if !listed_first && result.clubs != turned {
                return None;
            }
            // It speaks of the match with the club listed first at home, or on neutral ground.
            let tables = &result.tables[occasion];
            let about_it = match home {
                Side::First => listed_first,
                Side::Second => !listed_first,
                Side::Nobody => true,
            };
            match goals_at {
                _ if !about_it => None,
                Side::First if listed_first => Some((tables[0], false)),
                Side::Second if !listed_first => Some((tables[0], true)),
                Side::Nobody => Some((tables[2], !listed_first)),
                _ => None,
            }
        })
    }

    /// Who is at home: a host in its own country, where the rules say nobody.
    fn ground(&self, unit: UnitId, leg: usize, clubs: [ClubId; 2], home: Side) -> Side {
        if home != Side::Nobody {
            return home;
        }
        let country = self.engine.country[unit.index()]
            .get(leg)
            .copied()
            .flatten();
        let Some(country) = country else {
            return home;
        };
        match clubs.map(|club| self.engine.host_in[club.index()] == Some(country)) {
            [true, false] => Side::First,
            [false, true] => Side::Second,
            _ => Side::Nobody,
        }
    }

    /// Which parts of the tie's words belong to a leg: its score, its extra time, its shoot-out.
    fn parts(&self, unit: UnitId, leg: usize) -> [usize; 3] {
        match &self.engine.course.format().unit(unit).rules {
            Rules::Tie(tie) if tie.is_series() => [3 * leg, 3 * leg + 1, 3 * leg + 2],
            Rules::Tie(tie) if leg + 1 == tie.legs.len() => [1, 2, 3],
            _ if leg == 0 => [0, 2, 3],
            _ => [PARTS + leg - 1, 2, 3],
        }
    }

    fn coin(&self, number: u64) -> bool {
        self.key.rare(number) >> 63 == 1
    }

    fn lot(&self, unit: UnitId, club: ClubId) -> u64 {
        let layer = self.engine.course.layers[unit.index()] * self.engine.clubs();
        self.key
            .rare(self.engine.numbers.lots + (layer + club.index()) as u64)
    }
}

/// A result in the order of a known leg, told by entrants.
fn turn<T: Copy>(pair: [T; 2], first_listed: bool) -> [T; 2] {
    if first_listed {
        pair
    } else {
        [pair[1], pair[0]]
    }
}

impl Referee for Luck<'_> {
    fn begin(&mut self, unit: UnitId) {
        let words = self.engine.numbers.words[unit.index()];
        for word in &mut self.tie[..words] {
            *word = self.stream.next_u64();
        }
        if words > 0 {
            self.used = PARTS;
        }
    }

    fn game(
        &mut self,
        unit: UnitId,
        index: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<Goals> {
        let bits = self.bits();
        if let Some(known) = &self.engine.known[index]
            && known.clubs.is_none_or(|played_by| played_by == clubs)
        {
            return Some(known.goals);
        }
        let pairings = &self.engine.pairings;
        let tables = [pairings.home[0].as_slice(), pairings.neutral[0].as_slice()];
        if let Some(forfeit) = self.forfeit(unit, clubs) {
            return Some(forfeit);
        }
        let goals_at = self.goals_at(unit, clubs, home);
        let supposed = self.supposed(unit, 0, clubs, (home, goals_at));
        let (table, turned) = supposed.unwrap_or_else(|| self.table(clubs, goals_at, tables));
        let rare = || self.key.rare(self.engine.numbers.game[index]);
        let goals = self.engine.tables.draw(table, bits, rare);
        Some(if turned {
            Goals {
                home: goals.away,
                away: goals.home,
            }
        } else {
            goals
        })
    }

    fn game_shoot_out(&mut self, _: UnitId, index: usize, clubs: [ClubId; 2]) -> Option<bool> {
        let known = self.engine.known[index]
            .filter(|known| known.clubs.is_none_or(|played_by| played_by == clubs));
        let drawn = || self.coin(self.engine.numbers.shoot_outs + index as u64);
        Some(
            known
                .and_then(|known| known.shoot_out)
                .unwrap_or_else(drawn),
        )
    }

    fn leg(&mut self, unit: UnitId, leg: usize, clubs: [ClubId; 2], home: Side) -> (Side, Leg) {
        if let Some((known, first)) = self.known_leg(unit, leg, clubs, home) {
            let played_at = known.home.map(|side| crate::state::side_of(side, first));
            let home = played_at.unwrap_or_else(|| self.ground(unit, leg, clubs, home));
            if known.void {
                return (home, Leg::Void);
            }
            if let Some(goals) = known.goals {
                return (home, Leg::Played(turn(goals, first)));
            }
        }
        let home = self.ground(unit, leg, clubs, home);
        let legs = match &self.engine.course.format().unit(unit).rules {
            Rules::Tie(tie) => tie.legs.len(),
            _ => 1,
        };
        let occasion = if legs == 2 && leg == 0 { 1 } else { 2 };
        let pairings = &self.engine.pairings;
        let tables = [
            pairings.home[occasion].as_slice(),
            pairings.neutral[occasion].as_slice(),
        ];
        let part = self.parts(unit, leg)[0];
        let goals_at = self.goals_at(unit, clubs, home);
        let supposed = self.supposed(unit, occasion, clubs, (home, goals_at));
        let table = supposed.unwrap_or_else(|| self.table(clubs, goals_at, tables));
        (home, Leg::Played(self.score(unit, part, table)))
    }

    fn extra_time(
        &mut self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<[u8; 2]> {
        if let Some((known, first)) = self.known_leg(unit, leg, clubs, home)
            && let Some(extra) = known.extra_time
        {
            return Some(turn(extra, first));
        }
        let extra = &self.engine.pairings.extra;
        let tables = [extra[0].as_slice(), extra[1].as_slice()];
        let part = self.parts(unit, leg)[1];
        let goals_at = self.goals_at(unit, clubs, home);
        Some(self.score(unit, part, self.table(clubs, goals_at, tables)))
    }

    fn shoot_out(
        &mut self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<bool> {
        if let Some((known, first)) = self.known_leg(unit, leg, clubs, home)
            && let Some(won) = known.shoot_out
        {
            return Some(won == first);
        }
        let part = self.parts(unit, leg)[2];
        let host_won = self.part(part) < 1 << 15;
        // The luck of a shoot-out is that of the side at home.
        Some(host_won == (home != Side::Second))
    }

    fn is_struck(&self, unit: UnitId, clubs: [ClubId; 2]) -> bool {
        let leavers = &self.engine.leavers;
        let struck = |club: ClubId| leavers.manner_in(unit, club) == Some(Manner::Annulled);
        clubs.into_iter().any(struck)
    }

    fn walkover(&self, unit: UnitId, clubs: [ClubId; 2]) -> Option<bool> {
        let leavers = &self.engine.leavers;
        let left = clubs.map(|club| leavers.manner_in(unit, club).is_some());
        (left != [false; 2]).then_some(!left[0])
    }

    fn has_leavers(&self) -> bool {
        !self.engine.leavers.manner.is_empty()
    }

    fn is_put_last(&self, unit: UnitId, club: ClubId) -> bool {
        let leavers = &self.engine.leavers;
        let is_table = matches!(
            self.engine.course.format().unit(unit).rules,
            Rules::Table(_)
        );
        leavers.manner_in(unit, club).is_some() && (is_table || leavers.barred[club.index()])
    }

    fn held(&mut self, unit: UnitId) -> Option<&[u16]> {
        let mut held = self.engine.cup.facts().held.iter();
        let held = held.find(|held| held.unit == unit);
        held.map(|held| held.order.as_slice())
    }

    fn draw(&mut self, unit: UnitId, draw: &Draw, clubs: &[ClubId], run: &Run) -> Option<Vec<u16>> {
        let engine = self.engine;
        let constraints = engine.constraints[unit.index()].as_ref()?;
        let ballot = Ballot::new(draw, constraints, clubs, &engine.course, run);
        let mut stream = self.key.again(engine.numbers.draws + unit.index() as u64);
        let pick = |below: usize| {
            let wide = u128::from(stream.next_u64()) * below as u128;
            (wide >> 64) as usize
        };
        ballot.hold(pick)
    }

    fn outside(
        &mut self,
        unit: UnitId,
        by: &str,
        last: bool,
        block: &mut [u16],
        clubs: &[ClubId],
    ) -> Vec<usize> {
        let cup = &self.engine.cup;
        let parts = crate::state::order_by_rulings(cup, by, block, clubs);
        if parts.len() > 1 || !last {
            return parts;
        }
        block
            .sort_by_key(|entrant| std::cmp::Reverse(self.lot(unit, clubs[usize::from(*entrant)])));
        crate::state::keep_rulings(cup, by, block, clubs);
        vec![1; block.len()]
    }

    fn fact(&self, name: &str, club: ClubId) -> Option<f64> {
        self.engine.cup.number(name, club)
    }
}
