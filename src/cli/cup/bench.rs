//! `cupcast bench` of a cup.

use super::Named;
use crate::bench::cup_speed;
use crate::cli::Failure;
use crate::cli::form::TextOrJson;
use crate::cli::output::OutputArgs;
use crate::cup::Instant;
use crate::outlook::Outlook;
use crate::report::cup::bench as report;

/// Measures from before the first match, and writes it.
pub(crate) fn bench(
    found: &Named,
    seconds: f64,
    output: &OutputArgs<TextOrJson>,
) -> Result<(), Failure> {
    let output = output.open(&found.files)?;
    let outlook = Outlook::new(&found.cup, Instant::Start).map_err(Failure::input)?;
    let speed = cup_speed(&outlook, seconds);
    output.write(&match output.format {
        TextOrJson::Text => report::text(&speed),
        TextOrJson::Json => report::json(&speed),
    })
}
