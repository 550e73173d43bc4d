//! Forecasts of football cup competitions, simulated and exact.

pub mod cli;
pub mod bench;
pub mod backtest;
pub mod conditions;
pub mod consistency;
pub mod diagnostic;
pub mod forecast;
pub mod goals;
pub mod ids;
pub mod knockout;
pub mod odds;
pub mod play;
pub mod playbook;
pub mod rng;
#[cfg(feature = "serve")]
pub mod serve;
pub mod simulate;
pub mod tally;
pub mod report;
pub mod seeding;
pub mod standings;
pub mod tournament;
