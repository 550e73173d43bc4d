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
    /// `density[i][k]`: the part of the k-th moment in the density of least squares at node i.
    density: Vec<Vec<f64>>,
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
        // Gauss quadrature integrates the density times a basis polynomial exactly, and gives the
        // density at that polynomial's node.
        let density = (0..stages)
            .map(|node| {
                let others = nodes.iter().enumerate().filter(|(k, _)| *k != node);
                let others: Vec<f64> = others.map(|(_, (at, _))| *at).collect();
                let scale: f64 = others.iter().map(|other| nodes[node].0 - other).product();
                let coefficients = with_roots(&others).into_iter();
                coefficients
                    .map(|coefficient| coefficient / scale / nodes[node].1)
                    .collect()
            })
            .collect();
        Self {
            nodes,
            inner,
            density,
        }
    }

    /// The number of stages.
    pub(super) fn stages(&self) -> usize {
        self.nodes.len()
    }
}

/// The coefficients of the polynomial with these roots and leading coefficient 1, the constant first.
fn with_roots(roots: &[f64]) -> Vec<f64> {
    let mut coefficients = vec![1.0];
    for root in roots {
        coefficients.insert(0, 0.0);
        for k in 0..coefficients.len() - 1 {
            coefficients[k] -= root * coefficients[k + 1];
        }
    }
    coefficients
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

/// What a window puts into a wrong order.
#[derive(Debug, Clone, Copy, Default)]
struct Disorder {
    /// The probability, of all pairs of clubs together.
    sum: f64,
    /// The root of the sum of the squares of their probabilities: how large the error is if those of pairs are independent.
    root: f64,
}

/// A window that is being filled.
#[derive(Clone)]
struct Open<'a> {
    rule: &'a Collocation,
    group_of: &'a [usize],
    /// `moments[k][club]`: the club's arrivals times the k-th power of their time, which is the probability passed.
    moments: Vec<Vec<f64>>,
    /// `before[d * clubs + c]`: c arrives before d, both in this window.
    before: Vec<f64>,
    /// The probability passed.
    total: f64,
    /// What it put into a wrong order when it was last looked at.
    disorder: Disorder,
    /// The probability passed since then.
    unseen: f64,
}

impl<'a> Open<'a> {
    fn new(rule: &'a Collocation, group_of: &'a [usize]) -> Self {
        let clubs = group_of.len();
        Self {
            rule,
            group_of,
            moments: vec![vec![0.0; clubs]; rule.stages()],
            before: vec![0.0; clubs * clubs],
            total: 0.0,
            disorder: Disorder::default(),
            unseen: 0.0,
        }
    }

    fn clear(&mut self) {
        self.moments.iter_mut().for_each(|moment| moment.fill(0.0));
        self.before.fill(0.0);
        (self.total, self.disorder, self.unseen) = (0.0, Disorder::default(), 0.0);
    }

    /// The same contents as another, without new memory.
    fn become_like(&mut self, other: &Self) {
        for (own, theirs) in self.moments.iter_mut().zip(&other.moments) {
            own.copy_from_slice(theirs);
        }
        self.before.copy_from_slice(&other.before);
        (self.total, self.disorder, self.unseen) = (other.total, other.disorder, other.unseen);
    }

    /// Adds the rungs of one level.
    fn push(&mut self, level: &[Rung]) {
        let clubs = self.group_of.len();
        for rung in level {
            let row = &mut self.before[rung.club.index() * clubs..][..clubs];
            for (before, mass) in row.iter_mut().zip(&self.moments[0]) {
                *before += mass * rung.mass;
            }
            // Level clubs draw lots.
            for other in level {
                row[other.club.index()] += 0.5 * other.mass * rung.mass;
            }
        }
        let length = mass_of(level);
        let (start, end) = (self.total, self.total + length);
        for (k, moment) in self.moments.iter_mut().enumerate() {
            // Inside a level arrivals are uniform: the mean of a power of their time.
            let powers = (0..=k).map(|i| start.powi(i as i32) * end.powi((k - i) as i32));
            let mean = powers.sum::<f64>() / (k + 1) as f64;
            for rung in level {
                moment[rung.club.index()] += rung.mass * mean;
            }
        }
        self.total = end;
        self.unseen += length;
    }

    /// Whether it may be worth a look once more probability is added.
    fn may_be_full(&self, length: f64, limit: impl Fn(f64) -> f64) -> bool {
        let growth = (self.unseen + length) * (self.total + length) * OVERSIGHT;
        self.disorder.root + growth >= limit(self.total + length)
    }

    /// Works out the densities and their error.
    fn look(&mut self, groups: usize) -> Vec<Vec<f64>> {
        let arrivals = self.arrivals();
        let crowded = self.crowded(groups);
        self.disorder = self.disorder(&arrivals);
        self.disorder.sum += crowded;
        self.disorder.root += crowded;
        self.unseen = 0.0;
        arrivals
    }

    /// The densities of arrivals at the nodes.
    fn arrivals(&self) -> Vec<Vec<f64>> {
        let clubs = self.group_of.len();
        let at_node = |factors: &Vec<f64>| {
            let mut density = vec![0.0; clubs];
            let mut scale = 1.0;
            for (factor, moment) in factors.iter().zip(&self.moments) {
                for (density, moment) in density.iter_mut().zip(moment) {
                    *density += factor * scale * moment;
                }
                scale /= self.total;
            }
            density
        };
        self.rule.density.iter().map(at_node).collect()
    }

    /// The probabilities of pairs that the densities put into a wrong order.
    fn disorder(&self, arrivals: &[Vec<f64>]) -> Disorder {
        let clubs = self.group_of.len();
        let masses = &self.moments[0];
        let present: Vec<usize> = (0..clubs).filter(|club| masses[*club] > 0.0).collect();
        // By node, the weight of a club's arrivals before another club that arrives there.
        let earlier: Vec<Vec<f64>> = (self.rule.nodes.iter().zip(&self.rule.inner))
            .map(|((_, weight), inner)| {
                let at_club = |club: usize| -> f64 {
                    let nodes = inner.iter().zip(arrivals);
                    weight * nodes.map(|(inner, at)| inner * at[club]).sum::<f64>()
                };
                (0..clubs).map(at_club).collect()
            })
            .collect();
        let (mut sum, mut squares) = (0.0, 0.0);
        for (index, &c) in present.iter().enumerate() {
            for &d in &present[index + 1..] {
                if self.group_of[c] != self.group_of[d] {
                    let nodes = earlier.iter().zip(arrivals);
                    let kept: f64 = nodes.map(|(earlier, at)| earlier[c] * at[d]).sum();
                    let wrong = self.before[d * clubs + c] - kept;
                    sum += wrong.abs();
                    squares += wrong * wrong;
                }
            }
        }
        Disorder {
            sum,
            root: squares.sqrt(),
        }
    }

    /// About the error in the probability that so many winners arrive in this window that the
    /// collocation, exact for `2 * stages` of them, is not: a fraction of the probability of one more.
    fn crowded(&self, groups: usize) -> f64 {
        let mut by_group = vec![0.0; groups];
        for (club, mass) in self.moments[0].iter().enumerate() {
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

/// Cuts the ladder into windows; `budget` bounds the root of the sum of the squares of the probabilities of a wrong order, of all pairs
/// in all windows: whom a window puts too early, the next is as likely to put too late, so that errors add up like independent ones.
pub(super) fn cut(
    rungs: &[Rung],
    group_of: &[usize],
    groups: usize,
    rule: &Collocation,
    budget: f64,
) -> Windows {
    // The squares add up to that of the budget if each is in proportion to the length of its window.
    let limit = |length: f64| budget * (length / groups as f64).sqrt();
    let mut open = Open::new(rule, group_of);
    let mut longer = open.clone();
    let mut windows = Windows {
        windows: Vec::new(),
        misordered: 0.0,
    };
    let mut below: Vec<f64> = vec![0.0; groups];
    for rung in rungs {
        below[usize::from(rung.group)] += rung.mass;
    }
    for level in levels(rungs) {
        if open.total > 0.0 && open.may_be_full(mass_of(level), limit) {
            longer.become_like(&open);
            longer.push(level);
            longer.look(groups);
            if longer.disorder.root >= limit(longer.total) {
                windows.close(&mut open, &below);
                open.push(level);
            } else {
                std::mem::swap(&mut open, &mut longer);
            }
        } else {
            open.push(level);
        }
        for rung in level {
            let rest = &mut below[usize::from(rung.group)];
            *rest = (*rest - rung.mass).max(0.0);
        }
    }
    if open.total > 0.0 {
        windows.close(&mut open, &vec![0.0; groups]);
    }
    windows
}

/// The probability of a level.
fn mass_of(level: &[Rung]) -> f64 {
    level.iter().map(|rung| rung.mass).sum()
}

/// A window is looked at when its error could have become too large, if of the pairs that were added this
/// part were in the wrong order. (It is far less, and looking costs more than it shows.)
const OVERSIGHT: f64 = 1.0 / 8.0;

impl Windows {
    /// Closes a window, and empties it for the next.
    fn close(&mut self, open: &mut Open<'_>, below: &[f64]) {
        let arrivals = open.look(below.len());
        self.misordered += open.disorder.sum;
        self.windows.push(Window {
            arrivals,
            below: below.to_vec(),
        });
        open.clear();
    }
}
