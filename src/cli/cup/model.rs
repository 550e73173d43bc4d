//! Which goal model a cup is asked with: the best for it, one by name or file, or a table of rates.

use super::Named;
use crate::cli::form::{Form, Format};
use crate::cli::model::{DEFAULT_MODEL, ModelArgs};
use crate::cli::setting::TournamentArgs;
use crate::cli::{Failure, output};
use crate::cup::{Cup, Instant};
use crate::goals::{self, Chosen, Family, RateTable, family_names, model_names};
use crate::outlook::Outlook;
use crate::report::cup::{self as reports, CupFit};
use crate::text_file;
use std::path::Path;

/// A cup as of a moment with the goal model that the options choose.
pub(crate) fn outlook(full: &Cup, instant: Instant, args: &ModelArgs) -> Result<Outlook, Failure> {
    let chosen = choose(&full.known_at(instant), instant, args)?;
    Ok(Outlook::by(full, instant, chosen))
}

/// `cupcast fit` of a cup: what its goal model has learned.
pub(crate) fn fit(
    found: &Named,
    named: &TournamentArgs,
    args: &ModelArgs,
    format: Format,
) -> Result<(), Failure> {
    let full = &found.cup;
    let (instant, _) = super::instant(full, named, true)?;
    let known = full.known_at(instant);
    let chosen = choose(&known, instant, args)?;
    let Some(fitted) = &chosen.fitted else {
        let message = "there is nothing to fit in a table of rates; `cupcast rates` prints it";
        return Err(Failure::input(message));
    };
    let fit = CupFit {
        cup: &known,
        as_of: &full.instant_key(instant),
        moment: &full.instant_words(instant),
        model: &chosen.words,
        fitted,
        warnings: &chosen.warnings,
    };
    let text = match format {
        Format::Text => reports::fit_text(&fit),
        Format::Json => reports::fit_json(&fit),
        Format::Csv => reports::fit_csv(&fit),
    };
    output::print(format.shown(&text, false).as_bytes())
}

fn choose(known: &Cup, instant: Instant, args: &ModelArgs) -> Result<Chosen, Failure> {
    if let Some(path) = &args.rates {
        let table = RateTable::open(path, known.clubs())?;
        return Ok(Chosen {
            model: Box::new(table),
            words: format!("rates of {}", path.display()),
            warnings: Vec::new(),
            fitted: None,
        });
    }
    if args.fitted.is_some() {
        let message = "--fitted has models that `cupcast fit` saved for tournaments of format 1; a cup of format 2 is fitted \
                       whenever it is asked, so leave the option out, or give rates with --rates";
        return Err(Failure::input(message));
    }
    let chosen = if args.model == DEFAULT_MODEL {
        goals::default_for(known, instant)
    } else {
        family(&args.model)?.for_cup(known, instant)
    };
    chosen.map_err(Failure::input)
}

/// The model with a name, or in a file.
fn family(name: &str) -> Result<Family, Failure> {
    if let Some(family) = Family::bundled(name) {
        return Ok(family);
    }
    let choices = || family_names().collect::<Vec<_>>().join(", ");
    if model_names().any(|known| known == name) {
        return Err(Failure::input(format!(
            "the goal model `{name}` is for tournaments of format 1; for this cup write one of {}, or a path to a .toml file of \
             format 2",
            choices()
        )));
    }
    let path = Path::new(name);
    let is_path = path.extension().is_some_and(|end| end == "toml") || path.exists();
    if !is_path {
        return Err(Failure::input(format!(
            "there is no goal model `{name}`; write one of {}, or a path to a .toml file",
            choices()
        )));
    }
    let text = text_file::read(path).map_err(Failure::input)?;
    Family::read(&text).map_err(|why| Failure::input(format!("{name}: {why}")))
}
