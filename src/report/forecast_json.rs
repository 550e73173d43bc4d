//! A forecast as JSON: the contract for other programs. Clubs stand in file order, probabilities in full precision.

use super::about::to_json;
use crate::forecast::{
    BeforeDraw, Forecast, Headline, INTERVAL, Method, ModelNote, ParameterIntervals, Way,
};
use crate::ids::ClubId;
use crate::odds::Odds;
use crate::tournament::Tournament;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::collections::BTreeMap;

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    tournament: TournamentPart<'a>,
    as_of: String,
    method: &'static str,
    #[serde(flatten)]
    effort: Effort,
    #[serde(skip_serializing_if = "Option::is_none")]
    draw: Option<DrawPart>,
    model: ModelPart<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<ParametersPart>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    fixes: &'a [String],
    clubs: Vec<ClubPart<'a>>,
}

#[derive(Serialize)]
pub(super) struct TournamentPart<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
    rounds: Vec<&'a str>,
}

/// How much work went into it: runs and seed of a simulation (and how it was done, where a precision left the choice), or
/// tolerance and lost mass of an exact answer.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Effort {
    Simulated {
        sims: u64,
        seed: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        estimator: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        lost_mass: Option<f64>,
    },
    Exact {
        tolerance: f64,
        lost_mass: f64,
    },
}

impl Effort {
    pub(super) fn of(method: Method) -> Self {
        match method {
            Method::Simulated { runs, seed, way } => Self::Simulated {
                sims: runs,
                seed,
                estimator: way.map(Way::words),
                lost_mass: match way {
                    Some(Way::Collapsed { lost_mass }) => Some(lost_mass),
                    Some(Way::MatchByMatch) | None => None,
                },
            },
            Method::Exact {
                tolerance,
                lost_mass,
            } => Self::Exact {
                tolerance,
                lost_mass,
            },
        }
    }
}

/// How the groups were drawn, before which the forecast stands.
#[derive(Serialize)]
struct DrawPart {
    procedure: &'static str,
    draws: u64,
    sims_per_draw: u64,
}

#[derive(Serialize)]
pub(super) struct ModelPart<'a> {
    name: &'a str,
    matches: usize,
    editions: usize,
}

impl<'a> TournamentPart<'a> {
    pub(super) fn of(tournament: &'a Tournament) -> Self {
        let rounds = tournament.bracket.rounds.iter();
        Self {
            id: &tournament.id,
            competition: &tournament.competition,
            edition: &tournament.edition,
            rounds: rounds.map(|round| round.name.as_str()).collect(),
        }
    }
}

impl<'a> ModelPart<'a> {
    pub(super) fn of(model: &'a ModelNote) -> Self {
        Self {
            name: &model.name,
            matches: model.matches,
            editions: model.editions,
        }
    }
}

/// What the odds stand for and what the intervals come from.
#[derive(Serialize)]
struct ParametersPart {
    headline: &'static str,
    draws: u64,
    runs_per_draw: u64,
    interval: [f64; 2],
}

impl ParametersPart {
    fn of(parameters: &ParameterIntervals) -> Self {
        Self {
            headline: match parameters.headline {
                Headline::Mode => "mode",
                Headline::Draws => "draws",
            },
            draws: parameters.draws,
            runs_per_draw: parameters.runs_per_draw,
            interval: INTERVAL,
        }
    }
}

#[derive(Serialize)]
struct ClubPart<'a> {
    code: &'a str,
    name: &'a str,
    association: &'a str,
    /// `null` before the draw.
    group: Option<&'a str>,
    pot: Option<&'a str>,
    best_finish: &'static str,
    #[serde(flatten)]
    odds: ClubOdds<'a>,
    standard_error: ClubOdds<'a>,
    /// The probability of winning the group with so many points; of exact answers alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    winner_points: Option<&'a BTreeMap<i32, f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<ClubOdds<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_standard_error: Option<ClubOdds<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ClubOdds<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_standard_error: Option<ClubOdds<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<ClubIntervals<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    real_draw: Option<RealDrawPart<'a>>,
}

/// A club's odds given the real draw, and their difference from those before it.
#[derive(Serialize)]
struct RealDrawPart<'a> {
    group: &'a str,
    #[serde(flatten)]
    odds: ClubOdds<'a>,
    standard_error: ClubOdds<'a>,
    luck: ClubOdds<'a>,
    luck_standard_error: ClubOdds<'a>,
}

/// One club's numbers: `group_place`, `seed`, a key for each round by its name, `title`.
struct ClubOdds<'a> {
    odds: &'a Odds,
    club: ClubId,
    rounds: &'a [&'a str],
}

impl Serialize for ClubOdds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let index = self.club.index();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group_place", &self.odds.place[index])?;
        map.serialize_entry("seed", &self.odds.seed[index])?;
        for (name, probability) in self.rounds.iter().zip(&self.odds.round[index]) {
            map.serialize_entry(name, probability)?;
        }
        map.serialize_entry("title", &self.odds.title[index])?;
        map.end()
    }
}

/// One club's intervals under the same keys, each `[low, high]`.
struct ClubIntervals<'a> {
    parameters: &'a ParameterIntervals,
    club: ClubId,
    rounds: &'a [&'a str],
}

impl Serialize for ClubIntervals<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let index = self.club.index();
        let ParameterIntervals { low, high, .. } = self.parameters;
        let pairs = |low: &[f64], high: &[f64]| -> Vec<[f64; 2]> {
            let ends = low.iter().zip(high);
            ends.map(|(low, high)| [*low, *high]).collect()
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group_place", &pairs(&low.place[index], &high.place[index]))?;
        map.serialize_entry("seed", &pairs(&low.seed[index], &high.seed[index]))?;
        let rounds = pairs(&low.round[index], &high.round[index]);
        for (name, ends) in self.rounds.iter().zip(rounds) {
            map.serialize_entry(name, &ends)?;
        }
        map.serialize_entry("title", &[low.title[index], high.title[index]])?;
        map.end()
    }
}

/// The forecast as a JSON document that ends in a newline.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn render(tournament: &Tournament, forecast: &Forecast) -> String {
    document(tournament, forecast, None)
}

/// The forecast from before the draw under the same keys, `group` being `null`; `draw` says how the groups were drawn, and
/// `real_draw` of each club holds its odds given the real groups and its luck.
///
/// # Panics
/// Never: the document holds nothing that JSON cannot.
pub fn render_before_draw(tournament: &Tournament, before: &BeforeDraw) -> String {
    document(tournament, &before.forecast, Some(before))
}

fn document(tournament: &Tournament, forecast: &Forecast, before: Option<&BeforeDraw>) -> String {
    let rounds: Vec<&str> = tournament
        .bracket
        .rounds
        .iter()
        .map(|round| round.name.as_str())
        .collect();
    let what_if = forecast.what_if.as_ref();
    let clubs = tournament.club_ids().map(|id| {
        let club = tournament.club(id);
        let of = |odds| ClubOdds {
            odds,
            club: id,
            rounds: &rounds,
        };
        let group = tournament.group(tournament.group_of(id)).name.as_str();
        ClubPart {
            code: &club.code,
            name: &club.name,
            association: &club.association,
            group: before.is_none().then_some(group),
            pot: club.pot.as_deref(),
            best_finish: club.best_finish.word(),
            odds: of(&forecast.odds),
            standard_error: of(&forecast.standard_errors),
            winner_points: forecast
                .winner_points
                .as_ref()
                .map(|points| &points[id.index()]),
            baseline: what_if.map(|what_if| of(&what_if.baseline)),
            baseline_standard_error: what_if.map(|what_if| of(&what_if.baseline_standard_errors)),
            change: what_if.map(|what_if| of(&what_if.change)),
            change_standard_error: what_if.map(|what_if| of(&what_if.change_standard_errors)),
            interval: forecast
                .parameters
                .as_ref()
                .map(|parameters| ClubIntervals {
                    parameters,
                    club: id,
                    rounds: &rounds,
                }),
            real_draw: before
                .and_then(|before| before.real.as_ref())
                .map(|real| RealDrawPart {
                    group,
                    odds: of(&real.odds),
                    standard_error: of(&real.standard_errors),
                    luck: of(&real.luck),
                    luck_standard_error: of(&real.luck_standard_errors),
                }),
        }
    });
    let document = Document {
        tournament: TournamentPart::of(tournament),
        as_of: forecast.as_of.key(tournament),
        method: forecast.method.word(),
        effort: Effort::of(forecast.method),
        draw: before.map(|before| DrawPart {
            procedure: before.by.word(),
            draws: before.draws,
            sims_per_draw: before.runs_per_draw,
        }),
        model: ModelPart::of(&forecast.model),
        parameters: forecast.parameters.as_ref().map(ParametersPart::of),
        fixes: what_if.map_or(&[], |what_if| &what_if.fixes),
        clubs: clubs.collect(),
    };
    to_json(&document)
}
