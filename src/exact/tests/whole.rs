//! Whole small cups against the enumeration of every combination of group winners and every knockout result.

use super::cups::{TINY, Whim, cup, few_scores};
use crate::exact::bracket::{SeedFates, TieOdds, fates};
use crate::exact::group::{self, GroupOutcome};
use crate::exact::ladder;
use crate::exact::record::Record;
use crate::exact::seeds::seed_odds;
use crate::exact::tie::host_wins;
use crate::exact::title::Accuracy;
use crate::exact::{solve, solve_with};
use crate::goals::{JointScores, Rates};
use crate::ids::{ClubId, TieId};
use crate::instructions::Instructions;
use crate::odds::Odds;
use crate::playbook::Playbook;
use crate::tournament::{Goals, SecondLegHost, Side};

/// Every way to order the numbers below `n`.
fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    let longer = shorter.iter().flat_map(|order| {
        (0..n).map(move |at| {
            let mut next = order.clone();
            next.insert(at, n - 1);
            next
        })
    });
    longer.collect()
}

/// Plays a bracket out result by result: calls `each` with the winners of all ties and the probability.
fn play_out(
    playbook: &Playbook,
    seeds: &[ClubId],
    winners: &mut Vec<u8>,
    probability: f64,
    each: &mut dyn FnMut(&[u8], f64),
) {
    let Some(tie) = playbook.ties.get(winners.len()) else {
        each(winners, probability);
        return;
    };
    let sides = tie.sides.map(|side| match side {
        Side::Seed(seed) => seed,
        Side::Winner(TieId(tie)) => winners[usize::from(tie)],
    });
    let host = match tie.second_leg_host {
        SecondLegHost::Side(side) => usize::from(side),
        SecondLegHost::HigherSeed => usize::from(sides[1] < sides[0]),
    };
    let club = |side: usize| seeds[usize::from(sides[side]) - 1];
    let wins = host_wins(playbook, tie.round, club(host), club(1 - host));
    for (side, p) in [(host, wins), (1 - host, 1.0 - wins)] {
        winners.push(sides[side]);
        play_out(playbook, seeds, winners, probability * p, each);
        winners.pop();
    }
}

/// The fates of seeds by playing everything out.
pub(super) fn fates_slowly(playbook: &Playbook, seeds: &[ClubId]) -> SeedFates {
    let mut fates = SeedFates {
        round: vec![vec![0.0; playbook.rounds.len()]; seeds.len()],
        title: vec![0.0; seeds.len()],
    };
    play_out(playbook, seeds, &mut Vec::new(), 1.0, &mut |winners, p| {
        for tie in &playbook.ties {
            for side in tie.sides {
                let seed = match side {
                    Side::Seed(seed) => seed,
                    Side::Winner(TieId(tie)) => winners[usize::from(tie)],
                };
                fates.round[usize::from(seed) - 1][tie.round.index()] += p;
            }
        }
        fates.title[usize::from(winners[winners.len() - 1]) - 1] += p;
    });
    fates
}

/// The odds by going through every combination of group winners' records and every drawing of lots.
pub(super) fn odds_slowly(playbook: &Playbook, groups: &[GroupOutcome]) -> Odds {
    let clubs = playbook.clubs;
    let count = groups.len();
    let mut odds = Odds {
        place: vec![vec![0.0; 3]; clubs],
        seed: vec![vec![0.0; count]; clubs],
        round: vec![vec![0.0; playbook.rounds.len()]; clubs],
        title: vec![0.0; clubs],
    };
    for group in groups {
        for (club, places) in group.clubs.iter().zip(&group.places) {
            odds.place[club.index()] = places.to_vec();
        }
    }
    let orders = permutations(count);
    let all_clubs: Vec<ClubId> = (0..clubs).map(ClubId::new).collect();
    let ties = TieOdds::new(playbook, &all_clubs);
    let rungs: Vec<Vec<(ClubId, Record, f64)>> = groups
        .iter()
        .map(|group| {
            let clubs = group.clubs.iter().zip(&group.winners);
            let all = clubs.flat_map(|(club, records)| {
                records.iter().map(|(record, mass)| (*club, *record, *mass))
            });
            all.collect()
        })
        .collect();
    let mut chosen = vec![0; count];
    loop {
        let winners: Vec<_> = (0..count)
            .map(|group| rungs[group][chosen[group]])
            .collect();
        let fits = |order: &&Vec<usize>| order.is_sorted_by(|a, b| winners[*a].1 >= winners[*b].1);
        let fitting: Vec<_> = orders.iter().filter(fits).collect();
        let mass: f64 = winners.iter().map(|(_, _, mass)| mass).product();
        for order in &fitting {
            let seeds: Vec<ClubId> = order.iter().map(|group| winners[*group].0).collect();
            let fates = fates(playbook, &ties, &seeds);
            let p = mass / fitting.len() as f64;
            for (k, club) in seeds.iter().enumerate() {
                odds.seed[club.index()][k] += p;
                odds.title[club.index()] += p * fates.title[k];
                for (sum, value) in odds.round[club.index()].iter_mut().zip(&fates.round[k]) {
                    *sum += p * value;
                }
            }
        }
        let Some(group) = (0..count).find(|group| chosen[*group] + 1 < rungs[*group].len()) else {
            return odds;
        };
        chosen[..group].fill(0);
        chosen[group] += 1;
    }
}

/// The exact outcomes of all groups of a cup, nothing dropped.
pub(super) fn outcomes(playbook: &Playbook) -> Vec<GroupOutcome> {
    let groups = playbook.groups.iter();
    groups
        .map(|plan| group::solve(playbook, plan, TINY).expect("a standard group"))
        .collect()
}

fn close(fast: f64, slow: f64) {
    assert!((fast - slow).abs() < 1e-12, "{fast} {slow}");
}

#[test]
fn a_bracket_agrees_with_playing_out_every_tie() {
    let mut whim = Whim(21);
    let hosts = [
        SecondLegHost::HigherSeed,
        SecondLegHost::Side(0),
        SecondLegHost::Side(1),
    ];
    for groups in [2, 4, 8] {
        for host in hosts {
            let mut whims = (Whim(whim.next()), Whim(whim.next()));
            let playbook = cup(
                groups,
                host,
                |_, _| few_scores(&mut whims.0, 6, 3),
                || whims.1.unit(),
            );
            let seeds: Vec<ClubId> = (0..groups).map(|group| ClubId::new(3 * group)).collect();
            let fast = fates(&playbook, &TieOdds::new(&playbook, &seeds), &seeds);
            let slow = fates_slowly(&playbook, &seeds);
            for (fast, slow) in fast.round.iter().zip(&slow.round) {
                for (fast, slow) in fast.iter().zip(slow) {
                    close(*fast, *slow);
                }
            }
            for (fast, slow) in fast.title.iter().zip(&slow.title) {
                close(*fast, *slow);
            }
        }
    }
}

#[test]
fn seeds_agree_with_every_combination_of_group_winners() {
    let mut whim = Whim(22);
    for (groups, scorelines) in [(2, 4), (2, 6), (4, 2), (4, 2), (4, 2)] {
        let mut own = Whim(whim.next());
        let playbook = cup(
            groups,
            SecondLegHost::HigherSeed,
            |_, _| few_scores(&mut own, scorelines, 1),
            || 0.5,
        );
        let outcomes = outcomes(&playbook);
        let slow = odds_slowly(&playbook, &outcomes);
        let rungs = ladder::ladder(&outcomes, &playbook.lots).expect("no lots");
        let fast = seed_odds(&rungs, playbook.clubs, groups);
        for (fast, slow) in fast.iter().flatten().zip(slow.seed.iter().flatten()) {
            close(*fast, *slow);
        }
    }
}

#[test]
fn clubs_alike_in_groups_alike_have_equal_chances() {
    // Eight groups of equal clubs, and every match 0-0, 1-0 or 0-1 with a third each: by symmetry each
    // place has probability 1/3 and each seed 1/24, lots included.
    let scores = || crate::goals::JointScores::from_table(2, 2, vec![1.0, 1.0, 1.0, 0.0]);
    let playbook = cup(8, SecondLegHost::HigherSeed, |_, _| scores(), || 0.5);
    let outcomes = outcomes(&playbook);
    for places in outcomes.iter().flat_map(|outcome| outcome.places) {
        for place in places {
            close(place, 1.0 / 3.0);
        }
    }
    let rungs = ladder::ladder(&outcomes, &playbook.lots).expect("no lots");
    for seed in seed_odds(&rungs, 24, 8).into_iter().flatten() {
        close(seed, 1.0 / 24.0);
    }
}

/// Compares the sweep, with every level in a window of its own, with the enumeration.
fn check_whole(playbook: &Playbook) {
    let slow = odds_slowly(playbook, &outcomes(playbook));
    let accuracy = Accuracy {
        stages: 4,
        budget: 0.0,
        instructions: Instructions::best(),
    };
    let fast = solve_with(playbook, 1e-14, accuracy).expect("a standard cup");
    assert!(
        fast.lost_mass < 1e-12 && fast.misordered < 1e-12,
        "{}",
        fast.misordered
    );
    for (fast, slow) in fast.odds.values().zip(slow.values()) {
        close(fast, slow);
    }
}

const HOSTS: [SecondLegHost; 3] = [
    SecondLegHost::HigherSeed,
    SecondLegHost::Side(0),
    SecondLegHost::Side(1),
];

#[test]
fn two_and_four_groups_agree_with_the_enumeration() {
    let mut whim = Whim(23);
    for host in HOSTS {
        for (groups, scorelines) in [(2, 6), (4, 2), (4, 2)] {
            let mut own = (Whim(whim.next()), Whim(whim.next()));
            let playbook = cup(
                groups,
                host,
                |_, _| few_scores(&mut own.0, scorelines, 1),
                || own.1.unit(),
            );
            check_whole(&playbook);
        }
    }
}

#[test]
fn eight_groups_agree_with_the_enumeration() {
    let mut whim = Whim(24);
    for round in 0..6 {
        let host = HOSTS[round % 3];
        let mut own = (Whim(whim.next()), Whim(whim.next()));
        let mut playbook = cup(
            8,
            host,
            |home, _| {
                // In the group stage a club of every second group has uncertain home matches; goals are few, so
                // that many winners are level.
                let uncertain = home.index() % 6 == 0 && own.0.unit() < 0.6;
                few_scores(&mut own.0, if uncertain { 2 } else { 1 }, 1)
            },
            || own.1.unit(),
        );
        // Ties of the knockout stage are as uncertain as can be.
        let mut lively = Whim(whim.next());
        let scores = playbook.scores.len();
        for pairings in &mut playbook.pairings {
            for list in [&mut pairings.first_leg, &mut pairings.last_leg] {
                for id in list.iter_mut() {
                    *id = crate::playbook::ScoreId((scores + lively.below(40)) as u32);
                }
            }
        }
        let more = (0..40).map(|_| few_scores(&mut lively, 6, 3));
        playbook.scores.extend(more);
        check_whole(&playbook);
    }
}

/// A cup of eight groups with plausible goals, in which the matches for which `known` says so have been played.
fn lively_cup(whim: &mut Whim, known: impl Fn(usize, usize) -> bool) -> Playbook {
    let strengths: Vec<f64> = (0..24).map(|_| 0.8 * whim.unit()).collect();
    let mut results = Whim(whim.next());
    cup(
        8,
        SecondLegHost::Side(0),
        |home, away| {
            let edge = strengths[home.index()] - strengths[away.index()];
            if home.index() / 3 == away.index() / 3 && known(home.index(), away.index()) {
                return JointScores::certain(Goals {
                    home: results.below(4) as u8,
                    away: results.below(3) as u8,
                });
            }
            JointScores::independent_poisson(Rates::nearest(1.4 * edge.exp(), 1.0 * (-edge).exp()))
        },
        || 0.5,
    )
}

#[test]
fn after_the_groups_only_the_bracket_is_left() {
    let mut whim = Whim(25);
    for _ in 0..5 {
        let playbook = lively_cup(&mut whim, |_, _| true);
        let solution = solve(&playbook, 1e-6).expect("a standard cup");
        if solution
            .odds
            .seed
            .iter()
            .flatten()
            .any(|p| *p > 0.0 && *p < 1.0)
        {
            // Lots decide: the other tests cover that.
            continue;
        }
        let seed_of = |k: usize| (0..24).find(|club| solution.odds.seed[*club][k] > 0.5);
        let seeds: Vec<ClubId> = (0..8)
            .map(|k| ClubId::new(seed_of(k).expect("somebody")))
            .collect();
        let fates = fates_slowly(&playbook, &seeds);
        for (k, club) in seeds.iter().enumerate() {
            close(solution.odds.title[club.index()], fates.title[k]);
            for (fast, slow) in solution.odds.round[club.index()]
                .iter()
                .zip(&fates.round[k])
            {
                close(*fast, *slow);
            }
        }
    }
}

#[test]
fn tolerances_are_kept() {
    // The same cup at a tenth of the tolerance, when two matches of each group are left and at the start.
    let mut whim = Whim(26);
    for known in [
        |home: usize, away: usize| !(home + away).is_multiple_of(3),
        |_, _| false,
    ] {
        let playbook = lively_cup(&mut whim, known);
        let rough = solve(&playbook, 1e-5).expect("a standard cup");
        let fine = solve(&playbook, 1e-6).expect("a standard cup");
        let off = rough
            .odds
            .zip_with(&fine.odds, |a, b| (a - b).abs())
            .largest();
        assert!(off < 1e-5, "{off}");
        let champions: f64 = rough.odds.title.iter().sum();
        assert!((champions - 1.0).abs() < 1e-12, "{champions}");
        for round in 0..3 {
            let clubs: f64 = rough.odds.round.iter().map(|rounds| rounds[round]).sum();
            let expected = f64::from(8 >> round);
            assert!(
                (clubs - expected).abs() < 1e-9,
                "{clubs} clubs in round {round}"
            );
        }
    }
}

#[test]
fn every_machine_rounds_alike() {
    // The same cup with all vectors that this machine has, and without: equal to the last bit.
    let playbook = lively_cup(&mut Whim(27), |home, away| (home + away).is_multiple_of(2));
    let accuracy = Accuracy::for_tolerance(1e-3);
    let best = solve_with(&playbook, 1e-3, accuracy).expect("a standard cup");
    for instructions in Instructions::available() {
        let accuracy = Accuracy {
            instructions,
            ..accuracy
        };
        let same = solve_with(&playbook, 1e-3, accuracy).expect("a standard cup");
        assert_eq!(best.odds, same.odds, "{instructions:?}");
    }
}
