//! Single results that are taken for granted.

use crate::ids::{ClubId, FixtureId, RoundId};
use crate::tournament::{Goals, Score, Tournament};

/// A match result that is taken for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    /// The result of a group match.
    Group {
        /// The match.
        fixture: FixtureId,
        /// Its goals.
        goals: Goals,
    },
    /// The result of a knockout match, which counts wherever these two clubs meet in this round.
    Leg {
        /// The round.
        round: RoundId,
        /// The home club.
        home: ClubId,
        /// The away club.
        away: ClubId,
        /// Which leg (counted from 1) it has to be for the fix to count; any leg if `None`.
        leg: Option<u8>,
        /// The score; with extra time or a shoot-out it counts in the last leg only.
        score: Score,
    },
}

impl Fix {
    /// Whether two fixes speak of the same match.
    pub(super) fn is_same_match(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Group { fixture: a, .. }, Self::Group { fixture: b, .. }) => a == b,
            (
                Self::Leg {
                    round,
                    home,
                    away,
                    leg,
                    ..
                },
                Self::Leg {
                    round: round2,
                    home: home2,
                    away: away2,
                    leg: leg2,
                    ..
                },
            ) => {
                let legs_meet = leg.is_none() || leg2.is_none() || leg == leg2;
                (round, home, away) == (round2, home2, away2) && legs_meet
            }
            _ => false,
        }
    }

    /// The fix in words, with what it replaces, such as
    /// `Toluca - Caledonia AIA 2-1 (group 6, matchday 1), in place of the known 3-1`.
    pub fn words(&self, tournament: &Tournament) -> String {
        let name = |id: ClubId| tournament.club(id).name.as_str();
        match *self {
            Self::Group { fixture, goals } => {
                let fixture = tournament.fixture(fixture);
                let group = &tournament.group(fixture.group).name;
                let known = fixture
                    .result
                    .map(|known| format!(", in place of the known {known}"));
                format!(
                    "{} - {} {goals} (group {group}, matchday {}){}",
                    name(fixture.home),
                    name(fixture.away),
                    fixture.matchday,
                    known.unwrap_or_default()
                )
            }
            Self::Leg {
                round,
                home,
                away,
                leg,
                score,
            } => {
                let round_name = &tournament.bracket.round(round).name;
                let leg = leg.map(|leg| format!(" leg {leg}")).unwrap_or_default();
                let legs = tournament
                    .bracket
                    .ties_of(round)
                    .flat_map(|(_, tie)| tie.legs.iter().filter_map(|leg| leg.played));
                let known = legs
                    .into_iter()
                    .find(|played| (played.home, played.away) == (home, away))
                    .map_or_else(
                        || ", wherever they meet there".to_owned(),
                        |played| format!(", in place of the known {}", played.score),
                    );
                format!(
                    "{} - {} {score} ({round_name}{leg}){known}",
                    name(home),
                    name(away)
                )
            }
        }
    }
}
