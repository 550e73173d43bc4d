//! Measured speeds of cups as a table for people and as JSON.

use super::document::{FORMAT, program};
use crate::bench::CupSpeed;
use crate::report::about::{fit, to_json};
use serde::Serialize;
use std::fmt::Write;

/// The speed of a cup in words, with how its stages are played.
pub fn text(speed: &CupSpeed) -> String {
    let mut out = format!(
        "{}: {} clubs, {} matches a tournament at most\n\n{} {:>9} {:>14} {:>11} {:>8}\n",
        speed.id,
        speed.clubs,
        speed.matches,
        fit("one core", 33),
        "ns",
        "tournaments/s",
        "matches/s",
        "start"
    );
    let _ = writeln!(
        out,
        "{} {:>9.0} {:>14.0} {:>10.1}M {:>5.0} ms\n",
        fit("plain engine by units", 33),
        speed.nanoseconds,
        speed.tournaments_per_second,
        speed.matches_per_second / 1e6,
        speed.start_milliseconds
    );
    let _ = writeln!(
        out,
        "{} {:>5}  how they are played",
        fit("stage", 20),
        "units"
    );
    for stage in &speed.stages {
        let _ = writeln!(
            out,
            "{} {:>5}  {}",
            fit(&stage.key, 20),
            stage.units,
            stage.way
        );
    }
    out
}

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    program: String,
    #[serde(flatten)]
    speed: &'a CupSpeed,
}

/// The same as JSON.
pub fn json(speed: &CupSpeed) -> String {
    to_json(&Document {
        format: FORMAT,
        program: program(),
        speed,
    })
}
