//! `cupcast new`: a tournament file to start from.

use super::Failure;
use super::file::OutputFile;
use super::output;
use crate::open::{Shape, template};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `cupcast new`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast new --groups 8x4 --knockout 16\n  \
    cupcast new --groups 12x4 --knockout 32 --output my-cup.toml\n  \
    cupcast new --league 10")]
pub(crate) struct NewArgs {
    /// Groups by number and size, such as 8x4
    #[arg(long, value_name = "GROUPSxCLUBS", required_unless_present = "league", conflicts_with = "league", value_parser = groups)]
    groups: Option<(usize, usize)>,
    /// How many clubs go on to the knockout [default: two a group]
    #[arg(long, value_name = "CLUBS", requires = "groups")]
    knockout: Option<usize>,
    /// One league of so many clubs instead, home and away
    #[arg(long, value_name = "CLUBS")]
    league: Option<usize>,
    /// Write to this file instead of stdout; one that is there already is not touched
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Reads `8x4`.
fn groups(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once(['x', 'X', '×']);
    let number = |part: &str| part.trim().parse::<usize>().ok();
    parts
        .and_then(|(groups, size)| Some((number(groups)?, number(size)?)))
        .ok_or_else(|| "write how many groups of how many clubs, such as 8x4".to_owned())
}

/// Writes the file.
pub(crate) fn run(args: &NewArgs) -> Result<(), Failure> {
    let shape = match (args.league, args.groups) {
        (Some(clubs), _) => Shape::League { clubs },
        (None, Some((groups, size))) => Shape::Groups {
            groups,
            size,
            knockout: args.knockout.unwrap_or(groups * 2),
        },
        (None, None) => return Err(Failure::input("say --groups 8x4 or --league 10")),
    };
    let text = template(shape).map_err(Failure::input)?;
    match &args.output {
        None => output::print_text(&text),
        Some(path) if path.exists() => Err(Failure::input(format!(
            "{} is there already; name another file",
            path.display()
        ))),
        Some(path) => OutputFile::open(path, &[])?.write(text.as_bytes()),
    }
}
