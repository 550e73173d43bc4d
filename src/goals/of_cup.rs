//! The goal model of a cup when nobody names one: the best that its file allows.

use super::specification::{ActsOn, Deviation, Specification, Term, TermKind};
use super::{DistributionChoice, FitError, GoalModel, fit, rated};
use crate::cup::Cup;

/// The goal model of a cup and what it is in words: by its ratings if every club has one, else fitted to its own matches.
///
/// # Errors
/// A fit that fails.
pub fn default_for(known: &Cup) -> Result<(Box<dyn GoalModel>, String), FitError> {
    let ratings: Option<Vec<f64>> = known
        .club_ids()
        .map(|club| known.number("rating", club))
        .collect();
    if let Some(ratings) = ratings {
        let words = "ratings of the file, on the scale of Elo".to_owned();
        return Ok((Box::new(rated(&ratings)), words));
    }
    let edition = known.to_edition();
    let term = |kind, deviation| Term {
        kind,
        acts_on: ActsOn::Strength,
        deviation: Deviation::Fixed(deviation),
    };
    let specification = Specification {
        name: "season".to_owned(),
        title: "The cup's own matches so far".to_owned(),
        terms: vec![
            term(TermKind::Level, 3.0),
            term(TermKind::Home, 1.0),
            term(TermKind::Club, 0.3),
        ],
        distribution: DistributionChoice::IndependentPoisson,
        half_life_days: None,
        training: None,
    };
    let words = format!(
        "fitted to the {} matches of the cup so far",
        edition.matches.len()
    );
    Ok((Box::new(fit(&specification, &[], &edition)?), words))
}
