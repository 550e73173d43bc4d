//! The `cupcast` command.

fn main() {}
