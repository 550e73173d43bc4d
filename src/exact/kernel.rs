//! The hot loops of the sweep: how a window carries the states across the arrival of one seed.
//!
//! All lanes and all nodes of a state lie side by side, and the states at the nodes are made as soon as what
//! flows into them is known, so that flows never leave the registers. Arrivals that do not happen in a window
//! are skipped: late in a group stage most windows hold two or three clubs.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined into the version for wide vectors is compiled without them"
)]
#![expect(
    clippy::needless_range_loop,
    reason = "a loop over lanes that indexes several arrays is the form that is turned into vector instructions"
)]

use super::program::{Step, Watch};
use super::windows::Collocation;
use crate::instructions::{Vectors, Work};

/// One number for every lane.
pub(super) type Lanes<const L: usize> = [f64; L];

/// One number for every node and lane.
pub(super) type AtNodes<const L: usize, const S: usize> = [Lanes<L>; S];

/// A collocation rule with a fixed number of stages.
pub(super) struct Rule<const S: usize> {
    /// As in [`Collocation::inner`].
    inner: [[f64; S]; S],
    /// The weights of the nodes.
    weights: [f64; S],
}

impl<const S: usize> Rule<S> {
    /// The rule as arrays.
    pub(super) fn new(rule: &Collocation) -> Self {
        Self {
            inner: std::array::from_fn(|i| std::array::from_fn(|j| rule.inner[i][j])),
            weights: std::array::from_fn(|i| rule.nodes[i].1),
        }
    }

    /// Takes a state through a window: its probability goes from `placed` to what it is at the end.
    #[inline(always)]
    pub(super) fn pass<const L: usize>(
        &self,
        flow: &AtNodes<L, S>,
        placed: &mut Lanes<L>,
    ) -> AtNodes<L, S> {
        let mut at_nodes = [*placed; S];
        let mut end = *placed;
        for j in 0..S {
            for i in 0..S {
                add(&mut at_nodes[i], &flow[j], self.inner[i][j]);
            }
            add(&mut end, &flow[j], self.weights[j]);
        }
        *placed = end;
        at_nodes
    }

    /// What a unit of flow at each node is worth: what it is worth at the end of the window, and what the
    /// arrivals at the nodes after it make of it.
    pub(super) fn worth(&self, at_end: f64, at_nodes: &[f64; S]) -> [f64; S] {
        std::array::from_fn(|node| {
            let inside = (0..S).map(|later| self.inner[later][node] * at_nodes[later]);
            self.weights[node] * at_end + inside.sum::<f64>()
        })
    }
}

/// `sums += factor * values`.
#[inline(always)]
pub(super) fn add<const L: usize>(sums: &mut Lanes<L>, values: &Lanes<L>, factor: f64) {
    for lane in 0..L {
        sums[lane] += factor * values[lane];
    }
}

/// What a state is multiplied with on the way to another.
pub(super) trait Coefficient<const L: usize>: Copy {
    /// Nothing.
    const ZERO: Self;

    /// `self += factor * values`, where `values` has a number for each lane.
    fn add_outcome(&mut self, values: &Lanes<L>, factor: f64);

    /// `sums += self * values`.
    fn add_times(&self, values: &Lanes<L>, sums: &mut Lanes<L>);
}

/// The same for every lane.
impl<const L: usize> Coefficient<L> for f64 {
    const ZERO: Self = 0.0;

    fn add_outcome(&mut self, values: &Lanes<L>, factor: f64) {
        *self += factor * values[0];
    }

    #[inline(always)]
    fn add_times(&self, values: &Lanes<L>, sums: &mut Lanes<L>) {
        add(sums, values, *self);
    }
}

impl<const L: usize> Coefficient<L> for Lanes<L> {
    const ZERO: Self = [0.0; L];

    fn add_outcome(&mut self, values: &Lanes<L>, factor: f64) {
        add(self, values, factor);
    }

    #[inline(always)]
    fn add_times(&self, values: &Lanes<L>, sums: &mut Lanes<L>) {
        for lane in 0..L {
            sums[lane] += self[lane] * values[lane];
        }
    }
}

/// What of a window a job looks at.
pub(super) struct Arrivals<const S: usize> {
    /// The density of arrivals of each of the job's clubs at the nodes.
    pub(super) density: Vec<[f64; S]>,
    /// Whether there are any, by [`super::program::Recipe::key`].
    pub(super) present: Vec<bool>,
    /// What a unit of flow at the nodes is worth in the end, by the groups used.
    pub(super) values: Vec<[f64; S]>,
}

/// The arrival of a seed: from the states before it to those after it.
pub(super) struct Advance<'a, const L: usize, const S: usize, C> {
    pub(super) step: &'a Step,
    pub(super) rule: &'a Rule<S>,
    pub(super) arrivals: &'a Arrivals<S>,
    /// By recipe and node; only those of arrivals that are present are looked at.
    pub(super) coefficients: &'a [[C; S]],
    /// The states before, at the nodes.
    pub(super) before: &'a [AtNodes<L, S>],
    /// The states after at the start of the window, and then at its end.
    pub(super) placed: &'a mut [Lanes<L>],
    /// The states after, at the nodes.
    pub(super) after: &'a mut [AtNodes<L, S>],
    /// By survivor: what flowed to states in which it survived the last tie, by what it is worth.
    pub(super) survived: &'a mut [Lanes<L>],
    /// For every state after the position of its survivor.
    pub(super) survivors: &'a [u32],
}

impl<const L: usize, const S: usize, C: Coefficient<L>> Work for Advance<'_, L, S, C> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: impl Vectors) {
        let step = self.step;
        for (target, (placed, after)) in self.placed.iter_mut().zip(self.after).enumerate() {
            let runs = &step.runs[step.starts[target] as usize..step.starts[target + 1] as usize];
            let mut flow = [[0.0; L]; S];
            let mut any = false;
            for run in runs {
                if !self.arrivals.present[usize::from(run.key)] {
                    continue;
                }
                any = true;
                for term in &step.terms[run.start as usize..run.end as usize] {
                    let source = &self.before[term.source as usize];
                    let coefficients = &self.coefficients[term.coefficient as usize];
                    for node in 0..S {
                        coefficients[node].add_times(&source[node], &mut flow[node]);
                    }
                }
            }
            if any {
                *after = self.rule.pass(&flow, placed);
                if let Some(survivor) = self.survivors.get(target) {
                    let mut sum = self.survived[*survivor as usize];
                    let values = &self.arrivals.values[usize::from(step.used[target])];
                    for node in 0..S {
                        add(&mut sum, &flow[node], values[node]);
                    }
                    self.survived[*survivor as usize] = sum;
                }
            } else {
                *after = [*placed; S];
            }
        }
    }
}

/// A look at who meets whom when a seed arrives.
pub(super) struct Look<'a, const L: usize, const S: usize> {
    pub(super) watch: &'a Watch,
    pub(super) arrivals: &'a Arrivals<S>,
    /// The states before the arrival, at the nodes.
    pub(super) before: &'a [AtNodes<L, S>],
    /// Work space, one for each sum of states.
    pub(super) sums: &'a mut [AtNodes<L, S>],
    /// For every opening what has been seen.
    pub(super) seen: &'a mut [Lanes<L>],
}

impl<const L: usize, const S: usize> Work for Look<'_, L, S> {
    type Output = ();

    #[inline(always)]
    fn run(self, _: impl Vectors) {
        let sums = if self.watch.sums.len() == self.before.len() {
            // Every state is looked at by itself.
            self.before
        } else {
            self.sums.fill([[0.0; L]; S]);
            for (state, sum) in self.before.iter().zip(&self.watch.sum_of) {
                let sum = &mut self.sums[*sum as usize];
                for node in 0..S {
                    add(&mut sum[node], &state[node], 1.0);
                }
            }
            &*self.sums
        };
        for (opening, seen) in self.watch.openings.iter().zip(self.seen) {
            if !self.arrivals.present[usize::from(opening.club)] {
                continue;
            }
            let density = &self.arrivals.density[usize::from(opening.club)];
            let values = &self.arrivals.values[usize::from(opening.used)];
            let sum = &sums[opening.sum as usize];
            let mut total = *seen;
            for node in 0..S {
                add(&mut total, &sum[node], density[node] * values[node]);
            }
            *seen = total;
        }
    }
}
