//! The front door: from the name of a cup to a chance in one line.
//!
//! ```
//! use cupcast::Cup;
//!
//! # fn main() -> Result<(), cupcast::CupError> {
//! let brazil = Cup::open("world-cup-2022")?.as_of("md2")?.runs(2_000).forecast()?.chance("title", "Brazil")?;
//! assert!(brazil.probability > 0.1 && brazil.standard_error < 0.02);
//! # Ok(())
//! # }
//! ```

use crate::conditions::{ConditionError, Item, ItemKind, WhatIf};
use crate::cup::{Cup, Instant, InstantError};
use crate::diagnostic::Diagnostics;
use crate::format::Rules;
use crate::goals::{self, Chosen, FitError, Specification};
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::open;
use crate::outlook::{Outlook, OutlookError};
use crate::play::units::{CupTally, Runs};
use crate::state::Reach;
use crate::text_file::{self, ReadError};
use crate::tournament::Edition;
use crate::tournament::bundled::{self, OpenError};
use std::path::Path;

/// Why a cup, or a question about it, came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum CupError {
    /// Nothing has this name.
    #[error("there is no cup `{name}`: no file has this path, and bundled are {bundled}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names of the bundled cups.
        bundled: String,
    },
    /// The file cannot be read as text.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// A file of format 1 with mistakes, or an earlier edition that it names and that cannot be had.
    #[error(transparent)]
    FormatOne(#[from] OpenError),
    /// The file has mistakes.
    #[error("{0}")]
    Mistakes(Box<Diagnostics>),
    /// No such moment.
    #[error(transparent)]
    Moment(#[from] InstantError),
    /// Something that cannot be taken for granted.
    #[error(transparent)]
    Condition(#[from] ConditionError),
    /// Something that the goal model cannot heed, or that never comes true.
    #[error(transparent)]
    Outlook(#[from] OutlookError),
    /// The goal model cannot be fitted.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// No such milestone, club or place.
    #[error("{0}")]
    Name(String),
}

impl Cup {
    /// Opens a bundled cup by its name (`world-cup-2022`), or a file by its path.
    ///
    /// # Errors
    /// A name that nothing has, a file that cannot be read, or everything that is wrong with it.
    pub fn open(name: &str) -> Result<Self, CupError> {
        let mistakes = |found| CupError::Mistakes(Box::new(found));
        if let Some(bundled) = open::find_bundled(name) {
            return open::open_bundled(bundled).map_err(mistakes);
        }
        if bundled::tournaments().any(|one| one == name) {
            return Ok(Self::from(&bundled::open(name)?));
        }
        let path = Path::new(name);
        if !path.exists() {
            let names: Vec<&str> = open::BUNDLED.iter().map(|cup| cup.name).collect();
            return Err(CupError::Unknown {
                name: name.to_owned(),
                bundled: names.join(", "),
            });
        }
        let text = text_file::read(path)?;
        if !open::is_format_2(&text) {
            return Ok(Self::from(&bundled::open(name)?));
        }
        let (cup, _) = open::open_file(path, &text).map_err(mistakes)?;
        Ok(cup)
    }

    /// The cup as of a moment: `start`, `md2`, `group`, `qf-leg1`, a date, `now`, whatever [`Cup::instants`] lists.
    ///
    /// # Errors
    /// A text that names no moment.
    pub fn as_of(&self, moment: &str) -> Result<AsOf, CupError> {
        let instant = self.instant(moment)?;
        Ok(AsOf {
            cup: self.clone(),
            instant,
            given: Vec::new(),
            runs: Runs::default(),
        })
    }

    /// The odds from what is known now; of a finished cup those before its first match, as [`CupOdds::as_of`] says.
    ///
    /// # Errors
    /// A goal model that cannot be fitted.
    pub fn forecast(&self) -> Result<CupOdds, CupError> {
        let moment = if self.is_finished() { "start" } else { "now" };
        self.as_of(moment)?.forecast()
    }
}

/// A cup as of a moment, to be forecast with what is taken for granted.
#[derive(Debug, Clone)]
pub struct AsOf {
    cup: Cup,
    instant: Instant,
    given: Vec<Item>,
    runs: Runs,
}

impl AsOf {
    /// The same with a result that is taken for granted, such as `QAT-ECU 1-0`, `QAT-ECU home win` or `final ARG-FRA draw`.
    #[must_use]
    pub fn fix(self, result: &str) -> Self {
        self.suppose(ItemKind::Fix, result)
    }

    /// The same with anything else taken for granted, such as a club that withdraws or another rule.
    #[must_use]
    pub fn suppose(mut self, kind: ItemKind, text: &str) -> Self {
        self.given.push(Item::new(kind, text));
        self
    }

    /// The same with so many simulated tournaments, 100,000 where nothing is said.
    #[must_use]
    pub fn runs(mut self, runs: u64) -> Self {
        self.runs.runs = runs;
        self
    }

    /// The same from this seed, 1 where nothing is said. A seed gives the same odds on any number of threads.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.runs.seed = seed;
        self
    }

    /// What any other question starts from: its moment, its goal model, its state.
    ///
    /// # Errors
    /// A goal model that cannot be fitted, or a result that cannot be.
    pub fn outlook(&self) -> Result<Outlook, CupError> {
        let outlook = match self.model_of_format_1()? {
            Some(chosen) => Outlook::by(&self.cup, self.instant, chosen),
            None => Outlook::new(&self.cup, self.instant)?,
        };
        let what_if = WhatIf::read(&self.given, outlook.known());
        let what_if = what_if.map_err(|mut errors| errors.swap_remove(0).error)?;
        Ok(outlook.under(what_if)?)
    }

    /// Cups of format 1 name earlier editions and have a goal model of their own, which the command line takes too.
    fn model_of_format_1(&self) -> Result<Option<Chosen>, CupError> {
        let known = self.cup.known_at(self.instant);
        if known.history.is_empty() || !known.past().is_empty() {
            return Ok(None);
        }
        let history = known.history.iter();
        let history = history.map(|name| bundled::open_edition(name, None));
        let history: Vec<Edition> = history.collect::<Result<_, _>>()?;
        let specification = Specification::default_model();
        let model = goals::fit(&specification, &history, &known.to_edition())?;
        Ok(Some(Chosen {
            words: format!(
                "default, fitted to {} earlier editions and this one",
                history.len()
            ),
            model: Box::new(model),
            warnings: Vec::new(),
            fitted: None,
        }))
    }

    /// The odds.
    ///
    /// # Errors
    /// A goal model that cannot be fitted, or a result that cannot be.
    pub fn forecast(&self) -> Result<CupOdds, CupError> {
        let outlook = self.outlook()?;
        Ok(CupOdds {
            tally: outlook.tally(self.runs, &|_| ()),
            reach: outlook.reach(),
            as_of: outlook.as_of(),
            cup: outlook.known().clone(),
        })
    }
}

/// The odds of a cup: for every club its chance of each milestone and of each place.
#[derive(Debug, Clone)]
pub struct CupOdds {
    cup: Cup,
    as_of: String,
    tally: CupTally,
    reach: Reach,
}

impl CupOdds {
    /// The cup as it was known.
    pub fn cup(&self) -> &Cup {
        &self.cup
    }

    /// The moment, as [`Cup::as_of`] reads it.
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// What was counted, place by place.
    pub fn tally(&self) -> &CupTally {
        &self.tally
    }

    /// The chance that a club (by name, code or alias) reaches a milestone (by key, such as `qf` or `title`).
    ///
    /// # Errors
    /// Names that the cup does not have; the message lists those it has.
    pub fn chance(&self, milestone: &str, club: &str) -> Result<Chance, CupError> {
        let milestones = self.cup.format().milestones();
        let found = milestones.iter().find(|one| one.key == milestone);
        let found = found.ok_or_else(|| {
            let keys: Vec<&str> = milestones.iter().map(|one| one.key.as_str()).collect();
            CupError::Name(format!(
                "`{milestone}` is no milestone of {}; there are {}",
                self.cup.id(),
                keys.join(", ")
            ))
        })?;
        let club = self.club(club)?;
        let settled = self.reach.settled(&self.cup, found, club);
        let hits = self.tally.reached(found, club);
        Ok(Chance::of_hits(hits, self.tally.runs()).unless(settled))
    }

    /// The chance that a club ends at a place (counted from 1) of a table or an order, such as `A`, `league`, `seeds`.
    ///
    /// # Errors
    /// Names or places that the cup does not have.
    pub fn place(&self, unit: &str, place: usize, club: &str) -> Result<Chance, CupError> {
        let format = self.cup.format();
        let ranks = |rules: &Rules| matches!(rules, Rules::Table(_) | Rules::Order(_));
        let found = format.unit_named(unit).map(|id| format.unit(id));
        let found = found.filter(|unit| ranks(&unit.rules)).ok_or_else(|| {
            let shown = format
                .units()
                .iter()
                .filter(|unit| ranks(&unit.rules) && format.stage(unit.stage).shown);
            let keys: Vec<&str> = shown.map(|unit| unit.key.as_str()).collect();
            let id = self.cup.id();
            CupError::Name(format!(
                "`{unit}` is no table or order of {id}; there are {}",
                keys.join(", ")
            ))
        })?;
        if !(1..=found.size()).contains(&place) {
            return Err(CupError::Name(format!(
                "{} has places 1 to {}, not {place}",
                found.name,
                found.size()
            )));
        }
        let club = self.club(club)?;
        let out = found.output(place - 1);
        let chance = Chance::of_hits(self.tally.count(out, club), self.tally.runs());
        Ok(chance.unless((!self.reach.can(out, club)).then_some(false)))
    }

    fn club(&self, name: &str) -> Result<ClubId, CupError> {
        let found = self.cup.find_club(name);
        found.map_err(|error| CupError::Name(error.to_string()))
    }
}
