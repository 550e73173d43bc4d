//! Knockout legs: how likely each result is when two clubs meet, and who goes on after it.

use super::split;
use crate::exact::bracket::TieOdds;
use crate::exact::tie;
use crate::ids::{ClubId, RoundId};
use crate::playbook::Playbook;
use crate::tournament::MatchResult;
use crate::tournament::{SecondLegHost, Tie};
use rayon::prelude::*;

/// The odds of every pairing given the result of one of its legs.
pub(super) struct LegOdds {
    clubs: usize,
    /// `[first leg, last leg][result]`.
    given: [[Given; 3]; 2],
}

/// What is known once a leg has ended with a result.
struct Given {
    /// For each round `result[host * clubs + guest]`: the probability of the result when these two meet.
    result: Vec<Vec<f64>>,
    /// Who goes on after it.
    ties: TieOdds,
}

impl LegOdds {
    /// Solves every pairing of all clubs.
    pub(super) fn new(playbook: &Playbook) -> Self {
        let clubs: Vec<ClubId> = (0..playbook.clubs).map(ClubId::new).collect();
        let given: Vec<Given> = (0..6)
            .into_par_iter()
            .map(|case| Given::new(playbook, &clubs, case / 3, MatchResult::ALL[case % 3]))
            .collect();
        let mut given = given.into_iter();
        let mut three = || std::array::from_fn(|_| given.next().expect("there are six cases"));
        Self {
            clubs: playbook.clubs,
            given: [three(), three()],
        }
    }

    /// For the first of two clubs that meet in a tie, given their seeds (counted from 1): the probability of the
    /// result of a leg, and that the first club goes on after it.
    pub(super) fn of(
        &self,
        tie: &Tie,
        leg: usize,
        result: usize,
        first: (ClubId, u8),
        second: (ClubId, u8),
    ) -> (f64, f64) {
        let is_last = leg + 1 == tie.legs.len();
        let given = &self.given[usize::from(is_last)][result];
        let first_is_host = match tie.second_leg_host {
            SecondLegHost::Side(side) => side == 0,
            SecondLegHost::HigherSeed => first.1 < second.1,
        };
        let (host, guest) = if first_is_host {
            (first.0, second.0)
        } else {
            (second.0, first.0)
        };
        let at = host.index() * self.clubs + guest.index();
        let probability = given.result[tie.round.index()][at];
        (probability, given.ties.first_wins(tie, first, second))
    }
}

impl Given {
    fn new(playbook: &Playbook, clubs: &[ClubId], leg: usize, result: MatchResult) -> Self {
        let count = playbook.clubs;
        let of_round = |round: usize| {
            let mut probabilities = vec![0.0; count * count];
            for &host in clubs {
                for &guest in clubs.iter().filter(|guest| **guest != host) {
                    let scores = tie::legs(playbook, RoundId::new(round), host, guest)[leg];
                    probabilities[host.index() * count + guest.index()] =
                        split::probabilities(scores)[result as usize];
                }
            }
            probabilities
        };
        let ties = TieOdds::by(playbook, clubs, |round, host, guest| {
            let mut legs = tie::legs(playbook, round, host, guest);
            // A result that cannot be has no weight, whatever would follow it.
            let given = split::given(legs[leg], result);
            legs[leg] = given.as_ref().unwrap_or(legs[leg]);
            tie::host_wins_after(playbook, round, host, guest, legs)
        });
        Self {
            result: (0..playbook.rounds.len()).map(of_round).collect(),
            ties,
        }
    }
}
