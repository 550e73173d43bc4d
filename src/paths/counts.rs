//! What is counted on the road of a club.

use super::{Expected, KEPT, Likely, Opponent, RoundPaths};
use crate::ids::{ClubId, RoundId};
use crate::odds::Chance;
use crate::play::Outcome;
use crate::playbook::Playbook;
use crate::settled::{Settled, Verdict};
use crate::tournament::{MatchResult, Points};
use std::collections::BTreeMap;

/// Counts around one club.
pub(super) struct Road {
    club: ClubId,
    tie_rounds: Vec<usize>,
    /// The club's group matches that count: where their goals stand in an outcome, and whether it is at home.
    matches: Vec<(usize, bool)>,
    worth: Points,
    /// `[round][opponent]`: the two meet.
    meets: Vec<Vec<u64>>,
    /// `[round][opponent]`: the club beats it.
    beats: Vec<Vec<u64>>,
    /// The two clubs of the last tie, in file order.
    pub(super) finals: BTreeMap<Vec<ClubId>, u64>,
    /// `[n]`: the club has `n` points.
    pub(super) points: Vec<u64>,
    /// Sums of points, goals for and goals against, and of their squares.
    sums: [u64; 3],
    squares: [u64; 3],
}

impl Road {
    /// Nothing counted yet.
    pub(super) fn new(playbook: &Playbook, club: ClubId) -> Self {
        let mut matches = Vec::new();
        let mut at = 0;
        for group in &playbook.groups {
            for planned in &group.matches {
                for (side, is_home) in [(planned.home, true), (planned.away, false)] {
                    if planned.counts && group.clubs[usize::from(side)] == club {
                        matches.push((at, is_home));
                    }
                }
                at += 1;
            }
        }
        let table = vec![vec![0; playbook.clubs]; playbook.rounds.len()];
        let most = usize::from(playbook.points.win) * matches.len();
        Self {
            club,
            tie_rounds: playbook.ties.iter().map(|tie| tie.round.index()).collect(),
            matches,
            worth: playbook.points,
            meets: table.clone(),
            beats: table,
            finals: BTreeMap::new(),
            points: vec![0; most + 1],
            sums: [0; 3],
            squares: [0; 3],
        }
    }

    /// Counts a run.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        for (tie, round) in outcome.ties.iter().zip(&self.tie_rounds) {
            let other = if tie.host == self.club {
                tie.guest
            } else if tie.guest == self.club {
                tie.host
            } else {
                continue;
            };
            self.meets[*round][other.index()] += 1;
            self.beats[*round][other.index()] += u64::from(tie.winner() == self.club);
        }
        if let Some(last) = outcome.ties.last() {
            let mut pair = vec![last.host, last.guest];
            pair.sort_unstable();
            *self.finals.entry(pair).or_insert(0) += 1;
        }
        let mut figures = [0u64; 3];
        for &(at, is_home) in &self.matches {
            let goals = outcome.goals[at];
            let (own, other) = if is_home {
                (goals.home, goals.away)
            } else {
                (goals.away, goals.home)
            };
            let points = match (MatchResult::of(goals), is_home) {
                (MatchResult::Draw, _) => self.worth.draw,
                (MatchResult::HomeWin, true) | (MatchResult::AwayWin, false) => self.worth.win,
                _ => self.worth.loss,
            };
            for (sum, value) in figures.iter_mut().zip([points, own, other]) {
                *sum += u64::from(value);
            }
        }
        self.points[figures[0] as usize] += 1;
        for (index, figure) in figures.into_iter().enumerate() {
            self.sums[index] += figure;
            self.squares[index] += figure * figure;
        }
    }

    /// Adds the counts of other runs.
    pub(super) fn merge(mut self, other: Self) -> Self {
        let tables = self.meets.iter_mut().chain(&mut self.beats);
        for (mine, theirs) in tables.zip(other.meets.iter().chain(&other.beats)) {
            add(mine, theirs);
        }
        for (pair, count) in other.finals {
            *self.finals.entry(pair).or_insert(0) += count;
        }
        add(&mut self.points, &other.points);
        add(&mut self.sums, &other.sums);
        add(&mut self.squares, &other.squares);
        self
    }

    /// The rounds as shares, but for what is settled.
    pub(super) fn rounds(&self, runs: u64, settled: &Settled<'_>) -> Vec<RoundPaths> {
        let tables = self.meets.iter().zip(&self.beats).enumerate();
        let round = |(index, (meets, beats)): (usize, (&Vec<u64>, &Vec<u64>))| {
            let round = RoundId::new(index);
            let mut opponents: Vec<Opponent> = meets
                .iter()
                .zip(beats)
                .enumerate()
                .filter(|(_, (meetings, _))| **meetings > 0)
                .map(|(club, (meetings, beaten))| {
                    let other = ClubId::new(club);
                    let meets = settled.meets(round, self.club, other);
                    let beats = settled.beats(round, self.club, other);
                    Opponent {
                        club: other,
                        meets: Chance::of_hits(*meetings, runs).unless(meets),
                        beats: Chance::of_hits(*beaten, *meetings).unless(beats),
                        meetings: *meetings,
                    }
                })
                .collect();
            opponents.sort_by_key(|opponent| std::cmp::Reverse(opponent.meetings));
            RoundPaths {
                round,
                reaches: Chance::of_hits(meets.iter().sum(), runs)
                    .unless(settled.plays(self.club, round)),
                wins: Chance::of_hits(beats.iter().sum(), runs)
                    .unless(settled.wins(self.club, round)),
                opponents,
            }
        };
        tables.map(round).collect()
    }

    /// The means of points, goals for and goals against.
    pub(super) fn expected(&self, runs: u64) -> [Expected; 3] {
        [0, 1, 2].map(|index| {
            Expected::of_sums(self.sums[index] as f64, self.squares[index] as f64, runs)
        })
    }
}

pub(super) fn add<N: Copy + std::ops::AddAssign>(mine: &mut [N], theirs: &[N]) {
    for (one, other) in mine.iter_mut().zip(theirs) {
        *one += *other;
    }
}

/// How often each seed list and each course of the knockout stage came up.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) seeds: BTreeMap<Vec<ClubId>, u64>,
    pub(super) brackets: BTreeMap<Vec<ClubId>, u64>,
}

impl Lists {
    /// Counts a run.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        *self.seeds.entry(outcome.seeds.clone()).or_insert(0) += 1;
        let winners = outcome
            .ties
            .iter()
            .map(crate::play::TieOutcome::winner)
            .collect();
        *self.brackets.entry(winners).or_insert(0) += 1;
    }

    /// Adds the counts of other runs.
    pub(super) fn merge(mut self, other: Self) -> Self {
        for (list, count) in other.seeds {
            *self.seeds.entry(list).or_insert(0) += count;
        }
        for (list, count) in other.brackets {
            *self.brackets.entry(list).or_insert(0) += count;
        }
        self
    }
}

/// The lists that came up most often, as shares; equally frequent ones in the order of the clubs. A list is certain if
/// every one of its entries is.
pub(super) fn likeliest(
    counts: &BTreeMap<Vec<ClubId>, u64>,
    runs: u64,
    verdict: impl Fn(usize, ClubId) -> Verdict,
) -> Vec<Likely> {
    let mut all: Vec<(&Vec<ClubId>, u64)> =
        counts.iter().map(|(list, count)| (list, *count)).collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let likely = all.into_iter().take(KEPT).map(|(clubs, count)| {
        let mut entries = clubs.iter().enumerate();
        let certain = entries.all(|(at, club)| verdict(at, *club) == Some(true));
        Likely {
            clubs: clubs.clone(),
            probability: Chance::of_hits(count, runs).unless(certain.then_some(true)),
        }
    });
    likely.collect()
}
