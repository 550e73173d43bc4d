//! One share of the sweep: all tournaments in which seeds 1 and 2 come from two given groups.
//!
//! The probability of every bracket state is carried down the ladder window by window. A state is a
//! vector: its lanes are the pairs of clubs that can be seeds 1 and 2, in either order of the groups.

use super::bracket::TieOdds;
use super::kernel::{Advance, Arrivals, AtNodes, Coefficient, Lanes, Look, Rule, add};
use super::program::{Entrant, Plan, Program, Recipe, Step, Survivor, Who};
use super::windows::{Collocation, Window};
use crate::ids::{ClubId, RoundId};
use crate::instructions::Instructions;
use crate::playbook::Playbook;

/// What the sweep reads: the same for every job.
pub(super) struct Sweep<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) odds: &'a TieOdds,
    pub(super) plan: &'a Plan<'a>,
    pub(super) rule: &'a Collocation,
    pub(super) windows: &'a [Window],
    pub(super) instructions: Instructions,
}

/// Which clubs a job is about.
pub(super) struct Cast {
    /// The pairs of clubs that can be seeds 1 and 2.
    pub(super) lanes: Vec<(ClubId, ClubId)>,
    /// The other groups, in the order in which the program numbers them.
    pub(super) groups: Vec<usize>,
    /// Their clubs, group by group.
    pub(super) clubs: Vec<ClubId>,
}

/// What a job finds: joint probabilities with its two groups being those of seeds 1 and 2.
#[derive(Debug, Clone)]
pub(super) struct Findings {
    /// `round[club][r]`: wins a tie and so reaches round r.
    pub(super) round: Vec<Vec<f64>>,
    /// `title[club]`: wins the final.
    pub(super) title: Vec<f64>,
}

/// A step with everything that depends on the clubs.
struct Staged<'a, const L: usize, const S: usize> {
    step: &'a Step,
    /// For every recipe the clubs that can arrive, with the probability of the outcome if they do.
    outcomes: Vec<(u8, Lanes<L>)>,
    /// Where the outcomes of each recipe begin; one more at the end.
    starts: Vec<usize>,
    /// The keys of the recipes.
    keys: Vec<usize>,
    /// For every new state the position of its survivor in `survived`; none if no tie is played.
    survivors: Vec<u32>,
    /// For every club (then seeds 1 and 2) the probability of surviving the last tie.
    survived: Vec<Lanes<L>>,
    /// Work space of a look.
    sums: Vec<AtNodes<L, S>>,
    /// For every opening of the watch the probability that it is taken.
    seen: Vec<Lanes<L>>,
    /// The probabilities of the new states.
    placed: Vec<Lanes<L>>,
}

struct Job<'a, const L: usize, const S: usize> {
    sweep: &'a Sweep<'a>,
    program: &'a Program,
    cast: &'a Cast,
    /// The pairs of this share of the job.
    lanes: &'a [(ClubId, ClubId)],
    rule: Rule<S>,
}

/// Runs a job for some of its pairs, with as many lanes or more.
pub(super) fn run<const L: usize, const S: usize>(
    sweep: &Sweep<'_>,
    program: &Program,
    cast: &Cast,
    lanes: &[(ClubId, ClubId)],
) -> Findings {
    let job = Job::<L, S> {
        sweep,
        program,
        cast,
        lanes,
        rule: Rule::new(sweep.rule),
    };
    let mut staged: Vec<Staged<'_, L, S>> =
        program.steps.iter().map(|step| job.stage(step)).collect();
    let mut first_two = FirstTwo::new(lanes.len());
    let mut spaces = Spaces::default();
    for window in sweep.windows {
        job.pass(window, &mut first_two, &mut staged, &mut spaces);
    }
    job.findings(&staged)
}

/// The probabilities of the states before the third seed.
struct FirstTwo<const L: usize> {
    /// Before any seed is placed: 1 for the lanes in use.
    none: Lanes<L>,
    /// Seed 1 is placed.
    one: Lanes<L>,
    /// Seeds 1 and 2 are placed.
    two: Lanes<L>,
}

impl<const L: usize> FirstTwo<L> {
    fn new(lanes: usize) -> Self {
        Self {
            none: std::array::from_fn(|lane| if lane < lanes { 1.0 } else { 0.0 }),
            one: [0.0; L],
            two: [0.0; L],
        }
    }
}

/// Work space of a window.
#[derive(Default)]
struct Spaces<const L: usize, const S: usize> {
    /// The states with some number of seeds placed, at the nodes.
    before: Vec<AtNodes<L, S>>,
    /// Those with one more.
    after: Vec<AtNodes<L, S>>,
    /// Coefficients that depend on the lane.
    by_lane: Vec<[Lanes<L>; S]>,
    /// Coefficients that do not.
    plain: Vec<[f64; S]>,
}

impl<'a, const L: usize, const S: usize> Job<'a, L, S> {
    /// The club an entrant is on a lane; on unused lanes that of the first.
    fn club(&self, who: Who, lane: usize) -> ClubId {
        let pair = self.lanes.get(lane).unwrap_or(&self.lanes[0]);
        match who {
            Who::Lane(0) => pair.0,
            Who::Lane(_) => pair.1,
            Who::Club(club) => self.cast.clubs[usize::from(club)],
        }
    }

    /// The probability that the first of two entrants wins a tie, lane by lane.
    fn first_wins(&self, tie: usize, first: Entrant, second: Entrant) -> Lanes<L> {
        let tie = &self.sweep.playbook.ties[tie];
        let on_lane = |lane: usize| {
            let first_club = (self.club(first.who, lane), first.seed);
            let second_club = (self.club(second.who, lane), second.seed);
            self.sweep.odds.first_wins(tie, first_club, second_club)
        };
        match (first.who, second.who) {
            (Who::Club(_), Who::Club(_)) => [on_lane(0); L],
            _ => std::array::from_fn(on_lane),
        }
    }

    /// Plays some of the ties of an arrival: calls `each` after every tie with the number of the tie and, for everybody
    /// met so far (the newcomer first), the probability of still being in.
    fn chain(
        &self,
        step: &Step,
        opponents: &[Entrant],
        newcomer: u8,
        mut each: impl FnMut(usize, &[(Entrant, Lanes<L>)]),
    ) {
        let newcomer = Entrant {
            who: Who::Club(newcomer),
            seed: step.seed,
        };
        let mut still_in = Vec::with_capacity(opponents.len() + 1);
        still_in.push((newcomer, [1.0; L]));
        for (number, (duel, opponent)) in step.duels.iter().zip(opponents).enumerate() {
            let mut beaten = [0.0; L];
            for (entrant, probability) in &mut still_in {
                let wins = if duel.side == 0 {
                    self.first_wins(duel.tie, *entrant, *opponent)
                } else {
                    let loses = self.first_wins(duel.tie, *opponent, *entrant);
                    loses.map(|loses| 1.0 - loses)
                };
                for lane in 0..L {
                    beaten[lane] += probability[lane] * (1.0 - wins[lane]);
                    probability[lane] *= wins[lane];
                }
            }
            still_in.push((*opponent, beaten));
            each(number, &still_in);
        }
    }

    /// The probability of a recipe's outcome if a club arrives.
    fn outcome(&self, step: &Step, recipe: &Recipe, newcomer: u8) -> Lanes<L> {
        let index = match recipe.survivor {
            Survivor::Opponent(k) => k + 1,
            Survivor::Newcomer(_) => 0,
        };
        let mut outcome = [1.0; L];
        self.chain(step, &recipe.opponents, newcomer, |_, still_in| {
            if let Some((_, probability)) = still_in.get(index) {
                outcome = *probability;
            }
        });
        outcome
    }

    /// Works out everything about a step that does not change from window to window.
    fn stage(&self, step: &'a Step) -> Staged<'a, L, S> {
        let clubs = self.cast.clubs.len();
        let mut outcomes = Vec::new();
        let mut starts = vec![0];
        for recipe in &step.recipes {
            for newcomer in self.newcomers(recipe) {
                outcomes.push((newcomer, self.outcome(step, recipe, newcomer)));
            }
            starts.push(outcomes.len());
        }
        let survivors = step.survivors.iter().filter(|_| !step.duels.is_empty());
        let position = |survivor: &Entrant| match survivor.who {
            Who::Club(club) => u32::from(club),
            Who::Lane(lane) => clubs as u32 + u32::from(lane),
        };
        let watch = step.watch.as_ref();
        Staged {
            step,
            outcomes,
            starts,
            keys: step
                .recipes
                .iter()
                .map(|recipe| recipe.key(clubs))
                .collect(),
            survivors: survivors.map(position).collect(),
            survived: vec![[0.0; L]; clubs + 2],
            sums: vec![[[0.0; L]; S]; watch.map_or(0, |watch| watch.sums.len())],
            seen: vec![[0.0; L]; watch.map_or(0, |watch| watch.openings.len())],
            placed: vec![[0.0; L]; step.used.len()],
        }
    }

    /// The clubs that a recipe lets arrive.
    fn newcomers(&self, recipe: &Recipe) -> Vec<u8> {
        match recipe.survivor {
            Survivor::Newcomer(club) => vec![club],
            Survivor::Opponent(_) => (0..self.cast.clubs.len() as u8)
                .filter(|club| self.program.group_of[usize::from(*club)] == recipe.group)
                .collect(),
        }
    }

    /// Carries all states through a window.
    fn pass(
        &self,
        window: &Window,
        first_two: &mut FirstTwo<L>,
        staged: &mut [Staged<'_, L, S>],
        spaces: &mut Spaces<L, S>,
    ) {
        let instructions = self.sweep.instructions;
        let arrivals = self.arrivals(window);
        spaces.before.clear();
        spaces.before.push(self.place_first_two(window, first_two));
        for staged in staged {
            if let Some(watch) = &staged.step.watch {
                instructions.run(Look {
                    watch,
                    arrivals: &arrivals,
                    before: &spaces.before,
                    sums: &mut staged.sums,
                    seen: &mut staged.seen,
                });
            }
            spaces.after.resize(staged.placed.len(), [[0.0; L]; S]);
            if staged.step.by_lane {
                staged.coefficients(&arrivals, &mut spaces.by_lane);
                self.advance(
                    staged,
                    &arrivals,
                    &spaces.by_lane,
                    &spaces.before,
                    &mut spaces.after,
                );
            } else {
                staged.coefficients(&arrivals, &mut spaces.plain);
                self.advance(
                    staged,
                    &arrivals,
                    &spaces.plain,
                    &spaces.before,
                    &mut spaces.after,
                );
            }
            std::mem::swap(&mut spaces.before, &mut spaces.after);
        }
    }

    /// Lets a seed arrive.
    fn advance<C: Coefficient<L>>(
        &self,
        staged: &mut Staged<'_, L, S>,
        arrivals: &Arrivals<S>,
        coefficients: &[[C; S]],
        before: &[AtNodes<L, S>],
        after: &mut [AtNodes<L, S>],
    ) {
        self.sweep.instructions.run(Advance {
            step: staged.step,
            rule: &self.rule,
            arrivals,
            coefficients,
            before,
            placed: &mut staged.placed,
            after,
            survived: &mut staged.survived,
            survivors: &staged.survivors,
        });
    }

    /// Places seeds 1 and 2: the state with both of them, at the nodes.
    fn place_first_two(&self, window: &Window, state: &mut FirstTwo<L>) -> AtNodes<L, S> {
        let flow = |at_nodes: &AtNodes<L, S>, who: u8| -> AtNodes<L, S> {
            std::array::from_fn(|node| {
                let arrivals = &window.arrivals[node];
                let density = |lane| arrivals[self.club(Who::Lane(who), lane).index()];
                std::array::from_fn(|lane| at_nodes[node][lane] * density(lane))
            })
        };
        let one = flow(&[state.none; S], 0);
        let with_one = self.rule.pass(&one, &mut state.one);
        let two = flow(&with_one, 1);
        self.rule.pass(&two, &mut state.two)
    }

    /// What arrives in a window.
    fn arrivals(&self, window: &Window) -> Arrivals<S> {
        let group_of = &self.program.group_of;
        let (clubs, groups) = (self.cast.clubs.len(), self.cast.groups.len());
        let density: Vec<[f64; S]> = (self.cast.clubs.iter())
            .map(|club| std::array::from_fn(|node| window.arrivals[node][club.index()]))
            .collect();
        let mut present = vec![false; clubs + groups];
        for (club, density) in density.iter().enumerate() {
            if density.iter().any(|density| *density != 0.0) {
                present[club] = true;
                present[clubs + usize::from(group_of[club])] = true;
            }
        }
        Arrivals {
            values: self.values(window, &density),
            density,
            present,
        }
    }

    /// By the groups that have been used, what a unit of flow at each node is worth in the end: the
    /// probability that the rest arrive later, as the collocation has it.
    fn values(&self, window: &Window, density: &[[f64; S]]) -> Vec<[f64; S]> {
        let groups = self.cast.groups.len();
        let all = (1 << groups) - 1;
        let mut arriving = vec![[0.0; S]; groups];
        for (density, group) in density.iter().zip(&self.program.group_of) {
            add(&mut arriving[usize::from(*group)], density, 1.0);
        }
        let mut values = vec![[0.0; S]; all + 1];
        // By the groups that are missing: fewer missing groups come first.
        for missing in 0..=all {
            let mut below = 1.0;
            let mut at_node = [0.0; S];
            for group in (0..groups).filter(|group| missing >> group & 1 == 1) {
                below *= window.below[self.cast.groups[group]];
                let without = &values[all & !(missing & !(1 << group))];
                for node in 0..S {
                    at_node[node] += arriving[group][node] * without[node];
                }
            }
            values[all & !missing] = self.rule.worth(below, &at_node);
        }
        values
    }

    /// Turns what was added up into rounds reached and titles won.
    fn findings(&self, staged: &[Staged<'_, L, S>]) -> Findings {
        let mut findings = Findings::none(self.sweep.playbook);
        for staged in staged {
            let step = staged.step;
            let rounds: Vec<Option<RoundId>> = (step.duels.iter())
                .map(|duel| self.sweep.plan.round_after(*duel))
                .collect();
            let openings = step.watch.iter().flat_map(|watch| &watch.openings);
            for (opening, weights) in openings.zip(&staged.seen) {
                if weights.iter().all(|weight| *weight == 0.0) {
                    continue;
                }
                let watch = step.watch.as_ref().expect("its opening was just seen");
                let opponents = &watch.sums[opening.sum as usize];
                self.chain(step, opponents, opening.club, |duel, still_in| {
                    for (entrant, probability) in still_in {
                        let weighted =
                            std::array::from_fn(|lane| weights[lane] * probability[lane]);
                        self.credit(&mut findings, entrant.who, rounds[duel], &weighted);
                    }
                });
            }
            if let Some(round) = rounds.last() {
                for (index, weights) in staged.survived.iter().enumerate() {
                    let who = match index.checked_sub(self.cast.clubs.len()) {
                        None => Who::Club(index as u8),
                        Some(lane) => Who::Lane(lane as u8),
                    };
                    self.credit(&mut findings, who, *round, weights);
                }
            }
        }
        findings
    }

    /// Somebody reaches a round, with a probability on each lane.
    fn credit(
        &self,
        findings: &mut Findings,
        who: Who,
        round: Option<RoundId>,
        weights: &Lanes<L>,
    ) {
        match who {
            Who::Club(_) => findings.add(self.club(who, 0), round, weights.iter().sum()),
            Who::Lane(_) => {
                for (lane, weight) in weights.iter().enumerate() {
                    findings.add(self.club(who, lane), round, *weight);
                }
            }
        }
    }
}

impl<const L: usize, const S: usize> Staged<'_, L, S> {
    /// The coefficients of the recipes whose arrivals are present, by recipe and node.
    fn coefficients<C: Coefficient<L>>(
        &self,
        arrivals: &Arrivals<S>,
        coefficients: &mut Vec<[C; S]>,
    ) {
        coefficients.resize(self.keys.len(), [C::ZERO; S]);
        for (recipe, coefficient) in coefficients.iter_mut().enumerate() {
            if !arrivals.present[self.keys[recipe]] {
                continue;
            }
            *coefficient = [C::ZERO; S];
            for (club, values) in &self.outcomes[self.starts[recipe]..self.starts[recipe + 1]] {
                let density = &arrivals.density[usize::from(*club)];
                for (coefficient, density) in coefficient.iter_mut().zip(density) {
                    coefficient.add_outcome(values, *density);
                }
            }
        }
    }
}

impl Findings {
    /// Nothing yet.
    pub(super) fn none(playbook: &Playbook) -> Self {
        Self {
            round: vec![vec![0.0; playbook.rounds.len()]; playbook.clubs],
            title: vec![0.0; playbook.clubs],
        }
    }

    /// Adds what another job found.
    pub(super) fn merge(&mut self, other: &Self) {
        let own = self.round.iter_mut().flatten().chain(&mut self.title);
        let theirs = other.round.iter().flatten().chain(&other.title);
        for (sum, value) in own.zip(theirs) {
            *sum += value;
        }
    }

    /// A club wins a tie after which it plays in a round, or has won the title.
    fn add(&mut self, club: ClubId, round: Option<RoundId>, probability: f64) {
        match round {
            Some(round) => self.round[club.index()][round.index()] += probability,
            None => self.title[club.index()] += probability,
        }
    }
}
