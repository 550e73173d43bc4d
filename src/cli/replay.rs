//! `cupcast replay`: one simulated tournament as a full score sheet.

use super::Failure;
use super::output;
use super::setting::{TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::play::{Engine, replay};
use crate::playbook::compile;
use crate::report;
use clap::Args;

/// Arguments of `cupcast replay`.
#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// Take a result for granted, as in `cupcast forecast`; repeatable
    #[arg(long, value_name = "RESULT")]
    fix: Vec<String>,
    /// The seed of the forecast to look into
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// The number of the simulated tournament, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    run: u64,
}

/// Plays the one run again and prints it.
pub(crate) fn run(args: &ReplayArgs) -> Result<(), Failure> {
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let fixes = args.fix.iter().map(String::as_str);
    let conditions = Conditions::from_fixes(fixes, &setting.known).map_err(Failure::input)?;
    let (model, _) = setting.fit()?;
    let engine = Engine::new(&compile(&setting.known, &model, &conditions));
    let sheet = replay(&engine, args.seed, args.run);
    output::print(&report::replay::text(
        &setting.known,
        &sheet,
        args.seed,
        args.run,
    ))
}
