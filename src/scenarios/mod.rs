//! What must happen for a club to win its group: what is certain already, what suffices, and how likely that is.
//!
//! "Clinched" and "eliminated" follow from results and rules alone. Probabilities are exact: with one or two
//! matches left in a group by playing out every pair of scorelines, before that by [`crate::exact`].

pub mod cup;
mod fate;
mod group_ends;
mod magic;
mod outlook;
mod position;
mod score_set;
mod sheet;
mod statements;
#[cfg(test)]
mod tests;
mod words;

pub use fate::Status;
pub use score_set::{MatchResult, ScoreSet, Span};
pub use statements::{Requirement, Statement};
pub use words::{Naming, answer, statement_words};

use crate::exact;
use crate::ids::{ClubId, GroupId};
use crate::playbook::Playbook;
use crate::tournament::Tournament;
use group_ends::GroupEnds;
use position::{OpenMatch, Position};
use rayon::prelude::*;
use statements::LastMatches;

/// With so many matches left in a group or fewer, what suffices is told in statements; with more they
/// would not be short.
pub const MOST_MATCHES_TOLD: usize = 2;

/// What it takes for one club to win its group.
#[derive(Debug, Clone, PartialEq)]
pub struct ClubScenario {
    /// The club.
    pub club: ClubId,
    /// Its group.
    pub group: GroupId,
    /// Its points so far, less those deducted.
    pub points: i32,
    /// How many own matches are left.
    pub own_left: u32,
    /// How many matches are left in the group.
    pub group_left: u32,
    /// What is certain already.
    pub status: Status,
    /// Whether the club can make sure of the first place by its own scores, whatever the others do.
    pub in_own_hands: bool,
    /// The points from here on that suffice, whatever the margins and whatever the others do: 0 if
    /// clinched, `None` if not even winning every match would be enough by itself.
    pub magic_number: Option<u32>,
    /// The probability that the club collects these points in its remaining matches; `None` without a magic number.
    pub magic_number_probability: Option<f64>,
    /// The probability that the club wins its group, lots included.
    pub probability: f64,
    /// The ways to win the group; `None` while more than [`MOST_MATCHES_TOLD`] matches are left.
    pub statements: Option<Vec<Statement>>,
}

/// A group of a kind that scenarios cannot be worked out for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("scenarios do not cover {what}")]
pub struct NotCovered {
    /// What is not covered, in words that fit after "do not cover".
    pub what: String,
}

impl From<exact::Unsupported> for NotCovered {
    fn from(error: exact::Unsupported) -> Self {
        Self { what: error.what }
    }
}

/// The scenarios of every club, in file order of the groups and of the clubs in them.
///
/// `playbook` is the tournament compiled without conditions. Probabilities leave out at most about
/// `tolerance` in all while many matches are left, and nothing once scorelines are played out.
///
/// # Errors
/// If a group or the tiebreakers are of a kind that is not covered.
pub fn all(
    tournament: &Tournament,
    playbook: &Playbook,
    tolerance: f64,
) -> Result<Vec<ClubScenario>, NotCovered> {
    let groups: Vec<GroupId> = tournament.group_ids().collect();
    let budget = tolerance / groups.len() as f64;
    let each = groups.par_iter();
    let each: Vec<Vec<ClubScenario>> = each
        .map(|group| of_group(tournament, playbook, *group, budget))
        .collect::<Result<_, _>>()?;
    Ok(each.into_iter().flatten().collect())
}

/// The scenarios of the clubs of one group, in file order; see [`all`].
///
/// # Errors
/// If the group or the tiebreakers are of a kind that is not covered.
pub fn of_group(
    tournament: &Tournament,
    playbook: &Playbook,
    group: GroupId,
    tolerance: f64,
) -> Result<Vec<ClubScenario>, NotCovered> {
    let position = Position::of(tournament, group);
    check(&position)?;
    let odds = if position.open.len() > MOST_MATCHES_TOLD {
        let plan = &playbook.groups[group.index()];
        Some(exact::group::winners_only(playbook, plan, tolerance)?)
    } else {
        None
    };
    let clubs = 0..position.clubs.len();
    Ok(clubs
        .map(|club| of_club(&position, playbook, group, club, odds))
        .collect())
}

/// Refuses groups for which the argument in [`fate`] does not hold.
fn check(position: &Position<'_>) -> Result<(), NotCovered> {
    let refuse = |what: &str| {
        Err(NotCovered {
            what: what.to_owned(),
        })
    };
    if !Position::better_scores_never_harm(position.rules) {
        return refuse(
            "tiebreakers that start head-to-head afresh after goals, but before goal difference",
        );
    }
    let others_left = |club| {
        let others = position.open.iter().filter(|open| !open.involves(club));
        others.count()
    };
    let few_left = position.open.len() <= MOST_MATCHES_TOLD;
    let clubs = position.clubs.len();
    if !few_left && (clubs > 3 || (0..clubs).any(|club| others_left(club) > 2)) {
        return refuse("larger groups before their last two matches");
    }
    Ok(())
}

/// The scenario of the club at a position.
fn of_club(
    position: &Position<'_>,
    playbook: &Playbook,
    group: GroupId,
    club: usize,
    odds: Option<[f64; 3]>,
) -> ClubScenario {
    let fate = fate::fate(position, club);
    let statements = odds.is_none().then(|| match fate.status {
        Status::Open => last_statements(position, playbook, group, club),
        Status::Clinched | Status::Eliminated => Vec::new(),
    });
    let told = |statements: &Vec<Statement>| {
        let chances = statements.iter().map(|statement| statement.probability);
        chances.sum::<f64>()
    };
    let probability = match (fate.status, odds) {
        (Status::Clinched, _) => 1.0,
        (Status::Eliminated, _) => 0.0,
        (Status::Open, Some(odds)) => odds[club],
        (Status::Open, None) => statements.as_ref().map_or(0.0, told),
    };
    let own = position.open.iter().filter(|open| open.involves(club));
    ClubScenario {
        club: position.clubs[club],
        group,
        points: position.known.points(club),
        own_left: own.count() as u32,
        group_left: position.open.len() as u32,
        status: fate.status,
        in_own_hands: fate.in_own_hands,
        magic_number: fate.magic_number,
        magic_number_probability: fate
            .magic_number
            .map(|points| magic::chance(position, playbook, group, club, points)),
        probability,
        statements,
    }
}

/// The statements about a club that the last matches of its group decide about.
fn last_statements(
    position: &Position<'_>,
    playbook: &Playbook,
    group: GroupId,
    club: usize,
) -> Vec<Statement> {
    let plan = &playbook.groups[group.index()];
    let mut open: Vec<OpenMatch> = position.open.clone();
    open.sort_by_key(|open| !open.involves(club));
    let mut with_scores = open.into_iter().map(|open| {
        let scores = playbook.score(plan.matches[open.index].score);
        (open, scores)
    });
    match (with_scores.next(), with_scores.next()) {
        (Some((first, scores)), second) => {
            let all = [Some(first), second.map(|(open, _)| open)];
            LastMatches {
                ends: GroupEnds::new(position, club, all.into_iter().flatten().collect()),
                is_away: first.pair[1] == club,
                first: (first.fixture, scores),
                second: second.map(|(open, scores)| (open.fixture, scores)),
            }
            .statements()
        }
        // A group that is over and that real lots have not decided: the clubs level at the top share it.
        (None, _) => match position.place(&position.known, club) {
            position::Place::Level(level) => vec![Statement {
                requirements: Vec::new(),
                ahead_on: Vec::new(),
                lots: Some(level),
                probability: 1.0 / f64::from(level),
            }],
            position::Place::First | position::Place::Behind => Vec::new(),
        },
    }
}
