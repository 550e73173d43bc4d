//! `GET /api/rates`: the expected goals of every pairing, as a forecast uses them.

use super::answer::{csv_text, json_text};
use super::cups;
use super::question::{Format, prepare};
use crate::report::rates;
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// The query of the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    tournament: String,
    as_of: Option<String>,
    #[serde(default)]
    format: Format,
}

/// Answers with the rates as of a moment.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(asked) = parameters.map_err(|rejection| {
        Refusal::unreadable(format!(
            "the address does not say what to answer: {}; write `?tournament=ID&as_of=MOMENT`",
            rejection.body_text()
        ))
    })?;
    let worker = Arc::clone(&desk);
    desk.compute(move || {
        if let Some(cup) = worker.find_cup(&asked.tournament) {
            return cups::rates(&worker, cup, asked.as_of.as_deref(), asked.format);
        }
        let prepared = prepare(&worker, &asked.tournament, asked.as_of.as_deref())?;
        let tournament = &prepared.tournament;
        let as_of = prepared.moment.key(tournament);
        let of = rates::Of {
            id: &tournament.id,
            clubs: &tournament.clubs,
            as_of: &as_of,
            name: &prepared.note.name,
            model: &prepared.model,
        };
        Ok(match asked.format {
            Format::Csv => csv_text(rates::csv(&of)),
            Format::Json => json_text(rates::json(&of)),
        })
    })
    .await
}
