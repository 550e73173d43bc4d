//! What results and rules settle in a forecast is made 0 or 1 to the letter, and nothing else is left looking so.

use super::{Forecast, Method, Way};
use crate::odds::{Chance, Odds, error_of_share};
use crate::playbook::{GroupPlan, Pairings, Playbook};
use crate::settled::{Settled, Verdict};

impl Forecast {
    /// The forecast of a playbook (and of a baseline, if it is a what-if) with every probability that results and rules
    /// settle at exactly 0 or 1, with a standard error of 0. What never (or always) came without being settled keeps a
    /// standard error above 0.
    #[must_use]
    pub fn settled_by(mut self, playbook: &Playbook, baseline: Option<&Playbook>) -> Self {
        let least = self.method.least_error();
        let least_change = self.method.least_error_of_change();
        let settled = Settled::of(playbook).odds();
        settle(&mut self.odds, &mut self.standard_errors, &settled, least);
        let (Some(what_if), Some(baseline)) = (&mut self.what_if, baseline) else {
            return self;
        };
        let before = Settled::of(baseline).odds();
        settle(
            &mut what_if.baseline,
            &mut what_if.baseline_standard_errors,
            &before,
            least,
        );
        // The change of what is settled both with and without is a fact as well.
        let facts = settled.zip_with(&before, |with, without| {
            let [with, without] = [with?, without?].map(|happens| f64::from(u8::from(happens)));
            Some(with - without)
        });
        let known = |number: f64, fact: Option<f64>| fact.unwrap_or(number);
        what_if.change = what_if.change.zip_with(&facts, known);
        let errors = what_if.change_standard_errors.zip_with(
            &untouched(playbook, baseline),
            |error, untouched| {
                if error <= 0.0 && !untouched {
                    least_change
                } else {
                    error
                }
            },
        );
        what_if.change_standard_errors =
            errors.zip_with(&facts, |error, fact| fact.map_or(error, |_| 0.0));
        self
    }

    /// The chance of something with what is known of it.
    pub fn chance(&self, of: impl Fn(&Odds) -> f64) -> Chance {
        self.method
            .chance(of(&self.odds), of(&self.standard_errors))
    }
}

impl Method {
    /// A probability with its standard error as this method knows it.
    pub fn chance(self, probability: f64, standard_error: f64) -> Chance {
        let chance = Chance::estimate(probability, standard_error);
        if chance.is_settled() {
            return chance;
        }
        match self {
            Self::Exact { tolerance, .. } => Chance::exact(probability, tolerance),
            Self::Simulated { way, .. } => Chance {
                tolerance: match way {
                    Some(Way::Collapsed { lost_mass }) => lost_mass,
                    Some(Way::MatchByMatch) | None => 0.0,
                },
                ..chance
            },
        }
    }

    /// The standard error of a probability of 0 or 1 that is not settled.
    fn least_error(self) -> f64 {
        match self {
            Self::Exact { tolerance, .. } => tolerance / 2.0,
            Self::Simulated { runs, .. } => error_of_share(0.0, runs),
        }
    }

    /// The standard error of a change that no run showed: exact group stages know it to be nothing.
    fn least_error_of_change(self) -> f64 {
        match self {
            Self::Simulated {
                way: None | Some(Way::MatchByMatch),
                ..
            } => self.least_error(),
            Self::Simulated { .. } | Self::Exact { .. } => 0.0,
        }
    }
}

/// What a what-if leaves as it is, since everything that decides about it is the same: places in other groups, and if
/// nothing at all is different, everything.
fn untouched(with: &Playbook, without: &Playbook) -> Odds<bool> {
    let same_score = |one, other| with.score(one) == without.score(other);
    let same_rules = (with.points, &with.tiebreakers) == (without.points, &without.tiebreakers);
    let same_group = |(one, other): (&GroupPlan, &GroupPlan)| {
        let mut matches = one.matches.iter().zip(&other.matches);
        let same_matches = matches
            .all(|(one, other)| one.counts == other.counts && same_score(one.score, other.score));
        let same_clubs = (&one.placed_last, &one.may_win) == (&other.placed_last, &other.may_win);
        same_rules && same_clubs && same_matches
    };
    let groups: Vec<bool> = with
        .groups
        .iter()
        .zip(&without.groups)
        .map(same_group)
        .collect();
    let seeds = with.seeding == without.seeding && groups.iter().all(|same| *same);
    let same_pairings = || {
        let mut rounds = with.pairings.iter().zip(&without.pairings);
        rounds.all(|(one, other)| {
            let lists = |pairings: &Pairings| {
                let first = pairings.first_leg.iter().chain(&pairings.last_leg);
                first
                    .chain(&pairings.extra_time)
                    .copied()
                    .collect::<Vec<_>>()
            };
            let mut scores = lists(one).into_iter().zip(lists(other));
            one.shoot_out == other.shoot_out && scores.all(|(one, other)| same_score(one, other))
        })
    };
    let rules = (&with.rounds, &with.ties) == (&without.rounds, &without.ties);
    let all = seeds && rules && same_pairings();
    let mut place = vec![Vec::new(); with.clubs];
    for (group, same) in with.groups.iter().zip(&groups) {
        for club in &group.clubs {
            place[club.index()] = vec![*same; group.clubs.len()];
        }
    }
    Odds {
        place,
        seed: vec![vec![seeds; with.groups.len()]; with.clubs],
        round: vec![vec![all; with.rounds.len()]; with.clubs],
        title: vec![all; with.clubs],
    }
}

/// Enters what is settled; what merely looks so has the least error at least.
fn settle(odds: &mut Odds, errors: &mut Odds, settled: &Odds<Verdict>, least: f64) {
    *errors = odds
        .zip_with(errors, |probability, error| {
            let looks_settled = probability <= 0.0 || probability >= 1.0;
            if looks_settled && error <= 0.0 {
                least
            } else {
                error
            }
        })
        .zip_with(
            settled,
            |error, verdict| if verdict.is_some() { 0.0 } else { error },
        );
    *odds = odds.zip_with(settled, |probability, verdict| match verdict {
        Some(happens) => f64::from(u8::from(happens)),
        // Zero has no sign.
        None => probability + 0.0,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odds<T>(place: T, seed: T, round: T, title: T) -> Odds<T> {
        Odds {
            place: vec![vec![place]],
            seed: vec![vec![seed]],
            round: vec![vec![round]],
            title: vec![title],
        }
    }

    #[test]
    fn only_what_is_settled_is_rounded() {
        let mut numbers = odds(1.0, 0.999_99, 0.0, 0.000_01);
        let mut errors = odds(0.0, 0.001, 0.0, 0.001);
        let settled = odds(None, Some(true), Some(false), None);
        settle(&mut numbers, &mut errors, &settled, 0.015);
        assert_eq!(numbers, odds(1.0, 1.0, 0.0, 0.000_01));
        assert_eq!(errors, odds(0.015, 0.0, 0.0, 0.001));
    }

    #[test]
    fn zero_has_no_sign() {
        let mut numbers = odds(-0.0, -0.0, 0.5, 0.5);
        let mut errors = odds(0.0, 0.0, 0.0, 0.0);
        settle(
            &mut numbers,
            &mut errors,
            &odds(None, Some(false), None, None),
            0.0,
        );
        assert!(numbers.values().all(f64::is_sign_positive));
    }
}
