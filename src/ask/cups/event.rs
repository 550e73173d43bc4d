//! Events of a cup of any format, and whether they happened in a run.

use crate::ask::cursor::Joined;
use crate::cup::{Cup, Outcome, Supposed};
use crate::format::{Figure, Rules, Side};
use crate::ids::{ClubId, PlaceId, StageId, UnitId};
use crate::state::{Run, TiePlay};
use crate::tournament::{Goals, MatchResult};
use std::ops::RangeInclusive;

/// Something that happens or does not happen in a cup.
#[derive(Debug, Clone, PartialEq)]
pub enum CupEvent {
    /// The club stands at one of these places: a milestone, a place in a table, a stage, the winner of a tie.
    Stands(ClubId, Vec<PlaceId>),
    /// Two clubs meet in one of these units.
    Meet([ClubId; 2], Vec<UnitId>),
    /// The first club wins a tie against the second in one of these units.
    Beats([ClubId; 2], Vec<UnitId>),
    /// A figure of the club in whichever of these tables it plays in is within a range.
    Figure(ClubId, Vec<UnitId>, Figure, RangeInclusive<i64>),
    /// A match between two clubs, the first listed first or at home, ends so.
    Match(Supposed),
    /// The goals of all matches of a stage, extra time included, are within a range.
    Goals(StageId, RangeInclusive<u32>),
    /// A tie of the stage goes to extra time.
    ExtraTime(StageId),
    /// A tie of the stage goes to a shoot-out.
    ShootOut(StageId),
    /// The event does not happen.
    Not(Box<CupEvent>),
    /// All events happen.
    All(Vec<CupEvent>),
    /// At least one of the events happens.
    Any(Vec<CupEvent>),
}

impl Joined for CupEvent {
    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    fn all(events: Vec<Self>) -> Self {
        Self::All(events)
    }

    fn any(events: Vec<Self>) -> Self {
        Self::Any(events)
    }
}

impl CupEvent {
    /// Whether it happened in a run.
    pub fn happens(&self, cup: &Cup, run: &Run) -> bool {
        let format = cup.format();
        let at = |place: PlaceId| run.standing_at(place);
        match self {
            Self::Stands(club, places) => places.iter().any(|place| at(*place) == Some(*club)),
            Self::Meet(clubs, units) => units.iter().any(|unit| {
                let entrants = &format.unit(*unit).entrants;
                clubs
                    .iter()
                    .all(|club| entrants.iter().any(|place| at(*place) == Some(*club)))
            }),
            Self::Beats(clubs, units) => units.iter().any(|unit| {
                let unit = format.unit(*unit);
                at(unit.output(0)) == Some(clubs[0]) && at(unit.output(1)) == Some(clubs[1])
            }),
            Self::Figure(club, units, figure, range) => units.iter().any(|unit| {
                let unit = format.unit(*unit);
                let mut entrants = unit.entrants.iter();
                entrants
                    .position(|place| at(*place) == Some(*club))
                    .is_some_and(|entrant| {
                        let record = run.record(unit.first_out, entrant);
                        range.contains(&shown(record, *figure))
                    })
            }),
            Self::Match(supposed) => in_tables(cup, run, *supposed) || in_ties(cup, run, *supposed),
            Self::Goals(stage, range) => range.contains(&goals(cup, run, *stage)),
            Self::ExtraTime(stage) => any_leg(cup, run, *stage, |tie| {
                let mut legs = tie.legs.iter().flatten();
                legs.any(|leg| leg.extra_time.is_some())
            }),
            Self::ShootOut(stage) => any_leg(cup, run, *stage, |tie| {
                let mut legs = tie.legs.iter().flatten();
                legs.any(|leg| leg.shoot_out.is_some())
            }),
            Self::Not(event) => !event.happens(cup, run),
            Self::All(events) => events.iter().all(|event| event.happens(cup, run)),
            Self::Any(events) => events.iter().any(|event| event.happens(cup, run)),
        }
    }
}

/// A figure as people write it.
pub(super) fn shown(record: &crate::state::Record, figure: Figure) -> i64 {
    match figure {
        Figure::Points => i64::from(record.points),
        other => record.figure(other),
    }
}

fn fits(outcome: Outcome, goals: Goals) -> bool {
    match outcome {
        Outcome::Score(score) => score.ninety == goals,
        Outcome::Result(result) => MatchResult::of(goals) == result,
    }
}

/// Whether a match of a table ended so.
fn in_tables(cup: &Cup, run: &Run, supposed: Supposed) -> bool {
    cup.matches().iter().enumerate().any(|(index, game)| {
        let unit = cup.format().unit(game.unit);
        let here = supposed.stage.is_none_or(|stage| stage == unit.stage);
        if !here || !matches!(unit.rules, Rules::Table(_)) {
            return false;
        }
        let clubs = game.sides.map(|side| {
            let place = unit.entrants.get(usize::from(side));
            place.and_then(|place| run.standing_at(*place))
        });
        clubs == supposed.clubs.map(Some)
            && run
                .goals(index)
                .is_some_and(|(goals, _)| fits(supposed.outcome, goals))
    })
}

/// Whether a leg of a tie ended so, with the first club at home or on neutral ground.
fn in_ties(cup: &Cup, run: &Run, supposed: Supposed) -> bool {
    let format = cup.format();
    let turned = [supposed.clubs[1], supposed.clubs[0]];
    format.unit_ids().any(|id| {
        let unit = format.unit(id);
        let here = supposed.stage.is_none_or(|stage| stage == unit.stage);
        if !here || !matches!(unit.rules, Rules::Tie(_)) {
            return false;
        }
        let tie = run.tie(id);
        let listed_first = tie.clubs == supposed.clubs;
        (listed_first || tie.clubs == turned)
            && tie.legs.iter().flatten().any(|leg| {
                let about_it = match leg.home {
                    Side::First => listed_first,
                    Side::Second => !listed_first,
                    Side::Nobody => true,
                };
                let [one, other] = leg.goals;
                let (home, away) = if listed_first {
                    (one, other)
                } else {
                    (other, one)
                };
                about_it && fits(supposed.outcome, Goals { home, away })
            })
    })
}

/// The goals of a stage, extra time included.
fn goals(cup: &Cup, run: &Run, stage: StageId) -> u32 {
    let format = cup.format();
    let tables = cup
        .matches()
        .iter()
        .enumerate()
        .filter_map(|(index, game)| {
            let unit = format.unit(game.unit);
            let counts = unit.stage == stage && matches!(unit.rules, Rules::Table(_));
            let (goals, _) = run.goals(index).filter(|_| counts)?;
            Some(u32::from(goals.home) + u32::from(goals.away))
        });
    let ties = format.units_of(stage).flat_map(|(id, _)| {
        let legs = run.tie(id).legs.into_iter().flatten();
        legs.map(|leg| {
            let parts = [leg.goals, leg.extra_time.unwrap_or([0, 0])];
            parts
                .iter()
                .flatten()
                .map(|goals| u32::from(*goals))
                .sum::<u32>()
        })
    });
    tables.sum::<u32>() + ties.sum::<u32>()
}

fn any_leg(cup: &Cup, run: &Run, stage: StageId, test: impl Fn(&TiePlay) -> bool) -> bool {
    cup.format()
        .units_of(stage)
        .any(|(id, _)| test(run.tie(id)))
}
