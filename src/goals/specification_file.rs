//! Reads a goal model's specification from TOML, with every mistake in place.

use super::distribution::DistributionChoice;
use super::ratings;
use super::specification::{ActsOn, Deviation, Specification, Term, TermKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, nearest};
use serde::Deserialize;
use std::path::Path;
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

/// A term as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermForm {
    kind: Spanned<String>,
    sd: Spanned<Value>,
    scale: Option<Spanned<f64>>,
    acts_on: Option<Spanned<String>>,
    reference: Option<Spanned<String>>,
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

/// The scale of the Rayleigh prior of an estimated deviation, where none is written.
const USUAL_SCALE: f64 = 0.5;

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
    let half_life_days = form.half_life_days.as_ref().map(|days| {
        if *days.get_ref() <= 0.0 || !days.get_ref().is_finite() {
            problems.push(
                Diagnostic::error(days.span(), "a half-life is a number of days above zero")
                    .help("write such as `half_life_days = 1000`, or leave it out to count all matches alike"),
            );
        }
        *days.get_ref()
    });
    let distribution = match &form.distribution {
        None => Some(DistributionChoice::IndependentPoisson),
        Some(written) => keep(read_distribution(written), problems),
    };
    let mut terms: Vec<Term> = Vec::new();
    for written in &form.term {
        if let Some(term) = keep(read_term(written.get_ref(), folder), problems) {
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
fn unknown(span: Span, what: &str, written: &str, choices: &[&str]) -> Diagnostic {
    let help = match nearest(written, choices.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it may be: {}", choices.join(", ")),
    };
    Diagnostic::error(span, format!("there is no {what} `{written}`")).help(help)
}

/// One term.
fn read_term(form: &TermForm, folder: &Path) -> Result<Term, Diagnostic> {
    let kind = read_kind(form, folder)?;
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
fn read_kind(form: &TermForm, folder: &Path) -> Result<TermKind, Diagnostic> {
    let number = |written: &Option<Spanned<f64>>, key: &str, example: &str| {
        let Some(written) = written else {
            let message = format!("the term `{}` needs the key `{key}`", form.kind.get_ref());
            return Err(Diagnostic::error(form.kind.span(), message).help(format!("add {example}")));
        };
        Ok(*written.get_ref())
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
            step: number(
                &form.step,
                "step",
                "such as `step = 30.0`, in rating points",
            )?,
            home_advantage: number(
                &form.home_advantage,
                "home_advantage",
                "such as `home_advantage = 80.0`, in rating points",
            )?,
        },
        "column" => TermKind::Column(read_column(form, folder)?),
        written => return Err(unknown(form.kind.span(), "kind of term", written, &KINDS)),
    })
}

/// The ratings a column term names.
fn read_column(form: &TermForm, folder: &Path) -> Result<super::RatingColumn, Diagnostic> {
    let (Some(file), Some(column)) = (&form.file, &form.column) else {
        let message = "the term `column` needs the keys `file` and `column`";
        return Err(Diagnostic::error(form.kind.span(), message)
            .help("add such as `file = \"ratings.csv\"` and `column = \"elo\"`"));
    };
    let value = |written: &Option<Spanned<f64>>, usual: f64| {
        written.as_ref().map_or(usual, |number| *number.get_ref())
    };
    let path = folder.join(file.get_ref());
    let scale = (value(&form.center, 0.0), value(&form.unit, 1.0));
    if scale.1 == 0.0 {
        return Err(Diagnostic::error(form.kind.span(), "a unit cannot be zero")
            .help("write by how many points a rating has to differ for one step, such as `unit = 400`"));
    }
    ratings::read_column(&path, column.get_ref(), scale)
        .map_err(|error| Diagnostic::error(file.span(), error.to_string()).help(error.help()))
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
        Diagnostic::error(
            form.sd.span(),
            "a prior's deviation is a number above zero or a word",
        )
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
    match deviation {
        Deviation::Fixed(number) | Deviation::Estimated { scale: number }
            if !(number.is_finite() && number > 0.0) =>
        {
            Err(wrong())
        }
        deviation => Ok(deviation),
    }
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
