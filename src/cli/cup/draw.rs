//! `cupcast draw` and `cupcast forecast --before-draw` of a cup.

use super::super::Failure;
use super::super::basis::BasisArgs;
use super::super::output::{Format, OutputArgs};
use super::super::progress::Bar;
use super::Named;
use crate::cup::Instant;
use crate::forecast::Progress;
use crate::pairings::{DrawOdds, before, draws, is_held, odds};
use crate::play::units::Runs;
use crate::report::about::to_json;
use crate::report::cup::draw::{self as report, CupDraws};

/// What was asked of the draws of a cup.
pub(crate) struct Asked<'a> {
    /// The moment from which they are looked at; each from before it was held if none is named.
    pub(crate) as_of: Option<&'a str>,
    /// Only pairs with this club.
    pub(crate) club: Option<&'a str>,
    /// Simulated cups, where a draw is not followed exactly.
    pub(crate) runs: Runs,
}

/// Finds the odds of every draw that says who meets whom, and writes them.
pub(crate) fn run(found: &Named, asked: &Asked<'_>, output: &OutputArgs) -> Result<(), Failure> {
    let output = output.open(&found.files)?;
    let full = &found.cup;
    let club = asked.club.map(|name| full.find_club(name)).transpose();
    let club = club.map_err(Failure::input)?;
    let instant = asked.as_of.map(|text| full.instant(text)).transpose();
    let instant = instant.map_err(Failure::input)?;
    let all = draws(full.format());
    if all.is_empty() {
        return Err(Failure::input(format!(
            "nothing is drawn in {}: its file says who plays whom; `cupcast paths` says who is likely to be met",
            full.id()
        )));
    }
    let to_come: Vec<_> = all
        .into_iter()
        .filter(|draw| instant.is_none_or(|instant| !is_held(full, *draw, instant)))
        .collect();
    if to_come.is_empty() {
        return Err(Failure::input(
            "every draw was held by then; name an earlier moment, or leave out --as-of for the odds before each",
        ));
    }
    let mut draws: Vec<DrawOdds> = Vec::new();
    for draw in to_come {
        let bar = Bar::new();
        bar.expect(asked.runs.runs);
        let instant = instant.unwrap_or_else(|| before(full.format(), draw));
        let found = odds(full, draw, instant, asked.runs, &|done| bar.done(done));
        bar.finish();
        draws.push(found.map_err(Failure::input)?);
    }
    let draws = CupDraws {
        cup: full,
        draws: &draws,
        seed: asked.runs.seed,
        club,
    };
    output.write(&match output.format {
        Format::Text => report::text(&draws, output.width()),
        Format::Json => to_json(&report::document(&draws)),
        Format::Csv => report::csv(&draws),
    })
}

/// The cup and the options of a forecast from before any draw: the start, with no draw held.
pub(crate) fn before_any(found: &Named, basis: &BasisArgs) -> Result<(Named, BasisArgs), Failure> {
    if draws(found.cup.format()).is_empty() {
        return Err(Failure::input(format!(
            "nothing is drawn in {}, so there is nothing to integrate over; leave out --before-draw",
            found.cup.id()
        )));
    }
    let undrawn = Named {
        cup: found.cup.undrawn(|_| true),
        files: found.files.clone(),
    };
    let mut basis = basis.clone();
    basis.tournament.as_of = Some(found.cup.instant_key(Instant::Start));
    Ok((undrawn, basis))
}
