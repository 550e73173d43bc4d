//! The bracket as a program: what happens to the knockout stage as seeds are placed one by one.
//!
//! Seeds arrive from the best down. A club that arrives plays at once if its opponent is known, and
//! its winner goes on to play if the next opponent is known too; whoever is left waits. A state is
//! who waits where, and which groups are used up. Seeds 1 and 2 are not part of it: every state
//! stands for all their pairs at once, the lanes of a vector. Clubs are numbered group by group
//! within the groups that are not those of seeds 1 and 2; the same program serves every such pair.

use super::Unsupported;
use crate::ids::{RoundId, TieId};
use crate::playbook::Playbook;
use crate::tournament::{SecondLegHost, Side};
use std::collections::BTreeMap;

/// A club inside a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// The club of seed 1 (0) or seed 2 (1), whichever the lane says.
    Lane(u8),
    /// A club of the other groups.
    Club(u8),
}

/// A club with its seed; of seeds that no rule tells apart from here on, the best stands for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entrant {
    /// The club.
    pub(super) who: Who,
    /// The seed, counted from 1.
    pub(super) seed: u8,
}

/// A tie that is played when a seed is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duel {
    /// The position in `Playbook::ties`.
    pub(super) tie: usize,
    /// The side (0 or 1) of whoever comes from below.
    pub(super) side: usize,
    /// The position of the opponent among those who wait.
    slot: usize,
}

/// The ties played when one seed is placed, and who waits afterwards.
#[derive(Debug, Clone)]
struct Arrival {
    /// The ties in the order in which they are played.
    duels: Vec<Duel>,
    /// Where the survivor waits: (tie, side); none once the final is played.
    waits: Option<(usize, usize)>,
}

/// Who survives the ties of an arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Survivor {
    /// The opponent of the k-th tie.
    Opponent(usize),
    /// The club that arrived.
    Newcomer(u8),
}

/// A coefficient: the probability density that somebody of a group arrives and somebody survives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Recipe {
    /// The opponents, tie by tie.
    pub(super) opponents: Vec<Entrant>,
    /// The group (of the others) whose winner arrives.
    pub(super) group: u8,
    /// Who survives.
    pub(super) survivor: Survivor,
}

impl Recipe {
    /// Which arrivals it needs: those of the club that survives, or else (numbered after the `clubs`) those of a whole group.
    pub(super) fn key(&self, clubs: usize) -> usize {
        match self.survivor {
            Survivor::Newcomer(club) => usize::from(club),
            Survivor::Opponent(_) => clubs + usize::from(self.group),
        }
    }
}

/// A sum of earlier states times coefficients.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// The position of the earlier state.
    pub(super) source: u32,
    /// The position of the coefficient.
    pub(super) coefficient: u32,
}

/// Neighbouring terms of one state that all need the same arrivals: without those they are nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// The arrivals needed, as in [`Recipe::key`].
    pub(super) key: u16,
    /// Where the terms begin.
    pub(super) start: u32,
    /// Where they end.
    pub(super) end: u32,
}

/// Flows that are looked at before the last tie of an arrival is played: who meets whom?
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// The opponents in these ties, for every sum of states.
    pub(super) sums: Vec<Vec<Entrant>>,
    /// For every state the sum it belongs to.
    pub(super) sum_of: Vec<u32>,
    /// Who can arrive to play them.
    pub(super) openings: Vec<Opening>,
}

/// A club that can arrive in a sum of states.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    /// The position of the sum.
    pub(super) sum: u32,
    /// The club.
    pub(super) club: u8,
    /// The groups used once it is there.
    pub(super) used: u8,
}

/// What happens when a seed is placed.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The seed that is placed, counted from 1.
    pub(super) seed: u8,
    /// The ties that are played.
    pub(super) duels: Vec<Duel>,
    /// Whether coefficients depend on the lane.
    pub(super) by_lane: bool,
    /// The coefficients.
    pub(super) recipes: Vec<Recipe>,
    /// The terms of all new states, one state after the other.
    pub(super) terms: Vec<Term>,
    /// The terms in runs.
    pub(super) runs: Vec<Run>,
    /// Where the runs of each new state begin; one more at the end.
    pub(super) starts: Vec<u32>,
    /// For every new state the groups used.
    pub(super) used: Vec<u8>,
    /// For every new state who survived the last tie.
    pub(super) survivors: Vec<Entrant>,
    /// The flows to look at, if any.
    pub(super) watch: Option<Watch>,
}

/// The whole program: one step for each seed from the third on.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// The steps.
    pub(super) steps: Vec<Step>,
    /// The group of each club, among the other groups.
    pub(super) group_of: Vec<u8>,
}

/// A state while the program is written: who waits (in the order of the slots), groups used.
type State = (Vec<Entrant>, u8);

/// The most groups whose bracket is solved exactly.
pub(super) const MOST_GROUPS: usize = 8;

/// The bracket as a list of arrivals.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    playbook: &'a Playbook,
    arrivals: Vec<Arrival>,
    /// For each arrival the slots (tie, side) that are taken before it.
    slots: Vec<Vec<(usize, usize)>>,
}

impl<'a> Plan<'a> {
    /// Reads the bracket.
    ///
    /// # Errors
    /// If there are too many groups, or seeds 1 and 2 meet before others do.
    pub(super) fn new(playbook: &'a Playbook) -> Result<Self, Unsupported> {
        let groups = playbook.groups.len();
        if !(3..=MOST_GROUPS).contains(&groups) {
            return Err(Unsupported::new("knockout stages of more than eight clubs"));
        }
        let mut plan = Self {
            playbook,
            arrivals: Vec::new(),
            slots: Vec::new(),
        };
        let mut slots: Vec<(usize, usize)> = Vec::new();
        for seed in 1..=groups {
            plan.slots.push(slots.clone());
            let arrival = plan.arrive(seed as u8, &slots);
            if seed <= 2 && !arrival.duels.is_empty() {
                return Err(Unsupported::new(
                    "brackets in which seeds 1 and 2 meet first",
                ));
            }
            slots = slots_after(&slots, &arrival);
            plan.arrivals.push(arrival);
        }
        Ok(plan)
    }

    /// The ties that are played when a seed arrives.
    fn arrive(&self, seed: u8, slots: &[(usize, usize)]) -> Arrival {
        let mut at = self.goes_to(Side::Seed(seed));
        let mut duels = Vec::new();
        while let Some((tie, side)) = at {
            let Some(slot) = slots.iter().position(|slot| *slot == (tie, 1 - side)) else {
                break;
            };
            duels.push(Duel { tie, side, slot });
            at = self.goes_to(Side::Winner(TieId::new(tie)));
        }
        Arrival { duels, waits: at }
    }

    /// The tie and the side that a seed or a winner goes to.
    fn goes_to(&self, from: Side) -> Option<(usize, usize)> {
        let ties = self.playbook.ties.iter().enumerate();
        ties.flat_map(|(tie, it)| [(tie, 0, it.sides[0]), (tie, 1, it.sides[1])])
            .find(|(_, _, side)| *side == from)
            .map(|(tie, side, _)| (tie, side))
    }

    /// The round in which the winner of a tie plays next; none after the final.
    pub(super) fn round_after(&self, duel: Duel) -> Option<RoundId> {
        let next = self.goes_to(Side::Winner(TieId::new(duel.tie)))?;
        Some(self.playbook.ties[next.0].round)
    }

    /// The best of the seeds that no rule from a slot on tells apart from this one.
    fn representative(&self, seed: u8, slot: (usize, usize)) -> u8 {
        let own = self.seeds_below(self.playbook.ties[slot.0].sides[slot.1]);
        let mut told_apart = Vec::new();
        let mut at = Some(slot);
        while let Some((tie, side)) = at {
            let it = &self.playbook.ties[tie];
            if it.second_leg_host == SecondLegHost::HigherSeed {
                told_apart.extend(self.seeds_below(it.sides[1 - side]));
            }
            at = self.goes_to(Side::Winner(TieId::new(tie)));
        }
        let alike = |other: u8| {
            told_apart
                .iter()
                .all(|rival| (seed < *rival) == (other < *rival))
        };
        let best = own.into_iter().filter(|other| alike(*other)).min();
        best.expect("a seed is like itself")
    }

    /// The seeds that can come from a side.
    fn seeds_below(&self, side: Side) -> Vec<u8> {
        match side {
            Side::Seed(seed) => vec![seed],
            Side::Winner(tie) => {
                let sides = self.playbook.ties[tie.index()].sides;
                sides
                    .into_iter()
                    .flat_map(|side| self.seeds_below(side))
                    .collect()
            }
        }
    }

    /// Writes the program for other groups of these sizes.
    pub(super) fn program(&self, sizes: &[usize]) -> Program {
        let sizes_of = sizes.iter().enumerate();
        let group_of: Vec<u8> = sizes_of
            .flat_map(|(group, size)| std::iter::repeat_n(group as u8, *size))
            .collect();
        let lanes = [0, 1].map(|lane| {
            let slot = self.slots[2][usize::from(lane)];
            Entrant {
                who: Who::Lane(lane),
                seed: self.representative(lane + 1, slot),
            }
        });
        let mut states: Vec<State> = vec![(lanes.to_vec(), 0)];
        let mut steps = Vec::new();
        for seed in 3..=self.arrivals.len() {
            let (step, next) = self.step(seed, &states, &group_of);
            steps.push(step);
            states = next;
        }
        Program { steps, group_of }
    }

    /// Writes the step of one seed; also the states after it.
    fn step(&self, seed: usize, states: &[State], group_of: &[u8]) -> (Step, Vec<State>) {
        let arrival = &self.arrivals[seed - 1];
        let last = arrival.waits.is_none();
        let mut recipes: BTreeMap<Recipe, u32> = BTreeMap::new();
        let mut next: BTreeMap<State, Vec<Term>> = BTreeMap::new();
        for (source, (waiting, used)) in states.iter().enumerate().filter(|_| !last) {
            let opponents: Vec<Entrant> = arrival
                .duels
                .iter()
                .map(|duel| waiting[duel.slot])
                .collect();
            for (group, survivor) in survivors(&opponents, *used, group_of) {
                let recipe = Recipe {
                    opponents: opponents.clone(),
                    group,
                    survivor,
                };
                let fresh = recipes.len() as u32;
                let term = Term {
                    source: source as u32,
                    coefficient: *recipes.entry(recipe).or_insert(fresh),
                };
                let target = self.after(seed, (waiting, *used), group, survivor);
                next.entry(target).or_default().push(term);
            }
        }
        let mut ordered: Vec<(Recipe, u32)> = recipes.into_iter().collect();
        ordered.sort_by_key(|(_, number)| *number);
        let recipes: Vec<Recipe> = ordered.into_iter().map(|(recipe, _)| recipe).collect();
        let mut starts = vec![0];
        let (mut terms, mut runs): (Vec<Term>, Vec<Run>) = (Vec::new(), Vec::new());
        for mut list in next.values().cloned() {
            let key = |term: &Term| recipes[term.coefficient as usize].key(group_of.len());
            list.sort_by_key(key);
            for run in list.chunk_by(|a, b| key(a) == key(b)) {
                let start = terms.len() as u32;
                terms.extend_from_slice(run);
                runs.push(Run {
                    key: key(&run[0]) as u16,
                    start,
                    end: terms.len() as u32,
                });
            }
            starts.push(runs.len() as u32);
        }
        let next: Vec<State> = next.into_keys().collect();
        let by_lane = states.iter().any(|(waiting, _)| {
            let opponents = arrival.duels.iter().map(|duel| waiting[duel.slot].who);
            opponents.into_iter().any(|who| matches!(who, Who::Lane(_)))
        });
        // The survivor of the last tie is seen in the new states, except after the final, which has none.
        let watched = if last {
            arrival.duels.len()
        } else {
            arrival.duels.len().saturating_sub(1)
        };
        let step = Step {
            seed: seed as u8,
            duels: arrival.duels.clone(),
            by_lane,
            recipes,
            terms,
            runs,
            starts,
            used: next.iter().map(|(_, used)| *used).collect(),
            survivors: next
                .iter()
                .filter_map(|(waiting, _)| waiting.last().copied())
                .collect(),
            watch: (watched > 0).then(|| watch(arrival, states, watched, group_of)),
        };
        (step, next)
    }

    /// The state after an arrival.
    fn after(&self, seed: usize, before: (&[Entrant], u8), group: u8, survivor: Survivor) -> State {
        let arrival = &self.arrivals[seed - 1];
        let (waiting, used) = before;
        let gone = |index: usize| arrival.duels.iter().any(|duel| duel.slot == index);
        let staying = waiting
            .iter()
            .enumerate()
            .filter(|(index, _)| !gone(*index));
        let mut next: Vec<Entrant> = staying.map(|(_, entrant)| *entrant).collect();
        if let Some(slot) = arrival.waits {
            let entrant = match survivor {
                Survivor::Opponent(k) => waiting[arrival.duels[k].slot],
                Survivor::Newcomer(club) => Entrant {
                    who: Who::Club(club),
                    seed: seed as u8,
                },
            };
            next.push(Entrant {
                seed: self.representative(entrant.seed, slot),
                ..entrant
            });
        }
        (next, used | 1 << group)
    }
}

/// Who waits after an arrival: opponents are gone, the survivor comes last.
fn slots_after(slots: &[(usize, usize)], arrival: &Arrival) -> Vec<(usize, usize)> {
    let gone = |index: usize| arrival.duels.iter().any(|duel| duel.slot == index);
    let staying = slots.iter().enumerate().filter(|(index, _)| !gone(*index));
    let slots = staying.map(|(_, slot)| *slot);
    slots.chain(arrival.waits).collect()
}

/// Everybody who can survive an arrival, with the group of the newcomer.
fn survivors(opponents: &[Entrant], used: u8, group_of: &[u8]) -> Vec<(u8, Survivor)> {
    let mut all = Vec::new();
    for (club, group) in group_of.iter().enumerate() {
        if used >> group & 1 == 1 {
            continue;
        }
        let first_of_group = club == 0 || group_of[club - 1] != *group;
        if first_of_group {
            all.extend((0..opponents.len()).map(|k| (*group, Survivor::Opponent(k))));
        }
        all.push((*group, Survivor::Newcomer(club as u8)));
    }
    all
}

/// Gathers states by the opponents of the first ties and the groups used.
fn watch(arrival: &Arrival, states: &[State], duels: usize, group_of: &[u8]) -> Watch {
    let mut sums: BTreeMap<(Vec<Entrant>, u8), u32> = BTreeMap::new();
    let mut sum_of = Vec::with_capacity(states.len());
    for (waiting, used) in states {
        let opponents = arrival.duels[..duels].iter().map(|duel| waiting[duel.slot]);
        let fresh = sums.len() as u32;
        sum_of.push(*sums.entry((opponents.collect(), *used)).or_insert(fresh));
    }
    let mut ordered: Vec<_> = sums.into_iter().collect();
    ordered.sort_by_key(|(_, number)| *number);
    let mut openings = Vec::new();
    for ((_, used), sum) in &ordered {
        for (club, group) in group_of.iter().enumerate() {
            if used >> group & 1 == 0 {
                openings.push(Opening {
                    sum: *sum,
                    club: club as u8,
                    used: used | 1 << group,
                });
            }
        }
    }
    Watch {
        sums: ordered
            .into_iter()
            .map(|((opponents, _), _)| opponents)
            .collect(),
        sum_of,
        openings,
    }
}
