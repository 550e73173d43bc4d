//! `cupcast forecast`: the odds of every club. The main job.

use super::Failure;
use super::amount;
use super::basis::{Basis, BasisArgs};
use super::before_draw::{self, BeforeDrawArgs};
use super::cup;
use super::output::{Format, Output, OutputArgs};
use super::progress::Bar;
use super::time::Clock;
use super::uncertainty::{Parameters, UncertaintyArgs};
use super::view::{View, ViewArgs};
use crate::forecast::{
    Draws, Effort, Forecast, RUNS_PER_DRAW, Request, averaged, exactly, simulated, with_intervals,
};
use crate::paths::paths;
use crate::report::{forecast_csv, forecast_json, intervals_text};
use crate::report::{forecast_table, forecast_text, terminal};
use clap::Args;
use std::num::NonZeroUsize;

/// How many tournaments are simulated when nobody says.
const DEFAULT_RUNS: u64 = 1_000_000;

/// Arguments of `cupcast forecast`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast forecast                                      from the start, all clubs\n  \
    cupcast forecast --as-of md4 --top 8                  after matchday 4, the likeliest champions\n  \
    cupcast forecast --as-of md4 --fix 'TOL-COM 0-3'      what if? with the change of the odds\n  \
    cupcast forecast --club Toluca                        one club: places, seeds, rounds, opponents\n  \
    cupcast forecast --as-of groups --bracket             the bracket as a tree\n  \
    cupcast forecast --precision 0.01pp                   until every standard error is below that\n  \
    cupcast forecast --output odds.csv                    into a file: the ending says in which form\n  \
    cupcast forecast --exact --format json                no random numbers, for programs")]
pub(crate) struct ForecastArgs {
    #[command(flatten)]
    basis: BasisArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    /// Compute the odds without random numbers instead of simulating
    #[arg(long, conflicts_with_all = ["sims", "precision"], help_heading = "Simulation")]
    exact: bool,
    /// With --exact: how far any probability may be off, such as 0.001pp
    #[arg(long, value_name = "ERROR", value_parser = amount::precision, default_value = "0.001pp",
        requires = "exact", help_heading = "Simulation")]
    tolerance: f64,
    #[command(flatten)]
    uncertainty: UncertaintyArgs,
    #[command(flatten)]
    before_draw: BeforeDrawArgs,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// How much to simulate, and from which seed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Simulation")]
pub(crate) struct SimulationArgs {
    /// Simulate this many tournaments (1000000, `1_000_000`, 10M) [default: 1M; 100k for cups of format 2]
    #[arg(long, value_name = "N", value_parser = amount::count, conflicts_with = "precision")]
    pub(crate) sims: Option<u64>,
    /// Go on until every standard error is below this, such as 0.05pp (percentage points), the cheapest way there is
    #[arg(long, value_name = "ERROR", value_parser = amount::precision)]
    pub(crate) precision: Option<f64>,
    /// The seed of the random numbers: the same seed gives the same forecast, byte for byte
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How many threads to use [default: one a core]; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = amount::threads)]
    pub(crate) threads: Option<NonZeroUsize>,
}

impl SimulationArgs {
    /// How many tournaments are simulated when a number of runs is needed.
    pub(crate) fn runs(&self) -> u64 {
        self.sims.unwrap_or(DEFAULT_RUNS)
    }

    /// How much to simulate.
    pub(crate) fn effort(&self) -> Effort {
        let precision = self.precision.map(Effort::Precision);
        precision.unwrap_or(Effort::Runs(self.runs()))
    }
}

/// Makes the forecast and writes it.
pub(crate) fn run(args: &ForecastArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.basis.named()?.name())? {
        let (simulation, most) = (&args.simulation, args.view.most());
        if args.before_draw.before_draw {
            args.before_draw.only_as_filed()?;
            let (undrawn, basis) = cup::draw::before_any(&found, &args.basis)?;
            return cup::forecast(&undrawn, &basis, simulation, most, &args.output);
        }
        return cup::forecast(&found, &args.basis, simulation, most, &args.output);
    }
    if args.before_draw.before_draw {
        return before_draw::run(
            args.before_draw,
            &args.basis,
            &args.simulation,
            &args.output,
            args.view.most(),
        );
    }
    let basis = args.basis.open()?;
    let setting = &basis.setting;
    args.view.check(&setting.known)?;
    let draws = args.uncertainty.draws(&basis)?;
    let output = args.output.open(&basis.files)?;
    let clock = Clock::start();
    let forecast = match (args.uncertainty.parameters, draws) {
        (Parameters::Draws(_), Some(draws)) => over_draws(args, &basis, draws)?,
        (_, draws) => at_the_mode(args, &basis.request(&args.simulation), draws)?,
    };
    clock.tell();
    let text = match output.format {
        Format::Text => as_text(args, &basis, &forecast, &output)?,
        Format::Json => forecast_json::render(&setting.known, &forecast),
        Format::Csv => forecast_csv::render(&setting.known, &forecast),
    };
    output.write(&text)
}

/// The odds of the likeliest parameters, with intervals from draws if there are any.
fn at_the_mode(
    args: &ForecastArgs,
    request: &Request<'_>,
    draws: Option<Draws<'_>>,
) -> Result<Forecast, Failure> {
    let bar = Bar::new();
    let forecast = if args.exact {
        exactly(request, args.tolerance).map_err(|unsupported| {
            Failure::input(format!("{unsupported}; leave out --exact to simulate"))
        })?
    } else {
        simulated(request, &bar)
    };
    bar.finish();
    let Some(draws) = draws else {
        return Ok(forecast);
    };
    let bar = Bar::new();
    let forecast = with_intervals(forecast, request, draws, RUNS_PER_DRAW, &bar);
    bar.finish();
    Ok(forecast)
}

/// The average over draws. Unless the amount is given, each draw plays as much as an interval needs.
fn over_draws(args: &ForecastArgs, basis: &Basis, draws: Draws<'_>) -> Result<Forecast, Failure> {
    if args.exact {
        let message = "an average over draws is simulated; leave out --exact, or take \
                       --parameters mode";
        return Err(Failure::input(message));
    }
    let simulation = &args.simulation;
    let effort = if simulation.sims.is_some() || simulation.precision.is_some() {
        simulation.effort()
    } else {
        Effort::Runs(draws.count * RUNS_PER_DRAW)
    };
    let bar = Bar::new();
    let forecast = averaged(&basis.request_with(simulation, effort), draws, &bar);
    bar.finish();
    Ok(forecast)
}

/// The most runs that likely opponents are counted in: nobody needs more for a list of them.
const OPPONENT_RUNS: u64 = 200_000;

fn as_text(
    args: &ForecastArgs,
    basis: &Basis,
    forecast: &Forecast,
    output: &Output,
) -> Result<String, Failure> {
    let known = &basis.setting.known;
    let (width, colours) = (output.width(), output.colours());
    let heading = forecast_text::heading(known, forecast, &basis.setting.notes(), width);
    let runs = args.simulation.runs();
    let body = match args.view.view(known, forecast, output)? {
        View::Table(layout) => {
            forecast_table::table(known, forecast, &layout)
                + &intervals_text::table(known, forecast, &layout.clubs)
        }
        View::Club(club) => {
            let runs = Effort::Runs(runs.min(OPPONENT_RUNS));
            let paths = paths(&basis.request_with(&args.simulation, runs), club);
            terminal::club(known, forecast, club, width, colours)
                + &intervals_text::club(known, forecast, club)
                + &terminal::opponents(known, &paths, width)
        }
        View::Bracket => {
            let slots = basis.slots(&args.simulation);
            terminal::bracket(known, forecast, &slots, width, colours)
        }
    };
    Ok(format!("{heading}\n{body}"))
}
