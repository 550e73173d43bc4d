//! How likely two clubs share a group when clubs are drawn one by one: exactly where that is feasible, else by many draws.
//!
//! Exactly, the draw is a Markov chain over half-drawn boards. Within a pot, the next club is of a kind with a
//! probability in proportion to the clubs of that kind left, and its place follows. Between pots, boards on which every group
//! is in the same state are one board; only how each group came about is remembered beside it, as probabilities.

use super::Drawing;
use super::automaton::{Kind, Layer, State};
use super::pairs::PairOdds;
use super::sequential::{Board, Feasibility};
use std::collections::BTreeMap;

/// The most half-drawn boards that are followed exactly (some three seconds of work).
const MOST_BOARDS: usize = 1_000_000;

/// The groups on the way through the pots: for each board, `histories[group * makeups + makeup]` is the
/// probability of this board with this makeup of the group (the kinds of the pots so far in mixed radix).
type Histories = BTreeMap<Vec<State>, Vec<f64>>;

impl Drawing {
    /// The exact probability under the sequential procedure that two clubs share a group, for every
    /// pair; `None` if too many half-drawn boards are possible to follow them all (then simulate).
    pub fn sequential_pair_odds(&self) -> Option<PairOdds> {
        let shares = self.makeup_shares(MOST_BOARDS)?;
        let layers = &self.automaton.layers;
        // A makeup number is read from its end: the last pot runs fastest.
        let units: Vec<usize> = (0..layers.len())
            .map(|pot| layers[pot + 1..].iter().map(Layer::kinds).product())
            .collect();
        let kind_in =
            |makeup: usize, pot: usize| (makeup / units[pot] % layers[pot].kinds()) as Kind;
        let size = |pot: usize, kind: Kind| f64::from(layers[pot].sizes[usize::from(kind)]);
        Some(PairOdds::from_kinds(
            self,
            |(pot, kind), (other_pot, other)| {
                let together: f64 = (0..shares.len())
                    .filter(|makeup| {
                        kind_in(*makeup, pot) == kind && kind_in(*makeup, other_pot) == other
                    })
                    .map(|makeup| shares[makeup])
                    .sum();
                together / size(pot, kind) / size(other_pot, other)
            },
        ))
    }

    /// The expected number of groups of each makeup, or `None` beyond this many half-drawn boards.
    fn makeup_shares(&self, most_boards: usize) -> Option<Vec<f64>> {
        let automaton = &self.automaton;
        let mut feasibility = Feasibility::new(automaton);
        let groups = self.groups();
        let mut boards = Histories::from([(vec![automaton.start(); groups], vec![1.0; groups])]);
        let mut seen = 0;
        for (pot, layer) in automaton.layers.iter().enumerate() {
            let kinds = layer.kinds();
            let mut next = Histories::new();
            for (states, histories) in &boards {
                let makeups = histories.len() / groups;
                let start = Board::before_pot(automaton, pot, states.clone());
                let outcomes = draw_pot(&mut feasibility, &start, most_boards, &mut seen)?;
                for (after, shares) in outcomes {
                    let sum = next
                        .entry(after)
                        .or_insert_with(|| vec![0.0; groups * makeups * kinds]);
                    for (index, history) in histories.iter().enumerate() {
                        let group = index / makeups;
                        for kind in 0..kinds {
                            sum[index * kinds + kind] += history * shares[group * kinds + kind];
                        }
                    }
                }
            }
            boards = next;
        }
        let makeups: usize = automaton.layers.iter().map(Layer::kinds).product();
        let mut shares = vec![0.0; makeups];
        for histories in boards.values() {
            for (index, history) in histories.iter().enumerate() {
                shares[index % makeups] += history;
            }
        }
        Some(shares)
    }
}

/// What drawing one pot leads to from a board: for the states of the groups afterwards, the probability
/// of getting there with a club of each kind in each group, as `shares[group * kinds + kind]`. `None`
/// once more half-drawn boards were `seen` than allowed.
fn draw_pot(
    feasibility: &mut Feasibility,
    start: &Board,
    most_boards: usize,
    seen: &mut usize,
) -> Option<BTreeMap<Vec<State>, Vec<f64>>> {
    let (groups, kinds) = (start.states.len(), start.left.len());
    // The kind placed into each group so far is all there is to know of a half-drawn pot.
    let mut boards = BTreeMap::from([(vec![None; groups], (start.clone(), 1.0))]);
    for balls in (1..=groups).rev() {
        let mut next: BTreeMap<Vec<Option<Kind>>, (Board, f64)> = BTreeMap::new();
        for (placed, (board, probability)) in boards {
            for kind in 0..kinds {
                if board.left[kind] == 0 {
                    continue;
                }
                let group = feasibility.place(&board, kind as Kind);
                let mut placed = placed.clone();
                placed[group] = Some(kind as Kind);
                let (_, sum) = next.entry(placed).or_insert_with(|| {
                    let mut board = board.clone();
                    board.put(feasibility.automaton(), kind as Kind, group);
                    (board, 0.0)
                });
                *sum += probability * f64::from(board.left[kind]) / balls as f64;
            }
        }
        *seen += next.len();
        if *seen > most_boards {
            return None;
        }
        boards = next;
    }
    let mut outcomes = BTreeMap::new();
    for (placed, (board, probability)) in boards {
        let shares = outcomes
            .entry(board.states)
            .or_insert_with(|| vec![0.0; groups * kinds]);
        for (group, kind) in placed.into_iter().flatten().enumerate() {
            shares[group * kinds + usize::from(kind)] += probability;
        }
    }
    Some(outcomes)
}
