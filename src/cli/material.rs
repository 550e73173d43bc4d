//! What reports and pictures are made of: the forecast and everything beside it that they show.

use super::Failure;
use super::forecast::SimulationArgs;
use super::output;
use super::progress::Bar;
use super::setting::{Setting, TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::forecast::{Forecast, Method, Request, simulated};
use crate::goals::FittedModel;
use crate::report::sections::Material;
use crate::report::terminal;
use crate::slots::{self, SlotOdds, SlotRequest};
use clap::Args;

/// Which forecast to show.
#[derive(Debug, Args)]
pub(crate) struct MaterialArgs {
    #[command(flatten)]
    pub(crate) tournament: TournamentArgs,
    /// Take a result for granted, such as 'TOL-CAL 2-1' or 'qf TOL-SJ 1-1 aet 1-1 pens 5-4'; repeatable
    #[arg(long, value_name = "RESULT")]
    pub(crate) fix: Vec<String>,
    #[command(flatten)]
    pub(crate) simulation: SimulationArgs,
}

/// Which of the costlier parts are needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Who stands where in the bracket.
    pub(crate) slots: bool,
}

/// The forecast and its companions, computed.
pub(crate) struct Gathered {
    setting: Setting,
    forecast: Forecast,
    model: FittedModel,
    slots: Option<SlotOdds>,
}

impl Gathered {
    /// Computes the forecast and what else is wanted.
    pub(crate) fn new(args: &MaterialArgs, wanted: Wanted) -> Result<Self, Failure> {
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
        let forecast = simulated(&request, &bar);
        bar.finish();
        let Method::Simulated { runs, seed } = forecast.method;
        let slots = wanted.slots.then(|| {
            slots::simulated(&SlotRequest {
                known: &setting.known,
                model: &model,
                conditions: &conditions,
                runs,
                seed,
                threads: args.simulation.threads,
            })
        });
        Ok(Self {
            setting,
            forecast,
            model,
            slots,
        })
    }

    /// The same for the sections of a report; `command` is what makes it again.
    pub(crate) fn material<'a>(&'a self, command: &'a str) -> Material<'a> {
        Material {
            tournament: &self.setting.known,
            forecast: &self.forecast,
            certain: &|_, _| false,
            slots: self.slots.as_ref(),
            model: Some(&self.model),
            calibration: None,
            timeline: None,
            leverage: None,
            command,
        }
    }

    /// The bracket as a tree of words, coloured for a terminal; empty if it was not counted who stands where.
    pub(crate) fn tree(&self) -> String {
        let colours = output::stdout_colours();
        self.slots.as_ref().map_or(String::new(), |slots| {
            terminal::bracket(
                &self.setting.known,
                &self.forecast,
                slots,
                output::terminal_width(),
                colours,
            )
        })
    }
}
