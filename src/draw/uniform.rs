//! All valid draws alike: how many there are, how often two clubs share a group, and one of them at random.
//!
//! The clubs of the first pot stand for the groups, which are then filled one after the other from the other
//! pots. What can still become of the remaining groups depends only on how many clubs of each kind are used up, so
//! that the completions are counted backwards from the last group over these few states (a transfer-matrix count:
//! Stanley, Enumerative Combinatorics I, section 4.7), in exact integers.

use super::automaton::{ALIVE, Automaton, DEAD, Kind, State};
use super::pairs::PairOdds;
use super::{DrawError, Drawing};
use crate::ids::ClubId;
use rand::RngExt;
use rand::seq::SliceRandom;
use std::collections::BTreeMap;

/// The most steps from state to state that are counted over (some ten seconds of work).
const MOST_STEPS: usize = 30_000_000;

/// The uniform distribution over the valid draws.
#[derive(Debug, Clone)]
pub struct Uniform<'a> {
    pub(super) drawing: &'a Drawing,
    /// The kind of the first pot's club of each group, in the order in which groups are filled.
    hosts: Vec<Kind>,
    /// By kind of the first pot: the kinds of the other pots that make a valid group with it.
    makeups: Vec<Vec<Makeup>>,
    /// The digit of each kind of each pot but the first in the number of a [`Used`].
    places: Vec<Vec<Place>>,
    /// `completions[group][used]`: in how many ways this and all later groups can be filled.
    completions: Vec<BTreeMap<Used, u128>>,
}

/// How many clubs of each kind are used up, as a number in mixed radix.
type Used = u128;

/// Where the count of one kind stands in a [`Used`].
#[derive(Debug, Clone, Copy)]
struct Place {
    unit: Used,
    size: u8,
}

/// What a group takes from the pots after the first.
#[derive(Debug, Clone)]
struct Makeup {
    kinds: Vec<Kind>,
    /// What it adds to a [`Used`].
    step: Used,
}

impl<'a> Uniform<'a> {
    /// Counts the valid draws.
    ///
    /// # Errors
    /// More draws than 128 bits can count, or too many different ways to get there.
    pub fn new(drawing: &'a Drawing) -> Result<Self, DrawError> {
        let too_large = |reason: &str| DrawError::TooLarge {
            tournament: drawing.tournament.clone(),
            reason: reason.to_owned(),
        };
        if all_arrangements(drawing).is_none() {
            return Err(too_large("the number of draws has more than 38 digits"));
        }
        let automaton = &drawing.automaton;
        let places = places(automaton)
            .ok_or_else(|| too_large("there are too many different kinds of clubs"))?;
        let first = &automaton.layers[0];
        let mut hosts = first.kind_of.clone();
        hosts.sort_unstable();
        let makeups = (0..first.kinds())
            .map(|kind| {
                let state = first.step(automaton.start(), kind as Kind);
                makeups_from(automaton, &places, state)
            })
            .collect();
        let mut uniform = Self {
            drawing,
            hosts,
            makeups,
            places,
            completions: Vec::new(),
        };
        uniform.completions = uniform
            .count_completions()
            .ok_or_else(|| too_large("its groups can be half filled in too many ways"))?;
        Ok(uniform)
    }

    /// The number of valid draws apart from the labels of the groups: two draws that put the same
    /// clubs together are one.
    pub fn count_without_labels(&self) -> u128 {
        self.completions[0].get(&0).copied().unwrap_or(0)
    }

    /// The number of valid draws: assignments of the clubs to the labelled groups.
    pub fn count(&self) -> u128 {
        self.count_without_labels() * factorial(self.drawing.groups())
    }

    /// The exact probability that two clubs share a group, for every pair: a ratio of two counts.
    pub fn pair_odds(&self) -> PairOdds {
        let total = self.count_without_labels() as f64;
        let counts = self.makeup_counts();
        let sizes = |pot: usize| &self.drawing.automaton.layers[pot].sizes;
        PairOdds::from_kinds(self.drawing, |one, other| {
            let ((pot, kind), (other_pot, other_kind)) = (one, other);
            let together: u128 = counts
                .iter()
                .filter(|(kinds, _)| kinds[pot] == kind && kinds[other_pot] == other_kind)
                .map(|(_, count)| count)
                .sum();
            let pairs = f64::from(sizes(pot)[usize::from(kind)])
                * f64::from(sizes(other_pot)[usize::from(other_kind)]);
            together as f64 / pairs / total
        })
    }

    /// One valid draw, each with the same probability: the clubs of each group, in order of pots.
    ///
    /// # Panics
    /// Never: every group takes only clubs that are left, and only so that the rest can be completed.
    pub fn sample(&self, rng: &mut impl rand::Rng) -> Vec<Vec<ClubId>> {
        let layers = &self.drawing.automaton.layers;
        let mut left: Vec<Vec<Vec<ClubId>>> = (layers.iter().zip(&self.drawing.pots))
            .map(|(layer, clubs)| {
                let mut by_kind = vec![Vec::new(); layer.kinds()];
                let mut shuffled: Vec<usize> = (0..clubs.len()).collect();
                shuffled.shuffle(rng);
                for index in shuffled {
                    by_kind[usize::from(layer.kind_of[index])].push(clubs[index]);
                }
                by_kind
            })
            .collect();
        let mut used = 0;
        let mut groups: Vec<Vec<ClubId>> = Vec::with_capacity(self.hosts.len());
        for (group, host) in self.hosts.iter().enumerate() {
            let makeup = self.random_makeup(group, *host, used, rng);
            used += makeup.step;
            let kinds = [*host].into_iter().chain(makeup.kinds.iter().copied());
            let members = left.iter_mut().zip(kinds).map(|(pot, kind)| {
                let clubs = &mut pot[usize::from(kind)];
                clubs
                    .pop()
                    .expect("a makeup takes only clubs that are left")
            });
            groups.push(members.collect());
        }
        groups.shuffle(rng);
        groups
    }

    /// What a group takes, in proportion to the number of draws that go on from there.
    fn random_makeup(
        &self,
        group: usize,
        host: Kind,
        used: Used,
        rng: &mut impl rand::Rng,
    ) -> &Makeup {
        let total = self.completions[group][&used];
        let mut ticket = rng.random_range(0..total);
        for makeup in &self.makeups[usize::from(host)] {
            let draws = self.ways(makeup, used) * self.completions_after(group, used, makeup);
            if ticket < draws {
                return makeup;
            }
            ticket -= draws;
        }
        unreachable!("the draws of all makeups add up to the total")
    }

    /// In how many ways clubs can be picked for a makeup: one factor a pot, the clubs of its kind left.
    fn ways(&self, makeup: &Makeup, used: Used) -> u128 {
        let left = self.places.iter().zip(&makeup.kinds).map(|(pot, kind)| {
            let place = pot[usize::from(*kind)];
            let size = u128::from(place.size);
            size - used / place.unit % (size + 1)
        });
        left.product()
    }

    /// In how many ways the groups after this one can be filled; zero for a dead end.
    fn completions_after(&self, group: usize, used: Used, makeup: &Makeup) -> u128 {
        let after = self.completions[group + 1].get(&(used + makeup.step));
        after.copied().unwrap_or(0)
    }

    /// For each state before each group the number of completions, or `None` if that takes too long.
    fn count_completions(&self) -> Option<Vec<BTreeMap<Used, u128>>> {
        let mut reached = vec![BTreeMap::from([(0, 0)])];
        let mut steps = 0;
        for (group, host) in self.hosts.iter().enumerate() {
            let mut next = BTreeMap::new();
            for used in reached[group].keys() {
                steps += self.makeups[usize::from(*host)].len();
                if steps > MOST_STEPS {
                    return None;
                }
                for makeup in &self.makeups[usize::from(*host)] {
                    if self.ways(makeup, *used) > 0 {
                        next.insert(used + makeup.step, 0);
                    }
                }
            }
            reached.push(next);
        }
        let mut completions = reached;
        let last = completions.len() - 1;
        for count in completions[last].values_mut() {
            *count = 1;
        }
        for (group, host) in self.hosts.iter().enumerate().rev() {
            let (before, after) = completions.split_at_mut(group + 1);
            for (used, count) in &mut before[group] {
                let makeups = &self.makeups[usize::from(*host)];
                *count = makeups
                    .iter()
                    .map(|makeup| {
                        let ways = self.ways(makeup, *used);
                        let later = after[0].get(&(used + makeup.step)).copied();
                        ways * later.unwrap_or(0)
                    })
                    .sum();
            }
        }
        Some(completions)
    }

    /// For each makeup of a group (the kind of each pot, the first included) the number of groups of this
    /// makeup in all valid draws together, labels apart: draws up to the group times draws after it.
    fn makeup_counts(&self) -> BTreeMap<Vec<Kind>, u128> {
        let mut counts = BTreeMap::new();
        let mut beginnings: BTreeMap<Used, u128> = BTreeMap::from([(0, 1)]);
        for (group, host) in self.hosts.iter().enumerate() {
            let mut next = BTreeMap::new();
            for (used, before) in &beginnings {
                for makeup in &self.makeups[usize::from(*host)] {
                    let ways = self.ways(makeup, *used);
                    let after = self.completions_after(group, *used, makeup);
                    if ways == 0 || after == 0 {
                        continue;
                    }
                    let kinds = [*host].into_iter().chain(makeup.kinds.iter().copied());
                    *counts.entry(kinds.collect()).or_insert(0) += before * ways * after;
                    *next.entry(used + makeup.step).or_insert(0) += before * ways;
                }
            }
            beginnings = next;
        }
        counts
    }
}

/// The digits of a [`Used`]: one a kind of each pot but the first. `None` if they do not fit.
fn places(automaton: &Automaton) -> Option<Vec<Vec<Place>>> {
    let mut unit: Used = 1;
    let mut places = Vec::new();
    for layer in &automaton.layers[1..] {
        let mut pot = Vec::new();
        for size in &layer.sizes {
            pot.push(Place { unit, size: *size });
            unit = unit.checked_mul(u128::from(*size) + 1)?;
        }
        places.push(pot);
    }
    Some(places)
}

/// Every way to complete a group from a state after the first pot.
fn makeups_from(automaton: &Automaton, places: &[Vec<Place>], state: State) -> Vec<Makeup> {
    let mut open = vec![(
        state,
        Makeup {
            kinds: Vec::new(),
            step: 0,
        },
    )];
    for (layer, pot) in automaton.layers[1..].iter().zip(places) {
        let mut next = Vec::new();
        for (state, makeup) in open {
            for (kind, place) in pot.iter().enumerate() {
                let after = layer.step(state, kind as Kind);
                if after != DEAD {
                    let mut kinds = makeup.kinds.clone();
                    kinds.push(kind as Kind);
                    let step = makeup.step + place.unit;
                    next.push((after, Makeup { kinds, step }));
                }
            }
        }
        open = next;
    }
    let whole = open.into_iter().filter(|(state, _)| *state == ALIVE);
    whole.map(|(_, makeup)| makeup).collect()
}

/// The number of ways to put one club of each pot into each labelled group, constraints apart, which no
/// count here exceeds; `None` if it does not fit.
fn all_arrangements(drawing: &Drawing) -> Option<u128> {
    let pot = (1..=drawing.groups() as u128).try_fold(1_u128, u128::checked_mul)?;
    pot.checked_pow(u32::try_from(drawing.pots.len()).ok()?)
}

/// The factorial of a small number.
fn factorial(number: usize) -> u128 {
    (1..=number as u128).product()
}
