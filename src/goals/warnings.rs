//! What a reader should know of a fit: effects that no match tells of, clubs without a match.

use super::design::Design;
use super::football;
use super::specification::TermKind;
use super::training::Trained;
use crate::tournament::Edition;

/// What is odd: levels of the current edition that no match tells of, so that only the prior speaks, and clubs that Elo
/// knows nothing of.
pub(super) fn warnings(trained: &Trained, current: &Edition, design: &Design) -> Vec<String> {
    if trained.takes_football_for_granted() {
        // What follows from it need not be said for each term.
        return vec![football::warning(current)];
    }
    let mut seen = vec![false; design.parameters.len()];
    for row in &design.rows {
        for (index, _) in &row.predictor {
            seen[*index] = true;
        }
    }
    let silent = (design.past..seen.len()).filter(|index| !seen[*index]);
    let worth_saying = silent
        .map(|index| &design.parameters[index])
        .filter(|parameter| {
            // A club without a match in its edition is the normal case before the first matchday.
            !matches!(
                trained.specification.terms[parameter.term].kind,
                TermKind::ClubEdition
            )
        });
    let names = worth_saying.map(|parameter| parameter.words(&trained.specification));
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let silent = (!names.is_empty()).then(|| {
        let (whose, prior) = if names.len() == 1 {
            ("its effect is", "its prior says")
        } else {
            ("their effects are", "their priors say")
        };
        format!(
            "no known match tells of {}: {whose} 0, as uncertain as {prior}",
            names.join(", ")
        )
    });
    let unknown = newcomers(trained, current, design);
    silent.into_iter().chain(unknown).collect()
}

/// The clubs that Elo knows nothing of, if the model looks at it.
fn newcomers(trained: &Trained, current: &Edition, design: &Design) -> Option<String> {
    let mut terms = trained.specification.terms.iter();
    terms.find(|term| matches!(term.kind, TermKind::Elo { .. }))?;
    let clubs = current.clubs.iter().zip(&design.has_played);
    let names = clubs.filter(|(_, has_played)| !**has_played);
    let names: Vec<&str> = names.map(|(club, _)| club.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "no match is known of {}: taken as average by Elo",
            names.join(", ")
        )
    })
}
