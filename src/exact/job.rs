//! One share of the sweep: all tournaments in which seeds 1 and 2 come from two given groups.
//!
//! The probability of every bracket state is carried down the ladder window by window. A state is a
//! vector: its lanes are the pairs of clubs that can be seeds 1 and 2, in either order of the groups.

use super::bracket::TieOdds;
use super::program::{Entrant, Plan, Program, Recipe, Step, Survivor, Who};
use super::windows::{Collocation, Window};
use crate::ids::{ClubId, RoundId};
use crate::playbook::Playbook;

/// One number for every lane.
type Lanes<const L: usize> = [f64; L];

/// What the sweep reads: the same for every job.
pub(super) struct Sweep<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) odds: &'a TieOdds,
    pub(super) plan: &'a Plan<'a>,
    pub(super) rule: &'a Collocation,
    pub(super) windows: &'a [Window],
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
struct Staged<'a, const L: usize> {
    step: &'a Step,
    /// For every recipe the clubs that can arrive, with the probability of the outcome if they do.
    outcomes: Vec<(u8, Lanes<L>)>,
    /// Where the outcomes of each recipe begin; one more at the end.
    starts: Vec<usize>,
    /// For every watch, sum and club: the weight of its arrival.
    watched: Vec<Vec<Lanes<L>>>,
    /// For every club (then seeds 1 and 2) the probability of surviving the last tie.
    survived: Vec<Lanes<L>>,
}

struct Job<'a, const L: usize> {
    sweep: &'a Sweep<'a>,
    program: &'a Program,
    cast: &'a Cast,
}

/// Runs a job with so many lanes or more.
pub(super) fn run<const L: usize>(sweep: &Sweep<'_>, program: &Program, cast: &Cast) -> Findings {
    let job = Job::<L> {
        sweep,
        program,
        cast,
    };
    let mut staged: Vec<Staged<'_, L>> = program.steps.iter().map(|step| job.stage(step)).collect();
    let mut state = States::new(program, sweep.rule.stages());
    for lane in 0..cast.lanes.len() {
        state.start[lane] = 1.0;
    }
    for window in sweep.windows {
        job.pass(window, &mut state, &mut staged);
    }
    job.findings(&staged)
}

/// The probabilities of all states, and the work space of a window.
struct States<const L: usize> {
    /// Before any seed is placed: 1 for the lanes in use.
    start: Lanes<L>,
    /// Seed 1 is placed.
    first: Lanes<L>,
    /// `placed[n]`: n + 2 seeds are placed.
    placed: Vec<Vec<Lanes<L>>>,
    /// `flows[n][i]`: what flows into them at node i.
    flows: Vec<Vec<Vec<Lanes<L>>>>,
    /// The states with the same number of seeds at one node.
    at_node: Vec<Vec<Lanes<L>>>,
}

impl<const L: usize> States<L> {
    fn new(program: &Program, stages: usize) -> Self {
        let sizes = program.steps.iter().map(|step| step.used.len());
        let sizes: Vec<usize> = std::iter::once(1).chain(sizes).collect();
        let zeros = |len: &usize| vec![[0.0; L]; *len];
        Self {
            start: [0.0; L],
            first: [0.0; L],
            placed: sizes.iter().map(zeros).collect(),
            flows: sizes.iter().map(|len| vec![zeros(len); stages]).collect(),
            at_node: vec![Vec::new(); stages],
        }
    }
}

/// `sums += factor * values`.
fn add<const L: usize>(sums: &mut Lanes<L>, values: &Lanes<L>, factor: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

impl<'a, const L: usize> Job<'a, L> {
    /// The club an entrant is on a lane; on unused lanes that of the first.
    fn club(&self, who: Who, lane: usize) -> ClubId {
        let pair = self.cast.lanes.get(lane).unwrap_or(&self.cast.lanes[0]);
        match who {
            Who::Lane(0) => pair.0,
            Who::Lane(_) => pair.1,
            Who::Club(club) => self.cast.clubs[usize::from(club)],
        }
    }

    /// Who survives the first ties when a club arrives: the probability for each opponent, then for the newcomer.
    fn chain(&self, step: &Step, opponents: &[Entrant], newcomer: u8, lane: usize) -> Vec<f64> {
        let newcomer = Entrant {
            who: Who::Club(newcomer),
            seed: step.seed,
        };
        let mut still_in: Vec<(Entrant, f64)> = vec![(newcomer, 1.0)];
        for (duel, opponent) in step.duels.iter().zip(opponents) {
            let tie = &self.sweep.playbook.ties[duel.tie];
            let met = (self.club(opponent.who, lane), opponent.seed);
            let mut beaten = 0.0;
            for (entrant, probability) in &mut still_in {
                let own = (self.club(entrant.who, lane), entrant.seed);
                let wins = if duel.side == 0 {
                    self.sweep.odds.first_wins(tie, own, met)
                } else {
                    1.0 - self.sweep.odds.first_wins(tie, met, own)
                };
                beaten += *probability * (1.0 - wins);
                *probability *= wins;
            }
            still_in.push((*opponent, beaten));
        }
        let order = still_in[1..].iter().chain(&still_in[..1]);
        order.map(|(_, probability)| *probability).collect()
    }

    /// Works out everything about a step that does not change from window to window.
    fn stage(&self, step: &'a Step) -> Staged<'a, L> {
        let mut outcomes = Vec::new();
        let mut starts = vec![0];
        for recipe in &step.recipes {
            for newcomer in self.newcomers(recipe) {
                let index = match recipe.survivor {
                    Survivor::Opponent(k) => k,
                    Survivor::Newcomer(_) => recipe.opponents.len(),
                };
                let on_lane = |lane| self.chain(step, &recipe.opponents, newcomer, lane)[index];
                let values = if step.by_lane {
                    std::array::from_fn(on_lane)
                } else {
                    [on_lane(0); L]
                };
                outcomes.push((newcomer, values));
            }
            starts.push(outcomes.len());
        }
        let clubs = self.cast.clubs.len();
        let watches = step.watches.iter();
        Staged {
            step,
            outcomes,
            starts,
            watched: watches
                .map(|watch| vec![[0.0; L]; watch.sums.len() * clubs])
                .collect(),
            survived: vec![[0.0; L]; clubs + 2],
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
    fn pass(&self, window: &Window, state: &mut States<L>, staged: &mut [Staged<'_, L>]) {
        let rule = self.sweep.rule;
        let values = self.values(window);
        self.place_first_two(window, state);
        for (n, staged) in staged.iter_mut().enumerate() {
            for (i, at_node) in state.at_node.iter_mut().enumerate() {
                at_node.clone_from(&state.placed[n]);
                for (inner, flow) in rule.inner[i].iter().zip(&state.flows[n]) {
                    for (sum, value) in at_node.iter_mut().zip(flow) {
                        add(sum, value, *inner);
                    }
                }
            }
            for ((_, weight), flow) in rule.nodes.iter().zip(&state.flows[n]) {
                for (sum, value) in state.placed[n].iter_mut().zip(flow) {
                    add(sum, value, *weight);
                }
            }
            for (i, at_node) in state.at_node.iter().enumerate() {
                let arrivals: Vec<f64> = (self.cast.clubs.iter())
                    .map(|club| window.arrivals[i][club.index()])
                    .collect();
                self.watch(staged, at_node, &arrivals, &values[i]);
                if let Some(flows) = state.flows.get_mut(n + 1) {
                    flow(staged, at_node, &arrivals, &mut flows[i]);
                    if !staged.step.duels.is_empty() {
                        self.count_survivors(staged, &flows[i], &values[i]);
                    }
                }
            }
        }
    }

    /// Places seeds 1 and 2.
    fn place_first_two(&self, window: &Window, state: &mut States<L>) {
        let rule = self.sweep.rule;
        let mut first_flows = Vec::with_capacity(rule.stages());
        for arrivals in &window.arrivals {
            let density = |lane: usize| arrivals[self.club(Who::Lane(0), lane).index()];
            let flow: Lanes<L> = std::array::from_fn(|lane| state.start[lane] * density(lane));
            first_flows.push(flow);
        }
        for (i, arrivals) in window.arrivals.iter().enumerate() {
            let mut at_node = state.first;
            for (inner, flow) in rule.inner[i].iter().zip(&first_flows) {
                add(&mut at_node, flow, *inner);
            }
            let density = |lane: usize| arrivals[self.club(Who::Lane(1), lane).index()];
            state.flows[0][i][0] = std::array::from_fn(|lane| at_node[lane] * density(lane));
        }
        for ((_, weight), flow) in rule.nodes.iter().zip(&first_flows) {
            add(&mut state.first, flow, *weight);
        }
    }

    /// `values[i][groups]`: what a unit of flow at node i is worth in the end, if these of the other
    /// groups have been used: the probability that the rest arrive later, as the collocation has it.
    fn values(&self, window: &Window) -> Vec<Vec<f64>> {
        let rule = self.sweep.rule;
        let (stages, groups) = (rule.stages(), self.cast.groups.len());
        let all = (1 << groups) - 1;
        let mut arriving = vec![vec![0.0; groups]; stages];
        for (sums, arrivals) in arriving.iter_mut().zip(&window.arrivals) {
            for (club, group) in self.cast.clubs.iter().zip(&self.program.group_of) {
                sums[usize::from(*group)] += arrivals[club.index()];
            }
        }
        let mut values = vec![vec![0.0; all + 1]; stages];
        // By the groups that are missing: fewer missing groups come first.
        for missing in 0..=all {
            let among = (0..groups).filter(|group| missing >> group & 1 == 1);
            let below: f64 = among
                .clone()
                .map(|group| window.below[self.cast.groups[group]])
                .product();
            let at_node: Vec<f64> = (0..stages)
                .map(|j| {
                    let arrival = |group: usize| {
                        arriving[j][group] * values[j][all & !(missing & !(1 << group))]
                    };
                    among.clone().map(arrival).sum()
                })
                .collect();
            for (j, (_, weight)) in rule.nodes.iter().enumerate() {
                let inside: f64 = (0..stages).map(|i| rule.inner[i][j] * at_node[i]).sum();
                values[j][all & !missing] = weight * below + inside;
            }
        }
        values
    }

    /// Adds up who meets whom in the ties before the last of a step.
    fn watch(
        &self,
        staged: &mut Staged<'_, L>,
        at_node: &[Lanes<L>],
        arrivals: &[f64],
        values: &[f64],
    ) {
        let clubs = self.cast.clubs.len();
        for (watch, watched) in staged.step.watches.iter().zip(&mut staged.watched) {
            let mut sums = vec![[0.0; L]; watch.sums.len()];
            for (value, sum) in at_node.iter().zip(&watch.sum_of) {
                add(&mut sums[*sum as usize], value, 1.0);
            }
            for (index, (sum, (_, used))) in sums.iter().zip(&watch.sums).enumerate() {
                for (club, group) in self.program.group_of.iter().enumerate() {
                    if used >> group & 1 == 0 {
                        let factor = arrivals[club] * values[usize::from(used | 1 << group)];
                        add(&mut watched[index * clubs + club], sum, factor);
                    }
                }
            }
        }
    }

    /// Adds up who survives the last tie of a step.
    fn count_survivors(&self, staged: &mut Staged<'_, L>, flows: &[Lanes<L>], values: &[f64]) {
        let step = staged.step;
        for ((flow, used), survivor) in flows.iter().zip(&step.used).zip(&step.survivors) {
            let index = match survivor.who {
                Who::Club(club) => usize::from(club),
                Who::Lane(lane) => self.cast.clubs.len() + usize::from(lane),
            };
            add(
                &mut staged.survived[index],
                flow,
                values[usize::from(*used)],
            );
        }
    }

    /// Turns what was added up into rounds reached and titles won.
    fn findings(&self, staged: &[Staged<'_, L>]) -> Findings {
        let mut findings = Findings::none(self.sweep.playbook);
        let clubs = self.cast.clubs.len();
        for staged in staged {
            let step = staged.step;
            for (watch, watched) in step.watches.iter().zip(&staged.watched) {
                let round = self.sweep.plan.round_after(step.duels[watch.duels - 1]);
                for (index, (opponents, _)) in watch.sums.iter().enumerate() {
                    for newcomer in 0..clubs {
                        let weights = &watched[index * clubs + newcomer];
                        for (lane, weight) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0)
                        {
                            let chain = self.chain(step, opponents, newcomer as u8, lane);
                            let winners = opponents.iter().map(|entrant| entrant.who);
                            let winners = winners.chain([Who::Club(newcomer as u8)]);
                            for (who, probability) in winners.zip(chain) {
                                findings.add(self.club(who, lane), round, weight * probability);
                            }
                        }
                    }
                }
            }
            if let Some(last) = step.duels.last() {
                let round = self.sweep.plan.round_after(*last);
                for (index, weights) in staged.survived.iter().enumerate() {
                    let who = match index.checked_sub(clubs) {
                        None => Who::Club(index as u8),
                        Some(lane) => Who::Lane(lane as u8),
                    };
                    for (lane, weight) in weights.iter().enumerate() {
                        findings.add(self.club(who, lane), round, *weight);
                    }
                }
            }
        }
        findings
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

/// Computes the flows into the states of a step: the hot loop of the sweep.
fn flow<const L: usize>(
    staged: &Staged<'_, L>,
    at_node: &[Lanes<L>],
    arrivals: &[f64],
    flows: &mut [Lanes<L>],
) {
    let step = staged.step;
    let terms_of =
        |target: usize| &step.terms[step.starts[target] as usize..step.starts[target + 1] as usize];
    let outcomes =
        |recipe: usize| &staged.outcomes[staged.starts[recipe]..staged.starts[recipe + 1]];
    if step.by_lane {
        let coefficient = |recipe: usize| {
            let mut sum = [0.0; L];
            for (club, values) in outcomes(recipe) {
                add(&mut sum, values, arrivals[usize::from(*club)]);
            }
            sum
        };
        let coefficients: Vec<Lanes<L>> = (0..step.recipes.len()).map(coefficient).collect();
        for (target, flow) in flows.iter_mut().enumerate() {
            let mut sum = [0.0; L];
            for term in terms_of(target) {
                let source = &at_node[term.source as usize];
                let factors = &coefficients[term.coefficient as usize];
                for ((sum, value), factor) in sum.iter_mut().zip(source).zip(factors) {
                    *sum += value * factor;
                }
            }
            *flow = sum;
        }
    } else {
        let coefficient = |recipe: usize| -> f64 {
            let terms = outcomes(recipe).iter();
            terms
                .map(|(club, values)| values[0] * arrivals[usize::from(*club)])
                .sum()
        };
        let coefficients: Vec<f64> = (0..step.recipes.len()).map(coefficient).collect();
        for (target, flow) in flows.iter_mut().enumerate() {
            let mut sum = [0.0; L];
            for term in terms_of(target) {
                let source = &at_node[term.source as usize];
                add(&mut sum, source, coefficients[term.coefficient as usize]);
            }
            *flow = sum;
        }
    }
}
