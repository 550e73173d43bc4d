//! Tallies: how often everything happened, in whole numbers that merge by addition.

mod clustered;

pub use clustered::ClusteredTally;

use crate::ids::ClubId;
use crate::odds::{Odds, error_of_share};
use crate::play::{Engine, Event, Only, Outcome, PairPlayer, Player};

/// How often each club finished in each place, was each seed, played in each round and won the title.
///
/// Equal runs give equal tallies, in whatever order and portions they were counted and merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    runs: u64,
    counts: Counts,
}

/// Counters of every event a forecast speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counts {
    /// `[club][k]`: in place `k + 1` of its group.
    place: Vec<Vec<u64>>,
    /// `[club][k]`: seed `k + 1`.
    seed: Vec<Vec<u64>>,
    /// `[club][r]`: plays in round `r`.
    round: Vec<Vec<u64>>,
    /// `[club]`: champion.
    title: Vec<u64>,
}

impl Counts {
    /// All counters at zero, in the shape of the tournament of this engine.
    fn new(engine: &Engine) -> Self {
        let mut place = vec![Vec::new(); engine.clubs()];
        for group in engine.groups() {
            for club in group {
                place[club.index()] = vec![0; group.len()];
            }
        }
        Self {
            place,
            seed: vec![vec![0; engine.groups().count()]; engine.clubs()],
            round: vec![vec![0; engine.rounds()]; engine.clubs()],
            title: vec![0; engine.clubs()],
        }
    }

    /// Counts the events of one outcome.
    fn add(&mut self, engine: &Engine, outcome: &Outcome) {
        let mut order = outcome.order.as_slice();
        for group in engine.groups() {
            let (this, rest) = order.split_at(group.len());
            for (place, club) in this.iter().enumerate() {
                self.place[club.index()][place] += 1;
            }
            order = rest;
        }
        for (seed, club) in outcome.seeds.iter().enumerate() {
            self.seed[club.index()][seed] += 1;
        }
        for (tie, round) in outcome.ties.iter().zip(engine.tie_rounds()) {
            self.round[tie.host.index()][round] += 1;
            self.round[tie.guest.index()][round] += 1;
        }
        if let Some(last) = outcome.ties.last() {
            self.title[last.winner().index()] += 1;
        }
    }

    /// The counter of one event of a club.
    fn of(&mut self, event: Event, club: ClubId) -> &mut u64 {
        let club = club.index();
        match event {
            Event::Place(place) => &mut self.place[club][place],
            Event::Seed(seed) => &mut self.seed[club][seed],
            Event::Round(round) => &mut self.round[club][round],
            Event::Title => &mut self.title[club],
        }
    }

    /// The counters one by one, always in the same order.
    fn each(&mut self) -> impl Iterator<Item = &mut u64> {
        let lists = self.place.iter_mut().chain(&mut self.seed);
        let lists = lists.chain(&mut self.round).flatten();
        lists.chain(&mut self.title)
    }

    /// Adds other counters of the same shape.
    fn merge(&mut self, mut other: Self) {
        for (mine, theirs) in self.each().zip(other.each()) {
            *mine += *theirs;
        }
    }

    /// Each counter put through a function.
    fn map(&self, value: impl Fn(u64) -> f64) -> Odds {
        let row = |list: &Vec<u64>| list.iter().map(|count| value(*count)).collect();
        Odds {
            place: self.place.iter().map(row).collect(),
            seed: self.seed.iter().map(row).collect(),
            round: self.round.iter().map(row).collect(),
            title: row(&self.title),
        }
    }
}

impl Tally {
    /// A tally of no runs.
    pub fn new(engine: &Engine) -> Self {
        Self {
            runs: 0,
            counts: Counts::new(engine),
        }
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Counts one run.
    pub fn add(&mut self, engine: &Engine, outcome: &Outcome) {
        self.runs += 1;
        self.counts.add(engine, outcome);
    }

    /// Adds the `runs` runs that a player has counted.
    pub(crate) fn add_counted(&mut self, runs: u64, player: &Player<'_>) {
        self.runs += runs;
        player.counted(&mut |event, club, count| *self.counts.of(event, club) += count);
    }

    /// Adds the runs of another tally of the same tournament.
    pub fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        self.counts.merge(other.counts);
    }

    /// The share of runs in which each event happened.
    pub fn odds(&self) -> Odds {
        let runs = self.runs.max(1) as f64;
        self.counts.map(|count| count as f64 / runs)
    }

    /// The standard error of each share, from the binomial distribution: see [`error_of_share`].
    pub fn standard_errors(&self) -> Odds {
        let runs = self.runs.max(1) as f64;
        self.counts
            .map(|count| error_of_share(count as f64 / runs, self.runs))
    }
}

/// Two tallies over the same luck, such as a what-if and its baseline, that also remember run by run where
/// they differ: so their difference comes with its exact standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairedTally {
    /// The first of the two, such as the what-if.
    pub first: Tally,
    /// The second of the two, such as the baseline.
    pub second: Tally,
    /// Runs in which an event happened in the first only.
    only_first: Counts,
    /// Runs in which an event happened in the second only.
    only_second: Counts,
}

impl PairedTally {
    /// A tally of no runs; both engines play the same tournament.
    pub fn new(first: &Engine, second: &Engine) -> Self {
        Self {
            first: Tally::new(first),
            second: Tally::new(second),
            only_first: Counts::new(first),
            only_second: Counts::new(second),
        }
    }

    /// Counts one run played by both engines.
    pub fn add(&mut self, engine: &Engine, first: &Outcome, second: &Outcome) {
        self.first.add(engine, first);
        self.second.add(engine, second);
        let mut order = first.order.iter().zip(&second.order);
        for group in engine.groups() {
            for (place, (one, other)) in order.by_ref().take(group.len()).enumerate() {
                if one != other {
                    self.only_first.place[one.index()][place] += 1;
                    self.only_second.place[other.index()][place] += 1;
                }
            }
        }
        for (seed, (one, other)) in first.seeds.iter().zip(&second.seeds).enumerate() {
            if one != other {
                self.only_first.seed[one.index()][seed] += 1;
                self.only_second.seed[other.index()][seed] += 1;
            }
        }
        let rounds = || engine.tie_rounds().enumerate();
        for (tie, round) in rounds() {
            // A club is counted where its round of one outcome is missing in the other.
            let plays = |outcome: &Outcome, club| {
                rounds().any(|(other, of)| {
                    of == round
                        && [outcome.ties[other].host, outcome.ties[other].guest].contains(&club)
                })
            };
            for (mine, theirs, only) in [
                (first, second, &mut self.only_first),
                (second, first, &mut self.only_second),
            ] {
                for club in [mine.ties[tie].host, mine.ties[tie].guest] {
                    if !plays(theirs, club) {
                        only.round[club.index()][round] += 1;
                    }
                }
            }
        }
        if let (Some(one), Some(other)) = (first.ties.last(), second.ties.last()) {
            let (one, other) = (one.winner(), other.winner());
            if one != other {
                self.only_first.title[one.index()] += 1;
                self.only_second.title[other.index()] += 1;
            }
        }
    }

    /// Adds the `runs` runs that a player has counted.
    pub(crate) fn add_counted(&mut self, runs: u64, player: &PairPlayer<'_>) {
        for (which, tally) in [
            (Only::First, &mut self.first),
            (Only::Second, &mut self.second),
        ] {
            tally.runs += runs;
            player.counted(which, &mut |event, club, count| {
                *tally.counts.of(event, club) += count;
            });
        }
        player.differing(&mut |only, event, club, count| {
            let counts = match only {
                Only::First => &mut self.only_first,
                Only::Second => &mut self.only_second,
            };
            *counts.of(event, club) += count;
        });
    }

    /// Adds the runs of another paired tally of the same two tournaments.
    pub fn merge(&mut self, other: Self) {
        self.first.merge(other.first);
        self.second.merge(other.second);
        self.only_first.merge(other.only_first);
        self.only_second.merge(other.only_second);
    }

    /// How many runs were counted.
    pub fn runs(&self) -> u64 {
        self.first.runs
    }

    /// The odds of the first minus those of the second.
    pub fn differences(&self) -> Odds {
        self.first
            .odds()
            .zip_with(&self.second.odds(), |one, other| one - other)
    }

    /// The standard error of each difference. A run adds +1, 0 or -1 to it, so with `a` and `b` the
    /// shares of runs in the first and the second only, its variance is `(a + b - (a - b)^2) / runs`.
    pub fn standard_errors(&self) -> Odds {
        let runs = self.runs().max(1) as f64;
        let share = |count: u64| count as f64 / runs;
        self.only_first
            .map(share)
            .zip_with(&self.only_second.map(share), |a, b| {
                ((a + b - (a - b) * (a - b)).max(0.0) / runs).sqrt()
            })
    }
}
