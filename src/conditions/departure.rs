//! Clubs that are out: eliminated, or withdrawn with their matches forfeited or struck.

use super::Conditions;
use super::item::{ConditionError, wrong};
use crate::ids::ClubId;
use crate::tournament::{Goals, Tournament};

/// A club that leaves the tournament at the moment the forecast is made.
///
/// As long as its group is being played it is placed last in it, behind every club that stays, and what its matches
/// count depends on the manner. The order of the others is that of the table with all matches that count. Once its
/// group is over, the group stands, and the club's next opponent in the knockout stage goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Departure {
    /// The club.
    pub club: ClubId,
    /// What becomes of its matches.
    pub manner: Manner,
}

/// What becomes of the group matches of a club that leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It plays them all, and they count for its opponents, but it cannot go on: the club is barred.
    Eliminated,
    /// Those it has played stand, the others are forfeited 0-3, as UEFA's regulations have it for a match that a
    /// club refuses to play.
    Forfeited,
    /// None of them counts for anybody, those already played included, as in the AFC Champions League 2020 after the
    /// withdrawal of Al Wahda, and in UEFA's qualifying groups.
    Annulled,
}

impl Manner {
    /// The score of a forfeited match: `home_left` if it is the home club that has left.
    pub fn forfeit(home_left: bool) -> Goals {
        if home_left {
            Goals { home: 0, away: 3 }
        } else {
            Goals { home: 3, away: 0 }
        }
    }
}

impl Departure {
    pub(super) fn parse(
        text: &str,
        manner: Manner,
        tournament: &Tournament,
    ) -> Result<Self, ConditionError> {
        let club = tournament.find_club(text)?;
        if tournament.is_finished() {
            let fact = "cannot be: the tournament is over".to_owned();
            return Err(wrong(
                text,
                fact,
                "go back to a moment before its end with --as-of",
            ));
        }
        Ok(Self { club, manner })
    }

    /// Refuses what cannot be together with what stands before it.
    pub(super) fn check_against(
        self,
        text: &str,
        conditions: &Conditions,
        tournament: &Tournament,
    ) -> Result<(), ConditionError> {
        let name = &tournament.club(self.club).name;
        if conditions.departure(self.club).is_some() {
            let fact = format!("is about {name}, which is out already");
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        if conditions
            .group_wins
            .iter()
            .any(|win| win.club == self.club && win.wins)
        {
            let fact = format!("cannot be: it is given that {name} wins its group");
            return Err(wrong(text, fact, "leave one of the two out"));
        }
        let group = tournament.group_of(self.club);
        let mut members = tournament.group(group).clubs.iter();
        if members.all(|member| *member == self.club || conditions.departure(*member).is_some()) {
            let fact = "leaves its group without a club".to_owned();
            return Err(wrong(text, fact, "leave one club in the tournament"));
        }
        if self.manner == Manner::Annulled
            && !conditions.group_is_over(tournament, group)
            && tournament.fixtures_of(group).any(|(id, fixture)| {
                [fixture.home, fixture.away].contains(&self.club)
                    && conditions.fixed_goals(id).is_some()
            })
        {
            let fact = format!("strikes a match of {name} whose result is fixed");
            return Err(wrong(
                text,
                fact,
                "leave the fix out, or let the club withdraw without striking",
            ));
        }
        Ok(())
    }

    /// In words, such as `Toluca withdraws: 2 matches count 0-3, and it is last in group 6`.
    pub fn words(self, conditions: &Conditions, tournament: &Tournament) -> String {
        let name = &tournament.club(self.club).name;
        let group = tournament.group_of(self.club);
        let verb = match self.manner {
            Manner::Eliminated => "is eliminated",
            Manner::Forfeited | Manner::Annulled => "withdraws",
        };
        if conditions.group_is_over(tournament, group) {
            return format!("{name} {verb}: its next opponent goes on");
        }
        let last = format!("last in group {}", tournament.group(group).name);
        let left = tournament.fixtures_of(group).filter(|(id, fixture)| {
            let open = fixture.result.is_none() && conditions.fixed_goals(*id).is_none();
            open && [fixture.home, fixture.away].contains(&self.club)
        });
        match (self.manner, left.count()) {
            (Manner::Eliminated, _) => format!("{name} {verb}: {last}, its results stand"),
            (Manner::Forfeited, 1) => format!("{name} {verb}: {last}, 1 match counts 0-3"),
            (Manner::Forfeited, left) => format!("{name} {verb}: {last}, {left} matches count 0-3"),
            (Manner::Annulled, _) => format!("{name} {verb}: {last}, all its matches are struck"),
        }
    }
}
