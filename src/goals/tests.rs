//! The fit on made-up seasons: recovery of known coefficients, what must not matter, and degenerate inputs.

use super::*;
use crate::tournament::{BestFinish, Club, DatedMatch, Edition, Goals, Links, MatchStage};
use jiff::civil::date;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Normal, Poisson};

/// A club of an association with nothing else known of it.
fn club(name: &str, association: &str) -> Club {
    Club {
        code: name.to_uppercase(),
        name: name.to_owned(),
        aliases: Vec::new(),
        association: association.to_owned(),
        zone: Some("Central American".to_owned()),
        pot: Some("B".to_owned()),
        berth: None,
        appearances: Some(1),
        last_appearance: None,
        best_finish: BestFinish::None,
    }
}

/// Twelve clubs of four associations in an edition without a match.
fn twelve_clubs(name: &str) -> Edition {
    let clubs = (0..12).map(|index| Club {
        best_finish: BestFinish::ALL[index % 7],
        pot: Some(["A", "B", "C"][index % 3].to_owned()),
        ..club(
            &format!("club {index:02}"),
            &format!("association {}", index / 3),
        )
    });
    Edition {
        id: format!("cup-{name}"),
        competition: "Cup".to_owned(),
        name: name.to_owned(),
        clubs: clubs.collect(),
        pots: ["A", "B", "C"].map(str::to_owned).to_vec(),
        matches: Vec::new(),
    }
}

/// A match of a round on a day of January 2001.
fn played(day: i8, home: usize, away: usize, goals: (u8, u8)) -> DatedMatch {
    DatedMatch {
        date: date(2001, 1, day),
        stage: MatchStage::Group {
            group: "A".to_owned(),
            matchday: 1,
        },
        home: ClubId::new(home),
        away: ClubId::new(away),
        goals: Goals {
            home: goals.0,
            away: goals.1,
        },
    }
}

/// Every club at home to every other club, with goals from a model.
fn play_all(edition: &mut Edition, model: &Strengths, rng: &mut Xoshiro256PlusPlus) {
    for home in 0..edition.clubs.len() {
        for away in (0..edition.clubs.len()).filter(|away| *away != home) {
            let rates = model.rates(ClubId::new(home), ClubId::new(away), Occasion::Group);
            let mut goals = |rate: f64| -> u8 {
                let distribution = Poisson::new(rate).expect("rates are above zero");
                distribution.sample(rng) as u8
            };
            let goals = (goals(rates.home.get()), goals(rates.away.get()));
            let day = ((home * 7 + away) % 28 + 1) as i8;
            edition.matches.push(played(day, home, away, goals));
        }
    }
}

/// Level, home, best finish, pot, association and club, all with known prior deviations.
fn plain_model() -> Specification {
    let terms = [
        (TermKind::Level, 0.3),
        (TermKind::Home, 0.3),
        (TermKind::BestFinish, 0.3),
        (TermKind::Pot, 0.2),
        (TermKind::Association, 0.2),
        (TermKind::Club, 0.1),
    ];
    Specification {
        terms: terms
            .map(|(kind, deviation)| Term::fixed(kind, deviation))
            .to_vec(),
        ..Specification::default_model()
    }
}

#[test]
fn intervals_hold_what_they_promise() {
    // Coefficients drawn from their priors, 400 seasons of 132 matches, seed 7. Then a 95% posterior interval
    // holds its coefficient with probability 0.95 exactly, but for Laplace's approximation, which is off by
    // well under 0.005 at some 350 goals a season. Coverage within 4 standard errors, clustered by season.
    const SEASONS: usize = 400;
    let specification = plain_model();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
    let blank = fit(&specification, &[], &twelve_clubs("x")).expect("priors alone are a model");
    let mut shares = Vec::new();
    let mut squares = Vec::new();
    for _ in 0..SEASONS {
        let truth: Vec<f64> = blank
            .parameters
            .iter()
            .map(|parameter| {
                let prior = Normal::new(0.0, blank.deviations[parameter.term]);
                prior.expect("a deviation above zero").sample(&mut rng)
            })
            .collect();
        let mut season = twelve_clubs("x");
        play_all(&mut season, &blank.strengths_at(&truth), &mut rng);
        let fitted = fit(&specification, &[], &season).expect("it can be fitted");
        assert_eq!(fitted.parameters, blank.parameters);
        let errors: Vec<f64> = truth
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let form = vec![(index, 1.0)];
                (fitted.mode[index] - value) / fitted.covariance(&form, &form).sqrt()
            })
            .collect();
        let number = errors.len() as f64;
        let covered = errors.iter().filter(|error| error.abs() < NORMAL_95);
        shares.push(covered.count() as f64 / number);
        squares.push(errors.iter().map(|error| error * error).sum::<f64>() / number);
    }
    // Errors in units of their own deviation also have mean square 1.
    for (found, expected) in [(shares, 0.95), (squares, 1.0)] {
        let mean = found.iter().sum::<f64>() / SEASONS as f64;
        let spread: f64 = found.iter().map(|value| (value - mean).powi(2)).sum();
        let standard_error = (spread / (SEASONS - 1) as f64 / SEASONS as f64).sqrt();
        assert!(
            (mean - expected).abs() < 4.0 * standard_error,
            "{mean} +- {standard_error} for {expected}"
        );
    }
}

#[test]
fn draws_have_the_posterior_mean_and_covariance() {
    // 20,000 draws, seed 3: means and covariances of three strengths within 4 standard errors.
    const DRAWS: usize = 20_000;
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
    let mut season = twelve_clubs("x");
    let truth = fit(&plain_model(), &[], &season).expect("priors alone are a model");
    play_all(&mut season, truth.strengths(), &mut rng);
    let fitted = fit(&plain_model(), &[], &season).expect("it can be fitted");
    let draws: Vec<[f64; 3]> = (0..DRAWS)
        .map(|_| {
            let draw = fitted.draw(&mut rng);
            [draw.level, draw.attack[0], draw.attack[1]]
        })
        .collect();
    let level = fitted
        .position(|kind| matches!(kind, TermKind::Level))
        .expect("it has a level");
    let forms = [
        vec![(level, 1.0)],
        fitted.forms[0].attack.clone(),
        fitted.forms[1].attack.clone(),
    ];
    let center = [
        fitted.strengths.level,
        fitted.strengths.attack[0],
        fitted.strengths.attack[1],
    ];
    let number = DRAWS as f64;
    for left in 0..3 {
        let spread = fitted.covariance(&forms[left], &forms[left]);
        let mean = draws.iter().map(|draw| draw[left]).sum::<f64>() / number;
        assert!((mean - center[left]).abs() < 4.0 * (spread / number).sqrt());
        for right in 0..=left {
            let expected = fitted.covariance(&forms[left], &forms[right]);
            let other = fitted.covariance(&forms[right], &forms[right]);
            let products = draws
                .iter()
                .map(|draw| (draw[left] - center[left]) * (draw[right] - center[right]));
            let found = products.sum::<f64>() / number;
            // The variance of a product of two normal variables (Isserlis 1918).
            let error = ((spread * other + expected * expected) / number).sqrt();
            assert!(
                (found - expected).abs() < 4.0 * error,
                "{found} for {expected} +- {error}"
            );
        }
    }
}

#[test]
fn the_order_of_rows_and_clubs_does_not_matter() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(11);
    let mut season = twelve_clubs("x");
    let truth = fit(&plain_model(), &[], &season).expect("priors alone are a model");
    play_all(&mut season, truth.strengths(), &mut rng);
    let elo = TermKind::Elo {
        step: 30.0,
        home_advantage: 80.0,
    };
    for kind in [TermKind::ClubEdition, elo] {
        let mut specification = Specification::default_model();
        specification.terms.pop();
        specification.terms.push(Term::fixed(kind, 0.4));
        let fitted = fit(&specification, &[], &season).expect("it can be fitted");
        let mut turned = season.clone();
        turned.clubs.reverse();
        for played in &mut turned.matches {
            played.home = ClubId::new(11 - played.home.index());
            played.away = ClubId::new(11 - played.away.index());
        }
        for index in (1..turned.matches.len()).rev() {
            turned.matches.swap(index, rng.random_range(0..=index));
        }
        let again = fit(&specification, &[], &turned).expect("it can be fitted");
        for (home, away) in [(0, 1), (5, 2), (11, 0)] {
            let one = fitted.rates(ClubId::new(home), ClubId::new(away), Occasion::Group);
            let two = again.rates(
                ClubId::new(11 - home),
                ClubId::new(11 - away),
                Occasion::Group,
            );
            assert!(
                (one.home.get() / two.home.get() - 1.0).abs() < 1e-9,
                "{one:?} {two:?}"
            );
            assert!(
                (one.away.get() / two.away.get() - 1.0).abs() < 1e-9,
                "{one:?} {two:?}"
            );
        }
    }
}

#[test]
fn without_any_match_the_priors_speak() {
    let fitted = fit(&Specification::default_model(), &[], &twelve_clubs("x"));
    let fitted = fitted.expect("priors alone are a model");
    // With no match to learn from, the estimated deviation is the most likely value of its own prior, 0.5.
    assert!((fitted.deviations()[6] - 0.5).abs() < 1e-5);
    let rates = fitted.rates(ClubId::new(0), ClubId::new(5), Occasion::FirstLeg);
    // exp(0.375 + 0.539 / 2) and exp(0.375 - 0.539 / 2): football in general.
    assert!((rates.home.get() - 1.9050).abs() < 1e-4 && (rates.away.get() - 1.1112).abs() < 1e-4);
    assert!(fitted.summary().effective_parameters.abs() < 1e-9);
    for coefficient in fitted.coefficients() {
        let term = fitted
            .specification
            .terms
            .iter()
            .position(|term| term.name() == coefficient.term);
        let prior = fitted.deviations()[term.expect("coefficients belong to terms")];
        assert!((coefficient.standard_deviation - prior).abs() < 1e-9);
    }
    assert_eq!(
        fitted.summary().warnings,
        [
            "no earlier edition to learn from: home sides are expected to score 1.9 goals and away sides 1.1, as in the \
             CONCACAF Champions League of 2008-2013, and all clubs count as equally strong; name earlier editions as \
             `history` in the tournament's file"
        ]
    );
}

#[test]
fn all_goalless_matches_and_a_single_association_can_be_fitted() {
    let mut season = twelve_clubs("x");
    for club in &mut season.clubs {
        club.association = "Mexico".to_owned();
    }
    for index in 0..6 {
        season
            .matches
            .push(played(1, 2 * index, 2 * index + 1, (0, 0)));
    }
    let fitted = fit(&Specification::default_model(), &[], &season).expect("it can be fitted");
    let rates = fitted.rates(ClubId::new(0), ClubId::new(1), Occasion::Group);
    // Six matches do not outweigh all of football.
    assert!(rates.home.get() < 0.8, "{rates:?}");
    // Effects that can be seen only as differences stay at zero when there are none.
    let association = fitted
        .coefficients()
        .into_iter()
        .find(|found| found.term == "association");
    assert!(association.expect("there is one").estimate.abs() < 1e-9);
}

#[test]
fn a_club_that_never_appears_has_the_rates_of_its_facts() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut past = twelve_clubs("x");
    let truth = fit(&plain_model(), &[], &past).expect("priors alone are a model");
    play_all(&mut past, truth.strengths(), &mut rng);
    let mut current = twelve_clubs("y");
    current.clubs[3] = Club {
        name: "newcomer".to_owned(),
        ..current.clubs[4].clone()
    };
    current.clubs[3].association = "nowhere".to_owned();
    let fitted = fit(&Specification::default_model(), &[past], &current).expect("it can be fitted");
    let of = |term: &str, level: &str| {
        let mut all = fitted.coefficients().into_iter();
        let found = all.find(|found| found.term == term && found.level.as_deref() == Some(level));
        found.expect("every club and association has an effect")
    };
    let (club, association) = (of("club-edition", "newcomer"), of("association", "nowhere"));
    assert!(club.estimate.abs() < 1e-12 && (club.standard_deviation - 0.1).abs() < 1e-12);
    assert!(association.estimate.abs() < 1e-12);
    assert!((association.standard_deviation - fitted.deviations()[6]).abs() < 1e-12);
    let strengths = fitted.strengths();
    let difference = strengths.attack[4] - strengths.attack[3];
    assert!((difference - of("association", "association 1").estimate).abs() < 1e-12);
}

#[test]
fn what_cannot_be_told_apart_is_named() {
    let mut season = twelve_clubs("x");
    for index in 0..11 {
        season.matches.push(played(1, index, index + 1, (1, 2)));
    }
    let flat = |kind| Term {
        kind,
        acts_on: ActsOn::Strength,
        deviation: Deviation::Flat,
    };
    // Every club is of the one zone, so that its effect cancels in every match.
    let specification = Specification {
        terms: vec![
            flat(TermKind::Level),
            flat(TermKind::Zone { reference: None }),
        ],
        ..Specification::default_model()
    };
    let error = fit(&specification, &[], &season).expect_err("no match tells of the zone");
    assert_eq!(
        error.to_string(),
        "the term `zone Central American` cannot be told from the others by the 11 known matches \
         (collinear, or no match tells of it); give it a prior, such as `sd = 1`, or leave it out"
    );
    let appearances = Specification {
        terms: vec![flat(TermKind::Level), flat(TermKind::Appearances)],
        ..Specification::default_model()
    };
    season.clubs[2].appearances = None;
    let error = fit(&appearances, &[], &season).expect_err("a fact is missing");
    assert_eq!(
        error.to_string(),
        "the term `appearances` needs the appearances of every club, but club 02 (x) has none it can use; \
         add it or choose a model without this term"
    );
}

#[test]
fn an_edition_is_no_history_of_its_own() {
    let season = twelve_clubs("x");
    let error = fit(&plain_model(), std::slice::from_ref(&season), &season);
    assert!(matches!(error, Err(FitError::OwnHistory { .. })));
    let picky = Specification {
        training: Some(vec!["1999".to_owned()]),
        ..plain_model()
    };
    let error = fit(&picky, &[twelve_clubs("w")], &season).expect_err("1999 is not there");
    assert_eq!(
        error.to_string(),
        "the model is to be trained on 1999, which the history does not have by then; it has w"
    );
}

#[test]
fn elo_by_hand() {
    // Step 40, no home advantage. Day 1: two newcomers, home win: 20 points change hands. Day 2: the winner
    // is away to a newcomer, expected 1 / (1 + 10^(-20/400)) = 0.5287505, and draws: it loses 1.150020 points.
    let mut season = twelve_clubs("x");
    season.matches.push(played(2, 2, 0, (1, 1)));
    season.matches.push(played(1, 0, 1, (2, 0)));
    let links = Links::new(&[&season]).expect("clubs of other names");
    let ratings = elo::rate(&[&season], &links, 40.0, 0.0);
    assert!((ratings.before[0][0][1] * 400.0 - 20.0).abs() < 1e-9);
    assert!((ratings.after[0][0] * 400.0 - (20.0 - 1.150_020)).abs() < 1e-4);
    assert!((ratings.after[0][1] * 400.0 + 20.0).abs() < 1e-9);
    assert!((ratings.after[0][2] * 400.0 - 1.150_020).abs() < 1e-4);
}

#[test]
fn old_matches_count_by_their_half_life() {
    // A level without prior is the weighted mean of goals: 6 goals in the older match, 0 in the younger of
    // ten days later; with a half-life of ten days that is (6/2 + 0) / (2 (1/2 + 1)) = 1 goal a side.
    let mut season = twelve_clubs("x");
    season.matches.push(played(1, 0, 1, (3, 3)));
    season.matches.push(played(11, 2, 3, (0, 0)));
    let specification = Specification {
        terms: vec![Term {
            kind: TermKind::Level,
            acts_on: ActsOn::Strength,
            deviation: Deviation::Flat,
        }],
        half_life_days: Some(10.0),
        ..Specification::default_model()
    };
    let fitted = fit(&specification, &[], &season).expect("it can be fitted");
    let rates = fitted.rates(ClubId::new(0), ClubId::new(1), Occasion::Group);
    assert!((rates.home.get() - 1.0).abs() < 1e-9, "{rates:?}");
}
