//! `cupcast report` and `cupcast plot` of a cup.

use super::Named;
use super::material::Gathered;
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::plot::Picture;
use crate::report::cup::{CupMaterial, page};
use crate::report::document::Document;

/// Everything about a forecast of a cup, for whichever form it is written in.
pub(crate) fn report(
    found: &Named,
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    command: &str,
) -> Result<Document, Failure> {
    let gathered = Gathered::new(found, basis, simulation, true)?;
    Ok(gathered.with(command, page))
}

/// One picture of a cup, as `draw` draws it; nothing if there is nothing to draw.
pub(crate) fn picture(
    found: &Named,
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    wants_timeline: bool,
    draw: impl FnOnce(&CupMaterial<'_>) -> Option<Picture>,
) -> Result<Option<Picture>, Failure> {
    let gathered = Gathered::new(found, basis, simulation, wants_timeline)?;
    Ok(gathered.with("", draw))
}
