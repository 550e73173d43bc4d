//! The forecast from before the draw: odds integrated over random draws of the groups, and what the real draw was worth.
//!
//! Every draw has some runs of its own, and the real groups play the same runs on the same luck. The runs of one draw share its
//! groups, so that standard errors take the draws, not the runs, for independent. (Sharing luck makes the difference only a
//! little surer, since a draw changes nearly every match; most of the error of a chance to win a group is that of the draws.)

use super::run::run;
use super::{Effort, Forecast, Method, Progress, Request};
use crate::draw::{DrawnBy, Sampler};
use crate::odds::Odds;
use crate::play::Engine;
use crate::playbook::OpenGroups;
use crate::simulate::{Cluster, RUNS_PER_CLUSTER, simulate_clusters};
use crate::tally::ClusteredTally;
use crate::tournament::Moment;
use std::ops::Range;

/// What will become of each club as it looked before the groups were drawn, and how lucky the real draw was.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeDraw {
    /// The odds integrated over draws, as of [`Moment::Draw`]. Their standard errors count the runs of one draw as
    /// one cluster.
    pub forecast: Forecast,
    /// How the groups were drawn.
    pub by: DrawnBy,
    /// How many random draws there were.
    pub draws: u64,
    /// How many tournaments were simulated after each of them.
    pub runs_per_draw: u64,
    /// The real draw; `None` if it is still to be held.
    pub real: Option<RealDraw>,
}

/// The odds given the real draw, and its luck: these odds minus those from before the draw.
#[derive(Debug, Clone, PartialEq)]
pub struct RealDraw {
    /// The odds with the groups of the file, before the first match.
    pub odds: Odds,
    /// Their standard errors.
    pub standard_errors: Odds,
    /// `odds` minus those from before the draw.
    pub luck: Odds,
    /// The standard error of each difference: from run to run on shared luck, with the variance between draws.
    pub luck_standard_errors: Odds,
}

/// Integrates a forecast over the draws of a sampler. Of the request, the conditions are not used, `known` counts as of
/// the start, and the effort is rounded up to whole draws, at least two.
pub fn before_draw(
    request: &Request<'_>,
    sampler: &Sampler<'_>,
    progress: &dyn Progress,
) -> BeforeDraw {
    let open = OpenGroups::compile(request.known, sampler.drawing().pots(), request.model);
    let engine = Engine::new(&open.playbook);
    let cluster = Cluster {
        playbook: &open.playbook,
        engine: &engine,
        seed: request.seed,
    };
    let simulate = |runs: Range<u64>| {
        simulate_clusters(
            cluster,
            draws(runs.start)..draws(runs.end),
            request.threads,
            &|runs| progress.done(runs),
            || sampler.clone(),
            |sampler, number, plans| open.draw_into(&sampler.draw(request.seed, number), plans),
        )
    };
    let effort = match request.effort {
        Effort::Runs(runs) => Effort::Runs(draws(runs).max(2) * RUNS_PER_CLUSTER),
        precision @ Effort::Precision(_) => precision,
    };
    let tally = run(effort, progress, simulate, ClusteredTally::merge, |tally| {
        let luck = if request.known.awaits_draw() {
            0.0
        } else {
            tally.difference_standard_errors().largest()
        };
        tally.standard_errors().largest().max(luck)
    });
    told(request, sampler.by(), &tally)
}

/// How many draws so many runs are, rounded up.
fn draws(runs: u64) -> u64 {
    runs.div_ceil(RUNS_PER_CLUSTER)
}

/// What the tally says.
fn told(request: &Request<'_>, by: DrawnBy, tally: &ClusteredTally) -> BeforeDraw {
    BeforeDraw {
        forecast: Forecast {
            as_of: Moment::Draw,
            method: Method::Simulated {
                runs: tally.runs(),
                seed: request.seed,
                way: request.effort.match_by_match(),
            },
            model: request.note.clone(),
            odds: tally.odds(),
            standard_errors: tally.standard_errors(),
            winner_points: None,
            what_if: None,
            parameters: None,
        },
        by,
        draws: tally.clusters(),
        runs_per_draw: RUNS_PER_CLUSTER,
        real: (!request.known.awaits_draw()).then(|| RealDraw {
            odds: tally.second_odds(),
            standard_errors: tally.second_standard_errors(),
            luck: tally.differences(),
            luck_standard_errors: tally.difference_standard_errors(),
        }),
    }
}

#[cfg(test)]
mod tests;
