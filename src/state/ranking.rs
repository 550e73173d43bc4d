//! Ranks clubs by a list of criteria: the one ranking of tables, seeds, best thirds and hosts.

use super::record::Record;
use crate::format::{By, Criterion, Figure, Level, Side, TablePoints};
use crate::ids::{ClubId, UnitId};
use crate::tournament::Goals;

/// A played match as a ranking sees it; sides are numbers of entrants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Game {
    pub(crate) sides: [u16; 2],
    pub(crate) goals: Goals,
    pub(crate) home: Side,
    /// The matchday.
    pub(crate) number: u16,
    /// Whether the side listed first won the shoot-out, where there was one.
    pub(crate) shoot_out: Option<bool>,
    /// The points of a match where it was played.
    pub(crate) points: TablePoints,
}

/// What a ranking looks at. Entrants are numbered from 0.
pub(crate) struct Field<'a> {
    /// The club of each entrant.
    pub(crate) clubs: &'a [ClubId],
    /// The record of each entrant over the matches that count.
    pub(crate) records: &'a [Record],
    /// Those matches among the entrants.
    pub(crate) games: &'a [Game],
}

/// What a ranking has to ask for: places in other units, facts, and the luck of lots.
pub(crate) trait Outside {
    /// A club's place in an earlier unit, the first 0; `None` if it is not known.
    fn place(&self, unit: UnitId, club: ClubId) -> Option<usize>;

    /// A number that is known of a club.
    fn fact(&self, name: &str, club: ClubId) -> Option<f64>;

    /// Puts level entrants in the order that something outside the goals gives them, all or some; the sizes of the parts
    /// that are still level come out, in order.
    fn settle(&mut self, by: &str, last: bool, block: &mut [u16], clubs: &[ClubId]) -> Vec<usize>;

    /// Hears that a criterion separated entrants: how many there are in each part, in the new order.
    fn separated(&mut self, by: &Criterion, block: &[u16], parts: &[usize], field: &Field<'_>);

    /// Whether anybody listens to [`Outside::separated`].
    fn listens(&self) -> bool {
        false
    }
}

/// Ranks all entrants of a field into `order`. Gives the sizes of the parts that nothing separates (parts of one club
/// included), in order; all are one unless lots were not drawn.
pub(crate) fn rank(
    field: &Field<'_>,
    criteria: &[Criterion],
    outside: &mut impl Outside,
    order: &mut [u16],
    level: &mut Vec<usize>,
) {
    for (entrant, slot) in order.iter_mut().enumerate() {
        *slot = entrant as u16;
    }
    level.clear();
    settle(field, criteria, outside, order, level);
}

/// Ranks a block of entrants that all criteria before these leave level.
fn settle(
    field: &Field<'_>,
    criteria: &[Criterion],
    outside: &mut impl Outside,
    block: &mut [u16],
    level: &mut Vec<usize>,
) {
    if block.len() < 2 {
        if !block.is_empty() {
            level.push(1);
        }
        return;
    }
    let Some((first, rest)) = criteria.split_first() else {
        level.push(block.len());
        return;
    };
    let fits = first.only.is_none_or(|only: Level| only.fits(block.len()));
    if !fits {
        return settle(field, rest, outside, block, level);
    }
    match &first.by {
        By::Figure(figure) => {
            let key = |entrant: u16| field.records[usize::from(entrant)].figure(*figure);
            by_key(field, first, rest, outside, block, level, key);
        }
        By::Opponents(figure) => {
            let keys = keys_of(block, |entrant| opponents(field, *figure, entrant));
            by_key(field, first, rest, outside, block, level, |entrant| {
                look_up(&keys, entrant)
            });
        }
        By::Among { figures, again } => {
            among(field, first, figures, *again, rest, outside, block, level);
        }
        By::LastMatch => {
            let keys = last_match(field, block);
            by_key(field, first, rest, outside, block, level, |entrant| {
                look_up(&keys, entrant)
            });
        }
        By::Place { of, first: most } => {
            let most = most.map_or(usize::MAX, usize::from);
            let keys = keys_of(block, |entrant| {
                let place = outside.place(*of, field.clubs[usize::from(entrant)]);
                -(place.unwrap_or(usize::MAX / 2).min(most) as i64)
            });
            by_key(field, first, rest, outside, block, level, |entrant| {
                look_up(&keys, entrant)
            });
        }
        By::Fact { name, high } => {
            let keys = keys_of(block, |entrant| {
                let number = outside.fact(name, field.clubs[usize::from(entrant)]);
                fact_key(number, *high)
            });
            by_key(field, first, rest, outside, block, level, |entrant| {
                look_up(&keys, entrant)
            });
        }
        By::Tier(sizes) => {
            by_key(field, first, rest, outside, block, level, |entrant| {
                -tier(sizes, entrant)
            });
        }
        By::Entrant => {
            by_key(field, first, rest, outside, block, level, |entrant| {
                -i64::from(entrant)
            });
        }
        By::Outside(name) => {
            let parts = outside.settle(name, rest.is_empty(), block, field.clubs);
            descend(field, first, rest, outside, block, &parts, level);
        }
    }
}

/// Sorts a block by a key, the largest first, and ranks each part that is still level by the criteria that follow.
#[inline]
fn by_key(
    field: &Field<'_>,
    criterion: &Criterion,
    rest: &[Criterion],
    outside: &mut impl Outside,
    block: &mut [u16],
    level: &mut Vec<usize>,
    key: impl Fn(u16) -> i64,
) {
    // An insertion sort: blocks are short, and equal keys keep their order.
    for sorted in 1..block.len() {
        let entrant = block[sorted];
        let own = key(entrant);
        let mut at = sorted;
        while at > 0 && key(block[at - 1]) < own {
            block[at] = block[at - 1];
            at -= 1;
        }
        block[at] = entrant;
    }
    if outside.listens() {
        let parts: Vec<usize> = block
            .chunk_by(|one, other| key(*one) == key(*other))
            .map(<[u16]>::len)
            .collect();
        descend(field, criterion, rest, outside, block, &parts, level);
        return;
    }
    let mut start = 0;
    while start < block.len() {
        let mut end = start + 1;
        while end < block.len() && key(block[end]) == key(block[start]) {
            end += 1;
        }
        settle(field, rest, outside, &mut block[start..end], level);
        start = end;
    }
}

/// Goes on with each part of a block that a criterion left, and tells who listens if it separated any.
fn descend(
    field: &Field<'_>,
    criterion: &Criterion,
    rest: &[Criterion],
    outside: &mut impl Outside,
    block: &mut [u16],
    parts: &[usize],
    level: &mut Vec<usize>,
) {
    if parts.len() > 1 {
        outside.separated(criterion, block, parts, field);
    }
    let mut start = 0;
    for part in parts {
        settle(field, rest, outside, &mut block[start..start + part], level);
        start += part;
    }
}

/// Head-to-head: figures of the matches among the clubs of the block. If they separate some, they are applied again to
/// each part that is still level, among itself; else the criteria that follow decide.
#[expect(clippy::too_many_arguments, reason = "a step of one recursion")]
fn among(
    field: &Field<'_>,
    criterion: &Criterion,
    figures: &[Figure],
    again: bool,
    rest: &[Criterion],
    outside: &mut impl Outside,
    block: &mut [u16],
    level: &mut Vec<usize>,
) {
    let keys: Vec<(u16, Vec<i64>)> = block
        .iter()
        .map(|entrant| {
            let record = record_among(field, *entrant, block);
            let figures = figures.iter().map(|figure| record.figure(*figure));
            (*entrant, figures.collect())
        })
        .collect();
    let mut sorted = keys;
    sorted.sort_by(|one, other| other.1.cmp(&one.1));
    for (slot, (entrant, _)) in block.iter_mut().zip(&sorted) {
        *slot = *entrant;
    }
    let parts: Vec<usize> = sorted
        .chunk_by(|one, other| one.1 == other.1)
        .map(<[(u16, Vec<i64>)]>::len)
        .collect();
    if parts.len() == 1 || !again {
        descend(field, criterion, rest, outside, block, &parts, level);
        return;
    }
    outside.separated(criterion, block, &parts, field);
    let mut start = 0;
    for part in parts {
        let block = &mut block[start..start + part];
        if part == 1 {
            level.push(1);
        } else {
            among(
                field, criterion, figures, again, rest, outside, block, level,
            );
        }
        start += part;
    }
}

/// A club's record in the matches among the clubs of a block.
pub(crate) fn record_among(field: &Field<'_>, entrant: u16, block: &[u16]) -> Record {
    let mut record = Record::default();
    for game in field.games {
        let Some(side) = game.sides.iter().position(|side| *side == entrant) else {
            continue;
        };
        if block.contains(&game.sides[1 - side]) {
            add_game(&mut record, game, side);
        }
    }
    record
}

/// Counts a match for the side listed first (0) or second (1).
#[inline]
pub(crate) fn add_game(record: &mut Record, game: &Game, side: usize) {
    let (scored, conceded) = if side == 0 {
        (game.goals.home, game.goals.away)
    } else {
        (game.goals.away, game.goals.home)
    };
    let away = match game.home {
        Side::First => side == 1,
        Side::Second => side == 0,
        Side::Nobody => false,
    };
    let shoot_out = game.shoot_out.map(|first_won| first_won == (side == 0));
    record.add(scored, conceded, away, &game.points, shoot_out);
}

/// 1 for the winner of the shoot-out that follows a last match, 0 for everybody else. It takes place only if exactly two
/// clubs of the table have these points and met in the last match of both, which was drawn.
fn last_match(field: &Field<'_>, block: &[u16]) -> Vec<(u16, i64)> {
    let mut keys: Vec<(u16, i64)> = block.iter().map(|entrant| (*entrant, 0)).collect();
    let [one, other] = block else {
        return keys;
    };
    let points = field.records[usize::from(*one)].points;
    let level = field
        .records
        .iter()
        .filter(|record| record.points == points);
    if level.count() != 2 {
        return keys;
    }
    let last_of = |entrant: &u16| {
        let its = field
            .games
            .iter()
            .filter(|game| game.sides.contains(entrant));
        its.max_by_key(|game| game.number)
    };
    let (Some(last), Some(of_other)) = (last_of(one), last_of(other)) else {
        return keys;
    };
    if last == of_other
        && let Some(first_won) = last.shoot_out
    {
        let winner = last.sides[usize::from(!first_won)];
        for (entrant, key) in &mut keys {
            *key = i64::from(*entrant == winner);
        }
    }
    keys
}

/// The tier of an entrant, the first 0.
pub(super) fn tier(sizes: &[u16], entrant: u16) -> i64 {
    let mut end = 0;
    for (tier, size) in sizes.iter().enumerate() {
        end += size;
        if entrant < end {
            return tier as i64;
        }
    }
    sizes.len() as i64
}

/// A figure summed over an entrant's opponents, once for each match.
fn opponents(field: &Field<'_>, figure: Figure, entrant: u16) -> i64 {
    let opponent = |game: &Game| {
        let side = game.sides.iter().position(|side| *side == entrant)?;
        Some(field.records[usize::from(game.sides[1 - side])].figure(figure))
    };
    field.games.iter().filter_map(opponent).sum()
}

fn keys_of(block: &[u16], mut key: impl FnMut(u16) -> i64) -> Vec<(u16, i64)> {
    block
        .iter()
        .map(|entrant| (*entrant, key(*entrant)))
        .collect()
}

fn look_up(keys: &[(u16, i64)], entrant: u16) -> i64 {
    let found = keys.iter().find(|(of, _)| *of == entrant);
    found.map_or(0, |(_, key)| *key)
}

/// A number as a key of which more is better, to a millionth; who has none stands last.
pub(super) fn fact_key(number: Option<f64>, high: bool) -> i64 {
    match number {
        None => i64::MIN / 2,
        Some(number) => {
            let millionths = (number * 1e6).round() as i64;
            if high { millionths } else { -millionths }
        }
    }
}
