//! A progress bar on stderr, for runs that take longer than a second in front of a person.

use crate::forecast::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Once;
use std::time::{Duration, Instant};

/// How long a run may take before a bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that stays hidden for the first second, and altogether where stderr is no terminal.
pub(crate) struct Bar {
    drawn: ProgressBar,
    started: Instant,
    shown: Once,
}

impl Bar {
    /// A bar that starts counting now.
    pub(crate) fn new() -> Self {
        let drawn = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template =
            "{bar:30} {percent:>3}%  {human_pos} of {human_len} tournaments, {per_sec}, {eta} left";
        let style = ProgressStyle::with_template(template);
        drawn.set_style(style.expect("the template is a constant that parses"));
        Self {
            drawn,
            started: Instant::now(),
            shown: Once::new(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Progress for Bar {
    fn expect(&self, runs: u64) {
        self.drawn.set_length(runs);
    }

    fn done(&self, runs: u64) {
        self.drawn.inc(runs);
        if self.started.elapsed() > PATIENCE {
            self.shown
                .call_once(|| self.drawn.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}
