//! How good the forecasts of past editions would have been: blind forecasts, scored as the field scores them.

mod bookmakers;
mod calibration;
mod compare;
mod matches;
mod scores;
mod statistics;
mod tournaments;

pub use bookmakers::{BookmakerOdds, Margin, OddsComparison, compare_odds};
pub use calibration::{Calibration, ReliabilityBin, calibrate};
pub use compare::{Backtest, ModelRecord, ScoreLine, run};
pub use matches::{MatchForecast, Timing, forecast_matches};
pub use scores::{MatchScore, Outcome, OutcomeProbabilities};
pub use statistics::{Estimate, clustered_mean};
pub use tournaments::{Simulation, TournamentScore, score_tournament};
