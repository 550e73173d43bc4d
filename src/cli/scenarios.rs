//! `cupcast scenarios`: what must happen for a club to win its group.

use super::Failure;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::setting::{MAIN_TOURNAMENT, TournamentArgs, WhenFinished};
use crate::conditions::Conditions;
use crate::ids::ClubId;
use crate::playbook::compile;
use crate::report::scenarios::{self as report, ScenarioReport};
use crate::scenarios;
use crate::tournament::{Tournament, bundled};
use clap::Args;
use std::path::Path;

/// The probability that may be left out in all while many matches are left: far below what is printed.
const TOLERANCE: f64 = 1e-5;

/// Arguments of `cupcast scenarios`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast scenarios --as-of md4\n  \
    cupcast scenarios Cartagines --as-of md4\n  \
    cupcast scenarios SEA --tournament ccl-2012-13 --as-of md5 --format json")]
pub(crate) struct ScenariosArgs {
    /// The club: code, name or alias; without it a line for every club of every group
    club: Option<String>,
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file
    #[arg(long, value_name = "TOURNAMENT", default_value = MAIN_TOURNAMENT)]
    tournament: String,
    /// Know only the results up to this moment: start, md1..md6, groups, a date (its matches
    /// included), or now
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Works out the scenarios and prints them.
pub(crate) fn run(args: &ScenariosArgs) -> Result<(), Failure> {
    let tournament = TournamentArgs {
        tournament: Some(args.tournament.clone()),
        as_of: args.as_of.clone(),
    };
    let setting = tournament.open(WhenFinished::FromStart)?;
    let known = &setting.known;
    let club = args.club.as_deref().map(|text| find(text, known));
    let club = club.transpose()?;
    let (model, note) = args.model.open(&setting)?;
    let playbook = compile(known, &model, &Conditions::default());
    let worked_out = match club {
        None => scenarios::all(known, &playbook, TOLERANCE),
        Some(club) => {
            let group = known.group_of(club);
            scenarios::of_group(known, &playbook, group, TOLERANCE)
        }
    };
    let mut worked_out = worked_out.map_err(Failure::input)?;
    worked_out.retain(|scenario| club.is_none_or(|club| scenario.club == club));
    let full = ScenarioReport {
        tournament: known,
        moment: setting.moment,
        model: &note,
        scenarios: &worked_out,
    };
    let text = match (args.output.format, club, worked_out.first()) {
        (Format::Json, ..) => report::json(&full),
        (Format::Csv, ..) => report::csv(&full),
        (Format::Text, Some(_), Some(one)) => {
            report::of_club(&full, one, &setting.notes(), args.output.width())
        }
        (Format::Text, ..) => report::overview(&full, &setting.notes(), args.output.width()),
    };
    args.output.write(&text)
}

/// The club that was asked for; a tournament in its place is a likely slip.
fn find(text: &str, tournament: &Tournament) -> Result<ClubId, Failure> {
    let is_tournament = bundled::names().any(|name| name == text)
        || Path::new(text).extension().is_some_and(|end| end == "toml");
    if is_tournament {
        return Err(Failure::input(format!(
            "`{text}` is a tournament, and a club is wanted here; write `--tournament {text}`"
        )));
    }
    tournament.find_club(text).map_err(Failure::input)
}
