//! Forecasts of football cup competitions, simulated and exact.

pub mod backtest;
pub mod bench;
pub mod cli;
pub mod conditions;
pub mod consistency;
pub mod diagnostic;
pub mod exact;
pub mod forecast;
pub mod goals;
pub mod ids;
pub mod knockout;
pub mod leverage;
pub mod odds;
pub mod play;
pub mod playbook;
pub mod plot;
pub mod report;
pub mod rng;
pub mod seeding;
#[cfg(feature = "serve")]
pub mod serve;
pub mod simulate;
pub mod slots;
pub mod standings;
pub mod tally;
pub mod tournament;
