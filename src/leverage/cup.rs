//! Leverage in a cup of any format: whole tournaments are simulated and sorted by the results of each open match.

use super::batch::{Batch, Joint, batches};
use super::stakes::Stakes;
use super::summary::summarise;
use super::{Leverage, Method, with_effort};
use crate::forecast::{Effort, Progress};
use crate::format::{Rules, Side, Tie};
use crate::ids::{PlaceId, UnitId};
use crate::outlook::Outlook;
use crate::play::units::{Observer, Runs};
use crate::state::Run;
use crate::tournament::{Goals, MatchResult};

/// A match of a cup that is still to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CupTarget {
    /// A match of a table, by its position in the cup's list.
    Game {
        /// The table.
        unit: UnitId,
        /// The position.
        index: usize,
    },
    /// A leg of a tie whose clubs are known.
    Leg {
        /// The tie.
        unit: UnitId,
        /// The leg, counted from 0.
        leg: usize,
        /// Whether the second entrant is at home, and so listed first.
        turned: bool,
    },
}

/// How much is simulated, and of what.
#[derive(Debug, Clone, Copy)]
pub struct CupLeverageEffort {
    /// How much.
    pub effort: Effort,
    /// The seed.
    pub seed: u64,
    /// Threads; all cores if none are named.
    pub threads: Option<usize>,
}

/// The leverage of every open match on a milestone, which takes the place of the title in the answer.
pub fn cup_leverage(
    outlook: &Outlook,
    milestone: usize,
    how: CupLeverageEffort,
    progress: &(dyn Progress + Sync),
) -> Leverage<CupTarget> {
    let targets = open_matches(outlook);
    let known = outlook.known();
    let places = &known.format().milestones()[milestone].places;
    let clubs = known.clubs().len();
    with_effort(how.effort, progress, |runs| {
        let count = batches(3 * targets.len() * clubs) as u64;
        let new = || Sorter {
            targets: &targets,
            places,
            clubs,
            runs_of_a_batch: runs.div_ceil(count).max(1),
            counts: vec![Counts::default(); count as usize],
            reached: Vec::new(),
        };
        let runs = Runs {
            runs,
            seed: how.seed,
            threads: how.threads,
        };
        let sorted = outlook.observe(runs, &|done| progress.done(done), &new);
        let batches: Vec<Batch> = sorted.counts.iter().map(|one| one.batch(clubs)).collect();
        let mut found = summarise(Method::Sampled, &targets, &batches, None);
        // A leg that was cancelled, or that is not needed, never comes.
        found.fixtures.retain(|fixture| {
            let mut results = fixture.results.iter();
            results.any(|result| result.probability > 0.0)
        });
        found
    })
}

/// The matches of tables without a result, and of the ties whose clubs are known the legs to come; of a series only the
/// next one, since the others may not be needed.
fn open_matches(outlook: &Outlook) -> Vec<CupTarget> {
    let (format, state) = (outlook.known().format(), outlook.state());
    let units = format.unit_ids().zip(format.units());
    let of_unit = units.flat_map(|(id, unit)| match &unit.rules {
        Rules::Table(_) => {
            let fixtures = state.course.fixtures[id.index()].iter();
            let open = fixtures.filter(|fixture| state.run.goals(fixture.index).is_none());
            open.map(|fixture| CupTarget::Game {
                unit: id,
                index: fixture.index,
            })
            .collect()
        }
        Rules::Tie(tie) => {
            let mut entrants = unit.entrants.iter();
            let ready = entrants.all(|place| state.run.club_at(*place).is_some());
            if ready {
                open_legs(id, tie, &state.run)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    });
    of_unit.collect()
}

fn open_legs(id: UnitId, tie: &Tie, run: &Run) -> Vec<CupTarget> {
    let play = run.tie(id);
    if play.winner().is_some() {
        return Vec::new();
    }
    let legs = tie.legs.iter().zip(&play.legs).enumerate();
    let open = legs.filter(|(_, (_, played))| played.is_none());
    let most = if tie.is_series() { 1 } else { tie.legs.len() };
    open.take(most)
        .map(|(leg, (home, _))| CupTarget::Leg {
            unit: id,
            leg,
            turned: *home == Side::Second,
        })
        .collect()
}

impl CupTarget {
    /// How the match ended in a run, if it was played.
    fn result(self, run: &Run) -> Option<MatchResult> {
        match self {
            Self::Game { index, .. } => run.goals(index).map(|(goals, _)| MatchResult::of(goals)),
            Self::Leg { unit, leg, turned } => {
                let [first, second] = run.tie(unit).legs[leg]?.goals;
                let (home, away) = if turned {
                    (second, first)
                } else {
                    (first, second)
                };
                Some(MatchResult::of(Goals { home, away }))
            }
        }
    }
}

/// Sorts runs by the results of the open matches.
struct Sorter<'a> {
    targets: &'a [CupTarget],
    /// The places of the milestone.
    places: &'a [PlaceId],
    clubs: usize,
    runs_of_a_batch: u64,
    /// By batch; empty until its first run comes.
    counts: Vec<Counts>,
    /// The clubs that reached the milestone in the present run.
    reached: Vec<usize>,
}

/// Counts over one batch of runs.
#[derive(Clone, Default)]
struct Counts {
    runs: u64,
    /// By club: it reached the milestone.
    all: Vec<u32>,
    /// By match and result.
    results: Vec<u32>,
    /// By match, result and club: the result, and the club reached the milestone.
    joint: Vec<u32>,
}

impl Observer for Sorter<'_> {
    fn see(&mut self, number: u64, run: &Run) {
        self.reached.clear();
        let clubs = self.places.iter().filter_map(|place| run.club_at(*place));
        self.reached.extend(clubs.map(crate::ids::ClubId::index));
        let counts = &mut self.counts[(number / self.runs_of_a_batch) as usize];
        if counts.runs == 0 {
            counts.all = vec![0; self.clubs];
            counts.results = vec![0; 3 * self.targets.len()];
            counts.joint = vec![0; 3 * self.targets.len() * self.clubs];
        }
        counts.runs += 1;
        for club in &self.reached {
            counts.all[*club] += 1;
        }
        for (index, target) in self.targets.iter().enumerate() {
            let Some(result) = target.result(run) else {
                continue;
            };
            let cell = 3 * index + result as usize;
            counts.results[cell] += 1;
            for club in &self.reached {
                counts.joint[cell * self.clubs + club] += 1;
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        for (mine, theirs) in self.counts.iter_mut().zip(other.counts) {
            mine.add(theirs);
        }
        self
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        if self.runs == 0 {
            *self = other;
            return;
        }
        self.runs += other.runs;
        for (mine, theirs) in [
            (&mut self.all, other.all),
            (&mut self.results, other.results),
            (&mut self.joint, other.joint),
        ] {
            for (one, more) in mine.iter_mut().zip(theirs) {
                *one += more;
            }
        }
    }

    /// The same as sums for the statistics.
    fn batch(&self, clubs: usize) -> Batch {
        let stakes =
            |counts: &[u32]| Stakes::single(counts.iter().copied().map(f64::from).collect());
        let joint = |cell: usize| Joint {
            probability: f64::from(self.results[cell]),
            stakes: stakes(&self.joint[cell * clubs..(cell + 1) * clubs]),
        };
        let matches = 0..self.results.len() / 3;
        Batch {
            runs: self.runs,
            bases: vec![stakes(&self.all)],
            matches: matches
                .map(|index| (0, [0, 1, 2].map(|result| joint(3 * index + result))))
                .collect(),
        }
    }
}
