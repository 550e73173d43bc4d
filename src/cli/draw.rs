//! `cupcast draw`: how many valid draws there were, and who was likely to meet whom.

use super::Failure;
use super::amount;
use super::cup;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentName, open_even_before_draw, tournament_files};
use crate::draw::{Drawing, Procedure};
use crate::play::units::Runs;
use crate::report::draw::{self, DrawReport};
use crate::report::draw_text;
use clap::{Args, ValueEnum};

/// Arguments of `cupcast draw`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast draw\n  \
    cupcast draw --club Toluca --procedure sequential\n  \
    cupcast draw ccl-2012-13 --output companions.csv\n  \
    cupcast draw ucl-2018-19                               who meets whom, before each draw\n  \
    cupcast draw ucl-2018-19 --as-of md4 --club Liverpool  from an earlier moment")]
pub(crate) struct DrawArgs {
    #[command(flatten)]
    tournament: TournamentName,
    /// Know only the results up to this moment (cups of format 2) [default: each draw from before it was held]
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
    /// How the groups are drawn; the file of a cup of format 2 says so itself
    #[arg(long, value_enum, default_value_t)]
    procedure: Which,
    /// Show only this club's companions (code, name or alias)
    #[arg(long, value_name = "CLUB")]
    club: Option<String>,
    /// Simulate this many sequential draws instead of following them all exactly
    #[arg(long, value_name = "N", value_parser = amount::count)]
    sims: Option<u64>,
    /// The seed of simulated draws
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: OutputArgs,
}

/// The names of the procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Which {
    /// Club by club from the pots, each to the first group that leads to no dead end
    Sequential,
    /// Every valid draw equally likely
    Uniform,
    /// Both, and the bias between them
    #[default]
    Both,
}

impl From<Which> for Procedure {
    fn from(which: Which) -> Self {
        match which {
            Which::Sequential => Self::Sequential,
            Which::Uniform => Self::Uniform,
            Which::Both => Self::Both,
        }
    }
}

/// Counts the draws, finds the odds and writes them.
pub(crate) fn run(args: &DrawArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.tournament.name())? {
        return of_cup(&found, args);
    }
    if args.as_of.is_some() {
        return Err(Failure::input(
            "--as-of is for cups of format 2; in this one the groups are drawn before anything is played",
        ));
    }
    let tournament = open_even_before_draw(args.tournament.name())?
        .reading
        .tournament;
    let club = args.club.as_deref().map(|name| tournament.find_club(name));
    let club = club.transpose().map_err(Failure::input)?;
    let files = tournament_files(args.tournament.name(), &tournament);
    let output = args.output.open(&files)?;
    let drawing = Drawing::new(&tournament).map_err(Failure::input)?;
    let odds = drawing.odds(args.procedure.into(), args.sims, args.seed);
    let report = DrawReport {
        tournament: &tournament,
        drawing: &drawing,
        odds: &odds.map_err(Failure::input)?,
        club,
    };
    output.write(&match output.format {
        Format::Text => draw_text::text(&report),
        Format::Json => draw::json(&report),
        Format::Csv => draw::csv(&report),
    })
}

/// The draws of a cup of format 2.
fn of_cup(found: &cup::Named, args: &DrawArgs) -> Result<(), Failure> {
    if args.procedure != Which::Both {
        return Err(Failure::input(
            "the file of a cup of format 2 says how each draw is held (`order`); leave out --procedure",
        ));
    }
    let default = Runs::default();
    let asked = cup::draw::Asked {
        as_of: args.as_of.as_deref(),
        club: args.club.as_deref(),
        runs: Runs {
            runs: args.sims.unwrap_or(default.runs),
            seed: args.seed,
            threads: None,
        },
    };
    cup::draw::run(found, &asked, &args.output)
}
