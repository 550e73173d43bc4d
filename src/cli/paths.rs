//! `cupcast paths`: the road of one club.

use super::Failure;
use super::about_club::AskedArgs;
use super::cup;
use super::facts::Facts;
use super::forecast::SimulationArgs;
use super::output::{Format, OutputArgs};
use super::setting::find_club;
use super::time::Clock;
use crate::paths::paths;
use crate::report::about::About;
use crate::report::paths as report;
use clap::Args;

/// Arguments of `cupcast paths`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast paths 'Cruz Azul'\n  \
    cupcast paths TOL --as-of groups --format json\n  \
    cupcast paths ccl-2012-13 Seattle\n  \
    cupcast paths world-cup-2022 Brazil --as-of md2")]
pub(crate) struct PathsArgs {
    /// The club: its code, name or alias
    #[arg(required = true, value_name = "CLUB")]
    club: Vec<String>,
    #[command(flatten)]
    asked: AskedArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Simulates and writes the road.
pub(crate) fn run(args: &PathsArgs) -> Result<(), Failure> {
    let (club, basis) = args.asked.basis(&args.club)?;
    if let Some(found) = cup::find(basis.tournament.name())? {
        return cup::paths(&found, &club, &basis, &args.simulation, &args.output);
    }
    let basis = basis.open()?;
    let club = find_club(&club, &basis.setting.known)?;
    let output = args.output.open(&basis.files)?;
    let clock = Clock::start();
    let road = paths(&basis.request(&args.simulation), club);
    clock.tell();
    let facts = Facts::of(&basis);
    let about = About {
        runs: road.runs,
        seed: args.simulation.seed,
        ..facts.about()
    };
    let text = match output.format {
        Format::Text => report::text(&about, &road, output.width()),
        Format::Json => report::json(&about, &road),
        Format::Csv => report::csv(&about, &road),
    };
    output.write(&text)
}
