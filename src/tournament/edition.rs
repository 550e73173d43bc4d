//! An edition as a goal model sees it: clubs with what was known of them, and dated matches.

use super::{Club, Goals, Tournament};
use crate::ids::ClubId;
use jiff::civil::Date;

/// The clubs and the played matches of one edition, past or current.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Short name, such as `ccl-2008-09`.
    pub id: String,
    /// The edition, such as `2008-09`.
    pub name: String,
    /// All clubs; indexed by [`ClubId`].
    pub clubs: Vec<Club>,
    /// Whether pots mean the same as in other editions: A the strongest third, C the weakest.
    pub pots_comparable: bool,
    /// All matches with a known result, in file order.
    pub matches: Vec<DatedMatch>,
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
    /// The clubs and the known results of this tournament, for training a goal model.
    ///
    /// Knockout legs without a date are given the latest date in the file: they are known, so they
    /// were played, and nothing later is known.
    pub fn to_edition(&self) -> Edition {
        let groups = self.fixtures.iter().filter_map(|fixture| {
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
                let played = leg.played?;
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
        Edition {
            id: self.id.clone(),
            name: self.edition.clone(),
            clubs: self.clubs.clone(),
            pots_comparable: self.draw.is_some(),
            matches: groups.chain(legs).collect(),
        }
    }
}
