//! What can only be said about conditions once there is a model: whether it knows the facts they change, and whether
//! what they give can happen.

use crate::conditions::{Conditions, Fact};
use crate::goals::{Covariate, GoalModel, RateError};
use crate::ids::ClubId;
use crate::play::Engine;
use crate::playbook::{check_rates, compile};
use crate::tournament::Tournament;

/// Why a forecast under some conditions would mean nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CheckError {
    /// The model does not look at the fact.
    #[error(
        "{condition}: the goal model takes no account of the {fact}, so nothing would change; \
         use another model, or change the strength itself with --strength"
    )]
    NoTerm {
        /// The condition in words.
        condition: String,
        /// The fact.
        fact: &'static str,
    },
    /// Changed strengths make expected goals that no match has.
    #[error("{conditions}: {home} at home to {away} would have {error}; make the changes smaller")]
    TooStrong {
        /// What changes the strength of either club, in words.
        conditions: String,
        /// The home club.
        home: String,
        /// The away club.
        away: String,
        /// What is expected, and the range.
        error: RateError,
    },
    /// What is given about a group does not happen.
    #[error(
        "{conditions}: that cannot happen any more, or hardly ever (never in {tries} attempts); \
         leave it out, or fix results that bring it about"
    )]
    Impossible {
        /// What is given about the group.
        conditions: String,
        /// How often it was tried.
        tries: u64,
    },
}

/// How often it is tried to bring about what is given about a group.
const TRIES: u64 = 100_000;

/// Checks conditions against a model and what can still happen. A forecast whose conditions were not checked is one of
/// runs in which what is given may not have come true.
///
/// # Errors
/// The first condition that the model cannot heed or that cannot come true.
pub fn check(
    known: &Tournament,
    model: &dyn GoalModel,
    conditions: &Conditions,
) -> Result<(), CheckError> {
    for change in &conditions.facts {
        let covariate = match change.fact {
            Fact::Pot(_) => Covariate::Pot,
            Fact::BestFinish(_) => Covariate::BestFinish,
        };
        if model.slope(covariate).is_none() {
            return Err(CheckError::NoTerm {
                condition: change.words(&known.clubs),
                fact: change.fact.kind(),
            });
        }
    }
    if !conditions.strengths.is_empty() || !conditions.facts.is_empty() {
        check_rates(known, model, conditions)
            .map_err(|beyond| too_strong(known, conditions, beyond))?;
    }
    if conditions.group_wins.is_empty() {
        return Ok(());
    }
    let engine = Engine::new(&compile(known, model, conditions));
    let Some(group) = engine.impossible_group(TRIES) else {
        return Ok(());
    };
    let here = conditions.group_wins.iter();
    let here = here.filter(|win| known.group_of(win.club) == group);
    let words: Vec<String> = here.map(|win| win.words(known)).collect();
    Err(CheckError::Impossible {
        conditions: words.join(", "),
        tries: TRIES,
    })
}

/// What changes the strength of two clubs so much that their expected goals are no rates any more.
fn too_strong(
    known: &Tournament,
    conditions: &Conditions,
    (home, away, error): (ClubId, ClubId, RateError),
) -> CheckError {
    let either = |club: ClubId| club == home || club == away;
    let strengths = conditions.strengths.iter();
    let strengths = strengths.filter(|change| either(change.club));
    let facts = conditions.facts.iter().filter(|change| either(change.club));
    let words: Vec<String> = strengths
        .map(|change| change.words(&known.clubs))
        .chain(facts.map(|change| change.words(&known.clubs)))
        .collect();
    CheckError::TooStrong {
        conditions: words.join(", "),
        home: known.club(home).name.clone(),
        away: known.club(away).name.clone(),
        error,
    }
}
