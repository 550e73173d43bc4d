//! Where one thread adds up what its runs say, group by group and leg by leg.

use super::batch::{Batch, Joint};
use super::feats::feats_of;
use super::integrated::{Integrator, OpenGroup};
use super::stakes::Stakes;
use crate::exact::record::Record;
use crate::ids::ClubId;
use crate::play::Outcome;
use crate::tournament::MatchResult;

/// A place of a winner among the seeds that is less likely than this is passed over.
const NEGLIGIBLE: f64 = 1e-10;

/// A result that the others leave no more than this cannot be.
const ROUNDING: f64 = 1e-13;

/// The sums of one batch in the making.
pub(super) struct Workbench<'a> {
    on: &'a Integrator<'a>,
    runs: u64,
    /// The runs that groups were integrated over in.
    group_runs: u64,
    /// The odds of the runs themselves.
    raw: Stakes,
    groups: Vec<GroupSums>,
    legs: Vec<[Joint; 3]>,
    /// For each club its group.
    group_of: Vec<usize>,
    /// Scratch: the record of each group's winner.
    records: Vec<Record>,
    /// Scratch: the seeds of the run, with one of them replaced.
    seeds: Vec<ClubId>,
    /// Scratch: who wins each tie, and the same with one tie replaced.
    through: Vec<f64>,
    replaced: Vec<f64>,
    /// Scratch: what the results of a leg leave of each seed's title odds.
    rest: Vec<f64>,
    /// Scratch: `[club of the group][position][condition]`.
    positions: Vec<f64>,
}

/// What one group's matches mean, for every club: the innermost index is the condition.
struct GroupSums {
    /// `[club][condition]`: wins the title.
    title: Vec<f64>,
    /// `[club][k][condition]`: is the k-th of the seeds looked at.
    seed: Vec<f64>,
}

/// Adds a multiple of a row to another.
fn add_scaled(sums: &mut [f64], row: &[f64], factor: f64) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

impl<'a> Workbench<'a> {
    /// An empty one.
    pub(super) fn new(on: &'a Integrator<'a>) -> Self {
        let (clubs, seeds) = (on.playbook.clubs, on.playbook.groups.len());
        let joint = || Joint::zero(clubs, on.watched.clone());
        let mut group_of = vec![0; clubs];
        for (index, group) in on.playbook.groups.iter().enumerate() {
            for club in &group.clubs {
                group_of[club.index()] = index;
            }
        }
        let sums = |group: &OpenGroup| GroupSums {
            title: vec![0.0; clubs * group.conditions()],
            seed: vec![0.0; clubs * on.watched.len() * group.conditions()],
        };
        Self {
            on,
            runs: 0,
            group_runs: 0,
            raw: Stakes::zero(clubs, on.watched.clone()),
            groups: on.groups.iter().map(sums).collect(),
            legs: on
                .open_legs
                .iter()
                .map(|_| [joint(), joint(), joint()])
                .collect(),
            group_of,
            records: vec![Record(0); seeds],
            seeds: vec![ClubId(0); seeds],
            through: on.bracket.room(),
            replaced: on.bracket.room(),
            rest: vec![0.0; seeds],
            positions: Vec::new(),
        }
    }

    /// Adds what a run says of group matches.
    pub(super) fn add_groups(&mut self, outcome: &Outcome) {
        self.group_runs += 1;
        self.find_records(outcome);
        for index in 0..self.on.groups.len() {
            self.place_winners(index, outcome);
            self.add_group(index, outcome);
        }
    }

    /// The record of each group's winner.
    fn find_records(&mut self, outcome: &Outcome) {
        if self.on.groups.is_empty() {
            return;
        }
        let (mut first_match, mut first_club) = (0, 0);
        for (index, plan) in self.on.playbook.groups.iter().enumerate() {
            let winner = outcome.order[first_club];
            let goals = &outcome.goals[first_match..first_match + plan.matches.len()];
            let feats = feats_of(winner, plan, goals, self.on.playbook.points);
            self.records[index] = Record::new(&feats, &self.on.playbook.seeding);
            first_match += plan.matches.len();
            first_club += plan.clubs.len();
        }
    }

    /// How likely each club of a group is to win it and to have so many of the other groups' winners ahead of it.
    /// Winners level on everything draw lots, so that every position among them is equally likely.
    fn place_winners(&mut self, index: usize, outcome: &Outcome) {
        let group = &self.on.groups[index];
        let (conditions, seeds) = (group.conditions(), outcome.seeds.len());
        self.positions.clear();
        self.positions
            .resize(group.clubs.len() * seeds * conditions, 0.0);
        let (group_of, records) = (&self.group_of, &self.records);
        let others = || {
            let groups = outcome.seeds.iter().map(|club| group_of[club.index()]);
            groups
                .filter(|other| *other != group.index)
                .map(|other| records[other])
        };
        let tables = self.positions.chunks_exact_mut(seeds * conditions);
        for (ladder, table) in group.ladders.iter().zip(tables) {
            let mut row = |position: usize, values: &mut dyn Iterator<Item = f64>| {
                let row = &mut table[position * conditions..(position + 1) * conditions];
                for (sum, value) in row.iter_mut().zip(values) {
                    *sum += value;
                }
            };
            let mut taken = ladder.nothing();
            let mut position = 0;
            let mut waiting = others().peekable();
            while let Some(record) = waiting.next() {
                let mut level = 1;
                while waiting.next_if_eq(&record).is_some() {
                    level += 1;
                }
                let better = ladder.better_than(record);
                row(
                    position,
                    &mut better.iter().zip(taken).map(|(one, other)| one - other),
                );
                taken = ladder.at_least(record);
                let share = 1.0 / f64::from(level + 1);
                for place in 0..=level as usize {
                    let even = taken
                        .iter()
                        .zip(better)
                        .map(|(one, other)| (one - other) * share);
                    row(position + place, &mut even.into_iter());
                }
                position += level as usize;
            }
            let rest = ladder
                .total()
                .iter()
                .zip(taken)
                .map(|(one, other)| one - other);
            row(position, &mut rest.into_iter());
        }
    }

    /// Adds what every position of a group's winner means for the seeds and the title.
    fn add_group(&mut self, index: usize, outcome: &Outcome) {
        let group = &self.on.groups[index];
        let (conditions, seeds) = (group.conditions(), outcome.seeds.len());
        let sums = &mut self.groups[index];
        let own = outcome
            .seeds
            .iter()
            .position(|club| self.group_of[club.index()] == group.index)
            .expect("every group has a winner");
        // The others keep their order; the place of this group's winner moves through all positions.
        self.seeds.copy_from_slice(&outcome.seeds);
        self.seeds[..=own].rotate_right(1);
        for position in 0..seeds {
            if position > 0 {
                self.seeds.swap(position - 1, position);
            }
            for (member, club) in group.clubs.iter().enumerate() {
                let start = (member * seeds + position) * conditions;
                let row = &self.positions[start..start + conditions];
                if row.iter().all(|probability| *probability < NEGLIGIBLE) {
                    continue;
                }
                self.seeds[position] = *club;
                let on = self.on;
                on.bracket
                    .play_on(&on.bracket.all, &on.ties, &self.seeds, &mut self.through);
                let title = on.bracket.title(&self.through);
                for (seed, club) in self.seeds.iter().enumerate() {
                    let start = club.index() * conditions;
                    add_scaled(&mut sums.title[start..start + conditions], row, title[seed]);
                    if on.watched.contains(&seed) {
                        let at = club.index() * on.watched.len() + seed - on.watched.start;
                        let seen = &mut sums.seed[at * conditions..(at + 1) * conditions];
                        add_scaled(seen, row, 1.0);
                    }
                }
            }
        }
    }

    /// Adds what each result of each knockout leg means, given the seeds of the run.
    pub(super) fn add_legs(&mut self, outcome: &Outcome) {
        self.runs += 1;
        let on = self.on;
        let bracket = &on.bracket;
        bracket.play_on(&bracket.all, &on.ties, &outcome.seeds, &mut self.through);
        let title = bracket.title(&self.through);
        for (seed, club) in outcome.seeds.iter().enumerate() {
            *self.raw.title_mut(club.index()) += title[seed];
            *self.raw.group_win_mut(club.index()) += 1.0;
            self.raw.add_seed(club.index(), seed, 1.0);
        }
        for (index, (tie, leg)) in on.open_legs.iter().enumerate() {
            self.rest.copy_from_slice(bracket.title(&self.through));
            let mut left = 1.0;
            for result in 0..2 {
                let total = self.replace(tie.index(), *leg, result, &outcome.seeds);
                let title = bracket.title(&self.replaced);
                self.legs[index][result].add(total, title, &outcome.seeds);
                left -= total;
                for (rest, title) in self.rest.iter_mut().zip(title) {
                    *rest -= title;
                }
            }
            // The last result has what the others leave, unless that is mere rounding.
            if left > ROUNDING {
                self.legs[index][2].add(left, &self.rest, &outcome.seeds);
            }
        }
    }

    /// Solves the bracket once more with one result of a leg, and gives the probability of that result: `replaced` then
    /// holds the probability of the result and of what follows.
    fn replace(&mut self, tie: usize, leg: usize, result: usize, seeds: &[ClubId]) -> f64 {
        let on = self.on;
        let row = on.bracket.row(tie);
        self.replaced.copy_from_slice(&self.through);
        self.replaced[row.clone()].fill(0.0);
        let mut total = 0.0;
        on.bracket
            .meetings(tie, &mut self.replaced, |through, one, two, meet| {
                let club = |seed: u8| (seeds[usize::from(seed)], seed + 1);
                let tie = &on.playbook.ties[tie];
                let (probability, first) = on.legs.of(tie, leg, result, club(one), club(two));
                let both = meet * probability;
                total += both;
                through[row.start + usize::from(one)] += both * first;
                through[row.start + usize::from(two)] += both * (1.0 - first);
            });
        let after = &on.bracket.after[tie];
        on.bracket
            .play_on(after, &on.ties, seeds, &mut self.replaced);
        total
    }

    /// The batch: group matches first, then legs, as the targets stand.
    pub(super) fn finish(self) -> Batch {
        let mut bases = vec![self.raw];
        // As if every run had been integrated over.
        let scale = self.runs as f64 / self.group_runs.max(1) as f64;
        let mut matches = Vec::new();
        for &(group, number) in &self.on.group_targets {
            let sums = &self.groups[group];
            let group = &self.on.groups[group];
            let joints = MatchResult::ALL.map(|result| {
                let condition = number * 3 + result as usize;
                let probability = group.results[number][result as usize];
                sums.given(self.on, group, condition, [probability, scale], self.runs)
            });
            let mut base = joints[0].stakes.clone();
            for joint in &joints[1..] {
                add_scaled(base.values_mut(), joint.stakes.values(), 1.0);
            }
            matches.push((bases.len(), joints));
            bases.push(base);
        }
        matches.extend(self.legs.into_iter().map(|joints| (0, joints)));
        Batch {
            runs: self.runs,
            bases,
            matches,
        }
    }
}

impl GroupSums {
    /// A result together with everything at stake.
    fn given(
        &self,
        on: &Integrator<'_>,
        group: &OpenGroup,
        condition: usize,
        [probability, scale]: [f64; 2],
        runs: u64,
    ) -> Joint {
        let (clubs, seeds) = (on.playbook.clubs, on.watched.len());
        let (conditions, runs) = (group.conditions(), runs as f64);
        let weight = probability * scale;
        let mut stakes = Stakes::zero(clubs, on.watched.clone());
        for club in 0..clubs {
            *stakes.title_mut(club) = weight * self.title[club * conditions + condition];
            for (seed, value) in stakes.seed_mut(club).iter_mut().enumerate() {
                *value = weight * self.seed[(club * seeds + seed) * conditions + condition];
            }
            let member = group.clubs.iter().position(|own| own.index() == club);
            let wins = match member {
                Some(member) => group.wins[member][condition],
                None => on.group_wins[club],
            };
            *stakes.group_win_mut(club) = probability * wins * runs;
        }
        Joint {
            probability: probability * runs,
            stakes,
        }
    }
}
