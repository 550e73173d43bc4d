//! Blind forecasts of the matches of one edition, from its start and step by step.

use super::scores::{MatchScore, Outcome, OutcomeProbabilities, outcome_probabilities};
use crate::goals::{FitError, GoalModel, Learner, Occasion, Rates, Specification};
use crate::tournament::{DatedMatch, Edition, MatchStage};
use jiff::civil::Date;

/// When forecasts are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timing {
    /// All before the first match of the edition.
    Start,
    /// Those of each matchday or leg before its first match, knowing every result before that day.
    Running,
}

impl Timing {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Start, Self::Running];

    /// The words of a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Start => "before the start",
            Self::Running => "by matchday",
        }
    }
}

/// A match, what was forecast of it, and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchForecast {
    /// The edition.
    pub edition: String,
    /// The matchday or leg, such as `matchday 3` or `quarterfinal leg 1`.
    pub step: String,
    /// The group or tie, within which matches depend on each other.
    pub cluster: String,
    /// The match.
    pub played: DatedMatch,
    /// The names of the home and the away club.
    pub clubs: [String; 2],
    /// The expected goals.
    pub rates: Rates,
    /// Probabilities of a home win, a draw and an away win.
    pub outcome: OutcomeProbabilities,
    /// The probability of the scoreline that happened.
    pub scoreline: f64,
}

impl MatchForecast {
    /// How good the forecast was.
    pub fn score(&self) -> MatchScore {
        let happened = Outcome::of(self.played.goals);
        MatchScore::new(self.outcome, Some(self.scoreline), happened)
    }
}

/// A matchday or leg: its matches, and the day of the first.
struct Step<'a> {
    name: String,
    begins: Date,
    matches: Vec<&'a DatedMatch>,
}

/// Forecasts every match of an edition by a model trained on the editions before it.
///
/// A match is forecast with the results of earlier matchdays and legs that were played before the first day
/// of its own; a postponed match is forecast with its matchday, and known only after the day it was played.
///
/// # Errors
/// A model that cannot be fitted.
pub fn forecast_matches(
    specification: &Specification,
    history: &[Edition],
    edition: &Edition,
    timing: Timing,
) -> Result<Vec<MatchForecast>, FitError> {
    let learner = Learner::new(specification.clone(), history.to_vec());
    // A match is forecast on the eve of a day, with what was known then of this edition and of any other.
    let knowing = |matches: Vec<DatedMatch>, day: Option<Date>| {
        let eve = day.and_then(|day| day.yesterday().ok());
        learner.as_of(eve)?.fit(&Edition {
            matches,
            ..edition.clone()
        })
    };
    let at_start = knowing(Vec::new(), edition.first_day())?;
    let mut forecasts = Vec::new();
    let mut earlier: Vec<&DatedMatch> = Vec::new();
    for step in steps(edition) {
        let model = match timing {
            Timing::Start => at_start.clone(),
            Timing::Running => {
                let known = earlier.iter().filter(|played| played.date < step.begins);
                let known = known.map(|played| (*played).clone()).collect();
                knowing(known, Some(step.begins))?
            }
        };
        let matches = step.matches.iter();
        forecasts.extend(matches.map(|played| forecast(&model, edition, &step.name, played)));
        earlier.extend(step.matches);
    }
    Ok(forecasts)
}

/// The forecast of one match.
fn forecast(
    model: &impl GoalModel,
    edition: &Edition,
    step: &str,
    played: &DatedMatch,
) -> MatchForecast {
    let occasion = match &played.stage {
        MatchStage::Group { .. } => Occasion::Group,
        stage if stage.is_first_leg() => Occasion::FirstLeg,
        MatchStage::Knockout { .. } => Occasion::LastLeg,
    };
    let name = |club: crate::ids::ClubId| edition.clubs[club.index()].name.clone();
    let rates = model.rates(played.home, played.away, occasion);
    let scores = model.scores(rates);
    let goals = played.goals;
    MatchForecast {
        edition: edition.name.clone(),
        step: step.to_owned(),
        cluster: cluster(edition, played),
        played: played.clone(),
        clubs: [name(played.home), name(played.away)],
        rates,
        outcome: outcome_probabilities(&scores),
        scoreline: scores.probability(usize::from(goals.home), usize::from(goals.away)),
    }
}

/// The group or the tie a match belongs to, as a text that no other of the edition has.
fn cluster(edition: &Edition, played: &DatedMatch) -> String {
    match &played.stage {
        MatchStage::Group { group, .. } => format!("{} group {group}", edition.name),
        MatchStage::Knockout { round, .. } => {
            let (low, high) = (played.home.min(played.away), played.home.max(played.away));
            format!("{} {round} {}-{}", edition.name, low.0, high.0)
        }
    }
}

/// The name of the matchday or leg of a match.
fn step_name(stage: &MatchStage) -> String {
    match stage {
        MatchStage::Group { matchday, .. } => format!("matchday {matchday}"),
        MatchStage::Knockout { round, legs: 1, .. } => round.clone(),
        MatchStage::Knockout { round, leg, .. } => format!("{round} leg {leg}"),
    }
}

/// The matchdays and legs of an edition in the order in which they begin.
fn steps(edition: &Edition) -> Vec<Step<'_>> {
    let mut steps: Vec<Step> = Vec::new();
    for played in &edition.matches {
        let name = step_name(&played.stage);
        match steps.iter_mut().find(|step| step.name == name) {
            Some(step) => {
                step.begins = step.begins.min(played.date);
                step.matches.push(played);
            }
            None => steps.push(Step {
                name,
                begins: played.date,
                matches: vec![played],
            }),
        }
    }
    steps.sort_by_key(|step| step.begins);
    steps
}
