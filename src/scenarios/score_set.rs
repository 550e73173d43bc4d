//! A set of scorelines of one match: what a statement requires of it, in margins first and goals where margins do not tell.

use crate::goals::JointScores;
use crate::tournament::Goals;

/// A set of scorelines, by the margin of the home club and, where that alone does not tell, by the goals
/// of the side with fewer. What lies beyond the largest margin (or goals) kept is as that margin (those goals).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScoreSet {
    /// For each margin from `-reach` to `reach`, which numbers of goals of the weaker side are in the set.
    margins: Vec<Bases>,
}

/// Numbers of goals of the side with fewer (of each side, in a draw).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bases {
    /// None.
    None,
    /// Any.
    All,
    /// Those marked; the last stands for all above it as well. Neither all nor none are marked.
    Some(Vec<bool>),
}

/// The result of a match as its home club sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchResult {
    /// The home club wins.
    HomeWin,
    /// Nobody wins.
    Draw,
    /// The away club wins.
    AwayWin,
}

impl MatchResult {
    /// Every result.
    pub const ALL: [Self; 3] = [Self::HomeWin, Self::Draw, Self::AwayWin];

    /// The result that goes with a margin of the home club.
    pub fn of_margin(margin: i32) -> Self {
        match margin.signum() {
            1 => Self::HomeWin,
            0 => Self::Draw,
            _ => Self::AwayWin,
        }
    }
}

/// A run of margins, all of whose scorelines belong to a set, or a single margin with some of its scorelines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The smallest margin; `None`: however small.
    pub from: Option<i32>,
    /// The largest margin; `None`: however large.
    pub to: Option<i32>,
    /// The goals of the side with fewer, as ranges with or without an upper end; empty: any.
    pub goals: Vec<(i32, Option<i32>)>,
}

impl Bases {
    /// From marks, with all or none marked made plain.
    pub(super) fn of(marks: Vec<bool>) -> Self {
        if marks.iter().all(|mark| *mark) {
            Self::All
        } else if marks.iter().any(|mark| *mark) {
            Self::Some(marks)
        } else {
            Self::None
        }
    }

    fn contains(&self, base: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Some(marks) => marks[base.min(marks.len() - 1)],
        }
    }

    fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, bases) | (bases, Self::None) => bases.clone(),
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Some(one), Self::Some(other)) => {
                Self::of(one.iter().zip(other).map(|(a, b)| *a || *b).collect())
            }
        }
    }

    /// The numbers marked, as ranges.
    fn ranges(marks: &[bool]) -> Vec<(i32, Option<i32>)> {
        let mut ranges = Vec::new();
        let mut base = 0;
        for run in marks.chunk_by(|one, other| one == other) {
            let end = base + run.len();
            if run[0] {
                let to = (end < marks.len()).then_some(end as i32 - 1);
                ranges.push((base as i32, to));
            }
            base = end;
        }
        ranges
    }
}

impl ScoreSet {
    /// From the goals that belong to each margin, the smallest margin first.
    pub(super) fn new(margins: Vec<Bases>) -> Self {
        Self { margins }
    }

    /// Every scoreline with one of these results.
    pub(super) fn by_result(results: &[MatchResult]) -> Self {
        Self::new(vec![Bases::All; 3]).with_results(results)
    }

    fn reach(&self) -> i32 {
        self.margins.len() as i32 / 2
    }

    /// Whether a scoreline belongs to the set.
    pub fn contains(&self, goals: Goals) -> bool {
        let margin = goals.margin().clamp(-self.reach(), self.reach());
        let bases = &self.margins[(margin + self.reach()) as usize];
        bases.contains(usize::from(goals.home.min(goals.away)))
    }

    /// Whether no scoreline belongs to it.
    pub fn is_empty(&self) -> bool {
        self.margins.iter().all(|bases| *bases == Bases::None)
    }

    /// Whether every scoreline belongs to it, so that the match does not matter.
    pub fn is_everything(&self) -> bool {
        self.margins.iter().all(|bases| *bases == Bases::All)
    }

    /// The part with one of these results.
    pub(super) fn with_results(&self, results: &[MatchResult]) -> Self {
        let least = -self.reach();
        let keep = |(margin, bases): (i32, &Bases)| {
            if results.contains(&MatchResult::of_margin(margin)) {
                bases.clone()
            } else {
                Bases::None
            }
        };
        Self::new((least..).zip(&self.margins).map(keep).collect())
    }

    /// Every scoreline with one of these results, as far as a set like this one reaches.
    pub(super) fn of_results(&self, results: &[MatchResult]) -> Self {
        let everything = Self::new(vec![Bases::All; self.margins.len()]);
        everything.with_results(results)
    }

    /// The scorelines of either of two sets of one reach.
    pub(super) fn union(&self, other: &Self) -> Self {
        let both = self.margins.iter().zip(&other.margins);
        Self::new(both.map(|(one, other)| one.union(other)).collect())
    }

    /// The probability of the set.
    pub(super) fn probability(&self, scores: &JointScores) -> f64 {
        let members = scores.iter().filter(|(goals, _)| self.contains(*goals));
        members.map(|(_, probability)| probability).sum()
    }

    /// The set in runs of margins, the smallest margin first.
    pub fn spans(&self) -> Vec<Span> {
        let reach = self.reach();
        let lower = |margin: i32| (margin > -reach).then_some(margin);
        let upper = |margin: i32| (margin < reach).then_some(margin);
        let mut spans = Vec::new();
        let mut margin = -reach;
        for run in self.margins.chunk_by(|one, other| one == other) {
            let last = margin + run.len() as i32 - 1;
            match &run[0] {
                Bases::None => {}
                Bases::All => spans.push(Span {
                    from: lower(margin),
                    to: upper(last),
                    goals: Vec::new(),
                }),
                Bases::Some(marks) => spans.extend((margin..=last).map(|margin| Span {
                    from: Some(margin),
                    to: Some(margin),
                    goals: Bases::ranges(marks),
                })),
            }
            margin = last + 1;
        }
        spans
    }

    /// How many pieces it takes to describe the set.
    pub(super) fn pieces(&self) -> usize {
        let spans = self.spans();
        spans.iter().map(|span| span.goals.len().max(1)).sum()
    }
}
