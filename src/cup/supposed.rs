//! Results that are taken for granted, with a score or without.

use super::Cup;
use crate::format::Rules;
use crate::ids::{ClubId, StageId};
use crate::tournament::{Goals, MatchResult, Score};

/// A result that is taken for granted wherever these two clubs meet so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supposed {
    /// The stage, if one is named.
    pub stage: Option<StageId>,
    /// The clubs, the one listed first first.
    pub clubs: [ClubId; 2],
    /// What is supposed.
    pub outcome: Outcome,
}

/// What is supposed of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its score.
    Score(Score),
    /// Who wins after 90 minutes, with whatever score.
    Result(MatchResult),
}

impl Outcome {
    /// The same with the sides turned.
    #[must_use]
    pub fn turned(self) -> Self {
        let turn = |goals: Goals| Goals {
            home: goals.away,
            away: goals.home,
        };
        match self {
            Self::Score(score) => Self::Score(Score {
                ninety: turn(score.ninety),
                after_extra_time: score.after_extra_time.map(turn),
                penalties: score.penalties.map(turn),
            }),
            Self::Result(MatchResult::HomeWin) => Self::Result(MatchResult::AwayWin),
            Self::Result(MatchResult::AwayWin) => Self::Result(MatchResult::HomeWin),
            Self::Result(MatchResult::Draw) => self,
        }
    }
}

/// Why a text is no result of a cup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SupposedError {
    /// Not in the form of a result.
    #[error(
        "`{0}` is no result; write two clubs and goals, such as `Qatar-Ecuador 1-0`, or `Qatar-Ecuador home win`, `draw`, `away win`"
    )]
    Form(String),
    /// The clubs cannot be told.
    #[error("in `{fix}`: {why}")]
    Clubs {
        /// What was written.
        fix: String,
        /// Why not.
        why: String,
    },
    /// The two do not meet.
    #[error(
        "`{fix}` cannot be: {home} and {away} are in no group together, and no round of ties comes after this moment"
    )]
    Never {
        /// What was written.
        fix: String,
        /// The club listed first.
        home: String,
        /// The other.
        away: String,
    },
}

impl Cup {
    /// Reads `[STAGE] HOME-AWAY 2-1 [aet 2-2] [pens 4-2]`, or `home win`, `draw`, `away win` in place of the score.
    ///
    /// # Errors
    /// A text of another form, unknown clubs, or two that cannot meet.
    pub fn suppose(&self, text: &str) -> Result<Supposed, SupposedError> {
        let form = || SupposedError::Form(text.to_owned());
        let (rest, outcome) = take_outcome(text.trim()).ok_or_else(form)?;
        let (stage, rest) = self.take_stage(rest);
        let clubs = self.two_clubs(rest).map_err(|why| SupposedError::Clubs {
            fix: text.to_owned(),
            why,
        })?;
        let supposed = self.placed(Supposed {
            stage,
            clubs,
            outcome,
        });
        if self.may_meet(&supposed) {
            return Ok(supposed);
        }
        let name = |club: ClubId| self.club(club).name.clone();
        Err(SupposedError::Never {
            fix: text.to_owned(),
            home: name(clubs[0]),
            away: name(clubs[1]),
        })
    }

    /// A result of two clubs that meet in a table is about that match, unless another stage is named. Where they are
    /// listed the other way round only, so is the result.
    pub(crate) fn placed(&self, mut supposed: Supposed) -> Supposed {
        let here = |stages: Vec<StageId>| -> Vec<StageId> {
            let named = stages.into_iter();
            named
                .filter(|stage| supposed.stage.is_none_or(|named| named == *stage))
                .collect()
        };
        let [one, other] = supposed.clubs;
        let (listed, turned) = (
            here(self.listed_in([one, other])),
            here(self.listed_in([other, one])),
        );
        if listed.is_empty() && !turned.is_empty() {
            supposed.clubs = [other, one];
            supposed.outcome = supposed.outcome.turned();
        }
        let stages = if listed.is_empty() { turned } else { listed };
        if let [only] = stages.as_slice() {
            supposed.stage = Some(*only);
        }
        supposed
    }

    /// Takes the key or the name of a stage off the front of a text, if it is there.
    pub(crate) fn take_stage<'a>(&self, text: &'a str) -> (Option<StageId>, &'a str) {
        let behind = |name: &str| {
            let (front, rest) = (text.get(..name.len())?, text.get(name.len()..)?);
            let rest = rest
                .strip_prefix('s')
                .filter(|rest| ends(rest))
                .unwrap_or(rest);
            (front.eq_ignore_ascii_case(name) && ends(rest))
                .then(|| rest.trim_start_matches([' ', ':', ',', '\t']))
        };
        let named = self.format.stage_ids().find_map(|id| {
            let stage = self.format.stage(id);
            let rest = behind(&stage.name).or_else(|| behind(&stage.key))?;
            Some((id, rest))
        });
        named.map_or((None, text), |(stage, rest)| (Some(stage), rest))
    }

    /// Two names with a dash between; names may have dashes of their own.
    ///
    /// # Errors
    /// What is wrong with the names.
    pub(crate) fn two_clubs(&self, text: &str) -> Result<[ClubId; 2], String> {
        let mut why = format!("`{text}` names no two clubs; write them with a dash between");
        for (at, dash) in text.match_indices(['-', '–']) {
            let sides = [&text[..at], &text[at + dash.len()..]];
            match sides.map(|side| self.find_club(side.trim())) {
                [Ok(home), Ok(away)] if home != away => return Ok([home, away]),
                [Ok(_), Ok(_)] => "a club does not play itself".clone_into(&mut why),
                [Err(error), _] | [_, Err(error)] => why = error.to_string(),
            }
        }
        Err(why)
    }

    /// The stages of tables whose list has a match of these clubs in this order.
    fn listed_in(&self, clubs: [ClubId; 2]) -> Vec<StageId> {
        let mut stages: Vec<StageId> = Vec::new();
        for game in &self.matches {
            let unit = self.format.unit(game.unit);
            let club = |side: u16| {
                let place = *unit.entrants.get(usize::from(side))?;
                self.format.club_at(place)
            };
            let is_it = matches!(unit.rules, Rules::Table(_))
                && game
                    .clubs
                    .map_or_else(|| game.sides.map(club), |clubs| clubs.map(Some))
                    == clubs.map(Some);
            if is_it && !stages.contains(&unit.stage) {
                stages.push(unit.stage);
            }
        }
        stages
    }

    /// Whether the two are listed for a match, or may meet in a stage of ties.
    fn may_meet(&self, supposed: &Supposed) -> bool {
        let here = |stage: StageId| supposed.stage.is_none_or(|named| named == stage);
        let listed = self.matches.iter().any(|game| {
            let unit = self.format.unit(game.unit);
            here(unit.stage)
                && game.sides.iter().all(|side| {
                    let place = unit.entrants.get(usize::from(*side));
                    let club = place.and_then(|place| self.format.club_at(*place));
                    club.is_none_or(|club| supposed.clubs.contains(&club))
                })
        });
        let ties = self
            .format
            .units()
            .iter()
            .any(|unit| here(unit.stage) && matches!(unit.rules, Rules::Tie(_)));
        listed || ties
    }
}

/// Takes what is supposed off the end of a text.
fn take_outcome(text: &str) -> Option<(&str, Outcome)> {
    for result in MatchResult::ALL {
        if let Some(rest) = text.strip_suffix(result.words()) {
            return Some((rest.trim(), Outcome::Result(result)));
        }
    }
    let (rest, penalties) = take_labelled(text, "pens");
    let (rest, after_extra_time) = take_labelled(rest, "aet");
    let (rest, last) = rest.trim().rsplit_once(char::is_whitespace)?;
    let ninety: Goals = last.replace(':', "-").parse().ok()?;
    Some((
        rest.trim(),
        Outcome::Score(Score {
            ninety,
            after_extra_time,
            penalties,
        }),
    ))
}

/// Whether a name may end here.
fn ends(rest: &str) -> bool {
    rest.starts_with([' ', ':', ',', '\t'])
}

fn take_labelled<'a>(text: &'a str, label: &str) -> (&'a str, Option<Goals>) {
    let found = text.rsplit_once(label).and_then(|(rest, goals)| {
        let goals: Goals = goals.trim().replace(':', "-").parse().ok()?;
        Some((rest.trim(), goals))
    });
    found.map_or((text, None), |(rest, goals)| (rest, Some(goals)))
}
