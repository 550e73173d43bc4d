//! Collapsed groups beside the exact solver and the match-by-match engine.

use super::{Estimator, Knockout, Sampler};
use crate::bench::cups::{Strengths, cup, played_until};
use crate::conditions::Conditions;
use crate::exact;
use crate::ids::ClubId;
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
            // Within 5 standard errors, since hundreds are compared; n = 212,992 runs, seed 5.
            let strata = sampler.run(0..212_992, 5, knockout, None);
            assert_eq!(strata.runs(), 212_992);
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
fn any_number_of_threads_and_any_instructions_find_the_same() {
    let sampler = Sampler::new(&playbook(8, 2), 1e-5).expect("a supported cup");
    let portable = sampler.clone().portable();
    for knockout in [Knockout::Sampled, Knockout::Expected] {
        let of = |threads| sampler.run(0..81_920, 9, knockout, NonZeroUsize::new(threads));
        let one = of(1);
        assert_eq!(one, of(2));
        assert_eq!(one, of(8));
        let mut halves = sampler.run(49_152..81_920, 9, knockout, None);
        halves.merge(&sampler.run(0..49_152, 9, knockout, None));
        assert_eq!(one, halves);
        assert_eq!(one, portable.run(0..81_920, 9, knockout, None));
    }
}

#[test]
fn memory_does_not_grow_with_the_runs() {
    let sampler = Sampler::new(&playbook(8, 5), 1e-5).expect("a supported cup");
    for knockout in [Knockout::Sampled, Knockout::Expected] {
        let of = |runs| sampler.run(0..runs, 1, knockout, None).numbers();
        assert_eq!(of(super::PORTION), of(16 * super::PORTION));
    }
}

/// The chances of one lane beside those of the exact bracket given the same seeds, which is their slow twin.
#[test]
fn chances_are_the_exact_fates_of_the_seeds() {
    let playbook = playbook(8, 0);
    let clubs: Vec<ClubId> = playbook
        .groups
        .iter()
        .flat_map(|group| group.clubs.clone())
        .collect();
    let odds = exact::bracket::TieOdds::new(&playbook, &clubs);
    let active: Vec<Option<ClubId>> = clubs.iter().copied().map(Some).collect();
    let bracket = super::bracket::Bracket::new(&playbook, &active).expect("a supported bracket");
    // In lane l seed k is club (k + l) mod 3 of group (3 k + l) mod 8.
    let lane_seed = |seed: usize, lane: usize| (3 * seed + lane) % 8 * 3 + (seed + lane) % 3;
    let seeds: Vec<[u32; super::LANES]> = (0..8)
        .map(|seed| std::array::from_fn(|lane| lane_seed(seed, lane) as u32))
        .collect();
    let mut expected = super::knockout::Expected::new(&bracket);
    let mut strata = super::Strata::new(&bracket, 24);
    expected.play(&bracket, super::knockout::Depth::All, &seeds);
    expected.hand_over_sums(&mut strata);
    expected.hand_over_meetings(&bracket, &mut strata);
    let mut sums = vec![[0.0; 3]; 8 * 24];
    for lane in 0..super::LANES {
        let of_lane: Vec<ClubId> = (0..8).map(|seed| clubs[lane_seed(seed, lane)]).collect();
        let fates = exact::bracket::fates(&playbook, &odds, &of_lane);
        for seed in 0..8 {
            let chances = [
                fates.round[seed][1],
                fates.round[seed][2],
                fates.title[seed],
            ];
            let row = &mut sums[seed * 24 + lane_seed(seed, lane)];
            for (sum, chance) in row.iter_mut().zip(chances) {
                *sum += chance;
            }
        }
    }
    for (at, row) in sums.iter().enumerate() {
        for (step, sum) in row.iter().enumerate() {
            let found = strata.found(at / 24, at % 24, step).sum;
            // Chances of 32 bits: off by 1e-7 each, of which a stratum holds some dozens.
            assert!((found - sum).abs() < 1e-5, "{at} {step}: {found} {sum}");
        }
    }
}

#[test]
fn full_records_and_lots_decide_between_level_winners() {
    // After the last matchday but one, with every match so far 2-1, winners are often level; hiding figures from the tables
    // must not change what comes out. n = 409,600 runs each at seeds 1 and 2; within 5 standard errors, hundreds are compared.
    let playbook = playbook(8, 4);
    let sampler = Sampler::new(&playbook, 1e-8).expect("a supported cup");
    let shallow = sampler.clone().hiding_figures(&playbook);
    let of = |sampler: &Sampler, seed| {
        let strata = sampler.run(0..409_600, seed, Knockout::Sampled, None);
        sampler.estimate(&strata, Estimator::Mean)
    };
    let (deep, shallow) = (of(&sampler, 1), of(&shallow, 2));
    let both = deep
        .standard_errors
        .zip_with(&shallow.standard_errors, f64::hypot);
    assert!(farthest(&deep.odds, &shallow.odds, &both) < 5.0);
    // The shares of seeds are drawn, too, and agree with the exact ones.
    for sampler in [&sampler, &sampler.clone().hiding_figures(&playbook)] {
        let strata = sampler.run(0..409_600, 3, Knockout::Expected, None);
        for (position, club) in playbook
            .groups
            .iter()
            .flat_map(|group| &group.clubs)
            .enumerate()
        {
            for seed in 0..8 {
                let share = strata.found(seed, position, 0).count / 409_600.0;
                let p = sampler.group_stage().seed[club.index()][seed];
                let error = (p * (1.0 - p) / 409_600.0).sqrt();
                assert!(
                    (share - p).abs() < 5.0 * error + 1e-6,
                    "{seed} {position}: {share} {p}"
                );
            }
        }
    }
}

/// All chances of a table that are not exact.
fn estimated(odds: &Odds) -> Vec<f64> {
    let later = odds.round.iter().flat_map(|rounds| &rounds[1..]);
    later.chain(&odds.title).copied().collect()
}

#[test]
fn standard_errors_are_honest() {
    // 200 seeds of n = 16,384 runs; every semifinal, final and title chance of at least 2%.
    const SEEDS: u64 = 200;
    let playbook = playbook(8, 4);
    let truth = estimated(&exact::solve(&playbook, 1e-7).expect("a supported cup").odds);
    let sampler = Sampler::new(&playbook, 1e-8).expect("a supported cup");
    let judged: Vec<usize> = (0..truth.len()).filter(|at| truth[*at] > 0.02).collect();
    assert!(judged.len() >= 30, "{}", judged.len());
    for (knockout, estimator) in WAYS {
        let (mut off, mut inside) = (0.0, 0);
        let mut means = vec![[0.0; 3]; truth.len()];
        for seed in 0..SEEDS {
            let strata = sampler.run(0..16_384, seed, knockout, None);
            let found = sampler.estimate(&strata, estimator);
            let (odds, errors) = (estimated(&found.odds), estimated(&found.standard_errors));
            for &at in &judged {
                let error = odds[at] - truth[at];
                off += (error / errors[at]).powi(2);
                inside += u32::from(error.abs() < 1.96 * errors[at]);
                for (sum, part) in means[at].iter_mut().zip([error, error * error, errors[at]]) {
                    *sum += part / SEEDS as f64;
                }
            }
        }
        let all = (SEEDS * judged.len() as u64) as f64;
        let way = format!("{knockout:?} {estimator:?}");
        // The spread of one figure over 200 seeds is known to 1 / sqrt(2 * 200) = 5%, so 20% are 4 standard errors; the
        // mean over more than 30 figures, of which at least four are as good as independent, to 2.5%: 10% are 4.
        let mut ratios = Vec::new();
        for &at in &judged {
            let [mean, square, reported] = means[at];
            let spread = (square - mean * mean).sqrt();
            ratios.push(spread / reported);
            assert!(
                (spread / reported - 1.0).abs() < 0.2,
                "{way} {at}: {spread} {reported}"
            );
        }
        let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
        assert!((mean - 1.0).abs() < 0.1, "{way}: {mean}");
        assert!(
            ((off / all).sqrt() - 1.0).abs() < 0.1,
            "{way}: {}",
            off / all
        );
        // 4 binomial standard errors, the figures of one run counted as four independent ones.
        let slack = 4.0 * f64::sqrt(0.05 * 0.95 / (4 * SEEDS) as f64);
        let share = f64::from(inside) / all;
        assert!((share - 0.95).abs() < slack, "{way}: {share}");
    }
}
