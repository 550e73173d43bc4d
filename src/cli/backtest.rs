//! `cupcast backtest`: scores blind forecasts of past editions by several goal models.

use super::Failure;
use super::failure::tell;
use super::model::specification;
use super::output::{Format, OutputArgs};
use super::setting::{TournamentName, open_tournament, tournament_files};
use crate::backtest::{self, BookmakerOdds, Simulation, compare_odds};
use crate::consistency::Opened;
use crate::goals::specification_files;
use crate::report;
use crate::tournament::bundled::Past;
use crate::tournament::{Edition, Tournament};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `cupcast backtest`.
#[derive(Debug, Args)]
#[command(
    after_help = "The tournament is the latest edition to score; those of its history are scored too, each by what \
came before it; what is left out is said on stderr.\n\nExamples:\n  \
    cupcast backtest\n  \
    cupcast backtest --models default,elo --output scores.csv\n  \
    cupcast backtest --odds models/goal-models/odds-example.csv"
)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    tournament: TournamentName,
    /// The goal models, by name or file; the others are compared with the first
    #[arg(
        long,
        visible_alias = "model",
        value_name = "NAME|FILE",
        value_delimiter = ',',
        default_value = "default,pot-finish,association,home,elo"
    )]
    models: Vec<String>,
    /// A CSV file of bookmakers' decimal odds, in the form of models/goal-models/odds-example.csv
    #[arg(long, value_name = "FILE")]
    odds: Option<PathBuf>,
    /// How many tournaments to simulate for each forecast of a whole tournament
    #[arg(long, value_name = "N", value_parser = super::amount::count, default_value = "20000")]
    sims: u64,
    /// The seed of the random numbers
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: OutputArgs,
}

/// Forecasts, scores and prints.
pub(crate) fn run(args: &BacktestArgs) -> Result<(), Failure> {
    let odds = args.odds.as_deref().map(BookmakerOdds::open).transpose()?;
    let opened = open_tournament(args.tournament.name())?;
    let mut editions: Vec<Edition> = opened.editions();
    editions.push(opened.reading.tournament.to_edition());
    let all: Vec<&Edition> = editions.iter().collect();
    let specifications = args.models.iter().map(|name| specification(name, &all));
    let specifications = specifications.collect::<Result<Vec<_>, _>>()?;
    let mut inputs = tournament_files(args.tournament.name(), &opened.reading.tournament);
    inputs.extend(
        args.models
            .iter()
            .flat_map(|model| specification_files(model)),
    );
    inputs.extend(args.odds.clone());
    let output = args.output.open(&inputs)?;
    let whole = finished_tournaments(&opened);
    let simulation = Simulation {
        runs: args.sims,
        seed: args.seed,
    };
    let found =
        backtest::run(&specifications, &editions, &whole, simulation).map_err(Failure::input)?;
    let odds = odds.map(|odds| compare_odds(&found, &odds)).transpose()?;
    let text = match output.format {
        Format::Text => report::backtest::text(&found, odds.as_ref()),
        Format::Json => report::backtest::json(&found, odds.as_ref()),
        Format::Csv => report::backtest::csv(&found),
    };
    output.write(&text)
}

/// The finished tournaments with groups and bracket among the history and the latest edition itself. Says on stderr which
/// editions are not scored, or not as a whole, and why.
fn finished_tournaments(opened: &Opened) -> Vec<Tournament> {
    let latest = &opened.reading.tournament;
    let mut whole = Vec::new();
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    let mut leave_out = |why: &'static str, edition: &str| match reasons
        .iter_mut()
        .find(|(known, _)| *known == why)
    {
        Some((_, editions)) => editions.push(edition.to_owned()),
        None => reasons.push((why, vec![edition.to_owned()])),
    };
    let own = std::slice::from_ref(latest).iter();
    let history = opened.history.iter().map(|past| match past {
        Past::Tournament(tournament) => Ok(&**tournament),
        Past::Edition(edition) => Err(edition),
    });
    for (position, past) in history.chain(own.map(Ok)).enumerate() {
        let name = match past {
            Ok(tournament) => &tournament.edition,
            Err(edition) => &edition.name,
        };
        if position == 0 && !opened.history.is_empty() {
            leave_out(
                "its matches are not scored, as no edition comes before it",
                name,
            );
        }
        match past {
            Ok(tournament) if tournament.is_finished() => whole.push(tournament.clone()),
            Ok(_) => leave_out("not scored as a whole, as it is not over", name),
            Err(_) => leave_out(
                "not scored as a whole, as a past edition has no rules and no bracket",
                name,
            ),
        }
    }
    for (why, editions) in reasons {
        tell(format!("note: {}: {why}", editions.join(", ")));
    }
    whole
}
