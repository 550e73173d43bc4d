//! Questions in words, such as "TOL wins its group and is seed 1", answered by counting simulated tournaments.

mod cups;
mod cursor;
mod event;
mod grammar;
mod logic;
mod parse;
mod search;
#[cfg(test)]
mod tests;
mod words;
mod world;

pub use cups::{CUP_GRAMMAR, CupEvent, ask_cup, parse_cup};
pub use event::{Event, Stage};
pub use logic::Ruling;
pub use parse::{GRAMMAR, parse};

use crate::forecast::{Effort, Request};
use crate::odds::Chance;
use crate::play::Engine;
use crate::settled::Settled;
use crate::simulate::simulate_with;
use logic::Logic;

/// A question: how likely is an event, perhaps given another?
#[derive(Debug, Clone, PartialEq)]
pub struct Question<E = Event> {
    /// The question as it was asked.
    pub text: String,
    /// The event.
    pub event: E,
    /// What is taken as given, by looking only at the runs in which it happened.
    pub given: Option<E>,
}

/// The answer to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// In how many runs the condition was fulfilled: all of them if there is none.
    pub given: u64,
    /// In how many of those runs the event happened.
    pub happened: u64,
    /// What results, rules and logic settle.
    pub ruling: Ruling,
}

impl Answer {
    /// The answer by counts; what came in some runs and not in others can go either way, so only the rest needs a ruling.
    fn of((given, happened): (u64, u64), rule: impl FnOnce() -> Ruling) -> Self {
        let mixed = 0 < happened && happened < given;
        Self {
            given,
            happened,
            ruling: if mixed { Ruling::Open } else { rule() },
        }
    }

    /// The chance: the share of runs, unless it is settled; `None` if the condition was never fulfilled.
    pub fn chance(self) -> Option<Chance> {
        match self.ruling {
            Ruling::Settled(happens) => Some(Chance::settled(happens)),
            Ruling::NeverGiven => None,
            Ruling::Open => (self.given > 0).then(|| Chance::of_hits(self.happened, self.given)),
        }
    }
}

/// All answers of one set of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The number of simulated tournaments.
    pub runs: u64,
    /// An answer for each question, in order.
    pub answers: Vec<Answer>,
}

/// Runs of the first look when a precision is asked for, from which the rest is planned.
const FIRST_LOOK: u64 = 1 << 16;

/// The most runs that a precision is pursued with: some conditions hardly ever come true.
const MOST_RUNS: u64 = 200_000_000;

/// Answers all questions from one set of simulated tournaments: those that a forecast of the same seed plays.
pub fn ask(request: &Request<'_>, questions: &[Question]) -> Answers {
    let playbook = request.playbook(request.conditions);
    let engine = Engine::new(&playbook);
    let stage = Stage::new(request.known);
    let count = |runs: std::ops::Range<u64>| {
        simulate_with(
            &engine,
            runs,
            request.seed,
            request.threads,
            || vec![(0, 0); questions.len()],
            |counts: &mut Vec<(u64, u64)>, outcome| {
                for ((given, happened), question) in counts.iter_mut().zip(questions) {
                    let condition = question.given.as_ref();
                    if condition.is_none_or(|event| event.happens(&stage, outcome)) {
                        *given += 1;
                        *happened += u64::from(question.event.happens(&stage, outcome));
                    }
                }
            },
            merge,
        )
    };
    let settled = Settled::of(&playbook);
    let mut sample = engine.outcome();
    engine.play(request.seed, 0, &mut sample);
    let logic = Logic {
        settled: &settled,
        playbook: &playbook,
        stage: &stage,
        sample: &sample,
    };
    let answers = |runs, counts: &[(u64, u64)]| {
        let each = counts.iter().zip(questions);
        let answers = each.map(|(counts, question)| Answer::of(*counts, || logic.rule(question)));
        Answers {
            runs,
            answers: answers.collect(),
        }
    };
    let precision = match request.effort {
        Effort::Runs(runs) => return answers(runs, &count(0..runs)),
        Effort::Precision(precision) => precision,
    };
    let mut done = FIRST_LOOK;
    let mut counts = count(0..done);
    loop {
        let found = answers(done, &counts);
        let errors = found.answers.iter().filter_map(|answer| answer.chance());
        let errors = errors.map(|chance| chance.standard_error);
        let error = errors.fold(0.0, f64::max);
        if error < precision || done >= MOST_RUNS {
            return found;
        }
        let needed = (done as f64 * (error / precision).powi(2) * 1.02) as u64;
        let next = needed.clamp(done + FIRST_LOOK, MOST_RUNS.max(done + FIRST_LOOK));
        counts = merge(counts, count(done..next));
        done = next;
    }
}

/// Adds two sets of counts.
fn merge(mut one: Vec<(u64, u64)>, other: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    for (mine, theirs) in one.iter_mut().zip(other) {
        mine.0 += theirs.0;
        mine.1 += theirs.1;
    }
    one
}
