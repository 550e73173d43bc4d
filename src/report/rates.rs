//! The expected goals of every ordered pair of clubs, exactly as a forecast uses them: text, JSON, CSV.

use super::rows::Rows;
use crate::goals::{GoalModel, Occasion, Rate, Rates};
use crate::ids::ClubId;
use crate::tournament::Club;
use serde::Serialize;
use std::fmt::Write;

/// The whole JSON document.
#[derive(Serialize)]
struct Document<'a> {
    tournament: &'a str,
    as_of: &'a str,
    model: &'a str,
    pairings: Vec<Pairing<'a>>,
}

/// One ordered pair.
#[derive(Serialize)]
struct Pairing<'a> {
    home: &'a str,
    away: &'a str,
    #[serde(flatten)]
    rates: Goals,
    first_leg: Goals,
    /// On neutral ground.
    neutral: Goals,
}

#[derive(Serialize)]
struct Goals {
    home_goals: f64,
    away_goals: f64,
}

impl From<Rates> for Goals {
    fn from(rates: Rates) -> Self {
        Self {
            home_goals: rates.home.get(),
            away_goals: rates.away.get(),
        }
    }
}

/// Whose rates they are.
pub struct Of<'a> {
    /// The short name of the tournament.
    pub id: &'a str,
    /// Its clubs.
    pub clubs: &'a [Club],
    /// As of when.
    pub as_of: &'a str,
    /// What the model is called.
    pub name: &'a str,
    /// The goal model.
    pub model: &'a dyn GoalModel,
}

impl Of<'_> {
    /// Every ordered pair of different clubs, in file order.
    fn pairs(&self) -> impl Iterator<Item = (ClubId, ClubId)> + use<> {
        let count = self.clubs.len();
        let all = move || (0..count).map(ClubId::new);
        all().flat_map(move |home| {
            all()
                .filter(move |away| *away != home)
                .map(move |away| (home, away))
        })
    }

    fn club(&self, id: ClubId) -> &Club {
        &self.clubs[id.index()]
    }
}

/// The rates as JSON: `home_goals` and `away_goals` hold for group matches and last legs, `first_leg`
/// for the first leg of a tie, `neutral` where nobody is at home.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(of: &Of<'_>) -> String {
    let model = of.model;
    let pairings = of.pairs().map(|(home, away)| Pairing {
        home: &of.club(home).code,
        away: &of.club(away).code,
        rates: model.rates(home, away, Occasion::Group).into(),
        first_leg: model.rates(home, away, Occasion::FirstLeg).into(),
        neutral: model.neutral_rates(home, away, Occasion::Group).into(),
    });
    let document = Document {
        tournament: of.id,
        as_of: of.as_of,
        model: of.name,
        pairings: pairings.collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&document).expect("plain numbers and strings serialize");
    text.push('\n');
    text
}

/// The rates as CSV: a row an ordered pair.
pub fn csv(of: &Of<'_>) -> String {
    let model = of.model;
    let header = [
        "home",
        "away",
        "home_goals",
        "away_goals",
        "first_leg_home_goals",
        "first_leg_away_goals",
    ];
    let mut rows = Rows::new(header);
    for (home, away) in of.pairs() {
        let usual = model.rates(home, away, Occasion::Group);
        let first_leg = model.rates(home, away, Occasion::FirstLeg);
        let numbers = [usual.home, usual.away, first_leg.home, first_leg.away].map(Rate::get);
        let clubs = [home, away].map(|id| of.club(id).code.clone());
        let record = clubs
            .into_iter()
            .chain(numbers.map(|number| number.to_string()));
        rows.push(record);
    }
    rows.finish()
}

/// The rates as a table for people, a line an ordered pair; `title` says of what, as of when.
pub fn text(of: &Of<'_>, title: &str) -> String {
    let model = of.model;
    let mut text = format!(
        "{title}: expected goals in 90 minutes, model {}\n\n{:<24}{:<24}{:>6}{:>7}   {:>6}{:>7}\n",
        of.name, "home", "away", "home", "away", "leg 1:", "away"
    );
    for (home, away) in of.pairs() {
        let usual = model.rates(home, away, Occasion::Group);
        let first_leg = model.rates(home, away, Occasion::FirstLeg);
        writeln!(
            text,
            "{:<24}{:<24}{:>6.2}{:>7.2}   {:>6.2}{:>7.2}",
            of.club(home).name,
            of.club(away).name,
            usual.home.get(),
            usual.away.get(),
            first_leg.home.get(),
            first_leg.away.get()
        )
        .expect("memory can be written");
    }
    text
}
