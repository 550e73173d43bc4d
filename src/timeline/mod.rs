//! How odds moved: a forecast at every moment of a tournament from before the draw on, each blind to what came later.

mod cup;
#[cfg(test)]
mod tests;

pub use cup::{CupPoint, cup_moments, cup_timeline};

use crate::conditions::Conditions;
use crate::draw::{Drawing, Sampler, Sequential};
use crate::forecast::{Effort, Forecast, ModelNote, Progress, Request, before_draw, simulated};
use crate::goals::GoalModel;
use crate::ids::{ClubId, RoundId};
use crate::odds::Odds;
use crate::simulate::Threads;
use crate::tournament::{Moment, Tournament};
use jiff::civil::Date;
use std::sync::atomic::{AtomicU64, Ordering};

/// The forecast at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The short name of the moment, such as `md3`.
    pub key: String,
    /// The moment in words, such as `after matchday 3`.
    pub words: String,
    /// The last day whose matches are known: see [`Tournament::cut_off`].
    pub date: Date,
    /// The forecast, the same as [`simulated`] makes by itself as of this moment; before the draw that of
    /// [`before_draw`].
    pub forecast: Forecast,
}

/// What every forecast of a timeline has in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimelineEffort {
    /// How much to simulate at each moment.
    pub effort: Effort,
    /// The seed; every moment uses the same, so that changes are due to results rather than luck.
    pub seed: u64,
    /// How many threads.
    pub threads: Threads,
}

/// A number of each club that a timeline follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Wins the final.
    Title,
    /// Wins its group.
    Group,
    /// Plays in this knockout round.
    Round(RoundId),
}

/// Why a text names no quantity of a tournament.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no quantity; write one of {choices}")]
pub struct QuantityError {
    /// What was written.
    pub found: String,
    /// What there is.
    pub choices: String,
}

impl Quantity {
    /// Everything there is to follow in a tournament.
    pub fn all(tournament: &Tournament) -> Vec<Self> {
        let rounds = tournament.bracket.round_ids().map(Self::Round);
        [Self::Title, Self::Group]
            .into_iter()
            .chain(rounds)
            .collect()
    }

    /// Reads `title`, `group`, or a knockout round by its name or short name.
    ///
    /// # Errors
    /// Any other text; the message lists the choices.
    pub fn parse(text: &str, tournament: &Tournament) -> Result<Self, QuantityError> {
        let wanted = text.trim().to_lowercase();
        let is_meant = |quantity: &Self| {
            let short = match quantity {
                Self::Round(id) => tournament.bracket.round(*id).short.as_str(),
                Self::Title | Self::Group => "",
            };
            quantity.key(tournament).to_lowercase() == wanted || short == wanted
        };
        let all = Self::all(tournament);
        let found = all.iter().copied().find(is_meant);
        found.ok_or_else(|| QuantityError {
            found: text.to_owned(),
            choices: all
                .iter()
                .map(|quantity| quantity.key(tournament))
                .collect::<Vec<_>>()
                .join(", "),
        })
    }

    /// The name it goes by: `title`, `group`, or the name of the round.
    pub fn key(self, tournament: &Tournament) -> String {
        match self {
            Self::Title => "title".to_owned(),
            Self::Group => "group".to_owned(),
            Self::Round(id) => tournament.bracket.round(id).name.clone(),
        }
    }

    /// Its words for a heading, such as `wins the title`.
    pub fn words(self, tournament: &Tournament) -> String {
        match self {
            Self::Title => "wins the title".to_owned(),
            Self::Group => "wins its group".to_owned(),
            Self::Round(id) => format!("plays in the {}", tournament.bracket.round(id).name),
        }
    }

    /// Its value for a club.
    pub fn of(self, odds: &Odds, club: ClubId) -> f64 {
        let club = club.index();
        match self {
            Self::Title => odds.title[club],
            Self::Group => odds.place[club][0],
            Self::Round(round) => odds.round[club][round.index()],
        }
    }
}

/// The moments of a tournament worth a forecast: before the draw, where the file has a draw that can be held, the start, and
/// each at which more is known than at the one before. The last matchday and the end of the groups are one moment.
pub fn moments(tournament: &Tournament) -> Vec<Moment> {
    let last_matchday = Moment::Matchday(tournament.last_matchday());
    let mut known = (0, 0);
    let draw = Drawing::new(tournament).is_ok().then_some(Moment::Draw);
    let mut moments: Vec<Moment> = draw.into_iter().chain([Moment::Start]).collect();
    let later = Moment::all(tournament).into_iter();
    for moment in later.filter(|moment| *moment != Moment::Start && *moment != last_matchday) {
        let now = tournament.as_of(moment).known_matches();
        if now != known {
            moments.push(moment);
            known = now;
        }
    }
    moments
}

/// Forecasts a tournament at each of its [`moments`]. `fit` gets the tournament as it was known then, and the moment, and
/// gives the goal model of that day, with its description.
///
/// # Errors
/// The first failure of `fit`.
pub fn timeline<M: GoalModel, E>(
    tournament: &Tournament,
    fit: impl Fn(&Tournament, Moment) -> Result<(M, ModelNote), E>,
    effort: TimelineEffort,
    progress: &dyn Progress,
) -> Result<Vec<Point>, E> {
    let moments = moments(tournament);
    let stages = Stages {
        all: progress,
        left: AtomicU64::new(moments.len() as u64),
        before: AtomicU64::new(0),
        this: AtomicU64::new(0),
    };
    let point = |moment: Moment| {
        let known = tournament.as_of(moment);
        let (model, note) = fit(&known, moment)?;
        let request = Request {
            known: &known,
            moment,
            model: &model,
            note,
            conditions: &Conditions::default(),
            effort: effort.effort,
            seed: effort.seed,
            threads: effort.threads,
        };
        let drawing = Drawing::new(&known).ok();
        let forecast = match &drawing {
            Some(drawing) if moment == Moment::Draw => {
                let sampler = Sampler::Sequential(Sequential::new(drawing));
                before_draw(&request, &sampler, &stages).forecast
            }
            _ => simulated(&request, &stages),
        };
        stages.next();
        Ok(Point {
            key: moment.key(tournament),
            words: moment.words(tournament),
            date: tournament
                .cut_off(moment)
                .unwrap_or_else(|| tournament.last_date()),
            forecast,
        })
    };
    moments.into_iter().map(point).collect()
}

/// The progress of several simulations as one: those to come are taken to be as long as the present one.
struct Stages<'a> {
    all: &'a dyn Progress,
    left: AtomicU64,
    before: AtomicU64,
    this: AtomicU64,
}

impl Stages<'_> {
    fn next(&self) {
        self.left.fetch_sub(1, Ordering::Relaxed);
        let done = self.this.swap(0, Ordering::Relaxed);
        self.before.fetch_add(done, Ordering::Relaxed);
    }
}

impl Progress for Stages<'_> {
    fn expect(&self, runs: u64) {
        self.this.store(runs, Ordering::Relaxed);
        let left = self.left.load(Ordering::Relaxed);
        self.all
            .expect(self.before.load(Ordering::Relaxed) + runs * left);
    }

    fn done(&self, runs: u64) {
        self.all.done(runs);
    }
}
