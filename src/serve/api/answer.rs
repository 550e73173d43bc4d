//! How answers leave: JSON or CSV with the right content type.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Text that is JSON already.
pub(super) fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Text that is CSV.
pub(super) fn csv_text(text: String) -> Response {
    let kind = "text/csv; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// A document as JSON.
pub(super) fn json(document: &impl Serialize) -> Response {
    let text = serde_json::to_string(document).expect("plain numbers and strings serialize");
    json_text(text + "\n")
}
