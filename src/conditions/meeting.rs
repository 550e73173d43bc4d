//! Where two clubs can still meet in the bracket, given the results known.

use crate::ids::{ClubId, RoundId};
use crate::seeding::SeedList;
use crate::tournament::{Side, Tie, Tournament};

/// The rounds in which two clubs of different groups can meet, earliest first.
///
/// Once all seeds are settled, a pair has at most one such round. Results of ties are left out of account: a
/// what-if may change them. With `groups_may_change` the seeds are too, for a what-if that changes a group match.
pub(super) fn possible_rounds(
    tournament: &Tournament,
    one: ClubId,
    other: ClubId,
    groups_may_change: bool,
) -> Vec<RoundId> {
    let seeds = (!groups_may_change).then(|| SeedList::of(tournament));
    let mut reach: Vec<[Reach; 2]> = Vec::new();
    let mut rounds = Vec::new();
    for tie in &tournament.bracket.ties {
        let sides = sides_of(tie, seeds.as_ref(), &reach);
        let meets = |a: ClubId, b: ClubId| sides[0].has(a) && sides[1].has(b);
        if (meets(one, other) || meets(other, one)) && !rounds.contains(&tie.round) {
            rounds.push(tie.round);
        }
        reach.push(sides);
    }
    rounds
}

/// The clubs that can stand on one side of a tie.
#[derive(Debug, Clone)]
enum Reach {
    /// Any club: the seeds are still open.
    Any,
    /// One of these.
    Of(Vec<ClubId>),
}

impl Reach {
    fn has(&self, club: ClubId) -> bool {
        match self {
            Self::Any => true,
            Self::Of(clubs) => clubs.contains(&club),
        }
    }

    fn joined(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Of(one), Self::Of(other)) => Self::Of([one.as_slice(), other].concat()),
            _ => Self::Any,
        }
    }
}

/// Who can stand on either side of a tie, given those before it.
fn sides_of(tie: &Tie, seeds: Option<&SeedList>, earlier: &[[Reach; 2]]) -> [Reach; 2] {
    tie.sides.map(|side| match side {
        Side::Seed(seed) => {
            let club = seeds.and_then(|seeds| seeds.club(seed));
            club.map_or(Reach::Any, |club| Reach::Of(vec![club]))
        }
        Side::Winner(fed_by) => {
            let [one, other] = &earlier[fed_by.index()];
            one.joined(other)
        }
    })
}
