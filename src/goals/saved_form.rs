//! The form of a saved model's file, and how a model becomes it and comes out of it.

use super::cholesky::Envelope;
use super::design::{ClubForms, Parameter};
use super::distribution::DistributionChoice;
use super::fitted::{FitSummary, FittedModel, Strengths};
use super::saved::{MAGIC, SavedModel, VERSION};
use super::saved_check::{Damage, checksums};
use super::specification::{ActsOn, Deviation, RatingColumn, Specification, Term, TermKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) file: String,
    pub(super) version: u32,
    pub(super) program: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct FileForm {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) tournament: String,
    pub(super) as_of: String,
    pub(super) fingerprint: String,
    pub(super) specification: SpecificationForm,
    pub(super) training_matches: usize,
    pub(super) current_matches: usize,
    /// The day of the last match of the earlier editions; models saved by older programs do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) trained_until: Option<String>,
    pub(super) log_likelihood: f64,
    pub(super) effective_parameters: f64,
    pub(super) steps: usize,
    pub(super) warnings: Vec<String>,
    pub(super) coefficients: Vec<CoefficientForm>,
    /// The checksum of each part; models of version 1 have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) checksums: Option<BTreeMap<String, String>>,
    /// The factor of the posterior precision, lower triangle row by row.
    pub(super) precision_factor: Vec<f64>,
    pub(super) clubs: Vec<ClubForm>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SpecificationForm {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) distribution: String,
    pub(super) number: Option<f64>,
    pub(super) half_life_days: Option<f64>,
    pub(super) training: Option<Vec<String>>,
    pub(super) terms: Vec<TermForm>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TermForm {
    pub(super) kind: String,
    pub(super) acts_on: String,
    /// The deviation of the prior; missing for none.
    pub(super) deviation: Option<f64>,
    /// The scale of the deviation's own prior, if it was estimated.
    pub(super) estimated_with_scale: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) home_advantage: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct CoefficientForm {
    pub(super) term: usize,
    pub(super) edition: Option<String>,
    pub(super) level: Option<String>,
    pub(super) estimate: f64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ClubForm {
    pub(super) code: String,
    /// (position of the coefficient, factor), as in the fields below.
    pub(super) attack: Vec<(usize, f64)>,
    pub(super) defence: Vec<(usize, f64)>,
}

impl FileForm {
    /// The form of a model.
    pub(super) fn of(saved: &SavedModel) -> Self {
        let model = &saved.model;
        let coefficients = model.parameters.iter().zip(&model.mode);
        let clubs = model.clubs.iter().zip(&model.forms);
        let form = Self {
            header: Header {
                file: MAGIC.to_owned(),
                version: VERSION,
                program: concat!("cupcast ", env!("CARGO_PKG_VERSION")).to_owned(),
            },
            tournament: saved.tournament.clone(),
            as_of: saved.as_of.clone(),
            fingerprint: saved.fingerprint.clone(),
            specification: specification_form(model),
            training_matches: model.summary.training_matches,
            current_matches: model.summary.current_matches,
            trained_until: model.summary.trained_until.map(|day| day.to_string()),
            log_likelihood: model.summary.log_likelihood,
            effective_parameters: model.summary.effective_parameters,
            steps: model.summary.steps,
            warnings: model.summary.warnings.clone(),
            coefficients: coefficients
                .map(|(parameter, estimate)| CoefficientForm {
                    term: parameter.term,
                    edition: parameter.edition.clone(),
                    level: parameter.level.clone(),
                    estimate: *estimate,
                })
                .collect(),
            checksums: None,
            precision_factor: model.factor.to_triangle(),
            clubs: clubs
                .map(|(code, forms)| ClubForm {
                    code: code.clone(),
                    attack: forms.attack.clone(),
                    defence: forms.defence.clone(),
                })
                .collect(),
        };
        Self {
            checksums: Some(checksums(&form)),
            ..form
        }
    }

    /// The model a file holds, once it has been checked.
    pub(super) fn into_model(self) -> Result<FittedModel, Damage> {
        let form = self;
        let trained_until = form.trained_until.as_ref().map(|day| day.parse());
        let trained_until = trained_until
            .transpose()
            .map_err(|_| Damage::new("summary", "`trained_until` is no day"))?;
        let unknown = || Damage::new("specification", "it has a word that no specification has");
        let terms: Option<Vec<Term>> = form.specification.terms.iter().map(term).collect();
        let terms = terms.ok_or_else(unknown)?;
        let deviations = form.specification.terms.iter();
        let deviations = deviations
            .map(|term| term.deviation.unwrap_or(f64::INFINITY))
            .collect();
        let choices = [
            DistributionChoice::IndependentPoisson,
            DistributionChoice::DixonColes(None),
            DistributionChoice::BivariatePoisson(None),
            DistributionChoice::NegativeBinomial(None),
        ];
        let word = &form.specification.distribution;
        let mut choices = choices.into_iter();
        let choice = choices.find(|choice| choice.word() == word);
        let choice = choice.ok_or_else(unknown)?;
        let choice = match (choice.number_word(), form.specification.number) {
            (None, _) => choice,
            (Some(_), number) => {
                let known = number.and_then(|number| choice.with_number(number));
                known.ok_or_else(|| {
                    let (low, high) = choice.range();
                    let fact = format!("`number` is not between {low} and {high}");
                    Damage::new("specification", fact)
                })?
            }
        };
        let size = form.coefficients.len();
        let mut parameters = Vec::new();
        let mut mode = Vec::new();
        for coefficient in form.coefficients {
            if coefficient.term >= terms.len() {
                let fact = format!("there is no term {}", coefficient.term);
                return Err(Damage::new("coefficients", fact));
            }
            parameters.push(Parameter {
                term: coefficient.term,
                edition: coefficient.edition,
                level: coefficient.level,
            });
            mode.push(coefficient.estimate);
        }
        let mut clubs = Vec::new();
        let mut forms = Vec::new();
        for club in form.clubs {
            clubs.push(club.code);
            forms.push(ClubForms {
                attack: club.attack,
                defence: club.defence,
            });
        }
        let distribution = choice.settle(&[]);
        let mut model = FittedModel {
            specification: Specification {
                name: form.specification.name,
                title: form.specification.title,
                terms,
                distribution: choice,
                half_life_days: form.specification.half_life_days,
                training: form.specification.training,
            },
            deviations,
            distribution,
            parameters,
            factor: Envelope::triangle(size, form.precision_factor)
                .ok_or_else(|| Damage::new("precision_factor", "it is no triangle"))?,
            mode,
            forms,
            clubs,
            summary: FitSummary {
                training_matches: form.training_matches,
                current_matches: form.current_matches,
                trained_until,
                log_likelihood: form.log_likelihood,
                effective_parameters: form.effective_parameters,
                steps: form.steps,
                warnings: form.warnings,
            },
            strengths: Strengths::nothing(distribution),
        };
        model.strengths = model.strengths_at(&model.mode);
        Ok(model)
    }
}

/// The specification as the file has it, its deviations and its distribution's number known.
fn specification_form(model: &FittedModel) -> SpecificationForm {
    let specification = &model.specification;
    let terms = specification
        .terms
        .iter()
        .zip(&model.deviations)
        .map(|(term, deviation)| {
            let mut form = TermForm {
                kind: kind_word(&term.kind).to_owned(),
                acts_on: match term.acts_on {
                    ActsOn::Strength => "strength",
                    ActsOn::Attack => "attack",
                    ActsOn::Defence => "defence",
                }
                .to_owned(),
                deviation: deviation.is_finite().then_some(*deviation),
                estimated_with_scale: match term.deviation {
                    Deviation::Estimated { scale } => Some(scale),
                    Deviation::Flat | Deviation::Fixed(_) => None,
                },
                reference: None,
                step: None,
                home_advantage: None,
                column: None,
            };
            match &term.kind {
                TermKind::Zone { reference } => form.reference.clone_from(reference),
                TermKind::Elo {
                    step,
                    home_advantage,
                } => (form.step, form.home_advantage) = (Some(*step), Some(*home_advantage)),
                TermKind::Column(column) => form.column = Some(column.name.clone()),
                _ => {}
            }
            form
        });
    SpecificationForm {
        name: specification.name.clone(),
        title: specification.title.clone(),
        distribution: model.distribution.choice().word().to_owned(),
        number: model.distribution.number(),
        half_life_days: specification.half_life_days,
        training: specification.training.clone(),
        terms: terms.collect(),
    }
}

/// The word for a kind of term, as in a specification file.
fn kind_word(kind: &TermKind) -> &'static str {
    match kind {
        TermKind::Level => "level",
        TermKind::Home => "home",
        TermKind::FirstLeg => "first-leg",
        TermKind::BestFinish => "best-finish",
        TermKind::Pot => "pot",
        TermKind::Zone { .. } => "zone",
        TermKind::Association => "association",
        TermKind::Club => "club",
        TermKind::ClubEdition => "club-edition",
        TermKind::Appearances => "appearances",
        TermKind::Elo { .. } => "elo",
        TermKind::Column(_) => "column",
    }
}

/// A term a file holds; the ratings of a column stay behind, since the clubs' factors hold all that is needed.
fn term(form: &TermForm) -> Option<Term> {
    let kind = match form.kind.as_str() {
        "level" => TermKind::Level,
        "home" => TermKind::Home,
        "first-leg" => TermKind::FirstLeg,
        "best-finish" => TermKind::BestFinish,
        "pot" => TermKind::Pot,
        "zone" => TermKind::Zone {
            reference: form.reference.clone(),
        },
        "association" => TermKind::Association,
        "club" => TermKind::Club,
        "club-edition" => TermKind::ClubEdition,
        "appearances" => TermKind::Appearances,
        "elo" => TermKind::Elo {
            step: form.step?,
            home_advantage: form.home_advantage?,
        },
        "column" => TermKind::Column(RatingColumn {
            name: form.column.clone()?,
            ..RatingColumn::default()
        }),
        _ => return None,
    };
    Some(Term {
        kind,
        acts_on: match form.acts_on.as_str() {
            "strength" => ActsOn::Strength,
            "attack" => ActsOn::Attack,
            "defence" => ActsOn::Defence,
            _ => return None,
        },
        deviation: match (form.estimated_with_scale, form.deviation) {
            (Some(scale), _) => Deviation::Estimated { scale },
            (None, Some(deviation)) => Deviation::Fixed(deviation),
            (None, None) => Deviation::Flat,
        },
    })
}
