//! Speed: made-up cups of any size, the plain ways to play them, and measurements of every way on this machine.

pub mod cups;
mod measure;
pub mod plain;
mod precision;
mod units;

pub use measure::run;
pub use precision::PRECISION;
pub use units::{CupSpeed, StageWay, cup_speed, ways};

use serde::Serialize;

/// All that was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What was played.
    pub tournament: String,
    /// Group matches and knockout legs of one tournament.
    pub matches: usize,
    /// Each way on one core, the plain way first.
    pub one_core: Vec<Speed>,
    /// The quick ways on 1, 2, ... threads.
    pub threads: Vec<Scaling>,
    /// The exact solver on one core and on all; empty where it does not cover the format.
    pub exact: Vec<ExactCost>,
    /// How long every way takes on one core to a standard error of [`PRECISION`].
    pub precision: Vec<TimeToPrecision>,
    /// Peaks of memory, few runs first; empty where the system does not tell.
    pub memory: Vec<Memory>,
    /// Made-up cups of growing size on one core.
    pub cups: Vec<CupCost>,
}

/// The speed of one way of playing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speed {
    /// Which way.
    pub way: String,
    /// Whether it does what the plain way does: draw every scoreline of every match.
    pub same_job: bool,
    /// Nanoseconds a tournament.
    pub nanoseconds: f64,
    /// Tournaments a second.
    pub tournaments_per_second: f64,
    /// Matches a second.
    pub matches_per_second: f64,
    /// How many times as fast as the plain way.
    pub times_plain: f64,
}

/// A way on several threads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scaling {
    /// Which way.
    pub way: String,
    /// How many threads.
    pub threads: usize,
    /// Tournaments a second, all threads together.
    pub tournaments_per_second: f64,
    /// The share of perfect scaling: this speed over that of one thread times the threads.
    pub efficiency: f64,
}

/// What exact answers cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExactCost {
    /// How many threads.
    pub threads: usize,
    /// What the answers may be off by, as a probability.
    pub tolerance: f64,
    /// Seconds to the group stage: places, records and seeds.
    pub groups_seconds: f64,
    /// Seconds to everything, the group stage included.
    pub seconds: f64,
}

/// How long a way takes on one core to a standard error of [`PRECISION`], by the spread of its runs, its speed and its start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeToPrecision {
    /// Which way.
    pub way: String,
    /// Runs until the title odds of the favourite are that sure; none where nothing is simulated.
    pub title_runs: Option<f64>,
    /// Seconds until then.
    pub title_seconds: f64,
    /// Runs until every probability in the table of a forecast is that sure; none where nothing is simulated.
    pub table_runs: Option<f64>,
    /// Seconds until then.
    pub table_seconds: f64,
}

/// What memory the process has needed so far.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Memory {
    /// The runs that were just played, match by match on all cores.
    pub runs: u64,
    /// The peak of resident memory after them, in bytes.
    pub peak_bytes: u64,
}

/// What a made-up cup costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CupCost {
    /// Its clubs, in groups of three.
    pub clubs: usize,
    /// Its groups.
    pub groups: usize,
    /// Its knockout rounds.
    pub rounds: usize,
    /// Its matches, extra time not counted.
    pub matches: usize,
    /// Nanoseconds a tournament on one core, match by match from the start.
    pub nanoseconds: f64,
    /// The same after matchday 4 with collapsed groups, the bracket drawn.
    pub drawn_nanoseconds: Option<f64>,
    /// The same with the chances of the bracket computed.
    pub expected_nanoseconds: Option<f64>,
    /// Milliseconds from the tournament to an engine that is ready.
    pub start_milliseconds: f64,
}
