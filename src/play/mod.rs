//! Plays a tournament: from a playbook and the luck of one run to an outcome, match by match.
//!
//! An [`Engine`] holds a playbook in the form that is quickest to play. [`Engine::play`] plays one run and
//! fills an [`Outcome`]; it cannot fail and does not allocate. Every run depends on the seed and its own number
//! only, so runs may be played in any order, on any thread, and again.

mod batch;
mod given;
mod luck;
mod player;
mod ranking;
mod records;
mod score_tables;
mod sheet;
mod ties;
pub mod units;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod twin;

pub(crate) use batch::{Event, Only};
pub(crate) use player::PairPlayer;
pub use player::{Narrator, Player};
pub use sheet::{ScoreSheet, SheetClub, SheetGroup, SheetLeg, SheetMatch, SheetTie, replay};

use crate::goals::JointScores;
use crate::ids::{ClubId, GroupId};
use crate::playbook::{GroupPlan, Playbook};
use crate::rng::{Purpose, RunKey, SeedKey};
use crate::tournament::{Goals, GroupCriterion};
use batch::Plan;
use given::Given;
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
    /// A bit for each match that does not count.
    struck: u64,
    /// A bit for each club that is placed behind all others.
    placed_last: u64,
    /// The points taken from each club.
    deducted: [u8; MOST_CLUBS],
    /// What is given about its winner.
    given: Option<Given>,
}

impl GroupSetup {
    /// These groups, whose scores are among those of the playbook. What a given winner needs is added to `scores`, which
    /// the score tables are made of.
    fn all(playbook: &Playbook, plans: &[GroupPlan], scores: &mut Vec<JointScores>) -> Vec<Self> {
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
            let mut deducted = [0; MOST_CLUBS];
            for (points, club) in deducted.iter_mut().zip(&plan.clubs) {
                *points = playbook.deducted[club.index()];
            }
            groups.push(Self {
                deducted,
                clubs: plan.clubs.clone(),
                tables: plan.matches.iter().map(|m| m.score.0).collect(),
                first_club,
                first_match,
                struck: given::bits(&plan.matches.iter().map(|m| !m.counts).collect::<Vec<_>>()),
                placed_last: given::bits(&plan.placed_last),
                given: Given::new(playbook, plan, scores),
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
        let mut scores = playbook.scores.clone();
        let groups = GroupSetup::all(playbook, &playbook.groups, &mut scores);
        let matches = groups.iter().map(|group| group.matches.len()).sum();
        let mut engine = Self {
            clubs: playbook.clubs,
            layout: Layout::new(playbook.points, &playbook.seeding)
                .with_reserve(playbook.deducted.iter().copied().max().unwrap_or(0)),
            tiebreakers: playbook.tiebreakers.clone(),
            known_lots: playbook.lots.clone(),
            tables: ScoreTables::new(&scores),
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
    /// the scores of the new groups have to be among its scores, and every match and club of them has to count.
    pub(crate) fn regroup(&mut self, playbook: &Playbook, groups: &[GroupPlan]) {
        debug_assert!(groups.iter().all(GroupPlan::is_plain));
        self.groups = GroupSetup::all(playbook, groups, &mut Vec::new());
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
            let (mut best, mut record) = self.rank_group(index, &lots, outcome);
            if let Some(given) = group.given.as_ref().filter(|given| !given.allows(best)) {
                let limit = MOST_ATTEMPTS;
                if let Some(found) = self.play_again(index, given, &lots, limit, outcome) {
                    (best, record) = found;
                }
            }
            let club = group.clubs[usize::from(best)];
            winners[index] = (self.layout.seeding_key(record), club);
        }
        Self::seed_winners(&mut winners[..self.groups.len()], &lots, outcome);
        for tie in 0..self.ties.len() {
            let word = stream.next_u64();
            outcome.ties[tie] = self.play_tie(tie, word, key, outcome);
        }
    }

    /// Puts the clubs of a group into their final order. Gives the winner, by position in the group, and its record.
    #[inline]
    fn rank_group(&self, index: usize, lots: &Lots<'_>, outcome: &mut Outcome) -> (u8, Record) {
        let group = &self.groups[index];
        let end = group.first_match + group.matches.len();
        let goals = &outcome.goals[group.first_match..end];
        let records = self.records(group, goals);
        let mut order = [0; MOST_CLUBS];
        let order = &mut order[..group.clubs.len()];
        let table = GroupTable {
            clubs: &group.clubs,
            matches: &group.matches,
            struck: group.struck,
            goals,
            records: &records,
            layout: &self.layout,
            tiebreakers: &self.tiebreakers,
        };
        outcome.group_lots[index] = table.rank(order, lots);
        if group.placed_last != 0 {
            // A stable sort: the order is that of the table but for those that have left.
            order.sort_by_key(|member| group.placed_last >> member & 1);
        }
        let places = outcome.order[group.first_club..].iter_mut();
        for (place, member) in places.zip(order.iter()) {
            *place = group.clubs[usize::from(*member)];
        }
        (order[0], records[usize::from(order[0])])
    }

    /// Plays a group again until a club wins that may, at most so often.
    #[cold]
    fn play_again(
        &self,
        index: usize,
        given: &Given,
        lots: &Lots<'_>,
        attempts: u64,
        outcome: &mut Outcome,
    ) -> Option<(u8, Record)> {
        let mut stream = lots.key.again(self.events.group_again(index));
        let first_match = self.groups[index].first_match;
        for _ in 0..attempts {
            let uniform = (stream.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
            for (position, table) in given.draw(uniform)?.iter().enumerate() {
                let bits = stream.next_u64() as u32 & 0xffff;
                let goals = self.tables.draw(*table, bits, || stream.next_u64());
                outcome.goals[first_match + position] = goals;
            }
            let (best, record) = self.rank_group(index, lots, outcome);
            if given.allows(best) {
                return Some((best, record));
            }
        }
        None
    }

    /// The first group in which what is given did not come about in so many attempts.
    pub fn impossible_group(&self, attempts: u64) -> Option<GroupId> {
        let mut outcome = self.outcome();
        let lots = Lots {
            key: SeedKey::new(0, Purpose::Tournament).run(0),
            events: self.events,
            known: &self.known_lots,
        };
        let groups = self.groups.iter().enumerate();
        let mut given = groups.filter_map(|(index, group)| Some((index, group.given.as_ref()?)));
        given
            .find(|(index, given)| {
                let found = self.play_again(*index, given, &lots, attempts, &mut outcome);
                found.is_none()
            })
            .map(|(index, _)| GroupId::new(index))
    }

    /// The records of a group's clubs.
    fn records(&self, group: &GroupSetup, goals: &[Goals]) -> [Record; MOST_CLUBS] {
        let mut records = group.deducted.map(|points| self.layout.start_less(points));
        for (position, ((home, away), goals)) in group.matches.iter().zip(goals).enumerate() {
            if group.struck >> position & 1 == 1 {
                continue;
            }
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

/// How often a group is played again at most. Conditions that were checked come true within far fewer attempts.
const MOST_ATTEMPTS: u64 = 10_000_000;

/// The most groups a tournament may have.
const MOST_GROUPS: usize = 64;
