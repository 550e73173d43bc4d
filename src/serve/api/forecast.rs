//! `POST /api/forecast`: the odds of every club, and how they change by what is taken for granted.

use super::answer::{csv_text, json_text};
use super::cups;
use super::question::{Format, Question, Understood};
use crate::conditions::Conditions;
use crate::forecast::{Forecast, Method, WhatIf};
use crate::play::Engine;
use crate::playbook::compile;
use crate::report::{forecast_csv, forecast_json};
use crate::serve::desk::{Desk, Limits};
use crate::serve::refusal::Refusal;
use crate::simulate::{Threads, simulate, simulate_paired};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use std::sync::Arc;

/// Runs of a forecast that does not say how many: enough for a standard error of 0.15 points at most.
pub(super) const DEFAULT_RUNS: u64 = 100_000;

/// The seed of a forecast that does not name one; the same as on the command line.
const DEFAULT_SEED: u64 = 1;

/// How much to simulate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    pub(super) runs: u64,
    pub(super) seed: u64,
    pub(super) threads: Threads,
}

/// Answers with a forecast.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let question = Question::read(body)?;
    let worker = Arc::clone(&desk);
    desk.compute(move || {
        if let Some(cup) = worker.find_cup(&question.tournament) {
            return cups::forecast(&worker, cup, &question);
        }
        let limits = worker.limits();
        let effort = effort(&question, limits, DEFAULT_RUNS, limits.most_runs)?;
        let asked = question.understand(&worker)?;
        let forecast = forecast(asked, effort);
        let tournament = &forecast.tournament;
        Ok(match question.format {
            Format::Csv => csv_text(forecast_csv::render(tournament, &forecast.forecast)),
            Format::Json => json_text(forecast_json::render(tournament, &forecast.forecast)),
        })
    })
    .await
}

/// How much a question asks for, if it is no more than `most` runs; `usual` if it does not say.
pub(super) fn effort(
    question: &Question,
    limits: Limits,
    usual: u64,
    most: u64,
) -> Result<Effort, Refusal> {
    let runs = question.sims.unwrap_or(usual.min(most));
    if runs == 0 || runs > most {
        return Err(Refusal::impossible(format!(
            "`sims` is {runs}; this server simulates between 1 and {most} tournaments at once"
        )));
    }
    Ok(Effort {
        runs,
        seed: question.seed.unwrap_or(DEFAULT_SEED),
        threads: limits.threads,
    })
}

/// A forecast, and the tournament (under the rules asked for) it is about.
struct Answer {
    tournament: crate::tournament::Tournament,
    forecast: Forecast,
}

/// Simulates the tournament; if anything is taken for granted, beside it the baseline over the same luck.
fn forecast(asked: Understood, effort: Effort) -> Answer {
    let Effort {
        runs,
        seed,
        threads,
    } = effort;
    let prepared = asked.prepared;
    let baseline = prepared.baseline();
    let playbook = compile(&asked.tournament, &prepared.model, &asked.conditions);
    let (odds, standard_errors, what_if) = if asked.assumptions.is_empty() {
        let tally = simulate(baseline, runs, seed, threads, &|_| ());
        (tally.odds(), tally.standard_errors(), None)
    } else {
        let engine = Engine::new(&playbook);
        let pair = simulate_paired(&engine, baseline, 0..runs, seed, threads, &|_| ());
        let what_if = WhatIf {
            fixes: asked.assumptions,
            baseline: pair.second.odds(),
            baseline_standard_errors: pair.second.standard_errors(),
            change: pair.differences(),
            change_standard_errors: pair.standard_errors(),
        };
        (
            pair.first.odds(),
            pair.first.standard_errors(),
            Some(what_if),
        )
    };
    let plain = what_if.as_ref().map(|_| {
        compile(
            &prepared.tournament,
            &prepared.model,
            &Conditions::default(),
        )
    });
    let forecast = Forecast {
        as_of: prepared.moment,
        method: Method::Simulated {
            runs,
            seed,
            way: None,
        },
        model: prepared.note.clone(),
        odds,
        standard_errors,
        winner_points: None,
        what_if,
        parameters: None,
    };
    Answer {
        tournament: asked.tournament,
        forecast: forecast.settled_by(&playbook, plain.as_ref()),
    }
}
