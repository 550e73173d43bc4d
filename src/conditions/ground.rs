//! Matches on neutral ground.

use super::Conditions;
use super::item::{ConditionError, wrong};
use super::meeting::possible_rounds;
use super::written::{club_pairs, take_round};
use crate::ids::{ClubId, FixtureId, RoundId};
use crate::knockout::BracketState;
use crate::tournament::{Tournament, either};

/// Matches in which nobody has the advantage of being at home. Home and away stay as they are for the rules, such
/// as away goals; only the rates change: each side has the geometric mean of its rates on the two grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeutralGround {
    /// Every match still to be played.
    Everywhere,
    /// All ties of a round.
    Round(RoundId),
    /// A tie, wherever these two clubs meet in this round.
    Tie {
        /// The round.
        round: RoundId,
        /// Its clubs.
        clubs: [ClubId; 2],
    },
    /// A group match.
    Match(FixtureId),
}

/// Which matches are on neutral ground, all conditions taken together.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a>(pub(super) &'a [NeutralGround]);

impl Grounds<'_> {
    /// Whether a group match is on neutral ground.
    pub fn group_match(self, id: FixtureId) -> bool {
        self.0.iter().any(|ground| {
            matches!(ground, NeutralGround::Everywhere) || *ground == NeutralGround::Match(id)
        })
    }

    /// Whether two clubs that meet in a round do so on neutral ground.
    pub fn tie(self, this_round: RoundId, one: ClubId, other: ClubId) -> bool {
        self.0.iter().any(|ground| match ground {
            NeutralGround::Everywhere => true,
            NeutralGround::Round(round) => *round == this_round,
            NeutralGround::Tie { round, clubs } => {
                *round == this_round && (*clubs == [one, other] || *clubs == [other, one])
            }
            NeutralGround::Match(_) => false,
        })
    }

    /// Whether no round differs from another.
    pub fn are_alike_in_all_rounds(self) -> bool {
        let everywhere = self.0.contains(&NeutralGround::Everywhere);
        let one_round = |ground: &NeutralGround| {
            matches!(ground, NeutralGround::Round(_) | NeutralGround::Tie { .. })
        };
        everywhere || !self.0.iter().any(one_round)
    }
}

impl Conditions {
    /// Which matches are on neutral ground.
    pub fn neutral(&self) -> Grounds<'_> {
        Grounds(&self.grounds)
    }
}

impl NeutralGround {
    /// Reads a round (`final`, `qf`), a tie that is alone in its round or whose clubs are known (`F`, `QF1`), two clubs
    /// in a round (`qf TOL-SJ`; the round may be left out once the bracket leaves only one), or the home and away
    /// club of a group match (`TOL-CAL`).
    pub(super) fn parse(
        text: &str,
        tournament: &Tournament,
        earlier: &Conditions,
    ) -> Result<Self, ConditionError> {
        let plain = text.trim();
        if let Some(round) = Self::named_round(plain, tournament) {
            return Ok(Self::Round(round));
        }
        let ties = &tournament.bracket.ties;
        if let Some(index) = ties
            .iter()
            .position(|tie| tie.name.eq_ignore_ascii_case(plain))
        {
            return Self::of_tie(text, index, tournament);
        }
        let (rest, round) = take_round(plain, tournament);
        let pairs = club_pairs(rest, tournament).unwrap_or_default();
        let [(home, away)] = *pairs.as_slice() else {
            let example = Self::example(tournament);
            return Err(wrong(
                text,
                "names no round, tie or match".to_owned(),
                &example,
            ));
        };
        if home == away {
            return Err(wrong(
                text,
                "has one club twice".to_owned(),
                "name two clubs",
            ));
        }
        if tournament.group_of(home) == tournament.group_of(away) {
            let mut fixtures = tournament.fixtures_of(tournament.group_of(home));
            let found = fixtures.find(|(_, game)| (game.home, game.away) == (home, away));
            return found.map(|(id, _)| Self::Match(id)).ok_or_else(|| {
                wrong(
                    text,
                    "is not on the fixture list".to_owned(),
                    "write the home club first",
                )
            });
        }
        let rounds = possible_rounds(tournament, home, away, earlier.groups_may_change());
        let names = |rounds: &[RoundId]| {
            let names = rounds
                .iter()
                .map(|id| tournament.bracket.round(*id).name.clone());
            either(&names.collect::<Vec<_>>())
        };
        let round = match (round, rounds.as_slice()) {
            (Some(round), rounds) if rounds.contains(&round) => round,
            (None, [only]) => *only,
            (_, []) => {
                let fact = "cannot be: these clubs cannot meet any more".to_owned();
                return Err(wrong(text, fact, "leave it out"));
            }
            (Some(_), rounds) => {
                let fact = "names a round in which these clubs cannot meet".to_owned();
                return Err(wrong(
                    text,
                    fact,
                    &format!("they can in the {}", names(rounds)),
                ));
            }
            (None, rounds) => {
                let fact = "does not say in which round".to_owned();
                let way_out = format!("write the {} before the clubs", names(rounds));
                return Err(wrong(text, fact, &way_out));
            }
        };
        let clubs = [home, away];
        Ok(Self::Tie { round, clubs })
    }

    fn named_round(plain: &str, tournament: &Tournament) -> Option<RoundId> {
        let bracket = &tournament.bracket;
        bracket.round_ids().find(|id| {
            let round = bracket.round(*id);
            let named = [&round.short, &round.name];
            named.iter().any(|name| name.eq_ignore_ascii_case(plain))
        })
    }

    /// A tie by its name.
    fn of_tie(text: &str, index: usize, tournament: &Tournament) -> Result<Self, ConditionError> {
        let round = tournament.bracket.ties[index].round;
        if tournament.bracket.ties_of(round).count() == 1 {
            return Ok(Self::Round(round));
        }
        if let Some(clubs) = BracketState::of(tournament).ties[index].pair() {
            return Ok(Self::Tie { round, clubs });
        }
        let short = &tournament.bracket.round(round).short;
        let fact = "is a tie whose clubs are not known yet".to_owned();
        let way_out =
            format!("write `{short}` for the whole round, or two clubs: `{short} ONE-OTHER`");
        Err(wrong(text, fact, &way_out))
    }

    fn example(tournament: &Tournament) -> String {
        let rounds = tournament.bracket.rounds.iter();
        let rounds: Vec<String> = rounds.map(|round| format!("`{}`", round.short)).collect();
        let codes: Vec<&str> = tournament
            .clubs
            .iter()
            .map(|club| club.code.as_str())
            .collect();
        let pair = codes
            .get(..2)
            .map(|pair| pair.join("-"))
            .unwrap_or_default();
        format!("write {}, or two clubs such as `{pair}`", either(&rounds))
    }

    /// In words, such as `the final on neutral ground`.
    pub fn words(self, tournament: &Tournament) -> String {
        let name = |club: ClubId| tournament.club(club).name.as_str();
        match self {
            Self::Everywhere => "no home advantage in any match".to_owned(),
            Self::Round(round) => {
                format!(
                    "the {} on neutral ground",
                    tournament.bracket.round(round).name
                )
            }
            Self::Tie {
                round,
                clubs: [one, other],
            } => format!(
                "{} - {} ({}) on neutral ground",
                name(one),
                name(other),
                tournament.bracket.round(round).name
            ),
            Self::Match(id) => {
                let game = tournament.fixture(id);
                format!(
                    "{} - {} (group {}, matchday {}) on neutral ground",
                    name(game.home),
                    name(game.away),
                    tournament.group(game.group).name,
                    game.matchday
                )
            }
        }
    }
}
