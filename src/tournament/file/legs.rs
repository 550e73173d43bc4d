//! Puts the results of knockout legs into the bracket, and checks that they can have happened like that.

use super::entry::Entry;
use super::schedule::{Context, Schedule};
use crate::diagnostic::{Diagnostic, Located, Span, nearest};
use crate::ids::TieId;
use crate::tournament::{Bracket, GroupFixture, Leg, PlayedLeg, Round, Score, Side, Tie};
use jiff::civil::Date;

/// The lines of one tie, by leg.
type Lines<'e, 'a> = Vec<Option<&'e Entry<'a>>>;

/// The bracket with all dates and results, and where the line of each leg stands.
pub(super) fn fill(
    schedule: &Schedule<'_>,
    context: &Context<'_>,
) -> (Bracket, Vec<Vec<Option<Span>>>) {
    let mut bracket = context.rounds.bracket.clone();
    let lines = sort(&schedule.legs, &bracket, context);
    let groups = GroupsEnd::of(&schedule.fixtures);
    for (id, lines) in (0..bracket.ties.len()).map(TieId::new).zip(&lines) {
        let legs = lines.iter().map(|line| leg_of(*line)).collect();
        bracket.ties[id.index()].legs = legs;
        if lines.iter().flatten().all(|line| line.sound) {
            check_order(id, &bracket, lines, &groups, context);
            check_tie(
                bracket.tie(id),
                bracket.round(bracket.tie(id).round),
                lines,
                context,
            );
        }
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

/// A leg comes after everything that decides who plays in it, in the file's dates and in what is known.
fn check_order(
    id: TieId,
    bracket: &Bracket,
    lines: &Lines<'_, '_>,
    groups: &GroupsEnd,
    context: &Context<'_>,
) {
    let tie = bracket.tie(id);
    for (index, line) in lines.iter().enumerate() {
        let Some(line) = line else { continue };
        let result_missing = missing_result(tie, index, bracket, groups);
        if let (Some(score), Some(missing)) = (&line.score, result_missing) {
            context.problems.add(
                Diagnostic::error(
                    score.span.clone(),
                    format!("this result of `{}` cannot exist yet", tie.name),
                )
                .label(missing)
                .help("add the earlier results, or drop this one"),
            );
        }
        let Some(date) = &line.date else { continue };
        if let Some((earlier, what)) = latest_before(tie, index, bracket, groups)
            && date.value <= earlier
        {
            context.problems.add(
                Diagnostic::error(
                    date.span.clone(),
                    format!("leg {} of `{}` comes too early", index + 1, tie.name),
                )
                .label(format!("{what} is on {earlier}"))
                .help("correct one of the two dates"),
            );
        }
    }
}

/// What has to be known before a leg of a tie can have a result, and is not.
fn missing_result(tie: &Tie, leg: usize, bracket: &Bracket, groups: &GroupsEnd) -> Option<String> {
    if groups.open > 0 {
        return Some(format!("{} group matches have no score", groups.open));
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

/// Whether the two legs are of the same clubs, and extra time and shoot-out came when they had to.
fn check_tie(tie: &Tie, round: &Round, lines: &Lines<'_, '_>, context: &Context<'_>) {
    let Some(Some(last)) = lines.last() else {
        return refuse_early_end(lines, context);
    };
    refuse_early_end(&lines[..lines.len() - 1], context);
    let played: Vec<PlayedLeg> = tie.legs.iter().filter_map(|leg| leg.played).collect();
    if played.len() != tie.legs.len() {
        return;
    }
    if let [first, second] = played.as_slice()
        && (first.home, first.away) != (second.away, second.home)
    {
        let code = |id| context.clubs.code(id);
        context.problems.add(
            Diagnostic::error(
                last.span(),
                format!("the two legs of `{}` do not match", tie.name),
            )
            .label(format!(
                "leg 1 was {} at home to {}",
                code(first.home),
                code(first.away)
            ))
            .help(format!(
                "leg 2 has {} at home to {}",
                code(first.away),
                code(first.home)
            )),
        );
        return;
    }
    check_end(&played, round, last, context);
}

/// Extra time and shoot-out belong to the last leg.
fn refuse_early_end(lines: &[Option<&Entry<'_>>], context: &Context<'_>) {
    for line in lines.iter().flatten() {
        line.refuse(
            &["after_extra_time", "penalties"],
            "a first leg ends after 90 minutes",
            "drop it: only the last leg of a tie has extra time and a shoot-out",
            context.problems,
        );
    }
}

/// Extra time only if the tie was level after 90 minutes, a shoot-out only if it was level after that.
fn check_end(played: &[PlayedLeg], round: &Round, last: &Entry<'_>, context: &Context<'_>) {
    let Some(Score {
        ninety,
        after_extra_time,
        penalties,
    }) = last.full_score()
    else {
        return;
    };
    // Seen by the host of the last leg: what the first leg brought it and the guest, if there was one.
    let first = match played {
        [first, _] => Some(first.score.ninety),
        _ => None,
    };
    let before = first.map_or(0, |goals| -goals.margin());
    let away_goals_level = first.is_none_or(|goals| goals.away == ninety.away) || !round.away_goals;
    let level = before + ninety.margin() == 0 && away_goals_level;
    let problem = |span: Span, fact: String, help: &str| {
        context
            .problems
            .add(Diagnostic::error(span, fact).help(help));
    };
    let extra = last
        .after_extra_time
        .as_ref()
        .map(|goals| goals.span.clone());
    let shoot_out = last.penalties.as_ref().map(|goals| goals.span.clone());
    if !level {
        let fact = "the tie was decided after 90 minutes".to_owned();
        for span in extra.into_iter().chain(shoot_out) {
            problem(span, fact.clone(), "drop it, or correct the scores");
        }
        return;
    }
    if let (Some(span), false) = (extra, round.extra_time) {
        problem(
            span,
            format!("there is no extra time in the {}", round.name),
            "drop it, or write `extra_time = true` in the round",
        );
        return;
    }
    if round.extra_time && after_extra_time.is_none() {
        let help = "add `after_extra_time = \"...\"`, the full score after 120 minutes";
        problem(
            last.span(),
            "the tie was level after 90 minutes, so there was extra time".to_owned(),
            help,
        );
        return;
    }
    // Away goals do not count any more once extra time has begun.
    let level = after_extra_time.is_none_or(|goals| before + goals.margin() == 0);
    match (level, penalties, shoot_out) {
        (true, None, _) => {
            let help = "add `penalties = \"...\"`, the goals of the shoot-out";
            problem(
                last.span(),
                "the tie is still level, so there was a shoot-out".to_owned(),
                help,
            );
        }
        (false, Some(_), Some(span)) => {
            problem(
                span,
                "extra time decided the tie".to_owned(),
                "drop the shoot-out, or correct the scores",
            );
        }
        _ => {}
    }
}
