//! `cupcast ask` of a cup.

use super::{Asked, Named, ask, runs_of};
use crate::ask::{CupEvent, Question, ask_cup, parse_cup};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::failure::colours;
use crate::cli::forecast::SimulationArgs;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Bar;
use crate::forecast::Progress;
use crate::report::about::to_json;
use crate::report::ask as report;
use crate::report::cup::{self as reports, CupAbout};

/// Reads the questions, simulates and answers.
pub(crate) fn questions(
    found: &Named,
    basis: &BasisArgs,
    texts: &[String],
    simulation: &SimulationArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let Asked {
        outlook,
        notes,
        files,
    } = ask(found, basis)?;
    let mut questions: Vec<Question<CupEvent>> = Vec::new();
    let mut mistakes = Vec::new();
    for text in texts {
        match parse_cup(text, outlook.known()) {
            Ok(question) => questions.push(question),
            Err(diagnostics) => mistakes.push(diagnostics.render(colours())),
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::Mistakes(mistakes.join("\n")));
    }
    let output = output.open(&files)?;
    let runs = runs_of(simulation);
    let bar = Bar::new();
    bar.expect(runs.runs);
    let answers = ask_cup(&outlook, &questions, runs, &|done| bar.done(done));
    bar.finish();
    let about = CupAbout {
        outlook: &outlook,
        runs: answers.runs,
        seed: runs.seed,
        notes: &notes,
    };
    let text = match output.format {
        Format::Text => reports::ask_text(&about, runs.runs, &questions, &answers, output.width()),
        Format::Json => to_json(&reports::ask_document(&about, &questions, &answers)),
        Format::Csv => report::csv(&questions, &answers),
    };
    output.write(&text)
}
