//! Collapsed groups beside the exact solver and the match-by-match engine.

use super::{Estimator, Knockout, Sampler};
use crate::bench::cups::{Strengths, cup, played_until};
use crate::conditions::Conditions;
use crate::exact;
use crate::odds::Odds;
use crate::play::Engine;
use crate::playbook::{Playbook, compile};
use crate::simulate::simulate;
use crate::tournament::Goals;
use std::num::NonZeroUsize;

const WAYS: [(Knockout, Estimator); 4] = [
    (Knockout::Sampled, Estimator::Mean),
    (Knockout::Sampled, Estimator::Stratified),
    (Knockout::Expected, Estimator::Mean),
    (Knockout::Expected, Estimator::Stratified),
];

/// A cup of so many groups after so many matchdays, of which every match ended 2-1.
fn playbook(groups: usize, matchday: u8) -> Playbook {
    let tournament = played_until(cup(groups), matchday, Goals { home: 2, away: 1 });
    let model = Strengths::like_2013_14(groups * 3);
    compile(&tournament, &model, &Conditions::default())
}

/// The largest difference in standard errors, of those that are not zero; elsewhere they must agree to 1e-5.
fn farthest(one: &Odds, other: &Odds, errors: &Odds) -> f64 {
    let pairs = one.values().zip(other.values()).zip(errors.values());
    pairs.fold(0.0, |worst, ((a, b), error)| {
        f64::max(worst, ((a - b).abs() - 1e-5).max(0.0) / error.max(1e-12))
    })
}

#[test]
fn every_way_agrees_with_the_exact_solver() {
    for (groups, matchday) in [(2, 0), (4, 2), (8, 0), (8, 4)] {
        let playbook = playbook(groups, matchday);
        let exact = exact::solve(&playbook, 1e-6).expect("a supported cup").odds;
        let sampler = Sampler::new(&playbook, 1e-7).expect("a supported cup");
        for (knockout, estimator) in WAYS {
            // Within 5 standard errors, since hundreds are compared; n = 204,800 runs, seed 5.
            let strata = sampler.run(0..204_800, 5, knockout, None);
            assert_eq!(strata.runs(), 204_800);
            let found = sampler.estimate(&strata, estimator);
            let worst = farthest(&found.odds, &exact, &found.standard_errors);
            assert!(
                worst < 5.0,
                "{groups} groups, matchday {matchday}, {knockout:?} {estimator:?}: {worst}"
            );
        }
    }
}

#[test]
fn it_agrees_with_matches_played_one_by_one() {
    let playbook = playbook(8, 0);
    let played = simulate(&Engine::new(&playbook), 400_000, 3, None, &|_| ());
    let sampler = Sampler::new(&playbook, 1e-7).expect("a supported cup");
    let strata = sampler.run(0..409_600, 4, Knockout::Expected, None);
    let found = sampler.estimate(&strata, Estimator::Stratified);
    let both = played
        .standard_errors()
        .zip_with(&found.standard_errors, f64::hypot);
    // Within 5 standard errors: 24 clubs times 15 figures; 400,000 runs at seed 3.
    assert!(farthest(&found.odds, &played.odds(), &both) < 5.0);
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let sampler = Sampler::new(&playbook(8, 2), 1e-5).expect("a supported cup");
    for knockout in [Knockout::Sampled, Knockout::Expected] {
        let of = |threads| sampler.run(0..81_920, 9, knockout, NonZeroUsize::new(threads));
        let one = of(1);
        assert_eq!(one, of(2));
        assert_eq!(one, of(8));
        let mut halves = sampler.run(40_960..81_920, 9, knockout, None);
        halves.merge(&sampler.run(0..40_960, 9, knockout, None));
        assert_eq!(one, halves);
    }
}

#[test]
fn standard_errors_are_honest() {
    // 200 seeds of n = 4,096 runs.
    const SEEDS: u64 = 200;
    let playbook = playbook(8, 2);
    let exact = exact::solve(&playbook, 1e-7).expect("a supported cup").odds;
    let sampler = Sampler::new(&playbook, 1e-8).expect("a supported cup");
    let favourites = (0..24).filter(|club| exact.title[*club] > 0.03);
    let favourites: Vec<usize> = favourites.collect();
    assert!(favourites.len() >= 4);
    for (knockout, estimator) in WAYS {
        let (mut squares, mut reported, mut inside) = (0.0, 0.0, 0);
        for seed in 0..SEEDS {
            let strata = sampler.run(0..4096, seed, knockout, None);
            let found = sampler.estimate(&strata, estimator);
            for &club in &favourites {
                let off = found.odds.title[club] - exact.title[club];
                let error = found.standard_errors.title[club];
                squares += off * off / (error * error);
                reported += 1.0;
                inside += u32::from(off.abs() < 1.96 * error);
            }
        }
        let spread = f64::sqrt(squares / reported);
        let share = f64::from(inside) / reported;
        // 4 binomial standard errors over the seeds alone: clubs of one run are not independent.
        let slack = 4.0 * f64::sqrt(0.05 * 0.95 / SEEDS as f64);
        assert!(
            (spread - 1.0).abs() < 0.1,
            "{knockout:?} {estimator:?}: {spread}"
        );
        assert!(
            (share - 0.95).abs() < slack,
            "{knockout:?} {estimator:?}: {share}"
        );
    }
}
