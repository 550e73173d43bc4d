//! `cupcast list`: the bundled editions, and what can be named in one tournament.

use super::Failure;
use super::cup;
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
        let (editions, cups) = (editions()?, cup::all()?);
        let mut listed: Vec<Listed<'_>> = cups.iter().map(Listed::of_cup).collect();
        let is_new = |edition: &&Edition| cups.iter().all(|cup| cup.id() != edition.id);
        listed.extend(editions.iter().filter(is_new).map(self::listed));
        return output.write(&match output.format {
            TextOrJson::Text => report::editions_text(&listed),
            TextOrJson::Json => report::editions_json(&listed),
        });
    };
    if let Some(found) = cup::find(name)? {
        let output = args.output.open(&found.files)?;
        let names = report::Names::of_cup(&found.cup);
        return output.write(&names.render(output.format == TextOrJson::Json));
    }
    let tournament = open_even_before_draw(name)?.reading.tournament;
    let output = args.output.open(&tournament_files(name, &tournament))?;
    let names = report::Names::of(&tournament);
    output.write(&names.render(output.format == TextOrJson::Json))
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
