//! What clubs are ranked by: one criterion for tables, seeds, best thirds and everything else.

use crate::ids::UnitId;
use std::fmt;

/// One step of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// What is compared.
    pub by: By,
    /// How many clubs have to be level when it is reached, if that matters.
    pub only: Option<Level>,
}

/// How many clubs are level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Exactly two.
    Two,
    /// Three or more.
    ThreeOrMore,
}

impl Level {
    /// Whether so many clubs are meant.
    pub fn fits(self, clubs: usize) -> bool {
        match self {
            Self::Two => clubs == 2,
            Self::ThreeOrMore => clubs > 2,
        }
    }
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A figure over all matches that count.
    Figure(Figure),
    /// The same, summed over the opponents of those matches.
    Opponents(Figure),
    /// Figures of the matches among the clubs that are level when the block is reached.
    Among {
        /// The figures, first one first.
        figures: Vec<Figure>,
        /// Whether it is applied again to each part that is still level, if it separated some.
        again: bool,
    },
    /// The shoot-out after the last match: only if exactly two clubs of the table have these points and met in it.
    LastMatch,
    /// The place in an earlier unit; beyond `first` all are level.
    Place {
        /// The unit.
        of: UnitId,
        /// How many places count, if not all.
        first: Option<u16>,
    },
    /// A fact of each club that is a number.
    Fact {
        /// Its name, such as `coefficient`.
        name: String,
        /// Whether more is better.
        high: bool,
    },
    /// Entrants in tiers of these sizes, in the order of the list: firsts before seconds.
    Tier(Vec<u16>),
    /// The order of the list.
    Entrant,
    /// Something outside the goals, such as cards; in a forecast it is a lot.
    Outside(String),
}

/// A figure of a club's record. More is better for all but goals against and defeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Points.
    Points,
    /// Goal difference.
    Difference,
    /// Goals scored.
    Goals,
    /// Goals conceded; fewer is better.
    GoalsAgainst,
    /// Goals scored away from home.
    AwayGoals,
    /// Matches won.
    Wins,
    /// Matches won away from home.
    AwayWins,
    /// Points a match.
    PointsPerMatch,
    /// Goal difference a match.
    DifferencePerMatch,
    /// Goals scored a match.
    GoalsPerMatch,
    /// Goals scored over goals conceded.
    GoalAverage,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 11] = [
        Self::Points,
        Self::Difference,
        Self::Goals,
        Self::GoalsAgainst,
        Self::AwayGoals,
        Self::Wins,
        Self::AwayWins,
        Self::PointsPerMatch,
        Self::DifferencePerMatch,
        Self::GoalsPerMatch,
        Self::GoalAverage,
    ];

    /// The words of files and tables.
    pub fn words(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Difference => "goal difference",
            Self::Goals => "goals",
            Self::GoalsAgainst => "goals against",
            Self::AwayGoals => "away goals",
            Self::Wins => "wins",
            Self::AwayWins => "away wins",
            Self::PointsPerMatch => "points per match",
            Self::DifferencePerMatch => "goal difference per match",
            Self::GoalsPerMatch => "goals per match",
            Self::GoalAverage => "goal average",
        }
    }

    /// The figure with these words.
    pub fn parse(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.words() == words)
    }
}

impl Criterion {
    /// A criterion for any number of clubs.
    pub fn of(by: By) -> Self {
        Self { by, only: None }
    }

    /// A figure over all matches that count.
    pub fn figure(figure: Figure) -> Self {
        Self::of(By::Figure(figure))
    }

    /// Drawing of lots, which ends every list.
    pub fn lots() -> Self {
        Self::of(By::Outside("lots".to_owned()))
    }

    /// Head-to-head: these figures among the clubs that are level, applied again to those still level.
    pub fn among(figures: &[Figure]) -> Self {
        Self::of(By::Among {
            figures: figures.to_vec(),
            again: true,
        })
    }
}

impl fmt::Display for Criterion {
    /// The words of a file: `goal difference`, `two level: head-to-head points`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.only {
            Some(Level::Two) => out.write_str("two level: ")?,
            Some(Level::ThreeOrMore) => out.write_str("three level: ")?,
            None => {}
        }
        match &self.by {
            By::Figure(figure) => out.write_str(figure.words()),
            By::Opponents(figure) => write!(out, "opponents' {}", figure.words()),
            By::Among { figures, again } => {
                let words: Vec<&str> = figures.iter().map(|figure| figure.words()).collect();
                let once = if *again { "" } else { " once" };
                write!(out, "head-to-head{once}: {}", words.join(", "))
            }
            By::LastMatch => out.write_str("shoot-out in the last match"),
            By::Place { first, .. } => match first {
                Some(first) => write!(out, "place among the first {first}"),
                None => out.write_str("place"),
            },
            By::Fact { name, high } => {
                write!(out, "{} {name}", if *high { "higher" } else { "lower" })
            }
            By::Tier(_) => out.write_str("tier"),
            By::Entrant => out.write_str("order of the list"),
            By::Outside(name) => out.write_str(name),
        }
    }
}
