//! `cupcast verify`: the simulator and the exact solver judge each other.

use super::Failure;
use super::amount;
use super::basis::BasisArgs;
use super::facts::Facts;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::time::Clock;
use crate::forecast::Progress;
use crate::report::about::About;
use crate::report::verify as report;
use crate::verify::verify;
use clap::Args;
use std::num::NonZeroUsize;

/// Arguments of `cupcast verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast verify\n  \
    cupcast verify ccl-2012-13 --as-of md4 --sims 100M")]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    basis: BasisArgs,
    /// Simulate this many tournaments
    #[arg(long, value_name = "N", value_parser = amount::count, default_value = "10M")]
    sims: u64,
    /// How far the exact probabilities may be off, such as 0.0001pp
    #[arg(long, value_name = "ERROR", value_parser = amount::precision, default_value = "0.0001pp")]
    tolerance: f64,
    /// The seed of the random numbers
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// How many threads simulate [default: one a core]; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = amount::threads)]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Compares, and fails with exit code 1 if the two disagree.
pub(crate) fn run(args: &VerifyArgs) -> Result<(), Failure> {
    let basis = args.basis.open()?;
    let output = args.output.open(&basis.files)?;
    let clock = Clock::start();
    let bar = Bar::new();
    bar.expect(args.sims);
    let verification = verify(
        &basis.playbook(),
        args.tolerance,
        args.sims,
        args.seed,
        args.threads,
        &|runs| bar.done(runs),
    )
    .map_err(|unsupported| {
        Failure::input(format!(
            "{unsupported}, so there is nothing to compare the simulation with"
        ))
    })?;
    bar.finish();
    clock.tell();
    let facts = Facts::of(&basis);
    let about = About {
        runs: args.sims,
        seed: args.seed,
        method: "both",
        ..facts.about()
    };
    output.write(&match output.format {
        Format::Text => report::text(&about, &verification),
        Format::Json => report::json(&about, &verification),
        Format::Csv => report::csv(&basis.setting.known, &verification),
    })?;
    if verification.agrees() {
        Ok(())
    } else {
        Err(Failure::Trouble(
            "the simulation and the exact solution disagree".to_owned(),
        ))
    }
}
