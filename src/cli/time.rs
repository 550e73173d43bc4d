//! How long the work took, on stderr: results are the same bytes whenever they are made again.

use super::failure::tell;
use std::time::{Duration, Instant};

/// A clock that runs from the beginning of the work.
pub(crate) struct Clock(Instant);

impl Clock {
    /// Starts it.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Says how long it took.
    pub(crate) fn tell(&self) {
        tell(format!("took {}", in_words(self.0.elapsed())));
    }
}

/// A duration as people say it.
fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
