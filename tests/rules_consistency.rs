//! Knockout results that contradict the groups: each alone, with the whole message.

use cupcast::consistency::{self, Problem};
use cupcast::ids::ClubId;
use cupcast::tournament::{Goals, PlayedLeg, Tournament, bundled, file};

fn cup() -> Tournament {
    bundled::open("ccl-2013-14").expect("a bundled tournament")
}

fn club(cup: &Tournament, name: &str) -> ClubId {
    let found = cup.club_ids().find(|id| cup.club(*id).name == name);
    found.expect("a club of the cup")
}

/// The played leg (counted from 1) of a tie, to be changed.
fn leg<'a>(cup: &'a mut Tournament, tie: &str, leg: usize) -> &'a mut Option<PlayedLeg> {
    let tie = cup.bracket.ties.iter_mut().find(|it| it.name == tie);
    &mut tie.expect("a tie of the cup").legs[leg - 1].played
}

fn change(cup: &mut Tournament, tie: &str, number: usize, change: impl Fn(&mut PlayedLeg)) {
    change(leg(cup, tie, number).as_mut().expect("it was played"));
}

/// `tie/leg: message; help` of every problem.
fn problems(cup: &Tournament) -> Vec<String> {
    let words = |problem: &Problem| {
        let tie = &cup.bracket.tie(problem.tie).name;
        format!(
            "{tie}/{}: {}; {}",
            problem.leg, problem.message, problem.help
        )
    };
    consistency::check(cup).iter().map(words).collect()
}

#[test]
fn the_bundled_tournaments_are_consistent() {
    for id in ["ccl-2012-13", "ccl-2013-14"] {
        let reading = bundled::open_with_sources(id).expect("a bundled tournament");
        let told = consistency::diagnostics((&reading.tournament, &reading.sources));
        assert_eq!(told, [], "{id}");
    }
}

#[test]
fn a_club_that_did_not_qualify() {
    let mut cup = cup();
    let america = club(&cup, "América");
    change(&mut cup, "QF2", 1, |leg| leg.home = america);
    let expected = ["QF2/1: América did not qualify for QF2; \
         QF2 is Cruz Azul (seed 2) against Sporting Kansas City (seed 7)"];
    assert_eq!(
        problems(&cup),
        expected,
        "and nothing about SF2, which hangs on it"
    );
}

#[test]
fn a_club_of_another_tie() {
    let mut cup = cup();
    let toluca = club(&cup, "Toluca");
    change(&mut cup, "SF2", 2, |leg| leg.home = toluca);
    let expected = ["SF2/2: Toluca do not play in SF2; \
         SF2 is Cruz Azul (winner of QF2) against Tijuana (winner of QF3)"];
    assert_eq!(problems(&cup), expected);
}

#[test]
fn the_wrong_host() {
    let mut cup = cup();
    for number in [1, 2] {
        change(&mut cup, "F", number, |leg| {
            std::mem::swap(&mut leg.home, &mut leg.away);
        });
    }
    let expected = [
        "F/1: Toluca are not at home in leg 1 of F; \
         leg 1 is Cruz Azul - Toluca: Toluca host the second leg",
        "F/2: Cruz Azul are not at home in leg 2 of F; \
         leg 2 is Toluca - Cruz Azul: Toluca host the second leg",
    ];
    assert_eq!(problems(&cup), expected);
}

#[test]
fn a_second_leg_without_a_first() {
    let mut cup = cup();
    *leg(&mut cup, "F", 1) = None;
    let expected = ["F/2: F has a result of leg 2 but none of leg 1; \
         give the result of leg 1, or take this one out"];
    assert_eq!(problems(&cup), expected);
}

#[test]
fn a_result_before_the_groups_are_over() {
    let mut cup = cup();
    cup.fixtures[0].result = None;
    let told = problems(&cup);
    assert_eq!(
        told[0],
        "QF1/1: QF1 can't have a result before the groups are over; \
         give the missing results of the group stage, or take this one out"
    );
    assert_eq!(
        told.len(),
        4,
        "the quarterfinals, not what follows from them"
    );
}

#[test]
fn a_result_before_the_tie_that_feeds_it_is_decided() {
    let mut cup = cup();
    *leg(&mut cup, "QF4", 2) = None;
    let expected = [
        "SF1/1: SF1 can't have a result before QF4 is decided: not all its legs have \
         a result; complete the results of QF4, or take this one out",
    ];
    assert_eq!(problems(&cup), expected);

    let mut cup = self::cup();
    change(&mut cup, "QF1", 2, |leg| leg.score.penalties = None);
    let expected = [
        "SF1/1: SF1 can't have a result before QF1 is decided: it is level and has no \
         result of a shoot-out; complete the results of QF1, or take this one out",
    ];
    assert_eq!(problems(&cup), expected);
}

#[test]
fn lots_that_are_not_recorded_are_asked_for_once() {
    let mut cup = cup();
    // Group 1: every match 1-0 for the home club, so nothing separates Árabe Unido, Houston and W Connection.
    for fixture in cup.fixtures.iter_mut().filter(|it| it.group.index() == 0) {
        fixture.result = Some(Goals { home: 1, away: 0 });
    }
    let told = problems(&cup);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with(
            "QF1/1: who plays in QF1 hangs on lots that are not recorded: nothing separates \
             Árabe Unido and Houston Dynamo and W Connection; record how the lots fell"
        ),
        "{told:?}"
    );
    // Once they are, other clubs turn out to have qualified than those that played.
    cup.lots = cup.groups[0].clubs.clone();
    let told = problems(&cup);
    assert_eq!(
        told.len(),
        8,
        "both legs of all four quarterfinals: {told:?}"
    );
    assert_eq!(
        told[0],
        "QF1/1: San Jose Earthquakes do not play in QF1; \
         QF1 is Toluca (seed 1) against Árabe Unido (seed 8)"
    );
}

/// A mistake elsewhere in the file hides no result that contradicts the groups, and one in the groups leaves them unjudged.
#[test]
fn contradictions_are_told_with_all_other_mistakes() {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let wrong_clubs = text.replace(
        r#"home = "KC", away = "CA""#,
        r#"home = "OLI", away = "CA""#,
    );
    let wrong_clubs = wrong_clubs.replace(
        r#"home = "CA", away = "KC""#,
        r#"home = "CA", away = "OLI""#,
    );
    let messages = |text: &str| -> Vec<String> {
        let draft = file::Draft::read("cup.toml", text);
        let found = draft.with_results().map(consistency::diagnostics);
        let mistakes = draft
            .finish(found.unwrap_or_default())
            .expect_err("mistakes");
        let list = mistakes.list().iter();
        list.map(|mistake| mistake.message.clone()).collect()
    };
    let unqualified = "Olimpia did not qualify for QF2";
    let misspelt = wrong_clubs.replacen("berth =", "birth =", 1);
    assert_eq!(
        messages(&misspelt),
        ["a club has no key `birth`", unqualified, unqualified]
    );
    let no_group = wrong_clubs.replacen(
        r#"clubs = ["OLI", "KC", "EST"]"#,
        r#"clubs = ["OLI", "KC"]"#,
        1,
    );
    assert!(!messages(&no_group).contains(&unqualified.to_owned()));
}

#[test]
fn a_problem_points_at_its_line() {
    let text = bundled::text("ccl-2013-14").expect("a bundled text");
    let mut reading = bundled::open_with_sources("ccl-2013-14").expect("a bundled tournament");
    let america = club(&reading.tournament, "América");
    change(&mut reading.tournament, "QF2", 2, |leg| leg.away = america);
    let told = consistency::diagnostics((&reading.tournament, &reading.sources));
    assert_eq!(told.len(), 1);
    let line = &text[told[0].span.clone()];
    assert!(line.contains("QF2") && line.contains("leg = 2"), "{line}");
    assert_eq!(told[0].message, "América did not qualify for QF2");
}
