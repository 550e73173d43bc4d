//! `cupcast bench` of a cup.

use super::{Named, model};
use crate::bench::cup_speed;
use crate::cli::Failure;
use crate::cli::form::TextOrJson;
use crate::cli::model::ModelArgs;
use crate::cli::output::OutputArgs;
use crate::cup::Instant;
use crate::report::cup::bench as report;

/// Measures from before the first match, and writes it.
pub(crate) fn bench(
    found: &Named,
    chosen: &ModelArgs,
    seconds: f64,
    output: &OutputArgs<TextOrJson>,
) -> Result<(), Failure> {
    let output = output.open(&found.files)?;
    let outlook = model::outlook(&found.cup, Instant::Start, chosen)?;
    let speed = cup_speed(&outlook, seconds);
    output.write(&match output.format {
        TextOrJson::Text => report::text(&speed),
        TextOrJson::Json => report::json(&speed),
    })
}
