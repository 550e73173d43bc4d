//! `cupcast timeline` of a cup.

use super::{Named, instant, milestone, model, runs_of};
use crate::cli::Failure;
use crate::cli::forecast::SimulationArgs;
use crate::cli::model::ModelArgs;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Bar;
use crate::cli::setting::TournamentArgs;
use crate::report::cup::timeline::{self as report, CupTimeline};
use crate::timeline::cup_timeline;

/// Forecasts every moment up to the one that is named, and writes the timeline of some milestones.
pub(crate) fn timeline(
    found: &Named,
    named: &TournamentArgs,
    quantities: &[String],
    chosen: &ModelArgs,
    simulation: &SimulationArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let (instant, _) = instant(&found.cup, named, false)?;
    let cup = found.cup.known_at(instant);
    let milestones = if quantities.is_empty() {
        milestone::usual(&cup)
    } else {
        let named = quantities.iter().map(|text| milestone::named(&cup, text));
        named.collect::<Result<_, _>>()?
    };
    let output = output.open(&found.files)?;
    let runs = runs_of(simulation);
    let bar = Bar::new();
    let look = |moment| model::outlook(&cup, moment, chosen);
    let points = cup_timeline(&cup, &milestones, runs, look, &bar)?;
    bar.finish();
    let timeline = CupTimeline {
        cup: &cup,
        milestones: &milestones,
        points: &points,
        runs,
    };
    output.write(&match output.format {
        Format::Text => report::text(&timeline, output.width()),
        Format::Json => report::json(&timeline),
        Format::Csv => report::csv(&timeline),
    })
}
