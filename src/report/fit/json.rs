//! A fitted goal model as JSON, in full precision.

use super::{FitReport, estimated_deviations};
use crate::goals::{self, WithInterval};
use crate::report::about::to_json;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    as_of: &'a str,
    model: Model<'a>,
    data: Data<'a>,
    fit: Fit<'a>,
    coefficients: Vec<Coefficient>,
    clubs: Vec<Club<'a>>,
}

#[derive(Serialize)]
struct Model<'a> {
    name: &'a str,
    title: &'a str,
    distribution: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    distribution_number: Option<f64>,
    /// Prior standard deviations that were estimated.
    estimated_deviations: Vec<Deviation>,
}

#[derive(Serialize)]
struct Deviation {
    term: String,
    standard_deviation: f64,
}

#[derive(Serialize)]
struct Data<'a> {
    fingerprint: &'a str,
    training_matches: usize,
    current_matches: usize,
}

#[derive(Serialize)]
struct Fit<'a> {
    log_likelihood: f64,
    effective_parameters: f64,
    akaike: f64,
    newton_steps: usize,
    warnings: &'a [String],
}

#[derive(Serialize)]
pub(in crate::report) struct Coefficient {
    term: String,
    level: Option<String>,
    estimate: f64,
    standard_deviation: f64,
    interval_95: [f64; 2],
}

#[derive(Serialize)]
struct Club<'a> {
    code: &'a str,
    name: &'a str,
    goals_for: Number,
    goals_against: Number,
    win: Number,
}

#[derive(Serialize)]
struct Number {
    estimate: f64,
    interval_95: [f64; 2],
}

impl From<goals::Coefficient> for Coefficient {
    fn from(found: goals::Coefficient) -> Self {
        Self {
            interval_95: found.interval(),
            term: found.term,
            level: found.level,
            estimate: found.estimate,
            standard_deviation: found.standard_deviation,
        }
    }
}

impl From<WithInterval> for Number {
    fn from(number: WithInterval) -> Self {
        Self {
            estimate: number.estimate,
            interval_95: [number.low, number.high],
        }
    }
}

/// The whole document; clubs as in the text, against an average club on neutral ground.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(report: &FitReport) -> String {
    let (model, summary) = (report.model, report.model.summary());
    let distribution = model.distribution();
    let coefficients = model.coefficients().into_iter().map(Coefficient::from);
    let clubs = model.ratings().into_iter().map(|rating| Club {
        code: &report.tournament.club(rating.club).code,
        name: &report.tournament.club(rating.club).name,
        goals_for: rating.goals_for.into(),
        goals_against: rating.goals_against.into(),
        win: rating.win.into(),
    });
    let deviations = estimated_deviations(model).map(|(term, standard_deviation)| Deviation {
        term,
        standard_deviation,
    });
    let document = Document {
        tournament: &report.tournament.id,
        as_of: report.as_of,
        model: Model {
            name: &model.specification().name,
            title: &model.specification().title,
            distribution: distribution.choice().word(),
            distribution_number: distribution.number(),
            estimated_deviations: deviations.collect(),
        },
        data: Data {
            fingerprint: report.fingerprint,
            training_matches: summary.training_matches,
            current_matches: summary.current_matches,
        },
        fit: Fit {
            log_likelihood: summary.log_likelihood,
            effective_parameters: summary.effective_parameters,
            akaike: summary.akaike(),
            newton_steps: summary.steps,
            warnings: &summary.warnings,
        },
        coefficients: coefficients.collect(),
        clubs: clubs.collect(),
    };
    to_json(&document)
}
