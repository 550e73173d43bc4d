//! Group winners that are given: a condition in the sense of probability, not an intervention.

use super::item::{ConditionError, wrong};
use crate::ids::ClubId;
use crate::tournament::Tournament;

/// What is given about the winner of a group. Odds become conditional probabilities: among all the ways in which
/// the rest of the tournament can go, only those remain in which this comes true, each as likely beside the others
/// as it was. So a given win also makes it likelier that the club's matches went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupWin {
    /// The club.
    pub club: ClubId,
    /// Whether it wins its group or does not.
    pub wins: bool,
}

impl GroupWin {
    pub(super) fn parse(
        text: &str,
        wins: bool,
        tournament: &Tournament,
    ) -> Result<Self, ConditionError> {
        let club = tournament.find_club(text)?;
        Ok(Self { club, wins })
    }

    /// What two of them say against each other, if anything.
    pub(super) fn check_against(
        self,
        text: &str,
        earlier: &[Self],
        tournament: &Tournament,
    ) -> Result<(), ConditionError> {
        let name = |club: ClubId| tournament.club(club).name.as_str();
        let group = tournament.group_of(self.club);
        for other in earlier {
            if other.club == self.club {
                let fact = format!(
                    "is about {}, of which an earlier condition speaks",
                    name(self.club)
                );
                return Err(wrong(text, fact, "leave one of the two out"));
            }
            if self.wins && other.wins && tournament.group_of(other.club) == group {
                let fact = format!(
                    "cannot be: {} wins group {} already",
                    name(other.club),
                    tournament.group(group).name
                );
                return Err(wrong(
                    text,
                    fact,
                    "a group has one winner; leave one of the two out",
                ));
            }
        }
        let all_out = tournament.group(group).clubs.iter().all(|member| {
            let loses = |win: &Self| !win.wins && win.club == *member;
            earlier.iter().chain([&self]).any(loses)
        });
        if all_out {
            let fact = "leaves its group without a winner".to_owned();
            return Err(wrong(text, fact, "leave one club that may win it"));
        }
        Ok(())
    }

    /// In words, such as `given that Toluca wins group 6`.
    pub fn words(self, tournament: &Tournament) -> String {
        let club = &tournament.club(self.club).name;
        let group = &tournament.group(tournament.group_of(self.club)).name;
        let verb = if self.wins { "wins" } else { "does not win" };
        format!("given that {club} {verb} group {group}")
    }
}
