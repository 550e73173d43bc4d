//! Reads a fixed result as people write it: `TOL-CAL 2-1`, `qf leg 2 Toluca - San Jose 1-1 aet 1-1 pens 5-4`.

use super::meeting::possible_rounds;
use super::written::{Reading, readings};
use super::{Conditions, Fix, possible};
use crate::ids::{ClubId, RoundId};
use crate::tournament::{ClubError, Score, ScoreError, Tournament, either};

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
    /// The text can be understood in several ways.
    #[error("`{fix}` can mean {choices}; write the codes of the clubs and the score behind them")]
    Ambiguous {
        /// What was written.
        fix: String,
        /// What it may mean, as a list for people.
        choices: String,
    },
    /// Two results were given for one match.
    #[error("`{fix}` fixes a match that an earlier fix has fixed already; give one result a match")]
    Repeated {
        /// What was written.
        fix: String,
    },
}

impl Fix {
    /// Reads `[ROUND] [leg N] HOME-AWAY H-A [aet H-A] [pens H-A]`: clubs by code, name or alias; the round by
    /// name or short form for knockout matches, where it may be left out once the bracket leaves only one. The score may
    /// stand between the clubs too (`HOME H-A AWAY`, `HOME H AWAY A`), and have a colon or any dash.
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
        let parts = match readings(text, tournament)?.as_slice() {
            [only] => *only,
            several => return Err(ambiguous(text, several, tournament)),
        };
        let (home, away) = parts.clubs;
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

pub(super) fn form(text: &str) -> FixError {
    FixError::Form {
        fix: text.to_owned(),
    }
}

fn ambiguous(text: &str, readings: &[Reading], tournament: &Tournament) -> FixError {
    let choices = readings.iter().map(|reading| {
        let (home, away) = reading.clubs;
        let code = |club| &tournament.club(club).code;
        let round = reading.round.map(|id| &tournament.bracket.round(id).short);
        let round = round.map(|short| format!("{short} ")).unwrap_or_default();
        format!(
            "`{round}{}-{} {}`",
            code(home),
            code(away),
            reading.score.ninety
        )
    });
    FixError::Ambiguous {
        fix: text.to_owned(),
        choices: either(&choices.collect::<Vec<_>>()),
    }
}

fn group_fix(
    text: &str,
    parts: &Reading,
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
    parts: &Reading,
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
    parts: &Reading,
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
