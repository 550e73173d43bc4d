//! What the bundled files say, against figures taken from the match lists they were made from.

use super::*;
use crate::ids::ClubId;
use crate::tournament::bundled;
use crate::tournament::{
    BestFinish, DrawConstraint, Goals, GroupCriterion, MatchStage, SecondLegHost, Side,
};
use jiff::civil::date;

fn bundled_tournament(name: &str) -> Tournament {
    bundled::open(name).unwrap_or_else(|error| panic!("{error}"))
}

fn club(tournament: &Tournament, code: &str) -> ClubId {
    let index = tournament.clubs.iter().position(|club| club.code == code);
    ClubId::new(index.expect("the code is known"))
}

/// Clubs, matches, all goals, goals of group matches, home goals: counted in the public match lists.
#[test]
fn every_edition_has_its_matches_and_goals() {
    let expected = [
        ("ccl-2008-09", 24, 77, 219, 141, 136),
        ("ccl-2009-10", 24, 78, 242, 153, 159),
        ("ccl-2010-11", 24, 78, 241, 156, 146),
        ("ccl-2011-12", 24, 78, 241, 136, 155),
        ("ccl-2012-13", 24, 62, 182, 149, 115),
        ("ccl-2013-14", 24, 62, 151, 123, 91),
    ];
    let tournament = bundled_tournament("ccl-2013-14");
    let mut editions = bundled::open_history(&tournament, None).unwrap();
    editions.push(tournament.to_edition());
    assert_eq!(editions.len(), expected.len());
    for (edition, (id, clubs, matches, goals, group_goals, home_goals)) in
        editions.iter().zip(expected)
    {
        let sum = |wanted: &dyn Fn(&MatchStage) -> bool| -> u32 {
            let counted = edition
                .matches
                .iter()
                .filter(|played| wanted(&played.stage));
            counted
                .map(|played| u32::from(played.goals.home) + u32::from(played.goals.away))
                .sum()
        };
        let home: u32 = edition
            .matches
            .iter()
            .map(|played| u32::from(played.goals.home))
            .sum();
        assert_eq!(edition.id, id);
        assert_eq!(edition.clubs.len(), clubs, "clubs of {id}");
        assert_eq!(edition.matches.len(), matches, "matches of {id}");
        assert_eq!(sum(&|_| true), goals, "goals of {id}");
        let is_group = |stage: &MatchStage| matches!(stage, MatchStage::Group { .. });
        assert_eq!(sum(&is_group), group_goals, "group goals of {id}");
        assert_eq!(home, home_goals, "home goals of {id}");
    }
    let comparable: Vec<bool> = editions
        .iter()
        .map(|edition| !edition.pots.is_empty())
        .collect();
    assert_eq!(comparable, [false, false, false, false, true, true]);
}

/// In the first edition a storm left one tie with a single match: 7 other preliminary ties, 4 quarterfinals,
/// 2 semifinals and the final had a first leg.
#[test]
fn a_single_match_tie_of_a_past_edition_is_no_first_leg() {
    let text = bundled::text("ccl-2008-09").unwrap();
    let edition = read_edition("2008-09", text).unwrap();
    let first_legs = edition
        .matches
        .iter()
        .filter(|played| played.stage.is_first_leg());
    assert_eq!(first_legs.count(), 14);
    let storm = edition
        .matches
        .iter()
        .find(|played| edition.clubs[played.away.index()].name == "Harbour View")
        .unwrap();
    assert_eq!(storm.goals, Goals { home: 3, away: 0 });
    let MatchStage::Knockout { round, leg, legs } = &storm.stage else {
        panic!("a knockout match, not {:?}", storm.stage);
    };
    assert_eq!((round.as_str(), *leg, *legs), ("preliminary", 1, 1));
}

#[test]
fn the_facts_of_2013_14_are_read() {
    let tournament = bundled_tournament("ccl-2013-14");
    assert_eq!(tournament.competition, "CONCACAF Champions League");
    assert_eq!(tournament.known_matches(), (48, 14));
    let cruz_azul = tournament.club(club(&tournament, "CA"));
    assert_eq!(cruz_azul.name, "Cruz Azul");
    assert_eq!(cruz_azul.aliases, ["藍十字"]);
    assert_eq!(cruz_azul.best_finish, BestFinish::RunnerUp);
    assert_eq!(cruz_azul.appearances, Some(4));
    assert_eq!(cruz_azul.last_appearance.as_deref(), Some("2010-11"));
    let montreal = tournament.club(club(&tournament, "MTL"));
    assert_eq!(montreal.last_appearance.as_deref(), Some("2008-09"));
    assert_eq!(tournament.club(club(&tournament, "HDA")).name, "Heredia");
    assert_eq!(tournament.club(club(&tournament, "HER")).name, "Herediano");
    let first = &tournament.groups[0];
    let codes: Vec<&str> = first
        .clubs
        .iter()
        .map(|id| tournament.club(*id).code.as_str())
        .collect();
    assert_eq!(
        (first.name.as_str(), codes),
        ("1", vec!["ARA", "HOU", "CON"])
    );
    assert!(
        tournament
            .rules
            .group_tiebreakers
            .contains(&GroupCriterion::ReapplyHeadToHead)
    );
    let draw = tournament.draw.as_ref().unwrap();
    assert_eq!(draw.date, Some(date(2013, 6, 3)));
    let exempt = vec![club(&tournament, "CAR")];
    assert_eq!(
        draw.constraints[0],
        DrawConstraint::ApartByAssociation { exempt }
    );
}

#[test]
fn the_bracket_of_2013_14_is_read() {
    let tournament = bundled_tournament("ccl-2013-14");
    let ties = &tournament.bracket.ties;
    assert_eq!(ties.len(), 7);
    assert_eq!(ties[0].sides, [Side::Seed(1), Side::Seed(8)]);
    assert_eq!(
        ties[4].sides,
        [Side::Winner(TieId(0)), Side::Winner(TieId(3))]
    );
    assert_eq!(ties[6].second_leg_host, SecondLegHost::Side(0));
    // Toluca - San Jose 1-1, 1-1 after extra time, 5-4 on penalties.
    let leg = &ties[0].legs[1];
    assert_eq!(leg.date, Some(date(2014, 3, 19)));
    let played = leg.played.unwrap();
    assert_eq!(played.home, club(&tournament, "TOL"));
    assert_eq!(played.score.ninety, Goals { home: 1, away: 1 });
    assert_eq!(
        played.score.after_extra_time,
        Some(Goals { home: 1, away: 1 })
    );
    assert_eq!(played.score.penalties, Some(Goals { home: 5, away: 4 }));
}

#[test]
fn the_place_of_every_match_is_known() {
    let text = bundled::text("ccl-2013-14").unwrap();
    let reading = read_with_sources("ccl-2013-14", text).unwrap();
    assert_eq!(reading.warnings, None);
    let first = &text[reading.sources.fixture(FixtureId(0))];
    assert!(
        first.contains("date = 2013-08-08, home = \"ARA\", away = \"CON\""),
        "{first}"
    );
    let last = &text[reading.sources.leg(TieId(6), 2).unwrap()];
    assert!(last.contains("tie = \"F\", leg = 2"), "{last}");
    assert_eq!(reading.sources.leg(TieId(6), 3), None);
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest_and_all_others() {
    let error = bundled::open("ccl-2013-15").unwrap_err().to_string();
    assert_eq!(
        error,
        "there is no tournament `ccl-2013-15`; did you mean `ccl-2013-14`? write one of \
         ccl-2012-13, ccl-2013-14, or a path to a .toml file"
    );
    let past = bundled::open("ccl-2008-09").unwrap_err().to_string();
    assert!(past.starts_with("ccl-2008-09 is a past edition"), "{past}");
}
