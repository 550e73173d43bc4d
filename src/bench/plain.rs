//! The plain way: a whole tournament as one would first write it, for the engine to be measured against.
//!
//! [`Plain`] draws two `rand_distr::Poisson` a match and allocates and sorts vectors as it goes. [`CopyFree`] plays
//! the same rules without allocating and draws goals from cumulative tables made beforehand, but is not optimised
//! otherwise. Both know the rules of the CONCACAF Champions League 2013-14 only, and nothing of known results.

use crate::goals::{GoalModel, Occasion, Rates};
use crate::ids::ClubId;
use crate::tournament::{SecondLegHost, Side, Tournament};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Poisson};
use std::cmp::Reverse;

/// A tournament that is played the plain way.
#[derive(Debug, Clone)]
pub struct Plain<'a> {
    tournament: &'a Tournament,
    /// Rates of every ordered pair in each occasion: group, first leg, last leg.
    rates: [Vec<Rates>; 3],
}

/// How a club did in its group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    points: i32,
    difference: i32,
    goals: i32,
    away_goals: i32,
    wins: i32,
    away_wins: i32,
}

impl Row {
    /// Adds a match of the club.
    fn add(&mut self, own: i32, other: i32, away: bool) {
        self.points += if own > other {
            3
        } else {
            i32::from(own == other)
        };
        self.difference += own - other;
        self.goals += own;
        self.wins += i32::from(own > other);
        if away {
            self.away_goals += own;
            self.away_wins += i32::from(own > other);
        }
    }
}

/// A group match that was played: home, away, goals of each.
type Played = (usize, usize, i32, i32);

/// The figures of a club in the matches between some clubs.
fn row_of(club: usize, played: &[Played], between: &[usize]) -> Row {
    let mut row = Row::default();
    for (home, away, home_goals, away_goals) in played {
        if between.contains(home) && between.contains(away) {
            if *home == club {
                row.add(*home_goals, *away_goals, false);
            } else if *away == club {
                row.add(*away_goals, *home_goals, true);
            }
        }
    }
    row
}

impl<'a> Plain<'a> {
    /// Takes a tournament and its rates.
    pub fn new(tournament: &'a Tournament, model: &dyn GoalModel) -> Self {
        let all = |occasion| {
            let pairs = tournament
                .club_ids()
                .flat_map(|home| tournament.club_ids().map(move |away| (home, away)));
            pairs
                .map(|(home, away)| model.rates(home, away, occasion))
                .collect()
        };
        Self {
            tournament,
            rates: [Occasion::Group, Occasion::FirstLeg, Occasion::LastLeg].map(all),
        }
    }

    /// Plays one tournament and names its champion, the places of all clubs (their group orders one after
    /// the other) and the seeds.
    pub fn play(&self, rng: &mut impl Rng) -> (ClubId, Vec<ClubId>, Vec<ClubId>) {
        let mut order = Vec::new();
        let mut winners = Vec::new();
        for group in self.tournament.group_ids() {
            let mut played = Vec::new();
            for (_, fixture) in self.tournament.fixtures_of(group) {
                let (home, away) = (fixture.home.index(), fixture.away.index());
                let (home_goals, away_goals) = self.goals(0, home, away, 1.0, rng);
                played.push((home, away, home_goals, away_goals));
            }
            let clubs = &self.tournament.group(group).clubs;
            let members: Vec<usize> = clubs.iter().map(|club| club.index()).collect();
            let ranked = rank(&members, &played, rng);
            winners.push((
                row_of(ranked[0], &played, &members),
                rng.random::<u32>(),
                ranked[0],
            ));
            order.extend(ranked.into_iter().map(ClubId::new));
        }
        winners.sort_by(|one, other| other.cmp(one));
        let seeds: Vec<ClubId> = winners
            .iter()
            .map(|(.., club)| ClubId::new(*club))
            .collect();
        let mut through = Vec::new();
        for tie in &self.tournament.bracket.ties {
            let [first, second] = tie.sides.map(|side| match side {
                Side::Seed(seed) => seeds[usize::from(seed) - 1].index(),
                Side::Winner(tie) => through[tie.index()],
            });
            let (host, guest) = match tie.second_leg_host {
                SecondLegHost::Side(1) => (second, first),
                _ => (first, second),
            };
            through.push(self.tie(host, guest, rng));
        }
        let champion = through.last().map_or(ClubId(0), |club| ClubId::new(*club));
        (champion, order, seeds)
    }

    /// Draws the goals of a match.
    fn goals(
        &self,
        occasion: usize,
        home: usize,
        away: usize,
        share: f64,
        rng: &mut impl Rng,
    ) -> (i32, i32) {
        let rates = self.rates[occasion][home * self.tournament.clubs.len() + away].scaled(share);
        let draw = |rate: f64, rng: &mut _| {
            let poisson = Poisson::new(rate).expect("expected goals are above zero");
            let goals: f64 = poisson.sample(rng);
            goals as i32
        };
        (draw(rates.home.get(), rng), draw(rates.away.get(), rng))
    }

    /// Plays a two-legged tie and returns the club that goes on.
    fn tie(&self, host: usize, guest: usize, rng: &mut impl Rng) -> usize {
        let (guest_home, host_away) = self.goals(1, guest, host, 1.0, rng);
        let (host_home, guest_away) = self.goals(2, host, guest, 1.0, rng);
        let mut lead = host_home + host_away - guest_home - guest_away;
        if lead == 0 {
            lead = host_away - guest_away;
        }
        if lead == 0 {
            let (extra_host, extra_guest) = self.goals(2, host, guest, 1.0 / 3.0, rng);
            lead = extra_host - extra_guest;
        }
        if lead == 0 {
            lead = if rng.random::<bool>() { 1 } else { -1 };
        }
        if lead > 0 { host } else { guest }
    }
}

/// The final order of a group.
fn rank(members: &[usize], played: &[Played], rng: &mut impl Rng) -> Vec<usize> {
    let mut keyed: Vec<(i32, usize)> = members
        .iter()
        .map(|club| (row_of(*club, played, members).points, *club))
        .collect();
    keyed.sort_by_key(|(points, _)| -points);
    let mut order = Vec::new();
    for level in keyed.chunk_by(|one, other| one.0 == other.0) {
        let clubs: Vec<usize> = level.iter().map(|(_, club)| *club).collect();
        order.extend(separate(clubs, played, members, rng));
    }
    order
}

/// The order of clubs level on points: head-to-head, again for those still level, then all matches, then lots.
fn separate(
    clubs: Vec<usize>,
    played: &[Played],
    members: &[usize],
    rng: &mut impl Rng,
) -> Vec<usize> {
    if clubs.len() == 1 {
        return clubs;
    }
    let mut keyed: Vec<((i32, i32, i32), usize)> = clubs
        .iter()
        .map(|club| {
            let row = row_of(*club, played, &clubs);
            ((row.points, row.difference, row.away_goals), *club)
        })
        .collect();
    keyed.sort_by_key(|(key, _)| Reverse(*key));
    let mut order = Vec::new();
    for level in keyed.chunk_by(|one, other| one.0 == other.0) {
        let still: Vec<usize> = level.iter().map(|(_, club)| *club).collect();
        if still.len() < clubs.len() {
            order.extend(separate(still, played, members, rng));
        } else {
            let mut rest: Vec<(Row, u32, usize)> = still
                .iter()
                .map(|club| (row_of(*club, played, members), rng.random(), *club))
                .collect();
            rest.sort_by(|(one, lot, _), (other, other_lot, _)| {
                let key = |row: &Row, lot: u32| (row.difference, row.goals, row.away_goals, lot);
                key(other, *other_lot).cmp(&key(one, *lot))
            });
            order.extend(rest.into_iter().map(|(.., club)| club));
        }
    }
    order
}

/// A tournament of groups of three that is played without allocating.
#[derive(Debug, Clone)]
pub struct CopyFree<'a> {
    plain: Plain<'a>,
    /// Cumulative probabilities of 0, 1, 2, ... goals of both sides: occasions (the fourth is extra time)
    /// by ordered pair by side.
    cumulative: Vec<[f64; MOST_GOALS]>,
}

/// Goals of a side in a cumulative table.
const MOST_GOALS: usize = 20;

impl<'a> CopyFree<'a> {
    /// Takes a tournament and its rates.
    pub fn new(tournament: &'a Tournament, model: &dyn GoalModel) -> Self {
        let plain = Plain::new(tournament, model);
        let [group, first, last] = &plain.rates;
        let extra: Vec<Rates> = last.iter().map(|rates| rates.scaled(1.0 / 3.0)).collect();
        let cumulative = [group, first, last, &extra]
            .into_iter()
            .flatten()
            .flat_map(|rates| [rates.home, rates.away].map(|rate| cumulative_poisson(rate.get())))
            .collect();
        Self { plain, cumulative }
    }

    /// Plays one tournament into `order` (the places of all clubs) and `seeds`, and names its champion.
    pub fn play(
        &self,
        rng: &mut impl Rng,
        order: &mut [usize],
        seeds: &mut [(SeedKey, usize)],
    ) -> usize {
        let tournament = self.plain.tournament;
        let per_group = tournament.fixtures.len() / tournament.groups.len();
        for (index, group) in tournament.groups.iter().enumerate() {
            let mut played = [(0, 0, 0, 0); 6];
            let fixtures = &tournament.fixtures[index * per_group..];
            for (slot, fixture) in played.iter_mut().zip(fixtures) {
                let (home, away) = (fixture.home.index(), fixture.away.index());
                let (home_goals, away_goals) = self.goals(0, home, away, rng);
                *slot = (home, away, home_goals, away_goals);
            }
            let place = &mut order[index * 3..index * 3 + 3];
            for (place, club) in place.iter_mut().zip(&group.clubs) {
                *place = club.index();
            }
            let all = [place[0], place[1], place[2]];
            order_level(place, &played, &all, rng);
            let row = row_of(place[0], &played, &all);
            seeds[index] = (SeedKey(row, rng.random()), place[0]);
        }
        seeds.sort_unstable_by(|one, other| other.cmp(one));
        let mut through = [0; 64];
        for (index, tie) in tournament.bracket.ties.iter().enumerate() {
            let [first, second] = tie.sides.map(|side| match side {
                Side::Seed(seed) => seeds[usize::from(seed) - 1].1,
                Side::Winner(tie) => through[tie.index()],
            });
            let (host, guest) = match tie.second_leg_host {
                SecondLegHost::Side(1) => (second, first),
                _ => (first, second),
            };
            through[index] = self.tie(host, guest, rng);
        }
        through[tournament.bracket.ties.len() - 1]
    }

    /// Draws the goals of a match.
    fn goals(&self, occasion: usize, home: usize, away: usize, rng: &mut impl Rng) -> (i32, i32) {
        let clubs = self.plain.tournament.clubs.len();
        let at = 2 * ((occasion * clubs + home) * clubs + away);
        let draw = |table: &[f64; MOST_GOALS], rng: &mut _| {
            let luck: f64 = RngExt::random(rng);
            table.iter().take_while(|below| **below <= luck).count() as i32
        };
        (
            draw(&self.cumulative[at], rng),
            draw(&self.cumulative[at + 1], rng),
        )
    }

    /// Plays a two-legged tie and returns the club that goes on.
    fn tie(&self, host: usize, guest: usize, rng: &mut impl Rng) -> usize {
        let (guest_home, host_away) = self.goals(1, guest, host, rng);
        let (host_home, guest_away) = self.goals(2, host, guest, rng);
        let mut lead = host_home + host_away - guest_home - guest_away;
        if lead == 0 {
            lead = host_away - guest_away;
        }
        if lead == 0 {
            let (extra_host, extra_guest) = self.goals(3, host, guest, rng);
            lead = extra_host - extra_guest;
        }
        if lead == 0 {
            lead = if rng.random::<bool>() { 1 } else { -1 };
        }
        if lead > 0 { host } else { guest }
    }
}

/// The record of a group winner and its lot, compared in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeedKey(Row, u32);

/// Orders clubs in place: by points, then as [`separate`] does.
fn order_level(clubs: &mut [usize], played: &[Played; 6], all: &[usize; 3], rng: &mut impl Rng) {
    let points = |club: usize| row_of(club, played, all).points;
    clubs.sort_unstable_by_key(|club| -points(*club));
    let mut start = 0;
    while start < clubs.len() {
        let level = clubs[start..]
            .iter()
            .take_while(|club| points(**club) == points(clubs[start]))
            .count();
        if level > 1 {
            separate_in_place(&mut clubs[start..start + level], played, all, rng);
        }
        start += level;
    }
}

/// The order of clubs level on points, in place.
fn separate_in_place(
    clubs: &mut [usize],
    played: &[Played; 6],
    all: &[usize; 3],
    rng: &mut impl Rng,
) {
    let mut concerned = [usize::MAX; 3];
    concerned[..clubs.len()].copy_from_slice(clubs);
    let between = |club: usize| {
        let row = row_of(club, played, &concerned);
        (row.points, row.difference, row.away_goals)
    };
    clubs.sort_unstable_by_key(|club| Reverse(between(*club)));
    if between(clubs[0]) == between(clubs[clubs.len() - 1]) {
        let lots: [u32; 3] = rng.random();
        let overall = |club: usize| {
            let row = row_of(club, played, all);
            let lot = concerned
                .iter()
                .position(|other| *other == club)
                .map(|at| lots[at]);
            (row.difference, row.goals, row.away_goals, lot)
        };
        clubs.sort_unstable_by_key(|club| Reverse(overall(*club)));
        return;
    }
    if clubs.len() == 3 {
        let level = if between(clubs[0]) == between(clubs[1]) {
            &mut clubs[..2]
        } else if between(clubs[1]) == between(clubs[2]) {
            &mut clubs[1..]
        } else {
            return;
        };
        separate_in_place(level, played, all, rng);
    }
}

/// P(at most k goals) for k = 0, 1, 2, ...; the last is 1.
fn cumulative_poisson(rate: f64) -> [f64; MOST_GOALS] {
    let mut term = (-rate).exp();
    let mut below = 0.0;
    let mut table = [1.0; MOST_GOALS];
    for (goals, entry) in table.iter_mut().enumerate().take(MOST_GOALS - 1) {
        below += term;
        *entry = below;
        term *= rate / (goals + 1) as f64;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cups::{Strengths, cup};
    use crate::conditions::Conditions;
    use crate::play::Engine;
    use crate::playbook::compile;
    use crate::rng::{Purpose, stream};
    use crate::simulate::simulate;

    #[test]
    fn the_plain_ways_and_the_engine_forecast_the_same() {
        // n = 40,000 runs each at seed 11: titles, group wins and first seeds within 4 standard errors of the
        // difference; 24 * 3 * 2 comparisons, of which one fails by chance with probability 0.009.
        let tournament = cup(8);
        let model = Strengths::like_2013_14(24);
        let runs = 40_000u64;
        let engine = Engine::new(&compile(&tournament, &model, &Conditions::default()));
        let odds = simulate(&engine, runs, 11, None, &|_| ()).odds();
        let plain = Plain::new(&tournament, &model);
        let copy_free = CopyFree::new(&tournament, &model);
        let mut counts = [[[0u64; 3]; 24]; 2];
        let (mut order, mut seeds) = ([0; 24], [(SeedKey::default(), 0); 8]);
        let mut rng = stream(11, Purpose::Resampling, 0);
        for _ in 0..runs {
            let (champion, places, winners) = plain.play(&mut rng);
            counts[0][champion.index()][0] += 1;
            counts[0][winners[0].index()][1] += 1;
            for group in places.chunks(3) {
                counts[0][group[0].index()][2] += 1;
            }
            let champion = copy_free.play(&mut rng, &mut order, &mut seeds);
            counts[1][champion][0] += 1;
            counts[1][seeds[0].1][1] += 1;
            for group in order.chunks(3) {
                counts[1][group[0]][2] += 1;
            }
        }
        for way in counts {
            for (club, events) in way.iter().enumerate() {
                let expected = [odds.title[club], odds.seed[club][0], odds.place[club][0]];
                for (count, engine_share) in events.iter().zip(expected) {
                    let share = *count as f64 / runs as f64;
                    let pooled = f64::midpoint(share, engine_share);
                    let error = (2.0 * pooled * (1.0 - pooled) / runs as f64).sqrt();
                    assert!(
                        (share - engine_share).abs() <= 4.0 * error,
                        "club {club}: {share} and {engine_share}"
                    );
                }
            }
        }
    }
}
