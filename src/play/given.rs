//! Groups of which the winner is given: the luck of a run counts if it brings that winner, and else the group is
//! played again, results first.
//!
//! A run's own luck is kept wherever it can be, so that what-if and baseline share it. Where it brings a winner who may
//! not win, the group is drawn anew from its distribution given that one who may does: first the results of all its
//! matches among those after which an allowed club has the most points, each as likely as it is; then scorelines
//! given the results; and all again if the tiebreakers decide otherwise (rejection sampling, von Neumann 1951). That is
//! exact, and quick however unlikely the winner is.

use crate::goals::JointScores;
use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook};
use crate::tournament::MatchResult;

/// With more open matches than this, all results are too many to list (3^10 = 59,049), and whole groups are drawn again.
const MOST_OPEN: usize = 10;

/// How a group is played again.
#[derive(Debug, Clone)]
pub(super) struct Given {
    /// A bit for each club that may win.
    pub(super) may_win: u64,
    /// All results of the matches after which an allowed club has the most points: the probability of this and all
    /// before it, and for each match the score table given its result.
    cases: Vec<(f64, Vec<u32>)>,
}

impl Given {
    /// What is given about a group; `None` if anybody may win it. Score distributions given a result are added to
    /// `scores`, which the engine's tables are made of.
    pub(super) fn new(
        playbook: &Playbook,
        group: &GroupPlan,
        scores: &mut Vec<JointScores>,
    ) -> Option<Self> {
        if group.may_win.iter().all(|may| *may) {
            return None;
        }
        let mut given = Self {
            may_win: bits(&group.may_win),
            cases: Vec::new(),
        };
        let matches: Vec<Vec<(MatchResult, f64, u32)>> = group
            .matches
            .iter()
            .map(|game| given_results(playbook.score(game.score), game.score.0, scores))
            .collect();
        let open = matches.iter().filter(|results| results.len() > 1).count();
        if open > MOST_OPEN {
            let all = group.matches.iter().map(|game| game.score.0).collect();
            given.cases.push((1.0, all));
            return Some(given);
        }
        let mut sum = 0.0;
        let mut chosen = vec![0; matches.len()];
        loop {
            let case = chosen.iter().zip(&matches);
            let case: Vec<_> = case.map(|(choice, results)| results[*choice]).collect();
            let results: Vec<MatchResult> = case.iter().map(|(result, ..)| *result).collect();
            if leaders(group, &results, playbook) & given.may_win != 0 {
                sum += case
                    .iter()
                    .map(|(_, probability, _)| probability)
                    .product::<f64>();
                let tables = case.iter().map(|(.., table)| *table);
                given.cases.push((sum, tables.collect()));
            }
            if !count_on(&mut chosen, &matches) {
                return Some(given);
            }
        }
    }

    /// The score tables of a case, from luck that is uniform between 0 and 1; `None` if there is no case.
    pub(super) fn draw(&self, luck: f64) -> Option<&[u32]> {
        let (all, _) = self.cases.last()?;
        let at = self.cases.partition_point(|(sum, _)| *sum <= luck * all);
        let (_, tables) = &self.cases[at.min(self.cases.len() - 1)];
        Some(tables)
    }

    /// Whether a club (by position in the group) may win.
    pub(super) fn allows(&self, club: u8) -> bool {
        self.may_win >> club & 1 == 1
    }
}

/// Flags as bits.
pub(super) fn bits(flags: &[bool]) -> u64 {
    let set = flags.iter().enumerate().filter(|(_, flag)| **flag);
    set.fold(0, |bits, (index, _)| bits | 1 << index)
}

/// The results a match can have, the probability of each, and the table of its scorelines.
fn given_results(
    distribution: &JointScores,
    table: u32,
    scores: &mut Vec<JointScores>,
) -> Vec<(MatchResult, f64, u32)> {
    let (home, away) = distribution.shape();
    let results = MatchResult::ALL.into_iter().filter_map(|result| {
        let keep = |(goals, probability)| {
            if MatchResult::of(goals) == result {
                probability
            } else {
                0.0
            }
        };
        let weights: Vec<f64> = distribution.iter().map(keep).collect();
        let probability: f64 = weights.iter().sum();
        (probability > 0.0).then_some((result, probability, weights))
    });
    let results: Vec<_> = results.collect();
    if let [(result, ..)] = results.as_slice() {
        return vec![(*result, 1.0, table)];
    }
    let add = |(result, probability, weights)| {
        scores.push(JointScores::from_table(home, away, weights));
        (result, probability, (scores.len() - 1) as u32)
    };
    results.into_iter().map(add).collect()
}

/// The clubs that have the most points among those that are not placed last, a bit each.
fn leaders(group: &GroupPlan, results: &[MatchResult], playbook: &Playbook) -> u64 {
    let points = playbook.points;
    let start = |club: &ClubId| -i32::from(playbook.deducted[club.index()]);
    let mut sums: Vec<i32> = group.clubs.iter().map(start).collect();
    let played = group.matches.iter().zip(results);
    for (game, result) in played.filter(|(game, _)| game.counts) {
        let [home, away] = match result {
            MatchResult::HomeWin => [points.win, points.loss],
            MatchResult::Draw => [points.draw, points.draw],
            MatchResult::AwayWin => [points.loss, points.win],
        };
        sums[usize::from(game.home)] += i32::from(home);
        sums[usize::from(game.away)] += i32::from(away);
    }
    let stays = |club: &usize| !group.placed_last[*club];
    let most = (0..sums.len()).filter(stays).map(|club| sums[club]).max();
    let first = (0..sums.len()).filter(stays);
    let first = first.filter(|club| Some(sums[*club]) == most);
    first.fold(0, |bits, club| bits | 1 << club)
}

/// Goes on to the next choice of results; false after the last.
fn count_on<T>(chosen: &mut [usize], matches: &[Vec<T>]) -> bool {
    for (choice, results) in chosen.iter_mut().zip(matches) {
        *choice += 1;
        if *choice < results.len() {
            return true;
        }
        *choice = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::bench::cups::{Strengths, cup};
    use crate::conditions::{Conditions, GroupWin};
    use crate::ids::ClubId;
    use crate::play::Engine;
    use crate::playbook::compile;
    use crate::simulate::{simulate, simulate_with};
    use crate::tally::Tally;

    fn given(wins: &[(usize, bool)]) -> Conditions {
        let win = |(club, wins): &(usize, bool)| GroupWin {
            club: ClubId::new(*club),
            wins: *wins,
        };
        Conditions {
            group_wins: wins.iter().map(win).collect(),
            ..Conditions::default()
        }
    }

    fn engine(conditions: &Conditions) -> Engine {
        let model = Strengths::like_2013_14(12);
        Engine::new(&compile(&cup(4), &model, conditions))
    }

    /// The slow twin: of many runs without the condition those in which it came true. Club 2 is an outsider, which wins
    /// its group in one run of nine; 400,000 plain runs at seed 1 against 40,000 conditional ones at seed 2.
    #[test]
    fn conditional_odds_are_those_of_the_runs_in_which_it_came_true() {
        let conditions = given(&[(2, true), (3, false)]);
        let runs = 400_000;
        let plain = engine(&Conditions::default());
        let accepted = simulate_with(
            &plain,
            0..runs,
            1,
            None,
            || Tally::new(&plain),
            |tally, outcome| {
                if outcome.order[0] == ClubId(2) && outcome.order[3] != ClubId(3) {
                    tally.add(&plain, outcome);
                }
            },
            |mut one, other| {
                one.merge(other);
                one
            },
        );
        assert!(accepted.runs() > 10_000, "{} runs", accepted.runs());
        let found = simulate(&engine(&conditions), 40_000, 2, None, &|_| ());
        let errors = found
            .standard_errors()
            .zip_with(&accepted.standard_errors(), f64::hypot);
        let difference = found
            .odds()
            .zip_with(&accepted.odds(), |one, other| (one - other).abs());
        // 136 numbers are compared: 4.5 standard errors, for one false alarm in a thousand.
        let off = difference.zip_with(&errors, |off, error| off - 4.5 * error - 1e-9);
        assert!(off.largest() <= 0.0, "off by {off:?}");
        assert_eq!(found.odds().place[2][0], 1.0);
        assert_eq!(found.odds().place[3][0], 0.0);
    }

    #[test]
    fn a_run_that_fits_keeps_its_luck_and_batches_play_what_single_runs_do() {
        let conditions = given(&[(0, true), (4, false)]);
        let (plain, conditional) = (engine(&Conditions::default()), engine(&conditions));
        let (mut before, mut after) = (plain.outcome(), conditional.outcome());
        let mut one_by_one = Tally::new(&conditional);
        let mut kept = 0;
        for run in 0..2000 {
            plain.play(3, run, &mut before);
            conditional.play(3, run, &mut after);
            one_by_one.add(&conditional, &after);
            if before.order[0] == ClubId(0) && before.order[3] != ClubId(4) {
                assert_eq!(before, after);
                kept += 1;
            }
            // Other groups keep their luck in any case.
            assert_eq!(before.goals[12..], after.goals[12..]);
        }
        assert!((200..1800).contains(&kept), "{kept} runs fit by themselves");
        let batched = simulate(&conditional, 2000, 3, None, &|_| ());
        assert!(batched == one_by_one);
    }

    #[test]
    fn what_cannot_happen_is_found_out() {
        // Groups of 9, 6 and 0 points with no match left: club 1 cannot be first.
        let mut tournament = cup(2);
        for fixture in &mut tournament.fixtures {
            let better = fixture.home < fixture.away;
            fixture.result = Some(crate::tournament::Goals {
                home: u8::from(better),
                away: u8::from(!better),
            });
        }
        let model = Strengths::like_2013_14(6);
        let engine = |conditions| Engine::new(&compile(&tournament, &model, &conditions));
        assert_eq!(engine(given(&[(0, true)])).impossible_group(10), None);
        let group = engine(given(&[(4, true)])).impossible_group(10);
        assert_eq!(group, Some(crate::ids::GroupId(1)));
    }
}
