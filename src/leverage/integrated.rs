//! Leverage with little noise: each group in turn is summed over exactly, and only the other groups are left to luck.
//!
//! A group match can change the cup only through its group's winner and that winner's record. So a run is asked,
//! for each group: with the winners of the other groups as they came, how likely is each club of this group to win
//! it and to be seeded k-th, given each result of each match (exactly), and who then wins the title (exactly)? The
//! differences between results have lost nearly all noise that way: some ten thousand runs do what otherwise takes
//! a hundred million.

use super::batch::{Batch, portions};
use super::bracket::BracketPlan;
use super::ladder::{Ladder, likeliest};
use super::legs::LegOdds;
use super::split;
use super::target::Target;
use super::workbench::Workbench;
use crate::exact::bracket::TieOdds;
use crate::exact::group;
use crate::exact::record::Record;
use crate::exact::{Unsupported, group_stage};
use crate::forecast::Progress;
use crate::ids::{ClubId, FixtureId, TieId};
use crate::play::{Engine, Narrator};
use crate::playbook::{GroupPlan, Playbook, ScoreId};
use crate::tournament::MatchResult;
use rayon::prelude::*;
use std::ops::Range;

/// For each club of a group the records with which it can win the group, with probabilities.
type Winners = [Vec<(Record, f64)>; 3];

/// The probability that up to [`MANY_GROUPS`] groups together may lose in being solved. In larger cups each group may lose as much as
/// it may in one of eight: what is lost is spread in proportion, and far less than runs leave open.
const TOLERANCE: f64 = 1e-4;

/// From so many groups on, what one group may lose does not get less.
const MANY_GROUPS: usize = 8;

/// The most groups whose seeds are solved exactly beside the runs: all records of all winners have to be sorted for it.
const MOST_EXACT_SEEDS: usize = 16;

/// About how many rungs all ladders may have together: 18 conditions of a million rungs are 150 MB.
const MOST_RUNGS: usize = 1 << 20;

/// Groups are integrated over in one of so many runs: that costs much more than the knockout legs, and is far less noisy.
const STRIDE: usize = 48;

/// Everything that is solved once, before the runs.
pub(super) struct Integrator<'a> {
    pub(super) playbook: &'a Playbook,
    engine: Engine,
    pub(super) bracket: BracketPlan<'a>,
    pub(super) ties: TieOdds,
    pub(super) legs: LegOdds,
    /// The knockout legs still to be played, in the order of the targets.
    pub(super) open_legs: Vec<(TieId, usize)>,
    /// The groups that have a match to play.
    pub(super) groups: Vec<OpenGroup>,
    /// For each group match among the targets its group among `groups` and its number among that group's open matches.
    pub(super) group_targets: Vec<(usize, usize)>,
    /// The probability of each club to win its group.
    pub(super) group_wins: Vec<f64>,
    /// `[club][k]`: the exact probability of seed `k + 1`, where it was worked out.
    seed: Option<Vec<Vec<f64>>>,
    /// The seeds looked at, counted from 0.
    pub(super) watched: Range<usize>,
}

/// A group with at least one match to play.
pub(super) struct OpenGroup {
    /// Its position among all groups.
    pub(super) index: usize,
    pub(super) clubs: Vec<ClubId>,
    /// For each open match the probabilities of its results. The conditions of a ladder are these matches in order,
    /// three results each.
    pub(super) results: Vec<[f64; 3]>,
    pub(super) ladders: Vec<Ladder>,
    /// `[club][condition]`: wins the group.
    pub(super) wins: Vec<Vec<f64>>,
}

impl<'a> Integrator<'a> {
    /// Solves all groups given each result of each open match, and all ties.
    pub(super) fn new(
        playbook: &'a Playbook,
        targets: &[Target],
        fixtures: &[Vec<FixtureId>],
        watched: Range<usize>,
    ) -> Result<Self, Unsupported> {
        let budget = TOLERANCE / playbook.groups.len().min(MANY_GROUPS) as f64;
        let (bases, seed) = solve_groups(playbook, budget)?;
        let mut open_matches: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut group_targets = Vec::new();
        let mut open_legs = Vec::new();
        for target in targets {
            match *target {
                Target::Leg { tie, leg } => open_legs.push((tie, leg)),
                Target::Group(id) => group_targets.push(place_of(id, fixtures, &mut open_matches)),
            }
        }
        let most = MOST_RUNGS / playbook.clubs;
        let groups = open_matches
            .iter()
            .map(|(index, matches)| {
                OpenGroup::new(playbook, (*index, matches), &bases[*index], budget, most)
            })
            .collect::<Result<_, _>>()?;
        let mut group_wins = vec![0.0; playbook.clubs];
        for (plan, base) in playbook.groups.iter().zip(&bases) {
            for (club, records) in plan.clubs.iter().zip(base) {
                group_wins[club.index()] = match &seed {
                    Some(seed) => seed[club.index()].iter().sum(),
                    None => records.iter().map(|(_, mass)| mass).sum(),
                };
            }
        }
        let clubs: Vec<ClubId> = (0..playbook.clubs).map(ClubId::new).collect();
        Ok(Self {
            playbook,
            engine: Engine::new(playbook),
            bracket: BracketPlan::new(&playbook.ties, playbook.groups.len()),
            ties: TieOdds::new(playbook, &clubs),
            legs: LegOdds::new(playbook),
            open_legs,
            groups,
            group_targets,
            group_wins,
            seed,
            watched,
        })
    }

    /// `[club][k]`: the exact probability of seed `k + 1`, where it was worked out.
    pub(super) fn exact_seeds(&self) -> Option<&[Vec<f64>]> {
        self.seed.as_deref()
    }

    /// Plays so many runs in batches.
    pub(super) fn batches(&self, runs: u64, seed: u64, progress: &dyn Progress) -> Vec<Batch> {
        let matches = self.group_targets.len() + self.open_legs.len();
        let portions = portions(runs, matches, self.playbook.clubs, &self.watched);
        let play = |runs: &Range<u64>| {
            let mut bench = Workbench::new(self);
            let mut number = 0;
            Narrator::new(&self.engine).play(seed, runs.clone(), |outcome| {
                bench.add_legs(outcome);
                if number % STRIDE == 0 {
                    bench.add_groups(outcome);
                    progress.done((runs.end - runs.start - number as u64).min(STRIDE as u64));
                }
                number += 1;
            });
            bench.finish()
        };
        portions.par_iter().map(play).collect()
    }
}

/// The records of the winners of each group, and the exact odds of the seeds where there are few enough groups.
#[expect(
    clippy::type_complexity,
    reason = "two lists that one caller takes apart"
)]
fn solve_groups(
    playbook: &Playbook,
    budget: f64,
) -> Result<(Vec<Winners>, Option<Vec<Vec<f64>>>), Unsupported> {
    let groups = playbook.groups.len();
    if groups <= MOST_EXACT_SEEDS {
        let stage = group_stage(playbook, budget * groups as f64)?;
        let winners = stage.groups.into_iter().map(|group| group.winners);
        return Ok((winners.collect(), Some(stage.seed)));
    }
    crate::exact::check_groups(playbook)?;
    let winners = playbook.groups.par_iter();
    let winners = winners.map(|plan| group::winners(playbook, plan, budget));
    Ok((winners.collect::<Result<_, _>>()?, None))
}

/// The place of a fixture among the open matches, where it is entered.
fn place_of(
    id: FixtureId,
    fixtures: &[Vec<FixtureId>],
    open_matches: &mut Vec<(usize, Vec<usize>)>,
) -> (usize, usize) {
    let position = |group: &Vec<FixtureId>| group.iter().position(|fixture| *fixture == id);
    let (group, number) = fixtures
        .iter()
        .enumerate()
        .find_map(|(group, list)| Some((group, position(list)?)))
        .expect("every fixture belongs to a group");
    let place = open_matches.iter().position(|(open, _)| *open == group);
    let place = place.unwrap_or_else(|| {
        open_matches.push((group, Vec::new()));
        open_matches.len() - 1
    });
    open_matches[place].1.push(number);
    (place, open_matches[place].1.len() - 1)
}

/// The outcome of a group given each result of each of its open matches, three in a row; `None` for a result that cannot be, and for
/// the likeliest, which is what the others leave.
fn solve_given_results(
    playbook: &Playbook,
    plan: &GroupPlan,
    matches: &[usize],
    budget: f64,
) -> Result<Vec<Option<Winners>>, Unsupported> {
    // Nothing but the group is looked at.
    let mut alone = playbook.of_group(plan);
    let plan = alone.groups[0].clone();
    let mut jobs = Vec::new();
    for number in matches {
        let scores = alone.score(plan.matches[*number].score).clone();
        let rest = likeliest(&split::probabilities(&scores));
        for result in MatchResult::ALL {
            let given = split::given(&scores, result).filter(|_| result as usize != rest);
            let job = given.map(|given| {
                alone.scores.push(given);
                let mut plan = plan.clone();
                plan.matches[*number].score = ScoreId((alone.scores.len() - 1) as u32);
                plan
            });
            jobs.push(job);
        }
    }
    let solve = |job: &Option<GroupPlan>| {
        let plan = job.as_ref();
        plan.map(|plan| group::winners(&alone, plan, budget))
            .transpose()
    };
    jobs.par_iter().map(solve).collect()
}

impl OpenGroup {
    fn new(
        playbook: &Playbook,
        (index, matches): (usize, &[usize]),
        base: &Winners,
        budget: f64,
        most: usize,
    ) -> Result<Self, Unsupported> {
        let plan = &playbook.groups[index];
        let solved = solve_given_results(playbook, plan, matches, budget)?;
        let results: Vec<[f64; 3]> = matches
            .iter()
            .map(|number| split::probabilities(playbook.score(plan.matches[*number].score)))
            .collect();
        let ladder = |club: usize| {
            let given = solved.iter().map(|winners| match winners {
                Some(winners) => winners[club].as_slice(),
                None => &[],
            });
            let given: Vec<&[(Record, f64)]> = given.collect();
            Ladder::new(&given, &base[club], &results, most)
        };
        let ladders: Vec<Ladder> = (0..plan.clubs.len()).into_par_iter().map(ladder).collect();
        let wins = ladders.iter().map(|ladder| ladder.total().to_vec());
        Ok(Self {
            index,
            clubs: plan.clubs.clone(),
            results,
            wins: wins.collect(),
            ladders,
        })
    }

    /// The number of conditions of its ladders.
    pub(super) fn conditions(&self) -> usize {
        self.results.len() * 3
    }
}
