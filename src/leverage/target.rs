//! The matches that are still to be played, and who plays in them as far as it is known.

use crate::conditions::Conditions;
use crate::ids::{ClubId, FixtureId, TieId};
use crate::knockout::BracketState;
use crate::tournament::{SecondLegHost, Side, Tournament};

/// A match that is still to be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A group match.
    Group(FixtureId),
    /// A leg of a tie, whoever plays in it.
    Leg {
        /// The tie.
        tie: TieId,
        /// The leg, counted from 0.
        leg: usize,
    },
}

/// Every match without a result, group matches first, in file order. Group matches whose result is taken for granted,
/// and those that a club which has left does not play, are not among them.
pub(super) fn remaining(known: &Tournament, conditions: &Conditions) -> Vec<Target> {
    let groups = known
        .fixtures
        .iter()
        .enumerate()
        .map(|(index, _)| FixtureId::new(index))
        .filter(|id| conditions.needs_playing(known, *id))
        .map(Target::Group);
    let legs = known
        .bracket
        .ties
        .iter()
        .enumerate()
        .flat_map(|(index, tie)| {
            let open = tie.legs.iter().enumerate();
            open.filter(|(_, leg)| leg.played.is_none())
                .map(move |(leg, _)| Target::Leg {
                    tie: TieId::new(index),
                    leg,
                })
        });
    groups.chain(legs).collect()
}

/// The fixtures of each group in file order, which is the order of a playbook.
pub(super) fn by_group(known: &Tournament) -> Vec<Vec<FixtureId>> {
    let fixtures = |group| known.fixtures_of(group).map(|(id, _)| id).collect();
    known.group_ids().map(fixtures).collect()
}

/// The two sides of a match, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The home club, where it is known.
    pub home: Option<ClubId>,
    /// The away club, where it is known.
    pub away: Option<ClubId>,
    /// The home side in words: the name of the club, `seed 8` or `winner QF1`.
    pub home_words: String,
    /// The away side in words.
    pub away_words: String,
}

/// Who plays in a match. Where it is not known yet which of two clubs is at home, they stand in the order of the bracket.
pub fn sides(known: &Tournament, target: Target) -> Sides {
    match target {
        Target::Group(id) => {
            let fixture = known.fixture(id);
            Sides {
                home: Some(fixture.home),
                away: Some(fixture.away),
                home_words: known.club(fixture.home).name.clone(),
                away_words: known.club(fixture.away).name.clone(),
            }
        }
        Target::Leg { tie, leg } => leg_sides(known, tie, leg),
    }
}

fn leg_sides(known: &Tournament, id: TieId, leg: usize) -> Sides {
    let state = BracketState::of(known);
    let tie = known.bracket.tie(id);
    let clubs = state.tie(id).clubs;
    let last = leg + 1 == tie.legs.len();
    let first_is_home = match state.tie(id).last_leg_host {
        Some(host) => (host.index() == 0) == last,
        None => match tie.second_leg_host {
            SecondLegHost::Side(side) => (side == 0) == last,
            SecondLegHost::HigherSeed => true,
        },
    };
    let words = |side: usize| match (clubs[side], tie.sides[side]) {
        (Some(club), _) => known.club(club).name.clone(),
        (None, Side::Seed(seed)) => format!("seed {seed}"),
        (None, Side::Winner(earlier)) => format!("winner {}", known.bracket.tie(earlier).name),
    };
    let (home, away) = if first_is_home { (0, 1) } else { (1, 0) };
    Sides {
        home: clubs[home],
        away: clubs[away],
        home_words: words(home),
        away_words: words(away),
    }
}
