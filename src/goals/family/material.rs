//! What a model of the family learns from: dated results of teams, with what was known of them at the time.

use jiff::civil::Date;

/// What is known of a team besides its results, in the units of the model's slopes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Facts {
    /// The best finish, from 0 (never took part) to 1 (champion).
    pub(super) best_finish: f64,
    /// The rating in units of 400 points.
    pub(super) rating: f64,
    /// The pot: how many pots it is above the middle.
    pub(super) pot: f64,
}

/// A result, by numbers of teams.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Played {
    pub(super) date: Date,
    pub(super) teams: [usize; 2],
    /// 1 if the first team was at home, -1 if the second was, 0 on neutral ground.
    pub(super) ground: f64,
    pub(super) goals: [u8; 2],
    /// What was known of both before the match.
    pub(super) facts: [Facts; 2],
}

/// Results, and the groups of teams.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Material {
    /// The group of each team, by number.
    pub(super) group_of: Vec<Option<usize>>,
    /// How many groups there are.
    pub(super) groups: usize,
    /// Results in any order.
    pub(super) played: Vec<Played>,
}

impl Material {
    /// Adds a team and gives its number.
    pub(super) fn add_team(&mut self, group: Option<usize>) -> usize {
        self.group_of.push(None);
        let team = self.group_of.len() - 1;
        self.set_group(team, group);
        team
    }

    /// Says which group a team belongs to.
    pub(super) fn set_group(&mut self, team: usize, group: Option<usize>) {
        self.group_of[team] = group;
        self.groups = self.groups.max(group.map_or(0, |group| group + 1));
    }

    /// The groups of two teams that meet, where they take part.
    pub(super) fn groups_that_meet(&self, teams: [usize; 2]) -> Option<[usize; 2]> {
        let [one, other] = teams.map(|team| self.group_of[team]);
        let pair = [one?, other?];
        (pair[0] != pair[1]).then_some(pair)
    }
}
