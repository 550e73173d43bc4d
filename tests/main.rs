//! The one integration binary: each module tests the program from outside, as a user or a library caller.

mod floors;
mod rules;
mod rules_consistency;
mod rules_table;
