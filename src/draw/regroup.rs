//! The same tournament after another draw: other clubs in the groups, on the same calendar.

use crate::ids::{ClubId, GroupId};
use crate::tournament::{Moment, Tournament};

/// Why groups do not fit a tournament.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegroupError {
    /// Another number of groups.
    #[error(
        "{found} groups were given for a tournament of {expected}; give one list of clubs a group"
    )]
    Groups {
        /// How many were given.
        found: usize,
        /// How many the tournament has.
        expected: usize,
    },
    /// Another number of clubs in a group.
    #[error("group {group} was given {found} clubs instead of {expected}; keep its size")]
    Size {
        /// The name of the group.
        group: String,
        /// How many were given.
        found: usize,
        /// How many the group has.
        expected: usize,
    },
    /// A club that is not given exactly once.
    #[error("{club} is in {found} of the given groups; put it into exactly one")]
    Club {
        /// The club, with its code.
        club: String,
        /// How often it was given.
        found: usize,
    },
}

impl Tournament {
    /// This tournament with other clubs in its groups and nothing played yet.
    ///
    /// The calendar stays: in each group, every club takes over the matches of the club it replaces,
    /// home and away, matchday by matchday. That is the club of the same pot, where both groups have
    /// exactly one of each pot, and otherwise the club at the same position. All results, those of the
    /// knockout stage and the drawing of lots included, are taken out, since they belong to the real groups.
    ///
    /// # Errors
    /// Lists that do not hold every club once, in as many groups of the same sizes.
    pub fn with_groups(&self, groups: &[Vec<ClubId>]) -> Result<Self, RegroupError> {
        self.check_groups(groups)?;
        let mut other = self.as_of(Moment::Start);
        let mut successor: Vec<ClubId> = self.club_ids().collect();
        for (group, clubs) in groups.iter().enumerate() {
            let real = &self.group(GroupId::new(group)).clubs;
            let clubs = self.matched_by_pot(real, clubs);
            for (from, to) in real.iter().zip(&clubs) {
                successor[from.index()] = *to;
            }
            other.groups[group].clubs = clubs;
        }
        for fixture in &mut other.fixtures {
            fixture.home = successor[fixture.home.index()];
            fixture.away = successor[fixture.away.index()];
        }
        other.lots.clear();
        Ok(other)
    }

    fn check_groups(&self, groups: &[Vec<ClubId>]) -> Result<(), RegroupError> {
        if groups.len() != self.groups.len() {
            return Err(RegroupError::Groups {
                found: groups.len(),
                expected: self.groups.len(),
            });
        }
        for (given, real) in groups.iter().zip(&self.groups) {
            if given.len() != real.clubs.len() {
                return Err(RegroupError::Size {
                    group: real.name.clone(),
                    found: given.len(),
                    expected: real.clubs.len(),
                });
            }
        }
        for club in self.club_ids() {
            let found = groups
                .iter()
                .flatten()
                .filter(|given| **given == club)
                .count();
            if found != 1 {
                return Err(RegroupError::Club {
                    club: self.name_and_code(club),
                    found,
                });
            }
        }
        Ok(())
    }

    /// The new clubs of a group in the order of the real ones they replace.
    fn matched_by_pot(&self, real: &[ClubId], clubs: &[ClubId]) -> Vec<ClubId> {
        let pot = |club: &ClubId| self.club(*club).pot.as_deref();
        let same_pot = |from: &ClubId| {
            let mut matches = clubs.iter().filter(|to| pot(to) == pot(from));
            match (matches.next(), matches.next()) {
                (Some(only), None) => pot(from).map(|_| *only),
                _ => None,
            }
        };
        let matched: Option<Vec<ClubId>> = real.iter().map(same_pot).collect();
        match matched {
            // Two real clubs of one pot would have found the same successor.
            Some(matched) if clubs.iter().all(|club| matched.contains(club)) => matched,
            _ => clubs.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::cup;
    use super::super::{Drawing, Uniform};
    use super::*;
    use crate::rng::{Purpose, stream};
    use crate::tournament::{Moment, bundled};

    #[test]
    fn another_draw_keeps_the_calendar() {
        let tournament = bundled::open("ccl-2013-14").unwrap();
        let drawing = Drawing::new(&tournament).unwrap();
        let groups = Uniform::new(&drawing)
            .unwrap()
            .sample(&mut stream(1, Purpose::Draw, 0));
        let other = tournament.with_groups(&groups).unwrap();
        assert_eq!(other.known_matches(), (0, 0));
        for (real, new) in tournament.fixtures.iter().zip(&other.fixtures) {
            let pot = |club| &tournament.club(club).pot;
            assert_eq!(
                (real.group, real.matchday, real.date),
                (new.group, new.matchday, new.date)
            );
            assert_eq!(pot(real.home), pot(new.home));
            assert_eq!(pot(real.away), pot(new.away));
            assert!(groups[new.group.index()].contains(&new.home));
            assert!(groups[new.group.index()].contains(&new.away));
        }
        // The real groups give the real calendar back.
        let real: Vec<_> = tournament
            .groups
            .iter()
            .map(|group| group.clubs.clone())
            .collect();
        let same = tournament.with_groups(&real).unwrap();
        assert_eq!(same, tournament.as_of(Moment::Start));
    }

    #[test]
    fn groups_that_do_not_fit_are_refused() {
        let tournament = cup(&[vec!["a", "b"], vec!["c", "d"]], Vec::new());
        let clubs = |ids: &[u16]| ids.iter().copied().map(ClubId).collect::<Vec<_>>();
        let message =
            |groups: &[Vec<ClubId>]| tournament.with_groups(groups).unwrap_err().to_string();
        assert_eq!(
            message(&[clubs(&[0, 2])]),
            "1 groups were given for a tournament of 2; give one list of clubs a group"
        );
        assert_eq!(
            message(&[clubs(&[0]), clubs(&[1, 2, 3])]),
            "group 1 was given 1 clubs instead of 2; keep its size"
        );
        assert_eq!(
            message(&[clubs(&[0, 2]), clubs(&[0, 3])]),
            "Club 0 (C0) is in 2 of the given groups; put it into exactly one"
        );
    }
}
