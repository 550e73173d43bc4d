//! The expected goals of every ordered pair of clubs, exactly as a forecast uses them: text, JSON, CSV.

use super::rows::Rows;
use crate::goals::{GoalModel, Occasion, Rate, Rates};
use crate::ids::ClubId;
use crate::tournament::Tournament;
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

/// Every ordered pair of different clubs, in file order.
fn pairs(tournament: &Tournament) -> impl Iterator<Item = (ClubId, ClubId)> {
    let count = tournament.clubs.len();
    tournament.club_ids().flat_map(move |home| {
        (0..count)
            .map(ClubId::new)
            .filter(move |away| *away != home)
            .map(move |away| (home, away))
    })
}

/// The rates as JSON: `home_goals` and `away_goals` hold for group matches and last legs, `first_leg`
/// for the first leg of a tie.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn json(tournament: &Tournament, as_of: &str, name: &str, model: &dyn GoalModel) -> String {
    let pairings = pairs(tournament).map(|(home, away)| Pairing {
        home: &tournament.club(home).code,
        away: &tournament.club(away).code,
        rates: model.rates(home, away, Occasion::Group).into(),
        first_leg: model.rates(home, away, Occasion::FirstLeg).into(),
    });
    let document = Document {
        tournament: &tournament.id,
        as_of,
        model: name,
        pairings: pairings.collect(),
    };
    let mut text =
        serde_json::to_string_pretty(&document).expect("plain numbers and strings serialize");
    text.push('\n');
    text
}

/// The rates as CSV: a row an ordered pair.
pub fn csv(tournament: &Tournament, model: &dyn GoalModel) -> String {
    let header = [
        "home",
        "away",
        "home_goals",
        "away_goals",
        "first_leg_home_goals",
        "first_leg_away_goals",
    ];
    let mut rows = Rows::new(header);
    for (home, away) in pairs(tournament) {
        let usual = model.rates(home, away, Occasion::Group);
        let first_leg = model.rates(home, away, Occasion::FirstLeg);
        let numbers = [usual.home, usual.away, first_leg.home, first_leg.away].map(Rate::get);
        let clubs = [home, away].map(|id| tournament.club(id).code.clone());
        let record = clubs
            .into_iter()
            .chain(numbers.map(|number| number.to_string()));
        rows.push(record);
    }
    rows.finish()
}

/// The rates as a table for people, a line an ordered pair.
pub fn text(tournament: &Tournament, as_of: &str, name: &str, model: &dyn GoalModel) -> String {
    let mut text = format!(
        "{} {}: expected goals in 90 minutes, {as_of}, model {name}\n\n{:<24}{:<24}{:>6}{:>7}   {:>6}{:>7}\n",
        tournament.competition,
        tournament.edition,
        "home",
        "away",
        "home",
        "away",
        "leg 1:",
        "away"
    );
    for (home, away) in pairs(tournament) {
        let usual = model.rates(home, away, Occasion::Group);
        let first_leg = model.rates(home, away, Occasion::FirstLeg);
        writeln!(
            text,
            "{:<24}{:<24}{:>6.2}{:>7.2}   {:>6.2}{:>7.2}",
            tournament.club(home).name,
            tournament.club(away).name,
            usual.home.get(),
            usual.away.get(),
            first_leg.home.get(),
            first_leg.away.get()
        )
        .expect("memory can be written");
    }
    text
}
