//! Figures of a club as far as they are known: from the least to the most that open matches leave possible.

use super::Score;
use crate::playbook::GroupMatchPlan;
use crate::tournament::{Goals, GroupCriterion, MatchResult, Points, SeedingCriterion};

/// More goals than all matches of a group can have known ones, and few enough that sums of it fit.
const FAR: i32 = 1 << 20;

/// The values a figure can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    low: i32,
    high: i32,
}

impl Span {
    const fn exactly(value: i32) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    const fn between(low: i32, high: i32) -> Self {
        Self { low, high }
    }

    fn plus(self, other: Self) -> Self {
        Self::between(self.low + other.low, self.high + other.high)
    }

    /// Whatever either can be.
    fn or(self, other: Self) -> Self {
        Self::between(self.low.min(other.low), self.high.max(other.high))
    }

    /// The value, if there is only one.
    pub(super) fn known(self) -> Option<i32> {
        (self.low == self.high).then_some(self.low)
    }

    /// Whether it is larger than another for sure.
    pub(super) fn beats(self, other: Self) -> bool {
        self.low > other.high
    }
}

impl From<bool> for Span {
    fn from(holds: bool) -> Self {
        Self::exactly(i32::from(holds))
    }
}

/// What a criterion looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Points,
    GoalDifference,
    Goals,
    AwayGoals,
    Wins,
    AwayWins,
}

impl Figure {
    /// What a group criterion compares, if it compares figures.
    pub(super) fn of_group(criterion: GroupCriterion) -> Option<Self> {
        use GroupCriterion as C;
        match criterion {
            C::HeadToHeadPoints => Some(Self::Points),
            C::HeadToHeadGoalDifference | C::GoalDifference => Some(Self::GoalDifference),
            C::HeadToHeadGoals | C::Goals => Some(Self::Goals),
            C::HeadToHeadAwayGoals | C::AwayGoals => Some(Self::AwayGoals),
            C::Wins => Some(Self::Wins),
            C::AwayWins => Some(Self::AwayWins),
            C::ReapplyHeadToHead | C::Lots => None,
        }
    }

    /// What a seeding criterion compares; nothing for lots.
    pub(super) fn of_seeding(criterion: SeedingCriterion) -> Option<Self> {
        use SeedingCriterion as C;
        match criterion {
            C::Points => Some(Self::Points),
            C::GoalDifference => Some(Self::GoalDifference),
            C::Goals => Some(Self::Goals),
            C::AwayGoals => Some(Self::AwayGoals),
            C::Wins => Some(Self::Wins),
            C::AwayWins => Some(Self::AwayWins),
            C::Lots => None,
        }
    }
}

/// All figures of one club, over some matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Figures([Span; 6]);

impl Figures {
    /// One of them.
    pub(super) fn of(&self, figure: Figure) -> Span {
        self.0[figure as usize]
    }

    /// Those of more matches.
    pub(super) fn plus(self, other: Self) -> Self {
        let mut sum = self;
        for (mine, theirs) in sum.0.iter_mut().zip(other.0) {
            *mine = mine.plus(theirs);
        }
        sum
    }

    /// The same with points deducted.
    pub(super) fn less(mut self, deducted: u8) -> Self {
        let points = &mut self.0[Figure::Points as usize];
        *points = points.plus(Span::exactly(-i32::from(deducted)));
        self
    }

    /// Whatever either can be.
    pub(super) fn or(self, other: Self) -> Self {
        let mut both = self;
        for (mine, theirs) in both.0.iter_mut().zip(other.0) {
            *mine = mine.or(theirs);
        }
        both
    }
}

impl Score {
    /// What the match adds to the figures of the home club and of the away club.
    pub(super) fn figures(self, points: Points) -> [Figures; 2] {
        match self {
            Self::Known(goals) => known(goals, points),
            Self::Ended(result) => ended(result, points),
            Self::Open => {
                let [home, draw, away] = MatchResult::ALL.map(|result| ended(result, points));
                [0, 1].map(|side| home[side].or(draw[side]).or(away[side]))
            }
        }
    }
}

fn known(goals: Goals, points: Points) -> [Figures; 2] {
    let (home, away) = (i32::from(goals.home), i32::from(goals.away));
    let spans = |own: i32, other: i32, is_away: bool| {
        let worth = worth(own.cmp(&other), points);
        let won = i32::from(own > other);
        let if_away = |value: i32| if is_away { value } else { 0 };
        Figures([worth, own - other, own, if_away(own), won, if_away(won)].map(Span::exactly))
    };
    [spans(home, away, false), spans(away, home, true)]
}

fn ended(result: MatchResult, points: Points) -> [Figures; 2] {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let spans = |order: std::cmp::Ordering, is_away: bool| {
        let (difference, goals) = match order {
            Greater => (Span::between(1, FAR), Span::between(1, FAR)),
            Equal => (Span::exactly(0), Span::between(0, FAR)),
            Less => (Span::between(-FAR, -1), Span::between(0, FAR)),
        };
        let won = Span::exactly(i32::from(order == Greater));
        let if_away = |span: Span| if is_away { span } else { Span::default() };
        let worth = Span::exactly(worth(order, points));
        Figures([worth, difference, goals, if_away(goals), won, if_away(won)])
    };
    let home = match result {
        MatchResult::HomeWin => Greater,
        MatchResult::Draw => Equal,
        MatchResult::AwayWin => Less,
    };
    [spans(home, false), spans(home.reverse(), true)]
}

fn worth(order: std::cmp::Ordering, points: Points) -> i32 {
    i32::from(match order {
        std::cmp::Ordering::Greater => points.win,
        std::cmp::Ordering::Equal => points.draw,
        std::cmp::Ordering::Less => points.loss,
    })
}

/// The figures of each club of a group over the matches between some of its clubs, given as a bit set.
pub(super) fn figures_of(
    size: usize,
    matches: &[GroupMatchPlan],
    scores: &[Score],
    among: u64,
    points: Points,
) -> Vec<Figures> {
    let mut figures = vec![Figures::default(); size];
    for (game, score) in matches.iter().zip(scores) {
        let both = among >> game.home & among >> game.away & 1;
        if !game.counts || both == 0 {
            continue;
        }
        let [home, away] = score.figures(points);
        for (club, more) in [(game.home, home), (game.away, away)] {
            let sum = &mut figures[usize::from(club)];
            *sum = sum.plus(more);
        }
    }
    figures
}
