//! Cups of format 2 on the command line: opening them, and the commands that know them.

mod ask;
mod bench;
pub(crate) mod draw;
mod forecast;
mod leverage;
mod material;
mod milestone;
mod model;
mod paths;
mod replay;
mod report;
pub(crate) mod scenarios;
mod timeline;
mod what_if;

pub(crate) use ask::questions;
pub(crate) use bench::bench;
pub(crate) use forecast::forecast;
pub(crate) use leverage::{Wanted as WantedLeverage, leverage};
pub(crate) use paths::paths;
pub(crate) use replay::replay;
pub(crate) use report::{picture, report};
pub(crate) use timeline::timeline;
pub(crate) use what_if::what_if;

pub(crate) use model::fit;

use super::Failure;
use super::basis::BasisArgs;
use super::conditions;
use super::forecast::SimulationArgs;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::setting::TournamentArgs;
use crate::cup::{Cup, Instant};
use crate::forecast::{Effort, Progress};
use crate::open;
use crate::outlook::Outlook;
use crate::play::units::{Observer, Runs};
use crate::report::about::to_json;
use crate::report::cup as reports;
use crate::report::rates;
use crate::state::State;
use crate::text_file;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// A cup that was named, and the files that it was read from.
pub(crate) struct Named {
    /// The cup with everything in its files.
    pub(crate) cup: Cup,
    /// Those files.
    pub(crate) files: Vec<PathBuf>,
}

/// The cup that a name or path means, if it is one of format 2.
pub(crate) fn find(name: &str) -> Result<Option<Named>, Failure> {
    if let Some(bundled) = open::find_bundled(name) {
        let cup = open::open_bundled(bundled).map_err(mistakes)?;
        let files = Vec::new();
        return Ok(Some(Named { cup, files }));
    }
    let Some(text) = text_of_format_2(name) else {
        return Ok(None);
    };
    let (cup, files) = open::open_file(Path::new(name), &text).map_err(mistakes)?;
    Ok(Some(Named { cup, files }))
}

/// The text of a file of format 2. Only of a file: a pipe can be read once, and belongs to whoever reads format 1.
fn text_of_format_2(name: &str) -> Option<String> {
    let path = Path::new(name);
    let text = path.is_file().then(|| text_file::read(path).ok())??;
    open::is_format_2(&text).then_some(text)
}

/// Every bundled cup of format 2.
pub(crate) fn all() -> Result<Vec<Cup>, Failure> {
    let cups = open::BUNDLED
        .iter()
        .map(|cup| open::open_bundled(cup).map_err(mistakes));
    cups.collect()
}

/// Whether a name or path means a cup of format 2.
pub(crate) fn is_one(name: &str) -> bool {
    open::find_bundled(name).is_some() || text_of_format_2(name).is_some()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn mistakes(found: crate::diagnostic::Diagnostics) -> Failure {
    Failure::Mistakes(found.render(super::failure::colours()))
}

/// The moment of a cup that is asked for; without one the start of a finished cup if it `looks_ahead`, with a remark.
fn instant(
    full: &Cup,
    named: &TournamentArgs,
    looks_ahead: bool,
) -> Result<(Instant, Vec<String>), Failure> {
    match &named.as_of {
        Some(text) => Ok((full.instant(text).map_err(Failure::input)?, Vec::new())),
        None if looks_ahead && full.is_finished() => {
            let note = "every result is known, so this looks back to the start; see --as-of";
            Ok((Instant::Start, vec![note.to_owned()]))
        }
        None => Ok((Instant::Now, Vec::new())),
    }
}

/// A cup that is asked what is to come, and remarks for whoever reads the answer.
pub(crate) struct Asked {
    /// The cup as of the moment, with its model and what is taken for granted.
    pub(crate) outlook: Outlook,
    /// Remarks.
    pub(crate) notes: Vec<String>,
    /// The files that all this was read from.
    pub(crate) files: Vec<PathBuf>,
}

/// Goes to the moment, and takes for granted what the options say.
pub(crate) fn ask(found: &Named, basis: &BasisArgs) -> Result<Asked, Failure> {
    let written = basis.conditions.gather()?;
    let named = conditions::fill_in(&basis.tournament, written.files())?;
    conditions::check_cup(&found.cup, named.name(), written.files())?;
    let (instant, mut notes) = instant(&found.cup, &named, true)?;
    let outlook = model::outlook(&found.cup, instant, &basis.model)?;
    let what_if = written.what_if(outlook.known())?;
    let outlook = outlook.under(what_if).map_err(Failure::input)?;
    notes.extend_from_slice(outlook.model_warnings());
    let files = written.files().iter().map(|(path, _)| path.clone());
    Ok(Asked {
        outlook,
        notes,
        files: found.files.iter().cloned().chain(files).collect(),
    })
}

/// How much of a cup is simulated, by the options.
pub(crate) fn runs_of(simulation: &SimulationArgs) -> Runs {
    let sims = simulation.sims.unwrap_or(Runs::default().runs);
    let effort = simulation
        .precision
        .map_or(Effort::Runs(sims), Effort::Precision);
    Runs {
        runs: effort.runs_for_shares(),
        seed: simulation.seed,
        threads: simulation.threads.map(NonZeroUsize::get),
    }
}

/// Plays a cup before observers with a bar of progress.
pub(crate) fn watched<O: Observer>(
    outlook: &Outlook,
    runs: Runs,
    new: &(impl Fn() -> O + Sync),
) -> O {
    let bar = Bar::new();
    bar.expect(runs.runs);
    let seen = outlook.observe(runs, &|done| bar.done(done), new);
    bar.finish();
    seen
}

/// `cupcast table` of a cup.
pub(crate) fn table(
    found: &Named,
    named: &TournamentArgs,
    explain: bool,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let full = &found.cup;
    let output = output.open(&found.files)?;
    let (instant, _) = instant(full, named, false)?;
    let known = full.known_at(instant);
    let state = State::of(&known);
    let text = match output.format {
        Format::Text => {
            let heading = full.instant_words(instant);
            reports::table_text(&known, &state, &heading, explain)
        }
        Format::Json => {
            let as_of = full.instant_key(instant);
            to_json(&reports::table_document(&known, &state, &as_of))
        }
        Format::Csv => reports::table_csv(&known, &state),
    };
    output.write(&text)
}

/// `cupcast rates` of a cup.
pub(crate) fn rates(
    found: &Named,
    named: &TournamentArgs,
    model: &ModelArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let full = &found.cup;
    let files: Vec<PathBuf> = found.files.iter().cloned().chain(model.files()).collect();
    let output = output.open(&files)?;
    let (instant, _) = instant(full, named, true)?;
    let outlook = model::outlook(full, instant, model)?;
    let of = rates::Of {
        id: full.id(),
        clubs: full.clubs(),
        as_of: &outlook.as_of(),
        name: outlook.model_words(),
        model: outlook.model(),
    };
    let text = match output.format {
        Format::Text => {
            let when = full.instant_words(instant);
            let title = format!("{} {}, {when}", full.competition(), full.edition());
            rates::text(&of, &title)
        }
        Format::Json => rates::json(&of),
        Format::Csv => rates::csv(&of),
    };
    output.write(&text)
}

/// `cupcast check` of a cup: what it is, in a line, and its rules spelt out if that is asked for.
pub(crate) fn check(full: &Cup, name: &str, show_rules: bool) -> String {
    let (tables, ties) = full.known_matches();
    let rules = if show_rules {
        reports::rules_text(full)
    } else {
        String::new()
    };
    let sound = format!(
        "{name}: sound. {} {}: {} clubs, {} stages, {} matches with a result\n",
        full.competition(),
        full.edition(),
        full.clubs().len(),
        full.format()
            .stages()
            .iter()
            .filter(|stage| stage.shown)
            .count(),
        tables + ties
    );
    sound + &rules
}
