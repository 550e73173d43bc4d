//! Leverage with little noise: each group in turn is summed over exactly, and only the other groups are left to luck.
//!
//! A group match can change the cup only through its group's winner and that winner's record. So a run is asked,
//! for each group: with the winners of the other groups as they came, how likely is each club of this group to win
//! it and to be seeded k-th, given each result of each match (exactly), and who then wins the title (exactly)? The
//! differences between results have lost nearly all noise that way: some ten thousand runs do what otherwise takes
//! a hundred million.

use super::batch::{BATCHES, Batch, runs_of};
use super::bracket::BracketPlan;
use super::ladder::{Ladder, likeliest, union};
use super::legs::LegOdds;
use super::split;
use super::target::Target;
use super::workbench::Workbench;
use crate::exact::bracket::TieOdds;
use crate::exact::group;
use crate::exact::record::Record;
use crate::exact::{Unsupported, group_stage};
use crate::ids::{ClubId, FixtureId, TieId};
use crate::play::{Engine, Narrator};
use crate::playbook::{Playbook, ScoreId};
use crate::tournament::MatchResult;
use rayon::prelude::*;

/// For each club of a group the records with which it can win the group, with probabilities.
type Winners = [Vec<(Record, f64)>; 3];

/// The probability that all groups together may lose in being solved.
const TOLERANCE: f64 = 1e-4;

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
    /// The records of all clubs of the cup, the best first.
    pub(super) records: Vec<Record>,
    /// For each group match among the targets its group among `groups` and its number among that group's open matches.
    pub(super) group_targets: Vec<(usize, usize)>,
    pub(super) seed: Vec<Vec<f64>>,
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
    ) -> Result<Self, Unsupported> {
        let stage = group_stage(playbook, TOLERANCE)?;
        let mut open_matches: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut group_targets = Vec::new();
        let mut open_legs = Vec::new();
        for target in targets {
            match *target {
                Target::Leg { tie, leg } => open_legs.push((tie, leg)),
                Target::Group(id) => group_targets.push(place_of(id, fixtures, &mut open_matches)),
            }
        }
        let solved = solve_given_results(playbook, &open_matches)?;
        let owns: Vec<[Vec<Record>; 3]> = open_matches
            .par_iter()
            .zip(&solved)
            .map(|((index, _), solved)| own_records(solved, &stage.groups[*index].winners))
            .collect();
        let records = union(owns.iter().flatten().flatten().copied());
        let groups = open_matches
            .par_iter()
            .zip(solved.par_iter().zip(&owns))
            .map(|((index, matches), (solved, owns))| {
                let base = &stage.groups[*index].winners;
                OpenGroup::new(playbook, (*index, matches), (solved, base), owns, &records)
            })
            .collect();
        let clubs: Vec<ClubId> = (0..playbook.clubs).map(ClubId::new).collect();
        Ok(Self {
            playbook,
            engine: Engine::new(playbook),
            bracket: BracketPlan::new(&playbook.ties, playbook.groups.len()),
            ties: TieOdds::new(playbook, &clubs),
            legs: LegOdds::new(playbook),
            open_legs,
            groups,
            records,
            group_targets,
            seed: stage.seed,
        })
    }

    /// `[club][k]`: the exact probability of seed `k + 1`.
    pub(super) fn exact_seeds(&self) -> &[Vec<f64>] {
        &self.seed
    }

    /// Plays so many runs in batches.
    pub(super) fn batches(&self, runs: u64, seed: u64) -> Vec<Batch> {
        let play = |batch| {
            let mut bench = Workbench::new(self);
            let mut number = 0;
            Narrator::new(&self.engine).play(seed, runs_of(batch, runs), |outcome| {
                bench.add_legs(outcome);
                if number % STRIDE == 0 {
                    bench.add_groups(outcome);
                }
                number += 1;
            });
            bench.finish()
        };
        (0..BATCHES).into_par_iter().map(play).collect()
    }
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

/// For each group with open matches its outcome given each result of each, three in a row; `None` for a result that
/// cannot be, and for the likeliest, which is what the others leave.
fn solve_given_results(
    playbook: &Playbook,
    open_matches: &[(usize, Vec<usize>)],
) -> Result<Vec<Vec<Option<Winners>>>, Unsupported> {
    let mut changed = playbook.clone();
    let mut jobs = Vec::new();
    for (group, matches) in open_matches {
        for number in matches {
            let plan = &playbook.groups[*group];
            let scores = playbook.score(plan.matches[*number].score);
            let rest = likeliest(&split::probabilities(scores));
            for result in MatchResult::ALL {
                let given = split::given(scores, result).filter(|_| result as usize != rest);
                let job = given.map(|given| {
                    changed.scores.push(given);
                    let mut plan = plan.clone();
                    plan.matches[*number].score = ScoreId((changed.scores.len() - 1) as u32);
                    plan
                });
                jobs.push(job);
            }
        }
    }
    let budget = TOLERANCE / playbook.groups.len() as f64;
    let mut solved = jobs
        .par_iter()
        .map(|job| {
            job.as_ref()
                .map(|plan| group::winners(&changed, plan, budget))
                .transpose()
        })
        .collect::<Result<Vec<_>, _>>()?
        .into_iter();
    let of_group =
        |(_, matches): &(usize, Vec<usize>)| solved.by_ref().take(matches.len() * 3).collect();
    Ok(open_matches.iter().map(of_group).collect())
}

/// For each club of a group all records with which it can win it, the best first, each once.
fn own_records(solved: &[Option<Winners>], base: &Winners) -> [Vec<Record>; 3] {
    [0, 1, 2].map(|club| {
        let lists = solved.iter().flatten().chain([base]);
        union(lists.flat_map(|winners| winners[club].iter().map(|(record, _)| *record)))
    })
}

impl OpenGroup {
    fn new(
        playbook: &Playbook,
        (index, matches): (usize, &[usize]),
        (solved, base): (&[Option<Winners>], &Winners),
        owns: &[Vec<Record>; 3],
        records: &[Record],
    ) -> Self {
        let plan = &playbook.groups[index];
        let results: Vec<[f64; 3]> = matches
            .iter()
            .map(|number| split::probabilities(playbook.score(plan.matches[*number].score)))
            .collect();
        let per_club = |club: usize| -> Vec<Vec<(Record, f64)>> {
            let winners = solved.iter().map(|winners| {
                let records = winners.as_ref().map(|winners| winners[club].clone());
                records.unwrap_or_default()
            });
            winners.collect()
        };
        let ladders: Vec<Ladder> = (0..plan.clubs.len())
            .map(|club| Ladder::new(&per_club(club), &base[club], &results, &owns[club], records))
            .collect();
        Self {
            index,
            clubs: plan.clubs.clone(),
            results,
            wins: ladders
                .iter()
                .map(|ladder| ladder.total().to_vec())
                .collect(),
            ladders,
        }
    }

    /// The number of conditions of its ladders.
    pub(super) fn conditions(&self) -> usize {
        self.results.len() * 3
    }
}
