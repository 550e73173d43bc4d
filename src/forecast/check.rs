//! What can only be said about conditions once there is a model: whether it knows the facts they change, and whether
//! what they give can happen.

use crate::conditions::{Conditions, Fact};
use crate::goals::{Covariate, GoalModel};
use crate::play::Engine;
use crate::playbook::compile;
use crate::tournament::Tournament;

/// Why a forecast under some conditions would mean nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
                condition: change.words(known),
                fact: change.fact.kind(),
            });
        }
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
