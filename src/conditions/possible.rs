//! Whether a fixed knockout result can come about: the host has to be possible, and how the tie ends has to follow from its legs.

use super::meeting::may_host_last_leg;
use super::parse::impossible;
use super::{Conditions, Fix, FixError};
use crate::ids::{ClubId, RoundId};
use crate::knockout::{DecidedBy, TieScores, TieSide, decide};
use crate::tournament::{Round, Score, Tournament};

/// A fixed leg, taken apart.
struct FixedLeg {
    round: RoundId,
    home: ClubId,
    away: ClubId,
    leg: Option<u8>,
}

/// Refuses a fixed leg that no course of events can bring about, given the known results and the fixes before it.
pub(super) fn check(
    text: &str,
    fix: &Fix,
    tournament: &Tournament,
    earlier: &Conditions,
    groups_may_change: bool,
) -> Result<(), FixError> {
    let Fix::Leg {
        round: id,
        home,
        away,
        leg,
        score,
    } = *fix
    else {
        return Ok(());
    };
    let fixed = FixedLeg {
        round: id,
        home,
        away,
        leg,
    };
    check_host(text, &fixed, tournament, groups_may_change)?;
    let round = tournament.bracket.round(id);
    if round.legs == 1 {
        return check_end(text, &[Some(score)], round);
    }
    // The leg that tells of extra time or a shoot-out is the last; if neither does, nothing can contradict. A known
    // end gives way to a fixed first leg.
    let other = fixed_other_leg(&fixed, earlier);
    if is_decided_late(score) {
        let first = other.or_else(|| known_other_leg(&fixed, tournament));
        check_end(text, &[first, Some(score)], round)
    } else {
        check_end(text, &[Some(score), other], round)
    }
}

/// The club at home has to be able to host this leg.
fn check_host(
    text: &str,
    fixed: &FixedLeg,
    tournament: &Tournament,
    groups_may_change: bool,
) -> Result<(), FixError> {
    let legs = tournament.bracket.round(fixed.round).legs;
    let Some(leg) = fixed.leg.or((legs == 1).then_some(1)) else {
        return Ok(());
    };
    let (host, guest) = if leg == legs {
        (fixed.home, fixed.away)
    } else {
        (fixed.away, fixed.home)
    };
    if may_host_last_leg(tournament, fixed.round, [host, guest], groups_may_change) {
        return Ok(());
    }
    let name = |id: ClubId| &tournament.club(id).name;
    let round = &tournament.bracket.round(fixed.round).name;
    let (home, away) = (name(fixed.home), name(fixed.away));
    let which = if legs == 1 {
        format!("in the {round}")
    } else {
        format!("in leg {leg} of the {round}")
    };
    let reason = format!("{which} {home} cannot be at home to {away}, only {away} to {home}");
    Err(impossible(text, reason))
}

/// The other leg of the same meeting, if it was fixed before.
fn fixed_other_leg(fixed: &FixedLeg, earlier: &Conditions) -> Option<Score> {
    earlier.fixes.iter().find_map(|fix| match *fix {
        Fix::Leg {
            round,
            home,
            away,
            score,
            ..
        } if (round, home, away) == (fixed.round, fixed.away, fixed.home) => Some(score),
        _ => None,
    })
}

/// The other leg of the same meeting, if it is known.
fn known_other_leg(fixed: &FixedLeg, tournament: &Tournament) -> Option<Score> {
    let ties = tournament.bracket.ties_of(fixed.round);
    let mut legs = ties.flat_map(|(_, tie)| tie.legs.iter().filter_map(|leg| leg.played));
    let found = legs.find(|leg| (leg.home, leg.away) == (fixed.away, fixed.home));
    found.map(|leg| leg.score)
}

/// Whether a score tells of more than 90 minutes.
fn is_decided_late(score: Score) -> bool {
    score.after_extra_time.is_some() || score.penalties.is_some()
}

/// Extra time follows only a tie that is level after 90 minutes, a shoot-out only one that is level after that.
fn check_end(text: &str, legs: &[Option<Score>], round: &Round) -> Result<(), FixError> {
    let Some(last) = legs
        .last()
        .copied()
        .flatten()
        .filter(|score| is_decided_late(*score))
    else {
        return Ok(());
    };
    let extra_time = last
        .after_extra_time
        .map(|goals| goals.margin() - last.ninety.margin());
    if last.penalties.is_some() && extra_time.is_some_and(|margin| margin != 0) {
        let reason = "extra time decides the tie, so that there is no shoot-out; leave out `pens`";
        return Err(impossible(text, reason.to_owned()));
    }
    // Who is called the first side makes no difference to what decides.
    let scores = TieScores {
        legs,
        last_leg_host: TieSide::First,
    };
    let how = match decide(&scores, round).map(|outcome| outcome.decided_by) {
        Ok(DecidedBy::Aggregate) if legs.len() == 1 => format!("{} decides", last.ninety),
        Ok(DecidedBy::Aggregate) => {
            let goals = scores.aggregate();
            let (most, least) = (goals.first.max(goals.second), goals.first.min(goals.second));
            format!("{most}-{least} over both legs decides")
        }
        Ok(DecidedBy::AwayGoals) => "away goals decide".to_owned(),
        _ => return Ok(()),
    };
    let reason = format!("{how} the tie after 90 minutes; leave out `aet` and `pens`");
    Err(impossible(text, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tournament::{Moment, bundled};

    /// What the last of several fixes is told as of a moment of 2013-14; empty if all are taken.
    fn told(as_of: &str, fixes: &[&str]) -> String {
        let full = bundled::open("ccl-2013-14").expect("a bundled tournament");
        let known = full.as_of(Moment::parse(as_of, &full).expect("a moment"));
        let mut conditions = Conditions::default();
        for text in fixes {
            match Fix::parse_after(text, &known, &conditions) {
                Ok(fix) => conditions.fixes.push(fix),
                Err(error) => return error.to_string(),
            }
        }
        String::new()
    }

    #[test]
    fn a_leg_has_to_have_a_host_that_can_be() {
        // The winner of the first semifinal, Toluca or Alajuelense, hosts the last leg of the final.
        assert_eq!(
            told("qf", &["final leg 2 CA-TOL 2-0"]),
            "`final leg 2 CA-TOL 2-0` cannot be: in leg 2 of the final Cruz Azul cannot be at home to Toluca, only \
             Toluca to Cruz Azul"
        );
        assert_eq!(
            told("qf", &["CA-TOL 0-0 aet 1-0"]),
            "`CA-TOL 0-0 aet 1-0` cannot be: in leg 2 of the final Cruz Azul cannot be at home to Toluca, only \
             Toluca to Cruz Azul"
        );
        for possible in [
            "CA-TOL 0-0",
            "final leg 1 CA-TOL 0-0",
            "final leg 2 TOL-CA 1-1",
        ] {
            assert_eq!(told("qf", &[possible]), "");
        }
        // Before the groups are over, and once a fix opens them again, either may be the better seed.
        for possible in ["final leg 2 CA-TOL 2-0", "qf leg 2 SJ-TOL 1-0"] {
            assert_eq!(told("start", &[possible]), "");
            assert_eq!(told("groups", &["TOL-COM 0-3", possible]), "");
        }
        assert!(told("groups", &["qf leg 2 SJ-TOL 1-0"]).contains("cannot be at home"));
    }

    #[test]
    fn extra_time_and_shoot_outs_follow_only_level_ties() {
        let over = "; leave out `aet` and `pens`";
        let cases = [
            (
                vec!["SJ-TOL 1-1", "TOL-SJ 2-1 aet 3-1"],
                format!("3-2 over both legs decides the tie after 90 minutes{over}"),
            ),
            (
                vec!["SJ-TOL 1-1", "TOL-SJ 2-1 pens 5-4"],
                format!("3-2 over both legs decides the tie after 90 minutes{over}"),
            ),
            (
                vec!["TOL-SJ 2-1 pens 5-4", "SJ-TOL 1-1"],
                format!("3-2 over both legs decides the tie after 90 minutes{over}"),
            ),
            (
                vec!["SJ-TOL 1-1", "TOL-SJ 0-0 pens 5-4"],
                format!("away goals decide the tie after 90 minutes{over}"),
            ),
            (
                vec!["TOL-SJ 1-1 aet 2-1 pens 5-4"],
                "extra time decides the tie, so that there is no shoot-out; leave out `pens`"
                    .to_owned(),
            ),
        ];
        for (fixes, reason) in cases {
            let last = fixes[fixes.len() - 1];
            assert_eq!(
                told("groups", &fixes),
                format!("`{last}` cannot be: {reason}")
            );
        }
        for possible in [
            vec!["SJ-TOL 1-1", "TOL-SJ 1-1 aet 1-1 pens 5-4"],
            vec!["SJ-TOL 1-1", "TOL-SJ 1-1 aet 2-1"],
            vec!["SJ-TOL 1-1", "TOL-SJ 2-1"],
            vec!["TOL-SJ 2-1 pens 5-4"],
        ] {
            assert_eq!(told("groups", &possible), "", "{possible:?}");
        }
        // Known legs count as fixed ones do, but a known end gives way to a fixed first leg.
        assert!(told("final-leg1", &["TOL-CA 1-1 pens 4-2"]).contains("away goals decide"));
        assert_eq!(told("final-leg1", &["TOL-CA 0-0 pens 4-2"]), "");
        assert_eq!(told("qf", &["qf SJ-TOL 3-0"]), "");
    }
}
