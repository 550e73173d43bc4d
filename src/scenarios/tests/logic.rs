//! What is called certain, against every scoreline tried; and the argument that makes a few of them enough.

use super::super::fate::{Fate, Status, fate};
use super::super::position::{OpenMatch, Place, Position, every_end, place_in};
use super::super::sheet::{Scoreline, Sheet};
use super::{group_in_progress, scoreline, tiebreakers, with_results};
use crate::ids::{ClubId, GroupId};
use crate::standings::{GroupMatch, Lots, Standings};
use crate::tournament::{Goals, Rules};
use proptest::prelude::*;

/// The clubs that share the first place by the ranking of all clubs, as bits.
fn top_by_definition(clubs: &[ClubId], matches: &[GroupMatch], rules: &Rules) -> u32 {
    let standings = Standings::of(clubs, matches, rules, &mut Lots::Known(&[]));
    let first = standings.order()[0];
    let level = standings.level.iter().find(|set| set.contains(&first));
    let members = level.cloned().unwrap_or_else(|| vec![first]);
    members
        .iter()
        .fold(0, |bits, club| bits | 1 << club.index())
}

fn sheet_of(clubs: &[ClubId], matches: &[GroupMatch], rules: &Rules) -> Sheet {
    let mut sheet = Sheet::new(vec![0; clubs.len()], rules.points);
    sheet.add_known(matches, clubs);
    sheet
}

/// Matches between clubs 0 to 3, any number of any pair.
fn matches() -> impl Strategy<Value = Vec<GroupMatch>> {
    let game = (0..4u16, 1..4u16, scoreline(3)).prop_map(|(home, ahead, goals)| GroupMatch {
        home: ClubId(home),
        away: ClubId((home + ahead) % 4),
        goals,
    });
    proptest::collection::vec(game, 0..12)
}

/// How good a place is.
fn rank(place: Place) -> u32 {
    match place {
        Place::First => 100,
        Place::Level(level) => 50 - level,
        Place::Behind => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_top_is_that_of_the_standings(matches in matches(), tiebreakers in tiebreakers()) {
        let mut rules = super::two_groups().rules;
        rules.group_tiebreakers = tiebreakers;
        let clubs: Vec<ClubId> = (0..4).map(ClubId).collect();
        let sheet = sheet_of(&clubs, &matches, &rules);
        prop_assert_eq!(sheet.top(&rules).clubs, top_by_definition(&clubs, &matches, &rules));
    }

    #[test]
    fn taking_a_match_away_undoes_adding_it(matches in matches(), goals in scoreline(5)) {
        let rules = super::two_groups().rules;
        let clubs: Vec<ClubId> = (0..4).map(ClubId).collect();
        let before = sheet_of(&clubs, &matches, &rules);
        let mut sheet = before.clone();
        let score = [i32::from(goals.home), i32::from(goals.away)];
        sheet.add([2, 0], score);
        sheet.remove([2, 0], score);
        for criterion in crate::tournament::GroupCriterion::ALL {
            let mut only = rules.clone();
            only.group_tiebreakers = vec![criterion];
            prop_assert_eq!(sheet.top(&only), before.top(&only));
        }
    }

    #[test]
    fn better_own_scores_never_harm(
        matches in matches(),
        tiebreakers in tiebreakers(),
        which in any::<prop::sample::Index>(),
        scores_more in any::<bool>(),
        home_improves in any::<bool>(),
    ) {
        let mut rules = super::two_groups().rules;
        rules.group_tiebreakers = tiebreakers;
        prop_assume!(!matches.is_empty() && Position::better_scores_never_harm(&rules));
        let clubs: Vec<ClubId> = (0..4).map(ClubId).collect();
        let mut better = matches.clone();
        let game = &mut better[which.index(matches.len())];
        let club = if home_improves { game.home } else { game.away };
        match (home_improves, scores_more) {
            (true, true) => game.goals.home += 1,
            (true, false) => game.goals.away = game.goals.away.saturating_sub(1),
            (false, true) => game.goals.away += 1,
            (false, false) => game.goals.home = game.goals.home.saturating_sub(1),
        }
        let place = |matches: &[GroupMatch]| {
            place_in(sheet_of(&clubs, matches, &rules).top(&rules).clubs, club.index())
        };
        let (before, after) = (place(&matches), place(&better));
        prop_assert!(
            rank(after).min(1) >= rank(before).min(1) && (before != Place::First || after == Place::First),
            "from {before:?} to {after:?}"
        );
    }
}

/// The same facts by trying every scoreline, own ones up to 5 goals and those of others up to `most`.
fn by_trying_everything(position: &Position<'_>, club: usize) -> Fate {
    let (own, others): (Vec<OpenMatch>, Vec<OpenMatch>) =
        position.open.iter().partition(|open| open.involves(club));
    let most = if others.len() > 1 { 9 } else { 14 };
    let grid = |most: i32| -> Vec<Scoreline> {
        (0..=most)
            .flat_map(|home| (0..=most).map(move |away| [home, away]))
            .collect()
    };
    let others: Vec<_> = others.into_iter().map(|open| (open, grid(most))).collect();
    let mut own_ends: Vec<Vec<(OpenMatch, Vec<Scoreline>)>> = vec![others];
    for open in own {
        let longer = own_ends.iter().flat_map(|ends| {
            grid(5).into_iter().map(move |score| {
                let mut ends = ends.clone();
                ends.push((open, vec![score]));
                ends
            })
        });
        own_ends = longer.collect();
    }
    let (mut all_first, mut none_at_all, mut own_hands) = (true, true, false);
    let mut fails_with: Option<u32> = None;
    let mut suffices: Vec<u32> = Vec::new();
    let before = position.known.points(club) as u32;
    for ends in own_ends {
        let (mut always, mut points) = (true, 0);
        every_end(&mut position.known.clone(), &ends, &mut |sheet| {
            let place = position.place(sheet, club);
            always &= place == Place::First;
            none_at_all &= place == Place::Behind;
            points = sheet.points(club) as u32 - before;
            true
        });
        all_first &= always;
        own_hands |= always;
        if always {
            suffices.push(points);
        } else {
            fails_with = Some(fails_with.map_or(points, |most| most.max(points)));
        }
    }
    Fate {
        status: match (all_first, none_at_all) {
            (true, _) => Status::Clinched,
            (false, true) => Status::Eliminated,
            (false, false) => Status::Open,
        },
        in_own_hands: own_hands,
        magic_number: suffices
            .into_iter()
            .filter(|points| fails_with.is_none_or(|most| *points > most))
            .min(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    // Known matches have at most one goal a side, so that five own goals outweigh everything known.
    #[test]
    fn what_is_certain_survives_every_scoreline(results in group_in_progress(1, 0..=2)) {
        let tournament = with_results(&results);
        let position = Position::of(&tournament, GroupId(0));
        for club in 0..3 {
            prop_assert_eq!(fate(&position, club), by_trying_everything(&position, club), "club {}", club);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn what_is_certain_survives_every_scoreline_of_three_matches(results in group_in_progress(1, 3..=3)) {
        let tournament = with_results(&results);
        let position = Position::of(&tournament, GroupId(0));
        for club in 0..3 {
            // With all three matches its own there are too many own scorelines to try them all here.
            if position.open.iter().filter(|open| open.involves(club)).count() < 3 {
                prop_assert_eq!(fate(&position, club), by_trying_everything(&position, club), "club {}", club);
            }
        }
    }
}

#[test]
fn tiebreakers_under_which_a_better_score_can_harm_are_refused() {
    use crate::tournament::GroupCriterion as C;
    // Clubs 0, 1 and 2 beat each other in turn at home, 1-0 each, and level on head-to-head away goals
    // (none) they are level on goal difference too; club 0 has beaten club 3 once more than the others have.
    let list = vec![
        C::HeadToHeadPoints,
        C::HeadToHeadAwayGoals,
        C::ReapplyHeadToHead,
        C::GoalDifference,
        C::Lots,
    ];
    let mut rules = super::two_groups().rules;
    rules.group_tiebreakers = list;
    assert!(!Position::better_scores_never_harm(&rules));
    let game = |home: u16, away: u16, (h, a): (u8, u8)| GroupMatch {
        home: ClubId(home),
        away: ClubId(away),
        goals: Goals { home: h, away: a },
    };
    let clubs: Vec<ClubId> = (0..4).map(ClubId).collect();
    // 0 beat 1 by 2-1, 1 beat 2 by 2-1, 2 beat 0 by 2-1: one away goal each, all level; overall goal
    // difference then favours 0, who scored most against 3 (all three beat 3).
    let mut matches = vec![
        game(0, 1, (2, 1)),
        game(1, 2, (2, 1)),
        game(2, 0, (2, 1)),
        game(0, 3, (5, 0)),
        game(1, 3, (1, 0)),
        game(2, 3, (1, 0)),
    ];
    let top = |matches: &[GroupMatch]| sheet_of(&clubs, matches, &rules).top(&rules).clubs;
    assert_eq!(top(&matches), 0b0001);
    // Club 0 concedes none to club 1: now club 1 drops out on away goals, and club 2 has beaten club 0.
    matches[0].goals.away = 0;
    assert_eq!(top(&matches), 0b0100);
}
