//! Checks that the ties of all rounds form one bracket from the seeds to the final.

use super::rounds::Rounds;
use super::walk::{Problems, Table};
use crate::diagnostic::{Diagnostic, Span};
use crate::ids::TieId;
use crate::tournament::Side;

/// The numbers of groups whose winners fill a bracket without byes.
const GROUP_COUNTS: std::ops::RangeInclusive<usize> = 2..=64;

/// Whether the winners of so many groups fill a bracket.
pub(super) fn is_supported(groups: usize) -> bool {
    GROUP_COUNTS.contains(&groups) && groups.is_power_of_two()
}

/// Checks that the seeds fill the first round, that each later round has half the ties of the one
/// before and takes each of its winners once, and that the last round is one tie.
pub(super) fn check(
    rounds: &Rounds,
    qualified: usize,
    spans: &[Span],
    document: &Table<'_>,
    problems: &Problems,
) {
    if !is_supported(qualified) {
        problems.add(
            Diagnostic::error(
                document.place_of("group"),
                format!("{qualified} groups are not supported yet"),
            )
            .help("the winners have to fill a bracket without byes: 2, 4, 8, 16, 32 or 64 groups"),
        );
        return;
    }
    let needed = qualified.ilog2() as usize;
    if rounds.bracket.rounds.len() != needed {
        let place = spans.last().cloned().unwrap_or_else(|| document.span());
        problems.add(
            Diagnostic::error(
                place,
                format!("{qualified} group winners need {needed} rounds to the final, not {}", rounds.bracket.rounds.len()),
            )
            .label("the last round")
            .help("check the number of groups and of rounds: each round halves the clubs, and the final is last"),
        );
        return;
    }
    let mut feeders: Vec<Side> = (1..=qualified as u8).map(Side::Seed).collect();
    for (round, span) in rounds.bracket.round_ids().zip(spans) {
        let ties: Vec<TieId> = rounds.bracket.ties_of(round).map(|(id, _)| id).collect();
        if ties.len() * 2 == feeders.len() {
            check_sides(rounds, qualified, &ties, &feeders, problems);
        } else {
            problems.add(
                Diagnostic::error(
                    span.clone(),
                    format!(
                        "{} clubs reach this round, so it has {} ties, not {}",
                        feeders.len(),
                        feeders.len() / 2,
                        ties.len()
                    ),
                )
                .help("give it one tie for every two clubs; byes are not supported yet"),
            );
            return;
        }
        feeders = ties.into_iter().map(Side::Winner).collect();
    }
}

/// Checks that the ties of a round take each feeder once.
fn check_sides(
    rounds: &Rounds,
    qualified: usize,
    ties: &[TieId],
    feeders: &[Side],
    problems: &Problems,
) {
    let mut used: Vec<(Side, TieId)> = Vec::new();
    for id in ties {
        for side in rounds.bracket.tie(*id).sides {
            let place = rounds.places[id.index()].clone();
            let written = words(rounds, side);
            if let Some((_, first)) = used.iter().find(|(earlier, _)| *earlier == side) {
                problems.add(
                    Diagnostic::error(place, format!("`{written}` plays twice in one round"))
                        .label("in this tie again")
                        .related(rounds.places[first.index()].clone(), "first in this tie")
                        .help(format!("not placed yet: {}", unused(rounds, ties, feeders))),
                );
            } else if !feeders.contains(&side) && !is_beyond(side, qualified) {
                let listed: Vec<String> = feeders.iter().map(|side| words(rounds, *side)).collect();
                problems.add(
                    Diagnostic::error(place, format!("`{written}` cannot play in this round"))
                        .label("in this tie")
                        .help(format!(
                            "byes are not supported yet; the sides of this round are {}",
                            listed.join(", ")
                        )),
                );
            }
            used.push((side, *id));
        }
    }
}

/// Whether a side is a seed that there is not, which is reported where it stands.
fn is_beyond(side: Side, qualified: usize) -> bool {
    matches!(side, Side::Seed(number) if usize::from(number) > qualified)
}

fn unused(rounds: &Rounds, ties: &[TieId], feeders: &[Side]) -> String {
    let used: Vec<Side> = ties
        .iter()
        .flat_map(|id| rounds.bracket.tie(*id).sides)
        .collect();
    let missing = feeders.iter().filter(|side| !used.contains(side));
    missing
        .map(|side| words(rounds, *side))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A side as a file writes it.
fn words(rounds: &Rounds, side: Side) -> String {
    match side {
        Side::Seed(number) => format!("seed {number}"),
        Side::Winner(tie) => format!("winner {}", rounds.bracket.tie(tie).name),
    }
}
