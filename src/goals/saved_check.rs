//! Whether a saved model is as it was saved: a checksum for each part of the file, and the range of every number in it.

use super::fingerprint::Hash;
use super::fitted::FittedModel;
use super::saved_form::{FileForm, TermForm};
use crate::visible::is_hidden;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// What is wrong with a saved model, and in which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Damage {
    /// The part, by the word of [`checksums`].
    pub(super) part: &'static str,
    /// What is wrong with it.
    pub(super) fact: String,
}

impl Damage {
    pub(super) fn new(part: &'static str, fact: impl Into<String>) -> Self {
        Self {
            part,
            fact: fact.into(),
        }
    }
}

/// The parts of the file in its order, each with the key that it begins with.
pub(super) const PARTS: [(&str, &str); 6] = [
    ("origin", "tournament"),
    ("specification", "specification"),
    ("summary", "training_matches"),
    ("coefficients", "coefficients"),
    ("precision_factor", "precision_factor"),
    ("clubs", "clubs"),
];

/// A coefficient farther from zero than this makes no rates.
const ESTIMATE: RangeInclusive<f64> = -20.0..=20.0;

/// The deviations of priors, wider than a specification may ask for.
const DEVIATION: RangeInclusive<f64> = 1e-4..=1e4;

/// What a coefficient is multiplied by for a club.
const FACTOR: RangeInclusive<f64> = -1e4..=1e4;

/// The entries of the factor of the precision.
const PRECISION: RangeInclusive<f64> = -1e12..=1e12;

/// A coefficient less sure than this could be anything.
const LEAST_SURE: f64 = 100.0;

/// The checksum of each part of a file, by the word for it.
///
/// # Panics
/// Never: a form holds nothing that JSON cannot.
pub(super) fn checksums(form: &FileForm) -> BTreeMap<String, String> {
    let texts = [
        serde_json::to_string(&(&form.tournament, &form.as_of, &form.fingerprint)),
        serde_json::to_string(&form.specification),
        serde_json::to_string(&(
            (form.training_matches, form.current_matches, form.steps),
            (form.log_likelihood, form.effective_parameters),
            &form.warnings,
        )),
        serde_json::to_string(&form.coefficients),
        serde_json::to_string(&form.precision_factor),
        serde_json::to_string(&form.clubs),
    ];
    let parts = PARTS.iter().zip(texts);
    parts
        .map(|((part, _), text)| {
            let mut hash = Hash::new();
            hash.add(&text.expect("plain numbers and texts serialize"));
            ((*part).to_owned(), hash.to_string())
        })
        .collect()
}

/// Checks a form by the checksums that it carries, if its version has them, and by the ranges of its numbers.
pub(super) fn check(form: &FileForm) -> Result<(), Damage> {
    if form.header.version > 1 {
        let carried = form.checksums.clone().unwrap_or_default();
        let found = checksums(form);
        let changed = PARTS
            .iter()
            .find(|(part, _)| carried.get(*part) != found.get(*part));
        if let Some((part, _)) = changed {
            let fact = "it is not what was saved (its checksum is another)";
            return Err(Damage::new(part, fact));
        }
    }
    check_texts(form)?;
    for term in &form.specification.terms {
        check_term(term)?;
    }
    let days = form.specification.half_life_days;
    in_range("specification", "`half_life_days`", days, 1e-6..=1e9)?;
    in_range(
        "summary",
        "`log_likelihood`",
        Some(form.log_likelihood),
        -1e12..=1e-6,
    )?;
    let effective = Some(form.effective_parameters);
    in_range("summary", "`effective_parameters`", effective, -1e-6..=1e9)?;
    for coefficient in &form.coefficients {
        let what = coefficient.level.as_deref().unwrap_or("an estimate");
        in_range("coefficients", what, Some(coefficient.estimate), ESTIMATE)?;
    }
    let size = form.coefficients.len();
    let entries = form.precision_factor.len();
    if size.checked_mul(size + 1).map(|twice| twice / 2) != Some(entries) {
        let fact =
            format!("it has {entries} entries, which is no triangle for {size} coefficients");
        return Err(Damage::new("precision_factor", fact));
    }
    for entry in &form.precision_factor {
        in_range("precision_factor", "an entry", Some(*entry), PRECISION)?;
    }
    for club in &form.clubs {
        for (position, factor) in club.attack.iter().chain(&club.defence) {
            in_range("clubs", &club.code, Some(*factor), FACTOR)?;
            if *position >= size {
                let fact = format!(
                    "{} needs coefficient {position}, which is not there",
                    club.code
                );
                return Err(Damage::new("clubs", fact));
            }
        }
    }
    Ok(())
}

/// Checks what comes out of a form: every coefficient has a finite deviation, and every pairing has rates.
pub(super) fn check_model(model: &FittedModel) -> Result<(), Damage> {
    for index in 0..model.mode.len() {
        let unit = vec![(index, 1.0)];
        let deviation = model.covariance(&unit, &unit).sqrt();
        if !(deviation > 0.0 && deviation < LEAST_SURE) {
            let fact = format!(
                "it gives {} a standard deviation of {deviation}",
                model.parameters[index].words(&model.specification)
            );
            return Err(Damage::new("precision_factor", fact));
        }
    }
    match model.strengths.beyond_rates() {
        None => Ok(()),
        Some((home, away, error)) => {
            let [home, away] = [home, away].map(|club| &model.clubs[club.index()]);
            let fact = format!("{home} at home to {away} would have {error}");
            Err(Damage::new("coefficients", fact))
        }
    }
}

/// Checks the numbers of a term.
fn check_term(term: &TermForm) -> Result<(), Damage> {
    let numbers = [
        ("`deviation`", term.deviation, DEVIATION),
        (
            "`estimated_with_scale`",
            term.estimated_with_scale,
            DEVIATION,
        ),
        ("`step`", term.step, -1e4..=1e4),
        ("`home_advantage`", term.home_advantage, -1e4..=1e4),
    ];
    let mut numbers = numbers.into_iter();
    numbers.try_for_each(|(what, number, range)| in_range("specification", what, number, range))
}

/// Checks a number, if it is there.
fn in_range(
    part: &'static str,
    what: &str,
    number: Option<f64>,
    range: RangeInclusive<f64>,
) -> Result<(), Damage> {
    match number {
        Some(number) if !range.contains(&number) => {
            let (low, high) = (range.start(), range.end());
            let fact = format!("{what} has {number}, which is not between {low} and {high}");
            Err(Damage::new(part, fact))
        }
        _ => Ok(()),
    }
}

/// Checks that every text can be printed as it is.
fn check_texts(form: &FileForm) -> Result<(), Damage> {
    let specification = &form.specification;
    let of_terms = specification.terms.iter().flat_map(|term| {
        [
            Some(&term.kind),
            term.reference.as_ref(),
            term.column.as_ref(),
        ]
    });
    let training = specification.training.iter().flatten().map(Some);
    let of_coefficients = form.coefficients.iter();
    let of_coefficients =
        of_coefficients.flat_map(|found| [found.edition.as_ref(), found.level.as_ref()]);
    let origin = [&form.tournament, &form.as_of, &form.fingerprint].map(Some);
    let named = [&specification.name, &specification.title].map(Some);
    let all = origin
        .into_iter()
        .map(|text| ("origin", text))
        .chain(
            named
                .into_iter()
                .chain(of_terms)
                .chain(training)
                .map(|text| ("specification", text)),
        )
        .chain(form.warnings.iter().map(|text| ("summary", Some(text))))
        .chain(of_coefficients.map(|text| ("coefficients", text)))
        .chain(form.clubs.iter().map(|club| ("clubs", Some(&club.code))));
    for (part, text) in all {
        if text.is_some_and(|text| text.chars().any(is_hidden)) {
            let fact = "a text in it holds a character that cannot be seen";
            return Err(Damage::new(part, fact));
        }
    }
    Ok(())
}
