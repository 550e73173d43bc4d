//! Which seeds each club can still get: whoever wins its group is compared with whoever may win the others.

use super::group::GroupFates;
use super::ranking::Order;
use super::span::{Figure, Figures};
use crate::playbook::Playbook;

/// Which clubs can be seeded where.
#[derive(Debug, Clone)]
pub(super) struct Seeds {
    /// `[club][k]`: the club can be seed `k + 1`.
    pub(super) can: Vec<Vec<bool>>,
    /// `[club][other]`: if both win their groups, the first has the better seed for sure.
    above: Vec<Vec<bool>>,
}

impl Seeds {
    /// The seeds of a playbook whose groups can end like this.
    pub(super) fn of(playbook: &Playbook, groups: &[GroupFates]) -> Self {
        // For each club its group and what it can win it with.
        let mut winners: Vec<Option<(usize, Figures)>> = vec![None; playbook.clubs];
        for (number, (group, fates)) in playbook.groups.iter().zip(groups).enumerate() {
            for (club, figures) in group.clubs.iter().zip(&fates.winners) {
                winners[club.index()] = figures.map(|figures| (number, figures));
            }
        }
        let above: Vec<Vec<bool>> = (0..playbook.clubs)
            .map(|one| {
                (0..playbook.clubs)
                    .map(|other| is_above(playbook, &winners, one, other))
                    .collect()
            })
            .collect();
        let count = groups.len();
        let can = (0..playbook.clubs).map(|club| {
            let mut seeds = vec![false; count];
            let Some((own, _)) = winners[club] else {
                return seeds;
            };
            let others = || (0..count).filter(|group| *group != own);
            let all_of = |group: usize, test: &dyn Fn(usize) -> bool| {
                let able = winners.iter().enumerate();
                let mut able = able.filter(|(_, winner)| winner.is_some_and(|(of, _)| of == group));
                able.all(|(rival, _)| test(rival))
            };
            let ahead = others().filter(|group| all_of(*group, &|rival| above[rival][club]));
            let behind = others().filter(|group| all_of(*group, &|rival| above[club][rival]));
            let (ahead, behind) = (ahead.count(), behind.count());
            // A group that nobody can win counts on both sides.
            if let Some(able) = seeds.get_mut(ahead..count - behind.min(count)) {
                able.fill(true);
            }
            seeds
        });
        Self {
            can: can.collect(),
            above,
        }
    }

    /// Whether two clubs can have these seeds (counted from 0) together, as far as their records tell.
    pub(super) fn can_both(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let fits = |(club, seed): (usize, usize), (rival, its): (usize, usize)| {
            !(self.above[club][rival] && seed > its)
        };
        let each = [one, other]
            .iter()
            .all(|(club, seed)| self.can[*club][*seed]);
        each && one.1 != other.1 && fits(one, other) && fits(other, one)
    }
}

/// Whether a winner of one group is seeded before a winner of another for sure.
fn is_above(
    playbook: &Playbook,
    winners: &[Option<(usize, Figures)>],
    one: usize,
    other: usize,
) -> bool {
    let (Some((group, mine)), Some((its, theirs))) = (winners[one], winners[other]) else {
        return false;
    };
    if group == its {
        return false;
    }
    let clubs = [one, other];
    let mut order = Order::unknown(2);
    for criterion in &playbook.seeding {
        let Some(figure) = Figure::of_seeding(*criterion) else {
            break;
        };
        let value = |side: usize| [mine, theirs][side].of(figure);
        match order.split(0b11, value) {
            Some(level) if level.len() == 1 => {}
            _ => return order.is_above(0, 1),
        }
    }
    order.draw_lots(0b11, |side| playbook.lots[clubs[side]]);
    order.is_above(0, 1)
}
