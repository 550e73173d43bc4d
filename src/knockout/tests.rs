//! Every way a tie can be decided, on small made-up ties and the famous ones of 2013-14.

use super::*;

fn round(legs: u8, away_goals: bool, extra_time: bool) -> Round {
    Round {
        name: "final".to_owned(),
        short: "f".to_owned(),
        legs,
        away_goals,
        extra_time,
    }
}

/// A score such as `1-1`, `1-1 2-1` (after extra time) or `1-1 1-1 5-4` (shoot-out).
fn score(text: &str) -> Option<Score> {
    let mut parts = text.split(' ').map(|part| part.parse().expect("goals"));
    Some(Score {
        ninety: parts.next()?,
        after_extra_time: parts.next(),
        penalties: parts.next(),
    })
}

/// Decides a tie whose last leg is at home for the first side: winner (1 or 2) and what decided.
fn decided(legs: &[&str], round: &Round) -> Result<(usize, DecidedBy), Undecided> {
    let legs: Vec<Option<Score>> = legs.iter().map(|leg| score(leg)).collect();
    let scores = TieScores {
        legs: &legs,
        last_leg_host: TieSide::First,
    };
    let outcome = decide(&scores, round)?;
    Ok((outcome.winner.index() + 1, outcome.decided_by))
}

#[test]
fn aggregate_decides() {
    let rules = round(2, true, true);
    // Second side at home first: 1-0, then first side 5-1 at home: 5-2 (Cruz Azul - Kansas City 2014).
    assert_eq!(
        decided(&["1-0", "5-1"], &rules),
        Ok((1, DecidedBy::Aggregate))
    );
    assert_eq!(
        decided(&["2-0", "1-0"], &rules),
        Ok((2, DecidedBy::Aggregate))
    );
    // More away goals do not help a side that is behind.
    assert_eq!(
        decided(&["3-2", "0-0"], &rules),
        Ok((2, DecidedBy::Aggregate))
    );
}

#[test]
fn away_goals_decide_when_level() {
    let rules = round(2, true, true);
    // Cruz Azul - Toluca 0-0, 1-1 (final 2014): the second side scored away.
    assert_eq!(
        decided(&["0-0", "1-1"], &rules),
        Ok((2, DecidedBy::AwayGoals))
    );
    assert_eq!(
        decided(&["2-1", "1-0"], &rules),
        Ok((1, DecidedBy::AwayGoals))
    );
}

#[test]
fn without_the_away_goals_rule_level_means_extra_time() {
    let rules = round(2, false, true);
    assert_eq!(
        decided(&["0-0", "1-1"], &rules),
        Err(Undecided::ExtraTimeToPlay)
    );
    assert_eq!(
        decided(&["0-0", "1-1 2-1"], &rules),
        Ok((1, DecidedBy::ExtraTime))
    );
}

#[test]
fn extra_time_decides_and_its_away_goals_do_not_count() {
    let rules = round(2, true, true);
    assert_eq!(
        decided(&["1-0", "1-0 1-2"], &rules),
        Ok((2, DecidedBy::ExtraTime))
    );
    // 1-1 in extra time: the guests' goal is no tiebreaker any more, so the shoot-out has to decide.
    assert_eq!(
        decided(&["1-0", "1-0 2-1"], &rules),
        Err(Undecided::PenaltiesToPlay)
    );
    assert_eq!(
        decided(&["1-0", "1-0 2-1 4-2"], &rules),
        Ok((1, DecidedBy::Penalties))
    );
}

#[test]
fn penalties_decide() {
    let rules = round(2, true, true);
    // Toluca - San Jose (quarterfinal 2014): 1-1, 1-1, 5-4 on penalties.
    assert_eq!(
        decided(&["1-1", "1-1 1-1 5-4"], &rules),
        Ok((1, DecidedBy::Penalties))
    );
    assert_eq!(
        decided(&["1-1", "1-1 1-1 3-4"], &rules),
        Ok((2, DecidedBy::Penalties))
    );
    assert_eq!(
        decided(&["1-1", "1-1 1-1 4-4"], &rules),
        Err(Undecided::PenaltiesToPlay),
        "a level shoot-out is no result"
    );
}

#[test]
fn without_extra_time_the_shoot_out_follows_at_once() {
    let rules = round(2, true, false);
    let legs = [
        score("1-1"),
        Some(Score {
            ninety: Goals { home: 1, away: 1 },
            after_extra_time: None,
            penalties: Some(Goals { home: 2, away: 4 }),
        }),
    ];
    let scores = TieScores {
        legs: &legs,
        last_leg_host: TieSide::First,
    };
    let outcome = TieOutcome {
        winner: TieSide::Second,
        decided_by: DecidedBy::Penalties,
    };
    assert_eq!(decide(&scores, &rules), Ok(outcome));
    assert_eq!(
        decided(&["1-1", "1-1"], &rules),
        Err(Undecided::PenaltiesToPlay)
    );
}

#[test]
fn a_single_leg_knows_no_away_goals() {
    let rules = round(1, true, true);
    assert_eq!(decided(&["0-1"], &rules), Ok((2, DecidedBy::Aggregate)));
    assert_eq!(decided(&["1-1"], &rules), Err(Undecided::ExtraTimeToPlay));
    assert_eq!(decided(&["1-1 2-1"], &rules), Ok((1, DecidedBy::ExtraTime)));
    assert_eq!(
        decided(&["1-1 1-1 4-5"], &rules),
        Ok((2, DecidedBy::Penalties))
    );
}

#[test]
fn a_tie_with_legs_to_play_has_no_winner() {
    let rules = round(2, true, true);
    for legs in [[None, None], [score("9-0"), None], [None, score("9-0")]] {
        let scores = TieScores {
            legs: &legs,
            last_leg_host: TieSide::Second,
        };
        assert_eq!(decide(&scores, &rules), Err(Undecided::LegsToPlay));
    }
}

#[test]
fn sides_and_goals_follow_the_host() {
    let legs = [score("2-1"), score("3-0 4-0")];
    let scores = TieScores {
        legs: &legs,
        last_leg_host: TieSide::Second,
    };
    // First side at home in leg 1 (2-1), away in leg 2 (0-3).
    assert_eq!(scores.host(0), TieSide::First);
    assert_eq!(scores.host(1), TieSide::Second);
    let goals = |first, second| SideGoals { first, second };
    assert_eq!(scores.aggregate(), goals(2, 4));
    assert_eq!(scores.away_goals(), goals(0, 1));
    assert_eq!(scores.extra_time(), Some(goals(0, 1)));
    assert_eq!(scores.penalties(), None);
}

/// The slow twin: turns the two legs into goals of a list of spells and compares sums in order.
fn winner_by_definition(legs: [[u8; 2]; 2], extra: [u8; 2], penalties: [u8; 2]) -> TieSide {
    // legs[0]: second side at home; legs[1], extra and penalties: first side at home.
    let first = (legs[0][1] + legs[1][0], legs[0][1], extra[0], penalties[0]);
    let second = (legs[0][0] + legs[1][1], legs[1][1], extra[1], penalties[1]);
    if first > second {
        TieSide::First
    } else {
        TieSide::Second
    }
}

#[test]
fn agrees_with_the_lexicographic_order_on_all_small_ties() {
    let rules = round(2, true, true);
    let upto_two = || (0..=2u8).flat_map(|home| (0..=2u8).map(move |away| [home, away]));
    let goals = |[home, away]: [u8; 2]| Goals { home, away };
    for first_leg in upto_two() {
        for second_leg in upto_two() {
            for extra in upto_two() {
                for penalties in [[5, 4], [3, 4]] {
                    let full = Goals {
                        home: second_leg[0] + extra[0],
                        away: second_leg[1] + extra[1],
                    };
                    let legs = [
                        Some(Score::from(goals(first_leg))),
                        Some(Score {
                            ninety: goals(second_leg),
                            after_extra_time: Some(full),
                            penalties: Some(goals(penalties)),
                        }),
                    ];
                    let scores = TieScores {
                        legs: &legs,
                        last_leg_host: TieSide::First,
                    };
                    let expected = winner_by_definition([first_leg, second_leg], extra, penalties);
                    let outcome = decide(&scores, &rules).expect("everything was played");
                    assert_eq!(outcome.winner, expected, "{legs:?}");
                }
            }
        }
    }
}
