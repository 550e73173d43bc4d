//! Checks how a tie ended: the same clubs in both legs, extra time and a shoot-out only where they were due.

use super::entry::Entry;
use super::legs::Lines;
use super::schedule::Context;
use crate::diagnostic::{Diagnostic, Span};
use crate::tournament::{Goals, PlayedLeg, Round, Tie};

/// Whether the two legs are of the same clubs, and extra time and shoot-out came when they had to.
pub(super) fn check(tie: &Tie, round: &Round, lines: &Lines<'_, '_>, context: &Context<'_>) {
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
    let Some(score) = last.full_score() else {
        return;
    };
    let first = match played {
        [first, _] => Some(first.score.ninety),
        _ => None,
    };
    let extra = last.after_extra_time.as_ref();
    let shoot_out = last.penalties.as_ref();
    let spans: Vec<Span> = [extra, shoot_out]
        .into_iter()
        .flatten()
        .map(|goals| goals.span.clone())
        .collect();
    let wrong = |span: Span, fact: &str, help: &str| {
        context
            .problems
            .add(Diagnostic::error(span, fact).help(help));
    };
    let after_ninety = level_after_ninety(first, score.ninety, round);
    let after_extra_time = extra.is_none_or(|goals| aggregate_margin(first, goals.value) == 0);
    if !after_ninety {
        for span in spans {
            wrong(
                span,
                "the tie was decided after 90 minutes",
                "drop it, or correct the scores",
            );
        }
    } else if let (Some(extra), false) = (extra, round.extra_time) {
        let fact = format!("there is no extra time in the {}", round.name);
        wrong(
            extra.span.clone(),
            &fact,
            "drop it, or write `extra_time = true` in the round",
        );
    } else if extra.is_none() && round.extra_time {
        let fact = "the tie was level after 90 minutes, so there was extra time";
        wrong(
            last.span(),
            fact,
            "add `after_extra_time = \"...\"`, the full score after 120 minutes",
        );
    } else if after_extra_time && shoot_out.is_none() {
        let fact = "the tie is still level, so there was a shoot-out";
        wrong(
            last.span(),
            fact,
            "add `penalties = \"...\"`, the goals of the shoot-out",
        );
    } else if let (false, Some(shoot_out)) = (after_extra_time, shoot_out) {
        let help = "drop the shoot-out, or correct the scores";
        wrong(shoot_out.span.clone(), "extra time decided the tie", help);
    }
}

/// Goals of the host of the last leg minus those of its guest, over both legs.
fn aggregate_margin(first: Option<Goals>, last: Goals) -> i32 {
    last.margin() - first.map_or(0, Goals::margin)
}

/// Whether the tie is level after the 90 minutes of its last leg, away goals considered where they count.
fn level_after_ninety(first: Option<Goals>, last: Goals, round: &Round) -> bool {
    let away_goals_level = match first {
        Some(first) if round.away_goals => first.away == last.away,
        _ => true,
    };
    aggregate_margin(first, last) == 0 && away_goals_level
}
