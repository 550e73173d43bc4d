//! Forecasts of football cup competitions, simulated and exact.

pub mod conditions;
pub mod exact;
pub mod goals;
pub mod ids;
pub mod odds;
pub mod playbook;
pub mod tournament;
