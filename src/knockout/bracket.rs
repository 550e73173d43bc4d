//! The bracket as it stands: who plays in each tie as far as it is known, the legs played, and who went on.

use super::{SideGoals, TieOutcome, TieScores, TieSide, Undecided, decide};
use crate::ids::{ClubId, TieId};
use crate::seeding::SeedList;
use crate::tournament::{Score, SecondLegHost, Side, Tie, Tournament};

/// The state of every tie of a bracket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BracketState {
    /// The seed list the bracket starts from.
    pub seeds: SeedList,
    /// The ties in bracket order; indexed by [`TieId`].
    pub ties: Vec<TieState>,
}

/// The state of one tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieState {
    /// The clubs of both sides, as far as they are known. A seed is known when it is settled
    /// ([`SeedList::settled`]), the winner of a tie when that tie is decided.
    pub clubs: [Option<ClubId>; 2],
    /// Who is at home in the last leg; `None` if that hangs on clubs that are not known.
    pub last_leg_host: Option<TieSide>,
    /// The score of each leg, if it was played.
    pub legs: Vec<Option<Score>>,
    /// Who won, or what is still to be played. Legs whose clubs are not known do not count.
    pub outcome: Result<TieOutcome, Undecided>,
}

impl TieState {
    /// The club that goes on, if the tie is decided.
    pub fn winner(&self) -> Option<ClubId> {
        let outcome = self.outcome.ok()?;
        self.clubs[outcome.winner.index()]
    }

    /// The club at home in a leg (counted from 0), if it is known.
    pub fn host(&self, leg: usize) -> Option<ClubId> {
        self.clubs[self.scores()?.host(leg).index()]
    }

    /// The club away in a leg (counted from 0), if it is known.
    pub fn guest(&self, leg: usize) -> Option<ClubId> {
        self.clubs[self.scores()?.host(leg).other().index()]
    }

    /// Both clubs, if both are known.
    pub fn pair(&self) -> Option<[ClubId; 2]> {
        Some([self.clubs[0]?, self.clubs[1]?])
    }

    /// The legs with their hosts, if the hosts are known.
    pub fn scores(&self) -> Option<TieScores<'_>> {
        Some(TieScores {
            legs: &self.legs,
            last_leg_host: self.last_leg_host?,
        })
    }

    /// Goals over the legs played so far, after 90 minutes; `None` before the first leg.
    pub fn aggregate(&self) -> Option<SideGoals> {
        let scores = self.scores()?;
        let begun = scores.legs.iter().any(Option::is_some);
        begun.then(|| scores.aggregate())
    }
}

impl BracketState {
    /// The bracket of a tournament from the results it knows.
    ///
    /// Results of legs are taken as they stand in the file; that their clubs and hosts are the right ones
    /// is for the consistency check.
    pub fn of(tournament: &Tournament) -> Self {
        let mut state = Self {
            seeds: SeedList::of(tournament),
            ties: Vec::with_capacity(tournament.bracket.ties.len()),
        };
        for tie in &tournament.bracket.ties {
            let next = state.state_of(tie, tournament);
            state.ties.push(next);
        }
        state
    }

    /// The state of a tie.
    pub fn tie(&self, id: TieId) -> &TieState {
        &self.ties[id.index()]
    }

    /// The state of a tie, given the states of those before it.
    fn state_of(&self, tie: &Tie, tournament: &Tournament) -> TieState {
        let clubs = tie.sides.map(|side| self.club(side));
        let last_leg_host = match tie.second_leg_host {
            SecondLegHost::Side(index) => Some(TieSide::at(index)),
            SecondLegHost::HigherSeed => self.higher_seed(clubs),
        };
        let legs: Vec<Option<Score>> = tie
            .legs
            .iter()
            .map(|leg| leg.played.map(|played| played.score))
            .collect();
        let known = clubs[0].and(clubs[1]).and(last_leg_host);
        let outcome = known
            .ok_or(Undecided::LegsToPlay)
            .and_then(|last_leg_host| {
                let scores = TieScores {
                    legs: &legs,
                    last_leg_host,
                };
                decide(&scores, tournament.bracket.round(tie.round))
            });
        TieState {
            clubs,
            last_leg_host,
            legs,
            outcome,
        }
    }

    /// The club of a side, if it is known.
    fn club(&self, side: Side) -> Option<ClubId> {
        match side {
            Side::Seed(seed) => self.seeds.club(seed),
            Side::Winner(tie) => self.tie(tie).winner(),
        }
    }

    /// The side with the better seed, if both clubs are known.
    fn higher_seed(&self, clubs: [Option<ClubId>; 2]) -> Option<TieSide> {
        let seed = |club: Option<ClubId>| self.seeds.seeding.seed(club?);
        let (first, second) = (seed(clubs[0])?, seed(clubs[1])?);
        Some(if first < second {
            TieSide::First
        } else {
            TieSide::Second
        })
    }
}
