//! Small made-up groups in which one criterion alone decides; the slow twin on random results is below.

mod slow_twin;

use super::*;
use crate::tournament::{Points, SeedingCriterion};
use GroupCriterion::{
    AwayGoals, AwayWins, GoalDifference, HeadToHeadAwayGoals, HeadToHeadGoalDifference,
    HeadToHeadGoals, HeadToHeadPoints, ReapplyHeadToHead, Wins,
};

/// The tiebreakers of the CONCACAF Champions League 2013-14.
const CCL: [GroupCriterion; 8] = [
    HeadToHeadPoints,
    HeadToHeadGoalDifference,
    HeadToHeadAwayGoals,
    ReapplyHeadToHead,
    GoalDifference,
    GroupCriterion::Goals,
    AwayGoals,
    GroupCriterion::Lots,
];

fn rules(tiebreakers: &[GroupCriterion]) -> Rules {
    Rules {
        points: Points {
            win: 3,
            draw: 1,
            loss: 0,
        },
        advance: 1,
        group_tiebreakers: tiebreakers.to_vec(),
        seeding: vec![SeedingCriterion::Points, SeedingCriterion::Lots],
    }
}

/// A match between clubs given by number.
fn game(home: u16, away: u16, score: &str) -> GroupMatch {
    GroupMatch {
        home: ClubId(home),
        away: ClubId(away),
        goals: score.parse().expect("a score"),
    }
}

/// Matches as `"home-away h-a"`, clubs by number.
fn games(list: &[&str]) -> Vec<GroupMatch> {
    let parse = |text: &&str| {
        let (pair, score) = text.split_once(' ').expect("a pair and a score");
        let (home, away) = pair.split_once('-').expect("two clubs");
        let club = |text: &str| text.parse().expect("a club number");
        game(club(home), club(away), score)
    };
    list.iter().map(parse).collect()
}

fn clubs(count: u16) -> Vec<ClubId> {
    (0..count).map(ClubId).collect()
}

fn table(count: u16, list: &[&str], tiebreakers: &[GroupCriterion]) -> Standings {
    let lots = &mut Lots::Known(&[]);
    Standings::of(&clubs(count), &games(list), &rules(tiebreakers), lots)
}

fn order(standings: &Standings) -> Vec<u16> {
    standings.rows.iter().map(|row| row.club.0).collect()
}

/// The criterion that decided between two clubs and their figures on it.
fn decisive(standings: &Standings, better: u16, worse: u16) -> (GroupCriterion, i64, i64) {
    let pair = (ClubId(better), ClubId(worse));
    let separation = standings
        .separations
        .iter()
        .find(|separation| (separation.better, separation.worse) == pair)
        .expect("the pair was level on points");
    let step = separation.decisive().expect("figures decided");
    (step.criterion, step.better, step.worse)
}

#[test]
fn a_row_counts_everything() {
    // Club 0: 2-1 at home, 3-0 and 1-1 away, 0-2 at home.
    let table = table(3, &["0-1 2-1", "2-0 0-3", "1-0 1-1", "0-2 0-2"], &CCL);
    let row = table.rows.iter().find(|row| row.club == ClubId(0));
    let expected = Record {
        club: ClubId(0),
        played: 4,
        won: 2,
        drawn: 1,
        lost: 1,
        goals_for: 6,
        goals_against: 4,
        away_goals: 4,
        away_wins: 1,
        points: 7,
        deducted: 0,
    };
    assert_eq!(row, Some(&expected));
}

#[test]
fn points_rank_first() {
    // 0: one defeat; 1: a win; 2: a draw and a defeat would be 1 point; here 2 beats nobody.
    let table = table(3, &["0-1 0-1", "1-2 2-2"], &CCL);
    assert_eq!(order(&table), [1, 2, 0], "4, 1 and 0 points");
    assert_eq!(table.separations, [], "nobody is level on points");
}

#[test]
fn points_are_data() {
    // Two draws (2 points) against one win and a defeat: 2 points where a win counts 2, 3 where it counts 3.
    let list = games(&["0-1 0-0", "1-0 0-0", "2-3 1-0", "3-2 9-0"]);
    let mut rules = rules(&[GoalDifference, GroupCriterion::Lots]);
    rules.points.win = 2;
    let table = Standings::of(&clubs(4), &list, &rules, &mut Lots::Known(&[]));
    let points: Vec<i32> = table.rows.iter().map(|row| row.points).collect();
    assert_eq!(points, [2, 2, 2, 2]);
    assert_eq!(order(&table), [3, 0, 1, 2], "goal difference +8, 0, 0, -8");
}

// In the following groups of three, clubs 0 and 1 are level on points, every criterion before the one named
// is level too, and those after it would rank club 1 first (head-to-head ones may be level).

#[test]
fn head_to_head_points_alone_decide() {
    let list = [
        "0-1 2-1", "0-2 3-0", "1-0 0-0", "1-2 2-0", "2-0 1-0", "2-1 0-3",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [0, 1, 2], "7, 7 and 3 points");
    assert_eq!(decisive(&table, 0, 1), (HeadToHeadPoints, 4, 1));
}

#[test]
fn head_to_head_goal_difference_alone_decides() {
    let list = [
        "0-1 3-0", "0-2 1-0", "1-0 2-0", "1-2 3-1", "2-0 1-2", "2-1 0-3",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [0, 1, 2], "9, 9 and 0 points");
    assert_eq!(decisive(&table, 0, 1), (HeadToHeadGoalDifference, 1, -1));
}

#[test]
fn head_to_head_away_goals_alone_decide() {
    let list = [
        "0-1 0-2", "0-2 0-2", "1-0 1-3", "1-2 0-1", "2-0 1-0", "2-1 3-2",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [2, 0, 1], "12, 3 and 3 points");
    assert_eq!(decisive(&table, 0, 1), (HeadToHeadAwayGoals, 3, 2));
}

#[test]
fn head_to_head_goals_alone_decide() {
    // Only draws, so points and goal difference are level; goals 5, 3 and 4, away goals 0, 3 and 3.
    let list = [
        "0-1 2-2", "1-0 0-0", "0-2 3-3", "2-0 0-0", "1-2 0-0", "2-1 1-1",
    ];
    let criteria = [
        HeadToHeadPoints,
        HeadToHeadGoalDifference,
        HeadToHeadGoals,
        HeadToHeadAwayGoals,
        GroupCriterion::Lots,
    ];
    let table = table(3, &list, &criteria);
    assert_eq!(order(&table), [0, 2, 1]);
    assert_eq!(decisive(&table, 0, 2), (HeadToHeadGoals, 5, 4));
    assert_eq!(decisive(&table, 2, 1), (HeadToHeadGoals, 4, 3));
}

#[test]
fn goal_difference_alone_decides() {
    let list = [
        "0-1 3-0", "0-2 0-0", "1-0 3-0", "1-2 0-3", "2-0 1-0", "2-1 2-2",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [2, 0, 1], "8, 4 and 4 points");
    assert_eq!(decisive(&table, 0, 1), (GoalDifference, -1, -3));
}

#[test]
fn goals_alone_decide() {
    let list = [
        "0-1 0-1", "0-2 3-0", "1-0 0-1", "1-2 0-0", "2-0 1-1", "2-1 0-3",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [0, 1, 2], "7, 7 and 2 points");
    assert_eq!(decisive(&table, 0, 1), (GroupCriterion::Goals, 5, 4));
}

#[test]
fn away_goals_alone_decide() {
    let list = [
        "0-1 0-0", "0-2 1-2", "1-0 0-0", "1-2 2-2", "2-0 3-3", "2-1 3-2",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [2, 0, 1], "8, 3 and 3 points");
    assert_eq!(decisive(&table, 0, 1), (AwayGoals, 3, 2));
}

#[test]
fn wins_alone_decide() {
    // Club 0 has a win and two defeats (goal difference -1), club 1 three draws (0); they have not met.
    let list = [
        "0-2 1-0", "0-3 0-1", "3-0 1-0", "1-2 0-0", "1-3 0-0", "2-1 0-0",
    ];
    let criteria = [HeadToHeadPoints, Wins, GoalDifference, GroupCriterion::Lots];
    let table = table(4, &list, &criteria);
    assert_eq!(order(&table), [3, 0, 1, 2], "7, 3, 3 and 2 points");
    assert_eq!(decisive(&table, 0, 1), (Wins, 1, 0));
}

#[test]
fn away_wins_alone_decide() {
    let list = [
        "0-1 1-0", "0-2 1-1", "1-0 1-0", "1-2 3-0", "2-0 2-3", "2-1 2-2",
    ];
    let criteria = [
        HeadToHeadPoints,
        AwayWins,
        GoalDifference,
        GroupCriterion::Goals,
        GroupCriterion::Lots,
    ];
    let table = table(3, &list, &criteria);
    assert_eq!(order(&table), [0, 1, 2], "7, 7 and 2 points");
    assert_eq!(decisive(&table, 0, 1), (AwayWins, 1, 0));
}

/// Three clubs level on everything: each wins its home matches 1-0.
const ALL_LEVEL: [&str; 6] = [
    "0-1 1-0", "1-0 1-0", "0-2 1-0", "2-0 1-0", "1-2 1-0", "2-1 1-0",
];

#[test]
fn without_a_drawing_clubs_stay_level() {
    let table = table(3, &ALL_LEVEL, &CCL);
    assert_eq!(order(&table), [0, 1, 2], "the order given");
    assert_eq!(table.level, [clubs(3)]);
    assert!(table.is_level(ClubId(1)));
    assert!(
        table
            .separations
            .iter()
            .all(|pair| pair.verdict == Verdict::Level)
    );
    assert_eq!(table.separations.len(), 3);
}

#[test]
fn lots_alone_decide() {
    let known = [ClubId(2), ClubId(7), ClubId(0), ClubId(1)];
    let games = games(&ALL_LEVEL);
    let table = Standings::of(&clubs(3), &games, &rules(&CCL), &mut Lots::Known(&known));
    assert_eq!(order(&table), [2, 0, 1]);
    assert_eq!(table.level, Vec::<Vec<ClubId>>::new());
    assert!(
        table
            .separations
            .iter()
            .all(|pair| pair.verdict == Verdict::Lots)
    );

    let partly_known = [ClubId(2), ClubId(0)];
    let table = Standings::of(
        &clubs(3),
        &games,
        &rules(&CCL),
        &mut Lots::Known(&partly_known),
    );
    assert_eq!(
        table.level,
        [clubs(3)],
        "lots about two of three decide nothing"
    );

    let mut asked = Vec::new();
    let mut draw = |level: &[ClubId]| {
        asked.push(level.to_vec());
        level.iter().rev().copied().collect()
    };
    let table = Standings::of(&clubs(3), &games, &rules(&CCL), &mut Lots::Drawn(&mut draw));
    assert_eq!(order(&table), [2, 1, 0]);
    assert_eq!(asked, [clubs(3)], "one drawing for all three");
}

#[test]
fn two_that_stay_level_are_compared_alone() {
    // CONCACAF Champions League 2013-14, group 5: 0 Montreal, 1 San Jose, 2 Heredia, all on 6 points.
    // Among the three San Jose are on +2, Montreal and Heredia on -1 with no away goal; between those two
    // Montreal are ahead, 2-0 and 0-1. Without the reapplied comparison their 3 goals against 2 would tell.
    let list = [
        "0-1 1-0", "2-0 1-0", "2-1 1-0", "1-0 3-0", "0-2 2-0", "1-2 1-0",
    ];
    let table = table(3, &list, &CCL);
    assert_eq!(order(&table), [1, 0, 2]);
    let separation = &table.separations[2];
    assert_eq!(
        (separation.better, separation.worse),
        (ClubId(0), ClubId(2))
    );
    let everyone = Some(clubs(3));
    let the_two = Some(vec![ClubId(0), ClubId(2)]);
    let step = |criterion, among: &Option<Vec<ClubId>>, better, worse| Step {
        criterion,
        among: among.clone(),
        better,
        worse,
    };
    let expected = [
        step(HeadToHeadPoints, &everyone, 6, 6),
        step(HeadToHeadGoalDifference, &everyone, -1, -1),
        step(HeadToHeadAwayGoals, &everyone, 0, 0),
        step(HeadToHeadPoints, &the_two, 3, 3),
        step(HeadToHeadGoalDifference, &the_two, 1, -1),
    ];
    assert_eq!(separation.steps, expected);
    assert_eq!(separation.verdict, Verdict::Figures);

    let once: Vec<_> = CCL
        .into_iter()
        .filter(|it| *it != ReapplyHeadToHead)
        .collect();
    let table = self::table(3, &list, &once);
    assert_eq!(decisive(&table, 0, 2), (GroupCriterion::Goals, 3, 2));
}

#[test]
fn reapplied_in_a_group_of_four() {
    // Clubs 0, 1, 2 on 6 points, club 3 on 12. Among the three: 5 points and goal difference 0 each, away
    // goals 1, 2 and 2, so 0 is last of them; between 1 and 2 alone 1 has 4 points against 1, although 2 has
    // the better goal difference over all matches.
    let list = [
        "0-1 1-1", "0-2 1-1", "0-3 0-0", "1-0 0-1", "1-2 1-1", "1-3 0-2", "2-0 1-0", "2-1 0-1",
        "2-3 1-1", "3-0 1-0", "3-1 0-0", "3-2 2-1",
    ];
    let once: Vec<_> = CCL
        .into_iter()
        .filter(|it| *it != ReapplyHeadToHead)
        .collect();
    assert_eq!(order(&table(4, &list, &CCL)), [3, 1, 2, 0]);
    assert_eq!(order(&table(4, &list, &once)), [3, 2, 1, 0]);
    assert_eq!(
        decisive(&table(4, &list, &CCL), 1, 2),
        (HeadToHeadPoints, 4, 1)
    );
}
