//! Goal models: from past matches to the expected goals of any pairing.
//!
//! Everything downstream needs one thing only, a [`GoalModel`]: the rates of a pairing on an occasion,
//! and the joint distribution of the scoreline that follows from them.

mod book;
mod bundled;
mod cholesky;
mod club_ratings;
mod design;
mod distribution;
mod elo;
mod family;
mod fingerprint;
mod fit_error;
mod fitted;
mod football;
mod golden_section;
mod posterior;
mod rate;
mod rated;
mod ratings;
mod saved;
mod saved_check;
mod saved_form;
mod score;
mod specification;
mod specification_file;
mod term_file;
mod training;
mod warnings;

pub use bundled::{
    OpenModelError, model_names, open_specification, open_specification_for, specification_files,
};
pub use club_ratings::{ClubRating, WithInterval};
pub use design::Parameter;
pub use distribution::{DistributionChoice, ScoreDistribution};
pub use family::{
    Chosen, ClubStrength, Family, Fitted, Grouping, Prior, Spread, Teams, default_for, family_names,
};
pub use fingerprint::fingerprint;
pub use fit_error::FitError;
pub use fitted::{Coefficient, FitSummary, FittedModel, NORMAL_95, Strengths};
pub use rate::{Rate, RateError, Rates};
pub use rated::rated;
pub use ratings::RateTable;
pub use saved::{SavedModel, SavedModelError};
pub use score::JointScores;
pub use specification::{ActsOn, Deviation, RatingColumn, Specification, Term, TermKind};
pub use specification_file::read_specification;
pub use training::{Learner, Trained, fit};

use crate::ids::ClubId;

/// What kind of match a pairing is played in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// A group match.
    Group,
    /// The first leg of a two-legged tie.
    FirstLeg,
    /// The second leg of a two-legged tie, or a tie of one match.
    LastLeg,
}

/// A fact about a club that a fitted model may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covariate {
    /// The pot it was drawn from.
    Pot,
    /// Its best finish before the edition.
    BestFinish,
}

/// What a club's covariate does to the logarithms of rates, for each unit of [`Covariate::value`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Slope {
    /// What it adds to the club's own log rate.
    pub attack: f64,
    /// What it takes from its opponent's.
    pub defence: f64,
}

/// Anything that gives expected goals for a pairing: a fitted model, a table of rates, your own.
pub trait GoalModel: Send + Sync {
    /// Expected goals over 90 minutes when `home` receives `away`.
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates;

    /// Expected goals over 90 minutes on neutral ground, those of `one` as `home`. Unless a model says otherwise each side
    /// has the geometric mean of its rates at home and away, which is exact where home advantage is a factor.
    fn neutral_rates(&self, one: ClubId, other: ClubId, occasion: Occasion) -> Rates {
        let (here, there) = (
            self.rates(one, other, occasion),
            self.rates(other, one, occasion),
        );
        let mean = |one: Rate, other: Rate| (one.get() * other.get()).sqrt();
        Rates::nearest(mean(here.home, there.away), mean(here.away, there.home))
    }

    /// The joint distribution of the scoreline at given rates: independent Poisson unless a model says
    /// otherwise. Also asked for extra time, at a third of the rates.
    fn scores(&self, rates: Rates) -> JointScores {
        JointScores::independent_poisson(rates)
    }

    /// What a covariate does to the rates of a club; `None` for a model that does not look at it.
    fn slope(&self, _covariate: Covariate) -> Option<Slope> {
        None
    }
}

#[cfg(test)]
mod tests;
