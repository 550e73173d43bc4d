//! Asks questions in words and counts their answers in simulated tournaments.
//!
//! Run it with `cargo run --release --example questions`.

use cupcast::ask::{ask, parse};
use cupcast::conditions::Conditions;
use cupcast::forecast::{Effort, ModelNote, Request};
use cupcast::goals::{self, Specification};
use cupcast::report::percent;
use cupcast::tournament::{Moment, bundled};

const QUESTIONS: [&str; 3] = [
    "TOL and CA in the final",
    "CA champion given TOL out in the semifinal",
    "final goes to penalties",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tournament = bundled::open("ccl-2013-14")?;
    let known = tournament.as_of(Moment::Start);
    let history = bundled::open_history(&tournament, None)?;
    let model = goals::fit(
        &Specification::default_model(),
        &history,
        &known.to_edition(),
    )?;
    let questions = QUESTIONS.map(|text| parse(text, &known));
    let questions = questions.into_iter().collect::<Result<Vec<_>, _>>()?;
    let answers = ask(
        &Request {
            known: &known,
            moment: Moment::Start,
            model: &model,
            note: ModelNote {
                name: "default".to_owned(),
                matches: model.summary().training_matches,
                editions: history.len(),
            },
            conditions: &Conditions::default(),
            effort: Effort::Runs(200_000),
            seed: 1,
            threads: None,
        },
        &questions,
    );
    for (question, answer) in questions.iter().zip(&answers.answers) {
        let chance = answer.chance().map_or("-".to_owned(), percent);
        println!("{chance:>6}  {}", question.text);
    }
    Ok(())
}
