//! `cupcast list`: the bundled editions, and what can be named in one tournament.

use super::Failure;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentName, open_even_before_draw};
use crate::report::list::{self as report, Listed};
use crate::tournament::{Edition, bundled};
use clap::Args;

/// Arguments of `cupcast list`.
#[derive(Debug, Args)]
#[command(
    after_help = "Without a tournament: the editions that come with the program.\n\nExamples:\n  \
    cupcast list\n  \
    cupcast list ccl-2012-13\n  \
    cupcast list my-cup.toml --format json"
)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    tournament: TournamentName,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists what there is to name.
pub(crate) fn run(args: &ListArgs) -> Result<(), Failure> {
    let text = match (args.tournament.written(), args.output.format) {
        (_, Format::Csv) => {
            return Err(Failure::input(
                "a list has no CSV form; use --format text or json",
            ));
        }
        (Some(name), Format::Text) => report::names_text(&open_even_before_draw(name)?),
        (Some(name), Format::Json) => report::names_json(&open_even_before_draw(name)?),
        (None, format) => {
            let editions = editions()?;
            let listed: Vec<Listed<'_>> = editions.iter().map(listed).collect();
            if format == Format::Json {
                report::editions_json(&listed)
            } else {
                report::editions_text(&listed)
            }
        }
    };
    args.output.write(&text)
}

fn listed(edition: &Edition) -> Listed<'_> {
    let can_be_forecast = bundled::tournaments().any(|name| name == edition.id);
    Listed::new(edition, can_be_forecast)
}

fn editions() -> Result<Vec<Edition>, Failure> {
    let names = bundled::names();
    let editions = names.map(|name| bundled::open_edition(name, None));
    Ok(editions.collect::<Result<_, _>>()?)
}
