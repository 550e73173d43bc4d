//! Fits a model of the family to results before a day.

use super::material::{Facts, Material, Played};
use super::regression::{Mode, Problem, Row};
use super::specification::{Family, Prior, Spread};
use crate::goals::FitError;
use crate::goals::golden_section::largest;
use jiff::civil::Date;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// The range in which a standard deviation is estimated.
const DEVIATIONS: (f64, f64) = (0.01, 2.0);

/// The scale of the Rayleigh prior of an estimated deviation, which keeps it off zero (Chung et al. 2013).
const SCALE: f64 = 0.5;

/// A value of every effect.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effects {
    /// The logarithm of the goals of an average side.
    pub(super) level: f64,
    /// Home advantage.
    pub(super) home: f64,
    /// What best finish, rating and pot are worth.
    pub(super) slopes: Facts,
    /// The effect of each group.
    pub(super) groups: Vec<f64>,
    /// The effect of each team, by number.
    pub(super) teams: Vec<f64>,
    /// What each team adds to the goals of both sides.
    pub(super) openness: Vec<f64>,
}

/// What a model of the family has learned.
#[derive(Debug, Clone)]
pub(super) struct Learned {
    /// The most likely effects.
    pub(super) effects: Effects,
    /// The standard deviation of the effects of teams before anything was learned.
    pub(super) team_deviation: Option<f64>,
    /// How many matches counted.
    pub(super) matches: usize,
    layout: Layout,
    mode: Mode,
}

/// The positions of coefficients.
#[derive(Debug, Clone)]
struct Layout {
    center: Vec<f64>,
    precision: Vec<f64>,
    slopes: [Option<usize>; 3],
    groups: Option<usize>,
    /// Where the effects of teams begin, and of openness; by place among the teams that played.
    teams: Option<usize>,
    openness: Option<usize>,
    /// How many groups there are.
    group_count: usize,
    /// For each team its place among those that played.
    places: Vec<Option<usize>>,
}

const LEVEL: usize = 0;
const HOME: usize = 1;

impl Layout {
    fn new(family: &Family, material: &Material, counted: &[&Played]) -> Self {
        let mut places = vec![None; material.group_of.len()];
        let mut playing = 0;
        for team in counted.iter().flat_map(|played| played.teams) {
            if places[team].is_none() {
                places[team] = Some(playing);
                playing += 1;
            }
        }
        let mut layout = Self {
            center: Vec::new(),
            precision: Vec::new(),
            slopes: [None; 3],
            groups: None,
            teams: None,
            openness: None,
            group_count: material.groups,
            places,
        };
        layout.add(1, family.level);
        layout.add(1, family.home);
        for (place, prior) in [family.best_finish, family.rating, family.pot]
            .into_iter()
            .enumerate()
        {
            layout.slopes[place] = prior.map(|prior| layout.add(1, prior));
        }
        let mut effects = |number: usize, spread: Option<Spread>| {
            spread.map(|Spread { sd, .. }| layout.add(number, Prior { mean: 0.0, sd }))
        };
        let groups = effects(material.groups, family.group);
        let teams = effects(playing, family.team);
        let openness = effects(playing, family.openness);
        Self {
            groups,
            teams,
            openness,
            ..layout
        }
    }

    /// Adds coefficients with one prior and gives the position of the first.
    fn add(&mut self, number: usize, prior: Prior) -> usize {
        let first = self.center.len();
        self.center.resize(first + number, prior.mean);
        self.precision.resize(first + number, prior.sd.powi(-2));
        first
    }

    /// Gives the effects of teams another standard deviation.
    fn set_team_deviation(&mut self, deviation: f64) {
        if let Some(first) = self.teams {
            let playing = self.places.iter().flatten().count();
            self.precision[first..first + playing].fill(deviation.powi(-2));
        }
    }

    fn row(&self, material: &Material, played: &Played, weight: f64) -> Row {
        let places = played
            .teams
            .map(|team| self.places[team].expect("whoever played has a place"));
        let mut sum = vec![(LEVEL, 1.0)];
        if let Some(first) = self.openness {
            sum.extend(places.map(|place| (first + place, 1.0)));
        }
        let mut gap = vec![(HOME, played.ground / 2.0)];
        let [one, other] = played.facts.map(Facts::as_array);
        for (place, slope) in self.slopes.iter().enumerate() {
            gap.extend(slope.map(|position| (position, one[place] - other[place])));
        }
        let signs = [1.0, -1.0];
        if let (Some(first), Some(pair)) = (self.groups, material.groups_that_meet(played.teams)) {
            gap.extend(
                pair.iter()
                    .zip(signs)
                    .map(|(group, sign)| (first + group, sign)),
            );
        }
        if let Some(first) = self.teams {
            gap.extend(
                places
                    .iter()
                    .zip(signs)
                    .map(|(place, sign)| (first + place, sign)),
            );
        }
        gap.retain(|(_, value)| *value != 0.0);
        Row {
            sum,
            gap,
            goals: played.goals.map(f64::from),
            weight,
        }
    }
}

impl Facts {
    fn as_array(self) -> [f64; 3] {
        [self.best_finish, self.rating, self.pot]
    }
}

/// The results before a day that are not too old, with their weights.
fn counted<'a>(family: &Family, material: &'a Material, day: Date) -> (Vec<&'a Played>, Vec<f64>) {
    let age = |played: &Played| (day - played.date).get_days();
    let in_window = |played: &&Played| (1..=family.window_days).contains(&age(played));
    let counted: Vec<&Played> = material.played.iter().filter(in_window).collect();
    let weights = counted
        .iter()
        .map(|played| 0.5f64.powf(f64::from(age(played)) / family.half_life_days));
    let weights = weights.collect();
    (counted, weights)
}

/// A regression, its layout, and how many matches it is about.
struct Regression {
    layout: Layout,
    rows: Vec<Row>,
}

impl Regression {
    fn new(family: &Family, material: &Material, day: Date) -> Self {
        let (counted, weights) = counted(family, material, day);
        let layout = Layout::new(family, material, &counted);
        let rows = counted
            .iter()
            .zip(weights)
            .map(|(played, weight)| layout.row(material, played, weight));
        let rows = rows.collect();
        Self { layout, rows }
    }

    fn problem(&self) -> Problem<'_> {
        Problem {
            rows: &self.rows,
            center: &self.layout.center,
            precision: &self.layout.precision,
        }
    }

    fn mode(&self, start: Vec<f64>) -> Result<Mode, FitError> {
        self.problem().mode(start).ok_or(FitError::NoMode {
            matches: self.rows.len(),
        })
    }

    /// The most likely standard deviation of team effects.
    fn team_deviation(&mut self) -> Result<f64, FitError> {
        let mut latest = self.layout.center.clone();
        let mut failure = None;
        let (low, high) = DEVIATIONS;
        let best = largest(low.ln(), high.ln(), 1e-5, |log_deviation: f64| {
            self.layout.set_team_deviation(log_deviation.exp());
            match self.mode(latest.clone()) {
                Ok(mode) => {
                    let relative = log_deviation.exp() / SCALE;
                    latest.clone_from(&mode.coefficients);
                    self.problem().log_marginal_likelihood(&mode) + log_deviation
                        - relative * relative / 2.0
                }
                Err(error) => {
                    failure = Some(error);
                    f64::NEG_INFINITY
                }
            }
        });
        failure.map_or(Ok(best.exp()), Err)
    }
}

impl Family {
    /// The standard deviation of team effects that results before a day make most likely, where the model estimates it.
    pub(super) fn estimated_deviation(
        &self,
        material: &Material,
        day: Date,
    ) -> Result<Option<f64>, FitError> {
        let is_estimated = self.team.is_some_and(|team| team.estimated);
        let mut regression = Regression::new(self, material, day);
        if !is_estimated || regression.rows.is_empty() {
            return Ok(None);
        }
        regression.team_deviation().map(Some)
    }

    /// Learns from the results before a day. Its standard deviation of team effects is that of the specification, unless
    /// another is given.
    pub(super) fn learn(
        &self,
        material: &Material,
        day: Date,
        team_deviation: Option<f64>,
    ) -> Result<Learned, FitError> {
        let mut regression = Regression::new(self, material, day);
        if let Some(deviation) = team_deviation {
            regression.layout.set_team_deviation(deviation);
        }
        let mode = regression.mode(regression.layout.center.clone())?;
        let matches = regression.rows.len();
        let layout = regression.layout;
        Ok(Learned {
            effects: layout.effects(&mode.coefficients),
            team_deviation: team_deviation.or(self.team.map(|team| team.sd)),
            matches,
            layout,
            mode,
        })
    }
}

impl Layout {
    /// The effects that values of the coefficients mean; a team that has not played is as the prior has it.
    fn effects(&self, values: &[f64]) -> Effects {
        let slope = |place: usize| self.slopes[place].map_or(0.0, |position| values[position]);
        let of_teams = |first: Option<usize>| -> Vec<f64> {
            let places = self.places.iter().map(|place| first.zip(*place));
            places
                .map(|place| place.map_or(0.0, |(first, place)| values[first + place]))
                .collect()
        };
        let groups = (0..self.group_count)
            .map(|group| self.groups.map_or(0.0, |first| values[first + group]));
        Effects {
            level: values[LEVEL],
            home: values[HOME],
            slopes: Facts {
                best_finish: slope(0),
                rating: slope(1),
                pot: slope(2),
            },
            groups: groups.collect(),
            teams: of_teams(self.teams),
            openness: of_teams(self.openness),
        }
    }
}

/// An effect that a model has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The level.
    Level,
    /// Home advantage.
    Home,
    /// What the best finish is worth.
    BestFinish,
    /// What rating is worth.
    Rating,
    /// What a pot is worth.
    Pot,
    /// That of a group.
    Group(usize),
    /// That of a team.
    Team(usize),
}

impl Learned {
    /// The most likely value of an effect with its standard deviation; `None` if the model does not have it or the team has
    /// not played.
    pub(super) fn estimate(&self, effect: Effect) -> Option<(f64, f64)> {
        let layout = &self.layout;
        let of_team = |first: Option<usize>, team: usize| Some(first? + layout.places[team]?);
        let position = match effect {
            Effect::Level => LEVEL,
            Effect::Home => HOME,
            Effect::BestFinish => layout.slopes[0]?,
            Effect::Rating => layout.slopes[1]?,
            Effect::Pot => layout.slopes[2]?,
            Effect::Group(group) => layout.groups? + group,
            Effect::Team(team) => of_team(layout.teams, team)?,
        };
        let mut unit = vec![0.0; self.mode.factor.size()];
        unit[position] = 1.0;
        self.mode.factor.solve_lower(&mut unit);
        let variance: f64 = unit.iter().map(|part| part * part).sum();
        Some((self.mode.coefficients[position], variance.sqrt()))
    }

    /// One draw of all effects from the normal approximation of the posterior: mode + L'^-1 e with independent standard normal
    /// e. One draw holds for a whole tournament.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> Effects {
        let mut point: Vec<f64> = self
            .mode
            .coefficients
            .iter()
            .map(|_| StandardNormal.sample(rng))
            .collect();
        self.mode.factor.solve_upper(&mut point);
        for (value, mode) in point.iter_mut().zip(&self.mode.coefficients) {
            *value += mode;
        }
        self.layout.effects(&point)
    }
}
