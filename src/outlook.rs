//! A cup as of a moment with a goal model and what is taken for granted: what every question about its rest starts from.

use crate::conditions::WhatIf;
use crate::cup::{Cup, Instant};
use crate::goals::{self, Chosen, FitError, GoalModel, RateError};
use crate::ids::ClubId;
use crate::play::units::{CupEngine, CupTally, Observer, Runs, observe};
use crate::playbook::{ChangedClubs, covariate};
use crate::rng::{Purpose, SeedKey};
use crate::state::{Reach, State};
use std::fmt;
use std::sync::Arc;

/// A cup as of a moment, ready to be asked.
#[derive(Clone)]
pub struct Outlook {
    full: Cup,
    /// As it was known, with nothing supposed.
    before: Cup,
    known: Cup,
    instant: Instant,
    chosen: Arc<Chosen>,
    what_if: WhatIf,
    state: State,
}

impl fmt::Debug for Outlook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Outlook")
            .field("cup", &self.full.id())
            .field("instant", &self.instant)
            .field("model", &self.chosen.words)
            .field("what_if", &self.what_if)
            .finish_non_exhaustive()
    }
}

/// Why an outlook under a what-if would mean nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OutlookError {
    /// The model does not look at a fact.
    #[error(
        "{condition}: the goal model takes no account of the {fact}, so nothing would change; \
         change the strength itself with --strength"
    )]
    NoTerm {
        /// The condition in words.
        condition: String,
        /// The fact.
        fact: &'static str,
    },
    /// Changed strengths make expected goals that no match has.
    #[error("{home} at home to {away} would have {error}; make the changes of strength smaller")]
    TooStrong {
        /// The home club.
        home: String,
        /// The away club.
        away: String,
        /// What is expected, and the range.
        error: RateError,
    },
    /// What is given does not come true.
    #[error(
        "{conditions}: that cannot happen any more, or hardly ever (never in {tries} attempts); \
         leave it out, or fix results that bring it about"
    )]
    Never {
        /// What is given.
        conditions: String,
        /// How often it was tried.
        tries: u64,
    },
}

/// How often it is tried to bring about what is given.
const TRIES: u64 = 20_000;

impl Outlook {
    /// The outlook of a cup from a moment, by the best goal model that its file allows.
    ///
    /// # Errors
    /// A goal model that cannot be fitted.
    pub fn new(full: &Cup, instant: Instant) -> Result<Self, FitError> {
        let known = full.known_at(instant);
        let chosen = goals::default_for(&known, instant)?;
        Ok(Self::knowing(full, known, instant, chosen))
    }

    /// The outlook of a cup from a moment, by a goal model of one's own choice.
    pub fn by(full: &Cup, instant: Instant, chosen: Chosen) -> Self {
        Self::knowing(full, full.known_at(instant), instant, chosen)
    }

    fn knowing(full: &Cup, known: Cup, instant: Instant, chosen: Chosen) -> Self {
        Self {
            full: full.clone(),
            state: State::of(&known),
            before: known.clone(),
            known,
            instant,
            chosen: Arc::new(chosen),
            what_if: WhatIf::default(),
        }
    }

    /// The same under a what-if, in place of any that it had; the model stays as it was fitted.
    ///
    /// # Errors
    /// What the model cannot heed, and what is given but never comes true.
    pub fn under(mut self, what_if: WhatIf) -> Result<Self, OutlookError> {
        self.known = what_if.applied(&self.before);
        self.state = State::of(&self.known);
        self.what_if = what_if;
        self.check_clubs()?;
        self.check_given()?;
        Ok(self)
    }

    fn check_clubs(&self) -> Result<(), OutlookError> {
        for change in &self.what_if.facts {
            if self.model().slope(covariate(&change.fact)).is_none() {
                return Err(OutlookError::NoTerm {
                    condition: change.words(self.before.clubs()),
                    fact: change.fact.kind(),
                });
            }
        }
        let changed = ChangedClubs::of_cup(self.model(), &self.before, &self.what_if);
        let name = |club: ClubId| self.before.club(club).name.clone();
        changed
            .check()
            .map_err(|(home, away, error)| OutlookError::TooStrong {
                home: name(home),
                away: name(away),
                error,
            })
    }

    /// Plays until what is given comes true.
    fn check_given(&self) -> Result<(), OutlookError> {
        if self.what_if.firsts.is_empty() {
            return Ok(());
        }
        let engine = self.engine();
        let key = SeedKey::new(0, Purpose::Tournament);
        let mut run = engine.run();
        let mut tries = 0..TRIES;
        let found = tries.any(|number| {
            engine.play(key.run(number), &mut run);
            engine.admits(&run)
        });
        if found {
            return Ok(());
        }
        let given = WhatIf {
            firsts: self.what_if.firsts.clone(),
            ..WhatIf::default()
        };
        Err(OutlookError::Never {
            conditions: given.words(&self.before).join(", "),
            tries: TRIES,
        })
    }

    /// The cup with all that its files know.
    pub fn full(&self) -> &Cup {
        &self.full
    }

    /// The cup as it was known at the moment, with its rules and results as they are under the what-if: what is asked is
    /// about this one.
    pub fn known(&self) -> &Cup {
        &self.known
    }

    /// The cup as it was known at the moment, with nothing supposed.
    pub fn really_known(&self) -> &Cup {
        &self.before
    }

    /// What is taken for granted.
    pub fn what_if(&self) -> &WhatIf {
        &self.what_if
    }

    /// What is taken for granted in words, one line each.
    pub fn conditions(&self) -> Vec<String> {
        self.what_if.words(&self.before)
    }

    /// The moment.
    pub fn instant(&self) -> Instant {
        self.instant
    }

    /// The moment as the command line calls it, such as `md2`.
    pub fn as_of(&self) -> String {
        self.full.instant_key(self.instant)
    }

    /// The goal model.
    pub fn model(&self) -> &dyn GoalModel {
        self.chosen.model.as_ref()
    }

    /// The goal model in words.
    pub fn model_words(&self) -> &str {
        &self.chosen.words
    }

    /// What a reader should know about the goal model.
    pub fn model_warnings(&self) -> &[String] {
        &self.chosen.warnings
    }

    /// How the cup stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What can still become of everybody under the what-if.
    pub fn reach(&self) -> Reach {
        Reach::under(&self.known, &self.state, &self.what_if.premises())
    }

    /// The cup ready to be played under the what-if.
    pub fn engine(&self) -> CupEngine {
        CupEngine::under(&self.before, self.model(), &self.what_if)
    }

    /// The same with nothing supposed.
    pub fn baseline(&self) -> CupEngine {
        CupEngine::new(&self.before, self.model())
    }

    /// Plays the cup and counts who stands where; `progress` hears of runs that are done.
    pub fn tally(&self, runs: Runs, progress: &(impl Fn(u64) + Sync)) -> CupTally {
        let (clubs, places) = (self.known.clubs().len(), self.known.format().places());
        self.observe(runs, progress, &|| CupTally::new(clubs, places))
    }

    /// Plays the cup before observers: each thread has one of its own, and they are merged in the end. Where something is
    /// given, they see only the runs in which it comes true.
    pub fn observe<O: Observer>(
        &self,
        runs: Runs,
        progress: &(impl Fn(u64) + Sync),
        new: &(impl Fn() -> O + Sync),
    ) -> O {
        observe(&self.engine(), runs, progress, new)
    }
}
