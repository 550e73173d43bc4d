//! From batches of runs to swings, their standard errors and the leverage of each match.

use super::batch::{Batch, Joint};
use super::stakes::Stakes;
use super::{FixtureLeverage, Leverage, Method, ResultSwings};

/// Below this a spread between batches is rounding: the figure is exact.
const ROUNDING: f64 = 1e-12;

/// Puts the batches together. `seeds` are the exact seed odds where they are known, by club.
///
/// A swing is `J / Q - X`, with the means `J` of result and event, `Q` of the result, `X` of the event. Its standard
/// error comes from the spread over batches of the linear part of that ratio (the delta method).
pub(super) fn summarise<T: Copy>(
    method: Method,
    targets: &[T],
    batches: &[Batch],
    seeds: Option<&[Vec<f64>]>,
) -> Leverage<T> {
    let all = Sums::new(batches);
    let mut fixtures: Vec<FixtureLeverage<T>> = targets
        .iter()
        .enumerate()
        .map(|(index, target)| all.fixture(index, *target))
        .collect();
    fixtures.sort_by(|a, b| b.value.total_cmp(&a.value));
    let mut odds = all.odds();
    for (club, exact) in seeds.into_iter().flatten().enumerate() {
        let watched = odds.seeds();
        odds.seed_mut(club).copy_from_slice(&exact[watched]);
        *odds.group_win_mut(club) = exact.iter().sum();
    }
    Leverage {
        method,
        runs: batches.iter().map(|batch| batch.runs).sum(),
        odds,
        fixtures,
    }
}

/// All batches with their weights.
struct Sums<'a> {
    /// Batches with at least one run.
    batches: Vec<&'a Batch>,
    /// The number of all runs.
    runs: f64,
    /// The factor of a sum of squared weighted deviations: `b / (b - 1)`.
    correction: f64,
}

impl<'a> Sums<'a> {
    fn new(batches: &'a [Batch]) -> Self {
        let batches: Vec<&Batch> = batches.iter().filter(|batch| batch.runs > 0).collect();
        let count = batches.len() as f64;
        Self {
            runs: batches.iter().map(|batch| batch.runs as f64).sum(),
            correction: count / (count - 1.0).max(1.0),
            batches,
        }
    }

    /// The odds: the mean over all ways in which they were estimated, without the noisiest if there are others.
    fn odds(&self) -> Stakes {
        let ways = self.batches[0].bases.len();
        let first = usize::from(ways > 1);
        let mut odds = self.mean(|batch| &batch.bases[first]);
        for way in first + 1..ways {
            let other = self.mean(|batch| &batch.bases[way]);
            for (sum, value) in odds.values_mut().iter_mut().zip(other.values()) {
                *sum += value;
            }
        }
        for value in odds.values_mut() {
            *value /= (ways - first) as f64;
        }
        odds
    }

    fn mean(&self, part: impl Fn(&'a Batch) -> &'a Stakes) -> Stakes {
        let mut mean = part(self.batches[0]).clone();
        for batch in &self.batches[1..] {
            for (sum, value) in mean.values_mut().iter_mut().zip(part(batch).values()) {
                *sum += value;
            }
        }
        for value in mean.values_mut() {
            *value /= self.runs;
        }
        mean
    }

    fn fixture<T>(&self, index: usize, target: T) -> FixtureLeverage<T> {
        let base = self.batches[0].matches[index].0;
        let before = self.mean(|batch| &batch.bases[base]);
        let results = [0, 1, 2].map(|result| self.result(index, base, result, &before));
        let value = results.iter().map(|result| {
            let changes = (0..before.clubs()).map(|club| result.swings.title(club).abs());
            result.probability * changes.sum::<f64>()
        });
        FixtureLeverage {
            target,
            value: value.sum(),
            standard_error: self.value_error(index, base, &before, &results),
            results,
        }
    }

    fn result(&self, index: usize, base: usize, result: usize, before: &Stakes) -> ResultSwings {
        let joint = |batch: &'a Batch| -> &'a Joint { &batch.matches[index].1[result] };
        let total: f64 = self
            .batches
            .iter()
            .map(|batch| joint(batch).probability)
            .sum();
        let probability = total / self.runs;
        let mut swings = before.emptied();
        let mut errors = swings.clone();
        if probability <= 0.0 {
            return ResultSwings {
                probability,
                swings,
                standard_errors: errors,
            };
        }
        let given = self.mean(|batch| &joint(batch).stakes);
        for (event, swing) in swings.values_mut().iter_mut().enumerate() {
            let ratio = given.values()[event] / probability;
            let odds = before.values()[event];
            *swing = ratio - odds;
            let deviations = self.batches.iter().map(|batch| {
                let (joint, all) = (joint(batch), &batch.bases[base]);
                let ratio_part =
                    (joint.stakes.values()[event] - ratio * joint.probability) / probability;
                ratio_part - (all.values()[event] - odds * batch.runs as f64)
            });
            errors.values_mut()[event] = self.standard_error(deviations);
        }
        ResultSwings {
            probability,
            swings,
            standard_errors: errors,
        }
    }

    /// The standard error of the leverage figure: of `sum of |J - X Q|` with the signs as they came out.
    fn value_error(
        &self,
        index: usize,
        base: usize,
        before: &Stakes,
        results: &[ResultSwings; 3],
    ) -> f64 {
        let deviations = self.batches.iter().map(|batch| {
            let mut sum = 0.0;
            for (result, joint) in results.iter().zip(&batch.matches[index].1) {
                for club in 0..before.clubs() {
                    let swing = result.swings.title(club);
                    if swing == 0.0 {
                        continue;
                    }
                    let odds = before.title(club);
                    let shift = batch.bases[base].title(club) - odds * batch.runs as f64;
                    let part = joint.stakes.title(club)
                        - odds * joint.probability
                        - result.probability * shift;
                    // The mean of the part itself is the figure, which is no deviation.
                    let mean = result.probability * swing * batch.runs as f64;
                    sum += swing.signum() * (part - mean);
                }
            }
            sum
        });
        self.standard_error(deviations)
    }

    /// The standard error of a mean over all runs from each batch's sum of deviations.
    fn standard_error(&self, deviations: impl Iterator<Item = f64>) -> f64 {
        let squares: f64 = deviations
            .map(|deviation| (deviation / self.runs).powi(2))
            .sum();
        let error = (squares * self.correction).sqrt();
        if error < ROUNDING { 0.0 } else { error }
    }
}
