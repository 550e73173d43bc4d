//! An edition as a goal model sees it: clubs with what was known of them, and dated matches.

use super::{Club, Goals, Tournament, plain_name};
use crate::ids::ClubId;
use jiff::civil::Date;
use std::borrow::Cow;

/// The clubs and the played matches of one edition, past or current.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Short name, such as `ccl-2008-09`.
    pub id: String,
    /// Full name of the competition, such as `CONCACAF Champions League`.
    pub competition: String,
    /// The edition, such as `2008-09`.
    pub name: String,
    /// All clubs; indexed by [`ClubId`].
    pub clubs: Vec<Club>,
    /// The pots, those of the strongest clubs first, where they rank clubs as those of other editions do; else none.
    pub pots: Vec<String>,
    /// All matches that were played and whose result is known, in file order. Results that were awarded are not among
    /// them: they tell nothing of how clubs play.
    pub matches: Vec<DatedMatch>,
}

impl Edition {
    /// Whether another edition is of the same competition.
    pub fn is_of_same_competition(&self, other: &Self) -> bool {
        plain_name(&self.competition) == plain_name(&other.competition)
    }

    /// Whether another edition has the same competition and name, whatever its file is called.
    pub fn is_called_alike(&self, other: &Self) -> bool {
        plain_name(&self.name) == plain_name(&other.name) && self.is_of_same_competition(other)
    }

    /// Whether another edition is this one, or goes by its short name.
    pub fn is_same_edition(&self, other: &Self) -> bool {
        self.id == other.id || self.is_called_alike(other)
    }

    /// The day of its first known match.
    pub fn first_day(&self) -> Option<Date> {
        self.matches.iter().map(|played| played.date).min()
    }

    /// The day of its last known match.
    pub fn last_day(&self) -> Option<Date> {
        self.matches.iter().map(|played| played.date).max()
    }
}

/// What earlier editions had shown by the evening of a day (see [`Tournament::cut_off`]); everything for `None`. This is the
/// one place where a moment cuts the history: later matches are taken out, and editions of which nothing is left.
pub fn known_by(history: &[Edition], day: Option<Date>) -> Cow<'_, [Edition]> {
    let Some(day) = day.filter(|day| history.iter().any(|past| past.last_day() > Some(*day)))
    else {
        return Cow::Borrowed(history);
    };
    let known = history.iter().filter_map(|past| {
        let mut past = past.clone();
        past.matches.retain(|played| played.date <= day);
        (!past.matches.is_empty()).then_some(past)
    });
    Cow::Owned(known.collect())
}

/// A played match: when, who, how many goals after 90 minutes, and in which part of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedMatch {
    /// The day it was played.
    pub date: Date,
    /// Where in the edition it stands.
    pub stage: MatchStage,
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// Goals after 90 minutes.
    pub goals: Goals,
}

/// The part of an edition a match belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchStage {
    /// A group match.
    Group {
        /// The name of the group.
        group: String,
        /// The matchday, counted from 1.
        matchday: u8,
    },
    /// A leg of a knockout tie (a preliminary round included).
    Knockout {
        /// The name of the round.
        round: String,
        /// Which leg, counted from 1.
        leg: u8,
        /// How many legs the tie has.
        legs: u8,
    },
}

impl MatchStage {
    /// Whether it is the first of two legs, in which fewer goals are scored.
    pub fn is_first_leg(&self) -> bool {
        matches!(
            self,
            Self::Knockout {
                leg: 1,
                legs: 2,
                ..
            }
        )
    }
}

impl Tournament {
    /// The clubs and the known results of this tournament, for training a goal model. Awarded results are left out.
    ///
    /// Knockout legs without a date are given the latest date in the file: they are known, so they
    /// were played, and nothing later is known.
    pub fn to_edition(&self) -> Edition {
        let played = self.fixtures.iter().filter(|fixture| !fixture.awarded);
        let groups = played.filter_map(|fixture| {
            let stage = MatchStage::Group {
                group: self.group(fixture.group).name.clone(),
                matchday: fixture.matchday,
            };
            let (home, away) = (fixture.home, fixture.away);
            fixture.result.map(|goals| DatedMatch {
                date: fixture.date,
                stage,
                home,
                away,
                goals,
            })
        });
        let latest = self.last_date();
        let legs = self.bracket.ties.iter().flat_map(|tie| {
            let round = self.bracket.round(tie.round);
            tie.legs.iter().enumerate().filter_map(move |(index, leg)| {
                let played = leg.played.filter(|played| !played.awarded)?;
                Some(DatedMatch {
                    date: leg.date.unwrap_or(latest),
                    stage: MatchStage::Knockout {
                        round: round.name.clone(),
                        leg: index as u8 + 1,
                        legs: round.legs,
                    },
                    home: played.home,
                    away: played.away,
                    goals: played.score.ninety,
                })
            })
        });
        let draw = self.draw.iter().filter(|draw| draw.pots_comparable);
        Edition {
            id: self.id.clone(),
            competition: self.competition.clone(),
            name: self.edition.clone(),
            clubs: self.clubs.clone(),
            pots: draw.flat_map(|draw| draw.pots.clone()).collect(),
            matches: groups.chain(legs).collect(),
        }
    }
}
