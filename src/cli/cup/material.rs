//! What reports and pictures of a cup are made of, computed: the forecast, and title odds from moment to moment.

use super::{Asked, Named, ask, model, runs_of, watched};
use crate::cli::Failure;
use crate::cli::basis::BasisArgs;
use crate::cli::forecast::SimulationArgs;
use crate::cup::Cup;
use crate::ids::ClubId;
use crate::odds::Chance;
use crate::outlook::Outlook;
use crate::play::units::{CupTally, Runs};
use crate::report::cup::{CupForecast, CupMaterial, moments};
use crate::report::sections::timeline::{TimelineData, TimelineMoment};
use crate::state::Reach;

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
        let forecast = CupForecast {
            cup: outlook.known(),
            instant: outlook.instant(),
            model: outlook.model_words(),
            seed: self.runs.seed,
            tally: &self.tally,
            reach: &self.reach,
            notes: &self.asked.notes,
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

/// Title odds at every moment with a name up to that of an outlook; nothing where there is but one.
fn timeline(
    outlook: &Outlook,
    basis: &BasisArgs,
    runs: Runs,
) -> Result<Option<TimelineData>, Failure> {
    let full = outlook.full();
    let known = matches(outlook.known());
    let mut moments = moments(full);
    moments.retain(|(instant, _)| matches(&full.as_of(*instant)) <= known);
    if moments.len() < 2 {
        return Ok(None);
    }
    let runs = Runs {
        runs: runs.runs.min(TIMELINE_RUNS),
        ..runs
    };
    let points = moments.into_iter().map(|(instant, key)| {
        let outlook = model::outlook(full, instant, &basis.model)?;
        Ok(point(&outlook, key, runs))
    });
    Ok(Some(TimelineData {
        moments: points.collect::<Result<_, Failure>>()?,
    }))
}

fn matches(cup: &Cup) -> usize {
    let (tables, ties) = cup.known_matches();
    tables + ties
}

fn point(outlook: &Outlook, key: String, runs: Runs) -> TimelineMoment {
    let full = outlook.full();
    let tally = outlook.tally(runs, &|_| ());
    let reach = outlook.reach();
    let milestones = full.format().milestones();
    let title = milestones.iter().find(|one| one.key == "title");
    let title = title.or(milestones.last());
    let chance = |club: ClubId| {
        title.map_or(Chance::settled(false), |title| {
            let chance = Chance::of_hits(tally.reached(title, club), tally.runs());
            chance.unless(reach.settled(full, title, club))
        })
    };
    TimelineMoment {
        key,
        words: full.instant_words(outlook.instant()),
        title: full.club_ids().map(chance).collect(),
    }
}
