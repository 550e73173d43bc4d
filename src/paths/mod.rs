//! The road of one club: whom it may meet, how the cup may look around it, and what it may collect in its group.

mod counts;
mod cup;
#[cfg(test)]
mod tests;

pub use cup::{CupPaths, CupRoad, StagePaths};

use crate::forecast::Request;
use crate::ids::{ClubId, RoundId};
use crate::odds::Chance;
use crate::play::Engine;
use crate::settled::Settled;
use crate::simulate::simulate_with;
use counts::{Lists, Road, likeliest};

/// What the future of one club may look like. All numbers are shares of the simulated tournaments, but for what is
/// settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths {
    /// The club.
    pub club: ClubId,
    /// The number of simulated tournaments.
    pub runs: u64,
    /// Its knockout rounds, the earliest first.
    pub rounds: Vec<RoundPaths>,
    /// The likeliest finals of the cup, the likeliest first.
    pub finals: Vec<Likely>,
    /// The likeliest seed lists, the first seed first in each.
    pub seed_lists: Vec<Likely>,
    /// The likeliest courses of the knockout stage: the winner of each tie, in bracket order, the champion last.
    pub brackets: Vec<Likely>,
    /// The number of tournaments that seed lists and brackets were counted in.
    pub listed: u64,
    /// `points[n]`: the club collects `n` points in its group matches.
    pub points: Vec<Chance>,
    /// The points that have been deducted from it, which are not taken off here.
    pub deducted: u32,
    /// The points it collects in its matches on average.
    pub expected_points: Expected,
    /// The goals it scores in its group on average.
    pub goals_for: Expected,
    /// The goals it concedes in its group on average.
    pub goals_against: Expected,
}

/// A mean with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Expected {
    /// The mean over runs (at least one) by the sums of a number and of its squares.
    fn of_sums(sum: f64, squares: f64, runs: u64) -> Self {
        let runs = runs.max(1) as f64;
        let mean = sum / runs;
        let variance = squares / runs - mean * mean;
        Self {
            mean,
            standard_error: (variance.max(0.0) / runs).sqrt(),
        }
    }
}

/// A club's road through one round.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundPaths {
    /// The round.
    pub round: RoundId,
    /// The probability that the club plays in it.
    pub reaches: Chance,
    /// The probability that it wins its tie.
    pub wins: Chance,
    /// Everybody it may meet, the likeliest first.
    pub opponents: Vec<Opponent>,
}

/// A club that may be met in a round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opponent {
    /// The opponent.
    pub club: ClubId,
    /// The probability that the two meet in this round.
    pub meets: Chance,
    /// The probability that the club beats it, given that they meet.
    pub beats: Chance,
    /// In how many tournaments they meet.
    pub meetings: u64,
}

/// A list of clubs and its probability.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// The clubs.
    pub clubs: Vec<ClubId>,
    /// The probability.
    pub probability: Chance,
}

/// How many of the likeliest finals, seed lists and brackets are kept.
const KEPT: usize = 10;

/// Seed lists and brackets are counted in at most so many tournaments: before the start nearly every one is new.
const MOST_LISTED: u64 = 1_000_000;

/// The road of a club, from the simulated tournaments that a forecast of the same seed plays.
pub fn paths(request: &Request<'_>, club: ClubId) -> Paths {
    let playbook = request.playbook(request.conditions);
    let engine = Engine::new(&playbook);
    let runs = request.effort.runs_for_shares();
    let road = simulate_with(
        &engine,
        0..runs,
        request.seed,
        request.threads,
        || Road::new(&playbook, club),
        Road::add,
        Road::merge,
    );
    let listed = runs.min(MOST_LISTED);
    let lists = simulate_with(
        &engine,
        0..listed,
        request.seed,
        request.threads,
        Lists::default,
        Lists::add,
        Lists::merge,
    );
    let [expected_points, goals_for, goals_against] = road.expected(runs);
    let settled = Settled::of(&playbook);
    let points = road.points.iter().enumerate();
    let last = RoundId::new(playbook.rounds.len().saturating_sub(1));
    let wins = |tie: usize, club: ClubId| settled.wins(club, playbook.ties[tie].round);
    Paths {
        club,
        runs,
        rounds: road.rounds(runs, &settled),
        finals: likeliest(&road.finals, runs, |_, club| settled.plays(club, last)),
        seed_lists: likeliest(&lists.seeds, listed, |seed, club| settled.seed(club, seed)),
        brackets: likeliest(&lists.brackets, listed, wins),
        listed,
        points: points
            .map(|(points, count)| {
                Chance::of_hits(*count, runs).unless(settled.points(club, points as i32))
            })
            .collect(),
        deducted: u32::from(playbook.deducted[club.index()]),
        expected_points,
        goals_for,
        goals_against,
    }
}
