//! Reads the groups, and checks that every club is in one of them and that the draw allows them.

use super::clubs::{Clubs, check_name};
use super::planned;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, Span};
use crate::ids::{ClubId, GroupId};
use crate::tournament::{DrawConstraint, DrawRules, Group};

/// The size of a group that can be played now.
pub(super) const GROUP_SIZE: usize = 3;

/// The groups of a file and where each stands.
pub(super) struct Groups {
    /// The groups; indexed by [`GroupId`].
    pub(super) list: Vec<Group>,
    /// Where the name of each stands.
    pub(super) places: Vec<Span>,
    /// Whether every club of every group is known, so that nothing follows from a mistake made here.
    pub(super) sound: bool,
}

impl Groups {
    /// No groups, from which nothing follows.
    pub(super) fn none() -> Self {
        Self {
            list: Vec::new(),
            places: Vec::new(),
            sound: false,
        }
    }

    /// Reads the `[[group]]` tables of a document.
    pub(super) fn read(document: &Table<'_>, clubs: &Clubs, problems: &Problems) -> Self {
        let before = problems.count();
        let mut groups = Self {
            list: Vec::new(),
            places: Vec::new(),
            sound: true,
        };
        let mut seats: Vec<Option<Span>> = vec![None; clubs.list.len()];
        for table in document.tables("group", "a group", &["name", "clubs"]) {
            groups.read_one(&table, clubs, &mut seats, problems);
        }
        if groups.list.is_empty() && !document.has("group") {
            problems.add(
                Diagnostic::error(document.span(), "there are no groups")
                    .label("no `[[group]]` in this file")
                    .help("add a `[[group]]` with `name` and `clubs` for each group, or `[draw]` with the pots they are still \
                           to be drawn from"),
            );
        }
        // A club that is named wrongly in a group would also be in no group: say it once.
        if problems.count() == before && clubs.codes_sound {
            for (club, seat) in seats.iter().enumerate() {
                if seat.is_none() {
                    let code = &clubs.list[club].code;
                    problems.add(
                        Diagnostic::error(
                            clubs.places[club].clone(),
                            format!("`{code}` is in no group"),
                        )
                        .help(format!(
                            "add \"{code}\" to the `clubs` of its group, or drop the club"
                        )),
                    );
                }
            }
        }
        groups.sound = problems.count() == before && clubs.codes_sound;
        groups
    }

    /// The groups of a draw that is still to be held: the first club of each pot, the second of each, and so on. The pots
    /// have to be sound ([`check_pots`]).
    pub(super) fn stand_in(draw: &Located<DrawRules>, clubs: &Clubs, problems: &Problems) -> Self {
        let before = problems.count();
        let pots = &draw.value.pots;
        let of_pot = |pot: &String| -> Vec<ClubId> {
            let ids = (0..clubs.list.len()).map(ClubId::new);
            ids.filter(|id| clubs.list[id.index()].pot.as_ref() == Some(pot))
                .collect()
        };
        let pots: Vec<Vec<ClubId>> = pots.iter().map(of_pot).collect();
        let groups = pots.iter().map(Vec::len).min().unwrap_or(0);
        let uneven = pots.iter().any(|pot| pot.len() != groups);
        if pots.len() != GROUP_SIZE || uneven || groups == 0 {
            problems.add(
                Diagnostic::error(draw.span.clone(), "these pots make no groups")
                    .label(format!(
                        "a group of {GROUP_SIZE} clubs takes one of each of {GROUP_SIZE} pots"
                    ))
                    .help(
                        "give every pot the same number of clubs: one for each group to be drawn",
                    ),
            );
        }
        let list = (0..groups).map(|index| Group {
            name: (index + 1).to_string(),
            clubs: pots.iter().map(|pot| pot[index]).collect(),
        });
        Self {
            list: list.collect(),
            places: vec![draw.span.clone(); groups],
            sound: problems.count() == before && clubs.codes_sound,
        }
    }

    fn read_one(
        &mut self,
        table: &Table<'_>,
        clubs: &Clubs,
        seats: &mut [Option<Span>],
        problems: &Problems,
    ) {
        let name = table.required::<String>("name", "the group's name, such as `name = \"1\"`");
        if let Some(name) = &name {
            check_name(name, problems);
            if let Some(first) = self.list.iter().position(|group| group.name == name.value) {
                problems.add(
                    Diagnostic::error(
                        name.span.clone(),
                        format!("group `{}` is there twice", name.value),
                    )
                    .related(self.places[first].clone(), "first named here")
                    .help("give each group a name of its own"),
                );
            }
        }
        let members = read_members(table, clubs, seats, problems);
        self.places.push(
            name.as_ref()
                .map_or_else(|| table.span(), |name| name.span.clone()),
        );
        self.list.push(Group {
            name: name.map(|name| name.value).unwrap_or_default(),
            clubs: members,
        });
    }

    /// The group a club is in.
    pub(super) fn of(&self, club: ClubId) -> Option<GroupId> {
        let index = self
            .list
            .iter()
            .position(|group| group.clubs.contains(&club));
        index.map(GroupId::new)
    }

    /// The name of a group.
    pub(super) fn name(&self, id: GroupId) -> &str {
        &self.list[id.index()].name
    }
}

/// Reads the clubs of a group; `seats` remembers for each club where a group named it first.
fn read_members(
    table: &Table<'_>,
    clubs: &Clubs,
    seats: &mut [Option<Span>],
    problems: &Problems,
) -> Vec<ClubId> {
    let before = problems.count();
    let written = table.required_list::<String>(
        "clubs",
        "the codes, such as `clubs = [\"COM\", \"TOL\", \"CAL\"]`",
    );
    let mut members: Vec<ClubId> = Vec::new();
    for code in &written {
        if planned::refuse_club(&code.value, code.span.clone(), problems) {
            continue;
        }
        let Some(club) = clubs.find(code, problems) else {
            continue;
        };
        let seat = &mut seats[club.index()];
        if let Some(first) = seat {
            let place = if members.contains(&club) {
                "this group"
            } else {
                "a group"
            };
            problems.add(
                Diagnostic::error(
                    code.span.clone(),
                    format!("`{}` is in {place} already", code.value),
                )
                .label("a second time")
                .related(first.clone(), "first put here")
                .help("each club plays in one group: drop one of the two"),
            );
        } else {
            *seat = Some(code.span.clone());
            members.push(club);
        }
    }
    if problems.count() == before && clubs.codes_sound && members.len() != GROUP_SIZE {
        problems.add(
            Diagnostic::error(
                table.place_of("clubs"),
                format!("a group of {} is not supported yet", members.len()),
            )
            .help(format!(
                "only groups of {GROUP_SIZE} clubs are supported now"
            )),
        );
    }
    members
}

/// Checks that every club is in one of the pots. Says whether they all are.
pub(super) fn check_pots(draw: &DrawRules, clubs: &Clubs, problems: &Problems) -> bool {
    let pots = &draw.pots;
    let before = problems.count();
    for (index, club) in clubs.list.iter().enumerate() {
        match (&club.pot, &clubs.pots[index]) {
            (Some(pot), Some(place)) if !pots.contains(pot) => problems.add(
                Diagnostic::error(place.clone(), format!("there is no pot `{pot}`"))
                    .help(format!("the pots of `[draw]` are {}", pots.join(", "))),
            ),
            (None, _) => problems.add(
                Diagnostic::error(
                    clubs.places[index].clone(),
                    format!("`{}` has no pot", club.code),
                )
                .help(format!(
                    "the groups were drawn from pots: add `pot = \"...\"`, one of {}",
                    pots.join(", ")
                )),
            ),
            _ => {}
        }
    }
    problems.count() == before
}

/// Checks groups against the rules of the draw.
pub(super) fn check_draw(
    draw: &Located<DrawRules>,
    clubs: &Clubs,
    groups: &Groups,
    problems: &Problems,
) {
    let pots = &draw.value.pots;
    let before = problems.count();
    if !groups.sound {
        return;
    }
    for pot in pots {
        let members = clubs
            .list
            .iter()
            .filter(|club| club.pot.as_ref() == Some(pot))
            .count();
        if members != groups.list.len() {
            problems.add(
                Diagnostic::error(
                    draw.span.clone(),
                    format!(
                        "pot `{pot}` has {members} clubs for {} groups",
                        groups.list.len()
                    ),
                )
                .help("each pot holds one club for each group: correct the `pot` of the clubs"),
            );
        }
    }
    if problems.count() == before {
        for (group, place) in groups.list.iter().zip(&groups.places) {
            if let Some(reason) = draw_breach(&draw.value, group, clubs) {
                problems.add(
                    Diagnostic::error(place.clone(), format!("the draw does not allow group `{}`", group.name))
                        .label(reason)
                        .help("correct the group, the clubs' pots and associations, or the constraints of `[draw]`"),
                );
            }
        }
    }
}

/// Why the rules of the draw do not allow a group; `None` if they do.
fn draw_breach(draw: &DrawRules, group: &Group, clubs: &Clubs) -> Option<String> {
    let members = || group.clubs.iter().map(|id| (*id, &clubs.list[id.index()]));
    for pot in &draw.pots {
        let count = members()
            .filter(|(_, club)| club.pot.as_ref() == Some(pot))
            .count();
        if count != 1 {
            return Some(format!("{count} clubs of pot {pot}"));
        }
    }
    draw.constraints
        .iter()
        .find_map(|constraint| match constraint {
            DrawConstraint::ApartByAssociation { exempt } => {
                let bound: Vec<&str> = members()
                    .filter(|(id, _)| !exempt.contains(id))
                    .map(|(_, club)| club.association.as_str())
                    .collect();
                let shared = bound
                    .iter()
                    .enumerate()
                    .find(|(index, name)| bound[..*index].contains(name));
                shared.map(|(_, name)| format!("two clubs of {name}"))
            }
            DrawConstraint::ExactlyOneOf { associations } => {
                let count = members()
                    .filter(|(_, club)| associations.contains(&club.association))
                    .count();
                (count != 1).then(|| format!("{count} clubs of {}", associations.join(" and ")))
            }
        })
}
