//! The goal model of a cup when nobody names one: the best that its file and the bundled internationals allow.

use super::earlier::Earlier;
use super::fitted::Fitted;
use super::internationals::internationals;
use super::learned::Learned;
use super::material::{Facts, Material};
use super::own;
use super::specification::{Family, Grouping};
use crate::cup::{Cup, Instant};
use crate::goals::{FitError, GoalModel};
use crate::ids::ClubId;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

/// A goal model for a cup.
pub struct Chosen {
    /// The model.
    pub model: Box<dyn GoalModel>,
    /// What it is, such as `national teams, fitted to 6,973 matches of 8 years`.
    pub words: String,
    /// What a reader should know.
    pub warnings: Vec<String>,
    /// What was learned, if the model has learned.
    pub fitted: Option<Fitted>,
}

/// The day of a forecast where no match has a date and nothing else tells.
const ANY_DAY: Date = date(2000, 1, 1);

/// The goal model of a cup as it was known at a moment: by the internationals for national teams, by ratings, by pots and
/// best finishes, or by what is known of football in general, and always by the cup's own results.
///
/// # Errors
/// A fit that fails.
///
/// # Panics
/// Never: the models that it names are bundled.
pub fn default_for(known: &Cup, instant: Instant) -> Result<Chosen, FitError> {
    let is_rated = own::ratings(known).iter().any(Option::is_some);
    let name = if are_nations(known) && (has_internationals(known, instant) || !is_rated) {
        "national-teams"
    } else if let Some(name) = by_earlier_editions(known, instant) {
        name
    } else if is_rated {
        "ratings"
    } else if own::has_seeding(known) {
        "seeding"
    } else {
        "football"
    };
    let family = Family::bundled(name).expect("it is bundled");
    family.for_cup(known, instant)
}

/// The model for a cup with enough matches of earlier editions, if it has them: clubs of many associations make a cup, those
/// of one or two a league.
fn by_earlier_editions(known: &Cup, instant: Instant) -> Option<&'static str> {
    /// As many matches tell more than a rating does.
    const ENOUGH: usize = 50;
    let day = own::forecast_day(known, instant).unwrap_or(ANY_DAY);
    let begins = begins(known, day);
    let earlier = known.past().iter();
    let earlier = earlier.filter(|past| past.date < begins && past.edition != known.edition());
    let associations: BTreeSet<&str> = known
        .clubs()
        .iter()
        .map(|club| club.association.as_str())
        .collect();
    let name = if associations.len() > 2 {
        "club-cup"
    } else {
        "league"
    };
    (earlier.count() >= ENOUGH).then_some(name)
}

/// Whether the clubs are national teams that the internationals know, at least half of them.
fn are_nations(known: &Cup) -> bool {
    let found = known
        .club_ids()
        .filter(|club| nation(known, *club).is_some())
        .count();
    let named_by_nation = known
        .clubs()
        .iter()
        .all(|club| club.association == club.name);
    let clubs = known.clubs().len();
    clubs > 0 && (found == clubs || named_by_nation && 2 * found >= clubs)
}

/// Whether the internationals reach back far enough before a moment to be worth more than ratings.
fn has_internationals(known: &Cup, instant: Instant) -> bool {
    /// Somewhat more than the matches of a year.
    const ENOUGH: usize = 1000;
    let day = own::forecast_day(known, instant).unwrap_or(Date::MAX);
    let played = &internationals().material.played;
    played.iter().take_while(|played| played.date < day).count() >= ENOUGH
}

/// The number of a national team by any of its names.
fn nation(known: &Cup, club: ClubId) -> Option<usize> {
    let club = known.club(club);
    let mut names = [&club.name].into_iter().chain(&club.aliases);
    names.find_map(|name| internationals().find(name))
}

impl Family {
    /// The model fitted for a cup as it was known at a moment.
    ///
    /// # Errors
    /// A fit that fails.
    pub fn for_cup(&self, known: &Cup, instant: Instant) -> Result<Chosen, FitError> {
        if self.groups == Grouping::Confederation {
            return self.for_nations(known, instant);
        }
        let day = own::forecast_day(known, instant).unwrap_or(ANY_DAY);
        let begins = begins(known, day);
        let earlier = Earlier::new(known, begins);
        let from = day
            .checked_sub(self.window_days.days())
            .unwrap_or(Date::MIN);
        let (editions, matches) = earlier.count(from, day);
        let finishes_by_file = earlier.finishes_by_file;
        let warnings = if matches == 0 {
            self.warnings(known)
        } else {
            Vec::new()
        };
        let words = |learned: &Learned| match (learned.matches, editions) {
            (0, _) => self.title.clone(),
            (matches, 0) => format!("{}, and {matches} matches of the cup", self.title),
            (all, _) => {
                let all = own::thousands(all);
                let this = if learned.matches > matches {
                    " and this one"
                } else {
                    ""
                };
                format!(
                    "{}, fitted to {all} matches of {editions} earlier editions{this}",
                    self.title
                )
            }
        };
        let team_deviation = self.estimated_deviation(&earlier.material, begins)?;
        let Earlier {
            material,
            numbers,
            facts,
            associations: groups,
            ..
        } = earlier;
        Fit {
            family: self,
            known,
            day,
            material,
            numbers,
            facts,
            groups,
            finishes_by_file,
            team_deviation,
        }
        .finish(words, warnings)
    }

    /// What a reader should know of a cup without earlier matches.
    fn warnings(&self, known: &Cup) -> Vec<String> {
        if self.rating.is_some() {
            let unrated = own::ratings(known);
            let unrated = known
                .clubs()
                .iter()
                .zip(&unrated)
                .filter(|(_, rating)| rating.is_none());
            let unrated: Vec<&str> = unrated.map(|(club, _)| club.name.as_str()).collect();
            let warning = format!(
                "without a rating, and taken for average: {}",
                own::few(&unrated)
            );
            return Some(warning)
                .filter(|_| !unrated.is_empty())
                .into_iter()
                .collect();
        }
        if self.best_finish.is_some() || self.pot.is_some() {
            return Vec::new();
        }
        let goals =
            [self.home.mean, -self.home.mean].map(|home| (self.level.mean + home / 2.0).exp());
        vec![format!(
            "nothing is known of these clubs but their results in this cup: a home side is expected to score {:.1} goals \
             against an equal, an away side {:.1}; `rating = 1650` or `strength = \"strong\"` for each club in [clubs] tells more",
            goals[0], goals[1]
        )]
    }

    /// The model fitted to the internationals before the moment and to the cup's own results.
    fn for_nations(&self, known: &Cup, instant: Instant) -> Result<Chosen, FitError> {
        let all = internationals();
        let newest = all
            .material
            .played
            .last()
            .map_or(ANY_DAY, |played| played.date);
        let day = own::forecast_day(known, instant);
        let day = day.unwrap_or_else(|| newest.checked_add(1.day()).unwrap_or(newest));
        let mut material = all.material.clone();
        let mut unknown = Vec::new();
        let numbers: Vec<usize> = known
            .club_ids()
            .map(|club| {
                nation(known, club).unwrap_or_else(|| {
                    unknown.push(known.club(club).name.as_str());
                    let confederation = known.word("confederation", club);
                    material.add_team(confederation.and_then(|name| all.confederation(name)))
                })
            })
            .collect();
        leave_out_own(&mut material, known, &numbers);
        let oldest = material.played.first().map_or(day, |played| played.date);
        let mut warnings = Vec::new();
        if !unknown.is_empty() {
            warnings.push(format!(
                "not among the national teams that are known, and taken for average ones: {}; \
                 `aliases = [...]` in [clubs] may name them as others do",
                own::few(&unknown)
            ));
        }
        let years = f64::from((day - oldest).get_days().min(self.window_days)) / 365.25;
        let words = |learned: &Learned| {
            let matches = own::thousands(learned.matches);
            match years.round() {
                years if years > 1.0 => format!(
                    "{}, fitted to {matches} matches of {years} years",
                    self.title
                ),
                _ => format!("{}, fitted to {matches} matches", self.title),
            }
        };
        let facts = vec![Facts::default(); numbers.len()];
        let groups = all
            .confederations
            .iter()
            .map(|name| (*name).to_owned())
            .collect();
        Fit {
            family: self,
            known,
            day,
            material,
            numbers,
            facts,
            groups,
            finishes_by_file: true,
            team_deviation: None,
        }
        .finish(words, warnings)
    }
}

/// The day of a cup's first match, or that of the forecast if it is earlier or no match has a date.
fn begins(known: &Cup, day: Date) -> Date {
    let dates = known.matches().iter().filter_map(|game| game.date);
    dates.min().map_or(day, |first| first.min(day))
}

/// Leaves the cup's own matches out of the internationals: they are added as the cup knows them.
fn leave_out_own(material: &mut Material, known: &Cup, numbers: &[usize]) {
    /// Teams of a cup that is over within so many days meet nowhere else meanwhile.
    const SHORT: i32 = 70;
    /// By how many days two sources may differ about a match.
    const NEAR: i32 = 2;
    let near = |one: Date, other: Date| (one - other).get_days().abs() <= NEAR;
    let dates = known.matches().iter().filter_map(|game| game.date);
    let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else {
        return;
    };
    let is_short = (last - first).get_days() <= SHORT;
    let takes_part: BTreeSet<usize> = numbers.iter().copied().collect();
    let own: Vec<([usize; 2], Date)> = known
        .matches()
        .iter()
        .filter_map(|game| Some((game.clubs?.map(|club| numbers[club.index()]), game.date?)))
        .collect();
    material.played.retain(|played| {
        let [one, other] = played.teams;
        let meet = takes_part.contains(&one) && takes_part.contains(&other);
        let meanwhile = near(played.date, first)
            || near(played.date, last)
            || (first..=last).contains(&played.date);
        if !meet || !meanwhile {
            return true;
        }
        let is_listed = || {
            let mut own = own.iter();
            own.any(|(teams, date)| {
                (*teams == [one, other] || *teams == [other, one]) && near(*date, played.date)
            })
        };
        !is_short && !is_listed()
    });
}

/// A fit about to be made.
struct Fit<'a> {
    family: &'a Family,
    known: &'a Cup,
    day: Date,
    material: Material,
    /// The number of each club among the teams.
    numbers: Vec<usize>,
    facts: Vec<Facts>,
    /// The names of the groups, by number.
    groups: Vec<String>,
    /// Whether best finishes are those that the file tells.
    finishes_by_file: bool,
    /// The standard deviation of team effects, where it was estimated.
    team_deviation: Option<f64>,
}

impl Fit<'_> {
    /// Learns from what there is and from the cup's own results.
    fn finish(
        mut self,
        words: impl Fn(&Learned) -> String,
        warnings: Vec<String>,
    ) -> Result<Chosen, FitError> {
        let number = |club: ClubId| self.numbers[club.index()];
        let own = own::results(self.known, self.day, number, &self.facts);
        self.material.played.extend(own);
        let learned = self
            .family
            .learn(&self.material, self.day, self.team_deviation)?;
        let fitted = Fitted {
            clubs: self.numbers.into_iter().zip(self.facts).collect(),
            groups: self.groups,
            finishes_by_file: self.finishes_by_file,
            learned,
            material: self.material,
        };
        Ok(Chosen {
            words: words(&fitted.learned),
            model: Box::new(fitted.teams()),
            warnings,
            fitted: Some(fitted),
        })
    }
}
