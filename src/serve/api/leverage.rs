//! `POST /api/leverage`: how much the odds of every club hang on each match that is still to be played.

use super::answer::{csv_text, json_text};
use super::forecast::{Effort, effort};
use super::question::{Format, Question};
use crate::forecast::{self, Request};
use crate::leverage::leverage;
use crate::report::about::About;
use crate::report::leverage as report;
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Runs of an answer when nobody says how many: each run solves a good part of the tournament exactly.
const DEFAULT_RUNS: u64 = 20_000;

/// The most runs of one answer.
const MOST_RUNS: u64 = 200_000;

/// Answers with the leverage of every open match, the most important first.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let question = Question::read(body)?;
    let worker = Arc::clone(&desk);
    desk.compute_long(move || {
        let most = worker.limits().most_runs.min(MOST_RUNS);
        let Effort { runs, seed, .. } = effort(&question, worker.limits(), DEFAULT_RUNS, most)?;
        let asked = question.understand(&worker)?;
        let prepared = &asked.prepared;
        let found = leverage(&Request {
            known: &asked.tournament,
            moment: prepared.moment,
            model: &prepared.model,
            note: prepared.note.clone(),
            conditions: &asked.conditions,
            effort: forecast::Effort::Runs(runs),
            seed,
            // It takes long beside a forecast, which should find a core free meanwhile.
            threads: Some(NonZeroUsize::MIN),
        });
        let about = About {
            tournament: &asked.tournament,
            moment: prepared.moment,
            model: &prepared.note,
            fixes: &asked.assumptions,
            runs: found.runs,
            seed,
            method: found.method.word(),
            notes: &[],
        };
        Ok(match question.format {
            Format::Csv => csv_text(report::csv(&about, &found)),
            Format::Json => json_text(report::json(&about, &found)),
        })
    })
    .await
}
