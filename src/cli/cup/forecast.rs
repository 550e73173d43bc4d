//! `cupcast forecast` of a cup, with the change that a what-if makes.

use super::{Asked, Named, ask, runs_of, watched};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Bar;
use crate::forecast::Progress;
use crate::outlook::Outlook;
use crate::play::units::{CupTally, Runs};
use crate::report::about::to_json;
use crate::report::cup::{self as reports, CupAbout, CupForecast};
use crate::what_if::{CupComparison, compare_cups};

/// Fewer runs than this in which what is given comes true say nothing.
const LEAST_RUNS: u64 = 10;

/// `cupcast forecast` of a cup.
pub(crate) fn forecast(
    found: &Named,
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    top: usize,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let Asked {
        outlook,
        notes,
        files,
    } = ask(found, basis)?;
    let output = output.open(&files)?;
    let runs = runs_of(simulation);
    let outlooks = [outlook];
    let compared = compared(&outlooks, runs)?;
    let [outlook] = outlooks;
    let counted;
    let tally = if let Some(compared) = &compared {
        &compared.scenarios[0].tally
    } else {
        let format = outlook.known().format();
        counted = watched(&outlook, runs, &|| {
            CupTally::new(format.clubs(), format.places())
        });
        &counted
    };
    let about = CupAbout {
        outlook: &outlook,
        runs: tally.runs(),
        seed: runs.seed,
        notes: &notes,
    };
    let forecast = CupForecast {
        about: &about,
        cup: outlook.known(),
        tally,
        reach: &outlook.reach(),
        compared: compared.as_ref(),
    };
    let text = match output.format {
        Format::Text => reports::forecast_text(&forecast, top, output.width()),
        Format::Json => to_json(&reports::forecast_document(&forecast, outlook.state())),
        Format::Csv => reports::forecast_csv(&forecast),
    };
    output.write(&text)
}

/// Plays an outlook beside its baseline, if it supposes anything.
fn compared(outlooks: &[Outlook; 1], runs: Runs) -> Result<Option<CupComparison>, Failure> {
    if outlooks[0].what_if().is_empty() {
        return Ok(None);
    }
    compare(outlooks, runs)
}

/// Plays outlooks beside their baseline with a bar of progress.
pub(super) fn compare(outlooks: &[Outlook], runs: Runs) -> Result<Option<CupComparison>, Failure> {
    let bar = Bar::new();
    bar.expect(runs.runs);
    let compared = compare_cups(outlooks, runs, &|done| bar.done(done));
    bar.finish();
    let scenarios = compared.iter().flat_map(|one| &one.scenarios);
    let fewest = scenarios.map(|one| one.tally.runs()).min();
    match fewest {
        Some(fewest) if fewest < LEAST_RUNS.min(runs.runs) => Err(Failure::input(format!(
            "what is given came true in {fewest} of {} simulated tournaments, too few to say anything; simulate more \
             with --sims, or fix results that bring it about",
            runs.runs
        ))),
        _ => Ok(compared),
    }
}
