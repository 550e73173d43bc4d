//! Plays results that are taken for granted into a cup, stage by stage, so that the pairings that follow from them show.

use crate::cup::{Cup, Match, Outcome, Standing, Supposed};
use crate::format::{Rules, Side, Step, Tie, Unit};
use crate::ids::{ClubId, UnitId};
use crate::report::cup::turned;
use crate::state::State;
use crate::tournament::Score;

/// The cup with the scores that are taken for granted, wherever their clubs meet. What has no score changes nothing here.
pub(super) fn with_fixes(known: &Cup, fixes: &[String]) -> Cup {
    let supposed = fixes.iter().filter_map(|fix| known.suppose(fix).ok());
    let supposed: Vec<Supposed> = supposed.collect();
    let mut cup = known.clone();
    if supposed.is_empty() {
        return cup;
    }
    // Each stage may show who meets in the next one.
    for _ in known.format().stages() {
        if !play_all(&mut cup, &supposed) {
            break;
        }
    }
    cup
}

/// Plays what can be played as the cup stands; whether anything changed.
fn play_all(cup: &mut Cup, supposed: &[Supposed]) -> bool {
    let state = State::of(cup);
    let format = cup.format().clone();
    let mut changed = false;
    for id in format.unit_ids() {
        let unit = format.unit(id);
        changed |= match &unit.rules {
            Rules::Table(_) => play_table(cup, &state, id, unit, supposed),
            Rules::Tie(tie) => play_tie(cup, &state, id, unit, tie, supposed),
            _ => false,
        };
    }
    changed
}

/// The score that is supposed of two clubs in a stage, in the order of `clubs`; the last that was given counts.
fn score_of(
    supposed: &[Supposed],
    unit: &Unit,
    clubs: [ClubId; 2],
    either_way: bool,
) -> Option<Score> {
    let here = supposed
        .iter()
        .rev()
        .filter(|one| one.stage.is_none_or(|stage| stage == unit.stage));
    here.filter_map(|one| match one.outcome {
        Outcome::Score(score) => Some((one.clubs, score)),
        Outcome::Result(_) => None,
    })
    .find_map(|(named, score)| {
        if named == clubs {
            Some(score)
        } else if either_way && named == [clubs[1], clubs[0]] {
            Some(turned(score))
        } else {
            None
        }
    })
}

fn play_table(
    cup: &mut Cup,
    state: &State,
    id: UnitId,
    unit: &Unit,
    supposed: &[Supposed],
) -> bool {
    let mut changed = false;
    for game in cup.matches.iter_mut().filter(|game| game.unit == id) {
        let club = |side: u16| {
            let place = unit.entrants.get(usize::from(side))?;
            state.run.club_at(*place)
        };
        let [Some(first), Some(second)] = game.sides.map(club) else {
            continue;
        };
        let score = score_of(supposed, unit, [first, second], false);
        if score.is_some() && game.score != score {
            game.score = score;
            game.clubs = Some([first, second]);
            game.standing = Standing::Played;
            changed = true;
        }
    }
    changed
}

/// A score that says who won the shoot-out, but not that nobody scored in extra time before it.
fn whole(score: Score, tie: &Tie) -> Score {
    let level = score
        .penalties
        .filter(|_| tie.has(Step::ExtraTime))
        .map(|_| score.ninety);
    Score {
        after_extra_time: score.after_extra_time.or(level),
        ..score
    }
}

fn play_tie(
    cup: &mut Cup,
    state: &State,
    id: UnitId,
    unit: &Unit,
    tie: &Tie,
    supposed: &[Supposed],
) -> bool {
    let mut entrants = unit.entrants.iter();
    let mut next = || state.run.club_at(*entrants.next()?);
    let (Some(first), Some(second)) = (next(), next()) else {
        return false;
    };
    let mut changed = false;
    for (leg, side) in tie.legs.iter().enumerate() {
        let number = leg as u16 + 1;
        let position = cup
            .matches
            .iter()
            .position(|game| game.unit == id && game.number == number);
        let listed = position.map(|at| &cup.matches[at]);
        let country = listed.and_then(|game| game.country.clone());
        let home = cup.home_side(*side, country.as_deref(), [first, second]);
        let clubs = if home == Side::Second {
            [second, first]
        } else {
            [first, second]
        };
        let Some(score) = score_of(supposed, unit, clubs, home == Side::Nobody) else {
            continue;
        };
        let game = Match {
            unit: id,
            number,
            sides: if home == Side::Second { [1, 0] } else { [0, 1] },
            home: if home == Side::Nobody {
                Side::Nobody
            } else {
                Side::First
            },
            country,
            date: listed.and_then(|game| game.date),
            clubs: Some(clubs),
            score: Some(whole(score, tie)),
            standing: Standing::Played,
        };
        match position {
            Some(at) if cup.matches[at] == game => {}
            Some(at) => {
                cup.matches[at] = game;
                changed = true;
            }
            None => {
                cup.matches.push(game);
                changed = true;
            }
        }
    }
    changed
}
