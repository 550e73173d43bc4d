//! Statements against every pair of scorelines, and their probabilities against the exact solver.

use super::super::{ClubScenario, MOST_MATCHES_TOLD, of_group};
use super::{ByNumber, group_in_progress, with_results};
use crate::conditions::Conditions;
use crate::exact::group::{Budget, solve, winners_only};
use crate::ids::{FixtureId, GroupId};
use crate::playbook::compile;
use crate::standings::Standings;
use crate::tournament::{Goals, Moment, Tournament, bundled};
use proptest::prelude::*;

/// Where a club stands when all is over: first (1), level on everything with so many (their number), or neither (0).
fn place(tournament: &Tournament, scenario: &ClubScenario) -> u32 {
    let standings = Standings::of_group(tournament, scenario.group);
    let first = standings.order()[0];
    match standings.level.iter().find(|set| set.contains(&first)) {
        Some(set) if set.contains(&scenario.club) => set.len() as u32,
        None if first == scenario.club => 1,
        _ => 0,
    }
}

/// Every way in which the open matches of the first group can end with at most so many goals a side.
fn every_end(tournament: &Tournament, most: u8) -> Vec<Vec<(FixtureId, Goals)>> {
    let open = tournament.fixtures_of(GroupId(0));
    let open = open.filter(|(_, fixture)| fixture.result.is_none());
    let mut ends = vec![Vec::new()];
    for (id, _) in open {
        let longer = ends.iter().flat_map(|end: &Vec<(FixtureId, Goals)>| {
            let goals =
                (0..=most).flat_map(|home| (0..=most).map(move |away| Goals { home, away }));
            goals.map(move |goals| {
                let mut end = end.clone();
                end.push((id, goals));
                end
            })
        });
        ends = longer.collect();
    }
    ends
}

/// Checks the statements of every club of the first group on every end.
fn check(tournament: &Tournament, scenarios: &[ClubScenario], most: u8) {
    for end in every_end(tournament, most) {
        let mut over = tournament.clone();
        for (id, goals) in &end {
            over.fixtures[id.index()].result = Some(*goals);
        }
        for scenario in scenarios {
            let Some(statements) = scenario.statements.as_ref().filter(|list| !list.is_empty())
            else {
                continue;
            };
            let place = place(&over, scenario);
            let holding: Vec<_> = statements
                .iter()
                .filter(|statement| {
                    statement.requirements.iter().all(|requirement| {
                        let played = end.iter().find(|(id, _)| *id == requirement.fixture);
                        requirement
                            .scores
                            .contains(played.expect("an open match").1)
                    })
                })
                .collect();
            let outright = holding.iter().filter(|statement| statement.lots.is_none());
            let outright: Vec<_> = outright.collect();
            assert!(
                outright.len() <= 1,
                "statements exclude each other: {end:?}"
            );
            match outright.first() {
                None => assert_ne!(place, 1, "first, but nobody said so: {scenario:?} {end:?}"),
                Some(statement) if statement.ahead_on.is_empty() => {
                    assert_eq!(place, 1, "{statement:?} {end:?}");
                }
                // The results are as told, and the criteria decide.
                Some(_) => {}
            }
            if place > 1 {
                let told = holding
                    .iter()
                    .any(|statement| statement.lots == Some(place));
                assert!(told, "lots, but nobody said so: {scenario:?} {end:?}");
            }
            let precise = |lots: u32| {
                let told = statements
                    .iter()
                    .filter(|statement| statement.lots == Some(lots));
                told.clone().count() > 0 && told.clone().all(|told| !told.requirements.is_empty())
            };
            for statement in &holding {
                if let Some(lots) = statement.lots.filter(|lots| precise(*lots)) {
                    assert_eq!(place, lots, "{statement:?} {end:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn statements_say_when_a_club_is_first(results in group_in_progress(2, 1..=2)) {
        let tournament = with_results(&results);
        let playbook = compile(&tournament, &ByNumber, &Conditions::default());
        let scenarios = of_group(&tournament, &playbook, GroupId(0), 1e-9).expect("covered");
        check(&tournament, &scenarios, 6);
    }

    #[test]
    fn probabilities_are_those_of_the_exact_solver(results in group_in_progress(3, 0..=2)) {
        let tournament = with_results(&results);
        let playbook = compile(&tournament, &ByNumber, &Conditions::default());
        let scenarios = of_group(&tournament, &playbook, GroupId(0), 1e-9).expect("covered");
        let exact = solve(&playbook, &playbook.groups[0], Budget::even(1e-10)).expect("covered");
        for (scenario, places) in scenarios.iter().zip(exact.places) {
            prop_assert!(
                (scenario.probability - places[0]).abs() < 1e-9,
                "{} and {}",
                scenario.probability,
                places[0]
            );
        }
    }
}

#[test]
fn the_quick_solver_of_winners_agrees_with_the_full_one() {
    let full = bundled::open("ccl-2013-14").expect("bundled");
    for moment in [Moment::Start, Moment::Matchday(2), Moment::Matchday(3)] {
        let known = full.as_of(moment);
        let playbook = compile(&known, &ByNumber, &Conditions::default());
        for plan in &playbook.groups[..2] {
            let (quick, all) = (
                winners_only(&playbook, plan, 1e-6).expect("covered"),
                solve(&playbook, plan, Budget::even(1e-6)).expect("covered"),
            );
            for (one, places) in quick.iter().zip(all.places) {
                assert!((one - places[0]).abs() < 2e-6, "{one} and {}", places[0]);
            }
        }
    }
}

#[test]
fn real_groups_add_up_and_are_told_as_long_as_they_are_short() {
    for name in ["ccl-2012-13", "ccl-2013-14"] {
        let full = bundled::open(name).expect("bundled");
        for day in 3..=6 {
            let known = full.as_of(Moment::Matchday(day));
            let playbook = compile(&known, &ByNumber, &Conditions::default());
            let all = super::super::all(&known, &playbook, 1e-7).expect("covered");
            assert_eq!(all.len(), 24);
            for group in all.chunks(3) {
                let total: f64 = group.iter().map(|scenario| scenario.probability).sum();
                assert!((total - 1.0).abs() < 1e-9, "{name} after {day}: {total}");
            }
            for scenario in &all {
                let told = scenario.statements.is_some();
                assert_eq!(told, scenario.group_left as usize <= MOST_MATCHES_TOLD);
                let number = scenario.statements.as_ref().map_or(0, Vec::len);
                assert!(number <= 6, "{number} statements are not short");
            }
        }
    }
}
