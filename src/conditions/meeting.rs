//! Where two clubs can still meet in the bracket, given the results known.

use crate::ids::{ClubId, RoundId};
use crate::seeding::SeedList;
use crate::tournament::{SecondLegHost, Side, Tie, Tournament};

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
    let mut rounds = Vec::new();
    for (tie, sides) in tournament
        .bracket
        .ties
        .iter()
        .zip(all_sides(tournament, seeds.as_ref()))
    {
        let meets = |a: ClubId, b: ClubId| sides[0].has(a) && sides[1].has(b);
        if (meets(one, other) || meets(other, one)) && !rounds.contains(&tie.round) {
            rounds.push(tie.round);
        }
    }
    rounds
}

/// Whether the first of two clubs can be at home in the last leg when they meet in a round.
pub(super) fn may_host_last_leg(
    tournament: &Tournament,
    round: RoundId,
    [host, guest]: [ClubId; 2],
    groups_may_change: bool,
) -> bool {
    let seeds = (!groups_may_change).then(|| SeedList::of(tournament));
    let winners = tournament.groups.len() as u8;
    let seed_of = |club: ClubId| {
        let seeds = seeds.as_ref()?;
        (1..=winners).find(|seed| seeds.club(*seed) == Some(club))
    };
    let hosts = |tie: &Tie, side: usize| match tie.second_leg_host {
        SecondLegHost::Side(host) => usize::from(host) == side,
        SecondLegHost::HigherSeed => {
            let both = seed_of(host).zip(seed_of(guest));
            both.is_none_or(|(host, guest)| host < guest)
        }
    };
    let ties = tournament.bracket.ties.iter();
    let mut ties = ties.zip(all_sides(tournament, seeds.as_ref()));
    ties.any(|(tie, sides)| {
        let possible =
            |side: usize| sides[side].has(host) && sides[1 - side].has(guest) && hosts(tie, side);
        tie.round == round && (possible(0) || possible(1))
    })
}

/// Who can stand on either side of each tie, in bracket order.
fn all_sides(tournament: &Tournament, seeds: Option<&SeedList>) -> Vec<[Reach; 2]> {
    let mut all = Vec::new();
    for tie in &tournament.bracket.ties {
        let sides = sides_of(tie, seeds, &all);
        all.push(sides);
    }
    all
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
