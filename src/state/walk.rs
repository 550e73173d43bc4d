//! The one loop over the units of a cup.

#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "callers iterate by reference"
)]

use super::course::Course;
use super::ranking::{Field, Game, Outside, add_game, rank};
use super::record::Record;
use super::run::{Run, TiePlay};
use super::tie::{self, Leg};
use crate::format::{
    Assign, Carry, Condition, Criterion, Draw, Order, Rules, Side, Step, Table, Tie, Unit,
};
use crate::ids::{ClubId, StageId, UnitId};
use crate::tournament::Goals;

/// Says how things come out that the rules leave open: what is known, or luck.
pub trait Referee {
    /// Hears that a unit comes next.
    fn begin(&mut self, _unit: UnitId) {}

    /// The goals of a match of a table (its position in the cup's list is `index`), the side listed first first.
    fn game(&mut self, unit: UnitId, index: usize, clubs: [ClubId; 2], home: Side)
    -> Option<Goals>;

    /// Whether the side listed first wins the shoot-out after a match of a table.
    fn game_shoot_out(&mut self, unit: UnitId, index: usize, clubs: [ClubId; 2]) -> Option<bool>;

    /// A leg of a tie (counted from 0), and who was really at home; goals of the first entrant first.
    fn leg(&mut self, unit: UnitId, leg: usize, clubs: [ClubId; 2], home: Side) -> (Side, Leg);

    /// The goals of extra time alone after a leg, those of the first entrant first.
    fn extra_time(
        &mut self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<[u8; 2]>;

    /// Whether the first entrant wins the shoot-out after a leg.
    fn shoot_out(
        &mut self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        home: Side,
    ) -> Option<bool>;

    /// Whether a match counts for nobody, because one of its clubs has left.
    fn is_struck(&self, _unit: UnitId, _clubs: [ClubId; 2]) -> bool {
        false
    }

    /// Whether the first entrant goes on without a match, because one of the two has left.
    fn walkover(&self, _unit: UnitId, _clubs: [ClubId; 2]) -> Option<bool> {
        None
    }

    /// Whether any club has left.
    fn has_leavers(&self) -> bool {
        false
    }

    /// Whether a club that has left is put last in a ranking.
    fn is_put_last(&self, _unit: UnitId, _club: ClubId) -> bool {
        false
    }

    /// The outcome of a unit that is known whatever its rules say: its entrants by number.
    fn held(&mut self, unit: UnitId) -> Option<&[u16]>;

    /// The outcome of a draw that is not known: its entrants by number.
    fn draw(&mut self, unit: UnitId, draw: &Draw, clubs: &[ClubId], run: &Run) -> Option<Vec<u16>>;

    /// Puts clubs that are level into the order that something outside the goals gives them; gives the sizes of the parts
    /// that are still level. `last` says that nothing comes after it.
    fn outside(
        &mut self,
        unit: UnitId,
        by: &str,
        last: bool,
        block: &mut [u16],
        clubs: &[ClubId],
    ) -> Vec<usize>;

    /// A number that is known of a club.
    fn fact(&self, name: &str, club: ClubId) -> Option<f64>;

    /// Hears why clubs are ranked as they are.
    fn separated(
        &mut self,
        _unit: UnitId,
        _by: &Criterion,
        _block: &[u16],
        _parts: &[usize],
        _field: &[ClubId],
    ) {
    }

    /// Whether it wants to hear that.
    fn listens(&self) -> bool {
        false
    }
}

/// Room that is used again from unit to unit.
#[derive(Debug, Default)]
struct Scratch {
    clubs: Vec<ClubId>,
    records: Vec<Record>,
    games: Vec<Game>,
    order: Vec<u16>,
    level: Vec<usize>,
}

/// Goes through all units of a cup in order.
pub fn walk(course: &Course, referee: &mut impl Referee, run: &mut Run) {
    let mut scratch = Scratch::default();
    run.entered.fill(0);
    for id in course.format().unit_ids() {
        let mut step = Walker {
            course,
            referee,
            run,
            scratch: &mut scratch,
            id,
        };
        step.unit();
    }
}

/// One unit being played.
struct Walker<'a, R> {
    course: &'a Course,
    referee: &'a mut R,
    run: &'a mut Run,
    scratch: &'a mut Scratch,
    id: UnitId,
}

impl<R: Referee> Walker<'_, R> {
    fn unit(&mut self) {
        let course = self.course;
        let unit = course.format().unit(self.id);
        self.referee.begin(self.id);
        let mut ready = true;
        self.scratch.clubs.clear();
        for place in &unit.entrants {
            self.scratch.clubs.push(self.run.places[place.index()]);
            ready &= self.run.settled[place.index()];
        }
        self.enter(unit);
        match &unit.rules {
            Rules::Table(table) => self.table(unit, table, ready),
            Rules::Tie(tie) => self.tie(unit, tie, ready),
            Rules::Order(order) => self.order(unit, order, ready),
            Rules::Draw(draw) => self.draw(unit, draw, ready),
            Rules::Assign(assign) => self.assign(unit, assign, ready),
        }
        if self.referee.has_leavers() && matches!(unit.rules, Rules::Table(_) | Rules::Order(_)) {
            self.put_last(unit);
        }
        if let Some(held) = self.referee.held(self.id) {
            for (rank, entrant) in held.iter().enumerate() {
                let place = unit.first_out.index() + rank;
                let from = unit.entrants[usize::from(*entrant)].index();
                self.run.places[place] = self.run.places[from];
                self.run.settled[place] = self.run.settled[from];
            }
        }
    }

    /// Puts clubs that have left behind all others, each part in the order it had.
    fn put_last(&mut self, unit: &Unit) {
        let first = unit.first_out.index();
        let ranked = &mut self.run.places[first..first + unit.size()];
        ranked.sort_by_key(|club| self.referee.is_put_last(self.id, *club));
    }

    /// Notes which club took part in which unit of the stage.
    fn enter(&mut self, unit: &Unit) {
        if matches!(unit.rules, Rules::Draw(_) | Rules::Assign(_)) {
            return;
        }
        let first = unit.first_out.index() - self.run.clubs;
        for (entrant, club) in self.scratch.clubs.iter().enumerate() {
            if *club != Run::NOBODY {
                let at = unit.stage.index() * self.run.clubs + club.index();
                self.run.entered[at] = (first + entrant + 1) as u32;
            }
        }
    }

    /// The output number of the entrant that a club was in a stage.
    fn entrant_in(&self, stage: StageId, club: ClubId) -> Option<usize> {
        let at = stage.index() * self.run.clubs + club.index();
        (self.run.entered[at] as usize).checked_sub(1)
    }

    fn table(&mut self, unit: &Unit, table: &Table, ready: bool) {
        let mut complete = ready;
        self.scratch.records.clear();
        self.scratch.records.resize(unit.size(), Record::default());
        self.scratch.games.clear();
        for fixture in &self.course.fixtures[self.id.index()] {
            let clubs = fixture
                .sides
                .map(|side| self.scratch.clubs[usize::from(side)]);
            let known = if clubs.contains(&Run::NOBODY) {
                None
            } else {
                self.referee
                    .game(self.id, fixture.index, clubs, fixture.home)
            };
            if self.referee.is_struck(self.id, clubs) {
                self.run.goals[fixture.index] = None;
                continue;
            }
            let Some(goals) = known else {
                self.run.goals[fixture.index] = None;
                complete = false;
                continue;
            };
            let goes_on = table.points.shoot_out.is_some() && goals.home == goals.away;
            let shoot_out = if goes_on {
                self.referee.game_shoot_out(self.id, fixture.index, clubs)
            } else {
                None
            };
            self.run.goals[fixture.index] = Some((goals, shoot_out));
            let game = Game {
                sides: fixture.sides,
                goals,
                home: fixture.home,
                number: fixture.number,
                shoot_out,
                points: table.points,
            };
            for side in 0..2 {
                let entrant = usize::from(fixture.sides[side]);
                add_game(&mut self.scratch.records[entrant], &game, side);
            }
            self.scratch.games.push(game);
        }
        if let Some(carry) = &table.carry {
            self.carry(carry);
        }
        self.adjust();
        if self.course.last_match[self.id.index()] && complete {
            self.last_shoot_outs();
        }
        self.keep_records(unit);
        self.rank(unit, &table.rank, complete);
    }

    /// Adds what is taken along from an earlier stage.
    fn carry(&mut self, carry: &Carry) {
        for entrant in 0..self.scratch.clubs.len() {
            let club = self.scratch.clubs[entrant];
            let Some(from) = (club != Run::NOBODY)
                .then(|| self.entrant_in(carry.from, club))
                .flatten()
            else {
                continue;
            };
            let mut taken = if carry.among {
                let clubs = std::mem::take(&mut self.scratch.clubs);
                let record = self.record_against(carry.from, club, &|other| clubs.contains(&other));
                self.scratch.clubs = clubs;
                record
            } else {
                self.run.records[from]
            };
            if carry.halved {
                taken.rounded = u16::from(taken.points.rem_euclid(2) == 1);
                taken.points = taken.points.div_euclid(2) + i32::from(taken.rounded);
            }
            if carry.points_only {
                taken = Record {
                    points: taken.points,
                    rounded: taken.rounded,
                    ..Record::default()
                };
            }
            self.scratch.records[entrant].join(&taken);
        }
        if !carry.points_only {
            let games = self.games_among(&[carry.from]);
            self.scratch.games.extend(games);
        }
    }

    /// A club's record over the matches of its table in a stage against some clubs.
    fn record_against(
        &self,
        stage: StageId,
        club: ClubId,
        counts: &dyn Fn(ClubId) -> bool,
    ) -> Record {
        let mut record = Record::default();
        self.each_game(stage, &mut |clubs, game| {
            if let Some(side) = clubs.iter().position(|one| *one == club)
                && counts(clubs[1 - side])
            {
                add_game(&mut record, game, side);
            }
        });
        record
    }

    /// Every match with a result of the tables of a stage, with its clubs.
    fn each_game(&self, stage: StageId, see: &mut dyn FnMut([ClubId; 2], &Game)) {
        for (id, unit) in self.course.format().units_of(stage) {
            let Rules::Table(table) = &unit.rules else {
                continue;
            };
            for fixture in &self.course.fixtures[id.index()] {
                let Some((goals, shoot_out)) = self.run.goals[fixture.index] else {
                    continue;
                };
                let clubs = fixture
                    .sides
                    .map(|side| self.run.places[unit.entrants[usize::from(side)].index()]);
                let game = Game {
                    sides: fixture.sides,
                    goals,
                    home: fixture.home,
                    number: fixture.number,
                    shoot_out,
                    points: table.points,
                };
                see(clubs, &game);
            }
        }
    }

    /// The matches of stages among the clubs of this unit, with sides by number of entrant here.
    fn games_among(&self, stages: &[StageId]) -> Vec<Game> {
        let mut games = Vec::new();
        let entrant = |club: ClubId| self.scratch.clubs.iter().position(|one| *one == club);
        for stage in stages {
            self.each_game(*stage, &mut |clubs, game| {
                if let [Some(first), Some(second)] = clubs.map(entrant) {
                    games.push(Game {
                        sides: [first as u16, second as u16],
                        ..*game
                    });
                }
            });
        }
        games
    }

    /// Points given or taken.
    fn adjust(&mut self) {
        for fact in &self.course.adjustments[self.id.index()] {
            let entrant = self
                .scratch
                .clubs
                .iter()
                .position(|club| *club == fact.club);
            if let Some(entrant) = entrant {
                let record = &mut self.scratch.records[entrant];
                record.points += fact.points;
                record.goals_for += fact.goals_for;
                record.goals_against += fact.goals_against;
            }
        }
    }

    /// Asks for the shoot-out between two clubs that are alone on their points and drew in the last match of both.
    fn last_shoot_outs(&mut self) {
        let last = self.scratch.games.iter().map(|game| game.number).max();
        let fixtures = &self.course.fixtures[self.id.index()];
        // A match that was struck has no result, and no entry in the list.
        let mut listed = 0;
        for fixture in fixtures {
            if self.run.goals[fixture.index].is_none() {
                continue;
            }
            let at = listed;
            listed += 1;
            let game = self.scratch.games[at];
            let drawn = game.goals.home == game.goals.away;
            if !drawn || Some(game.number) != last || game.shoot_out.is_some() {
                continue;
            }
            let points = game
                .sides
                .map(|side| self.scratch.records[usize::from(side)].points);
            let level = self
                .scratch
                .records
                .iter()
                .filter(|record| record.points == points[0]);
            if points[0] == points[1] && level.count() == 2 {
                let clubs = fixture
                    .sides
                    .map(|side| self.scratch.clubs[usize::from(side)]);
                let shoot_out = self.referee.game_shoot_out(self.id, fixture.index, clubs);
                self.scratch.games[at].shoot_out = shoot_out;
                self.run.goals[fixture.index] = Some((game.goals, shoot_out));
            }
        }
    }

    fn keep_records(&mut self, unit: &Unit) {
        let first = unit.first_out.index() - self.run.clubs;
        let kept = &mut self.run.records[first..first + unit.size()];
        kept.copy_from_slice(&self.scratch.records);
    }

    /// Ranks the entrants by their records in `scratch`.
    fn rank(&mut self, unit: &Unit, criteria: &[Criterion], complete: bool) {
        let Scratch {
            clubs,
            records,
            games,
            order,
            level,
        } = &mut *self.scratch;
        order.resize(unit.size(), 0);
        let field = Field {
            clubs,
            records,
            games,
        };
        let mut judge = Judge {
            course: self.course,
            run: self.run,
            referee: self.referee,
            id: self.id,
        };
        rank(&field, criteria, &mut judge, order, level);
        let first = unit.first_out.index();
        let mut parts = level.iter();
        let (mut left, mut start) = (0, first);
        for (place, entrant) in (first..).zip(order.iter()) {
            if left == 0 {
                left = *parts.next().unwrap_or(&1);
                start = place;
            }
            let alone = start == place && left == 1;
            self.run.settled[place] = complete && alone;
            self.run.level_with[place] = if complete && !alone {
                start as u16
            } else {
                Run::ALONE
            };
            left -= 1;
            self.run.places[place] = clubs[usize::from(*entrant)];
        }
    }

    fn tie(&mut self, unit: &Unit, tie: &Tie, ready: bool) {
        let clubs = [self.scratch.clubs[0], self.scratch.clubs[1]];
        let out = unit.first_out.index();
        let mut play = TiePlay::open(clubs);
        if ready {
            let walkover = self.referee.walkover(self.id, clubs);
            let is_due = tie.when.is_none_or(|when| self.is_due(when));
            if let Some(first_goes_on) = walkover.filter(|_| is_due) {
                play.played = false;
                play.decided = Some(Step::First);
                play.first_won = first_goes_on;
            } else if is_due {
                play = tie::play(self.id, tie, clubs, self.referee);
            } else {
                play.played = false;
                play.decided = Some(Step::First);
                play.first_won = true;
            }
        }
        self.run.ties[self.id.index()] = play;
        self.record_tie(unit, &play);
        let decided = play.decided.is_some();
        let order = if play.first_won || !decided {
            [0, 1]
        } else {
            [1, 0]
        };
        for (rank, entrant) in order.into_iter().enumerate() {
            self.run.places[out + rank] = if decided { clubs[entrant] } else { Run::NOBODY };
            self.run.settled[out + rank] = decided;
        }
    }

    /// Whether a tie with a condition is played.
    fn is_due(&self, when: Condition) -> bool {
        match when {
            Condition::LevelOnPoints { of } => {
                let stage = self.course.format().unit(of).stage;
                let points = |entrant: usize| {
                    let club = self.scratch.clubs[entrant];
                    let at = self.entrant_in(stage, club);
                    at.map(|at| self.run.records[at].points)
                };
                points(0) == points(1)
            }
            Condition::Unless { entrant, place } => {
                self.run.places[place.index()] != self.scratch.clubs[usize::from(entrant)]
            }
        }
    }

    /// A tie leaves records too: three points a win of a leg after 90 minutes.
    fn record_tie(&mut self, unit: &Unit, play: &TiePlay) {
        let first = unit.first_out.index() - self.run.clubs;
        for side in 0..2 {
            let mut record = Record::default();
            for leg in play.legs.iter().flatten() {
                let away = match leg.home {
                    Side::First => side == 1,
                    Side::Second => side == 0,
                    Side::Nobody => false,
                };
                let extra = leg.extra_time.unwrap_or([0, 0]);
                let goals = [leg.goals[0] + extra[0], leg.goals[1] + extra[1]];
                let points = &crate::format::TablePoints::USUAL;
                record.add(goals[side], goals[1 - side], away, points, None);
            }
            self.run.records[first + side] = record;
        }
    }

    fn order(&mut self, unit: &Unit, order: &Order, ready: bool) {
        self.scratch.records.clear();
        for entrant in 0..unit.size() {
            let club = self.scratch.clubs[entrant];
            let mut record = Record::default();
            if club != Run::NOBODY {
                for stage in &order.counting {
                    record.join(&self.counted(*stage, club, order.best));
                }
            }
            self.scratch.records.push(record);
        }
        self.scratch.games.clear();
        if self.course.needs_games[self.id.index()] {
            self.scratch.games = self.games_among(&order.counting);
        }
        self.keep_records(unit);
        let known = !self.scratch.clubs.contains(&Run::NOBODY);
        if known {
            self.rank(unit, &order.by, ready);
        } else {
            self.leave_open(unit);
        }
    }

    /// A club's record in a stage, over all its matches or those against clubs that finished high enough in its table.
    fn counted(&self, stage: StageId, club: ClubId, best: Option<u8>) -> Record {
        let Some(at) = self.entrant_in(stage, club) else {
            return Record::default();
        };
        let Some(best) = best else {
            return self.run.records[at];
        };
        let format = self.course.format();
        let place = crate::ids::PlaceId::new(at + self.run.clubs);
        let Some((table, _)) = format.source(place) else {
            return self.run.records[at];
        };
        let high: Vec<ClubId> = format
            .unit(table)
            .outputs()
            .take(usize::from(best))
            .map(|place| self.run.places[place.index()])
            .collect();
        self.record_against(stage, club, &|other| high.contains(&other))
    }

    fn draw(&mut self, unit: &Unit, draw: &Draw, ready: bool) {
        if !ready || self.referee.held(self.id).is_some() {
            return self.leave_open(unit);
        }
        let clubs = std::mem::take(&mut self.scratch.clubs);
        let drawn = self.referee.draw(self.id, draw, &clubs, self.run);
        match drawn {
            Some(order) => {
                for (place, entrant) in unit.outputs().zip(order) {
                    self.run.places[place.index()] = clubs[usize::from(entrant)];
                    self.run.settled[place.index()] = true;
                }
            }
            None => self.leave_open(unit),
        }
        self.scratch.clubs = clubs;
    }

    fn assign(&mut self, unit: &Unit, assign: &Assign, ready: bool) {
        let ready = ready || self.is_a_known_set(unit);
        let clubs = &self.scratch.clubs;
        let table_of = |club: ClubId| {
            let at = self.entrant_in(assign.from, club)?;
            let place = crate::ids::PlaceId::new(at + self.run.clubs);
            let (table, _) = self.course.format().source(place)?;
            Some(self.course.in_stage[table.index()])
        };
        let tables: Option<Vec<usize>> = clubs
            .iter()
            .map(|club| (*club != Run::NOBODY).then(|| table_of(*club)).flatten())
            .collect();
        let set = tables
            .as_ref()
            .map(|tables| tables.iter().fold(0u64, |set, table| set | 1 << table));
        let row = set.and_then(|set| assign.row(set));
        let (Some(tables), Some(row)) = (tables, row) else {
            return self.leave_open(unit);
        };
        let wanted: Vec<Option<usize>> = row
            .iter()
            .map(|table| tables.iter().position(|one| *one == usize::from(*table)))
            .collect();
        for (place, entrant) in unit.outputs().zip(wanted) {
            self.run.places[place.index()] =
                entrant.map_or(Run::NOBODY, |entrant| self.scratch.clubs[entrant]);
            self.run.settled[place.index()] = ready && entrant.is_some();
        }
    }

    /// Whether it is settled which clubs the entrants are, if not in which order: all that are level are among them.
    fn is_a_known_set(&self, unit: &Unit) -> bool {
        unit.entrants.iter().all(|place| {
            let start = self.run.level_with[place.index()];
            self.run.settled[place.index()]
                || start != Run::ALONE && {
                    let level = self.run.level_with.iter().enumerate();
                    let mut level = level.filter(|(_, with)| **with == start);
                    level.all(|(place, _)| unit.entrants.contains(&crate::ids::PlaceId::new(place)))
                }
        })
    }

    fn leave_open(&mut self, unit: &Unit) {
        for place in unit.outputs() {
            self.run.places[place.index()] = Run::NOBODY;
            self.run.settled[place.index()] = false;
        }
    }
}

/// What a ranking asks, answered from the walk so far.
struct Judge<'a, R> {
    course: &'a Course,
    run: &'a Run,
    referee: &'a mut R,
    id: UnitId,
}

impl<R: Referee> Outside for Judge<'_, R> {
    fn place(&self, unit: UnitId, club: ClubId) -> Option<usize> {
        let mut outputs = self.course.format().unit(unit).outputs();
        outputs.position(|place| self.run.places[place.index()] == club)
    }

    fn fact(&self, name: &str, club: ClubId) -> Option<f64> {
        self.referee.fact(name, club)
    }

    fn settle(&mut self, by: &str, last: bool, block: &mut [u16], clubs: &[ClubId]) -> Vec<usize> {
        self.referee.outside(self.id, by, last, block, clubs)
    }

    fn separated(&mut self, by: &Criterion, block: &[u16], parts: &[usize], field: &Field<'_>) {
        self.referee
            .separated(self.id, by, block, parts, field.clubs);
    }

    fn listens(&self) -> bool {
        self.referee.listens()
    }
}
