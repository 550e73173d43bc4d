//! The score sheet of one simulated tournament: every scoreline as plain data, for people to read.

use super::Engine;
use super::records::Figure;
use crate::ids::{ClubId, GroupId, RoundId, TieId};
use crate::tournament::Goals;

/// Everything that happened in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    /// The groups, in file order.
    pub groups: Vec<SheetGroup>,
    /// The group winners in the order of their seeds, the first seed first.
    pub seeds: Vec<ClubId>,
    /// Whether lots decided an order among the seeds.
    pub seeding_lots: bool,
    /// The ties, in bracket order.
    pub ties: Vec<SheetTie>,
    /// The champion: the winner of the last tie.
    pub champion: ClubId,
}

/// A group with its final table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetGroup {
    /// Which group.
    pub group: GroupId,
    /// The clubs in final order, the winner first.
    pub table: Vec<SheetClub>,
    /// The matches, in file order.
    pub matches: Vec<SheetMatch>,
    /// Whether lots decided an order in the group.
    pub lots: bool,
}

/// A row of a group's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetClub {
    /// The club.
    pub club: ClubId,
    /// Its points, less those deducted.
    pub points: i32,
    /// Its matches won.
    pub won: u32,
    /// Its goals scored.
    pub goals_for: u32,
    /// Its goals conceded.
    pub goals_against: u32,
    /// Its goals scored away.
    pub away_goals: u32,
}

/// A group match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetMatch {
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// The goals.
    pub goals: Goals,
}

/// A knockout tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTie {
    /// Which tie.
    pub tie: TieId,
    /// The round it belongs to.
    pub round: RoundId,
    /// Its legs in order.
    pub legs: Vec<SheetLeg>,
    /// The club that goes on.
    pub winner: ClubId,
}

/// A leg of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetLeg {
    /// The home club.
    pub home: ClubId,
    /// The away club.
    pub away: ClubId,
    /// The goals after 90 minutes.
    pub ninety: Goals,
    /// The full score after extra time, where it was played.
    pub after_extra_time: Option<Goals>,
    /// The winner of the shoot-out, where there was one. Single kicks are not simulated.
    pub shoot_out: Option<ClubId>,
}

/// Plays run number `run` at this seed once more and writes everything down.
///
/// # Panics
/// Never for the playbook of a valid tournament: it has a final.
pub fn replay(engine: &Engine, seed: u64, run: u64) -> ScoreSheet {
    let mut outcome = engine.outcome();
    engine.play(seed, run, &mut outcome);
    let mut groups = Vec::with_capacity(engine.groups.len());
    for (index, group) in engine.groups.iter().enumerate() {
        let goals = &outcome.goals[group.first_match..group.first_match + group.matches.len()];
        let order = &outcome.order[group.first_club..group.first_club + group.clubs.len()];
        let records = engine.records(group, goals);
        let row = |club: &ClubId| {
            let position = group.clubs.iter().position(|member| member == club);
            let record = records[position.expect("the order of a group holds its clubs")];
            let figure = |figure| engine.layout.figure(record, figure);
            let goals_for = figure(Figure::Goals);
            let difference = engine.layout.goal_difference(record);
            SheetClub {
                club: *club,
                points: engine.layout.points(record),
                won: figure(Figure::Wins),
                goals_for,
                goals_against: goals_for.wrapping_add_signed(-difference),
                away_goals: figure(Figure::AwayGoals),
            }
        };
        let matches = group.matches.iter().zip(goals);
        groups.push(SheetGroup {
            group: GroupId::new(index),
            table: order.iter().map(row).collect(),
            matches: matches
                .map(|((home, away), goals)| SheetMatch {
                    home: group.clubs[usize::from(*home)],
                    away: group.clubs[usize::from(*away)],
                    goals: *goals,
                })
                .collect(),
            lots: outcome.group_lots[index],
        });
    }
    let ties: Vec<SheetTie> = (0..outcome.ties.len())
        .map(|index| sheet_tie(engine, index, &outcome.ties[index]))
        .collect();
    let champion = ties.last().map(|tie| tie.winner);
    ScoreSheet {
        groups,
        seeds: outcome.seeds,
        seeding_lots: outcome.seeding_lots,
        champion: champion.expect("a bracket has a final"),
        ties,
    }
}

/// One tie, leg by leg.
fn sheet_tie(engine: &Engine, index: usize, tie: &super::TieOutcome) -> SheetTie {
    let first = tie.first_leg.map(|ninety| SheetLeg {
        home: tie.guest,
        away: tie.host,
        ninety,
        after_extra_time: None,
        shoot_out: None,
    });
    let last = SheetLeg {
        home: tie.host,
        away: tie.guest,
        ninety: tie.last_leg,
        after_extra_time: tie.extra_time.map(|extra| Goals {
            home: tie.last_leg.home + extra.home,
            away: tie.last_leg.away + extra.away,
        }),
        shoot_out: tie.shoot_out.map(|_| tie.winner()),
    };
    SheetTie {
        tie: TieId::new(index),
        round: RoundId::new(engine.ties[index].round),
        legs: first.into_iter().chain([last]).collect(),
        winner: tie.winner(),
    }
}
