//! Which goal model a command uses: a specification to fit, a model fitted before, or a table of rates.

use super::Failure;
use super::failure::tell;
use super::setting::Setting;
use crate::diagnostic::Diagnostics;
use crate::forecast::ModelNote;
use crate::goals::{
    self, Covariate, FittedModel, GoalModel, JointScores, Occasion, OpenModelError, RateTable,
    Rates, SavedModel, Slope, Specification, open_specification_for, specification_files,
};
use crate::ids::ClubId;
use crate::text_file::{self, Kind, Wanted};
use crate::tournament::file::something_else;
use crate::tournament::{Edition, Moment, known_by};
use clap::Args;
use std::path::{Path, PathBuf};

/// The goal model when nobody says.
pub(crate) const DEFAULT_MODEL: &str = "default";

/// Options that choose the goal model.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Goal model")]
pub(crate) struct ModelArgs {
    /// The goal model: default, pot-finish, association, home, elo, or the path of a specification
    #[arg(long, value_name = "NAME|FILE", default_value = DEFAULT_MODEL)]
    pub(crate) model: String,
    /// Use a model that `cupcast fit --output` saved instead of fitting one; one that learned from matches after
    /// the moment of the forecast is refused
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    pub(crate) fitted: Option<PathBuf>,
    /// Use the expected goals of this CSV file (the form `cupcast rates --format csv` writes)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "fitted"])]
    pub(crate) rates: Option<PathBuf>,
}

/// A goal model ready for use.
#[derive(Debug)]
pub(crate) enum ChosenModel {
    /// Fitted now or before.
    Fitted(Box<FittedModel>),
    /// Given by the user.
    Table(RateTable),
}

impl ChosenModel {
    /// The fitted model with its coefficients, if it is one.
    pub(crate) fn fitted(&self) -> Option<&FittedModel> {
        match self {
            Self::Fitted(model) => Some(model),
            Self::Table(_) => None,
        }
    }
}

impl GoalModel for ChosenModel {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        match self {
            Self::Fitted(model) => model.rates(home, away, occasion),
            Self::Table(table) => table.rates(home, away, occasion),
        }
    }

    fn scores(&self, rates: Rates) -> JointScores {
        match self {
            Self::Fitted(model) => model.scores(rates),
            Self::Table(table) => table.scores(rates),
        }
    }

    fn slope(&self, covariate: Covariate) -> Option<Slope> {
        match self {
            Self::Fitted(model) => model.slope(covariate),
            Self::Table(table) => table.slope(covariate),
        }
    }
}

/// The specification of a name, or in a file, for some editions.
pub(crate) fn specification(name: &str, editions: &[&Edition]) -> Result<Specification, Failure> {
    open_specification_for(name, editions).map_err(|error| match error {
        OpenModelError::Invalid(problems) => problems.into(),
        other => Failure::input(other),
    })
}

impl ModelArgs {
    /// The files that the model is read from.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let given = self.fitted.iter().chain(&self.rates).cloned();
        given.chain(specification_files(&self.model)).collect()
    }

    /// The model for a tournament as of a moment, and a line about it.
    pub(crate) fn open(&self, setting: &Setting) -> Result<(ChosenModel, ModelNote), Failure> {
        if let Some(path) = &self.rates {
            let table = RateTable::open(path, &setting.known.clubs);
            let note = ModelNote {
                name: format!("rates of {}", path.display()),
                matches: 0,
                editions: 0,
            };
            return Ok((ChosenModel::Table(table?), note));
        }
        let model = self.fit(setting)?;
        let summary = model.summary();
        for warning in &summary.warnings {
            tell(format!("warning: {warning}"));
        }
        let specification = model.specification();
        let trained_on = setting.history.iter();
        let trained_on = trained_on.filter(|edition| specification.trains_on(edition));
        let note = ModelNote {
            name: specification.name.clone(),
            matches: summary.training_matches + summary.current_matches,
            editions: trained_on.count() + usize::from(summary.current_matches > 0),
        };
        Ok((ChosenModel::Fitted(Box::new(model)), note))
    }

    /// The fitted model: fitted now, or read from `--fitted`.
    pub(crate) fn fit(&self, setting: &Setting) -> Result<FittedModel, Failure> {
        let current = setting.known.to_edition();
        if let Some(path) = &self.fitted {
            let saved = read_saved(path)?;
            let refused = |error| Failure::input(in_file(path, &error));
            let when = setting.moment_words();
            let model = saved.for_edition(&current, &when).map_err(refused)?;
            let day = setting.full.cut_off(setting.moment);
            saved.trained_by(day, &when).map_err(refused)?;
            if let Ok(then) = Moment::parse(&saved.as_of, &setting.full) {
                let history = known_by(&setting.history, setting.full.cut_off(then));
                let then = setting.full.as_of(then).to_edition();
                let same = saved.is_of_these_data(&history, &then, &current, &when);
                if !same.map_err(refused)? {
                    tell(format!(
                        "warning: {}: the data are not those the model was fitted to; fit again to use \
                         what is known now",
                        path.display()
                    ));
                }
            }
            return Ok(model.clone());
        }
        let editions: Vec<&Edition> = setting.history.iter().chain([&current]).collect();
        let specification = specification(&self.model, &editions)?;
        goals::fit(&specification, &setting.history, &current).map_err(Failure::input)
    }
}

/// Reads a saved model.
fn read_saved(path: &Path) -> Result<SavedModel, Failure> {
    let text = text_file::read(path).map_err(Failure::input)?;
    if let Some(kind) = Kind::of_text(&text, Wanted::SavedModel) {
        let found = vec![something_else(kind, Wanted::SavedModel, &text)];
        let found = Diagnostics::new(&path.display().to_string(), &text, found);
        return Err(found.expect("the list has an entry").into());
    }
    SavedModel::from_json(&text).map_err(|error| Failure::input(in_file(path, &error)))
}

/// A message about a file.
fn in_file(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
