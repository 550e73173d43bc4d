//! Scenarios of a cup of any format side by side: every run of the baseline, and the run of the same luck in each.

use crate::format::Milestone;
use crate::ids::ClubId;
use crate::outlook::Outlook;
use crate::play::units::{CupEngine, CupTally, Observer, Runs, observe};
use crate::rng::{Purpose, SeedKey};
use crate::state::Run;

/// Counts of a baseline, and of scenarios beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CupComparison {
    /// With nothing taken for granted.
    pub baseline: CupTally,
    /// Each scenario, in the order given.
    pub scenarios: Vec<Beside>,
}

/// Counts of a scenario beside the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its own, over the runs in which what is given in it came true.
    pub tally: CupTally,
    clubs: usize,
    /// By milestone and club: in how many of those runs the club reached it in the baseline.
    there: Vec<u64>,
    /// The same in both.
    both: Vec<u64>,
}

/// How much likelier a scenario makes something, with the standard error of that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The chance in the scenario less that in the baseline.
    pub change: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Plays the baseline and every scenario on the same luck. All outlooks are of one cup as of one moment.
pub fn compare_cups(
    outlooks: &[Outlook],
    runs: Runs,
    progress: &(impl Fn(u64) + Sync),
) -> Option<CupComparison> {
    let first = outlooks.first()?;
    let engines: Vec<CupEngine> = outlooks.iter().map(Outlook::engine).collect();
    let milestones = first.really_known().format().milestones();
    let key = SeedKey::new(runs.seed, Purpose::Tournament);
    let watched = observe(&first.baseline(), runs, progress, &|| {
        Watcher::new(&engines, milestones, key)
    });
    Some(watched.counts)
}

/// Sees the runs of the baseline and plays those of the scenarios.
struct Watcher<'a> {
    engines: &'a [CupEngine],
    milestones: &'a [Milestone],
    key: SeedKey,
    runs: Vec<Run>,
    counts: CupComparison,
    /// By milestone and club: whether it is reached in the baseline, and in the scenario.
    reached: [Vec<bool>; 2],
}

impl<'a> Watcher<'a> {
    fn new(engines: &'a [CupEngine], milestones: &'a [Milestone], key: SeedKey) -> Self {
        let cup = engines.first().map(CupEngine::cup);
        let (clubs, places) = cup.map_or((0, 0), |cup| (cup.clubs().len(), cup.format().places()));
        let cells = milestones.len() * clubs;
        let beside = Beside {
            tally: CupTally::new(clubs, places),
            clubs,
            there: vec![0; cells],
            both: vec![0; cells],
        };
        Self {
            engines,
            milestones,
            key,
            runs: engines.iter().map(CupEngine::run).collect(),
            counts: CupComparison {
                baseline: CupTally::new(clubs, places),
                scenarios: vec![beside; engines.len()],
            },
            reached: [vec![false; cells], vec![false; cells]],
        }
    }
}

/// Notes who reaches which milestone in a run.
fn note(milestones: &[Milestone], clubs: usize, run: &Run, reached: &mut [bool]) {
    reached.fill(false);
    for (number, milestone) in milestones.iter().enumerate() {
        for place in &milestone.places {
            if let Some(club) = run.standing_at(*place) {
                reached[number * clubs + club.index()] = true;
            }
        }
    }
}

impl Observer for Watcher<'_> {
    fn see(&mut self, number: u64, run: &Run) {
        self.counts.baseline.see(number, run);
        let [here, there] = &mut self.reached;
        let scenarios = self.counts.scenarios.iter_mut();
        let mut noted = false;
        for ((engine, own), beside) in self.engines.iter().zip(&mut self.runs).zip(scenarios) {
            engine.play(self.key.run(number), own);
            if !engine.admits(own) {
                continue;
            }
            if !noted {
                note(self.milestones, beside.clubs, run, there);
                noted = true;
            }
            beside.tally.see(number, own);
            note(self.milestones, beside.clubs, own, here);
            for (cell, there) in there.iter().enumerate() {
                beside.there[cell] += u64::from(*there);
                beside.both[cell] += u64::from(*there && here[cell]);
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.counts.baseline = self.counts.baseline.merge(other.counts.baseline);
        let pairs = self
            .counts
            .scenarios
            .into_iter()
            .zip(other.counts.scenarios);
        self.counts.scenarios = pairs
            .map(|(mut mine, theirs)| {
                mine.tally = mine.tally.merge(theirs.tally);
                let add = |mine: &mut [u64], theirs: &[u64]| {
                    for (mine, more) in mine.iter_mut().zip(theirs) {
                        *mine += more;
                    }
                };
                add(&mut mine.there, &theirs.there);
                add(&mut mine.both, &theirs.both);
                mine
            })
            .collect();
        self
    }
}

impl CupComparison {
    /// How much likelier a scenario makes a milestone of a club.
    ///
    /// The chance in the scenario is a mean over the `a` of `n` runs in which what is given came true, that in the
    /// baseline one over all. To first order their difference is the mean of `A (X - p) n / a - (Y - q)` over all runs,
    /// where `A`, `X`, `Y` say whether the run counts, and whether the club gets there in the scenario and in the
    /// baseline; its variance is `p (1 - p) n / a + q (1 - q) - 2 (E[X Y | A] - p E[Y | A])`.
    pub fn shift(
        &self,
        scenario: usize,
        number: usize,
        milestone: &Milestone,
        club: ClubId,
    ) -> Shift {
        let beside = &self.scenarios[scenario];
        let cell = number * beside.clubs + club.index();
        let (all, counted) = (
            self.baseline.runs() as f64,
            beside.tally.runs().max(1) as f64,
        );
        let here = beside.tally.reached(milestone, club) as f64 / counted;
        let there = self.baseline.reached(milestone, club) as f64 / all;
        let (both, given) = (
            beside.both[cell] as f64 / counted,
            beside.there[cell] as f64 / counted,
        );
        // Products of equal numbers are equal: where nothing changes in any run, the error is zero and no rounding of it.
        let share = all / counted;
        let variance = (here * share + there - 2.0 * both)
            - (here * here * share + there * there - 2.0 * (here * given));
        Shift {
            change: here - there,
            standard_error: (variance.max(0.0) / all).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests;
