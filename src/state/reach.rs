//! Who can still come to which place, whatever the scores: what is certain and what is impossible.

use super::ending::Ending;
use super::known::State;
use super::open_table::OpenTable;
use super::premises::Premises;
use super::run::Run;
use crate::cup::Cup;
use crate::format::{By, Milestone, Order, Rules, Unit};
use crate::ids::{ClubId, PlaceId, UnitId};

/// The most courses of a table's open matches that are gone through one by one.
const MOST_COURSES: u64 = 60_000;

/// For every place the clubs that can still come to it. It may name a club too many where only goals of open matches rule it
/// out, or many matches are open; never one too few.
#[derive(Debug, Clone)]
pub struct Reach {
    clubs: usize,
    /// Place by place, club by club.
    possible: Vec<bool>,
}

impl Reach {
    /// What can still become of everybody.
    pub fn of(cup: &Cup, state: &State) -> Self {
        Self::under(cup, state, &Premises::default())
    }

    /// The same under what a what-if settles besides results.
    pub fn under(cup: &Cup, state: &State, premises: &Premises) -> Self {
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
            if !premises.gone.is_empty() && !state.is_over(id) {
                reach.leave(cup.format().unit(id), &premises.gone);
            }
            reach.heed(cup.format().unit(id), id, premises);
        }
        reach
    }

    /// Clubs that have left a unit that is not over are beaten or last in it.
    fn leave(&mut self, unit: &Unit, gone: &[ClubId]) {
        let enters = |reach: &Self, club: ClubId| {
            let mut entrants = unit.entrants.iter();
            entrants.any(|from| reach.can(*from, club))
        };
        let leavers: Vec<ClubId> = gone
            .iter()
            .copied()
            .filter(|club| enters(self, *club))
            .collect();
        if leavers.is_empty() || matches!(unit.rules, Rules::Draw(_) | Rules::Assign(_)) {
            return;
        }
        // What points say of the places of a table holds no more.
        for out in unit.outputs() {
            self.allow_all(out, &unit.entrants);
        }
        if matches!(unit.rules, Rules::Order(_)) {
            return;
        }
        let stay = unit.size().saturating_sub(leavers.len());
        let surely = |reach: &Self, club: ClubId| {
            let mut entrants = unit.entrants.iter();
            entrants.any(|from| reach.is_only(*from, club))
        };
        let all_enter = leavers.iter().all(|club| surely(self, *club));
        for (rank, out) in unit.outputs().enumerate() {
            for club in (0..self.clubs).map(ClubId::new) {
                let left = leavers.contains(&club);
                if left && rank < stay || !left && all_enter && rank >= stay {
                    self.possible[out.index() * self.clubs + club.index()] = false;
                }
            }
        }
    }

    /// Who is given to come first in this table does.
    fn heed(&mut self, unit: &Unit, id: UnitId, premises: &Premises) {
        for given in premises.firsts.iter().filter(|given| given.table == id) {
            for (rank, out) in unit.outputs().enumerate() {
                for club in (0..self.clubs).map(ClubId::new) {
                    let is_it = club == given.club;
                    let beside = if given.is_first {
                        is_it != (rank == 0)
                    } else {
                        is_it && rank == 0
                    };
                    if beside {
                        self.possible[out.index() * self.clubs + club.index()] = false;
                    }
                }
            }
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
            Rules::Table(_) if ready => self.table(cup, state, id),
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

    /// A table that is not over: course by course of its open matches where these are few, else by bounds of points.
    fn table(&mut self, cup: &Cup, state: &State, id: UnitId) {
        let Some(table) = OpenTable::of(cup, state, id) else {
            return;
        };
        let unit = cup.format().unit(id);
        if table
            .courses()
            .is_some_and(|courses| courses <= MOST_COURSES)
        {
            table.each_course(&mut |course| self.after(unit, &table, course));
        } else {
            self.by_bounds(unit, &table);
        }
    }

    /// What a course of the open matches allows: by points, and where that would allow something new by the criteria.
    fn after(&mut self, unit: &Unit, table: &OpenTable<'_>, course: &[Ending]) {
        let points = table.points(course);
        let news = (0..points.len()).any(|entrant| {
            let ahead = points.iter().filter(|other| **other > points[entrant]);
            let level = points.iter().filter(|other| **other == points[entrant]);
            let first = ahead.count();
            let mut ranks = first..first + level.count();
            ranks.any(|rank| !self.can(unit.output(rank), table.clubs()[entrant]))
        });
        if !news {
            return;
        }
        for (club, placing) in table.clubs().iter().zip(table.places(course)) {
            for rank in placing.first..=placing.last {
                self.allow(unit.output(rank), *club);
            }
        }
    }

    /// Bounds where courses are too many: a club with all its points to come against others with none, and the reverse.
    fn by_bounds(&mut self, unit: &Unit, table: &OpenTable<'_>) {
        for (entrant, club) in table.clubs().iter().enumerate() {
            let [low, high] = table.bounds(entrant);
            let others = || (0..unit.size()).filter(|other| *other != entrant);
            let first = others().filter(|other| table.bounds(*other)[0] > high);
            let last = others().filter(|other| table.bounds(*other)[1] >= low);
            for rank in first.count()..=last.count() {
                self.allow(unit.output(rank), *club);
            }
        }
    }
}
