//! Forecasts of football cup competitions, simulated and exact.

pub mod conditions;
pub mod forecast;
pub mod goals;
pub mod ids;
pub mod knockout;
pub mod odds;
pub mod playbook;
pub mod plot;
pub mod report;
pub mod seeding;
pub mod standings;
pub mod tournament;
