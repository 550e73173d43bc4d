//! The JSON of cups, format 2: the same shape for every competition.

use super::about::AboutForm;
use super::forecast::{CupForecast, places_in};
use super::tables::{record_of, step_word};
use super::{has_places, kind_word};
use crate::cup::Cup;
use crate::format::{Rules, Side};
use crate::state::State;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of this JSON.
pub(super) const FORMAT: u32 = 2;

/// A forecast.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ForecastDocument {
    #[serde(flatten)]
    about: AboutForm,
    /// What may be reached, in order.
    milestones: Vec<MilestoneForm>,
    /// The stages that are shown, in the order of play.
    stages: Vec<StageForm>,
    /// The clubs in file order.
    clubs: Vec<ClubForm>,
}

/// Names of a tournament.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct TournamentForm {
    /// The short name of the command line.
    id: String,
    /// The competition.
    competition: String,
    /// The edition.
    edition: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct MilestoneForm {
    /// Short and unique, such as `qf` or `title`.
    key: String,
    /// In words, such as `plays in the quarterfinals`.
    words: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct StageForm {
    /// Short and unique, such as `group`.
    key: String,
    /// What it is made of: `table`, `ties`, `order`, `draw` or `assign`.
    kind: &'static str,
    /// Its tables, ties or orders.
    units: Vec<UnitForm>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct UnitForm {
    /// Short and unique, such as `A` or `R16-3`.
    key: String,
    /// The codes of its clubs, where they are known.
    clubs: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ClubForm {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its association; empty where none is known.
    association: String,
    /// The probability of each milestone, by key.
    milestones: BTreeMap<String, f64>,
    /// For each table or order, by key of its stage, the probability of each place, the first first.
    places: BTreeMap<String, Vec<f64>>,
    /// The standard error of each of these; with 0, a probability of 0 or 1 is certain.
    standard_error: ErrorForm,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct ErrorForm {
    /// Of milestones, by key.
    milestones: BTreeMap<String, f64>,
    /// Of places, by key of their stage.
    places: BTreeMap<String, Vec<f64>>,
}

/// The tables, orders and ties as they stand.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct TableDocument {
    /// The version of this JSON: 2.
    format: u32,
    /// Whose tables these are.
    tournament: TournamentForm,
    /// The moment, as `--as-of` takes it.
    as_of: String,
    /// The stages that are shown, in the order of play.
    stages: Vec<TableStageForm>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct TableStageForm {
    /// Short and unique, such as `group`.
    key: String,
    /// In words.
    name: String,
    /// What it is made of: `table`, `ties`, `order`, `draw` or `assign`.
    kind: &'static str,
    /// Its tables, orders or ties.
    units: Vec<TableUnitForm>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(untagged)]
enum TableUnitForm {
    /// A table or an order: a row a club that is known.
    Table {
        /// Short and unique, such as `A`.
        key: String,
        /// In words.
        name: String,
        /// Its clubs as they stand.
        rows: Vec<RowForm>,
    },
    /// A tie.
    Tie(TieForm),
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct RowForm {
    /// The place, 1 the first.
    place: usize,
    /// The code of the club.
    code: String,
    /// Its name.
    name: String,
    /// Matches played.
    played: u16,
    /// Matches won.
    won: u16,
    /// Matches drawn.
    drawn: u16,
    /// Matches lost.
    lost: u16,
    /// Goals scored.
    goals_for: i32,
    /// Goals conceded.
    goals_against: i32,
    /// Points, with what was given or taken.
    points: i32,
    /// Whether nothing can change the place any more but what is not decided by goals.
    settled: bool,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct TieForm {
    /// Short and unique, such as `QF-1`.
    key: String,
    /// In words.
    name: String,
    /// The codes of the two clubs, the first side first; none where they are not known yet.
    clubs: Vec<Option<String>>,
    /// The code of the winner, once there is one.
    winner: Option<String>,
    /// What separated the two, such as `extra time`.
    decided_by: Option<&'static str>,
    /// The legs that were played.
    legs: Vec<LegForm>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct LegForm {
    /// Which leg, 1 the first.
    leg: usize,
    /// The code of the club at home, if one was.
    home: Option<String>,
    /// Goals after 90 minutes, the first side's first.
    goals: [u8; 2],
    /// The full score after extra time, where it was played.
    after_extra_time: Option<[u8; 2]>,
    /// The code of the club that won the shoot-out, where there was one.
    shoot_out: Option<String>,
}

/// Who speaks.
pub(super) fn program() -> String {
    format!("cupcast {}", env!("CARGO_PKG_VERSION"))
}

pub(super) fn tournament(cup: &Cup) -> TournamentForm {
    TournamentForm {
        id: cup.id().to_owned(),
        competition: cup.competition().to_owned(),
        edition: cup.edition().to_owned(),
    }
}

/// The JSON of a forecast.
pub fn forecast_document(forecast: &CupForecast<'_>, state: &State) -> ForecastDocument {
    let cup = forecast.cup;
    let format = cup.format();
    let shown = || {
        format
            .stage_ids()
            .filter(|stage| format.stage(*stage).shown)
    };
    let stages = shown().map(|stage| StageForm {
        key: format.stage(stage).key.clone(),
        kind: kind_word(format, stage),
        units: format
            .units_of(stage)
            .map(|(_, unit)| {
                let known = unit
                    .entrants
                    .iter()
                    .filter_map(|place| state.run.club_at(*place));
                UnitForm {
                    key: unit.key.clone(),
                    clubs: known.map(|club| cup.club(club).code.clone()).collect(),
                }
            })
            .collect(),
    });
    let clubs = cup.club_ids().map(|club| {
        let about = cup.club(club);
        let milestones = format.milestones().iter().enumerate();
        let chances: Vec<_> = milestones
            .map(|(number, milestone)| (milestone.key.clone(), forecast.chance(number, club)))
            .collect();
        let places: Vec<_> = shown()
            .filter(|stage| has_places(format, *stage))
            .map(|stage| {
                (
                    format.stage(stage).key.clone(),
                    places_in(forecast, stage, club),
                )
            })
            .collect();
        let of = |value: fn(&crate::odds::Chance) -> f64| {
            let milestones = chances
                .iter()
                .map(|(key, chance)| (key.clone(), value(chance)));
            let places = places
                .iter()
                .map(|(key, list)| (key.clone(), list.iter().map(value).collect()));
            (milestones.collect(), places.collect())
        };
        let (milestones, of_places) = of(|chance| chance.probability);
        let (errors, place_errors) = of(|chance| chance.standard_error);
        ClubForm {
            code: about.code.clone(),
            name: about.name.clone(),
            association: about.association.clone(),
            milestones,
            places: of_places,
            standard_error: ErrorForm {
                milestones: errors,
                places: place_errors,
            },
        }
    });
    ForecastDocument {
        about: forecast.about.form(),
        milestones: format
            .milestones()
            .iter()
            .map(|milestone| MilestoneForm {
                key: milestone.key.clone(),
                words: milestone.words.clone(),
            })
            .collect(),
        stages: stages.collect(),
        clubs: clubs.collect(),
    }
}

/// The JSON of a cup as it stands.
pub fn table_document(cup: &Cup, state: &State, as_of: &str) -> TableDocument {
    let format = cup.format();
    let shown = format
        .stage_ids()
        .filter(|stage| format.stage(*stage).shown);
    let stages = shown.map(|stage| TableStageForm {
        key: format.stage(stage).key.clone(),
        name: format.stage(stage).name.clone(),
        kind: kind_word(format, stage),
        units: format
            .units_of(stage)
            .map(|(id, unit)| match &unit.rules {
                Rules::Tie(_) => TableUnitForm::Tie(tie_form(cup, state, id)),
                _ => TableUnitForm::Table {
                    key: unit.key.clone(),
                    name: unit.name.clone(),
                    rows: rows(cup, state, unit),
                },
            })
            .collect(),
    });
    TableDocument {
        format: FORMAT,
        tournament: tournament(cup),
        as_of: as_of.to_owned(),
        stages: stages.collect(),
    }
}

fn rows(cup: &Cup, state: &State, unit: &crate::format::Unit) -> Vec<RowForm> {
    let places = unit.outputs().enumerate();
    let rows = places.filter_map(|(rank, place)| {
        let club = state.run.standing_at(place)?;
        let record = record_of(state, unit, club).copied().unwrap_or_default();
        let about = cup.club(club);
        Some(RowForm {
            place: rank + 1,
            code: about.code.clone(),
            name: about.name.clone(),
            played: record.played(),
            won: record.won,
            drawn: record.drawn,
            lost: record.lost,
            goals_for: record.goals_for,
            goals_against: record.goals_against,
            points: record.points,
            settled: state.run.club_at(place).is_some(),
        })
    });
    rows.collect()
}

fn tie_form(cup: &Cup, state: &State, id: crate::ids::UnitId) -> TieForm {
    let unit = cup.format().unit(id);
    let tie = state.run.tie(id);
    let code = |club: crate::ids::ClubId| cup.club(club).code.clone();
    let clubs: Vec<_> = unit
        .entrants
        .iter()
        .map(|place| state.run.club_at(*place))
        .collect();
    let of_side = |first: bool| clubs.get(usize::from(!first)).copied().flatten().map(code);
    let legs = tie.legs.iter().enumerate().filter_map(|(number, leg)| {
        let leg = (*leg)?;
        let [first, second] = leg.goals;
        Some(LegForm {
            leg: number + 1,
            home: match leg.home {
                Side::First => of_side(true),
                Side::Second => of_side(false),
                Side::Nobody => None,
            },
            goals: leg.goals,
            after_extra_time: leg
                .extra_time
                .map(|[one, other]| [first + one, second + other]),
            shoot_out: leg.shoot_out.and_then(of_side),
        })
    });
    TieForm {
        key: unit.key.clone(),
        name: unit.name.clone(),
        legs: legs.collect(),
        winner: tie.winner().map(code),
        decided_by: tie.decided.map(step_word),
        clubs: clubs.into_iter().map(|club| club.map(code)).collect(),
    }
}
