//! Scenarios of cups against every scoreline of their last matches, and real cases with known answers.

use super::super::{Status, statement_words};
use super::{CupNames, CutScenarios, TableScenario, Told, of_table};
use crate::cup::Cup;
use crate::ids::UnitId;
use crate::open;
use crate::outlook::Outlook;
use crate::state::{Run, State};
use crate::tournament::{Goals, Score};

fn outlook(id: &str, moment: &str) -> Outlook {
    let bundled = open::find_bundled(id).expect("a bundled cup");
    let cup = open::open_bundled(bundled).expect("a sound file");
    let instant = cup.instant(moment).expect("a moment");
    Outlook::new(&cup, instant).expect("a model")
}

fn scenarios(outlook: &Outlook, key: &str) -> Vec<CutScenarios> {
    let unit = outlook.known().format().unit_named(key).expect("a table");
    of_table(outlook, unit, None, None).expect("an open table")
}

/// The first and the last place that a club may come to in a table that is over, but for what is not decided by goals.
fn places(cup: &Cup, unit: UnitId, scenario: &TableScenario) -> [usize; 2] {
    let state = State::of(cup);
    let outs: Vec<usize> = cup
        .format()
        .unit(unit)
        .outputs()
        .map(crate::ids::PlaceId::index)
        .collect();
    let at = outs
        .iter()
        .position(|out| state.run.places[*out] == scenario.club);
    let at = at.expect("it stands somewhere");
    let start = state.run.level_with[outs[at]];
    if start == Run::ALONE {
        return [at, at];
    }
    let level = outs
        .iter()
        .filter(|out| state.run.level_with[**out] == start);
    let first = usize::from(start) - outs[0];
    [first, first + level.count() - 1]
}

/// Holds the statements of a table against every scoreline of its two last matches up to so many goals.
fn check(id: &str, moment: &str, key: &str, most: u8) {
    let outlook = outlook(id, moment);
    let known = outlook.known();
    let unit = known.format().unit_named(key).expect("a table");
    let tables = scenarios(&outlook, key);
    let open: Vec<usize> = known
        .matches_of(unit)
        .filter(|(_, game)| game.score.is_none())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(open.len(), 2, "{id} {key}");
    let goals = || (0..=most).flat_map(|home| (0..=most).map(move |away| Goals { home, away }));
    for one in goals() {
        for other in goals() {
            let mut over = known.clone();
            for (at, ninety) in open.iter().zip([one, other]) {
                over.matches[*at].score = Some(Score {
                    ninety,
                    after_extra_time: None,
                    penalties: None,
                });
            }
            for part in &tables {
                for scenario in &part.clubs {
                    let among = part.cut.places;
                    let [first, last] = places(&over, unit, scenario);
                    let words = format!("{id} {key} {one:?} {other:?} {scenario:?}");
                    let (is_in, is_out) = (last < among, first >= among);
                    match scenario.status {
                        Status::Clinched => assert!(is_in, "{words}"),
                        Status::Eliminated => assert!(is_out, "{words}"),
                        Status::Open => {
                            told(scenario, &open, [one, other], [is_in, is_out], &words);
                        }
                    }
                }
            }
        }
    }
}

fn told(
    scenario: &TableScenario,
    open: &[usize],
    ends: [Goals; 2],
    [is_in, is_out]: [bool; 2],
    words: &str,
) {
    let Told::ByGoals(statements) = &scenario.told else {
        panic!("two matches are told by goals: {words}");
    };
    let holding: Vec<_> = statements
        .iter()
        .filter(|statement| {
            statement.requirements.iter().all(|one| {
                let at = open.iter().position(|at| *at == one.fixture.index());
                one.scores.contains(ends[at.expect("an open match")])
            })
        })
        .collect();
    let outright: Vec<_> = holding.iter().filter(|one| one.lots.is_none()).collect();
    assert!(outright.len() <= 1, "they exclude each other: {words}");
    match outright.first() {
        None => assert!(!is_in, "through, but nobody said so: {words}"),
        Some(one) if one.ahead_on.is_empty() => assert!(is_in, "{words}"),
        Some(_) => {}
    }
    if !is_in && !is_out {
        let lots = holding.iter().any(|one| one.lots.is_some());
        assert!(lots, "lots, but nobody said so: {words}");
    }
}

#[test]
fn statements_hold_for_every_scoreline_of_real_groups() {
    check("world-cup-2022", "md2", "C", 3);
    check("world-cup-2022", "md2", "E", 3);
    check("world-cup-2022", "md2", "H", 3);
    check("euro-2024", "md2", "E", 3);
}

/// What a club needs, by the first number of places.
fn answer(outlook: &Outlook, key: &str, code: &str) -> (Status, bool, Option<u32>, Vec<String>) {
    let known = outlook.known();
    let tables = scenarios(outlook, key);
    let part = &tables[0];
    let names = CupNames {
        cup: known,
        state: outlook.state(),
        unit: part.unit,
    };
    let found = part
        .clubs
        .iter()
        .find(|one| known.club(one.club).code == code);
    let found = found.expect("a club of the group");
    let statements = match &found.told {
        Told::ByPoints => Vec::new(),
        Told::ByGoals(list) | Told::ByResults { suffices: list, .. } => list
            .iter()
            .map(|one| statement_words(&names, found.club, one))
            .collect(),
    };
    (found.status, found.in_own_hands, found.enough, statements)
}

#[test]
fn the_world_cup_2022_before_its_last_matchday() {
    let after = outlook("world-cup-2022", "md2");
    // Group A: the Netherlands and Ecuador 4 points (3-1 goals each), Senegal 3 (3-3), Qatar 0: out.
    assert_eq!(answer(&after, "A", "QAT").0, Status::Eliminated);
    // Senegal beats Ecuador and has 6 points. With a draw it has 4 and Ecuador 5: the Netherlands have to lose by enough.
    let (_, own, enough, told) = answer(&after, "A", "SEN");
    assert_eq!(
        (own, enough, told[0].as_str()),
        (true, Some(3), "win against Ecuador")
    );
    assert!(
        told[1].starts_with("draw against Ecuador and ") || told[1].starts_with("either draw"),
        "{told:?}"
    );
    // Group D: France has 6 points, and only one of Australia (3), Denmark and Tunisia (1 each) can reach 6 too.
    assert_eq!(answer(&after, "D", "FRA").0, Status::Clinched);
    // Group H: Portugal has 6, Ghana 3, South Korea and Uruguay 1.
    assert_eq!(answer(&after, "H", "POR").0, Status::Clinched);
}

#[test]
fn after_the_first_matchday_results_are_told() {
    // Group C: Saudi Arabia 3 points, Mexico and Poland 1, Argentina 0; four matches are left, two of each club.
    let after = outlook("world-cup-2022", "md1");
    let (status, own, enough, told) = answer(&after, "C", "KSA");
    assert_eq!((status, own, enough), (Status::Open, true, Some(3)));
    // With a win it has six; Argentina can reach six too, but Poland and Mexico then not both of them more than four.
    assert_eq!(told[..2], ["win against Mexico", "win against Poland"]);
}

#[test]
fn a_league_is_told_by_points() {
    let after = outlook("premier-league-2023-24", "2024-04-28");
    let tables = scenarios(&after, "league");
    assert!(tables.len() > 1, "the title, Europe, relegation");
    let sheffield = tables.last().expect("relegation");
    assert_eq!(sheffield.cut.places, 17);
    // Sheffield United were relegated on 27 April 2024.
    let last = sheffield.clubs.last().expect("a club");
    assert_eq!(
        (after.known().club(last.club).name.as_str(), last.status),
        ("Sheffield United", Status::Eliminated)
    );
}
