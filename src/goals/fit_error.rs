//! Why a goal model cannot be fitted, with the term at fault and the way out.

use super::RateError;

/// Why a goal model cannot be fitted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FitError {
    /// A term needs a fact about a club that is not there.
    #[error(
        "the term `{term}` needs the {fact} of every club, but {club} ({edition}) has none it can use; \
         add it or choose a model without this term"
    )]
    MissingFact {
        /// The term.
        term: String,
        /// What is missing.
        fact: String,
        /// The club.
        club: String,
        /// The edition.
        edition: String,
    },
    /// A coefficient without a prior that the matches cannot tell from the others.
    #[error(
        "the term `{term}` cannot be told from the others by the {matches} known matches \
         (collinear, or no match tells of it); give it a prior, such as `sd = 1`, or leave it out"
    )]
    Collinear {
        /// The term, with its level if it has several.
        term: String,
        /// How many matches there are.
        matches: usize,
    },
    /// The likelihood grows without end.
    #[error(
        "no finite coefficients are the most likely ones for the {matches} known matches; \
         give the terms with `sd = \"flat\"` a prior, such as `sd = 1`"
    )]
    NoMode {
        /// How many matches there are.
        matches: usize,
    },
    /// An edition named for training that is not in the history, or not yet at the moment.
    #[error(
        "the model is to be trained on {wanted}, which the history does not have by then; it has {there}"
    )]
    UnknownTrainingEdition {
        /// The edition asked for.
        wanted: String,
        /// Those there are.
        there: String,
    },
    /// The fit expects goals that no match has.
    #[error(
        "by the model {home} at home to {away} would have {error}; a term without a prior or with a very wide one may have \
         gone astray, or a rating may be in other units"
    )]
    NoRate {
        /// The home club.
        home: String,
        /// The away club.
        away: String,
        /// What is expected, and the range.
        error: RateError,
    },
    /// Names that make one club of two.
    #[error(
        "{club} ({edition}) can be {first} or {second} of {rivals}; drop the alias that belongs to the other club"
    )]
    Ambiguous {
        /// The club that may be either.
        club: String,
        /// Its edition.
        edition: String,
        /// The one.
        first: String,
        /// The other.
        second: String,
        /// The edition of both.
        rivals: String,
    },
    /// The current edition is also in the history, so that its later results would leak.
    #[error(
        "{edition} is forecast and cannot be part of its own history; take it out of `history`"
    )]
    OwnHistory {
        /// The edition.
        edition: String,
    },
}
