//! Parameter uncertainty: the same forecast over draws of the model's parameters, each of which holds for whole tournaments.
//!
//! A model fitted to few matches is uncertain itself. Each draw from its posterior gives odds of its own, from as many
//! simulated tournaments as every other draw; their quantiles are the interval of a probability, and their average is the forecast
//! of someone who does not know the parameters. (Drawing anew for every match would average the uncertainty away.)
//!
//! What remains of the Monte Carlo noise in an interval: a draw's own share of `runs` tournaments has the variance
//! `p (1 - p) / runs`, which adds to the variance over the draws. With 20,000 runs that is at most 0.35 percentage points of standard
//! deviation, against several points from the parameters wherever the interval matters. The ends themselves are quantiles of a finite
//! sample: with 200 draws the standard error of a 5% point is about 0.15 standard deviations of the draws. The estimated prior
//! variances and the shape of the score distribution are kept as they were fitted.

use super::run::run;
use super::{Effort, Forecast, Method, Progress, Request, WhatIf};
use crate::conditions::Conditions;
use crate::goals::{FittedModel, GoalModel};
use crate::odds::{Odds, error_of_share};
use crate::play::Engine;
use crate::playbook::compile;
use crate::rng::{Purpose, stream};
use crate::simulate::{on_threads, simulate_paired, simulate_range};
use crate::tally::{PairedTally, Tally};
use rayon::prelude::*;
use std::ops::Range;

/// The quantiles over the draws that an interval reaches from and to.
pub const INTERVAL: [f64; 2] = [0.05, 0.95];

/// How many tournaments each draw plays when only intervals are asked for.
pub const RUNS_PER_DRAW: u64 = 20_000;

/// Draw `k` plays the runs from `k * DRAW_STRIDE` on, so that no two draws share luck (their average is then as sure
/// as the number of all runs allows) and a draw's runs are the same however many other draws there are.
const DRAW_STRIDE: u64 = 1 << 40;

/// What the odds of a forecast stand for where parameter uncertainty was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headline {
    /// The likeliest parameters: the posterior mode.
    Mode,
    /// The average over the draws.
    Draws,
}

/// How sure the model is of each probability: the spread of the odds over draws of its parameters. This is not Monte
/// Carlo error, which more runs would lessen.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterIntervals {
    /// What the forecast's odds are.
    pub headline: Headline,
    /// How many draws there were.
    pub draws: u64,
    /// How many tournaments each of them played.
    pub runs_per_draw: u64,
    /// The lower end of the interval of each probability: the first quantile of [`INTERVAL`].
    pub low: Odds,
    /// The upper end: the second quantile of [`INTERVAL`].
    pub high: Odds,
}

/// Which parameters to draw.
#[derive(Debug, Clone, Copy)]
pub struct Draws<'a> {
    /// The model whose posterior they come from.
    pub model: &'a FittedModel,
    /// How many; at least 1.
    pub count: u64,
}

/// A forecast that averages over draws of the parameters, with the intervals from the same draws. The request's effort is shared
/// equally among the draws; its standard errors are those of the average, given the draws. The request's model is not used but to
/// say what is settled.
pub fn averaged(request: &Request<'_>, draws: Draws<'_>, progress: &dyn Progress) -> Forecast {
    let plan = Plan { request, draws };
    let runs = |all: u64| all.div_ceil(draws.count);
    let effort = match request.effort {
        Effort::Runs(all) => Effort::Runs(runs(all) * draws.count),
        precision @ Effort::Precision(_) => precision,
    };
    let shares = |all: Range<u64>| runs(all.start)..runs(all.end);
    let answers: Vec<Answer> = if request.conditions.is_empty() {
        let tallies = run(
            effort,
            progress,
            |all| plan.tallies(shares(all), progress),
            |mine, more| merge_each(mine, more, Tally::merge),
            |tallies| {
                error_of_mean(
                    &tallies
                        .iter()
                        .map(Tally::standard_errors)
                        .collect::<Vec<_>>(),
                )
                .largest()
            },
        );
        tallies.iter().map(Answer::plain).collect()
    } else {
        let pairs = run(
            effort,
            progress,
            |all| plan.pairs(shares(all), progress),
            |mine, more| merge_each(mine, more, PairedTally::merge),
            |pairs| {
                let errors = pairs.iter().map(PairedTally::standard_errors);
                let first = pairs.iter().map(|pair| pair.first.standard_errors());
                let [errors, first]: [Vec<Odds>; 2] = [errors.collect(), first.collect()];
                let [errors, first] = [error_of_mean(&errors), error_of_mean(&first)];
                errors.largest().max(first.largest())
            },
        );
        pairs.iter().map(Answer::compared).collect()
    };
    plan.average(&answers)
}

/// The forecast with an interval for each probability, from draws that play `runs_per_draw` tournaments each under the
/// same conditions. Its odds stay as they are.
#[must_use]
pub fn with_intervals(
    forecast: Forecast,
    request: &Request<'_>,
    draws: Draws<'_>,
    runs_per_draw: u64,
    progress: &dyn Progress,
) -> Forecast {
    let plan = Plan { request, draws };
    progress.expect(draws.count * runs_per_draw);
    let tallies = plan.tallies(0..runs_per_draw, progress);
    let odds: Vec<Odds> = tallies.iter().map(Tally::odds).collect();
    Forecast {
        parameters: Some(plan.intervals(Headline::Mode, runs_per_draw, &odds)),
        ..forecast
    }
}

/// What one draw says.
struct Answer {
    odds: Odds,
    errors: Odds,
    runs: u64,
    /// The baseline and its standard errors, the change and its standard errors.
    compared: Option<[Odds; 4]>,
}

impl Answer {
    fn plain(tally: &Tally) -> Self {
        Self {
            odds: tally.odds(),
            errors: tally.standard_errors(),
            runs: tally.runs(),
            compared: None,
        }
    }

    fn compared(pair: &PairedTally) -> Self {
        Self {
            compared: Some([
                pair.second.odds(),
                pair.second.standard_errors(),
                pair.differences(),
                pair.standard_errors(),
            ]),
            ..Self::plain(&pair.first)
        }
    }
}

/// What is asked, over which draws.
struct Plan<'a> {
    request: &'a Request<'a>,
    draws: Draws<'a>,
}

impl Plan<'_> {
    /// The engine of the tournament under a model and conditions.
    fn engine(&self, model: &dyn GoalModel, conditions: &Conditions) -> Engine {
        Engine::new(&compile(self.request.known, model, conditions))
    }

    /// Lets every draw play the runs with these numbers among its own; the answers stand in the order of the draws.
    fn each<T: Send>(
        &self,
        runs: &Range<u64>,
        play: impl Fn(&dyn GoalModel, Range<u64>) -> T + Sync,
    ) -> Vec<T> {
        on_threads(self.request.threads, || {
            (0..self.draws.count)
                .into_par_iter()
                .map(|draw| {
                    let mut luck = stream(self.request.seed, Purpose::Parameters, draw);
                    let model = self.draws.model.draw(&mut luck);
                    let first = draw * DRAW_STRIDE;
                    play(&model, first + runs.start..first + runs.end)
                })
                .collect()
        })
    }

    fn tallies(&self, runs: Range<u64>, progress: &dyn Progress) -> Vec<Tally> {
        let Request {
            seed, conditions, ..
        } = *self.request;
        self.each(&runs, |model, runs| {
            let engine = self.engine(model, conditions);
            simulate_range(&engine, runs, seed, None, &|done| progress.done(done))
        })
    }

    fn pairs(&self, runs: Range<u64>, progress: &dyn Progress) -> Vec<PairedTally> {
        let Request {
            seed, conditions, ..
        } = *self.request;
        self.each(&runs, |model, runs| {
            let engine = self.engine(model, conditions);
            let plain = self.engine(model, &Conditions::default());
            simulate_paired(&engine, &plain, runs, seed, None, &|done| {
                progress.done(done);
            })
        })
    }

    fn intervals(&self, headline: Headline, runs: u64, draws: &[Odds]) -> ParameterIntervals {
        let [low, high] = INTERVAL.map(|level| across(draws, |values| quantile(values, level)));
        ParameterIntervals {
            headline,
            draws: self.draws.count,
            runs_per_draw: runs,
            low,
            high,
        }
    }

    fn average(&self, answers: &[Answer]) -> Forecast {
        let request = self.request;
        let gathered = |part: &dyn Fn(&Answer) -> Option<Odds>| -> Vec<Odds> {
            answers.iter().filter_map(part).collect()
        };
        let odds = gathered(&|answer| Some(answer.odds.clone()));
        let compared = |part: usize| {
            gathered(&|answer| answer.compared.as_ref().map(|parts| parts[part].clone()))
        };
        let runs_per_draw = answers.iter().map(|answer| answer.runs).max().unwrap_or(0);
        let runs = answers.iter().map(|answer| answer.runs).sum();
        // What came in none or all of the runs of every draw is known from all of them together.
        let error = |odds: &Odds, errors: Odds| {
            odds.zip_with(&errors, |share, error| {
                let never_mixed = share <= 0.0 || share >= 1.0;
                if never_mixed {
                    error_of_share(share, runs)
                } else {
                    error
                }
            })
        };
        let average = mean(&odds);
        let what_if = (!request.conditions.is_empty()).then(|| {
            let baseline = mean(&compared(0));
            WhatIf {
                fixes: request.fixes(),
                baseline_standard_errors: error(&baseline, error_of_mean(&compared(1))),
                baseline,
                change: mean(&compared(2)),
                change_standard_errors: error_of_mean(&compared(3)),
            }
        });
        let plain = what_if
            .as_ref()
            .map(|_| request.playbook(&Conditions::default()));
        let forecast = Forecast {
            as_of: request.moment,
            method: Method::Simulated {
                runs,
                seed: request.seed,
                way: request.effort.match_by_match(),
            },
            model: request.note.clone(),
            standard_errors: error(
                &average,
                error_of_mean(&gathered(&|answer| Some(answer.errors.clone()))),
            ),
            winner_points: None,
            what_if,
            parameters: Some(self.intervals(Headline::Draws, runs_per_draw, &odds)),
            odds: average,
        };
        forecast.settled_by(&request.playbook(request.conditions), plain.as_ref())
    }
}

/// Continues each of some tallies.
fn merge_each<T>(mine: &mut [T], more: Vec<T>, merge: impl Fn(&mut T, T)) {
    for (tally, more) in mine.iter_mut().zip(more) {
        merge(tally, more);
    }
}

/// Each number as a summary of what all the draws say about it.
fn across(draws: &[Odds], summary: impl Fn(Vec<f64>) -> f64) -> Odds {
    let row = |list: &dyn Fn(&Odds) -> &[f64]| -> Vec<f64> {
        let length = draws.first().map_or(0, |odds| list(odds).len());
        let values = |index: usize| draws.iter().map(|odds| list(odds)[index]).collect();
        (0..length).map(|index| summary(values(index))).collect()
    };
    let clubs = draws.first().map_or(0, |odds| odds.title.len());
    let rows = |table: &dyn Fn(&Odds) -> &Vec<Vec<f64>>| -> Vec<Vec<f64>> {
        let clubs = 0..clubs;
        clubs.map(|club| row(&|odds| &table(odds)[club])).collect()
    };
    Odds {
        place: rows(&|odds| &odds.place),
        seed: rows(&|odds| &odds.seed),
        round: rows(&|odds| &odds.round),
        title: row(&|odds| &odds.title),
    }
}

/// The mean over the draws.
fn mean(draws: &[Odds]) -> Odds {
    across(draws, |values| {
        values.iter().sum::<f64>() / values.len() as f64
    })
}

/// The standard error of the mean over the draws, from the standard error of each: no two draws share luck, so their variances
/// add. The draws are taken as given; how much other draws would have changed the mean is no part of it.
fn error_of_mean(errors: &[Odds]) -> Odds {
    across(errors, |values| {
        let variance: f64 = values.iter().map(|error| error * error).sum();
        variance.sqrt() / values.len() as f64
    })
}

/// A quantile of some numbers, between two neighbours in proportion (Hyndman & Fan 1996, definition 7).
fn quantile(mut values: Vec<f64>, level: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = level * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    values[below] + (at - below as f64) * (values[above] - values[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odds(title: f64) -> Odds {
        Odds {
            place: vec![vec![title, 1.0 - title]],
            seed: vec![vec![]],
            round: vec![vec![title]],
            title: vec![title],
        }
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        let values = vec![4.0, 1.0, 3.0, 2.0, 5.0];
        // Positions 0, 1, ..., 4: the 5% point is at 0.2, the 95% point at 3.8.
        assert!((quantile(values.clone(), 0.05) - 1.2).abs() < 1e-12);
        assert!((quantile(values.clone(), 0.95) - 4.8).abs() < 1e-12);
        assert!((quantile(values.clone(), 1.0) - 5.0).abs() < 1e-12);
        assert!((quantile(values, 0.5) - 3.0).abs() < 1e-12);
        assert!((quantile(vec![7.0], 0.05) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn means_and_their_errors_are_number_by_number() {
        let draws = [odds(0.2), odds(0.4), odds(0.9)];
        let expected = odds(0.5);
        let off = mean(&draws).zip_with(&expected, |a, b| (a - b).abs());
        assert!(off.largest() < 1e-12, "{off:?}");
        // sqrt(0.03^2 + 0.04^2) / 2 = 0.025.
        let error = error_of_mean(&[odds(0.03), odds(0.04)]);
        assert!((error.title[0] - 0.025).abs() < 1e-12);
        assert!((error.round[0][0] - 0.025).abs() < 1e-12);
    }
}
