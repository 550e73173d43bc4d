//! A goal model with the clubs as a what-if has them: other strengths, other facts, neutral grounds.

use crate::conditions::{Conditions, Fact, Grounds, Strength};
use crate::goals::{Covariate, GoalModel, JointScores, Occasion, RateError, Rates, Slope};
use crate::ids::{ClubId, FixtureId, RoundId};
use crate::tournament::Tournament;

/// A model under conditions. Without any it gives the very rates of the model beneath.
pub(super) struct ChangedModel<'a> {
    model: &'a dyn GoalModel,
    /// For each club the one whose strength it has.
    like: Vec<ClubId>,
    /// For each club what it adds to its own log rate, and takes from its opponent's, beyond the model.
    shifts: Vec<Slope>,
    grounds: Grounds<'a>,
}

impl<'a> ChangedModel<'a> {
    pub(super) fn new(
        model: &'a dyn GoalModel,
        tournament: &Tournament,
        conditions: &'a Conditions,
    ) -> Self {
        let mut changed = Self {
            model,
            like: tournament.club_ids().collect(),
            shifts: vec![Slope::default(); tournament.clubs.len()],
            grounds: conditions.neutral(),
        };
        for change in &conditions.strengths {
            match change.strength {
                Strength::AsStrongAs(other) => changed.like[change.club.index()] = other,
                Strength::Changed(by) => changed.shift(change.club, by, by),
            }
        }
        for change in &conditions.facts {
            changed.shift_by_fact(tournament, change.club, &change.fact);
        }
        changed
    }

    fn shift(&mut self, club: ClubId, attack: f64, defence: f64) {
        let shift = &mut self.shifts[club.index()];
        shift.attack += attack;
        shift.defence += defence;
    }

    /// Another fact is worth the coefficient times the change of the covariate.
    fn shift_by_fact(&mut self, tournament: &Tournament, id: ClubId, fact: &Fact) {
        let mut club = tournament.club(id).clone();
        let edition = tournament.to_edition();
        let covariate = covariate(fact);
        let before = covariate.value(&club, &edition).unwrap_or(0.0);
        match fact {
            Fact::Pot(pot) => club.pot = Some(pot.clone()),
            Fact::BestFinish(finish) => club.best_finish = *finish,
        }
        let after = covariate.value(&club, &edition).unwrap_or(0.0);
        let slope = self.model.slope(covariate).unwrap_or_default();
        let change = after - before;
        self.shift(id, slope.attack * change, slope.defence * change);
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

    /// The expected goals of both sides with all that is changed, be they rates or not.
    fn expected(&self, home: ClubId, away: ClubId, occasion: Occasion) -> [f64; 2] {
        let (like_home, like_away) = (self.like[home.index()], self.like[away.index()]);
        let rates = if like_home == like_away {
            self.equals(home, away, occasion)
        } else {
            self.model.rates(like_home, like_away, occasion)
        };
        let (host, guest) = (self.shifts[home.index()], self.shifts[away.index()]);
        [
            rates.home.get() * (host.attack - guest.defence).exp(),
            rates.away.get() * (guest.attack - host.defence).exp(),
        ]
    }

    /// Two clubs of one strength: the geometric mean over both pairings takes their difference out.
    fn equals(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let there = self.model.rates(home, away, occasion);
        let back = self.model.rates(away, home, occasion);
        Rates {
            home: there.home.mean(back.home),
            away: there.away.mean(back.away),
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
    let changed = ChangedModel::new(model, tournament, conditions);
    for home in tournament.club_ids() {
        for away in tournament.club_ids().filter(|away| *away != home) {
            for occasion in [Occasion::Group, Occasion::FirstLeg, Occasion::LastLeg] {
                let [own, other] = changed.expected(home, away, occasion);
                Rates::new(own, other).map_err(|error| (home, away, error))?;
            }
        }
    }
    Ok(())
}

/// The covariate that a fact is about.
pub(super) fn covariate(fact: &Fact) -> Covariate {
    match fact {
        Fact::Pot(_) => Covariate::Pot,
        Fact::BestFinish(_) => Covariate::BestFinish,
    }
}

impl GoalModel for ChangedModel<'_> {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let [home, away] = self.expected(home, away, occasion);
        Rates::nearest(home, away)
    }

    fn scores(&self, rates: Rates) -> JointScores {
        self.model.scores(rates)
    }
}
