//! Fitted models on disk: versioned JSON with the specification, the posterior and a fingerprint of the data.

use super::fingerprint::fingerprint;
use super::fitted::FittedModel;
use super::saved_check::{self, Damage, PARTS};
use super::saved_form::{FileForm, Header};
use crate::tournament::Edition;
use jiff::civil::Date;

/// The first thing in the file, which says what it is.
pub(super) const MAGIC: &str = "cupcast fitted model";

/// The version of the form below. A later program reads all earlier versions; an earlier program refuses
/// later ones.
pub(super) const VERSION: u32 = 2;

/// A fitted model with where it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedModel {
    /// The model.
    pub model: FittedModel,
    /// The tournament it was fitted for, such as `ccl-2013-14`.
    pub tournament: String,
    /// The moment up to which results were known, such as `md3`.
    pub as_of: String,
    /// The fingerprint of everything it was fitted to.
    pub fingerprint: String,
}

/// Why a saved model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SavedModelError {
    /// No saved model at all, or a damaged one.
    #[error("this is no model saved by `cupcast fit --output`: {0}")]
    NotAModel(String),
    /// A saved model of which a part is not what it was, or could not be.
    #[error(
        "line {line}, column {column}: the saved model is damaged in its part `{part}`: {fact}; fit again with `cupcast fit --output FILE`"
    )]
    Damaged {
        /// The line at which the part begins, counted from 1.
        line: usize,
        /// The column at which it begins, in characters, counted from 1.
        column: usize,
        /// The part.
        part: &'static str,
        /// What is wrong with it.
        fact: String,
    },
    /// Written by a later program.
    #[error(
        "the model was saved in form {found}, but this program reads forms up to {VERSION}; use the program that wrote it ({program}) or fit again"
    )]
    TooNew {
        /// The version of the file.
        found: u32,
        /// The program that wrote it.
        program: String,
    },
    /// Fitted for another edition.
    #[error(
        "the model was fitted for {fitted}, not for {wanted}; fit again with `cupcast fit {wanted} --output FILE`"
    )]
    OtherTournament {
        /// What it was fitted for.
        fitted: String,
        /// What it is wanted for.
        wanted: String,
    },
    /// Fitted for other clubs.
    #[error(
        "the model was fitted for other clubs than {tournament} has now; fit again with `cupcast fit {tournament} --output FILE`"
    )]
    OtherClubs {
        /// The tournament.
        tournament: String,
    },
    /// Fitted to a result that is not known at the moment of the forecast.
    #[error(
        "the model knows the result of {home} - {away} on {date}, which is not known {when}; a forecast must not know what came later: fit again with `--as-of`"
    )]
    KnowsLater {
        /// The home club.
        home: String,
        /// The away club.
        away: String,
        /// The day of the match.
        date: String,
        /// As of when.
        when: String,
    },
    /// Trained on matches from after the moment of the forecast.
    #[error(
        "the model was trained on matches up to {until}, and {when} only those up to {day} are known; a forecast must not know what came later: fit again with `--as-of`"
    )]
    TrainedLater {
        /// The day of the last match it knows.
        until: Date,
        /// The last day that is known at the moment.
        day: Date,
        /// As of when.
        when: String,
    },
    /// Fitted to more results than are known at the moment of the forecast.
    #[error(
        "the model knows {fitted} matches of this edition, but only {known} are known {when}; a forecast must not know what came later: fit again with `--as-of`"
    )]
    KnowsTooMuch {
        /// How many it was fitted to.
        fitted: usize,
        /// How many are known.
        known: usize,
        /// As of when.
        when: String,
    },
}

impl SavedModel {
    /// The text of the file.
    ///
    /// # Panics
    /// Never: the form holds nothing that JSON cannot.
    pub fn to_json(&self) -> String {
        let form = FileForm::of(self);
        let text = serde_json::to_string_pretty(&form).expect("plain numbers and texts serialize");
        text + "\n"
    }

    /// Reads a saved model.
    ///
    /// # Errors
    /// A text that is no saved model, and one of a later version.
    pub fn from_json(text: &str) -> Result<Self, SavedModelError> {
        let not_a_model = |error: serde_json::Error| SavedModelError::NotAModel(error.to_string());
        let header: Header = serde_json::from_str(text).map_err(not_a_model)?;
        if header.file != MAGIC {
            let message = format!("`file` is `{}` and not `{MAGIC}`", header.file);
            return Err(SavedModelError::NotAModel(message));
        }
        if header.version == 0 {
            let message = "there is no form 0".to_owned();
            return Err(SavedModelError::NotAModel(message));
        }
        if header.version > VERSION {
            return Err(SavedModelError::TooNew {
                found: header.version,
                program: header.program,
            });
        }
        let form: FileForm = serde_json::from_str(text).map_err(not_a_model)?;
        let damaged = |Damage { part, fact }: Damage| {
            let (line, column) = place_of(text, part);
            SavedModelError::Damaged {
                line,
                column,
                part,
                fact,
            }
        };
        saved_check::check(&form).map_err(damaged)?;
        let (tournament, as_of) = (form.tournament.clone(), form.as_of.clone());
        let fingerprint = form.fingerprint.clone();
        let model = form.into_model().map_err(damaged)?;
        saved_check::check_model(&model).map_err(damaged)?;
        Ok(Self {
            model,
            tournament,
            as_of,
            fingerprint,
        })
    }

    /// The model, if it may be used for this edition as known at some moment.
    ///
    /// # Errors
    /// A model for another edition or other clubs, or one that knows results from after the moment.
    pub fn for_edition(
        &self,
        current: &Edition,
        when: &str,
    ) -> Result<&FittedModel, SavedModelError> {
        if self.tournament != current.id {
            return Err(SavedModelError::OtherTournament {
                fitted: self.tournament.clone(),
                wanted: current.id.clone(),
            });
        }
        let codes = current.clubs.iter().map(|club| &club.code);
        if !codes.eq(&self.model.clubs) {
            return Err(SavedModelError::OtherClubs {
                tournament: current.id.clone(),
            });
        }
        if self.model.summary.current_matches > current.matches.len() {
            return Err(SavedModelError::KnowsTooMuch {
                fitted: self.model.summary.current_matches,
                known: current.matches.len(),
                when: when.to_owned(),
            });
        }
        Ok(&self.model)
    }

    /// Whether the earlier editions it was trained on were over by a day (see
    /// [`Tournament::cut_off`](crate::tournament::Tournament::cut_off)); models saved by older programs do not say.
    ///
    /// # Errors
    /// Training matches from after that day.
    pub fn trained_by(&self, day: Option<Date>, when: &str) -> Result<(), SavedModelError> {
        match (self.model.summary.trained_until, day) {
            (Some(until), Some(day)) if until > day => Err(SavedModelError::TrainedLater {
                until,
                day,
                when: when.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// Whether the data are still those it was fitted to. `then` is the edition as known when it was fitted,
    /// `current` as known at the moment of the forecast.
    ///
    /// # Errors
    /// The first match that was known then and is not known at the moment of the forecast.
    pub fn is_of_these_data(
        &self,
        history: &[Edition],
        then: &Edition,
        current: &Edition,
        when: &str,
    ) -> Result<bool, SavedModelError> {
        let mut matches = then.matches.iter();
        match matches.find(|played| !current.matches.contains(played)) {
            None => Ok(self.fingerprint == fingerprint(history, then)),
            Some(later) => Err(SavedModelError::KnowsLater {
                home: then.clubs[later.home.index()].name.clone(),
                away: then.clubs[later.away.index()].name.clone(),
                date: later.date.to_string(),
                when: when.to_owned(),
            }),
        }
    }
}

/// The line and column at which a part of the file begins, counted from 1.
fn place_of(text: &str, part: &str) -> (usize, usize) {
    let key = PARTS.iter().find(|(name, _)| *name == part);
    let at = key.and_then(|(_, key)| text.find(&format!("\"{key}\"")));
    let before = &text[..at.unwrap_or(0)];
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
