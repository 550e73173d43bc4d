//! What results, rules and logic settle about an event of a cup: a world in which it is true is looked for, and if there
//! is none, the event is impossible.
//!
//! A world says at which of the places that the question speaks of each of its clubs stands, and how its matches end.
//! What it leaves out can only make more possible than there is, so that what is called impossible is so.

use super::CupEvent;
use super::event::shown;
use crate::ask::logic::rule;
use crate::ask::world::all;
use crate::ask::{Question, Ruling};
use crate::cup::{Cup, Outcome};
use crate::format::{Figure, Rules};
use crate::ids::{ClubId, PlaceId, UnitId};
use crate::state::{Reach, State};
use crate::tournament::{MatchResult, Score};
use std::ops::RangeInclusive;

/// So many worlds are looked at for an event at most; if they do not settle it, it counts as open.
const MOST_WORLDS: usize = 200_000;

/// So many steps are followed at most when the courses of a club are gone through.
const MOST_STEPS: usize = 200_000;

/// What decides about events.
pub(super) struct Logic<'a> {
    cup: &'a Cup,
    state: &'a State,
    reach: &'a Reach,
}

impl<'a> Logic<'a> {
    pub(super) fn new(cup: &'a Cup, state: &'a State, reach: &'a Reach) -> Self {
        Self { cup, state, reach }
    }

    /// What is settled about a question.
    pub(super) fn rule(&self, question: &Question<CupEvent>) -> Ruling {
        rule(question, |event| self.can_happen(event))
    }

    /// Whether there is a world in which an event is true. If there are too many to look at, there may be.
    fn can_happen(&self, event: &CupEvent) -> bool {
        let mut subjects = Subjects::default();
        subjects.collect(self.cup, event);
        let Some(clubs) = self.courses(&subjects) else {
            return true;
        };
        let mut search = Search {
            logic: self,
            event,
            clubs,
            free: self.free(&subjects),
            world: World::default(),
            left: MOST_WORLDS,
        };
        search.club(0)
    }

    /// For each club of a question the sets of places, among those it speaks of, that a course can lead through.
    fn courses(&self, subjects: &Subjects) -> Option<Vec<(ClubId, Vec<Vec<PlaceId>>)>> {
        let mut steps = MOST_STEPS;
        let courses = subjects.clubs.iter().map(|club| {
            let start = PlaceId::new(club.index());
            let mut found = Vec::new();
            let mut course = Vec::new();
            self.follow(
                *club,
                start,
                &subjects.places,
                &mut course,
                &mut found,
                &mut steps,
            )
            .then_some((*club, found))
        });
        courses.collect()
    }

    /// Goes on from a place wherever a club can; `false` if that takes too many steps.
    fn follow(
        &self,
        club: ClubId,
        place: PlaceId,
        wanted: &[PlaceId],
        course: &mut Vec<PlaceId>,
        found: &mut Vec<Vec<PlaceId>>,
        steps: &mut usize,
    ) -> bool {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        let noted = wanted.contains(&place);
        if noted {
            course.push(place);
        }
        let mut goes_on = true;
        match self.cup.format().fed_by(place) {
            None => {
                if !found.contains(course) {
                    found.push(course.clone());
                }
            }
            Some((unit, _)) => {
                for out in self.cup.format().unit(unit).outputs() {
                    if self.reach.can(out, club) {
                        goes_on &= self.follow(club, out, wanted, course, found, steps);
                    }
                }
            }
        }
        if noted {
            course.pop();
        }
        goes_on
    }

    /// What can become of the statements about figures, matches and stages: for each that hangs together the truths.
    fn free(&self, subjects: &Subjects) -> Vec<Free> {
        let mut free: Vec<Free> = Vec::new();
        let mut done = vec![false; subjects.free.len()];
        for first in 0..subjects.free.len() {
            if done[first] {
                continue;
            }
            let together: Vec<&CupEvent> = (first..subjects.free.len())
                .filter(|other| hang_together(&subjects.free[first], &subjects.free[*other]))
                .inspect(|other| done[*other] = true)
                .map(|other| &subjects.free[other])
                .collect();
            let mut truths: Vec<Vec<bool>> = Vec::new();
            for truth in self.truths(&together) {
                if !truths.contains(&truth) {
                    truths.push(truth);
                }
            }
            free.push(Free {
                statements: together.into_iter().cloned().collect(),
                truths,
            });
        }
        free
    }

    fn truths(&self, together: &[&CupEvent]) -> Vec<Vec<bool>> {
        match together.first() {
            Some(CupEvent::Figure(club, units, figure, _)) => {
                let ranges: Vec<&RangeInclusive<i64>> = together
                    .iter()
                    .filter_map(|one| match one {
                        CupEvent::Figure(_, _, _, range) => Some(range),
                        _ => None,
                    })
                    .collect();
                let (low, high) = self.figure(*club, units, *figure);
                let ends = ranges
                    .iter()
                    .flat_map(|range| [*range.start(), range.end().saturating_add(1)]);
                let values = ends
                    .chain([low, high])
                    .filter(|value| (low..=high).contains(value));
                values
                    .map(|value| ranges.iter().map(|range| range.contains(&value)).collect())
                    .collect()
            }
            Some(CupEvent::Match(_)) => self.ends(together),
            Some(one) => match self.settled(one) {
                Some(truth) => vec![vec![truth]],
                None => vec![vec![true], vec![false]],
            },
            None => Vec::new(),
        }
    }

    /// Whether what is said of a stage is settled, because all its ties are over.
    fn settled(&self, event: &CupEvent) -> Option<bool> {
        let (CupEvent::Goals(stage, _) | CupEvent::ExtraTime(stage) | CupEvent::ShootOut(stage)) =
            event
        else {
            return None;
        };
        let format = self.cup.format();
        let over = format.units_of(*stage).all(|(id, unit)| match unit.rules {
            Rules::Tie(_) => {
                let tie = self.state.run.tie(id);
                tie.decided.is_some() && tie.played
            }
            _ => self.state.is_over(id),
        });
        let can = format
            .units_of(*stage)
            .any(|(_, unit)| match (&unit.rules, event) {
                (Rules::Tie(tie), CupEvent::ExtraTime(_)) => {
                    tie.has(crate::format::Step::ExtraTime)
                }
                (Rules::Tie(tie), CupEvent::ShootOut(_)) => tie.has(crate::format::Step::ShootOut),
                (_, CupEvent::Goals(..)) => true,
                _ => false,
            });
        if over {
            Some(event.happens(self.cup, &self.state.run))
        } else {
            (!can).then_some(false)
        }
    }

    /// The least and the most that a figure of a club can come to.
    fn figure(&self, club: ClubId, units: &[UnitId], figure: Figure) -> (i64, i64) {
        let anything = (-10_000, 10_000);
        let format = self.cup.format();
        let run = &self.state.run;
        let mut tables = units.iter().filter_map(|id| {
            let unit = format.unit(*id);
            let mut entrants = unit.entrants.iter();
            let entrant = entrants.position(|place| run.club_at(*place) == Some(club))?;
            Some((*id, entrant))
        });
        let (Some((id, entrant)), None) = (tables.next(), tables.next()) else {
            return anything;
        };
        let unit = format.unit(id);
        let Rules::Table(table) = &unit.rules else {
            return anything;
        };
        let open = self.state.course.fixtures[id.index()]
            .iter()
            .filter(|game| {
                run.goals(game.index).is_none() && game.sides.contains(&(entrant as u16))
            });
        let open = open.count() as i64;
        let now = shown(run.record(unit.first_out, entrant), figure);
        if open == 0 {
            return (now, now);
        }
        match figure {
            Figure::Points => {
                let points = &table.points;
                let (winner, loser) = points.shoot_out.unwrap_or((points.draw, points.draw));
                let all = [points.win, points.draw, points.loss, winner, loser];
                let most = all.iter().max().map_or(0, |most| i64::from(*most));
                let least = all.iter().min().map_or(0, |least| i64::from(*least));
                (now + open * least, now + open * most)
            }
            Figure::Goals => (now, anything.1),
            _ => anything,
        }
    }

    /// How a match can end that statements are about: as it did, or with any score.
    fn ends(&self, together: &[&CupEvent]) -> Vec<Vec<bool>> {
        let outcomes: Vec<Outcome> = together
            .iter()
            .filter_map(|one| match one {
                CupEvent::Match(supposed) => Some(supposed.outcome),
                _ => None,
            })
            .collect();
        let Some(CupEvent::Match(first)) = together.first() else {
            return Vec::new();
        };
        let format = self.cup.format();
        let in_table = first.stage.is_some_and(|stage| {
            format
                .units_of(stage)
                .all(|(_, unit)| matches!(unit.rules, Rules::Table(_)))
        });
        if !in_table {
            return vec![vec![true; outcomes.len()], vec![false; outcomes.len()]]
                .into_iter()
                .chain(
                    (0..outcomes.len())
                        .map(|only| (0..outcomes.len()).map(|other| other == only).collect()),
                )
                .collect();
        }
        let run = &self.state.run;
        let known = self
            .cup
            .matches()
            .iter()
            .enumerate()
            .find_map(|(index, game)| {
                let unit = format.unit(game.unit);
                let clubs = game
                    .sides
                    .map(|side| run.club_at(unit.entrants[usize::from(side)]));
                let is_it = Some(unit.stage) == first.stage && clubs == first.clubs.map(Some);
                run.goals(index).filter(|_| is_it).map(|(goals, _)| goals)
            });
        let agree = |one: Outcome, score: Option<Score>, result: MatchResult| match one {
            Outcome::Score(wanted) => score.is_some_and(|score| score.ninety == wanted.ninety),
            Outcome::Result(wanted) => wanted == result,
        };
        let truth = |score: Option<Score>, result: MatchResult| -> Vec<bool> {
            let all = outcomes.iter();
            all.map(|one| agree(*one, score, result)).collect()
        };
        if let Some(goals) = known {
            let score = Score {
                ninety: goals,
                after_extra_time: None,
                penalties: None,
            };
            return vec![truth(Some(score), MatchResult::of(goals))];
        }
        let named = outcomes.iter().filter_map(|one| match one {
            Outcome::Score(score) => Some((Some(*score), MatchResult::of(score.ninety))),
            Outcome::Result(_) => None,
        });
        let others = MatchResult::ALL.into_iter().map(|result| (None, result));
        named
            .chain(others)
            .map(|(score, result)| truth(score, result))
            .collect()
    }
}

/// Statements that hang together, and the truths that they can have.
struct Free {
    statements: Vec<CupEvent>,
    truths: Vec<Vec<bool>>,
}

fn hang_together(one: &CupEvent, other: &CupEvent) -> bool {
    match (one, other) {
        (
            CupEvent::Figure(club, units, figure, _),
            CupEvent::Figure(its, others, its_figure, _),
        ) => (club, units, figure) == (its, others, its_figure),
        (CupEvent::Match(one), CupEvent::Match(other)) => {
            (one.stage, one.clubs) == (other.stage, other.clubs)
        }
        _ => one == other,
    }
}

/// What an event speaks of.
#[derive(Default)]
struct Subjects {
    clubs: Vec<ClubId>,
    places: Vec<PlaceId>,
    free: Vec<CupEvent>,
}

impl Subjects {
    fn collect(&mut self, cup: &Cup, event: &CupEvent) {
        match event {
            CupEvent::Stands(club, places) => {
                self.add_clubs(&[*club]);
                self.add_places(places.iter().copied());
            }
            CupEvent::Meet(clubs, units) | CupEvent::Beats(clubs, units) => {
                self.add_clubs(clubs);
                for id in units {
                    let unit = cup.format().unit(*id);
                    self.add_places(unit.entrants.iter().copied());
                    self.add_places(unit.outputs());
                }
            }
            CupEvent::Not(event) => self.collect(cup, event),
            CupEvent::All(events) | CupEvent::Any(events) => {
                for event in events {
                    self.collect(cup, event);
                }
            }
            other => {
                if !self.free.contains(other) {
                    self.free.push(other.clone());
                }
            }
        }
    }

    fn add_clubs(&mut self, clubs: &[ClubId]) {
        for club in clubs {
            if !self.clubs.contains(club) {
                self.clubs.push(*club);
            }
        }
    }

    fn add_places(&mut self, places: impl Iterator<Item = PlaceId>) {
        for place in places {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
    }
}

/// What has been assumed so far; what is missing is open.
#[derive(Default)]
struct World {
    clubs: Vec<(ClubId, Vec<PlaceId>)>,
    free: Vec<(CupEvent, bool)>,
}

impl World {
    fn places(&self, club: ClubId) -> Option<&[PlaceId]> {
        let found = self.clubs.iter().find(|(other, _)| *other == club);
        found.map(|(_, places)| places.as_slice())
    }
}

/// Looks for a world, assuming one thing after another and turning back where it cannot be.
struct Search<'a> {
    logic: &'a Logic<'a>,
    event: &'a CupEvent,
    clubs: Vec<(ClubId, Vec<Vec<PlaceId>>)>,
    free: Vec<Free>,
    world: World,
    left: usize,
}

impl Search<'_> {
    /// Whether the search is over at this point: with what it found, or `None` if it goes on.
    fn is_over(&mut self) -> Option<bool> {
        if self.left == 0 {
            return Some(true);
        }
        self.left -= 1;
        self.truth(self.event)
    }

    /// Assumes where clubs stand, from the one with this number on.
    fn club(&mut self, number: usize) -> bool {
        if let Some(over) = self.is_over() {
            return over;
        }
        let Some((club, courses)) = self.clubs.get(number).cloned() else {
            return self.statement(0);
        };
        for course in courses {
            let mut others = self.world.clubs.iter();
            let taken = others.any(|(_, places)| course.iter().any(|place| places.contains(place)));
            if taken {
                continue;
            }
            self.world.clubs.push((club, course));
            let found = self.club(number + 1);
            self.world.clubs.pop();
            if found {
                return true;
            }
        }
        false
    }

    /// Assumes what is true of figures, matches and stages, from this number on.
    fn statement(&mut self, number: usize) -> bool {
        if number > 0
            && let Some(over) = self.is_over()
        {
            return over;
        }
        let Some(free) = self.free.get(number) else {
            return self.truth(self.event) != Some(false);
        };
        let (statements, truths) = (free.statements.clone(), free.truths.clone());
        let before = self.world.free.len();
        for truth in truths {
            self.world
                .free
                .extend(statements.iter().cloned().zip(truth));
            let found = self.statement(number + 1);
            self.world.free.truncate(before);
            if found {
                return true;
            }
        }
        false
    }

    /// Whether an event is true, as far as the world is known.
    fn truth(&self, event: &CupEvent) -> Option<bool> {
        let format = self.logic.cup.format();
        match event {
            CupEvent::Stands(club, places) => match self.world.places(*club) {
                Some(stands) => Some(places.iter().any(|place| stands.contains(place))),
                None => self.can_stand(*club, places),
            },
            CupEvent::Meet([one, other], units) => {
                let (one, other) = (self.world.places(*one)?, self.world.places(*other)?);
                Some(units.iter().any(|id| {
                    let entrants = &format.unit(*id).entrants;
                    let enters =
                        |stands: &[PlaceId]| entrants.iter().any(|place| stands.contains(place));
                    enters(one) && enters(other)
                }))
            }
            CupEvent::Beats([one, other], units) => {
                let (one, other) = (self.world.places(*one)?, self.world.places(*other)?);
                Some(units.iter().any(|id| {
                    let unit = format.unit(*id);
                    one.contains(&unit.output(0)) && other.contains(&unit.output(1))
                }))
            }
            CupEvent::Not(event) => self.truth(event).map(|truth| !truth),
            CupEvent::All(events) => all(events.iter().map(|event| self.truth(event))),
            CupEvent::Any(events) => {
                if self.somebody_does(events) {
                    return Some(true);
                }
                let none = all(events
                    .iter()
                    .map(|event| self.truth(event).map(|truth| !truth)));
                none.map(|none| !none)
            }
            other => {
                let found = self.world.free.iter().find(|(known, _)| known == other);
                found.map(|(_, truth)| *truth)
            }
        }
    }

    /// What of a club's standing is settled before anything is assumed of it.
    fn can_stand(&self, club: ClubId, places: &[PlaceId]) -> Option<bool> {
        let reach = self.logic.reach;
        let can = places.iter().any(|place| reach.can(*place, club));
        (!can).then_some(false)
    }

    /// Whether a place can only be taken by clubs of each of which one of these events says that it stands there.
    fn somebody_does(&self, events: &[CupEvent]) -> bool {
        let said = |club: ClubId, place: PlaceId| {
            events.iter().any(|event| {
                matches!(event, CupEvent::Stands(of, places) if *of == club && places.contains(&place))
            })
        };
        let Some(CupEvent::Stands(_, places)) = events.first() else {
            return false;
        };
        places.iter().any(|place| {
            let mut clubs = self.logic.cup.club_ids();
            clubs.all(|club| {
                let elsewhere = self
                    .world
                    .places(club)
                    .is_some_and(|stands| !stands.contains(place));
                elsewhere || !self.logic.reach.can(*place, club) || said(club, *place)
            })
        })
    }
}
