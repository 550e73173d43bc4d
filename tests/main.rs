//! The one integration binary: each module tests the program from outside, as a user or a library caller.

mod engine;
mod floors;
mod goal_model;
mod rules;
