//! Group tables: records, and the order of the clubs by points and tiebreakers, with a reason for every pair.
//!
//! Nothing here knows whether a result is real or simulated. A table of a group in progress is ranked by the
//! same rules on the matches played so far: head-to-head criteria then count those of them that were played.

mod lots;
mod order;
pub(crate) mod record;
pub(crate) mod separation;

pub use lots::Lots;
pub use record::{GroupMatch, Record};
pub use separation::{Separation, Step, Verdict};

use crate::ids::{ClubId, GroupId};
use crate::tournament::{GroupCriterion, Rules, Tournament};
use order::Ranking;

/// The table of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// The records of the clubs over all matches played, best first.
    pub rows: Vec<Record>,
    /// For every pair of clubs level on points, what separated them; better clubs first.
    pub separations: Vec<Separation<GroupCriterion>>,
    /// The sets of clubs that nothing separates, lots included; listed in `rows` in the order given.
    pub level: Vec<Vec<ClubId>>,
}

impl Standings {
    /// The table of `clubs` after the played `matches` between them (any number of either).
    ///
    /// Clubs are ranked by points, then by `rules.group_tiebreakers` in order. Head-to-head criteria count
    /// the matches between the clubs that were level when the first of them was reached; at "reapply", clubs
    /// still level that are fewer than those go back to the first head-to-head criterion, counting only the
    /// matches between them; clubs that are as many as before go on to the rest of the list.
    pub fn of(
        clubs: &[ClubId],
        matches: &[GroupMatch],
        rules: &Rules,
        lots: &mut Lots<'_>,
    ) -> Self {
        Self::less(clubs, matches, rules, lots, &|_| 0)
    }

    /// The same with points taken from clubs: `deducted` says how many from each. Only the points of the whole table are fewer;
    /// head-to-head comparisons look at matches.
    pub fn less(
        clubs: &[ClubId],
        matches: &[GroupMatch],
        rules: &Rules,
        lots: &mut Lots<'_>,
        deducted: &dyn Fn(ClubId) -> u32,
    ) -> Self {
        let record = |club: &ClubId| Record::of(*club, matches, rules.points).less(deducted(*club));
        let points = |club: &ClubId| (*club, i64::from(record(club).points));
        let by_points: Vec<_> = clubs.iter().map(points).collect();
        let mut ranking = Ranking::new(matches, rules, lots);
        let order: Vec<ClubId> = separation::sets_of_equals(&by_points)
            .iter()
            .flat_map(|level| ranking.order(level))
            .collect();
        let (mut separations, level) = ranking.finish();
        let place = |club: ClubId| order.iter().position(|other| *other == club);
        separations.sort_by_key(|pair| (place(pair.better), place(pair.worse)));
        Self {
            rows: order.iter().map(record).collect(),
            separations,
            level,
        }
    }

    /// The table of a group of a tournament, from the results it knows and the lots that were drawn.
    pub fn of_group(tournament: &Tournament, group: GroupId) -> Self {
        let played = |(_, fixture): (_, &crate::tournament::GroupFixture)| {
            let (home, away) = (fixture.home, fixture.away);
            fixture.result.map(|goals| GroupMatch { home, away, goals })
        };
        let matches: Vec<GroupMatch> = tournament.fixtures_of(group).filter_map(played).collect();
        Self::less(
            &tournament.group(group).clubs,
            &matches,
            &tournament.rules,
            &mut Lots::Known(&tournament.lots),
            &|club| tournament.deducted(club),
        )
    }

    /// The clubs, best first.
    pub fn order(&self) -> Vec<ClubId> {
        self.rows.iter().map(|row| row.club).collect()
    }

    /// Whether nothing separates a club from some other, so that its place is not settled by this table.
    pub fn is_level(&self, club: ClubId) -> bool {
        self.level.iter().any(|set| set.contains(&club))
    }
}

#[cfg(test)]
mod tests;
