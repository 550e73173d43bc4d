//! `cupcast what-if`: scenarios side by side with the forecast without them.

use super::Failure;
use super::amount;
use super::conditions::{check_tournament, fill_in, read_file};
use super::cup;
use super::failure::colours;
use super::forecast::SimulationArgs;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::setting::{TournamentArgs, WhenFinished, take_tournament};
use super::time::Clock;
use crate::conditions::Conditions;
use crate::conditions::file::WhatIfFile;
use crate::forecast::{Request, check};
use crate::open;
use crate::report::what_if as report;
use crate::timeline::Quantity;
use crate::tournament::bundled;
use crate::what_if::{Comparison, Scenario, compare, compare_exactly};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `cupcast what-if`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast what-if no-away-goals.toml single-leg-final.toml\n  \
    cupcast what-if --as-of md4 --quantity title --quantity group toluca-out.toml\n\n\
A what-if file holds what the options of `cupcast forecast` say, and a title; models/README.md describes it. Tournament and \
moment are those that the files name, unless they are named here.")]
pub(crate) struct WhatIfArgs {
    /// What-if files; the name of a bundled edition among them is the tournament
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file [default: that of the files, or
    /// ccl-2013-14]
    #[arg(long, short, value_name = "TOURNAMENT")]
    tournament: Option<String>,
    /// Know only the results up to this moment [default: that of the files]
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
    /// What to compare: title, group, or a knockout round by name; repeatable [default: title]
    #[arg(long, value_name = "QUANTITY")]
    pub(super) quantity: Vec<String>,
    /// Show only the N likeliest champions of the baseline (text only)
    #[arg(long, value_name = "N", default_value_t = usize::MAX, hide_default_value = true)]
    pub(super) top: usize,
    #[command(flatten)]
    pub(super) model: ModelArgs,
    #[command(flatten)]
    pub(super) simulation: SimulationArgs,
    /// Compute the odds without random numbers instead of simulating
    #[arg(long, conflicts_with_all = ["sims", "precision"])]
    pub(super) exact: bool,
    /// With --exact: how far any probability may be off, such as 0.001pp
    #[arg(long, value_name = "ERROR", value_parser = amount::precision, default_value = "0.001pp",
        requires = "exact")]
    tolerance: f64,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// Forecasts every scenario and writes the comparison.
pub(crate) fn run(args: &WhatIfArgs) -> Result<(), Failure> {
    let (bundled, paths): (Vec<&String>, Vec<&String>) = args
        .files
        .iter()
        .partition(|name| bundled::text(name).is_some() || open::find_bundled(name).is_some());
    let bundled: Vec<String> = bundled.into_iter().cloned().collect();
    let (_, tournament) = take_tournament(&bundled, args.tournament.as_deref())?;
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    if paths.is_empty() {
        return Err(Failure::input(
            "there is no what-if file; name at least one",
        ));
    }
    let files = read_files(&paths)?;
    let given = TournamentArgs {
        tournament,
        as_of: args.as_of.clone(),
    };
    let named = fill_in(&given, &files)?;
    if let Some(found) = cup::find(named.name())? {
        return cup::what_if(&found, &named, &files, args);
    }
    let setting = named.open(WhenFinished::FromStart)?;
    let known = &setting.known;
    check_tournament(known, &named, &files)?;
    let scenarios = gather(&files, |file| file.conditions(known))?;
    let scenarios = scenarios
        .into_iter()
        .map(|(name, conditions)| Scenario { name, conditions });
    let scenarios: Vec<Scenario> = scenarios.collect();
    let quantities = quantities(args, known)?;
    let (model, note) = args.model.open(&setting)?;
    for (scenario, path) in scenarios.iter().zip(&paths) {
        check(known, &model, &scenario.conditions)
            .map_err(|error| Failure::input(format!("{}: {error}", path.display())))?;
    }
    let nothing = Conditions::default();
    let request = Request {
        known,
        moment: setting.moment,
        model: &model,
        note,
        conditions: &nothing,
        effort: args.simulation.effort(),
        seed: args.simulation.seed,
        threads: args.simulation.threads,
    };
    let mut inputs = setting.files_with(args.model.files());
    inputs.extend(paths.iter().cloned());
    let output = args.output.open(&inputs)?;
    let clock = Clock::start();
    let comparison = answer(args, &request, &scenarios, &paths)?;
    clock.tell();
    let names: Vec<String> = scenarios
        .into_iter()
        .map(|scenario| scenario.name)
        .collect();
    let shown = report::Shown {
        names: &names,
        quantities: &quantities,
        width: output.width(),
        most: args.top,
    };
    let text = match output.format {
        Format::Text => report::text(known, &comparison, &shown, &setting.notes()),
        Format::Json => report::json(known, &comparison, &shown),
        Format::Csv => report::csv(known, &comparison, &shown),
    };
    output.write(&text)
}

/// Simulated or exact.
fn answer(
    args: &WhatIfArgs,
    request: &Request<'_>,
    scenarios: &[Scenario],
    paths: &[PathBuf],
) -> Result<Comparison, Failure> {
    if args.exact {
        return compare_exactly(request, scenarios, args.tolerance).map_err(
            |(index, unsupported)| {
                let place = index.map(|index| format!("{}: ", paths[index].display()));
                let place = place.unwrap_or_default();
                Failure::input(format!(
                    "{place}{unsupported}; leave out --exact to simulate"
                ))
            },
        );
    }
    let bar = Bar::new();
    let comparison = compare(request, scenarios, &bar);
    bar.finish();
    Ok(comparison)
}

/// Reads all files, so that the mistakes of all of them are reported at once.
fn read_files(paths: &[PathBuf]) -> Result<Vec<(PathBuf, WhatIfFile)>, Failure> {
    let mut mistakes = String::new();
    let mut files = Vec::new();
    for path in paths {
        match read_file(path) {
            Ok(file) => files.push((path.clone(), file)),
            Err(Failure::Mistakes(text)) => mistakes.push_str(&text),
            Err(other) => return Err(other),
        }
    }
    if mistakes.is_empty() {
        Ok(files)
    } else {
        Err(Failure::Mistakes(mistakes))
    }
}

/// What every file takes for granted with its name, or the mistakes of all of them.
pub(super) fn gather<T>(
    files: &[(PathBuf, WhatIfFile)],
    read: impl Fn(&WhatIfFile) -> Result<T, crate::diagnostic::Diagnostics>,
) -> Result<Vec<(String, T)>, Failure> {
    let mut mistakes = String::new();
    let mut scenarios = Vec::new();
    for (path, file) in files {
        match read(file) {
            Ok(conditions) => scenarios.push((name(path, file), conditions)),
            Err(found) => mistakes.push_str(&found.render(colours())),
        }
    }
    if mistakes.is_empty() {
        Ok(scenarios)
    } else {
        Err(Failure::Mistakes(mistakes))
    }
}

/// The title of a what-if, or the name of its file.
fn name(path: &Path, file: &WhatIfFile) -> String {
    let stem = || {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    };
    let title = file.title.clone().or_else(stem);
    title.unwrap_or_else(|| path.display().to_string())
}

fn quantities(
    args: &WhatIfArgs,
    known: &crate::tournament::Tournament,
) -> Result<Vec<Quantity>, Failure> {
    if args.quantity.is_empty() {
        return Ok(vec![Quantity::Title]);
    }
    let quantities = args.quantity.iter();
    let quantities = quantities.map(|text| Quantity::parse(text, known));
    quantities.collect::<Result<_, _>>().map_err(Failure::input)
}
