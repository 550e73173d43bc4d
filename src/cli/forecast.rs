//! `cupcast forecast`: the odds of every club. The main job.

use super::Failure;
use super::amount;
use super::output::{Format, OutputArgs, terminal_width};
use super::progress::Bar;
use super::setting::{Setting, TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::forecast::{Effort, Forecast, Request, simulated};
use crate::report::forecast_text::{self, Layout};
use crate::report::{forecast_csv, forecast_json};
use clap::Args;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// How many tournaments are simulated when nobody says.
const DEFAULT_RUNS: u64 = 1_000_000;

/// Arguments of `cupcast forecast`.
#[derive(Debug, Args)]
pub(crate) struct ForecastArgs {
    #[command(flatten)]
    tournament: TournamentArgs,
    /// Take a result for granted, such as 'TOL-CAL 2-1' or 'qf TOL-SJ 1-1 aet 1-1 pens 5-4'; repeatable
    #[arg(long, value_name = "RESULT")]
    fix: Vec<String>,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// How much to simulate, and from which seed.
#[derive(Debug, Clone, Args)]
pub(crate) struct SimulationArgs {
    /// Simulate this many tournaments (1000000, `1_000_000`, 10M) [default: 1M]
    #[arg(long, value_name = "N", value_parser = amount::count, conflicts_with = "precision")]
    pub(crate) sims: Option<u64>,
    /// Simulate until every standard error is below this, such as 0.05pp (percentage points)
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
    /// How much to simulate.
    pub(crate) fn effort(&self) -> Effort {
        match (self.sims, self.precision) {
            (_, Some(precision)) => Effort::Precision(precision),
            (runs, None) => Effort::Runs(runs.unwrap_or(DEFAULT_RUNS)),
        }
    }
}

/// Makes the forecast and writes it.
pub(crate) fn run(args: &ForecastArgs) -> Result<(), Failure> {
    let setting = args.tournament.open(WhenFinished::FromStart)?;
    let fixes = args.fix.iter().map(String::as_str);
    let conditions = Conditions::from_fixes(fixes, &setting.known).map_err(Failure::input)?;
    let (model, note) = setting.fit()?;
    let request = Request {
        known: &setting.known,
        moment: setting.moment,
        model: &model,
        note,
        conditions: &conditions,
        effort: args.simulation.effort(),
        seed: args.simulation.seed,
        threads: args.simulation.threads,
    };
    let bar = Bar::new();
    let started = Instant::now();
    let forecast = simulated(&request, &bar);
    let took = in_words(started.elapsed());
    bar.finish();
    let text = match args.output.format {
        Format::Text => as_text(
            &setting,
            &forecast,
            args.output.shows_time().then_some(&took),
        ),
        Format::Json => forecast_json::render(&setting.known, &forecast),
        Format::Csv => forecast_csv::render(&setting.known, &forecast),
    };
    if !args.output.shows_time() {
        eprintln!("simulated in {took}");
    }
    args.output.write(&text)
}

fn as_text(setting: &Setting, forecast: &Forecast, took: Option<&str>) -> String {
    let layout = Layout {
        width: terminal_width(),
    };
    let heading = forecast_text::heading(&setting.known, forecast, &setting.notes(), took);
    let table = forecast_text::table(&setting.known, forecast, |_, _| false, layout);
    format!("{heading}\n{table}")
}

/// A duration as people say it.
pub(crate) fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
