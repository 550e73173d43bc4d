//! `cupcast what-if` of a cup: scenarios side by side with the forecast without them.

use super::forecast::compare;
use super::{Named, instant, model, runs_of};
use crate::cli::Failure;
use crate::cli::conditions::check_cup;
use crate::cli::output::Format;
use crate::cli::setting::TournamentArgs;
use crate::cli::what_if::{WhatIfArgs, gather};
use crate::conditions::WhatIf;
use crate::conditions::file::WhatIfFile;
use crate::cup::Cup;
use crate::diagnostic::nearest;
use crate::report::about::to_json;
use crate::report::cup::{CupAbout, CupScenarios};
use crate::tournament::either;
use std::path::PathBuf;

/// Compares the scenarios of files.
pub(crate) fn what_if(
    found: &Named,
    named: &TournamentArgs,
    files: &[(PathBuf, WhatIfFile)],
    args: &WhatIfArgs,
) -> Result<(), Failure> {
    if args.exact {
        return Err(Failure::input(
            "--exact is not there for cups of format 2; leave it out to simulate",
        ));
    }
    let full = &found.cup;
    check_cup(full, named.name(), files)?;
    let (instant, notes) = instant(full, named, true)?;
    let baseline = model::outlook(full, instant, &args.model)?;
    let milestones = milestones(&args.quantity, full)?;
    let scenarios: Vec<(String, WhatIf)> = gather(files, |file| file.what_if(baseline.known()))?;
    let mut names = Vec::new();
    let mut outlooks = Vec::new();
    for ((name, what_if), (path, _)) in scenarios.into_iter().zip(files) {
        let outlook = model::outlook(full, instant, &args.model)?;
        let outlook = outlook.under(what_if);
        outlooks
            .push(outlook.map_err(|error| Failure::input(format!("{}: {error}", path.display())))?);
        names.push(name);
    }
    let inputs = found.files.iter().chain(files.iter().map(|(path, _)| path));
    let inputs: Vec<PathBuf> = inputs.cloned().collect();
    let output = args.output.open(&inputs)?;
    let runs = runs_of(&args.simulation);
    let Some(comparison) = compare(&outlooks, runs)? else {
        return Err(Failure::input(
            "there is no what-if file; name at least one",
        ));
    };
    let about = CupAbout {
        outlook: &baseline,
        runs: runs.runs,
        seed: runs.seed,
        notes: &notes,
    };
    let shown = CupScenarios {
        about: &about,
        names: &names,
        outlooks: &outlooks,
        comparison: &comparison,
        milestones: &milestones,
        most: args.top,
        width: output.width(),
    };
    let text = match output.format {
        Format::Text => shown.text(),
        Format::Json => to_json(&shown.document()),
        Format::Csv => shown.csv(),
    };
    output.write(&text)
}

/// The positions of the milestones that are asked for by key: the title if none are, or the last one.
fn milestones(asked: &[String], cup: &Cup) -> Result<Vec<usize>, Failure> {
    let all = cup.format().milestones();
    let position = |key: &str| all.iter().position(|milestone| milestone.key == key);
    if asked.is_empty() {
        let usual = position("title").or(all.len().checked_sub(1));
        return Ok(usual.into_iter().collect());
    }
    let keys = || all.iter().map(|milestone| milestone.key.as_str());
    let find = |text: &String| {
        let key = text.trim().to_lowercase();
        position(&key).ok_or_else(|| {
            let way_out = if let Some(near) = nearest(&key, keys()) {
                format!("did you mean `{near}`?")
            } else {
                let keys: Vec<String> = keys().map(|key| format!("`{key}`")).collect();
                format!("write {}", either(&keys))
            };
            Failure::input(format!(
                "`{text}` is no milestone of {}; {way_out}",
                cup.id()
            ))
        })
    };
    asked.iter().map(find).collect()
}
