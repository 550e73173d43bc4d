//! Small made-up cups for the tests.

use crate::exact::group::{Budget, TIEBREAKERS};
use crate::goals::JointScores;
use crate::ids::{ClubId, RoundId, TieId};
use crate::playbook::{GroupMatchPlan, GroupPlan, Pairings, Playbook, ScoreId};
use crate::tournament::{Points, Round, SecondLegHost, SeedingCriterion, Side, Tie};

/// Nearly nothing may be dropped.
pub(super) const TINY: Budget = Budget::even(1e-15);

/// A generator good enough to make up cups (`SplitMix64`), so that tests need no other room.
pub(super) struct Whim(pub(super) u64);

impl Whim {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }
}

/// The bracket of a cup with so many groups: seed k meets seed n + 1 - k, halves as in a ranked draw.
pub(super) fn bracket(groups: usize, host: SecondLegHost) -> (Vec<Round>, Vec<Tie>) {
    let rounds = groups.ilog2() as usize;
    let round = |index: usize| Round {
        name: format!("round {index}"),
        short: format!("r{index}"),
        legs: 2,
        away_goals: true,
        extra_time: true,
    };
    let tie = |round: usize, sides: [Side; 2], host: SecondLegHost| Tie {
        name: String::new(),
        round: RoundId::new(round),
        sides,
        second_leg_host: host,
        legs: Vec::new(),
    };
    let mut ties = Vec::new();
    for better in 0..groups / 2 {
        let sides = [better + 1, groups - better].map(|seed| Side::Seed(seed as u8));
        ties.push(tie(0, sides, SecondLegHost::Side(0)));
    }
    let (mut start, mut len) = (0, groups / 2);
    for number in 1..rounds {
        for better in 0..len / 2 {
            let sides = [start + better, start + len - 1 - better];
            let sides = sides.map(|tie| Side::Winner(TieId::new(tie)));
            ties.push(tie(number, sides, host));
        }
        start += len;
        len /= 2;
    }
    ((0..rounds).map(round).collect(), ties)
}

/// A cup in which every match has its own score distribution from `scores`.
pub(super) fn cup(
    groups: usize,
    host: SecondLegHost,
    mut scores: impl FnMut(ClubId, ClubId) -> JointScores,
    mut shoot_out: impl FnMut() -> f64,
) -> Playbook {
    let clubs = 3 * groups;
    let mut list = Vec::new();
    let mut add = |home: usize, away: usize| {
        list.push(scores(ClubId::new(home), ClubId::new(away)));
        ScoreId(list.len() as u32 - 1)
    };
    let group = |first: usize, add: &mut dyn FnMut(usize, usize) -> ScoreId| {
        let matches =
            [(0, 1), (2, 1), (1, 2), (0, 2), (2, 0), (1, 0)].map(|(home, away)| GroupMatchPlan {
                home,
                away,
                score: add(first + usize::from(home), first + usize::from(away)),
                counts: true,
            });
        let clubs = (first..first + 3).map(ClubId::new).collect();
        GroupPlan::plain(clubs, matches.to_vec())
    };
    let groups_list = (0..groups)
        .map(|index| group(3 * index, &mut add))
        .collect();
    let (rounds, ties) = bracket(groups, host);
    let pairings = rounds
        .iter()
        .map(|_| {
            let mut all = || -> Vec<ScoreId> {
                (0..clubs * clubs)
                    .map(|at| add(at / clubs, at % clubs))
                    .collect()
            };
            Pairings {
                clubs,
                first_leg: all(),
                last_leg: all(),
                extra_time: all(),
                shoot_out: (0..clubs * clubs).map(|_| shoot_out()).collect(),
            }
        })
        .collect();
    Playbook {
        clubs,
        groups: groups_list,
        points: Points {
            win: 3,
            draw: 1,
            loss: 0,
        },
        tiebreakers: TIEBREAKERS.to_vec(),
        seeding: SeedingCriterion::ALL.to_vec(),
        lots: vec![None; clubs],
        deducted: vec![0; clubs],
        rounds,
        ties,
        scores: list,
        pairings,
    }
}

/// A few scorelines with up to `most` goals a side, of random weights.
pub(super) fn few_scores(whim: &mut Whim, scorelines: usize, most: usize) -> JointScores {
    let size = most + 1;
    let mut weights = vec![0.0; size * size];
    for _ in 0..scorelines {
        weights[whim.below(size * size)] += 0.1 + whim.unit();
    }
    JointScores::from_table(size, size, weights)
}
