//! The JSON API: what programs can ask, and what the page itself asks.

mod answer;
mod bracket;
mod cups;
mod forecast;
mod leverage;
mod question;
mod rates;
mod settle;
mod table;
mod tournaments;

use super::desk::Desk;
use answer::json_text;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use std::sync::Arc;

/// The description of the API, in the form of `OpenAPI` 3.1.
const OPENAPI: &str = include_str!("openapi.json");

/// The routes below `/api`.
pub(super) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(describe))
        .route("/tournaments", get(tournaments::list))
        .route("/tournaments/{id}", get(tournaments::one))
        .route("/cups", get(cups::list))
        .route("/cup", post(cups::state))
        .route("/forecast", post(forecast::answer))
        .route("/table", post(table::answer))
        .route("/bracket", post(bracket::answer))
        .route("/leverage", post(leverage::answer))
        .route("/rates", get(rates::answer))
        .with_state(desk)
}

/// Describes the API.
async fn describe() -> Response {
    json_text(OPENAPI.to_owned())
}
