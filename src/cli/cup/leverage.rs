//! `cupcast leverage` of a cup.

use super::{Asked, Named, ask, milestone, runs_of};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::cli::output::{Format, OutputArgs};
use crate::cli::progress::Bar;
use crate::forecast::Effort;
use crate::ids::ClubId;
use crate::leverage::{CupLeverageEffort, Prize, cup_leverage};
use crate::report::cup::CupAbout;
use crate::report::cup::leverage::{self as report, CupLeverage};
use crate::report::leverage::Shown;

/// What is asked of a leverage.
pub(crate) struct Wanted<'a> {
    /// The club to show, if one is named.
    pub(crate) club: Option<&'a str>,
    /// The milestone.
    pub(crate) quantity: &'a str,
    /// At most so many matches.
    pub(crate) top: usize,
}

/// Works it out and writes it.
pub(crate) fn leverage(
    found: &Named,
    basis: &BasisArgs,
    wanted: &Wanted<'_>,
    simulation: &SimulationArgs,
    output: &OutputArgs,
) -> Result<(), Failure> {
    let cup = &found.cup;
    let club = wanted.club.map(|text| cup.find_club(text));
    let club = club.transpose().map_err(Failure::input)?;
    let milestone = milestone::named(cup, wanted.quantity)?;
    let output = output.open(&found.files)?;
    let Asked { outlook, notes, .. } = ask(found, basis)?;
    let runs = runs_of(simulation);
    let how = CupLeverageEffort {
        effort: simulation
            .precision
            .map_or(Effort::Runs(runs.runs), Effort::Precision),
        seed: runs.seed,
        threads: runs.threads,
    };
    let bar = Bar::new();
    let mut answer = cup_leverage(&outlook, milestone, how, &bar);
    bar.finish();
    answer.rank(Prize::Title, club.map(ClubId::index));
    let leverage = CupLeverage {
        about: CupAbout {
            outlook: &outlook,
            runs: answer.runs,
            seed: runs.seed,
            notes: &notes,
        },
        milestone: &cup.format().milestones()[milestone],
        found: &answer,
    };
    output.write(&match output.format {
        Format::Text => {
            let shown = Shown {
                width: output.width(),
                most: wanted.top,
                club,
                prize: Prize::Title,
            };
            report::text(&leverage, shown)
        }
        Format::Json => report::json(&leverage),
        Format::Csv => report::csv(&leverage),
    })
}
