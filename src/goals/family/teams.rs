//! The rates of a cup's clubs that follow from what a model of the family has effects.

use super::learned::Effects;
use super::material::{Facts, Material};
use crate::goals::{Covariate, GoalModel, Occasion, Rates, Slope};
use crate::ids::ClubId;

/// A goal model: the strength and the openness of each club, and the group it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Teams {
    level: f64,
    home: f64,
    strength: Vec<f64>,
    openness: Vec<f64>,
    /// The effect of the club's group, if it has one.
    group: Vec<Option<f64>>,
    /// What a title among the best finishes of the file is worth, if the model looks at these.
    best_finish: Option<f64>,
}

impl Effects {
    /// The strength of a team without that of its group.
    pub(super) fn of_team(&self, team: usize, facts: &Facts) -> f64 {
        self.teams[team]
            + self.slopes.best_finish * facts.best_finish
            + self.slopes.rating * facts.rating
            + self.slopes.pot * facts.pot
    }
}

impl Teams {
    /// The clubs of a cup, each by its number among the teams that were learned from, with what is known of it now.
    pub(super) fn new(effects: &Effects, material: &Material, clubs: &[(usize, Facts)]) -> Self {
        let strength = clubs
            .iter()
            .map(|(team, facts)| effects.of_team(*team, facts));
        Self {
            level: effects.level,
            home: effects.home,
            strength: strength.collect(),
            openness: clubs
                .iter()
                .map(|(team, _)| effects.openness[*team])
                .collect(),
            group: clubs
                .iter()
                .map(|(team, _)| material.group_of[*team].map(|group| effects.groups[group]))
                .collect(),
            best_finish: None,
        }
    }

    /// The same with what a title among the best finishes of the file is worth.
    pub(super) fn with_best_finish(self, worth: Option<f64>) -> Self {
        Self {
            best_finish: worth,
            ..self
        }
    }

    /// The rates where `first` has this share of the home advantage: 1 at home, 0 on neutral ground.
    fn at(&self, first: ClubId, second: ClubId, ground: f64) -> Rates {
        let (one, other) = (first.index(), second.index());
        // Where both are of one group its effect cancels out by itself.
        let groups = self.group[one].zip(self.group[other]);
        let groups = groups.map_or(0.0, |(one, other)| one - other);
        let sum = self.level + self.openness[one] + self.openness[other];
        let gap = self.home * ground / 2.0 + self.strength[one] - self.strength[other] + groups;
        Rates::nearest((sum + gap).exp(), (sum - gap).exp())
    }
}

impl GoalModel for Teams {
    fn rates(&self, home: ClubId, away: ClubId, _occasion: Occasion) -> Rates {
        self.at(home, away, 1.0)
    }

    fn neutral_rates(&self, one: ClubId, other: ClubId, _occasion: Occasion) -> Rates {
        self.at(one, other, 0.0)
    }

    fn slope(&self, covariate: Covariate) -> Option<Slope> {
        let worth = match covariate {
            Covariate::BestFinish => self.best_finish?,
            // It is counted from the middle pot, which a change of one club's pot may move.
            Covariate::Pot => return None,
        };
        Some(Slope {
            attack: worth,
            defence: worth,
        })
    }
}
