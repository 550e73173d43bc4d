//! Made-up cups of any size in the format of the CONCACAF Champions League, with a goal model to match.

use crate::goals::{GoalModel, Occasion, Rates};
use crate::ids::{ClubId, GroupId, RoundId, TieId};
use crate::tournament::{
    BestFinish, Bracket, Club, Goals, Group, GroupCriterion, GroupFixture, Leg, Points, Round,
    Rules, SecondLegHost, SeedingCriterion, Side, Tie, Tournament,
};
use jiff::civil::{Date, date};

/// The first day of a made-up cup.
const FIRST_DAY: Date = date(2013, 8, 6);

/// Matches of a group of three by matchday: (home, away). Each club plays on four of the six.
const DOUBLE_ROUND_ROBIN: [(usize, usize); 6] = [(0, 1), (2, 0), (1, 2), (1, 0), (0, 2), (2, 1)];

/// A cup of `groups` groups of three clubs, double round robin, whose winners are seeded and play two-legged
/// ties, under the rules of 2013-14. Nothing has been played.
///
/// # Panics
/// If the number of groups is no power of two from 2 to 64.
pub fn cup(groups: usize) -> Tournament {
    assert!(
        groups.is_power_of_two() && (2..=64).contains(&groups),
        "2, 4, 8, 16, 32 or 64 groups"
    );
    let clubs = (0..groups * 3).map(club).collect();
    let fixtures = (0..groups)
        .flat_map(|group| {
            DOUBLE_ROUND_ROBIN
                .iter()
                .enumerate()
                .map(move |(matchday, (home, away))| GroupFixture {
                    group: GroupId::new(group),
                    matchday: matchday as u8 + 1,
                    date: FIRST_DAY,
                    home: ClubId::new(group * 3 + home),
                    away: ClubId::new(group * 3 + away),
                    result: None,
                    awarded: false,
                })
        })
        .collect();
    Tournament {
        id: format!("made-up-{}", groups * 3),
        competition: "Made-up cup".to_owned(),
        edition: format!("of {} clubs", groups * 3),
        clubs,
        groups: (0..groups)
            .map(|group| Group {
                name: (group + 1).to_string(),
                clubs: (group * 3..group * 3 + 3).map(ClubId::new).collect(),
            })
            .collect(),
        fixtures,
        bracket: bracket(groups),
        rules: rules(),
        draw: None,
        lots: Vec::new(),
        deductions: Vec::new(),
        history: Vec::new(),
    }
}

/// The rules of 2013-14.
pub fn rules() -> Rules {
    Rules {
        points: Points {
            win: 3,
            draw: 1,
            loss: 0,
        },
        advance: 1,
        group_tiebreakers: vec![
            GroupCriterion::HeadToHeadPoints,
            GroupCriterion::HeadToHeadGoalDifference,
            GroupCriterion::HeadToHeadAwayGoals,
            GroupCriterion::ReapplyHeadToHead,
            GroupCriterion::GoalDifference,
            GroupCriterion::Goals,
            GroupCriterion::AwayGoals,
            GroupCriterion::Lots,
        ],
        seeding: SeedingCriterion::ALL.to_vec(),
    }
}

/// A bracket in which seed 1 meets the last seed, seed 2 the last but one, and so on; the better seeded half
/// of every round is at home in the second leg.
fn bracket(entrants: usize) -> Bracket {
    let mut rounds = Vec::new();
    let mut ties: Vec<Tie> = Vec::new();
    let mut ahead = entrants;
    let mut first_of_last_round = 0;
    while ahead > 1 {
        let round = RoundId::new(rounds.len());
        rounds.push(Round {
            name: format!("round of {ahead}"),
            short: format!("r{ahead}"),
            legs: 2,
            away_goals: true,
            extra_time: true,
        });
        let first = ties.len();
        for position in 0..ahead / 2 {
            let opposite = ahead - 1 - position;
            let side = |position: usize| {
                if round.index() == 0 {
                    Side::Seed(position as u8 + 1)
                } else {
                    Side::Winner(TieId::new(first_of_last_round + position))
                }
            };
            let leg = Leg {
                date: None,
                played: None,
            };
            ties.push(Tie {
                name: format!("R{ahead}-{}", position + 1),
                round,
                sides: [side(position), side(opposite)],
                second_leg_host: SecondLegHost::Side(0),
                legs: vec![leg.clone(), leg],
            });
        }
        first_of_last_round = first;
        ahead /= 2;
    }
    Bracket { rounds, ties }
}

/// A club with nothing but a name.
fn club(number: usize) -> Club {
    Club {
        code: format!("C{}", number + 1),
        name: format!("Club {}", number + 1),
        aliases: Vec::new(),
        association: format!("Association {}", number % 11 + 1),
        zone: None,
        pot: None,
        berth: None,
        appearances: None,
        last_appearance: None,
        best_finish: BestFinish::None,
    }
}

/// A goal model of one strength a club: the difference of two strengths moves both sides' goals.
#[derive(Debug, Clone, PartialEq)]
pub struct Strengths {
    /// The strength of each club on the logarithmic scale; indexed by [`ClubId`].
    pub strength: Vec<f64>,
    /// The logarithm of the expected goals of a side on neutral ground.
    pub level: f64,
    /// The home advantage: added in halves to the home side, taken from the away side.
    pub home: f64,
    /// Added to both sides in the first leg of a tie.
    pub first_leg: f64,
}

impl Strengths {
    /// Strengths like those of 2013-14: in every eight groups the same eight favourites, eight middling clubs and
    /// eight outsiders, in a fixed order.
    pub fn like_2013_14(clubs: usize) -> Self {
        let strength = |club: usize| {
            let (tier, group) = (club % 3, club / 3 % 8);
            [0.3, 0.0, -0.2][tier] + 0.05 * (group as f64 - 3.5) * [0.7, 1.0, -0.8][tier]
        };
        Self {
            strength: (0..clubs).map(strength).collect(),
            level: 0.315,
            home: 0.532,
            first_leg: -0.145,
        }
    }
}

impl GoalModel for Strengths {
    fn rates(&self, home: ClubId, away: ClubId, occasion: Occasion) -> Rates {
        let edge = self.strength[home.index()] - self.strength[away.index()] + self.home / 2.0;
        let level = match occasion {
            Occasion::FirstLeg => self.level + self.first_leg,
            Occasion::Group | Occasion::LastLeg => self.level,
        };
        Rates::nearest((level + edge).exp(), (level - edge).exp())
    }
}

/// The same tournament with every match up to a matchday given one and the same score, for tests and measurements.
#[must_use]
pub fn played_until(mut tournament: Tournament, matchday: u8, goals: Goals) -> Tournament {
    for fixture in &mut tournament.fixtures {
        if fixture.matchday <= matchday {
            fixture.result = Some(goals);
        }
    }
    tournament
}
