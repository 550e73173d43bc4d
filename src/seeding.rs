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
