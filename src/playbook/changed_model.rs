//! A goal model for the groups and rounds of a what-if: changed clubs, neutral grounds.

use super::ChangedClubs;
use crate::conditions::{Conditions, Grounds};
use crate::goals::{GoalModel, JointScores, Occasion, RateError, Rates};
use crate::ids::{ClubId, FixtureId, RoundId};
use crate::tournament::Tournament;

/// A model under conditions. Without any it gives the very rates of the model beneath.
pub(super) struct ChangedModel<'a> {
    clubs: ChangedClubs<'a>,
    grounds: Grounds<'a>,
}

impl<'a> ChangedModel<'a> {
    pub(super) fn new(
        model: &'a dyn GoalModel,
        tournament: &Tournament,
        conditions: &'a Conditions,
    ) -> Self {
        Self {
            clubs: ChangedClubs::new(
                model,
                &tournament.to_edition(),
                &conditions.strengths,
                &conditions.facts,
            ),
            grounds: conditions.neutral(),
        }
    }

    /// The rates of a group match, on neutral ground where that is so.
    pub(super) fn group_match(&self, id: FixtureId, home: ClubId, away: ClubId) -> Rates {
        if self.grounds.group_match(id) {
            self.neutral(home, away, Occasion::Group)
        } else {
            self.rates(home, away, Occasion::Group)
        }
    }

    /// The rates of a leg of a tie in a round, on neutral ground where that is so.
    pub(super) fn leg(
        &self,
        round: RoundId,
        home: ClubId,
        away: ClubId,
        occasion: Occasion,
    ) -> Rates {
        if self.grounds.tie(round, home, away) {
            self.neutral(home, away, occasion)
        } else {
            self.rates(home, away, occasion)
        }
    }

    /// Whether all rounds have the same rates.
    pub(super) fn rounds_are_alike(&self) -> bool {
        self.grounds.are_alike_in_all_rounds()
    }

    /// On neutral ground each side has the geometric mean of its rates on the two grounds. In a model in which home
    /// advantage adds to one log rate what it takes from the other, that is the model without it.
    fn neutral(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let there = self.rates(home, away, occasion);
        let back = self.rates(away, home, occasion);
        Rates {
            home: there.home.mean(back.away),
            away: there.away.mean(back.home),
        }
    }
}

/// Checks that the expected goals of every pairing are rates under conditions too: changes of strength multiply them.
/// Rates beyond the range are played as the nearest ones.
///
/// # Errors
/// The first pairing whose expected goals are none, and why.
pub fn check_rates(
    tournament: &Tournament,
    model: &dyn GoalModel,
    conditions: &Conditions,
) -> Result<(), (ClubId, ClubId, RateError)> {
    ChangedModel::new(model, tournament, conditions)
        .clubs
        .check()
}

impl GoalModel for ChangedModel<'_> {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        self.clubs.rates(home, away, occasion)
    }

    fn scores(&self, rates: Rates) -> JointScores {
        self.clubs.scores(rates)
    }
}
