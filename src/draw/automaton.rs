//! A group under construction as a machine: it takes a club of each pot in turn and ends valid or not.
//!
//! Beginnings of a group that allow the same continuations are one state, and clubs of a pot that lead
//! from every state to the same next state are one *kind* (the Myhill-Nerode construction of a minimal
//! automaton, layer by layer). In the draw of 2013-14 the 24 clubs are of only 11 kinds: the four clubs of
//! pot A from Mexico and the United States, say, are interchangeable as far as the constraints go.

use super::requirement::Requirement;
use crate::ids::ClubId;
use std::collections::BTreeMap;

/// A state of the group under construction, numbered within its layer.
pub(super) type State = u32;
/// A kind of club, numbered within its pot.
pub(super) type Kind = u8;

/// The state that no continuation makes valid, in every layer.
pub(super) const DEAD: State = 0;
/// The state of an empty group that can be completed; also that of a whole, valid group.
pub(super) const ALIVE: State = 1;

/// The most ways to make up a group that are looked at: 2^22, such as 7 pots of 8 clubs.
const MOST_GROUPS: usize = 1 << 22;

/// The machine: one layer a pot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Automaton {
    pub(super) layers: Vec<Layer>,
}

/// How a club of one pot takes the group from a state to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layer {
    /// The kind of each club of the pot, in pot order.
    pub(super) kind_of: Vec<Kind>,
    /// How many clubs of each kind the pot holds.
    pub(super) sizes: Vec<u8>,
    /// `next[state][kind]`: the state of the next layer.
    pub(super) next: Vec<Vec<State>>,
}

impl Automaton {
    /// The machine for these pots (all of one size) and requirements, or `None` if a group can be made
    /// up in more ways than can be looked at one by one.
    pub(super) fn new(pots: &[Vec<ClubId>], requirements: &[Requirement]) -> Option<Self> {
        let size = pots.first()?.len();
        let ways = size.checked_pow(u32::try_from(pots.len()).ok()?)?;
        if size == 0 || size > usize::from(u8::MAX) || ways > MOST_GROUPS {
            return None;
        }
        // The state after each beginning of a group, all clubs of the pots so far in mixed radix order:
        // first for whole groups, then for ever shorter beginnings.
        let mut states: Vec<State> = (0..ways)
            .map(|code| {
                let group = group_of(code, pots);
                let valid = requirements.iter().all(|one| one.holds(&group));
                if valid { ALIVE } else { DEAD }
            })
            .collect();
        let mut layers = Vec::new();
        for _ in pots {
            let (layer, before) = Layer::merge(&states, size);
            states = before;
            layers.push(layer);
        }
        layers.reverse();
        Some(Self { layers })
    }

    /// The state of an empty group.
    pub(super) fn start(&self) -> State {
        // A first layer without a living state has nothing but the dead one.
        if self.layers[0].next.len() > ALIVE as usize {
            ALIVE
        } else {
            DEAD
        }
    }

    /// The number of pots.
    pub(super) fn pots(&self) -> usize {
        self.layers.len()
    }
}

impl Layer {
    /// The layer that leads to the given states (of all beginnings up to and including its pot), and the
    /// state before it of each beginning without its pot.
    fn merge(after: &[State], size: usize) -> (Self, Vec<State>) {
        let mut rows: Vec<&[State]> = Vec::new();
        let dead = vec![DEAD; size];
        rows.push(&dead);
        let mut known: BTreeMap<&[State], State> = BTreeMap::from([(dead.as_slice(), DEAD)]);
        let mut before = Vec::with_capacity(after.len() / size);
        for row in after.chunks_exact(size) {
            let state = *known.entry(row).or_insert_with(|| {
                rows.push(row);
                State::try_from(rows.len() - 1).expect("each state stands for many beginnings")
            });
            before.push(state);
        }
        let mut kinds: BTreeMap<Vec<State>, Kind> = BTreeMap::new();
        let mut examples = Vec::new();
        let mut sizes = Vec::new();
        let mut kind_of = Vec::with_capacity(size);
        for club in 0..size {
            let column: Vec<State> = rows.iter().map(|row| row[club]).collect();
            let kind = *kinds.entry(column).or_insert_with(|| {
                examples.push(club);
                sizes.push(0);
                Kind::try_from(sizes.len() - 1).expect("a pot holds at most 255 clubs")
            });
            sizes[usize::from(kind)] += 1;
            kind_of.push(kind);
        }
        let next = rows
            .iter()
            .map(|row| examples.iter().map(|club| row[*club]).collect())
            .collect();
        let layer = Self {
            kind_of,
            sizes,
            next,
        };
        (layer, before)
    }

    /// The number of kinds of clubs in the pot.
    pub(super) fn kinds(&self) -> usize {
        self.sizes.len()
    }

    /// Where a club of a kind takes the group.
    pub(super) fn step(&self, state: State, kind: Kind) -> State {
        self.next[state as usize][usize::from(kind)]
    }
}

/// The group with this number when all are counted with the last pot running fastest.
fn group_of(mut code: usize, pots: &[Vec<ClubId>]) -> Vec<ClubId> {
    let mut group: Vec<ClubId> = pots
        .iter()
        .rev()
        .map(|pot| {
            let club = pot[code % pot.len()];
            code /= pot.len();
            club
        })
        .collect();
    group.reverse();
    group
}
