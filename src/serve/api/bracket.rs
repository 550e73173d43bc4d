//! `POST /api/bracket`: who may stand in each place of the knockout bracket.

use super::answer::json;
use super::forecast::{DEFAULT_RUNS, Effort, effort};
use super::question::Question;
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use crate::slots::{SlotRequest, simulated};
use crate::tournament::Tournament;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    as_of: String,
    sims: u64,
    seed: u64,
    ties: Vec<TiePart<'a>>,
}

#[derive(Serialize)]
struct TiePart<'a> {
    name: &'a str,
    /// For each side the clubs that may stand there, the likeliest first.
    sides: [Vec<Candidate<'a>>; 2],
}

#[derive(Serialize)]
struct Candidate<'a> {
    code: &'a str,
    probability: f64,
    /// 0 if results and rules settle it, and then only.
    standard_error: f64,
}

/// Answers with the places of the bracket.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let question = Question::read(body)?;
    let worker = Arc::clone(&desk);
    desk.compute(move || {
        let limits = worker.limits();
        let Effort {
            runs,
            seed,
            threads,
        } = effort(&question, limits, DEFAULT_RUNS, limits.most_runs)?;
        let asked = question.understand(&worker)?;
        let tournament = &asked.tournament;
        let slots = simulated(&SlotRequest {
            known: tournament,
            model: &asked.prepared.model,
            conditions: &asked.conditions,
            runs,
            seed,
            threads,
        });
        let ties = tournament.bracket.ties.iter().zip(&slots.sides);
        Ok(json(&Document {
            tournament: &tournament.id,
            as_of: asked.prepared.moment.key(tournament),
            sims: runs,
            seed,
            ties: ties
                .map(|(tie, sides)| TiePart {
                    name: &tie.name,
                    sides: [0, 1].map(|side| candidates(tournament, &sides[side])),
                })
                .collect(),
        }))
    })
    .await
}

/// The clubs with a chance to stand in a place, the likeliest first.
fn candidates<'a>(tournament: &'a Tournament, odds: &[Chance]) -> Vec<Candidate<'a>> {
    let clubs = odds.iter().enumerate();
    let mut candidates: Vec<Candidate<'_>> = clubs
        .filter(|(_, chance)| chance.probability > 0.0)
        .map(|(club, chance)| Candidate {
            code: &tournament.club(ClubId::new(club)).code,
            probability: chance.probability,
            standard_error: chance.standard_error,
        })
        .collect();
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    candidates
}
