//! Who wins a tie: the exact probability from the score distributions of its legs.

use crate::goals::JointScores;
use crate::ids::{ClubId, RoundId};
use crate::playbook::Playbook;
use crate::tournament::Round;

/// The probability that the host of the last leg wins the tie between two clubs in a round.
///
/// A tie is decided by the aggregate; by away goals after the 90 minutes of the second leg, if the
/// round has that rule; by the goals of extra time, if the round has one; and by the shoot-out.
pub fn host_wins(playbook: &Playbook, round: RoundId, host: ClubId, guest: ClubId) -> f64 {
    let legs = legs(playbook, round, host, guest);
    host_wins_after(playbook, round, host, guest, legs)
}

/// The scores of the legs of a tie, the first (where there are two) and the last.
pub(crate) fn legs(
    playbook: &Playbook,
    round: RoundId,
    host: ClubId,
    guest: ClubId,
) -> [&JointScores; 2] {
    let pairings = playbook.pairing(round);
    let first = pairings.first_leg[pairings.at(guest, host)];
    let last = pairings.last_leg[pairings.at(host, guest)];
    [first, last].map(|id| playbook.score(id))
}

/// The same with other scores of the legs.
pub(crate) fn host_wins_after(
    playbook: &Playbook,
    round: RoundId,
    host: ClubId,
    guest: ClubId,
    [first_leg, last_leg]: [&JointScores; 2],
) -> f64 {
    let rules = &playbook.rounds[round.index()];
    let pairings = playbook.pairing(round);
    let at = pairings.at(host, guest);
    let regular = if rules.legs == 1 {
        single_leg(last_leg)
    } else {
        two_legs(first_leg, last_leg, rules)
    };
    if regular.level == 0.0 {
        return regular.host;
    }
    let after_extra_time = if rules.extra_time {
        single_leg(playbook.score(pairings.extra_time[at]))
    } else {
        Standing::LEVEL
    };
    let level = after_extra_time.host + after_extra_time.level * pairings.shoot_out[at];
    regular.host + regular.level * level
}

/// How a tie (or a stretch of play) stands for the host of the last leg: probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Standing {
    /// The host is through.
    host: f64,
    /// Nothing is decided.
    level: f64,
}

impl Standing {
    /// A stretch of play that changes nothing.
    const LEVEL: Self = Self {
        host: 0.0,
        level: 1.0,
    };
}

/// One match decides: by its goals alone, since away goals mean nothing in a single leg.
fn single_leg(scores: &JointScores) -> Standing {
    let mut result = Standing {
        host: 0.0,
        level: 0.0,
    };
    for (goals, probability) in scores.iter() {
        if goals.home > goals.away {
            result.host += probability;
        } else if goals.home == goals.away {
            result.level += probability;
        }
    }
    result
}

/// The probabilities of a leg by (margin of the tie's host, goals of the away side): what the rules look at.
struct Margins {
    /// The margin of the first row.
    least: i32,
    /// Number of away goal counts, which is the length of a row.
    away: usize,
    /// Row by row: `probabilities[(margin - least) * away + away_goals]`.
    probabilities: Vec<f64>,
}

impl Margins {
    /// Sorts a leg's scorelines; `sign` is 1 if the tie's host is at home in this leg, otherwise -1.
    fn new(scores: &JointScores, sign: i32) -> Self {
        let (home, away) = scores.shape();
        let least = if sign > 0 {
            1 - away as i32
        } else {
            1 - home as i32
        };
        let mut probabilities = vec![0.0; (home + away) * away];
        for (goals, probability) in scores.iter() {
            let margin = sign * (i32::from(goals.home) - i32::from(goals.away));
            let row = (margin - least) as usize;
            probabilities[row * away + usize::from(goals.away)] += probability;
        }
        Self {
            least,
            away,
            probabilities,
        }
    }

    /// The away-goal distribution at a margin, if the leg can end with it.
    fn row(&self, margin: i32) -> Option<&[f64]> {
        let row = usize::try_from(margin - self.least).ok()?;
        self.probabilities
            .get(row * self.away..(row + 1) * self.away)
    }

    /// Every margin with its away-goal distribution, the worst for the host first.
    fn rows(&self) -> impl Iterator<Item = (i32, &[f64])> {
        (self.least..).zip(self.probabilities.chunks_exact(self.away))
    }
}

/// Two legs, the host of the tie away in the first: aggregate, then away goals if the rules have them.
fn two_legs(first_leg: &JointScores, last_leg: &JointScores, rules: &Round) -> Standing {
    let first = Margins::new(first_leg, -1);
    let last = Margins::new(last_leg, 1);
    // Margins of the last leg in ascending order, so the first leg's better-than-needed tail is
    // a sum that grows as the last leg gets better.
    let totals: Vec<f64> = first.rows().map(|(_, row)| row.iter().sum()).collect();
    let mut result = Standing {
        host: 0.0,
        level: 0.0,
    };
    for (margin, guest_away) in last.rows() {
        let total: f64 = guest_away.iter().sum();
        if total == 0.0 {
            continue;
        }
        let above = (1 - margin - first.least).clamp(0, totals.len() as i32) as usize;
        result.host += total * totals[above..].iter().sum::<f64>();
        let Some(host_away) = first.row(-margin) else {
            continue;
        };
        if rules.away_goals {
            for (goals, weight) in host_away.iter().enumerate() {
                let fewer = goals.min(guest_away.len());
                result.host += weight * guest_away[..fewer].iter().sum::<f64>();
                result.level += weight * guest_away.get(goals).copied().unwrap_or(0.0);
            }
        } else {
            result.level += total * host_away.iter().sum::<f64>();
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::Rates;
    use crate::tournament::Goals;

    fn round(legs: u8, away_goals: bool) -> Round {
        Round {
            name: "final".to_owned(),
            short: "f".to_owned(),
            legs,
            away_goals,
            extra_time: true,
        }
    }

    fn certain(home: u8, away: u8) -> JointScores {
        JointScores::certain(Goals { home, away })
    }

    /// The rules read aloud, scoreline by scoreline.
    fn two_legs_slowly(first: &JointScores, last: &JointScores, away_goals: bool) -> (f64, f64) {
        let (mut host, mut level) = (0.0, 0.0);
        for (one, p) in first.iter() {
            for (two, q) in last.iter() {
                let host_goals = i32::from(one.away) + i32::from(two.home);
                let guest_goals = i32::from(one.home) + i32::from(two.away);
                let away = if away_goals {
                    one.away.cmp(&two.away)
                } else {
                    std::cmp::Ordering::Equal
                };
                match host_goals.cmp(&guest_goals).then(away) {
                    std::cmp::Ordering::Greater => host += p * q,
                    std::cmp::Ordering::Equal => level += p * q,
                    std::cmp::Ordering::Less => {}
                }
            }
        }
        (host, level)
    }

    #[test]
    fn two_legs_agree_with_their_slow_twin() {
        let rates = |home, away| JointScores::independent_poisson(Rates::nearest(home, away));
        for away_goals in [true, false] {
            for (first, last) in [
                (rates(1.3, 0.8), rates(2.2, 0.4)),
                (rates(0.2, 3.1), certain(1, 1)),
                (certain(2, 1), rates(1.0, 1.0)),
            ] {
                let fast = two_legs(&first, &last, &round(2, away_goals));
                let (host, level) = two_legs_slowly(&first, &last, away_goals);
                // The slow twin adds up tens of thousands of rounded terms.
                assert!((fast.host - host).abs() < 1e-12, "{fast:?} {host}");
                assert!((fast.level - level).abs() < 1e-12, "{fast:?} {level}");
            }
        }
    }

    #[test]
    fn away_goals_decided_the_final_of_2014() {
        // Cruz Azul 0-0 Toluca, Toluca 1-1 Cruz Azul: Cruz Azul won on away goals.
        let outcome = two_legs(&certain(0, 0), &certain(1, 1), &round(2, true));
        assert_eq!((outcome.host, outcome.level), (0.0, 0.0));
        let without = two_legs(&certain(0, 0), &certain(1, 1), &round(2, false));
        assert_eq!((without.host, without.level), (0.0, 1.0));
    }

    #[test]
    fn a_level_quarterfinal_goes_on_to_extra_time() {
        // San Jose 1-1 Toluca, Toluca 1-1 San Jose.
        let outcome = two_legs(&certain(1, 1), &certain(1, 1), &round(2, true));
        assert_eq!((outcome.host, outcome.level), (0.0, 1.0));
    }

    #[test]
    fn a_single_leg_of_equal_clubs_is_symmetric() {
        let outcome = single_leg(&JointScores::independent_poisson(Rates::nearest(1.4, 1.4)));
        assert!((2.0 * outcome.host + outcome.level - 1.0).abs() < 1e-14);
    }
}
