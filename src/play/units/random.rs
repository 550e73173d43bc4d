//! Random formats: whatever is put together from sound units is sorted, counted and ranked as its twin does it.

use super::twin::Twin;
use super::*;
use crate::cup::{Adjustment, Cup, Facts, Held, Match};
use crate::format::{
    Apart, ApartBy, Assign, Builder, By, Carry, Criterion, Draw, Figure, Level, Order, Procedure,
    Rules, Side, Step, Table, TablePoints, Tie,
};
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::rng::{Purpose, SeedKey};
use crate::tournament::{BestFinish, Club};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a random format is made of: a number of clubs, and for each step what is made and how.
type Recipe = (usize, Vec<(u8, Vec<u8>)>);

fn recipe() -> impl Strategy<Value = Recipe> {
    let step = (0u8..8, prop::collection::vec(any::<u8>(), 40));
    (4usize..14, prop::collection::vec(step, 1..7))
}

/// The numbers of a step, one after another, over and over.
struct Dice<'a>(&'a [u8], usize);

impl Dice<'_> {
    fn below(&mut self, end: usize) -> usize {
        self.1 += 1;
        usize::from(self.0[self.1 % self.0.len()].wrapping_add((self.1 as u8).wrapping_mul(7)))
            % end.max(1)
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }
}

/// A cup in the making.
struct Kitchen {
    builder: Builder,
    open: Vec<PlaceId>,
    matches: Vec<Match>,
    /// Stages of tables, with their units.
    tables: Vec<(StageId, Vec<UnitId>)>,
    facts: Facts,
}

impl Kitchen {
    fn stage(&mut self) -> StageId {
        let number = self.builder.stages().len();
        self.builder
            .stage(&format!("s{number}"), &format!("stage {number}"), true)
    }

    fn unit(&mut self, stage: StageId, entrants: Vec<PlaceId>, rules: Rules) -> UnitId {
        let key = format!("u{}", self.builder.units().len());
        let unit = self.builder.unit(stage, &key, &key, entrants, rules);
        self.open.extend(self.builder.unit_at(unit).outputs());
        unit
    }

    /// Takes so many clubs that are still in, from anywhere.
    fn take(&mut self, count: usize, dice: &mut Dice<'_>) -> Vec<PlaceId> {
        let count = count.min(self.open.len());
        (0..count)
            .map(|_| self.open.swap_remove(dice.below(self.open.len())))
            .collect()
    }

    fn figure(dice: &mut Dice<'_>) -> Figure {
        Figure::ALL[dice.below(Figure::ALL.len())]
    }

    fn criteria(&self, dice: &mut Dice<'_>, of_table: bool) -> Vec<Criterion> {
        let mut list = if dice.one_in(6) {
            Vec::new()
        } else {
            vec![Criterion::figure(Figure::Points)]
        };
        for _ in 0..dice.below(5) {
            let by = match dice.below(8) {
                0 | 1 => By::Figure(Self::figure(dice)),
                2 | 3 => {
                    let figures = (0..=dice.below(3)).map(|_| Self::figure(dice)).collect();
                    By::Among {
                        figures,
                        again: !dice.one_in(3),
                    }
                }
                4 => By::Opponents(
                    [Figure::Points, Figure::Difference, Figure::Goals][dice.below(3)],
                ),
                5 if of_table => By::LastMatch,
                5 => By::Tier(vec![1 + dice.below(3) as u16, 1 + dice.below(3) as u16]),
                6 if !self.builder.units().is_empty() => {
                    let of = UnitId::new(dice.below(self.builder.units().len()));
                    By::Place {
                        of,
                        first: dice.one_in(2).then(|| 1 + dice.below(3) as u16),
                    }
                }
                6 => By::Outside("cards".to_owned()),
                _ => By::Fact {
                    name: "coefficient".to_owned(),
                    high: dice.one_in(2),
                },
            };
            let only = match dice.below(6) {
                0 => Some(Level::Two),
                1 => Some(Level::ThreeOrMore),
                _ => None,
            };
            list.push(Criterion { by, only });
        }
        list.push(if dice.one_in(4) {
            Criterion::of(By::Entrant)
        } else {
            Criterion::lots()
        });
        list
    }

    fn points(dice: &mut Dice<'_>) -> TablePoints {
        match dice.below(4) {
            0 => TablePoints {
                win: 2,
                ..TablePoints::USUAL
            },
            1 => TablePoints {
                shoot_out: Some((2, 1)),
                ..TablePoints::USUAL
            },
            _ => TablePoints::USUAL,
        }
    }

    fn side(dice: &mut Dice<'_>) -> Side {
        [Side::First, Side::Second, Side::Nobody][dice.below(3)]
    }

    /// Tables of 2 to 8 clubs, as many as there is room for up to three.
    fn tables(&mut self, dice: &mut Dice<'_>, size: usize, most: usize) -> (StageId, Vec<UnitId>) {
        let points = Self::points(dice);
        let mut rank = self.criteria(dice, true);
        let carry = self
            .tables
            .last()
            .filter(|_| dice.one_in(3))
            .map(|(from, _)| Carry {
                from: *from,
                among: dice.one_in(2),
                halved: dice.one_in(3),
                points_only: dice.one_in(3),
            });
        if carry.is_some() {
            // Which match is the last, if there are two stages of them, no rules say.
            rank.retain(|criterion| criterion.by != By::LastMatch);
        }
        let stage = self.stage();
        let count = (self.open.len() / size).clamp(1, most);
        let mut units = Vec::new();
        // Nobody is in two tables of a stage.
        let fields: Vec<Vec<PlaceId>> = (0..count).map(|_| self.take(size, dice)).collect();
        for entrants in fields {
            let size = entrants.len();
            let table = Table {
                points,
                rank: rank.clone(),
                carry,
            };
            let unit = self.unit(stage, entrants, Rules::Table(table));
            let mut day = 0;
            for round in 0..=dice.below(2) {
                for first in 0..size as u16 {
                    for second in first + 1..size as u16 {
                        // A day for each match: nobody plays twice on the last one.
                        day += 1;
                        let sides = if round == 0 {
                            [first, second]
                        } else {
                            [second, first]
                        };
                        self.list(unit, day, sides, Self::side(dice));
                    }
                }
            }
            units.push(unit);
        }
        if dice.one_in(3) {
            let club = ClubId::new(dice.below(4));
            let [points, goals_for, goals_against] = [-3, 1, 2];
            self.facts.adjustments.push(Adjustment {
                stage,
                club,
                points,
                goals_for,
                goals_against,
                date: None,
            });
        }
        self.tables.push((stage, units.clone()));
        (stage, units)
    }

    fn list(&mut self, unit: UnitId, number: u16, sides: [u16; 2], home: Side) {
        self.matches.push(Match::open(unit, number, sides, home));
    }

    fn ties(&mut self, dice: &mut Dice<'_>) {
        let legs = match dice.below(5) {
            0 => vec![Side::Nobody],
            1 => vec![Side::First],
            2 | 3 => vec![Side::Second, Side::First],
            _ => vec![Side::First, Side::Second, Side::First],
        };
        let mut decide = vec![if legs.len() > 2 {
            Step::Wins
        } else {
            Step::Goals
        }];
        if legs.len() == 2 && dice.one_in(2) {
            decide.push(Step::AwayGoals);
        }
        if legs.len() == 2 && dice.one_in(4) {
            decide.insert(0, Step::Points);
        }
        if dice.one_in(2) {
            decide.push(Step::ExtraTime);
            if legs.len() == 2 && dice.one_in(2) {
                decide.push(Step::AwayGoals);
            }
        }
        decide.push(if dice.one_in(4) {
            Step::First
        } else {
            Step::ShootOut
        });
        let stage = self.stage();
        let pairs = (1 + dice.below(4)).min(self.open.len() / 2);
        let pairs: Vec<Vec<PlaceId>> = (0..pairs).map(|_| self.take(2, dice)).collect();
        for entrants in pairs {
            let tie = Tie {
                legs: legs.clone(),
                decide: decide.clone(),
                when: None,
            };
            self.unit(stage, entrants, Rules::Tie(tie));
        }
    }

    fn order(&mut self, dice: &mut Dice<'_>) {
        let by = self.criteria(dice, false);
        let counting: BTreeSet<StageId> = self
            .tables
            .iter()
            .filter(|_| dice.one_in(2))
            .map(|(stage, _)| *stage)
            .collect();
        let best = dice.one_in(3).then(|| 1 + dice.below(3) as u8);
        let stage = self.stage();
        let count = 1 + dice.below(8);
        let entrants = self.take(count, dice);
        let order = Order {
            by,
            counting: counting.into_iter().collect(),
            best,
        };
        self.unit(stage, entrants, Rules::Order(order));
    }

    fn draw(&mut self, dice: &mut Dice<'_>) {
        let pairs = (1 + dice.below(4)).min(self.open.len() / 2);
        if pairs == 0 {
            return;
        }
        let entrants = self.take(2 * pairs, dice);
        let seats = (0..2 * pairs as u16).collect::<Vec<u16>>();
        let two_pots = dice.one_in(2);
        let half = pairs as u16;
        let pots = if two_pots {
            vec![(0..half).collect(), (half..2 * half).collect()]
        } else {
            vec![seats.clone()]
        };
        let of_seat = |seat: &u16| if two_pots { (seat % 2) as u8 } else { 0 };
        // Two clubs are lucky, and do not meet where there is another pair.
        let bins = seats.iter().map(|seat| (seat / 2) as u8).collect();
        let apart = Apart {
            by: ApartBy::Fact("lucky".to_owned()),
            bins,
            most: 1,
            except: Vec::new(),
            least: Vec::new(),
        };
        let procedure = if dice.one_in(2) {
            Procedure::Uniform
        } else {
            Procedure::Sequential(seats.clone())
        };
        let draw = Draw {
            pots,
            seats: seats.iter().map(of_seat).collect(),
            apart: if pairs > 1 { vec![apart] } else { Vec::new() },
            procedure,
        };
        let stage = self.stage();
        let unit = self.unit(stage, entrants, Rules::Draw(draw));
        if dice.one_in(3) {
            // Held already: pot against pot, in the order of the list.
            let order = seats
                .iter()
                .map(|seat| {
                    if two_pots {
                        seat / 2 + half * (seat % 2)
                    } else {
                        *seat
                    }
                })
                .collect();
            self.facts.held.push(Held {
                unit,
                order,
                date: None,
            });
        }
    }

    /// Tables, an order of their lasts, and an allocation of the best of these.
    fn assignment(&mut self, dice: &mut Dice<'_>) {
        if self.open.len() < 6 {
            return self.order(dice);
        }
        let size = 2 + dice.below(2);
        let (from, units) = self.tables(dice, size, 4);
        let lasts: Vec<PlaceId> = units
            .iter()
            .map(|unit| {
                self.builder
                    .output(*unit, self.builder.unit_at(*unit).size() - 1)
            })
            .collect();
        self.open.retain(|place| !lasts.contains(place));
        let by = self.criteria(dice, false);
        let stage = self.stage();
        let ranked = self.unit(
            stage,
            lasts,
            Rules::Order(Order {
                by,
                counting: vec![from],
                best: None,
            }),
        );
        let best = 1 + dice.below(units.len());
        let entrants: Vec<PlaceId> = (0..best)
            .map(|rank| self.builder.output(ranked, rank))
            .collect();
        self.open.retain(|place| !entrants.contains(place));
        let sets = (0u64..1 << units.len()).filter(|set| set.count_ones() as usize == best);
        let rows = sets.map(|set| {
            let mut row: Vec<u8> = (0..units.len() as u8)
                .filter(|table| set >> table & 1 == 1)
                .collect();
            row.rotate_left(dice.below(best));
            (set, row)
        });
        let rows = rows.collect();
        let stage = self.stage();
        self.unit(stage, entrants, Rules::Assign(Assign { from, rows }));
    }
}

/// A club of a random cup.
fn club(number: usize) -> Club {
    Club {
        code: format!("C{number}"),
        name: format!("Club {number}"),
        aliases: Vec::new(),
        association: String::new(),
        zone: None,
        pot: None,
        berth: None,
        appearances: None,
        last_appearance: None,
        best_finish: BestFinish::None,
    }
}

fn cup((clubs, steps): &Recipe) -> Cup {
    let mut kitchen = Kitchen {
        builder: Builder::new(*clubs),
        open: (0..*clubs).map(PlaceId::new).collect(),
        matches: Vec::new(),
        tables: Vec::new(),
        facts: Facts::default(),
    };
    for (kind, numbers) in steps {
        let mut dice = Dice(numbers, 0);
        match kind {
            0 | 1 => {
                let size = 2 + dice.below(7);
                if kitchen.open.len() >= 2 {
                    kitchen.tables(&mut dice, size.min(kitchen.open.len()), 3);
                }
            }
            2 | 3 => kitchen.ties(&mut dice),
            4 | 5 => kitchen.order(&mut dice),
            6 => kitchen.draw(&mut dice),
            _ => kitchen.assignment(&mut dice),
        }
    }
    let coefficient = (0..*clubs).map(|club| Some((club % 5) as f64)).collect();
    let lucky = (0..*clubs)
        .map(|club| (club < 2).then(|| "L".to_owned()))
        .collect();
    Cup {
        id: "random".to_owned(),
        competition: "Random".to_owned(),
        edition: "1".to_owned(),
        clubs: (0..*clubs).map(club).collect(),
        numbers: BTreeMap::from([("coefficient".to_owned(), coefficient)]),
        words: BTreeMap::from([("lucky".to_owned(), lucky)]),
        format: kitchen.builder.finish().expect("a sound format"),
        matches: kitchen.matches,
        facts: kitchen.facts,
        hosts: Vec::new(),
        history: Vec::new(),
        past: Vec::new(),
        pots: Vec::new(),
    }
}

/// The engine and its twin play the same tournaments, and every unit gives back the clubs that it took.
pub(super) fn agree(cup: &Cup, engine: &CupEngine, runs: u64, seed: u64) -> Result<(), String> {
    let mut run = engine.run();
    for number in 0..runs {
        let key = SeedKey::new(seed, Purpose::Tournament).run(number);
        engine.play(key, &mut run);
        let twin = Twin::play(engine, key, &run);
        for unit in cup.format().units() {
            let engine_has: Vec<ClubId> = unit
                .outputs()
                .map(|place| run.places[place.index()])
                .collect();
            let twin_has: Vec<ClubId> = unit
                .outputs()
                .filter_map(|place| twin.places[place.index()])
                .collect();
            if engine_has != twin_has {
                return Err(format!(
                    "{}: run {number}, {}: {engine_has:?}, its twin {twin_has:?}",
                    cup.id(),
                    unit.name
                ));
            }
            let taken: BTreeSet<ClubId> = unit
                .entrants
                .iter()
                .map(|place| run.places[place.index()])
                .collect();
            let given: BTreeSet<ClubId> = engine_has.iter().copied().collect();
            if taken != given || given.len() != unit.size() {
                return Err(format!(
                    "{}: run {number}, {} gives others than it took",
                    cup.id(),
                    unit.name
                ));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_formats_are_played_as_their_twins_play_them(recipe in recipe()) {
        let cup = cup(&recipe);
        let ratings: Vec<f64> = (0..cup.clubs().len()).map(|club| 1500.0 + 20.0 * club as f64).collect();
        let engine = CupEngine::new(&cup, &crate::goals::rated(&ratings));
        prop_assert_eq!(agree(&cup, &engine, 20, 5), Ok(()));
        let runs = Runs { runs: 40, seed: 5, threads: Some(1) };
        let (clubs, places) = (cup.clubs().len(), cup.format().places());
        let tally = observe(&engine, runs, &|_| (), &|| CupTally::new(clubs, places));
        for unit in cup.format().units() {
            for club in cup.club_ids() {
                let came: u64 = unit.entrants.iter().map(|place| match cup.format().club_at(*place) {
                    Some(own) => if own == club { 40 } else { 0 },
                    None => tally.count(*place, club),
                }).sum();
                let left: u64 = unit.outputs().map(|place| tally.count(place, club)).sum();
                prop_assert_eq!(came, left, "{} in {}", cup.club(club).name, unit.name);
            }
            for place in unit.outputs() {
                let all: u64 = cup.club_ids().map(|club| tally.count(place, club)).sum();
                prop_assert_eq!(all, 40);
            }
        }
    }
}

#[test]
fn every_bundled_cup_is_played_as_its_twin_plays_it() {
    let mut wrong = Vec::new();
    for bundled in crate::open::BUNDLED {
        let full = crate::open::open_bundled(bundled).expect("a sound file");
        let ratings: Vec<f64> = (0..full.clubs().len())
            .map(|club| 1500.0 + 5.0 * club as f64)
            .collect();
        let middle = full.instants();
        let (middle, _) = middle[middle.len() / 2];
        for (instant, runs) in [(crate::cup::Instant::Start, 140), (middle, 60)] {
            let known = full.known_at(instant);
            let engine = CupEngine::new(&known, &crate::goals::rated(&ratings));
            wrong.extend(agree(&known, &engine, runs, 11).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
