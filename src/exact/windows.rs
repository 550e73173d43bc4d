//! The ladder of records cut into windows, in each of which winners arrive along a low polynomial.
//!
//! Going down the ladder, group winners arrive one by one, and the order of arrival is the seeding.
//! Inside a window, time runs from 0 to 1 in proportion to the probability passed, and each club's
//! arrivals are replaced by the polynomial density of least squares (its Legendre projection). Gauss
//! collocation then needs that density only at its nodes. The probability that c arrives before d in
//! a window is kept exactly as long as both are close to such polynomials; what is not is measured
//! pair by pair, and windows are as long as a budget for it allows.

use super::ladder::{Rung, levels};
use super::quadrature::gauss_legendre;

/// Gauss collocation on the unit interval (Hairer, Norsett and Wanner 1993, section II.7).
#[derive(Debug, Clone)]
pub(super) struct Collocation {
    /// The nodes, ascending, with their quadrature weights.
    pub(super) nodes: Vec<(f64, f64)>,
    /// `inner[i][j]`: the weight of node j in the integral from 0 to node i.
    pub(super) inner: Vec<Vec<f64>>,
    /// `legendre[i][k]`: the k-th Legendre polynomial of the unit interval at node i, times 2k + 1.
    legendre: Vec<Vec<f64>>,
}

impl Collocation {
    /// The rule with so many stages.
    pub(super) fn new(stages: usize) -> Self {
        let mut nodes = gauss_legendre(stages);
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let basis = |at: f64, j: usize| -> f64 {
            let others = (0..stages).filter(|k| *k != j);
            others
                .map(|k| (at - nodes[k].0) / (nodes[j].0 - nodes[k].0))
                .product()
        };
        let inner = nodes
            .iter()
            .map(|(end, _)| {
                let integral = |j: usize| -> f64 {
                    let rule = nodes.iter();
                    rule.map(|(t, weight)| end * weight * basis(end * t, j))
                        .sum()
                };
                (0..stages).map(integral).collect()
            })
            .collect();
        let legendre = nodes
            .iter()
            .map(|(node, _)| {
                let values = legendre(*node, stages).into_iter().enumerate();
                values
                    .map(|(k, value)| (2 * k + 1) as f64 * value)
                    .collect()
            })
            .collect();
        Self {
            nodes,
            inner,
            legendre,
        }
    }

    /// The number of stages.
    pub(super) fn stages(&self) -> usize {
        self.nodes.len()
    }
}

/// The Legendre polynomials of degrees 0 to `count - 1` on the unit interval.
fn legendre(at: f64, count: usize) -> Vec<f64> {
    let x = 2.0 * at - 1.0;
    let mut values = vec![1.0, x];
    for k in 2..count {
        let degree = k as f64;
        let next =
            ((2.0 * degree - 1.0) * x * values[k - 1] - (degree - 1.0) * values[k - 2]) / degree;
        values.push(next);
    }
    values.truncate(count);
    values
}

/// A stretch of the ladder.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// `arrivals[i][club]`: the density of arrivals at node i; it may be negative.
    pub(super) arrivals: Vec<Vec<f64>>,
    /// For each group the probability that its winner arrives below this window.
    pub(super) below: Vec<f64>,
}

/// The ladder in windows.
#[derive(Debug, Clone)]
pub(super) struct Windows {
    /// From the best records to the worst.
    pub(super) windows: Vec<Window>,
    /// The probability of pairs of winners in a wrong order, and of so many winners in one window that
    /// the collocation does not get them quite right.
    pub(super) misordered: f64,
}

/// Clubs with their probabilities.
type Members = Vec<(usize, f64)>;

/// A window that is being filled.
struct Open<'a> {
    rule: &'a Collocation,
    group_of: &'a [usize],
    /// For each club its probability in the window.
    masses: Vec<f64>,
    /// Level by level: (start, length) in passed probability, and the clubs with theirs.
    levels: Vec<(f64, f64, Members)>,
    /// `before[c * clubs + d]`: c arrives before d, both in this window.
    before: Vec<f64>,
    /// The probability passed.
    total: f64,
}

impl Open<'_> {
    fn clear(&mut self) {
        self.masses.fill(0.0);
        self.levels.clear();
        self.before.fill(0.0);
        self.total = 0.0;
    }

    /// Adds the rungs of one level.
    fn push(&mut self, level: &[Rung]) {
        let clubs = self.masses.len();
        let members: Members = level
            .iter()
            .map(|rung| (rung.club.index(), rung.mass))
            .collect();
        let length: f64 = members.iter().map(|(_, mass)| mass).sum();
        for &(later, mass) in &members {
            for earlier in 0..clubs {
                self.before[earlier * clubs + later] += self.masses[earlier] * mass;
            }
            for &(other, level_mass) in &members {
                self.before[other * clubs + later] += 0.5 * level_mass * mass;
            }
        }
        for (club, mass) in &members {
            self.masses[*club] += mass;
        }
        self.levels.push((self.total, length, members));
        self.total += length;
    }

    /// Takes the last level away again.
    fn pop(&mut self) {
        let clubs = self.masses.len();
        let Some((start, _, members)) = self.levels.pop() else {
            return;
        };
        self.total = start;
        // Added up afresh, so that a club that leaves does not leave a rounding error behind.
        self.masses.fill(0.0);
        for (club, mass) in self.levels.iter().flat_map(|(_, _, members)| members) {
            self.masses[*club] += mass;
        }
        for &(later, mass) in &members {
            for earlier in 0..clubs {
                self.before[earlier * clubs + later] -= self.masses[earlier] * mass;
            }
            for &(other, level_mass) in &members {
                self.before[other * clubs + later] -= 0.5 * level_mass * mass;
            }
        }
    }

    /// What the window is worth as it stands; it is full if its error uses up its share of the budget.
    fn look(&self, budget: f64, groups: usize) -> Look {
        let arrivals = self.arrivals();
        let wrong = self.misordered(&arrivals) + self.crowded(groups);
        Look {
            arrivals,
            wrong,
            is_full: wrong >= budget * self.total / groups as f64,
        }
    }

    /// The densities of arrivals at the nodes.
    fn arrivals(&self) -> Vec<Vec<f64>> {
        let (stages, clubs) = (self.rule.stages(), self.masses.len());
        let mut moments = vec![vec![0.0; clubs]; stages];
        for (start, length, members) in &self.levels {
            // Inside a level arrivals are uniform: integrate the polynomials over it exactly.
            let mut means = vec![0.0; stages];
            for (node, weight) in &self.rule.nodes {
                let values = legendre((start + length * node) / self.total, stages);
                for (mean, value) in means.iter_mut().zip(values) {
                    *mean += weight * value;
                }
            }
            for (club, mass) in members {
                for (moment, mean) in moments.iter_mut().zip(&means) {
                    moment[*club] += mass * mean;
                }
            }
        }
        let density = |node: usize, club: usize| -> f64 {
            let factors = self.rule.legendre[node].iter();
            factors
                .zip(&moments)
                .map(|(factor, moment)| factor * moment[club])
                .sum()
        };
        (0..stages)
            .map(|node| (0..clubs).map(|club| density(node, club)).collect())
            .collect()
    }

    /// The probability of pairs that the densities put into a wrong order.
    fn misordered(&self, arrivals: &[Vec<f64>]) -> f64 {
        let clubs = self.masses.len();
        let present: Vec<usize> = (0..clubs).filter(|club| self.masses[*club] > 0.0).collect();
        let mut sum = 0.0;
        for (index, &c) in present.iter().enumerate() {
            for &d in &present[index + 1..] {
                if self.group_of[c] == self.group_of[d] {
                    continue;
                }
                let mut kept = 0.0;
                for (i, (_, weight)) in self.rule.nodes.iter().enumerate() {
                    for (j, inner) in self.rule.inner[i].iter().enumerate() {
                        kept += weight * inner * arrivals[i][d] * arrivals[j][c];
                    }
                }
                sum += (self.before[c * clubs + d] - kept).abs();
            }
        }
        sum
    }

    /// About the error in the probability that so many winners arrive in this window that the
    /// collocation, exact for `2 * stages` of them, is not: a fraction of the probability of one more.
    fn crowded(&self, groups: usize) -> f64 {
        let mut by_group = vec![0.0; groups];
        for (club, mass) in self.masses.iter().enumerate() {
            by_group[self.group_of[club]] += mass;
        }
        let crowd = 2 * self.rule.stages() + 1;
        let mut sums = vec![0.0; crowd + 1];
        sums[0] = 1.0;
        for mass in by_group {
            for k in (1..=crowd).rev() {
                sums[k] += sums[k - 1] * mass;
            }
        }
        sums[crowd]
    }
}

/// Cuts the ladder into windows; `budget` bounds the probability of a wrong order in all of them together.
pub(super) fn cut(
    rungs: &[Rung],
    group_of: &[usize],
    groups: usize,
    rule: &Collocation,
    budget: f64,
) -> Windows {
    let clubs = group_of.len();
    let mut open = Open {
        rule,
        group_of,
        masses: vec![0.0; clubs],
        levels: Vec::new(),
        before: vec![0.0; clubs * clubs],
        total: 0.0,
    };
    let mut windows = Windows {
        windows: Vec::new(),
        misordered: 0.0,
    };
    let mut below: Vec<f64> = vec![0.0; groups];
    for rung in rungs {
        below[usize::from(rung.group)] += rung.mass;
    }
    let mut looked_at = 0.0;
    for level in levels(rungs) {
        let length: f64 = level.iter().map(|rung| rung.mass).sum();
        let grown = open.total > 0.0 && open.total + length > looked_at * LOOK_AGAIN;
        if grown {
            let before = open.look(budget, groups);
            let mut full = before.is_full;
            if !full && length > open.total * (LOOK_AGAIN - 1.0) {
                // A long level could overshoot the budget: see first what it would do.
                open.push(level);
                full = open.look(budget, groups).is_full;
                open.pop();
            }
            looked_at = open.total;
            if full {
                windows.close(before, &below);
                open.clear();
                looked_at = 0.0;
            }
        }
        open.push(level);
        for rung in level {
            let rest = &mut below[usize::from(rung.group)];
            *rest = (*rest - rung.mass).max(0.0);
        }
    }
    if open.total > 0.0 {
        let last = open.look(budget, groups);
        windows.close(last, &vec![0.0; groups]);
    }
    windows
}

/// A window is looked at each time it has grown by this factor.
const LOOK_AGAIN: f64 = 1.05;

/// What a window would be if it were closed now.
struct Look {
    arrivals: Vec<Vec<f64>>,
    wrong: f64,
    is_full: bool,
}

impl Windows {
    fn close(&mut self, look: Look, below: &[f64]) {
        self.misordered += look.wrong;
        self.windows.push(Window {
            arrivals: look.arrivals,
            below: below.to_vec(),
        });
    }
}
