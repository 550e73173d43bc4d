//! What a goal model is made of: terms with their priors, the score distribution, and what it is trained on.

use super::distribution::DistributionChoice;
use crate::tournament::Edition;
use std::collections::BTreeMap;

/// A goal model as described, before it has seen a match.
#[derive(Debug, Clone, PartialEq)]
pub struct Specification {
    /// The name it is chosen by, such as `default`.
    pub name: String,
    /// What it is, in a sentence.
    pub title: String,
    /// The terms of the logarithm of the expected goals.
    pub terms: Vec<Term>,
    /// How goals are distributed around their expectation.
    pub distribution: DistributionChoice,
    /// A match this many days before the latest known one counts half; `None`: all count alike.
    pub half_life_days: Option<f64>,
    /// The earlier editions to train on, by name such as `2012-13`; `None`: all there are.
    pub training: Option<Vec<String>>,
}

/// One term: what it depends on, what it acts on, and how large its coefficients may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What it depends on.
    pub kind: TermKind,
    /// Which side of a club's play it acts on; without meaning for the level, home and first-leg terms.
    pub acts_on: ActsOn,
    /// The standard deviation of the normal prior (mean 0) of its coefficients.
    pub deviation: Deviation,
}

/// What a term depends on.
#[derive(Debug, Clone, PartialEq)]
pub enum TermKind {
    /// The logarithm of the goals of an average side: acts on every rate.
    Level,
    /// Home advantage: half of it on the home side's rate, half of it off the away side's.
    Home,
    /// The first leg of a two-legged tie: acts on both rates.
    FirstLeg,
    /// The best finish before the edition, as a share of the title: `BestFinish::level() / 5`.
    BestFinish,
    /// The pot: +1 for that of the strongest clubs, -1 for that of the weakest, 0 between and without a comparable pot.
    Pot,
    /// The zone of the confederation, a coefficient for each zone but the reference.
    Zone {
        /// The zone whose effect is zero; `None`: every zone has a coefficient.
        reference: Option<String>,
    },
    /// The national association, a coefficient each.
    Association,
    /// The club, one coefficient for all its editions.
    Club,
    /// The club in one edition: learns from that edition's own results.
    ClubEdition,
    /// The number of earlier appearances.
    Appearances,
    /// An Elo rating that is kept over all earlier matches, in units of 400 points.
    Elo {
        /// How many points a result that was thought impossible moves.
        step: f64,
        /// How many points the home side is better for being at home.
        home_advantage: f64,
    },
    /// A number for each club out of a ratings file.
    Column(RatingColumn),
}

/// A column of a ratings file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RatingColumn {
    /// The name of the column.
    pub name: String,
    /// The number of each club: by its plain name (or code) and, where the file tells editions apart, edition name
    /// (otherwise an empty text).
    pub values: BTreeMap<(String, String), f64>,
}

/// Which side of a club's play a term acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActsOn {
    /// One strength: what it adds to the own rate it takes from the opponent's.
    Strength,
    /// The own rate only.
    Attack,
    /// The opponent's rate only (a positive coefficient lowers it).
    Defence,
}

/// The standard deviation of a term's prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Deviation {
    /// No prior: plain maximum likelihood.
    Flat,
    /// A known standard deviation.
    Fixed(f64),
    /// Estimated from the training matches by Laplace-approximated marginal likelihood, with a Rayleigh
    /// prior of this scale, which keeps it off zero (Chung et al. 2013 argue for such a prior).
    Estimated {
        /// The scale of the Rayleigh prior: its most likely value.
        scale: f64,
    },
}

impl Term {
    /// A term on strength with a known prior standard deviation.
    pub fn fixed(kind: TermKind, deviation: f64) -> Self {
        Self {
            kind,
            acts_on: ActsOn::Strength,
            deviation: Deviation::Fixed(deviation),
        }
    }

    /// The name people use, such as `best finish`, or `pot (attack)` when it acts on one side of play only.
    pub fn name(&self) -> String {
        let kind = self.kind.name();
        match self.acts_on {
            ActsOn::Strength => kind.to_owned(),
            ActsOn::Attack => format!("{kind} (attack)"),
            ActsOn::Defence => format!("{kind} (defence)"),
        }
    }
}

impl TermKind {
    /// The name people use, such as `best finish`; of a ratings column its own name.
    pub fn name(&self) -> &str {
        match self {
            Self::Level => "level",
            Self::Home => "home",
            Self::FirstLeg => "first leg",
            Self::BestFinish => "best finish",
            Self::Pot => "pot",
            Self::Zone { .. } => "zone",
            Self::Association => "association",
            Self::Club => "club",
            Self::ClubEdition => "club-edition",
            Self::Appearances => "appearances",
            Self::Elo { .. } => "elo",
            Self::Column(column) => &column.name,
        }
    }

    /// Whether it is a property of a match rather than of a club.
    pub fn is_of_match(&self) -> bool {
        matches!(self, Self::Level | Self::Home | Self::FirstLeg)
    }
}

impl Specification {
    /// Whether it is to be trained on this edition.
    pub fn trains_on(&self, edition: &Edition) -> bool {
        let names = self.training.as_ref();
        names.is_none_or(|names| names.contains(&edition.name))
    }

    /// The default model: one strength a club, out of best finish, pot, zone, association and an effect of
    /// the club in this edition; independent Poisson goals.
    ///
    /// Its terms and prior deviations were chosen by scoring some hundred models out of sample on the
    /// editions 2008-09 to 2018: separate attack and defence, club effects across editions, appearances,
    /// weights by age and other score distributions gained nothing.
    pub fn default_model() -> Self {
        let zone = TermKind::Zone {
            reference: Some("Central American".to_owned()),
        };
        let association = Term {
            kind: TermKind::Association,
            acts_on: ActsOn::Strength,
            deviation: Deviation::Estimated { scale: 0.5 },
        };
        Self {
            name: "default".to_owned(),
            title: "best finish, pot, zone, association and form in this edition".to_owned(),
            terms: vec![
                Term::fixed(TermKind::Level, 3.0),
                Term::fixed(TermKind::Home, 1.0),
                Term::fixed(TermKind::FirstLeg, 0.3),
                Term::fixed(TermKind::BestFinish, 0.5),
                Term::fixed(TermKind::Pot, 0.1),
                Term::fixed(zone, 1.0),
                association,
                Term::fixed(TermKind::ClubEdition, 0.1),
            ],
            distribution: DistributionChoice::IndependentPoisson,
            half_life_days: None,
            training: None,
        }
    }
}
