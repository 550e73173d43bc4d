//! Tiny cups whose answers can be worked out by hand.

use super::super::{ClubScenario, Status, answer, of_group};
use super::{OneEach, last_match, two_groups, with_results};
use crate::conditions::Conditions;
use crate::ids::GroupId;
use crate::playbook::compile;
use crate::tournament::{Goals, Tournament};

fn scenarios(tournament: &Tournament, group: u16) -> Vec<ClubScenario> {
    let playbook = compile(tournament, &OneEach, &Conditions::default());
    of_group(tournament, &playbook, GroupId(group), 1e-9).expect("covered")
}

/// Results of the first group in file order: Ants-Bees, Bees-Cats, Cats-Ants, Bees-Ants, Cats-Bees, Ants-Cats.
fn group(results: [&str; 6]) -> Tournament {
    let read = |text: &str| text.parse::<Goals>().ok();
    with_results(&results.map(read))
}

fn answers(tournament: &Tournament) -> Vec<String> {
    let all = scenarios(tournament, 0);
    all.iter()
        .map(|scenario| match scenario.status {
            Status::Clinched => "clinched".to_owned(),
            Status::Eliminated => "eliminated".to_owned(),
            Status::Open => answer(tournament, scenario).expect("short enough"),
        })
        .collect()
}

#[test]
fn one_match_left() {
    // Ants 7 points, Cats 5, Bees 1; Ants - Cats is left. Group Y is over: Dogs 12 points.
    let tournament = last_match();
    let [ants, bees, cats] = <[_; 3]>::try_from(scenarios(&tournament, 0)).expect("three clubs");
    assert_eq!(
        answer(&tournament, &ants).as_deref(),
        Some("do not lose against Cats")
    );
    assert_eq!(answer(&tournament, &cats).as_deref(), Some("win at Ants"));
    assert_eq!(bees.status, Status::Eliminated);
    assert_eq!((ants.magic_number, cats.magic_number), (Some(1), Some(3)));
    // Here the points that suffice are also needed, so that collecting them is being first.
    for club in [&ants, &cats] {
        let magic = club.magic_number_probability.expect("a magic number");
        assert!((magic - club.probability).abs() < 1e-12, "{magic}");
    }
    assert_eq!(bees.magic_number_probability, None);
    assert!(ants.in_own_hands && cats.in_own_hands && !bees.in_own_hands);
    // With one goal a side on average a draw has probability exp(-2) I0(2) = 0.1353353 * 2.2795853 =
    // 0.3085083, so that the away club wins with probability (1 - 0.3085083) / 2 = 0.3457458.
    assert!(
        (cats.probability - 0.345_745_8).abs() < 1e-6,
        "{}",
        cats.probability
    );
    assert!(
        (ants.probability - 0.654_254_2).abs() < 1e-6,
        "{}",
        ants.probability
    );
    assert!(bees.probability.abs() < 1e-15);
    let over = scenarios(&tournament, 1);
    let statuses: Vec<Status> = over.iter().map(|scenario| scenario.status).collect();
    assert_eq!(
        statuses,
        [Status::Clinched, Status::Eliminated, Status::Eliminated]
    );
    assert_eq!(over[0].magic_number, Some(0));
}

#[test]
fn before_the_first_match() {
    // Ten points suffice: whoever wins three and draws one leaves a rival at most 6 + 1 = 7. Nine do not: three
    // wins and a defeat against a rival that wins its other three matches too leave both on 9 points.
    for scenario in scenarios(&two_groups(), 0) {
        assert_eq!(scenario.status, Status::Open);
        assert_eq!(scenario.magic_number, Some(10));
        // Four wins, or three and a draw: with w = 0.3457458 and d = 0.3085083 that is w^4 + 4 w^3 d.
        let magic = scenario.magic_number_probability.expect("a magic number");
        assert!((magic - 0.065_293).abs() < 1e-6, "{magic}");
        assert!(scenario.in_own_hands);
        assert_eq!(scenario.statements, None);
    }
}

#[test]
fn a_margin_is_named_where_the_result_does_not_decide() {
    // Ants and Bees have 6 points each after Ants - Bees 2-0; Bees - Ants is left, Cats have lost everything.
    // A win of the Bees makes them first; a draw or defeat leaves the Ants on more points.
    let tournament = group(["2-0", "1-0", "0-1", "", "0-1", "1-0"]);
    // Ants 9 points, Bees 6: the Bees need a win by more than 2-0, or 2-0 and then overall goal difference.
    // At 2-0 both clubs have 2-0 and 0-2 against each other and no away goal; overall the Ants have +2 and
    // the Bees +2 from the other matches, 2 goals each (Ants 1-0 and 1-0, Bees 1-0 and 1-0); goals 4-4 in all,
    // away goals one each: lots. At 3-1 the Bees are behind on away goals, as at 4-2.
    assert_eq!(
        answers(&tournament),
        [
            "do not lose at Bees by 2 or more or lose at Bees by 2 scoring 1 or more, or lose at Bees 0-2 and win the drawing of lots among 2",
            "win against Ants by 3 or more, or win against Ants 2-0 and win the drawing of lots among 2",
            "eliminated"
        ]
    );
    let [ants, bees, _] = <[_; 3]>::try_from(scenarios(&tournament, 0)).expect("three clubs");
    assert_eq!((ants.magic_number, bees.magic_number), (Some(1), None));
    assert!(ants.in_own_hands, "a draw is enough");
    assert!(bees.in_own_hands, "a win by three is enough");
    assert!((ants.probability + bees.probability - 1.0).abs() < 1e-12);
}

#[test]
fn lots_neither_clinch_nor_eliminate() {
    // Every match ends 0-0 at home and away: all three are level on everything.
    let tournament = group(["0-0"; 6]);
    for scenario in scenarios(&tournament, 0) {
        assert_eq!(scenario.status, Status::Open);
        assert!(!scenario.in_own_hands);
        assert_eq!(scenario.magic_number, None);
        assert!((scenario.probability - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(
            answer(&tournament, &scenario).as_deref(),
            Some("finish level at the top on every criterion and win the drawing of lots among 3")
        );
    }
}

#[test]
fn lots_that_were_drawn_decide() {
    let mut tournament = group(["0-0"; 6]);
    tournament.lots = vec![
        tournament.groups[0].clubs[2],
        tournament.groups[0].clubs[0],
        tournament.groups[0].clubs[1],
    ];
    let all = scenarios(&tournament, 0);
    let statuses: Vec<Status> = all.iter().map(|scenario| scenario.status).collect();
    assert_eq!(
        statuses,
        [Status::Eliminated, Status::Eliminated, Status::Clinched]
    );
}

#[test]
fn two_matches_left_are_told_together() {
    // Ants 7 points from 3 matches, Bees 4 from 3, Cats 0 from 2. Left: Cats - Bees and Ants - Cats.
    // The Bees need to win at the Cats, and the Ants to lose: then both have 7 points, and head-to-head the
    // Ants are ahead (2-0 and 1-1). So the Ants have won the group.
    let clinched = group(["2-0", "1-0", "0-1", "1-1", "", ""]);
    assert_eq!(answers(&clinched), ["clinched", "eliminated", "eliminated"]);
    // With 0-3 in place of 2-0: Ants 4 points, Bees 7. Only if the Ants win and the Bees lose are they level
    // on 7, and the Bees are ahead head-to-head.
    let other = group(["0-3", "1-0", "0-1", "1-1", "", ""]);
    assert_eq!(answers(&other), ["eliminated", "clinched", "eliminated"]);
    // With 2-0 and 1-0: Ants and Bees 6 points from 3 matches, the Ants ahead head-to-head (2-0, 0-1), Cats 0.
    // If the Cats win both matches, by a and by b goals, all three have 6 points and these goal differences: Ants
    // 2 - b, Bees -a, Cats a + b - 2. The Ants are first only if a = b = 1. If a = 2 and b = 1, Ants and Cats are
    // level; away goals are level too if it is 0-1 at the Ants, and so are then the two matches between them
    // (1-0 each for the guests). All goals are 3 to 3 if the Cats have beaten the Bees 2-0: lots.
    let open = group(["2-0", "1-0", "0-1", "1-0", "", ""]);
    assert_eq!(
        answers(&open),
        [
            "win against Cats, or draw against Cats and Bees do not win at Cats, \
             or lose against Cats by exactly 1 and Cats beat Bees by exactly 1, \
             or lose against Cats 0-1 and Cats beat Bees 2-0 and win the drawing of lots among 2",
            "win at Cats and Ants do not beat Cats, or draw at Cats and Cats win at Ants",
            "win against Bees by exactly 1 and win at Ants by 2 or more, \
             or either win against Bees by 3 or more or by 2 conceding 1 or more, and win at Ants, \
             or win against Bees 2-0, and either win at Ants by 2 or more or by 1 conceding 1 or more, \
             or win against Bees 2-0 and win at Ants 1-0 and win the drawing of lots among 2"
        ]
    );
}
