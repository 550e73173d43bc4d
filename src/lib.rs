//! Forecasts of football cup competitions, simulated and exact.

pub mod bench;
pub mod conditions;
pub mod goals;
pub mod ids;
pub mod odds;
pub mod play;
pub mod playbook;
pub mod rng;
pub mod simulate;
pub mod tally;
pub mod tournament;
