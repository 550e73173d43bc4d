//! The leverage of the open matches of a cup as text, JSON and CSV.

use super::about::{AboutForm, CupAbout, lines};
use super::tables::place_words;
use crate::cup::{Cup, Match};
use crate::format::{Milestone, Rules};
use crate::ids::{PlaceId, UnitId};
use crate::leverage::{CupTarget, FixtureLeverage, Leverage, Stakes};
use crate::outlook::Outlook;
use crate::report::about::to_json;
use crate::report::leverage::{Heading, ResultJson, Shown, Words, results_json, table};
use crate::report::number::figure;
use crate::report::rows::Rows;
use crate::tournament::MatchResult;
use serde::Serialize;

/// What is told of a leverage besides the matches.
pub struct CupLeverage<'a> {
    /// What it rests on.
    pub about: CupAbout<'a>,
    /// The milestone whose odds move.
    pub milestone: &'a Milestone,
    /// The matches.
    pub found: &'a Leverage<CupTarget>,
}

fn unit_of(target: CupTarget) -> UnitId {
    match target {
        CupTarget::Game { unit, .. } | CupTarget::Leg { unit, .. } => unit,
    }
}

/// The entry of a match in the cup's list, if it has one.
fn listed(cup: &Cup, target: CupTarget) -> Option<&Match> {
    match target {
        CupTarget::Game { index, .. } => cup.matches().get(index),
        CupTarget::Leg { unit, leg, .. } => {
            let mut legs = cup.matches_of(unit).map(|(_, game)| game);
            legs.find(|game| usize::from(game.number) == leg + 1)
        }
    }
}

fn heading(outlook: &Outlook, target: CupTarget) -> Heading {
    let cup = outlook.known();
    let unit = cup.format().unit(unit_of(target));
    let game = listed(cup, target);
    let (when, sides) = match target {
        CupTarget::Game { .. } => {
            let number = game.map_or(0, |game| game.number);
            let sides = game.map_or([0, 1], |game| game.sides.map(usize::from));
            (format!("md{number}"), sides)
        }
        CupTarget::Leg { leg, turned, .. } => {
            let legs = match &unit.rules {
                Rules::Tie(tie) => tie.legs.len(),
                _ => 1,
            };
            let when = if legs > 1 {
                format!("{} leg {}", unit.key, leg + 1)
            } else {
                unit.key.clone()
            };
            (when, if turned { [1, 0] } else { [0, 1] })
        }
    };
    let places = sides.map(|side| unit.entrants[side]);
    let club = |place: PlaceId| outlook.state().run.club_at(place);
    let [home, away] = places.map(|place| {
        club(place).map_or_else(
            || place_words(cup, place),
            |club| cup.club(club).name.clone(),
        )
    });
    let codes = places
        .map(club)
        .map(|club| club.map(|club| cup.club(club).code.clone()));
    let codes = match codes {
        [Some(home), Some(away)] => Some([home, away]),
        _ => None,
    };
    let date = game.and_then(|game| game.date);
    Heading {
        when,
        home,
        away,
        codes,
        date: date.map(|date| date.to_string()),
    }
}

/// The leverage as a table, the most important match first.
pub fn text(leverage: &CupLeverage<'_>, shown: Shown) -> String {
    let CupLeverage {
        about,
        milestone,
        found,
    } = leverage;
    let words = Words {
        word: milestone.key.clone(),
        odds: if milestone.key == "title" {
            "title odds".to_owned()
        } else {
            format!("odds of `{}`", milestone.key)
        },
        nothing: if about.outlook.known().is_finished() {
            "no match is left to be played"
        } else {
            "of no match that is left the clubs are known yet; `cupcast paths` tells whom a club may meet"
        },
    };
    let clubs = about.outlook.known().clubs();
    let heading = |target: &CupTarget| heading(about.outlook, *target);
    let how = "         sorted by the results of each match\n";
    lines(about) + how + &table(clubs, found, &words, shown, heading)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: AboutForm,
    milestone: &'a str,
    clubs: Vec<ClubJson<'a>>,
    matches: Vec<MatchJson<'a>>,
}

#[derive(Serialize)]
struct ClubJson<'a> {
    code: &'a str,
    probability: f64,
}

#[derive(Serialize)]
struct MatchJson<'a> {
    stage: &'a str,
    unit: &'a str,
    when: String,
    date: Option<String>,
    home: String,
    away: String,
    leverage: f64,
    leverage_standard_error: f64,
    results: Vec<ResultJson<'a, f64>>,
}

/// The leverage as JSON: every match, result and club, as probabilities in full precision.
pub fn json(leverage: &CupLeverage<'_>) -> String {
    let CupLeverage {
        about,
        milestone,
        found,
    } = leverage;
    let cup = about.outlook.known();
    let clubs = cup.clubs().iter().enumerate();
    let clubs = clubs.map(|(index, club)| ClubJson {
        code: &club.code,
        probability: found.odds.title(index),
    });
    let matches = found.fixtures.iter();
    to_json(&Document {
        about: about.form(),
        milestone: &milestone.key,
        clubs: clubs.collect(),
        matches: matches
            .map(|fixture| match_json(about.outlook, fixture))
            .collect(),
    })
}

fn match_json<'a>(outlook: &'a Outlook, fixture: &'a FixtureLeverage<CupTarget>) -> MatchJson<'a> {
    let cup = outlook.known();
    let heading = heading(outlook, fixture.target);
    let unit = cup.format().unit(unit_of(fixture.target));
    MatchJson {
        stage: &cup.format().stage(unit.stage).key,
        unit: &unit.key,
        when: heading.when,
        date: heading.date,
        home: heading.home,
        away: heading.away,
        leverage: fixture.value,
        leverage_standard_error: fixture.standard_error,
        results: results_json(fixture, cup.clubs(), Stakes::title),
    }
}

/// The leverage as CSV: a row for each match, result and club.
pub fn csv(leverage: &CupLeverage<'_>) -> String {
    let outlook = leverage.about.outlook;
    let cup = outlook.known();
    let mut rows = Rows::new([
        "stage",
        "unit",
        "when",
        "date",
        "home",
        "away",
        "leverage",
        "leverage_se",
        "result",
        "probability",
        "club",
        "swing",
        "se",
    ]);
    for fixture in &leverage.found.fixtures {
        let heading = heading(outlook, fixture.target);
        let unit = cup.format().unit(unit_of(fixture.target));
        for (words, result) in MatchResult::ALL.into_iter().zip(&fixture.results) {
            for (index, club) in cup.clubs().iter().enumerate() {
                rows.push([
                    cup.format().stage(unit.stage).key.as_str(),
                    unit.key.as_str(),
                    heading.when.as_str(),
                    heading.date.as_deref().unwrap_or_default(),
                    heading.home.as_str(),
                    heading.away.as_str(),
                    &figure(fixture.value),
                    &figure(fixture.standard_error),
                    words.words(),
                    &figure(result.probability),
                    club.code.as_str(),
                    &figure(result.swings.title(index)),
                    &figure(result.standard_errors.title(index)),
                ]);
            }
        }
    }
    rows.finish()
}
