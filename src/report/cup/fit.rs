//! What the goal model of a cup has learned, as text, JSON and CSV: its effects with their uncertainty, and the strengths of clubs.

use crate::cup::Cup;
use crate::goals::Fitted;
use crate::report::about::to_json;
use crate::report::fit::Coefficient;
use crate::report::number::figure;
use crate::report::rows::Rows;
use serde::Serialize;
use std::fmt::Write;

/// A fitted model and what it was fitted for.
pub struct CupFit<'a> {
    /// The cup.
    pub cup: &'a Cup,
    /// The moment as the command line calls it.
    pub as_of: &'a str,
    /// The moment in words.
    pub moment: &'a str,
    /// The model in words.
    pub model: &'a str,
    /// What it has learned.
    pub fitted: &'a Fitted,
    /// What a reader should know.
    pub warnings: &'a [String],
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    tournament: &'a str,
    as_of: &'a str,
    model: &'a str,
    matches: usize,
    team_deviation: Option<f64>,
    warnings: &'a [String],
    coefficients: Vec<Coefficient>,
    clubs: Vec<ClubForm<'a>>,
}

#[derive(Serialize)]
struct ClubForm<'a> {
    code: &'a str,
    name: &'a str,
    strength: f64,
    openness: f64,
    standard_deviation: Option<f64>,
}

/// The whole document.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(fit: &CupFit<'_>) -> String {
    let coefficients = fit.fitted.coefficients().into_iter().map(Coefficient::from);
    let clubs = fit.fitted.strengths().into_iter().map(|found| ClubForm {
        code: &fit.cup.club(found.club).code,
        name: &fit.cup.club(found.club).name,
        strength: found.strength,
        openness: found.openness,
        standard_deviation: found.deviation,
    });
    let document = Document {
        format: 2,
        tournament: fit.cup.id(),
        as_of: fit.as_of,
        model: fit.model,
        matches: fit.fitted.matches(),
        team_deviation: fit.fitted.team_deviation(),
        warnings: fit.warnings,
        coefficients: coefficients.collect(),
        clubs: clubs.collect(),
    };
    to_json(&document)
}

/// A row a club.
pub fn csv(fit: &CupFit<'_>) -> String {
    let mut rows = Rows::new(["code", "club", "strength", "openness", "standard_deviation"]);
    for found in fit.fitted.strengths() {
        let club = fit.cup.club(found.club);
        let deviation = found.deviation.map_or(String::new(), figure);
        let numbers = [figure(found.strength), figure(found.openness), deviation];
        rows.push(
            [club.code.clone(), club.name.clone()]
                .into_iter()
                .chain(numbers),
        );
    }
    rows.finish()
}

/// A page for people.
///
/// # Panics
/// Never: writing to memory does not fail.
pub fn text(fit: &CupFit<'_>) -> String {
    let cup = fit.cup;
    let mut text = format!(
        "{} {}\nas of    {}\nmodel    {}\n",
        cup.competition(),
        cup.edition(),
        fit.moment,
        fit.model
    );
    if let Some(deviation) = fit.fitted.team_deviation() {
        writeln!(
            text,
            "teams    differ by a standard deviation of {deviation:.3} before their results"
        )
        .expect("memory can be written");
    }
    for warning in fit.warnings {
        writeln!(text, "warning  {warning}").expect("memory can be written");
    }
    let head = "effect (log goals)";
    writeln!(
        text,
        "\n{head:<36}{:>9}{:>8}{:>19}",
        "estimate", "sd", "95% interval"
    )
    .expect("memory can be written");
    for found in fit.fitted.coefficients() {
        let name = [Some(found.term.as_str()), found.level.as_deref()];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let [low, high] = found.interval();
        writeln!(
            text,
            "{name:<36}{:>9.3}{:>8.3}{low:>10.3}{high:>9.3}",
            found.estimate, found.standard_deviation
        )
        .expect("memory can be written");
    }
    writeln!(
        text,
        "\n{:<36}{:>9}{:>8}{:>10}",
        "club", "strength", "sd", "openness"
    )
    .expect("memory can be written");
    for found in fit.fitted.strengths() {
        let deviation = found
            .deviation
            .map_or("-".to_owned(), |deviation| format!("{deviation:.3}"));
        writeln!(
            text,
            "{:<36}{:>9.3}{deviation:>8}{:>10.3}",
            cup.club(found.club).name,
            found.strength,
            found.openness
        )
        .expect("memory can be written");
    }
    text
}
