//! What a model of the family is made of: which effects it has, how large they may be, and how fast matches lose weight.

use serde::Deserialize;

/// A model of the family as described, before it has seen a match. Every effect but the level and the home advantage may
/// be missing.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Family {
    /// The form of the file: 2.
    pub format: u8,
    /// The name it is chosen by, such as `national-teams`.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// What the effects of groups belong to.
    #[serde(default)]
    pub groups: Grouping,
    /// A match this many days old counts half.
    pub half_life_days: f64,
    /// Matches older than this do not count.
    pub window_days: i32,
    /// The logarithm of the goals of an average side.
    pub level: Prior,
    /// Home advantage: half of it on each side's rate.
    pub home: Prior,
    /// The strength of a team over all its matches.
    pub team: Option<Spread>,
    /// What a team adds to the goals of both sides.
    pub openness: Option<Spread>,
    /// The strength that all teams of a group share. It takes no part where two of one group meet, or one has none.
    pub group: Option<Spread>,
    /// What the best finish is worth, from 0 (never took part) to 1 (champion).
    pub best_finish: Option<Prior>,
    /// What 400 points of rating are worth.
    pub rating: Option<Prior>,
    /// What one pot is worth.
    pub pot: Option<Prior>,
}

/// What the effects of groups belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// Confederations of national teams.
    Confederation,
    /// National associations of clubs.
    #[default]
    Association,
}

/// A normal prior.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// Its mean.
    #[serde(default)]
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// The standard deviation of effects whose mean is zero.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Its value, or where a search for it starts.
    pub sd: f64,
    /// Whether it is estimated from earlier seasons, where there are any.
    #[serde(default)]
    pub estimated: bool,
}

/// Every bundled model of the family by name.
const BUNDLED: [(&str, &str); 6] = [
    (
        "national-teams",
        include_str!("../../../models/goal-models/national-teams.toml"),
    ),
    (
        "ratings",
        include_str!("../../../models/goal-models/ratings.toml"),
    ),
    (
        "seeding",
        include_str!("../../../models/goal-models/seeding.toml"),
    ),
    (
        "club-cup",
        include_str!("../../../models/goal-models/club-cup.toml"),
    ),
    (
        "league",
        include_str!("../../../models/goal-models/league.toml"),
    ),
    (
        "football",
        include_str!("../../../models/goal-models/football.toml"),
    ),
];

/// The names of the bundled models of the family.
pub fn family_names() -> impl Iterator<Item = &'static str> {
    BUNDLED.iter().map(|(name, _)| *name)
}

impl Family {
    /// The bundled model with a name.
    ///
    /// # Panics
    /// Never: the tests read every bundled model.
    pub fn bundled(name: &str) -> Option<Self> {
        let (_, text) = BUNDLED.iter().find(|(bundled, _)| *bundled == name)?;
        Some(Self::read(text).expect("the tests read every bundled model"))
    }

    /// Reads a model from the text of its file.
    ///
    /// # Errors
    /// The first mistake with its place, or a number out of its range.
    pub fn read(text: &str) -> Result<Self, String> {
        let family: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        family.check()?;
        Ok(family)
    }

    /// Refuses numbers that no search could use.
    fn check(&self) -> Result<(), String> {
        let priors = [
            ("level", Some(self.level)),
            ("home", Some(self.home)),
            ("best-finish", self.best_finish),
            ("rating", self.rating),
            ("pot", self.pot),
        ];
        let spreads = [
            ("team", self.team),
            ("openness", self.openness),
            ("group", self.group),
        ];
        let spreads = spreads.map(|(name, spread)| {
            (
                name,
                spread.map(|spread| Prior {
                    mean: 0.0,
                    sd: spread.sd,
                }),
            )
        });
        for (name, prior) in priors.into_iter().chain(spreads) {
            let Some(Prior { mean, sd }) = prior else {
                continue;
            };
            if !(0.001..=10.0).contains(&sd) {
                return Err(format!("`{name}`: sd {sd} is not from 0.001 to 10"));
            }
            if !(-5.0..=5.0).contains(&mean) {
                return Err(format!("`{name}`: mean {mean} is not from -5 to 5"));
            }
        }
        if self.format != 2 {
            return Err(format!("format {} is not 2", self.format));
        }
        if !(1.0..=100_000.0).contains(&self.half_life_days) {
            return Err("`half-life-days` is not from 1 to 100,000".to_owned());
        }
        if !(1..=100_000).contains(&self.window_days) {
            return Err("`window-days` is not from 1 to 100,000".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_model_has_the_name_it_is_found_by() {
        for name in family_names() {
            assert_eq!(Family::bundled(name).expect("it is bundled").name, name);
        }
    }

    #[test]
    fn what_no_search_could_use_is_refused() {
        let (_, text) = BUNDLED[0];
        for (good, bad) in [
            ("sd = 1.0", "sd = 0.0"),
            ("format = 2", "format = 3"),
            ("\nteam =", "\ntaem ="),
        ] {
            assert!(Family::read(&text.replacen(good, bad, 1)).is_err(), "{bad}");
        }
    }
}
