//! Blind forecasts of whole tournaments, from the start and after every matchday and leg, and their scores.

use super::scores::{brier_score, ranked_probability_score};
use crate::conditions::Conditions;
use crate::goals::{FitError, Learner, Specification};
use crate::odds::Odds;
use crate::play::Engine;
use crate::playbook::compile;
use crate::simulate::simulate;
use crate::tournament::{Edition, Moment, Tournament};

/// The scores of a forecast of one tournament as of one moment; smaller is better. What is already decided
/// at the moment is forecast with certainty and costs nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct TournamentScore {
    /// The edition.
    pub edition: String,
    /// The moment as a key, such as `md3`.
    pub as_of: String,
    /// The numbers, in the order of [`TournamentScore::NAMES`].
    pub values: [f64; 7],
    /// The probability that was given to the champion.
    pub champion: f64,
}

impl TournamentScore {
    /// Group winner log loss and Brier score (means over groups), ranked probability score of the seed position
    /// (seeds in order, then none; mean over clubs), log loss of reaching each of the last three rounds
    /// (means over clubs), log loss of the champion. Logarithms are natural.
    pub const NAMES: [&str; 7] = [
        "group winner log loss",
        "group winner Brier",
        "seed RPS",
        "quarterfinal log loss",
        "semifinal log loss",
        "final log loss",
        "champion log loss",
    ];
}

/// How much to simulate for each forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulation {
    /// The number of simulated tournaments.
    pub runs: u64,
    /// The seed.
    pub seed: u64,
}

/// Forecasts a finished tournament at every moment before its last match, by a model trained on the editions
/// before it, and scores each forecast.
///
/// # Errors
/// A model that cannot be fitted.
pub fn score_tournament(
    specification: &Specification,
    history: &[Edition],
    tournament: &Tournament,
    simulation: Simulation,
) -> Result<Vec<TournamentScore>, FitError> {
    let learner = Learner::new(specification.clone(), history.to_vec());
    let odds_as_of = |moment: Moment, runs: u64| -> Result<Odds, FitError> {
        let known = tournament.as_of(moment);
        let trained = learner.as_of(tournament.cut_off(moment))?;
        let model = trained.fit(&known.to_edition())?;
        let engine = Engine::new(&compile(&known, &model, &Conditions::default()));
        Ok(simulate(&engine, runs, simulation.seed, None, &|_| {}).odds())
    };
    // With every result known each run is what really happened, whatever the model.
    let truth = odds_as_of(Moment::Now, 1)?;
    let moments = Moment::all(tournament).into_iter();
    let undecided = moments.filter(|moment| !tournament.as_of(*moment).is_finished());
    let scores = undecided.map(|moment| {
        let odds = odds_as_of(moment, simulation.runs)?;
        Ok(score(tournament, moment, &odds, &truth, simulation.runs))
    });
    scores.collect()
}

/// The scores of odds against what happened, which is odds of zero and one.
fn score(
    tournament: &Tournament,
    moment: Moment,
    odds: &Odds,
    truth: &Odds,
    runs: u64,
) -> TournamentScore {
    // A share of zero or one among simulated runs stands for at most half a run, but for what is settled.
    let surprise = |probability: f64| {
        let least = 0.5 / runs as f64;
        -probability.clamp(least, 1.0).ln()
    };
    let groups = tournament.groups.len() as f64;
    let clubs = tournament.clubs.len() as f64;
    let (mut group_log, mut group_brier) = (0.0, 0.0);
    for group in &tournament.groups {
        let members = group.clubs.iter().map(|club| club.index());
        let first: Vec<f64> = members.clone().map(|club| odds.place[club][0]).collect();
        let winner = members.clone().position(|club| truth.place[club][0] > 0.5);
        let winner = winner.expect("somebody wins every group");
        group_log += surprise(first[winner]) / groups;
        group_brier += brier_score(&first, winner) / groups;
    }
    let seed_score: f64 = (0..tournament.clubs.len())
        .map(|club| {
            let seeds = &odds.seed[club];
            let unseeded = (1.0 - seeds.iter().sum::<f64>()).max(0.0);
            let all: Vec<f64> = seeds.iter().copied().chain([unseeded]).collect();
            let happened = truth.seed[club].iter().position(|seed| *seed > 0.5);
            ranked_probability_score(&all, happened.unwrap_or(seeds.len())) / clubs
        })
        .sum();
    let rounds = tournament.bracket.rounds.len();
    let reaching = |from_last: usize| -> f64 {
        let Some(round) = rounds.checked_sub(from_last) else {
            return 0.0;
        };
        let losses = odds.round.iter().zip(&truth.round).map(|(odds, truth)| {
            let happened = truth[round] > 0.5;
            surprise(if happened {
                odds[round]
            } else {
                1.0 - odds[round]
            })
        });
        losses.sum::<f64>() / clubs
    };
    let titles = odds.title.iter().zip(&truth.title);
    let champion = titles
        .filter(|(_, truth)| **truth > 0.5)
        .map(|(title, _)| *title)
        .sum();
    TournamentScore {
        edition: tournament.edition.clone(),
        as_of: moment.key(tournament),
        values: [
            group_log,
            group_brier,
            seed_score,
            reaching(3),
            reaching(2),
            reaching(1),
            surprise(champion),
        ],
        champion,
    }
}
