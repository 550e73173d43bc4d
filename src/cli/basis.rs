//! What every forecast rests on: the tournament as of a moment, the goal model, and what is taken for granted.

use super::Failure;
use super::conditions::{self, ConditionArgs};
use super::model::{ChosenModel, ModelArgs};
use super::setting::{Setting, TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::forecast::{Effort, ModelNote, Request, check};
use crate::play::Engine;
use crate::playbook::{Playbook, compile};
use crate::slots::{self, SlotOdds, SlotRequest};
use crate::tournament::Tournament;
use clap::Args;
use std::path::PathBuf;

use super::forecast::SimulationArgs;

/// Options of every command that looks into the future.
#[derive(Debug, Clone, Args)]
pub(crate) struct BasisArgs {
    #[command(flatten)]
    pub(crate) tournament: TournamentArgs,
    #[command(flatten)]
    pub(crate) conditions: ConditionArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// A tournament, a model and conditions, ready to be forecast.
pub(crate) struct Basis {
    /// The tournament and the moment by name.
    pub(crate) named: TournamentArgs,
    /// The tournament as of the moment.
    pub(crate) setting: Setting,
    /// The goal model.
    pub(crate) model: ChosenModel,
    /// The model in words.
    pub(crate) note: ModelNote,
    /// What is taken for granted.
    pub(crate) conditions: Conditions,
    /// The tournament as of the moment under the rules that are taken for granted: what headings and questions are
    /// about. Forecasts start from `setting`, whose rules are those of the baseline.
    pub(crate) ruled: Tournament,
    /// The files that all this was read from.
    pub(crate) files: Vec<PathBuf>,
}

impl BasisArgs {
    /// The tournament and the moment, by what-if files where the command line names none.
    pub(crate) fn named(&self) -> Result<TournamentArgs, Failure> {
        let written = self.conditions.gather()?;
        conditions::fill_in(&self.tournament, written.files())
    }

    /// Opens the tournament, reads what is taken for granted and gets the model ready.
    pub(crate) fn open(&self) -> Result<Basis, Failure> {
        let written = self.conditions.gather()?;
        let named = conditions::fill_in(&self.tournament, written.files())?;
        let setting = named.open(WhenFinished::FromStart)?;
        self.with(named, setting, &written)
    }

    /// The same for a forecast from before the draw. The model learns from what was known then: nothing of this edition.
    pub(crate) fn open_before_draw(&self) -> Result<Basis, Failure> {
        let written = self.conditions.gather()?;
        let setting = self.tournament.open_before_draw()?;
        self.with(self.tournament.clone(), setting, &written)
    }

    fn with(
        &self,
        named: TournamentArgs,
        setting: Setting,
        written: &conditions::Written,
    ) -> Result<Basis, Failure> {
        conditions::check_tournament(&setting.known, &named, written.files())?;
        let conditions = written.conditions(&setting.known)?;
        let (model, note) = self.model.open(&setting)?;
        check(&setting.known, &model, &conditions).map_err(Failure::input)?;
        let mut files = setting.files_with(self.model.files());
        files.extend(written.files().iter().map(|(path, _)| path.clone()));
        Ok(Basis {
            files,
            ruled: conditions.under_rules(&setting.known).into_owned(),
            named,
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
