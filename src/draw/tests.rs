//! The draw against obvious slow twins on tiny cups, and against answers counted by hand.

use super::automaton::ALIVE;
use super::*;
use crate::rng::{Purpose, stream};
use crate::tournament::{
    BestFinish, Bracket, Club, DrawConstraint, DrawRules, Group, Points, Rules, bundled,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A club of this pot and association.
fn club(index: usize, pot: usize, association: &str) -> Club {
    Club {
        code: format!("C{index}"),
        name: format!("Club {index}"),
        aliases: Vec::new(),
        association: association.to_owned(),
        zone: None,
        pot: Some(format!("{}", pot + 1)),
        berth: None,
        appearances: None,
        last_appearance: None,
        best_finish: BestFinish::None,
    }
}

/// A cup with nothing but pots, given by the associations of their clubs, and constraints.
pub(super) fn cup(pots: &[Vec<&str>], constraints: Vec<DrawConstraint>) -> Tournament {
    let mut clubs = Vec::new();
    for (pot, associations) in pots.iter().enumerate() {
        for association in associations {
            clubs.push(club(clubs.len(), pot, association));
        }
    }
    let groups = (0..pots[0].len()).map(|index| Group {
        name: format!("{}", index + 1),
        clubs: (0..pots.len())
            .map(|pot| ClubId::new(pot * pots[0].len() + index))
            .collect(),
    });
    Tournament {
        id: "tiny".to_owned(),
        competition: "Tiny Cup".to_owned(),
        edition: "1".to_owned(),
        groups: groups.collect(),
        clubs,
        fixtures: Vec::new(),
        bracket: Bracket {
            rounds: Vec::new(),
            ties: Vec::new(),
        },
        rules: Rules {
            points: Points {
                win: 3,
                draw: 1,
                loss: 0,
            },
            advance: 1,
            group_tiebreakers: Vec::new(),
            seeding: Vec::new(),
        },
        draw: Some(DrawRules {
            date: None,
            pots: (1..=pots.len()).map(|pot| pot.to_string()).collect(),
            pots_comparable: true,
            constraints,
            pending: false,
        }),
        lots: Vec::new(),
        deductions: Vec::new(),
        history: Vec::new(),
    }
}

pub(super) fn apart(exempt: &[usize]) -> DrawConstraint {
    DrawConstraint::ApartByAssociation {
        exempt: exempt.iter().copied().map(ClubId::new).collect(),
    }
}

pub(super) fn exactly_one_of(associations: &[&str]) -> DrawConstraint {
    DrawConstraint::ExactlyOneOf {
        associations: associations.iter().copied().map(str::to_owned).collect(),
    }
}

/// All orders of `0..count`, straight from the definition.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(count - 1);
    let longer = shorter.iter().flat_map(|order| {
        (0..count).map(move |place| {
            let mut longer = order.clone();
            longer.insert(place, count - 1);
            longer
        })
    });
    longer.collect()
}

/// Slow twin: whether groups are valid, read off the constraints of the file.
fn is_valid(tournament: &Tournament, groups: &[Vec<ClubId>]) -> bool {
    let rules = tournament.draw.as_ref().unwrap();
    let association = |club: &ClubId| &tournament.club(*club).association;
    groups.iter().all(|group| {
        rules.constraints.iter().all(|constraint| match constraint {
            DrawConstraint::ApartByAssociation { exempt } => {
                group.iter().enumerate().all(|(index, one)| {
                    group[index + 1..].iter().all(|other| {
                        association(one) != association(other)
                            || exempt.contains(one)
                            || exempt.contains(other)
                    })
                })
            }
            DrawConstraint::ExactlyOneOf { associations } => {
                let inside = group
                    .iter()
                    .filter(|club| associations.contains(association(club)));
                inside.count() == 1
            }
        })
    })
}

/// Slow twin: all assignments of clubs to labelled groups, valid or not.
fn all_draws(pots: &[Vec<ClubId>]) -> Vec<Vec<Vec<ClubId>>> {
    let mut draws = vec![vec![Vec::new(); pots[0].len()]];
    for pot in pots {
        let orders = orders(pot.len());
        draws = draws
            .iter()
            .flat_map(|groups| {
                orders.iter().map(move |order| {
                    let mut groups = groups.clone();
                    for (group, index) in groups.iter_mut().zip(order) {
                        group.push(pot[*index]);
                    }
                    groups
                })
            })
            .collect();
    }
    draws
}

/// Slow twin of the sequential procedure: the distribution over draws by following every order of every
/// pot; a place is refused if no valid draw begins like that.
fn sequential_twin(
    pots: &[Vec<ClubId>],
    valid: &[Vec<Vec<ClubId>>],
) -> BTreeMap<Vec<Vec<ClubId>>, f64> {
    let completable = |board: &[Vec<ClubId>]| {
        valid.iter().any(|draw| {
            draw.iter()
                .zip(board)
                .all(|(group, begun)| begun.iter().all(|club| group.contains(club)))
        })
    };
    let mut boards = BTreeMap::from([(vec![Vec::new(); pots[0].len()], 1.0)]);
    for (number, pot) in pots.iter().enumerate() {
        let orders = orders(pot.len());
        let mut next = BTreeMap::new();
        for (board, probability) in boards {
            for order in &orders {
                let mut board: Vec<Vec<ClubId>> = board.clone();
                for index in order {
                    let group = (0..board.len()).find(|group| {
                        let mut after = board.clone();
                        after[*group].push(pot[*index]);
                        board[*group].len() == number && completable(&after)
                    });
                    board[group.unwrap()].push(pot[*index]);
                }
                *next.entry(board).or_insert(0.0) += probability / orders.len() as f64;
            }
        }
        boards = next;
    }
    boards
}

/// Slow twin: pair odds from a list of draws with their probabilities.
fn pair_twin<'a>(
    clubs: usize,
    draws: impl Iterator<Item = (&'a Vec<Vec<ClubId>>, f64)>,
) -> PairOdds {
    let mut table = PairOdds::zero(clubs);
    for (draw, probability) in draws {
        for (one, other) in table.pairs() {
            let together = draw
                .iter()
                .any(|group| group.contains(&one) && group.contains(&other));
            if together {
                table.set(one, other, table.get(one, other) + probability);
            }
        }
    }
    table
}

fn assert_same(actual: &PairOdds, expected: &PairOdds, what: &str) {
    for (one, other) in expected.pairs() {
        let difference = actual.get(one, other) - expected.get(one, other);
        assert!(
            difference.abs() < 1e-12,
            "{what}: {one:?} and {other:?}: {} instead of {}",
            actual.get(one, other),
            expected.get(one, other)
        );
    }
}

/// Compares everything about a tiny cup with the slow twins; whether any draw is valid.
fn check_against_twins(tournament: &Tournament) -> bool {
    let rules = tournament.draw.as_ref().unwrap();
    let pots = pots_of(tournament, &rules.pots).unwrap();
    let mut valid = all_draws(&pots);
    valid.retain(|draw| is_valid(tournament, draw));
    let drawing = match Drawing::new(tournament) {
        Ok(drawing) => drawing,
        Err(error) => {
            assert!(valid.is_empty(), "{error}, but {:?}", valid[0]);
            return false;
        }
    };
    assert!(
        valid
            .iter()
            .all(|draw| drawing.violations(tournament, draw).is_empty())
    );
    let uniform = Uniform::new(&drawing).unwrap();
    assert_eq!(uniform.count(), valid.len() as u128);
    let labels = orders(pots[0].len()).len();
    assert_eq!(
        uniform.count_without_labels(),
        (valid.len() / labels) as u128
    );
    let share = 1.0 / valid.len() as f64;
    let expected = pair_twin(drawing.clubs(), valid.iter().map(|draw| (draw, share)));
    assert_same(&uniform.pair_odds(), &expected, "uniform");
    let sequential = sequential_twin(&pots, &valid);
    let weighted = sequential
        .iter()
        .map(|(draw, probability)| (draw, *probability));
    let expected = pair_twin(drawing.clubs(), weighted);
    assert_same(
        &drawing.sequential_pair_odds().unwrap(),
        &expected,
        "sequential",
    );
    true
}

#[test]
fn without_constraints_every_pair_is_equally_likely() {
    // 4!^3 = 13,824 assignments of 3 pots to 4 groups, 4!^2 = 576 without labels, each pair at 1/4.
    let tournament = cup(&[vec!["a"; 4], vec!["a"; 4], vec!["a"; 4]], Vec::new());
    let drawing = Drawing::new(&tournament).unwrap();
    let uniform = Uniform::new(&drawing).unwrap();
    assert_eq!(uniform.count(), 13_824);
    assert_eq!(uniform.count_without_labels(), 576);
    for odds in [uniform.pair_odds(), drawing.sequential_pair_odds().unwrap()] {
        for (one, other) in odds.pairs() {
            let same_pot = one.index() / 4 == other.index() / 4;
            let expected = if same_pot { 0.0 } else { 0.25 };
            assert!((odds.get(one, other) - expected).abs() < 1e-15);
        }
    }
}

#[test]
fn the_smallest_biased_draw_is_known_by_hand() {
    // Pot 1: a, b, x; pot 2: a, b, y. Valid are the permutations of pot 2 that keep a from a and b from b:
    // 3! - 2 * 2! + 1 = 3 of them: (b, a, y), (b, y, a), (y, a, b), over the groups of (a, b, x).
    // Uniformly y joins x with probability 1/3. Drawn one by one with the groups in the order (a, b, x):
    // y first (1/3): it goes to a; then a goes to b and b to x. b first: it goes to a; then a goes to
    // b (1/2, y joins x), y goes to b (1/2). a first: it goes to b; then b goes to a (1/2, y joins x), y
    // goes to a (1/2). So 1/3 * 1/2 + 1/3 * 1/2 = 1/3 in this order, and likewise for (b, a, x). With x
    // before both, as (x, a, b): y first goes to x (1/3); a first goes to x, b first too: 1/3. With
    // x between, (a, x, b): y first goes to a. b first goes to a, then a goes to x, y first goes to x (1/2).
    // a first goes to x. So 1/3 * 1/2 = 1/6, in 2 of the 6 orders of labels: 2/3 * 1/3 + 1/3 * 1/6 = 5/18.
    let tournament = cup(
        &[vec!["a", "b", "x"], vec!["a", "b", "y"]],
        vec![apart(&[])],
    );
    let drawing = Drawing::new(&tournament).unwrap();
    let uniform = Uniform::new(&drawing).unwrap();
    assert_eq!(uniform.count_without_labels(), 3);
    let (x, y) = (ClubId(2), ClubId(5));
    assert!((uniform.pair_odds().get(x, y) - 1.0 / 3.0).abs() < 1e-15);
    let sequential = drawing.sequential_pair_odds().unwrap();
    assert!((sequential.get(x, y) - 5.0 / 18.0).abs() < 1e-15);
    let bias = sequential.minus(&uniform.pair_odds());
    assert!((bias.get(y, x) + 1.0 / 18.0).abs() < 1e-15);
    assert!(check_against_twins(&tournament));
}

#[test]
fn tiny_cups_with_every_constraint_agree_with_the_twins() {
    let pots = [
        vec!["mex", "usa", "crc", "hon"],
        vec!["crc", "hon", "mex", "usa"],
        vec!["hon", "tri", "crc", "gua"],
    ];
    let both = vec![apart(&[]), exactly_one_of(&["mex", "usa"])];
    assert!(check_against_twins(&cup(&pots, both)));
    let exempt = vec![apart(&[10]), exactly_one_of(&["mex", "usa"])];
    assert!(check_against_twins(&cup(&pots, exempt)));
    assert!(check_against_twins(&cup(&pots, vec![apart(&[])])));
    assert!(check_against_twins(&cup(
        &[vec!["a", "b"]],
        vec![apart(&[])]
    )));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn random_tiny_cups_agree_with_the_twins(
        pots in prop::collection::vec(prop::collection::vec(0..5_usize, 3), 2..=3),
        exempt in prop::collection::vec(0..6_usize, 0..3),
        kept_apart in any::<bool>(),
        one_of in prop::option::of(0..4_usize),
    ) {
        const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];
        let pots: Vec<Vec<&str>> = pots
            .iter()
            .map(|pot| pot.iter().map(|index| NAMES[*index]).collect())
            .collect();
        let mut constraints = Vec::new();
        if kept_apart {
            constraints.push(apart(&exempt));
        }
        if let Some(first) = one_of {
            constraints.push(exactly_one_of(&NAMES[first..first + 2]));
        }
        check_against_twins(&cup(&pots, constraints));
    }
}

#[test]
fn samples_follow_their_distributions() {
    // Every one of the valid draws of a cup with 4 groups, 40,000 runs each, seed 7: all within 4 standard errors.
    let pots = [vec!["a", "b", "x", "u"], vec!["a", "b", "y", "v"]];
    let tournament = cup(&pots, vec![apart(&[])]);
    let drawing = Drawing::new(&tournament).unwrap();
    let pots = drawing.pots();
    let mut valid = all_draws(pots);
    valid.retain(|draw| is_valid(&tournament, draw));
    let share = 1.0 / valid.len() as f64;
    let uniform_twin: BTreeMap<_, _> = valid.iter().map(|draw| (draw.clone(), share)).collect();
    let uniform = Uniform::new(&drawing).unwrap();
    let mut sequential = Sequential::new(&drawing);
    let runs = 40_000;
    let mut counts = [BTreeMap::new(), BTreeMap::new()];
    for run in 0..runs {
        let mut rng = stream(7, Purpose::Draw, run);
        *counts[0].entry(uniform.sample(&mut rng)).or_insert(0_u32) += 1;
        *counts[1]
            .entry(sequential.sample(&mut rng))
            .or_insert(0_u32) += 1;
    }
    for (counts, twin) in counts
        .iter()
        .zip([uniform_twin, sequential_twin(pots, &valid)])
    {
        assert!(counts.keys().all(|draw| twin.contains_key(draw)));
        for (draw, probability) in &twin {
            let seen = f64::from(counts.get(draw).copied().unwrap_or(0));
            let expected = probability * runs as f64;
            let error = (expected * (1.0 - probability)).sqrt();
            assert!(
                (seen - expected).abs() <= 4.0 * error,
                "{draw:?}: {seen} times instead of {expected}, error {error}"
            );
        }
    }
}

#[test]
fn the_draw_of_2013_14_is_counted_by_hand() {
    // Each group takes its one club of Mexico or the United States from pot A or from pot B, four each. So the
    // other four of pot A meet the four of pot B and the other way round: 4! * 4! ways (this already
    // keeps Herediano from Alajuelense and Olimpia from Victoria). In pot C three clubs have one group each
    // that they must not join, three different groups: Heredia that of Comunicaciones, San Miguelito that of
    // Arabe Unido, Firpo that of Metapan; Cartagines is exempt. That leaves 8! - 3 * 7! + 3 * 6! - 5! = 27,240
    // ways. 576 * 27,240 = 15,690,240 draws, times 8! labels 632,630,476,800.
    let tournament = bundled::open("ccl-2013-14").unwrap();
    let drawing = Drawing::new(&tournament).unwrap();
    let uniform = Uniform::new(&drawing).unwrap();
    assert_eq!(uniform.count_without_labels(), 15_690_240);
    assert_eq!(uniform.count(), 632_630_476_800);
    let odds = uniform.pair_odds();
    let pair = |one: &str, other: &str| {
        odds.get(
            tournament.find_club(one).unwrap(),
            tournament.find_club(other).unwrap(),
        )
    };
    // Any of the four against any of the four; and pairs that exclude each other.
    assert!((pair("Tijuana", "Montreal Impact") - 0.25).abs() < 1e-15);
    assert!(pair("Tijuana", "Cruz Azul").abs() < 1e-15);
    assert!(pair("Comunicaciones", "Heredia").abs() < 1e-15);
    // With Heredia fixed in Arabe Unido's group, San Miguelito is free of its ban, Firpo's stands (its group
    // is another one): 7! - 6! = 4,320 of 27,240 ways.
    assert!((pair("Árabe Unido", "Heredia") - 4_320.0 / 27_240.0).abs() < 1e-15);
}

#[test]
fn the_real_draws_are_valid() {
    for name in ["ccl-2013-14", "ccl-2012-13"] {
        let tournament = bundled::open(name).unwrap();
        let drawing = Drawing::new(&tournament).unwrap();
        let real: Vec<Vec<ClubId>> = tournament
            .groups
            .iter()
            .map(|group| group.clubs.clone())
            .collect();
        assert_eq!(
            drawing.violations(&tournament, &real),
            Vec::<String>::new(),
            "{name}"
        );
    }
}

#[test]
fn clubs_that_constraints_cannot_tell_apart_are_of_one_kind() {
    // In 2013-14: pot A holds four clubs of Mexico and the United States, two that may meet anybody but
    // those, and two with one ban in pot C; pot B four, three and Metapan; pot C five that are free and three.
    let tournament = bundled::open("ccl-2013-14").unwrap();
    let drawing = Drawing::new(&tournament).unwrap();
    let sizes = |pot: usize| {
        let mut sizes = drawing.automaton.layers[pot].sizes.clone();
        sizes.sort_unstable();
        sizes
    };
    assert_eq!(sizes(0), [1, 1, 2, 4]);
    assert_eq!(sizes(1), [1, 3, 4]);
    assert_eq!(sizes(2), [1, 1, 1, 5]);
    assert_eq!(drawing.automaton.start(), ALIVE);
}

#[test]
fn draws_beyond_counting_still_have_sequential_odds() {
    // 40 groups of two pots without constraints: 40!^2 has 95 digits, and each pair shares a group with 1/40.
    let tournament = cup(&[vec!["a"; 40], vec!["a"; 40]], Vec::new());
    let drawing = Drawing::new(&tournament).unwrap();
    assert_eq!(
        drawing
            .odds(Procedure::Both, None, 1)
            .unwrap_err()
            .to_string(),
        "the draw of tiny cannot be counted exactly: the number of draws has more than 38 digits; \
         --procedure sequential does without"
    );
    let odds = drawing.odds(Procedure::Sequential, None, 1).unwrap();
    assert_eq!((odds.count, &odds.uniform), (None, &None));
    let sequential = odds.sequential.unwrap().pairs;
    assert!((sequential.get(ClubId(0), ClubId(79)) - 1.0 / 40.0).abs() < 1e-15);
}
