//! `cupcast scenarios`: what must happen for a club to win its group, or to come among the first of its table.

use super::Failure;
use super::cup;
use super::model::ModelArgs;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentArgs, WhenFinished, find_club, take_tournament};
use crate::conditions::Conditions;
use crate::playbook::compile;
use crate::report::scenarios::{self as report, ScenarioReport};
use crate::scenarios;
use clap::Args;

/// The probability that may be left out in all while many matches are left: far below what is printed.
const TOLERANCE: f64 = 1e-5;

/// Arguments of `cupcast scenarios`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast scenarios --as-of md4\n  \
    cupcast scenarios Cartagines --as-of md4\n  \
    cupcast scenarios ccl-2012-13 SEA --as-of md5 --format json\n  \
    cupcast scenarios world-cup-2022 Japan --as-of md2     what it needs to go on\n  \
    cupcast scenarios euro-2024 C --as-of md2 --place 3    a table, for the first three places")]
pub(crate) struct ScenariosArgs {
    /// The club: code, name or alias; without it a line for every club of every group. In a cup of format 2 also a group
    #[arg(value_name = "CLUB|GROUP")]
    club: Vec<String>,
    /// Come among the first N of the table (cups of format 2) [default: the places that lead on, or those that milestones
    /// count]
    #[arg(long, value_name = "N")]
    place: Option<usize>,
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file, which may also stand alone among
    /// the arguments [default: ccl-2013-14]
    #[arg(long, short, value_name = "TOURNAMENT")]
    tournament: Option<String>,
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
    let (club, tournament) = take_tournament(&args.club, args.tournament.as_deref())?;
    let tournament = TournamentArgs {
        tournament,
        as_of: args.as_of.clone(),
    };
    if let Some(found) = cup::find(tournament.name())? {
        let asked = cup::scenarios::Asked {
            words: &club,
            places: args.place,
            model: &args.model,
        };
        return cup::scenarios::run(&found, &tournament, &asked, &args.output);
    }
    if args.place.is_some() {
        return Err(Failure::input(
            "--place is for cups of format 2; in this one the first place of a group is what counts",
        ));
    }
    let setting = tournament.open(WhenFinished::FromStart)?;
    let known = &setting.known;
    let club = (!club.is_empty()).then(|| find_club(&club, known));
    let club = club.transpose()?;
    let output = args.output.open(&setting.files_with(args.model.files()))?;
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
    let text = match (output.format, club, worked_out.first()) {
        (Format::Json, ..) => report::json(&full),
        (Format::Csv, ..) => report::csv(&full),
        (Format::Text, Some(_), Some(one)) => {
            report::of_club(&full, one, &setting.notes(), output.width())
        }
        (Format::Text, ..) => report::overview(&full, &setting.notes(), output.width()),
    };
    output.write(&text)
}
