//! The back-test on the real history: published scores, blindness, whole tournaments, odds.

use cupcast::backtest::{
    Simulation, Timing, clustered_mean, compare_odds, forecast_matches, run, score_tournament,
};
use cupcast::goals::{Specification, open_specification};
use cupcast::tournament::{Edition, Goals, Tournament, bundled};

/// All six editions, and the last as a tournament.
fn real_data() -> (Vec<Edition>, Tournament) {
    let tournament = bundled::open("ccl-2013-14").expect("it is bundled");
    let mut editions = bundled::open_history(&tournament, None).expect("its history is bundled");
    editions.push(tournament.to_edition());
    (editions, tournament)
}

fn specification(name: &str) -> Specification {
    open_specification(name).expect("it is bundled")
}

#[test]
fn scores_are_those_of_the_exploratory_study() {
    // Published RPS: 2012-13 and 2013-14, each before the start and by matchday.
    let published = [
        ("default", [0.1487, 0.1403, 0.1728, 0.1730]),
        ("association", [0.1617, 0.1569, 0.1855, 0.1833]),
        ("home", [0.2213, 0.2226, 0.2294, 0.2297]),
    ];
    let (editions, _) = real_data();
    for (name, expected) in published {
        let cases = [4, 5]
            .into_iter()
            .flat_map(|edition| Timing::ALL.map(|timing| (edition, timing)));
        for ((edition, timing), expected) in cases.zip(expected) {
            let forecasts = forecast_matches(
                &specification(name),
                &editions[..edition],
                &editions[edition],
                timing,
            );
            let forecasts = forecasts.expect("it can be fitted");
            assert_eq!(forecasts.len(), 62);
            let scores = forecasts
                .iter()
                .map(|found| (&found.cluster, found.score().ranked_probability));
            let found = clustered_mean(scores).value;
            assert!(
                (found - expected).abs() < 0.001,
                "{name}, {} {}: {found} for {expected}",
                editions[edition].name,
                timing.words()
            );
        }
    }
}

#[test]
fn forecasts_do_not_know_their_own_day_or_what_follows() {
    let (editions, _) = real_data();
    let (history, edition) = (&editions[..4], &editions[4]);
    let model = specification("default");
    let forecasts = |edition: &Edition| {
        forecast_matches(&model, history, edition, Timing::Running).expect("it can be fitted")
    };
    let truth = forecasts(edition);
    let start = truth
        .iter()
        .find(|found| found.step == "matchday 4")
        .expect("there is one");
    // Every result from the first day of matchday 4 on is changed.
    let mut changed = edition.clone();
    let first_day = truth.iter().filter(|found| found.step == start.step);
    let first_day = first_day
        .map(|found| found.played.date)
        .min()
        .expect("it has matches");
    for played in &mut changed.matches {
        if played.date >= first_day {
            played.goals = Goals { home: 0, away: 9 };
        }
    }
    assert_ne!(&changed, edition);
    let mut compared = 0;
    for (truth, changed) in truth.iter().zip(&forecasts(&changed)) {
        assert_eq!((&truth.step, &truth.clubs), (&changed.step, &changed.clubs));
        let early = ["matchday 1", "matchday 2", "matchday 3", "matchday 4"];
        if early.contains(&truth.step.as_str()) {
            assert_eq!(truth.rates, changed.rates, "{}", truth.step);
            compared += 1;
        }
    }
    assert_eq!(compared, 32);
}

#[test]
fn a_whole_tournament_is_scored_at_every_moment_and_ends_in_certainty() {
    let (editions, tournament) = real_data();
    let simulation = Simulation {
        runs: 20_000,
        seed: 1,
    };
    let scores = score_tournament(
        &specification("default"),
        &editions[..5],
        &tournament,
        simulation,
    );
    let scores = scores.expect("it can be fitted");
    let moments: Vec<&str> = scores.iter().map(|score| score.as_of.as_str()).collect();
    assert_eq!(
        moments,
        [
            "start",
            "md1",
            "md2",
            "md3",
            "md4",
            "md5",
            "groups",
            "qf-leg1",
            "qf",
            "sf-leg1",
            "sf",
            "final-leg1"
        ]
    );
    // Cruz Azul, the later champion, had 0.318 before the start with a shoot-out in place of extra time, which
    // moves title odds by under 0.01; standard error sqrt(0.318 * 0.682 / 20000) = 0.0033, seed 1.
    assert!(
        (scores[0].champion - 318.0 / 1000.0).abs() < 0.01 + 4.0 * 0.0033,
        "{}",
        scores[0].champion
    );
    for (score, moment) in scores.iter().zip(&moments) {
        assert!(
            score
                .values
                .iter()
                .all(|value| value.is_finite() && *value >= 0.0)
        );
        let decided = ["groups", "qf-leg1", "qf", "sf-leg1", "sf", "final-leg1"].contains(moment);
        // Once the groups are over (after matchday 6), group winners, seeds and quarterfinalists cost nothing.
        assert_eq!(
            decided,
            score.values[..4].iter().all(|value| value.abs() < 1e-12),
            "{moment}"
        );
    }
}

#[test]
fn odds_stand_beside_the_models_on_the_matches_they_cover() {
    let (editions, _) = real_data();
    let simulation = Simulation { runs: 1, seed: 1 };
    let models = [specification("default"), specification("home")];
    let found = run(&models, &editions[4..], &[], simulation).expect("it can be fitted");
    let example = include_str!("../models/goal-models/odds-example.csv");
    let table = compare_odds(&found, "odds.csv", example).expect("all matches are known");
    let names: Vec<&str> = table.rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["odds (proportional)", "odds (Shin)", "default", "home"]
    );
    assert!(table.rows.iter().all(|(_, scores)| scores[0].count == 5));
    // Proportional, by hand for Toluca (won): inverse odds 0.833333, 0.166667, 0.076923 add up to 1.076923, so
    // 0.773810, 0.154762, 0.071429 and RPS (0.226190^2 + 0.071429^2) / 2 = 0.028132.
    let only = example.lines().take(3).collect::<Vec<_>>().join("\n");
    let table = compare_odds(&found, "odds.csv", &only).expect("the match is known");
    assert!((table.rows[0].1[0].value - 0.028_132).abs() < 1e-6);
    let cases = [
        (
            example.replace("Toluca", "Tolucca"),
            "odds.csv:3: no match Tolucca - Caledonia AIA was played on 2013-08-06; names and dates have to be those of the history",
        ),
        (
            example.replace("1.20", "0.20"),
            "odds.csv:3: decimal odds are above 1, such as 2.10",
        ),
    ];
    for (text, message) in cases {
        let error = compare_odds(&found, "odds.csv", &text).expect_err("there is a mistake");
        assert_eq!(error.to_string(), message);
    }
}
