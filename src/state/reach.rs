//! Who can still come to which place, whatever the scores: what is certain and what is impossible.

use super::known::State;
use super::run::Run;
use crate::cup::Cup;
use crate::format::{By, Milestone, Order, Rules, Table, Unit};
use crate::ids::{ClubId, PlaceId, UnitId};

/// The most courses of a table's open matches that are gone through one by one.
const MOST_COURSES: u64 = 60_000;

/// For every place the clubs that can still come to it. It may name a club too many where only a tiebreaker rules it out,
/// never one too few.
#[derive(Debug, Clone)]
pub struct Reach {
    clubs: usize,
    /// Place by place, club by club.
    possible: Vec<bool>,
}

impl Reach {
    /// What can still become of everybody.
    pub fn of(cup: &Cup, state: &State) -> Self {
        let format = cup.format();
        let mut reach = Self {
            clubs: format.clubs(),
            possible: vec![false; format.places() * format.clubs()],
        };
        for club in 0..format.clubs() {
            reach.allow(PlaceId::new(club), ClubId::new(club));
        }
        for id in format.unit_ids() {
            reach.unit(cup, state, id);
        }
        reach
    }

    /// Nothing is settled: what a what-if leaves, which may overrule what is known.
    pub fn anything(cup: &Cup) -> Self {
        let format = cup.format();
        Self {
            clubs: format.clubs(),
            possible: vec![true; format.places() * format.clubs()],
        }
    }

    /// Whether a club can still come to a place.
    pub fn can(&self, place: PlaceId, club: ClubId) -> bool {
        self.possible[place.index() * self.clubs + club.index()]
    }

    /// Whether a club surely reaches a milestone (`true`), surely does not (`false`), or either.
    pub fn settled(&self, cup: &Cup, milestone: &Milestone, club: ClubId) -> Option<bool> {
        let format = cup.format();
        if !milestone.places.iter().any(|place| self.can(*place, club)) {
            return Some(false);
        }
        let certain = milestone.places.iter().any(|place| {
            let source = format.source(*place);
            let alone = (0..self.clubs)
                .filter(|other| self.can(*place, ClubId::new(*other)))
                .count()
                == 1;
            if source.is_none() || alone {
                return self.can(*place, club);
            }
            let unit = format.unit(source.map_or(UnitId::new(0), |(unit, _)| unit));
            let enters = unit.entrants.iter().any(|from| self.is_only(*from, club));
            let mut open = unit.outputs().filter(|out| self.can(*out, club));
            enters && open.all(|out| milestone.places.contains(&out))
        });
        certain.then_some(true)
    }

    fn allow(&mut self, place: PlaceId, club: ClubId) {
        self.possible[place.index() * self.clubs + club.index()] = true;
    }

    /// Whether nobody else can come to a place.
    pub fn is_only(&self, place: PlaceId, club: ClubId) -> bool {
        (0..self.clubs).all(|other| self.can(place, ClubId::new(other)) == (other == club.index()))
    }

    fn unit(&mut self, cup: &Cup, state: &State, id: UnitId) {
        let unit = cup.format().unit(id);
        let run = &state.run;
        let ready = unit.entrants.iter().all(|place| run.settled[place.index()]);
        let over = unit
            .outputs()
            .all(|out| run.settled[out.index()] || run.level_with[out.index()] != Run::ALONE);
        if over {
            for out in unit.outputs() {
                let first = run.level_with[out.index()];
                for other in unit.outputs() {
                    let level = first != Run::ALONE && run.level_with[other.index()] == first;
                    if other == out || level {
                        self.allow(out, run.places[other.index()]);
                    }
                }
            }
            return;
        }
        match &unit.rules {
            Rules::Table(table) if ready => self.table(cup, state, id, table),
            Rules::Draw(draw) => {
                for (seat, out) in unit.outputs().enumerate() {
                    let pot = &draw.pots[usize::from(draw.seats[seat])];
                    let from: Vec<PlaceId> = pot
                        .iter()
                        .map(|entrant| unit.entrants[usize::from(*entrant)])
                        .collect();
                    self.allow_all(out, &from);
                }
            }
            Rules::Order(order) => self.order(cup, unit, order),
            _ => {
                for out in unit.outputs() {
                    self.allow_all(out, &unit.entrants);
                }
            }
        }
    }

    /// An order that is not over. What comes first in it may be known beforehand: the order of the list, tiers, a fact.
    fn order(&mut self, cup: &Cup, unit: &Unit, order: &Order) {
        let outs: Vec<PlaceId> = unit.outputs().collect();
        match order.by.first().map(|first| &first.by) {
            Some(By::Entrant) => {
                for (out, from) in outs.iter().zip(&unit.entrants) {
                    self.allow_all(*out, &[*from]);
                }
            }
            Some(By::Tier(sizes)) => {
                let mut first = 0;
                for size in sizes
                    .iter()
                    .map(|size| usize::from(*size))
                    .chain([outs.len()])
                {
                    let last = (first + size).min(outs.len());
                    for out in &outs[first..last] {
                        self.allow_all(*out, &unit.entrants[first..last]);
                    }
                    first = last;
                }
            }
            Some(By::Fact { name, high }) => self.order_by_fact(cup, unit, name, *high),
            _ => {
                for out in outs {
                    self.allow_all(out, &unit.entrants);
                }
            }
        }
    }

    /// An order by a fact of clubs that are all known, in whatever order they come: each value has its places.
    fn order_by_fact(&mut self, cup: &Cup, unit: &Unit, name: &str, high: bool) {
        let all = (0..self.clubs).map(ClubId::new);
        let clubs: Vec<ClubId> = all
            .filter(|club| unit.entrants.iter().any(|place| self.can(*place, *club)))
            .collect();
        let value = |club: ClubId| cup.number(name, club).unwrap_or(f64::NEG_INFINITY);
        let ahead = |one: ClubId, other: ClubId| {
            let (one, other) = (value(one), value(other));
            if high { one > other } else { one < other }
        };
        for club in &clubs {
            let known = clubs.len() == unit.size();
            let count =
                |is: &dyn Fn(ClubId) -> bool| clubs.iter().filter(|other| is(**other)).count();
            let first = count(&|other| ahead(other, *club));
            let last = unit.size() - count(&|other| ahead(*club, other));
            let range = if known { first..last } else { 0..unit.size() };
            for rank in range {
                self.allow(unit.output(rank), *club);
            }
        }
    }

    /// Every club that can come to one of these places can come to this one.
    fn allow_all(&mut self, out: PlaceId, from: &[PlaceId]) {
        for club in (0..self.clubs).map(ClubId::new) {
            if from.iter().any(|place| self.can(*place, club)) {
                self.allow(out, club);
            }
        }
    }

    /// A table that is not over, by points: level clubs may come in any order.
    fn table(&mut self, cup: &Cup, state: &State, id: UnitId, table: &Table) {
        let unit = cup.format().unit(id);
        let size = unit.size();
        let points: Vec<i32> = (0..size)
            .map(|entrant| state.run.record(unit.first_out, entrant).points)
            .collect();
        let open: Vec<[u16; 2]> = state.course.fixtures[id.index()]
            .iter()
            .filter(|fixture| state.run.goals[fixture.index].is_none())
            .map(|fixture| fixture.sides)
            .collect();
        let outcomes = outcomes(table);
        let courses = (outcomes.len() as u64).checked_pow(open.len() as u32);
        if courses.is_some_and(|courses| courses <= MOST_COURSES) {
            self.each_course(unit, state, points, &open, &outcomes);
        } else {
            self.by_bounds(unit, state, &points, &open, &outcomes);
        }
    }

    /// Goes through every way the open matches can end.
    fn each_course(
        &mut self,
        unit: &Unit,
        state: &State,
        mut points: Vec<i32>,
        open: &[[u16; 2]],
        outcomes: &[[i32; 2]],
    ) {
        let Some((game, rest)) = open.split_first() else {
            for entrant in 0..unit.size() {
                let ahead = points
                    .iter()
                    .filter(|other| **other > points[entrant])
                    .count();
                let level = points
                    .iter()
                    .filter(|other| **other == points[entrant])
                    .count();
                let club = state.run.places[unit.entrants[entrant].index()];
                for rank in ahead..ahead + level {
                    self.allow(unit.output(rank), club);
                }
            }
            return;
        };
        for outcome in outcomes {
            for (side, gained) in game.iter().zip(outcome) {
                points[usize::from(*side)] += gained;
            }
            self.each_course(unit, state, points.clone(), rest, outcomes);
            for (side, gained) in game.iter().zip(outcome) {
                points[usize::from(*side)] -= gained;
            }
        }
    }

    /// Bounds where courses are too many: a club with all its points to come against others with none, and the reverse.
    fn by_bounds(
        &mut self,
        unit: &Unit,
        state: &State,
        points: &[i32],
        open: &[[u16; 2]],
        outcomes: &[[i32; 2]],
    ) {
        let (most, least) = outcomes
            .iter()
            .flatten()
            .fold((0, 0), |(most, least), gained| {
                (most.max(*gained), least.min(*gained))
            });
        let left = |entrant: usize| {
            let its = open.iter().filter(|game| game.contains(&(entrant as u16)));
            its.count() as i32
        };
        for entrant in 0..unit.size() {
            let (low, high) = (
                points[entrant] + least * left(entrant),
                points[entrant] + most * left(entrant),
            );
            let others = || (0..unit.size()).filter(|other| *other != entrant);
            let first = others()
                .filter(|other| points[*other] + least * left(*other) > high)
                .count();
            let last = others()
                .filter(|other| points[*other] + most * left(*other) >= low)
                .count();
            let club = state.run.places[unit.entrants[entrant].index()];
            for rank in first..=last {
                self.allow(unit.output(rank), club);
            }
        }
    }
}

/// The points that the two sides of a match can get.
fn outcomes(table: &Table) -> Vec<[i32; 2]> {
    let points = &table.points;
    let (win, draw, loss) = (
        i32::from(points.win),
        i32::from(points.draw),
        i32::from(points.loss),
    );
    let drawn = match points.shoot_out {
        None => vec![[draw, draw]],
        Some((winner, loser)) => {
            let (winner, loser) = (i32::from(winner), i32::from(loser));
            vec![[winner, loser], [loser, winner]]
        }
    };
    [[win, loss], [loss, win]]
        .into_iter()
        .chain(drawn)
        .collect()
}
