//! Ranking of a group: points, then any list of tiebreakers, straight from the definition and without allocation.

use super::luck::Lots;
use super::records::{Figure, Layout, Record};
use crate::ids::ClubId;
use crate::tournament::{Goals, GroupCriterion};

/// The most clubs a group may have.
pub(crate) const MOST_CLUBS: usize = 8;

/// Everything the order of one group depends on. Clubs are numbered by their position in the group.
pub(crate) struct GroupTable<'a> {
    /// The clubs of the group.
    pub(crate) clubs: &'a [ClubId],
    /// Who played each match: (home, away).
    pub(crate) matches: &'a [(u8, u8)],
    /// A bit for each match that does not count.
    pub(crate) struck: u64,
    /// How each match ended.
    pub(crate) goals: &'a [Goals],
    /// The record of each club.
    pub(crate) records: &'a [Record],
    /// How to read them, and what a win is worth.
    pub(crate) layout: &'a Layout,
    /// The tiebreakers, first one first.
    pub(crate) tiebreakers: &'a [GroupCriterion],
}

impl GroupTable<'_> {
    /// Puts positions in the group into final order; says whether lots had to be drawn.
    pub(crate) fn rank(&self, order: &mut [u8], lots: &Lots<'_>) -> bool {
        for (position, member) in order.iter_mut().enumerate() {
            *member = position as u8;
        }
        let points = |member: u8| {
            self.layout
                .figure(self.records[usize::from(member)], Figure::Points) as i32
        };
        split(order, points, &mut |block| {
            self.separate(block, self.tiebreakers, None, lots)
        })
    }

    /// Orders clubs that are level so far. `concerned` holds the clubs, as a bit set, between which the
    /// current round of head-to-head comparison counts matches, once such a round has begun.
    fn separate(
        &self,
        block: &mut [u8],
        criteria: &[GroupCriterion],
        mut concerned: Option<u8>,
        lots: &Lots<'_>,
    ) -> bool {
        for (index, criterion) in criteria.iter().enumerate() {
            match criterion {
                GroupCriterion::Lots => break,
                GroupCriterion::ReapplyHeadToHead => {
                    if concerned.is_some_and(|before| before != members(block)) {
                        return self.separate(block, self.tiebreakers, None, lots);
                    }
                }
                _ => {
                    if criterion.is_head_to_head() && concerned.is_none() {
                        concerned = Some(members(block));
                    }
                    let mut values = [0; MOST_CLUBS];
                    for member in block.iter() {
                        values[usize::from(*member)] =
                            self.value(*member, *criterion, concerned.unwrap_or(0));
                    }
                    let first = values[usize::from(block[0])];
                    if block
                        .iter()
                        .any(|member| values[usize::from(*member)] != first)
                    {
                        let rest = &criteria[index + 1..];
                        return split(block, |member| values[usize::from(member)], &mut |level| {
                            self.separate(level, rest, concerned, lots)
                        });
                    }
                }
            }
        }
        lots.order_group(block, self.clubs);
        true
    }

    /// The figure of a club that a criterion compares; more is better.
    fn value(&self, member: u8, criterion: GroupCriterion, concerned: u8) -> i32 {
        let record = if criterion.is_head_to_head() {
            self.record_between(member, concerned)
        } else {
            self.records[usize::from(member)]
        };
        let figure = match criterion {
            GroupCriterion::HeadToHeadPoints => Figure::Points,
            GroupCriterion::HeadToHeadGoalDifference | GroupCriterion::GoalDifference => {
                Figure::GoalDifference
            }
            GroupCriterion::HeadToHeadGoals | GroupCriterion::Goals => Figure::Goals,
            GroupCriterion::HeadToHeadAwayGoals | GroupCriterion::AwayGoals => Figure::AwayGoals,
            GroupCriterion::Wins => Figure::Wins,
            GroupCriterion::AwayWins => Figure::AwayWins,
            GroupCriterion::ReapplyHeadToHead | GroupCriterion::Lots => return 0,
        };
        self.layout.figure(record, figure) as i32
    }

    /// The record of a club in the matches between the clubs concerned.
    fn record_between(&self, member: u8, concerned: u8) -> Record {
        let mut record = self.layout.start();
        for (position, ((home, away), goals)) in self.matches.iter().zip(self.goals).enumerate() {
            let counts = self.struck >> position & 1 == 0;
            let between = counts && concerned >> home & concerned >> away & 1 == 1;
            if between && (*home == member || *away == member) {
                let [host, guest] = self.layout.of_match(*goals);
                record = record.wrapping_add(if *home == member { host } else { guest });
            }
        }
        record
    }
}

/// Sorts clubs by a value, the largest first, and hands each block of level clubs on.
fn split(
    block: &mut [u8],
    value: impl Fn(u8) -> i32,
    on_level: &mut dyn FnMut(&mut [u8]) -> bool,
) -> bool {
    // Insertion sort: blocks have two or three clubs, and the order of level clubs stays as it is.
    for end in 1..block.len() {
        let mut at = end;
        while at > 0 && value(block[at - 1]) < value(block[at]) {
            block.swap(at - 1, at);
            at -= 1;
        }
    }
    let mut drawn = false;
    let mut start = 0;
    while start < block.len() {
        let level = value(block[start]);
        let length = block[start..]
            .iter()
            .take_while(|member| value(**member) == level)
            .count();
        if length > 1 {
            drawn |= on_level(&mut block[start..start + length]);
        }
        start += length;
    }
    drawn
}

/// A block of clubs as a bit set.
fn members(block: &[u8]) -> u8 {
    block.iter().fold(0, |set, member| set | 1 << member)
}
