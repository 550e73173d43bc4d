//! The exact odds of a draw: every way in which it may go, those that leave the same to come taken together.

use super::draw::Ballot;
use crate::format::Procedure;
use std::collections::BTreeMap;

/// The most states of a draw that are followed.
const MOST_STATES: usize = 200_000;

/// The most seats of a draw that is followed.
const MOST_SEATS: usize = 20;

/// What is left of a draw: which entrants are drawn, and who sits in the bins that are not full.
type Left = (u64, Vec<(u16, u16)>);

/// The chances of every two entrants to share a bin, ball by ball as the rules say and evenly over all valid outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedOdds {
    /// By entrant and entrant, as the draw is held.
    pub held: Vec<Vec<f64>>,
    /// The same over all valid outcomes.
    pub evenly: Vec<Vec<f64>>,
    /// How many valid outcomes there are.
    pub outcomes: f64,
}

/// A draw being followed.
struct Follow<'a, 'b> {
    ballot: &'a Ballot<'b>,
    /// The order in which seats are filled.
    order: Vec<usize>,
    /// For each seat the bin that is asked about.
    bins: &'a [usize],
    /// For each seat the number of seats after which all its bins are full.
    live_until: Vec<usize>,
    /// In how many ways a state can end.
    ways: BTreeMap<Left, f64>,
}

impl Ballot<'_> {
    /// The odds of every two entrants to share a bin; nothing if there are too many ways to follow. `bins` gives for each
    /// seat its bin.
    pub(crate) fn shared(&self, bins: &[usize]) -> Option<SharedOdds> {
        let seats = self.draw.seats.len();
        if seats > MOST_SEATS {
            return None;
        }
        let order: Vec<usize> = match &self.draw.procedure {
            Procedure::Sequential(order) => order.iter().map(|seat| usize::from(*seat)).collect(),
            Procedure::Uniform => (0..seats).collect(),
        };
        let when = |seat: usize| order.iter().position(|one| *one == seat).unwrap_or(0) + 1;
        let last_of = |bin: &dyn Fn(usize) -> usize, seat: usize| {
            let same = (0..seats).filter(|other| bin(*other) == bin(seat));
            same.map(when).max().unwrap_or(0)
        };
        let live_until = (0..seats).map(|seat| {
            let asked = last_of(&|one| bins[one], seat);
            let apart = self.draw.apart.iter();
            let apart = apart.map(|apart| last_of(&|one| usize::from(apart.bins[one]), seat));
            apart.fold(asked, usize::max)
        });
        let mut follow = Follow {
            ballot: self,
            bins,
            live_until: live_until.collect(),
            order,
            ways: BTreeMap::new(),
        };
        let outcomes = follow.ways(&(0, Vec::new()), 0)?;
        if outcomes == 0.0 {
            return None;
        }
        let by_ball = matches!(self.draw.procedure, Procedure::Sequential(_));
        let evenly = follow.odds(false);
        Some(SharedOdds {
            held: if by_ball {
                follow.odds(true)
            } else {
                evenly.clone()
            },
            evenly,
            outcomes,
        })
    }
}

impl Follow<'_, '_> {
    /// What is left after an entrant is drawn into the next seat, if no limit is broken.
    fn after(&self, left: &Left, filled: usize, entrant: u16) -> Option<Left> {
        let seat = self.order[filled];
        let mut drawn: Vec<Option<u16>> = vec![None; self.order.len()];
        for (at, who) in &left.1 {
            drawn[usize::from(*at)] = Some(*who);
        }
        drawn[seat] = Some(entrant);
        if !self.ballot.is_valid(&drawn, seat) || !self.ballot.bins_whole(&drawn, seat) {
            return None;
        }
        let live = drawn.iter().enumerate().filter_map(|(at, who)| {
            let who = (*who)?;
            (self.live_until[at] > filled + 1).then_some((at as u16, who))
        });
        Some((left.0 | 1 << entrant, live.collect()))
    }

    /// Every entrant that may be drawn into the next seat, with what is left then.
    fn next(&self, left: &Left, filled: usize) -> Vec<(u16, Left)> {
        let seat = self.order[filled];
        let pot = &self.ballot.draw.pots[usize::from(self.ballot.draw.seats[seat])];
        let free = pot.iter().filter(|entrant| left.0 >> **entrant & 1 == 0);
        free.filter_map(|entrant| Some((*entrant, self.after(left, filled, *entrant)?)))
            .collect()
    }

    /// In how many ways a state can end; nothing if there are too many states.
    fn ways(&mut self, left: &Left, filled: usize) -> Option<f64> {
        if filled == self.order.len() {
            return Some(1.0);
        }
        if let Some(known) = self.ways.get(left) {
            return Some(*known);
        }
        let mut ways = 0.0;
        for (_, after) in self.next(left, filled) {
            ways += self.ways(&after, filled + 1)?;
        }
        self.ways.insert(left.clone(), ways);
        (self.ways.len() <= MOST_STATES).then_some(ways)
    }

    /// Goes forward through all states with their chances.
    fn odds(&mut self, by_ball: bool) -> Vec<Vec<f64>> {
        let entrants = self.order.len();
        let mut shared = vec![vec![0.0; entrants]; entrants];
        let mut now: BTreeMap<Left, f64> = BTreeMap::from([((0, Vec::new()), 1.0)]);
        for filled in 0..entrants {
            let seat = self.order[filled];
            let mut then: BTreeMap<Left, f64> = BTreeMap::new();
            for (left, chance) in now {
                let mut next = Vec::new();
                for (entrant, after) in self.next(&left, filled) {
                    let ways = self.ways(&after, filled + 1).unwrap_or(0.0);
                    if ways > 0.0 {
                        next.push((entrant, after, if by_ball { 1.0 } else { ways }));
                    }
                }
                let all: f64 = next.iter().map(|(_, _, weight)| weight).sum();
                for (entrant, after, weight) in next {
                    let chance = chance * weight / all;
                    for (at, other) in &left.1 {
                        if self.bins[usize::from(*at)] == self.bins[seat] {
                            shared[usize::from(entrant)][usize::from(*other)] += chance;
                            shared[usize::from(*other)][usize::from(entrant)] += chance;
                        }
                    }
                    *then.entry(after).or_default() += chance;
                }
            }
            now = then;
        }
        shared
    }
}
