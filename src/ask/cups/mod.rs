//! Questions about cups of any format, with the names that the format itself has.

mod event;
mod logic;
mod names;
mod parse;
#[cfg(test)]
mod tests;

pub use event::CupEvent;
pub use parse::{CUP_GRAMMAR, parse_cup};

use super::{Answer, Answers, Question, merge};
use crate::cup::Cup;
use crate::outlook::Outlook;
use crate::play::units::{Observer, Runs};
use crate::state::Run;
use logic::Logic;

/// Answers all questions from one set of simulated tournaments: those that a forecast of the same seed plays.
pub fn ask_cup(
    outlook: &Outlook,
    questions: &[Question<CupEvent>],
    runs: Runs,
    progress: &(impl Fn(u64) + Sync),
) -> Answers {
    let new = || Counter {
        cup: outlook.known(),
        questions,
        runs: 0,
        counts: vec![(0, 0); questions.len()],
    };
    let seen = outlook.observe(runs, progress, &new);
    let reach = outlook.reach();
    let logic = Logic::new(outlook.known(), outlook.state(), &reach);
    let counts = seen.counts.iter().zip(questions);
    let answers = counts.map(|(counts, question)| Answer::of(*counts, || logic.rule(question)));
    Answers {
        runs: seen.runs,
        answers: answers.collect(),
    }
}

/// Counts in how many runs what is given and what is asked happened.
struct Counter<'a> {
    cup: &'a Cup,
    questions: &'a [Question<CupEvent>],
    runs: u64,
    counts: Vec<(u64, u64)>,
}

impl Observer for Counter<'_> {
    fn see(&mut self, _: u64, run: &Run) {
        self.runs += 1;
        for ((given, happened), question) in self.counts.iter_mut().zip(self.questions) {
            let condition = question.given.as_ref();
            if condition.is_none_or(|event| event.happens(self.cup, run)) {
                *given += 1;
                *happened += u64::from(question.event.happens(self.cup, run));
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.runs += other.runs;
        self.counts = merge(self.counts, other.counts);
        self
    }
}
