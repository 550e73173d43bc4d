//! Events of a tournament, and whether they happened in an outcome.

use crate::ids::{ClubId, RoundId};
use crate::play::{Outcome, TieOutcome};
use crate::tournament::MatchResult;
use crate::tournament::{Goals, Tournament};
use std::ops::RangeInclusive;

/// Something that happens or does not happen in a tournament.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The club finishes its group in a place, counted from 1.
    Place(ClubId, usize),
    /// The club is one of these seeds, counted from 1.
    Seed(ClubId, RangeInclusive<usize>),
    /// The club plays in a knockout round.
    Reaches(ClubId, RoundId),
    /// The club wins its tie of a round; winning the last round is the title.
    Wins(ClubId, RoundId),
    /// The club loses its tie of a round.
    OutIn(ClubId, RoundId),
    /// The club does not get beyond its group.
    OutInGroup(ClubId),
    /// Two clubs meet in a round, or in any.
    Meet(ClubId, ClubId, Option<RoundId>),
    /// The first club puts the second out in a round, or in any.
    Beats(ClubId, ClubId, Option<RoundId>),
    /// A group match, by its position in an outcome, ends with a score.
    GroupScore(usize, Goals),
    /// A group match ends with a result.
    GroupResult(usize, MatchResult),
    /// A leg with this home club and this away club ends with a score after 90 minutes, in a round or in any.
    LegScore(ClubId, ClubId, Option<RoundId>, Goals),
    /// The same with a result.
    LegResult(ClubId, ClubId, Option<RoundId>, MatchResult),
    /// The goals of all ties of a round, extra time included, are within a range.
    Goals(RoundId, RangeInclusive<u32>),
    /// A tie of the round goes to extra time.
    ExtraTime(RoundId),
    /// A tie of the round goes to a shoot-out.
    ShootOut(RoundId),
    /// The event does not happen.
    Not(Box<Event>),
    /// All events happen.
    All(Vec<Event>),
    /// At least one of the events happens.
    Any(Vec<Event>),
}

/// What has to be known of a tournament to read its outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The round of each tie.
    rounds: Vec<RoundId>,
    /// For each club where the order of its group stands in an outcome.
    groups: Vec<std::ops::Range<usize>>,
}

impl Stage {
    /// What outcomes of this tournament look like.
    pub fn new(tournament: &Tournament) -> Self {
        let mut groups = vec![0..0; tournament.clubs.len()];
        let mut start = 0;
        for group in &tournament.groups {
            let end = start + group.clubs.len();
            for club in &group.clubs {
                groups[club.index()] = start..end;
            }
            start = end;
        }
        Self {
            rounds: tournament
                .bracket
                .ties
                .iter()
                .map(|tie| tie.round)
                .collect(),
            groups,
        }
    }

    /// The ties of a round, or of all rounds.
    fn ties<'a>(
        &'a self,
        outcome: &'a Outcome,
        round: Option<RoundId>,
    ) -> impl Iterator<Item = &'a TieOutcome> {
        let ties = outcome.ties.iter().zip(&self.rounds);
        ties.filter(move |(_, of)| round.is_none_or(|round| round == **of))
            .map(|(tie, _)| tie)
    }
}

/// The goals of a tie, extra time included.
fn goals(tie: &TieOutcome) -> u32 {
    let parts = [tie.first_leg, Some(tie.last_leg), tie.extra_time];
    let both = |goals: Goals| u32::from(goals.home) + u32::from(goals.away);
    parts.into_iter().flatten().map(both).sum()
}

/// The goals of the leg of a tie in which this club is at home to that one.
fn leg(tie: &TieOutcome, home: ClubId, away: ClubId) -> Option<Goals> {
    if (tie.host, tie.guest) == (home, away) {
        Some(tie.last_leg)
    } else if (tie.guest, tie.host) == (home, away) {
        tie.first_leg
    } else {
        None
    }
}

impl Event {
    /// Whether it happened.
    pub fn happens(&self, stage: &Stage, outcome: &Outcome) -> bool {
        let any_tie = |round: Option<RoundId>, test: &dyn Fn(&TieOutcome) -> bool| {
            stage.ties(outcome, round).any(test)
        };
        let plays = |tie: &TieOutcome, club: ClubId| tie.host == club || tie.guest == club;
        match *self {
            Self::Place(club, place) => {
                outcome.order[stage.groups[club.index()].clone()].get(place - 1) == Some(&club)
            }
            Self::Seed(club, ref seeds) => {
                let seed = outcome.seeds.iter().position(|seed| *seed == club);
                seed.is_some_and(|seed| seeds.contains(&(seed + 1)))
            }
            Self::Reaches(club, round) => any_tie(Some(round), &|tie| plays(tie, club)),
            Self::Wins(club, round) => any_tie(Some(round), &|tie| tie.winner() == club),
            Self::OutIn(club, round) => any_tie(Some(round), &|tie| tie.loser() == club),
            Self::OutInGroup(club) => !outcome.seeds.contains(&club),
            Self::Meet(one, other, round) => {
                any_tie(round, &|tie| plays(tie, one) && plays(tie, other))
            }
            Self::Beats(winner, loser, round) => {
                any_tie(round, &|tie| tie.winner() == winner && tie.loser() == loser)
            }
            Self::GroupScore(at, goals) => outcome.goals[at] == goals,
            Self::GroupResult(at, result) => MatchResult::of(outcome.goals[at]) == result,
            Self::LegScore(home, away, round, goals) => {
                any_tie(round, &|tie| leg(tie, home, away) == Some(goals))
            }
            Self::LegResult(home, away, round, result) => any_tie(round, &|tie| {
                leg(tie, home, away).is_some_and(|goals| MatchResult::of(goals) == result)
            }),
            Self::Goals(round, ref range) => {
                range.contains(&stage.ties(outcome, Some(round)).map(goals).sum())
            }
            Self::ExtraTime(round) => any_tie(Some(round), &|tie| tie.extra_time.is_some()),
            Self::ShootOut(round) => any_tie(Some(round), &|tie| tie.shoot_out.is_some()),
            Self::Not(ref event) => !event.happens(stage, outcome),
            Self::All(ref events) => events.iter().all(|event| event.happens(stage, outcome)),
            Self::Any(ref events) => events.iter().any(|event| event.happens(stage, outcome)),
        }
    }
}
