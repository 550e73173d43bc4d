//! Odds, tables and rates of a cup of any format, as the command line gives them.

use super::{outlook, supposing};
use crate::cup::Cup;
use crate::play::units::Runs;
use crate::report::cup::{self as reports, CupAbout, CupForecast};
use crate::report::rates as rate_report;
use crate::serve::api::answer::{csv_text, json, json_text};
use crate::serve::api::forecast::{DEFAULT_RUNS, effort};
use crate::serve::api::question::{Format, Question};
use crate::serve::desk::Desk;
use crate::serve::refusal::Refusal;
use crate::state::State;
use axum::response::Response;
use std::num::NonZeroUsize;

/// The odds, with the same numbers as `cupcast forecast` at the same seed.
pub(in crate::serve::api) fn forecast(
    desk: &Desk,
    full: &Cup,
    question: &Question,
) -> Result<Response, Refusal> {
    let limits = desk.limits();
    let effort = effort(question, limits, DEFAULT_RUNS, limits.most_runs)?;
    let outlook = supposing(desk, full, question)?;
    let runs = Runs {
        runs: effort.runs,
        seed: effort.seed,
        threads: effort.threads.map(NonZeroUsize::get),
    };
    let tally = outlook.tally(runs, &|_| ());
    let about = CupAbout {
        outlook: &outlook,
        runs: tally.runs(),
        seed: runs.seed,
        notes: &[],
    };
    let forecast = CupForecast {
        cup: outlook.known(),
        about: &about,
        tally: &tally,
        reach: &outlook.reach(),
        compared: None,
    };
    Ok(match question.format {
        Format::Csv => csv_text(reports::forecast_csv(&forecast)),
        Format::Json => json(&reports::forecast_document(&forecast, outlook.state())),
    })
}

/// The tables and ties with what is taken for granted played, as `cupcast table` gives them.
pub(in crate::serve::api) fn table(
    desk: &Desk,
    full: &Cup,
    question: &Question,
) -> Result<Response, Refusal> {
    let outlook = supposing(desk, full, question)?;
    let played = super::settle::with_fixes(outlook.known(), &question.fixes);
    let state = State::of(&played);
    Ok(match question.format {
        Format::Csv => csv_text(reports::table_csv(&played, &state)),
        Format::Json => json(&reports::table_document(&played, &state, &outlook.as_of())),
    })
}

/// The expected goals of every pairing.
pub(in crate::serve::api) fn rates(
    desk: &Desk,
    full: &Cup,
    as_of: Option<&str>,
    format: Format,
) -> Result<Response, Refusal> {
    let outlook = outlook(desk, full, as_of)?;
    let moment = outlook.as_of();
    let of = rate_report::Of {
        id: full.id(),
        clubs: full.clubs(),
        as_of: &moment,
        name: outlook.model_words(),
        model: outlook.model(),
    };
    Ok(match format {
        Format::Csv => csv_text(rate_report::csv(&of)),
        Format::Json => json_text(rate_report::json(&of)),
    })
}
