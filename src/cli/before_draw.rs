//! `cupcast forecast --before-draw`: the odds before the groups were known, and how lucky each real draw was.

use super::Failure;
use super::basis::BasisArgs;
use super::forecast::SimulationArgs;
use super::output::{Format, OutputArgs};
use super::progress::Bar;
use super::time::Clock;
use crate::draw::{Drawing, DrawnBy, Sampler};
use crate::forecast::before_draw;
use crate::report::before_draw as report;
use crate::report::{forecast_csv, forecast_json};
use clap::{Args, ValueEnum};

/// Options of the forecast from before the draw.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct BeforeDrawArgs {
    /// Go back to before the draw of the groups: integrate over draws under the file's constraints, and say how lucky each
    /// club's real draw was
    #[arg(long, conflicts_with_all = ["exact", "as_of", "fix", "intervals", "parameters", "group", "club", "columns", "bracket"])]
    pub(crate) before_draw: bool,
    /// With --before-draw: how the groups are drawn
    #[arg(long, value_enum, default_value_t, requires = "before_draw")]
    procedure: Which,
}

/// The names of the procedures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Which {
    /// Club by club from the pots, each to the first group that leads to no dead end
    #[default]
    Sequential,
    /// Every valid draw equally likely
    Uniform,
}

impl BeforeDrawArgs {
    /// Refuses another procedure than that of the file, where the file says how each draw is held.
    pub(crate) fn only_as_filed(self) -> Result<(), Failure> {
        if self.procedure == Which::Sequential {
            return Ok(());
        }
        Err(Failure::input(
            "the file of a cup of format 2 says how each draw is held (`order`); leave out --procedure",
        ))
    }
}

/// Integrates over draws and writes what came out; text shows at most `most` clubs.
pub(crate) fn run(
    args: BeforeDrawArgs,
    basis: &BasisArgs,
    simulation: &SimulationArgs,
    output: &OutputArgs,
    most: usize,
) -> Result<(), Failure> {
    let basis = basis.open_before_draw()?;
    if !basis.conditions.is_empty() {
        return Err(Failure::input(
            "a forecast from before the draw takes nothing for granted; leave out --before-draw or the what-if",
        ));
    }
    let output = output.open(&basis.files)?;
    let clock = Clock::start();
    let drawing = Drawing::new(&basis.setting.known).map_err(Failure::input)?;
    let by = match args.procedure {
        Which::Sequential => DrawnBy::Sequential,
        Which::Uniform => DrawnBy::Uniform,
    };
    let sampler = Sampler::new(&drawing, by).map_err(Failure::input)?;
    let bar = Bar::new();
    let before = before_draw(&basis.request(simulation), &sampler, &bar);
    bar.finish();
    clock.tell();
    let known = &basis.setting.known;
    let text = match output.format {
        Format::Text => {
            let shown = report::Shown {
                width: output.width(),
                most,
            };
            report::text(known, &before, shown)
        }
        Format::Json => forecast_json::render_before_draw(known, &before),
        Format::Csv => forecast_csv::render_before_draw(known, &before),
    };
    output.write(&text)
}
