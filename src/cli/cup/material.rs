//! What reports and pictures of a cup are made of, computed: the forecast, and title odds from moment to moment.

use super::{Asked, Named, ask, milestone, model, runs_of, watched};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::cli::progress::Bar;
use crate::outlook::Outlook;
use crate::play::units::{CupTally, Runs};
use crate::report::cup::{CupAbout, CupForecast, CupMaterial};
use crate::report::sections::timeline::{TimelineData, TimelineMoment};
use crate::state::Reach;
use crate::timeline::{cup_moments, cup_timeline};

/// The most runs for each moment of a timeline: a line in a picture needs no more.
const TIMELINE_RUNS: u64 = 20_000;

/// A forecast of a cup and its companions, computed.
pub(super) struct Gathered {
    asked: Asked,
    runs: Runs,
    tally: CupTally,
    reach: Reach,
    timeline: Option<TimelineData>,
}

impl Gathered {
    /// Computes the forecast, and how it came to be if that is `wanted`.
    pub(super) fn new(
        found: &Named,
        basis: &BasisArgs,
        simulation: &SimulationArgs,
        wants_timeline: bool,
    ) -> Result<Self, Failure> {
        let asked = ask(found, basis)?;
        let runs = runs_of(simulation);
        let known = asked.outlook.known();
        let (clubs, places) = (known.clubs().len(), known.format().places());
        let tally = watched(&asked.outlook, runs, &|| CupTally::new(clubs, places));
        let timeline = if wants_timeline {
            timeline(&asked.outlook, basis, runs)?
        } else {
            None
        };
        Ok(Self {
            reach: asked.outlook.reach(),
            asked,
            runs,
            tally,
            timeline,
        })
    }

    /// Hands over the same for a report; `command` is what makes it again.
    pub(super) fn with<T>(&self, command: &str, use_it: impl FnOnce(&CupMaterial<'_>) -> T) -> T {
        let outlook = &self.asked.outlook;
        let about = CupAbout {
            outlook,
            runs: self.tally.runs(),
            seed: self.runs.seed,
            notes: &self.asked.notes,
        };
        let forecast = CupForecast {
            about: &about,
            cup: outlook.known(),
            tally: &self.tally,
            reach: &self.reach,
            compared: None,
        };
        use_it(&CupMaterial {
            forecast: &forecast,
            state: outlook.state(),
            model: outlook.model(),
            timeline: self.timeline.as_ref(),
            command,
        })
    }
}

/// Title odds at every moment up to that of an outlook; nothing where there is but one.
fn timeline(
    outlook: &Outlook,
    basis: &BasisArgs,
    runs: Runs,
) -> Result<Option<TimelineData>, Failure> {
    let known = outlook.known();
    if cup_moments(known).len() < 2 {
        return Ok(None);
    }
    let runs = Runs {
        runs: runs.runs.min(TIMELINE_RUNS),
        ..runs
    };
    let title = milestone::usual(known).into_iter().take(1);
    let milestones: Vec<usize> = title.collect();
    let bar = Bar::new();
    let look = |moment| model::outlook(known, moment, &basis.model);
    let points = cup_timeline(known, &milestones, runs, look, &bar)?;
    bar.finish();
    let moments = points.into_iter().map(|point| TimelineMoment {
        key: point.key,
        words: point.words,
        title: point.chances.into_iter().next().unwrap_or_default(),
    });
    Ok(Some(TimelineData {
        moments: moments.collect(),
    }))
}
