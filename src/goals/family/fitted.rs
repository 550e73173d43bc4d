//! A fitted model of the family: its effects with their uncertainty, the strengths of clubs, and draws of all at once.

use super::learned::{Effect, Effects, Learned};
use super::material::{Facts, Material};
use super::teams::Teams;
use crate::goals::Coefficient;
use crate::ids::ClubId;
use rand::Rng;

/// What a model has learned for a cup.
#[derive(Debug, Clone)]
pub struct Fitted {
    pub(super) learned: Learned,
    pub(super) material: Material,
    /// Each club's number among the teams, and what is known of it.
    pub(super) clubs: Vec<(usize, Facts)>,
    /// The names of groups, by number.
    pub(super) groups: Vec<String>,
    /// Whether best finishes are those that the file tells.
    pub(super) finishes_by_file: bool,
}

/// How strong a club is, on the scale of the logarithm of goals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClubStrength {
    /// The club.
    pub club: ClubId,
    /// All that is added to its goals and taken from its opponents'.
    pub strength: f64,
    /// What it adds to the goals of both sides.
    pub openness: f64,
    /// The standard deviation of its own effect, given its results; `None` if it has none.
    pub deviation: Option<f64>,
}

impl Fitted {
    /// The goal model of the most likely effects.
    pub(super) fn teams(&self) -> Teams {
        self.of(&self.learned.effects)
    }

    /// A goal model drawn from what is likely, for a whole tournament.
    pub fn draw(&self, rng: &mut impl Rng) -> Teams {
        self.of(&self.learned.draw(rng))
    }

    fn of(&self, effects: &Effects) -> Teams {
        let worth = self.learned.estimate(Effect::BestFinish);
        let worth = worth.filter(|_| self.finishes_by_file);
        let worth = worth.map(|_| effects.slopes.best_finish);
        Teams::new(effects, &self.material, &self.clubs).with_best_finish(worth)
    }

    /// How many matches counted.
    pub fn matches(&self) -> usize {
        self.learned.matches
    }

    /// The standard deviation of the effects of teams before anything was learned, if the model has such effects.
    pub fn team_deviation(&self) -> Option<f64> {
        self.learned.team_deviation
    }

    /// The effects that are not those of single clubs; of groups those that clubs of the cup belong to.
    pub fn coefficients(&self) -> Vec<Coefficient> {
        let single = [
            ("level", Effect::Level),
            ("home", Effect::Home),
            ("best finish", Effect::BestFinish),
            ("rating", Effect::Rating),
            ("pot", Effect::Pot),
        ];
        let single = single.map(|(term, effect)| (term, None, effect));
        let here = |group: &usize| {
            let mut clubs = self.clubs.iter();
            clubs.any(|(team, _)| self.material.group_of[*team] == Some(*group))
        };
        let groups = (0..self.material.groups).filter(here);
        let groups = groups.map(|group| {
            (
                "group",
                Some(self.groups[group].clone()),
                Effect::Group(group),
            )
        });
        let all = single.into_iter().chain(groups);
        let found = all.filter_map(|(term, level, effect)| {
            let (estimate, standard_deviation) = self.learned.estimate(effect)?;
            Some(Coefficient {
                term: term.to_owned(),
                level,
                estimate,
                standard_deviation,
            })
        });
        found.collect()
    }

    /// The strengths of the cup's clubs, the strongest first.
    pub fn strengths(&self) -> Vec<ClubStrength> {
        let effects = &self.learned.effects;
        let of = |(index, (team, facts)): (usize, &(usize, Facts))| {
            let group = self.material.group_of[*team].map_or(0.0, |group| effects.groups[group]);
            ClubStrength {
                club: ClubId::new(index),
                strength: effects.of_team(*team, facts) + group,
                openness: effects.openness[*team],
                deviation: self
                    .learned
                    .estimate(Effect::Team(*team))
                    .map(|(_, deviation)| deviation),
            }
        };
        let mut strengths: Vec<ClubStrength> = self.clubs.iter().enumerate().map(of).collect();
        strengths.sort_by(|one, other| other.strength.total_cmp(&one.strength));
        strengths
    }
}
