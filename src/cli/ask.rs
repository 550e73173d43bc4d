//! `cupcast ask`: questions in words, answered from one set of simulated tournaments.

use super::Failure;
use super::about_club::AskedArgs;
use super::cup;
use super::facts::Facts;
use super::failure::colours;
use super::forecast::SimulationArgs;
use super::output::{Format, OutputArgs};
use super::time::Clock;
use crate::ask::{CUP_GRAMMAR, GRAMMAR, Question, ask, parse};
use crate::report::about::About;
use crate::report::ask as report;
use clap::Args;

/// Arguments of `cupcast ask`.
#[derive(Debug, Args)]
#[command(after_help = format!("{GRAMMAR}\n\n{CUP_GRAMMAR}\n\nExamples:\n  \
    cupcast ask 'TOL and CA in the final' 'CA champion given TOL out in the semifinal'\n  \
    cupcast ask 'TOL wins its group and is seed 1-2' --as-of md4 --format json\n  \
    cupcast ask ccl-2012-13 'SEA champion'"))]
pub(crate) struct AskArgs {
    /// Questions such as 'CA and TOL in the final' or 'CA champion given TOL out in the semifinal'
    #[arg(required = true, value_name = "QUESTION")]
    questions: Vec<String>,
    #[command(flatten)]
    asked: AskedArgs,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Reads the questions, simulates and answers.
pub(crate) fn run(args: &AskArgs) -> Result<(), Failure> {
    let (texts, basis) = args.asked.basis(&args.questions)?;
    if texts.is_empty() {
        return Err(Failure::input(
            "there is no question; write for example 'TOL champion'",
        ));
    }
    if let Some(found) = cup::find(basis.named()?.name())? {
        let (simulation, output) = (&args.simulation, &args.output);
        return cup::questions(&found, &basis, &texts, simulation, output);
    }
    let basis = basis.open()?;
    let known = &basis.ruled;
    let mut questions: Vec<Question> = Vec::new();
    let mut mistakes = Vec::new();
    for text in &texts {
        match parse(text, known) {
            Ok(question) => questions.push(question),
            Err(diagnostics) => mistakes.push(diagnostics.render(colours())),
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::Mistakes(mistakes.join("\n")));
    }
    let output = args.output.open(&basis.files)?;
    let clock = Clock::start();
    let answers = ask(&basis.request(&args.simulation), &questions);
    clock.tell();
    let facts = Facts::of(&basis);
    let about = About {
        runs: answers.runs,
        seed: args.simulation.seed,
        ..facts.about()
    };
    let text = match output.format {
        Format::Text => report::text(&about, &questions, &answers, output.width()),
        Format::Json => report::json(&about, &questions, &answers),
        Format::Csv => report::csv(&questions, &answers),
    };
    output.write(&text)
}
