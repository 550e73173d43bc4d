//! What a valid group is, as conditions on the number of its clubs from a given set.

use crate::ids::ClubId;
use crate::tournament::{DrawConstraint, DrawRules, Tournament, either};

/// One condition that every group has to satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Requirement {
    limit: Limit,
    /// The clubs it counts.
    clubs: Vec<ClubId>,
}

/// How many of the counted clubs a group may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Limit {
    /// At most one, as they are all of this association.
    AtMostOne { association: String },
    /// Exactly one, of these associations together.
    ExactlyOne { associations: Vec<String> },
}

/// The requirements of a draw. "Apart by association" becomes one for each association that has at
/// least two clubs to keep apart, so that a conflict can name the association.
pub(super) fn all(tournament: &Tournament, rules: &DrawRules) -> Vec<Requirement> {
    let clubs_where = |wanted: &dyn Fn(ClubId) -> bool| -> Vec<ClubId> {
        tournament.club_ids().filter(|club| wanted(*club)).collect()
    };
    let association = |club: ClubId| &tournament.club(club).association;
    let mut requirements = Vec::new();
    for constraint in &rules.constraints {
        match constraint {
            DrawConstraint::ApartByAssociation { exempt } => {
                let mut names: Vec<&String> = tournament.club_ids().map(association).collect();
                names.sort();
                names.dedup();
                requirements.extend(names.into_iter().filter_map(|name| {
                    let clubs =
                        clubs_where(&|club| association(club) == name && !exempt.contains(&club));
                    let association = name.clone();
                    (clubs.len() > 1).then_some(Requirement {
                        limit: Limit::AtMostOne { association },
                        clubs,
                    })
                }));
            }
            DrawConstraint::ExactlyOneOf { associations } => requirements.push(Requirement {
                limit: Limit::ExactlyOne {
                    associations: associations.clone(),
                },
                clubs: clubs_where(&|club| associations.contains(association(club))),
            }),
        }
    }
    requirements
}

impl Requirement {
    /// Whether a whole group satisfies it.
    pub(super) fn holds(&self, group: &[ClubId]) -> bool {
        let counted = group.iter().filter(|club| self.clubs.contains(club));
        match self.limit {
            Limit::AtMostOne { .. } => counted.count() <= 1,
            Limit::ExactlyOne { .. } => counted.count() == 1,
        }
    }

    /// The requirement and the clubs it counts, as a reason why no draw is possible.
    pub(super) fn reason(&self, tournament: &Tournament) -> String {
        let (count, groups) = (self.clubs.len(), tournament.groups.len());
        let clubs = names(tournament, &self.clubs);
        let clubs = if clubs.is_empty() { "none" } else { &clubs };
        match &self.limit {
            Limit::AtMostOne { association } => format!(
                "the {count} clubs of {association} have to be in different groups, of which there are {groups} ({clubs})"
            ),
            Limit::ExactlyOne { associations } => format!(
                "each of the {groups} groups has to hold exactly one of the {count} clubs of {} ({clubs})",
                either(associations)
            ),
        }
    }

    /// How a group breaks it.
    pub(super) fn breach(&self, tournament: &Tournament, group: &[ClubId]) -> String {
        let counted = group.iter().filter(|club| self.clubs.contains(club));
        let clubs: Vec<ClubId> = counted.copied().collect();
        match &self.limit {
            Limit::AtMostOne { association } => {
                format!("{} are all of {association}", names(tournament, &clubs))
            }
            Limit::ExactlyOne { associations } if clubs.is_empty() => {
                format!("no club is of {}", either(associations))
            }
            Limit::ExactlyOne { associations } => format!(
                "more than one club is of {}: {}",
                either(associations),
                names(tournament, &clubs)
            ),
        }
    }
}

fn names(tournament: &Tournament, clubs: &[ClubId]) -> String {
    let names = clubs.iter().map(|club| tournament.name_and_code(*club));
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{apart, cup, exactly_one_of};
    use super::super::{DrawError, Drawing};
    use super::*;

    #[test]
    fn violations_are_named() {
        let pots = [vec!["mex", "crc"], vec!["usa", "crc"]];
        let tournament = cup(&pots, vec![apart(&[]), exactly_one_of(&["mex", "usa"])]);
        let drawing = Drawing::new(&tournament).unwrap();
        let clubs = |ids: [u16; 2]| ids.map(ClubId).to_vec();
        assert_eq!(
            drawing.violations(&tournament, &[clubs([0, 2]), clubs([1, 3])]),
            [
                "group 1: more than one club is of mex or usa: Club 0 (C0), Club 2 (C2)",
                "group 2: Club 1 (C1), Club 3 (C3) are all of crc",
                "group 2: no club is of mex or usa",
            ]
        );
        assert_eq!(
            drawing.violations(&tournament, &[clubs([0, 1])]),
            [
                "there are 1 groups instead of 2",
                "group 1 has 2 clubs of pot 1 instead of one",
                "group 1 has 0 clubs of pot 2 instead of one",
            ]
        );
    }

    #[test]
    fn impossible_draws_say_which_constraint_and_which_clubs() {
        // Three Mexican or American clubs for two groups.
        let pots = [vec!["mex", "usa"], vec!["mex", "crc"]];
        let error = Drawing::new(&cup(
            &pots,
            vec![apart(&[]), exactly_one_of(&["mex", "usa"])],
        ));
        assert_eq!(
            error.unwrap_err().to_string(),
            "the draw of tiny is impossible: each of the 2 groups has to hold exactly one of the 3 clubs of \
             mex or usa (Club 0 (C0), Club 1 (C1), Club 2 (C2)); exempt a club, move a club to another pot, or \
             leave a constraint out"
        );
        // A pot with all its clubs from one association, and one more outside.
        let pots = [vec!["mex", "mex"], vec!["mex", "crc"]];
        let error = Drawing::new(&cup(&pots, vec![apart(&[])]));
        assert_eq!(
            error.unwrap_err().to_string(),
            "the draw of tiny is impossible: the 3 clubs of mex have to be in different groups, of which \
             there are 2 (Club 0 (C0), Club 1 (C1), Club 2 (C2)); exempt a club, move a club to another pot, or \
             leave a constraint out"
        );
    }

    #[test]
    fn a_conflict_of_several_constraints_names_them_all_and_no_other() {
        // One club of x or y a group puts y beside p and x beside q; one of x or q a group forbids just that. Keeping
        // the two z apart, which is no trouble in one pot, has no part in it.
        let pots = [vec!["p", "x"], vec!["q", "y"], vec!["z", "z"]];
        let constraints = vec![
            apart(&[]),
            exactly_one_of(&["x", "y"]),
            exactly_one_of(&["x", "q"]),
        ];
        let error = Drawing::new(&cup(&pots, constraints)).unwrap_err();
        let DrawError::Impossible { reasons, .. } = error else {
            panic!("the draw is impossible, not {error}");
        };
        assert_eq!(
            reasons,
            [
                "each of the 2 groups has to hold exactly one of the 2 clubs of x or y (Club 1 (C1), Club 3 (C3))",
                "each of the 2 groups has to hold exactly one of the 2 clubs of x or q (Club 1 (C1), Club 2 (C2))",
            ]
        );
    }

    #[test]
    fn pots_of_the_wrong_size_and_clubs_without_a_pot_are_refused() {
        let mut tournament = cup(&[vec!["a", "b"], vec!["c", "d"]], Vec::new());
        tournament.clubs[3].pot = Some("1".to_owned());
        assert_eq!(
            Drawing::new(&tournament).unwrap_err().to_string(),
            "the draw of tiny: pot 1 holds 3 clubs for 2 groups; a pot needs one club for each group"
        );
        tournament.clubs[3].pot = None;
        assert_eq!(
            Drawing::new(&tournament).unwrap_err().to_string(),
            "the draw of tiny: Club 3 (C3) is in none of the pots (1, 2); give it one of them"
        );
        tournament.draw = None;
        assert_eq!(
            Drawing::new(&tournament).unwrap_err().to_string(),
            "tiny has no draw rules; add a [draw] section with pots and constraints"
        );
    }
}
