//! The exact odds of rounds and titles: a sweep down the ladder that plays the bracket as seeds arrive.

use super::Unsupported;
use super::bracket::{self, TieOdds};
use super::group::{self, GroupOutcome};
use super::job::{self, Cast, Findings, Sweep};
use super::ladder::{Rung, levels};
use super::program::{Plan, Program};
use super::windows::{self, Collocation};
use crate::ids::ClubId;
use crate::instructions::Instructions;
use crate::playbook::{GroupPlan, Playbook};
use crate::tournament::Side;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The knockout stage, solved.
#[derive(Debug, Clone)]
pub(super) struct KnockoutOdds {
    /// `round[club][r]`: plays in round r.
    pub(super) round: Vec<Vec<f64>>,
    /// `title[club]`: wins the final.
    pub(super) title: Vec<f64>,
    /// The probability of seeds in a wrong order.
    pub(super) misordered: f64,
}

/// How much of a group may be lost where it is only asked whether its winner is open.
const ROUGHLY: f64 = 1e-3;

/// Refuses brackets that the solver does not know, before any work on the groups. A bracket that it cannot sweep is none of
/// those as long as the seeds are known, for which some group with an open winner is looked for, the least work first.
pub(super) fn check(playbook: &Playbook) -> Result<(), Unsupported> {
    bracket::check(playbook)?;
    let Err(refusal) = Plan::new(playbook).map(|_| ()) else {
        return Ok(());
    };
    let mut open: Vec<&GroupPlan> = (playbook.groups.iter())
        .filter(|group| playbook.open_matches(group) > 0)
        .collect();
    open.sort_by_key(|group| playbook.open_matches(group));
    for group in open.into_iter().filter(|_| playbook.groups.len() > 2) {
        let winners = group::winners(playbook, group, ROUGHLY)?;
        if winners.iter().flatten().nth(1).is_some() {
            return Err(refusal);
        }
    }
    Ok(())
}

/// The odds of the knockout stage from the ladder of winners' records and the odds of seeds.
pub(super) fn solve(
    playbook: &Playbook,
    groups: &[GroupOutcome],
    rungs: &[Rung],
    seed: &[Vec<f64>],
    accuracy: &Accuracy,
) -> Result<KnockoutOdds, Unsupported> {
    if let Some(seeds) = known_seeds(rungs, groups.len()) {
        return Ok(of_known_seeds(playbook, &seeds));
    }
    let active = active_clubs(groups);
    let all: Vec<ClubId> = active.iter().flatten().copied().collect();
    let odds = TieOdds::new(playbook, &all);
    let (findings, misordered) = if groups.len() == 2 {
        (final_of_two(playbook, &odds, rungs), 0.0)
    } else {
        let plan = Plan::new(playbook)?;
        let rule = Collocation::new(accuracy.stages);
        let mut group_of = vec![0; playbook.clubs];
        for (group, clubs) in active.iter().enumerate() {
            for club in clubs {
                group_of[club.index()] = group;
            }
        }
        let cut = windows::cut(rungs, &group_of, groups.len(), &rule, accuracy.budget);
        let sweep = Sweep {
            playbook,
            odds: &odds,
            plan: &plan,
            rule: &rule,
            windows: &cut.windows,
            instructions: accuracy.instructions,
        };
        (run_jobs(&sweep, &active), cut.misordered)
    };
    let Findings { mut round, title } = scaled(playbook, findings);
    for tie in &playbook.ties {
        for side in tie.sides {
            if let Side::Seed(number) = side {
                for (rounds, seeds) in round.iter_mut().zip(seed) {
                    rounds[tie.round.index()] += seeds[usize::from(number) - 1];
                }
            }
        }
    }
    Ok(KnockoutOdds {
        round,
        title,
        misordered,
    })
}

/// The seeds, the best first, if nothing about them is open.
fn known_seeds(rungs: &[Rung], groups: usize) -> Option<Vec<ClubId>> {
    let clear = rungs.len() == groups && levels(rungs).all(|level| level.len() == 1);
    clear.then(|| rungs.iter().map(|rung| rung.club).collect())
}

/// Known seeds: only the bracket is left.
fn of_known_seeds(playbook: &Playbook, seeds: &[ClubId]) -> KnockoutOdds {
    let odds = TieOdds::of_seeds(playbook, seeds);
    let fates = bracket::fates(playbook, &odds, seeds);
    let mut knockout = KnockoutOdds {
        round: vec![vec![0.0; playbook.rounds.len()]; playbook.clubs],
        title: vec![0.0; playbook.clubs],
        misordered: 0.0,
    };
    for (seed, club) in seeds.iter().enumerate() {
        knockout.round[club.index()].clone_from(&fates.round[seed]);
        knockout.title[club.index()] = fates.title[seed];
    }
    knockout
}

/// Scales titles to one champion, and each round to as many winners of earlier ties as play in it: what
/// the collocation gets wrong about many winners in one window is spread in proportion.
fn scaled(playbook: &Playbook, mut findings: Findings) -> Findings {
    let champions: f64 = findings.title.iter().sum();
    for value in &mut findings.title {
        *value = f64::max(*value / champions, 0.0);
    }
    for round in 0..playbook.rounds.len() {
        let ties = playbook
            .ties
            .iter()
            .filter(|tie| tie.round.index() == round);
        let sides = ties.flat_map(|tie| tie.sides);
        let winners = sides.filter(|side| matches!(side, Side::Winner(_))).count();
        let total: f64 = findings.round.iter().map(|rounds| rounds[round]).sum();
        for rounds in findings.round.iter_mut().filter(|_| winners > 0) {
            rounds[round] = f64::max(rounds[round] * winners as f64 / total, 0.0);
        }
    }
    findings
}

/// How the sweep trades time for accuracy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Accuracy {
    /// Stages of the collocation.
    pub(super) stages: usize,
    /// The root of the sum of the squares of what windows may put into a wrong order.
    pub(super) budget: f64,
    /// What computes; it shows in the time alone.
    pub(super) instructions: Instructions,
}

impl Accuracy {
    /// What keeps titles within a tolerance of the truth.
    pub(super) fn for_tolerance(tolerance: f64) -> Self {
        // Seeds in a wrong order are mostly neighbours that swap, which moves titles little: no figure was
        // off by more than a quarter of that budget at any moment of the cups measured.
        Self {
            stages: 2,
            budget: tolerance * 3.0,
            instructions: Instructions::best(),
        }
    }
}

/// For each group the clubs that can win it.
fn active_clubs(groups: &[GroupOutcome]) -> Vec<Vec<ClubId>> {
    let active = |group: &GroupOutcome| {
        let clubs = group.clubs.iter().zip(&group.winners);
        let able = clubs.filter(|(_, records)| !records.is_empty());
        able.map(|(club, _)| *club).collect()
    };
    groups.iter().map(active).collect()
}

/// Shares the sweep out by the groups of seeds 1 and 2, and adds up what was found, always in the same order.
fn run_jobs(sweep: &Sweep<'_>, active: &[Vec<ClubId>]) -> Findings {
    let groups = active.len();
    let mut casts = Vec::new();
    for one in 0..groups {
        for two in one + 1..groups {
            casts.push(cast(active, one, two));
        }
    }
    let sizes_of = |cast: &Cast| -> Vec<usize> {
        let groups = cast.groups.iter();
        groups.map(|group| active[*group].len()).collect()
    };
    let mut programs: BTreeMap<Vec<usize>, Program> = BTreeMap::new();
    for cast in &casts {
        let sizes = sizes_of(cast);
        programs
            .entry(sizes)
            .or_insert_with_key(|sizes| sweep.plan.program(sizes));
    }
    let shares: Vec<(&Cast, &[(ClubId, ClubId)])> = casts
        .iter()
        .flat_map(|cast| {
            cast.lanes
                .chunks(MOST_LANES)
                .map(move |lanes| (cast, lanes))
        })
        .collect();
    let parts: Vec<Findings> = shares
        .par_iter()
        .map(|&(cast, lanes)| {
            let program = &programs[&sizes_of(cast)];
            match sweep.rule.stages() {
                2 => run_share::<2>(sweep, program, cast, lanes),
                _ => run_share::<4>(sweep, program, cast, lanes),
            }
        })
        .collect();
    let mut sum = Findings::none(sweep.playbook);
    for part in &parts {
        sum.merge(part);
    }
    sum
}

/// Pairs of clubs that one share of a job takes on at most: what a share works on then stays in the second-level cache.
const MOST_LANES: usize = 12;

/// Runs a share of a job with as many lanes as it needs.
fn run_share<const S: usize>(
    sweep: &Sweep<'_>,
    program: &Program,
    cast: &Cast,
    lanes: &[(ClubId, ClubId)],
) -> Findings {
    match lanes.len() {
        ..=4 => job::run::<4, S>(sweep, program, cast, lanes),
        5..=8 => job::run::<8, S>(sweep, program, cast, lanes),
        _ => job::run::<MOST_LANES, S>(sweep, program, cast, lanes),
    }
}

/// The clubs of the job in which two groups have seeds 1 and 2.
fn cast(active: &[Vec<ClubId>], one: usize, two: usize) -> Cast {
    let mut lanes = Vec::new();
    for (first, second) in [(one, two), (two, one)] {
        for best in &active[first] {
            lanes.extend(active[second].iter().map(|next| (*best, *next)));
        }
    }
    let mut groups: Vec<usize> = (0..active.len())
        .filter(|group| *group != one && *group != two)
        .collect();
    // Larger groups first, so that jobs with the same sizes share a program.
    groups.sort_by_key(|group| std::cmp::Reverse(active[*group].len()));
    let clubs = groups
        .iter()
        .flat_map(|group| &active[*group])
        .copied()
        .collect();
    Cast {
        lanes,
        groups,
        clubs,
    }
}

/// Two groups: nothing but a final between two winners.
fn final_of_two(playbook: &Playbook, odds: &TieOdds, rungs: &[Rung]) -> Findings {
    let mut findings = Findings::none(playbook);
    let clubs = playbook.clubs;
    let mut below = vec![0.0; clubs];
    let mut group_of = vec![usize::MAX; clubs];
    for rung in rungs {
        below[rung.club.index()] += rung.mass;
        group_of[rung.club.index()] = usize::from(rung.group);
    }
    let tie = &playbook.ties[0];
    for level in levels(rungs) {
        for rung in level {
            // Half of the level is behind: lots.
            below[rung.club.index()] -= 0.5 * rung.mass;
        }
        for rung in level {
            for other in (0..clubs).filter(|other| group_of[*other] == 1 - usize::from(rung.group))
            {
                let pair = [(rung.club, 1), (ClubId::new(other), 2)];
                let first_side = usize::from(tie.sides[0] != Side::Seed(1));
                let (one, two) = (pair[first_side], pair[1 - first_side]);
                let wins = odds.first_wins(tie, one, two);
                let mass = rung.mass * below[other];
                findings.title[one.0.index()] += mass * wins;
                findings.title[two.0.index()] += mass * (1.0 - wins);
            }
        }
        for rung in level {
            below[rung.club.index()] -= 0.5 * rung.mass;
        }
    }
    findings
}
