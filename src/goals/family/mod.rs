//! One family of goal models for any cup: level, home advantage, strength and openness of teams, effects of groups, and
//! what finishes, ratings and pots are worth, learned from dated results that lose weight with age.

mod dense;
mod earlier;
mod fitted;
mod internationals;
mod learned;
mod material;
mod of_cup;
mod own;
mod regression;
mod specification;
mod teams;

pub use fitted::{ClubStrength, Fitted};
pub use of_cup::{Chosen, default_for};
pub use specification::{Family, Grouping, Prior, Spread, family_names};
pub use teams::Teams;

#[cfg(test)]
mod tests;
