//! The `cupcast` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cupcast::cli::run()
}
