//! Seeding: the order of the group winners over all their group matches, with a reason for every pair.

use crate::ids::ClubId;
use crate::standings::record::{self, Figure};
use crate::standings::separation::{Ledger, Path, sets_of_equals};
use crate::standings::{Lots, Record, Separation, Standings};
use crate::tournament::{SeedingCriterion, Tournament};

/// The seed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeding {
    /// The records of the seeded clubs, seed 1 first.
    pub seeds: Vec<Record>,
    /// For every pair of clubs level on the first criterion, what separated them; better seeds first.
    pub separations: Vec<Separation<SeedingCriterion>>,
    /// The sets of clubs that nothing separates, lots included; in `seeds` in the order given.
    pub level: Vec<Vec<ClubId>>,
}

impl Seeding {
    /// Seeds clubs by their records over all group matches, by the criteria in order.
    pub fn of(candidates: &[Record], criteria: &[SeedingCriterion], lots: &mut Lots<'_>) -> Self {
        let mut ranking = Ranking {
            candidates,
            criteria,
            lots,
            ledger: Ledger::new(),
        };
        let clubs: Vec<ClubId> = candidates.iter().map(|record| record.club).collect();
        let order = ranking.order(&clubs);
        let (mut separations, level) = (ranking.ledger.separations, ranking.ledger.level);
        let seed = |club: ClubId| order.iter().position(|other| *other == club);
        separations.sort_by_key(|pair| (seed(pair.better), seed(pair.worse)));
        let record = |club: &ClubId| record_of(candidates, *club);
        Self {
            seeds: order.iter().map(record).collect(),
            separations,
            level,
        }
    }

    /// The seed of a club, counted from 1.
    pub fn seed(&self, club: ClubId) -> Option<u8> {
        let position = self.seeds.iter().position(|record| record.club == club)?;
        Some(position as u8 + 1)
    }
}

/// The seed list of a tournament as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedList {
    /// The leading clubs of the groups, seeded on the matches played so far.
    pub seeding: Seeding,
    /// Whether each seed is settled: every group is over, the winner of every group is known, and nothing
    /// is left to lots that were not drawn. As long as it is not, the club is seeded provisionally.
    pub settled: Vec<bool>,
}

impl SeedList {
    /// Seeds the clubs that lead their groups (as many of each as go on), from the results a tournament
    /// knows and the lots that were drawn.
    ///
    /// Where lots that were not drawn decide who goes on from a group, no seed at all counts as settled.
    pub fn of(tournament: &Tournament) -> Self {
        let tables: Vec<Standings> = tournament
            .group_ids()
            .map(|group| Standings::of_group(tournament, group))
            .collect();
        let advance = usize::from(tournament.rules.advance);
        let leaders = tables
            .iter()
            .flat_map(|table| table.rows.iter().take(advance));
        let candidates: Vec<Record> = leaders.copied().collect();
        let lots = &mut Lots::Known(&tournament.lots);
        let seeding = Seeding::of(&candidates, &tournament.rules.seeding, lots);
        let winners_known =
            tournament.groups_are_over() && tables.iter().all(|table| is_cut_clear(table, advance));
        let settled = |record: &Record| {
            let level = seeding.level.iter().any(|set| set.contains(&record.club));
            winners_known && !level
        };
        Self {
            settled: seeding.seeds.iter().map(settled).collect(),
            seeding,
        }
    }

    /// The club at a seed (counted from 1), if it is settled.
    pub fn club(&self, seed: u8) -> Option<ClubId> {
        let index = usize::from(seed).checked_sub(1)?;
        let settled = *self.settled.get(index)?;
        settled.then(|| self.seeding.seeds[index].club)
    }
}

/// Whether it is settled which clubs are the first `advance` of a table.
fn is_cut_clear(table: &Standings, advance: usize) -> bool {
    let order = table.order();
    let (ahead, behind) = order.split_at(advance.min(order.len()));
    let straddles = |set: &Vec<ClubId>| {
        set.iter().any(|club| ahead.contains(club)) && set.iter().any(|club| behind.contains(club))
    };
    !table.level.iter().any(straddles)
}

/// Everything that ranking the clubs that go on needs.
struct Ranking<'a, 'b> {
    candidates: &'a [Record],
    criteria: &'a [SeedingCriterion],
    lots: &'a mut Lots<'b>,
    ledger: Ledger<SeedingCriterion>,
}

impl Ranking<'_, '_> {
    /// The clubs in the order of their seeds. The first criterion splits without a note: only clubs
    /// level on it need a reason.
    fn order(&mut self, clubs: &[ClubId]) -> Vec<ClubId> {
        let first = self.criteria.first().copied();
        let Some(figure) = first.and_then(figure) else {
            return self.rank(clubs, 0, &mut Path::new());
        };
        let figures: Vec<_> = clubs
            .iter()
            .map(|club| self.figure(figure, *club))
            .collect();
        sets_of_equals(&figures)
            .iter()
            .flat_map(|level| self.rank(level, 1, &mut Path::new()))
            .collect()
    }

    /// Ranks clubs that are level on every criterion before `position`.
    fn rank(
        &mut self,
        level: &[ClubId],
        position: usize,
        path: &mut Path<SeedingCriterion>,
    ) -> Vec<ClubId> {
        if level.len() < 2 {
            return level.to_vec();
        }
        let criterion = self.criteria.get(position).copied();
        let Some((criterion, figure)) = criterion.and_then(|it| Some((it, figure(it)?))) else {
            return self.ledger.draw_lots(path, level, self.lots);
        };
        let figures = level
            .iter()
            .map(|club| self.figure(figure, *club))
            .collect();
        let sets = self.ledger.compare(path, criterion, None, figures);
        sets.iter()
            .flat_map(|set| self.rank(set, position + 1, &mut path.clone()))
            .collect()
    }

    fn figure(&self, figure: Figure, club: ClubId) -> (ClubId, i64) {
        (club, figure(&record_of(self.candidates, club)))
    }
}

/// The record of one of the candidates.
fn record_of(candidates: &[Record], club: ClubId) -> Record {
    let found = candidates.iter().find(|record| record.club == club);
    *found.expect("only candidates are ranked")
}

/// The figure that a criterion compares; none for lots.
fn figure(criterion: SeedingCriterion) -> Option<Figure> {
    match criterion {
        SeedingCriterion::Points => Some(record::points),
        SeedingCriterion::GoalDifference => Some(record::goal_difference),
        SeedingCriterion::Goals => Some(record::goals),
        SeedingCriterion::AwayGoals => Some(record::away_goals),
        SeedingCriterion::Wins => Some(record::wins),
        SeedingCriterion::AwayWins => Some(record::away_wins),
        SeedingCriterion::Lots => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standings::Verdict;
    use SeedingCriterion::{
        AwayGoals, AwayWins, GoalDifference, Goals, Lots as ByLots, Points, Wins,
    };
    use proptest::prelude::*;

    /// The seeding criteria of the CONCACAF Champions League 2013-14.
    const CCL: [SeedingCriterion; 7] = [
        Points,
        GoalDifference,
        Goals,
        AwayGoals,
        Wins,
        AwayWins,
        ByLots,
    ];

    /// A record with the figures that seeding compares: points, goals for and against, away goals,
    /// wins, away wins.
    fn record(
        club: u16,
        [points, scored, conceded, away_goals, wins, away_wins]: [u32; 6],
    ) -> Record {
        Record {
            club: ClubId(club),
            played: 4,
            won: wins,
            drawn: 0,
            lost: 0,
            goals_for: scored,
            goals_against: conceded,
            away_goals,
            away_wins,
            points: points as i32,
            deducted: 0,
        }
    }

    fn seeded(candidates: &[Record]) -> Seeding {
        Seeding::of(candidates, &CCL, &mut Lots::Known(&[]))
    }

    #[test]
    fn each_criterion_alone_decides() {
        // Club 1 is better on the criterion alone, club 0 on all later ones.
        let cases = [
            (GoalDifference, [9, 9, 5, 4, 3, 2], [9, 6, 1, 2, 2, 1]),
            (Goals, [9, 5, 2, 4, 3, 2], [9, 6, 3, 2, 2, 1]),
            (AwayGoals, [9, 6, 3, 1, 3, 2], [9, 6, 3, 2, 2, 1]),
            (Wins, [9, 6, 3, 2, 2, 2], [9, 6, 3, 2, 3, 1]),
            (AwayWins, [9, 6, 3, 2, 3, 0], [9, 6, 3, 2, 3, 1]),
        ];
        for (criterion, worse, better) in cases {
            let seeding = seeded(&[record(0, worse), record(1, better)]);
            assert_eq!(seeding.seed(ClubId(1)), Some(1), "{criterion:?}");
            let step = seeding.separations[0].decisive().expect("figures decided");
            assert_eq!(step.criterion, criterion);
        }
        let seeding = seeded(&[
            record(0, [9, 9, 0, 9, 3, 3]),
            record(1, [10, 1, 0, 0, 3, 0]),
        ]);
        assert_eq!(seeding.seed(ClubId(1)), Some(1), "points come first");
        assert_eq!(seeding.separations, [], "nobody is level on points");
    }

    #[test]
    fn lots_decide_last() {
        let level = [9, 6, 3, 2, 3, 1];
        let candidates = [
            record(0, level),
            record(1, level),
            record(2, [12, 6, 3, 2, 4, 1]),
        ];
        let seeding = seeded(&candidates);
        assert_eq!(seeding.level, [vec![ClubId(0), ClubId(1)]]);
        assert_eq!(seeding.separations[0].verdict, Verdict::Level);

        let lots = [ClubId(1), ClubId(0)];
        let seeding = Seeding::of(&candidates, &CCL, &mut Lots::Known(&lots));
        let order: Vec<u16> = seeding.seeds.iter().map(|it| it.club.0).collect();
        assert_eq!(order, [2, 1, 0]);
        assert_eq!(seeding.separations[0].verdict, Verdict::Lots);
    }

    proptest! {
        #[test]
        fn agrees_with_a_sort_by_all_figures(
            figures in proptest::collection::vec(proptest::array::uniform6(0u32..=2), 1..=8),
            criteria in Just(CCL[..6].to_vec()).prop_shuffle(),
        ) {
            let all: Vec<Record> = (0..).zip(figures).map(|(club, it)| record(club, it)).collect();
            let mut draw = |level: &[ClubId]| level.iter().rev().copied().collect();
            let seeding = Seeding::of(&all, &criteria, &mut Lots::Drawn(&mut draw));

            let key = |record: &Record| -> Vec<i64> {
                let of = |criterion: &SeedingCriterion| match criterion {
                    Points => i64::from(record.points),
                    GoalDifference => i64::from(record.goals_for) - i64::from(record.goals_against),
                    Goals => i64::from(record.goals_for),
                    AwayGoals => i64::from(record.away_goals),
                    Wins => i64::from(record.won),
                    AwayWins => i64::from(record.away_wins),
                    ByLots => 0,
                };
                criteria.iter().map(of).collect()
            };
            // Equal keys: lots put the clubs backwards.
            let mut sorted: Vec<Record> = all.iter().rev().copied().collect();
            sorted.sort_by_key(|record| std::cmp::Reverse(key(record)));
            prop_assert_eq!(seeding.seeds, sorted);
        }
    }
}
