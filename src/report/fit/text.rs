//! A fitted goal model as a page for people.

use super::super::number::open_percent;
use super::{FitReport, estimated_deviations};
use crate::goals::{FittedModel, TermKind};
use std::fmt::Write;

/// The whole page, at most 80 columns wide but for warnings.
///
/// # Panics
/// Never: writing to memory does not fail.
pub fn text(report: &FitReport) -> String {
    let mut text = heading(report);
    text += &coefficients(report.model);
    text += &ratings(report);
    text
}

/// What was fitted to what, and how well.
fn heading(report: &FitReport) -> String {
    let (tournament, model) = (report.tournament, report.model);
    let (specification, summary) = (model.specification(), model.summary());
    let distribution = model.distribution();
    let number = distribution.number().map_or(String::new(), |number| {
        let word = distribution.choice().number_word().unwrap_or("number");
        format!(", {word} {number:.4}")
    });
    let mut lines = vec![
        format!("{} {}", tournament.competition, tournament.edition),
        format!("as of     {}", report.moment),
        format!("model     {}: {}", specification.name, specification.title),
        format!("goals     {}{number}", distribution.choice().word()),
        format!(
            "matches   {} of earlier editions, {} of this one; data {}",
            summary.training_matches, summary.current_matches, report.fingerprint
        ),
        format!(
            "fit       log likelihood {:.2}, {:.1} effective coefficients",
            summary.log_likelihood, summary.effective_parameters
        ),
        format!(
            "          Akaike's criterion {:.2}, {} Newton step{}",
            summary.akaike(),
            summary.steps,
            if summary.steps == 1 { "" } else { "s" }
        ),
    ];
    for (term, deviation) in estimated_deviations(model) {
        lines.push(format!(
            "variance  standard deviation of {term}: {deviation:.3}, estimated on earlier editions"
        ));
    }
    lines.extend(
        summary
            .warnings
            .iter()
            .map(|warning| format!("warning   {warning}")),
    );
    lines.join("\n") + "\n"
}

/// The table of coefficients; effects of single clubs are in their ratings.
fn coefficients(model: &FittedModel) -> String {
    let is_club = |name: &str| {
        let mut terms = model.specification().terms.iter();
        terms.any(|term| {
            term.name() == name && matches!(term.kind, TermKind::ClubEdition | TermKind::Club)
        })
    };
    let all = model.coefficients();
    let shown: Vec<_> = all.iter().filter(|found| !is_club(&found.term)).collect();
    let mut text = format!(
        "\n{:<36}{:>9}{:>8}{:>19}\n",
        "coefficient (log goals)", "estimate", "sd", "95% interval"
    );
    for found in &shown {
        let level = found.level.as_deref().unwrap_or("");
        let [low, high] = found.interval();
        writeln!(
            text,
            "{:<36}{:>9.3}{:>8.3}{:>10.3}{:>9.3}",
            format!("{} {level}", found.term).trim_end(),
            found.estimate,
            found.standard_deviation,
            low,
            high
        )
        .expect("memory can be written");
    }
    let hidden = all.len() - shown.len();
    if hidden > 0 {
        let line =
            format!("and {hidden} effects of single clubs, which the ratings below include\n");
        text.push_str(&line);
    }
    text
}

/// The table of clubs.
fn ratings(report: &FitReport) -> String {
    let mut text = format!(
        "\nagainst an average club of this edition on neutral ground (95% intervals)\n\
         {:<24}{:>17}{:>18}{:>20}\n",
        "club", "goals for", "goals against", "win"
    );
    for rating in report.model.ratings() {
        let goals = |number: crate::goals::WithInterval| {
            format!(
                "{:.2} ({:.2}-{:.2})",
                number.estimate, number.low, number.high
            )
        };
        let win = format!(
            "{} ({}-{})",
            open_percent(rating.win.estimate),
            open_percent(rating.win.low).trim_end_matches('%'),
            open_percent(rating.win.high).trim_end_matches('%')
        );
        writeln!(
            text,
            "{:<24}{:>17}{:>18}{win:>20}",
            report.tournament.club(rating.club).name,
            goals(rating.goals_for),
            goals(rating.goals_against),
        )
        .expect("memory can be written");
    }
    text
}
