//! The draw as it is held on stage: club by club, pot by pot, each to the first group that leads to no dead end.
//!
//! The clubs of a pot come out in random order. Each goes to the first group (in order of label) that has no
//! club of this pot yet and that breaks no constraint, now or later: a group is passed over also when the clubs
//! still to come could not all be placed any more. UEFA's and FIFA's draws follow this rule (FIFA, "Procedures for the
//! final draw of the 2018 World Cup"; Guyon, "Rethinking the FIFA World Cup final draw", 2015).

use super::Drawing;
use super::automaton::{ALIVE, Automaton, DEAD, Kind, State};
use crate::ids::ClubId;
use rand::seq::SliceRandom;
use std::collections::HashMap;

/// A half-drawn set of groups, as far as the constraints can see it.
#[derive(Debug, Clone)]
pub(super) struct Board {
    /// The pot that is being drawn.
    pub(super) pot: usize,
    /// The state of each group.
    pub(super) states: Vec<State>,
    /// Whether the group has its club of this pot.
    pub(super) filled: Vec<bool>,
    /// How many clubs of each kind are left in this pot.
    pub(super) left: Vec<u8>,
}

impl Board {
    /// The board before a pot is drawn, given the state of each group.
    pub(super) fn before_pot(automaton: &Automaton, pot: usize, states: Vec<State>) -> Self {
        Self {
            pot,
            filled: vec![false; states.len()],
            left: automaton.layers[pot].sizes.clone(),
            states,
        }
    }

    /// Puts a club of this kind into this group.
    pub(super) fn put(&mut self, automaton: &Automaton, kind: Kind, group: usize) {
        self.states[group] = automaton.layers[self.pot].step(self.states[group], kind);
        self.filled[group] = true;
        self.left[usize::from(kind)] -= 1;
    }
}

/// The question whether a half-drawn set of groups can be completed, with every answer remembered.
///
/// Labels do not matter to it, so that boards with the same groups in another order are one question.
#[derive(Debug, Clone)]
pub(super) struct Feasibility<'a> {
    automaton: &'a Automaton,
    /// Only ever looked up by key, so that its order cannot show.
    answers: HashMap<Outline, bool>,
}

/// A board without its labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Outline {
    pot: usize,
    /// The states of the groups without a club of this pot, sorted.
    open: Vec<State>,
    /// The states of the groups that have one, sorted.
    filled: Vec<State>,
    /// How many clubs of each kind are left in this pot.
    left: Vec<u8>,
}

impl<'a> Feasibility<'a> {
    pub(super) fn new(automaton: &'a Automaton) -> Self {
        Self {
            automaton,
            answers: HashMap::new(),
        }
    }

    /// The machine that the boards are made of.
    pub(super) fn automaton(&self) -> &'a Automaton {
        self.automaton
    }

    /// Whether there is any valid draw at all.
    pub(super) fn of_an_empty_board(&mut self) -> bool {
        let groups = self.automaton.layers[0].kind_of.len();
        let states = vec![self.automaton.start(); groups];
        self.of(&Board::before_pot(self.automaton, 0, states))
    }

    /// Whether the clubs that are left can all be placed.
    pub(super) fn of(&mut self, board: &Board) -> bool {
        let with = |filled: bool| -> Vec<State> {
            let groups = board.states.iter().zip(&board.filled);
            let mut states: Vec<State> = groups
                .filter(|(_, is_filled)| **is_filled == filled)
                .map(|(state, _)| *state)
                .collect();
            states.sort_unstable();
            states
        };
        self.completable(Outline {
            pot: board.pot,
            open: with(false),
            filled: with(true),
            left: board.left.clone(),
        })
    }

    fn completable(&mut self, mut outline: Outline) -> bool {
        if outline.open.contains(&DEAD) || outline.filled.contains(&DEAD) {
            return false;
        }
        if outline.open.is_empty() {
            if outline.pot + 1 == self.automaton.pots() {
                return outline.filled.iter().all(|state| *state == ALIVE);
            }
            outline.pot += 1;
            outline.open = std::mem::take(&mut outline.filled);
            outline
                .left
                .clone_from(&self.automaton.layers[outline.pot].sizes);
        }
        if let Some(answer) = self.answers.get(&outline) {
            return *answer;
        }
        // Some open group has to take one of the clubs that are left: any group will do to branch on.
        let answer = (0..outline.left.len()).any(|kind| {
            if outline.left[kind] == 0 {
                return false;
            }
            let mut next = outline.clone();
            let state = next.open.remove(0);
            let after = self.automaton.layers[outline.pot].step(state, kind as Kind);
            let place = next.filled.partition_point(|other| *other < after);
            next.filled.insert(place, after);
            next.left[kind] -= 1;
            self.completable(next)
        });
        self.answers.insert(outline, answer);
        answer
    }

    /// The group that a club of this kind goes to: the first that leads to no dead end.
    ///
    /// # Panics
    /// If the board could not be completed even before.
    pub(super) fn place(&mut self, board: &Board, kind: Kind) -> usize {
        let layer = &self.automaton.layers[board.pot];
        let group = (0..board.states.len()).find(|group| {
            if board.filled[*group] || layer.step(board.states[*group], kind) == DEAD {
                return false;
            }
            let mut after = board.clone();
            after.put(self.automaton, kind, *group);
            self.of(&after)
        });
        group.expect("a board that can be completed has a place for every club that is left")
    }
}

/// Draws as they are held on stage; remembers which half-drawn boards can be completed, so that many
/// draws cost little.
#[derive(Debug, Clone)]
pub struct Sequential<'a> {
    pub(super) drawing: &'a Drawing,
    feasibility: Feasibility<'a>,
}

impl<'a> Sequential<'a> {
    /// The procedure for a draw.
    pub fn new(drawing: &'a Drawing) -> Self {
        Self {
            drawing,
            feasibility: Feasibility::new(&drawing.automaton),
        }
    }

    /// One random draw: the clubs of each group, in order of pots. Uses one shuffle of each pot.
    pub fn sample(&mut self, rng: &mut impl rand::Rng) -> Vec<Vec<ClubId>> {
        let automaton = &self.drawing.automaton;
        let mut groups = vec![Vec::new(); self.drawing.groups()];
        let mut states = vec![automaton.start(); groups.len()];
        for (pot, clubs) in self.drawing.pots.iter().enumerate() {
            let mut order: Vec<usize> = (0..clubs.len()).collect();
            order.shuffle(rng);
            let mut board = Board::before_pot(automaton, pot, states);
            for index in order {
                let kind = automaton.layers[pot].kind_of[index];
                let group = self.feasibility.place(&board, kind);
                board.put(automaton, kind, group);
                groups[group].push(clubs[index]);
            }
            states = board.states;
        }
        groups
    }
}
