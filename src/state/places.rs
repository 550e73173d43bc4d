//! Ranks a table whose open matches have ended in some way, as far as that tells: the places that are left to each club.

use super::ending::{Ending, Span};
use super::open_table::{LastMatch, OpenTable};
use super::ranking::{self, tier};
use crate::format::{By, Criterion, Figure};

/// The places that are left to a club, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing {
    /// The best.
    pub first: usize,
    /// The worst.
    pub last: usize,
    /// Whether goals that are not supposed decide between them; else it is something outside the goals, such as lots.
    pub by_goals: bool,
}

impl Placing {
    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.first == self.last
    }

    /// The places of either of two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            by_goals: self.by_goals || other.by_goals,
        }
    }
}

/// Hears which criteria decide whether a club is among the first of its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// The club by number of entrant.
    pub entrant: u16,
    /// How many places are meant.
    pub among: usize,
    /// The criteria that decided, in words, with their position in the ranking.
    pub heard: Vec<(usize, String)>,
}

impl OpenTable<'_> {
    /// The places that are left to every club after a course.
    pub fn places(&self, course: &[Ending]) -> Vec<Placing> {
        self.rank(course, None)
    }

    /// The same; `watch` hears what decided.
    pub fn places_watched(&self, course: &[Ending], watch: &mut Watch) -> Vec<Placing> {
        self.rank(course, Some(watch))
    }

    fn rank(&self, course: &[Ending], watch: Option<&mut Watch>) -> Vec<Placing> {
        let nowhere = Placing {
            first: 0,
            last: 0,
            by_goals: false,
        };
        let mut ranker = Ranker {
            table: self,
            course,
            places: vec![nowhere; self.clubs.len()],
            watch,
        };
        let block: Vec<u16> = (0..self.clubs.len() as u16).collect();
        ranker.settle(&block, 0, &self.rules.rank);
        ranker.places
    }
}

/// One ranking being made.
struct Ranker<'a, 'b> {
    table: &'a OpenTable<'a>,
    course: &'a [Ending],
    places: Vec<Placing>,
    watch: Option<&'b mut Watch>,
}

/// Clubs of a block that a criterion leaves together.
struct Part {
    clubs: Vec<u16>,
    /// Whether they are level; else they may come in any order.
    level: bool,
}

impl Ranker<'_, '_> {
    /// Ranks a block that all criteria before these leave level, from this place on.
    fn settle(&mut self, block: &[u16], at: usize, criteria: &[Criterion]) {
        if block.len() < 2 {
            return self.any(block, at, false);
        }
        let Some((first, rest)) = criteria.split_first() else {
            return self.any(block, at, false);
        };
        if first.only.is_some_and(|only| !only.fits(block.len())) {
            return self.settle(block, at, rest);
        }
        let table = self.table;
        let keys = |key: &dyn Fn(u16) -> Span| block.iter().map(|one| (*one, key(*one))).collect();
        let club = |entrant: u16| table.clubs[usize::from(entrant)];
        let keys: Vec<(u16, Span)> = match &first.by {
            By::Figure(figure) => keys(&|one| table.totals(one, None, self.course).figure(*figure)),
            By::Opponents(figure) => keys(&|one| table.opponents(one, *figure, self.course)),
            By::Among { figures, again } => {
                return self.among(block, at, figures, *again, criteria);
            }
            By::LastMatch => match table.last_match(block, self.course) {
                LastMatch::None => return self.settle(block, at, rest),
                LastMatch::Open => return self.any(block, at, false),
                LastMatch::Won(winner) => keys(&|one| Span::exactly(i64::from(one == winner))),
            },
            By::Place { of, first } => {
                let most = first.map_or(usize::MAX, usize::from);
                if block
                    .iter()
                    .any(|one| table.place_in(*of, club(*one)).is_none())
                {
                    return self.any(block, at, false);
                }
                keys(&|one| {
                    let place = table.place_in(*of, club(one)).unwrap_or(usize::MAX);
                    Span::exactly(-(place.min(most).min(usize::from(u16::MAX)) as i64))
                })
            }
            By::Fact { name, high } => {
                keys(&|one| Span::exactly(fact_key(table.cup.number(name, club(one)), *high)))
            }
            By::Tier(sizes) => keys(&|one| Span::exactly(-tier(sizes, one))),
            By::Entrant => keys(&|one| Span::exactly(-i64::from(one))),
            By::Outside(name) => {
                let mut order = block.to_vec();
                if !table.ruled(name, &mut order) {
                    return self.any(block, at, false);
                }
                for (rank, one) in order.iter().enumerate() {
                    self.any(&[*one], at + rank, false);
                }
                return;
            }
        };
        let parts = parts(keys);
        self.hear(&parts, at, block.len(), criteria, &first.to_string());
        self.go_on(parts, at, &mut |ranker, part, at| {
            ranker.settle(part, at, rest);
        });
    }

    /// Head-to-head, figure by figure; applied again to the parts that are still level if it separated some.
    fn among(
        &mut self,
        block: &[u16],
        at: usize,
        figures: &[Figure],
        again: bool,
        criteria: &[Criterion],
    ) {
        let mut level = vec![Part {
            clubs: block.to_vec(),
            level: true,
        }];
        for figure in figures {
            let mut next = Vec::new();
            let mut start = at;
            for part in level {
                let size = part.clubs.len();
                if !part.level || size == 1 {
                    next.push(part);
                } else {
                    let keys = part.clubs.iter().map(|one| {
                        let totals = self.table.totals(*one, Some(block), self.course);
                        (*one, totals.figure(*figure))
                    });
                    let parts = parts(keys.collect());
                    let words = format!("{} among those level", figure.words());
                    self.hear(&parts, start, size, criteria, &words);
                    next.extend(parts);
                }
                start += size;
            }
            level = next;
        }
        let repeats = again && level.len() > 1;
        self.go_on(level, at, &mut |ranker, part, at| {
            if repeats {
                ranker.among(part, at, figures, again, criteria);
            } else {
                ranker.settle(part, at, &criteria[1..]);
            }
        });
    }

    /// Places single clubs and parts in any order, and hands on those that are level.
    fn go_on(
        &mut self,
        parts: Vec<Part>,
        at: usize,
        level: &mut dyn FnMut(&mut Self, &[u16], usize),
    ) {
        let mut start = at;
        for part in parts {
            let size = part.clubs.len();
            if size == 1 || !part.level {
                self.any(&part.clubs, start, true);
            } else {
                level(self, &part.clubs, start);
            }
            start += size;
        }
    }

    /// Clubs that may come in any order from a place on.
    fn any(&mut self, block: &[u16], at: usize, by_goals: bool) {
        for entrant in block {
            self.places[usize::from(*entrant)] = Placing {
                first: at,
                last: at + block.len() - 1,
                by_goals: by_goals && block.len() > 1,
            };
        }
    }

    /// Tells who listens if a criterion settled whether the club is among the first.
    fn hear(
        &mut self,
        parts: &[Part],
        at: usize,
        size: usize,
        criteria: &[Criterion],
        words: &str,
    ) {
        let position = self.table.rules.rank.len() - criteria.len();
        let Some(watch) = &mut self.watch else {
            return;
        };
        let straddles =
            |start: usize, size: usize| start < watch.among && watch.among < start + size;
        if !straddles(at, size) {
            return;
        }
        let mut start = at;
        for part in parts {
            let its = part.clubs.contains(&watch.entrant);
            let heard = (position, words.to_owned());
            if its && !straddles(start, part.clubs.len()) && !watch.heard.contains(&heard) {
                watch.heard.push(heard);
                return;
            }
            start += part.clubs.len();
        }
    }
}

/// Sorts clubs by spans, the best first, and puts those together that may come in any order.
fn parts(mut keys: Vec<(u16, Span)>) -> Vec<Part> {
    keys.sort_by_key(|(_, span)| std::cmp::Reverse((span.high, span.low)));
    let mut parts: Vec<Part> = Vec::new();
    let mut least = 0;
    for (club, span) in keys {
        match parts.last_mut() {
            Some(part) if span.high >= least => {
                part.level &= span.is_exact();
                part.clubs.push(club);
                least = least.min(span.low);
            }
            _ => {
                parts.push(Part {
                    clubs: vec![club],
                    level: span.is_exact(),
                });
                least = span.low;
            }
        }
    }
    parts
}

/// A number as a key of which more is better, to a millionth; who has none stands last.
fn fact_key(number: Option<f64>, high: bool) -> i64 {
    let key = ranking::fact_key(number, high);
    key.max(-super::ending::BOUNDLESS)
}
