//! Benchmarks for users: how fast this machine plays tournaments, and how the cost grows.

pub mod cups;
mod measure;
pub mod plain;

pub use measure::{CupCost, Report, Scaling, Speed, run};
