//! Benchmarks for users: how fast this machine plays tournaments, and how the cost grows.

pub mod cups;
pub mod plain;
