//! Puts the results of knockout legs into the bracket, and checks that they can have happened like that.

use super::entry::Entry;
use super::schedule::{Context, Schedule, without_score};
use super::tie_end;
use super::walk::Problems;
use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::tournament::{Bracket, GroupFixture, Leg, PlayedLeg, Side, Tie};
use jiff::civil::Date;

/// The lines of one tie, by leg.
pub(super) type Lines<'e, 'a> = Vec<Option<&'e Entry<'a>>>;

/// The bracket with all dates and results, and where the line of each leg stands.
pub(super) fn fill(
    schedule: &Schedule<'_>,
    context: &Context<'_>,
) -> (Bracket, Vec<Vec<Option<Span>>>) {
    let mut bracket = context.rounds.bracket.clone();
    let before = context.problems.count();
    let lines = sort(&schedule.legs, &bracket, context);
    for (tie, lines) in bracket.ties.iter_mut().zip(&lines) {
        tie.legs = lines.iter().map(|line| leg_of(*line)).collect();
    }
    // A line that could not be read may be any earlier result, so that none can be called missing.
    let all_read = schedule.sound
        && context.problems.count() == before
        && schedule.legs.iter().all(|line| line.sound);
    let groups = GroupsEnd::of(&schedule.fixtures);
    for (tie, lines) in bracket.ties.iter().zip(&lines) {
        if !context.rounds.sound || lines.iter().flatten().any(|line| !line.sound) {
            continue;
        }
        if all_read {
            check_known(tie, &bracket, lines, &groups, context);
        }
        check_dates(tie, &bracket, lines, &groups, context);
        tie_end::check(tie, bracket.round(tie.round), lines, context);
    }
    let places = lines
        .iter()
        .map(|legs| legs.iter().map(|line| line.map(Entry::span)).collect());
    (bracket, places.collect())
}

/// Finds the place of each line: for each tie, the line of each leg.
fn sort<'e, 'a>(
    entries: &'e [Entry<'a>],
    bracket: &Bracket,
    context: &Context<'_>,
) -> Vec<Lines<'e, 'a>> {
    let problems = context.problems;
    let mut lines: Vec<Lines<'e, 'a>> = bracket
        .ties
        .iter()
        .map(|tie| vec![None; tie.legs.len()])
        .collect();
    for entry in entries {
        check_keys(entry, problems);
        let Some(name) = &entry.tie else { continue };
        let Some(tie) = context.rounds.find(&name.value) else {
            if context.rounds.sound {
                unknown_tie(name, bracket, context);
            }
            continue;
        };
        let Some(leg) = &entry.leg else { continue };
        let legs = &mut lines[tie.index()];
        let Some(slot) = usize::from(leg.value)
            .checked_sub(1)
            .and_then(|index| legs.get_mut(index))
        else {
            let last = legs.len();
            problems.add(
                Diagnostic::error(
                    leg.span.clone(),
                    format!("tie `{}` has no leg {}", name.value, leg.value),
                )
                .help(if last == 1 {
                    "its only leg is 1"
                } else {
                    "its legs are 1 and 2"
                }),
            );
            continue;
        };
        if let Some(first) = slot {
            problems.add(
                Diagnostic::error(
                    entry.span(),
                    format!("leg {} of `{}` is there twice", leg.value, name.value),
                )
                .label("a second time")
                .related(first.span(), "the first time")
                .help("drop one, or correct its `tie` or `leg`"),
            );
        } else {
            *slot = Some(entry);
        }
    }
    lines
}

/// The keys a knockout line has to have and those that mean nothing in it.
fn check_keys(entry: &Entry<'_>, problems: &Problems) {
    entry.refuse(
        &["matchday"],
        "a knockout match has no matchday",
        "drop it; `leg` says which it is",
        problems,
    );
    entry.require(&["leg"], "a knockout match", problems);
    if entry.has("score") {
        entry.require(&["home", "away"], "a knockout match with a score", problems);
    } else {
        let why = "who plays in a tie follows from the results before it";
        let help = "add the `score`, or drop `home` and `away` as long as it is not played";
        entry.refuse(&["home", "away"], why, help, problems);
    }
}

fn unknown_tie(name: &Located<String>, bracket: &Bracket, context: &Context<'_>) {
    let names: Vec<&str> = bracket.ties.iter().map(|tie| tie.name.as_str()).collect();
    let help = match nearest(&name.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the ties are {}", names.join(", ")),
    };
    context.problems.add(
        Diagnostic::error(
            name.span.clone(),
            format!("there is no tie `{}`", name.value),
        )
        .label("unknown tie")
        .help(help),
    );
}

fn leg_of(line: Option<&Entry<'_>>) -> Leg {
    let played = line.and_then(|line| {
        Some(PlayedLeg {
            home: line.home.as_ref()?.value,
            away: line.away.as_ref()?.value,
            score: line.full_score()?,
            awarded: line.awarded,
        })
    });
    Leg {
        date: line
            .and_then(|line| line.date.as_ref())
            .map(|date| date.value),
        played,
    }
}

/// How far the group stage has come.
struct GroupsEnd {
    /// How many matches have no result.
    open: usize,
    /// The day of the last match.
    last: Option<Date>,
}

impl GroupsEnd {
    fn of(fixtures: &[GroupFixture]) -> Self {
        Self {
            open: fixtures
                .iter()
                .filter(|fixture| fixture.result.is_none())
                .count(),
            last: fixtures.iter().map(|fixture| fixture.date).max(),
        }
    }
}

/// A result needs everything that decides who plays in the match.
fn check_known(
    tie: &Tie,
    bracket: &Bracket,
    lines: &Lines<'_, '_>,
    groups: &GroupsEnd,
    context: &Context<'_>,
) {
    for (index, line) in lines.iter().enumerate() {
        let score = line.and_then(|line| line.score.as_ref());
        let missing = missing_result(tie, index, bracket, groups);
        if let (Some(score), Some(missing)) = (score, missing) {
            context.problems.add(
                Diagnostic::error(
                    score.span.clone(),
                    format!("this result of `{}` cannot exist yet", tie.name),
                )
                .label(missing)
                .help("add the earlier results, or drop this one"),
            );
        }
    }
}

/// A leg is played after everything that decides who plays in it.
fn check_dates(
    tie: &Tie,
    bracket: &Bracket,
    lines: &Lines<'_, '_>,
    groups: &GroupsEnd,
    context: &Context<'_>,
) {
    for (index, line) in lines.iter().enumerate() {
        let Some(date) = line.and_then(|line| line.date.as_ref()) else {
            continue;
        };
        let earlier = latest_before(tie, index, bracket, groups);
        if let Some((day, what)) = earlier.filter(|(day, _)| date.value <= *day) {
            context.problems.add(
                Diagnostic::error(
                    date.span.clone(),
                    format!("leg {} of `{}` comes too early", index + 1, tie.name),
                )
                .label(format!("{what} is on {day}"))
                .help("correct one of the two dates"),
            );
        }
    }
}

/// What has to be known before a leg of a tie can have a result, and is not.
fn missing_result(tie: &Tie, leg: usize, bracket: &Bracket, groups: &GroupsEnd) -> Option<String> {
    if groups.open > 0 {
        return Some(without_score(groups.open));
    }
    if leg > 0 && tie.legs[leg - 1].played.is_none() {
        return Some(format!("leg {leg} has no score"));
    }
    let feeders = tie.sides.iter().filter_map(|side| match side {
        Side::Winner(feeder) => Some(bracket.tie(*feeder)),
        Side::Seed(_) => None,
    });
    let mut open =
        feeders.filter(|feeder| feeder.legs.last().is_none_or(|last| last.played.is_none()));
    open.next()
        .map(|feeder| format!("tie `{}` is not over", feeder.name))
}

/// The latest day known on which something is played that a leg has to wait for.
fn latest_before(
    tie: &Tie,
    leg: usize,
    bracket: &Bracket,
    groups: &GroupsEnd,
) -> Option<(Date, String)> {
    if leg > 0 {
        let date = tie.legs[leg - 1].date?;
        return Some((date, format!("leg {leg}")));
    }
    let feeders = tie.sides.iter().filter_map(|side| match side {
        Side::Winner(feeder) => {
            let feeder = bracket.tie(*feeder);
            let date = feeder.legs.iter().filter_map(|leg| leg.date).max()?;
            Some((date, format!("tie `{}`", feeder.name)))
        }
        Side::Seed(_) => None,
    });
    let last = groups
        .last
        .map(|date| (date, "the last group match".to_owned()));
    feeders.chain(last).max_by_key(|(date, _)| *date)
}
