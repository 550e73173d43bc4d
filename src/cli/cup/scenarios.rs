//! `cupcast scenarios` of a cup: what must happen for a club to come among the first of its table.

use super::super::Failure;
use super::super::model::ModelArgs;
use super::super::output::{Format, OutputArgs};
use super::super::setting::TournamentArgs;
use super::{Named, instant, model};
use crate::ids::{ClubId, UnitId};
use crate::outlook::Outlook;
use crate::report::about::to_json;
use crate::report::cup::scenarios::{self as report, CupScenarios};
use crate::scenarios::cup::{CutScenarios, of_table, open_tables};

/// What was asked: words of the command line that name a club, a table or nothing, and the number of places.
pub(crate) struct Asked<'a> {
    /// The words.
    pub(crate) words: &'a [String],
    /// How many places are meant.
    pub(crate) places: Option<usize>,
    /// The goal model.
    pub(crate) model: &'a ModelArgs,
}

/// Works out the scenarios and writes them.
pub(crate) fn run(
    found: &Named,
    named: &TournamentArgs,
    asked: &Asked<'_>,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let output = output.open(&found.files)?;
    let full = &found.cup;
    let (instant, mut notes) = instant(full, named, true)?;
    let outlook = model::outlook(full, instant, asked.model)?;
    notes.extend_from_slice(outlook.model_warnings());
    let open = open_tables(&outlook).map_err(Failure::input)?;
    let (units, club) = which(&outlook, &open, asked.words)?;
    let mut tables: Vec<CutScenarios> = Vec::new();
    for unit in units {
        tables.extend(of_table(&outlook, unit, asked.places, club).map_err(Failure::input)?);
    }
    let as_of = outlook.as_of();
    let scenarios = CupScenarios {
        cup: outlook.known(),
        state: outlook.state(),
        as_of: [&as_of, &full.instant_words(instant)],
        model: outlook.model_words(),
        tables: &tables,
        one_club: club.is_some(),
        notes: &notes,
    };
    output.write(&match output.format {
        Format::Text => report::text(&scenarios, output.width()),
        Format::Json => to_json(&report::document(&scenarios)),
        Format::Csv => report::csv(&scenarios),
    })
}

/// The tables that are meant, and the club if one is.
fn which(
    outlook: &Outlook,
    open: &[UnitId],
    words: &[String],
) -> Result<(Vec<UnitId>, Option<ClubId>), Failure> {
    let cup = outlook.known();
    let format = cup.format();
    let wanted = words.join(" ");
    if wanted.trim().is_empty() {
        return Ok((open.to_vec(), None));
    }
    let group = wanted.trim().to_lowercase();
    let is_meant = |id: &UnitId| {
        let unit = format.unit(*id);
        unit.key.to_lowercase() == group || unit.name.to_lowercase() == group
    };
    if let Some(table) = open.iter().copied().find(is_meant) {
        return Ok((vec![table], None));
    }
    let club = cup.find_club(&wanted).map_err(Failure::input)?;
    let plays_in = |id: &UnitId| {
        let mut places = format.unit(*id).entrants.iter();
        places.any(|place| outlook.state().run.club_at(*place) == Some(club))
    };
    match open.iter().copied().find(plays_in) {
        Some(table) => Ok((vec![table], Some(club))),
        None => Err(Failure::input(format!(
            "{} stands in no table with matches to come; `cupcast table` shows where it is",
            cup.club(club).name
        ))),
    }
}
