//! `cupcast draw`: how many valid draws there were, and who was likely to meet whom.

use super::Failure;
use super::amount;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentName, open_even_before_draw, tournament_files};
use crate::draw::{Drawing, Procedure};
use crate::report::draw::{self, DrawReport};
use crate::report::draw_text;
use clap::{Args, ValueEnum};

/// Arguments of `cupcast draw`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast draw\n  \
    cupcast draw --club Toluca --procedure sequential\n  \
    cupcast draw ccl-2012-13 --output companions.csv")]
pub(crate) struct DrawArgs {
    #[command(flatten)]
    tournament: TournamentName,
    /// How the groups are drawn
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
