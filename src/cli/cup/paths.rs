//! `cupcast paths` of a cup.

use super::{Asked, Named, ask, runs_of, watched};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::setting::some_club;
use crate::paths::CupRoad;
use crate::report::cup::{self as reports, CupAbout};

/// Simulates and writes the road of the club that the words name.
pub(crate) fn paths(
    found: &Named,
    words: &[String],
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let club = some_club(words)?;
    let club = found.cup.find_club(&club).map_err(Failure::input)?;
    let output = output.open(&found.files)?;
    let Asked { outlook, notes, .. } = ask(found, basis)?;
    let runs = runs_of(simulation);
    let road = watched(&outlook, runs, &|| CupRoad::new(outlook.known(), club));
    let road = road.paths(&outlook);
    let about = CupAbout {
        outlook: &outlook,
        runs: runs.runs,
        seed: runs.seed,
        notes: &notes,
    };
    output.write(&match output.format {
        Format::Text => reports::paths::text(&about, &road, output.width()),
        Format::Json => reports::paths::json(&about, &road),
        Format::Csv => reports::paths::csv(&about, &road),
    })
}
