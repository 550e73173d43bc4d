//! A fitted goal model as text, JSON and CSV: coefficients with their uncertainty, and ratings of the clubs.

mod json;
mod text;

pub(in crate::report) use json::Coefficient;
pub use json::json;
pub use text::text;

use super::number::figure;
use super::rows::Rows;
use crate::goals::{ClubRating, FittedModel};
use crate::tournament::Tournament;

/// What a report of a fit is about.
#[derive(Debug, Clone, Copy)]
pub struct FitReport<'a> {
    /// The tournament, as known at the moment.
    pub tournament: &'a Tournament,
    /// The short name of the moment, such as `md3`.
    pub as_of: &'a str,
    /// The moment in words.
    pub moment: &'a str,
    /// The model.
    pub model: &'a FittedModel,
    /// The fingerprint of the data it was fitted to.
    pub fingerprint: &'a str,
}

/// The ratings as CSV: a row a club, the strongest first.
pub fn csv(report: &FitReport) -> String {
    let mut header = vec!["code".to_owned(), "club".to_owned()];
    for name in ["goals_for", "goals_against", "win"] {
        header.extend(["", "_low", "_high"].map(|end| format!("{name}{end}")));
    }
    let mut rows = Rows::new(header);
    for rating in report.model.ratings() {
        let club = report.tournament.club(rating.club);
        let numbers = numbers(&rating).map(figure);
        let record = [club.code.clone(), club.name.clone()]
            .into_iter()
            .chain(numbers);
        rows.push(record);
    }
    rows.finish()
}

/// The nine numbers of a rating: each estimate with the ends of its interval.
fn numbers(rating: &ClubRating) -> [f64; 9] {
    let [a, b, c] = [rating.goals_for, rating.goals_against, rating.win]
        .map(|number| [number.estimate, number.low, number.high]);
    [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]]
}

/// The terms whose prior deviation was estimated, with it.
fn estimated_deviations(model: &FittedModel) -> impl Iterator<Item = (String, f64)> {
    use crate::goals::Deviation;
    let terms = model.specification().terms.iter().zip(model.deviations());
    terms
        .filter(|(term, _)| matches!(term.deviation, Deviation::Estimated { .. }))
        .map(|(term, deviation)| (term.name(), *deviation))
}
