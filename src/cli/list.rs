//! `cupcast list`: the bundled editions, and what can be named in one tournament.

use super::Failure;
use super::form::TextOrJson;
use super::output::OutputArgs;
use super::setting::{TournamentName, open_even_before_draw, tournament_files};
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
    output: OutputArgs<TextOrJson>,
}

/// Lists what there is to name.
pub(crate) fn run(args: &ListArgs) -> Result<(), Failure> {
    let Some(name) = args.tournament.written() else {
        let output = args.output.open(&[])?;
        let editions = editions()?;
        let listed: Vec<Listed<'_>> = editions.iter().map(listed).collect();
        return output.write(&match output.format {
            TextOrJson::Text => report::editions_text(&listed),
            TextOrJson::Json => report::editions_json(&listed),
        });
    };
    let tournament = open_even_before_draw(name)?.reading.tournament;
    let output = args.output.open(&tournament_files(name, &tournament))?;
    output.write(&match output.format {
        TextOrJson::Text => report::names_text(&tournament),
        TextOrJson::Json => report::names_json(&tournament),
    })
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
