//! The options of parameter uncertainty: what the odds stand for, and whether each comes with an interval.

use super::Failure;
use super::amount;
use super::basis::Basis;
use crate::forecast::Draws;
use clap::Args;

/// How many draws there are when nobody says.
const DEFAULT_DRAWS: u64 = 200;

/// Fewer draws than this say nothing about the outer 5%.
const FEWEST_DRAWS: u64 = 20;

/// What the odds stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameters {
    /// The likeliest parameters.
    Mode,
    /// The average over so many draws from the posterior.
    Draws(u64),
}

/// Options about the uncertainty of the model itself.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Uncertainty of the model")]
pub(crate) struct UncertaintyArgs {
    /// What the odds stand for: the model's likeliest parameters (mode), or the average over draws of them (draws,
    /// draws=200), which comes with intervals
    #[arg(long, value_name = "mode|draws[=N]", value_parser = parameters, default_value = "mode")]
    pub(crate) parameters: Parameters,
    /// Give a 5-95% interval for every probability, from draws of the model's parameters
    #[arg(long)]
    pub(crate) intervals: bool,
}

impl UncertaintyArgs {
    /// The draws that are needed, if any are.
    pub(crate) fn draws<'a>(&self, basis: &'a Basis) -> Result<Option<Draws<'a>>, Failure> {
        let count = match self.parameters {
            Parameters::Draws(count) => count,
            Parameters::Mode if self.intervals => DEFAULT_DRAWS,
            Parameters::Mode => return Ok(None),
        };
        match basis.model.fitted() {
            Some(model) => Ok(Some(Draws { model, count })),
            None => Err(Failure::input(
                "a table of rates has no parameters to draw; leave out --rates to fit a model, \
                 or --intervals and --parameters",
            )),
        }
    }
}

/// Reads `mode`, `draws` or `draws=200`.
fn parameters(text: &str) -> Result<Parameters, String> {
    match text.split_once('=') {
        None if text == "mode" => Ok(Parameters::Mode),
        None if text == "draws" => Ok(Parameters::Draws(DEFAULT_DRAWS)),
        Some(("draws", number)) => match amount::count(number)? {
            count if count < FEWEST_DRAWS => Err(format!(
                "{count} draws say nothing about the outer 5%; take at least {FEWEST_DRAWS}"
            )),
            count if count > 100_000 => Err(format!(
                "{count} draws are more than is sensible; draws=1000 is plenty"
            )),
            count => Ok(Parameters::Draws(count)),
        },
        _ => Err(format!(
            "`{text}` is neither `mode` nor `draws` nor `draws=N`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read() {
        assert_eq!(parameters("mode"), Ok(Parameters::Mode));
        assert_eq!(parameters("draws"), Ok(Parameters::Draws(200)));
        assert_eq!(parameters("draws=1k"), Ok(Parameters::Draws(1000)));
        for text in ["", "draw", "draws=", "draws=19", "draws=1M", "mode=3"] {
            assert!(parameters(text).is_err(), "{text}");
        }
    }
}
