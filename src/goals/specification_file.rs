//! Reads a goal model's specification from TOML, with every mistake in place.

use super::distribution::DistributionChoice;
use super::specification::{Specification, Term, TermKind};
use super::term_file::{TermForm, in_range, read_term};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use crate::text_file::{Kind, Wanted};
use crate::tournament::file::something_else;
use crate::tournament::file::walk::unfit_texts;
use crate::tournament::{Edition, plain_name};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;
use toml::de::DeTable;
use toml::{Spanned, Value};

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    format: Spanned<i64>,
    name: Spanned<String>,
    #[serde(default)]
    title: String,
    distribution: Option<Spanned<Value>>,
    half_life_days: Option<Spanned<f64>>,
    training: Option<Vec<String>>,
    #[serde(default)]
    term: Vec<Spanned<TermForm>>,
}

/// The half-life of a match, in days: from a day to centuries.
const HALF_LIFE: RangeInclusive<f64> = 1.0..=100_000.0;

/// Reads a specification. Ratings files are looked for beside it, in `folder`.
///
/// # Errors
/// What is wrong with it, and where.
///
/// # Panics
/// Never: what cannot be read leaves a mistake behind.
pub fn read_specification(
    name: &str,
    text: &str,
    folder: &Path,
) -> Result<Specification, Diagnostics> {
    let mut problems = Vec::new();
    if let Some(kind) = mistaken(text) {
        let found = vec![something_else(kind, Wanted::GoalModel, text)];
        return Err(Diagnostics::new(name, text, found).expect("one mistake"));
    }
    let (document, _) = DeTable::parse_recoverable(text);
    problems.extend(unfit_texts(document.get_ref()));
    let specification = match toml::from_str::<FileForm>(text) {
        Ok(form) => convert(&form, folder, &mut problems),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            problems.push(
                Diagnostic::error(span, error.message().trim_end().to_owned())
                    .help("models/goal-models/README.md describes every key"),
            );
            None
        }
    };
    match (Diagnostics::new(name, text, problems), specification) {
        (Some(problems), _) => Err(problems),
        (None, specification) => {
            Ok(specification.expect("what cannot be read leaves a mistake behind"))
        }
    }
}

/// What a text is that is plainly no goal model.
fn mistaken(text: &str) -> Option<Kind> {
    let of_keys = || {
        let document: toml::Table = text.parse().ok()?;
        Kind::of_keys(|key| document.contains_key(key), Wanted::GoalModel)
    };
    Kind::of_text(text, Wanted::GoalModel).or_else(of_keys)
}

/// Checks that some club is from each zone that a specification names as a reference; it has been read before. Where no
/// club is from any zone, nobody differs by it.
pub(super) fn check_references(
    name: &str,
    text: &str,
    editions: &[&Edition],
) -> Result<(), Diagnostics> {
    let clubs = editions.iter().flat_map(|edition| &edition.clubs);
    let zones: BTreeSet<&str> = clubs.filter_map(|club| club.zone.as_deref()).collect();
    let zones: Vec<&str> = zones.into_iter().collect();
    let Ok(form) = toml::from_str::<FileForm>(text) else {
        return Ok(());
    };
    let references = form
        .term
        .iter()
        .filter_map(|term| term.get_ref().reference.as_ref());
    let is_there = |zone: &str| {
        let mut names = zones.iter();
        names.any(|known| plain_name(known) == plain_name(zone))
    };
    let idle = references.filter(|zone| !zones.is_empty() && !is_there(zone.get_ref()));
    let problems = idle.map(|zone| unknown(zone.span(), "zone", zone.get_ref(), &zones));
    Diagnostics::new(name, text, problems.collect()).map_or(Ok(()), Err)
}

/// The specification a file means; whatever is wrong goes to `problems`.
fn convert(
    form: &FileForm,
    folder: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Option<Specification> {
    if *form.format.get_ref() != 1 {
        problems.push(
            Diagnostic::error(form.format.span(), "this version reads format 1 only")
                .help("write `format = 1`"),
        );
    }
    let half_life_days = form.half_life_days.as_ref().and_then(|days| {
        let example = "`half_life_days = 1000`, or leave it out to count all matches alike";
        keep(
            in_range(days, "a half-life in days", HALF_LIFE, example),
            problems,
        )
    });
    let distribution = match &form.distribution {
        None => Some(DistributionChoice::IndependentPoisson),
        Some(written) => keep(read_distribution(written), problems),
    };
    let mut terms: Vec<Term> = Vec::new();
    for written in &form.term {
        if let Some(term) = keep(read_term(written.get_ref(), &form.term, folder), problems) {
            if terms.iter().any(|other| other.name() == term.name()) {
                let message = format!("the term `{}` is there twice", term.name());
                problems.push(
                    Diagnostic::error(written.get_ref().kind.span(), message).help("leave one out"),
                );
            }
            terms.push(term);
        }
    }
    if terms.iter().all(|term| term.kind != TermKind::Level) && problems.is_empty() {
        problems.push(
            Diagnostic::error(form.name.span(), "a goal model needs a term `level`")
                .help("add `[[term]]` with `kind = \"level\"` and `sd = 3.0`"),
        );
    }
    Some(Specification {
        name: form.name.get_ref().clone(),
        title: form.title.clone(),
        terms,
        distribution: distribution?,
        half_life_days,
        training: form.training.clone(),
    })
}

/// A value, or its mistake on the list.
fn keep<T>(found: Result<T, Diagnostic>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    found.map_err(|problem| problems.push(problem)).ok()
}

/// An unknown word among some that are known.
pub(super) fn unknown(span: Span, what: &str, written: &str, choices: &[&str]) -> Diagnostic {
    let help = match nearest(written, choices.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it may be: {}", choices.join(", ")),
    };
    Diagnostic::error(span, format!("there is no {what} `{written}`")).help(help)
}

/// The score distribution: its word, or a table with its word and its number.
fn read_distribution(written: &Spanned<Value>) -> Result<DistributionChoice, Diagnostic> {
    let choices = [
        DistributionChoice::IndependentPoisson,
        DistributionChoice::DixonColes(None),
        DistributionChoice::BivariatePoisson(None),
        DistributionChoice::NegativeBinomial(None),
    ];
    let words = choices.map(DistributionChoice::word);
    let wrong = |message: String| {
        let help = "write such as `distribution = \"dixon-coles\"`, \
                    or with its number `distribution = { kind = \"dixon-coles\", rho = -0.05 }`";
        Diagnostic::error(written.span(), message).help(help)
    };
    let empty = toml::Table::new();
    let (word, table) = match written.get_ref() {
        Value::String(word) => (word.as_str(), &empty),
        Value::Table(table) => {
            let kind = table.get("kind").and_then(Value::as_str);
            let missing = || wrong("a distribution's table needs the key `kind`".to_owned());
            (kind.ok_or_else(missing)?, table)
        }
        _ => return Err(wrong("a distribution is a word or a table".to_owned())),
    };
    let Some(position) = words.iter().position(|known| *known == word) else {
        return Err(unknown(written.span(), "score distribution", word, &words));
    };
    let choice = choices[position];
    let number_word = choice.number_word();
    let strange = table
        .keys()
        .find(|key| *key != "kind" && Some(key.as_str()) != number_word);
    if let Some(key) = strange {
        return Err(wrong(format!(
            "the distribution `{word}` has no number `{key}`"
        )));
    }
    let Some(number) = number_word.and_then(|key| table.get(key)) else {
        return Ok(choice);
    };
    let number = number
        .as_float()
        .or_else(|| number.as_integer().map(|whole| whole as f64));
    choice
        .with_number(number.unwrap_or(f64::NAN))
        .ok_or_else(|| {
            let (low, high) = choice.range();
            wrong(format!(
                "the number of `{word}` lies between {low} and {high}"
            ))
        })
}
