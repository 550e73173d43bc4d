//! Compiles the knockout rounds: what happens when two clubs meet, known, fixed, walked over or open.

use super::changed_model::ChangedModel;
use super::compile::ScoreList;
use super::{Pairings, ScoreId};
use crate::conditions::{Conditions, Fix, Manner};
use crate::goals::Occasion;
use crate::ids::{ClubId, RoundId};
use crate::tournament::{Goals, Round, Score, Tournament};

/// Extra time is 30 minutes of 90, and goals come at the same rate.
const EXTRA_TIME_SHARE: f64 = 1.0 / 3.0;

/// A shoot-out is as good as a coin toss.
const SHOOT_OUT: f64 = 0.5;

/// What the pairings of all rounds are made from.
pub(super) struct Knockout<'a> {
    tournament: &'a Tournament,
    conditions: &'a Conditions,
    model: &'a ChangedModel<'a>,
}

impl<'a> Knockout<'a> {
    pub(super) fn new(
        tournament: &'a Tournament,
        conditions: &'a Conditions,
        model: &'a ChangedModel<'a>,
    ) -> Self {
        Self {
            tournament,
            conditions,
            model,
        }
    }

    /// The pairings of every round.
    pub(super) fn pairings(&self, scores: &mut ScoreList<'_>) -> Vec<Pairings> {
        let bracket = &self.tournament.bracket;
        let alike = self.model.rounds_are_alike();
        let first = bracket.round_ids().next();
        let shared = first.map(|round| self.open_pairings(round, scores));
        let round_pairings = |round| {
            let mut open = match &shared {
                Some(shared) if alike => shared.clone(),
                _ => self.open_pairings(round, scores),
            };
            self.enter_walkovers(&mut open, scores);
            let mut pairings = open.clone();
            self.enter_known_legs(round, &mut pairings, scores);
            for fix in &self.conditions.fixes {
                self.enter_fix(round, *fix, &open, &mut pairings, scores);
            }
            pairings
        };
        bracket.round_ids().map(round_pairings).collect()
    }

    /// The pairings of a round about which nothing is known.
    fn open_pairings(&self, round: RoundId, scores: &mut ScoreList<'_>) -> Pairings {
        let clubs = self.tournament.clubs.len();
        let nobody = vec![ScoreId(0); clubs * clubs];
        let mut pairings = Pairings {
            clubs,
            first_leg: nobody.clone(),
            last_leg: nobody.clone(),
            extra_time: nobody,
            shoot_out: vec![SHOOT_OUT; clubs * clubs],
        };
        for host in (0..clubs).map(ClubId::new) {
            for guest in (0..clubs).map(ClubId::new).filter(|guest| *guest != host) {
                let at = pairings.at(host, guest);
                let rates = |occasion| self.model.leg(round, host, guest, occasion);
                let last = rates(Occasion::LastLeg);
                pairings.first_leg[at] = scores.open(rates(Occasion::FirstLeg));
                pairings.last_leg[at] = scores.open(last);
                pairings.extra_time[at] = scores.open(last.scaled(EXTRA_TIME_SHARE));
            }
        }
        pairings
    }

    /// Lets the opponents of clubs that have left go on: whatever is not known of such a tie counts 0-3.
    fn enter_walkovers(&self, pairings: &mut Pairings, scores: &mut ScoreList<'_>) {
        for departure in &self.conditions.departures {
            for other in self
                .tournament
                .club_ids()
                .filter(|id| *id != departure.club)
            {
                for (host, guest) in [(departure.club, other), (other, departure.club)] {
                    let left = host == departure.club;
                    let at = pairings.at(host, guest);
                    let forfeit = scores.certain(Manner::forfeit(left));
                    pairings.first_leg[at] = forfeit;
                    pairings.last_leg[at] = forfeit;
                    pairings.extra_time[at] = forfeit;
                    pairings.shoot_out[at] = if left { 0.0 } else { 1.0 };
                }
            }
        }
    }

    /// Whether a tie is walked over: one of its clubs has left before all its legs were played.
    fn is_walked_over(&self, round: RoundId, one: ClubId, other: ClubId) -> bool {
        let left = |club| self.conditions.departure(club).is_some();
        if !left(one) && !left(other) {
            return false;
        }
        let legs = self.tournament.bracket.round(round).legs;
        let complete = |host: ClubId, guest: ClubId| {
            let first = legs == 1 || self.is_known(round, 1, guest, host);
            first && self.is_known(round, legs, host, guest)
        };
        !complete(one, other) && !complete(other, one)
    }

    /// Whether a leg has a result, known or fixed.
    fn is_known(&self, round: RoundId, leg: u8, home: ClubId, away: ClubId) -> bool {
        let mut ties = self.tournament.bracket.ties_of(round);
        let known = ties.any(|(_, tie)| {
            let played = tie.legs[usize::from(leg) - 1].played;
            played.is_some_and(|played| (played.home, played.away) == (home, away))
        });
        let this = (round, home, away);
        known
            || self.conditions.fixes.iter().any(|fix| {
                matches!(*fix, Fix::Leg { round, home, away, leg: which, .. }
                    if (round, home, away) == this && which.is_none_or(|which| which == leg))
            })
    }

    /// Enters the legs of a round that were really played.
    fn enter_known_legs(
        &self,
        round: RoundId,
        pairings: &mut Pairings,
        scores: &mut ScoreList<'_>,
    ) {
        let rules = self.tournament.bracket.round(round);
        for (_, tie) in self.tournament.bracket.ties_of(round) {
            for (index, leg) in tie.legs.iter().enumerate() {
                let Some(played) = leg.played else { continue };
                if self.is_walked_over(round, played.home, played.away) {
                    continue;
                }
                let at = pairings.at(played.home, played.away);
                if index + 1 == usize::from(rules.legs) {
                    enter_last_leg(rules, at, played.score, pairings, scores);
                } else {
                    pairings.first_leg[at] = scores.certain(played.score.ninety);
                }
            }
        }
    }

    /// Enters a fix, if it is one of this round. What a known result said of extra time or shoot-out is
    /// forgotten: `open` says how they stand when nothing is known.
    fn enter_fix(
        &self,
        this_round: RoundId,
        fix: Fix,
        open: &Pairings,
        pairings: &mut Pairings,
        scores: &mut ScoreList<'_>,
    ) {
        let Fix::Leg {
            round,
            home,
            away,
            leg,
            score,
        } = fix
        else {
            return;
        };
        if round != this_round || self.is_walked_over(round, home, away) {
            return;
        }
        let rules = self.tournament.bracket.round(round);
        let at = pairings.at(home, away);
        let beyond_ninety = score.after_extra_time.is_some() || score.penalties.is_some();
        if rules.legs == 2 && leg.is_none_or(|leg| leg == 1) && !beyond_ninety {
            pairings.first_leg[at] = scores.certain(score.ninety);
        }
        if leg.is_none_or(|leg| leg == rules.legs) {
            pairings.extra_time[at] = open.extra_time[at];
            pairings.shoot_out[at] = open.shoot_out[at];
            enter_last_leg(rules, at, score, pairings, scores);
        }
    }
}

/// Enters the result of a last leg, and what followed it.
fn enter_last_leg(
    rules: &Round,
    at: usize,
    score: Score,
    pairings: &mut Pairings,
    scores: &mut ScoreList<'_>,
) {
    pairings.last_leg[at] = scores.certain(score.ninety);
    let shoot_out_only = score.penalties.map(|_| score.ninety);
    if rules.extra_time
        && let Some(after) = score.after_extra_time.or(shoot_out_only)
    {
        pairings.extra_time[at] = scores.certain(Goals {
            home: after.home.saturating_sub(score.ninety.home),
            away: after.away.saturating_sub(score.ninety.away),
        });
    }
    if let Some(penalties) = score.penalties {
        pairings.shoot_out[at] = f64::from(u8::from(penalties.home > penalties.away));
    }
}
