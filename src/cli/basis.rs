//! What every forecast rests on: the tournament as of a moment, the goal model, and what is taken for granted.

use super::Failure;
use super::model::{ChosenModel, ModelArgs};
use super::setting::{Setting, TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::forecast::{Effort, ModelNote, Request};
use crate::play::Engine;
use crate::playbook::{Playbook, compile};
use crate::slots::{self, SlotOdds, SlotRequest};
use clap::Args;

use super::forecast::SimulationArgs;

/// Options of every command that looks into the future.
#[derive(Debug, Clone, Args)]
pub(crate) struct BasisArgs {
    #[command(flatten)]
    pub(crate) tournament: TournamentArgs,
    /// Take a result for granted, such as 'TOL-CAL 2-1' or 'qf TOL-SJ 1-1 aet 1-1 pens 5-4'; repeatable
    #[arg(long, value_name = "RESULT")]
    pub(crate) fix: Vec<String>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// A tournament, a model and conditions, ready to be forecast.
pub(crate) struct Basis {
    /// The tournament as of the moment.
    pub(crate) setting: Setting,
    /// The goal model.
    pub(crate) model: ChosenModel,
    /// The model in words.
    pub(crate) note: ModelNote,
    /// What is taken for granted.
    pub(crate) conditions: Conditions,
}

impl BasisArgs {
    /// Opens the tournament, reads the fixes and gets the model ready.
    pub(crate) fn open(&self) -> Result<Basis, Failure> {
        self.with(self.tournament.open(WhenFinished::FromStart)?)
    }

    /// The same for a forecast from before the draw. The model learns from what was known then: nothing of this edition.
    pub(crate) fn open_before_draw(&self) -> Result<Basis, Failure> {
        self.with(self.tournament.open_before_draw()?)
    }

    fn with(&self, setting: Setting) -> Result<Basis, Failure> {
        let fixes = self.fix.iter().map(String::as_str);
        let conditions = Conditions::from_fixes(fixes, &setting.known).map_err(Failure::input)?;
        let (model, note) = self.model.open(&setting)?;
        Ok(Basis {
            setting,
            model,
            note,
            conditions,
        })
    }
}

impl Basis {
    /// A forecast of this, with so much simulation.
    pub(crate) fn request(&self, simulation: &SimulationArgs) -> Request<'_> {
        self.request_with(simulation, simulation.effort())
    }

    /// The same with another amount of simulation than the options say.
    pub(crate) fn request_with(&self, simulation: &SimulationArgs, effort: Effort) -> Request<'_> {
        Request {
            known: &self.setting.known,
            moment: self.setting.moment,
            model: &self.model,
            note: self.note.clone(),
            conditions: &self.conditions,
            effort,
            seed: simulation.seed,
            threads: simulation.threads,
        }
    }

    /// Who may stand where in the bracket, counted over the tournaments that a forecast with these options plays.
    pub(crate) fn slots(&self, simulation: &SimulationArgs) -> SlotOdds {
        slots::simulated(&SlotRequest {
            known: &self.setting.known,
            model: &self.model,
            conditions: &self.conditions,
            runs: simulation.runs(),
            seed: simulation.seed,
            threads: simulation.threads,
        })
    }

    /// The playbook under the conditions.
    pub(crate) fn playbook(&self) -> Playbook {
        compile(&self.setting.known, &self.model, &self.conditions)
    }

    /// The engine that plays it.
    pub(crate) fn engine(&self) -> Engine {
        Engine::new(&self.playbook())
    }
}
