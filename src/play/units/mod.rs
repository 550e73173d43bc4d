//! Plays cups of any format: one loop over units with the luck of a run as the referee.
//!
//! This is the plain engine: it plays one run after another, match by match, and is the obvious twin of anything faster.

mod compile;
mod luck;
mod tally;

pub use compile::CupEngine;
pub use tally::{CupTally, Observer, Runs, observe, replay};

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod twin;
