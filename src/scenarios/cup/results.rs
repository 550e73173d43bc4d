//! Sentences about results: the shortest sets of results that suffice, and those that rule it out.

use super::super::outlook::Verdict;
use super::super::score_set::{MatchResult, ScoreSet};
use super::super::statements::{Requirement, Statement};
use super::ends::verdict;
use super::{Question, Told};
use crate::ids::FixtureId;
use std::collections::{BTreeMap, BTreeSet};

/// The most sentences of either kind.
const MOST_SENTENCES: usize = 6;

/// What is asked of each open match: a bit for each result that will do, in the order of [`MatchResult::ALL`].
type Cube = Vec<u8>;

/// Any result will do.
const ANY: u8 = 0b111;

/// What suffices and what rules it out, in results.
pub(super) fn told(question: &Question<'_>) -> Told {
    let table = question.table;
    // By course of plain results: whether it is good, and whether it is bad, however shoot-outs and goals go.
    let mut courses: BTreeMap<Vec<usize>, [bool; 2]> = BTreeMap::new();
    table.each_course(&mut |course| {
        let results = course.iter().map(|ending| {
            let outcome = ending.outcome();
            let mut all = crate::tournament::MatchResult::ALL.iter();
            all.position(|one| *one == outcome).unwrap_or(0)
        });
        let found = verdict(table.places(course)[question.entrant], question.places);
        let so_far = courses.entry(results.collect()).or_insert([true, true]);
        so_far[0] &= found == Verdict::In;
        so_far[1] &= found == Verdict::Out;
    });
    let sentences = |kind: usize| {
        let fit = |course: &Vec<usize>| courses.get(course).is_some_and(|fits| fits[kind]);
        let wanted: BTreeSet<Vec<usize>> = courses.keys().filter(|one| fit(one)).cloned().collect();
        let cubes = shortest(question, &wanted);
        cubes.iter().map(|cube| statement(question, cube)).collect()
    };
    Told::ByResults {
        suffices: sentences(0),
        rules_out: sentences(1),
    }
}

/// The shortest cubes that lie within these courses and cover all they can of them, up to the most sentences.
fn shortest(question: &Question<'_>, inside: &BTreeSet<Vec<usize>>) -> Vec<Cube> {
    let matches = question.table.open().len();
    let own = |at: usize| {
        let sides = question.table.open()[at].sides;
        sides.contains(&(question.entrant as u16))
    };
    let mut cubes: Vec<Cube> = vec![Vec::new()];
    for _ in 0..matches {
        let longer = cubes.iter().flat_map(|cube| {
            (1..=ANY).map(move |results| {
                let mut cube = cube.clone();
                cube.push(results);
                cube
            })
        });
        cubes = longer.collect();
    }
    // Short sentences first; of those the ones that leave more open, and speak of the club's own matches.
    let asked = |cube: &Cube| cube.iter().filter(|results| **results != ANY).count();
    let freedom = |cube: &Cube| -> u32 { cube.iter().map(|results| results.count_ones()).sum() };
    let of_others = |cube: &Cube| {
        let others = cube.iter().enumerate();
        others
            .filter(|(at, results)| **results != ANY && !own(*at))
            .count()
    };
    cubes.sort_by_key(|cube| {
        (
            asked(cube),
            of_others(cube),
            std::cmp::Reverse(freedom(cube)),
        )
    });
    let mut left = inside.clone();
    let mut taken: Vec<Cube> = Vec::new();
    for cube in cubes {
        if left.is_empty() || taken.len() == MOST_SENTENCES {
            break;
        }
        let courses = courses_of(&cube);
        if courses.iter().any(|course| left.contains(course))
            && courses.iter().all(|course| inside.contains(course))
        {
            for course in &courses {
                left.remove(course);
            }
            taken.push(cube);
        }
    }
    taken
}

fn courses_of(cube: &[u8]) -> Vec<Vec<usize>> {
    let mut courses: Vec<Vec<usize>> = vec![Vec::new()];
    for results in cube {
        let longer = courses.iter().flat_map(|course| {
            (0..3).filter(|one| results >> one & 1 == 1).map(|one| {
                let mut course = course.clone();
                course.push(one);
                course
            })
        });
        courses = longer.collect();
    }
    courses
}

/// A cube as a statement, the own matches first.
fn statement(question: &Question<'_>, cube: &[u8]) -> Statement {
    let mut probability = 1.0;
    let mut requirements = Vec::new();
    for (at, results) in cube.iter().enumerate().filter(|(_, one)| **one != ANY) {
        let allowed: Vec<MatchResult> = (0..3)
            .filter(|one| results >> one & 1 == 1)
            .map(|one| MatchResult::ALL[one])
            .collect();
        let scores = ScoreSet::by_result(&allowed);
        probability *= question.chance(at, &scores);
        let fixture = &question.table.open()[at];
        let own = fixture.sides.contains(&(question.entrant as u16));
        let requirement = Requirement {
            fixture: FixtureId::new(fixture.index),
            scores,
        };
        requirements.push((!own, requirement));
    }
    requirements.sort_by_key(|(others, _)| *others);
    Statement {
        requirements: requirements.into_iter().map(|(_, one)| one).collect(),
        ahead_on: Vec::new(),
        lots: None,
        probability,
    }
}
