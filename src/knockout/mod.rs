//! Ties: who goes on after one leg or two, by aggregate, away goals, extra time and shoot-out.

mod bracket;

pub use bracket::{BracketState, TieState};

use crate::tournament::{Goals, Round, Score};

/// One of the two sides of a tie, `Tie::sides[0]` or `Tie::sides[1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TieSide {
    /// The side named first.
    First,
    /// The side named second.
    Second,
}

impl TieSide {
    /// Its position in `Tie::sides`.
    pub fn index(self) -> usize {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }

    /// The side at a position of `Tie::sides`: 0 is the first, anything else the second.
    pub fn at(index: u8) -> Self {
        if index == 0 {
            Self::First
        } else {
            Self::Second
        }
    }

    /// The opposing side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// What decided a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecidedBy {
    /// More goals over all legs after 90 minutes (in a single leg: the score).
    Aggregate,
    /// More goals away from home, level on aggregate after the 90 minutes of the second leg.
    AwayGoals,
    /// More goals in extra time.
    ExtraTime,
    /// The penalty shoot-out.
    Penalties,
}

impl DecidedBy {
    /// The words a table uses.
    pub fn words(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::AwayGoals => "away goals",
            Self::ExtraTime => "extra time",
            Self::Penalties => "penalties",
        }
    }
}

/// How a tie ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieOutcome {
    /// The side that goes on.
    pub winner: TieSide,
    /// What decided.
    pub decided_by: DecidedBy,
}

/// Why a tie has no winner yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecided {
    /// A leg has not been played.
    LegsToPlay,
    /// Level after the 90 minutes of the last leg, and the score after extra time is not known.
    ExtraTimeToPlay,
    /// Level after all play, and the result of the shoot-out is not known (or no result: level).
    PenaltiesToPlay,
}

/// Goals of the two sides of a tie: first side, second side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SideGoals {
    /// Goals of the first side.
    pub first: u16,
    /// Goals of the second side.
    pub second: u16,
}

impl SideGoals {
    /// The goals of a match by side rather than by home and away.
    pub fn of(goals: Goals, host: TieSide) -> Self {
        let (home, away) = (u16::from(goals.home), u16::from(goals.away));
        match host {
            TieSide::First => Self {
                first: home,
                second: away,
            },
            TieSide::Second => Self {
                first: away,
                second: home,
            },
        }
    }

    /// The side with more goals, if there is one.
    pub fn leader(self) -> Option<TieSide> {
        match self.first.cmp(&self.second) {
            std::cmp::Ordering::Greater => Some(TieSide::First),
            std::cmp::Ordering::Less => Some(TieSide::Second),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            first: self.first + other.first,
            second: self.second + other.second,
        }
    }
}

/// The legs of a tie as far as they are known, and who is at home in the last one (the other side is
/// at home in the first of two).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieScores<'a> {
    /// The score of each leg in order, as many as the round has; `None` if it has not been played.
    pub legs: &'a [Option<Score>],
    /// Who is at home in the last leg.
    pub last_leg_host: TieSide,
}

impl TieScores<'_> {
    /// Goals of both sides over the legs played so far, after 90 minutes.
    pub fn aggregate(&self) -> SideGoals {
        self.known()
            .map(|(host, score)| SideGoals::of(score.ninety, host))
            .fold(SideGoals::default(), SideGoals::plus)
    }

    /// Goals that both sides scored away from home over the legs played so far, after 90 minutes.
    pub fn away_goals(&self) -> SideGoals {
        let away_only = |score: Score| Goals {
            home: 0,
            away: score.ninety.away,
        };
        self.known()
            .map(|(host, score)| SideGoals::of(away_only(score), host))
            .fold(SideGoals::default(), SideGoals::plus)
    }

    /// Goals of extra time alone, if it was played.
    pub fn extra_time(&self) -> Option<SideGoals> {
        let last = self.last_leg()?;
        let full = last.after_extra_time?;
        let goals = Goals {
            home: full.home.saturating_sub(last.ninety.home),
            away: full.away.saturating_sub(last.ninety.away),
        };
        Some(SideGoals::of(goals, self.last_leg_host))
    }

    /// Goals of the shoot-out, if there was one.
    pub fn penalties(&self) -> Option<SideGoals> {
        let goals = self.last_leg()?.penalties?;
        Some(SideGoals::of(goals, self.last_leg_host))
    }

    /// Who is at home in a leg, counted from 0.
    pub fn host(&self, leg: usize) -> TieSide {
        if leg + 1 == self.legs.len() {
            self.last_leg_host
        } else {
            self.last_leg_host.other()
        }
    }

    fn last_leg(&self) -> Option<Score> {
        self.legs.last().copied().flatten()
    }

    fn known(&self) -> impl Iterator<Item = (TieSide, Score)> {
        let played = |(leg, score): (usize, &Option<Score>)| Some((self.host(leg), (*score)?));
        self.legs.iter().enumerate().filter_map(played)
    }
}

/// Who wins a tie under the rules of its round: aggregate over the legs; away goals after the 90 minutes of
/// the second leg (in ties of two legs); extra time, in which away goals do not count; shoot-out.
///
/// A step that was not needed is not looked at.
///
/// # Errors
/// What has to be played before there is a winner.
pub fn decide(scores: &TieScores<'_>, round: &Round) -> Result<TieOutcome, Undecided> {
    if scores.legs.is_empty() || scores.legs.iter().any(Option::is_none) {
        return Err(Undecided::LegsToPlay);
    }
    let by = |decided_by| move |winner| TieOutcome { winner, decided_by };
    if let Some(outcome) = after_ninety_minutes(scores, round) {
        return Ok(outcome);
    }
    if round.extra_time {
        let goals = scores.extra_time().ok_or(Undecided::ExtraTimeToPlay)?;
        if let Some(winner) = goals.leader() {
            return Ok(by(DecidedBy::ExtraTime)(winner));
        }
    }
    let shoot_out = scores.penalties().and_then(SideGoals::leader);
    shoot_out
        .map(by(DecidedBy::Penalties))
        .ok_or(Undecided::PenaltiesToPlay)
}

/// The winner after the 90 minutes of the last leg, if aggregate or away goals decide.
fn after_ninety_minutes(scores: &TieScores<'_>, round: &Round) -> Option<TieOutcome> {
    let on_aggregate = scores.aggregate().leader().map(|winner| TieOutcome {
        winner,
        decided_by: DecidedBy::Aggregate,
    });
    let away_goals_count = round.away_goals && scores.legs.len() > 1;
    on_aggregate.or_else(|| {
        let leader = scores.away_goals().leader().filter(|_| away_goals_count);
        leader.map(|winner| TieOutcome {
            winner,
            decided_by: DecidedBy::AwayGoals,
        })
    })
}

#[cfg(test)]
mod tests;
