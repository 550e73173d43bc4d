//! Knockout ties: who meets whom, who is at home, and who goes on.

use super::luck::TiePart;
use super::{Engine, Outcome, TieOutcome};
use crate::ids::ClubId;
use crate::playbook::Pairings;
use crate::rng::RunKey;
use crate::tournament::{Goals, Round, SecondLegHost, Side, Tie};

/// A knockout round made ready to be played. The lists have one entry for each ordered pair (host, guest).
#[derive(Debug, Clone)]
pub(crate) struct RoundSetup {
    pub(crate) two_legs: bool,
    pub(crate) away_goals: bool,
    pub(crate) extra_time: bool,
    /// The number of clubs, which is the length of a row.
    pub(crate) clubs: usize,
    /// Score tables of the first leg, by the club at home in it.
    pub(crate) first_leg: Vec<u32>,
    /// Score tables of the last leg, by the club at home in it.
    pub(crate) last_leg: Vec<u32>,
    /// Score tables of extra time.
    pub(crate) extra_goals: Vec<u32>,
    /// The probability that the host wins the shoot-out.
    pub(crate) shoot_out: Vec<f64>,
}

impl RoundSetup {
    /// Makes a round ready.
    pub(crate) fn new(round: &Round, pairings: &Pairings) -> Self {
        let tables = |list: &[crate::playbook::ScoreId]| list.iter().map(|id| id.0).collect();
        Self {
            two_legs: round.legs == 2,
            away_goals: round.away_goals,
            extra_time: round.extra_time,
            clubs: pairings.clubs,
            first_leg: tables(&pairings.first_leg),
            last_leg: tables(&pairings.last_leg),
            extra_goals: tables(&pairings.extra_time),
            shoot_out: pairings.shoot_out.clone(),
        }
    }

    /// The position of an ordered pair in each list.
    #[inline]
    pub(crate) fn at(&self, host: ClubId, guest: ClubId) -> usize {
        host.index() * self.clubs + guest.index()
    }
}

/// Where a club of a tie comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// The seed at this position, counted from 0.
    Seed(usize),
    /// The winner of this earlier tie.
    Winner(usize),
}

/// Who is at home in the last leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    First,
    Second,
    HigherSeed,
}

/// A tie made ready to be played.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TieSetup {
    pub(crate) round: usize,
    pub(crate) sides: [Source; 2],
    pub(crate) host: Host,
}

impl TieSetup {
    /// Makes a tie ready.
    pub(crate) fn new(tie: &Tie) -> Self {
        let source = |side: Side| match side {
            Side::Seed(seed) => Source::Seed(usize::from(seed) - 1),
            Side::Winner(tie) => Source::Winner(tie.index()),
        };
        Self {
            round: tie.round.index(),
            sides: tie.sides.map(source),
            host: match tie.second_leg_host {
                SecondLegHost::Side(0) => Host::First,
                SecondLegHost::Side(_) => Host::Second,
                SecondLegHost::HigherSeed => Host::HigherSeed,
            },
        }
    }
}

impl Engine {
    /// Plays a tie with its word of luck; all ties that feed it have been played.
    pub(crate) fn play_tie(
        &self,
        index: usize,
        word: u64,
        key: RunKey,
        outcome: &Outcome,
    ) -> TieOutcome {
        let setup = &self.ties[index];
        let round = &self.rounds[setup.round];
        let [host, guest] = Self::host_and_guest(setup, outcome);
        let draw = |part: TiePart, table: u32| {
            let rare = || key.rare(self.events.tie(index, part));
            self.tables.draw(table, part.bits(word), rare)
        };
        let first_leg = round
            .two_legs
            .then(|| draw(TiePart::FirstLeg, round.first_leg[round.at(guest, host)]));
        let at = round.at(host, guest);
        let last_leg = draw(TiePart::LastLeg, round.last_leg[at]);
        let mut tie = TieOutcome {
            host,
            guest,
            first_leg,
            last_leg,
            extra_time: None,
            shoot_out: None,
            host_won: false,
        };
        let mut lead = lead_after_ninety(first_leg, last_leg, round.away_goals);
        if lead == 0 && round.extra_time {
            let extra = draw(TiePart::ExtraTime, round.extra_goals[at]);
            tie.extra_time = Some(extra);
            lead = extra.margin();
        }
        if lead == 0 {
            let host_won = shoot_out(round.shoot_out[at], TiePart::ShootOut.bits(word), || {
                key.rare(self.events.tie(index, TiePart::ShootOut))
            });
            tie.shoot_out = Some(host_won);
            lead = if host_won { 1 } else { -1 };
        }
        tie.host_won = lead > 0;
        tie
    }

    /// The two clubs of a tie: the one at home in the last leg, and the other.
    fn host_and_guest(setup: &TieSetup, outcome: &Outcome) -> [ClubId; 2] {
        let [first, second] = setup.sides.map(|side| match side {
            Source::Seed(seed) => outcome.seeds[seed],
            Source::Winner(tie) => outcome.ties[tie].winner(),
        });
        let position = |club: ClubId| outcome.seeds.iter().position(|seed| *seed == club);
        let first_hosts = match setup.host {
            Host::First => true,
            Host::Second => false,
            Host::HigherSeed => position(first) < position(second),
        };
        if first_hosts {
            [first, second]
        } else {
            [second, first]
        }
    }
}

/// The host's lead on aggregate after the 90 minutes of the last leg, where level aggregates may be decided by the
/// goals scored away. Zero if the tie is still level.
fn lead_after_ninety(first_leg: Option<Goals>, last_leg: Goals, away_goals: bool) -> i32 {
    let Some(first_leg) = first_leg else {
        return last_leg.margin();
    };
    let lead = last_leg.margin() - first_leg.margin();
    if lead == 0 && away_goals {
        // The host was away in the first leg, the guest in the last.
        i32::from(first_leg.away) - i32::from(last_leg.away)
    } else {
        lead
    }
}

/// Whether the host wins the shoot-out: 16 bits of luck are compared with its probability, and only if they
/// equal the probability's first 16 bits do rare ones decide by the bits that follow.
#[inline]
pub(crate) fn shoot_out(probability: f64, bits: u32, rare: impl FnOnce() -> u64) -> bool {
    let units = probability * 65_536.0;
    let whole = units as u32;
    if bits == whole {
        let fraction = (rare() >> 11) as f64 / (1u64 << 53) as f64;
        fraction < units - f64::from(whole)
    } else {
        bits < whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goals(home: u8, away: u8) -> Goals {
        Goals { home, away }
    }

    #[test]
    fn aggregate_and_away_goals_decide() {
        let lead = |first: (u8, u8), last: (u8, u8), away_goals| {
            let (first, last) = (goals(first.0, first.1), goals(last.0, last.1));
            lead_after_ninety(Some(first), last, away_goals).signum()
        };
        // Toluca - San Jose 2014: 1-1 and 1-1, level in every way.
        assert_eq!(lead((1, 1), (1, 1), true), 0);
        // Cruz Azul - Toluca 2014: 0-0 at Cruz Azul, 1-1 at Toluca: the guest goes through on away goals.
        assert_eq!(lead((0, 0), (1, 1), true), -1);
        assert_eq!(lead((0, 0), (1, 1), false), 0);
        // A first leg lost 1-2 and a home leg won 1-0: the host scored one away, the guest none.
        assert_eq!(lead((2, 1), (1, 0), true), 1);
        assert_eq!(lead((2, 1), (1, 1), true), -1);
        assert_eq!(lead((2, 0), (3, 0), true), 1);
    }

    #[test]
    fn away_goals_mean_nothing_in_a_single_match() {
        assert_eq!(lead_after_ninety(None, goals(1, 1), true), 0);
        assert_eq!(lead_after_ninety(None, goals(0, 1), true), -1);
    }

    #[test]
    fn a_shoot_out_is_won_as_often_as_its_probability_says() {
        let share = |probability: f64| {
            let won = (0..65_536).filter(|bits| shoot_out(probability, *bits, || 1 << 63));
            won.count()
        };
        assert_eq!(share(0.0), 0);
        assert_eq!(share(0.5), 32_768);
        assert_eq!(share(1.0), 65_536);
        // 0.3 is 19660.8 units: the draw that equals 19660 wins if the rare luck is below 0.8.
        assert_eq!(share(0.3), 19_661);
        assert!(!shoot_out(0.3, 19_660, || u64::MAX / 100 * 81));
    }
}
