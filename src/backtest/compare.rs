//! Models side by side on the same matches: scores, and paired differences from the first model.

use super::calibration::{Calibration, calibrate};
use super::matches::{MatchForecast, Timing, forecast_matches};
use super::scores::{MatchScore, Outcome};
use super::statistics::{Estimate, clustered_mean};
use super::tournaments::{Simulation, TournamentScore, score_tournament};
use crate::goals::{FitError, Specification};
use crate::tournament::{Edition, Tournament};

/// A model and all it forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelRecord {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub title: String,
    /// Its forecasts of every match, for each of [`Timing::ALL`], in the same order for every model.
    pub matches: [Vec<MatchForecast>; 2],
    /// Its scores on whole tournaments.
    pub tournaments: Vec<TournamentScore>,
}

/// The back-test of some models.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// The models, the first of which the others are compared with.
    pub models: Vec<ModelRecord>,
    /// How whole tournaments were simulated.
    pub simulation: Simulation,
}

/// The scores of one model on the matches of one edition, or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreLine {
    /// The edition; `None` for all together.
    pub edition: Option<String>,
    /// When forecasts were made.
    pub timing: Timing,
    /// The position of the model.
    pub model: usize,
    /// The mean of each score of [`MatchScore::NAMES`], with its standard error clustered by group or tie.
    pub scores: [Estimate; 4],
    /// The mean of the paired difference from the first model: below zero is better than it.
    pub differences: [Estimate; 4],
}

/// Runs every model on every edition that has an earlier one (matches), and on every finished tournament
/// (whole), each trained on the editions before.
///
/// # Errors
/// A model that cannot be fitted.
pub fn run(
    specifications: &[Specification],
    editions: &[Edition],
    tournaments: &[Tournament],
    simulation: Simulation,
) -> Result<Backtest, FitError> {
    let before = |id: &str| -> &[Edition] {
        let position = editions.iter().position(|edition| edition.id == id);
        &editions[..position.unwrap_or(editions.len())]
    };
    let models = specifications.iter().map(|specification| {
        let forecast = |timing: Timing| -> Result<Vec<MatchForecast>, FitError> {
            let later = editions.iter().skip(1);
            let all = later.map(|edition| {
                forecast_matches(specification, before(&edition.id), edition, timing)
            });
            Ok(all.collect::<Result<Vec<_>, _>>()?.concat())
        };
        let whole = tournaments.iter().map(|tournament| {
            score_tournament(
                specification,
                before(&tournament.id),
                tournament,
                simulation,
            )
        });
        Ok(ModelRecord {
            name: specification.name.clone(),
            title: specification.title.clone(),
            matches: [forecast(Timing::Start)?, forecast(Timing::Running)?],
            tournaments: whole.collect::<Result<Vec<_>, _>>()?.concat(),
        })
    });
    Ok(Backtest {
        models: models.collect::<Result<_, _>>()?,
        simulation,
    })
}

impl Backtest {
    /// Every score line: for each timing, each edition and all together, each model.
    pub fn lines(&self) -> Vec<ScoreLine> {
        let mut editions: Vec<Option<String>> = Vec::new();
        for forecast in self.models.iter().flat_map(|model| &model.matches[0]) {
            let edition = Some(forecast.edition.clone());
            if !editions.contains(&edition) {
                editions.push(edition);
            }
        }
        editions.push(None);
        let mut lines = Vec::new();
        for timing in Timing::ALL {
            for edition in &editions {
                let models = 0..self.models.len();
                lines.extend(models.map(|model| self.line(timing, edition.clone(), model)));
            }
        }
        lines
    }

    /// One score line.
    fn line(&self, timing: Timing, edition: Option<String>, model: usize) -> ScoreLine {
        let own = &self.models[model].matches[timing as usize];
        let first = &self.models[0].matches[timing as usize];
        let pairs: Vec<(&MatchForecast, [f64; 4], [f64; 4])> = own
            .iter()
            .zip(first)
            .filter(|(forecast, _)| {
                edition
                    .as_ref()
                    .is_none_or(|name| *name == forecast.edition)
            })
            .map(|(own, first)| (own, own.score().values(), first.score().values()))
            .collect();
        let mean = |of: &dyn Fn([f64; 4], [f64; 4]) -> f64| {
            clustered_mean(
                pairs
                    .iter()
                    .map(|(forecast, own, first)| (forecast.cluster.clone(), of(*own, *first))),
            )
        };
        ScoreLine {
            edition,
            timing,
            model,
            scores: [0, 1, 2, 3].map(|index| mean(&|own, _| own[index])),
            differences: [0, 1, 2, 3].map(|index| mean(&|own, first| own[index] - first[index])),
        }
    }

    /// The reliability of a model's forecasts of one outcome, over all editions.
    pub fn calibration(&self, model: usize, timing: Timing, outcome: Outcome) -> Calibration {
        let forecasts: Vec<(String, f64, bool)> = self.models[model].matches[timing as usize]
            .iter()
            .map(|forecast| {
                let happened = Outcome::of(forecast.played.goals) == outcome;
                (
                    forecast.cluster.clone(),
                    forecast.outcome[outcome.index()],
                    happened,
                )
            })
            .collect();
        calibrate(&forecasts)
    }
}

/// The mean scores of any forecasts of some of the matches, with standard errors.
pub(super) fn mean_scores(scores: &[(String, MatchScore)]) -> [Estimate; 4] {
    [0, 1, 2, 3].map(|index| {
        clustered_mean(
            scores
                .iter()
                .map(|(cluster, score)| (cluster.clone(), score.values()[index])),
        )
    })
}
