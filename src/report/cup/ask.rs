//! Answers to questions about cups as text and JSON.

use super::about::{AboutForm, CupAbout, lines_with};
use crate::ask::{Answers, CupEvent, Question};
use crate::report::ask::{AnswerForm, forms, lines};
use serde::Serialize;

/// The answers as lines under what they rest on: probability, standard error, question; so many runs in `all`.
pub fn text(
    about: &CupAbout<'_>,
    all: u64,
    questions: &[Question<CupEvent>],
    answers: &Answers,
    width: usize,
) -> String {
    lines_with(about, &about.of_all(all)) + "\n" + &lines(questions, answers, width)
}

/// Answers about a cup.
#[derive(Debug, Serialize)]
pub struct AskDocument<'a> {
    #[serde(flatten)]
    about: AboutForm,
    answers: Vec<AnswerForm<'a>>,
}

/// The answers as a JSON document; the probability is null where what is given never happened.
pub fn document<'a>(
    about: &CupAbout<'_>,
    questions: &'a [Question<CupEvent>],
    answers: &Answers,
) -> AskDocument<'a> {
    AskDocument {
        about: about.form(),
        answers: forms(questions, answers),
    }
}
