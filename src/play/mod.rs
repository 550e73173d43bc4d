//! Plays a tournament: from a playbook and the luck of one run to an outcome, match by match.
//!
//! An [`Engine`] holds a playbook in the form that is quickest to play. [`Engine::play`] plays one run and
//! fills an [`Outcome`]; it cannot fail and does not allocate. Every run depends on the seed and its own number
//! only, so runs may be played in any order, on any thread, and again.

mod batch;
mod luck;
mod player;
mod ranking;
mod records;
mod score_tables;
mod sheet;
mod ties;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod twin;

pub(crate) use batch::{Event, Only};
pub(crate) use player::PairPlayer;
pub use player::{Narrator, Player};
pub use sheet::{ScoreSheet, SheetClub, SheetGroup, SheetLeg, SheetMatch, SheetTie, replay};

use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook};
use crate::rng::{Purpose, RunKey, SeedKey};
use crate::tournament::{Goals, GroupCriterion};
use batch::Plan;
use luck::{Events, Lots, MATCHES_A_WORD};
use rand::Rng;
use ranking::{GroupTable, MOST_CLUBS};
use records::{Layout, MOST_MATCHES, Record};
use score_tables::ScoreTables;
use ties::{RoundSetup, TieSetup};

/// A playbook made ready to be played.
#[derive(Debug, Clone)]
pub struct Engine {
    clubs: usize,
    groups: Vec<GroupSetup>,
    /// How records are kept and seeds compared.
    layout: Layout,
    tiebreakers: Vec<GroupCriterion>,
    known_lots: Vec<Option<u16>>,
    tables: ScoreTables,
    rounds: Vec<RoundSetup>,
    ties: Vec<TieSetup>,
    events: Events,
    /// How batches are played, if this tournament can be.
    plan: Option<Plan>,
}

/// A group made ready to be played.
#[derive(Debug, Clone)]
struct GroupSetup {
    clubs: Vec<ClubId>,
    /// Home and away club of each match, by position in the group.
    matches: Vec<(u8, u8)>,
    /// The score table of each match.
    tables: Vec<u32>,
    /// The number of its first club and of its first match, counted over all groups.
    first_club: usize,
    first_match: usize,
}

impl GroupSetup {
    /// All groups of a playbook.
    fn all(plans: &[GroupPlan]) -> Vec<Self> {
        assert!(
            plans.len() <= MOST_GROUPS,
            "a tournament has at most {MOST_GROUPS} groups"
        );
        let mut groups: Vec<Self> = Vec::with_capacity(plans.len());
        let (mut first_club, mut first_match) = (0, 0);
        for plan in plans {
            let matches: Vec<(u8, u8)> = plan.matches.iter().map(|m| (m.home, m.away)).collect();
            let matches_of = |club: u8| {
                let its = matches.iter();
                its.filter(|(home, away)| *home == club || *away == club)
                    .count()
            };
            let busiest = (0..plan.clubs.len() as u8).map(matches_of).max();
            assert!(
                plan.clubs.len() <= MOST_CLUBS,
                "a group has at most {MOST_CLUBS} clubs"
            );
            assert!(
                busiest.unwrap_or(0) <= MOST_MATCHES,
                "a club plays at most {MOST_MATCHES} matches in its group"
            );
            groups.push(Self {
                clubs: plan.clubs.clone(),
                tables: plan.matches.iter().map(|m| m.score.0).collect(),
                first_club,
                first_match,
                matches,
            });
            first_club += plan.clubs.len();
            first_match += plan.matches.len();
        }
        groups
    }
}

/// What became of one run. All lists keep their length from run to run, so that one outcome can be used again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The goals of every group match, group by group, each in file order.
    pub goals: Vec<Goals>,
    /// The clubs in their final order, group by group, the winner first.
    pub order: Vec<ClubId>,
    /// For each group whether lots decided an order in it.
    pub group_lots: Vec<bool>,
    /// The group winners in the order of their seeds, the first seed first.
    pub seeds: Vec<ClubId>,
    /// Whether lots decided an order among the seeds.
    pub seeding_lots: bool,
    /// The ties, indexed by `TieId`.
    pub ties: Vec<TieOutcome>,
}

/// How a tie went. "Host" is the club at home in the last (second or only) leg, "guest" the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieOutcome {
    /// The club at home in the last leg.
    pub host: ClubId,
    /// The other club, at home in the first leg of two.
    pub guest: ClubId,
    /// The goals of the first leg of two, in which the guest is at home.
    pub first_leg: Option<Goals>,
    /// The goals of the last leg after 90 minutes.
    pub last_leg: Goals,
    /// The goals of extra time alone, where it was played.
    pub extra_time: Option<Goals>,
    /// Whether the host won the shoot-out, where there was one.
    pub shoot_out: Option<bool>,
    /// Whether the host goes on.
    pub host_won: bool,
}

impl TieOutcome {
    /// The club that goes on.
    pub fn winner(&self) -> ClubId {
        if self.host_won { self.host } else { self.guest }
    }

    /// The club that is out.
    pub fn loser(&self) -> ClubId {
        if self.host_won { self.guest } else { self.host }
    }
}

impl Engine {
    /// Makes a playbook ready.
    ///
    /// # Panics
    /// If there are more than 64 groups, a group has more than 8 clubs, or a club more than 15 matches in its group.
    pub fn new(playbook: &Playbook) -> Self {
        let groups = GroupSetup::all(&playbook.groups);
        let matches = groups.iter().map(|group| group.matches.len()).sum();
        let mut engine = Self {
            clubs: playbook.clubs,
            layout: Layout::new(playbook.points, &playbook.seeding),
            tiebreakers: playbook.tiebreakers.clone(),
            known_lots: playbook.lots.clone(),
            tables: ScoreTables::new(&playbook.scores),
            rounds: playbook
                .rounds
                .iter()
                .zip(&playbook.pairings)
                .map(|(round, pairings)| RoundSetup::new(round, pairings))
                .collect(),
            ties: playbook.ties.iter().map(TieSetup::new).collect(),
            events: Events::new(matches, playbook.ties.len(), playbook.clubs),
            groups,
            plan: None,
        };
        engine.plan = Plan::new(playbook, &engine);
        engine
    }

    /// Puts other clubs into the groups, as many of the same sizes. `playbook` is the one that this engine was made of;
    /// the scores of the new groups have to be among its scores.
    pub(crate) fn regroup(&mut self, playbook: &Playbook, groups: &[GroupPlan]) {
        self.groups = GroupSetup::all(groups);
        self.plan = Plan::new(playbook, self);
    }

    /// The number of clubs.
    pub fn clubs(&self) -> usize {
        self.clubs
    }

    /// The clubs of each group, in file order.
    pub fn groups(&self) -> impl Iterator<Item = &[ClubId]> {
        self.groups.iter().map(|group| group.clubs.as_slice())
    }

    /// The number of group matches.
    pub fn group_matches(&self) -> usize {
        self.groups.iter().map(|group| group.matches.len()).sum()
    }

    /// The number of knockout matches, extra time not counted.
    pub fn knockout_matches(&self) -> usize {
        let legs = |tie: &TieSetup| {
            if self.rounds[tie.round].two_legs {
                2
            } else {
                1
            }
        };
        self.ties.iter().map(legs).sum()
    }

    /// The number of knockout rounds.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
    }

    /// The round of each tie, by `RoundId::index`.
    pub fn tie_rounds(&self) -> impl Iterator<Item = usize> {
        self.ties.iter().map(|tie| tie.round)
    }

    /// An outcome with room for one run of this engine; what it says means nothing before the first run.
    pub fn outcome(&self) -> Outcome {
        let nobody = ClubId(0);
        let nil = Goals { home: 0, away: 0 };
        let tie = TieOutcome {
            host: nobody,
            guest: nobody,
            first_leg: None,
            last_leg: nil,
            extra_time: None,
            shoot_out: None,
            host_won: false,
        };
        Outcome {
            goals: vec![nil; self.group_matches()],
            order: vec![nobody; self.groups().map(<[ClubId]>::len).sum()],
            group_lots: vec![false; self.groups.len()],
            seeds: vec![nobody; self.groups.len()],
            seeding_lots: false,
            ties: vec![tie; self.ties.len()],
        }
    }

    /// Plays run number `run` at this seed.
    pub fn play(&self, seed: u64, run: u64, outcome: &mut Outcome) {
        self.play_key(SeedKey::new(seed, Purpose::Tournament).run(run), outcome);
    }

    /// Plays the run with this key.
    pub(crate) fn play_key(&self, key: RunKey, outcome: &mut Outcome) {
        let mut stream = key.stream();
        let lots = Lots {
            key,
            events: self.events,
            known: &self.known_lots,
        };
        let mut word = 0;
        let mut draw = |number: usize, table: u32| {
            let part = number % MATCHES_A_WORD;
            if part == 0 {
                word = stream.next_u64();
            }
            let bits = (word >> (16 * part)) as u32 & 0xffff;
            let rare = || key.rare(self.events.group_match(number));
            self.tables.draw(table, bits, rare)
        };
        // Room for more winners than any cup has: see `MOST_GROUPS`.
        let mut winners = [(0, ClubId(0)); MOST_GROUPS];
        for (index, group) in self.groups.iter().enumerate() {
            for (position, table) in group.tables.iter().enumerate() {
                let number = group.first_match + position;
                outcome.goals[number] = draw(number, *table);
            }
            let end = group.first_match + group.matches.len();
            let goals = &outcome.goals[group.first_match..end];
            let records = self.records(group, goals);
            let mut order = [0; MOST_CLUBS];
            let order = &mut order[..group.clubs.len()];
            let table = GroupTable {
                clubs: &group.clubs,
                matches: &group.matches,
                goals,
                records: &records,
                layout: &self.layout,
                tiebreakers: &self.tiebreakers,
            };
            outcome.group_lots[index] = table.rank(order, &lots);
            let places = outcome.order[group.first_club..].iter_mut();
            for (place, member) in places.zip(order.iter()) {
                *place = group.clubs[usize::from(*member)];
            }
            let best = usize::from(order[0]);
            winners[index] = (self.layout.seeding_key(records[best]), group.clubs[best]);
        }
        Self::seed_winners(&mut winners[..self.groups.len()], &lots, outcome);
        for tie in 0..self.ties.len() {
            let word = stream.next_u64();
            outcome.ties[tie] = self.play_tie(tie, word, key, outcome);
        }
    }

    /// The records of a group's clubs.
    fn records(&self, group: &GroupSetup, goals: &[Goals]) -> [Record; MOST_CLUBS] {
        let mut records = [self.layout.start(); MOST_CLUBS];
        for ((home, away), goals) in group.matches.iter().zip(goals) {
            let [host, guest] = self.layout.of_match(*goals);
            let record = &mut records[usize::from(*home)];
            *record = record.wrapping_add(host);
            let record = &mut records[usize::from(*away)];
            *record = record.wrapping_add(guest);
        }
        records
    }

    /// Orders the group winners by their records; level ones draw lots.
    fn seed_winners(winners: &mut [(u64, ClubId)], lots: &Lots<'_>, outcome: &mut Outcome) {
        winners.sort_unstable_by_key(|(key, club)| (std::cmp::Reverse(*key), *club));
        for (seed, (_, club)) in outcome.seeds.iter_mut().zip(winners.iter()) {
            *seed = *club;
        }
        outcome.seeding_lots = false;
        let mut start = 0;
        for level in winners.chunk_by(|one, other| one.0 == other.0) {
            if level.len() > 1 {
                outcome.seeding_lots = true;
                lots.order_seeds(&mut outcome.seeds[start..start + level.len()], |club| club);
            }
            start += level.len();
        }
    }
}

/// The most groups a tournament may have.
const MOST_GROUPS: usize = 64;
