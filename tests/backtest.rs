//! The back-test on the real history: published scores, blindness, whole tournaments, odds.

use cupcast::backtest::{
    BookmakerOdds, Simulation, Timing, clustered_mean, compare_odds, forecast_matches, run,
    score_tournament,
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
    let compared = |text: &str| {
        BookmakerOdds::read("odds.csv", text).and_then(|odds| compare_odds(&found, &odds))
    };
    let table = compared(example).expect("all matches are known");
    let names: Vec<&str> = table.rows.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["odds (proportional)", "odds (Shin)", "default", "home"]
    );
    assert!(table.rows.iter().all(|(_, scores)| scores[0].count == 5));
    // Proportional, by hand for Toluca (won): inverse odds 0.833333, 0.166667, 0.076923 add up to 1.076923, so
    // 0.773810, 0.154762, 0.071429 and RPS (0.226190^2 + 0.071429^2) / 2 = 0.028132.
    let only = example.lines().take(3).collect::<Vec<_>>().join("\n");
    let table = compared(&only).expect("the match is known");
    assert!((table.rows[0].1[0].value - 0.028_132).abs() < 1e-6);
    let cases = [
        (
            example.replace("Toluca", "Tolucca"),
            "no match Tolucca - Caledonia AIA was forecast on 2013-08-06",
            "did you mean `Toluca`?",
            ":3:1",
        ),
        (
            example.replace("08-06,Toluca", "08-08,Toluca"),
            "no match Toluca - Caledonia AIA was forecast on 2013-08-08",
            "they met on 2013-08-06",
            ":3:1",
        ),
        (
            example.replace("1.20", "0.20"),
            "`0.20` is no number from 1.001 to 10000",
            "decimal odds are above 1",
            ":3:33",
        ),
        (
            example.replace("1.20", "1,20"),
            "7 cells where there are 6 columns",
            "a point in numbers",
            ":3:1",
        ),
        (
            example.replace("2013-08-06,Tol", "6 August,Tol"),
            "`6 August` is no day",
            "such as 2013-08-06",
            ":3:1",
        ),
        (
            example.replace("1.20,6.00,13.00", "30,40,50"),
            "the inverse odds add up to 0.08",
            "0.99 to 1.5",
            ":3:33",
        ),
        (
            example.replace("1.20,6.00,13.00", "1.01,1.01,1.01"),
            "the inverse odds add up to 2.97",
            "0.99 to 1.5",
            ":3:33",
        ),
        (
            example.replace(
                "2013-08-07,Real",
                "2013-08-06,Toluca,Caledonia AIA,1.3,5,10\n2013-08-07,Real",
            ),
            "the odds of Toluca - Caledonia AIA on 2013-08-06 are there twice",
            "leave one of the lines out",
            ":5:1",
        ),
        (
            example.replace("draw_odds", "drawn_odds"),
            "there is no column `drawn_odds`",
            "did you mean `draw_odds`?",
            ":2:26",
        ),
        (
            example.replace(',', ";").replace('.', ","),
            "semicolons stand between the columns",
            "save the file with commas",
            ":2:1",
        ),
        (
            String::new(),
            "the file is empty",
            "date,home,away,home_odds,draw_odds,away_odds",
            ":1:1",
        ),
    ];
    for (text, message, help, place) in cases {
        let error = compared(&text).expect_err("there is a mistake").to_string();
        for part in [message, help, &format!("odds.csv{place}\n")] {
            assert!(error.contains(part), "`{part}` is missing in\n{error}");
        }
        assert_eq!(error.matches("error:").count(), 1, "{error}");
    }
    // One match has no standard error, and none is printed.
    let table = compared(&only).expect("the match is known");
    let text = cupcast::report::backtest::text(&found, Some(&table));
    assert!(!text.contains("NaN"), "{text}");
}
