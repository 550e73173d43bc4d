//! A goal model with the clubs as a what-if has them: other strengths, other facts.

use crate::conditions::{Fact, FactChange, Strength, StrengthChange, WhatIf};
use crate::cup::Cup;
use crate::goals::{Covariate, GoalModel, JointScores, Occasion, RateError, Rates, Slope};
use crate::ids::ClubId;
use crate::tournament::Edition;

/// A model with changed clubs. Without changes it gives the very rates of the model beneath.
pub struct ChangedClubs<'a> {
    model: &'a dyn GoalModel,
    /// For each club the one whose strength it has.
    like: Vec<ClubId>,
    /// For each club what it adds to its own log rate, and takes from its opponent's, beyond the model.
    shifts: Vec<Slope>,
}

impl<'a> ChangedClubs<'a> {
    pub(super) fn new(
        model: &'a dyn GoalModel,
        edition: &Edition,
        strengths: &[StrengthChange],
        facts: &[FactChange],
    ) -> Self {
        let count = edition.clubs.len();
        let mut changed = Self {
            model,
            like: (0..count).map(ClubId::new).collect(),
            shifts: vec![Slope::default(); count],
        };
        for change in strengths {
            match change.strength {
                Strength::AsStrongAs(other) => changed.like[change.club.index()] = other,
                Strength::Changed(by) => changed.shift(change.club, by, by),
            }
        }
        for change in facts {
            changed.shift_by_fact(edition, change.club, &change.fact);
        }
        changed
    }

    /// The clubs of a cup as a what-if has them.
    pub fn of_cup(model: &'a dyn GoalModel, cup: &Cup, what_if: &WhatIf) -> Self {
        Self::new(model, &cup.to_edition(), &what_if.strengths, &what_if.facts)
    }

    /// Checks that the expected goals of every pairing are rates too: changes of strength multiply them.
    ///
    /// # Errors
    /// The first pairing whose expected goals are none, and why.
    pub fn check(&self) -> Result<(), (ClubId, ClubId, RateError)> {
        let clubs = || (0..self.like.len()).map(ClubId::new);
        for home in clubs() {
            for away in clubs().filter(|away| *away != home) {
                for occasion in [Occasion::Group, Occasion::FirstLeg, Occasion::LastLeg] {
                    let [own, other] = self.expected(home, away, occasion);
                    Rates::new(own, other).map_err(|error| (home, away, error))?;
                }
            }
        }
        Ok(())
    }

    fn shift(&mut self, club: ClubId, attack: f64, defence: f64) {
        let shift = &mut self.shifts[club.index()];
        shift.attack += attack;
        shift.defence += defence;
    }

    /// Another fact is worth the coefficient times the change of the covariate.
    fn shift_by_fact(&mut self, edition: &Edition, id: ClubId, fact: &Fact) {
        let mut club = edition.clubs[id.index()].clone();
        let covariate = covariate(fact);
        let before = covariate.value(&club, edition).unwrap_or(0.0);
        match fact {
            Fact::Pot(pot) => club.pot = Some(pot.clone()),
            Fact::BestFinish(finish) => club.best_finish = *finish,
        }
        let after = covariate.value(&club, edition).unwrap_or(0.0);
        let slope = self.model.slope(covariate).unwrap_or_default();
        let change = after - before;
        self.shift(id, slope.attack * change, slope.defence * change);
    }

    /// The expected goals of both sides with all that is changed, be they rates or not.
    pub(super) fn expected(&self, home: ClubId, away: ClubId, occasion: Occasion) -> [f64; 2] {
        let (like_home, like_away) = (self.like[home.index()], self.like[away.index()]);
        let rates = if like_home == like_away {
            self.equals(home, away, occasion)
        } else {
            self.model.rates(like_home, like_away, occasion)
        };
        self.shifted(rates, home, away)
    }

    /// Rates with what is added to the strengths of the two.
    fn shifted(&self, rates: Rates, one: ClubId, other: ClubId) -> [f64; 2] {
        let (first, second) = (self.shifts[one.index()], self.shifts[other.index()]);
        [
            rates.home.get() * (first.attack - second.defence).exp(),
            rates.away.get() * (second.attack - first.defence).exp(),
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

/// The covariate that a fact is about.
pub fn covariate(fact: &Fact) -> Covariate {
    match fact {
        Fact::Pot(_) => Covariate::Pot,
        Fact::BestFinish(_) => Covariate::BestFinish,
    }
}

impl GoalModel for ChangedClubs<'_> {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let [home, away] = self.expected(home, away, occasion);
        Rates::nearest(home, away)
    }

    fn neutral_rates(&self, one: ClubId, other: ClubId, occasion: Occasion) -> Rates {
        let (like_one, like_other) = (self.like[one.index()], self.like[other.index()]);
        let rates = if like_one == like_other {
            let there = self.model.neutral_rates(one, other, occasion);
            let even = there.home.mean(there.away);
            Rates {
                home: even,
                away: even,
            }
        } else {
            self.model.neutral_rates(like_one, like_other, occasion)
        };
        let [one, other] = self.shifted(rates, one, other);
        Rates::nearest(one, other)
    }

    fn scores(&self, rates: Rates) -> JointScores {
        self.model.scores(rates)
    }
}
