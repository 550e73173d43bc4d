//! The obvious twin of the walk: clubs and lists of matches, ranked by the words of the rules, on the luck of the same run.

use super::compile::CupEngine;
use super::luck::Luck;
use crate::format::{
    Assign, By, Carry, Condition, Criterion, Figure, Order, Rules, Side, Step, Table, TablePoints,
    Tie, Unit,
};
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::rng::RunKey;
use crate::state::tie::Leg;
use crate::state::{Referee, Run};

/// A match that was played, with clubs and not with numbers.
#[derive(Debug, Clone, Copy)]
struct Played {
    unit: UnitId,
    clubs: [ClubId; 2],
    goals: [i64; 2],
    /// Which of the two was away, if any.
    away: Option<usize>,
    matchday: u16,
    /// Which of the two won the kicks, if there were any.
    kicks: Option<usize>,
    points: TablePoints,
}

/// What a club has from some matches; points are halves, so that half a point can be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    matches: i64,
    half_points: i64,
    whole_points: i64,
    wins: i64,
    scored: i64,
    conceded: i64,
    away_goals: i64,
    away_wins: i64,
}

impl Sum {
    fn of<'a>(club: ClubId, games: impl Iterator<Item = &'a Played>) -> Self {
        let mut sum = Self::default();
        for game in games {
            let Some(side) = game.clubs.iter().position(|one| *one == club) else {
                continue;
            };
            let (own, other) = (game.goals[side], game.goals[1 - side]);
            let points = game.points;
            let gained = match own.cmp(&other) {
                std::cmp::Ordering::Greater => points.win,
                std::cmp::Ordering::Less => points.loss,
                std::cmp::Ordering::Equal => match (points.shoot_out, game.kicks) {
                    (Some((winner, loser)), Some(won)) => {
                        if won == side {
                            winner
                        } else {
                            loser
                        }
                    }
                    _ => points.draw,
                },
            };
            sum.matches += 1;
            sum.whole_points += i64::from(gained);
            sum.half_points += 2 * i64::from(gained);
            sum.wins += i64::from(own > other);
            sum.scored += own;
            sum.conceded += other;
            if game.away == Some(side) {
                sum.away_goals += own;
                sum.away_wins += i64::from(own > other);
            }
        }
        sum
    }

    fn plus(self, other: Self) -> Self {
        Self {
            matches: self.matches + other.matches,
            half_points: self.half_points + other.half_points,
            whole_points: self.whole_points + other.whole_points,
            wins: self.wins + other.wins,
            scored: self.scored + other.scored,
            conceded: self.conceded + other.conceded,
            away_goals: self.away_goals + other.away_goals,
            away_wins: self.away_wins + other.away_wins,
        }
    }

    /// A figure as a fraction of which more is better.
    fn figure(self, figure: Figure) -> (i64, i64) {
        let whole = |number: i64| (number, 1);
        let share = |number: i64| {
            if self.matches == 0 {
                (0, 1)
            } else {
                (number, self.matches)
            }
        };
        match figure {
            Figure::Points => whole(self.half_points),
            Figure::Difference => whole(self.scored - self.conceded),
            Figure::Goals => whole(self.scored),
            Figure::GoalsAgainst => whole(-self.conceded),
            Figure::AwayGoals => whole(self.away_goals),
            Figure::Wins => whole(self.wins),
            Figure::AwayWins => whole(self.away_wins),
            Figure::PointsPerMatch => share(self.whole_points),
            Figure::DifferencePerMatch => share(self.scored - self.conceded),
            Figure::GoalsPerMatch => share(self.scored),
            // Nobody has scored against it: the best there is, and among such the one with more goals.
            Figure::GoalAverage if self.conceded == 0 => whole(1_000_000 + self.scored),
            Figure::GoalAverage => (self.scored, self.conceded),
        }
    }
}

/// Which of two sides is away, if any.
fn side_away(home: Side) -> Option<usize> {
    match home {
        Side::First => Some(1),
        Side::Second => Some(0),
        Side::Nobody => None,
    }
}

/// Goals of the first side away from home less those of the second.
fn lead_away(home: Side, goals: [i64; 2]) -> i64 {
    match side_away(home) {
        Some(0) => goals[0],
        Some(_) => -goals[1],
        None => 0,
    }
}

/// Compares fractions with positive denominators.
fn larger(one: (i64, i64), other: (i64, i64)) -> std::cmp::Ordering {
    (i128::from(one.0) * i128::from(other.1)).cmp(&(i128::from(other.0) * i128::from(one.1)))
}

/// A run, played naively.
pub(super) struct Twin<'a> {
    engine: &'a CupEngine,
    luck: Luck<'a>,
    /// How the engine's run came out: draws ask it who came from where.
    run: &'a Run,
    pub(super) places: Vec<Option<ClubId>>,
    /// Matches of tables.
    games: Vec<Played>,
    /// Legs of ties.
    legs: Vec<Played>,
}

impl<'a> Twin<'a> {
    /// Plays the run of a key from its definition.
    pub(super) fn play(engine: &'a CupEngine, key: RunKey, run: &'a Run) -> Self {
        let format = engine.course.format();
        let mut places = vec![None; format.places()];
        for (club, place) in places.iter_mut().enumerate().take(format.clubs()) {
            *place = Some(ClubId::new(club));
        }
        let mut twin = Self {
            engine,
            luck: Luck::new(engine, key),
            run,
            places,
            games: Vec::new(),
            legs: Vec::new(),
        };
        for id in format.unit_ids() {
            twin.unit(id);
        }
        twin
    }

    fn unit(&mut self, id: UnitId) {
        let engine = self.engine;
        let unit = engine.course.format().unit(id);
        self.luck.begin(id);
        let clubs = self.clubs_of(unit);
        let mut order = match &unit.rules {
            Rules::Table(table) => self.table(id, unit, table, &clubs),
            Rules::Tie(tie) => self.tie(id, tie, [clubs[0], clubs[1]]),
            Rules::Order(rules) => self.order(id, rules, &clubs),
            Rules::Draw(draw) => {
                if self.luck.held(id).is_some() {
                    clubs.clone()
                } else {
                    let drawn = self
                        .luck
                        .draw(id, draw, &clubs, self.run)
                        .expect("a valid outcome");
                    for (seat, entrant) in drawn.iter().enumerate() {
                        assert!(
                            draw.pots[usize::from(draw.seats[seat])].contains(entrant),
                            "a club of another pot"
                        );
                    }
                    drawn
                        .iter()
                        .map(|entrant| clubs[usize::from(*entrant)])
                        .collect()
                }
            }
            Rules::Assign(assign) => self.assign(assign, &clubs),
        };
        if let Some(held) = self.luck.held(id) {
            order = held
                .iter()
                .map(|entrant| clubs[usize::from(*entrant)])
                .collect();
        }
        for (place, club) in unit.outputs().zip(order) {
            self.places[place.index()] = Some(club);
        }
    }

    fn clubs_of(&self, unit: &Unit) -> Vec<ClubId> {
        let clubs = unit.entrants.iter().map(|place| self.places[place.index()]);
        clubs
            .map(|club| club.expect("what feeds a unit stands before it"))
            .collect()
    }

    fn table(&mut self, id: UnitId, unit: &Unit, table: &Table, clubs: &[ClubId]) -> Vec<ClubId> {
        let engine = self.engine;
        let fixtures = &engine.course.fixtures[id.index()];
        let mut indices = Vec::new();
        for fixture in fixtures {
            let pair = fixture.sides.map(|side| clubs[usize::from(side)]);
            let goals = self
                .luck
                .game(id, fixture.index, pair, fixture.home)
                .expect("luck ends every match");
            let drawn = goals.home == goals.away;
            let kicks = (table.points.shoot_out.is_some() && drawn)
                .then(|| self.luck.game_shoot_out(id, fixture.index, pair))
                .flatten();
            indices.push(fixture.index);
            self.games.push(Played {
                unit: id,
                clubs: pair,
                goals: [i64::from(goals.home), i64::from(goals.away)],
                away: side_away(fixture.home),
                matchday: fixture.number,
                kicks: kicks.map(|first| usize::from(!first)),
                points: table.points,
            });
        }
        let mut among = self.games_of(id);
        if let Some(carry) = &table.carry
            && !carry.points_only
        {
            among.extend(self.games_in(&[carry.from]));
        }
        let sums: Vec<Sum> = clubs.iter().map(|club| self.sum_in(unit, *club)).collect();
        self.rank(id, clubs, &sums, &among, &table.rank, &indices)
    }

    fn games_of(&self, unit: UnitId) -> Vec<Played> {
        let games = self.games.iter().filter(|game| game.unit == unit);
        games.copied().collect()
    }

    fn games_in(&self, stages: &[StageId]) -> Vec<Played> {
        let format = self.engine.course.format();
        let found = stages.iter().flat_map(|stage| {
            self.games
                .iter()
                .filter(|game| format.unit(game.unit).stage == *stage)
        });
        found.copied().collect()
    }

    /// What a club has in a table: its matches there, points given or taken, and what it brought along.
    fn sum_in(&self, unit: &Unit, club: ClubId) -> Sum {
        let Rules::Table(table) = &unit.rules else {
            unreachable!("only tables")
        };
        let format = self.engine.course.format();
        let games = self
            .games
            .iter()
            .filter(|game| std::ptr::eq(format.unit(game.unit), unit));
        let mut sum = Sum::of(club, games);
        for fact in &self.engine.cup.facts().adjustments {
            if fact.stage == unit.stage && fact.club == club {
                sum.whole_points += i64::from(fact.points);
                sum.half_points += 2 * i64::from(fact.points);
                sum.scored += i64::from(fact.goals_for);
                sum.conceded += i64::from(fact.goals_against);
            }
        }
        let Some(carry) = &table.carry else {
            return sum;
        };
        sum.plus(self.carried(unit, *carry, club))
    }

    fn carried(&self, unit: &Unit, carry: Carry, club: ClubId) -> Sum {
        let Some(before) = self.unit_in(carry.from, club) else {
            return Sum::default();
        };
        let mut taken = if carry.among {
            let here = self.clubs_of(unit);
            let games = self.games_in(&[carry.from]);
            Sum::of(
                club,
                games
                    .iter()
                    .filter(|game| game.clubs.iter().all(|one| here.contains(one))),
            )
        } else {
            self.sum_in(self.engine.course.format().unit(before), club)
        };
        if carry.halved {
            // 7 points are three and a half, that is 4, but behind another 4.
            let whole = (taken.whole_points as f64 / 2.0).ceil() as i64;
            taken.half_points = 2 * whole - i64::from(whole * 2 != taken.whole_points);
            taken.whole_points = whole;
        }
        if carry.points_only {
            taken = Sum {
                whole_points: taken.whole_points,
                half_points: taken.half_points,
                ..Sum::default()
            };
        }
        taken
    }

    /// The last unit of a stage that a club was in.
    fn unit_in(&self, stage: StageId, club: ClubId) -> Option<UnitId> {
        let format = self.engine.course.format();
        let units: Vec<UnitId> = format.units_of(stage).map(|(id, _)| id).collect();
        units.into_iter().rev().find(|id| {
            let mut entrants = format.unit(*id).entrants.iter();
            entrants.any(|place| self.places[place.index()] == Some(club))
        })
    }

    fn order(&mut self, id: UnitId, rules: &Order, clubs: &[ClubId]) -> Vec<ClubId> {
        let sums: Vec<Sum> = clubs
            .iter()
            .map(|club| {
                let of_stages = rules
                    .counting
                    .iter()
                    .map(|stage| self.counted(*stage, *club, rules.best));
                of_stages.fold(Sum::default(), Sum::plus)
            })
            .collect();
        let among = self.games_in(&rules.counting);
        self.rank(id, clubs, &sums, &among, &rules.by, &[])
    }

    /// What a club has in a stage, over all matches or those against the best of its table.
    fn counted(&self, stage: StageId, club: ClubId, best: Option<u8>) -> Sum {
        let format = self.engine.course.format();
        let Some(id) = self.unit_in(stage, club) else {
            return Sum::default();
        };
        let unit = format.unit(id);
        match (&unit.rules, best) {
            (Rules::Table(_), Some(best)) => {
                let high: Vec<Option<ClubId>> = unit
                    .outputs()
                    .take(usize::from(best))
                    .map(|place| self.places[place.index()])
                    .collect();
                let games = self.games_in(&[stage]);
                Sum::of(
                    club,
                    games.iter().filter(|game| {
                        game.clubs
                            .iter()
                            .any(|one| *one != club && high.contains(&Some(*one)))
                    }),
                )
            }
            (Rules::Table(_), None) => self.sum_in(unit, club),
            (Rules::Tie(_), None) => Sum::of(club, self.legs.iter().filter(|leg| leg.unit == id)),
            // Nothing here counts the matches of orders, or some legs only.
            _ => Sum::default(),
        }
    }

    fn assign(&self, assign: &Assign, clubs: &[ClubId]) -> Vec<ClubId> {
        let format = self.engine.course.format();
        let tables: Vec<UnitId> = format.units_of(assign.from).map(|(id, _)| id).collect();
        let table_of = |club: &ClubId| {
            let table = self.unit_in(assign.from, *club);
            tables
                .iter()
                .position(|one| Some(*one) == table)
                .expect("it comes from a table of the stage")
        };
        let from: Vec<usize> = clubs.iter().map(table_of).collect();
        let row = assign
            .rows
            .iter()
            .find(|(set, _)| (0..64).all(|table| (set >> table & 1 == 1) == from.contains(&table)));
        let (_, row) = row.expect("a row for every set");
        row.iter()
            .map(|table| {
                clubs[from
                    .iter()
                    .position(|one| *one == usize::from(*table))
                    .expect("of the set")]
            })
            .collect()
    }

    fn tie(&mut self, id: UnitId, rules: &Tie, clubs: [ClubId; 2]) -> Vec<ClubId> {
        let first_goes_on = match rules.when {
            Some(Condition::LevelOnPoints { of }) => {
                let unit = self.engine.course.format().unit(of);
                let points = clubs.map(|club| self.sum_in(unit, club).whole_points);
                points[0] != points[1]
            }
            Some(Condition::Unless { entrant, place }) => {
                self.places[place.index()] == Some(clubs[usize::from(entrant)])
            }
            None => false,
        };
        if first_goes_on || self.first_wins(id, rules, clubs) {
            clubs.to_vec()
        } else {
            vec![clubs[1], clubs[0]]
        }
    }

    /// Who wins a tie that is played, in words: legs, then step after step.
    fn first_wins(&mut self, id: UnitId, rules: &Tie, clubs: [ClubId; 2]) -> bool {
        let series = rules.decide[0] == Step::Wins;
        let needed = rules.legs.len() / 2 + 1;
        let (mut lead, mut away_lead, mut points_lead, mut wins) = (0i64, 0i64, 0i64, [0usize; 2]);
        let mut last_home = Side::Nobody;
        for (leg, side) in rules.legs.iter().enumerate() {
            let (home, result) = self.luck.leg(id, leg, clubs, *side);
            last_home = home;
            let Leg::Played(goals) = result else { continue };
            let [own, other] = goals.map(i64::from);
            let mut full = [own, other];
            lead += own - other;
            points_lead += 3 * (own - other).signum();
            away_lead += lead_away(home, [own, other]);
            if series {
                let mut ahead = own - other;
                for step in &rules.decide[1..] {
                    if ahead != 0 {
                        break;
                    }
                    ahead = match step {
                        Step::ExtraTime => {
                            let [own, other] = self
                                .luck
                                .extra_time(id, leg, clubs, home)
                                .expect("luck")
                                .map(i64::from);
                            full = [full[0] + own, full[1] + other];
                            own - other
                        }
                        Step::ShootOut => {
                            if self.luck.shoot_out(id, leg, clubs, home).expect("luck") {
                                1
                            } else {
                                -1
                            }
                        }
                        Step::First => 1,
                        _ => 0,
                    };
                }
                wins[usize::from(ahead < 0)] += 1;
            }
            self.legs.push(Played {
                unit: id,
                clubs,
                goals: full,
                away: side_away(home),
                matchday: 0,
                kicks: None,
                points: TablePoints::USUAL,
            });
            if wins.contains(&needed) {
                return wins[0] == needed;
            }
        }
        let last = rules.legs.len() - 1;
        for step in &rules.decide {
            let ahead = match step {
                Step::Goals => lead,
                Step::AwayGoals => away_lead,
                Step::Points => points_lead,
                Step::First => 1,
                Step::Wins => 0,
                Step::ExtraTime => {
                    let [own, other] = self
                        .luck
                        .extra_time(id, last, clubs, last_home)
                        .expect("luck")
                        .map(i64::from);
                    away_lead += lead_away(last_home, [own, other]);
                    let leg = self.legs.last_mut().expect("the last leg");
                    leg.goals = [leg.goals[0] + own, leg.goals[1] + other];
                    own - other
                }
                Step::ShootOut => {
                    if self
                        .luck
                        .shoot_out(id, last, clubs, last_home)
                        .expect("luck")
                    {
                        1
                    } else {
                        -1
                    }
                }
            };
            if ahead != 0 {
                return ahead > 0;
            }
        }
        unreachable!("the last step separates")
    }

    /// Ranks clubs: each criterion splits every block of level clubs into smaller ones.
    fn rank(
        &mut self,
        id: UnitId,
        clubs: &[ClubId],
        sums: &[Sum],
        games: &[Played],
        criteria: &[Criterion],
        indices: &[usize],
    ) -> Vec<ClubId> {
        let all: Vec<usize> = (0..clubs.len()).collect();
        let mut field = Field {
            id,
            clubs,
            sums,
            games,
            indices,
        };
        let mut blocks = vec![all];
        for (number, criterion) in criteria.iter().enumerate() {
            let last = number + 1 == criteria.len();
            let mut finer = Vec::new();
            for block in blocks {
                let fits = criterion.only.is_none_or(|only| only.fits(block.len()));
                if block.len() == 1 || !fits {
                    finer.push(block);
                } else {
                    finer.extend(self.split(&mut field, criterion, block, last));
                }
            }
            blocks = finer;
        }
        blocks
            .into_iter()
            .flatten()
            .map(|entrant| clubs[entrant])
            .collect()
    }

    fn split(
        &mut self,
        field: &mut Field<'_>,
        criterion: &Criterion,
        block: Vec<usize>,
        last: bool,
    ) -> Vec<Vec<usize>> {
        match &criterion.by {
            By::Figure(figure) => {
                let keys = block
                    .iter()
                    .map(|entrant| field.sums[*entrant].figure(*figure))
                    .collect();
                by_keys(block, keys)
            }
            By::Opponents(figure) => {
                let total = |entrant: &usize| {
                    let club = field.clubs[*entrant];
                    let mut total = 0;
                    for game in field.games.iter().filter(|game| game.clubs.contains(&club)) {
                        let other = game.clubs[usize::from(game.clubs[0] == club)];
                        if let Some(at) = field.clubs.iter().position(|one| *one == other) {
                            total += field.sums[at].figure(*figure).0;
                        }
                    }
                    (total, 1)
                };
                let keys = block.iter().map(total).collect();
                by_keys(block, keys)
            }
            By::Among { figures, again } => field.among(figures, *again, &block),
            By::LastMatch => {
                let keys = self.last_match(field, &block);
                by_keys(block, keys)
            }
            By::Place { of, first } => {
                let outputs: Vec<PlaceId> =
                    self.engine.course.format().unit(*of).outputs().collect();
                let place = |entrant: &usize| {
                    let club = Some(field.clubs[*entrant]);
                    let at = outputs
                        .iter()
                        .position(|place| self.places[place.index()] == club);
                    let at = at
                        .unwrap_or(1_000_000)
                        .min(first.map_or(1_000_000, usize::from));
                    (-(at as i64), 1)
                };
                let keys = block.iter().map(place).collect();
                by_keys(block, keys)
            }
            By::Fact { name, high } => {
                let key = |entrant: &usize| {
                    let number = self.luck.fact(name, field.clubs[*entrant]);
                    let millionths = number.map_or(i64::MIN / 4, |number| {
                        let millionths = (number * 1e6).round() as i64;
                        if *high { millionths } else { -millionths }
                    });
                    (millionths, 1)
                };
                let keys = block.iter().map(key).collect();
                by_keys(block, keys)
            }
            By::Tier(sizes) => {
                let tier = |entrant: &usize| {
                    let ends = sizes.iter().scan(0, |end, size| {
                        *end += usize::from(*size);
                        Some(*end)
                    });
                    (-(ends.filter(|end| end <= entrant).count() as i64), 1)
                };
                let keys = block.iter().map(tier).collect();
                by_keys(block, keys)
            }
            By::Entrant => block.into_iter().map(|entrant| vec![entrant]).collect(),
            By::Outside(name) => {
                let mut order: Vec<u16> = block.iter().map(|entrant| *entrant as u16).collect();
                let parts = self
                    .luck
                    .outside(field.id, name, last, &mut order, field.clubs);
                let mut rest = order.into_iter().map(usize::from);
                parts
                    .iter()
                    .map(|part| rest.by_ref().take(*part).collect())
                    .collect()
            }
        }
    }

    /// A shoot-out between two that are alone on their points and met on the last day, in the last match of both.
    fn last_match(&mut self, field: &Field<'_>, block: &[usize]) -> Vec<(i64, i64)> {
        let nothing = vec![(0, 1); block.len()];
        let [one, other] = block else { return nothing };
        let points = field.sums[*one].whole_points;
        let level = field.sums.iter().filter(|sum| sum.whole_points == points);
        let alone = level.count() == 2 && field.sums[*other].whole_points == points;
        let last_day = field.games.iter().map(|game| game.matchday).max();
        let pair = [field.clubs[*one], field.clubs[*other]];
        let met = field.games.iter().position(|game| {
            Some(game.matchday) == last_day
                && game.clubs.iter().all(|club| pair.contains(club))
                && game.goals[0] == game.goals[1]
        });
        let (Some(met), true) = (met, alone) else {
            return nothing;
        };
        let game = field.games[met];
        let first = self
            .luck
            .game_shoot_out(field.id, field.indices[met], game.clubs)
            .expect("luck");
        let winner = game.clubs[usize::from(!first)];
        block
            .iter()
            .map(|entrant| (i64::from(field.clubs[*entrant] == winner), 1))
            .collect()
    }
}

/// What a ranking looks at.
struct Field<'a> {
    id: UnitId,
    clubs: &'a [ClubId],
    sums: &'a [Sum],
    games: &'a [Played],
    /// The positions of the table's own matches in the cup's list.
    indices: &'a [usize],
}

impl Field<'_> {
    /// Head-to-head: only matches among these clubs count; if that separates some, again among those still level.
    fn among(&self, figures: &[Figure], again: bool, block: &[usize]) -> Vec<Vec<usize>> {
        let members: Vec<ClubId> = block.iter().map(|entrant| self.clubs[*entrant]).collect();
        let sums: Vec<Sum> = members
            .iter()
            .map(|club| {
                let games = self
                    .games
                    .iter()
                    .filter(|game| game.clubs.iter().all(|one| members.contains(one)));
                Sum::of(*club, games)
            })
            .collect();
        let size = block.len();
        let mut parts: Vec<Vec<usize>> = vec![(0..size).collect()];
        for figure in figures {
            let split = parts.into_iter().flat_map(|part| {
                let keys = part
                    .iter()
                    .map(|member| sums[*member].figure(*figure))
                    .collect();
                by_keys(part, keys)
            });
            parts = split.collect();
        }
        let parts: Vec<Vec<usize>> = parts
            .into_iter()
            .map(|part| part.into_iter().map(|member| block[member]).collect())
            .collect();
        if parts.len() == 1 || !again {
            return parts;
        }
        let deeper = parts.into_iter().flat_map(|part| {
            if part.len() == 1 {
                vec![part]
            } else {
                self.among(figures, again, &part)
            }
        });
        deeper.collect()
    }
}

/// A block split by keys, the largest first.
fn by_keys(block: Vec<usize>, keys: Vec<(i64, i64)>) -> Vec<Vec<usize>> {
    let mut parts: Vec<((i64, i64), Vec<usize>)> = Vec::new();
    for (entrant, key) in block.into_iter().zip(keys) {
        match parts
            .iter_mut()
            .find(|(known, _)| larger(*known, key).is_eq())
        {
            Some((_, part)) => part.push(entrant),
            None => parts.push((key, vec![entrant])),
        }
    }
    parts.sort_by(|(one, _), (other, _)| larger(*other, *one));
    parts.into_iter().map(|(_, part)| part).collect()
}
