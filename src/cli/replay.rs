//! `cupcast replay`: one simulated tournament as a full score sheet.

use super::Failure;
use super::basis::BasisArgs;
use super::cup;
use super::output;
use crate::play::replay;
use crate::report;
use clap::Args;

/// Arguments of `cupcast replay`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast replay --seed 1 --run 7\n  \
    cupcast replay --as-of groups --run 0\n  \
    cupcast replay world-cup-2022 --as-of md2 --run 3")]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    basis: BasisArgs,
    /// The seed of the forecast to look into
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// The number of the simulated tournament, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    run: u64,
}

/// Plays the one run again and prints it.
pub(crate) fn run(args: &ReplayArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.basis.tournament.name())? {
        return cup::replay(&found, &args.basis, args.seed, args.run);
    }
    let basis = args.basis.open()?;
    let sheet = replay(&basis.engine(), args.seed, args.run);
    let known = &basis.setting.known;
    output::print_text(&report::replay::text(known, &sheet, args.seed, args.run))
}
