//! Where questions are answered: the tournaments on offer, the models fitted so far, and how much is done at once.

use super::refusal::{Part, Refusal};
use crate::conditions::Conditions;
use crate::cup::{Cup, Instant};
use crate::forecast::ModelNote;
use crate::goals::{FittedModel, Learner, Specification};
use crate::outlook::Outlook;
use crate::play::Engine;
use crate::playbook;
use crate::tournament::{Edition, Moment, Tournament};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::sync::Semaphore;

/// A tournament on offer, with the earlier editions its goal model learns from.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The tournament with every known result.
    pub tournament: Tournament,
    /// Earlier editions, oldest first.
    pub history: Vec<Edition>,
}

/// How much one request, and all together, may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most runs of one forecast.
    pub most_runs: u64,
    /// The most fixed results of one what-if.
    pub most_fixes: usize,
    /// Forecasts computed side by side.
    pub at_once: usize,
    /// Forecasts that may wait for their turn; what comes on top is refused.
    pub waiting: usize,
    /// Threads of one forecast; `None` for one a core.
    pub threads: Option<NonZeroUsize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            most_runs: 5_000_000,
            most_fixes: 256,
            at_once: 2,
            waiting: 32,
            threads: None,
        }
    }
}

/// A tournament as it stood at a moment, with the model fitted to what was known then.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The tournament with the results known at that moment.
    pub(super) tournament: Tournament,
    /// The moment.
    pub(super) moment: Moment,
    /// The model.
    pub(super) model: FittedModel,
    /// The model in a line.
    pub(super) note: ModelNote,
    /// The engine of the baseline, made when it is first needed.
    baseline: OnceLock<Engine>,
}

impl Prepared {
    /// The engine of the tournament under its own rules with nothing taken for granted.
    pub(super) fn baseline(&self) -> &Engine {
        self.baseline.get_or_init(|| {
            let nothing = Conditions::default();
            Engine::new(&playbook::compile(&self.tournament, &self.model, &nothing))
        })
    }
}

/// For each shelf a model that learns from its history.
fn learners(shelves: &[Shelf], specification: &Specification) -> Vec<Learner> {
    let histories = shelves.iter().map(|shelf| shelf.history.clone());
    histories
        .map(|history| Learner::new(specification.clone(), history))
        .collect()
}

/// A result that is computed once, by whoever asks first, while others wait for it.
type Once<T> = Arc<OnceLock<Result<Arc<T>, Refusal>>>;

/// The place of one such result among those that are kept.
fn cell_of<T>(kept: &Mutex<BTreeMap<(usize, String), Once<T>>>, key: (usize, String)) -> Once<T> {
    // A panic while this lock is held cannot leave the map in a bad state.
    let mut map = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if map.len() >= MOST_PREPARED && !map.contains_key(&key) {
        map.clear();
    }
    Arc::clone(map.entry(key).or_default())
}

/// The most moments kept prepared; dates make them many, and each is a few hundred kilobytes.
const MOST_PREPARED: usize = 64;

/// Everything the routes share.
#[derive(Debug)]
pub struct Desk {
    shelves: Vec<Shelf>,
    /// Cups of format 2 on offer.
    cups: Vec<Cup>,
    /// What was fitted so far: a cup as of a moment, by its position and the moment.
    outlooks: Mutex<BTreeMap<(usize, String), Once<Outlook>>>,
    /// The cup whose page the front door leads to.
    opens_with: Option<String>,
    limits: Limits,
    /// What the goal model is called, and for each shelf what learns it.
    model: String,
    learners: Vec<Learner>,
    prepared: Mutex<BTreeMap<(usize, String), Once<Prepared>>>,
    /// Turns to compute.
    turns: Arc<Semaphore>,
    /// The one turn for what takes seconds, so that a forecast never waits for it.
    long_turn: Arc<Semaphore>,
    /// Places in which to wait for a turn, those of the ones at work included.
    places: Arc<Semaphore>,
}

impl Desk {
    /// A desk that offers tournaments, each under its id (of two with one id the first is found), by the default model.
    pub fn new(shelves: Vec<Shelf>, limits: Limits) -> Self {
        Self {
            learners: learners(&shelves, &Specification::default_model()),
            shelves,
            cups: Vec::new(),
            outlooks: Mutex::default(),
            opens_with: None,
            limits,
            model: "default".to_owned(),
            prepared: Mutex::default(),
            turns: Arc::new(Semaphore::new(limits.at_once)),
            long_turn: Arc::new(Semaphore::new(1)),
            places: Arc::new(Semaphore::new(limits.at_once + limits.waiting)),
        }
    }

    /// The same desk with another goal model, under the name by which `--model` knows it.
    #[must_use]
    pub fn with_model(mut self, name: &str, specification: &Specification) -> Self {
        name.clone_into(&mut self.model);
        self.learners = learners(&self.shelves, specification);
        self
    }

    /// The same desk with cups of format 2 besides, each under its id.
    #[must_use]
    pub fn with_cups(mut self, cups: Vec<Cup>) -> Self {
        self.cups = cups;
        self
    }

    /// The same desk, whose page begins with the cup of this id.
    #[must_use]
    pub fn opening_with(mut self, id: &str) -> Self {
        self.opens_with = Some(id.to_owned());
        self
    }

    /// The cup whose page comes first, if it is one of format 2.
    pub(super) fn opens_with(&self) -> Option<&str> {
        self.opens_with.as_deref()
    }

    /// The cups of format 2 on offer.
    pub(super) fn cups(&self) -> &[Cup] {
        &self.cups
    }

    /// The cup of format 2 with an id, if that is one.
    pub(super) fn find_cup(&self, id: &str) -> Option<&Cup> {
        self.cups.iter().find(|cup| cup.id() == id)
    }

    /// The same for a question that can only be about such a cup.
    pub(super) fn cup(&self, id: &str) -> Result<&Cup, Refusal> {
        self.find_cup(id).ok_or_else(|| {
            let known: Vec<&str> = self.cups.iter().map(Cup::id).collect();
            Refusal::not_found(format!(
                "there is no cup `{id}` here; there is {}",
                known.join(", ")
            ))
            .blames(Part::Tournament, id)
        })
    }

    /// A cup as of a moment with its goal model: from memory, or fitted now.
    pub(super) fn outlook(&self, id: &str, instant: Instant) -> Result<Arc<Outlook>, Refusal> {
        let cup = self.cup(id)?;
        let position = self.cups.iter().position(|one| one.id() == id);
        let key = (position.unwrap_or(0), cup.instant_key(instant));
        let cannot = |error| Refusal::broken(format!("no goal model can be fitted: {error}"));
        let fit = || Ok(Arc::new(Outlook::new(cup, instant).map_err(cannot)?));
        cell_of(&self.outlooks, key).get_or_init(fit).clone()
    }

    /// The limits.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// The tournaments on offer.
    pub(super) fn tournaments(&self) -> impl Iterator<Item = &Tournament> {
        self.shelves.iter().map(|shelf| &shelf.tournament)
    }

    /// The position of a tournament by its id.
    pub(super) fn find(&self, id: &str) -> Result<usize, Refusal> {
        self.tournaments()
            .position(|tournament| tournament.id == id)
            .ok_or_else(|| {
                let known: Vec<&str> = self.tournaments().map(|one| one.id.as_str()).collect();
                Refusal::not_found(format!(
                    "there is no tournament `{id}` here; there is {}",
                    known.join(", ")
                ))
                .blames(Part::Tournament, id)
            })
    }

    /// The tournament at a position.
    pub(super) fn tournament(&self, shelf: usize) -> &Tournament {
        &self.shelves[shelf].tournament
    }

    /// A tournament as of a moment with its fitted model: from memory, or fitted now.
    pub(super) fn prepared(&self, shelf: usize, moment: Moment) -> Result<Arc<Prepared>, Refusal> {
        let key = (shelf, moment.key(self.tournament(shelf)));
        let cell = cell_of(&self.prepared, key);
        cell.get_or_init(|| self.prepare(shelf, moment)).clone()
    }

    /// Fits the model to what was known at a moment.
    fn prepare(&self, shelf: usize, moment: Moment) -> Result<Arc<Prepared>, Refusal> {
        let tournament = self.tournament(shelf);
        let cannot = |error| Refusal::broken(format!("no goal model can be fitted: {error}"));
        let day = tournament.cut_off(moment);
        let trained = self.learners[shelf].as_of(day).map_err(cannot)?;
        let known = tournament.as_of(moment);
        let current = known.to_edition();
        let model = trained.fit(&current).map_err(cannot)?;
        let summary = model.summary();
        let note = ModelNote {
            name: self.model.clone(),
            matches: summary.training_matches + summary.current_matches,
            editions: trained.history().len() + usize::from(summary.current_matches > 0),
        };
        Ok(Arc::new(Prepared {
            tournament: known,
            moment,
            model,
            note,
            baseline: OnceLock::new(),
        }))
    }

    /// Runs a computation on a thread that may block, when its turn comes.
    ///
    /// # Errors
    /// Too many are waiting already, or the computation itself is refused.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.take_turn(&self.turns, work).await
    }

    /// The same for a computation that may take seconds: one at a time, beside the others.
    ///
    /// # Errors
    /// Too many are waiting already, or the computation itself is refused.
    pub(super) async fn compute_long<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.take_turn(&self.long_turn, work).await
    }

    async fn take_turn<T: Send + 'static>(
        &self,
        turns: &Arc<Semaphore>,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| Refusal::busy())?;
        let turn = Arc::clone(turns).acquire_owned().await;
        let turn = turn.expect("nobody closes the turns");
        let done = tokio::task::spawn_blocking(move || {
            // Both are given back when the work is done, also if nobody waits for it any more.
            let _held = (place, turn);
            work()
        });
        done.await.unwrap_or_else(|_| {
            Err(Refusal::broken(
                "this question broke the program; please report it with the request that you sent",
            ))
        })
    }
}
