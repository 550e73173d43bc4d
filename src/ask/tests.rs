//! What questions mean, known answers on a tiny cup, and what is said of words that are no question.

use super::{Event, Ruling, ask, parse};
use crate::conditions::Conditions;
use crate::forecast::{Effort, ModelNote, Request};
use crate::goals::{GoalModel, Occasion, Rates};
use crate::ids::{ClubId, RoundId};
use crate::tournament::{Goals, MatchResult, Moment, Tournament, bundled, file};

struct Even;

impl GoalModel for Even {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }
}

fn real() -> Tournament {
    bundled::open("ccl-2013-14").expect("a bundled tournament")
}

fn club(tournament: &Tournament, code: &str) -> ClubId {
    tournament.find_club(code).expect("a club")
}

fn event(text: &str) -> Event {
    let question = parse(text, &real()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(question.given, None);
    question.event
}

#[test]
fn statements_mean_what_they_say() {
    let cup = real();
    let (tol, ca, cal) = (club(&cup, "TOL"), club(&cup, "CA"), club(&cup, "CAL"));
    let (semifinal, last) = (RoundId(1), RoundId(2));
    let cases = [
        ("TOL champion", Event::Wins(tol, last)),
        ("Toluca wins the title", Event::Wins(tol, last)),
        ("is cruz azul champion?", Event::Wins(ca, last)),
        ("TOL wins its group", Event::Place(tol, 1)),
        ("TOL is second in its group", Event::Place(tol, 2)),
        ("TOL is seed 1", Event::Seed(tol, 1..=1)),
        ("TOL is seed 2-4", Event::Seed(tol, 2..=4)),
        ("TOL reaches the final", Event::Reaches(tol, last)),
        ("TOL in semifinals", Event::Reaches(tol, semifinal)),
        ("TOL wins the semifinal", Event::Wins(tol, semifinal)),
        ("TOL out in the semifinal", Event::OutIn(tol, semifinal)),
        ("TOL out in the group", Event::OutInGroup(tol)),
        ("TOL meets CA", Event::Meet(tol, ca, None)),
        (
            "TOL meets CA in the sf",
            Event::Meet(tol, ca, Some(semifinal)),
        ),
        (
            "CA beats TOL in the final",
            Event::Beats(ca, tol, Some(last)),
        ),
        (
            "SF TOL-CA 2-1",
            Event::LegScore(tol, ca, Some(semifinal), Goals { home: 2, away: 1 }),
        ),
        (
            "Toluca - Cruz Azul away win",
            Event::LegResult(tol, ca, None, MatchResult::AwayWin),
        ),
        (
            "total goals in the final over 2",
            Event::Goals(last, 3..=u32::MAX),
        ),
        (
            "total goals in the final over 2.5",
            Event::Goals(last, 3..=u32::MAX),
        ),
        (
            "total goals in the final under 3",
            Event::Goals(last, 0..=2),
        ),
        (
            "total goals in the final exactly 3",
            Event::Goals(last, 3..=3),
        ),
        ("the final goes to extra time", Event::ExtraTime(last)),
        (
            "the semifinal goes to penalties",
            Event::ShootOut(semifinal),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(event(text), expected, "{text}");
    }
    let position = |found: Event| match found {
        Event::GroupScore(at, goals) => (at, goals),
        other => panic!("{other:?} is no group score"),
    };
    let (at, goals) = position(event("TOL-CAL 2-1"));
    let mut fixtures = cup.group_ids().flat_map(|group| cup.fixtures_of(group));
    let (_, fixture) = fixtures.nth(at).expect("a fixture");
    assert_eq!(
        (fixture.home, fixture.away, goals),
        (tol, cal, Goals { home: 2, away: 1 })
    );
}

#[test]
fn words_bind_as_documented() {
    let cup = real();
    let (tol, ca, tij) = (club(&cup, "TOL"), club(&cup, "CA"), club(&cup, "TIJ"));
    let last = RoundId(2);
    let wins = |club| Event::Wins(club, last);
    let reaches = |club| Event::Reaches(club, last);
    let cases = [
        (
            "CA and TOL in the final",
            Event::All(vec![reaches(ca), reaches(tol)]),
        ),
        ("CA or TOL champion", Event::Any(vec![wins(ca), wins(tol)])),
        (
            "(CA or TOL) champion",
            Event::Any(vec![wins(ca), wins(tol)]),
        ),
        (
            "TOL wins its group and is seed 1",
            Event::All(vec![Event::Place(tol, 1), Event::Seed(tol, 1..=1)]),
        ),
        (
            "CA champion or TOL champion and TIJ in the final",
            Event::Any(vec![wins(ca), Event::All(vec![wins(tol), reaches(tij)])]),
        ),
        (
            "(CA champion or TOL champion) and not TIJ in the final",
            Event::All(vec![
                Event::Any(vec![wins(ca), wins(tol)]),
                Event::Not(Box::new(reaches(tij))),
            ]),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(event(text), expected, "{text}");
    }
    let question = parse("CA champion given TOL out in the semifinal", &cup).expect("a question");
    assert_eq!(question.event, wins(ca));
    assert_eq!(question.given, Some(Event::OutIn(tol, RoundId(1))));
}

#[test]
fn mistakes_point_at_the_word() {
    let say = |text: &str| parse(text, &real()).expect_err("a mistake").to_string();
    let expected = "\
error: `champoin` is nothing that can be said of a club
 --> question:1:5
  |
1 | TOL champoin
  |     ^^^^^^^^
  |
  = help: did you mean `champion`?
";
    assert_eq!(say("TOL champoin"), expected);
    for (text, fact) in [
        ("Tolucca champion", "`tolucca` is no club"),
        ("TOL in the quarter", "a round should stand here"),
        ("TOL is seed 9", "a seed should stand here"),
        ("TOL", "the question ends after a club"),
        ("", "the question ends where a club should stand"),
        (
            "(TOL champion or CA champion",
            "a parenthesis is not closed",
        ),
        ("TOL champion CA", "the question goes on where it could end"),
        ("SF TOL-CAL 2-1", "there is no such match"),
        (
            "total goals in the final over many",
            "a number of goals should stand here",
        ),
    ] {
        let message = say(text);
        assert!(message.contains(fact), "{text}: {message}");
        assert!(message.contains("help: "), "{text}: {message}");
    }
}

#[test]
fn a_tiny_cup_answers_as_worked_out_by_hand() {
    // models/tiny/last-match at even rates of 1: P(draw) = e^-2 I0(2) = 0.308508, a win of either side w = 0.345746.
    // CAT wins group X if it wins at ANT (w), otherwise ANT (0.654254); DOG hosts the final as seed 1 and wins it with 1/2.
    // ANT-CAT 0-0: e^-2 = 0.135335. ANT champion given CAT does not win its group: 1/2.
    // More than 2 goals in the final over 90 minutes at a total rate of 2: more with extra time, so only a bound is checked.
    // Within 4 standard errors, 200,000 runs, seed 1.
    let text = include_str!("../../models/tiny/last-match.toml");
    let cup = file::read("last-match", text).expect("a tiny cup is valid");
    let cases = [
        ("CAT wins its group", 0.345_746),
        ("ANT wins its group", 0.654_254),
        ("ANT is seed 2 and champion", 0.327_127),
        ("ANT-CAT 0-0", 0.135_335),
        ("ANT-CAT draw", 0.308_508),
        ("ANT champion given not CAT wins its group", 0.5),
        ("DOG meets CAT in the final", 0.345_746),
        ("DOG beats CAT or ANT champion", 0.345_746 / 2.0 + 0.327_127),
        ("DOG is seed 1", 1.0),
        ("DOG-ANT draw given DOG meets ANT", 0.308_508),
        ("final goes to extra time", 0.308_508),
    ];
    let questions: Vec<_> = cases
        .iter()
        .map(|(text, _)| parse(text, &cup).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let conditions = Conditions::default();
    let request = Request {
        known: &cup,
        moment: Moment::Now,
        model: &Even,
        note: ModelNote {
            name: "even".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions: &conditions,
        effort: Effort::Runs(200_000),
        seed: 1,
        threads: None,
    };
    let answers = ask(&request, &questions);
    for ((text, expected), answer) in cases.iter().zip(&answers.answers) {
        let chance = answer.chance().expect("what is given happens");
        assert!(
            (chance.probability - expected).abs() <= 4.0 * chance.standard_error,
            "{text}: {chance:?}, not {expected}"
        );
    }
    // A condition that never happens has no answer.
    let never = parse(
        "ANT champion given ANT out in the group and ANT in the final",
        &cup,
    );
    let never = ask(&request, &[never.expect("a question")]);
    assert_eq!(never.answers[0].chance(), None);
    assert_eq!(never.answers[0].ruling, Ruling::NeverGiven);
}
