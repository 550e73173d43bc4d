//! What reports and pictures are made of: the forecast and everything beside it that they show.

use super::Failure;
use super::basis::{Basis, BasisArgs};
use super::forecast::SimulationArgs;
use super::progress::Bar;
use super::setting::{TournamentArgs, WhenFinished};
use super::timeline::forecasts;
use crate::backtest::{self, Calibration, Outcome, Simulation, Timing};
use crate::forecast::{Effort, Forecast, simulated};
use crate::leverage::leverage_of;
use crate::report;
use crate::report::sections::Material;
use crate::report::sections::leverage::FixtureLeverage;
use crate::report::sections::timeline::TimelineData;
use crate::slots::SlotOdds;
use clap::Args;

/// Which forecast to show.
#[derive(Debug, Args)]
pub(crate) struct MaterialArgs {
    #[command(flatten)]
    pub(crate) basis: BasisArgs,
    #[command(flatten)]
    pub(crate) simulation: SimulationArgs,
}

/// Which of the costlier parts are needed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted {
    /// Who stands where in the bracket.
    pub(crate) slots: bool,
    /// How the title odds moved, up to this moment.
    pub(crate) timeline: Option<WhenFinished>,
    /// What hangs on each remaining match.
    pub(crate) leverage: bool,
    /// How reliable the model was on past editions.
    pub(crate) calibration: bool,
}

/// The most runs that leverage is worked out with beside a forecast: the picture needs no more.
const LEVERAGE_RUNS: u64 = 48_000;

/// The forecast and its companions, computed.
pub(crate) struct Gathered {
    basis: Basis,
    forecast: Forecast,
    slots: Option<SlotOdds>,
    timeline: Option<TimelineData>,
    leverage: Option<Vec<FixtureLeverage>>,
    calibration: Option<Calibration>,
}

impl Gathered {
    /// Computes the forecast of what was opened, and what else is wanted.
    pub(crate) fn new(args: &MaterialArgs, basis: Basis, wanted: Wanted) -> Result<Self, Failure> {
        let bar = Bar::new();
        let forecast = simulated(&basis.request(&args.simulation), &bar);
        bar.finish();
        let slots = wanted.slots.then(|| basis.slots(&args.simulation));
        let timeline = wanted
            .timeline
            .map(|when| timeline_of(args, &basis.named, when));
        let runs = Effort::Runs(args.simulation.runs().min(LEVERAGE_RUNS));
        let leverage = wanted.leverage.then(|| {
            let bar = Bar::new();
            let found = leverage_of(&basis.request_with(&args.simulation, runs), 0..0, &bar);
            bar.finish();
            report::leverage::material(&basis.ruled, &found)
        });
        let calibration = wanted.calibration.then(|| calibration(&basis)).flatten();
        Ok(Self {
            slots,
            timeline: timeline.transpose()?.flatten(),
            leverage: leverage.filter(|fixtures| !fixtures.is_empty()),
            calibration,
            basis,
            forecast,
        })
    }

    /// The same for the sections of a report; `command` is what makes it again.
    pub(crate) fn material<'a>(&'a self, command: &'a str) -> Material<'a> {
        Material {
            tournament: &self.basis.ruled,
            forecast: &self.forecast,
            slots: self.slots.as_ref(),
            model: self.basis.model.fitted(),
            calibration: self.calibration.as_ref().map(|found| (found, "home wins")),
            timeline: self.timeline.as_ref(),
            leverage: self.leverage.as_deref(),
            command,
        }
    }
}

/// The title odds from the start on; nothing where there is but one moment.
fn timeline_of(
    args: &MaterialArgs,
    named: &TournamentArgs,
    when: WhenFinished,
) -> Result<Option<TimelineData>, Failure> {
    let setting = named.open(when)?;
    let points = forecasts(&setting, &args.basis.model, &args.simulation)?;
    Ok((points.len() > 1).then(|| report::timeline::title_data(&points)))
}

/// How reliable forecasts of home wins by this model were in the editions before, each forecast from what came
/// before it; nothing without a fitted model, or with too few editions to try it on.
fn calibration(basis: &Basis) -> Option<Calibration> {
    let specification = basis.model.fitted()?.specification().clone();
    let nothing = Simulation { runs: 0, seed: 1 };
    let found = backtest::run(&[specification], &basis.setting.history, &[], nothing).ok()?;
    let calibration = found.calibration(0, Timing::Running, Outcome::Home);
    (!calibration.bins.is_empty()).then_some(calibration)
}
