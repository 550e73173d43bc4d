//! Points deducted: counted in every table from their day on, played by the forecast, and nothing that a model learns from.

use super::command::{json, refusal, stdout};
use cupcast::conditions::Conditions;
use cupcast::forecast::{Effort, Forecast, ModelNote, Request, Unwatched, exactly, simulated};
use cupcast::goals::{GoalModel, JointScores, Occasion, Rates};
use cupcast::ids::{ClubId, GroupId};
use cupcast::standings::Standings;
use cupcast::tournament::{Moment, Tournament, file};
use std::path::PathBuf;

/// One group match (ANT - CAT, on 8 September) is left; ANT has 7 points, CAT 5, BEE 1.
const LAST_MATCH: &str = include_str!("../models/tiny/last-match.toml");

/// Every match ends 1-0 with probability 0.5, 1-1 with 0.2, 0-1 with 0.3.
struct ThreeScores;

impl GoalModel for ThreeScores {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(1.0, 1.0)
    }

    fn scores(&self, _: Rates) -> JointScores {
        JointScores::from_table(2, 2, vec![0.0, 0.3, 0.5, 0.2])
    }
}

fn deduction(club: &str, points: u8, date: &str) -> String {
    format!(
        "\n[[deduction]]\nclub = \"{club}\"\npoints = {points}\ndate = {date}\nreason = \"an ineligible player\"\n"
    )
}

fn with(deductions: &[String]) -> Tournament {
    let text = LAST_MATCH.to_owned() + &deductions.concat();
    file::read("deductions.toml", &text).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// The codes and points of a group, best club first.
fn table(tournament: &Tournament) -> Vec<(String, i32)> {
    let rows = Standings::of_group(tournament, GroupId::new(0)).rows;
    let row =
        |row: &cupcast::standings::Record| (tournament.club(row.club).code.clone(), row.points);
    rows.iter().map(row).collect()
}

fn codes(table: &[(&str, i32)]) -> Vec<(String, i32)> {
    table
        .iter()
        .map(|(code, points)| ((*code).to_owned(), *points))
        .collect()
}

fn request<'a>(known: &'a Tournament, conditions: &'a Conditions) -> Request<'a> {
    Request {
        known,
        moment: Moment::Now,
        model: &ThreeScores,
        note: ModelNote {
            name: "three scores".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions,
        effort: Effort::Runs(40_000),
        seed: 1,
        threads: None,
    }
}

fn forecast(tournament: &Tournament) -> Forecast {
    simulated(&request(tournament, &Conditions::default()), &Unwatched)
}

/// The path of a copy of the cup with these deductions.
fn written(name: &str, deductions: &[String]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let text = LAST_MATCH.to_owned() + &deductions.concat();
    std::fs::write(&path, text).expect("the test folder can be written");
    path.display().to_string()
}

#[test]
fn the_table_counts_them_from_their_day_on() {
    let cup = with(&[
        deduction("ANT", 3, "2020-08-26"),
        deduction("BEE", 1, "2020-09-01"),
        deduction("BEE", 2, "2020-09-02"),
    ]);
    assert_eq!(table(&cup), codes(&[("CAT", 5), ("ANT", 4), ("BEE", -2)]));
    // The decision of 26 August came after matchday 4 (25 August) and before the first match of matchday 5.
    let at = |moment: &str| table(&cup.as_of(Moment::parse(moment, &cup).expect("a moment")));
    assert_eq!(
        at("2020-08-25"),
        codes(&[("ANT", 7), ("CAT", 2), ("BEE", 1)])
    );
    assert_eq!(
        at("2020-08-26"),
        codes(&[("ANT", 4), ("CAT", 2), ("BEE", 1)])
    );
    assert_eq!(at("md4"), codes(&[("ANT", 4), ("CAT", 2), ("BEE", 1)]));
    assert_eq!(at("md3"), codes(&[("ANT", 4), ("CAT", 2), ("BEE", 1)]));
    assert_eq!(at("md5"), codes(&[("CAT", 5), ("ANT", 4), ("BEE", -2)]));
    assert_eq!(at("start"), codes(&[("ANT", 0), ("BEE", 0), ("CAT", 0)]));
}

#[test]
fn one_decided_before_the_first_match_is_known_at_the_start() {
    let cup = with(&[
        deduction("ANT", 3, "2020-08-03"),
        deduction("CAT", 1, "2020-08-04"),
    ]);
    let start = cup.as_of(Moment::Start);
    assert_eq!(table(&start), codes(&[("BEE", 0), ("CAT", 0), ("ANT", -3)]));
}

#[test]
fn the_forecast_plays_with_them() {
    // ANT has 4 points instead of 7: a draw in the last match leaves it with 5 behind the 6 of CAT, so that it is first only
    // if it wins, with 0.5. The final is at DOG, which has 12 points: 0.62 for the host.
    let odds = forecast(&with(&[deduction("ANT", 3, "2020-08-26")])).odds;
    let near = |found: f64, expected: f64| {
        let error = (expected * (1.0 - expected) / 40_000.0).sqrt();
        assert!(
            (found - expected).abs() <= 4.0 * error,
            "{found}, not {expected}; 40,000 runs, seed 1"
        );
    };
    near(odds.place[0][0], 0.5);
    near(odds.place[2][0], 0.5);
    near(odds.title[2], 0.5 * 0.38);
    // Seeds are ranked by what is left: DOG with 12 points less 9 is behind ANT with 7 or more and CAT with 8.
    let odds = forecast(&with(&[deduction("DOG", 9, "2020-09-10")])).odds;
    assert_eq!(odds.seed[3], [0.0, 1.0]);
}

#[test]
fn what_they_settle_is_certain() {
    // ANT has 7 points less 6 and at best 4, so that CAT with 5 has won the group.
    let cup = with(&[deduction("ANT", 6, "2020-08-26")]);
    let forecast = forecast(&cup);
    assert_eq!(forecast.odds.place[2][0], 1.0);
    assert_eq!(forecast.standard_errors.place[2][0], 0.0);
    // Less 5, ANT is level with CAT if it wins, and ahead by the match between them.
    let open = self::forecast(&with(&[deduction("ANT", 5, "2020-08-26")])).odds;
    assert!(open.place[2][0] < 1.0 && open.place[0][0] > 0.0);
}

#[test]
fn head_to_head_looks_at_matches_alone() {
    // Taken 2 of its 7 points, ANT is level with CAT at 5. They met once, 1-1 at CAT: away goals put ANT first.
    let cup = with(&[deduction("ANT", 2, "2020-08-26")]);
    assert_eq!(table(&cup), codes(&[("ANT", 5), ("CAT", 5), ("BEE", 1)]));
}

#[test]
fn the_exact_solver_refuses_them_in_words() {
    let cup = with(&[deduction("ANT", 3, "2020-08-26")]);
    let refused = exactly(&request(&cup, &Conditions::default()), 1e-5);
    let words = refused
        .map(|_| ())
        .expect_err("deductions are not covered")
        .to_string();
    assert_eq!(
        words,
        "exact answers do not cover groups with points deducted"
    );
}

#[test]
fn the_command_tells_of_them() {
    let path = written("deductions.toml", &[deduction("ANT", 3, "2020-08-26")]);
    let words = "Ants: 3 points deducted on 2020-08-26 (an ineligible player)";
    assert!(stdout(&["table", &path]).contains(words));
    let table = json(&["table", &path, "--format", "json"]);
    let rows = &table["groups"][0]["rows"];
    assert_eq!(
        (&rows[1]["code"], &rows[1]["points"]),
        (&"ANT".into(), &4.into())
    );
    assert_eq!(
        (&rows[1]["points_deducted"], &rows[0]["points_deducted"]),
        (&3.into(), &0.into())
    );
    let printed = stdout(&["forecast", &path, "--sims", "1000"]);
    assert!(printed.contains(words), "{printed}");
    // ANT needs a win: nothing less suffices any more.
    let printed = stdout(&["scenarios", "Ants", "--tournament", &path]);
    assert!(printed.contains("points   4 points"), "{printed}");
    assert!(refusal(&["forecast", &path, "--exact"]).contains("points deducted"));
}

#[test]
fn nothing_is_learned_from_them() {
    let without = written("no-deductions.toml", &[]);
    let path = written(
        "learned-deductions.toml",
        &[deduction("ANT", 3, "2020-08-26")],
    );
    let rates = |path: &str| stdout(&["rates", path, "--model", "elo", "--format", "csv"]);
    assert_eq!(rates(&path), rates(&without));
}
