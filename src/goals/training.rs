//! Fits a model: what can only be learnt slowly (variances) from earlier editions, the rest from every known match.

use super::Rates;
use super::design::{Design, Parameter};
use super::distribution::ScoreDistribution;
use super::fit_error::FitError;
use super::fitted::FittedModel;
use super::football;
use super::golden_section::largest;
use super::posterior::{Mode, NoMode, Problem};
use super::specification::{Deviation, Specification, TermKind};
use crate::tournament::{Edition, Goals, known_by};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The range in which a standard deviation is estimated.
const DEVIATIONS: (f64, f64) = (0.01, 2.0);

/// A model whose variances and score distribution have been estimated on earlier editions. What remains
/// is quick: [`Trained::fit`] for the current edition, again after each matchday.
#[derive(Debug, Clone)]
pub struct Trained {
    pub(super) specification: Specification,
    /// The editions trained on.
    pub(super) history: Vec<Edition>,
    /// For each term the standard deviation of its prior, infinite for none.
    pub(super) deviations: Vec<f64>,
    /// For each term the center of its prior: zero, but for what is known of football in general.
    pub(super) centers: Vec<f64>,
    /// The score distribution, its number known.
    pub(super) distribution: ScoreDistribution,
    /// The most likely coefficients, from which later searches start.
    start: BTreeMap<Parameter, f64>,
}

/// Trains a model and fits it to the known results of the current edition.
///
/// # Errors
/// A missing fact about a club, coefficients that cannot be told apart, a training edition that is not there.
pub fn fit(
    specification: &Specification,
    history: &[Edition],
    current: &Edition,
) -> Result<FittedModel, FitError> {
    Trained::new(specification, history)?.fit(current)
}

/// A model that is trained as of any day: again only where more or less of the history is known than the last time.
#[derive(Debug)]
pub struct Learner {
    specification: Specification,
    history: Vec<Edition>,
    /// How many matches the last training knew, and what came of it.
    latest: Mutex<Option<(usize, Arc<Trained>)>>,
}

impl Learner {
    /// Nothing is trained yet.
    pub fn new(specification: Specification, history: Vec<Edition>) -> Self {
        Self {
            specification,
            history,
            latest: Mutex::default(),
        }
    }

    /// The model trained on what was known by the evening of a day (see [`known_by`]).
    ///
    /// # Errors
    /// As [`Trained::new`].
    pub fn as_of(&self, day: Option<Date>) -> Result<Arc<Trained>, FitError> {
        let known = known_by(&self.history, day);
        // What is known by a day is a beginning of all matches: their number tells which.
        let matches = known.iter().map(|past| past.matches.len()).sum();
        // A panic while this lock is held leaves what was there before.
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, trained)) = latest.as_ref().filter(|(number, _)| *number == matches) {
            return Ok(Arc::clone(trained));
        }
        let trained = Arc::new(Trained::new(&self.specification, &known)?);
        *latest = Some((matches, Arc::clone(&trained)));
        Ok(trained)
    }
}

impl Trained {
    /// Estimates variances and the score distribution's number on earlier editions.
    ///
    /// A variance maximises the Laplace-approximated marginal likelihood of the training matches times a
    /// Rayleigh prior, by golden section on the logarithm of the standard deviation; several in turn.
    ///
    /// # Errors
    /// A missing fact about a club, coefficients that cannot be told apart, a training edition that is not there.
    pub fn new(specification: &Specification, history: &[Edition]) -> Result<Self, FitError> {
        let history = selected(specification, history)?;
        let editions: Vec<&Edition> = history.iter().collect();
        let design = Design::new(specification, &editions)?;
        let mut trained = Self {
            specification: specification.clone(),
            deviations: first_deviations(specification),
            centers: vec![0.0; specification.terms.len()],
            distribution: ScoreDistribution::IndependentPoisson,
            start: BTreeMap::new(),
            history,
        };
        if trained.history.is_empty() {
            trained.take_football_for_granted();
        }
        let mode = trained.estimate_deviations(&design)?;
        trained.distribution = specification
            .distribution
            .settle(&fitted_matches(&design, &mode));
        let found = design.parameters.into_iter().zip(mode.coefficients);
        trained.start = found.collect();
        Ok(trained)
    }

    /// Replaces priors of the level and the home advantage that say nothing by what is known of football in general.
    fn take_football_for_granted(&mut self) {
        for (index, term) in self.specification.terms.iter().enumerate() {
            let (center, deviation) = match term.kind {
                TermKind::Level => (football::LEVEL, football::LEVEL_DEVIATION),
                TermKind::Home => (football::HOME, football::HOME_DEVIATION),
                _ => continue,
            };
            if matches!(term.deviation, Deviation::Fixed(wide) if wide >= football::SAYS_NOTHING) {
                self.centers[index] = center;
                self.deviations[index] = deviation;
            }
        }
    }

    /// Whether football in general speaks where no earlier edition does.
    pub(super) fn takes_football_for_granted(&self) -> bool {
        self.centers.iter().any(|center| *center != 0.0)
    }

    /// The model as described.
    pub fn specification(&self) -> &Specification {
        &self.specification
    }

    /// The editions it was trained on.
    pub fn history(&self) -> &[Edition] {
        &self.history
    }

    /// For each term of the specification the standard deviation of its prior, infinite for none.
    pub fn deviations(&self) -> &[f64] {
        &self.deviations
    }

    /// The score distribution.
    pub fn distribution(&self) -> ScoreDistribution {
        self.distribution
    }

    /// The posterior mode given the training matches and the known results of the current edition.
    ///
    /// # Errors
    /// As [`Trained::new`], and a current edition that is also in the history.
    pub fn fit(&self, current: &Edition) -> Result<FittedModel, FitError> {
        let mut history = self.history.iter();
        if let Some(past) = history.find(|past| past.is_same_edition(current)) {
            return Err(FitError::OwnHistory {
                edition: past.name.clone(),
            });
        }
        let editions: Vec<&Edition> = self.history.iter().chain([current]).collect();
        let design = Design::new(&self.specification, &editions)?;
        let start = self.start_for(&design);
        let precision = precision_of(&design, &self.deviations);
        let mode = self.mode_at(&design, &precision, start)?;
        let model = FittedModel::new(self, current, &design, &precision, &mode);
        match model.strengths.beyond_rates() {
            None => Ok(model),
            Some((home, away, error)) => Err(FitError::NoRate {
                home: current.clubs[home.index()].name.clone(),
                away: current.clubs[away.index()].name.clone(),
                error,
            }),
        }
    }

    /// Where a search for the mode starts: at the training's mode, where it has one.
    fn start_for(&self, design: &Design) -> Vec<f64> {
        if self.start.is_empty() {
            return first_guess(design, &self.specification);
        }
        let known = design.parameters.iter();
        known
            .map(|parameter| self.start.get(parameter).copied().unwrap_or(0.0))
            .collect()
    }

    /// The mode of a regression, with a failure put in words.
    fn mode_at(
        &self,
        design: &Design,
        precision: &[f64],
        start: Vec<f64>,
    ) -> Result<Mode, FitError> {
        let envelope = design.envelope();
        let center = self.centers_of(design);
        let problem = Problem {
            rows: &design.rows,
            center: &center,
            precision,
            envelope: &envelope,
        };
        let matches = design.rows.len() / 2;
        problem.mode(start).map_err(|reason| match reason {
            NoMode::Collinear(index) => FitError::Collinear {
                term: design.parameters[index].words(&self.specification),
                matches,
            },
            NoMode::Endless => FitError::NoMode { matches },
        })
    }

    /// The center of each coefficient's prior.
    fn centers_of(&self, design: &Design) -> Vec<f64> {
        let parameters = design.parameters.iter();
        parameters
            .map(|parameter| self.centers[parameter.term])
            .collect()
    }

    /// Sets the deviations that are to be estimated, and gives the mode at the final ones.
    fn estimate_deviations(&mut self, design: &Design) -> Result<Mode, FitError> {
        let estimated: Vec<(usize, f64)> = self
            .specification
            .terms
            .iter()
            .enumerate()
            .filter_map(|(index, term)| match term.deviation {
                Deviation::Estimated { scale } => Some((index, scale)),
                Deviation::Flat | Deviation::Fixed(_) => None,
            })
            .collect();
        let start = first_guess(design, &self.specification);
        let precision = precision_of(design, &self.deviations);
        let mut latest = self.mode_at(design, &precision, start)?;
        // One variance is found in one round; several are found in turn until none moves any more.
        let rounds = if estimated.len() > 1 { 12 } else { 1 };
        for _ in 0..rounds {
            let mut moved: f64 = 0.0;
            for &(term, scale) in &estimated {
                let before = self.deviations[term];
                let mut failure = None;
                let score = |log_deviation: f64| -> f64 {
                    let mut deviations = self.deviations.clone();
                    deviations[term] = log_deviation.exp();
                    match self.log_evidence(design, &deviations, &mut latest) {
                        Ok(value) => {
                            let relative = deviations[term] / scale;
                            value + log_deviation - relative * relative / 2.0
                        }
                        Err(error) => {
                            failure = Some(error);
                            f64::NEG_INFINITY
                        }
                    }
                };
                let (low, high) = DEVIATIONS;
                let best = largest(low.ln(), high.ln(), 1e-6, score).exp();
                if let Some(error) = failure {
                    return Err(error);
                }
                self.deviations[term] = best;
                moved = moved.max((best / before).ln().abs());
            }
            if moved < 1e-5 {
                break;
            }
        }
        let precision = precision_of(design, &self.deviations);
        self.mode_at(design, &precision, latest.coefficients)
    }

    /// The logarithm of the marginal likelihood at given deviations; moves `latest` to their mode.
    fn log_evidence(
        &self,
        design: &Design,
        deviations: &[f64],
        latest: &mut Mode,
    ) -> Result<f64, FitError> {
        let precision = precision_of(design, deviations);
        *latest = self.mode_at(design, &precision, latest.coefficients.clone())?;
        let envelope = design.envelope();
        let center = self.centers_of(design);
        let problem = Problem {
            rows: &design.rows,
            center: &center,
            precision: &precision,
            envelope: &envelope,
        };
        Ok(problem.log_marginal_likelihood(latest))
    }
}

/// The editions a specification trains on, in the order of the history.
fn selected(specification: &Specification, history: &[Edition]) -> Result<Vec<Edition>, FitError> {
    let Some(names) = &specification.training else {
        return Ok(history.to_vec());
    };
    if let Some(wanted) = names
        .iter()
        .find(|name| history.iter().all(|edition| edition.name != **name))
    {
        let there: Vec<&str> = history
            .iter()
            .map(|edition| edition.name.as_str())
            .collect();
        return Err(FitError::UnknownTrainingEdition {
            wanted: wanted.clone(),
            there: if there.is_empty() {
                "none".to_owned()
            } else {
                there.join(", ")
            },
        });
    }
    let kept = history
        .iter()
        .filter(|edition| specification.trains_on(edition));
    Ok(kept.cloned().collect())
}

/// The known deviations, and the scale of the prior for those that are to be estimated.
fn first_deviations(specification: &Specification) -> Vec<f64> {
    let deviations = specification.terms.iter().map(|term| match term.deviation {
        Deviation::Flat => f64::INFINITY,
        Deviation::Fixed(deviation) => deviation,
        Deviation::Estimated { scale } => scale,
    });
    deviations.collect()
}

/// The prior precision of each coefficient.
pub(super) fn precision_of(design: &Design, deviations: &[f64]) -> Vec<f64> {
    let parameters = design.parameters.iter();
    parameters
        .map(|parameter| deviations[parameter.term].powi(-2))
        .collect()
}

/// A start for Newton's method: all sides alike, at the mean number of goals.
fn first_guess(design: &Design, specification: &Specification) -> Vec<f64> {
    let goals: f64 = design.rows.iter().map(|row| row.goals).sum();
    let mean = goals / design.rows.len().max(1) as f64;
    let level = if mean > 0.0 { mean.ln() } else { 0.0 };
    let parameters = design.parameters.iter();
    parameters
        .map(|parameter| match specification.terms[parameter.term].kind {
            TermKind::Level => level,
            _ => 0.0,
        })
        .collect()
}

/// Fitted rates, goals and weight of every match.
pub(super) fn fitted_matches(design: &Design, mode: &Mode) -> Vec<(Rates, Goals, f64)> {
    let rate = |row: &super::design::Row| -> f64 {
        let terms = row.predictor.iter();
        terms
            .map(|(index, value)| mode.coefficients[*index] * value)
            .sum::<f64>()
            .exp()
    };
    let matches = design.rows.chunks_exact(2).map(|sides| {
        let rates = Rates::nearest(rate(&sides[0]), rate(&sides[1]));
        let goals = Goals {
            home: sides[0].goals as u8,
            away: sides[1].goals as u8,
        };
        (rates, goals, sides[0].weight)
    });
    matches.collect()
}
