//! The state of a cup: who stands where by the results and facts that are known, and why.

use super::course::Course;
use super::run::Run;
use super::tie::Leg;
use super::walk::{Referee, walk};
use crate::cup::{Cup, Match, Standing};
use crate::format::{Criterion, Draw, Side};
use crate::ids::{ClubId, UnitId};
use crate::tournament::Goals;

/// Where everybody stands.
#[derive(Debug, Clone)]
pub struct State {
    /// The cup in the form in which it was walked through.
    pub course: Course,
    /// How the walk came out.
    pub run: Run,
    /// What separated clubs, in the order of the walk.
    pub reasons: Vec<Reason>,
}

/// A criterion that separated clubs which all criteria before it left level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The unit.
    pub unit: UnitId,
    /// The criterion.
    pub by: Criterion,
    /// The clubs in their new order.
    pub clubs: Vec<ClubId>,
    /// How many of them are in each part, the first part first.
    pub parts: Vec<usize>,
}

impl State {
    /// The state of a cup by all that is known of it.
    pub fn of(cup: &Cup) -> Self {
        let course = Course::new(cup);
        let mut run = Run::new(&course, cup.matches().len());
        let mut known = Known::new(cup);
        walk(&course, &mut known, &mut run);
        let reasons = known.reasons;
        Self {
            course,
            run,
            reasons,
        }
    }
}

/// Tells what is known.
pub(crate) struct Known<'a> {
    cup: &'a Cup,
    /// By unit: the matches of a tie, by leg.
    legs: Vec<Vec<Option<usize>>>,
    reasons: Vec<Reason>,
}

impl<'a> Known<'a> {
    pub(crate) fn new(cup: &'a Cup) -> Self {
        let mut legs = vec![Vec::new(); cup.format().units().len()];
        for (index, game) in cup.matches().iter().enumerate() {
            let legs: &mut Vec<Option<usize>> = &mut legs[game.unit.index()];
            let leg = usize::from(game.number).saturating_sub(1);
            if legs.len() <= leg {
                legs.resize(leg + 1, None);
            }
            legs[leg] = Some(index);
        }
        Self {
            cup,
            legs,
            reasons: Vec::new(),
        }
    }

    /// The match that is the leg of a tie between these clubs, and whether the first entrant is listed first in it.
    fn leg_of(&self, unit: UnitId, leg: usize, clubs: [ClubId; 2]) -> Option<(&'a Match, bool)> {
        let index = (*self.legs[unit.index()].get(leg)?)?;
        let game = &self.cup.matches()[index];
        let played_by = game.clubs?;
        if played_by == clubs {
            Some((game, true))
        } else if played_by == [clubs[1], clubs[0]] {
            Some((game, false))
        } else {
            None
        }
    }
}

/// Goals of the first entrant first.
pub(crate) fn turned(goals: Goals, first_listed: bool) -> [u8; 2] {
    if first_listed {
        [goals.home, goals.away]
    } else {
        [goals.away, goals.home]
    }
}

/// Who was at home, told by entrants instead of by the order in which they are listed.
pub(crate) fn side_of(home: Side, first_listed: bool) -> Side {
    match (home, first_listed) {
        (Side::First, false) => Side::Second,
        (Side::Second, false) => Side::First,
        (side, _) => side,
    }
}

impl Referee for Known<'_> {
    fn game(&mut self, _: UnitId, index: usize, clubs: [ClubId; 2], _: Side) -> Option<Goals> {
        let game = &self.cup.matches()[index];
        let counts = game.clubs.is_none_or(|played_by| played_by == clubs);
        game.score.filter(|_| counts).map(|score| score.ninety)
    }

    fn game_shoot_out(&mut self, _: UnitId, index: usize, _: [ClubId; 2]) -> Option<bool> {
        let penalties = self.cup.matches()[index].score?.penalties?;
        Some(penalties.home > penalties.away)
    }

    fn leg(&mut self, unit: UnitId, leg: usize, clubs: [ClubId; 2], home: Side) -> (Side, Leg) {
        let Some((game, first)) = self.leg_of(unit, leg, clubs) else {
            return (home, Leg::Open);
        };
        let home = side_of(game.home, first);
        match game.score {
            _ if game.standing == Standing::Void => (home, Leg::Void),
            Some(score) => (home, Leg::Played(turned(score.ninety, first))),
            None => (home, Leg::Open),
        }
    }

    fn extra_time(
        &mut self,
        unit: UnitId,
        leg: usize,
        clubs: [ClubId; 2],
        _: Side,
    ) -> Option<[u8; 2]> {
        let (game, first) = self.leg_of(unit, leg, clubs)?;
        let score = game.score?;
        let after = turned(score.after_extra_time?, first);
        let ninety = turned(score.ninety, first);
        Some([
            after[0].saturating_sub(ninety[0]),
            after[1].saturating_sub(ninety[1]),
        ])
    }

    fn shoot_out(&mut self, unit: UnitId, leg: usize, clubs: [ClubId; 2], _: Side) -> Option<bool> {
        let (game, first) = self.leg_of(unit, leg, clubs)?;
        let kicks = turned(game.score?.penalties?, first);
        Some(kicks[0] > kicks[1])
    }

    fn held(&mut self, unit: UnitId) -> Option<&[u16]> {
        let held = self.cup.facts().held.iter().find(|held| held.unit == unit);
        held.map(|held| held.order.as_slice())
    }

    fn draw(&mut self, _: UnitId, _: &Draw, _: &[ClubId], _: &Run) -> Option<Vec<u16>> {
        None
    }

    fn outside(
        &mut self,
        _: UnitId,
        by: &str,
        _: bool,
        block: &mut [u16],
        clubs: &[ClubId],
    ) -> Vec<usize> {
        order_by_rulings(self.cup, by, block, clubs)
    }

    fn fact(&self, name: &str, club: ClubId) -> Option<f64> {
        self.cup.number(name, club)
    }

    fn separated(
        &mut self,
        unit: UnitId,
        by: &Criterion,
        block: &[u16],
        parts: &[usize],
        clubs: &[ClubId],
    ) {
        self.reasons.push(Reason {
            unit,
            by: by.clone(),
            clubs: block
                .iter()
                .map(|entrant| clubs[usize::from(*entrant)])
                .collect(),
            parts: parts.to_vec(),
        });
    }

    fn listens(&self) -> bool {
        true
    }
}

/// Puts level clubs into the order that was ruled, if one ruling names them all; else all stay level.
pub(crate) fn order_by_rulings(
    cup: &Cup,
    by: &str,
    block: &mut [u16],
    clubs: &[ClubId],
) -> Vec<usize> {
    let level = vec![block.len()];
    let ruling = cup.facts().ranked.iter().find(|ruling| {
        let speaks = ruling.by.as_deref().is_none_or(|named| named == by);
        let named = |entrant: &u16| ruling.clubs.contains(&clubs[usize::from(*entrant)]);
        speaks && block.iter().all(named)
    });
    let Some(ruling) = ruling else {
        return level;
    };
    block.sort_by_key(|entrant| {
        let club = clubs[usize::from(*entrant)];
        ruling.clubs.iter().position(|one| *one == club)
    });
    vec![1; block.len()]
}

/// The places of a drawn order that fell to clubs of one ruling are theirs in the order of the ruling.
pub(crate) fn keep_rulings(cup: &Cup, by: &str, block: &mut [u16], clubs: &[ClubId]) {
    for ruling in &cup.facts().ranked {
        if ruling.by.as_deref().is_some_and(|named| named != by) {
            continue;
        }
        let rank = |entrant: u16| {
            let club = clubs[usize::from(entrant)];
            ruling.clubs.iter().position(|one| *one == club)
        };
        let mut named: Vec<u16> = block
            .iter()
            .copied()
            .filter(|one| rank(*one).is_some())
            .collect();
        named.sort_by_key(|entrant| rank(*entrant));
        let mut next = named.into_iter();
        for slot in block.iter_mut().filter(|slot| rank(**slot).is_some()) {
            if let Some(entrant) = next.next() {
                *slot = entrant;
            }
        }
    }
}
