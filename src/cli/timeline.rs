//! `cupcast timeline`: how the odds moved from before the draw to the last leg.

use super::Failure;
use super::cup;
use super::forecast::SimulationArgs;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::setting::{Setting, TournamentArgs, WhenFinished};
use crate::report::timeline as report;
use crate::timeline::{Point, Quantity, TimelineEffort, timeline};
use crate::tournament::{Moment, Tournament, known_by};
use clap::Args;

/// Arguments of `cupcast timeline`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast timeline\n  \
    cupcast timeline ccl-2012-13 --quantity final\n  \
    cupcast timeline --output timeline.csv\n  \
    cupcast timeline world-cup-2022 --quantity qf")]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// What to follow: title, group, or a knockout round by name, in cups of format 2 any of their milestones;
    /// repeatable [default: title and group]
    #[arg(long, value_name = "QUANTITY")]
    quantity: Vec<String>,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Forecasts every moment and writes the timeline.
pub(crate) fn run(args: &TimelineArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.tournament.name())? {
        let (named, followed) = (&args.tournament, &args.quantity);
        let (model, simulation) = (&args.model, &args.simulation);
        return cup::timeline(&found, named, followed, model, simulation, &args.output);
    }
    let setting = args.tournament.open(WhenFinished::AsItEnded)?;
    let tournament = &setting.known;
    let named = args.quantity.iter();
    let named = named.map(|text| Quantity::parse(text, tournament));
    let mut quantities: Vec<Quantity> = named.collect::<Result<_, _>>().map_err(Failure::input)?;
    if quantities.is_empty() {
        quantities = vec![Quantity::Title, Quantity::Group];
    }
    let output = args.output.open(&setting.files_with(args.model.files()))?;
    let points = forecasts(&setting, &args.model, &args.simulation)?;
    let text = match output.format {
        Format::Text => report::text(tournament, &points, &quantities, output.width()),
        Format::Json => report::json(tournament, &points, &quantities),
        Format::Csv => report::csv(tournament, &points, &quantities),
    };
    output.write(&text)
}

/// A forecast at every moment up to that of the setting, each blind to what came later.
pub(crate) fn forecasts(
    setting: &Setting,
    model: &ModelArgs,
    simulation: &SimulationArgs,
) -> Result<Vec<Point>, Failure> {
    let effort = TimelineEffort {
        effort: simulation.effort(),
        seed: simulation.seed,
        threads: simulation.threads,
    };
    let bar = Bar::new();
    let fit = |known: &Tournament, moment: Moment| {
        let day = setting.full.cut_off(moment);
        let then = Setting {
            known: known.clone(),
            full: known.clone(),
            moment,
            finished: false,
            history: known_by(&setting.history, day).into_owned(),
            files: Vec::new(),
        };
        model.open(&then)
    };
    let points = timeline(&setting.known, fit, effort, &bar)?;
    bar.finish();
    Ok(points)
}
