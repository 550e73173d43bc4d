//! A progress bar on stderr, for runs that take longer than a second in front of a person.

use super::output::is_dumb;
use crate::forecast::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::Once;
use std::time::{Duration, Instant};

/// How long a run may take before a bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that stays hidden for the first second, and altogether where stderr is no terminal that can draw one.
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
            "{bar:30} {percent:>3}%  {human_pos} of {human_len} tournaments, {rate}, {eta} left";
        let style = ProgressStyle::with_template(template);
        let style = style.expect("the template is a constant that parses");
        drawn.set_style(style.with_key("rate", rate));
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

/// Writes how many tournaments are done a second, such as `2,650,000 a second`: three digits are as sure as it is.
fn rate(state: &ProgressState, to: &mut dyn Write) {
    let rate = state.per_sec();
    let step = 10_f64.powf(rate.max(1.0).log10().floor() - 2.0).max(1.0);
    let rounded = (rate / step).round() * step;
    // A bar without its rate is better than none.
    let _ = write!(to, "{} a second", HumanCount(rounded as u64));
}

impl Progress for Bar {
    fn expect(&self, runs: u64) {
        self.drawn.set_length(runs);
    }

    fn done(&self, runs: u64) {
        self.drawn.inc(runs);
        if self.started.elapsed() > PATIENCE && !is_dumb() {
            self.shown
                .call_once(|| self.drawn.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}
