//! The command line: clap definitions, one file a subcommand, exit codes.

mod about_club;
mod amount;
mod basis;
mod before_draw;
mod conditions;
mod cup;
mod facts;
mod failure;
mod file;
mod form;
mod material;
mod model;
mod output;
mod picture;
mod progress;
mod setting;
mod temporary;
mod time;
mod uncertainty;
mod view;

mod ask;
mod backtest;
mod bench;
mod check;
mod completions;
mod draw;
mod fit;
mod forecast;
mod leverage;
mod list;
mod new;
mod paths;
mod plot;
mod rates;
mod replay;
mod report;
mod scenarios;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod table;
mod timeline;
mod verify;
mod what_if;

use failure::Failure;

use crate::threads::try_threads;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::num::NonZeroUsize;
use std::process::ExitCode;

/// Forecasts of football cups: who wins, with what probability, and what would change it.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:\n  \
    cupcast                                       who wins the CONCACAF Champions League 2013-14?\n  \
    cupcast forecast --as-of md4 --club Toluca    one club after matchday 4\n  \
    cupcast ask 'TOL and CA in the final'         a question in words\n  \
    cupcast report --output report.html           everything in one page\n  \
    cupcast forecast my-cup.toml                  a cup of your own\n\n\
Every command takes the tournament as its argument or as --tournament (-t); beside a club or a question, an argument \
that is the name of a bundled edition or of a file is the tournament. `cupcast list` says what there is to name.\n\n\
Each command has its own page: cupcast forecast --help. Text goes to stdout in up to the width of the terminal (or \
COLUMNS), without colours in a pipe, on a dumb terminal or where NO_COLOR is set; messages and run times go to stderr. \
The ending of --output says in which form a result is written. Exit codes: 0 done, 1 could not, \
2 the input is wrong.")]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Forecast every club's odds: group, seed, each round, title (what runs when no command is given)
    Forecast(forecast::ForecastArgs),
    /// Compare what-if files side by side with the forecast without them
    WhatIf(what_if::WhatIfArgs),
    /// Say how much the odds of every club hang on each match still to be played
    Leverage(leverage::LeverageArgs),
    /// Answer questions in words, such as 'TOL wins its group and is seed 1'
    Ask(ask::AskArgs),
    /// Show the road of a club: whom it may meet, and what it may collect in its group
    Paths(paths::PathsArgs),
    /// Print group tables, seed list and bracket as they stand
    Table(table::TableArgs),
    /// Print the expected goals of every pairing, exactly as a forecast uses them
    Rates(rates::RatesArgs),
    /// Fit a goal model: coefficients, ratings, and a file to use it from later
    Fit(fit::FitArgs),
    /// Write everything about a forecast into one file: pictures, tables, how it was made
    Report(report::ReportArgs),
    /// Draw one picture of a forecast as SVG or PNG
    Plot(plot::PlotArgs),
    /// Score blind forecasts of past editions by several goal models
    Backtest(backtest::BacktestArgs),
    /// Measure how fast this machine plays tournaments, beside the plain ways of writing a simulator
    Bench(bench::BenchArgs),
    /// Say what must happen for a club to win its group: clinched, eliminated, what suffices
    Scenarios(scenarios::ScenariosArgs),
    /// Follow the odds from before the draw to the last leg, each moment blind to what came later
    Timeline(timeline::TimelineArgs),
    /// Check the simulator against the exact solver: every probability, obtained both ways
    Verify(verify::VerifyArgs),
    /// Print one simulated tournament as a full score sheet
    Replay(replay::ReplayArgs),
    /// Count the valid draws of the groups, and say who was likely to meet whom
    Draw(draw::DrawArgs),
    /// List the bundled editions, or the moments, rounds and clubs of a tournament by what they are called
    List(list::ListArgs),
    /// Write a tournament file to start from: groups and a knockout, or a league
    New(new::NewArgs),
    /// Read a tournament file and print every mistake in it
    Check(check::CheckArgs),
    /// Print the JSON schema of an output
    Schema(schema::SchemaArgs),
    /// Print completions for a shell, or write manual pages
    Completions(completions::CompletionsArgs),
    /// Open a web page to play with: set scores, see all odds move
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
}

/// What runs when no command is given: a forecast with all its defaults.
#[derive(Debug, Parser)]
struct MainJob {
    #[command(flatten)]
    forecast: forecast::ForecastArgs,
}

impl From<MainJob> for Command {
    fn from(job: MainJob) -> Self {
        Self::Forecast(job.forecast)
    }
}

/// Runs the program on the arguments of this process: 0 done, 1 could not, 2 the input is wrong.
pub fn run() -> ExitCode {
    let given = match CommandLine::command().try_get_matches() {
        Ok(given) => given,
        Err(error) => return failure::usage(&error),
    };
    if let Err(failure) = try_asked_threads(&given) {
        return failure.report();
    }
    let command = match CommandLine::from_arg_matches(&given) {
        Ok(line) => line.command,
        Err(error) => return failure::usage(&error),
    };
    let command = command.unwrap_or_else(|| MainJob::parse_from(["cupcast"]).into());
    let result = match command {
        Command::Forecast(args) => forecast::run(&args),
        Command::WhatIf(args) => what_if::run(&args),
        Command::Leverage(args) => leverage::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Paths(args) => paths::run(&args),
        Command::Table(args) => table::run(&args),
        Command::Rates(args) => rates::run(&args),
        Command::Fit(args) => fit::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Plot(args) => plot::run(&args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Scenarios(args) => scenarios::run(&args),
        Command::Timeline(args) => timeline::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Replay(args) => replay::run(&args),
        Command::Draw(args) => draw::run(&args),
        Command::List(args) => list::run(&args),
        Command::New(args) => new::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Sees whether the system starts the threads that a command asks for, so that none finds out in the middle of its work.
fn try_asked_threads(given: &ArgMatches) -> Result<(), Failure> {
    let options = given.subcommand().map(|(_, options)| options);
    let asked = options.map(|options| options.try_get_one::<NonZeroUsize>("threads"));
    match asked {
        Some(Ok(asked)) => try_threads(asked.copied()),
        // A command without the option does little; the main job has all its options at their defaults.
        Some(Err(_)) => Ok(()),
        None => try_threads(None),
    }
    .map_err(|error| Failure::Trouble(error.to_string()))
}
