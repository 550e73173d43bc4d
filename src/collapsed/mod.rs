//! Collapsed groups: each group's winner and record in one draw from its exact distribution, then the bracket.
//!
//! The exact group stage ([`crate::exact::group_stage`]) says how likely each club wins its group with each record. A
//! run draws one of these a group, seeds the winners, and either plays the bracket with the exact odds of
//! every tie ([`Knockout::Sampled`]) or works out what becomes of each seed ([`Knockout::Expected`], a
//! Rao-Blackwell estimator: it adds probabilities where the other adds winners).

#![expect(
    clippy::inline_always,
    reason = "what is not inlined into the version of a batch for wide vectors is compiled without them"
)]
mod alias;
mod bracket;
mod estimate;
mod groups;
mod knockout;
mod network;
mod run;
mod strata;
#[cfg(test)]
mod tests;

pub use estimate::{Estimate, Estimator};
pub use run::{LANES, PORTION, Sampler};
pub use strata::Strata;

/// What a run does once the seeds are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knockout {
    /// Draws the winner of every tie from its exact odds.
    Sampled,
    /// Computes the chance of every seed to win each of its ties.
    Expected,
}
