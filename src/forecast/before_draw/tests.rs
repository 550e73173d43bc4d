//! Known answers of forecasts from before the draw, and the same average taken over whole tournaments.

use super::*;
use crate::bench::cups;
use crate::conditions::Conditions;
use crate::draw::Drawing;
use crate::draw::{Sequential, Uniform};
use crate::exact;
use crate::forecast::{ModelNote, Unwatched};
use crate::goals::{GoalModel, JointScores, Occasion, Rates};
use crate::ids::ClubId;
use crate::playbook::compile;
use crate::simulate::Threads;
use crate::tournament::Tournament;
use crate::tournament::{DrawConstraint, DrawRules, Goals};
use std::num::NonZeroUsize;

/// Two groups of three: clubs 0 and 3 come from pot A, 1 and 4 from pot B, 2 and 5 from pot C; 0, 1, 2 and 3, 4, 5
/// were really drawn together.
fn two_groups(constraints: Vec<DrawConstraint>) -> Tournament {
    let mut tournament = cups::cup(2);
    let pots = ["A", "B", "C"].map(str::to_owned);
    for (index, club) in tournament.clubs.iter_mut().enumerate() {
        club.pot = Some(pots[index % 3].clone());
        club.association = if index < 2 { "North" } else { "South" }.to_owned();
    }
    tournament.draw = Some(DrawRules {
        date: None,
        pots: pots.to_vec(),
        pots_comparable: true,
        constraints,
        pending: false,
    });
    tournament
}

/// The stronger club wins every match 1-0: 1 before 0, 4, 3, 2 and 5.
struct StrongerWins;

impl GoalModel for StrongerWins {
    fn rates(&self, home: ClubId, away: ClubId, _: Occasion) -> Rates {
        let strength = |club: ClubId| [5.0, 6.0, 2.0, 3.0, 4.0, 1.0][club.index()];
        Rates::nearest(strength(home), strength(away))
    }

    fn scores(&self, rates: Rates) -> JointScores {
        let home = u8::from(rates.home > rates.away);
        JointScores::certain(Goals {
            home,
            away: 1 - home,
        })
    }
}

/// The lower the number of a club, the better it is.
struct ByNumber;

impl GoalModel for ByNumber {
    fn rates(&self, home: ClubId, away: ClubId, _: Occasion) -> Rates {
        let edge = (away.index() as f64 - home.index() as f64) * 0.15;
        Rates::nearest(1.5 * edge.exp(), 1.1 * (-edge).exp())
    }
}

fn forecast(
    tournament: &Tournament,
    model: &dyn GoalModel,
    by: DrawnBy,
    runs: u64,
    threads: Threads,
) -> BeforeDraw {
    let drawing = Drawing::new(tournament).unwrap();
    let request = Request {
        known: tournament,
        moment: Moment::Draw,
        model,
        note: ModelNote {
            name: "made up".to_owned(),
            matches: 0,
            editions: 0,
        },
        conditions: &Conditions::default(),
        effort: Effort::Runs(runs),
        seed: 7,
        threads,
    };
    let sampler = match by {
        DrawnBy::Sequential => Sampler::Sequential(Sequential::new(&drawing)),
        DrawnBy::Uniform => Sampler::Uniform(Uniform::new(&drawing).unwrap()),
    };
    before_draw(&request, &sampler, &Unwatched)
}

fn real(before: &BeforeDraw) -> &RealDraw {
    before.real.as_ref().expect("the groups are drawn")
}

#[test]
fn a_draw_decides_who_wins_a_group_where_the_stronger_always_wins() {
    // Club 1 is the best and champion wherever it is drawn. With 0 (one half) it keeps 0 from winning a group and
    // 4 beats 3 in the other; with 3 it leaves 0 to beat 4. In reality it was drawn with 0.
    let before = forecast(
        &two_groups(Vec::new()),
        &StrongerWins,
        DrawnBy::Sequential,
        64_000,
        None,
    );
    assert_eq!((before.draws, before.runs_per_draw), (1000, 64));
    let odds = &before.forecast.odds;
    let wins_group = |club: usize| odds.place[club][0];
    assert!((odds.title[1] - 1.0).abs() < 1e-15 && (wins_group(1) - 1.0).abs() < 1e-15);
    assert!((wins_group(0) + wins_group(4) - 1.0).abs() < 1e-12);
    assert!(wins_group(2) + wins_group(3) + wins_group(5) <= 0.0);
    // All 64 runs of a draw end alike, so that the draws alone are a sample: n = 1000, seed 7, within 4 standard errors.
    let share = wins_group(0);
    let error = before.forecast.standard_errors.place[0][0];
    assert!((error - (share * (1.0 - share) / 999.0).sqrt()).abs() < 1e-12);
    assert!((share - 0.5).abs() < 4.0 * error, "{share} ± {error}");
    // The luck of the real draw: without 0 its chance of one half is gone, and 4 has what was left to gain.
    let luck = |club: usize| real(&before).luck.place[club][0];
    assert!((luck(0) + share).abs() < 1e-12 && (luck(4) - share).abs() < 1e-12);
    let luck_error = real(&before).luck_standard_errors.place[0][0];
    assert!((luck_error - error).abs() < 1e-12);
    assert!(
        real(&before)
            .luck
            .title
            .iter()
            .all(|luck| luck.abs() < 1e-15)
    );
}

#[test]
fn a_constraint_counts_in_the_forecast() {
    // With 0 and 1 kept apart, both win their groups for certain; that they really met cost 0 everything.
    let apart = DrawConstraint::ApartByAssociation {
        exempt: [2, 3, 4, 5].map(ClubId).to_vec(),
    };
    let tournament = two_groups(vec![apart]);
    for by in [DrawnBy::Sequential, DrawnBy::Uniform] {
        let before = forecast(&tournament, &StrongerWins, by, 640, None);
        let odds = &before.forecast.odds;
        assert!((odds.place[0][0] - 1.0).abs() < 1e-15, "{by:?}");
        assert!((real(&before).luck.place[0][0] + 1.0).abs() < 1e-15);
        assert!(real(&before).luck_standard_errors.place[0][0] <= 0.0);
    }
}

#[test]
fn the_forecast_is_the_average_over_all_draws() {
    let tournament = two_groups(Vec::new());
    let solved = |groups: [[u16; 3]; 2]| {
        let groups = groups.map(|clubs| clubs.map(ClubId).to_vec());
        let drawn = tournament.with_groups(&groups).unwrap();
        let playbook = compile(&drawn, &ByNumber, &Conditions::default());
        exact::solve(&playbook, 1e-9).unwrap().odds
    };
    // Club 0 has either club of pot B and either of pot C beside it: four draws alike, the first the real one.
    let each = [
        [[0, 1, 2], [3, 4, 5]],
        [[0, 1, 5], [3, 4, 2]],
        [[0, 4, 2], [3, 1, 5]],
        [[0, 4, 5], [3, 1, 2]],
    ]
    .map(solved);
    let nothing = each[0].zip_with(&each[0], |_, _| 0.0);
    let average = each.iter().fold(nothing, |sum, one| {
        sum.zip_with(one, |sum, p| sum + p / 4.0)
    });
    let luck = each[0].zip_with(&average, |real, before| real - before);
    for by in [DrawnBy::Sequential, DrawnBy::Uniform] {
        let before = forecast(&tournament, &ByNumber, by, 256_000, None);
        let checks = [
            (
                &before.forecast.odds,
                &average,
                &before.forecast.standard_errors,
            ),
            (
                &real(&before).odds,
                &each[0],
                &real(&before).standard_errors,
            ),
            (
                &real(&before).luck,
                &luck,
                &real(&before).luck_standard_errors,
            ),
        ];
        for (found, expected, errors) in checks {
            // 256,000 runs in 4,000 draws, seed 7: within 4 standard errors, rounding apart.
            let all = found.values().zip(expected.values()).zip(errors.values());
            for ((found, expected), error) in all {
                assert!(
                    (found - expected).abs() < 4.0 * error + 1e-8,
                    "{by:?}: {found} instead of {expected} ± {error}"
                );
            }
        }
    }
}

#[test]
fn threads_do_not_show() {
    let tournament = crate::tournament::bundled::open("ccl-2013-14").unwrap();
    let on = |threads| {
        let threads = NonZeroUsize::new(threads);
        forecast(&tournament, &ByNumber, DrawnBy::Sequential, 20_000, threads)
    };
    let one = on(1);
    assert_eq!(one, on(3));
    // 20,000 runs are 312.5 draws.
    assert_eq!(
        (one.draws, one.forecast.method),
        (
            313,
            Method::Simulated {
                runs: 313 * 64,
                seed: 7,
                way: None
            },
        )
    );
}
