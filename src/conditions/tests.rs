//! Tests of what-ifs as people write them: what is understood, in which words it comes back, and every refusal.

use super::ItemKind as Kind;
use super::*;
use crate::tournament::{Moment, bundled};

fn as_of(moment: &str) -> Tournament {
    let full = bundled::open("ccl-2013-14").expect("a bundled tournament");
    full.as_of(Moment::parse(moment, &full).expect("a moment"))
}

/// The conditions in words, or the mistakes, one line each.
fn told(moment: &str, items: &[(ItemKind, &str)]) -> Vec<String> {
    let tournament = as_of(moment);
    let items: Vec<Item> = items
        .iter()
        .map(|(kind, text)| Item::new(*kind, text))
        .collect();
    match Conditions::read(&items, &tournament) {
        Ok(conditions) => conditions.words(&tournament),
        Err(errors) => errors
            .iter()
            .map(|error| format!("{}: {error}", error.item))
            .collect(),
    }
}

/// A moment, a condition, and its words.
const UNDERSTOOD: &[(&str, Kind, &str, &str)] = &[
    (
        "md4",
        Kind::Fix,
        "TOL-COM 0-3",
        "Toluca - Comunicaciones 0-3 (group 6, matchday 6)",
    ),
    (
        "md4",
        Kind::WinsGroup,
        "Toluca",
        "given that Toluca wins group 6",
    ),
    (
        "md4",
        Kind::NotWinsGroup,
        "tol",
        "given that Toluca does not win group 6",
    ),
    (
        "md4",
        Kind::Eliminate,
        "TOL",
        "Toluca is eliminated: last in group 6, its results stand",
    ),
    (
        "md4",
        Kind::Withdraw,
        "TOL",
        "Toluca withdraws: last in group 6, 1 match counts 0-3",
    ),
    (
        "start",
        Kind::Withdraw,
        "TOL",
        "Toluca withdraws: last in group 6, 4 matches count 0-3",
    ),
    (
        "md4",
        Kind::Annul,
        "TOL",
        "Toluca withdraws: last in group 6, all its matches are struck",
    ),
    (
        "groups",
        Kind::Annul,
        "TOL",
        "Toluca withdraws: its next opponent goes on",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL=-0.2",
        "Toluca weaker by 0.2 (log goals)",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL = 0.25",
        "Toluca stronger by 0.25 (log goals)",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL=TIJ",
        "Toluca as strong as Tijuana",
    ),
    ("md4", Kind::Pot, "TOL=A", "Toluca in pot A, not B"),
    (
        "md4",
        Kind::BestFinish,
        "TOL=champion",
        "Toluca's best finish champion, not semifinal",
    ),
    ("md4", Kind::Neutral, "F", "the final on neutral ground"),
    (
        "md4",
        Kind::Neutral,
        "Semifinal",
        "the semifinal on neutral ground",
    ),
    (
        "groups",
        Kind::Neutral,
        "QF1",
        "Toluca - San Jose Earthquakes (quarterfinal) on neutral ground",
    ),
    (
        "groups",
        Kind::Neutral,
        "CA-KC",
        "Cruz Azul - Sporting Kansas City (quarterfinal) on neutral ground",
    ),
    (
        "start",
        Kind::Neutral,
        "sf CA-TOL",
        "Cruz Azul - Toluca (semifinal) on neutral ground",
    ),
    (
        "md4",
        Kind::Neutral,
        "TOL-COM",
        "Toluca - Comunicaciones (group 6, matchday 6) on neutral ground",
    ),
    (
        "md4",
        Kind::NoHomeAdvantage,
        "",
        "no home advantage in any match",
    ),
    (
        "md4",
        Kind::Rule,
        "no-away-goals",
        "away goals do not count",
    ),
    (
        "md4",
        Kind::Rule,
        "no-extra-time",
        "no extra time: straight to the shoot-out",
    ),
    (
        "md4",
        Kind::Rule,
        "single-leg-final",
        "the final is a single match",
    ),
    (
        "md4",
        Kind::Rule,
        "higher-seed-hosts",
        "the better seed is at home in the last leg",
    ),
    ("md4", Kind::Rule, "two-points", "2 points for a win, not 3"),
    (
        "md4",
        Kind::Rule,
        "goal-difference-first",
        "goal difference and goals before head-to-head in the groups",
    ),
    (
        "md4",
        Kind::Rule,
        "random-bracket",
        "the bracket is drawn at random, not seeded",
    ),
];

#[test]
fn every_kind_is_understood_and_told_in_words() {
    for (moment, kind, text, words) in UNDERSTOOD {
        assert_eq!(told(moment, &[(*kind, text)]), [*words], "{kind:?} {text}");
    }
}

/// A moment, a condition that cannot be, and what is said about it.
const REFUSED: &[(&str, Kind, &str, &str)] = &[
    (
        "md4",
        Kind::WinsGroup,
        "Tolucca",
        "no club is called `Tolucca`; did you mean Toluca (TOL), Houston Dynamo (HOU) or Montreal Impact (MTL)?",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL",
        "`TOL` has no `=`; write for example `TOL=-0.2`",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL=TOL",
        "`TOL=TOL` says that a club is as strong as itself; name another club, or write a number",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL=20",
        "`TOL=20` changes a strength by more than 3; 0.2 is a lot already: it moves both rates by 22%",
    ),
    (
        "md4",
        Kind::Strength,
        "TOL=nan",
        "`TOL=nan` changes a strength by more than 3; 0.2 is a lot already: it moves both rates by 22%",
    ),
    (
        "md4",
        Kind::Pot,
        "TOL=D",
        "`TOL=D` names the pot `D`, which is not there; the pots are A, B or C",
    ),
    (
        "md4",
        Kind::BestFinish,
        "TOL=champoin",
        "`TOL=champoin` names no finish: `champoin`; did you mean `champion`?",
    ),
    (
        "md4",
        Kind::BestFinish,
        "TOL=7",
        "`TOL=7` names no finish: `7`; write none, preliminary, group, quarterfinal, semifinal, runner-up or champion",
    ),
    (
        "md4",
        Kind::Neutral,
        "QF1",
        "`QF1` is a tie whose clubs are not known yet; write `qf` for the whole round, or two clubs: `qf ONE-OTHER`",
    ),
    (
        "md4",
        Kind::Neutral,
        "somewhere",
        "`somewhere` names no round, tie or match; write `qf`, `sf` or `final`, or two clubs such as `TIJ-TOL`",
    ),
    (
        "md4",
        Kind::Neutral,
        "CA-TOL",
        "`CA-TOL` does not say in which round; write the quarterfinal, semifinal or final before the clubs",
    ),
    (
        "groups",
        Kind::Neutral,
        "sf TOL-SJ",
        "`sf TOL-SJ` names a round in which these clubs cannot meet; they can in the quarterfinal",
    ),
    (
        "md4",
        Kind::Rule,
        "no-away-goal",
        "`no-away-goal` is no rule that can be changed; did you mean `no-away-goals`?",
    ),
    (
        "md4",
        Kind::Rule,
        "away-goals",
        "`away-goals` changes nothing: that is how this tournament is played; leave it out",
    ),
    (
        "final-leg1",
        Kind::Rule,
        "single-leg-final",
        "`single-leg-final` comes too late: a leg of the final has been played; take an earlier moment with --as-of",
    ),
    (
        "qf-leg1",
        Kind::Rule,
        "random-bracket",
        "`random-bracket` comes too late: the knockout stage has begun; take an earlier moment with --as-of",
    ),
    (
        "now",
        Kind::Withdraw,
        "TOL",
        "`TOL` cannot be: the tournament is over; go back to a moment before its end with --as-of",
    ),
];

#[test]
fn what_cannot_be_is_refused_with_a_way_out() {
    for (moment, kind, text, message) in REFUSED {
        assert_eq!(
            told(moment, &[(*kind, text)]),
            [format!("0: {message}")],
            "{kind:?} {text}"
        );
    }
}

#[test]
fn conditions_that_contradict_each_other_are_refused_all_at_once() {
    let found = told(
        "md4",
        &[
            (Kind::WinsGroup, "TOL"),
            (Kind::WinsGroup, "COM"),
            (Kind::NotWinsGroup, "TOL"),
            (Kind::Withdraw, "TOL"),
            (Kind::Eliminate, "CAL"),
            (Kind::Annul, "CAL"),
            (Kind::Strength, "TOL=0.1"),
            (Kind::Strength, "TOL=TIJ"),
            (Kind::Strength, "TOL=0.2"),
            (Kind::Pot, "TOL=A"),
            (Kind::Pot, "TOL=C"),
            (Kind::Neutral, "final"),
            (Kind::Neutral, "F"),
            (Kind::Rule, "no-away-goals"),
            (Kind::Rule, "no-away-goals"),
            (Kind::Fix, "TOL-COM 1-0"),
            (Kind::Fix, "TOL-COM 2-0"),
        ],
    );
    let expected = [
        "1: `COM` cannot be: Toluca wins group 6 already; a group has one winner; leave one of the two out",
        "2: `TOL` is about Toluca, of which an earlier condition speaks; leave one of the two out",
        "3: `TOL` cannot be: it is given that Toluca wins its group; leave one of the two out",
        "5: `CAL` is about Caledonia AIA, which is out already; leave one of the two out",
        "8: `TOL=0.2` changes a strength that an earlier condition changes; give one change a club",
        "10: `TOL=C` gives a pot that an earlier condition gives; give one a club",
        "12: `F` is there twice; leave one of the two out",
        "14: `no-away-goals` is there twice; leave one of the two out",
        "16: `TOL-COM 2-0` fixes a match that an earlier fix has fixed already; give one result a match",
    ];
    assert_eq!(found, expected);
    let nobody = told(
        "md4",
        &[
            (Kind::NotWinsGroup, "TOL"),
            (Kind::NotWinsGroup, "COM"),
            (Kind::NotWinsGroup, "CAL"),
            (Kind::Withdraw, "CA"),
            (Kind::Annul, "HER"),
            (Kind::Eliminate, "VAL"),
        ],
    );
    let expected = [
        "2: `CAL` leaves its group without a winner; leave one club that may win it",
        "5: `VAL` leaves its group without a club; leave one club in the tournament",
    ];
    assert_eq!(nobody, expected);
    let struck = told("md4", &[(Kind::Annul, "TOL"), (Kind::Fix, "TOL-COM 1-0")]);
    let message = "0: `TOL` strikes a match of Toluca whose result is fixed; \
                   leave the fix out, or let the club withdraw without striking";
    // The fix is the last match of the group that Toluca plays, but not the group's last.
    assert_eq!(struck, [message]);
}

/// Every way to write a result that can mean one thing only.
#[test]
fn a_result_may_be_written_in_many_ways() {
    let ways = [
        "TOL-COM 0-3",
        "TOL-COM 0:3",
        "TOL\u{2013}COM 0\u{2013}3",
        "TOL \u{2014} COM 0 \u{2212} 3",
        "tol - com 0 - 3",
        "Toluca 0-3 Comunicaciones",
        "Toluca 0 : 3 Comunicaciones",
        "Toluca 0 Comunicaciones 3",
        "Toluca 0, Comunicaciones 3",
        "Toluca v Comunicaciones 0-3",
        "Toluca VS. Comunicaciones: 0-3",
        "Toluca x Comunicaciones 0-3",
        "0-3 TOL-COM",
        "  TOL-COM   0-3  ",
    ];
    for way in ways {
        assert_eq!(
            told("md4", &[(Kind::Fix, way)]),
            ["Toluca - Comunicaciones 0-3 (group 6, matchday 6)"],
            "{way}"
        );
    }
    let usual = "qf leg 2 TOL-SJ 1-1 aet 1-1 pens 5-4";
    let knockout = told("groups", &[(Kind::Fix, usual)]);
    assert_eq!(knockout.len(), 1);
    for way in [
        "QF leg2: TOL-SJ 1:1 aet 1:1 pens 5:4",
        "quarterfinal second leg TOL-SJ 1-1 (aet 1-1, pens 5-4)",
        "Quarter-final 2nd leg Toluca 1-1 San Jose a.e.t. 1-1 on penalties 5-4",
        "quarterfinals leg 2 Toluca 1-1 San Jose, after extra time 1-1, penalties: 5-4",
        "leg 2 TOL 1-1 SJ aet 1-1 pens 5-4",
    ] {
        assert_eq!(told("groups", &[(Kind::Fix, way)]), knockout, "{way}");
    }
}

#[test]
fn a_result_that_is_none_is_refused() {
    let refused = [
        ("TOL-COM", "is no result"),
        ("TOL 0-3", "is no result"),
        ("0-3", "is no result"),
        ("", "is no result"),
        ("TOL-COM 0-3x", "is no result"),
        ("TOL-COM 0-3-1", "no club is called"),
        ("TOL-COM 0-99", "more than 30 goals"),
        ("Tolucca 0-3 Comunicaciones", "Toluca (TOL)"),
        ("Toluca 0-3 Comunicacion", "Comunicaciones (COM)"),
        ("TOL 1-1 SJ aet", "no club is called"),
    ];
    for (text, fact) in refused {
        let told = told("md4", &[(Kind::Fix, text)]);
        assert!(told[0].contains(fact), "{text}: {}", told[0]);
    }
}

/// Clubs whose names have a dash or a score of their own.
#[test]
fn names_with_dashes_and_numbers_are_told_apart_or_refused() {
    let renamed = |names: [(&str, &str); 3]| {
        let mut tournament = as_of("md4");
        for (code, name) in names {
            let club = tournament.find_club(code).expect("a club");
            name.clone_into(&mut tournament.clubs[club.index()].name);
        }
        tournament
    };
    let words = |tournament: &Tournament, text: &str| {
        let read = Conditions::read(&[Item::new(Kind::Fix, text)], tournament);
        read.map_or_else(
            |errors| vec![errors[0].to_string()],
            |found| found.words(tournament),
        )
    };
    let odd = renamed([
        ("TOL", "Schalke 04"),
        ("COM", "Al-Ahli 1-1"),
        ("CAL", "1860"),
    ]);
    for way in [
        "Schalke 04 - Al-Ahli 1-1 0-3",
        "Schalke 04 0-3 Al-Ahli 1-1",
        "Schalke 04 v Al-Ahli 1-1 0:3",
    ] {
        assert_eq!(
            words(&odd, way),
            ["Schalke 04 - Al-Ahli 1-1 0-3 (group 6, matchday 6)"],
            "{way}"
        );
    }
    // With a club `Al` and a club `Al-Ahli` there are two ways to understand the dashes.
    let double = renamed([("TOL", "Al"), ("COM", "Ahli-Al"), ("CAL", "Al-Ahli")]);
    let told = words(&double, "Al-Ahli-Al 0-3");
    assert_eq!(
        told,
        [
            "`Al-Ahli-Al 0-3` can mean `TOL-COM 0-3` or `CAL-TOL 0-3`; write the codes of the clubs and the score behind them"
        ]
    );
}
