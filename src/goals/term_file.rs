//! Reads one term of a goal model's specification: its kind, its prior, and the numbers of its own.

use super::ratings;
use super::specification::{ActsOn, Deviation, RatingColumn, Term, TermKind};
use super::specification_file::unknown;
use crate::csv_file::CsvError;
use crate::diagnostic::{Diagnostic, Span};
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::Path;
use toml::{Spanned, Value};

/// A term as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermForm {
    pub(super) kind: Spanned<String>,
    sd: Spanned<Value>,
    scale: Option<Spanned<f64>>,
    acts_on: Option<Spanned<String>>,
    pub(super) reference: Option<Spanned<String>>,
    step: Option<Spanned<f64>>,
    home_advantage: Option<Spanned<f64>>,
    file: Option<Spanned<String>>,
    column: Option<Spanned<String>>,
    center: Option<Spanned<f64>>,
    unit: Option<Spanned<f64>>,
}

/// Every kind of term by the word a file uses.
const KINDS: [&str; 12] = [
    "level",
    "home",
    "first-leg",
    "best-finish",
    "pot",
    "zone",
    "association",
    "club",
    "club-edition",
    "appearances",
    "elo",
    "column",
];

/// The standard deviation of a prior, and the scale of an estimated one. On the scale of the logarithm of goals 10 says nothing.
const DEVIATION: RangeInclusive<f64> = 0.001..=10.0;

/// The step of Elo ratings, in points.
const STEP: RangeInclusive<f64> = 0.1..=400.0;

/// The home advantage of Elo ratings, in points.
const HOME_ADVANTAGE: RangeInclusive<f64> = -1000.0..=1000.0;

/// What is taken off a user's ratings, in their points.
const CENTER: RangeInclusive<f64> = -1e6..=1e6;

/// What a user's ratings are divided by, in their points.
const UNIT: RangeInclusive<f64> = 0.001..=1e6;

/// The scale of the Rayleigh prior of an estimated deviation, where none is written.
const USUAL_SCALE: f64 = 0.5;

/// A number in its range.
pub(super) fn in_range(
    written: &Spanned<f64>,
    what: &str,
    range: RangeInclusive<f64>,
    example: &str,
) -> Result<f64, Diagnostic> {
    let number = *written.get_ref();
    if range.contains(&number) {
        return Ok(number);
    }
    let message = format!("{what} lies between {} and {}", range.start(), range.end());
    Err(Diagnostic::error(written.span(), message).help(format!("write such as {example}")))
}

/// One term, and all terms of its file.
pub(super) fn read_term(
    form: &TermForm,
    all: &[Spanned<TermForm>],
    folder: &Path,
) -> Result<Term, Diagnostic> {
    let kind = read_kind(form, all, folder)?;
    refuse_strange_keys(form)?;
    let acts_on = match &form.acts_on {
        None => ActsOn::Strength,
        Some(word) => read_side(word, &kind)?,
    };
    Ok(Term {
        kind,
        acts_on,
        deviation: read_deviation(form)?,
    })
}

/// The side of play a term acts on, where it says so.
fn read_side(word: &Spanned<String>, kind: &TermKind) -> Result<ActsOn, Diagnostic> {
    if kind.is_of_match() {
        let message = format!("the term `{}` is no property of a club", kind.name());
        return Err(Diagnostic::error(word.span(), message).help("leave `acts_on` out"));
    }
    match word.get_ref().as_str() {
        "strength" => Ok(ActsOn::Strength),
        "attack" => Ok(ActsOn::Attack),
        "defence" => Ok(ActsOn::Defence),
        written => {
            let choices = ["strength", "attack", "defence"];
            Err(unknown(word.span(), "side of play", written, &choices))
        }
    }
}

/// What a term depends on.
fn read_kind(
    form: &TermForm,
    all: &[Spanned<TermForm>],
    folder: &Path,
) -> Result<TermKind, Diagnostic> {
    let points = |written: &Option<Spanned<f64>>, key: &str, range, example: &str| {
        let Some(written) = written else {
            let message = format!("the term `{}` needs the key `{key}`", form.kind.get_ref());
            return Err(Diagnostic::error(form.kind.span(), message)
                .help(format!("add such as {example}, in rating points")));
        };
        in_range(
            written,
            &format!("`{key}`, in rating points,"),
            range,
            example,
        )
    };
    Ok(match form.kind.get_ref().as_str() {
        "level" => TermKind::Level,
        "home" => TermKind::Home,
        "first-leg" => TermKind::FirstLeg,
        "best-finish" => TermKind::BestFinish,
        "pot" => TermKind::Pot,
        "zone" => TermKind::Zone {
            reference: form.reference.as_ref().map(|zone| zone.get_ref().clone()),
        },
        "association" => TermKind::Association,
        "club" => TermKind::Club,
        "club-edition" => TermKind::ClubEdition,
        "appearances" => TermKind::Appearances,
        "elo" => TermKind::Elo {
            step: points(&form.step, "step", STEP, "`step = 30.0`")?,
            home_advantage: points(
                &form.home_advantage,
                "home_advantage",
                HOME_ADVANTAGE,
                "`home_advantage = 80.0`",
            )?,
        },
        "column" => TermKind::Column(read_column(form, all, folder)?),
        written => return Err(unknown(form.kind.span(), "kind of term", written, &KINDS)),
    })
}

/// The ratings a column term names.
fn read_column(
    form: &TermForm,
    all: &[Spanned<TermForm>],
    folder: &Path,
) -> Result<RatingColumn, Diagnostic> {
    let (Some(file), Some(column)) = (&form.file, &form.column) else {
        let message = "the term `column` needs the keys `file` and `column`";
        return Err(Diagnostic::error(form.kind.span(), message)
            .help("add such as `file = \"ratings.csv\"` and `column = \"elo\"`"));
    };
    let center = form
        .center
        .as_ref()
        .map(|center| in_range(center, "a center", CENTER, "`center = 1500`"));
    let unit = form.unit.as_ref().map(|unit| {
        let what = "a unit, by which ratings differ for one step,";
        in_range(unit, what, UNIT, "`unit = 400`")
    });
    let scale = (
        center.transpose()?.unwrap_or(0.0),
        unit.transpose()?.unwrap_or(1.0),
    );
    let path = folder.join(file.get_ref());
    let others = all.iter().map(Spanned::get_ref).filter_map(|other| {
        let same = other
            .file
            .as_ref()
            .is_some_and(|name| name.get_ref() == file.get_ref());
        same.then_some(other.column.as_ref()?.get_ref().as_str())
    });
    let others: Vec<&str> = others.filter(|other| other != column.get_ref()).collect();
    let found = ratings::read_column(&path, column.get_ref(), &others, scale);
    found.map_err(|error| in_ratings(file.span(), &error))
}

/// What is wrong with a ratings file, said where a specification names it.
fn in_ratings(span: Span, error: &CsvError) -> Diagnostic {
    match error {
        CsvError::Unreadable(error) => Diagnostic::error(span, error.to_string())
            .help("write a path relative to the specification's folder"),
        CsvError::Invalid(mistakes) => {
            let first = &mistakes.list()[0];
            let more = match mistakes.list().len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let (line, column) = mistakes.line_and_column(first.span.start);
            let message = format!("{}:{line}:{column}: {}{more}", mistakes.file, first.message);
            Diagnostic::error(span, message).help(first.help.clone().unwrap_or_default())
        }
    }
}

/// Refuses keys that the kind of term does not know.
fn refuse_strange_keys(form: &TermForm) -> Result<(), Diagnostic> {
    let kind = form.kind.get_ref().as_str();
    let place = |written: &Option<Spanned<f64>>| written.as_ref().map(Spanned::span);
    let text = |written: &Option<Spanned<String>>| written.as_ref().map(Spanned::span);
    let known_only_by = [
        ("reference", "zone", text(&form.reference)),
        ("step", "elo", place(&form.step)),
        ("home_advantage", "elo", place(&form.home_advantage)),
        ("file", "column", text(&form.file)),
        ("column", "column", text(&form.column)),
        ("center", "column", place(&form.center)),
        ("unit", "column", place(&form.unit)),
    ];
    let strange = known_only_by
        .into_iter()
        .find_map(|(key, owner, span)| (owner != kind).then_some((key, owner, span?)));
    strange.map_or(Ok(()), |(key, owner, span)| {
        let message = format!("the term `{kind}` has no key `{key}`, only `{owner}` has");
        Err(Diagnostic::error(span, message).help("leave it out"))
    })
}

/// The deviation of a term's prior.
fn read_deviation(form: &TermForm) -> Result<Deviation, Diagnostic> {
    let wrong = || {
        let message = format!(
            "a prior's deviation is a number from {} to {} or a word",
            DEVIATION.start(),
            DEVIATION.end()
        );
        Diagnostic::error(form.sd.span(), message)
            .help("write such as `sd = 0.5`, `sd = \"estimated\"`, or `sd = \"flat\"` for no prior")
    };
    let deviation = match form.sd.get_ref() {
        Value::Float(number) => Deviation::Fixed(*number),
        Value::Integer(number) => Deviation::Fixed(*number as f64),
        Value::String(word) if word == "flat" => Deviation::Flat,
        Value::String(word) if word == "estimated" => Deviation::Estimated {
            scale: form
                .scale
                .as_ref()
                .map_or(USUAL_SCALE, |scale| *scale.get_ref()),
        },
        _ => return Err(wrong()),
    };
    if let (Some(scale), false) = (
        &form.scale,
        matches!(deviation, Deviation::Estimated { .. }),
    ) {
        let message = "a scale belongs to an estimated deviation only";
        return Err(Diagnostic::error(scale.span(), message)
            .help("write `sd = \"estimated\"`, or leave `scale` out"));
    }
    if let Some(scale) = &form.scale {
        in_range(scale, "a prior's scale", DEVIATION, "`scale = 0.5`")?;
    }
    match deviation {
        Deviation::Fixed(number) if !DEVIATION.contains(&number) => Err(wrong()),
        deviation => Ok(deviation),
    }
}
