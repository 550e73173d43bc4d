//! The exact probability that a club goes on as seed k.
//!
//! A winner is seed k if k - 1 of the other groups' winners are ahead of it: a Poisson-binomial
//! distribution, since groups are independent. Winners level on everything draw lots: give each
//! a uniform number t; then those of h are ahead with probability `above_h + level_h * t`, and the
//! integral over t is a polynomial that a few Gauss-Legendre nodes integrate exactly.

use super::ladder::{Rung, levels};
use super::quadrature::gauss_legendre;

/// `odds[club][k]`: the club is seed k + 1.
pub(super) fn seed_odds(rungs: &[Rung], clubs: usize, groups: usize) -> Vec<Vec<f64>> {
    let mut odds = vec![vec![0.0; groups]; clubs];
    let rules: Vec<_> = (1..=groups.div_ceil(2)).map(gauss_legendre).collect();
    let mut above = vec![0.0; groups];
    let mut level_masses = vec![0.0; groups];
    let mut ahead = vec![0.0; groups];
    let mut counts = vec![0.0; groups + 1];
    let mut others = vec![vec![0.0; groups]; groups];
    let mut present = Vec::with_capacity(groups);
    for level in levels(rungs) {
        present.clear();
        for rung in level {
            let group = usize::from(rung.group);
            if level_masses[group] == 0.0 {
                present.push(group);
                others[group].fill(0.0);
            }
            level_masses[group] += rung.mass;
        }
        for (t, weight) in &rules[nodes(&present, &level_masses, rules.len()) - 1] {
            for group in 0..groups {
                ahead[group] = f64::min(above[group] + level_masses[group] * t, 1.0);
            }
            count(&ahead, &mut counts);
            for &group in &present {
                add_without(&counts, ahead[group], *weight, &mut others[group]);
            }
        }
        for rung in level {
            let positions = &others[usize::from(rung.group)];
            for (sum, probability) in odds[rung.club.index()].iter_mut().zip(positions) {
                *sum += rung.mass * probability;
            }
        }
        for &group in &present {
            above[group] += level_masses[group];
            level_masses[group] = 0.0;
        }
    }
    // Taking an event out of a distribution can leave a rounding error below zero.
    for probability in odds.iter_mut().flatten() {
        *probability = probability.max(0.0);
    }
    odds
}

/// How many nodes a level needs: one if lots cannot matter, all if many winners may be level, and in
/// between as many as leave an error (of the order of the level's probability to the power
/// 2 * nodes + 1) below rounding.
fn nodes(present: &[usize], level_masses: &[f64], most: usize) -> usize {
    if present.len() == 1 {
        return 1;
    }
    let mass: f64 = present.iter().map(|group| level_masses[*group]).sum();
    let needed = (1..most).find(|nodes| mass.powi(2 * *nodes as i32 + 1) < 1e-20);
    needed.unwrap_or(most).min(present.len().div_ceil(2)).max(1)
}

/// The distribution of how many of independent events happen.
fn count(probabilities: &[f64], counts: &mut [f64]) {
    counts.fill(0.0);
    counts[0] = 1.0;
    for (index, p) in probabilities.iter().enumerate() {
        for k in (0..=index).rev() {
            let value = counts[k];
            counts[k + 1] += value * p;
            counts[k] = value * (1.0 - p);
        }
    }
}

/// Takes one event out of such a distribution, and adds `weight` times the rest to `sums`. Dividing
/// from the end where the factor is larger keeps rounding errors from growing.
fn add_without(counts: &[f64], probability: f64, weight: f64, sums: &mut [f64]) {
    let mut rest = 0.0;
    if probability < 0.5 {
        for (k, sum) in sums.iter_mut().enumerate() {
            rest = (counts[k] - probability * rest) / (1.0 - probability);
            *sum += weight * rest;
        }
    } else {
        for (k, sum) in sums.iter_mut().enumerate().rev() {
            rest = (counts[k + 1] - (1.0 - probability) * rest) / probability;
            *sum += weight * rest;
        }
    }
}
