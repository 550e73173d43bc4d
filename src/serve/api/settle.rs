//! Enters what is taken for granted into a tournament, so that tables and bracket show it as played.

use crate::conditions::{Conditions, Fix};
use crate::ids::{ClubId, RoundId, TieId};
use crate::knockout::BracketState;
use crate::tournament::{PlayedLeg, Score, Tournament};

/// A knockout result that counts wherever these clubs meet.
struct Result {
    round: RoundId,
    home: ClubId,
    away: ClubId,
    /// The leg (counted from 1) it has to be; any if `None`.
    leg: Option<u8>,
    score: Score,
}

/// The tournament with the fixed results entered as if they were known.
///
/// As in a forecast, a fix overrides a known result, and a knockout result, fixed or known, counts in
/// the tie in which these clubs meet at this ground, if there is one.
pub(super) fn settle(tournament: &Tournament, conditions: &Conditions) -> Tournament {
    let mut settled = tournament.clone();
    let mut results = Vec::new();
    for fix in &conditions.fixes {
        match *fix {
            Fix::Group { fixture, goals } => {
                settled.fixtures[fixture.index()].result = Some(goals);
            }
            Fix::Leg {
                round,
                home,
                away,
                leg,
                score,
            } => results.push(Result {
                round,
                home,
                away,
                leg,
                score,
            }),
        }
    }
    results.extend(known_results(tournament));
    for tie in &mut settled.bracket.ties {
        for leg in &mut tie.legs {
            leg.played = None;
        }
    }
    // A tie comes after those that feed it, so its clubs are known by the time it is looked at.
    for index in 0..settled.bracket.ties.len() {
        enter_legs(&mut settled, TieId::new(index), &results);
    }
    settled
}

/// The knockout results that are known, fixed or not.
fn known_results(tournament: &Tournament) -> impl Iterator<Item = Result> {
    tournament.bracket.ties.iter().flat_map(|tie| {
        let legs = tie.legs.iter().enumerate();
        legs.filter_map(|(index, leg)| {
            let played = leg.played?;
            Some(Result {
                round: tie.round,
                home: played.home,
                away: played.away,
                leg: Some(index as u8 + 1),
                score: played.score,
            })
        })
    })
}

/// Enters the results of one tie, if its clubs are known; the first that fits counts.
fn enter_legs(tournament: &mut Tournament, id: TieId, results: &[Result]) {
    let state = BracketState::of(tournament).tie(id).clone();
    let round = tournament.bracket.tie(id).round;
    if state.pair().is_none() {
        return;
    }
    for index in 0..tournament.bracket.tie(id).legs.len() {
        let (Some(home), Some(away)) = (state.host(index), state.guest(index)) else {
            continue;
        };
        let fits = |result: &&Result| {
            let leg_fits = result.leg.is_none_or(|leg| usize::from(leg) == index + 1);
            (result.round, result.home, result.away) == (round, home, away) && leg_fits
        };
        let found = results.iter().find(fits);
        tournament.bracket.ties[id.index()].legs[index].played = found.map(|result| PlayedLeg {
            home,
            away,
            score: result.score,
            awarded: false,
        });
    }
}
