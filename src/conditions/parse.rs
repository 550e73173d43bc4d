//! Reads a fixed result as people write it: `TOL-CAL 2-1`, `qf leg 2 Toluca - San Jose 1-1 aet 1-1 pens 5-4`.

use super::meeting::possible_rounds;
use super::{Conditions, Fix, possible};
use crate::ids::{ClubId, RoundId};
use crate::tournament::{ClubError, Goals, Score, ScoreError, Tournament, either};

/// Why a text is no result that can be fixed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FixError {
    /// The text has not the form of a result.
    #[error(
        "`{fix}` is no result; write the clubs and the goals, such as `TOL-CAL 2-1`, \
         and for a knockout match the round before them: `qf TOL-SJ 1-1 aet 1-1 pens 5-4`"
    )]
    Form {
        /// What was written.
        fix: String,
    },
    /// A score cannot be read.
    #[error("in `{fix}`: {source}")]
    Score {
        /// What was written.
        fix: String,
        /// What is wrong with the score.
        source: ScoreError,
    },
    /// A club cannot be found.
    #[error("in `{fix}`: {source}")]
    Club {
        /// What was written.
        fix: String,
        /// What is wrong with the club.
        source: ClubError,
    },
    /// The two clubs may meet in several rounds.
    #[error("`{fix}` does not say in which round: {choices}; write for example `{example}`")]
    WhichRound {
        /// What was written.
        fix: String,
        /// The rounds to choose from.
        choices: String,
        /// One of them written out.
        example: String,
    },
    /// The clubs cannot meet as the text says.
    #[error("`{fix}` cannot be: {reason}")]
    Impossible {
        /// What was written.
        fix: String,
        /// Why not, and what can be.
        reason: String,
    },
    /// Two results were given for one match.
    #[error("`{fix}` fixes a match that an earlier fix has fixed already; give one result a match")]
    Repeated {
        /// What was written.
        fix: String,
    },
}

/// The parts of the text before any of them is looked up.
struct Parts<'a> {
    round: Option<RoundId>,
    leg: Option<u8>,
    clubs: &'a str,
    score: Score,
}

impl Fix {
    /// Reads `[ROUND] [leg N] HOME-AWAY H-A [aet H-A] [pens H-A]`: clubs by code, name or alias; the round by
    /// name or short form for knockout matches, where it may be left out once the bracket leaves only one.
    /// `aet` is the full score after extra time, `pens` the shoot-out.
    ///
    /// # Errors
    /// A text that cannot be read, names no club, or names a match that cannot be played; the message
    /// says what would do.
    pub fn parse(text: &str, tournament: &Tournament) -> Result<Self, FixError> {
        Self::parse_after(text, tournament, &Conditions::default())
    }

    /// The same, with other fixes given before: one that changes a group match opens the seeds again.
    pub(super) fn parse_after(
        text: &str,
        tournament: &Tournament,
        earlier: &Conditions,
    ) -> Result<Self, FixError> {
        let parts = split(text, tournament)?;
        let (home, away) = split_clubs(text, parts.clubs, tournament)?;
        if home == away {
            return Err(impossible(text, "a club does not play itself".to_owned()));
        }
        if tournament.group_of(home) == tournament.group_of(away) {
            group_fix(text, &parts, home, away, tournament)
        } else {
            let groups_may_change = earlier.groups_may_change();
            let rounds = possible_rounds(tournament, home, away, groups_may_change);
            let fix = leg_fix(text, &parts, (home, away), &rounds, tournament)?;
            possible::check(text, &fix, tournament, earlier, groups_may_change)?;
            Ok(fix)
        }
    }
}

pub(super) fn impossible(text: &str, reason: String) -> FixError {
    FixError::Impossible {
        fix: text.to_owned(),
        reason,
    }
}

fn form(text: &str) -> FixError {
    FixError::Form {
        fix: text.to_owned(),
    }
}

/// Takes the round and leg off the front and the scores off the back.
fn split<'a>(text: &'a str, tournament: &Tournament) -> Result<Parts<'a>, FixError> {
    let score_error = |source| FixError::Score {
        fix: text.to_owned(),
        source,
    };
    let (rest, penalties) =
        take_labelled(text.trim(), &["pens", "pen", "penalties"]).map_err(score_error)?;
    let (rest, after_extra_time) = take_labelled(rest, &["aet", "a.e.t."]).map_err(score_error)?;
    let (rest, last) = rest
        .rsplit_once(char::is_whitespace)
        .ok_or_else(|| form(text))?;
    if !last.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(form(text));
    }
    let ninety: Goals = last.parse().map_err(score_error)?;
    let (rest, round) = take_round(rest.trim(), tournament);
    let (clubs, leg) = take_leg(rest, text)?;
    Ok(Parts {
        round,
        leg,
        clubs,
        score: Score {
            ninety,
            after_extra_time,
            penalties,
        },
    })
}

/// Takes `LABEL H-A` off the end of a text, if it is there.
fn take_labelled<'a>(
    text: &'a str,
    labels: &[&str],
) -> Result<(&'a str, Option<Goals>), ScoreError> {
    let Some((before, score)) = text.rsplit_once(char::is_whitespace) else {
        return Ok((text, None));
    };
    let before = before.trim_end();
    let Some((rest, label)) = before.rsplit_once(char::is_whitespace) else {
        return Ok((text, None));
    };
    if labels.contains(&label.to_lowercase().as_str()) {
        Ok((rest.trim_end(), Some(score.parse()?)))
    } else {
        Ok((text, None))
    }
}

/// Takes the short form or the name of a round off the front of a text, if it is there.
pub(super) fn take_round<'a>(text: &'a str, tournament: &Tournament) -> (&'a str, Option<RoundId>) {
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return (text, None);
    };
    let first = first.trim_end_matches(':').to_lowercase();
    let named = tournament.bracket.round_ids().find(|id| {
        let round = tournament.bracket.round(*id);
        round.short == first || round.name.to_lowercase() == first
    });
    if named.is_some() {
        (rest.trim_start(), named)
    } else {
        (text, None)
    }
}

/// Takes `leg N` off the front of a text, if it is there.
fn take_leg<'a>(text: &'a str, whole: &str) -> Result<(&'a str, Option<u8>), FixError> {
    let Some(rest) = text.strip_prefix("leg ") else {
        return Ok((text, None));
    };
    let (number, rest) = rest
        .trim_start()
        .split_once(char::is_whitespace)
        .ok_or_else(|| form(whole))?;
    match number.trim_end_matches(':') {
        "1" => Ok((rest.trim_start(), Some(1))),
        "2" => Ok((rest.trim_start(), Some(2))),
        other => Err(impossible(
            whole,
            format!("a tie has no leg {other}, only leg 1 and leg 2"),
        )),
    }
}

/// Splits `HOME-AWAY` at the dash that leaves a club on either side.
pub(super) fn split_clubs(
    text: &str,
    clubs: &str,
    tournament: &Tournament,
) -> Result<(ClubId, ClubId), FixError> {
    let separators = ["-", "–", " v ", " vs "];
    let splits: Vec<(&str, &str)> = separators
        .iter()
        .flat_map(|dash| {
            clubs
                .match_indices(dash)
                .map(|(at, dash)| (&clubs[..at], &clubs[at + dash.len()..]))
        })
        .collect();
    let mut first_error = None;
    for (home, away) in &splits {
        let sides = tournament
            .find_club(home)
            .and_then(|home| Ok((home, tournament.find_club(away)?)));
        match sides {
            Ok(sides) => return Ok(sides),
            Err(source) => {
                first_error.get_or_insert(source);
            }
        }
    }
    let fix = text.to_owned();
    Err(first_error.map_or_else(|| form(text), |source| FixError::Club { fix, source }))
}

fn group_fix(
    text: &str,
    parts: &Parts<'_>,
    home: ClubId,
    away: ClubId,
    tournament: &Tournament,
) -> Result<Fix, FixError> {
    let group = tournament.group_of(home);
    if parts.round.is_some() || parts.leg.is_some() {
        let name = &tournament.group(group).name;
        let reason = format!(
            "{} and {} are both in group {name}, and only one club of a group goes on; leave out the round",
            tournament.club(home).name,
            tournament.club(away).name,
        );
        return Err(impossible(text, reason));
    }
    if parts.score.after_extra_time.is_some() || parts.score.penalties.is_some() {
        let reason = "a group match has no extra time and no shoot-out".to_owned();
        return Err(impossible(text, reason));
    }
    let (fixture, _) = tournament
        .fixtures_of(group)
        .find(|(_, fixture)| (fixture.home, fixture.away) == (home, away))
        .ok_or_else(|| impossible(text, "this match is not on the fixture list".to_owned()))?;
    Ok(Fix::Group {
        fixture,
        goals: parts.score.ninety,
    })
}

fn leg_fix(
    text: &str,
    parts: &Parts<'_>,
    (home, away): (ClubId, ClubId),
    rounds: &[RoundId],
    tournament: &Tournament,
) -> Result<Fix, FixError> {
    let round_id = match (parts.round, rounds) {
        (_, []) => {
            let reason = format!(
                "{} and {} cannot meet in the knockout stage any more",
                tournament.club(home).name,
                tournament.club(away).name
            );
            return Err(impossible(text, reason));
        }
        (None, [only]) => *only,
        (Some(round), _) if rounds.contains(&round) => round,
        (Some(round), _) => {
            let names = rounds
                .iter()
                .map(|id| tournament.bracket.round(*id).name.clone());
            let reason = format!(
                "these clubs cannot meet in the {}, but in the {}",
                tournament.bracket.round(round).name,
                either(&names.collect::<Vec<_>>())
            );
            return Err(impossible(text, reason));
        }
        (None, several) => {
            return Err(which_round(text, parts, (home, away), several, tournament));
        }
    };
    let round = tournament.bracket.round(round_id);
    let decided_late = parts.score.after_extra_time.is_some() || parts.score.penalties.is_some();
    check_score(text, parts.score, round.extra_time)?;
    if parts.leg.is_some_and(|leg| leg > round.legs) {
        let reason = format!("a {} has a single match", round.name);
        return Err(impossible(text, reason));
    }
    let leg = match parts.leg {
        Some(leg) if decided_late && leg != round.legs => {
            let reason = format!(
                "extra time and a shoot-out come after leg {} only",
                round.legs
            );
            return Err(impossible(text, reason));
        }
        None if decided_late => Some(round.legs),
        given => given,
    };
    Ok(Fix::Leg {
        round: round_id,
        home,
        away,
        leg,
        score: parts.score,
    })
}

/// Checks that extra time adds to the 90 minutes and that a shoot-out has a winner.
fn check_score(text: &str, score: Score, extra_time: bool) -> Result<(), FixError> {
    if let Some(after) = score.after_extra_time {
        if !extra_time {
            return Err(impossible(text, "this round has no extra time".to_owned()));
        }
        if after.home < score.ninety.home || after.away < score.ninety.away {
            let reason = format!(
                "{after} after extra time is less than {} after 90 minutes; write the full score after 120",
                score.ninety
            );
            return Err(impossible(text, reason));
        }
    }
    if score
        .penalties
        .is_some_and(|penalties| penalties.margin() == 0)
    {
        return Err(impossible(text, "a shoot-out has a winner".to_owned()));
    }
    Ok(())
}

fn which_round(
    text: &str,
    parts: &Parts<'_>,
    (home, away): (ClubId, ClubId),
    rounds: &[RoundId],
    tournament: &Tournament,
) -> FixError {
    let rounds: Vec<_> = rounds
        .iter()
        .map(|id| tournament.bracket.round(*id))
        .collect();
    let choices: Vec<String> = rounds
        .iter()
        .map(|round| format!("{} ({})", round.short, round.name))
        .collect();
    let example = format!(
        "{} {}-{} {}",
        rounds.last().map_or("f", |round| round.short.as_str()),
        tournament.club(home).code,
        tournament.club(away).code,
        parts.score.ninety
    );
    FixError::WhichRound {
        fix: text.to_owned(),
        choices: either(&choices),
        example,
    }
}
