//! A group as it stands: what is known as sums, what is open as a list, and who is first if the rest ends in a given way.

use super::sheet::{Clubs, Scoreline, Sheet, Top};
use crate::ids::{ClubId, FixtureId, GroupId};
use crate::standings::GroupMatch;
use crate::tournament::{GroupCriterion, Rules, Tournament};

/// A group match without a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenMatch {
    /// Which match.
    pub(super) fixture: FixtureId,
    /// Its place among the matches of the group, in file order.
    pub(super) index: usize,
    /// The positions of the home and the away club in the group.
    pub(super) pair: [usize; 2],
}

impl OpenMatch {
    /// Whether a club plays in it.
    pub(super) fn involves(&self, club: usize) -> bool {
        self.pair.contains(&club)
    }
}

/// Where a club stands when all matches of its group are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// First.
    First,
    /// Level for the first place with others; lots decide among so many clubs.
    Level(u32),
    /// Not first.
    Behind,
}

/// A group as it stands.
#[derive(Debug, Clone)]
pub(super) struct Position<'a> {
    /// The rules.
    pub(super) rules: &'a Rules,
    /// The clubs of the group, in file order.
    pub(super) clubs: &'a [ClubId],
    /// How lots fell, where they were drawn: the place of each club in that order.
    lots: Vec<Option<usize>>,
    /// The known results.
    pub(super) known: Sheet,
    /// The open matches, in file order.
    pub(super) open: Vec<OpenMatch>,
}

impl<'a> Position<'a> {
    /// The group with the results that the tournament knows.
    pub(super) fn of(tournament: &'a Tournament, group: GroupId) -> Self {
        let clubs = &tournament.group(group).clubs;
        let position = |club| {
            let found = clubs.iter().position(|member| *member == club);
            found.expect("both clubs of a group match are in its group")
        };
        let mut played = Vec::new();
        let mut open = Vec::new();
        for (index, (id, fixture)) in tournament.fixtures_of(group).enumerate() {
            let (home, away) = (fixture.home, fixture.away);
            match fixture.result {
                Some(goals) => played.push(GroupMatch { home, away, goals }),
                None => open.push(OpenMatch {
                    fixture: id,
                    index,
                    pair: [position(home), position(away)],
                }),
            }
        }
        let deducted = clubs.iter().map(|club| tournament.deducted(*club) as i32);
        let mut known = Sheet::new(deducted.collect(), tournament.rules.points);
        known.add_known(&played, clubs);
        let lot = |club| tournament.lots.iter().position(|listed| listed == club);
        Self {
            rules: &tournament.rules,
            clubs,
            lots: clubs.iter().map(lot).collect(),
            known,
            open,
        }
    }

    /// Who is on top of a finished group, lots that were drawn in reality included.
    pub(super) fn top(&self, sheet: &Sheet) -> Top {
        let mut top = sheet.top(self.rules);
        top.clubs = self.after_lots(top.clubs);
        top
    }

    /// The winner of the lots among level clubs if all of them took part in the draw, else the clubs.
    fn after_lots(&self, level: Clubs) -> Clubs {
        let members = || (0..self.clubs.len()).filter(|club| level >> club & 1 == 1);
        let drawn = members().all(|club| self.lots[club].is_some());
        let winner = members().min_by_key(|club| self.lots[*club]);
        winner.filter(|_| drawn).map_or(level, |club| 1 << club)
    }

    /// The place of a club in a finished group.
    pub(super) fn place(&self, sheet: &Sheet, club: usize) -> Place {
        place_in(self.top(sheet).clubs, club)
    }

    /// Whether a better own score can never harm a club under these tiebreakers, all else being equal.
    ///
    /// Scoring one more or conceding one fewer never lowers an own figure nor lifts a rival's, and where
    /// goal difference is compared it puts a club that was among the best strictly ahead of that rival.
    /// Only if numbers of goals are compared before goal difference can a rival drop out of a set of level
    /// clubs while the club's own figure stays, and a head-to-head comparison that starts afresh among the
    /// rest may then go against it.
    pub(super) fn better_scores_never_harm(rules: &Rules) -> bool {
        use GroupCriterion as C;
        let mut rivals_can_drop_out = false;
        let mut head_to_head_began = false;
        for criterion in &rules.group_tiebreakers {
            let starts_afresh = *criterion == C::ReapplyHeadToHead
                || (criterion.is_head_to_head() && !head_to_head_began);
            if starts_afresh && rivals_can_drop_out {
                return false;
            }
            head_to_head_began |= criterion.is_head_to_head();
            match criterion {
                C::HeadToHeadGoalDifference | C::GoalDifference => return true,
                C::HeadToHeadGoals | C::HeadToHeadAwayGoals | C::Goals | C::AwayGoals => {
                    rivals_can_drop_out = true;
                }
                _ => {}
            }
        }
        true
    }
}

/// The place of a club given who is on top.
pub(super) fn place_in(top: Clubs, club: usize) -> Place {
    match (top >> club & 1 == 1, top.count_ones()) {
        (false, _) => Place::Behind,
        (true, 1) => Place::First,
        (true, level) => Place::Level(level),
    }
}

/// Calls `visit` with the sheet of every combination of the scorelines offered for each match, until it
/// says stop; whether it never did.
pub(super) fn every_end(
    sheet: &mut Sheet,
    matches: &[(OpenMatch, Vec<Scoreline>)],
    visit: &mut impl FnMut(&Sheet) -> bool,
) -> bool {
    let Some(((next, scorelines), rest)) = matches.split_first() else {
        return visit(sheet);
    };
    for score in scorelines {
        sheet.add(next.pair, *score);
        let go_on = every_end(sheet, rest, visit);
        sheet.remove(next.pair, *score);
        if !go_on {
            return false;
        }
    }
    true
}
