//! What a batch keeps of its matches when single outcomes are asked for, and how a lane becomes an [`Outcome`].

use super::plan::{CLUBS, MATCHES, Plan};
use super::{Batch, LANES, Lane, order_bits};
use crate::play::score_tables::decode;
use crate::play::{Outcome, TieOutcome};
use crate::tournament::Goals;

/// Scorelines as codes, and where lots decided.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Per group match.
    goals: Vec<[u8; LANES]>,
    /// Per group, a bit for each lane in which lots decided an order.
    group_lots: Vec<u64>,
    /// A bit for each lane in which lots decided an order among the seeds.
    seeding_lots: u64,
    ties: Vec<KeptTie>,
}

/// A tie in every lane.
#[derive(Debug, Clone)]
struct KeptTie {
    host: Lane<u32>,
    guest: Lane<u32>,
    /// The first and the last leg; the first means nothing in a single match.
    legs: [[u8; LANES]; 2],
    extra_time: [Option<Goals>; LANES],
    shoot_out: [Option<bool>; LANES],
}

impl Kept {
    /// Room for a batch of this plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let tie = KeptTie {
            host: [0; LANES],
            guest: [0; LANES],
            legs: [[0; LANES]; 2],
            extra_time: [None; LANES],
            shoot_out: [None; LANES],
        };
        Self {
            goals: vec![[0; LANES]; plan.groups.len() * MATCHES],
            group_lots: vec![0; plan.groups.len()],
            seeding_lots: 0,
            ties: vec![tie; plan.ties.len()],
        }
    }

    /// Forgets the lots of the last batch.
    pub(super) fn start(&mut self) {
        self.group_lots.fill(0);
        self.seeding_lots = 0;
    }

    /// Keeps the scorelines of a group.
    pub(super) fn keep_group(&mut self, index: usize, codes: &[Lane<u32>; MATCHES]) {
        for (kept, codes) in self.goals[index * MATCHES..].iter_mut().zip(codes) {
            *kept = codes.map(|code| code as u8);
        }
    }

    /// Notes that lots decided in a group.
    pub(super) fn keep_group_lots(&mut self, index: usize, lane: usize) {
        self.group_lots[index] |= 1 << lane;
    }

    /// Notes that lots decided among the seeds.
    pub(super) fn keep_seeding_lots(&mut self, lane: usize) {
        self.seeding_lots |= 1 << lane;
    }

    /// Keeps who met in a tie and the goals of its legs.
    pub(super) fn keep_tie(
        &mut self,
        index: usize,
        [host, guest]: [&Lane<u32>; 2],
        legs: [&Lane<u32>; 2],
    ) {
        let tie = &mut self.ties[index];
        tie.host = *host;
        tie.guest = *guest;
        tie.legs = legs.map(|codes| codes.map(|code| code as u8));
        tie.extra_time = [None; LANES];
        tie.shoot_out = [None; LANES];
    }

    /// Keeps what came after the 90 minutes of the last leg in one lane.
    pub(super) fn keep_beyond(
        &mut self,
        index: usize,
        lane: usize,
        extra_time: Option<Goals>,
        shoot_out: Option<bool>,
    ) {
        self.ties[index].extra_time[lane] = extra_time;
        self.ties[index].shoot_out[lane] = shoot_out;
    }
}

impl Batch {
    /// Writes down what happened in one lane, which must not be wild.
    ///
    /// # Panics
    /// If this is not a batch that keeps outcomes.
    pub(crate) fn fill(&self, plan: &Plan, lane: usize, outcome: &mut Outcome) {
        let kept = self.kept.as_ref().expect("a batch of `Batch::keeping`");
        for (goals, codes) in outcome.goals.iter_mut().zip(&kept.goals) {
            *goals = decode(codes[lane]);
        }
        let places = outcome.order.as_chunks_mut::<CLUBS>().0;
        let clubs = plan.clubs.as_chunks::<CLUBS>().0;
        for ((places, clubs), orders) in places.iter_mut().zip(clubs).zip(&self.orders) {
            let order = order_bits::CLUBS[orders[lane] as usize];
            *places = order.map(|member| clubs[usize::from(member)]);
        }
        for (lots, lanes) in outcome.group_lots.iter_mut().zip(&kept.group_lots) {
            *lots = lanes >> lane & 1 == 1;
        }
        outcome.seeding_lots = kept.seeding_lots >> lane & 1 == 1;
        for (seed, clubs) in outcome.seeds.iter_mut().zip(&self.seeds) {
            *seed = plan.clubs[clubs[lane] as usize];
        }
        let ties = outcome.ties.iter_mut().zip(&kept.ties);
        for ((tie, kept), (plan_of_tie, winners)) in ties.zip(plan.ties.iter().zip(&self.winners)) {
            let two_legs = plan.rounds[plan_of_tie.round].two_legs;
            *tie = TieOutcome {
                host: plan.clubs[kept.host[lane] as usize],
                guest: plan.clubs[kept.guest[lane] as usize],
                first_leg: two_legs.then(|| decode(kept.legs[0][lane])),
                last_leg: decode(kept.legs[1][lane]),
                extra_time: kept.extra_time[lane],
                shoot_out: kept.shoot_out[lane],
                host_won: winners[lane] == kept.host[lane],
            };
        }
    }
}
