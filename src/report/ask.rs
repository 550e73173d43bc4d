//! Answers to questions as text, JSON and CSV.

use super::about::{About, AboutJson, fit, to_json};
use super::number::{Certainty, grouped, percent};
use super::rows::Rows;
use crate::ask::{Answer, Answers, Question};
use serde::Serialize;

/// The answers as lines: probability, standard error, question.
pub fn text(about: &About<'_>, questions: &[Question], answers: &Answers, width: usize) -> String {
    let mut text = about.lines("") + "\n";
    for (question, answer) in questions.iter().zip(&answers.answers) {
        text.push_str(&line(question, *answer, width.max(60)));
    }
    text
}

fn line(question: &Question, answer: Answer, width: usize) -> String {
    let (Some(probability), Some(error)) = (answer.probability(), answer.standard_error()) else {
        let short = fit(&question.text, width - 24);
        return format!(
            "{:>6}         {}\n{:15}what is given never happened\n",
            "-",
            short.trim_end(),
            ""
        );
    };
    let shown = percent(probability, Certainty::Estimated);
    let mut line = format!("{shown:>6} ±{:<6.2} {}\n", error * 100.0, question.text);
    if question.given.is_some() {
        let runs = grouped(answer.given);
        line.push_str(&format!(
            "{:15}what is given happened in {runs} of the runs\n",
            ""
        ));
    }
    line
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutJson<'a>,
    answers: Vec<AnswerJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    question: &'a str,
    probability: Option<f64>,
    standard_error: Option<f64>,
    happened: u64,
    given: u64,
}

/// The answers as JSON; the probability is null where what is given never happened.
pub fn json(about: &About<'_>, questions: &[Question], answers: &Answers) -> String {
    let pairs = questions.iter().zip(&answers.answers);
    to_json(&Document {
        about: about.json(),
        answers: pairs
            .map(|(question, answer)| AnswerJson {
                question: &question.text,
                probability: answer.probability(),
                standard_error: answer.standard_error(),
                happened: answer.happened,
                given: answer.given,
            })
            .collect(),
    })
}

/// The answers as CSV, a row a question.
pub fn csv(questions: &[Question], answers: &Answers) -> String {
    let header = [
        "question",
        "probability",
        "standard_error",
        "happened",
        "given",
    ];
    let mut rows = Rows::new(header);
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    for (question, answer) in questions.iter().zip(&answers.answers) {
        let record = [
            question.text.clone(),
            number(answer.probability()),
            number(answer.standard_error()),
            answer.happened.to_string(),
            answer.given.to_string(),
        ];
        rows.push(record);
    }
    rows.finish()
}
