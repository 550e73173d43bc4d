//! What reports and pictures are made of: the forecast and everything beside it that they show.

use super::Failure;
use super::basis::{Basis, BasisArgs};
use super::forecast::SimulationArgs;
use super::output;
use super::progress::Bar;
use crate::forecast::{Forecast, simulated};
use crate::report::sections::Material;
use crate::report::terminal;
use crate::slots::{self, SlotOdds, SlotRequest};
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Who stands where in the bracket.
    pub(crate) slots: bool,
}

/// The forecast and its companions, computed.
pub(crate) struct Gathered {
    basis: Basis,
    forecast: Forecast,
    slots: Option<SlotOdds>,
}

impl Gathered {
    /// Computes the forecast and what else is wanted.
    pub(crate) fn new(args: &MaterialArgs, wanted: Wanted) -> Result<Self, Failure> {
        let basis = args.basis.open()?;
        let bar = Bar::new();
        let forecast = simulated(&basis.request(&args.simulation), &bar);
        bar.finish();
        let slots = wanted.slots.then(|| {
            slots::simulated(&SlotRequest {
                known: &basis.setting.known,
                model: &basis.model,
                conditions: &basis.conditions,
                runs: args.simulation.runs(),
                seed: args.simulation.seed,
                threads: args.simulation.threads,
            })
        });
        Ok(Self {
            basis,
            forecast,
            slots,
        })
    }

    /// The same for the sections of a report; `command` is what makes it again.
    pub(crate) fn material<'a>(&'a self, command: &'a str) -> Material<'a> {
        Material {
            tournament: &self.basis.setting.known,
            forecast: &self.forecast,
            slots: self.slots.as_ref(),
            model: self.basis.model.fitted(),
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
                &self.basis.setting.known,
                &self.forecast,
                slots,
                output::terminal_width(),
                colours,
            )
        })
    }
}
