//! What the server says when it does not do what was asked: a status and a sentence, as JSON.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A request that is not answered as it hoped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// What is wrong and what would do, in a sentence.
    pub sentence: String,
    /// Which parts of the question are to blame, if any are: a program can leave these out and ask again.
    pub mistakes: Vec<Mistake>,
}

/// A part of a question that the server cannot take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Which part.
    pub part: Part,
    /// What it says, as it was asked.
    pub value: String,
    /// What is wrong with it, in a sentence.
    pub error: String,
}

/// The parts of a question by the names of their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The id of the tournament.
    Tournament,
    /// The moment.
    AsOf,
    /// One of the results taken for granted.
    Fixes,
    /// One of the changed rules.
    Rules,
}

/// The JSON form: `{"error": "..."}`, with the mistakes where there are any.
#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
    #[serde(skip_serializing_if = "<[Mistake]>::is_empty")]
    mistakes: &'a [Mistake],
}

impl Refusal {
    /// A refusal with a status and a sentence.
    pub fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self {
            status,
            sentence,
            mistakes: Vec::new(),
        }
    }

    /// The same refusal, with one part of the question to blame.
    #[must_use]
    pub fn blames(mut self, part: Part, value: &str) -> Self {
        let error = self.sentence.clone();
        let value = value.to_owned();
        self.mistakes.push(Mistake { part, value, error });
        self
    }

    /// 422: these parts of the question cannot be; the sentence speaks of the first three.
    pub fn of_mistakes(mistakes: Vec<Mistake>) -> Self {
        let sentences = mistakes.iter().map(|one| one.error.as_str());
        let mut sentence = sentences.take(3).collect::<Vec<_>>().join("; ");
        if mistakes.len() > 3 {
            sentence += &format!("; and {} more mistakes", mistakes.len() - 3);
        }
        Self {
            mistakes,
            ..Self::impossible(sentence)
        }
    }

    /// 400: the request cannot be read.
    pub fn unreadable(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, sentence)
    }

    /// 403: the request does not come from our own page or a program on this machine.
    pub fn forbidden(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, sentence)
    }

    /// 404: there is no such thing.
    pub fn not_found(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, sentence)
    }

    /// 405: the address is right, the method is not.
    pub fn wrong_method() -> Self {
        let sentence = "this address does not take that method; `/api` says which one it takes";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, sentence)
    }

    /// 413: the body is too big.
    pub fn too_big(most: usize) -> Self {
        let sentence = format!("the request has more than {most} bytes; fix fewer results at once");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, sentence)
    }

    /// 422: the request can be read, but what it asks for cannot be.
    pub fn impossible(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }

    /// 500: a mistake of this program.
    pub fn broken(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, sentence)
    }

    /// 503: too much at once.
    pub fn busy() -> Self {
        let sentence = "too many forecasts are being computed already; ask again in a second";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, sentence)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Body {
            error: &self.sentence,
            mistakes: &self.mistakes,
        };
        let text = serde_json::to_string(&body).expect("a sentence serializes");
        let json = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (self.status, json, text + "\n").into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            let second = HeaderValue::from_static("1");
            response.headers_mut().insert(header::RETRY_AFTER, second);
        }
        response
    }
}
