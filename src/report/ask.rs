//! Answers to questions as text, JSON and CSV.

use super::about::{About, AboutJson, fit, to_json};
use super::number::{figure, grouped, percent};
use super::rows::Rows;
use crate::ask::{Answer, Answers, Question, Ruling};
use serde::Serialize;

/// The answers as lines: probability, standard error, question.
pub fn text(about: &About<'_>, questions: &[Question], answers: &Answers, width: usize) -> String {
    about.lines("") + "\n" + &lines(questions, answers, width)
}

/// A line or two for each answer.
pub(super) fn lines<E>(questions: &[Question<E>], answers: &Answers, width: usize) -> String {
    let pairs = questions.iter().zip(&answers.answers);
    pairs
        .map(|(question, answer)| line(question, *answer, width.max(60)))
        .collect()
}

fn line<E>(question: &Question<E>, answer: Answer, width: usize) -> String {
    let Some(chance) = answer.chance() else {
        let short = fit(&question.text, width - 24);
        let why = match answer.ruling {
            Ruling::NeverGiven => "what is given cannot happen, so there is no chance given it",
            Ruling::Settled(_) | Ruling::Open => "what is given never happened",
        };
        return format!("{:>6}         {}\n{:15}{why}\n", "-", short.trim_end(), "");
    };
    let error = if chance.is_settled() {
        String::new()
    } else {
        format!("±{:.2}", chance.standard_error * 100.0)
    };
    let mut line = format!("{:>6} {error:<7} {}\n", percent(chance), question.text);
    match answer.ruling {
        Ruling::Settled(happens) => {
            let word = if happens { "certain" } else { "impossible" };
            line.push_str(&format!("{:15}{word}: results and rules settle it\n", ""));
        }
        Ruling::Open | Ruling::NeverGiven if question.given.is_some() => {
            let runs = grouped(answer.given);
            line.push_str(&format!(
                "{:15}what is given happened in {runs} of the runs\n",
                ""
            ));
        }
        Ruling::Open | Ruling::NeverGiven => {}
    }
    line
}

/// The word for what is settled, as JSON and CSV have it.
fn ruling(answer: Answer) -> &'static str {
    match answer.ruling {
        Ruling::Settled(true) => "certain",
        Ruling::Settled(false) => "impossible",
        Ruling::NeverGiven => "given impossible",
        Ruling::Open => "open",
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutJson<'a>,
    answers: Vec<AnswerForm<'a>>,
}

/// An answer in JSON.
#[derive(Debug, Serialize)]
pub(super) struct AnswerForm<'a> {
    question: &'a str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    happened: u64,
    given: u64,
    ruling: &'static str,
}

/// Every answer in JSON.
pub(super) fn forms<'a, E>(questions: &'a [Question<E>], answers: &Answers) -> Vec<AnswerForm<'a>> {
    let pairs = questions.iter().zip(&answers.answers);
    pairs
        .map(|(question, answer)| AnswerForm {
            question: &question.text,
            probability: answer.chance().map(|chance| chance.probability),
            standard_error: answer.chance().map(|chance| chance.standard_error),
            happened: answer.happened,
            given: answer.given,
            ruling: ruling(*answer),
        })
        .collect()
}

/// The answers as JSON; the probability is null where what is given never happened.
pub fn json(about: &About<'_>, questions: &[Question], answers: &Answers) -> String {
    to_json(&Document {
        about: about.json(),
        answers: forms(questions, answers),
    })
}

/// The answers as CSV, a row a question.
pub fn csv<E>(questions: &[Question<E>], answers: &Answers) -> String {
    let header = [
        "question",
        "probability",
        "standard_error",
        "happened",
        "given",
        "ruling",
    ];
    let mut rows = Rows::new(header);
    let number = |value: Option<f64>| value.map(figure).unwrap_or_default();
    for (question, answer) in questions.iter().zip(&answers.answers) {
        let record = [
            question.text.clone(),
            number(answer.chance().map(|chance| chance.probability)),
            number(answer.chance().map(|chance| chance.standard_error)),
            answer.happened.to_string(),
            answer.given.to_string(),
            ruling(*answer).to_owned(),
        ];
        rows.push(record);
    }
    rows.finish()
}
