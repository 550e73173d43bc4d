//! Reads the schedule of a tournament: group matches, which all have to be there, and knockout legs.

use super::clubs::Clubs;
use super::entry::Entry;
use super::groups::Groups;
use super::rounds::Rounds;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Located, Span};
use crate::ids::{ClubId, GroupId};
use crate::tournament::GroupFixture;
use jiff::civil::{Date, date};

const KEYS: [&str; 11] = [
    "group",
    "matchday",
    "tie",
    "leg",
    "date",
    "home",
    "away",
    "score",
    "after_extra_time",
    "penalties",
    "awarded",
];

/// The matches of a group of three: home and away club by position, and the matchday.
const DOUBLE_ROUND_ROBIN: [(usize, usize, u8); 6] = [
    (0, 1, 1),
    (2, 0, 2),
    (1, 2, 3),
    (1, 0, 4),
    (0, 2, 5),
    (2, 1, 6),
];

/// The schedule of a file: group matches, lines of knockout legs, and lots.
pub(super) struct Schedule<'a> {
    /// The group matches; indexed by `FixtureId`.
    pub(super) fixtures: Vec<GroupFixture>,
    /// Where each group match stands.
    pub(super) places: Vec<Span>,
    /// The lines of knockout legs.
    pub(super) legs: Vec<Entry<'a>>,
    /// The clubs between which lots were drawn, in the order that came out.
    pub(super) lots: Vec<ClubId>,
    /// Whether every line that could be a group match could be read.
    pub(super) sound: bool,
    /// Every pair of clubs with a line, home club first, whatever else is wrong with the line.
    pairs: Vec<(ClubId, ClubId)>,
    /// Whether some line of a group may be another match than it says; indexed by [`GroupId`].
    doubtful: Vec<bool>,
}

/// What the lines of a schedule refer to.
pub(super) struct Context<'a> {
    /// The clubs.
    pub(super) clubs: &'a Clubs,
    /// The groups.
    pub(super) groups: &'a Groups,
    /// The rounds.
    pub(super) rounds: &'a Rounds,
    /// Whether the groups are stand-ins, still to be drawn.
    pub(super) pending: bool,
    /// The day of the draw, where it is known.
    pub(super) draw_date: Option<Date>,
    /// Where mistakes go.
    pub(super) problems: &'a Problems,
}

impl<'a> Schedule<'a> {
    /// Reads `[schedule]`.
    pub(super) fn read(document: &Table<'a>, context: &Context<'_>) -> Self {
        let mut schedule = Self {
            fixtures: Vec::new(),
            places: Vec::new(),
            legs: Vec::new(),
            lots: Vec::new(),
            sound: true,
            pairs: Vec::new(),
            doubtful: vec![false; context.groups.list.len()],
        };
        let problems = context.problems;
        if context.pending {
            schedule.stand_in(document, context);
        }
        let Some(table) = document.table("schedule", "[schedule]", &["matches", "lots"]) else {
            if !document.has("schedule") && !context.pending {
                problems.add(
                    Diagnostic::error(document.span(), "there is no schedule")
                        .label("no `[schedule]` in this file")
                        .help(
                            "add `[schedule]` with `matches = [...]`, every group match among them",
                        ),
                );
            }
            return schedule;
        };
        if !table.has("matches") {
            table.required::<String>("matches", "`matches = [...]`, every group match among them");
            return schedule;
        }
        let before = problems.count();
        for entry in Entry::read_all(&table, &KEYS, context.clubs, problems) {
            schedule.sound &= entry.sound;
            if entry.has("tie") && !entry.has("group") {
                schedule.legs.push(entry);
            } else if context.pending && !schedule.sound {
                // Said once: of the first group match.
            } else if context.pending {
                schedule.sound = false;
                problems.add(
                    Diagnostic::error(entry.span(), "a group match before there are groups")
                        .label("no `[[group]]` in this file")
                        .help(
                            "add the groups once they are drawn; until then list no group matches",
                        ),
                );
            } else {
                schedule.add_group_match(&entry, context);
            }
        }
        schedule.sound = schedule.sound && problems.count() == before;
        if context.groups.sound {
            schedule.check_complete(context);
        }
        schedule.read_lots(&table, context);
        schedule
    }

    /// A double round robin of every stand-in group, in the order of the pots, on the day of the draw (or 1 January 2000): no
    /// forecast depends on dates.
    fn stand_in(&mut self, document: &Table<'_>, context: &Context<'_>) {
        let day = context.draw_date.unwrap_or(date(2000, 1, 1));
        for (index, group) in context.groups.list.iter().enumerate() {
            for (home, away, matchday) in DOUBLE_ROUND_ROBIN {
                self.fixtures.push(GroupFixture {
                    group: GroupId::new(index),
                    matchday,
                    date: day,
                    home: group.clubs[home],
                    away: group.clubs[away],
                    result: None,
                    awarded: false,
                });
                self.places.push(document.span());
            }
        }
    }

    fn add_group_match(&mut self, entry: &Entry<'_>, context: &Context<'_>) {
        let problems = context.problems;
        let before = problems.count();
        entry.refuse(
            &["after_extra_time", "penalties"],
            "a group match ends after 90 minutes",
            "drop it: group matches have no extra time and no shoot-out",
            problems,
        );
        let group = group_of_entry(entry, context);
        if entry.has("group") {
            entry.require(&["matchday", "home", "away"], "a group match", problems);
        }
        let Some(group) = group else {
            self.doubtful.fill(true);
            return;
        };
        let (Some(home), Some(away)) = (&entry.home, &entry.away) else {
            self.doubtful[group.index()] = true;
            return;
        };
        self.note_pair(group, home.value, away.value, context);
        let (Some(matchday), Some(date)) = (&entry.matchday, &entry.date) else {
            return;
        };
        if context.draw_date.is_some_and(|draw| date.value < draw) {
            problems.add(
                Diagnostic::error(date.span.clone(), "this is before the draw")
                    .label("no match can have been played yet")
                    .help("correct this date, or that of `[draw]`"),
            );
        }
        for club in [home, away] {
            check_membership(club, group, context);
        }
        if problems.count() > before || !entry.sound {
            return;
        }
        let fixture = GroupFixture {
            group,
            matchday: matchday.value,
            date: date.value,
            home: home.value,
            away: away.value,
            result: entry.score.as_ref().map(|score| score.value),
            awarded: entry.awarded,
        };
        self.check_against_earlier(&fixture, entry, context);
        self.fixtures.push(fixture);
        self.places.push(entry.span());
    }

    /// Notes that two clubs have a line; if it is wrong there, or repeats another, it may be meant for other clubs.
    fn note_pair(&mut self, group: GroupId, home: ClubId, away: ClubId, context: &Context<'_>) {
        let own = [home, away].map(|club| context.groups.of(club));
        let misplaced = own.iter().any(|own| *own != Some(group));
        if misplaced || home == away || self.pairs.contains(&(home, away)) {
            for doubtful in own.into_iter().flatten().chain([group]) {
                self.doubtful[doubtful.index()] = true;
            }
        }
        self.pairs.push((home, away));
    }

    /// A fixture once only, and a club once only a matchday and a day.
    fn check_against_earlier(
        &self,
        fixture: &GroupFixture,
        entry: &Entry<'_>,
        context: &Context<'_>,
    ) {
        let code = |id| context.clubs.code(id);
        let clubs = [fixture.home, fixture.away];
        for (earlier, place) in self.fixtures.iter().zip(&self.places) {
            if (earlier.home, earlier.away) == (fixture.home, fixture.away) {
                context.problems.add(
                    Diagnostic::error(
                        entry.span(),
                        format!(
                            "{} at home to {} is there twice",
                            code(fixture.home),
                            code(fixture.away)
                        ),
                    )
                    .label("a second time")
                    .related(place.clone(), "the first time")
                    .help(
                        "each club is at home to each other once: drop one, or swap home and away",
                    ),
                );
                return;
            }
            let both = clubs
                .iter()
                .find(|club| [earlier.home, earlier.away].contains(club));
            let Some(club) = both else { continue };
            if earlier.matchday == fixture.matchday {
                context.problems.add(
                    Diagnostic::error(
                        entry.span(),
                        format!("{} plays twice on matchday {}", code(*club), fixture.matchday),
                    )
                    .related(place.clone(), "the other match")
                    .help("correct one of the matchdays; a postponed match keeps the matchday it was meant for"),
                );
            } else if earlier.date == fixture.date {
                context.problems.add(
                    Diagnostic::warning(
                        entry.span(),
                        format!("{} plays twice on {}", code(*club), fixture.date),
                    )
                    .related(place.clone(), "the other match")
                    .help("check the two dates"),
                );
            }
        }
    }

    /// Every club of a group is at home to every other: names the matches that are not there, in groups all of
    /// whose lines are the matches they say.
    fn check_complete(&self, context: &Context<'_>) {
        let groups = (0..context.groups.list.len()).map(GroupId::new);
        for id in groups.filter(|id| !self.doubtful[id.index()]) {
            let clubs = &context.groups.list[id.index()].clubs;
            let pairs = clubs
                .iter()
                .flat_map(|home| clubs.iter().map(move |away| (*home, *away)));
            let missing: Vec<String> = pairs
                .filter(|(home, away)| home != away)
                .filter(|pair| !self.pairs.contains(pair))
                .map(|(home, away)| {
                    format!("{}-{}", context.clubs.code(home), context.clubs.code(away))
                })
                .collect();
            if !missing.is_empty() {
                let all = clubs.len() * clubs.len().saturating_sub(1);
                context.problems.add(
                    Diagnostic::error(
                        context.groups.places[id.index()].clone(),
                        format!("group `{}` lacks {} of its {all} matches", context.groups.name(id), missing.len()),
                    )
                    .label(format!("missing: {}", missing.join(", ")))
                    .help("list every match in `[schedule]`; one that is not played yet has no `score`"),
                );
            }
        }
    }

    fn read_lots(&mut self, table: &Table<'_>, context: &Context<'_>) {
        let written = table.list::<String>("lots");
        for code in &written {
            let Some(club) = context.clubs.find(code, context.problems) else {
                continue;
            };
            if self.lots.contains(&club) {
                context.problems.add(
                    Diagnostic::error(
                        code.span.clone(),
                        format!("`{}` is in `lots` already", code.value),
                    )
                    .help("name each club once, the luckiest first"),
                );
            }
            self.lots.push(club);
        }
        let open = self
            .fixtures
            .iter()
            .filter(|fixture| fixture.result.is_none())
            .count();
        if !written.is_empty() && open > 0 {
            context.problems.add(
                Diagnostic::warning(table.place_of("lots"), "these lots do not count yet")
                    .label(without_score(open))
                    .help("lots are drawn when the groups are over; until then, every order is possible"),
            );
        }
    }
}

/// The group a line belongs to.
fn group_of_entry(entry: &Entry<'_>, context: &Context<'_>) -> Option<GroupId> {
    let problems = context.problems;
    if entry.has("group") {
        let help =
            "drop `tie` and `leg` in a group match, `group` and `matchday` in a knockout match";
        let why = "a match is of a group or of a tie, not of both";
        entry.refuse(&["tie", "leg"], why, help, problems);
    } else if !entry.has("tie") {
        problems.add(
            Diagnostic::error(entry.span(), "this match has neither a group nor a tie")
                .help("add `group = \"...\", matchday = N` or `tie = \"...\", leg = N`"),
        );
    }
    let name = entry.group.as_ref()?;
    let groups = &context.groups.list;
    let found = groups.iter().position(|group| group.name == name.value);
    if found.is_none() {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        problems.add(
            Diagnostic::error(
                name.span.clone(),
                format!("there is no group `{}`", name.value),
            )
            .label("unknown group")
            .help(format!("the groups are {}", names.join(", "))),
        );
    }
    found.map(GroupId::new)
}

/// How many group matches are open, in words.
pub(super) fn without_score(open: usize) -> String {
    match open {
        1 => "1 group match has no score".to_owned(),
        _ => format!("{open} group matches have no score"),
    }
}

/// A club of a group match has to be in the group.
fn check_membership(club: &Located<ClubId>, group: GroupId, context: &Context<'_>) {
    let code = context.clubs.code(club.value);
    let name = context.groups.name(group);
    match context.groups.of(club.value) {
        Some(own) if own != group => {
            let own = context.groups.name(own);
            context.problems.add(
                Diagnostic::error(
                    club.span.clone(),
                    format!("`{code}` plays in group `{own}`, not in group `{name}`"),
                )
                .help("correct the code or the group of this match"),
            );
        }
        _ => {}
    }
}
