//! A table as it stands, and who can come where in it if its open matches end in some way.
//!
//! Of an open match a result may be supposed, a margin or a score. Where the goals are left open, figures lie in spans, and
//! clubs whose spans overlap may come in any order: so a place may be called open that is not, and never the other way.

use super::course::Fixture;
use super::ending::{Ending, Span};
use super::known::{State, order_by_rulings};
use super::ranking::{Game, add_game};
use super::record::Record;
use crate::cup::Cup;
use crate::format::{By, Criterion, Figure, Rules, Side, Table};
use crate::ids::{ClubId, UnitId};

/// A table whose clubs are known.
#[derive(Debug, Clone)]
pub struct OpenTable<'a> {
    pub(super) cup: &'a Cup,
    pub(super) state: &'a State,
    pub(super) unit: UnitId,
    pub(super) rules: &'a Table,
    pub(super) clubs: Vec<ClubId>,
    records: Vec<Record>,
    games: Vec<Game>,
    open: Vec<Fixture>,
}

/// What a club has over some matches: its record as far as it is certain, and the spans of what may be added to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Totals {
    pub(super) record: Record,
    margin: Span,
    goals: Span,
    against: Span,
    away_goals: Span,
}

impl Totals {
    fn new(record: Record) -> Self {
        let nothing = Span::exactly(0);
        Self {
            record,
            margin: nothing,
            goals: nothing,
            against: nothing,
            away_goals: nothing,
        }
    }

    fn add(&mut self, ending: &Ending, side: usize, home: Side, rules: &Table) {
        ending.count(&mut self.record, side, home, &rules.points);
        let [margin, goals, against] = ending.spans(side);
        self.margin = self.margin.plus(margin);
        self.goals = self.goals.plus(goals);
        self.against = self.against.plus(against);
        let away = matches!((home, side), (Side::First, 1) | (Side::Second, 0));
        if away {
            self.away_goals = self.away_goals.plus(goals);
        }
    }

    /// A figure of which more is better.
    pub(super) fn figure(&self, figure: Figure) -> Span {
        let record = Span::exactly(self.record.figure(figure));
        match figure {
            Figure::Points | Figure::Wins | Figure::AwayWins | Figure::PointsPerMatch => record,
            Figure::Difference => record.plus(self.margin),
            Figure::Goals => record.plus(self.goals),
            Figure::GoalsAgainst => record.plus(self.against.negated()),
            Figure::AwayGoals => record.plus(self.away_goals),
            Figure::DifferencePerMatch | Figure::GoalsPerMatch | Figure::GoalAverage => {
                if !self.goals.is_exact() || !self.against.is_exact() {
                    return Span::ANY;
                }
                let mut record = self.record;
                record.goals_for += self.goals.low as i32;
                record.goals_against += self.against.low as i32;
                Span::exactly(record.figure(figure))
            }
        }
    }
}

impl<'a> OpenTable<'a> {
    /// A table as it stands; nothing for a unit of another kind, or whose clubs are not all known.
    pub fn of(cup: &'a Cup, state: &'a State, id: UnitId) -> Option<Self> {
        let unit = cup.format().unit(id);
        let Rules::Table(rules) = &unit.rules else {
            return None;
        };
        let clubs: Option<Vec<ClubId>> = unit
            .entrants
            .iter()
            .map(|place| state.run.club_at(*place))
            .collect();
        let mut table = Self {
            cup,
            state,
            unit: id,
            rules,
            clubs: clubs?,
            records: (0..unit.size())
                .map(|entrant| *state.run.record(unit.first_out, entrant))
                .collect(),
            games: Vec::new(),
            open: Vec::new(),
        };
        for fixture in &state.course.fixtures[id.index()] {
            match state.run.goals(fixture.index) {
                None => table.open.push(*fixture),
                Some((goals, shoot_out)) => table.games.push(Game {
                    sides: fixture.sides,
                    goals,
                    home: fixture.home,
                    number: fixture.number,
                    shoot_out,
                    points: rules.points,
                }),
            }
        }
        if let Some(carry) = rules
            .carry
            .filter(|carry| carry.among && !carry.points_only)
        {
            table.games.extend(table.carried(carry.from));
        }
        Some(table)
    }

    /// The matches among its clubs that count from an earlier stage.
    fn carried(&self, from: crate::ids::StageId) -> Vec<Game> {
        let format = self.cup.format();
        let mut games = Vec::new();
        for (id, unit) in format.units_of(from) {
            let Rules::Table(rules) = &unit.rules else {
                continue;
            };
            for fixture in &self.state.course.fixtures[id.index()] {
                let sides = fixture.sides.map(|side| {
                    let place = unit.entrants[usize::from(side)];
                    let club = self.state.run.club_at(place)?;
                    self.clubs.iter().position(|one| *one == club)
                });
                if let ([Some(first), Some(second)], Some((goals, shoot_out))) =
                    (sides, self.state.run.goals(fixture.index))
                {
                    games.push(Game {
                        sides: [first as u16, second as u16],
                        goals,
                        home: fixture.home,
                        number: fixture.number,
                        shoot_out,
                        points: rules.points,
                    });
                }
            }
        }
        games
    }

    /// The unit.
    pub fn unit(&self) -> UnitId {
        self.unit
    }

    /// Its rules.
    pub fn rules(&self) -> &'a Table {
        self.rules
    }

    /// Its clubs, by number of entrant.
    pub fn clubs(&self) -> &[ClubId] {
        &self.clubs
    }

    /// What a club has done so far.
    pub fn record(&self, entrant: usize) -> &Record {
        &self.records[entrant]
    }

    /// The matches without a result, in file order.
    pub fn open(&self) -> &[Fixture] {
        &self.open
    }

    /// The largest distance between two clubs in goals scored, conceded, scored away or their difference, over all matches or
    /// the known ones among any of its clubs: no comparison turns on more goals than these and those of the open matches.
    pub fn largest_distance(&self) -> i32 {
        let size = self.clubs.len();
        let figures = |record: &Record| {
            let difference = record.difference();
            [
                difference,
                record.goals_for,
                record.goals_against,
                record.away_goals,
            ]
        };
        let mut largest = 0;
        let mut compare = |records: &[Record]| {
            for (at, one) in records.iter().enumerate() {
                for other in &records[at + 1..] {
                    let pairs = figures(one).into_iter().zip(figures(other));
                    let distances = pairs.map(|(one, other)| (one - other).abs());
                    largest = largest.max(distances.max().unwrap_or(0));
                }
            }
        };
        compare(&self.records);
        for among in 1u32..1 << size.min(8) {
            let block: Vec<u16> = (0..size as u16)
                .filter(|one| among >> one & 1 == 1)
                .collect();
            let nothing: Vec<Ending> = Vec::new();
            let records = block
                .iter()
                .map(|one| self.totals(*one, Some(&block), &nothing).record);
            compare(&records.collect::<Vec<_>>());
        }
        largest
    }

    /// Calls `visit` with every combination of results of the open matches.
    pub fn each_course(&self, visit: &mut impl FnMut(&[Ending])) {
        let results = Ending::results(&self.rules.points);
        let mut course = Vec::with_capacity(self.open.len());
        each(&results, self.open.len(), &mut course, visit);
    }

    /// How many combinations there are; nothing if they cannot be counted.
    pub fn courses(&self) -> Option<u64> {
        let results = Ending::results(&self.rules.points).len() as u64;
        results.checked_pow(self.open.len() as u32)
    }

    /// The fewest and the most points that a club can end with.
    pub fn bounds(&self, entrant: usize) -> [i32; 2] {
        let results = Ending::results(&self.rules.points);
        let points = self.records[entrant].points;
        let mut bounds = [points, points];
        for fixture in &self.open {
            if let Some(side) = side_of(fixture.sides, entrant as u16) {
                let gains = || {
                    results
                        .iter()
                        .map(|end| end.gained(side, self.rules.points))
                };
                bounds[0] += gains().min().unwrap_or(0);
                bounds[1] += gains().max().unwrap_or(0);
            }
        }
        bounds
    }

    /// The points of every club after such a course.
    pub fn points(&self, course: &[Ending]) -> Vec<i32> {
        let mut points: Vec<i32> = self.records.iter().map(|record| record.points).collect();
        for (fixture, ending) in self.open.iter().zip(course) {
            for (side, entrant) in fixture.sides.iter().enumerate() {
                points[usize::from(*entrant)] += ending.gained(side, self.rules.points);
            }
        }
        points
    }

    /// What a club has after a course, over all matches or those among a block.
    pub(super) fn totals(&self, entrant: u16, block: Option<&[u16]>, course: &[Ending]) -> Totals {
        let mut totals = Totals::new(match block {
            None => self.records[usize::from(entrant)],
            Some(block) => {
                let mut record = Record::default();
                for game in &self.games {
                    if let Some(side) = side_of(game.sides, entrant)
                        && block.contains(&game.sides[1 - side])
                    {
                        add_game(&mut record, game, side);
                    }
                }
                record
            }
        });
        for (fixture, ending) in self.open.iter().zip(course) {
            if let Some(side) = side_of(fixture.sides, entrant)
                && block.is_none_or(|block| block.contains(&fixture.sides[1 - side]))
            {
                totals.add(ending, side, fixture.home, self.rules);
            }
        }
        totals
    }

    /// A figure summed over a club's opponents, once for each match.
    pub(super) fn opponents(&self, entrant: u16, figure: Figure, course: &[Ending]) -> Span {
        let played = self.games.iter().map(|game| game.sides);
        let open = self.open.iter().map(|fixture| fixture.sides);
        let figures = played.chain(open).filter_map(|sides| {
            let side = side_of(sides, entrant)?;
            Some(self.totals(sides[1 - side], None, course).figure(figure))
        });
        figures.fold(Span::exactly(0), Span::plus)
    }

    /// What the shoot-out after the last match says of two clubs that are level; see [`By::LastMatch`].
    pub(super) fn last_match(&self, block: &[u16], course: &[Ending]) -> LastMatch {
        let [one, other] = *block else {
            return LastMatch::None;
        };
        let points = self.points(course);
        let level = points
            .iter()
            .filter(|had| **had == points[usize::from(one)]);
        let listed = || {
            let played = self.games.iter().map(|game| (game.number, game.sides));
            played.chain(self.open.iter().map(|open| (open.number, open.sides)))
        };
        let last_of = |entrant: u16| {
            let its = listed().filter(|(_, sides)| sides.contains(&entrant));
            its.max_by_key(|(number, _)| *number)
        };
        let last = last_of(one);
        if level.count() != 2
            || last != last_of(other)
            || last.map(|(number, _)| number) != listed().map(|(number, _)| number).max()
        {
            return LastMatch::None;
        }
        let is_last = |number: u16, sides: [u16; 2]| Some((number, sides)) == last;
        let mut open = self.open.iter().zip(course);
        if let Some((_, ending)) = open.find(|(open, _)| is_last(open.number, open.sides)) {
            let drawn = ending.result == crate::tournament::MatchResult::Draw;
            return if drawn {
                LastMatch::Open
            } else {
                LastMatch::None
            };
        }
        let played = self
            .games
            .iter()
            .find(|game| is_last(game.number, game.sides));
        match played.and_then(|game| Some((game, game.shoot_out?))) {
            Some((game, first_won)) => LastMatch::Won(game.sides[usize::from(!first_won)]),
            None => LastMatch::None,
        }
    }

    /// The place of a club in an earlier unit, the first 0, if it is settled.
    pub(super) fn place_in(&self, unit: UnitId, club: ClubId) -> Option<usize> {
        let mut outputs = self.cup.format().unit(unit).outputs();
        outputs.position(|place| self.state.run.club_at(place) == Some(club))
    }

    /// The order that something outside the goals gives to a block, if that is known.
    pub(super) fn ruled(&self, by: &str, block: &mut [u16]) -> bool {
        order_by_rulings(self.cup, by, block, &self.clubs).len() > 1
    }

    /// The criteria that are left to something outside the goals, in words.
    pub fn outside_criteria(&self) -> Vec<String> {
        let outside =
            |criterion: &&Criterion| matches!(criterion.by, By::Outside(_) | By::LastMatch);
        let words = self.rules.rank.iter().filter(outside);
        words.map(ToString::to_string).collect()
    }
}

/// What the shoot-out after a last match says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastMatch {
    /// There is none.
    None,
    /// There will be one.
    Open,
    /// This one won it.
    Won(u16),
}

fn side_of(sides: [u16; 2], entrant: u16) -> Option<usize> {
    sides.iter().position(|side| *side == entrant)
}

fn each(
    results: &[Ending],
    left: usize,
    course: &mut Vec<Ending>,
    visit: &mut impl FnMut(&[Ending]),
) {
    if left == 0 {
        return visit(course);
    }
    for result in results {
        course.push(*result);
        each(results, left - 1, course, visit);
        course.pop();
    }
}

#[cfg(test)]
mod tests;
