//! A cup as of a moment with a goal model and what is taken for granted: what every question about its rest starts from.

use crate::cup::{Cup, Instant, Supposed, SupposedError};
use crate::goals::{self, Chosen, FitError, GoalModel};
use crate::play::units::{CupEngine, CupTally, Observer, Runs, observe};
use crate::state::{Reach, State};
use std::fmt;
use std::sync::Arc;

/// A cup as of a moment, ready to be asked.
#[derive(Clone)]
pub struct Outlook {
    full: Cup,
    known: Cup,
    instant: Instant,
    chosen: Arc<Chosen>,
    supposed: Vec<Supposed>,
    state: State,
}

impl fmt::Debug for Outlook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Outlook")
            .field("cup", &self.full.id())
            .field("instant", &self.instant)
            .field("model", &self.chosen.words)
            .field("supposed", &self.supposed)
            .finish_non_exhaustive()
    }
}

impl Outlook {
    /// The outlook of a cup from a moment, by the best goal model that its file allows.
    ///
    /// # Errors
    /// A goal model that cannot be fitted.
    pub fn new(full: &Cup, instant: Instant) -> Result<Self, FitError> {
        let chosen = goals::default_for(&full.known_at(instant), instant)?;
        Ok(Self::by(full, instant, chosen))
    }

    /// The outlook of a cup from a moment, by a goal model of one's own choice.
    pub fn by(full: &Cup, instant: Instant, chosen: Chosen) -> Self {
        let known = full.known_at(instant);
        Self {
            full: full.clone(),
            state: State::of(&known),
            known,
            instant,
            chosen: Arc::new(chosen),
            supposed: Vec::new(),
        }
    }

    /// The same with results that are taken for granted, as [`Cup::suppose`] reads them.
    ///
    /// # Errors
    /// The first that cannot be.
    pub fn suppose(mut self, fixes: &[String]) -> Result<Self, SupposedError> {
        for fix in fixes {
            self.supposed.push(self.known.suppose(fix)?);
        }
        Ok(self)
    }

    /// The cup with all that its files know.
    pub fn full(&self) -> &Cup {
        &self.full
    }

    /// The cup as it was known at the moment.
    pub fn known(&self) -> &Cup {
        &self.known
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

    /// What can still become of everybody; anything, where results are taken for granted that overrule known ones. Those
    /// of open matches only narrow what can be.
    pub fn reach(&self) -> Reach {
        if self.supposed.iter().any(|one| self.overrules(one)) {
            Reach::anything(&self.known)
        } else {
            Reach::of(&self.known, &self.state)
        }
    }

    /// Whether something that is taken for granted stands in the place of a known result.
    fn overrules(&self, supposed: &Supposed) -> bool {
        let [first, second] = supposed.clubs;
        self.known.matches().iter().any(|game| {
            let stage = self.known.format().unit(game.unit).stage;
            let here = supposed.stage.is_none_or(|named| named == stage);
            let theirs = game
                .clubs
                .is_some_and(|clubs| clubs == [first, second] || clubs == [second, first]);
            here && theirs && game.is_settled()
        })
    }

    /// The cup ready to be played.
    pub fn engine(&self) -> CupEngine {
        CupEngine::supposing(&self.known, self.model(), &self.supposed)
    }

    /// Plays the cup and counts who stands where; `progress` hears of runs that are done.
    pub fn tally(&self, runs: Runs, progress: &(impl Fn(u64) + Sync)) -> CupTally {
        let (clubs, places) = (self.known.clubs().len(), self.known.format().places());
        self.observe(runs, progress, &|| CupTally::new(clubs, places))
    }

    /// Plays the cup before observers: each thread has one of its own, and they are merged in the end.
    pub fn observe<O: Observer>(
        &self,
        runs: Runs,
        progress: &(impl Fn(u64) + Sync),
        new: &(impl Fn() -> O + Sync),
    ) -> O {
        observe(&self.engine(), runs, progress, new)
    }
}
