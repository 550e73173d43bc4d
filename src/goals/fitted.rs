//! A fitted model: coefficients with their joint uncertainty, and the rates of any pairing that follow from them.

use super::cholesky::Envelope;
use super::design::{ClubForms, Design, Linear, Parameter};
use super::distribution::ScoreDistribution;
use super::posterior::Mode;
use super::specification::{ActsOn, Specification, TermKind};
use super::training::{Trained, fitted_matches};
use super::warnings::warnings;
use super::{Covariate, GoalModel, JointScores, Occasion, RateError, Rates, Slope};
use crate::ids::ClubId;
use crate::tournament::Edition;
use jiff::civil::Date;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// The standard normal quantile of a two-sided 95% interval.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// A model fitted to all matches known at some moment.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedModel {
    pub(super) specification: Specification,
    pub(super) deviations: Vec<f64>,
    pub(super) distribution: ScoreDistribution,
    /// The coefficients that matter to the current edition.
    pub(super) parameters: Vec<Parameter>,
    /// Their posterior mode.
    pub(super) mode: Vec<f64>,
    /// The factor of their posterior precision, effects of earlier editions integrated out.
    pub(super) factor: Envelope,
    /// What each club brings, as linear forms in the coefficients.
    pub(super) forms: Vec<ClubForms>,
    /// Codes of the clubs, by club id.
    pub(super) clubs: Vec<String>,
    pub(super) summary: FitSummary,
    /// The rates at the mode.
    pub(super) strengths: Strengths,
}

/// How well and on what a model was fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct FitSummary {
    /// Matches of earlier editions.
    pub training_matches: usize,
    /// Matches of the current edition.
    pub current_matches: usize,
    /// The day of the last match of the earlier editions, if they have any.
    pub trained_until: Option<Date>,
    /// The log likelihood of the scorelines at the mode (weighted, if matches are), in nats.
    pub log_likelihood: f64,
    /// The effective number of coefficients: trace of (X'WX + P)^-1 X'WX (Hastie & Tibshirani 1990, section 3.5).
    pub effective_parameters: f64,
    /// Newton steps from the training's mode.
    pub steps: usize,
    /// What a reader should know: levels that no match tells of.
    pub warnings: Vec<String>,
}

impl FitSummary {
    /// Akaike's criterion with the effective number of coefficients: smaller is better, for models of the
    /// same matches.
    pub fn akaike(&self) -> f64 {
        2.0 * (self.effective_parameters - self.log_likelihood)
    }
}

/// A coefficient with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The name of its term, such as `association`.
    pub term: String,
    /// The zone, association or club it belongs to, if the term has several.
    pub level: Option<String>,
    /// Its posterior mode, in units of the logarithm of goals.
    pub estimate: f64,
    /// Its posterior standard deviation.
    pub standard_deviation: f64,
}

impl Coefficient {
    /// The ends of the 95% interval.
    pub fn interval(&self) -> [f64; 2] {
        let half = NORMAL_95 * self.standard_deviation;
        [self.estimate - half, self.estimate + half]
    }
}

/// The few numbers a model's rates depend on, all on the scale of the logarithm of goals. This is what a
/// draw from the posterior gives; it is a goal model of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// The level of an average side.
    pub level: f64,
    /// The home advantage: half of it on the home side's rate, half off the away side's.
    pub home: f64,
    /// What the first leg of a two-legged tie adds to both rates.
    pub first_leg: f64,
    /// For each club, what it adds to its own rate.
    pub attack: Vec<f64>,
    /// For each club, what it takes from its opponent's rate.
    pub defence: Vec<f64>,
    /// What a pot is worth, if the model looks at it.
    pub pot: Option<Slope>,
    /// What the best finish is worth, if the model looks at it.
    pub best_finish: Option<Slope>,
    /// The score distribution.
    pub distribution: ScoreDistribution,
}

impl GoalModel for Strengths {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let [home, away] = self.expected(home, away, occasion);
        Rates::nearest(home, away)
    }

    fn scores(&self, rates: Rates) -> JointScores {
        self.distribution.scores(rates)
    }

    fn slope(&self, covariate: Covariate) -> Option<Slope> {
        match covariate {
            Covariate::Pot => self.pot,
            Covariate::BestFinish => self.best_finish,
        }
    }
}

impl Strengths {
    /// The expected goals of both sides as they come out of the strengths, be they rates or not.
    fn expected(&self, home: ClubId, away: ClubId, occasion: Occasion) -> [f64; 2] {
        let level = match occasion {
            Occasion::FirstLeg => self.level + self.first_leg,
            Occasion::Group | Occasion::LastLeg => self.level,
        };
        let (home, away) = (home.index(), away.index());
        [
            (level + self.home / 2.0 + self.attack[home] - self.defence[away]).exp(),
            (level - self.home / 2.0 + self.attack[away] - self.defence[home]).exp(),
        ]
    }

    /// The first pairing of different clubs whose expected goals are no rates, if there is one.
    pub(super) fn beyond_rates(&self) -> Option<(ClubId, ClubId, RateError)> {
        let clubs = (0..self.attack.len()).map(ClubId::new);
        let pairings = clubs
            .clone()
            .flat_map(|home| clubs.clone().map(move |away| (home, away)));
        pairings
            .filter(|(home, away)| home != away)
            .find_map(|(home, away)| {
                let occasions = [Occasion::Group, Occasion::FirstLeg].into_iter();
                let error = occasions.filter_map(|occasion| {
                    let [own, other] = self.expected(home, away, occasion);
                    Rates::new(own, other).err()
                });
                error.map(|error| (home, away, error)).next()
            })
    }
}

impl GoalModel for FittedModel {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        self.strengths.rates(home, away, occasion)
    }

    fn scores(&self, rates: Rates) -> JointScores {
        self.strengths.scores(rates)
    }

    fn slope(&self, covariate: Covariate) -> Option<Slope> {
        self.strengths.slope(covariate)
    }
}

impl FittedModel {
    /// Keeps of a fit what matters to the current edition.
    pub(super) fn new(
        trained: &Trained,
        current: &Edition,
        design: &Design,
        precision: &[f64],
        mode: &Mode,
    ) -> Self {
        let past = design.past;
        let shift = |form: &Linear| -> Linear {
            let terms = form.iter();
            terms.map(|(index, value)| (index - past, *value)).collect()
        };
        let forms = design.clubs.iter().map(|club| ClubForms {
            attack: shift(&club.attack),
            defence: shift(&club.defence),
        });
        let mut model = Self {
            specification: trained.specification.clone(),
            deviations: trained.deviations.clone(),
            distribution: trained.distribution,
            parameters: design.parameters[past..].to_vec(),
            mode: mode.coefficients[past..].to_vec(),
            factor: mode.factor.marginal(past),
            forms: forms.collect(),
            clubs: current.clubs.iter().map(|club| club.code.clone()).collect(),
            summary: summarise(trained, current, design, precision, mode),
            strengths: Strengths::nothing(trained.distribution),
        };
        model.strengths = model.strengths_at(&model.mode);
        model
    }

    /// The model as described.
    pub fn specification(&self) -> &Specification {
        &self.specification
    }

    /// For each term of the specification the standard deviation of its prior, infinite for none.
    pub fn deviations(&self) -> &[f64] {
        &self.deviations
    }

    /// The score distribution.
    pub fn distribution(&self) -> ScoreDistribution {
        self.distribution
    }

    /// How well and on what it was fitted.
    pub fn summary(&self) -> &FitSummary {
        &self.summary
    }

    /// The codes of the clubs it was fitted for, by club id.
    pub fn clubs(&self) -> &[String] {
        &self.clubs
    }

    /// The numbers its rates come from, at the posterior mode.
    pub fn strengths(&self) -> &Strengths {
        &self.strengths
    }

    /// Every coefficient that matters to the current edition, in the order of the terms.
    pub fn coefficients(&self) -> Vec<Coefficient> {
        let mut order: Vec<usize> = (0..self.parameters.len()).collect();
        order.sort_by_key(|index| self.parameters[*index].term);
        let coefficients = order.into_iter().map(|index| {
            let parameter = &self.parameters[index];
            Coefficient {
                term: self.specification.terms[parameter.term].name(),
                level: parameter.level.clone(),
                estimate: self.mode[index],
                standard_deviation: self
                    .covariance(&vec![(index, 1.0)], &vec![(index, 1.0)])
                    .sqrt(),
            }
        });
        coefficients.collect()
    }

    /// One draw from the (normal approximation of the) posterior: mode + L'^-1 e with independent standard
    /// normal e. One draw holds for a whole tournament; drawing match by match would average out what is unknown.
    pub fn draw(&self, rng: &mut impl Rng) -> Strengths {
        let mut point: Vec<f64> = (0..self.mode.len())
            .map(|_| StandardNormal.sample(rng))
            .collect();
        self.factor.solve_upper(&mut point);
        for (value, mode) in point.iter_mut().zip(&self.mode) {
            *value += mode;
        }
        self.strengths_at(&point)
    }

    /// The posterior covariance of two linear forms.
    pub(super) fn covariance(&self, left: &Linear, right: &Linear) -> f64 {
        let spread = |form: &Linear| -> Vec<f64> {
            let mut dense = vec![0.0; self.mode.len()];
            for (index, value) in form {
                dense[*index] += value;
            }
            self.factor.solve_lower(&mut dense);
            dense
        };
        let (left, right) = (spread(left), spread(right));
        left.iter().zip(&right).map(|(a, b)| a * b).sum()
    }

    /// The position of the coefficient of a term that has only one.
    pub(super) fn position(&self, is: impl Fn(&TermKind) -> bool) -> Option<usize> {
        let kind = |parameter: &Parameter| &self.specification.terms[parameter.term].kind;
        let mut parameters = self.parameters.iter();
        parameters.position(|parameter| is(kind(parameter)))
    }

    /// The strengths that follow from a value of each coefficient.
    pub(super) fn strengths_at(&self, point: &[f64]) -> Strengths {
        let at = |form: &Linear| -> f64 {
            let terms = form.iter();
            terms.map(|(index, value)| point[*index] * value).sum()
        };
        let single =
            |is: fn(&TermKind) -> bool| self.position(is).map_or(0.0, |index| point[index]);
        Strengths {
            level: single(|kind| matches!(kind, TermKind::Level)),
            home: single(|kind| matches!(kind, TermKind::Home)),
            first_leg: single(|kind| matches!(kind, TermKind::FirstLeg)),
            attack: self.forms.iter().map(|club| at(&club.attack)).collect(),
            defence: self.forms.iter().map(|club| at(&club.defence)).collect(),
            pot: self.slope_at(point, &TermKind::Pot),
            best_finish: self.slope_at(point, &TermKind::BestFinish),
            distribution: self.distribution,
        }
    }

    /// The slope of a covariate that has one coefficient a side of play; `None` if no term looks at it.
    fn slope_at(&self, point: &[f64], kind: &TermKind) -> Option<Slope> {
        let mut found = None;
        for (parameter, value) in self.parameters.iter().zip(point) {
            let term = &self.specification.terms[parameter.term];
            if term.kind == *kind {
                let slope: &mut Slope = found.get_or_insert_default();
                if matches!(term.acts_on, ActsOn::Strength | ActsOn::Attack) {
                    slope.attack += value;
                }
                if matches!(term.acts_on, ActsOn::Strength | ActsOn::Defence) {
                    slope.defence += value;
                }
            }
        }
        found
    }
}

impl Strengths {
    /// No clubs yet.
    pub(super) fn nothing(distribution: ScoreDistribution) -> Self {
        Self {
            level: 0.0,
            home: 0.0,
            first_leg: 0.0,
            attack: Vec::new(),
            defence: Vec::new(),
            pot: None,
            best_finish: None,
            distribution,
        }
    }
}

impl Parameter {
    /// The name people use, such as `association Mexico`.
    pub(super) fn words(&self, specification: &Specification) -> String {
        let term = specification.terms[self.term].name();
        let parts = [Some(term), self.level.clone(), self.edition.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The figures about a fit as a whole.
fn summarise(
    trained: &Trained,
    current: &Edition,
    design: &Design,
    precision: &[f64],
    mode: &Mode,
) -> FitSummary {
    let matches = fitted_matches(design, mode);
    let log_likelihood = matches.iter().map(|(rates, goals, weight)| {
        weight * trained.distribution.log_probability(*rates, *goals)
    });
    let size = precision.len();
    // Each coefficient counts by how much its variance is below that of its prior.
    let counts = precision.iter().enumerate().map(|(index, precision)| {
        if *precision == 0.0 {
            return 1.0;
        }
        let mut unit = vec![0.0; size];
        unit[index] = 1.0;
        mode.factor.solve_lower(&mut unit);
        1.0 - precision * unit[index..].iter().map(|part| part * part).sum::<f64>()
    });
    FitSummary {
        training_matches: matches.len() - current.matches.len(),
        current_matches: current.matches.len(),
        trained_until: trained.history.iter().filter_map(Edition::last_day).max(),
        log_likelihood: log_likelihood.sum(),
        effective_parameters: counts.sum(),
        steps: mode.steps,
        warnings: warnings(trained, current, design),
    }
}
