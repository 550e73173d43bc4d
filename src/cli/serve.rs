//! `cupcast serve`: the web page to play with, on this machine alone.

use super::cup;
use super::failure::Failure;
use super::model::{DEFAULT_MODEL, specification};
use super::setting::{MAIN_TOURNAMENT, open_tournament};
use crate::cup::Cup;
use crate::serve::{Desk, Ending, Limits, Shelf, serve};
use crate::tournament::bundled;
use clap::Args;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// The options of `cupcast serve`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  cupcast serve                          the bundled editions, at http://127.0.0.1:8000
  cupcast serve --port 0                 at any port that is free
  cupcast serve world-cup-2022           the page of a cup of any format
  cupcast serve my-cup.toml              a tournament of your own besides the bundled ones
  cupcast serve --model association      with another goal model

The page and its JSON API (described at /api) answer on this machine only. Ctrl-C or SIGTERM ends the program: what is
at work is still answered, for ten seconds at most; a second one ends it at once.")]
pub(crate) struct ServeArgs {
    /// Tournament files to offer besides the bundled editions
    #[arg(value_name = "TOURNAMENT")]
    tournaments: Vec<String>,
    /// The same as an option, as every command takes it; repeatable
    #[arg(long = "tournament", short = 't', value_name = "TOURNAMENT")]
    more: Vec<String>,
    /// The port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// The goal model: default, pot-finish, association, home, elo, or the path of a specification
    #[arg(long, value_name = "NAME|FILE", default_value = DEFAULT_MODEL)]
    model: String,
    /// Threads that one forecast may use [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Opens the tournaments, says where the page is, and answers until it is asked to stop.
pub(crate) fn run(args: &ServeArgs) -> Result<(), Failure> {
    let limits = Limits {
        threads: args.threads,
        ..Limits::default()
    };
    let model = specification(&args.model, &[])?;
    let named = [args.tournaments.as_slice(), &args.more].concat();
    let (own, cups) = own_cups(&named)?;
    let mut desk = Desk::new(open_all(&own)?, limits).with_model(&args.model, &model);
    // The page begins with what was named first.
    if let (Some(first), false) = (cups.first(), named.first() == own.first()) {
        desk = desk.opening_with(first.id());
    }
    let desk = desk.with_cups(with_bundled(cups)?);
    let announce = |address| {
        // The page is there also when nobody reads the line.
        let _ = writeln!(
            io::stdout(),
            "cupcast is at http://{address}/ (Ctrl-C ends it)"
        );
    };
    let ending = serve(Arc::new(desk), args.port, announce)
        .map_err(|error| Failure::Trouble(error.to_string()))?;
    if ending == Ending::BrokenOff {
        let _ = writeln!(
            io::stderr(),
            "warning: what was still at work when the program ended was not answered"
        );
    }
    Ok(())
}

/// Parts what was named into tournaments of format 1, by name, and cups of format 2.
fn own_cups(named: &[String]) -> Result<(Vec<String>, Vec<Cup>), Failure> {
    let (mut others, mut cups) = (Vec::new(), Vec::new());
    for name in named {
        match cup::find(name)? {
            Some(found) => cups.push(found.cup),
            None => others.push(name.clone()),
        }
    }
    Ok((others, cups))
}

/// The cups that were named, then the bundled ones that were not.
fn with_bundled(mut cups: Vec<Cup>) -> Result<Vec<Cup>, Failure> {
    for bundled in cup::all()? {
        if cups.iter().all(|own| own.id() != bundled.id()) {
            cups.push(bundled);
        }
    }
    Ok(cups)
}

/// The user's own tournaments, then the bundled ones, the main one first.
fn open_all(own: &[String]) -> Result<Vec<Shelf>, Failure> {
    let mut names = own.to_vec();
    names.push(MAIN_TOURNAMENT.to_owned());
    let others = bundled::tournaments().filter(|name| *name != MAIN_TOURNAMENT);
    names.extend(others.map(str::to_owned));
    names.iter().map(|name| open_shelf(name)).collect()
}

fn open_shelf(name: &str) -> Result<Shelf, Failure> {
    let opened = open_tournament(name)?;
    Ok(Shelf {
        history: opened.editions(),
        tournament: opened.reading.tournament,
    })
}
