//! `cupcast leverage`: how much hangs on each match that is still to be played.

use super::Failure;
use super::basis::BasisArgs;
use super::cup;
use super::facts::Facts;
use super::forecast::SimulationArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::time::Clock;
use crate::forecast::Effort;
use crate::ids::ClubId;
use crate::leverage::{Prize, all_seeds, leverage_of};
use crate::report::about::About;
use crate::report::leverage as report;
use crate::tournament::Tournament;
use clap::Args;
use std::ops::Range;

/// The largest standard error of a swing when nobody says: 0.05 percentage points.
const DEFAULT_PRECISION: f64 = 0.000_5;

/// Arguments of `cupcast leverage`.
#[derive(Debug, Args)]
#[command(
    after_help = "The result of a match moves the odds of every club. The leverage of a match is the change of the \
title odds that its result is expected to bring: the sum over its results (home win, draw, away win after 90 minutes) \
of the probability of the result times the absolute changes of all clubs' title odds. Knockout legs are taken by tie \
and leg, whoever plays in them. Without --sims or --precision, as many tournaments are simulated as bring the standard \
error of every swing below 0.05 percentage points. JSON and CSV hold the odds of every seed, in cups of more than 16 \
groups only those of the seed named by --quantity. In cups of format 2 whole tournaments are simulated and sorted by the \
results of each match: those of tables, and the legs to come of ties whose clubs are known.\n\n\
Examples:\n  \
  cupcast leverage --as-of md4\n  \
  cupcast leverage --as-of md4 --club Toluca --top 5\n  \
  cupcast leverage --as-of groups --output leverage.csv\n  \
  cupcast leverage premier-league-2023-24 --as-of md30 --quantity title"
)]
pub(crate) struct LeverageArgs {
    #[command(flatten)]
    basis: BasisArgs,
    /// Show what every match means for this club, those that mean most to it first: a code, name or alias
    #[arg(long, value_name = "CLUB")]
    club: Option<String>,
    /// Show how the odds of this move, and rank the matches by it: title, group, or a seed such as
    /// 'seed 1'; in cups of format 2 any of their milestones
    #[arg(long, value_name = "PRIZE", default_value = "title")]
    quantity: String,
    /// Show at most so many matches in the text
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    #[command(flatten)]
    simulation: SimulationArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Works it out and writes it.
pub(crate) fn run(args: &LeverageArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.basis.tournament.name())? {
        let wanted = cup::WantedLeverage {
            club: args.club.as_deref(),
            quantity: &args.quantity,
            top: args.top,
        };
        return cup::leverage(&found, &args.basis, &wanted, &args.simulation, &args.output);
    }
    let prize = prize(&args.quantity).map_err(Failure::input)?;
    let basis = args.basis.open()?;
    let known = &basis.setting.known;
    let club = args.club.as_deref().map(|text| known.find_club(text));
    let club = club.transpose().map_err(Failure::input)?;
    if let Prize::Seed(seed) = prize
        && seed >= known.groups.len()
    {
        let seeds = known.groups.len();
        let message = format!("there is no seed {}; the seeds are 1 to {seeds}", seed + 1);
        return Err(Failure::input(message));
    }
    let simulation = &args.simulation;
    let effort = match (simulation.sims, simulation.precision) {
        (None, None) => Effort::Precision(DEFAULT_PRECISION),
        _ => simulation.effort(),
    };
    let output = args.output.open(&basis.files)?;
    let clock = Clock::start();
    let bar = Bar::new();
    let request = basis.request_with(simulation, effort);
    let mut answer = leverage_of(&request, seeds(prize, output.format, known), &bar);
    bar.finish();
    if club.is_some() || prize != Prize::Title {
        answer.rank(prize, club.map(ClubId::index));
    }
    clock.tell();
    let facts = Facts::of(&basis);
    let about = About {
        runs: answer.runs,
        seed: simulation.seed,
        method: answer.method.word(),
        ..facts.about()
    };
    let text = match output.format {
        Format::Text => {
            let shown = report::Shown {
                width: output.width(),
                most: args.top,
                club,
                prize,
            };
            report::text(&about, &answer, shown)
        }
        Format::Json => report::json(&about, &answer),
        Format::Csv => report::csv(&about, &answer),
    };
    output.write(&text)
}

/// The seeds whose odds are worked out, counted from 0: those that are asked for, and for programs all of a cup that is not too large.
fn seeds(prize: Prize, format: Format, known: &Tournament) -> Range<usize> {
    let all = all_seeds(known);
    match prize {
        _ if format != Format::Text && !all.is_empty() => all,
        Prize::Seed(seed) => seed..seed + 1,
        Prize::Title | Prize::Group => 0..0,
    }
}

/// Reads `title`, `group` or `seed 3`.
fn prize(text: &str) -> Result<Prize, String> {
    let plain = text.trim().to_lowercase();
    let seed = plain.strip_prefix("seed").map(str::trim);
    match (plain.as_str(), seed.and_then(|number| number.parse().ok())) {
        ("title", _) => Ok(Prize::Title),
        ("group", _) => Ok(Prize::Group),
        (_, Some(seed @ 1..)) => Ok(Prize::Seed(seed - 1)),
        _ => Err(format!(
            "`{text}` is no prize; write title, group, or a seed such as 'seed 1'"
        )),
    }
}
