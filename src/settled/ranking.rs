//! Ranks a group as far as open matches allow: who is above whom for sure, whatever scores they end with.

use super::Score;
use super::span::{Figure, Figures, Span, figures_of};
use crate::ids::ClubId;
use crate::playbook::{GroupPlan, Playbook};
use crate::tournament::GroupCriterion;

/// A set of clubs of a group, by their positions in it.
pub(super) type Clubs = u64;

/// What is sure about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// For each member those above it for sure.
    above: Vec<Clubs>,
    /// Whether nothing but lots is open: any order that agrees with this one can come about.
    pub(super) decided: bool,
}

impl Order {
    /// Nothing is known of so many members.
    pub(super) fn unknown(size: usize) -> Self {
        Self {
            above: vec![0; size],
            decided: true,
        }
    }

    pub(super) fn put(&mut self, better: usize, worse: usize) {
        self.above[worse] |= 1 << better;
    }

    pub(super) fn is_above(&self, better: usize, worse: usize) -> bool {
        self.above[worse] >> better & 1 == 1
    }

    /// The places that a member can take, counted from 0.
    pub(super) fn places(&self, member: usize) -> std::ops::RangeInclusive<usize> {
        let below = self.above.iter().filter(|above| *above >> member & 1 == 1);
        let worst = self.above.len() - 1 - below.count();
        self.above[member].count_ones() as usize..=worst
    }

    /// Compares members by a figure: who beats whom for sure, and the sets that are level, if all figures are known.
    pub(super) fn split(
        &mut self,
        set: Clubs,
        value: impl Fn(usize) -> Span,
    ) -> Option<Vec<Clubs>> {
        let members: Vec<usize> = members(set).collect();
        for &one in &members {
            for &other in &members {
                if value(one).beats(value(other)) {
                    self.put(one, other);
                }
            }
        }
        let mut known: Vec<(i32, Clubs)> = Vec::new();
        for member in members {
            let Some(value) = value(member).known() else {
                self.decided = false;
                return None;
            };
            match known.iter_mut().find(|(other, _)| *other == value) {
                Some((_, level)) => *level |= 1 << member,
                None => known.push((value, 1 << member)),
            }
        }
        Some(known.into_iter().map(|(_, level)| level).collect())
    }

    /// Level members by the lots that were really drawn about them.
    pub(super) fn draw_lots(&mut self, set: Clubs, lot: impl Fn(usize) -> Option<u16>) {
        for one in members(set) {
            for other in members(set) {
                if let (Some(mine), Some(theirs)) = (lot(one), lot(other))
                    && mine < theirs
                {
                    self.put(one, other);
                }
            }
        }
    }
}

/// The positions in a set.
pub(super) fn members(set: Clubs) -> impl Iterator<Item = usize> {
    (0..64).filter(move |member| set >> member & 1 == 1)
}

/// A group and the rules of its table.
pub(super) struct Ranking<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) plan: &'a GroupPlan,
}

impl Ranking<'_> {
    fn figures(&self, scores: &[Score], among: Clubs) -> Vec<Figures> {
        let size = self.plan.clubs.len();
        figures_of(
            size,
            &self.plan.matches,
            scores,
            among,
            self.playbook.points,
        )
    }

    /// The figures of each club over all matches of the group, less the points that were deducted.
    pub(super) fn all_figures(&self, scores: &[Score]) -> Vec<Figures> {
        let figures = self.figures(scores, Clubs::MAX).into_iter().enumerate();
        let deducted = |position: usize| self.playbook.deducted[self.club(position).index()];
        figures
            .map(|(position, figures)| figures.less(deducted(position)))
            .collect()
    }

    /// What is sure about the order with these scores. Clubs that have left are placed behind all others.
    pub(super) fn order(&self, scores: &[Score]) -> Order {
        let size = self.plan.clubs.len();
        let mut order = Order::unknown(size);
        let all = self.all_figures(scores);
        let has_left = |club: usize| Span::from(!self.plan.placed_last[club]);
        let sets = order.split((1 << size) - 1, has_left).unwrap_or_default();
        for set in sets {
            let level = order.split(set, |club| all[club].of(Figure::Points));
            for level in level.into_iter().flatten() {
                self.separate(&mut order, scores, level, 0, None);
            }
        }
        order
    }

    /// Clubs that are level on everything before the tiebreaker at `position`. `round` holds those between whom
    /// head-to-head criteria count matches, once a round of such comparison has begun.
    fn separate(
        &self,
        order: &mut Order,
        scores: &[Score],
        level: Clubs,
        mut position: usize,
        mut round: Option<Clubs>,
    ) {
        let list = &self.playbook.tiebreakers;
        while level.count_ones() > 1
            && let Some(criterion) = list.get(position).copied()
            && criterion != GroupCriterion::Lots
        {
            position += 1;
            let Some(figure) = Figure::of_group(criterion) else {
                if round.is_some_and(|before| before != level) {
                    let first = list.iter().position(|one| one.is_head_to_head());
                    position = first.unwrap_or(position);
                    round = Some(level);
                }
                continue;
            };
            let among = if criterion.is_head_to_head() {
                *round.get_or_insert(level)
            } else {
                Clubs::MAX
            };
            let figures = self.figures(scores, among);
            match order.split(level, |club| figures[club].of(figure)) {
                None => return,
                Some(sets) if sets.len() > 1 => {
                    for set in sets {
                        self.separate(order, scores, set, position, round);
                    }
                    return;
                }
                Some(_) => {}
            }
        }
        let lot = |club: usize| self.playbook.lots[self.club(club).index()];
        order.draw_lots(level, lot);
    }

    fn club(&self, position: usize) -> ClubId {
        self.plan.clubs[position]
    }
}
