//! Ranks clubs that are level on points by a list of tiebreakers, with head-to-head comparison reapplied.

use super::record::{self, Figure, GroupMatch, Record};
use super::separation::{Ledger, Path};
use super::{Lots, Separation};
use crate::ids::ClubId;
use crate::tournament::{GroupCriterion, Rules};

/// Everything that ranking the clubs of one group needs.
pub(super) struct Ranking<'a, 'b> {
    matches: &'a [GroupMatch],
    rules: &'a Rules,
    lots: &'a mut Lots<'b>,
    ledger: Ledger<GroupCriterion>,
}

/// The clubs that were level when the current round of head-to-head comparison began, which are those whose
/// matches against each other count in it; `None` as long as none has begun.
type Round<'a> = Option<&'a [ClubId]>;

impl<'a, 'b> Ranking<'a, 'b> {
    /// A ranking by the results of these matches.
    pub(super) fn new(matches: &'a [GroupMatch], rules: &'a Rules, lots: &'a mut Lots<'b>) -> Self {
        Self {
            matches,
            rules,
            lots,
            ledger: Ledger::new(),
        }
    }

    /// The order of clubs that are level on points, best first.
    pub(super) fn order(&mut self, level: &[ClubId]) -> Vec<ClubId> {
        self.rank(level, 0, None, &mut Path::new())
    }

    /// The separation of every pair ranked so far, and the sets that nothing separates.
    pub(super) fn finish(self) -> (Vec<Separation<GroupCriterion>>, Vec<Vec<ClubId>>) {
        (self.ledger.separations, self.ledger.level)
    }

    /// Ranks clubs that are level on everything before the tiebreaker at `position`.
    fn rank(
        &mut self,
        level: &[ClubId],
        position: usize,
        round: Round<'_>,
        path: &mut Path<GroupCriterion>,
    ) -> Vec<ClubId> {
        if level.len() < 2 {
            return level.to_vec();
        }
        let next = position + 1;
        match self.rules.group_tiebreakers.get(position).copied() {
            None | Some(GroupCriterion::Lots) => self.ledger.draw_lots(path, level, self.lots),
            Some(GroupCriterion::ReapplyHeadToHead) => match round {
                Some(before) if level.len() < before.len() => {
                    let first = self.first_head_to_head();
                    self.rank(level, first, Some(level), path)
                }
                _ => self.rank(level, next, round, path),
            },
            Some(criterion) => {
                let round = round.or(criterion.is_head_to_head().then_some(level));
                let among = round.filter(|_| criterion.is_head_to_head());
                let figures = self.figures(criterion, level, among);
                let sets = self.ledger.compare(path, criterion, among, figures);
                let rank_set = |set: &Vec<ClubId>| self.rank(set, next, round, &mut path.clone());
                sets.iter().flat_map(rank_set).collect()
            }
        }
    }

    /// The figure of each club over the matches among some clubs, or over all matches.
    fn figures(
        &self,
        criterion: GroupCriterion,
        clubs: &[ClubId],
        among: Round<'_>,
    ) -> Vec<(ClubId, i64)> {
        let counts = |game: &&GroupMatch| among.is_none_or(|clubs| game.is_between(clubs));
        let figure = figure(criterion);
        let of_club = |club: &ClubId| {
            let matches = self.matches.iter().filter(counts);
            (
                *club,
                figure(&Record::of(*club, matches, self.rules.points)),
            )
        };
        clubs.iter().map(of_club).collect()
    }

    /// The position of the first head-to-head criterion, from which a reapplied comparison starts.
    fn first_head_to_head(&self) -> usize {
        let list = &self.rules.group_tiebreakers;
        list.iter()
            .position(|criterion| criterion.is_head_to_head())
            .expect("a round of head-to-head comparison began at a head-to-head criterion")
    }
}

/// The figure that a criterion compares.
fn figure(criterion: GroupCriterion) -> Figure {
    match criterion {
        GroupCriterion::HeadToHeadPoints => record::points,
        GroupCriterion::HeadToHeadGoalDifference | GroupCriterion::GoalDifference => {
            record::goal_difference
        }
        GroupCriterion::HeadToHeadGoals | GroupCriterion::Goals => record::goals,
        GroupCriterion::HeadToHeadAwayGoals | GroupCriterion::AwayGoals => record::away_goals,
        GroupCriterion::Wins => record::wins,
        GroupCriterion::AwayWins => record::away_wins,
        GroupCriterion::ReapplyHeadToHead | GroupCriterion::Lots => {
            unreachable!("`rank` handles the criteria that compare no figures")
        }
    }
}
