//! Numbers the matchdays of tables whose lines have dates but name no matchday.

use crate::cup::Cup;
use crate::ids::UnitId;
use jiff::civil::Date;

/// Counts the matches of each club by date: a match belongs to the matchday of whichever of its clubs has played more.
/// Matches without a date come last, in the order of the list.
pub(super) fn number_by_date(cup: &mut Cup, unit: UnitId) {
    let mut order: Vec<usize> = cup.matches_of(unit).map(|(index, _)| index).collect();
    order.sort_by_key(|index| {
        let game = &cup.matches[*index];
        (game.date.unwrap_or(Date::MAX), game.number, *index)
    });
    let mut played = vec![0; cup.format().unit(unit).size()];
    for index in order {
        let game = &mut cup.matches[index];
        for side in game.sides {
            played[usize::from(side)] += 1;
        }
        let counts = game.sides.map(|side| played[usize::from(side)]);
        game.number = counts[0].max(counts[1]);
    }
}
