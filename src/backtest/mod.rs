//! How good the forecasts of past editions would have been: blind forecasts, scored as the field scores them.

mod calibration;
mod matches;
mod scores;
mod statistics;

pub use calibration::{Calibration, ReliabilityBin, calibrate};
pub use matches::{MatchForecast, Timing, forecast_matches};
pub use scores::{MatchScore, Outcome, OutcomeProbabilities};
pub use statistics::{Estimate, clustered_mean};
