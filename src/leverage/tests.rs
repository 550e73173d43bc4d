//! Known answers on tiny cups, and the integrated method against plain sorting of simulated tournaments.

use super::{FixtureLeverage, Leverage, Method, Target, leverage, sampled_only};
use crate::conditions::Conditions;
use crate::forecast::{Effort, ModelNote, Request};
use crate::goals::{GoalModel, JointScores, Occasion, Rates};
use crate::ids::{ClubId, FixtureId, TieId};
use crate::tournament::{Goals, Moment, Tournament, file};

/// Every side of every match scores at the same rate, home or away.
struct Even(f64);

/// Nobody ever scores.
struct Goalless;

impl GoalModel for Goalless {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(0.0, 0.0)
    }

    fn scores(&self, _: Rates) -> JointScores {
        JointScores::certain(Goals { home: 0, away: 0 })
    }
}

impl GoalModel for Even {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(self.0, self.0)
    }
}

/// A model in which the clubs of the file's first half of each group are stronger.
struct Uneven;

impl GoalModel for Uneven {
    fn rates(&self, home: ClubId, away: ClubId, _: Occasion) -> Rates {
        let strength =
            |club: ClubId| 0.25 * (2.0 - (club.index() % 3) as f64) - 0.02 * club.index() as f64;
        let edge = strength(home) - strength(away) + 0.2;
        Rates::nearest((0.2 + edge).exp(), (0.2 - edge).exp())
    }
}

fn tiny(name: &str) -> Tournament {
    let text = match name {
        "last-match" => include_str!("../../models/tiny/last-match.toml"),
        "two-groups" => include_str!("../../models/tiny/two-groups.toml"),
        _ => include_str!("../../models/tiny/four-groups.toml"),
    };
    file::read(name, text).expect("a tiny cup is valid")
}

fn request<'a>(
    known: &'a Tournament,
    model: &'a dyn GoalModel,
    conditions: &'a Conditions,
    runs: u64,
) -> Request<'a> {
    Request {
        known,
        moment: Moment::Now,
        model,
        note: ModelNote {
            name: "test".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions,
        effort: Effort::Runs(runs),
        seed: 1,
        threads: None,
    }
}

fn of(known: &Tournament, model: &dyn GoalModel, runs: u64) -> Leverage {
    leverage(&request(known, model, &Conditions::default(), runs))
}

fn fixture(leverage: &Leverage, target: Target) -> &FixtureLeverage {
    let mut found = leverage.fixtures.iter().filter(|one| one.target == target);
    found.next().expect("the match is listed")
}

fn close(one: f64, other: f64) {
    assert!((one - other).abs() < 2e-4, "{one} is not {other}");
}

#[test]
fn the_last_group_match_of_a_tiny_cup_is_worked_out_by_hand() {
    // models/tiny/last-match: CAT wins group X if it wins at ANT, otherwise ANT. DOG has won group Y with 12 points and is
    // seed 1 for certain. All sides are even, so whoever meets DOG in the single final has 1/2.
    // With both sides at rate r, P(draw) = d and P(home win) = P(away win) = w = (1 - d) / 2.
    // P(ANT champion) = (w + d) / 2, P(CAT champion) = w / 2, P(DOG champion) = 1/2.
    // Home win or draw: ANT +1/2 - (w + d)/2 = w/2, CAT -w/2. Away win: ANT -(w + d)/2, CAT +(w + d)/2.
    // Leverage: (w + d) * 2 * w/2 + w * 2 * (w + d)/2 = 2 w (w + d).
    let cup = tiny("last-match");
    let found = of(&cup, &Even(1.0), 640);
    assert_eq!(found.method, Method::Integrated);
    let (ant, cat, dog) = (0, 2, 3);
    // P(0-0, 1-1, ...) = sum of (e^-1 / k!)^2 = e^-2 I0(2) = 0.308508.
    let draw = 0.308_508;
    let win: f64 = (1.0 - draw) / 2.0;
    let index = cup.fixtures.iter().position(|one| one.result.is_none());
    let last = fixture(
        &found,
        Target::Group(FixtureId::new(index.expect("one match is left"))),
    );
    close(found.odds.title(ant), f64::midpoint(win, draw));
    close(found.odds.title(dog), 0.5);
    for result in 0..2 {
        close(last.results[result].swings.title(ant), win / 2.0);
        close(last.results[result].swings.title(cat), -win / 2.0);
        close(last.results[result].swings.group_win(ant), win);
        close(last.results[result].swings.seed(ant)[1], win);
        close(last.results[result].swings.seed(dog)[0], 0.0);
    }
    close(last.results[0].probability, win);
    close(last.results[1].probability, draw);
    close(last.results[2].swings.title(cat), f64::midpoint(win, draw));
    close(last.results[2].swings.group_win(cat), win + draw);
    close(last.value, 2.0 * win * (win + draw));
    // Group Y is over and the final is solved: nothing is left to luck.
    assert!(last.standard_error < 1e-12, "{}", last.standard_error);
    // The final is listed too. The home club (DOG) wins it for certain after a home win, so its swing is +1/2.
    let last = fixture(
        &found,
        Target::Leg {
            tie: TieId(0),
            leg: 0,
        },
    );
    close(last.results[0].swings.title(dog), 0.5);
    close(last.results[1].swings.title(dog), 0.0);
    close(last.results[2].swings.title(dog), -0.5);
    // Who comes from group X says nothing about the result of a final of equals.
    for result in &last.results {
        assert!(
            result.swings.group_win(ant).abs()
                <= 4.0 * result.standard_errors.group_win(ant) + 1e-12
        );
    }
}

#[test]
fn a_first_leg_of_a_tiny_cup_is_worked_out_by_hand() {
    // models/tiny/four-groups after the first legs: JAY 1-1 ANT, GNU 2-0 DOG. With no goals at all in what follows (rate 0)
    // SF1 ends 0-0 at ANT: 1-1 on aggregate, ANT through on the goal it scored away. SF2 ends 0-0 at DOG: GNU through.
    // The final goes to the shoot-out: 1/2 each. Every remaining match is a draw for certain: no swings at all.
    let cup = tiny("four-groups");
    let found = of(&cup, &Goalless, 64);
    for one in &found.fixtures {
        assert!(
            (one.results[1].probability - 1.0).abs() < 1e-12,
            "{:?}",
            one.target
        );
        assert_eq!((one.value, one.standard_error), (0.0, 0.0));
    }
    let titles: Vec<f64> = (0..12).map(|club| found.odds.title(club)).collect();
    assert_eq!(
        titles
            .iter()
            .filter(|title| (**title - 0.5).abs() < 1e-12)
            .count(),
        2,
        "{titles:?}"
    );
    assert!((titles.iter().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn odds_averaged_over_the_results_give_back_the_odds() {
    for (name, runs) in [
        ("two-groups", 1_000),
        ("last-match", 64),
        ("four-groups", 64),
    ] {
        let cup = tiny(name);
        let found = of(&cup, &Uneven, runs);
        for one in &found.fixtures {
            let total: f64 = one.results.iter().map(|result| result.probability).sum();
            assert!((total - 1.0).abs() < 1e-9, "{total}");
            for club in 0..cup.clubs.len() {
                let mean = |of: &dyn Fn(&super::Stakes) -> f64| -> f64 {
                    let parts = one.results.iter();
                    parts
                        .map(|result| result.probability * of(&result.swings))
                        .sum()
                };
                assert!(mean(&|stakes| stakes.title(club)).abs() < 1e-9);
                assert!(mean(&|stakes| stakes.group_win(club)).abs() < 1e-9);
                for seed in 0..cup.groups.len() {
                    assert!(mean(&|stakes| stakes.seed(club)[seed]).abs() < 1e-9);
                }
            }
        }
    }
}

#[test]
fn both_methods_agree() {
    // Every title, group and seed swing of the integrated method within 4.5 standard errors of plain sorting, 400,000 runs
    // against 16,000, seed 1: of some thousand comparisons none should be further off (4.5 instead of 4 for their number).
    let cup = tiny("two-groups");
    let conditions = Conditions::default();
    let integrated = of(&cup, &Uneven, 16_000);
    let sampled = sampled_only(&request(&cup, &Uneven, &conditions, 400_000));
    assert_eq!(sampled.method, Method::Sampled);
    for one in &integrated.fixtures {
        let other = fixture(&sampled, one.target);
        for (mine, theirs) in one.results.iter().zip(&other.results) {
            let numbers = mine.swings.values().iter().zip(theirs.swings.values());
            let errors = mine
                .standard_errors
                .values()
                .iter()
                .zip(theirs.standard_errors.values());
            for ((mine, theirs), (error, other)) in numbers.zip(errors) {
                let allowed = 4.5 * error.hypot(*other) + 1e-4;
                assert!(
                    (mine - theirs).abs() < allowed,
                    "{mine} {theirs} allowed {allowed} {:?}",
                    one.target
                );
            }
        }
        assert!(
            (one.value - other.value).abs()
                < 4.5 * one.standard_error.hypot(other.standard_error) + 3e-3
        );
    }
}

#[test]
fn threads_do_not_show() {
    let cup = tiny("two-groups");
    let conditions = Conditions::default();
    let one = leverage(&Request {
        threads: std::num::NonZeroUsize::new(1),
        ..request(&cup, &Uneven, &conditions, 500)
    });
    let three = leverage(&Request {
        threads: std::num::NonZeroUsize::new(3),
        ..request(&cup, &Uneven, &conditions, 500)
    });
    assert_eq!(one, three);
}

#[test]
fn a_precision_is_kept() {
    let cup = tiny("two-groups");
    let conditions = Conditions::default();
    let found = leverage(&Request {
        effort: Effort::Precision(0.002),
        ..request(&cup, &Uneven, &conditions, 0)
    });
    assert!(found.largest_title_error() < 0.002);
}

/// The outlook of a small cup of format 2 in which A is the strongest.
fn cup_outlook(stages: &str) -> crate::outlook::Outlook {
    let text = format!(
        "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n{stages}\
         [clubs]\n\"A\" = {{ rating = 1700 }}\n\"B\" = {{ rating = 1600 }}\n\"C\" = {{ rating = 1500 }}\n"
    );
    let cup = crate::open::read("t", &text, &|file| Err(file.to_owned())).expect("a sound file");
    crate::outlook::Outlook::new(&cup, crate::cup::Instant::Now).expect("a model")
}

fn of_cup(outlook: &crate::outlook::Outlook, runs: u64) -> Leverage<super::CupTarget> {
    let how = super::CupLeverageEffort {
        effort: Effort::Runs(runs),
        seed: 9,
        threads: None,
    };
    super::cup_leverage(outlook, 0, how, &crate::forecast::Unwatched)
}

const LEAGUE_OF_THREE: &str = "[[stage]]\nkey = \"l\"\nname = \"league\"\ntable = [\"A\", \"B\", \"C\"]\n\
    [milestones]\ntitle = { words = \"wins\", places = [\"l 1\"] }\n";

/// A has beaten C, and C has beaten B: what is left is A - B. If A wins it or draws, A is first with 6 or 4 points, while
/// C stays at 3. So a home win leaves A the title surely: its swing is `1 - P(A wins the title)`.
#[test]
fn the_last_match_of_a_cup_of_format_2_decides_the_title() {
    let outlook = cup_outlook(&format!(
        "{LEAGUE_OF_THREE}[schedule]\nmatches = [{{ home = \"A\", away = \"C\", score = \"1-0\" }}, \
         {{ home = \"C\", away = \"B\", score = \"1-0\" }}]\n"
    ));
    let found = of_cup(&outlook, 20_000);
    assert_eq!(found.fixtures.len(), 1);
    let fixture = &found.fixtures[0];
    let before = found.odds.title(0);
    let super::CupTarget::Game { index, .. } = fixture.target else {
        panic!("a league has no legs");
    };
    let a_is_first = outlook.known().matches()[index].sides[0] == 0;
    let not_lost = if a_is_first { 0..2 } else { 1..3 };
    for result in &fixture.results[not_lost] {
        assert!((result.swings.title(0) - (1.0 - before)).abs() < 1e-12);
    }
    let sum: f64 = fixture
        .results
        .iter()
        .map(|result| result.probability)
        .sum();
    assert!((sum - 1.0).abs() < 1e-12);
    // What A gains the others lose, so the change of all is twice that of A.
    assert!((fixture.value - 2.0 * fixture.of_club(super::Prize::Title, 0)).abs() < 1e-12);
    assert!(fixture.standard_error > 0.0 && fixture.standard_error < 0.02);
}

/// The slow twin: every run once more by its number, sorted by the result of the match.
#[test]
fn leverage_of_a_cup_is_what_its_runs_say_one_by_one() {
    let outlook = cup_outlook(LEAGUE_OF_THREE);
    let runs = 3_000;
    let found = of_cup(&outlook, runs);
    assert_eq!(found.fixtures.len(), 3);
    let engine = outlook.engine();
    let title = outlook.known().format().milestones()[0].places[0];
    for fixture in &found.fixtures {
        let super::CupTarget::Game { index, .. } = fixture.target else {
            panic!("a league has no legs");
        };
        let mut cells = [[0u64; 3]; 3];
        for number in 0..runs {
            let run = crate::play::units::replay(&engine, 9, number);
            let (goals, _) = run.goals(index).expect("every match is played");
            let champion = run.club_at(title).expect("every run has a champion");
            cells[crate::tournament::MatchResult::of(goals) as usize][champion.index()] += 1;
        }
        for club in 0..3 {
            let all: u64 = cells.iter().map(|result| result[club]).sum();
            for (cell, result) in cells.iter().zip(&fixture.results) {
                let times: u64 = cell.iter().sum();
                let swing = cell[club] as f64 / times as f64 - all as f64 / runs as f64;
                assert!((result.swings.title(club) - swing).abs() < 1e-9);
                assert!((result.probability - times as f64 / runs as f64).abs() < 1e-12);
            }
        }
    }
}

/// The legs to come of a tie whose clubs are known are targets; the tie whose clubs are open is none.
#[test]
fn legs_of_known_ties_are_open_matches() {
    let outlook = cup_outlook(
        "[[stage]]\nkey = \"sf\"\nname = \"semifinals\"\nlegs = 2\nties = [\"A - B\"]\n\
         [[stage]]\nkey = \"f\"\nname = \"final\"\nties = [\"W1 - C\"]\n",
    );
    let found = of_cup(&outlook, 500);
    let mut legs: Vec<usize> = found
        .fixtures
        .iter()
        .map(|fixture| match fixture.target {
            super::CupTarget::Leg { leg, .. } => leg,
            super::CupTarget::Game { .. } => panic!("a cup without tables"),
        })
        .collect();
    legs.sort_unstable();
    assert_eq!(legs, [0, 1]);
}
