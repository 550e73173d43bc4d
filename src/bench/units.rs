//! Speed of the plain engine by units: what a tournament of a cup of any format costs, and how its units are played.

use super::measure::quickest;
use crate::format::{Format, Procedure, Rules, StageKind};
use crate::ids::StageId;
use crate::outlook::Outlook;
use crate::rng::{Purpose, SeedKey};
use serde::Serialize;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Tournaments in a slice of a measurement.
const CALLS: u64 = 50;

/// What was measured of a cup.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CupSpeed {
    /// The short name of the cup.
    pub id: String,
    /// Its clubs.
    pub clubs: usize,
    /// Matches of tables and legs of ties of one tournament, at most.
    pub matches: usize,
    /// How it is played.
    pub way: &'static str,
    /// Nanoseconds a tournament on one core.
    pub nanoseconds: f64,
    /// Tournaments a second.
    pub tournaments_per_second: f64,
    /// Matches a second.
    pub matches_per_second: f64,
    /// Milliseconds from the cup to an engine that is ready.
    pub start_milliseconds: f64,
    /// How each stage is played.
    pub stages: Vec<StageWay>,
}

/// How a stage is played.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageWay {
    /// Its key.
    pub key: String,
    /// How many units it has.
    pub units: usize,
    /// In words.
    pub way: &'static str,
}

/// Measures a cup for about so many seconds.
pub fn cup_speed(outlook: &Outlook, seconds: f64) -> CupSpeed {
    let cup = outlook.known();
    let format = cup.format();
    let begin = Instant::now();
    let engine = outlook.engine();
    let start = begin.elapsed();
    let mut run = engine.run();
    let key = SeedKey::new(1, Purpose::Tournament);
    let nanoseconds = quickest(CALLS, Duration::from_secs_f64(seconds), |number| {
        engine.play(key.run(number), &mut run);
        black_box(&run);
    });
    let tables = outlook.state().course.fixtures.iter().map(Vec::len);
    let legs = format.units().iter().map(|unit| match &unit.rules {
        Rules::Tie(tie) => tie.legs.len(),
        _ => 0,
    });
    let matches = tables.sum::<usize>() + legs.sum::<usize>();
    CupSpeed {
        id: cup.id().to_owned(),
        clubs: cup.clubs().len(),
        matches,
        way: "plain engine by units, one tournament at a time",
        nanoseconds,
        tournaments_per_second: 1e9 / nanoseconds,
        matches_per_second: 1e9 / nanoseconds * matches as f64,
        start_milliseconds: start.as_secs_f64() * 1e3,
        stages: ways(format),
    }
}

/// How each stage of a format is played.
pub fn ways(format: &Format) -> Vec<StageWay> {
    let stages = format.stage_ids().map(|stage| StageWay {
        key: format.stage(stage).key.clone(),
        units: format.units_of(stage).count(),
        way: way(format, stage),
    });
    stages.collect()
}

fn way(format: &Format, stage: StageId) -> &'static str {
    match format.kind(stage) {
        StageKind::Tables => "match by match, then ranked by its criteria",
        StageKind::Ties => "leg by leg",
        StageKind::Order => "ranked by its criteria",
        StageKind::Assign => "looked up by the set of its clubs' tables",
        StageKind::Draw => {
            let mut units = format.units_of(stage);
            let evenly = units.any(|(_, unit)| {
                matches!(&unit.rules, Rules::Draw(draw) if draw.procedure == Procedure::Uniform)
            });
            if evenly {
                "drawn evenly over all valid outcomes"
            } else {
                "drawn ball by ball"
            }
        }
    }
}
